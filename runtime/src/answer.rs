//! What a request is told (M9, M10). All names are qualified names; everything is data, wording is left to the caller.

use serde::Serialize;

use crate::calendar::{Day, Period};
use crate::deadlines::Deadline;
use crate::wire::{Comparison, Disposal};

/// The verdicts, from good to bad (M10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Allowed.
    Allow,
    /// Declared, but something is missing or has failed.
    Unmet,
    /// Nothing declares it, or a name is unknown.
    Undeclared,
    /// A promise or restriction forbids it.
    Forbidden,
    /// No version is in force.
    NoPolicy,
    /// The request contradicts itself.
    Invalid,
}

impl Verdict {
    /// The word: `allow`, `unmet`, `undeclared`, `forbidden`, `no_policy`, `invalid`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Allow => "allow",
            Verdict::Unmet => "unmet",
            Verdict::Undeclared => "undeclared",
            Verdict::Forbidden => "forbidden",
            Verdict::NoPolicy => "no_policy",
            Verdict::Invalid => "invalid",
        }
    }
}

/// The answer to a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer<'a> {
    /// The worst verdict of the items.
    pub verdict: Verdict,
    /// True iff the verdict is `allow`.
    pub decision: bool,
    /// The policy's name.
    pub policy: &'a str,
    /// M, in hexadecimal.
    pub meaning: &'a str,
    /// Why no item was looked at: all errors of the request.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
    /// The slots that the request left out, so that all of several was meant.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<Slot>,
    /// One answer for each data atom, by qualified name.
    pub items: Vec<Item<'a>>,
}

impl Answer<'_> {
    /// The data that may be used: a filter keeps exactly these (M10).
    pub fn allowed(&self) -> impl Iterator<Item = &str> {
        self.items
            .iter()
            .filter(|item| item.verdict == Verdict::Allow)
            .map(|item| item.point.data)
    }
}

/// A slot of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    /// Who processes.
    By,
    /// The verb.
    Verb,
    /// The data.
    Data,
    /// Where from.
    Source,
    /// For what.
    Purpose,
    /// To whom.
    Recipient,
    /// Classes of the person.
    About,
    /// The place.
    Place,
    /// Conditions, events, consents.
    Given,
    /// Records.
    Records,
    /// Times of the item.
    Item,
}

/// Why a request could not be asked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum Problem {
    /// The verb is none that can be asked about.
    UnknownVerb {
        /// As given.
        name: String,
    },
    /// A name is declared nowhere.
    UnknownName {
        /// Where it stands.
        slot: Slot,
        /// As given.
        name: String,
        /// Declared names like it, the nearest first.
        nearest: Vec<String>,
    },
    /// A bare name that several nouns have.
    AmbiguousName {
        /// Where it stands.
        slot: Slot,
        /// As given.
        name: String,
        /// The paths.
        paths: Vec<String>,
    },
    /// A list with nothing in it.
    EmptySlot {
        /// Which.
        slot: Slot,
    },
    /// The verb has no such slot.
    NoSuchSlot {
        /// Which.
        slot: Slot,
    },
    /// The person is said to be of a class, and the other facts say no.
    NotOfClass {
        /// The class.
        class: String,
    },
    /// The bounds of the age exclude each other, or the classes'.
    NoSuchAge,
    /// The item was collected after the instant asked about.
    CollectedLater,
    /// A fact or consent is given as known to hold and known not to.
    GivenTwice {
        /// The name.
        name: String,
    },
    /// The time lies before the version in force begins, or after it ends.
    NotInForce {
        /// The first day in force.
        begins: Option<Day>,
        /// The last.
        until: Option<Day>,
    },
}

impl Problem {
    /// The verdict that it makes (M9.1).
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self {
            Problem::NotInForce { .. } => Verdict::NoPolicy,
            Problem::UnknownName { .. } => Verdict::Undeclared,
            _ => Verdict::Invalid,
        }
    }
}

/// One atom in each slot that the verb has.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Point<'a> {
    /// Who processes; `None` for the one controller without a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<&'a str>,
    /// The verb.
    pub verb: &'static str,
    /// The data.
    pub data: &'a str,
    /// Where from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<&'a str>,
    /// For what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purpose: Option<&'a str>,
    /// To whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient: Option<&'a str>,
}

/// The answer for one data atom: that of its worst point, the first in canonical order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item<'a> {
    /// The worst verdict of its points.
    pub verdict: Verdict,
    /// The first point that has it.
    pub point: Point<'a>,
    /// `allow`: the ways relied on at any of its points. `unmet`: the way that lacks least.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub relies_on: Vec<Way<'a>>,
    /// `forbidden`: the ban.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forbidden_by: Option<Rule<'a>>,
    /// `unmet`: what is not known, and consents never given.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Gap>,
    /// `unmet`: what is known to stand in the way.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub failed: Vec<Gap>,
    /// `undeclared`: the declared way that differs least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nearest: Option<Nearest<'a>>,
    /// `undeclared`: the clause "nothing else is done".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closing: Option<Unit<'a>>,
    /// `allow`: what must be done (M13).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub obligations: Vec<Duty<'a>>,
    /// `allow`: how long the data are kept, for each keep (M12), as written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keep: Vec<Keep<'a>>,
    /// Where times of the item are given and a keep covers it: by when it must be disposed of, and how (M12, M13), whatever
    /// the verdict.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Deadline<'a>>,
}

/// The smallest printed piece of the notice (M16).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Unit<'a> {
    /// Its id.
    pub id: &'a str,
    /// The number of its paragraph.
    pub paragraph: &'a str,
    /// The sentence that says it alone.
    pub sentence: &'a str,
}

/// A rule of the bundle as an answer cites it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Rule<'a> {
    /// The printed id.
    pub id: &'a str,
    /// Where the notice says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit<'a>>,
}

/// A way: a sentence and one alternative of its bases.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Way<'a> {
    /// The sentence; `None` for erasing, which needs none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<Rule<'a>>,
    /// The bases.
    pub bases: Vec<&'a str>,
}

/// What a way lacks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Gap {
    /// A condition or event.
    Fact {
        /// Its name.
        name: String,
        /// How it must be.
        must: bool,
    },
    /// The person must belong to a class, or must not.
    Class {
        /// Its name.
        name: String,
        /// How it must be.
        must: bool,
        /// What would tell, if the class has a guard.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        needs: Vec<Gap>,
    },
    /// The person's age.
    Age {
        /// The comparison.
        is: Comparison,
        /// With what.
        years: u32,
        /// How it must be.
        must: bool,
    },
    /// The day.
    Date {
        /// The comparison.
        is: Comparison,
        /// With what.
        day: Day,
        /// How it must be.
        must: bool,
    },
    /// The place.
    Place {
        /// A country or group, or `abroad`.
        place: String,
        /// How it must be.
        must: bool,
    },
    /// A consent.
    Consent {
        /// The basis.
        basis: String,
        /// What about it.
        state: Consent,
    },
    /// A basis one may object to.
    Objection {
        /// The basis.
        basis: String,
        /// An objection is on record; else it is not known whether there is one.
        made: bool,
    },
    /// The sentence names no basis.
    NoBasis,
    /// The term of the data has passed, or it is not known whether it has.
    Retention {
        /// It has passed.
        passed: bool,
        /// What would tell: `collected`, and names of events.
        needs: Vec<String>,
    },
}

/// Why a consent does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// No records were given.
    Unknown,
    /// It was never given.
    NeverGiven,
    /// It was withdrawn or objected to.
    Withdrawn,
    /// Its term has passed.
    Expired,
    /// It was given before the day from which consents count.
    TooOld,
}

/// The declared way that differs least from an undeclared point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Nearest<'a> {
    /// The sentence.
    pub rule: Rule<'a>,
    /// Where it differs.
    pub differs: Vec<Difference<'a>>,
}

/// A slot in which a way differs, and what it declares there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Difference<'a> {
    /// The slot.
    pub slot: Slot,
    /// What the way declares: the highest nouns.
    pub declared: Vec<&'a str>,
}

/// Something to be done (M13).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Duty<'a> {
    /// `notify`, `erase`, `anonymise`, or a declared duty.
    pub what: &'a str,
    /// To whom.
    pub to: Vec<&'a str>,
    /// How soon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<Period>,
    /// The rules that ask for it, by printed id.
    pub rules: Vec<&'a str>,
}

/// How long data are kept, as written (M12).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Keep<'a> {
    /// The keep.
    pub rule: Rule<'a>,
    /// When it ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<Until<'a>>,
    /// The longest after collection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Period>,
    /// The shortest after collection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Period>,
    /// What then.
    pub disposal: Disposal,
}

/// When a keep ends, with names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Until<'a> {
    /// When this event happens.
    Event(&'a str),
    /// On a day.
    Date(Day),
    /// So long after an end; `None`: after collection.
    After(Period, Option<Box<Until<'a>>>),
    /// The earlier.
    Or(Vec<Until<'a>>),
    /// The later.
    And(Vec<Until<'a>>),
}
