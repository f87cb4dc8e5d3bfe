//! What a name stands for: its label, where it goes, the clauses it becomes, the article.

use std::collections::BTreeSet;

use kupuya::meaning::SentenceRef;
use kupuya::model::noun::{AnyNoun, Basis};
use kupuya::model::{Model, Pack};
use kupuya::source::{Origin, Span};
use kupuya::syntax::vocabulary;

use crate::facts::{self, Facts};
use crate::landmarks::{self, Landmark, Of};
use crate::page::Page;
use crate::proto::{Hover, HoverContents, MarkupContent, MarkupKind, Position};
use crate::snapshot::Snapshot;
use crate::view::View;

/// So many names or clauses are listed of one sort.
const MOST: usize = 8;

/// What is known of the name or word at a position.
#[must_use]
pub fn hover(view: &View, position: Position) -> Option<Hover> {
    let byte = view.byte(position)?;
    let markdown = view.abilities.hover_markdown;
    let (value, span) = match (view.snapshot.at(view.source, byte), landmarks::at(view, byte)) {
        (Some(one), _) => (of_noun(&view.snapshot, one.noun, markdown)?, one.span),
        (None, Some(landmark)) => (of_landmark(&view.snapshot, landmark, markdown)?, landmark.span),
        (None, None) => of_sentence(view, byte, markdown)?,
    };
    let kind = match markdown {
        true => MarkupKind::Markdown,
        false => MarkupKind::PlainText,
    };
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent { kind, value }),
        range: Some(view.range(span)),
    })
}

/// A noun, in Markdown or as plain text.
#[must_use]
pub fn of_noun(snapshot: &Snapshot, noun: AnyNoun, markdown: bool) -> Option<String> {
    let model = &snapshot.analysis.model;
    let common = model.noun(noun)?;
    let mut page = Page::new(markdown);
    page.code(&format!("{} {}", vocabulary::kind(noun.kind).word, common.path));
    if let Some(label) = common.label {
        page.label(&label.value);
    }
    let above = model.directly_above(noun).collect::<BTreeSet<_>>();
    page.line("is", &names(&page, model, &above));
    if common.origin == Origin::Taxonomy {
        page.say("From the base taxonomy.");
    }
    let facts = facts::of_noun(snapshot, noun);
    flows(&mut page, model, noun, &facts);
    clauses(&mut page, &facts.clauses);
    let cites = noun
        .id::<Basis>()
        .and_then(|basis| model.bases[basis].detail.cites.as_ref());
    if let Some(cites) = cites {
        page.line("cites", &cites.value);
    }
    Some(page.done())
}

fn flows(page: &mut Page, model: &Model, noun: AnyNoun, facts: &Facts) {
    let without = |all: &BTreeSet<AnyNoun>| all.iter().copied().filter(|other| *other != noun).collect();
    for (title, side) in [
        ("data", &facts.data),
        ("from", &facts.sources),
        ("for", &facts.purposes),
        ("under", &facts.bases),
        ("with", &facts.recipients),
    ] {
        page.line(title, &names(page, model, &without(side)));
    }
    let keeps = facts.sentences.iter().filter_map(|sentence| match sentence {
        SentenceRef::Keep(keep) => model.keeps.get(*keep),
        _ => None,
    });
    let terms = keeps
        .filter_map(|keep| facts::term(model, keep))
        .collect::<BTreeSet<_>>();
    page.line("kept", &terms.into_iter().collect::<Vec<_>>().join("; "));
}

fn clauses(page: &mut Page, clauses: &[(String, String)]) {
    for (number, sentence) in clauses.iter().take(MOST) {
        page.clause(number, sentence);
    }
    if clauses.len() > MOST {
        page.say(&format!("and {} more clauses", clauses.len() - MOST));
    }
}

/// A block, a pack, or a sentence with an id.
fn of_landmark(snapshot: &Snapshot, landmark: Landmark, markdown: bool) -> Option<String> {
    let model = &snapshot.analysis.model;
    let mut page = Page::new(markdown);
    match landmark.of {
        Of::Block(at, _) => {
            let block = model.blocks.get(at)?;
            page.code(&format!("processing {}", block.name));
            if let Some(label) = &block.label {
                page.label(&label.value);
            }
            let said = landmarks::sentences(model, at).flat_map(|sentence| facts::clauses_of(snapshot, sentence));
            clauses(&mut page, &said.collect::<Vec<_>>());
        }
        Of::Pack(at) => of_pack(&mut page, model.packs.get(at)?),
        Of::Sentence(sentence) => {
            let id = &landmarks::id_of(model, sentence)?.value;
            let text = snapshot.sources.text(kupuya::graph::span_of(model, sentence));
            page.code(&format!("@{id}\n{text}"));
            clauses(&mut page, &facts::clauses_of(snapshot, sentence));
        }
    }
    Some(page.done())
}

fn of_pack(page: &mut Page, pack: &Pack) {
    page.code(&format!("law {}", pack.name));
    if let Some(label) = &pack.label {
        page.label(&label.value);
    }
    page.line("cites", pack.cites.as_ref().map_or("", |cites| cites.value.as_str()));
    let day = |day: Option<kupuya::syntax::ast::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    page.line("from", &day(pack.from));
    page.line("until", &day(pack.until));
}

/// A sentence: the clauses it becomes.
fn of_sentence(view: &View, byte: u32, markdown: bool) -> Option<(String, Span)> {
    let sentence = facts::sentence_at(&view.snapshot, view.source, byte)?;
    let mut page = Page::new(markdown);
    clauses(&mut page, &facts::clauses_of(&view.snapshot, sentence));
    let span = kupuya::graph::span_of(&view.snapshot.analysis.model, sentence);
    (!page.is_empty()).then(|| (page.done(), span))
}

/// Names with their labels.
fn names(page: &Page, model: &Model, nouns: &BTreeSet<AnyNoun>) -> String {
    let mut listed = nouns
        .iter()
        .filter_map(|noun| model.noun(*noun))
        .map(|common| match common.label {
            Some(label) => format!("{} {}", page.name(common.path), label.value),
            None => page.name(common.path),
        })
        .collect::<Vec<_>>();
    let more = listed.len().saturating_sub(MOST);
    listed.truncate(MOST);
    let mut text = listed.join(", ");
    if more > 0 {
        text.push_str(&format!(" and {more} more"));
    }
    text
}
