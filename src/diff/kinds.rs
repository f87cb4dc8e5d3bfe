//! The kinds of changes, in the order in which they are told, and what each asks of who publishes the new version (M14).

use serde::Serialize;

/// What a change does to what may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Something is allowed that was not.
    Widened,
    /// Data are kept longer.
    KeptLonger,
    /// Something is no longer forbidden.
    PromiseLost,
    /// Something rests on another basis.
    BasisChanged,
    /// A duty is gone, or has more time.
    DutyWeaker,
    /// Something is no longer allowed.
    Narrowed,
    /// Data are kept shorter.
    KeptShorter,
    /// Something is forbidden that was not.
    PromiseGiven,
    /// A duty is new, or has less time.
    DutyStronger,
}

/// Every kind, with its word and the kind that the way back has.
pub const KINDS: &[(Kind, &str, Kind)] = &[
    (Kind::Widened, "widened", Kind::Narrowed),
    (Kind::KeptLonger, "kept longer", Kind::KeptShorter),
    (Kind::PromiseLost, "promise lost", Kind::PromiseGiven),
    (Kind::BasisChanged, "basis changed", Kind::BasisChanged),
    (Kind::DutyWeaker, "duty weaker", Kind::DutyStronger),
    (Kind::Narrowed, "narrowed", Kind::Widened),
    (Kind::KeptShorter, "kept shorter", Kind::KeptLonger),
    (Kind::PromiseGiven, "promise given", Kind::PromiseLost),
    (Kind::DutyStronger, "duty stronger", Kind::DutyWeaker),
];

impl Kind {
    /// In words.
    #[must_use]
    pub fn word(self) -> &'static str {
        KINDS
            .iter()
            .find(|(kind, ..)| *kind == self)
            .map_or("", |(_, word, _)| word)
    }

    /// What it is on the way back.
    #[must_use]
    pub fn mirrored(self) -> Kind {
        KINDS
            .iter()
            .find(|(kind, ..)| *kind == self)
            .map_or(self, |(.., back)| *back)
    }

    /// What it asks for, where the new version does it on the ground of a consent or of something else.
    #[must_use]
    pub fn verdict(self, consent: bool) -> Verdict {
        match self {
            Kind::Widened | Kind::KeptLonger if consent => Verdict::Reconsent,
            Kind::Widened | Kind::KeptLonger | Kind::PromiseLost | Kind::BasisChanged | Kind::DutyWeaker => {
                Verdict::Notify
            }
            Kind::Narrowed | Kind::KeptShorter | Kind::PromiseGiven | Kind::DutyStronger => Verdict::Nothing,
        }
    }
}

/// What must be done before the new version works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing.
    #[default]
    Nothing,
    /// People must be told.
    Notify,
    /// Consent must be asked for again.
    Reconsent,
}

impl Verdict {
    /// In words.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Nothing => "nothing",
            Verdict::Notify => "tell people",
            Verdict::Reconsent => "ask for consent again",
        }
    }
}
