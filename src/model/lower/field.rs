//! The values of fields. A value of the wrong shape has been reported by the syntax, so it is passed over here.

use super::part::{self, Part};
use super::problem::At;
use super::{Lower, View};
use crate::model::kinded::Kinded;
use crate::model::noun::{AnyNoun, Id, Label, Means, Place};
use crate::source::Spanned;
use crate::syntax::ast::{Core, Date, Field, Formula, Nouns, Path, Period, Value};
use crate::syntax::vocabulary::{Connector, Kind};

impl Lower<'_> {
    /// A text: a string, or lines of prose joined by line ends.
    pub(super) fn text(&mut self, field: &Field, view: &View) -> Option<Label> {
        let mut all = self.texts(field, view).into_iter();
        let first = all.next()?;
        Some(all.fold(first, |text, line| Spanned {
            value: format!("{}\n{}", text.value, line.value),
            span: text.span.to(line.span),
        }))
    }

    /// Several texts: strings, or paragraphs of prose, one a line.
    pub(super) fn texts(&mut self, field: &Field, view: &View) -> Vec<Label> {
        let strings = field.values.iter().filter_map(|value| match &value.core {
            Core::Text(text) | Core::Tagged(_, text) => Some(text.clone()),
            // `code: KG`, `was: old_name`: a word will do where it is a name.
            Core::Formula(Formula::Name(path)) => Some(Spanned {
                value: path.text(),
                span: path.span,
            }),
            _ => None,
        });
        let lines = field.prose.iter().map(|line| Spanned {
            value: line.value.trim().to_owned(),
            span: line.span,
        });
        let all: Vec<Label> = strings.chain(lines.filter(|line| !line.value.is_empty())).collect();
        for text in &all {
            self.prose(text.span, view);
        }
        all
    }

    /// Names of one kind.
    pub(super) fn names<D: Kinded>(&mut self, field: &Field, view: &View) -> Vec<Id<D>> {
        let all = self.any_names(field, &[D::KIND], view);
        all.into_iter().filter_map(AnyNoun::id).collect()
    }

    /// Names of several kinds. `any` gives none: all.
    pub(super) fn any_names(&mut self, field: &Field, kinds: &[Kind], view: &View) -> Vec<AnyNoun> {
        let at = At::Field(&field.word.value);
        let Some(nouns) = nouns(field) else {
            return Vec::new();
        };
        let found = nouns
            .names
            .iter()
            .filter_map(|path| self.resolve(path, kinds, at, view));
        found.collect()
    }

    /// Means with the channels they are used at.
    pub(super) fn means(&mut self, field: &Field, view: &View) -> Vec<Means> {
        let at = At::Field(&field.word.value);
        let mut all = Vec::new();
        for value in &field.values {
            let by = name(value).and_then(|path| self.one(path, at, view));
            let channels = part::nouns(&value.qualifiers, Connector::At).found();
            let channels = channels.map(|nouns| self.all(&nouns.names, At::After("at"), view));
            let mut channels = channels.unwrap_or_default().into_iter().peekable();
            if channels.peek().is_none() && by.is_some() {
                all.push(Means {
                    by: by.map(|by| by.value),
                    at: None,
                    span: value.span,
                });
            }
            all.extend(channels.map(|channel| Means {
                by: by.map(|by| by.value),
                at: Some(channel.value),
                span: value.span,
            }));
        }
        all
    }

    /// Places of publication.
    pub(super) fn publications(&mut self, field: &Field, view: &View) -> Vec<Place> {
        let mut all = Vec::new();
        for value in &field.values {
            match &value.core {
                Core::Text(text) => all.push(Place {
                    kind: None,
                    text: text.clone(),
                }),
                Core::Tagged(tag, text) => {
                    let at = At::Field(&field.word.value);
                    let kind = self.resolve_text(&tag.value, tag.span, &[Kind::Channel], at, view, None);
                    all.push(Place {
                        kind: kind.and_then(AnyNoun::id),
                        text: text.clone(),
                    });
                }
                _ => {}
            }
        }
        all
    }
}

/// The name that a value is.
pub(super) fn name(value: &Value) -> Option<&Path> {
    match &value.core {
        Core::Formula(Formula::Name(path)) => Some(path),
        _ => None,
    }
}

/// The list of nouns that a field holds. Behind an `except`, the rest of the list is taken out too.
pub(super) fn nouns(field: &Field) -> Option<Nouns> {
    let first = field.values.first()?;
    let mut all = Nouns {
        span: field.values.iter().fold(first.span, |span, value| span.to(value.span)),
        any: None,
        names: Vec::new(),
        except: Vec::new(),
    };
    let mut out = false;
    for value in &field.values {
        match &value.core {
            Core::Formula(Formula::Name(path)) if out => all.except.push(path.clone()),
            Core::Formula(Formula::Name(path)) => all.names.push(path.clone()),
            Core::Any(nouns) => {
                all.any = all.any.or(nouns.any);
                all.names.extend(nouns.names.iter().cloned());
                all.except.extend(nouns.except.iter().cloned());
                out |= !nouns.except.is_empty();
            }
            _ => {}
        }
        if let Part::Is(except) = part::nouns(&value.qualifiers, Connector::Except) {
            all.except.extend(except.names.iter().cloned());
            out = true;
        }
    }
    Some(all)
}

/// The formula that a field holds. Several values are alternatives nobody asked for: the first one counts, the syntax
/// has reported the others.
pub(super) fn formula(field: &Field) -> Option<&Formula> {
    field.values.iter().find_map(|value| match &value.core {
        Core::Formula(formula) => Some(formula),
        _ => None,
    })
}

/// The period that a field holds.
pub(super) fn period(field: &Field) -> Option<Spanned<Period>> {
    field.values.iter().find_map(|value| match &value.core {
        Core::Period(period) => Some(*period),
        _ => None,
    })
}

/// The number that a field holds.
pub(super) fn number(field: &Field) -> Option<Spanned<u32>> {
    field.values.iter().find_map(|value| match &value.core {
        Core::Number(number) => Some(*number),
        _ => None,
    })
}

/// The date that a field holds.
pub(super) fn date(field: &Field) -> Option<Spanned<Date>> {
    crate::model::packs::date(field)
}

/// The words of a closed list that a field holds, such as `self or guardian`.
pub(super) fn words(field: &Field) -> Vec<String> {
    match formula(field) {
        Some(Formula::Name(path)) => vec![path.text()],
        Some(Formula::Or(all)) => all
            .iter()
            .filter_map(|part| match part {
                Formula::Name(path) => Some(path.text()),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}
