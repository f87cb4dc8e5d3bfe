//! Verbs, and the words that connect the parts of a sentence.

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

/// English verbs that are none of the language, and what is written for them.
pub const OTHER_VERBS: &[(&str, Verb)] = &[
    ("analyse", Verb::Profile),
    ("analyze", Verb::Profile),
    ("anonymize", Verb::Anonymise),
    ("delete", Verb::Erase),
    ("destroy", Verb::Erase),
    ("disclose", Verb::Share),
    ("gather", Verb::Collect),
    ("give", Verb::Share),
    ("obtain", Verb::Collect),
    ("remove", Verb::Erase),
    ("retain", Verb::Keep),
    ("save", Verb::Store),
    ("sell", Verb::Share),
    ("send", Verb::Share),
    ("transfer", Verb::Share),
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

/// Whether a sentence of this verb may have such a part (M3). A `share` that is a promise bans publishing too, and `process`
/// stands for several verbs: what one of them has may be named.
#[must_use]
pub fn takes_part(verb: Verb, connector: Connector) -> bool {
    match connector {
        Connector::From => matches!(verb, Verb::Collect | Verb::Process),
        Connector::With => matches!(verb, Verb::Share | Verb::Process),
        Connector::For => !matches!(verb, Verb::Store | Verb::Anonymise | Verb::Erase),
        Connector::Until | Connector::After | Connector::AtMost | Connector::AtLeast => verb == Verb::Keep,
        _ => true,
    }
}

/// The connecting words that usually follow a verb, in their usual order. Others may follow too.
#[must_use]
pub fn usual_parts(verb: Verb) -> &'static [Connector] {
    use Connector::{About, After, For, From, Then, Under, Until, When, With};
    match verb {
        Verb::Collect => &[About, From, For, Under, When],
        Verb::Share => &[About, With, For, Under, When],
        Verb::Keep => &[Until, For, After, Then],
        _ => &[About, For, Under, When],
    }
}
