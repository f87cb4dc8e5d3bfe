//! What a broken rule says is missing, and which declarations could bring it.

use super::atoms::atoms;
use super::fields::{self, Value};
use super::judge::{Blame, Lack};
use super::names::Name;
use super::project::Project;
use crate::model::Pack;
use crate::syntax::ast::{Atom, Each, Path, Quantity};
use crate::syntax::vocabulary::{KINDS, Kind, kind};

/// Kinds that stand together where a sentence names them.
const OF_SENTENCES: &[Kind] = &[
    Kind::Basis,
    Kind::Controller,
    Kind::Data,
    Kind::Purpose,
    Kind::Recipient,
    Kind::Source,
    Kind::Subject,
];

/// The declarations that could bring what these demands miss, by their words, beside the one that is to blame; `None` if
/// something that is written breaks the rule, whatever else may be declared.
pub fn absent(
    project: &Project<'_>,
    pack: &Pack,
    each: &Each,
    element: Value,
    blame: &[&Blame],
) -> Option<Vec<&'static str>> {
    let mut missing = false;
    let mut paths: Vec<Vec<&str>> = Vec::new();
    // A rule for what lacks something applies no more once it is there.
    for path in atoms(&each.condition).filter_map(lacking).flatten() {
        missing = true;
        paths.push(path.steps.iter().map(|step| step.value.as_str()).collect());
    }
    for one in blame {
        match &one.lack {
            // A value that is wrong is there.
            Some(Lack::Have { path, .. }) if one.at.is_none() => paths.push(path.iter().map(String::as_str).collect()),
            Some(Lack::Be(_)) => {}
            _ => continue,
        }
        missing = true;
    }
    if !missing {
        return None;
    }
    let has_fields = matches!(element, Value::Noun(_));
    let steps = paths.iter().flat_map(|path| path.iter().enumerate());
    // What a noun may have as a field stands in its own block, whatever else is called so.
    let steps = steps.filter(|(at, step)| !((has_fields || *at > 0) && fields::is_word(step)) || is_kind(step));
    let mut words: Vec<&'static str> = steps.flat_map(|(_, step)| bringing(project, pack, step)).collect();
    words.sort_unstable();
    words.dedup();
    Some(words)
}

fn is_kind(word: &str) -> bool {
    KINDS.iter().any(|kind| kind.word == word)
}

/// What a condition wants not to be there.
fn lacking(atom: &Atom) -> Option<&[Path]> {
    match atom {
        Atom::Has {
            quantity: Quantity::No,
            paths,
            ..
        } => Some(paths),
        _ => None,
    }
}

fn bringing(project: &Project<'_>, pack: &Pack, step: &str) -> Vec<&'static str> {
    let sentence = kind(Kind::Processing).word;
    let of_kind = |of: Kind| {
        let both = OF_SENTENCES.contains(&of).then_some(sentence);
        both.into_iter().chain([kind(of).word]).collect()
    };
    match project.resolve(pack, step) {
        Some(Name::Kind(of)) => of_kind(of),
        Some(Name::Class(class)) => of_kind(class.kind),
        Some(Name::Verb(_) | Name::Flow) => vec![sentence],
        None => Vec::new(),
    }
}
