//! Lists of nouns to slots: names resolved, what they mean written out as sorted atoms (M1).

use std::collections::{BTreeSet, HashMap};

use super::part::Part;
use super::problem::At;
use super::{Lower, View};
use crate::model::kinded::{Kinded, NOUN_KINDS};
use crate::model::names::Looker;
use crate::model::noun::{AnyNoun, Id, Location, Subject};
use crate::model::sentence::Slot;
use crate::model::{Model, codes};
use crate::source::Spanned;
use crate::syntax::ast::{Content, Nouns, Path, Qualifier};
use crate::syntax::vocabulary::{Connector, Kind};

/// What lies directly below each noun: the orders turned round, so that a denotation is a walk down.
#[derive(Clone, Debug, Default)]
pub(super) struct Order {
    below: HashMap<Kind, Vec<Vec<u32>>>,
}

impl Order {
    pub(super) fn of(model: &Model) -> Order {
        let mut order = Order::default();
        for kind in NOUN_KINDS {
            let edges = model.edges(*kind);
            let mut below = vec![Vec::new(); edges.len()];
            for (low, edges) in (0..).zip(&edges) {
                for high in edges.above() {
                    if let Some(all) = below.get_mut(high as usize) {
                        all.push(low);
                    }
                }
            }
            order.below.insert(*kind, below);
        }
        order
    }

    /// Every noun at or below this one, sorted.
    pub(super) fn denotation_of(&self, high: AnyNoun) -> Vec<u32> {
        let Some(below) = self.below.get(&high.kind) else {
            return Vec::new();
        };
        let mut all = BTreeSet::new();
        let mut open = vec![high.index];
        while let Some(index) = open.pop() {
            if (index as usize) < below.len() && all.insert(index) {
                open.extend(below.get(index as usize).into_iter().flatten());
            }
        }
        all.into_iter().collect()
    }
}

impl Lower<'_> {
    /// Resolves a list of nouns. Broken if nothing of it can be used; that has been reported.
    pub(super) fn slot<D: Kinded>(&mut self, nouns: &Nouns, at: At<'_>, view: &View) -> Part<Slot<D>> {
        let names = self.all::<D>(&nouns.names, at, view);
        let except = self.all::<D>(&nouns.except, at, view);
        if nouns.any.is_none() && names.is_empty() {
            return Part::Broken;
        }
        let found = self.slot_of(nouns.any.is_some(), names, except);
        if found.atoms.is_empty() {
            // A law speaks about policies that have nothing of a kind too: there its sentence bans nothing.
            if !(found.any && matches!(view.looker, Looker::Pack(_))) {
                self.means_nothing(nouns);
            }
            return Part::Broken;
        }
        Part::Is(found)
    }

    fn means_nothing(&mut self, nouns: &Nouns) {
        let here = match nouns.any {
            Some(_) => "nothing of this kind is left",
            None => "everything named is taken out again",
        };
        self.error(
            codes::EMPTY_DENOTATION,
            "this list means nothing at all",
            nouns.span,
            here,
        )
        .help = Some("name something that is not taken out, or delete the sentence".into());
    }

    fn slot_of<D: Kinded>(&self, any: bool, names: Vec<Spanned<Id<D>>>, except: Vec<Spanned<Id<D>>>) -> Slot<D> {
        let mut atoms: Vec<Id<D>> = match any {
            true => D::table(&self.model).ids().collect(),
            false => self.union(&names),
        };
        let out = self.union(&except);
        atoms.retain(|atom| out.binary_search(atom).is_err());
        Slot {
            any,
            names,
            except,
            atoms,
            inherited: false,
        }
    }

    /// All nouns of a kind, for a slot that is left out.
    pub(super) fn everything<D: Kinded>(&self) -> Slot<D> {
        Slot {
            atoms: D::table(&self.model).ids().collect(),
            ..Slot::left_out()
        }
    }

    /// Resolves names of one kind; those in trouble are left out.
    pub(super) fn all<D: Kinded>(&mut self, paths: &[Path], at: At<'_>, view: &View) -> Vec<Spanned<Id<D>>> {
        paths.iter().filter_map(|path| self.one(path, at, view)).collect()
    }

    /// What these nouns mean together, sorted.
    fn union<D: Kinded>(&self, names: &[Spanned<Id<D>>]) -> Vec<Id<D>> {
        let mut atoms: Vec<Id<D>> = names
            .iter()
            .flat_map(|name| self.order.denotation_of(name.value.any()))
            .map(Id::new)
            .collect();
        atoms.sort_unstable();
        atoms.dedup();
        atoms
    }

    /// The classes after `about`. Empty for `any`: everyone's.
    pub(super) fn about(&mut self, nouns: &Nouns, at: At<'_>, view: &View) -> Part<Vec<Spanned<Id<Subject>>>> {
        let names = self.all::<Subject>(&nouns.names, at, view);
        if let Some(first) = nouns.except.first() {
            let here = "this cannot be taken out";
            self.error(
                codes::EXCEPT_NOT_HERE,
                "`except` cannot stand in a list of people",
                first.span,
                here,
            )
            .help = Some("write it as a condition: `when not …`".into());
            return Part::Broken;
        }
        match (nouns.any, names.is_empty()) {
            (Some(_), _) => Part::Is(Vec::new()),
            (None, false) => Part::Is(names),
            (None, true) => Part::Broken,
        }
    }

    /// The places after `in` and `abroad`.
    pub(super) fn places(&mut self, parts: &[Qualifier], view: &View) -> Part<Places> {
        let mut found: Part<Places> = Part::Absent;
        for part in parts {
            let (word, abroad) = match part.connector {
                Connector::Abroad => ("abroad", true),
                Connector::In => ("in", false),
                _ => continue,
            };
            let more = match (&part.content, abroad) {
                (Content::Nouns(nouns), _) => self.place(nouns, abroad, At::After(word), view),
                (_, true) => Part::Is(Places {
                    at: vec![Location::Abroad],
                    except: Vec::new(),
                }),
                (_, false) => Part::Broken,
            };
            found = match (found, more) {
                (Part::Is(mut all), Part::Is(more)) => {
                    all.at.extend(more.at);
                    all.except.extend(more.except);
                    Part::Is(all)
                }
                (Part::Absent, more) => more,
                _ => Part::Broken,
            };
        }
        found
    }

    /// Countries of one part, or of a field.
    pub(super) fn place(&mut self, nouns: &Nouns, abroad: bool, at: At<'_>, view: &View) -> Part<Places> {
        let known = |names: Vec<Spanned<Id<_>>>| names.into_iter().map(|name| Location::In(name.value)).collect();
        let names = self.all(&nouns.names, at, view);
        let except = self.all(&nouns.except, at, view);
        if names.is_empty() && nouns.any.is_none() && !abroad {
            return Part::Broken;
        }
        let mut places = Places {
            at: if nouns.any.is_some() { Vec::new() } else { known(names) },
            except: known(except),
        };
        if abroad {
            places.at.push(Location::Abroad);
        }
        Part::Is(places)
    }
}

/// Places, any of which will do, without some.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Places {
    pub(super) at: Vec<Location>,
    pub(super) except: Vec<Location>,
}
