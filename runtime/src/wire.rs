//! What a bundle holds: nouns with their orders, literals, guards and rules, all by index. These types live only here.
//!
//! Everything is sorted by qualified name or by digest before it is written, so an index says nothing about the order in
//! which a policy was written, and the least index is the least in canonical order.

use serde::{Deserialize, Serialize};

use crate::calendar::{Day, Period};

/// The whole content of a bundle.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BundleContent {
    /// Version of the language that the policy is written in.
    pub language: u32,
    /// The policy's name.
    pub policy: String,
    /// The version's own number or name.
    pub version: Option<String>,
    /// M: the meaning's digest, in hexadecimal (M15).
    pub meaning: String,
    /// The notices made with the bundle, the one whose sentences are cited first.
    pub notices: Vec<Notice>,
    /// Time zone of the policy's dates.
    pub zone: String,
    /// The zone, in seconds east of Greenwich.
    pub zone_offset: i32,
    /// The first day in force; `None`: always (M3).
    pub begins: Option<Day>,
    /// The last day in force.
    pub until: Option<Day>,
    /// The home country.
    pub home: Option<u32>,
    /// The recipient that `publish` gives data to.
    pub public: Option<u32>,
    /// The only class without a guard that the policy declares: true of everyone if a request lists no class (M5).
    pub everyone: Option<u32>,
    /// Controllers; empty: one without a name.
    pub controllers: Vec<Controller>,
    /// Classes of people.
    pub subjects: Vec<Subject>,
    /// Data categories.
    pub data: Vec<Noun>,
    /// Sources.
    pub sources: Vec<Noun>,
    /// Purposes.
    pub purposes: Vec<Noun>,
    /// Bases.
    pub bases: Vec<Basis>,
    /// Recipients.
    pub recipients: Vec<Recipient>,
    /// Conditions and events.
    pub facts: Vec<Noun>,
    /// Countries and groups.
    pub countries: Vec<Noun>,
    /// Everything that a guard can ask for, each once.
    pub literals: Vec<Literal>,
    /// Guards, each once.
    pub guards: Vec<Guard>,
    /// Statements and keeps, by digest.
    pub grants: Vec<Grant>,
    /// Promises and restrictions, by digest.
    pub bans: Vec<Ban>,
    /// Caps on retention, by digest.
    pub caps: Vec<Cap>,
    /// "Nothing else is done."
    pub closing: Option<Unit>,
}

/// A notice, by its digests (M15: T_lang).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Its language: `ky`.
    pub language: String,
    /// The digest of its whole visible text, in hexadecimal.
    pub digest: String,
    /// Each piece of its page in order, as readers see it.
    pub blocks: Vec<Block>,
}

/// A visible piece of a notice's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// The id of the nearest element around it: that of its unit if it has one.
    pub id: String,
    /// Its digest, in hexadecimal.
    pub digest: String,
}

/// Where a rule is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column in letters, from 1.
    pub column: u32,
}

/// Where a name comes from, innermost first: names resolve in this order (M1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The policy.
    Project,
    /// A law pack or house rules.
    Pack,
    /// The base taxonomy.
    Taxonomy,
}

/// A noun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Noun {
    /// The qualified name: `identity.passport`.
    pub path: String,
    /// Where it comes from.
    pub origin: Origin,
    /// What is declared below it in a later version belongs to it (M14).
    pub open: bool,
    /// What lies directly above, as indices into the same list.
    pub above: Vec<u32>,
}

/// A controller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Controller {
    /// The noun.
    pub noun: Noun,
    /// Its country.
    pub country: Option<u32>,
}

/// A class of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// The noun.
    pub noun: Noun,
    /// Its guard.
    pub when: Option<u32>,
}

/// Who gives a consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Giver {
    /// The person.
    Person,
    /// Somebody who represents the person.
    Guardian,
    /// Either.
    Either,
}

/// A legal basis (M6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// The noun.
    pub noun: Noun,
    /// It is a consent: holds by records.
    pub consent: bool,
    /// It is a legal duty.
    pub legal_duty: bool,
    /// One may object.
    pub objectable: bool,
    /// When it holds.
    pub when: Option<u32>,
    /// Who gives it.
    pub giver: Giver,
    /// Consents given before this day do not count.
    pub since: Option<Day>,
    /// How long a consent lasts.
    pub term: Option<Period>,
    /// Keeps go on after a withdrawal.
    pub survives_keep: bool,
}

/// A recipient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipient {
    /// The noun.
    pub noun: Noun,
    /// Where it is, by its own declaration or that of what lies above; empty if not stated.
    pub places: Vec<Place>,
}

/// A place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// In this country or group.
    In(u32),
    /// In any country but home.
    Abroad,
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Comparison {
    /// Less.
    #[serde(rename = "<")]
    Less,
    /// Less or equal.
    #[serde(rename = "<=")]
    AtMost,
    /// Equal.
    #[serde(rename = "=")]
    Equal,
    /// Greater or equal.
    #[serde(rename = ">=")]
    AtLeast,
    /// Greater.
    #[serde(rename = ">")]
    Greater,
}

impl Comparison {
    /// Whether `left` stands in this relation to `right`.
    #[inline]
    pub fn holds<T: Ord>(self, left: &T, right: &T) -> bool {
        match self {
            Comparison::Less => left < right,
            Comparison::AtMost => left <= right,
            Comparison::Equal => left == right,
            Comparison::AtLeast => left >= right,
            Comparison::Greater => left > right,
        }
    }
}

/// A single fact that a guard asks for (M5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Literal {
    /// A condition or event.
    Fact(u32),
    /// The person belongs to the class.
    Class(u32),
    /// The person's age in completed years.
    Age(Comparison, u32),
    /// The day of the request.
    Date(Comparison, Day),
    /// The place.
    Place(Place),
}

/// A guard in normal form (M4): any of these conjunctions of literals, each with its sign. `[]` false, `[[]]` true.
pub type Guard = Vec<Vec<(u32, bool)>>;

/// A verb that a request can name (M2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Obtain.
    Collect,
    /// Use.
    Use,
    /// Decide about a person by machine.
    Profile,
    /// Store.
    Store,
    /// Give to a recipient.
    Share,
    /// Make public.
    Publish,
    /// Make anonymous.
    Anonymise,
    /// Erase.
    Erase,
}

impl Act {
    /// All, in order.
    pub const ALL: [Act; 8] = [
        Act::Collect,
        Act::Use,
        Act::Profile,
        Act::Store,
        Act::Share,
        Act::Publish,
        Act::Anonymise,
        Act::Erase,
    ];

    /// The word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Act::Collect => "collect",
            Act::Use => "use",
            Act::Profile => "profile",
            Act::Store => "store",
            Act::Share => "share",
            Act::Publish => "publish",
            Act::Anonymise => "anonymise",
            Act::Erase => "erase",
        }
    }

    /// The verb with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Act> {
        Act::ALL.into_iter().find(|act| act.word() == word)
    }

    /// Has it a source (M3)?
    #[must_use]
    #[inline]
    pub fn has_source(self) -> bool {
        self == Act::Collect
    }

    /// Has it a purpose (M3)?
    #[must_use]
    #[inline]
    pub fn has_purpose(self) -> bool {
        matches!(self, Act::Collect | Act::Use | Act::Profile | Act::Share | Act::Publish)
    }

    /// Can a request name its recipient (M3)?
    #[must_use]
    #[inline]
    pub fn has_recipient(self) -> bool {
        self == Act::Share
    }
}

/// A box: every combination of these atoms; `None` is every atom. For a verb that has no purpose, `purpose` are the
/// purposes that justify it (M7), not a side of the box.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// The verbs.
    pub acts: Vec<Act>,
    /// Who processes.
    pub by: Option<Vec<u32>>,
    /// The data.
    pub data: Option<Vec<u32>>,
    /// Where from.
    pub source: Option<Vec<u32>>,
    /// For what.
    pub purpose: Option<Vec<u32>>,
    /// To whom.
    pub recipient: Option<Vec<u32>>,
}

/// What names a rule in an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The printed id: `@name`, else the shortest unique prefix of the digest (M9).
    pub id: String,
    /// Digest of the normal form, in hexadecimal.
    pub digest: String,
    /// Where the notice says it.
    pub unit: Option<Unit>,
    /// Where the policy says it.
    pub written: Option<Written>,
}

/// The smallest printed piece of the notice (M16).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Its id.
    pub id: String,
    /// The number of its paragraph.
    pub paragraph: String,
    /// The sentence that says it alone.
    pub sentence: String,
}

/// A statement or a keep (M7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// Its name.
    pub head: Head,
    /// Where it applies.
    pub regions: Vec<Region>,
    /// The alternatives of `under`, each a sorted set of bases.
    pub ways: Vec<Vec<u32>>,
    /// Its guard.
    pub guard: u32,
    /// What follows.
    pub then: Vec<Obligation>,
    /// For a keep: how long.
    pub keep: Option<Retention>,
    /// What consents given earlier do not cover, since an earlier version of the policy did not say it (M14).
    pub later: Vec<Later>,
}

/// Points that were added to what a consent covers (M14).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Later {
    /// The consent.
    pub basis: u32,
    /// Where.
    pub region: Region,
    /// Consents given before this day do not count there.
    pub since: Day,
}

/// How long data are kept (M12).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// When it ends; `None` if only bounds are given.
    pub end: Option<End>,
    /// The longest.
    pub at_most: Option<Period>,
    /// The shortest.
    pub at_least: Option<Period>,
    /// What then.
    pub disposal: Option<Disposal>,
    /// The blocks of statements that it stands in, sorted: inside one block the keep of the least noun decides.
    pub blocks: Vec<InBlock>,
}

/// A keep in a block (M12).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InBlock {
    /// The block, by number.
    pub block: u32,
    /// The data as written, sorted; empty: any.
    pub nouns: Vec<u32>,
}

/// When something ends (M12).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// When this event happens.
    Event(u32),
    /// On a day.
    Date(Day),
    /// So long after an end; `None`: after collection.
    After(Period, Option<Box<End>>),
    /// The earlier.
    Or(Vec<End>),
    /// The later.
    And(Vec<End>),
}

/// What is done with data at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disposal {
    /// Erase.
    Erase,
    /// Anonymise.
    Anonymise,
}

/// A promise or a restriction (M8).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ban {
    /// Its name.
    pub head: Head,
    /// What is banned.
    pub limits: Strike,
    /// The alternatives behind `only`.
    pub except: Vec<Strike>,
    /// What follows.
    pub then: Vec<Obligation>,
}

/// One part of a ban.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Strike {
    /// Where.
    pub region: Region,
    /// On what bases.
    pub under: Option<Under>,
    /// When.
    pub guard: u32,
}

/// A formula over "relies on a basis at or below this one".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Under {
    /// Relies on it.
    Basis(u32),
    /// Not.
    Not(Box<Under>),
    /// All of.
    And(Vec<Under>),
    /// Any of.
    Or(Vec<Under>),
}

/// `keep … only at most P` (M12).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cap {
    /// Its name.
    pub head: Head,
    /// Where.
    pub region: Region,
    /// When.
    pub guard: u32,
    /// How long at most.
    pub at_most: Period,
}

/// What must be done after a flow (M13). Names are printed as they are.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Obligation {
    /// `notify`, `erase`, `anonymise`, or the qualified name of a duty.
    pub what: String,
    /// To whom, by qualified names.
    pub to: Vec<String>,
    /// How soon.
    pub within: Option<Period>,
}
