//! One name for another, in every file of the project, scenarios included; refused with a reason where it would clash.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use kupuya::model::noun::AnyNoun;
use kupuya::pipeline::{self, Analysis};
use kupuya::source::{Origin, Source, Sources, Span};
use kupuya::syntax::vocabulary;

use crate::proto::{Error, Position, PrepareRenameResponse, Result, TextEdit, Uri, WorkspaceEdit};
use crate::snapshot::Occurrence;
use crate::view::View;

/// The name that would be renamed: the step of a name that stands at the position.
///
/// # Errors
/// What stands there is none of the project's own.
pub fn prepare(view: &View, position: Position) -> Result<Option<PrepareRenameResponse>> {
    let Some(one) = at(view, position) else {
        return Ok(None);
    };
    owned(view, one.noun)?;
    Ok(Some(PrepareRenameResponse::RangeWithPlaceholder {
        range: view.range(one.span),
        placeholder: view.snapshot.sources.text(one.span).to_owned(),
    }))
}

/// The edits that give the name at a position another.
///
/// # Errors
/// The new name is none, is a word of the language, is taken, or something would come to mean something else.
pub fn rename(view: &View, position: Position, new: &str) -> Result<Option<WorkspaceEdit>> {
    let Some(one) = at(view, position) else {
        return Ok(None);
    };
    owned(view, one.noun)?;
    spelt(new)?;
    free(view, one.noun, new)?;
    let steps = steps_of(view, one.noun);
    rehearse(view, &steps, new)?;
    let mut changes: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
    for step in steps {
        let Some(location) = view.location(step) else { continue };
        changes.entry(location.uri).or_default().push(TextEdit {
            range: location.range,
            new_text: new.to_owned(),
        });
    }
    Ok(Some(WorkspaceEdit {
        changes: Some(changes),
        ..WorkspaceEdit::default()
    }))
}

fn at(view: &View, position: Position) -> Option<Occurrence> {
    view.snapshot.at(view.source, view.byte(position)?)
}

/// Where the name at a position is written in the project's files, as a whole or as a step of a dotted name, by place;
/// `None` if nothing of the project's own is named there.
#[must_use]
pub fn steps(view: &View, position: Position) -> Option<Vec<Span>> {
    let one = at(view, position)?;
    owned(view, one.noun).ok()?;
    Some(steps_of(view, one.noun))
}

fn steps_of(view: &View, noun: AnyNoun) -> Vec<Span> {
    let snapshot = &view.snapshot;
    let old = snapshot.analysis.model.noun(noun).map(|common| common.name);
    let files = snapshot.files().flat_map(|(source, _)| snapshot.in_source(source));
    let mut steps = files
        .filter(|one| one.noun == noun && Some(snapshot.sources.text(one.span)) == old)
        .map(|one| one.span)
        .collect::<Vec<_>>();
    steps.sort_unstable();
    steps.dedup();
    steps
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

fn spelt(new: &str) -> Result<()> {
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
    Ok(())
}

fn free(view: &View, noun: AnyNoun, new: &str) -> Result<()> {
    let taken = view
        .snapshot
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

/// Analyses the project as it would be: every name must mean what it means now, and no finding may come.
fn rehearse(view: &View, steps: &[Span], new: &str) -> Result<()> {
    let before = &view.snapshot.analysis;
    let sources = renamed(&view.snapshot.sources, steps, new);
    let after = pipeline::analyze(&sources, &view.snapshot.frame.options());
    if let Some(change) = other_meaning(view, &after, &sources) {
        return Err(Error::invalid_params(change));
    }
    // One mistake may become another: what is wrong already stands in nobody's way.
    if after.findings.len() <= before.findings.len() {
        return Ok(());
    }
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for found in &before.findings {
        *known.entry(&found.code).or_default() += 1;
    }
    for found in &after.findings {
        let left = known.entry(&found.code).or_default();
        match left.checked_sub(1) {
            Some(fewer) => *left = fewer,
            None => {
                let why = found.message.told(view.snapshot.frame.language);
                return Err(Error::invalid_params(format!(
                    "`{new}` would bring a finding, `{}`: {why}",
                    found.code
                )));
            }
        }
    }
    Ok(())
}

fn renamed(sources: &Sources, steps: &[Span], new: &str) -> Sources {
    let mut all = Sources::default();
    for (id, source) in sources.iter() {
        let mut text = source.text.clone();
        for step in steps.iter().rev().filter(|step| step.source == id) {
            text.replace_range(step.start as usize..step.end as usize, new);
        }
        all.add(Source::new(source.name.clone(), source.origin, text.as_bytes()));
    }
    all
}

/// The first name that would no longer mean what it means; nouns keep their places whatever they are called.
fn other_meaning(view: &View, after: &Analysis, sources: &Sources) -> Option<String> {
    let before = &view.snapshot.analysis.model;
    let mut both = before.uses.iter().zip(&after.model.uses);
    let (was, is) = both.find(|(was, is)| was.noun != is.noun)?;
    let noun = before.noun(was.noun)?;
    let text = sources.text(is.span);
    let of = match noun.origin {
        Origin::Project => "",
        Origin::Pack => " of a law pack",
        Origin::Taxonomy => " of the base taxonomy",
    };
    let source = view.snapshot.sources.get(was.span.source)?;
    let path = Path::new(&source.name);
    // A file that is a project of its own is named whole.
    let inside = path.strip_prefix(&view.snapshot.frame.root).ok();
    let file = inside.filter(|file| !file.as_os_str().is_empty()).unwrap_or(path);
    let (line, _) = source.line_column(was.span.start);
    Some(format!(
        "`{text}` in line {line} of {} means the {} `{}`{of}; it would come to mean what is renamed",
        file.display(),
        vocabulary::kind(was.noun.kind).word,
        noun.path,
    ))
}
