//! What a name stands for: its label, where it goes, the clauses it becomes, the article.

use std::collections::BTreeSet;

use kupuya::model::Model;
use kupuya::model::noun::AnyNoun;
use kupuya::source::Origin;
use kupuya::syntax::vocabulary;

use crate::facts::{self, Facts};
use crate::proto::{Hover, HoverContents, MarkupContent, MarkupKind, Position};
use crate::snapshot::Snapshot;
use crate::view::View;

/// So many names or clauses are listed of one sort.
const MOST: usize = 8;

/// What is known of the name or word at a position.
#[must_use]
pub fn hover(view: &View, position: Position) -> Option<Hover> {
    let byte = view.byte(position)?;
    let (text, span) = match view.snapshot.at(view.source, byte) {
        Some(one) => (of_noun(&view.snapshot, one.noun)?, Some(view.range(one.span))),
        None => of_sentence(view, byte)?,
    };
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent {
            kind: MarkupKind::Markdown,
            value: text,
        }),
        range: span,
    })
}

/// A noun in Markdown.
#[must_use]
pub fn of_noun(snapshot: &Snapshot, noun: AnyNoun) -> Option<String> {
    let model = &snapshot.analysis.model;
    let common = model.noun(noun)?;
    let word = vocabulary::kind(noun.kind).word;
    let mut text = format!("```kup\n{word} {}\n```\n", common.path);
    if let Some(label) = common.label {
        text.push_str(&format!("**{}**\n", label.value));
    }
    let above = model.directly_above(noun).collect::<BTreeSet<_>>();
    line(&mut text, "is", &names(model, &above));
    if common.origin == Origin::Taxonomy {
        text.push_str("\nFrom the base taxonomy.\n");
    }
    let facts = facts::of_noun(snapshot, noun);
    flows(&mut text, model, noun, &facts);
    clauses(&mut text, &facts.clauses);
    if let Some(cites) = noun
        .id::<kupuya::model::noun::Basis>()
        .and_then(|basis| model.bases[basis].detail.cites.clone())
    {
        line(&mut text, "cites", &cites.value);
    }
    Some(text)
}

fn flows(text: &mut String, model: &Model, noun: AnyNoun, facts: &Facts) {
    let without = |all: &BTreeSet<AnyNoun>| all.iter().copied().filter(|other| *other != noun).collect();
    for (title, side) in [
        ("data", &facts.data),
        ("from", &facts.sources),
        ("for", &facts.purposes),
        ("under", &facts.bases),
        ("with", &facts.recipients),
    ] {
        line(text, title, &names(model, &without(side)));
    }
    let keeps = facts.sentences.iter().filter_map(|sentence| match sentence {
        kupuya::meaning::SentenceRef::Keep(keep) => model.keeps.get(*keep),
        _ => None,
    });
    let terms = keeps.filter_map(facts::term).collect::<BTreeSet<_>>();
    line(text, "kept", &terms.into_iter().collect::<Vec<_>>().join("; "));
}

fn clauses(text: &mut String, clauses: &[(String, String)]) {
    for (number, sentence) in clauses.iter().take(MOST) {
        text.push_str(&format!("\n> {number} {sentence}\n"));
    }
    if clauses.len() > MOST {
        text.push_str(&format!("\nand {} more clauses\n", clauses.len() - MOST));
    }
}

/// A sentence: the clauses it becomes.
fn of_sentence(view: &View, byte: u32) -> Option<(String, Option<crate::proto::Range>)> {
    let sentence = facts::sentence_at(&view.snapshot, view.source, byte)?;
    let found = facts::clauses_of(&view.snapshot, sentence);
    let mut text = String::new();
    clauses(&mut text, &found);
    let span = kupuya::graph::span_of(&view.snapshot.analysis.model, sentence);
    (!text.is_empty()).then(|| (text, Some(view.range(span))))
}

/// Names with their labels.
fn names(model: &Model, nouns: &BTreeSet<AnyNoun>) -> String {
    let mut listed = nouns
        .iter()
        .filter_map(|noun| model.noun(*noun))
        .map(|common| match common.label {
            Some(label) => format!("`{}` {}", common.path, label.value),
            None => format!("`{}`", common.path),
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

fn line(text: &mut String, title: &str, rest: &str) {
    if !rest.is_empty() {
        text.push_str(&format!("\n*{title}* {rest}\n"));
    }
}
