//! One sentence, one unit (M16); one noun, one unit; and every rendering carries them.

use std::collections::{BTreeMap, BTreeSet};

use kupuya::meaning::SentenceRef;
use kupuya::model::Model;
use kupuya::notice::document::{Document, Stated};
use kupuya::notice::{self, Options, render};
use kupuya::source::Origin;
use kupuya::syntax::vocabulary::Kind;
use proptest::prelude::*;

use super::{EVERYTHING, POLITE, meant, megapay, one};

/// Kinds whose nouns are printed in their own right.
const PRINTED: &[Kind] = &[
    Kind::Controller,
    Kind::Subject,
    Kind::Data,
    Kind::Source,
    Kind::Purpose,
    Kind::Basis,
    Kind::Recipient,
    Kind::Channel,
    Kind::Right,
    Kind::Measure,
    Kind::Duty,
    Kind::Term,
];

/// What the units of a document must state, each once.
fn owed(model: &Model) -> BTreeSet<Stated> {
    let permissions = (0..model.permissions.len()).map(|at| Stated::Sentence(SentenceRef::Permission(at)));
    let keeps = (0..model.keeps.len()).map(|at| Stated::Sentence(SentenceRef::Keep(at)));
    let bans = (0..model.bans.len()).filter(|at| model.bans[*at].enforced);
    let bans = bans.map(|at| Stated::Sentence(SentenceRef::Ban(at)));
    let mirror = |index: u32| {
        let source = kupuya::model::noun::Id::new(index);
        model.sources[source].detail.stands_for.is_some()
    };
    let nouns = model.nouns().filter(|(noun, common)| {
        common.origin == Origin::Project
            && PRINTED.contains(&noun.kind)
            && !(noun.kind == Kind::Source && mirror(noun.index))
    });
    let nouns = nouns.map(|(noun, _)| Stated::Noun(noun));
    let clauses = (0..model.clauses.len()).map(Stated::Clause);
    permissions
        .chain(keeps)
        .chain(bans)
        .chain(nouns)
        .chain(clauses)
        .chain([Stated::Closing])
        .collect()
}

fn check(files: &[(String, String)]) -> Document {
    let (model, meaning) = meant(files);
    let document = notice::document(&model, &meaning, &Options::default());
    let mut stated: BTreeMap<Stated, usize> = BTreeMap::new();
    for (number, unit) in document.units() {
        *stated.entry(unit.states).or_default() += 1;
        assert!(
            !unit.sentence.is_empty() && !unit.id.is_empty() && number.contains('.'),
            "{unit:?}"
        );
    }
    let twice: Vec<_> = stated.iter().filter(|(_, count)| **count > 1).collect();
    assert!(twice.is_empty(), "stated twice: {twice:?}");
    let said: BTreeSet<Stated> = stated.into_keys().collect();
    let owed = owed(&model);
    let missing: Vec<_> = owed.difference(&said).collect();
    let invented: Vec<_> = said.difference(&owed).collect();
    assert!(
        missing.is_empty() && invented.is_empty(),
        "missing {missing:?}, invented {invented:?}"
    );
    // The ids are those of the meaning.
    let ids: BTreeMap<SentenceRef, String> = meaning
        .grants
        .iter()
        .map(|grant| (grant.sentence, grant.id.printed.clone()))
        .chain(meaning.bans.iter().map(|ban| (ban.sentence, ban.id.printed.clone())))
        .chain(meaning.caps.iter().map(|cap| (cap.sentence, cap.id.printed.clone())))
        .collect();
    for (_, unit) in document.units() {
        if let Stated::Sentence(sentence) = unit.states
            && let Some(id) = ids.get(&sentence)
        {
            assert_eq!(unit.id, *id);
        }
    }
    document
}

#[test]
fn one_sentence_one_unit() {
    for files in [one(EVERYTHING), one(POLITE), megapay()] {
        check(&files);
    }
}

#[test]
fn every_rendering_carries_them() {
    for files in [one(EVERYTHING), one(POLITE), megapay()] {
        let document = check(&files);
        let html = render::html(&document);
        let marked: BTreeSet<&str> = html
            .split(" data-unit=\"")
            .skip(1)
            .flat_map(|rest| rest.split('"').next().unwrap_or("").split(' '))
            .collect();
        for (_, unit) in document.units() {
            assert!(marked.contains(unit.id.as_str()), "{} is not in the page", unit.id);
            assert!(
                html.contains(&format!("id=\"{}\"", unit.id)),
                "{} is no anchor",
                unit.id
            );
        }
        let plain = |text: String| text.replace(['\\', '*', '#', '|', '-', '–', ' ', '\u{a0}', '\n'], "");
        let (text, markdown) = (plain(render::text(&document)), plain(render::markdown(&document)));
        for chapter in &document.chapters {
            for block in &chapter.blocks {
                if let notice::document::Block::Paragraph(paragraph) = block {
                    let said = plain(paragraph.text.clone());
                    assert!(text.contains(&said) && markdown.contains(&said), "{}", paragraph.text);
                    for item in &paragraph.items {
                        let said = plain(item.text.clone());
                        assert!(text.contains(&said) && markdown.contains(&said), "{}", item.text);
                    }
                }
            }
        }
    }
}

/// The top declarations of a text, each with its lines.
fn declarations(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut depth = 0i32;
    for line in text.lines() {
        if depth == 0 || found.is_empty() {
            found.push(String::new());
        }
        if let Some(last) = found.last_mut() {
            last.push_str(line);
            last.push('\n');
        }
        depth += line.matches('{').count() as i32 - line.matches('}').count() as i32;
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]

    /// Whatever is left out, what remains is said once; unresolved names are no concern of the notice.
    #[test]
    fn one_sentence_one_unit_in_any_model(keep in proptest::collection::vec(any::<bool>(), 80), polite in any::<bool>()) {
        let text = if polite { POLITE } else { EVERYTHING };
        let kept = declarations(text).into_iter().zip(keep.iter().cycle());
        let text: String = kept.filter(|(_, keep)| **keep).map(|(text, _)| text).collect();
        check(&one(&text));
    }
}
