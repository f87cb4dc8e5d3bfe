//! The one style, as small edits. Needs no analysis, so it never waits for one.
//!
//! Formatting changes what stands between two neighbouring words, signs, strings and comments, and nothing else: so texts
//! are compared by those, and an edit is a gap between two of them. Only where the formatter has put parts of a header
//! into another order one edit takes all that has moved.

use std::collections::HashMap;
use std::ops::Range;

use kupuya::format::{self, tokens::tokens};
use kupuya::source::{Origin, Source, SourceId};

use crate::document::Document;
use crate::positions::Encoding;
use crate::proto::{Position, TextEdit};

/// Bytes, and what is to stand in their place.
type Edit = (Range<usize>, String);

/// The edits that bring a whole text into the one style.
#[must_use]
pub fn whole(document: &Document, encoding: Encoding) -> Vec<TextEdit> {
    told(document, encoding, edits(&document.text, 0..document.text.len()))
}

/// Those of them that lie in a part of the text.
#[must_use]
pub fn part(document: &Document, encoding: Encoding, part: crate::proto::Range) -> Vec<TextEdit> {
    let start = document.lines.offset(&document.text, part.start, encoding);
    let end = document.lines.offset(&document.text, part.end, encoding).max(start);
    told(document, encoding, edits(&document.text, start..end))
}

/// Those that a line end or a closing brace just typed before a position makes due: of the line that was ended, or of the
/// block that was closed. What is still to be written is left alone.
#[must_use]
pub fn typed(document: &Document, encoding: Encoding, position: Position, letter: &str) -> Vec<TextEdit> {
    let text: &str = &document.text;
    let at = document.lines.offset(text, position, encoding);
    let before = text.get(..at).unwrap_or("").trim_end_matches(['\n', '\r', ' ', '\t']);
    let from = match letter {
        "}" => opening(before).unwrap_or(before.len()),
        _ => before.len(),
    };
    let line = text.get(..from).unwrap_or("");
    let start = line.rfind(['\n', '\r']).map_or(0, |line_end| line_end + 1);
    // Blanks at the end of the line go too.
    let rest = text.get(before.len()..).unwrap_or("");
    let end = before.len() + rest.find(['\n', '\r']).unwrap_or(rest.len());
    told(document, encoding, edits(text, start..end.min(at)))
}

/// Where the brace stands that a brace at the end closes.
fn opening(before: &str) -> Option<usize> {
    let mut open = Vec::new();
    let mut last = None;
    for token in tokens(before, 0..before.len()) {
        match token.text {
            "{" => open.push(token.at),
            "}" => {
                last = open.pop();
                continue;
            }
            _ => {}
        }
        last = None;
    }
    last
}

/// The edits inside a part of a text, in order. None, if they alone would not lead to where all of them lead.
fn edits(text: &str, part: Range<usize>) -> Vec<Edit> {
    let wanted = styled(text);
    let mut edits = differences(text, &wanted);
    // What is put in at the very end belongs to what stands behind.
    let behind = |bytes: &Range<usize>| bytes.start == part.end && part.end < text.len();
    edits.retain(|(bytes, _)| part.start <= bytes.start && bytes.end <= part.end && !behind(bytes));
    let made = made(text, &edits);
    if made == wanted || styled(&made) == wanted {
        joined(edits)
    } else {
        Vec::new()
    }
}

/// A text in the one style; a mark at its beginning stays, as it does for `kupuya fmt`.
fn styled(text: &str) -> String {
    let source = Source::new("document", Origin::Project, text.as_bytes());
    let mark = if source.byte_order_mark { "\u{feff}" } else { "" };
    format!("{mark}{}", format::source(SourceId(0), &source).text)
}

fn made(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (bytes, new) in edits {
        out.push_str(text.get(at..bytes.start).unwrap_or(""));
        out.push_str(new);
        at = bytes.end;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}

/// What makes one text another of the same tokens, in order and apart.
fn differences(old: &str, new: &str) -> Vec<Edit> {
    let (from, to) = (tokens(old, 0..old.len()), tokens(new, 0..new.len()));
    let mut edits = Vec::new();
    // So far both texts are told.
    let (mut at, mut written) = (0, 0);
    let mut moved = Moved::default();
    let mut start = 0;
    for (place, (one, other)) in from.iter().zip(&to).enumerate() {
        if !moved.settled(one.text, other.text) {
            continue;
        }
        let (Some(first), Some(other_first)) = (from.get(start), to.get(start)) else {
            break;
        };
        gap(old, at..first.at, &new[written..other_first.at], &mut edits);
        let (inside, other_inside) = (first.at..one.end(), &new[other_first.at..other.end()]);
        if old[inside.clone()] != *other_inside {
            edits.push((inside, other_inside.to_owned()));
        }
        (at, written) = (one.end(), other.end());
        start = place + 1;
    }
    if start == from.len() && start == to.len() {
        gap(old, at..old.len(), &new[written..], &mut edits);
    } else {
        // Tokens that stand in one text only: the formatter makes none, but if it did, all would be told.
        edits.push((at..old.len(), new[written..].to_owned()));
    }
    edits
}

/// How often more a token stands in the old text than in the new one, in two pieces that began together.
#[derive(Debug, Default)]
struct Moved<'t> {
    more: HashMap<&'t str, i64>,
}

impl<'t> Moved<'t> {
    /// Whether both pieces hold the same once these are added.
    fn settled(&mut self, old: &'t str, new: &'t str) -> bool {
        if old != new {
            self.count(old, 1);
            self.count(new, -1);
        }
        self.more.is_empty()
    }

    fn count(&mut self, token: &'t str, by: i64) {
        let count = self.more.entry(token).or_default();
        *count += by;
        if *count == 0 {
            self.more.remove(token);
        }
    }
}

/// The edits of a gap: one, or if lines end in it before and after, one for the end of the line, one for the lines
/// between, and one for the indentation.
fn gap(text: &str, bytes: Range<usize>, new: &str, edits: &mut Vec<Edit>) {
    let old = &text[bytes.clone()];
    let mut push = |from: usize, to: usize, new: &str| {
        let place = bytes.start + from..bytes.start + to;
        if text[place.clone()] != *new {
            edits.push((place, new.to_owned()));
        }
    };
    let lines = |gap: &str| Some((gap.find(['\n', '\r'])?, gap.rfind(['\n', '\r'])? + 1));
    match (lines(old), lines(new)) {
        (Some((first, last)), Some((new_first, new_last))) => {
            push(0, first, &new[..new_first]);
            push(first, last, &new[new_first..new_last]);
            push(last, old.len(), &new[new_last..]);
        }
        _ => push(0, old.len(), new),
    }
}

/// Edits that touch each other as one.
fn joined(edits: Vec<Edit>) -> Vec<Edit> {
    let mut out: Vec<Edit> = Vec::new();
    for (bytes, new) in edits {
        match out.last_mut() {
            Some((before, text)) if before.end == bytes.start => {
                before.end = bytes.end;
                text.push_str(&new);
            }
            _ => out.push((bytes, new)),
        }
    }
    out
}

fn told(document: &Document, encoding: Encoding, edits: Vec<Edit>) -> Vec<TextEdit> {
    edits
        .into_iter()
        .map(|(bytes, new_text)| TextEdit {
            range: document.lines.range(&document.text, bytes, encoding),
            new_text,
        })
        .collect()
}
