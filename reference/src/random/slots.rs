//! What stands in a slot of a sentence.

use kupuya::model::Model;
use kupuya::model::noun::{Controller, Id, Table};
use kupuya::model::sentence::Slot;

use super::{Tape, at};

pub(super) fn ids<D>(table: &Table<D>) -> Vec<Id<D>> {
    table.ids().collect()
}

pub(super) fn all<D>(table: &Table<D>) -> Slot<D> {
    Slot {
        any: true,
        names: Vec::new(),
        except: Vec::new(),
        atoms: ids(table),
        inherited: false,
    }
}

pub(super) fn by(tape: &mut Tape<'_>, m: &Model) -> Slot<Controller> {
    if m.controllers.is_empty() {
        all(&m.controllers)
    } else {
        slot(tape, &m.controllers)
    }
}

/// Some nouns, perhaps `any`, perhaps with an exception; never empty.
pub(super) fn slot<D>(tape: &mut Tape<'_>, table: &Table<D>) -> Slot<D> {
    let mut slot = all(table);
    slot.any = tape.once_in(4);
    if !slot.any {
        slot.names = tape.some(&ids(table), 2).into_iter().map(at).collect();
        slot.atoms
            .retain(|atom| slot.names.iter().any(|high| table.below(*atom, high.value)));
    }
    if tape.once_in(4) {
        let out = tape.one(&ids(table));
        let left: Vec<Id<D>> = slot
            .atoms
            .iter()
            .copied()
            .filter(|atom| !table.below(*atom, out))
            .collect();
        if !left.is_empty() {
            slot.except = vec![at(out)];
            slot.atoms = left;
        }
    }
    slot
}
