//! Names that the operator wrote, in the settings and in the map: what the policy does not know decides nothing, and is told.

use kupuya_runtime::{Slot, Versions};

/// A name, and where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The place: `log_mask`, `resource.order.data`.
    pub place: String,
    /// What the name is a name of.
    pub slot: Slot,
    /// As written.
    pub name: String,
}

impl Written {
    /// A name at a place.
    pub fn new(place: impl Into<String>, slot: Slot, name: &str) -> Written {
        Written {
            place: place.into(),
            slot,
            name: name.to_owned(),
        }
    }
}

/// What every policy has: all of a slot, and whatever is abroad.
fn is_always(one: &Written) -> bool {
    one.name == if one.slot == Slot::Place { "abroad" } else { "any" }
}

/// The known name that is most like one, if it is like enough: 1 is the same.
pub fn near<'a>(name: &str, known: impl Iterator<Item = &'a str>, least: f64) -> Option<&'a str> {
    known
        .map(|known| (strsim::jaro_winkler(known, name), known))
        .filter(|(likeness, _)| *likeness > least)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, known)| known)
}

/// The names that none of the versions knows, each in a sentence, with one like it.
pub fn unknown(written: &[Written], versions: &Versions) -> Vec<String> {
    let known = |one: &&Written| {
        is_always(one)
            || versions
                .all()
                .any(|bundle| bundle.path_of(one.slot, &one.name).is_some())
    };
    let told = written.iter().filter(|one| !known(one)).map(|one| {
        let Written { place, slot, name } = one;
        let known = versions.all().flat_map(|bundle| bundle.names(*slot));
        match near(name, known, 0.8) {
            Some(near) => format!("{place}: the policy has no `{name}`; is `{near}` meant?"),
            None => format!("{place}: the policy has no `{name}`"),
        }
    });
    told.collect()
}
