//! Sources: the texts of a project, its law packs and the taxonomy, with byte spans into them.
//!
//! One of the two handrails of the corridor: every stage may name a place, none may read text back except for a message.

/// Index of one source in [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// A place: bytes `start..end` of one source. Always on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The source.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The smallest span that holds both. Both lie in one source.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span {
            source: self.source,
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// Whether the other lies inside this one.
    #[must_use]
    pub fn holds(self, other: Span) -> bool {
        self.source == other.source && self.start <= other.start && other.end <= self.end
    }

    /// The empty span at the end of this one: where something is missing.
    #[must_use]
    pub fn after(self) -> Span {
        Span {
            start: self.end,
            ..self
        }
    }
}

/// A value with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it is written.
    pub span: Span,
}

/// Where a source comes from, innermost first: names resolve in this order (M1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// A file of the project.
    Project,
    /// A law pack or house rules.
    Pack,
    /// The base taxonomy that every project sees.
    Taxonomy,
}

/// One text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The path as the user wrote it, or the name of an embedded pack (`laws/kgdc2025.kup`).
    pub name: String,
    /// Where it comes from.
    pub origin: Origin,
    /// The text as read; invalid UTF-8 has been replaced and is named in [`Source::bad_bytes`].
    pub text: String,
    /// Byte offsets in `text` where the file was not UTF-8; each is an error of its own.
    pub bad_bytes: Vec<u32>,
    /// Whether the file began with a byte-order mark, which is not part of `text`.
    pub byte_order_mark: bool,
    line_starts: Vec<u32>,
}

impl Source {
    /// Takes the bytes of a file. A byte-order mark is dropped; what is not UTF-8 becomes U+FFFD and is remembered.
    #[must_use]
    pub fn new(name: impl Into<String>, origin: Origin, bytes: &[u8]) -> Source {
        let unmarked = bytes.strip_prefix(b"\xEF\xBB\xBF");
        let byte_order_mark = unmarked.is_some();
        let bytes = unmarked.unwrap_or(bytes);
        let mut text = String::with_capacity(bytes.len());
        let mut bad_bytes = Vec::new();
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            if !chunk.invalid().is_empty() {
                bad_bytes.push(offset(text.len()));
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
        let line_starts = std::iter::once(0)
            .chain(
                text.bytes()
                    .enumerate()
                    .filter(|(_, b)| *b == b'\n')
                    .map(|(i, _)| offset(i + 1)),
            )
            .collect();
        Source {
            name: name.into(),
            origin,
            text,
            bad_bytes,
            byte_order_mark,
            line_starts,
        }
    }

    /// The line in which a byte offset lies, without its end.
    #[must_use]
    pub fn line_at(&self, at: u32) -> &str {
        let next = self.line_starts.partition_point(|start| *start <= at);
        let start = next
            .checked_sub(1)
            .and_then(|line| self.line_starts.get(line))
            .copied()
            .unwrap_or(0) as usize;
        let end = self
            .line_starts
            .get(next)
            .map_or(self.text.len(), |start| *start as usize);
        self.text.get(start..end).unwrap_or("").trim_end_matches(['\n', '\r'])
    }

    /// Line and column of a byte offset, both from 1; the column counts characters.
    #[must_use]
    pub fn line_column(&self, at: u32) -> (usize, usize) {
        let line = self.line_starts.partition_point(|start| *start <= at).max(1);
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0) as usize;
        let column = self
            .text
            .get(start..at as usize)
            .map_or(0, |before| before.chars().count());
        (line, column + 1)
    }
}

/// All texts of one run, in the order they were added. Never changed after the run has begun.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    all: Vec<Source>,
}

impl Sources {
    /// Adds a text.
    pub fn add(&mut self, source: Source) -> SourceId {
        self.all.push(source);
        SourceId(offset(self.all.len() - 1))
    }

    /// One source.
    #[must_use]
    pub fn get(&self, id: SourceId) -> Option<&Source> {
        self.all.get(id.0 as usize)
    }

    /// All sources with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.all
            .iter()
            .enumerate()
            .map(|(i, source)| (SourceId(offset(i)), source))
    }

    /// The text under a span; empty if the span is of another run.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.get(span.source)
            .and_then(|s| s.text.get(span.start as usize..span.end as usize))
            .unwrap_or("")
    }
}

/// Offsets are 32 bits: a source over 4 GiB is cut off when it is read, not here.
fn offset(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
