//! The meaning: sentences in normal form, as boxes over atoms with their ways, and the digests that name them (M7, M8, M15).
//!
//! `graph`, `checks`, `notice` and `bundle` read sentences from here, so that they cannot differ about what one permits.

mod digest;
mod encode;
mod normal;
mod slots;

use crate::model::Model;
use crate::model::noun::{Basis, Controller, Data, Id, Purpose, Recipient, Source};
use crate::model::sentence::{Act, BasisFormula, Guard};
use crate::syntax::ast::Period;

pub use digest::hex;
pub use normal::uses;
pub use slots::SlotKind;

/// The meaning of a model. Never fails: what a check will report anyway is left out or means what can least be relied on.
#[must_use]
pub fn from_model(model: &Model) -> Meaning {
    let mut meaning = normal::sentences(model);
    digest::name(model, &mut meaning);
    meaning
}

/// A sentence of the model that is a rule of the bundle and a unit of the notice (M16).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SentenceRef {
    /// Index into `Model::permissions`.
    Permission(usize),
    /// Index into `Model::keeps`.
    Keep(usize),
    /// Index into `Model::bans`.
    Ban(usize),
}

/// What all sentences of a project mean.
#[derive(Clone, Debug, Default)]
pub struct Meaning {
    /// Statements and keeps, sorted by digest.
    pub grants: Vec<Grant>,
    /// Enforced promises and restrictions, sorted by digest; caps on retention are not among them.
    pub bans: Vec<BanMeaning>,
    /// Bans of packs that only check, sorted by digest.
    pub checked: Vec<BanMeaning>,
    /// `keep … only at most P`, enforced ones, sorted by digest (M12).
    pub caps: Vec<CapMeaning>,
    /// Caps of packs that only check, sorted by digest.
    pub checked_caps: Vec<CapMeaning>,
    /// M: the digest of the whole meaning.
    pub digest: [u8; 32],
}

/// The name of a sentence: the digest of its normal form, and how it is printed.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SentenceId {
    /// Digest of the normal form.
    pub digest: [u8; 32],
    /// `@name`, else the shortest unique prefix of the digest in hexadecimal, at least 6 characters (M9).
    pub printed: String,
}

/// A permission in normal form: where it applies, and the ways in which it may be relied on.
#[derive(Clone, Debug)]
pub struct Grant {
    /// The sentence.
    pub sentence: SentenceRef,
    /// Its id.
    pub id: SentenceId,
    /// Its boxes. More than one only where purposes are taken from the block, atom by atom.
    pub regions: Vec<Region>,
    /// One way for each alternative of `under`, each a set of bases sorted by name; empty set: no basis, so it never holds.
    pub ways: Vec<Vec<Id<Basis>>>,
    /// Its guard.
    pub guard: Guard,
    /// Purposes for which a verb without a purpose slot is justified: consents are looked up for any of these (M7).
    pub block_purposes: Vec<Id<Purpose>>,
}

/// A box: every combination of these atoms. `None` where no act has such a slot, or all of it is meant. A side counts only
/// for acts that have the slot; for an act without a purpose slot, `purpose` are the purposes that justify it (M7).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region {
    /// The acts.
    pub acts: Vec<Act>,
    /// Who processes.
    pub by: Option<Vec<Id<Controller>>>,
    /// The data.
    pub data: Option<Vec<Id<Data>>>,
    /// Where from.
    pub source: Option<Vec<Id<Source>>>,
    /// For what.
    pub purpose: Option<Vec<Id<Purpose>>>,
    /// To whom.
    pub recipient: Option<Vec<Id<Recipient>>>,
}

/// A ban in normal form (M8): it strikes a way at a point if `limits` matches and none of `except` does.
#[derive(Clone, Debug)]
pub struct BanMeaning {
    /// The sentence.
    pub sentence: SentenceRef,
    /// Its id.
    pub id: SentenceId,
    /// What is banned.
    pub limits: Strike,
    /// The alternatives behind `only`.
    pub except: Vec<Strike>,
}

impl BanMeaning {
    /// Whether it strikes points, whatever way is relied on.
    #[must_use]
    pub fn strikes_points(&self) -> bool {
        self.limits.under.is_none() && self.except.iter().all(|strike| strike.under.is_none())
    }
}

/// One part of a ban.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strike {
    /// Where.
    pub region: Region,
    /// On what bases, as a formula over "relies on a basis at or below".
    pub under: Option<BasisFormula>,
    /// When.
    pub guard: Guard,
}

/// `keep … only at most P`: a bound on how long data are kept (M12).
#[derive(Clone, Debug)]
pub struct CapMeaning {
    /// The sentence.
    pub sentence: SentenceRef,
    /// Its id.
    pub id: SentenceId,
    /// Where: its acts are `store`.
    pub limits: Strike,
    /// How long after collection at most.
    pub at_most: Period,
}

impl Guard {
    /// The guard that is always true.
    #[must_use]
    pub fn always() -> Guard {
        Guard { any: vec![Vec::new()] }
    }
}
