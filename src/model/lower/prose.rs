//! `[names]` in prose: resolved like any other name, so that a text cannot speak of what is not there.

use super::problem::At;
use super::{Lower, View};
use crate::model::Context;
use crate::model::kinded::NOUN_KINDS;
use crate::source::Span;
use crate::syntax::prose::{ProsePart, references};

impl Lower<'_> {
    /// Resolves the references in a text as written.
    pub(super) fn prose(&mut self, text: Span, view: &View) {
        let view = View::new(&view.looker, Context::Prose);
        let written = self.sources.text(text);
        for part in references(written) {
            let ProsePart::Reference { path, start, .. } = part else {
                continue;
            };
            // The path stands behind the bracket and perhaps some blanks.
            let before = written.get(start..).and_then(|rest| rest.find(&path)).unwrap_or(1);
            let start = text.start + u32::try_from(start + before).unwrap_or(0);
            let span = Span {
                start,
                end: start + u32::try_from(path.len()).unwrap_or(0),
                ..text
            };
            self.resolve_text(&path, span, NOUN_KINDS, At::Prose, &view, None);
        }
    }
}
