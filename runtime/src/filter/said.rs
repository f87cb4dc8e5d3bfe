//! What schemas say of the fields of a record, taken together: all of them hold, or one of them does.

use std::collections::{BTreeMap, BTreeSet};

use super::map::MapError;
use super::schema::MOST;

/// What a schema says of the fields of a record.
#[derive(Default)]
pub(super) struct Said {
    /// Categories by field; `None`: it falls.
    pub(super) named: BTreeMap<String, Option<BTreeSet<String>>>,
    /// Fields of which one alternative says something and another says nothing.
    partly: BTreeSet<String>,
    /// Properties that stand in it by name, annotated or not.
    pub(super) properties: BTreeSet<String>,
}

impl Said {
    pub(super) fn falls(&mut self, field: &str) {
        self.named.insert(field.to_owned(), None);
    }

    /// Both hold.
    pub(super) fn and(&mut self, other: Said) {
        let (mut small, large) = match self.named.len() < other.named.len() {
            true => (std::mem::replace(self, other), self),
            false => (other, self),
        };
        let doubtful = |one: &Said, two: &Said| {
            let silent = |field: &&String| two.properties.contains(*field) && !two.named.contains_key(*field);
            one.partly.iter().filter(silent).cloned().collect::<Vec<_>>()
        };
        let falling = [doubtful(&small, large), doubtful(large, &small)].concat();
        // What the other says for sure is no longer said in part.
        large
            .partly
            .retain(|field| !small.named.contains_key(field) || small.partly.contains(field));
        for field in std::mem::take(&mut small.partly) {
            if !large.named.contains_key(&field) {
                large.partly.insert(field);
            }
        }
        for (field, names) in small.named {
            let found = large.named.entry(field).or_insert_with(|| Some(BTreeSet::new()));
            match (found.as_mut(), names) {
                (Some(found), Some(names)) => found.extend(names),
                _ => *found = None,
            }
        }
        large.properties.append(&mut small.properties);
        for field in falling {
            large.falls(&field);
        }
    }

    /// One of these holds: what one names, and another has without naming it, is not sure.
    pub(super) fn one_of(all: Vec<Said>) -> Said {
        let mut whole = Said::default();
        let fields: BTreeSet<String> = all.iter().flat_map(|one| one.named.keys().cloned()).collect();
        for field in fields {
            let mut names = Some(BTreeSet::new());
            for one in &all {
                match one.named.get(&field) {
                    Some(Some(found)) => {
                        if let Some(names) = &mut names {
                            names.extend(found.iter().cloned());
                        }
                        if one.partly.contains(&field) {
                            whole.partly.insert(field.clone());
                        }
                    }
                    Some(None) => names = None,
                    None if one.properties.contains(&field) => names = None,
                    None => {
                        whole.partly.insert(field.clone());
                    }
                }
            }
            whole.named.insert(field, names);
        }
        whole.properties = all.into_iter().flat_map(|one| one.properties).collect();
        whole
    }

    /// What is said of other names (`/*`) is not said of the properties that stand beside them.
    pub(super) fn beside_others(&mut self) -> Result<(), MapError> {
        let mut falling = Vec::new();
        for property in &self.properties {
            let Some((above, _)) = property.rsplit_once('/') else {
                continue;
            };
            let star = format!("{above}/*");
            let from_star = self.named.range(star.clone()..);
            let of_others = from_star.map_while(|(field, _)| field.strip_prefix(&star));
            for rest in of_others.filter(|rest| rest.is_empty() || rest.starts_with('/')) {
                let own = format!("{property}{rest}");
                if !self.named.contains_key(&own) {
                    falling.push(own);
                }
                if falling.len() > MOST {
                    return Err(MapError::TooMany);
                }
            }
        }
        for field in falling {
            self.falls(&field);
        }
        Ok(())
    }
}
