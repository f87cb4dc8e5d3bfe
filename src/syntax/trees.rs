//! Trees of an earlier reading: who reads a project again and again parses only what has changed.

use std::sync::Arc;
use std::thread;

use super::ast::File;
use crate::diagnostic::Diagnostic;
use crate::source::{Source, SourceId, Sources};

/// Less text than this, in bytes, is parsed sooner than threads begin to do it.
const WORTH_THREADS: usize = 1 << 16;

/// The stack of a thread that parses, in bytes: as much as the first thread of a program has.
const STACK: usize = 8 << 20;

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

    /// The trees of all sources with what is wrong in each, in order. Long texts that have changed are parsed side by side.
    pub fn all(&mut self, sources: &Sources) -> Vec<(Arc<File>, Vec<Diagnostic>)> {
        let changed: Vec<(SourceId, &Source)> = sources
            .iter()
            .filter(|(id, source)| !self.kept.get(id.0 as usize).is_some_and(|kept| kept.source == **source))
            .collect();
        let long = changed.iter().map(|(_, source)| source.text.len()).sum::<usize>() >= WORTH_THREADS;
        let mut ready = if long { side_by_side(&changed) } else { Vec::new() }
            .into_iter()
            .peekable();
        let each = sources
            .iter()
            .map(|(id, source)| match ready.next_if(|(of, ..)| *of == id) {
                Some((_, file, problems)) => self.keep(id, source, file, problems),
                None => self.of(id, source),
            });
        each.collect()
    }

    /// The tree of a source, and what is wrong in it: as kept if the source is as it was, else parsed. Sources are asked
    /// for in the order of their ids.
    pub fn of(&mut self, id: SourceId, source: &Source) -> (Arc<File>, Vec<Diagnostic>) {
        let place = id.0 as usize;
        if let Some(kept) = self.kept.get(place).filter(|kept| kept.source == *source) {
            return (Arc::clone(&kept.file), kept.problems.clone());
        }
        let (file, problems) = super::parse(id, source);
        self.keep(id, source, file, problems)
    }

    fn keep(
        &mut self,
        id: SourceId,
        source: &Source,
        file: File,
        problems: Vec<Diagnostic>,
    ) -> (Arc<File>, Vec<Diagnostic>) {
        self.parsed += 1;
        let file = Arc::new(file);
        let kept = Kept {
            source: source.clone(),
            file: Arc::clone(&file),
            problems: problems.clone(),
        };
        match self.kept.get_mut(id.0 as usize) {
            Some(old) => *old = kept,
            None => self.kept.push(kept),
        }
        (file, problems)
    }
}

/// Parses texts on as many threads as the machine runs at once. In order; texts of a thread that could not be begun are
/// left out.
fn side_by_side(all: &[(SourceId, &Source)]) -> Vec<(SourceId, File, Vec<Diagnostic>)> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(all.len());
    if threads < 2 {
        return Vec::new();
    }
    let share = |first: usize| {
        let own = all.iter().skip(first).step_by(threads);
        let parsed = own.map(|(id, source)| {
            let (file, problems) = super::parse(*id, source);
            (*id, file, problems)
        });
        parsed.collect::<Vec<_>>()
    };
    let mut parsed = thread::scope(|scope| {
        let spawned: Vec<_> = (1..threads)
            .map(|first| {
                thread::Builder::new()
                    .stack_size(STACK)
                    .spawn_scoped(scope, move || share(first))
            })
            .collect();
        let mut parsed = share(0);
        for thread in spawned.into_iter().flatten() {
            parsed.extend(thread.join().unwrap_or_default());
        }
        parsed
    });
    parsed.sort_by_key(|(id, ..)| *id);
    parsed
}
