//! The tree as written: names are text, every node has a place, broken parts are kept as error nodes.
//!
//! Recursion is bounded by the parser (blocks and brackets), so walking the tree needs no guard.

use std::fmt;

use super::vocabulary::{Connector, Kind, Verb};
use crate::source::{SourceId, Span, Spanned};

/// A parsed source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its source.
    pub source: SourceId,
    /// What stands at top level, in order.
    pub items: Vec<Item>,
    /// Plain `//` comments, in order.
    pub comments: Vec<Span>,
    /// Where errors have been reported, in order: what seems to be missing there need not be.
    pub broken: Vec<Span>,
}

/// One item of a file or a block, with what stands above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// From its first attached line to its end.
    pub span: Span,
    /// The lines `/// …` above it, without the slashes.
    pub notes: Vec<Spanned<String>>,
    /// The waivers above it.
    pub waivers: Vec<Waiver>,
    /// `@name` above or before it: the stable id of its clause.
    pub id: Option<Spanned<String>>,
    /// The item itself.
    pub node: Node,
}

/// The shapes of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// `KIND name "label" …`, or a child `name "label" …` of a declaration of the same kind.
    Declaration(Declaration),
    /// `word: value`.
    Field(Field),
    /// A verb-led sentence, a promise, a restriction.
    Sentence(Sentence),
    /// `each … must …`.
    Each(Each),
    /// A line of a scenario.
    Expectation(Expectation),
    /// What could not be read; its diagnostic has been given.
    Error,
}

/// `waive CODE [with NAME or @id] [until DATE] "reason"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The whole line.
    pub span: Span,
    /// The code of the finding it accepts.
    pub code: Spanned<String>,
    /// The other party.
    pub with: Option<Other>,
    /// The last day on which it counts.
    pub until: Option<Spanned<Date>>,
    /// Why.
    pub reason: Option<Spanned<String>>,
}

/// The other party of a waiver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Other {
    /// A noun.
    Name(Path),
    /// A sentence, by its `@id`.
    Id(Spanned<String>),
}

/// A declaration or a child.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// From the kind or name to the end of the block.
    pub span: Span,
    /// The kind; a child has the kind of its parent.
    pub kind: Kind,
    /// Where the kind is written; `None` for a child.
    pub kind_span: Option<Span>,
    /// The name; a section, clause, duty or term may have none, a scenario has none. Rules have dotted names.
    pub name: Option<Path>,
    /// The label.
    pub label: Option<Spanned<String>>,
    /// A second string in the header: the meaning of a term.
    pub second: Option<Spanned<String>>,
    /// `is …`: nouns, flags, severities.
    pub is: Vec<Path>,
    /// The rest of the header.
    pub header: Vec<Qualifier>,
    /// The block.
    pub items: Vec<Item>,
    /// The braces, from `{` to `}` or to where it should be.
    pub block: Option<Span>,
}

/// A dotted name as written, in NFC.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path {
    /// The whole path.
    pub span: Span,
    /// Its steps, at least one.
    pub steps: Vec<Spanned<String>>,
}

impl Path {
    /// The path as one text, steps joined by dots.
    #[must_use]
    pub fn text(&self) -> String {
        self.steps
            .iter()
            .map(|step| step.value.as_str())
            .collect::<Vec<_>>()
            .join(".")
    }
}

/// A civil date that exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Year, 1 to 9999.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month.
    pub day: u8,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Hours.
    Hour,
    /// Calendar days.
    Day,
    /// Working days of the law's calendar.
    WorkingDay,
    /// Weeks.
    Week,
    /// Months of the calendar.
    Month,
    /// Years of the calendar.
    Year,
}

/// `30 days`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Hour => "hour",
            Unit::Day => "day",
            Unit::WorkingDay => "working day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Year => "year",
        };
        let plural = if self.count == 1 { "" } else { "s" };
        write!(f, "{} {unit}{plural}", self.count)
    }
}

/// `word: value, value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// From the word to the end of the last value.
    pub span: Span,
    /// The word before the colon.
    pub word: Spanned<String>,
    /// The values between commas.
    pub values: Vec<Value>,
    /// Lines that begin with `|`, one a line, without the bar.
    pub prose: Vec<Spanned<String>>,
}

/// One value of a field: a core with an optional word before it and qualifiers behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// All of it.
    pub span: Span,
    /// The core.
    pub core: Core,
    /// `by "…"`, `at app`, `for scoring`, …
    pub qualifiers: Vec<Qualifier>,
}

/// The core of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Core {
    /// `"text"`.
    Text(Spanned<String>),
    /// `site "text"`.
    Tagged(Spanned<String>, Spanned<String>),
    /// `2022-10-17`.
    Date(Spanned<Date>),
    /// `30 days`.
    Period(Spanned<Period>),
    /// `12`.
    Number(Spanned<u32>),
    /// A name, or names joined by `and`, `or`, `not`.
    Formula(Formula),
    /// `any`, perhaps with `except`.
    Any(Nouns),
    /// Nothing but qualifiers (`abroad`), or only prose.
    Empty,
}

/// Names joined by `and`, `or`, `not`; or a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Formula {
    /// A name.
    Name(Path),
    /// `age < 18`, `date >= 2026-01-01`.
    Compare(Path, Comparison, Spanned<Bound>),
    /// `age 14..17`, both ends included.
    Range(Path, Spanned<u32>, Spanned<u32>),
    /// `not …`.
    Not(Box<Formula>),
    /// `… and …`, two or more.
    And(Vec<Formula>),
    /// `… or …`, two or more.
    Or(Vec<Formula>),
}

/// A comparison sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `=`
    Equal,
    /// `>=`
    AtLeast,
    /// `>`
    Greater,
    /// `in`: every noun of the left lies below one of the right. In rules only.
    In,
}

/// What something is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bound {
    /// A plain number.
    Number(u32),
    /// A date.
    Date(Date),
    /// A period.
    Period(Period),
    /// Another path; in rules only.
    Path(Path),
}

/// A list of nouns: `a, b`, `any`, `any except c`, `a except b`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nouns {
    /// All of it.
    pub span: Span,
    /// Where `any` stands, if it does.
    pub any: Option<Span>,
    /// The names.
    pub names: Vec<Path>,
    /// What is taken out.
    pub except: Vec<Path>,
}

/// One part of a sentence or header: a connecting word and what follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qualifier {
    /// All of it.
    pub span: Span,
    /// The connecting word.
    pub connector: Connector,
    /// What follows.
    pub content: Content,
}

/// What follows a connecting word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Nouns: after `about from with for by in at except is`.
    Nouns(Nouns),
    /// A formula: after `under when until after`.
    Formula(Formula),
    /// A period: after `for`, `at most`, `at least`, `within`.
    Period(Spanned<Period>),
    /// A date: after `on from until`.
    Date(Spanned<Date>),
    /// A string: after `by cites` and in `then "…"`.
    Text(Spanned<String>),
    /// What a scenario takes as known.
    Given(Vec<Known>),
    /// `then erase`, `then notify user`, …
    Then(Then),
    /// Nothing: `abroad`; or what should follow is missing and has been reported.
    Nothing,
}

/// What follows `then`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Then {
    /// `then erase`.
    Erase(Span),
    /// `then anonymise`.
    Anonymise(Span),
    /// `then DUTY [PARTY]`: a declared duty, or `notify`.
    Duty(Path, Option<Nouns>),
}

/// One known fact of a `given`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// A fact or a basis that holds.
    Holds(Path),
    /// `not x`: it is known not to hold.
    Fails(Path),
    /// `age = 15`.
    Compare(Path, Comparison, Spanned<Bound>),
}

/// A verb-led sentence: a statement in a `processing` block; a promise or a restriction at top level or in a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// All of it.
    pub span: Span,
    /// Where `never` stands, if it does.
    pub never: Option<Span>,
    /// The verb.
    pub verb: Spanned<Verb>,
    /// The data; `None` if missing, which has been reported.
    pub data: Option<Nouns>,
    /// The parts, in the order written.
    pub qualifiers: Vec<Qualifier>,
    /// The parts after `only`: alternatives joined by `or`, each a list of parts that hold together.
    pub only: Option<Only>,
}

/// What follows `only`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Only {
    /// From `only` to the end.
    pub span: Span,
    /// The alternatives: `only under consent or in KG` has two.
    pub alternatives: Vec<Vec<Qualifier>>,
}

/// `each NOUN [except NOUN, …] [where TEST] must TEST`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Each {
    /// All of it.
    pub span: Span,
    /// A kind, a class or a verb.
    pub noun: Path,
    /// What is taken out.
    pub except: Vec<Path>,
    /// When the rule applies.
    pub condition: Option<Test>,
    /// What must be.
    pub must: Option<Test>,
}

/// Alternatives of conjunctions: `a and b or c`; no brackets in a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Test {
    /// All of it.
    pub span: Span,
    /// Any of these, each all of its atoms.
    pub alternatives: Vec<Vec<Atom>>,
}

/// One atom of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Atom {
    /// `has|have [no|only|some] PATH, … [except NOUN, …] [CMP value]`.
    Has {
        /// All of it.
        span: Span,
        /// The word before the paths.
        quantity: Quantity,
        /// The paths.
        paths: Vec<Path>,
        /// What is taken out of them.
        except: Vec<Path>,
        /// What they are compared with.
        bound: Option<(Comparison, Spanned<Bound>)>,
    },
    /// `is|be [not] NOUN, …`.
    Is {
        /// All of it.
        span: Span,
        /// With `not`.
        negated: bool,
        /// Any of these.
        nouns: Vec<Path>,
    },
}

/// The word before the paths of a `has`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quantity {
    /// Nothing: each of them is there.
    Each,
    /// `no`: none of them.
    No,
    /// `only`: nothing else.
    Only,
    /// `some`: the best value passes.
    Some,
}

/// A line of a scenario: `allow …`, `deny undeclared …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// All of it.
    pub span: Span,
    /// What is expected.
    pub outcome: Spanned<Outcome>,
    /// The names after `unmet`.
    pub names: Vec<Path>,
    /// The request.
    pub sentence: Option<Sentence>,
}

/// What a scenario expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Allowed.
    Allow,
    /// Denied, whatever the reason.
    Deny,
    /// Denied by a ban.
    Forbidden,
    /// Denied since nothing declares it.
    Undeclared,
    /// Denied since something is missing or failed.
    Unmet,
    /// The request contradicts itself.
    Invalid,
    /// No version is in force.
    NoPolicy,
}
