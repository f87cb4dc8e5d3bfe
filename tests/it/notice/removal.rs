//! A statement taken out changes the clauses that say it, and no others.

use std::collections::{BTreeMap, BTreeSet};

use kupuya::meaning::SentenceRef;
use kupuya::model::Model;
use kupuya::model::noun::{Id, Purpose, Source};
use kupuya::notice;
use kupuya::notice::document::{Block, Document, Item, Stated};
use kupuya::syntax::vocabulary::Kind;

use super::{EVERYTHING, EXAMPLES, example, meant, one};

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
    let mut purposes: BTreeSet<Id<Purpose>> = BTreeSet::new();
    if let Some(slot) = &it.purpose {
        purposes.extend(slot.names.iter().map(|name| name.value));
        // «All purposes of the policy» asks for a list of them.
        purposes.extend(model.purposes.iter().map(|(id, _)| id).filter(|_| slot.any));
    }
    let sources = it.source.names.iter().map(|name| name.value);
    (purposes, sources.collect())
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

/// So many statements of a policy are removed, one at a time: each would take minutes, and finds no more.
const REMOVED: usize = 12;

fn check(files: &[(String, String)], printed: bool) {
    let (model, meaning) = meant(files);
    // Summary and table are views without units.
    let clauses = notice::Options {
        summary: false,
        overview: false,
        ..notice::Options::default()
    };
    let whole = notice::document(&model, &meaning, &clauses);
    let before = paragraphs(&whole);
    let step = (model.permissions.len() / REMOVED).max(1);
    let (mut tried, mut compared) = (0, 0);
    for removed in (0..model.permissions.len()).step_by(step) {
        tried += 1;
        let gone = Stated::Sentence(SentenceRef::Permission(removed));
        let mut less = model.clone();
        for block in &mut less.blocks {
            block.permissions.retain(|at| *at != removed);
        }
        let document = notice::document(&less, &meaning, &clauses);
        assert!(document.units().iter().all(|(_, unit)| unit.states != gone));
        assert_eq!(sentences(&whole, gone), sentences(&document, gone), "{removed}");
        let after = paragraphs(&document);
        // Where the sentence goes that said for a whole chapter who does what on which ground, its clauses say it themselves.
        if leads(&before) != leads(&after) {
            continue;
        }
        compared += 1;
        let after: BTreeSet<String> = after.into_iter().map(|(text, _)| text).collect();
        for (text, stated) in before.iter().filter(|_| printed) {
            // A lead, or a list that only points, states nothing itself.
            let kept = stated.is_empty() || concerned(&model, removed, stated) || after.contains(text);
            assert!(kept, "without statement {removed} this changes, too: {text}");
        }
    }
    assert!(compared * 2 > tried, "{compared} of {tried}");
}

/// The sentences that a chapter says once for all its statements: they state nothing themselves.
fn leads(paragraphs: &[(String, BTreeSet<Stated>)]) -> BTreeSet<&str> {
    let lead = paragraphs
        .iter()
        .filter(|(text, stated)| stated.is_empty() && text.contains("башкача көрсөтүлбөсө"));
    lead.map(|(text, _)| text.as_str()).collect()
}

#[test]
fn a_statement_removed_changes_its_clauses_alone() {
    for name in EXAMPLES {
        check(&example(name), true);
    }
    // So short a chapter loses its lead with one statement; what each unit says stays.
    check(&one(EVERYTHING), false);
}
