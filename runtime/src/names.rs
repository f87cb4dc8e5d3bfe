//! Names in requests: the path, or a shorter end of it where that is unique; innermost first (M1).

use crate::wire::{Noun, Origin};

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
    use super::{Found, find};
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
        let find = |name: &str| find(nouns.iter(), name);
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
