//! Names that no slot knows: several nouns have them, or none, and then the nearest by spelling are told (M1).

use crate::bundle::Bundle;
use crate::format::layout::NounTable;

/// Why a name stands for no noun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// Several have it, by path.
    Several(Vec<String>),
    /// None has; the nearest by spelling.
    None(Vec<String>),
}

/// Looks a name up among the nouns of some kinds, in the order of the kinds.
pub(crate) fn find(bundle: &Bundle, kinds: &[NounTable], name: &str) -> Found {
    let nouns = || {
        kinds.iter().flat_map(|kind| {
            let origins = kind.rows(&bundle.words).iter().map(|[_, _, origin, ..]| *origin % 3);
            kind.numbers().map(|noun| bundle.path(*kind, noun)).zip(origins)
        })
    };
    // Innermost first: project, packs, taxonomy.
    for origin in 0..3 {
        let ends = nouns().filter(|(path, of)| *of == origin && ends_with(path, name));
        let ends: Vec<String> = ends.map(|(path, _)| path.to_owned()).collect();
        if !ends.is_empty() {
            return Found::Several(ends);
        }
    }
    Found::None(nearest(nouns().map(|(path, _)| path), name))
}

/// Whether a path ends with these steps.
fn ends_with(path: &str, name: &str) -> bool {
    path.strip_suffix(name)
        .is_some_and(|before| before.ends_with('.') && !name.is_empty())
}

/// At most three declared names that a person may have meant, the nearest first.
fn nearest<'a>(paths: impl Iterator<Item = &'a str>, name: &str) -> Vec<String> {
    let short: String = name.chars().take(60).collect();
    let mut found: Vec<(usize, &str)> = paths
        .map(|path| {
            let bare = path.rsplit('.').next().unwrap_or(path);
            let whole = strsim::damerau_levenshtein(path, &short);
            (whole.min(strsim::damerau_levenshtein(bare, &short)), path)
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
    use crate::Bundle;
    use crate::bundle::Named;
    use crate::generated;
    use crate::wire::{Noun, Origin};

    #[test]
    fn names_resolve_innermost_first() {
        let noun = |path: &str, origin| Noun {
            path: path.to_owned(),
            origin,
            open: false,
            above: Vec::new(),
        };
        let mut content = generated::content(1, 1);
        content.sources = vec![
            noun("identity", Origin::Project),
            noun("identity.name", Origin::Project),
            noun("firm.name", Origin::Project),
            noun("identity.passport", Origin::Project),
            noun("law.special", Origin::Pack),
            noun("special", Origin::Taxonomy),
            noun("passport", Origin::Taxonomy),
        ];
        let bundle = Bundle::from_content(&content).unwrap();
        let named = |name: &str| bundle.named(bundle.t.source_names, name.as_bytes());
        let find = |name: &str| find(&bundle, &[bundle.t.sources], name);
        assert_eq!(named("identity"), Named::One(0));
        assert_eq!(named("passport"), Named::One(3));
        assert_eq!(named("special"), Named::One(4));
        assert_eq!(named("law.special"), Named::One(4));
        assert_eq!(named("name"), Named::Several);
        assert_eq!(
            find("name"),
            Found::Several(vec!["identity.name".to_owned(), "firm.name".to_owned()])
        );
        assert_eq!(named("pasport"), Named::None);
        assert_eq!(
            find("pasport"),
            Found::None(vec!["identity.passport".to_owned(), "passport".to_owned()])
        );
        assert_eq!((named(""), find("")), (Named::None, Found::None(Vec::new())));
    }
}
