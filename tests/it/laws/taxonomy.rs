//! The taxonomy and other vocabularies: every term has its counterpart, and none that does not exist.

use std::collections::BTreeSet;

use super::{COMPLIANT, under};
use kupuya::source::Origin;
use kupuya::syntax::vocabulary::Kind;

/// Keys of fideslang, with their source and version at the head.
const FIDESLANG: &str = include_str!("../../../laws/fideslang.txt");

/// The modules of the Data Privacy Vocabulary that the taxonomy names.
const MODULES: &[&str] = &["dpv", "eu-gdpr", "loc", "pd", "tech"];

/// Kinds all of whose terms have one in the Data Privacy Vocabulary.
const MAPPED: &[Kind] = &[
    Kind::Basis,
    Kind::Subject,
    Kind::Data,
    Kind::Source,
    Kind::Purpose,
    Kind::Recipient,
    Kind::Right,
    Kind::Measure,
    Kind::Country,
];

fn keys() -> BTreeSet<&'static str> {
    FIDESLANG.lines().filter(|line| !line.starts_with('#')).collect()
}

/// `dpv:Consent`, `loc:KG`, `eu-gdpr:A9-2-b`.
fn is_term(term: &str) -> bool {
    let Some((module, name)) = term.split_once(':') else {
        return false;
    };
    MODULES.contains(&module)
        && name.starts_with(|first: char| first.is_ascii_uppercase())
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
}

#[test]
fn every_term_has_its_counterparts() {
    let (model, ..) = under("kgdc2025", COMPLIANT);
    let keys = keys();
    assert!(FIDESLANG.lines().take(2).all(|line| line.starts_with('#')) && FIDESLANG.contains("version"));
    let mut wrong = String::new();
    let mut seen = 0;
    for (noun, common) in model.nouns().filter(|(_, common)| common.origin == Origin::Taxonomy) {
        let path = common.path;
        // Each party is a source under its own name, which is no term of its own.
        if noun.kind == Kind::Source
            && model.sources[kupuya::model::noun::Id::new(noun.index)]
                .detail
                .stands_for
                .is_some()
        {
            continue;
        }
        seen += 1;
        match common.dpv.as_ref().map(|dpv| dpv.value.as_str()) {
            Some(term) if !is_term(term) => wrong += &format!("{path}: `{term}` is no term\n"),
            None if MAPPED.contains(&noun.kind) => wrong += &format!("{path}: no term of the vocabulary\n"),
            _ => {}
        }
        if let Some(key) = common.fides.as_ref().map(|fides| fides.value.as_str()) {
            if !keys.contains(key) {
                wrong += &format!("{path}: fideslang has no `{key}`\n");
            }
            let of_data = key.starts_with("user") || key.starts_with("system");
            if of_data != (noun.kind == Kind::Data) || !of_data && noun.kind != Kind::Purpose {
                wrong += &format!("{path}: `{key}` is of another kind\n");
            }
        }
        if let Some(new) = common.replaced_by.as_ref().map(|new| new.value.as_str()) {
            let mut others = model.nouns().filter(|(other, _)| other.kind == noun.kind);
            match others.find(|(_, other)| other.path == new) {
                None => wrong += &format!("{path}: replaced by `{new}`, which is not declared\n"),
                Some((_, other)) if other.replaced_by.is_some() => {
                    wrong += &format!("{path}: `{new}` has been replaced itself\n");
                }
                Some(_) => {}
            }
        }
    }
    assert!(seen > 300, "{seen}");
    assert!(wrong.is_empty(), "{wrong}");
}
