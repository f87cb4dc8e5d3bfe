//! The points of two versions, those that no rule tells apart together, with the rules that speak of them.

use std::collections::{BTreeMap, BTreeSet};

use kupuya_runtime::wire::{Act, Region};

use super::reading::{Joined, Pair, Sort};
use super::side::Side;
use super::terms::Terms;

/// Points that no rule tells apart: one set of atoms a slot. A slot that the verb has not, or of which neither version
/// declares anything, is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The verb.
    pub act: Act,
    /// Atoms, in the order of [`Sort::SLOTS`].
    pub slots: [Vec<Pair>; 5],
    /// The statements and keeps of each version that cover it.
    pub grants: [Vec<usize>; 2],
    /// The bans.
    pub bans: [Vec<usize>; 2],
    /// The bounds on retention.
    pub caps: [Vec<usize>; 2],
    /// What they say: equal only if the rules say the same.
    pub terms: [BTreeSet<u32>; 2],
    /// What besides rules differs there: places of a recipient, the controller's country.
    pub around: u32,
}

impl Spot {
    /// Whether the rules of both versions say the same of it.
    pub fn is_same(&self) -> bool {
        self.terms[0] == self.terms[1] && self.around == 0
    }
}

/// A part of a rule that has a place.
#[derive(Clone, Copy)]
struct Part<'a> {
    side: usize,
    rule: Rule,
    region: &'a Region,
}

#[derive(Clone, Copy)]
enum Rule {
    Grant(usize),
    Ban(usize),
    Except(usize, usize),
    Cap(usize),
}

type Row = Vec<u64>;

/// Atoms of a slot that no part tells apart.
struct Alike {
    row: Row,
    around: u32,
    pairs: Vec<Pair>,
}

/// All places of two versions at which any rule of either speaks.
pub struct Points<'a> {
    sides: [&'a Side; 2],
    terms: [Terms<'a>; 2],
    parts: Vec<Part<'a>>,
    known: BTreeMap<String, u32>,
    around: BTreeMap<String, u32>,
    /// Numbers of what parts say, by part and whether the verb has a purpose; of bans by version, ban and exceptions.
    said: BTreeMap<(usize, bool), u32>,
    banned: BTreeMap<(usize, usize, Vec<usize>), u32>,
}

impl<'a> Points<'a> {
    /// Of two versions whose rules are written by `terms`.
    pub fn new(sides: [&'a Side; 2], terms: [Terms<'a>; 2]) -> Points<'a> {
        let mut parts = Vec::new();
        for (side, version) in sides.iter().enumerate() {
            let content = &version.content;
            let mut add = |rule, region| parts.push(Part { side, rule, region });
            for (number, grant) in content.grants.iter().enumerate() {
                grant.regions.iter().for_each(|region| add(Rule::Grant(number), region));
            }
            for (number, ban) in content.bans.iter().enumerate() {
                add(Rule::Ban(number), &ban.limits.region);
                for (at, strike) in ban.except.iter().enumerate() {
                    add(Rule::Except(number, at), &strike.region);
                }
            }
            for (number, cap) in content.caps.iter().enumerate() {
                add(Rule::Cap(number), &cap.region);
            }
        }
        Points {
            sides,
            terms,
            parts,
            known: BTreeMap::new(),
            around: BTreeMap::new(),
            said: BTreeMap::new(),
            banned: BTreeMap::new(),
        }
    }

    /// The places, verb by verb. `home`: whether the home countries differ.
    pub fn all(mut self, joined: &BTreeMap<Sort, Joined>, home: bool) -> Vec<Spot> {
        let mut spots = Vec::new();
        for act in Act::ALL {
            let verb: Row = self.row(|part| part.region.acts.contains(&act));
            if verb.iter().all(|word| *word == 0) {
                continue;
            }
            let slots: Vec<Vec<Alike>> = Sort::SLOTS
                .iter()
                .map(|sort| self.alike(act, *sort, joined, home))
                .collect();
            let mut chosen: Vec<&Alike> = Vec::new();
            let mut found = Vec::new();
            walk(&slots, &verb, &mut chosen, &mut found);
            for (row, atoms, around) in found {
                spots.extend(self.spot(act, &row, atoms, around));
            }
        }
        spots
    }

    fn row(&self, holds: impl Fn(&Part<'_>) -> bool) -> Row {
        let mut row = vec![0; self.parts.len().div_ceil(64)];
        for (number, part) in self.parts.iter().enumerate() {
            if holds(part)
                && let Some(word) = row.get_mut(number / 64)
            {
                *word |= 1 << (number % 64);
            }
        }
        row
    }

    fn alike(&mut self, act: Act, sort: Sort, joined: &BTreeMap<Sort, Joined>, home: bool) -> Vec<Alike> {
        let all = self.row(|_| true);
        let absent = match sort {
            Sort::By | Sort::Data => false,
            Sort::Source => !act.has_source(),
            Sort::Purpose => !act.has_purpose(),
            _ => act != Act::Share && act != Act::Publish,
        };
        let nothing = self.sides.map(|side| side.nouns(sort).is_empty());
        if absent || nothing == [true, true] {
            return vec![Alike {
                row: all,
                around: 0,
                pairs: Vec::new(),
            }];
        }
        let public = self.sides.map(|side| side.content.public);
        let mut pairs: Vec<Pair> = joined.get(&sort).map(|joined| joined.pairs.clone()).unwrap_or_default();
        if sort == Sort::By && nothing != [false, false] {
            // The one controller without a name is whoever the other version names.
            for pair in &mut pairs {
                (pair.before, pair.after) = (pair.before.filter(|_| !nothing[0]), pair.after.filter(|_| !nothing[1]));
            }
        }
        if act == Act::Publish {
            pairs = vec![Pair {
                before: public[0],
                after: public[1],
            }];
        }
        let mut alike: BTreeMap<(Row, u32, [bool; 2]), Vec<Pair>> = BTreeMap::new();
        for pair in pairs {
            let atoms = [pair.before, pair.after];
            let row = self.row(|part| {
                let side = slot(part.region, sort);
                match atoms[part.side] {
                    Some(atom) => side.is_none_or(|side| side.contains(&atom)),
                    None => nothing[part.side] || act == Act::Publish && side.is_none(),
                }
            });
            let around = self.around(sort, pair, home);
            alike
                .entry((row, around, atoms.map(|atom| atom.is_some())))
                .or_default()
                .push(pair);
        }
        let alike = alike
            .into_iter()
            .map(|((row, around, _), pairs)| Alike { row, around, pairs });
        alike.collect()
    }

    /// A number for what besides rules differs at an atom; 0: nothing.
    fn around(&mut self, sort: Sort, pair: Pair, home: bool) -> u32 {
        let (Some(before), Some(after)) = (pair.before, pair.after) else {
            return 0;
        };
        let told = match sort {
            Sort::Recipient => {
                [self.terms[0].places(before), self.terms[1].places(after)].map(|all| format!("{all:?}"))
            }
            Sort::By => {
                let country = |side: usize, number: u32| {
                    let country = self.sides[side].content.controllers.get(number as usize)?.country?;
                    Some(self.terms[side].name(Sort::Country, country))
                };
                [country(0, before), country(1, after)].map(|name| format!("{name:?} {home}"))
            }
            _ => return 0,
        };
        if told[0] == told[1] && !(home && sort == Sort::By) {
            return 0;
        }
        let next = u32::try_from(self.around.len() + 1).unwrap_or(u32::MAX);
        *self.around.entry(told.join("|")).or_insert(next)
    }

    fn spot(&mut self, act: Act, row: &[u64], slots: [Vec<Pair>; 5], around: u32) -> Option<Spot> {
        let mut spot = Spot {
            act,
            slots,
            grants: <[Vec<usize>; 2]>::default(),
            bans: <[Vec<usize>; 2]>::default(),
            caps: <[Vec<usize>; 2]>::default(),
            terms: <[BTreeSet<u32>; 2]>::default(),
            around,
        };
        let mut except: [BTreeMap<usize, Vec<usize>>; 2] = <[BTreeMap<usize, Vec<usize>>; 2]>::default();
        let inside = |number: &usize| row.get(number / 64).is_some_and(|word| word >> (number % 64) & 1 == 1);
        for number in (0..self.parts.len()).filter(inside) {
            let Part { side, rule, .. } = *self.parts.get(number)?;
            match rule {
                Rule::Grant(grant) => {
                    if !spot.grants[side].contains(&grant) {
                        spot.grants[side].push(grant);
                    }
                    spot.terms[side].insert(self.said(number, act.has_purpose())?);
                }
                Rule::Ban(ban) => {
                    spot.bans[side].push(ban);
                    except[side].entry(ban).or_default();
                }
                Rule::Except(ban, at) => except[side].entry(ban).or_default().push(at),
                Rule::Cap(cap) => {
                    spot.caps[side].push(cap);
                    spot.terms[side].insert(self.said(number, true)?);
                }
            }
        }
        for (side, except) in except.into_iter().enumerate() {
            for (ban, at) in except {
                if spot.bans[side].contains(&ban) {
                    spot.terms[side].insert(self.banned(side, ban, at)?);
                }
            }
        }
        let silent = spot.terms.iter().all(BTreeSet::is_empty);
        (!silent).then_some(spot)
    }
}

impl Points<'_> {
    /// The number of what a part says.
    fn said(&mut self, part: usize, has_purpose: bool) -> Option<u32> {
        if let Some(known) = self.said.get(&(part, has_purpose)) {
            return Some(*known);
        }
        let Part { side, rule, region } = *self.parts.get(part)?;
        let content = &self.sides[side].content;
        let text = match rule {
            Rule::Grant(number) => {
                let justified = region.purpose.as_deref().filter(|_| !has_purpose);
                self.terms[side].grant(content.grants.get(number)?, justified)
            }
            Rule::Cap(number) => self.terms[side].cap(content.caps.get(number)?),
            Rule::Ban(_) | Rule::Except(..) => return None,
        };
        let number = self.number(text);
        self.said.insert((part, has_purpose), number);
        Some(number)
    }

    fn banned(&mut self, side: usize, ban: usize, except: Vec<usize>) -> Option<u32> {
        let key = (side, ban, except);
        if let Some(known) = self.banned.get(&key) {
            return Some(*known);
        }
        let text = self.terms[side].ban(self.sides[side].content.bans.get(ban)?, &key.2);
        let number = self.number(text);
        self.banned.insert(key, number);
        Some(number)
    }

    fn number(&mut self, text: String) -> u32 {
        let next = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        *self.known.entry(text).or_insert(next)
    }
}

/// Every choice of one set of atoms a slot that some part covers.
fn walk<'s>(
    slots: &'s [Vec<Alike>],
    row: &[u64],
    chosen: &mut Vec<&'s Alike>,
    found: &mut Vec<(Row, [Vec<Pair>; 5], u32)>,
) {
    let Some(here) = slots.get(chosen.len()) else {
        let mut atoms: [Vec<Pair>; 5] = <[Vec<Pair>; 5]>::default();
        let mut around = 0;
        for (slot, alike) in atoms.iter_mut().zip(chosen.iter()) {
            slot.clone_from(&alike.pairs);
            around = if around == 0 {
                alike.around
            } else {
                around * 1024 + alike.around
            };
        }
        found.push((row.to_vec(), atoms, around));
        return;
    };
    for alike in here {
        let both: Row = row.iter().zip(&alike.row).map(|(a, b)| a & b).collect();
        if both.iter().all(|word| *word == 0) {
            continue;
        }
        chosen.push(alike);
        walk(slots, &both, chosen, found);
        chosen.pop();
    }
}

fn slot(region: &Region, sort: Sort) -> Option<&[u32]> {
    match sort {
        Sort::By => region.by.as_deref(),
        Sort::Data => region.data.as_deref(),
        Sort::Source => region.source.as_deref(),
        Sort::Purpose => region.purpose.as_deref(),
        _ => region.recipient.as_deref(),
    }
}
