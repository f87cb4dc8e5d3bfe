//! M12: what must be disposed of by when.

use std::collections::BTreeSet;

use kupuya::meaning::SentenceRef;
use kupuya::model::noun::{Basis, Data, Id, Purpose};
use kupuya::model::sentence::{Act, Ban, Disposal, Keep};
use kupuya_runtime::{Due, Gap, Instant, RecordKind};

use super::basis::{FAR, PAST, add};
use super::gap::Gaps;
use super::point::Point;
use super::world::V::{self, F, T, U};
use super::world::{World, and, not, or};
use super::{Ask, Reference, Way, atoms, instant};

type Span = (Instant, Instant);

/// What is told of one data atom and controller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldDeadline {
    pub data: String,
    pub by: Option<String>,
    pub state: Due,
    pub earliest: Option<Instant>,
    pub latest: Option<Instant>,
    pub disposal: Option<Disposal>,
}

fn stored(x: &Point) -> Point {
    Point {
        act: Act::Store,
        source: None,
        purpose: None,
        recipient: None,
        ..x.clone()
    }
}

impl Reference<'_> {
    /// `None`: the request cannot be asked.
    pub fn retention(&self, ask: &Ask) -> Option<Vec<ToldDeadline>> {
        let ask = Ask {
            act: Act::Store,
            source: None,
            purpose: None,
            recipient: None,
            ..ask.clone()
        };
        let policy = self.model.policy.as_ref();
        let begins = policy.and_then(|policy| policy.effective.or(policy.approved));
        let until = policy.and_then(|policy| policy.until);
        let outside = begins.is_some_and(|day| ask.on < day.value) || until.is_some_and(|day| ask.on > day.value);
        let empty = ask.by.as_ref().is_some_and(Vec::is_empty) || ask.data.as_ref().is_some_and(Vec::is_empty);
        if outside || empty || ask.collected.is_some_and(|collected| collected > ask.on) {
            return None;
        }
        let world = World::new(self.model, &ask)?;
        let mut told = Vec::new();
        for data in atoms(&self.model.data, ask.data.as_deref()) {
            for point in self.points(&ask, data) {
                told.push(self.deadline(&world, &point));
            }
        }
        Some(told)
    }

    /// Whether the deadline has not passed, where the request tells times of the item: for verbs that neither keep the data nor
    /// dispose of them.
    pub fn in_term(&self, world: &World<'_>, x: &Point) -> V {
        if x.act == Act::Store {
            return self
                .caps_on(world, x)
                .into_iter()
                .fold(T, |all, ban| and(all, self.capped(world, ban, x)));
        }
        let told = world.ask.collected.is_some() || !world.ask.events.is_empty();
        if !told || [Act::Store, Act::Anonymise, Act::Erase].contains(&x.act) {
            return T;
        }
        match self.deadline(world, &stored(x)).state {
            Due::Hold | Due::NotKept => T,
            Due::Unknown => U,
            Due::Due => F,
        }
    }

    /// Whether a cap does not apply, or has not passed.
    fn capped(&self, world: &World<'_>, ban: &Ban, x: &Point) -> V {
        or(not(self.of_cap(world, ban, x)), self.before_cap(world, ban))
    }

    fn of_cap(&self, world: &World<'_>, ban: &Ban, x: &Point) -> V {
        ban.scope.guard.as_ref().map_or(T, |guard| world.guard(guard, Some(x)))
    }

    fn before_cap(&self, world: &World<'_>, ban: &Ban) -> V {
        let (Some(most), now) = (&ban.cap, instant(world.ask.on)) else {
            return T;
        };
        match world.ask.collected {
            Some(day) if now < add(instant(day), most.value) => T,
            Some(_) => F,
            None => U,
        }
    }

    /// What the deadline lacks: (missing, failed).
    pub fn of_deadline(&self, world: &World<'_>, x: &Point) -> Gaps {
        let gap = |passed, needs| Gap::Retention { passed, needs };
        if x.act == Act::Store {
            let (mut missing, mut failed) = (BTreeSet::new(), BTreeSet::new());
            for ban in self.caps_on(world, x) {
                let before = self.before_cap(world, ban);
                match self.capped(world, ban, x) {
                    T => {}
                    F => drop(failed.insert(gap(true, Vec::new()))),
                    U => {
                        if let Some(guard) = &ban.scope.guard {
                            missing.extend(self.of_guard(world, guard, x).0);
                        }
                        if before == U {
                            missing.insert(gap(false, vec!["collected".to_owned()]));
                        }
                    }
                }
            }
            return (missing, failed);
        }
        match self.in_term(world, x) {
            T => Gaps::default(),
            F => (BTreeSet::new(), BTreeSet::from([gap(true, Vec::new())])),
            U => {
                let (mut missing, mut times) = (BTreeSet::new(), BTreeSet::new());
                let x = &stored(x);
                for index in 0..self.model.keeps.len() {
                    let keep = &self.model.keeps[index];
                    if !self.kept(keep, x) || world.guard(&keep.guard, Some(x)) == F {
                        continue;
                    }
                    missing.extend(self.of_guard(world, &keep.guard, x).0);
                    let end = world.keep_end(keep);
                    if end.0 != end.1 {
                        times.extend(self.times(world, keep));
                    }
                    let whole = self.end_at(world, index, x);
                    if whole.0 == whole.1 {
                        continue;
                    }
                    for (bases, rests) in self.rests(world, index, x) {
                        if rests.0 != rests.1 {
                            let sentence = Some(SentenceRef::Keep(index));
                            missing.extend(self.of_bases(world, &Way { sentence, bases }, x).0);
                        }
                    }
                }
                for ban in self.caps_on(world, x) {
                    if let Some(guard) = &ban.scope.guard {
                        missing.extend(self.of_guard(world, guard, x).0);
                    }
                    if world.ask.collected.is_none() {
                        times.insert("collected".to_owned());
                    }
                }
                if !times.is_empty() {
                    missing.insert(gap(false, times.into_iter().collect()));
                }
                (missing, BTreeSet::new())
            }
        }
    }

    /// The caps on a point that are not known not to apply.
    fn caps_on(&self, world: &World<'_>, x: &Point) -> Vec<&Ban> {
        let caps = self.model.bans.iter().filter(|ban| ban.cap.is_some() && ban.enforced);
        let on = caps.filter(|ban| {
            let by = ban.scope.by.as_ref();
            ban.data.atoms.contains(&x.data) && by.is_none_or(|by| x.by.is_some_and(|x| by.atoms.contains(&x)))
        });
        on.filter(|ban| ban.scope.guard.as_ref().map_or(T, |guard| world.guard(guard, Some(x))) != F)
            .collect()
    }

    fn deadline(&self, world: &World<'_>, x: &Point) -> ToldDeadline {
        let now = instant(world.ask.on);
        let mut told = ToldDeadline {
            data: self.model.data[x.data].path.clone(),
            by: x.by.map(|by| self.model.controllers[by].path.clone()),
            state: Due::NotKept,
            earliest: None,
            latest: None,
            disposal: None,
        };
        let covering: Vec<usize> = (0..self.model.keeps.len())
            .filter(|keep| self.kept(&self.model.keeps[*keep], x))
            .filter(|keep| world.guard(&self.model.keeps[*keep].guard, Some(x)) != F)
            .collect();
        if covering.is_empty() {
            return told;
        }
        // Every choice of the keeps that are not known to apply.
        let mut choices: Vec<Vec<usize>> = vec![Vec::new()];
        for keep in &covering {
            let with = choices.iter().map(|choice| [choice.as_slice(), &[*keep]].concat());
            let with: Vec<Vec<usize>> = with.collect();
            if world.guard(&self.model.keeps[*keep].guard, Some(x)) == U {
                choices.extend(with);
            } else {
                choices = with;
            }
        }
        let may_have_none = choices.iter().any(Vec::is_empty);
        choices.retain(|choice| !choice.is_empty());
        let spans: Vec<Span> = choices.iter().map(|choice| self.latest(world, choice, x)).collect();
        let mut low = spans.iter().map(|span| span.0).min().unwrap();
        let mut high = spans.iter().map(|span| span.1).max().unwrap();
        let collected = world
            .ask
            .collected
            .map_or((PAST, FAR), |day| (instant(day), instant(day)));
        for ban in self.caps_on(world, x) {
            let Some(most) = ban.cap else { continue };
            match ban.scope.guard.as_ref().map_or(T, |guard| world.guard(guard, Some(x))) {
                F => {}
                U => low = low.min(add(collected.0, most.value)),
                T => {
                    low = low.min(add(collected.0, most.value));
                    high = high.min(add(collected.1, most.value));
                }
            }
        }
        told.state = if may_have_none {
            Due::Unknown
        } else if high <= now {
            Due::Due
        } else if low > now {
            Due::Hold
        } else {
            Due::Unknown
        };
        let finite = |at: Instant| (at != PAST && at != FAR).then_some(at);
        (told.earliest, told.latest) = (finite(low), finite(high));
        let deciding: Vec<usize> = self.least(&covering, x.data).concat().concat();
        let rank = |keep: &usize| {
            let (low, high) = self.end_at(world, *keep, x);
            (high, low)
        };
        let last = deciding.iter().map(rank).max().unwrap();
        let mut of_last = deciding.iter().filter(|keep| rank(keep) == last);
        let anonymise = of_last.all(|keep| self.model.keeps[*keep].disposal == Some(Disposal::Anonymise));
        told.disposal = Some(if anonymise {
            Disposal::Anonymise
        } else {
            Disposal::Erase
        });
        told
    }

    /// For each block, for each of its least nouns of the data, the keeps that name it.
    fn least(&self, keeps: &[usize], data: Id<Data>) -> Vec<Vec<Vec<usize>>> {
        let table = &self.model.data;
        let names = |keep: usize| -> Vec<Id<Data>> {
            let slot = &self.model.keeps[keep].data;
            let names = slot.names.iter().map(|name| name.value);
            let mut names: Vec<Id<Data>> = names.filter(|name| !slot.any && table.below(data, *name)).collect();
            names.sort();
            names.dedup();
            names
        };
        let less = |low: usize, high: usize| {
            let (low, high) = (names(low), names(high));
            let under = |high: &Id<Data>| low.iter().any(|low| low != high && table.below(*low, *high));
            !low.is_empty() && high.iter().all(under)
        };
        let mut blocks = Vec::new();
        for block in 0..self.model.blocks.len() {
            let inside = keeps.iter().copied();
            let inside: Vec<usize> = inside
                .filter(|keep| self.model.keeps[*keep].stated.block == block)
                .collect();
            let mut groups: Vec<Vec<usize>> = Vec::new();
            for keep in inside
                .iter()
                .copied()
                .filter(|keep| !inside.iter().any(|low| less(*low, *keep)))
            {
                match groups.iter_mut().find(|group| names(group[0]) == names(keep)) {
                    Some(group) => group.push(keep),
                    None => groups.push(vec![keep]),
                }
            }
            blocks.push(groups);
        }
        blocks
    }

    /// max over K; of keeps with incomparable nouns in one block the earlier end.
    fn latest(&self, world: &World<'_>, keeps: &[usize], x: &Point) -> Span {
        let mut whole = (PAST, PAST);
        for groups in self
            .least(keeps, x.data)
            .into_iter()
            .filter(|groups| !groups.is_empty())
        {
            let mut of_block = (FAR, FAR);
            for group in groups {
                let ends = || group.iter().map(|keep| self.end_at(world, *keep, x));
                let low = ends().map(|end| end.0).max().unwrap();
                let high = ends().map(|end| end.1).max().unwrap();
                of_block = (of_block.0.min(low), of_block.1.min(high));
            }
            whole = (whole.0.max(of_block.0), whole.1.max(of_block.1));
        }
        whole
    }

    /// The end as written, or that of what the keep rests on.
    fn end_at(&self, world: &World<'_>, keep: usize, x: &Point) -> Span {
        let end = world.keep_end(&self.model.keeps[keep]);
        let rests = self.rests(world, keep, x).into_iter().map(|(_, rests)| rests);
        let rests = rests.reduce(|one, other| (one.0.max(other.0), one.1.max(other.1)));
        let ended = world.ask.collected.map_or(PAST, instant);
        let rests = rests.unwrap_or((ended, ended));
        (end.0.min(rests.0), end.1.min(rests.1))
    }

    /// The alternatives of a keep's bases, each with how long it holds.
    fn rests(&self, world: &World<'_>, keep: usize, x: &Point) -> Vec<(Vec<Id<Basis>>, Span)> {
        let keep: &Keep = &self.model.keeps[keep];
        let ended = world.ask.collected.map_or(PAST, instant);
        let purposes: Vec<Option<Id<Purpose>>> = match &keep.purpose {
            Some(slot) => slot.atoms.iter().copied().map(Some).collect(),
            None => self.of_block(keep.stated.block, x.data).into_iter().map(Some).collect(),
        };
        let mut alternatives = Vec::new();
        for bases in &keep.bases {
            let bases: BTreeSet<Id<Basis>> = bases.iter().map(|basis| basis.value).collect();
            let mut rests = (PAST, PAST);
            for purpose in &purposes {
                let mut all = if bases.is_empty() { (ended, ended) } else { (FAR, FAR) };
                for basis in &bases {
                    let held = self.held(world, *basis, *purpose, x, ended);
                    all = (all.0.min(held.0), all.1.min(held.1));
                }
                rests = (rests.0.max(all.0), rests.1.max(all.1));
            }
            alternatives.push((bases.into_iter().collect(), rests));
        }
        alternatives
    }

    /// Until when a basis of a keep holds: what the person did, step by step.
    fn held(
        &self,
        world: &World<'_>,
        basis: Id<Basis>,
        purpose: Option<Id<Purpose>>,
        x: &Point,
        ended: Instant,
    ) -> Span {
        let declared = &self.model.bases[basis].detail;
        let consent = world.is(basis, "consent");
        let by_records = match &world.ask.records {
            _ if !consent && !declared.objectable => (FAR, FAR),
            None => (ended, FAR),
            Some(_) if consent => {
                let mut done = world.counted(basis, purpose);
                done.sort_by_key(|record| (record.at, record.kind != RecordKind::Give));
                let mut until: Option<Instant> = None;
                for record in &done {
                    let at = instant(record.at);
                    until = match record.kind {
                        RecordKind::Give => Some(declared.term.map_or(FAR, |term| add(at, term.value))),
                        _ => until.map(|until| until.min(at)),
                    };
                }
                let withdrawn = done.last().is_some_and(|record| record.kind != RecordKind::Give);
                let until = match until {
                    Some(_) if withdrawn && declared.survives_keep => FAR,
                    Some(until) => until,
                    None => ended,
                };
                (until, until)
            }
            Some(all) => {
                let objections = all.iter().filter(|record| record.kind == RecordKind::Object);
                let objections = objections.filter(|record| record.at <= world.ask.on);
                let objections = objections.filter(|record| world.covers(record, basis, purpose));
                let first = objections.map(|record| instant(record.at)).min();
                (first.unwrap_or(FAR), first.unwrap_or(FAR))
            }
        };
        match declared.when.as_ref().map_or(T, |guard| world.guard(guard, Some(x))) {
            T => by_records,
            F => (by_records.0.min(ended), by_records.1.min(ended)),
            U => (by_records.0.min(ended), by_records.1),
        }
    }
}
