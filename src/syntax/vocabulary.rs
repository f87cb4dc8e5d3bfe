//! The words of the language, once: kinds with their fields, verbs, connecting words.
//!
//! The parser, its messages, completion, the grammar page and the editors' grammars all read these tables.

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

const fn field(word: &'static str, shape: Shape, meaning: &'static str) -> FieldWord {
    FieldWord { word, shape, meaning }
}

use Kind::{
    Basis, Channel, Clause, Controller, Country, Data, Duty, Fact, Ground, Law, Measure, Policy, Processing, Purpose,
    Recipient, Right, Rule, Scenario, Section, Source, Subject, Term,
};
use Shape::{Countries, Date, Formula, Means, Names, Number, Onward, Period, Places, Text, Texts, Word};

/// Fields that every noun may have.
pub const COMMON_FIELDS: &[FieldWord] = &[
    field("ru", Text, "the label in Russian"),
    field("en", Text, "the label in English"),
    field("ref", Text, "the number it had in an older text"),
    field("was", Text, "the name it had in the version before"),
    field("dpv", Text, "its term in the W3C Data Privacy Vocabulary"),
    field("fides", Text, "its key in the taxonomy of fideslang"),
    field("since", Text, "the version of the taxonomy or pack that brought it"),
    field("replaced_by", Text, "the noun of its kind that has taken its place"),
];

/// Every kind, in the order in which the grammar page explains them.
pub const KINDS: &[KindWord] = &[
    KindWord {
        kind: Policy,
        word: "policy",
        meaning: "the document",
        children: false,
        fields: &[
            field("version", Text, "the version's own number or name"),
            field("approved", Date, "when and by which document it was approved"),
            field("effective", Date, "the day from which it is in force"),
            field("until", Date, "the last day on which it is in force"),
            field(
                "law",
                Names(&[Law]),
                "the law pack, or a family of packs from which the effective date picks one",
            ),
            field("covers", Places, "the sites, apps and services it covers"),
            field("published", Places, "where it can be read"),
            field("accepted", Means, "how a person accepts it"),
            field("changes", Means, "how changes are told"),
            field(
                "change_notice",
                Period,
                "how long before they take effect changes are told",
            ),
            field(
                "prevails",
                Word(&["ky", "ru", "en"]),
                "the language that decides if versions differ",
            ),
            field("voice", Word(&["third", "polite"]), "third person, or the polite «Сиз»"),
            field("belongs_to", Texts, "the documents it is part of"),
            field("basis_documents", Texts, "the laws and rules it was written under"),
            field("purpose", Text, "what the document is for, in one sentence"),
            field("alias", Text, "what the text calls the document; «Саясат» if left out"),
            field("zone", Text, "the time zone of its dates; Asia/Bishkek if left out"),
        ],
    },
    KindWord {
        kind: Controller,
        word: "controller",
        meaning: "who answers for the processing",
        children: false,
        fields: &[
            field("alias", Text, "what the text calls it"),
            field("role", Texts, "what it does, as noun phrases"),
            field("agent_of", Names(&[Controller]), "the controller whose agent it is"),
            field("parent", Names(&[Controller]), "the body it belongs to"),
            field(
                "country",
                Countries,
                "where it is established; the law's home country if left out",
            ),
            field("address", Text, "its postal address"),
            field("phone", Texts, "its telephone numbers"),
            field("email", Texts, "its e-mail addresses"),
            field("site", Texts, "its sites"),
            field("inn", Text, "its tax number"),
            field("okpo", Text, "its number in the register of enterprises"),
            field("licence", Text, "the licence it works under"),
            field("responsible", Text, "the person responsible for personal data"),
            field("contact", Text, "how to reach that person"),
            field("employees", Number, "how many people work for it"),
        ],
    },
    KindWord {
        kind: Subject,
        word: "subject",
        meaning: "a class of people whose data are processed",
        children: true,
        fields: &[
            field("alias", Text, "what the text calls such a person"),
            field("definition", Text, "who belongs to the class"),
            field("size", Number, "how many people belong to it, about"),
            field(
                "entered_by",
                Names(&[Subject]),
                "the class of people who enter these people's data",
            ),
        ],
    },
    KindWord {
        kind: Data,
        word: "data",
        meaning: "a category of personal data",
        children: true,
        fields: &[
            field("form", Text, "in what form it is given"),
            field("examples", Texts, "examples that make it clear"),
            field("definition", Text, "what the category means"),
        ],
    },
    KindWord {
        kind: Source,
        word: "source",
        meaning: "where data come from when that is no party",
        children: true,
        fields: &[
            field("android", Text, "the name of the permission on Android"),
            field("ios", Text, "the name of the permission on iOS"),
            field("refuse", Text, "how a person switches it off"),
            field("notify", Period, "how soon the person is told"),
        ],
    },
    KindWord {
        kind: Purpose,
        word: "purpose",
        meaning: "a purpose of processing",
        children: true,
        fields: &[
            field("examples", Texts, "examples that make it clear"),
            field("definition", Text, "what the purpose means"),
            field("ends", Names(&[Fact]), "the event with which it has been reached"),
        ],
    },
    KindWord {
        kind: Basis,
        word: "basis",
        meaning: "a legal basis",
        children: true,
        fields: &[
            field("cites", Text, "the law or contract it rests on"),
            field("given", Means, "by what means and where consent is given"),
            field("withdraw", Means, "by what means and where consent is withdrawn"),
            field("giver", Word(&["self", "guardian", "self or guardian"]), "who gives it"),
            field("from", Date, "the day before which a consent does not count"),
            field("term", Period, "how long a consent lasts"),
            field(
                "separate",
                Word(&["yes", "no"]),
                "whether it is asked for apart from everything else",
            ),
            field("effect", Text, "what happens when it is withdrawn"),
            field("refusal", Text, "what happens when it is not given"),
            field("survives", Word(&["keep"]), "what goes on after a withdrawal"),
            field("deadline", Period, "how soon a withdrawal is carried out"),
            field("text", Text, "the words of the consent"),
        ],
    },
    KindWord {
        kind: Recipient,
        word: "recipient",
        meaning: "who receives data",
        children: true,
        fields: &[
            field("alias", Text, "what the text calls it"),
            field("safeguard", Text, "what protects the data abroad"),
            field("contract", Text, "the contract with it"),
            field("duties", Texts, "what it must do, as verbal nouns"),
            field("onward", Onward, "to whom it passes the data on, and for what"),
            field("keeps", Period, "how long it keeps what it receives"),
            field("site", Texts, "its sites"),
            field("examples", Texts, "examples that make it clear"),
        ],
    },
    KindWord {
        kind: Channel,
        word: "channel",
        meaning: "a way to reach and be reached, or a means of giving and withdrawing",
        children: true,
        fields: &[
            field("effort", Number, "how hard it is to use: 0 for a tap, 10 for a journey"),
            field("address", Text, "where it is"),
            field("url", Text, "its address in the network"),
            field("phone", Texts, "its telephone numbers"),
            field("email", Texts, "its e-mail addresses"),
            field("hours", Text, "when it can be reached"),
            field("place", Text, "where in it the thing is found"),
        ],
    },
    KindWord {
        kind: Fact,
        word: "fact",
        meaning: "a condition or an event that only the running service knows",
        children: false,
        fields: &[],
    },
    KindWord {
        kind: Right,
        word: "right",
        meaning: "a right of the data subject",
        children: false,
        fields: &[
            field("channel", Means, "by what means and where it is used"),
            field("proof", Text, "how the person shows who they are"),
            field("deadline", Period, "how soon it is answered"),
            field("about", Names(&[Data]), "the data it concerns"),
            field("of", Names(&[Subject]), "whose right it is"),
            field("except", Names(&[Ground, Basis]), "on what grounds it may be refused"),
            field("cites", Text, "the article it comes from"),
            field("text", Text, "more about how it is used"),
        ],
    },
    KindWord {
        kind: Measure,
        word: "measure",
        meaning: "a security measure",
        children: true,
        fields: &[
            field("protects", Names(&[Data]), "the data it protects"),
            field("against", Texts, "what it protects them against"),
            field("by", Names(&[Controller, Recipient]), "who takes it"),
        ],
    },
    KindWord {
        kind: Duty,
        word: "duty",
        meaning: "what a party must do, where it is no flow of data",
        children: false,
        fields: &[
            field("of", Names(&[Controller, Subject, Recipient]), "whose duty it is"),
            field("to", Names(&[Controller, Subject, Recipient]), "to whom it is owed"),
            field("within", Period, "how soon"),
            field("channel", Means, "by what means"),
            field("text", Text, "more about it"),
        ],
    },
    KindWord {
        kind: Term,
        word: "term",
        meaning: "a defined term",
        children: false,
        fields: &[
            field("means", Text, "what it means"),
            field(
                "noun",
                Names(&[Subject, Data, Recipient, Controller, Channel, Measure, Purpose, Source]),
                "the noun it stands for",
            ),
        ],
    },
    KindWord {
        kind: Country,
        word: "country",
        meaning: "a country or a group of countries",
        children: true,
        fields: &[
            field("code", Text, "its ISO 3166-1 code, if it is not the name"),
            field("adequate", Date, "since when its protection counts as adequate"),
            field("until", Date, "until when it did"),
        ],
    },
    KindWord {
        kind: Ground,
        word: "ground",
        meaning: "a ground for limiting a right",
        children: false,
        fields: &[field("cites", Text, "the article")],
    },
    KindWord {
        kind: Section,
        word: "section",
        meaning: "a chapter of the document; declarations in it are printed there",
        children: false,
        fields: &[],
    },
    KindWord {
        kind: Clause,
        word: "clause",
        meaning: "own wording, bound to the facts that it covers",
        children: false,
        fields: &[
            field("text", Text, "the words"),
            field(
                "covers",
                Names(&[
                    Data, Purpose, Basis, Recipient, Source, Right, Measure, Duty, Channel, Subject, Controller, Fact,
                    Term,
                ]),
                "the nouns it speaks about",
            ),
        ],
    },
    KindWord {
        kind: Processing,
        word: "processing",
        meaning: "sentences with common defaults",
        children: false,
        fields: &[
            field("by", Names(&[Controller]), "who processes"),
            field("about", Names(&[Subject]), "whose data"),
            field("for", Names(&[Purpose]), "for what"),
            field("under", Formula(&[Basis]), "on what basis"),
            field("when", Formula(&[Fact]), "under what condition"),
            field("in", Countries, "where"),
            field("text", Text, "a sentence before the list"),
        ],
    },
    KindWord {
        kind: Law,
        word: "law",
        meaning: "a law pack or house rules",
        children: false,
        fields: &[
            field("family", Word(&[]), "the family from which a date picks, such as `kg`"),
            field("home", Countries, "the country whose law it is"),
            field("from", Date, "the day it takes effect"),
            field("until", Date, "the last day it is in force"),
            field("cites", Text, "the act"),
            field("admits", Names(&[Basis]), "the bases of the taxonomy that it admits"),
            field("repeals", Texts, "acts that have lost force, by words of their titles"),
            field(
                "consent_form",
                Word(&["any", "written"]),
                "in what form consent is given: any that can be proved, or on a signed form",
            ),
        ],
    },
    KindWord {
        kind: Rule,
        word: "rule",
        meaning: "a rule of a law pack",
        children: false,
        fields: &[
            field("why", Text, "why it matters"),
            field("why_en", Text, "why it matters, in English"),
            field("help", Text, "what to write, where the rule is broken"),
            field("help_en", Text, "what to write, in English"),
        ],
    },
    KindWord {
        kind: Scenario,
        word: "scenario",
        meaning: "a test of the policy",
        children: false,
        fields: &[field(
            "on",
            Date,
            "the day on which it is asked; the effective date if left out",
        )],
    },
];

/// The entry of a kind.
#[must_use]
pub fn kind(kind: Kind) -> &'static KindWord {
    // The table has every kind: a test walks the enumeration.
    KINDS.iter().find(|entry| entry.kind == kind).unwrap_or(&KINDS[0])
}

/// A verb as written. `process` and `combine` are shorthands (M2); `keep` opens a retention sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    /// Obtain.
    Collect,
    /// Use without deciding about a person.
    Use,
    /// Evaluate or decide about a person by machine.
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
    /// In a statement collect, use and store; in a ban all but anonymise and erase.
    Process,
    /// Match with other data; in bans and rules only.
    Combine,
    /// Retention.
    Keep,
}

/// Every verb with its word.
pub const VERBS: &[(Verb, &str, &str)] = &[
    (Verb::Collect, "collect", "obtain data"),
    (Verb::Use, "use", "use data without deciding about a person by machine"),
    (Verb::Profile, "profile", "evaluate or decide about a person by machine"),
    (Verb::Store, "store", "store data"),
    (Verb::Share, "share", "give data to a recipient"),
    (Verb::Publish, "publish", "make data public"),
    (Verb::Anonymise, "anonymise", "make data anonymous"),
    (Verb::Erase, "erase", "erase data"),
    (
        Verb::Process,
        "process",
        "collect, use and store; in a ban everything but anonymise and erase",
    ),
    (
        Verb::Combine,
        "combine",
        "match with other data; in bans and rules only",
    ),
    (Verb::Keep, "keep", "keep data until or for, then erase or anonymise"),
];

/// Words that connect the parts of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Connector {
    /// The data subjects.
    About,
    /// The source.
    From,
    /// The recipient.
    With,
    /// The purpose; in `keep` a period.
    For,
    /// The basis.
    Under,
    /// The condition.
    When,
    /// Who processes.
    By,
    /// The country.
    In,
    /// In any country but home.
    Abroad,
    /// The end of a keep, or of a validity.
    Until,
    /// The event from which a period runs.
    After,
    /// The longest a keep may last.
    AtMost,
    /// The shortest.
    AtLeast,
    /// A channel.
    At,
    /// What follows: disposal or a duty.
    Then,
    /// How soon, in a `then`.
    Within,
    /// What a scenario takes as known.
    Given,
    /// The day of a scenario line.
    On,
    /// What a noun is.
    Is,
    /// The article, in a header.
    Cites,
    /// How sure, in the header of a rule.
    Verified,
    /// With what, in a waiver; what is taken out, in a list.
    Except,
}

/// Every connecting word.
pub const CONNECTORS: &[(Connector, &str)] = &[
    (Connector::About, "about"),
    (Connector::From, "from"),
    (Connector::With, "with"),
    (Connector::For, "for"),
    (Connector::Under, "under"),
    (Connector::When, "when"),
    (Connector::By, "by"),
    (Connector::In, "in"),
    (Connector::Abroad, "abroad"),
    (Connector::Until, "until"),
    (Connector::After, "after"),
    (Connector::AtMost, "at most"),
    (Connector::AtLeast, "at least"),
    (Connector::At, "at"),
    (Connector::Then, "then"),
    (Connector::Within, "within"),
    (Connector::Given, "given"),
    (Connector::On, "on"),
    (Connector::Is, "is"),
    (Connector::Cites, "cites"),
    (Connector::Verified, "verified"),
    (Connector::Except, "except"),
];

/// Words that open a line or join names; with kinds, verbs and connecting words, all that is reserved.
pub const OTHER_WORDS: &[&str] = &[
    "never", "only", "each", "must", "where", "have", "has", "be", "allow", "deny", "waive", "and", "or", "not", "any",
    "enforced",
];

/// Flags that `is` may give beside names of nouns.
pub const FLAGS: &[(&str, &str)] = &[
    ("optional", "the person may leave it out"),
    ("open", "the list does not claim to be complete"),
    ("objectable", "one may object to processing on this basis"),
    ("enforced", "the rule's bans go into the bundle and the notice"),
    (
        "presence",
        "the rule only looks whether something is stated, not whether it is enough",
    ),
];

/// Whether a word is one of the language's own: of a kind, a verb, a connecting word or one of the others.
#[must_use]
pub fn is_reserved(word: &str) -> bool {
    let connects = |connector: &str| connector.split(' ').any(|part| part == word);
    KINDS.iter().any(|kind| kind.word == word)
        || VERBS.iter().any(|(_, verb, _)| *verb == word)
        || CONNECTORS.iter().any(|(_, connector)| connects(connector))
        || OTHER_WORDS.contains(&word)
}
