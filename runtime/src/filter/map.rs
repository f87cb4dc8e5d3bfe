//! Which data the fields of a record are: a mapping file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::schema::{ANNOTATION, MOST};

/// The most steps of a field: records that lie deeper are not read either.
pub(super) const DEEPEST: usize = 128;

/// The categories of the fields of a record.
///
/// ```toml
/// [fields]
/// "/name" = "contacts.full_name"
/// "/orders/*/phone" = "contacts.phone_no"
/// "/orders/*/total" = []
/// ```
///
/// A field is a JSON Pointer (RFC 6901) in which `*` stands for every element of a list and every name of an object; where
/// several lines fit a field, one with a name goes before one with `*`. What a field holds belongs to the categories of the
/// nearest field above it that is named here. `[]`: no personal data.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldMap {
    /// By pointer.
    #[serde(deserialize_with = "crate::once::map")]
    pub fields: BTreeMap<String, Categories>,
}

/// The categories of a field: a name or a list of names; `null` for a field as if the map did not name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Categories {
    /// One.
    One(String),
    /// Each of these; none of them: no personal data.
    Several(Vec<String>),
    /// Not known: the field falls.
    NotNamed,
}

impl Categories {
    /// The names; `None` if they are not known.
    #[must_use]
    pub fn names(&self) -> Option<&[String]> {
        match self {
            Categories::One(name) => Some(std::slice::from_ref(name)),
            Categories::Several(names) => Some(names),
            Categories::NotNamed => None,
        }
    }
}

/// Why there is no map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MapError {
    /// A field is written without `/` before its first name.
    NotAPointer(String),
    /// A field has more steps than any record that can be read.
    TooDeep(usize),
    /// Nothing stands there in the document.
    NotThere(String),
    /// An annotation that is no name and no list of names.
    NotCategories(String),
    /// The document annotates nothing.
    Nothing,
    /// An annotation under a keyword whose schemas are not read.
    NotRead(String),
    /// The schemas name too many fields, by references to references.
    TooMany,
}

impl std::fmt::Display for MapError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            MapError::NotAPointer(field) => {
                write!(
                    f,
                    "`{field}` is no JSON Pointer: write `/name`, or `/list/*/name` for each of a list; `~` in a name is written \
                     `~0`, and `/` is written `~1`"
                )
            }
            MapError::TooDeep(steps) => write!(f, "a field has {steps} steps, at most {DEEPEST} are read"),
            MapError::NotThere(at) => write!(f, "nothing stands at `{at}` in the document"),
            MapError::NotCategories(at) => {
                write!(
                    f,
                    "`{ANNOTATION}` at `{at}` is no name of a category and no list of names"
                )
            }
            MapError::Nothing => write!(f, "no field has an `{ANNOTATION}`"),
            MapError::NotRead(keyword) => {
                write!(
                    f,
                    "an `{ANNOTATION}` stands below `{keyword}`, where no field is: point at the schema that is meant, say \
                     `/components/schemas/Order`"
                )
            }
            MapError::TooMany => write!(f, "the schemas name more than {MOST} fields: is one a part of itself?"),
        }
    }
}

impl std::error::Error for MapError {}
