//! Which verb has which slots (M3).

use crate::model::sentence::{Act, Scope};

/// A slot that only some verbs have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SlotKind {
    /// Where from: `collect`.
    Source,
    /// For what: `collect`, `use`, `profile`, `share`, `publish`.
    Purpose,
    /// To whom: `share`, and `publish` with the one recipient `public`.
    Recipient,
}

impl Act {
    /// All acts, in order.
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

    /// The word, in the language and in requests.
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

    /// Whether a request with this verb has the slot (M3).
    #[must_use]
    pub fn has(self, slot: SlotKind) -> bool {
        match slot {
            SlotKind::Source => self == Act::Collect,
            SlotKind::Purpose => !matches!(self, Act::Store | Act::Anonymise | Act::Erase),
            SlotKind::Recipient => matches!(self, Act::Share | Act::Publish),
        }
    }
}

/// Whether an act has all the slots that a part of a ban names.
pub(super) fn fits(act: Act, scope: &Scope) -> bool {
    (scope.source.is_none() || act.has(SlotKind::Source))
        && (scope.purpose.is_none() || act.has(SlotKind::Purpose))
        && (scope.recipient.is_none() || act.has(SlotKind::Recipient))
}
