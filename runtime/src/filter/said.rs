//! What schemas say of the fields of a record, taken together: all of them hold, or one of them does.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::map::MapError;
use super::schema::MOST;

/// How many schemas of other names or of elements stand together.
const FEW: usize = 256;

/// What a schema says of the fields of a record.
#[derive(Clone, Default)]
pub(super) struct Said {
    /// Categories by field; `None`: it falls.
    pub(super) named: BTreeMap<String, Option<BTreeSet<String>>>,
    /// Fields of which one alternative says something and another says nothing.
    partly: BTreeSet<String>,
    /// Properties that stand in it by name, annotated or not.
    pub(super) properties: BTreeSet<String>,
    /// What is said of names that stand elsewhere, too.
    others: Vec<Others>,
    /// It says more than is read.
    too_much: bool,
}

/// What a schema says of each name of an object but some, or of each element of a list.
#[derive(Clone)]
struct Others {
    /// The object or list.
    above: String,
    /// Of which.
    of: Of,
    /// What, of the field `*` below it.
    said: Rc<Said>,
}

/// Which names are meant.
#[derive(Clone)]
pub(super) enum Of {
    /// All names but these.
    But(BTreeSet<String>),
    /// Those that elements of a list have too: 0, 1, …
    Elements,
}

impl Others {
    /// What is said of a property, if it is one of those meant.
    fn of(&self, property: &str) -> Option<Said> {
        let name = property.strip_prefix(&self.above)?.strip_prefix('/')?;
        let meant = match &self.of {
            _ if name == "*" || name.contains('/') => false,
            Of::But(names) => !names.contains(name),
            Of::Elements => is_index(name),
        };
        meant.then(|| self.said.at(&format!("{}/*", self.above), property))
    }
}

/// Whether an element of a list has this name.
pub(super) fn is_index(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_digit()) && (name == "0" || !name.starts_with('0')) && !name.is_empty()
}

impl Said {
    /// Nothing but what is said of other names below a field.
    pub(super) fn others(above: &str, of: Of, said: Said) -> Said {
        let others = Others {
            above: above.to_owned(),
            of,
            said: Rc::new(said),
        };
        Said {
            others: vec![others],
            ..Said::default()
        }
    }

    /// The same of another field.
    fn at(&self, from: &str, to: &str) -> Said {
        let moved = |field: &String| field.strip_prefix(from).map(|rest| format!("{to}{rest}"));
        Said {
            named: self
                .named
                .iter()
                .filter_map(|(field, names)| Some((moved(field)?, names.clone())))
                .collect(),
            partly: self.partly.iter().filter_map(moved).collect(),
            // That it may stand there is not that it stands there.
            properties: self
                .properties
                .iter()
                .filter(|field| *field != from)
                .filter_map(moved)
                .collect(),
            others: self
                .others
                .iter()
                .filter_map(|others| {
                    Some(Others {
                        above: moved(&others.above)?,
                        of: others.of.clone(),
                        said: Rc::new(others.said.at(from, to)),
                    })
                })
                .collect(),
            too_much: self.too_much,
        }
    }

    /// What is said here of properties of another.
    fn of_others(&self, other: &Said) -> Vec<Said> {
        let new = other
            .properties
            .iter()
            .filter(|property| !self.properties.contains(*property));
        new.flat_map(|property| self.others.iter().filter_map(|others| others.of(property)))
            .take(MOST)
            .collect()
    }

    pub(super) fn falls(&mut self, field: &str) {
        self.named.insert(field.to_owned(), None);
    }

    /// Both hold.
    pub(super) fn and(&mut self, mut other: Said) {
        let more = [self.of_others(&other), other.of_others(self)].concat();
        self.others.append(&mut other.others);
        self.too_much |= other.too_much || self.others.len() > FEW || self.named.len() + more.len() > MOST;
        let others = std::mem::take(&mut self.others);
        self.merge(other);
        self.others = others;
        if !self.too_much {
            for one in more {
                self.and(one);
            }
        }
    }

    fn merge(&mut self, other: Said) {
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
    pub(super) fn one_of(mut all: Vec<Said>) -> Said {
        let mut whole = Said::default();
        let single = all.len() == 1;
        let properties: BTreeSet<String> = all.iter().flat_map(|one| one.properties.iter().cloned()).collect();
        let elsewhere = Said {
            properties,
            ..Said::default()
        };
        for one in &mut all {
            for more in one.of_others(&elsewhere) {
                one.and(more);
            }
            whole.too_much |= one.too_much;
            whole.others.extend(one.others.iter().map(|others| {
                let mut said = Said::clone(&others.said);
                if !single {
                    said.partly.extend(said.named.keys().cloned());
                }
                Others {
                    said: Rc::new(said),
                    ..others.clone()
                }
            }));
        }
        whole.too_much |= whole.others.len() > FEW;
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
        if self.too_much {
            return Err(MapError::TooMany);
        }
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
