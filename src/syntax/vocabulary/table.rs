//! Every kind with its word and fields.

use super::kinds::{FieldWord, Kind, KindWord, Shape};

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
                "how long before they take effect changes are told; `0 days`: they hold once published",
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
