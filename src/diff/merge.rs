//! Single differences put together: what one rule changes in one way is one change, over as few boxes as can be.

use std::collections::{BTreeMap, BTreeSet};

use kupuya_runtime::Time;

use super::asking::Point;
use super::kinds::Kind;
use super::points::Spot;
use super::reading::Pair;
use super::worlds::World;

/// A difference at one place for one class of people.
#[derive(Clone, Debug)]
pub struct Seen<'s> {
    /// Of what kind.
    pub kind: Kind,
    /// Where.
    pub spot: &'s Spot,
    /// The point asked.
    pub point: Point,
    /// For whom.
    pub class: Option<Pair>,
    /// What each version says it by.
    pub grounds: Grounds,
    /// The world that shows it.
    pub world: World,
    /// What shows that data are kept for another time.
    pub kept: Option<Kept>,
}

/// By what each version says what it says.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grounds {
    /// The rules cited, by printed id.
    pub rules: [Vec<String>; 2],
    /// Of those, the ones that decide: for their purposes it is.
    pub relied: [Vec<String>; 2],
    /// The bases relied on, in names of both versions.
    pub bases: [BTreeSet<String>; 2],
}

/// That data are kept for another time.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Until when each version keeps them; `None`: no end.
    pub deadlines: [Option<Time>; 2],
}

/// By, data, source, purpose, recipient and class of people: everything in each of them.
pub type Wide = [BTreeSet<Option<Pair>>; 6];

/// Differences of one kind by the same rules.
#[derive(Clone, Debug)]
pub struct Group<'s> {
    /// The first, which the witness shows.
    pub first: Seen<'s>,
    /// Where.
    pub boxes: Vec<Wide>,
    /// The places that the boxes hold.
    pub spots: Vec<&'s Spot>,
}

/// Puts differences together.
pub fn merge(seen: Vec<Seen<'_>>) -> Vec<Group<'_>> {
    type Key = (Kind, &'static str, Grounds);
    let mut groups: BTreeMap<Key, Group<'_>> = BTreeMap::new();
    for one in seen {
        let key = (one.kind, one.spot.act.word(), one.grounds.clone());
        let wide = wide(one.spot, one.class);
        let spot = one.spot;
        let group = groups.entry(key).or_insert_with(|| Group {
            first: one,
            boxes: Vec::new(),
            spots: Vec::new(),
        });
        group.boxes.push(wide);
        group.spots.push(spot);
    }
    let mut groups: Vec<Group<'_>> = groups.into_values().collect();
    for group in &mut groups {
        group.boxes = joined(std::mem::take(&mut group.boxes));
    }
    groups
}

/// A place for people of a class as a box.
pub fn wide(spot: &Spot, class: Option<Pair>) -> Wide {
    let slot = |pairs: &Vec<Pair>| -> BTreeSet<Option<Pair>> {
        match pairs.is_empty() {
            true => BTreeSet::from([None]),
            false => pairs.iter().copied().map(Some).collect(),
        }
    };
    let [by, data, source, purpose, recipient] = &spot.slots;
    [
        slot(by),
        slot(data),
        slot(source),
        slot(purpose),
        slot(recipient),
        BTreeSet::from([class]),
    ]
}

/// Boxes that differ in one side become one, until none do.
pub fn joined(mut boxes: Vec<Wide>) -> Vec<Wide> {
    loop {
        let count = boxes.len();
        // People first, then data: what is told of many is told once.
        for side in [5, 1, 4, 3, 2, 0] {
            let mut alike: BTreeMap<Wide, BTreeSet<Option<Pair>>> = BTreeMap::new();
            for mut wide in boxes {
                let own = std::mem::take(&mut wide[side]);
                alike.entry(wide).or_default().extend(own);
            }
            let whole = alike.into_iter().map(|(mut wide, own)| {
                wide[side] = own;
                wide
            });
            boxes = whole.collect();
        }
        if boxes.len() == count {
            return boxes;
        }
    }
}
