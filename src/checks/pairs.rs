//! Conflicts of a ban with a statement (M11): at some point of both, all that the statement could ever allow is banned.
//!
//! Points that no sentence of the pair tells apart are looked at once, through the least of them, so a statement over
//! hundreds of data and purposes costs as little as a short one and the least witness is still found.

use std::collections::BTreeSet;

use super::worlds::{self, World};
use crate::meaning::{BanMeaning, Grant, Region, SlotKind, Strike};
use crate::model::Model;
use crate::model::noun::{Basis, Country, Id, Location, Recipient, Table};
use crate::model::sentence::{Act, BasisFormula, Guard};
use crate::syntax::vocabulary::Kind;

/// The slots of a request beside its act, in the order in which witnesses are compared.
pub const SLOTS: [Kind; 5] = [
    Kind::Data,
    Kind::Recipient,
    Kind::Purpose,
    Kind::Source,
    Kind::Controller,
];

/// One atom a slot, in the order of [`SLOTS`]; `None` where the act has no such slot or both sentences mean all of it.
pub type Point = [Option<u32>; 5];

/// A ban that meets a statement.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// The act of the witness.
    pub act: Act,
    /// Its point.
    pub point: Point,
    /// The bases of the way, an alternative of `under`.
    pub way: Vec<Id<Basis>>,
    /// Its facts.
    pub world: World,
    /// Every atom, slot by slot, at which some way of the statement is wholly banned.
    pub banned: [BTreeSet<u32>; 5],
}

/// The conflict of a ban and a statement, with its least witness; `None` if there is none.
#[must_use]
pub fn conflict(model: &Model, ban: &BanMeaning, grant: &Grant) -> Option<Conflict> {
    let mut found: Option<(Vec<String>, Conflict)> = None;
    for region in &grant.regions {
        for act in region.acts.iter().filter(|act| ban.limits.region.acts.contains(act)) {
            let groups = SLOTS.map(|slot| groups(model, *act, slot, region, ban));
            if groups.iter().any(Vec::is_empty) {
                continue;
            }
            for choice in product(&groups) {
                let point = choice.map(|group| group.and_then(|group| group.first().copied()));
                for way in &grant.ways {
                    let Some(world) = struck(model, ban, grant, *act, &point, way) else {
                        continue;
                    };
                    let key = key(model, *act, &point);
                    let (least, conflict) = found.get_or_insert_with(|| {
                        let conflict = Conflict {
                            act: *act,
                            point,
                            way: way.clone(),
                            world: world.clone(),
                            banned: Default::default(),
                        };
                        (key.clone(), conflict)
                    });
                    if key < *least {
                        *least = key;
                        (conflict.act, conflict.point) = (*act, point);
                        (conflict.way, conflict.world) = (way.clone(), world);
                    }
                    for (banned, group) in conflict.banned.iter_mut().zip(choice) {
                        banned.extend(group.into_iter().flatten());
                    }
                }
            }
        }
    }
    found.map(|(_, conflict)| conflict)
}

/// The least world in which this way holds at this point, if the ban strikes it in every such world.
fn struck(model: &Model, ban: &BanMeaning, grant: &Grant, act: Act, point: &Point, way: &[Id<Basis>]) -> Option<World> {
    // Without a basis a statement never holds (M7), so nothing can be taken from it.
    if way.is_empty() || !applies(model, &ban.limits, act, point, way) {
        return None;
    }
    let since = since(model, way);
    let mut holds: Vec<&Guard> = vec![&grant.guard];
    holds.extend(&since);
    holds.extend(way.iter().filter_map(|basis| model.bases[*basis].detail.when.as_ref()));
    let spots = places(model, act, point);
    let world = worlds::find(model, &holds, &[], spots)?;
    if worlds::find(model, &holds, &[&ban.limits.guard], spots).is_some() {
        return None;
    }
    for allowed in ban.except.iter().filter(|part| applies(model, part, act, point, way)) {
        holds.push(&allowed.guard);
        let escapes = worlds::find(model, &holds, &[], spots).is_some();
        holds.pop();
        if escapes {
            return None;
        }
    }
    // The facts that the ban asks for are part of the witness; it holds in all of them.
    let mut asked: Vec<&Guard> = holds.clone();
    asked.push(&ban.limits.guard);
    let spared: Vec<&Guard> = ban
        .except
        .iter()
        .filter(|part| applies(model, part, act, point, way))
        .map(|part| &part.guard)
        .collect();
    Some(worlds::find(model, &asked, &spared, spots).unwrap_or(world))
}

/// A consent counts from its first day on (M6).
pub fn since(model: &Model, way: &[Id<Basis>]) -> Vec<Guard> {
    use crate::model::sentence::Literal;
    use crate::syntax::ast::Comparison;
    way.iter()
        .filter_map(|basis| model.bases[*basis].detail.from)
        .map(|date| Guard {
            any: vec![vec![(Literal::Date(Comparison::AtLeast, date.value), true)]],
        })
        .collect()
}

/// Whether a part of a ban speaks about this point and this way, whatever the facts.
pub fn applies(model: &Model, part: &Strike, act: Act, point: &Point, way: &[Id<Basis>]) -> bool {
    let here = part.region.acts.contains(&act)
        && SLOTS.iter().zip(point).all(|(slot, atom)| {
            let limits = atoms(model, &part.region, act, *slot);
            match (limits, atom) {
                (Some(limits), Some(atom)) => limits.binary_search(atom).is_ok(),
                _ => true,
            }
        });
    here && part.under.as_ref().is_none_or(|formula| relies(model, formula, way))
}

/// rel(S, w): each name read as "relies on a basis at or below it" (M8).
pub fn relies(model: &Model, formula: &BasisFormula, way: &[Id<Basis>]) -> bool {
    match formula {
        BasisFormula::Basis(name) => way.iter().any(|basis| model.bases.below(*basis, *name)),
        BasisFormula::Not(inner) => !relies(model, inner, way),
        BasisFormula::And(all) => all.iter().all(|inner| relies(model, inner, way)),
        BasisFormula::Or(any) => any.iter().any(|inner| relies(model, inner, way)),
    }
}

/// The places that are possible at a point: those of its recipient; none named if it may be any.
pub fn places<'m>(model: &'m Model, act: Act, point: &Point) -> &'m [Location] {
    let recipient = point[1].filter(|_| act == Act::Share).map(Id::<Recipient>::new);
    recipient.map_or(&[], |id| locations(model, id))
}

/// Where a recipient is; what is said of it holds of those below it.
#[must_use]
pub fn locations(model: &Model, recipient: Id<Recipient>) -> &[Location] {
    &model.recipients[recipient].detail.locations
}

/// Whether a request with this act names this slot (M3).
pub fn has(act: Act, slot: Kind) -> bool {
    match slot {
        Kind::Source => act.has(SlotKind::Source),
        Kind::Recipient => act.has(SlotKind::Recipient),
        Kind::Purpose => act.has(SlotKind::Purpose),
        _ => true,
    }
}

/// The atoms of a region in a slot; `None` means all, or that the act has no such slot.
pub fn atoms(model: &Model, region: &Region, act: Act, slot: Kind) -> Option<Vec<u32>> {
    fn plain<D>(ids: &Option<Vec<Id<D>>>) -> Option<Vec<u32>> {
        ids.as_ref().map(|ids| ids.iter().map(|id| id.index).collect())
    }
    if !has(act, slot) {
        return None;
    }
    match slot {
        Kind::Data => plain(&region.data),
        Kind::Recipient => plain(&region.recipient),
        Kind::Purpose => plain(&region.purpose),
        Kind::Source => plain(&region.source),
        _ => plain(&region.by),
    }
    .or_else(|| {
        (slot == Kind::Recipient && act == Act::Publish)
            .then(|| public(model))
            .flatten()
    })
}

/// To publish is to give to the public (M3).
fn public(model: &Model) -> Option<Vec<u32>> {
    let public = model.recipients.iter().find(|(_, noun)| noun.path == "public")?;
    Some(vec![public.0.index])
}

/// The atoms that lie in the statement and in the ban, sorted by name and parted by what their sentences and their
/// countries can tell apart. One group `None` if nothing is asked of the slot.
fn groups(model: &Model, act: Act, slot: Kind, region: &Region, ban: &BanMeaning) -> Vec<Option<Vec<u32>>> {
    let here = atoms(model, region, act, slot);
    let limits = atoms(model, &ban.limits.region, act, slot);
    let parts: Vec<Option<Vec<u32>>> = ban
        .except
        .iter()
        .map(|part| atoms(model, &part.region, act, slot))
        .collect();
    let unasked = here.is_none() && limits.is_none() && parts.iter().all(Option::is_none);
    // Recipients differ by their countries even where no sentence names them.
    let by_country = act == Act::Share && slot == Kind::Recipient;
    if (unasked && !by_country) || !has(act, slot) {
        return vec![None];
    }
    let mut common = here.unwrap_or_else(|| all(model, slot));
    let within = |all: &Option<Vec<u32>>, atom: &u32| all.as_ref().is_none_or(|all| all.binary_search(atom).is_ok());
    common.retain(|atom| within(&limits, atom));
    common.sort_by(|a, b| name(model, slot, *a).cmp(name(model, slot, *b)));
    let mut groups: Vec<(Signature, Vec<u32>)> = Vec::new();
    for atom in common {
        let signature = Signature {
            parts: parts.iter().map(|part| within(part, &atom)).collect(),
            places: if slot == Kind::Recipient {
                let locations = locations(model, Id::new(atom));
                locations.iter().map(|location| location.country()).collect()
            } else {
                Vec::new()
            },
        };
        match groups.iter_mut().find(|(known, _)| *known == signature) {
            Some((_, group)) => group.push(atom),
            None => groups.push((signature, vec![atom])),
        }
    }
    groups.into_iter().map(|(_, group)| Some(group)).collect()
}

/// What tells atoms of one slot apart.
#[derive(PartialEq, Eq)]
struct Signature {
    parts: Vec<bool>,
    places: Vec<Option<Id<Country>>>,
}

/// Every atom of a slot.
pub fn all(model: &Model, slot: Kind) -> Vec<u32> {
    fn ids<D>(table: &Table<D>) -> Vec<u32> {
        table.ids().map(|id| id.index).collect()
    }
    match slot {
        Kind::Data => ids(&model.data),
        Kind::Recipient => ids(&model.recipients),
        Kind::Purpose => ids(&model.purposes),
        Kind::Source => ids(&model.sources),
        _ => ids(&model.controllers),
    }
}

/// The qualified name of an atom.
#[must_use]
pub fn path(model: &Model, slot: Kind, atom: u32) -> String {
    name(model, slot, atom).to_owned()
}

fn name(model: &Model, slot: Kind, atom: u32) -> &str {
    match slot {
        Kind::Data => &model.data[Id::new(atom)].path,
        Kind::Recipient => &model.recipients[Id::new(atom)].path,
        Kind::Purpose => &model.purposes[Id::new(atom)].path,
        Kind::Source => &model.sources[Id::new(atom)].path,
        _ => &model.controllers[Id::new(atom)].path,
    }
}

/// How points are compared: slot by slot by name, then by act.
pub(super) fn key(model: &Model, act: Act, point: &Point) -> Vec<String> {
    SLOTS
        .iter()
        .zip(point)
        .map(|(slot, atom)| atom.map(|atom| path(model, *slot, atom)).unwrap_or_default())
        .chain([format!("{}", act as u8)])
        .collect()
}

/// Every choice of one group a slot.
fn product(groups: &[Vec<Option<Vec<u32>>>; 5]) -> Vec<[Option<&Vec<u32>>; 5]> {
    let mut choices: Vec<[Option<&Vec<u32>>; 5]> = vec![[None; 5]];
    for (slot, groups) in groups.iter().enumerate() {
        choices = choices
            .iter()
            .flat_map(|choice| {
                groups.iter().map(move |group| {
                    let mut choice = *choice;
                    choice[slot] = group.as_ref();
                    choice
                })
            })
            .collect();
    }
    choices
}
