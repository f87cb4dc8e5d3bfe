//! What a line does not say but means: purposes and bases taken from the block, how long data are kept, the act that a
//! basis rests on.

use std::collections::BTreeSet;

use kupuya::meaning::SentenceRef;
use kupuya::model::Model;
use kupuya::model::noun::{Basis, Id};
use kupuya::model::sentence::Permission;
use kupuya::source::Span;
use kupuya::syntax::vocabulary::Kind;

use crate::facts;
use crate::proto::{InlayHint, InlayHintKind, InlayHintLabel, Range, TextEdit};
use crate::view::View;

/// The hints of a part of the document.
#[must_use]
pub fn hints(view: &View, part: Range) -> Vec<InlayHint> {
    let model = &view.snapshot.analysis.model;
    let mut found = Vec::new();
    for permission in model
        .permissions
        .iter()
        .filter(|one| one.stated.span.source == view.source)
    {
        let text = inherited(model, permission);
        if !text.is_empty() {
            found.push(hint(view, permission.stated.span, &text, true));
        }
    }
    for (noun, common) in view
        .snapshot
        .nouns()
        .filter(|(_, common)| common.name_span.source == view.source)
    {
        let behind = common.label.map_or(common.name_span, |label| label.span);
        let text = match noun.kind {
            Kind::Data => term(view, noun),
            Kind::Basis => noun.id().and_then(|basis| act(model, basis)),
            _ => None,
        };
        found.extend(text.map(|text| hint(view, behind, &text, false)));
    }
    found.retain(|hint| part.start <= hint.position && hint.position <= part.end);
    found.sort_by_key(|hint| hint.position);
    found
}

/// A hint behind a place; one that could as well be written there offers to be.
fn hint(view: &View, behind: Span, text: &str, writable: bool) -> InlayHint {
    let position = view.range(behind).end;
    let edit = TextEdit {
        range: Range::new(position, position),
        new_text: format!(" {text}"),
    };
    InlayHint {
        position,
        label: InlayHintLabel::String(text.to_owned()),
        kind: Some(InlayHintKind::TYPE),
        text_edits: writable.then(|| vec![edit]),
        tooltip: None,
        padding_left: Some(true),
        padding_right: None,
        data: None,
    }
}

/// The parts of a statement that its block gives it, in words of the language.
fn inherited(model: &Model, permission: &Permission) -> String {
    let own = permission.stated.span;
    let mut parts = Vec::new();
    if let Some(purpose) = permission
        .purpose
        .as_ref()
        .filter(|slot| slot.inherited && !slot.names.is_empty())
    {
        let names = purpose
            .names
            .iter()
            .map(|name| model.purposes[name.value].path.as_str());
        parts.push(format!("for {}", names.collect::<Vec<_>>().join(", ")));
    }
    let written =
        |basis: &kupuya::source::Spanned<Id<Basis>>| own.start <= basis.span.start && basis.span.end <= own.end;
    if !permission.bases.is_empty() && !permission.bases.iter().flatten().any(written) {
        let alternatives = permission.bases.iter().map(|together| {
            let names = together.iter().map(|basis| model.bases[basis.value].path.as_str());
            names.collect::<Vec<_>>().join(" and ")
        });
        parts.push(format!("under {}", alternatives.collect::<Vec<_>>().join(" or ")));
    }
    parts.join(" ")
}

/// How long a category is kept.
fn term(view: &View, noun: kupuya::model::noun::AnyNoun) -> Option<String> {
    let model = &view.snapshot.analysis.model;
    let facts = facts::of_noun(&view.snapshot, noun);
    let keeps = facts.sentences.iter().filter_map(|sentence| match sentence {
        SentenceRef::Keep(keep) => model.keeps.get(*keep),
        _ => None,
    });
    let terms = keeps
        .filter_map(|keep| facts::term(model, keep))
        .collect::<BTreeSet<_>>();
    (!terms.is_empty()).then(|| format!("kept {}", terms.into_iter().collect::<Vec<_>>().join("; ")))
}

/// The act that a basis above rests on, where the basis names none itself.
fn act(model: &Model, basis: Id<Basis>) -> Option<String> {
    if model.bases[basis].detail.cites.is_some() {
        return None;
    }
    let above = facts::above(model, basis.any()).into_iter();
    let above = above.filter_map(|noun| noun.id::<Basis>());
    above
        .filter_map(|basis| model.bases[basis].detail.cites.as_ref())
        .map(|cites| cites.value.clone())
        .next()
}
