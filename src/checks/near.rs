//! Which sentences may meet: an index of statements by the atoms they name, so that a ban is held against those that
//! share something with it and not against all.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

use crate::meaning::{BanMeaning, Grant, Meaning, Region};
use crate::model::noun::{Data, Id, Purpose, Recipient};

/// Statements by one slot: those that name an atom, and those that mean all.
struct Side<D> {
    naming: HashMap<Id<D>, Vec<usize>>,
    whole: Vec<usize>,
}

impl<D> Default for Side<D> {
    fn default() -> Side<D> {
        Side {
            naming: HashMap::new(),
            whole: Vec::new(),
        }
    }
}

impl<D> Side<D>
where
    Id<D>: Eq + Hash,
{
    fn add(&mut self, slot: &Option<Vec<Id<D>>>, grant: usize) {
        match slot {
            Some(atoms) => {
                for atom in atoms {
                    let known = self.naming.entry(*atom).or_default();
                    // A statement with several boxes is named once.
                    if known.last() != Some(&grant) {
                        known.push(grant);
                    }
                }
            }
            None if self.whole.last() != Some(&grant) => self.whole.push(grant),
            None => {}
        }
    }

    /// The statements that share an atom with these, and how many names had to be read; `None` if these are all.
    fn sharing(&self, atoms: &Option<Vec<Id<D>>>) -> Option<BTreeSet<usize>> {
        let named = atoms
            .as_ref()?
            .iter()
            .filter_map(|atom| self.naming.get(atom))
            .flatten();
        Some(named.chain(&self.whole).copied().collect())
    }

    fn count(&self, atoms: &Option<Vec<Id<D>>>) -> usize {
        atoms.as_ref().map_or(usize::MAX, |atoms| {
            let named = atoms.iter().filter_map(|atom| self.naming.get(atom)).map(Vec::len);
            named.sum::<usize>() + self.whole.len()
        })
    }
}

/// The index of all statements and keeps.
pub struct Near<'a> {
    meaning: &'a Meaning,
    data: Side<Data>,
    recipients: Side<Recipient>,
    purposes: Side<Purpose>,
}

impl<'a> Near<'a> {
    /// Reads the statements.
    pub fn of(meaning: &'a Meaning) -> Near<'a> {
        let mut near = Near {
            meaning,
            data: Side::default(),
            recipients: Side::default(),
            purposes: Side::default(),
        };
        for (at, grant) in meaning.grants.iter().enumerate() {
            for region in &grant.regions {
                near.data.add(&region.data, at);
                near.recipients.add(&region.recipient, at);
                near.purposes.add(&region.purpose, at);
            }
        }
        near
    }

    /// The statements that a box may share a point with, in their order. Exact in no more than its narrowest slot.
    pub fn statements(&self, region: &Region) -> impl Iterator<Item = (usize, &'a Grant)> + use<'a> {
        let (data, recipients, purposes) = (
            self.data.count(&region.data),
            self.recipients.count(&region.recipient),
            self.purposes.count(&region.purpose),
        );
        // A keep has no purposes of its own in a request: its box says for what it is kept (M7), so only sentences about
        // verbs with purposes may be looked up by them.
        let purposed = region.acts.iter().all(|act| act.has(crate::meaning::SlotKind::Purpose));
        let shared = if purposed && purposes < data.min(recipients) {
            self.purposes.sharing(&region.purpose)
        } else if recipients < data {
            self.recipients.sharing(&region.recipient)
        } else {
            self.data.sharing(&region.data)
        };
        let all = self.meaning.grants.len();
        let grants = &self.meaning.grants;
        let chosen: Vec<usize> = shared.map_or_else(|| (0..all).collect(), |some| some.into_iter().collect());
        chosen.into_iter().filter_map(move |at| Some((at, grants.get(at)?)))
    }

    /// For each statement, the bans that may strike it, in their order.
    pub fn bans(&self, bans: &'a [BanMeaning]) -> Vec<Vec<&'a BanMeaning>> {
        let mut by_statement = vec![Vec::new(); self.meaning.grants.len()];
        for ban in bans {
            for (at, _) in self.statements(&ban.limits.region) {
                if let Some(known) = by_statement.get_mut(at) {
                    known.push(ban);
                }
            }
        }
        by_statement
    }
}
