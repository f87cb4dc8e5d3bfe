//! M7 to M9: ways, bans, and the verdict of a point.

use std::collections::BTreeSet;

use kupuya::meaning::SentenceRef;
use kupuya::model::noun::{Basis, Controller, Data, Id, Purpose, Recipient, Source};
use kupuya::model::sentence::{Act, Ban, BasisFormula, Disposal, Keep, Permission, Scope, Slot};
use kupuya::source::Origin;

use super::world::V::{self, F, T};
use super::world::{World, and, not, or};
use super::{Ask, Outcome, PURPOSED, Reference, Way, atoms};

/// One atom a slot; `None` where the verb has no such slot or nothing of the kind is declared.
#[derive(Clone, Debug)]
pub struct Point {
    pub act: Act,
    pub by: Option<Id<Controller>>,
    pub data: Id<Data>,
    pub source: Option<Id<Source>>,
    pub purpose: Option<Id<Purpose>>,
    pub recipient: Option<Id<Recipient>>,
}

impl Reference<'_> {
    /// The points of a data atom, in canonical order.
    pub fn points(&self, ask: &Ask, data: Id<Data>) -> Vec<Point> {
        fn or_none<D>(atoms: Vec<Id<D>>) -> Vec<Option<Id<D>>> {
            if atoms.is_empty() {
                vec![None]
            } else {
                atoms.into_iter().map(Some).collect()
            }
        }
        let m = self.model;
        let sources = match ask.act {
            Act::Collect => or_none(atoms(&m.sources, ask.source.as_deref())),
            _ => vec![None],
        };
        let purposes = if PURPOSED.contains(&ask.act) {
            or_none(atoms(&m.purposes, ask.purpose.as_deref()))
        } else {
            vec![None]
        };
        let recipients = match ask.act {
            Act::Share => or_none(atoms(&m.recipients, ask.recipient.as_deref())),
            // `publish` has the atom public.
            Act::Publish => vec![public(self)],
            _ => vec![None],
        };
        let mut points = Vec::new();
        for by in or_none(atoms(&m.controllers, ask.by.as_deref())) {
            for source in &sources {
                for purpose in &purposes {
                    for recipient in &recipients {
                        points.push(Point {
                            act: ask.act,
                            by,
                            data,
                            source: *source,
                            purpose: *purpose,
                            recipient: *recipient,
                        });
                    }
                }
            }
        }
        points
    }

    /// M9.
    pub fn point(&self, world: &World<'_>, x: &Point) -> Outcome {
        // 1. A recipient outside its declared countries (M5).
        if world.misplaced(x) {
            return Outcome::Undeclared;
        }
        let ways: Vec<Way> = self.ways().into_iter().filter(|way| self.covers(way, x)).collect();
        let bans = self.bans();
        // 2.
        let least = |struck: Vec<SentenceRef>| struck.into_iter().min_by_key(|ban| self.id(*ban).0);
        let at_points = bans.iter().filter(|ban| self.is_point_ban(**ban));
        let struck = at_points
            .filter(|ban| self.ban(world, **ban, x, None) == T)
            .copied()
            .collect();
        if let Some(ban) = least(struck) {
            return Outcome::Forbidden(ban);
        }
        let striking = |way: &Way| -> Vec<SentenceRef> {
            bans.iter()
                .filter(|ban| self.ban(world, **ban, x, Some(way)) == T)
                .copied()
                .collect()
        };
        if !ways.is_empty() && ways.iter().all(|way| !striking(way).is_empty()) {
            return Outcome::Forbidden(least(ways.iter().flat_map(striking).collect()).unwrap());
        }
        // 3.
        if ways.is_empty() {
            return Outcome::Undeclared;
        }
        // 4. No consent first; then id; the built-in way last.
        let rank = |way: &Way| {
            let consent = way.bases.iter().any(|basis| world.is(*basis, "consent"));
            let id = way.sentence.map(|sentence| self.id(sentence).0);
            let mut bases: Vec<_> = way.bases.iter().map(|basis| self.basis_name(*basis)).collect();
            bases.sort();
            (way.sentence.is_none(), consent, id, bases)
        };
        let in_term = self.in_term(world, x);
        let mut live: Vec<&Way> = ways
            .iter()
            .filter(|_| in_term == T)
            .filter(|way| self.val(world, way, x) == T)
            .filter(|way| bans.iter().all(|ban| self.ban(world, *ban, x, Some(way)) == F))
            .collect();
        live.sort_by_key(|way| rank(way));
        if let Some(way) = live.first() {
            return Outcome::Allow((*way).clone());
        }
        // 5.
        let mut open: Vec<_> = ways
            .iter()
            .filter(|way| striking(way).is_empty())
            .map(|way| {
                let (missing, failed) = self.gaps(world, way, &bans, x);
                let id = way.sentence.map(|sentence| self.id(sentence).0);
                (
                    (failed.len(), missing.len(), id.is_none(), id, rank(way)),
                    way,
                    missing,
                    failed,
                )
            })
            .collect();
        open.sort_by(|a, b| a.0.cmp(&b.0));
        let (_, way, missing, failed) = open.into_iter().next().unwrap();
        Outcome::Unmet(way.clone(), missing, failed)
    }

    fn basis_name(&self, basis: Id<Basis>) -> (Origin, String) {
        (self.model.bases[basis].origin, self.model.bases[basis].path.clone())
    }

    /// Every way of every statement and keep, and the built-in one (M7).
    pub fn ways(&self) -> Vec<Way> {
        let mut ways = Vec::new();
        let mut add = |sentence, bases: &[Vec<kupuya::source::Spanned<Id<Basis>>>]| {
            if bases.is_empty() {
                ways.push(Way {
                    sentence: Some(sentence),
                    bases: Vec::new(),
                });
            }
            for alternative in bases {
                let bases: BTreeSet<Id<Basis>> = alternative.iter().map(|basis| basis.value).collect();
                ways.push(Way {
                    sentence: Some(sentence),
                    bases: bases.into_iter().collect(),
                });
            }
        };
        for (index, permission) in self.model.permissions.iter().enumerate() {
            add(SentenceRef::Permission(index), &permission.bases);
        }
        for (index, keep) in self.model.keeps.iter().enumerate() {
            add(SentenceRef::Keep(index), &keep.bases);
        }
        ways.push(Way {
            sentence: None,
            bases: Vec::new(),
        });
        ways
    }

    /// x ∈ X_w.
    pub fn covers(&self, way: &Way, x: &Point) -> bool {
        match way.sentence {
            None => x.act == Act::Erase,
            Some(SentenceRef::Permission(index)) => {
                let p = &self.model.permissions[index];
                p.acts.contains(&x.act)
                    && within(&p.by, x.by)
                    && p.data.atoms.contains(&x.data)
                    && (x.act != Act::Collect || within(&p.source, x.source))
                    && (x.act != Act::Share || p.recipient.as_ref().is_none_or(|slot| within(slot, x.recipient)))
                    && (!PURPOSED.contains(&x.act) || self.for_purpose(p, x))
            }
            Some(SentenceRef::Keep(index)) => {
                let keep = &self.model.keeps[index];
                let acts = x.act == Act::Store || x.act == Act::Anonymise && keep.disposal == Some(Disposal::Anonymise);
                acts && self.kept(keep, x)
            }
            Some(SentenceRef::Ban(_)) => unreachable!(),
        }
    }

    /// Whether a keep covers the data of a point: its purposes are written, or its block uses the atom for something.
    pub fn kept(&self, keep: &Keep, x: &Point) -> bool {
        within(&keep.by, x.by)
            && keep.data.atoms.contains(&x.data)
            && (keep.purpose.is_some() || !self.of_block(keep.stated.block, x.data).is_empty())
    }

    fn for_purpose(&self, p: &Permission, x: &Point) -> bool {
        match &p.purpose {
            Some(slot) => within(slot, x.purpose),
            None => x
                .purpose
                .is_some_and(|purpose| self.of_block(p.stated.block, x.data).contains(&purpose)),
        }
    }

    /// The purposes for which a block uses, profiles, shares or publishes an atom.
    pub fn of_block(&self, block: usize, data: Id<Data>) -> BTreeSet<Id<Purpose>> {
        let uses = [Act::Use, Act::Profile, Act::Share, Act::Publish];
        let all = self
            .model
            .permissions
            .iter()
            .filter(|p| p.stated.block == block && p.data.atoms.contains(&data));
        all.filter(|p| p.acts.iter().any(|act| uses.contains(act)))
            .flat_map(|p| p.purpose.iter().flat_map(|slot| slot.atoms.clone()))
            .collect()
    }

    /// The purposes for which the bases of a way may hold at a point.
    pub fn purposes(&self, way: &Way, x: &Point) -> Vec<Option<Id<Purpose>>> {
        if PURPOSED.contains(&x.act) {
            return vec![x.purpose];
        }
        let purposes: BTreeSet<Id<Purpose>> = match way.sentence {
            Some(SentenceRef::Keep(index)) => {
                let keep = &self.model.keeps[index];
                let written = keep.purpose.as_ref().map(|slot| slot.atoms.iter().copied().collect());
                written.unwrap_or_else(|| self.of_block(keep.stated.block, x.data))
            }
            Some(SentenceRef::Permission(index)) => {
                let p = &self.model.permissions[index];
                let of_block = self
                    .model
                    .permissions
                    .iter()
                    .filter(|other| other.stated.block == p.stated.block);
                let block = || {
                    of_block
                        .flat_map(|p| p.purpose.iter().flat_map(|slot| slot.atoms.clone()))
                        .collect()
                };
                p.purpose
                    .as_ref()
                    .map_or_else(block, |slot| slot.atoms.iter().copied().collect())
            }
            _ => BTreeSet::new(),
        };
        if purposes.is_empty() {
            return vec![None];
        }
        let mut purposes: Vec<Id<Purpose>> = purposes.into_iter().collect();
        purposes.sort_by_key(|id| (self.model.purposes[*id].origin, self.model.purposes[*id].path.clone()));
        purposes.into_iter().map(Some).collect()
    }

    /// The bases of a way: all of them hold, for one of the purposes. None: F.
    pub fn bases(&self, world: &World<'_>, way: &Way, x: &Point) -> V {
        if way.bases.is_empty() {
            return F;
        }
        let keep = matches!(way.sentence, Some(SentenceRef::Keep(_)));
        let mut any = F;
        for purpose in self.purposes(way, x) {
            let mut all = T;
            for basis in &way.bases {
                all = and(all, world.holds(*basis, purpose, keep, x));
            }
            any = or(any, all);
        }
        any
    }

    /// val(w).
    fn val(&self, world: &World<'_>, way: &Way, x: &Point) -> V {
        let bases = self.bases(world, way, x);
        match way.sentence {
            None => T,
            Some(SentenceRef::Permission(index)) => {
                and(world.guard(&self.model.permissions[index].guard, Some(x)), bases)
            }
            Some(SentenceRef::Keep(index)) => {
                let keep = &self.model.keeps[index];
                let justified = if x.act == Act::Anonymise {
                    // Under the keep's bases, or from its end on.
                    or(bases, not(world.lasting(keep)))
                } else {
                    and(bases, world.lasting(keep))
                };
                and(world.guard(&keep.guard, Some(x)), justified)
            }
            Some(SentenceRef::Ban(_)) => unreachable!(),
        }
    }

    /// Every enforced ban, and every keep under a legal duty (M8).
    fn bans(&self) -> Vec<SentenceRef> {
        let bans = self.model.bans.iter().enumerate();
        let bans = bans.filter(|(_, ban)| ban.enforced && ban.cap.is_none());
        let bans = bans.map(|(index, _)| SentenceRef::Ban(index));
        bans.chain((0..self.model.keeps.len()).map(SentenceRef::Keep)).collect()
    }

    fn is_point_ban(&self, ban: SentenceRef) -> bool {
        match ban {
            SentenceRef::Ban(index) => {
                let ban = &self.model.bans[index];
                ban.scope.under.is_none() && ban.only.iter().all(|scope| scope.under.is_none())
            }
            _ => true,
        }
    }

    /// ban(x, w) = L(x, w) and not Q(x, w).
    pub fn ban(&self, world: &World<'_>, ban: SentenceRef, x: &Point, way: Option<&Way>) -> V {
        match ban {
            SentenceRef::Ban(index) => {
                let ban = &self.model.bans[index];
                if !covered(ban, x.act) {
                    return F;
                }
                let mut only = F;
                for scope in &ban.only {
                    only = or(only, self.side(world, ban, scope, x, way));
                }
                and(self.side(world, ban, &ban.scope, x, way), not(only))
            }
            SentenceRef::Keep(index) => {
                // A keep under a legal_duty basis that has not ended bans erase of its atoms.
                let keep = &self.model.keeps[index];
                if x.act != Act::Erase || !self.kept(keep, x) {
                    return F;
                }
                let mut any = F;
                for way in self.duties(world, index) {
                    any = or(any, self.bases(world, &way, x));
                }
                and(any, and(world.guard(&keep.guard, Some(x)), world.lasting(keep)))
            }
            SentenceRef::Permission(_) => unreachable!(),
        }
    }

    /// The ways of a keep that rest on a legal duty.
    pub fn duties(&self, world: &World<'_>, keep: usize) -> Vec<Way> {
        let of_keep = self
            .ways()
            .into_iter()
            .filter(|way| way.sentence == Some(SentenceRef::Keep(keep)));
        of_keep
            .filter(|way| way.bases.iter().any(|basis| world.is(*basis, "legal_duty")))
            .collect()
    }

    /// S(x, w) = [x ∈ X_S] and rel(S, w) and g_S.
    fn side(&self, world: &World<'_>, ban: &Ban, scope: &Scope, x: &Point, way: Option<&Way>) -> V {
        if self.applies(ban, scope, x, way) {
            scope.guard.as_ref().map_or(T, |guard| world.guard(guard, Some(x)))
        } else {
            F
        }
    }

    pub fn applies(&self, ban: &Ban, scope: &Scope, x: &Point, way: Option<&Way>) -> bool {
        let has_recipient = matches!(x.act, Act::Share | Act::Publish);
        ban.data.atoms.contains(&x.data)
            && scope.by.as_ref().is_none_or(|slot| within(slot, x.by))
            && scope
                .source
                .as_ref()
                .is_none_or(|slot| x.act == Act::Collect && within(slot, x.source))
            && scope
                .purpose
                .as_ref()
                .is_none_or(|slot| PURPOSED.contains(&x.act) && within(slot, x.purpose))
            && scope
                .recipient
                .as_ref()
                .is_none_or(|slot| has_recipient && within(slot, x.recipient))
            && scope
                .under
                .as_ref()
                .is_none_or(|under| way.is_some_and(|way| self.relates(under, way)))
    }

    fn relates(&self, under: &BasisFormula, way: &Way) -> bool {
        match under {
            BasisFormula::Basis(name) => way.bases.iter().any(|basis| self.model.bases.below(*basis, *name)),
            BasisFormula::Not(inner) => !self.relates(inner, way),
            BasisFormula::And(all) => all.iter().all(|one| self.relates(one, way)),
            BasisFormula::Or(any) => any.iter().any(|one| self.relates(one, way)),
        }
    }

    /// The nearest way: least sum over differing slots, then id.
    pub fn nearest(&self, x: &Point) -> Option<String> {
        let mut found = Vec::new();
        for (index, p) in self.model.permissions.iter().enumerate() {
            for act in &p.acts {
                let both = |acts: &[Act]| acts.contains(act) && acts.contains(&x.act);
                for data in &p.data.atoms {
                    let purposes: Vec<Id<Purpose>> = match &p.purpose {
                        Some(slot) => slot.atoms.clone(),
                        None => self.of_block(p.stated.block, *data).into_iter().collect(),
                    };
                    if p.purpose.is_none() && p.acts.iter().any(|act| PURPOSED.contains(act)) && purposes.is_empty() {
                        continue;
                    }
                    let sum = 4 * u32::from(*act != x.act)
                        + 3 * u32::from(!within(&p.by, x.by))
                        + u32::from(*data != x.data)
                        + u32::from(both(&[Act::Collect]) && !within(&p.source, x.source))
                        + 2 * u32::from(
                            both(&PURPOSED) && !x.purpose.is_some_and(|purpose| purposes.contains(&purpose)),
                        )
                        + 3 * u32::from(
                            both(&[Act::Share]) && !p.recipient.as_ref().is_none_or(|slot| within(slot, x.recipient)),
                        );
                    found.push((sum, self.id(SentenceRef::Permission(index))));
                }
            }
        }
        for (index, keep) in self.model.keeps.iter().enumerate() {
            for data in &keep.data.atoms {
                if keep.purpose.is_none() && self.of_block(keep.stated.block, *data).is_empty() {
                    continue;
                }
                let anonymises = keep.disposal == Some(Disposal::Anonymise) && x.act == Act::Anonymise;
                let sum = 4 * u32::from(x.act != Act::Store && !anonymises)
                    + 3 * u32::from(!within(&keep.by, x.by))
                    + u32::from(*data != x.data);
                found.push((sum, self.id(SentenceRef::Keep(index))));
            }
        }
        found.into_iter().min().map(|(_, (_, printed))| printed)
    }
}

/// A slot that is any holds also where nothing of the kind is declared.
fn within<D>(slot: &Slot<D>, atom: Option<Id<D>>) -> bool {
    atom.map_or(slot.atoms.is_empty(), |atom| slot.atoms.contains(&atom))
}

/// A ban over several verbs covers those that have all the slots it names; behind `only`, those of one alternative.
fn covered(ban: &Ban, act: Act) -> bool {
    let fits = |scope: &Scope| {
        (scope.source.is_none() || act == Act::Collect)
            && (scope.purpose.is_none() || PURPOSED.contains(&act))
            && (scope.recipient.is_none() || matches!(act, Act::Share | Act::Publish))
    };
    ban.acts.contains(&act) && fits(&ban.scope) && (ban.only.is_empty() || ban.only.iter().any(fits))
}

fn public(reference: &Reference<'_>) -> Option<Id<Recipient>> {
    let mut all = reference.model.recipients.iter();
    all.find(|(_, noun)| noun.origin == Origin::Taxonomy && noun.path == "public")
        .map(|(id, _)| id)
}
