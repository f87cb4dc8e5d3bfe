//! Kinds of declarations, and what an entry of their table says.

/// A kind of declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The document.
    Policy,
    /// Who answers for the processing.
    Controller,
    /// A class of people whose data are processed.
    Subject,
    /// A data category.
    Data,
    /// Where data come from when that is no party.
    Source,
    /// A purpose.
    Purpose,
    /// A legal basis.
    Basis,
    /// Who receives data.
    Recipient,
    /// A way to reach or be reached, or a means of giving or withdrawing consent.
    Channel,
    /// What only the running service knows: a condition or an event.
    Fact,
    /// A right of the data subject and how to use it.
    Right,
    /// A security measure.
    Measure,
    /// What a party must do, where it is no flow of data.
    Duty,
    /// A defined term.
    Term,
    /// A country or a group of countries.
    Country,
    /// A ground for limiting a right.
    Ground,
    /// A chapter of the document with declarations in it.
    Section,
    /// Own wording, bound to the facts that it covers.
    Clause,
    /// A block of sentences with common defaults.
    Processing,
    /// A law pack or house rules.
    Law,
    /// A rule of a law pack.
    Rule,
    /// A test of the policy.
    Scenario,
}

/// What may stand in the value of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A string, or lines of prose.
    Text,
    /// Several strings, separated by commas.
    Texts,
    /// A word of a closed list; any one word if the list is empty.
    Word(&'static [&'static str]),
    /// Names of nouns of these kinds, separated by commas; `any` where it makes sense.
    Names(&'static [Kind]),
    /// Names joined by `and`, `or`, `not`.
    Formula(&'static [Kind]),
    /// A date, perhaps `by "document"`.
    Date,
    /// A period, such as `30 days`.
    Period,
    /// A whole number.
    Number,
    /// Places of publication: `site "https://…"`, `app "…"`.
    Places,
    /// Means with the channel they are used at: `written_request at office`.
    Means,
    /// Country codes.
    Countries,
    /// Recipients with purposes: `partners for scoring`.
    Onward,
}

/// A field: `word: value`.
#[derive(Debug, PartialEq, Eq)]
pub struct FieldWord {
    /// The word before the colon.
    pub word: &'static str,
    /// What its value looks like.
    pub shape: Shape,
    /// What it says, for hover and the grammar page.
    pub meaning: &'static str,
}

/// One kind with everything the language knows about it.
#[derive(Debug, PartialEq, Eq)]
pub struct KindWord {
    /// The kind.
    pub kind: Kind,
    /// The word that opens its declaration.
    pub word: &'static str,
    /// What it declares.
    pub meaning: &'static str,
    /// Whether `name "label"` in its block declares a child of the same kind.
    pub children: bool,
    /// Its fields, in the order in which `fmt` writes them.
    pub fields: &'static [FieldWord],
}
