//! The points of two versions, those that no rule tells apart together, with the rules that speak of them.

use std::collections::{BTreeMap, BTreeSet};

use kupuya_runtime::wire::{Act, Grant, Literal, Region};

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
    /// What besides rules decides there: places of a recipient, the controller's country, and by what nouns keeps name the data; a
    /// number for each slot.
    pub around: Vec<u32>,
    /// Whether any of that differs.
    pub moved: bool,
    /// Whether each version uses the data that are stored there.
    pub used: [bool; 2],
}

impl Spot {
    /// Whether the rules of both versions say the same of it.
    pub fn is_same(&self) -> bool {
        self.terms[0] == self.terms[1] && !self.moved
    }
}

/// A part of a rule that has a place.
#[derive(Clone, Copy)]
struct Part<'a> {
    side: usize,
    rule: Rule,
    region: &'a Region,
    acts: &'a [Act],
}

#[derive(Clone, Copy)]
enum Rule {
    Grant(usize),
    Ban(usize),
    Except(usize, usize),
    Cap(usize),
    /// Points that were added later to what a consent of a statement covers.
    Later(usize, usize),
    /// A keep, where it forbids erasing.
    Holds(usize),
    /// A statement that lets data be used, where they are stored.
    Uses,
}

type Row = Vec<u64>;

/// Atoms of a slot that no part tells apart.
struct Alike {
    row: Row,
    around: u32,
    moved: bool,
    pairs: Vec<Pair>,
}

/// All places of two versions at which any rule of either speaks.
pub struct Points<'a> {
    sides: [&'a Side; 2],
    terms: [Terms<'a>; 2],
    parts: Vec<Part<'a>>,
    known: BTreeMap<String, u32>,
    around: BTreeMap<String, u32>,
    /// Whether any rule asks for a place.
    places: bool,
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
            let mut put = |rule, region: &'a Region, acts: &'a [Act]| {
                parts.push(Part {
                    side,
                    rule,
                    region,
                    acts,
                });
            };
            let duty = |grant: &Grant| {
                let mut bases = grant
                    .ways
                    .iter()
                    .flatten()
                    .filter_map(|basis| content.bases.get(*basis as usize));
                grant.keep.is_some() && bases.any(|basis| basis.legal_duty)
            };
            for (number, grant) in content.grants.iter().enumerate() {
                for region in &grant.regions {
                    put(Rule::Grant(number), region, &region.acts);
                    let disposes = |act: &Act| matches!(act, Act::Store | Act::Anonymise | Act::Erase);
                    if !region.acts.iter().all(disposes) {
                        put(Rule::Uses, region, &[Act::Store]);
                    }
                    if duty(grant) && region.acts.contains(&Act::Store) {
                        put(Rule::Holds(number), region, &[Act::Erase]);
                    }
                }
                for (at, later) in grant.later.iter().enumerate() {
                    put(Rule::Later(number, at), &later.region, &later.region.acts);
                }
            }
            let mut add = |rule, region: &'a Region| put(rule, region, &region.acts);
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
            places: sides.iter().any(|side| {
                let mut literals = side.content.literals.iter();
                literals.any(|literal| matches!(literal, Literal::Place(_)))
            }),
            said: BTreeMap::new(),
            banned: BTreeMap::new(),
        }
    }

    /// The places, verb by verb. `home`: whether the home countries differ.
    pub fn all(mut self, joined: &BTreeMap<Sort, Joined>, home: bool) -> Vec<Spot> {
        let mut spots = Vec::new();
        for act in Act::ALL {
            let verb: Row = self.row(|part| part.acts.contains(&act));
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
            for one in found {
                spots.extend(self.spot(act, one));
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
                moved: false,
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
        let public_only = act == Act::Publish && sort == Sort::Recipient;
        if public_only {
            pairs = vec![Pair {
                before: public[0],
                after: public[1],
            }];
        }
        // By parts, what is around, and which version knows it.
        type Told = (Row, (u32, bool), [bool; 2]);
        let mut alike: BTreeMap<Told, Vec<Pair>> = BTreeMap::new();
        for pair in pairs {
            let atoms = [pair.before, pair.after];
            let row = self.row(|part| {
                let side = slot(part.region, sort);
                match atoms[part.side] {
                    Some(atom) => side.is_none_or(|side| side.contains(&atom)),
                    None => nothing[part.side] || public_only && side.is_none(),
                }
            });
            let around = self.around(act, sort, pair, home);
            alike
                .entry((row, around, atoms.map(|atom| atom.is_some())))
                .or_default()
                .push(pair);
        }
        let alike = alike.into_iter().map(|((row, (around, moved), _), pairs)| Alike {
            row,
            around,
            moved,
            pairs,
        });
        alike.collect()
    }

    /// A number for what besides rules decides at an atom, 0: nothing; and whether it differs.
    fn around(&mut self, act: Act, sort: Sort, pair: Pair, home: bool) -> (u32, bool) {
        let told = match sort {
            Sort::Recipient if act == Act::Share => {
                [0, 1].map(|side| Some(format!("{:?}", self.terms[side].places(pair.of(side)?))))
            }
            Sort::By if self.places => [0, 1].map(|side| {
                let controller = self.sides[side].content.controllers.get(pair.of(side)? as usize)?;
                Some(format!(
                    "{:?}",
                    controller
                        .country
                        .map(|country| self.terms[side].name(Sort::Country, country))
                ))
            }),
            Sort::Data if act == Act::Store => [0, 1].map(|side| Some(self.blocks(side, pair.of(side)?))),
            _ => return (0, false),
        };
        let moved = told[0].is_some() && told[1].is_some() && told[0] != told[1] || home && sort == Sort::By;
        if sort == Sort::Recipient && !self.places && !moved {
            return (0, false);
        }
        let next = u32::try_from(self.around.len() + 1).unwrap_or(u32::MAX);
        (*self.around.entry(format!("{sort:?} {told:?}")).or_insert(next), moved)
    }

    /// The blocks that keep data, each with its keeps and the nouns by which they name it (M12).
    fn blocks(&self, side: usize, data: u32) -> String {
        let version = self.sides[side];
        let mut blocks: BTreeMap<u32, BTreeSet<(String, BTreeSet<&str>)>> = BTreeMap::new();
        for grant in &version.content.grants {
            let here = |region: &Region| region.data.as_ref().is_none_or(|data_of| data_of.contains(&data));
            let Some(keep) = grant.keep.as_ref().filter(|_| grant.regions.iter().any(here)) else {
                continue;
            };
            for block in &keep.blocks {
                let mine = |noun: &&u32| version.orders.is_below(Sort::Data, data, **noun);
                let nouns = block
                    .nouns
                    .iter()
                    .filter(mine)
                    .map(|noun| self.terms[side].name(Sort::Data, *noun));
                blocks
                    .entry(block.block)
                    .or_default()
                    .insert((self.terms[side].grant(grant, None), nouns.collect()));
            }
        }
        // Where one keep stands alone, it is not told from another.
        blocks.retain(|_, keeps| keeps.len() > 1);
        format!("{:?}", blocks.into_values().collect::<BTreeSet<_>>())
    }

    fn spot(&mut self, act: Act, place: Chosen) -> Option<Spot> {
        let Chosen {
            row,
            slots,
            around,
            moved,
        } = place;
        let mut spot = Spot {
            act,
            slots,
            grants: <[Vec<usize>; 2]>::default(),
            bans: <[Vec<usize>; 2]>::default(),
            caps: <[Vec<usize>; 2]>::default(),
            terms: <[BTreeSet<u32>; 2]>::default(),
            around,
            moved,
            used: [false; 2],
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
                Rule::Uses => spot.used[side] = true,
                Rule::Later(..) | Rule::Holds(_) => {
                    spot.terms[side].insert(self.said(number, act.has_purpose())?);
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
        let Part { side, rule, region, .. } = *self.parts.get(part)?;
        let content = &self.sides[side].content;
        let text = match rule {
            Rule::Grant(number) => {
                let justified = region.purpose.as_deref().filter(|_| !has_purpose);
                self.terms[side].grant(content.grants.get(number)?, justified)
            }
            Rule::Cap(number) => self.terms[side].cap(content.caps.get(number)?),
            Rule::Later(number, at) => {
                let grant = content.grants.get(number)?;
                let of = self.terms[side].grant(grant, None);
                format!("{of} {}", self.terms[side].later(grant.later.get(at)?))
            }
            Rule::Holds(number) => {
                let justified = region.purpose.as_deref();
                ["holds", &self.terms[side].grant(content.grants.get(number)?, justified)].concat()
            }
            Rule::Ban(_) | Rule::Except(..) | Rule::Uses => return None,
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

/// A place: the parts that cover it, the atoms, what is around.
struct Chosen {
    row: Row,
    slots: [Vec<Pair>; 5],
    around: Vec<u32>,
    moved: bool,
}

/// Every choice of one set of atoms a slot that some part covers.
fn walk<'s>(slots: &'s [Vec<Alike>], row: &[u64], chosen: &mut Vec<&'s Alike>, found: &mut Vec<Chosen>) {
    let Some(here) = slots.get(chosen.len()) else {
        let mut place = Chosen {
            row: row.to_vec(),
            slots: <[Vec<Pair>; 5]>::default(),
            around: chosen.iter().map(|alike| alike.around).collect(),
            moved: chosen.iter().any(|alike| alike.moved),
        };
        for (slot, alike) in place.slots.iter_mut().zip(chosen.iter()) {
            slot.clone_from(&alike.pairs);
        }
        found.push(place);
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
