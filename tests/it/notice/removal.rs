//! A statement taken out changes the clauses that say it, and no others.

use std::collections::{BTreeMap, BTreeSet};

use kupuya::meaning::SentenceRef;
use kupuya::model::Model;
use kupuya::model::noun::{Id, Purpose, Source};
use kupuya::notice;
use kupuya::notice::document::{Block, Document, Item, Stated};
use kupuya::syntax::vocabulary::Kind;

use super::{EVERYTHING, meant, megapay, one};

/// What each unit but one says.
fn sentences(document: &Document, except: Stated) -> BTreeMap<Stated, String> {
    let others = document.units().into_iter().filter(|(_, unit)| unit.states != except);
    others.map(|(_, unit)| (unit.states, unit.sentence.clone())).collect()
}

/// The text of a paragraph without its numbers, and what it states.
fn paragraphs(document: &Document) -> Vec<(String, BTreeSet<Stated>)> {
    fn below(items: &[Item], text: &mut String, stated: &mut BTreeSet<Stated>) {
        for item in items {
            text.push_str(&item.text);
            stated.extend(item.units.iter().map(|unit| unit.states));
            below(&item.items, text, stated);
        }
    }
    let blocks = document.chapters.iter().flat_map(|chapter| &chapter.blocks);
    let said = blocks.filter_map(|block| match block {
        Block::Paragraph(paragraph) => {
            let mut text = paragraph.text.clone();
            let mut stated = paragraph.units.iter().map(|unit| unit.states).collect();
            below(&paragraph.items, &mut text, &mut stated);
            text.retain(|letter| !letter.is_ascii_digit());
            Some((text, stated))
        }
        _ => None,
    });
    said.collect()
}

/// The purposes and sources that a statement names: what it told first moves to the next that names it.
fn named(model: &Model, permission: usize) -> (BTreeSet<Id<Purpose>>, BTreeSet<Id<Source>>) {
    let it = &model.permissions[permission];
    let purposes = it.purpose.iter().flat_map(|slot| &slot.names).map(|name| name.value);
    let sources = it.source.names.iter().map(|name| name.value);
    (purposes.collect(), sources.collect())
}

/// Whether a paragraph has to do with a statement: it says it, or tells or lists what the statement tells.
fn concerned(model: &Model, removed: usize, stated: &BTreeSet<Stated>) -> bool {
    let (purposes, sources) = named(model, removed);
    stated.iter().any(|one| match one {
        Stated::Sentence(SentenceRef::Permission(at)) => {
            let (others, _) = named(model, *at);
            *at == removed || others.iter().any(|purpose| purposes.contains(purpose))
        }
        Stated::Sentence(SentenceRef::Ban(at)) => {
            let only = model.bans[*at].only.iter().filter_map(|scope| scope.purpose.as_ref());
            only.flat_map(|slot| &slot.names)
                .any(|name| purposes.contains(&name.value))
        }
        Stated::Noun(noun) if noun.kind == Kind::Source => !sources.is_empty(),
        Stated::Noun(noun) => noun.kind == Kind::Purpose,
        _ => false,
    })
}

fn check(files: &[(String, String)], printed: bool) {
    let (model, meaning) = meant(files);
    let whole = notice::document(&model, &meaning, &notice::Options::default());
    let before = paragraphs(&whole);
    for removed in 0..model.permissions.len() {
        let gone = Stated::Sentence(SentenceRef::Permission(removed));
        let mut less = model.clone();
        for block in &mut less.blocks {
            block.permissions.retain(|at| *at != removed);
        }
        let document = notice::document(&less, &meaning, &notice::Options::default());
        assert!(document.units().iter().all(|(_, unit)| unit.states != gone));
        assert_eq!(sentences(&whole, gone), sentences(&document, gone), "{removed}");
        let after: BTreeSet<String> = paragraphs(&document).into_iter().map(|(text, _)| text).collect();
        for (text, stated) in before.iter().filter(|_| printed) {
            // A lead, or a list that only points, states nothing itself.
            let kept = stated.is_empty() || concerned(&model, removed, stated) || after.contains(text);
            assert!(kept, "without statement {removed} this changes, too: {text}");
        }
    }
}

#[test]
fn a_statement_removed_changes_its_clauses_alone() {
    check(&megapay(), true);
    // So short a chapter loses its lead with one statement; what each unit says stays.
    check(&one(EVERYTHING), false);
}
