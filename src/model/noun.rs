//! Nouns: tables with typed ids, and what each kind of noun declares.

use std::collections::BTreeSet;
use std::marker::PhantomData;
use std::sync::OnceLock;

use super::sentence::{Guard, Onward};
use crate::source::{Origin, Span, Spanned};
use crate::syntax::ast::{Date, Period};
use crate::syntax::vocabulary::Kind;

/// Index of a noun in the table of its kind. `D` is what nouns of that kind declare, so kinds cannot be mixed up.
pub struct Id<D> {
    /// The index.
    pub index: u32,
    kind: PhantomData<fn() -> D>,
}

impl<D> Id<D> {
    /// The id with this index.
    #[must_use]
    pub const fn new(index: u32) -> Id<D> {
        Id {
            index,
            kind: PhantomData,
        }
    }
}

// Derived implementations would ask the same of `D`.
impl<D> Clone for Id<D> {
    fn clone(&self) -> Id<D> {
        *self
    }
}
impl<D> Copy for Id<D> {}
impl<D> PartialEq for Id<D> {
    fn eq(&self, other: &Id<D>) -> bool {
        self.index == other.index
    }
}
impl<D> Eq for Id<D> {}
impl<D> PartialOrd for Id<D> {
    fn partial_cmp(&self, other: &Id<D>) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<D> Ord for Id<D> {
    fn cmp(&self, other: &Id<D>) -> std::cmp::Ordering {
        self.index.cmp(&other.index)
    }
}
impl<D> std::hash::Hash for Id<D> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.index.hash(state);
    }
}
impl<D> std::fmt::Debug for Id<D> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{}", self.index)
    }
}

/// A noun of any kind: for checks that treat all kinds alike, and for uses of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnyNoun {
    /// Its kind.
    pub kind: Kind,
    /// Its index in the table of that kind.
    pub index: u32,
}

/// A string with its place; it may hold `[references]`.
pub type Label = Spanned<String>;

/// What every noun has.
#[derive(Clone, Debug)]
pub struct Noun<D> {
    /// The bare name: `passport`.
    pub name: String,
    /// The qualified name: `identity.passport`; of a pack's noun with the pack's name before it: `kgdc2025.special`.
    pub path: String,
    /// The Kyrgyz label; a noun without one is called by its name in messages and is a finding if it is printed.
    pub label: Option<Label>,
    /// The label in Russian.
    pub russian: Option<Label>,
    /// The label in English.
    pub english: Option<Label>,
    /// The noun whose block it stands in.
    pub parent: Option<Id<D>>,
    /// What it `is`, without flags.
    pub is: Vec<Id<D>>,
    /// The list of children, or what it means, does not claim to be complete («ж.б.»).
    pub open: bool,
    /// The person may leave it out.
    pub optional: bool,
    /// Where it comes from.
    pub origin: Origin,
    /// The header of its declaration, from the kind or name to before the block.
    pub header: Span,
    /// Its name.
    pub name_span: Span,
    /// The whole declaration.
    pub span: Span,
    /// `ref:`: its number in an older text.
    pub older_number: Option<Label>,
    /// `was:`: its name in the version before.
    pub was: Option<Label>,
    /// `dpv:`: its term in the W3C Data Privacy Vocabulary, with the prefix of the vocabulary.
    pub dpv: Option<Label>,
    /// `fides:`: its key in the taxonomy of fideslang.
    pub fides: Option<Label>,
    /// `since:`: the version of the taxonomy or pack that brought it; `None` for the first.
    pub since: Option<Label>,
    /// `replaced_by:`: the path of the noun of its kind that has taken its place.
    pub replaced_by: Option<Label>,
    /// `///` lines.
    pub notes: Vec<String>,
    /// What this kind declares.
    pub detail: D,
}

/// The nouns of one kind, in the order: project, packs, taxonomy; each in the order written.
#[derive(Clone, Debug)]
pub struct Table<D> {
    nouns: Vec<Noun<D>>,
    /// What lies directly below each: the order turned round, once somebody asks and until a noun changes.
    below: OnceLock<Vec<Vec<Id<D>>>>,
}

impl<D> Default for Table<D> {
    fn default() -> Table<D> {
        Table {
            nouns: Vec::new(),
            below: OnceLock::new(),
        }
    }
}

impl<D> Table<D> {
    /// Adds a noun.
    pub fn add(&mut self, noun: Noun<D>) -> Id<D> {
        self.nouns.push(noun);
        self.below.take();
        Id::new(u32::try_from(self.nouns.len() - 1).unwrap_or(u32::MAX))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nouns.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nouns.is_empty()
    }

    /// All with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (Id<D>, &Noun<D>)> {
        self.nouns
            .iter()
            .enumerate()
            .map(|(i, noun)| (Id::new(u32::try_from(i).unwrap_or(u32::MAX)), noun))
    }

    /// All ids.
    pub fn ids(&self) -> impl Iterator<Item = Id<D>> + use<D> {
        (0..u32::try_from(self.nouns.len()).unwrap_or(u32::MAX)).map(Id::new)
    }

    /// One noun, if there is one with this id.
    #[must_use]
    pub fn get(&self, id: Id<D>) -> Option<&Noun<D>> {
        self.nouns.get(id.index as usize)
    }

    /// One noun for change, while the model is built.
    pub(crate) fn get_mut(&mut self, id: Id<D>) -> Option<&mut Noun<D>> {
        self.below.take();
        self.nouns.get_mut(id.index as usize)
    }

    /// Those declared by the project itself.
    pub fn of_project(&self) -> impl Iterator<Item = (Id<D>, &Noun<D>)> {
        self.iter().filter(|(_, noun)| noun.origin == Origin::Project)
    }

    /// Those of the project without children of their own.
    #[must_use]
    pub fn leaves(&self) -> Vec<Id<D>> {
        let parents: BTreeSet<Id<D>> = self.of_project().filter_map(|(_, noun)| noun.parent).collect();
        let ids = self.of_project().map(|(id, _)| id);
        ids.filter(|id| !parents.contains(id)).collect()
    }

    /// What lies directly above: the parent, and what it `is`.
    pub fn above(&self, id: Id<D>) -> impl Iterator<Item = Id<D>> + '_ {
        self[id].parent.into_iter().chain(self[id].is.iter().copied())
    }

    /// `low ≤ high`: is it the same, a child, or `is` it, transitively (M1). Ends on cycles too.
    #[must_use]
    pub fn below(&self, low: Id<D>, high: Id<D>) -> bool {
        low == high || self.up(low).contains(&high)
    }

    /// Every noun at or above this one, itself first. Ends on cycles too.
    #[must_use]
    pub fn up(&self, low: Id<D>) -> Vec<Id<D>> {
        let mut found = vec![low];
        let mut seen = BTreeSet::new();
        let mut at = 0;
        while let Some(id) = found.get(at).copied() {
            for high in self.above(id) {
                if high != low && seen.insert(high) {
                    found.push(high);
                }
            }
            at += 1;
        }
        found
    }

    /// What lies directly below: children, and what `is` it. Sorted.
    #[must_use]
    pub fn directly_below(&self, high: Id<D>) -> &[Id<D>] {
        let directly = self.below.get_or_init(|| {
            let mut directly: Vec<Vec<Id<D>>> = self.nouns.iter().map(|_| Vec::new()).collect();
            for low in self.ids() {
                for above in self.above(low) {
                    directly[above.index as usize].push(low);
                }
            }
            directly
        });
        directly.get(high.index as usize).map_or(&[], Vec::as_slice)
    }

    /// Every noun at, above or below one of these; each is walked once, however they lie to each other.
    #[must_use]
    pub fn related(&self, ids: &[Id<D>]) -> BTreeSet<Id<D>> {
        let walk = |next: &dyn Fn(Id<D>) -> Vec<Id<D>>| {
            let mut found: BTreeSet<Id<D>> = BTreeSet::new();
            let mut open = ids.to_vec();
            while let Some(id) = open.pop() {
                if found.insert(id) {
                    open.extend(next(id));
                }
            }
            found
        };
        let mut related = walk(&|id| self.above(id).collect());
        related.extend(walk(&|id| self.directly_below(id).to_vec()));
        related
    }

    /// ⟦n⟧: every noun at or below it, each standing for its own atom (M1). Sorted.
    #[must_use]
    pub fn denotation(&self, high: Id<D>) -> Vec<Id<D>> {
        let mut found = BTreeSet::new();
        let mut open = vec![high];
        while let Some(id) = open.pop() {
            if found.insert(id) {
                open.extend(self.directly_below(id));
            }
        }
        found.into_iter().collect()
    }
}

impl<D> std::ops::Index<Id<D>> for Table<D> {
    type Output = Noun<D>;
    /// An id is made by its table alone, so it is always inside.
    fn index(&self, id: Id<D>) -> &Noun<D> {
        &self.nouns[id.index as usize]
    }
}

/// A means with the channel it is used at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Means {
    /// The means, such as a written request; `None` for `at office` alone.
    pub by: Option<Id<Channel>>,
    /// The channel.
    pub at: Option<Id<Channel>>,
    /// Where it is written.
    pub span: Span,
}

/// `site "https://…"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The word before the string: a channel class such as site or app; `None` if none was written.
    pub kind: Option<Id<Channel>>,
    /// The string.
    pub text: Label,
}

/// Who answers for the processing.
#[derive(Clone, Debug, Default)]
pub struct Controller {
    /// What the text calls it.
    pub alias: Option<Label>,
    /// What it does.
    pub role: Vec<Label>,
    /// Whose agent it is.
    pub agent_of: Vec<Id<Controller>>,
    /// The body it belongs to.
    pub parent_body: Option<Id<Controller>>,
    /// Where it is established.
    pub country: Option<Id<Country>>,
    /// Postal address.
    pub address: Option<Label>,
    /// Telephone numbers.
    pub phone: Vec<Label>,
    /// E-mail addresses.
    pub email: Vec<Label>,
    /// Sites.
    pub site: Vec<Label>,
    /// Tax number.
    pub inn: Option<Label>,
    /// Number in the register of enterprises.
    pub okpo: Option<Label>,
    /// The licence it works under.
    pub licence: Option<Label>,
    /// The person responsible for personal data.
    pub responsible: Option<Label>,
    /// How to reach that person.
    pub contact: Option<Label>,
    /// How many people work for it.
    pub employees: Option<Spanned<u32>>,
}

/// A class of people.
#[derive(Clone, Debug, Default)]
pub struct Subject {
    /// `when …`: who belongs to it by a fact, such as an age.
    pub when: Option<Guard>,
    /// What the text calls such a person.
    pub alias: Option<Label>,
    /// Who belongs to the class.
    pub definition: Option<Label>,
    /// How many people belong to it, about.
    pub size: Option<Spanned<u32>>,
    /// The class of people who enter these people's data.
    pub entered_by: Option<Id<Subject>>,
}

/// A data category.
#[derive(Clone, Debug, Default)]
pub struct Data {
    /// In what form it is given.
    pub form: Option<Label>,
    /// Examples.
    pub examples: Vec<Label>,
    /// What it means.
    pub definition: Option<Label>,
}

/// Where data come from. Subjects, recipients and controllers are sources too: each has a mirror here.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// The party whose mirror this is.
    pub stands_for: Option<AnyNoun>,
    /// Name of the permission on Android.
    pub android: Option<Label>,
    /// Name of the permission on iOS.
    pub ios: Option<Label>,
    /// How a person switches it off.
    pub refuse: Option<Label>,
    /// How soon the person is told.
    pub notify: Option<Spanned<Period>>,
}

/// A purpose.
#[derive(Clone, Debug, Default)]
pub struct Purpose {
    /// Examples.
    pub examples: Vec<Label>,
    /// What it means.
    pub definition: Option<Label>,
    /// The event with which it has been reached.
    pub ends: Option<Spanned<Id<Fact>>>,
}

/// Who gives a consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Giver {
    /// The person.
    #[default]
    Itself,
    /// A guardian.
    Guardian,
    /// Either.
    Either,
}

/// A legal basis.
#[derive(Clone, Debug, Default)]
pub struct Basis {
    /// The law or contract it rests on.
    pub cites: Option<Label>,
    /// `when …`: the condition under which it holds.
    pub when: Option<Guard>,
    /// One may object to processing on it.
    pub objectable: bool,
    /// How consent is given.
    pub given: Vec<Means>,
    /// How it is withdrawn.
    pub withdraw: Vec<Means>,
    /// Who gives it.
    pub giver: Giver,
    /// The day before which a consent does not count.
    pub from: Option<Spanned<Date>>,
    /// How long a consent lasts.
    pub term: Option<Spanned<Period>>,
    /// Whether it is asked for apart from everything else, if stated.
    pub separate: Option<bool>,
    /// What happens when it is withdrawn.
    pub effect: Option<Label>,
    /// What happens when it is not given.
    pub refusal: Option<Label>,
    /// Keeps go on after a withdrawal.
    pub survives_keep: bool,
    /// How soon a withdrawal is carried out.
    pub deadline: Option<Spanned<Period>>,
    /// The words of the consent.
    pub text: Option<Label>,
}

/// Where a recipient is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Location {
    /// In this country or group.
    In(Id<Country>),
    /// In any country but home.
    Abroad,
}

/// Who receives data. Its role is what it `is`.
#[derive(Clone, Debug, Default)]
pub struct Recipient {
    /// Where it is; empty if not stated.
    pub locations: Vec<Location>,
    /// What the text calls it.
    pub alias: Option<Label>,
    /// What protects the data abroad.
    pub safeguard: Option<Label>,
    /// The contract with it.
    pub contract: Option<Label>,
    /// What it must do.
    pub duties: Vec<Label>,
    /// To whom it passes data on.
    pub onward: Vec<Onward>,
    /// How long it keeps what it receives.
    pub keeps: Option<Spanned<Period>>,
    /// Sites.
    pub site: Vec<Label>,
    /// Examples.
    pub examples: Vec<Label>,
}

/// A channel, or a means.
#[derive(Clone, Debug, Default)]
pub struct Channel {
    /// How hard it is to use.
    pub effort: Option<Spanned<u32>>,
    /// Where it is.
    pub address: Option<Label>,
    /// Its address in the network.
    pub url: Option<Label>,
    /// Telephone numbers.
    pub phone: Vec<Label>,
    /// E-mail addresses.
    pub email: Vec<Label>,
    /// When it can be reached.
    pub hours: Option<Label>,
    /// Where in it the thing is found.
    pub place: Option<Label>,
}

/// A condition or an event.
#[derive(Clone, Debug, Default)]
pub struct Fact {}

/// A right.
#[derive(Clone, Debug, Default)]
pub struct Right {
    /// How it is used.
    pub channel: Vec<Means>,
    /// How the person shows who they are.
    pub proof: Option<Label>,
    /// How soon it is answered.
    pub deadline: Option<Spanned<Period>>,
    /// The data it concerns; empty for all.
    pub about: Vec<Id<Data>>,
    /// Whose right; empty for everyone's.
    pub of: Vec<Id<Subject>>,
    /// On what grounds it may be refused.
    pub except: Vec<AnyNoun>,
    /// The article.
    pub cites: Option<Label>,
    /// More about how it is used.
    pub text: Option<Label>,
}

/// A security measure.
#[derive(Clone, Debug, Default)]
pub struct Measure {
    /// The data it protects; empty for all.
    pub protects: Vec<Id<Data>>,
    /// What against.
    pub against: Vec<Label>,
    /// Who takes it.
    pub by: Vec<AnyNoun>,
}

/// What a party must do.
#[derive(Clone, Debug, Default)]
pub struct Duty {
    /// Whose duty.
    pub of: Vec<AnyNoun>,
    /// To whom.
    pub to: Vec<AnyNoun>,
    /// How soon.
    pub within: Option<Spanned<Period>>,
    /// By what means.
    pub channel: Vec<Means>,
    /// More about it.
    pub text: Option<Label>,
}

/// A defined term.
#[derive(Clone, Debug, Default)]
pub struct Term {
    /// What it means.
    pub means: Option<Label>,
    /// The noun it stands for.
    pub noun: Option<AnyNoun>,
}

/// A country or group of countries.
#[derive(Clone, Debug, Default)]
pub struct Country {
    /// ISO 3166-1 code.
    pub code: Option<String>,
    /// Since when its protection counts as adequate.
    pub adequate: Option<Spanned<Date>>,
    /// Until when it did.
    pub until: Option<Spanned<Date>>,
}

/// A ground for limiting a right.
#[derive(Clone, Debug, Default)]
pub struct Ground {
    /// The article.
    pub cites: Option<Label>,
}
