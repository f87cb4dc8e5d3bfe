//! Trees of an earlier reading: who reads a project again and again parses only what has changed.

use std::sync::Arc;

use super::ast::File;
use crate::diagnostic::Diagnostic;
use crate::source::{Source, SourceId};

/// The trees of the sources as they were last read.
#[derive(Debug, Default)]
pub struct Trees {
    kept: Vec<Kept>,
    parsed: usize,
}

#[derive(Debug)]
struct Kept {
    source: Source,
    file: Arc<File>,
    problems: Vec<Diagnostic>,
}

impl Trees {
    /// How many texts have been parsed so far.
    #[must_use]
    pub fn parsed(&self) -> usize {
        self.parsed
    }

    /// The tree of a source, and what is wrong in it: as kept if the source is as it was, else parsed. Sources are asked
    /// for in the order of their ids.
    pub fn of(&mut self, id: SourceId, source: &Source) -> (Arc<File>, Vec<Diagnostic>) {
        let place = id.0 as usize;
        if let Some(kept) = self.kept.get(place).filter(|kept| kept.source == *source) {
            return (Arc::clone(&kept.file), kept.problems.clone());
        }
        let (file, problems) = super::parse(id, source);
        self.parsed += 1;
        let file = Arc::new(file);
        let kept = Kept {
            source: source.clone(),
            file: Arc::clone(&file),
            problems: problems.clone(),
        };
        match self.kept.get_mut(place) {
            Some(old) => *old = kept,
            None => self.kept.push(kept),
        }
        (file, problems)
    }
}
