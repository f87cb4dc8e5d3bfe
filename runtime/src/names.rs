//! Names in requests: the path, or a shorter end of it where that is unique; innermost first (M1).

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::wire::{BundleContent, Noun, Origin};

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// One noun.
    One(u32),
    /// Several, by path.
    Several(Vec<String>),
    /// None; the nearest by spelling.
    None(Vec<String>),
}

/// The names of the nouns of one kind: whatever a request may call them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    /// What a name stands for; `None`: several.
    known: HashMap<Box<str>, Option<u32>, BuildHasherDefault<Mixer>>,
}

impl Names {
    pub(crate) fn new<'a>(nouns: impl Iterator<Item = &'a Noun>) -> Names {
        // The origin, and whether it is an end only: the least is meant.
        let mut best: HashMap<&str, ((Origin, bool), Option<u32>)> = HashMap::new();
        for (index, noun) in (0..).zip(nouns) {
            let ends = noun
                .path
                .match_indices('.')
                .filter_map(|(at, _)| noun.path.get(at + 1..));
            let ends = ends.filter(|end| !end.is_empty()).map(|end| (end, true));
            for (name, end) in ends.chain([(noun.path.as_str(), false)]) {
                let rank = (noun.origin, end);
                let found = best.entry(name).or_insert((rank, Some(index)));
                match rank.cmp(&found.0) {
                    std::cmp::Ordering::Less => *found = (rank, Some(index)),
                    std::cmp::Ordering::Equal if end && found.1 != Some(index) => found.1 = None,
                    _ => {}
                }
            }
        }
        let known = best.into_iter().map(|(name, (_, index))| (name.into(), index));
        Names { known: known.collect() }
    }

    /// The noun that a name stands for, if it is one.
    pub(crate) fn get(&self, name: &str) -> Option<u32> {
        self.known.get(name).copied().flatten()
    }
}

/// The names of every kind.
#[derive(Clone, Debug)]
pub(crate) struct AllNames {
    pub(crate) controllers: Names,
    pub(crate) subjects: Names,
    pub(crate) data: Names,
    pub(crate) sources: Names,
    pub(crate) purposes: Names,
    pub(crate) bases: Names,
    pub(crate) recipients: Names,
    pub(crate) facts: Names,
    pub(crate) countries: Names,
}

impl AllNames {
    pub(crate) fn new(content: &BundleContent) -> AllNames {
        AllNames {
            controllers: Names::new(content.controllers.iter().map(|controller| &controller.noun)),
            subjects: Names::new(content.subjects.iter().map(|subject| &subject.noun)),
            data: Names::new(content.data.iter()),
            sources: Names::new(content.sources.iter()),
            purposes: Names::new(content.purposes.iter()),
            bases: Names::new(content.bases.iter().map(|basis| &basis.noun)),
            recipients: Names::new(content.recipients.iter().map(|recipient| &recipient.noun)),
            facts: Names::new(content.facts.iter()),
            countries: Names::new(content.countries.iter()),
        }
    }
}

/// Hashes names: quick, and good enough for tables whose keys no request chooses.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Mixer(u64);

impl Mixer {
    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.mix(u64::from_le_bytes(*word));
        }
        self.mix(rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)));
    }

    fn write_u8(&mut self, byte: u8) {
        self.mix(u64::from(byte));
    }
}

/// Looks a name up among the nouns of one kind.
pub(crate) fn find<'a>(nouns: impl Iterator<Item = &'a Noun> + Clone, name: &str) -> Found {
    for origin in [Origin::Project, Origin::Pack, Origin::Taxonomy] {
        let level = || {
            (0u32..)
                .zip(nouns.clone())
                .filter(move |(_, noun)| noun.origin == origin)
        };
        if let Some((index, _)) = level().find(|(_, noun)| noun.path == name) {
            return Found::One(index);
        }
        let ends: Vec<(u32, &Noun)> = level().filter(|(_, noun)| ends_with(&noun.path, name)).collect();
        match ends.as_slice() {
            [] => {}
            [(index, _)] => return Found::One(*index),
            several => return Found::Several(several.iter().map(|(_, noun)| noun.path.clone()).collect()),
        }
    }
    Found::None(nearest(nouns, name))
}

/// Whether a path ends with these steps.
fn ends_with(path: &str, name: &str) -> bool {
    path.strip_suffix(name)
        .is_some_and(|before| before.ends_with('.') && !name.is_empty())
}

/// At most three declared names that a person may have meant, the nearest first.
fn nearest<'a>(nouns: impl Iterator<Item = &'a Noun>, name: &str) -> Vec<String> {
    let short: String = name.chars().take(60).collect();
    let mut found: Vec<(usize, &str)> = nouns
        .map(|noun| {
            let bare = noun.path.rsplit('.').next().unwrap_or(&noun.path);
            let whole = strsim::damerau_levenshtein(&noun.path, &short);
            (whole.min(strsim::damerau_levenshtein(bare, &short)), noun.path.as_str())
        })
        .filter(|(distance, _)| *distance <= 1 + short.chars().count() / 3)
        .collect();
    found.sort_unstable();
    found.dedup();
    found.into_iter().take(3).map(|(_, path)| path.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Found, Names, find};
    use crate::wire::{Noun, Origin};

    #[test]
    fn names_resolve_innermost_first() {
        let noun = |path: &str, origin| Noun {
            path: path.to_owned(),
            origin,
            above: Vec::new(),
        };
        let nouns = [
            noun("identity", Origin::Project),
            noun("identity.name", Origin::Project),
            noun("firm.name", Origin::Project),
            noun("identity.passport", Origin::Project),
            noun("law.special", Origin::Pack),
            noun("special", Origin::Taxonomy),
            noun("passport", Origin::Taxonomy),
        ];
        let names = Names::new(nouns.iter());
        let find = |name: &str| {
            let found = find(nouns.iter(), name);
            let one = if let Found::One(index) = found {
                Some(index)
            } else {
                None
            };
            assert_eq!(names.get(name), one, "{name}");
            found
        };
        assert_eq!(find("identity"), Found::One(0));
        assert_eq!(find("passport"), Found::One(3));
        assert_eq!(find("special"), Found::One(4));
        assert_eq!(find("law.special"), Found::One(4));
        assert_eq!(
            find("name"),
            Found::Several(vec!["identity.name".to_owned(), "firm.name".to_owned()])
        );
        assert_eq!(
            find("pasport"),
            Found::None(vec!["identity.passport".to_owned(), "passport".to_owned()])
        );
        assert_eq!(find(""), Found::None(Vec::new()));
    }
}
