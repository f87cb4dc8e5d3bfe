//! One document together with what is known about its project: places in the client's terms, and back.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kupuya::source::{SourceId, Span};
use kupuya::syntax::ast::File;

use crate::abilities::Abilities;
use crate::carried;
use crate::document::Document;
use crate::drift::Drift;
use crate::positions::{Encoding, Lines};
use crate::proto::{Location, Position, Range, Uri};
use crate::snapshot::Snapshot;
use crate::workspace::{State, home};

/// A document as it is now, and the newest snapshot of its project.
#[derive(Clone, Debug)]
pub struct View {
    /// What is known.
    pub snapshot: Arc<Snapshot>,
    /// The document's source in it.
    pub source: SourceId,
    /// The document's text as it is now.
    pub text: Arc<str>,
    /// Its lines.
    pub lines: Arc<Lines>,
    /// The units of columns.
    pub encoding: Encoding,
    /// What the client can do.
    pub abilities: Abilities,
    documents: Arc<BTreeMap<PathBuf, Document>>,
    drift: Drift,
}

impl View {
    /// The view of a file; `None` if no analysis knows it.
    #[must_use]
    pub fn of(state: &State, path: &Path) -> Option<View> {
        let (snapshot, source) = home(state, path)?;
        let analysed = &snapshot.sources.get(source)?.text;
        let (text, lines) = match state.documents.get(path) {
            Some(document) => (Arc::clone(&document.text), Arc::clone(&document.lines)),
            None => (Arc::from(analysed.as_str()), Arc::new(Lines::of(analysed))),
        };
        Some(View {
            snapshot: Arc::clone(snapshot),
            source,
            drift: Drift::between(analysed, &text),
            text,
            lines,
            encoding: state.encoding,
            abilities: state.abilities,
            documents: Arc::clone(&state.documents),
        })
    }

    /// A view of each project, by its first file.
    #[must_use]
    pub fn one_a_project(state: &State) -> Vec<View> {
        let first = |snapshot: &Arc<Snapshot>| snapshot.files().next().map(|(_, path)| path.to_owned());
        let paths = state.snapshots.values().filter_map(first);
        paths.filter_map(|path| View::of(state, &path)).collect()
    }

    /// The document's own address.
    #[must_use]
    pub fn address(&self) -> Option<Uri> {
        self.uri(self.snapshot.path(self.source)?)
    }

    /// The document's tree.
    #[must_use]
    pub fn tree(&self) -> Option<&File> {
        let files = &self.snapshot.analysis.files;
        files.iter().find(|file| file.source == self.source).map(Arc::as_ref)
    }

    /// Whether the analysis knows the text as it is now.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.drift.none()
    }

    /// The byte of the document as it is now.
    #[must_use]
    pub fn offset(&self, position: Position) -> usize {
        self.lines.offset(&self.text, position, self.encoding)
    }

    /// The byte of the analysed text; `None` where typing has gone on since.
    #[must_use]
    pub fn byte(&self, position: Position) -> Option<u32> {
        self.byte_at(self.offset(position))
    }

    /// The byte of the analysed text that stands at one of the document as it is now; `None` where typing has gone on since.
    #[must_use]
    pub fn byte_at(&self, now: usize) -> Option<u32> {
        u32::try_from(self.drift.back(now)?).ok()
    }

    /// The range of some bytes of the document as it is now.
    #[must_use]
    pub fn now(&self, bytes: std::ops::Range<usize>) -> Range {
        self.lines.range(&self.text, bytes, self.encoding)
    }

    /// Where an analysed place of this document is now.
    #[must_use]
    pub fn range(&self, span: Span) -> Range {
        let start = self.drift.forth(span.start as usize);
        let end = self.drift.forth(span.end as usize).max(start);
        self.now(start..end)
    }

    /// Where any analysed place is now, in whatever file. What the program carries is written to a folder for the reader.
    #[must_use]
    pub fn location(&self, span: Span) -> Option<Location> {
        if span.source == self.source {
            let path = self.snapshot.path(span.source)?;
            return Some(Location {
                uri: self.uri(path)?,
                range: self.range(span),
            });
        }
        let analysed = &self.snapshot.sources.get(span.source)?.text;
        let bytes = span.start as usize..span.end as usize;
        match self.snapshot.path(span.source) {
            Some(path) => {
                let uri = self.uri(path)?;
                let range = match self.documents.get(path) {
                    Some(document) => {
                        let drift = Drift::between(analysed, &document.text);
                        let (start, end) = (drift.forth(bytes.start), drift.forth(bytes.end));
                        document
                            .lines
                            .range(&document.text, start..end.max(start), self.encoding)
                    }
                    None => Lines::of(analysed).range(analysed, bytes, self.encoding),
                };
                Some(Location { uri, range })
            }
            None => {
                let source = self.snapshot.sources.get(span.source)?;
                let path = carried::file(source)?;
                Some(Location {
                    uri: Uri::from_file_path(path)?,
                    range: Lines::of(analysed).range(analysed, bytes, self.encoding),
                })
            }
        }
    }

    /// The address of a file: as the client spells it if it is open.
    #[must_use]
    pub fn uri(&self, path: &Path) -> Option<Uri> {
        match self.documents.get(path) {
            Some(document) => Some(document.uri.clone()),
            None => Uri::from_file_path(path),
        }
    }
}
