//! One name for another, in every file of the project, scenarios included; refused with a reason where it would clash.

use std::collections::HashMap;

use kupuya::model::noun::AnyNoun;
use kupuya::source::{Origin, Span};
use kupuya::syntax::vocabulary;

use crate::proto::{Error, Position, PrepareRenameResponse, Result, TextEdit, Uri, WorkspaceEdit};
use crate::snapshot::Occurrence;
use crate::view::View;

/// The name that would be renamed: the last step of what stands at the position.
///
/// # Errors
/// What stands there is none of the project's own.
pub fn prepare(view: &View, position: Position) -> Result<Option<PrepareRenameResponse>> {
    let Some((one, step)) = at(view, position) else {
        return Ok(None);
    };
    owned(view, one.noun)?;
    Ok(Some(PrepareRenameResponse::RangeWithPlaceholder {
        range: view.range(step),
        placeholder: view.snapshot.sources.text(step).to_owned(),
    }))
}

/// The edits that give the name at a position another.
///
/// # Errors
/// The new name is none, is a word of the language, or is taken.
pub fn rename(view: &View, position: Position, new: &str) -> Result<Option<WorkspaceEdit>> {
    let Some((one, _)) = at(view, position) else {
        return Ok(None);
    };
    owned(view, one.noun)?;
    free(view, one.noun, new)?;
    let mut changes: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
    for step in steps_of(view, one.noun) {
        let Some(location) = view.location(step) else { continue };
        changes.entry(location.uri).or_default().push(TextEdit {
            range: location.range,
            new_text: new.to_owned(),
        });
    }
    for edits in changes.values_mut() {
        edits.sort_by_key(|edit| (edit.range.start.line, edit.range.start.character));
        edits.dedup();
    }
    Ok(Some(WorkspaceEdit {
        changes: Some(changes),
        ..WorkspaceEdit::default()
    }))
}

fn at(view: &View, position: Position) -> Option<(Occurrence, Span)> {
    let byte = view.byte(position)?;
    let one = view.snapshot.at(view.source, byte)?;
    let text = view.snapshot.sources.text(one.span);
    let start = text.rfind('.').map_or(0, |dot| dot + 1);
    let step = Span {
        start: one.span.start + u32::try_from(start).ok()?,
        ..one.span
    };
    Some((one, step))
}

/// Where the name at a position is written in the project's files, as a whole or as a step of a dotted name, by place;
/// `None` if nothing of the project's own is named there.
#[must_use]
pub fn steps(view: &View, position: Position) -> Option<Vec<Span>> {
    let (one, _) = at(view, position)?;
    owned(view, one.noun).ok()?;
    Some(steps_of(view, one.noun))
}

fn steps_of(view: &View, noun: AnyNoun) -> Vec<Span> {
    let model = &view.snapshot.analysis.model;
    let old = model.noun(noun).map(|common| common.name).unwrap_or_default();
    let places = places(view, noun).into_iter();
    let mut steps = places
        .flat_map(|place| steps_named(view, place.span, old, noun))
        .collect::<Vec<_>>();
    steps.sort_unstable();
    steps.dedup();
    steps
}

/// Places where the noun, or one that lies in it by name, is written.
fn places(view: &View, noun: AnyNoun) -> Vec<Occurrence> {
    let model = &view.snapshot.analysis.model;
    let inside = |other: AnyNoun| other == noun || model.ancestors(other).any(|above| above == noun);
    view.snapshot
        .files()
        .flat_map(|(source, _)| view.snapshot.in_source(source))
        .filter(|one| inside(one.noun))
        .copied()
        .collect()
}

/// The steps of a dotted name that are the noun's own name: the last one where the noun itself is named, an earlier one
/// where something inside of it is.
fn steps_named(view: &View, span: Span, old: &str, noun: AnyNoun) -> Vec<Span> {
    let model = &view.snapshot.analysis.model;
    let text = view.snapshot.sources.text(span);
    let Some(last) = view.snapshot.at(span.source, span.start) else {
        return Vec::new();
    };
    let depth = model.ancestors(last.noun).take_while(|above| *above != noun).count();
    let depth = if last.noun == noun { 0 } else { depth + 1 };
    let mut steps = Vec::new();
    let mut start = 0;
    for step in text.split('.') {
        steps.push((start, step));
        start += step.len() + 1;
    }
    let Some((start, step)) = steps.len().checked_sub(depth + 1).and_then(|place| steps.get(place)) else {
        return Vec::new();
    };
    if *step != old {
        return Vec::new();
    }
    let at = |bytes: usize| span.start + u32::try_from(bytes).unwrap_or(0);
    vec![Span {
        start: at(*start),
        end: at(start + step.len()),
        ..span
    }]
}

fn owned(view: &View, noun: AnyNoun) -> Result<()> {
    match view.snapshot.analysis.model.noun(noun) {
        Some(common) if common.origin == Origin::Project => Ok(()),
        Some(common) => Err(Error::invalid_params(format!(
            "`{}` is declared in {}, which is not the project's to change",
            common.path,
            view.snapshot
                .sources
                .get(common.name_span.source)
                .map_or("a pack", |source| source.name.as_str()),
        ))),
        None => Err(Error::invalid_params("nothing is declared by this name")),
    }
}

fn free(view: &View, noun: AnyNoun, new: &str) -> Result<()> {
    let mut letters = new.chars();
    let begins = letters
        .next()
        .is_some_and(|letter| letter.is_alphabetic() || letter == '_');
    if !begins || !letters.all(|letter| letter.is_alphanumeric() || letter == '_') {
        return Err(Error::invalid_params(format!(
            "`{new}` is no name: a name is a letter, then letters, digits and `_`"
        )));
    }
    if vocabulary::is_reserved(new) {
        return Err(Error::invalid_params(format!("`{new}` is a word of the language")));
    }
    let model = &view.snapshot.analysis.model;
    let taken = model
        .nouns()
        .find(|(other, common)| *other != noun && common.name == new && common.origin == Origin::Project);
    match taken {
        Some((other, common)) => Err(Error::invalid_params(format!(
            "`{new}` is taken: {} `{}`",
            vocabulary::kind(other.kind).word,
            common.path
        ))),
        None => Ok(()),
    }
}
