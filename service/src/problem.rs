//! What is told when a request cannot be answered: problem documents (RFC 9457).

use serde_json::{Map, Value, json};

/// One sort of problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// Its name: `urn:kupuya:problem:NAME`.
    pub name: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// What it is, in a few words.
    pub title: &'static str,
}

macro_rules! sorts {
    ($($name:ident $status:literal $title:literal)*) => {
        $(#[doc = $title] pub const $name: Sort = Sort { name: stringify!($name), status: $status, title: $title };)*
        /// All sorts, in the order of their pages.
        pub const SORTS: &[Sort] = &[$($name),*];
    };
}

sorts! {
    NOT_A_REQUEST 400 "The body is no request"
    NOT_A_QUERY 400 "The path does not take this query"
    NOT_A_MAP 400 "The map of fields cannot be used"
    BATCH_TOO_LARGE 400 "The batch has too many requests"
    PAGE_IS_OVER 400 "The token of the page does not fit"
    NO_TOKEN 401 "A bearer token is asked for"
    NO_SUCH_PATH 404 "There is nothing at this path"
    NO_SUCH_CLAUSE 404 "The notice has no such clause"
    NO_SUCH_METHOD 405 "This path is not asked with this method"
    TOO_SLOW 408 "The request took too long"
    BODY_TOO_LARGE 413 "The body is too large"
    INTERNAL 500 "The service has failed"
    NO_BUNDLE 503 "No bundle has been loaded yet"
    TOO_BUSY 503 "Too many requests at once"
    NOT_LOGGED 503 "The decision could not be logged"
}

/// A problem with what is wrong this time.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The sort.
    pub sort: Sort,
    /// What is wrong, and what to do.
    pub detail: String,
    /// Further members.
    pub more: Map<String, Value>,
}

impl Problem {
    /// A problem.
    #[must_use]
    pub fn new(sort: Sort, detail: impl Into<String>) -> Problem {
        Problem {
            sort,
            detail: detail.into(),
            more: Map::new(),
        }
    }

    /// With a further member.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Problem {
        self.more.insert(name.to_owned(), value.into());
        self
    }

    /// The document.
    #[must_use]
    pub fn document(&self) -> Value {
        let mut document = json!({
            "type": self.sort.urn(),
            "title": self.sort.title,
            "status": self.sort.status,
            "detail": self.detail,
        });
        if let Some(members) = document.as_object_mut() {
            members.extend(self.more.clone());
        }
        document
    }
}

impl Sort {
    /// The type, as documents have it: `urn:kupuya:problem:too-busy`.
    #[must_use]
    pub fn urn(&self) -> String {
        format!("urn:kupuya:problem:{}", self.name.to_lowercase().replace('_', "-"))
    }
}
