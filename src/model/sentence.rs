//! Sentences with their names resolved: statements, keeps, bans, and the guards that stand in them.

use super::noun::{
    AnyNoun, Basis, Controller, Country, Data, Duty, Fact, Id, Location, Purpose, Recipient, Source, Subject,
};
use crate::source::{Origin, Span, Spanned};
use crate::syntax::ast::{Comparison, Date, Outcome, Period};
use crate::syntax::vocabulary::Verb;

/// The verbs that a request can name (M2): every verb but the shorthands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// The nouns in one slot of a sentence.
#[derive(Clone, Debug)]
pub struct Slot<D> {
    /// Written as `any`, or left out where that means all.
    pub any: bool,
    /// The nouns as written.
    pub names: Vec<Spanned<Id<D>>>,
    /// What is taken out.
    pub except: Vec<Spanned<Id<D>>>,
    /// The denotation: sorted, never empty (M1) but where the verb has no such slot.
    pub atoms: Vec<Id<D>>,
    /// Taken from the block, not written in the sentence.
    pub inherited: bool,
}

impl<D> Slot<D> {
    /// A slot that the verb does not have: no request names it, so it limits nothing.
    #[must_use]
    pub fn left_out() -> Slot<D> {
        Slot {
            any: true,
            names: Vec::new(),
            except: Vec::new(),
            atoms: Vec::new(),
            inherited: true,
        }
    }

    /// Whether it holds every noun of its kind.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.any && self.except.is_empty()
    }
}

/// A single fact that a guard asks for (M5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Literal {
    /// A condition or event.
    Fact(Id<Fact>),
    /// The person belongs to the class.
    Class(Id<Subject>),
    /// The person's age in completed years.
    Age(Comparison, u32),
    /// The day of the request.
    Date(Comparison, Date),
    /// The place of the processing.
    Place(Location),
}

/// A guard in normal form (M4): any of these conjunctions; `true` with a literal means it must hold, `false` that it
/// must not. No conjunction is impossible by itself or absorbed by another; sorted. `[]` is false, `[[]]` is true.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Guard {
    /// The conjunctions.
    pub any: Vec<Vec<(Literal, bool)>>,
}

/// The formula after `under` in a ban.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BasisFormula {
    /// Relies on a basis at or below this one.
    Basis(Id<Basis>),
    /// Not.
    Not(Box<BasisFormula>),
    /// All of.
    And(Vec<BasisFormula>),
    /// Any of.
    Or(Vec<BasisFormula>),
}

/// A block of statements.
#[derive(Clone, Debug)]
pub struct Block {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<Spanned<String>>,
    /// A sentence before the list.
    pub text: Option<Spanned<String>>,
    /// The header.
    pub header: Span,
    /// All of it.
    pub span: Span,
    /// Its statements, as indices into `Model::permissions`.
    pub permissions: Vec<usize>,
    /// Its keeps, as indices into `Model::keeps`.
    pub keeps: Vec<usize>,
    /// `ref:`.
    pub older_number: Option<Spanned<String>>,
    /// `///` lines.
    pub notes: Vec<String>,
}

/// `then …`: what follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obligation {
    /// What must be done.
    pub what: ObligationKind,
    /// To whom.
    pub to: Vec<AnyNoun>,
    /// How soon.
    pub within: Option<Period>,
    /// Where it is written.
    pub span: Span,
}

/// What must be done after a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ObligationKind {
    /// Tell.
    Notify,
    /// A declared duty.
    Duty(Id<Duty>),
    /// Erase.
    Erase,
    /// Anonymise.
    Anonymise,
}

/// What a statement and a keep have in common.
#[derive(Clone, Debug)]
pub struct Stated {
    /// Its block, as an index into `Model::blocks`.
    pub block: usize,
    /// Where it is written.
    pub span: Span,
    /// `@name`.
    pub id: Option<Spanned<String>>,
    /// `///` lines.
    pub notes: Vec<String>,
}

/// A statement: what may be done (M7), defaults of the block filled in.
#[derive(Clone, Debug)]
pub struct Permission {
    /// Block, place, id.
    pub stated: Stated,
    /// The verb as written.
    pub verb: Spanned<Verb>,
    /// What it permits: one act, or three for `process`.
    pub acts: Vec<Act>,
    /// Who processes.
    pub by: Slot<Controller>,
    /// The data.
    pub data: Slot<Data>,
    /// Whose data; empty means everyone's.
    pub about: Vec<Spanned<Id<Subject>>>,
    /// Where from; left out if the verb is not `collect`.
    pub source: Slot<Source>,
    /// To whom; `None` if the verb has no recipient.
    pub recipient: Option<Slot<Recipient>>,
    /// For what; `None` if the verb has no purpose, or for a `collect` that takes its block's (M7).
    pub purpose: Option<Slot<Purpose>>,
    /// The alternatives of `under`, each a set of bases that hold together; empty if no basis is named.
    pub bases: Vec<Vec<Spanned<Id<Basis>>>>,
    /// The condition as written, block's and sentence's together.
    pub when: Guard,
    /// The place as written.
    pub place: Vec<Location>,
    /// The whole guard: about, place and when.
    pub guard: Guard,
    /// What follows.
    pub then: Vec<Obligation>,
}

/// When something ends (M12).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// When this becomes true.
    Event(Id<Fact>),
    /// On a day.
    Date(Date),
    /// So long after an end; `None` means after collection.
    After(Period, Option<Box<End>>),
    /// The earlier.
    Or(Vec<End>),
    /// The later.
    And(Vec<End>),
}

/// What is done with data at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Disposal {
    /// Erase.
    Erase,
    /// Anonymise.
    Anonymise,
}

/// Retention.
#[derive(Clone, Debug)]
pub struct Keep {
    /// Block, place, id.
    pub stated: Stated,
    /// Who keeps.
    pub by: Slot<Controller>,
    /// The data.
    pub data: Slot<Data>,
    /// Whose data; empty means everyone's.
    pub about: Vec<Spanned<Id<Subject>>>,
    /// For what, if written.
    pub purpose: Option<Slot<Purpose>>,
    /// The alternatives of `under`.
    pub bases: Vec<Vec<Spanned<Id<Basis>>>>,
    /// The condition as written.
    pub when: Guard,
    /// The place as written.
    pub place: Vec<Location>,
    /// The whole guard.
    pub guard: Guard,
    /// When it ends; `None` if only bounds are given.
    pub end: Option<End>,
    /// `at most`.
    pub at_most: Option<Spanned<Period>>,
    /// `at least`.
    pub at_least: Option<Spanned<Period>>,
    /// What then; `None` if not stated.
    pub disposal: Option<Disposal>,
    /// Duties after `then`.
    pub then: Vec<Obligation>,
}

/// What a ban speaks about: the part before `only`, or one alternative behind it. A slot left out is `None`: all.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// Who processes.
    pub by: Option<Slot<Controller>>,
    /// Whose data.
    pub about: Vec<Spanned<Id<Subject>>>,
    /// Where from.
    pub source: Option<Slot<Source>>,
    /// To whom.
    pub recipient: Option<Slot<Recipient>>,
    /// For what.
    pub purpose: Option<Slot<Purpose>>,
    /// On what basis.
    pub under: Option<BasisFormula>,
    /// The place as written.
    pub place: Vec<Location>,
    /// The whole guard: about, place and when; `None` if there is none of them.
    pub guard: Option<Guard>,
}

/// A promise (`never`) or a restriction (`only`) (M8).
#[derive(Clone, Debug)]
pub struct Ban {
    /// Where it is written.
    pub span: Span,
    /// `@name`.
    pub id: Option<Spanned<String>>,
    /// `///` lines.
    pub notes: Vec<String>,
    /// Project or pack.
    pub origin: Origin,
    /// The rule of the pack it stands in, as an index into `Model::rules`.
    pub rule: Option<usize>,
    /// Goes into the bundle and the notice: true for the project's own, and for a pack's rule that is `enforced`.
    pub enforced: bool,
    /// The verb as written.
    pub verb: Spanned<Verb>,
    /// What it bans (M2).
    pub acts: Vec<Act>,
    /// The data.
    pub data: Slot<Data>,
    /// The rest of the part before `only`.
    pub scope: Scope,
    /// The alternatives behind `only`; empty for a promise.
    pub only: Vec<Scope>,
    /// `keep … only at most P`: caps retention instead of banning a flow.
    pub cap: Option<Spanned<Period>>,
    /// What follows.
    pub then: Vec<Obligation>,
}

/// To whom a recipient passes data on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Onward {
    /// To whom.
    pub to: Id<Recipient>,
    /// For what; empty if not stated.
    pub purposes: Vec<Id<Purpose>>,
    /// Where it is written.
    pub span: Span,
}

/// One line of a scenario.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// Where it is written.
    pub span: Span,
    /// What is expected.
    pub outcome: Outcome,
    /// The qualified names after `unmet`.
    pub unmet: Vec<AnyNoun>,
    /// What is asked.
    pub question: Question,
}

/// A request as written in a scenario or on the command line, with its names resolved.
#[derive(Clone, Debug)]
pub struct Question {
    /// The verb.
    pub act: Act,
    /// The data; empty means any.
    pub data: Vec<Id<Data>>,
    /// The classes of the person.
    pub about: Vec<Id<Subject>>,
    /// Where from.
    pub source: Vec<Id<Source>>,
    /// To whom.
    pub recipient: Vec<Id<Recipient>>,
    /// For what.
    pub purpose: Vec<Id<Purpose>>,
    /// Who processes.
    pub by: Vec<Id<Controller>>,
    /// Where.
    pub place: Option<Location>,
    /// Facts known: true or false.
    pub facts: Vec<(Id<Fact>, bool)>,
    /// Consents given that day by the person for all purposes (true), or known to be missing (false).
    pub consents: Vec<(Id<Basis>, bool)>,
    /// The age, as bounds `lo..=hi`.
    pub age: Option<(u32, Option<u32>)>,
    /// The day.
    pub on: Option<Date>,
}

/// Country of a place, if it names one.
impl Location {
    /// The country or group, unless it is `abroad`.
    #[must_use]
    pub fn country(self) -> Option<Id<Country>> {
        match self {
            Location::In(country) => Some(country),
            Location::Abroad => None,
        }
    }
}
