//! What a comparison finds.

use kupuya_runtime::Day;
use serde::Serialize;

use super::clauses::{Cited, Clause};
use super::kinds::{Kind, Verdict};
use super::people::Person;
use super::side::Side;
use super::witness::Witness;

/// A version, as it is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Version {
    /// The policy.
    pub policy: String,
    /// Its own number or name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// From when on it is in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub begins: Option<Day>,
    /// M, in hexadecimal.
    pub meaning: String,
}

impl Version {
    pub(super) fn of(side: &Side) -> Version {
        Version {
            policy: side.content.policy.clone(),
            version: side.content.version.clone(),
            begins: side.content.begins,
            meaning: side.content.meaning.clone(),
        }
    }
}

/// What is between two versions.
#[derive(Clone, Debug, Serialize)]
pub struct Diff {
    /// The version before.
    pub before: Version,
    /// The version after.
    pub after: Version,
    /// The most that any change asks for.
    pub verdict: Verdict,
    /// Whether both mean the same (M).
    pub same_meaning: bool,
    /// Whether both read the same (T).
    pub same_text: bool,
    /// What changes.
    pub changes: Vec<Change>,
    /// Where not all was compared, with the most that may be asked there; empty: all was.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub uncompared: Vec<Uncompared>,
    /// What is asked for each class of people and each purpose that rests on a consent.
    pub people: Vec<Person>,
    /// Clauses that are not as they were.
    pub clauses: Vec<Clause>,
}

/// Where the search for differences had to end before all was tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Uncompared {
    /// The most that may be asked for.
    pub verdict: Verdict,
    /// The verb.
    pub verb: &'static str,
    /// Where.
    pub places: Vec<Place>,
}

/// One change.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// Of what kind.
    pub kind: Kind,
    /// What it asks for.
    pub verdict: Verdict,
    /// The verb.
    pub verb: &'static str,
    /// Where.
    pub places: Vec<Place>,
    /// The clauses that decided before.
    pub before: Vec<Cited>,
    /// The clauses that decide now.
    pub after: Vec<Cited>,
    /// Recipients that are elsewhere now, or are new and not at home.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub moved: Vec<Moved>,
    /// The bases relied on before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bases_before: Vec<String>,
    /// The bases relied on now.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bases_after: Vec<String>,
    /// What shows it.
    pub witness: Witness,
}

/// A recipient that is elsewhere now, or is new and not at home.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Moved {
    /// The recipient.
    pub recipient: String,
    /// Where it was: countries, or `abroad`; empty: it was not said. None: the recipient is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Vec<String>>,
    /// Where it is.
    pub after: Vec<String>,
}

/// Where something changes: everything named, in every combination. `any`: all there is.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// Whose data.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<String>,
    /// The data.
    pub data: Vec<String>,
    /// Where from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub source: Vec<String>,
    /// To whom.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub recipient: Vec<String>,
    /// For what.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub purpose: Vec<String>,
    /// By whom.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<String>,
}

impl Diff {
    /// The changes of a kind.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.kind == kind)
    }
}
