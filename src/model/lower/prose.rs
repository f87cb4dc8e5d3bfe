//! `[names]` in prose: resolved like any other name, so that a text cannot speak of what is not there.

use super::problem::At;
use super::{Lower, View};
use crate::model::Context;
use crate::model::kinded::NOUN_KINDS;
use crate::source::Span;

impl Lower<'_> {
    /// Resolves the references in a text as written.
    pub(super) fn prose(&mut self, text: Span, view: &View) {
        let view = View::new(&view.looker, Context::Prose);
        let written = self.sources.text(text);
        for (name, from) in references(written) {
            let start = text.start + u32::try_from(from).unwrap_or(u32::MAX);
            let span = Span {
                start,
                end: start + u32::try_from(name.len()).unwrap_or(0),
                ..text
            };
            self.resolve_text(name, span, NOUN_KINDS, At::Prose, &view, None);
        }
    }
}

/// The names in square brackets, each with its offset. Brackets that hold no name are text.
fn references(text: &str) -> Vec<(&str, usize)> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(open) = text.get(at..).and_then(|rest| rest.find('[')) {
        let from = at + open + 1;
        let rest = text.get(from..).unwrap_or("");
        if let Some(name) = rest.find(']').and_then(|close| rest.get(..close))
            && is_path(name)
        {
            all.push((name, from));
            at = from + name.len();
        } else {
            at = from;
        }
    }
    all
}

fn is_path(name: &str) -> bool {
    let word = |step: &str| {
        let mut letters = step.chars();
        letters
            .next()
            .is_some_and(|first| first.is_alphabetic() || first == '_')
            && letters.all(|letter| letter.is_alphanumeric() || letter == '_')
    };
    name.split('.').all(word)
}
