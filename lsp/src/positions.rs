//! Lines and columns as clients count them: in units of UTF-8, UTF-16 or UTF-32 (LSP 3.17, "Position").

use crate::proto::{Position, PositionEncodingKind, Range};

/// The units of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// What clients expect that name no encoding.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// The best that a client offers: bytes, which need no counting, then characters, then UTF-16.
    #[must_use]
    pub fn chosen(offered: Option<&[PositionEncodingKind]>) -> Encoding {
        let offered = offered.unwrap_or_default();
        if offered.contains(&PositionEncodingKind::UTF8) {
            Encoding::Utf8
        } else if offered.contains(&PositionEncodingKind::UTF32) {
            Encoding::Utf32
        } else {
            Encoding::Utf16
        }
    }

    /// Its name in the protocol.
    #[must_use]
    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    fn units(self, letter: char) -> usize {
        match self {
            Encoding::Utf8 => letter.len_utf8(),
            Encoding::Utf16 => letter.len_utf16(),
            Encoding::Utf32 => 1,
        }
    }

    /// How many units a text has.
    #[must_use]
    pub fn length(self, text: &str) -> u32 {
        let units = match self {
            Encoding::Utf8 => text.len(),
            Encoding::Utf16 | Encoding::Utf32 => text.chars().map(|letter| self.units(letter)).sum(),
        };
        u32::try_from(units).unwrap_or(u32::MAX)
    }
}

/// Where the lines of a text begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    /// Looks through a text. Lines end with `\n`, `\r\n` or `\r`.
    #[must_use]
    pub fn of(text: &str) -> Lines {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        starts.extend(bytes.iter().enumerate().filter_map(|(at, byte)| match byte {
            b'\n' => Some(at + 1),
            b'\r' if bytes.get(at + 1) != Some(&b'\n') => Some(at + 1),
            _ => None,
        }));
        Lines { starts }
    }

    /// A line without its end. Empty beyond the last.
    #[must_use]
    pub fn line<'t>(&self, text: &'t str, line: u32) -> &'t str {
        let line = line as usize;
        let Some(start) = self.starts.get(line).copied() else {
            return "";
        };
        let end = self.starts.get(line + 1).copied().unwrap_or(text.len());
        text.get(start..end).unwrap_or("").trim_end_matches(['\n', '\r'])
    }

    /// The byte at a position. A column beyond the end of its line is that end, one inside a character is its start, and
    /// a line beyond the last is the end of the text.
    #[must_use]
    pub fn offset(&self, text: &str, position: Position, encoding: Encoding) -> usize {
        let Some(start) = self.starts.get(position.line as usize).copied() else {
            return text.len();
        };
        let wanted = position.character as usize;
        let mut units = 0;
        for (at, letter) in self.line(text, position.line).char_indices() {
            let next = units + encoding.units(letter);
            if next > wanted {
                return start + at;
            }
            units = next;
        }
        start + self.line(text, position.line).len()
    }

    /// The position of a byte. One inside a character counts as the character's start, one beyond the text as its end.
    #[must_use]
    pub fn position(&self, text: &str, offset: usize, encoding: Encoding) -> Position {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        Position {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            character: encoding.length(text.get(start..offset).unwrap_or("")),
        }
    }

    /// The range of some bytes.
    #[must_use]
    pub fn range(&self, text: &str, bytes: std::ops::Range<usize>, encoding: Encoding) -> Range {
        Range {
            start: self.position(text, bytes.start, encoding),
            end: self.position(text, bytes.end, encoding),
        }
    }
}
