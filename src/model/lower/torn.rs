//! What a mistake of syntax has torn: something that seems to be missing near it is not said to be, so that one mistake
//! gives one error.

use std::collections::HashMap;
use std::sync::Arc;

use super::Lower;
use crate::source::{Origin, SourceId, Span};
use crate::syntax::ast::{Declaration, File, Node};
use crate::syntax::vocabulary::kind;

/// Where the syntax has reported errors, by file, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Torn(HashMap<SourceId, Vec<Span>>);

impl Torn {
    pub(super) fn of(files: &[(Arc<File>, Origin)]) -> Torn {
        let broken = files.iter().filter(|(file, _)| !file.broken.is_empty());
        Torn(broken.map(|(file, _)| (file.source, file.broken.clone())).collect())
    }

    fn within(&self, source: SourceId, start: u32, end: u32) -> bool {
        let Some(places) = self.0.get(&source) else {
            return false;
        };
        let first = places.partition_point(|place| place.start < start);
        places.get(first).is_some_and(|place| place.start <= end)
    }
}

impl Lower<'_> {
    /// Whether something in the lines of a sentence has been reported as an error of syntax.
    pub(super) fn is_torn(&self, span: Span) -> bool {
        if self.torn.0.is_empty() {
            return false;
        }
        let rest = self
            .sources
            .get(span.source)
            .and_then(|source| source.text.get(span.end as usize..));
        let line = rest.map_or(0, |rest| rest.find('\n').unwrap_or(rest.len()));
        let end = span.end.saturating_add(u32::try_from(line).unwrap_or(u32::MAX));
        self.torn.within(span.source, span.start, end)
    }

    /// Whether a field of a block may be lost: one that is misspelt, or a line that could not be read.
    pub(super) fn lost_field(&self, declaration: &Declaration) -> bool {
        let known = |word: &str| kind(declaration.kind).fields.iter().any(|field| field.word == word);
        let lost = |node: &Node| match node {
            Node::Error => true,
            Node::Field(field) => !known(&field.word.value),
            _ => false,
        };
        !self.torn.0.is_empty() && declaration.items.iter().any(|item| lost(&item.node))
    }
}
