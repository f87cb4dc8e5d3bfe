//! The one style, as small edits. Needs no analysis, so it never waits for one.

use std::ops::Range;

use kupuya::format::{self, tokens::tokens};
use kupuya::source::{Origin, Source, SourceId};

use crate::document::Document;
use crate::positions::Encoding;
use crate::proto::{Position, TextEdit};

/// The edits that bring a whole text into the one style.
#[must_use]
pub fn whole(document: &Document, encoding: Encoding) -> Vec<TextEdit> {
    told(document, encoding, edits(&document.text))
}

/// Those of them that touch a part of the text.
#[must_use]
pub fn part(document: &Document, encoding: Encoding, part: crate::proto::Range) -> Vec<TextEdit> {
    let start = document.lines.offset(&document.text, part.start, encoding);
    let end = document.lines.offset(&document.text, part.end, encoding);
    let touching = |(bytes, _): &(Range<usize>, String)| bytes.start < end && start < bytes.end.max(bytes.start + 1);
    told(
        document,
        encoding,
        edits(&document.text).into_iter().filter(touching).collect(),
    )
}

/// Those that a line end or a closing brace just typed before a position makes due: of the line that was ended, or of the
/// block that was closed. What is still to be written is left alone.
#[must_use]
pub fn typed(document: &Document, encoding: Encoding, position: Position, letter: &str) -> Vec<TextEdit> {
    let text: &str = &document.text;
    let at = document.lines.offset(text, position, encoding);
    let before = text.get(..at).unwrap_or("").trim_end_matches(['\n', '\r', ' ', '\t']);
    let from = match letter {
        "}" => opening(before).unwrap_or(at),
        _ => before.len(),
    };
    let line = text.get(..from).unwrap_or("");
    let start = line.rfind(['\n', '\r']).map_or(0, |line_end| line_end + 1);
    let end = text
        .get(before.len()..)
        .and_then(|rest| rest.find('\n'))
        .map_or(text.len(), |line_end| before.len() + line_end + 1);
    let due = |(bytes, _): &(Range<usize>, String)| start <= bytes.start && bytes.end <= end;
    told(document, encoding, edits(text).into_iter().filter(due).collect())
}

/// Where the brace stands that the last one closes.
fn opening(before: &str) -> Option<usize> {
    let mut open = Vec::new();
    let mut last = None;
    for token in tokens(before, 0..before.len()) {
        match token.text {
            "{" => open.push(token.at),
            "}" => last = open.pop(),
            _ => {}
        }
    }
    last
}

/// Bytes with what is to stand in their place, whole lines at a time, in order.
fn edits(text: &str) -> Vec<(Range<usize>, String)> {
    let source = Source::new("document", Origin::Project, text.as_bytes());
    let formatted = format::source(SourceId(0), &source);
    if formatted.unchanged || source.byte_order_mark {
        return Vec::new();
    }
    let mut edits = Vec::new();
    let (mut at, mut old, mut new) = (0, Vec::new(), Vec::new());
    let difference = similar::TextDiff::from_lines(text, formatted.text.as_str());
    for change in difference.iter_all_changes() {
        let line = change.value();
        match change.tag() {
            similar::ChangeTag::Equal => {
                edits.append(&mut replaced(at, &mut old, &mut new));
                at += line.len();
            }
            similar::ChangeTag::Delete => {
                old.push(at..at + line.len());
                at += line.len();
            }
            similar::ChangeTag::Insert => new.push(line.to_owned()),
        }
    }
    edits.append(&mut replaced(at, &mut old, &mut new));
    edits
}

/// Old lines with what is to stand in their place: line by line if there are as many of both, at once if not.
fn replaced(at: usize, old: &mut Vec<Range<usize>>, new: &mut Vec<String>) -> Vec<(Range<usize>, String)> {
    let (old, new) = (std::mem::take(old), std::mem::take(new));
    if old.len() == new.len() {
        return old.into_iter().zip(new).collect();
    }
    let start = old.first().map_or(at, |first| first.start);
    vec![(start..at, new.concat())]
}

fn told(document: &Document, encoding: Encoding, edits: Vec<(Range<usize>, String)>) -> Vec<TextEdit> {
    edits
        .into_iter()
        .map(|(bytes, new_text)| TextEdit {
            range: document.lines.range(&document.text, bytes, encoding),
            new_text,
        })
        .collect()
}
