//! Text to tree: total. Any bytes give a tree and a list of errors; one mistake gives one error.
//!
//! The way of a text: [`parse`] has pest match its lines (`grammar`), decides which block each belongs to (`blocks`),
//! and turns them into the tree (`lower`), telling what is wrong with them on the way (`messages`).

pub mod ast;
mod blocks;
pub mod codes;
mod grammar;
mod letters;
mod lines;
mod lower;
mod messages;
pub mod prose;
mod reader;
mod shape;
mod trees;
pub mod vocabulary;
mod words;

use crate::diagnostic::{Diagnostic, Severity, sorted};
use crate::source::{Source, SourceId};
use reader::Reader;
pub use trees::Trees;

/// The longest file that is read, in bytes.
pub const LONGEST_FILE: usize = 4 << 20;

/// A file with more places than this that are not UTF-8 is no text and is not read further.
const MOST_BAD_PLACES: usize = 100;

/// The most errors shown of one file.
pub const MOST_ERRORS: usize = 50;

/// Reads a source. Never fails: what is wrong is in the list, and what is around it is in the tree.
#[must_use]
pub fn parse(source_id: SourceId, source: &Source) -> (ast::File, Vec<Diagnostic>) {
    let readable = letters::readable(&source.text);
    let mut reader = Reader::new(source_id, &source.text);
    letters::check(&mut reader, source);
    let mut file = ast::File {
        source: source_id,
        items: Vec::new(),
        comments: Vec::new(),
        broken: Vec::new(),
    };
    if source.text.len() > LONGEST_FILE {
        reader.begin_line();
        reader.report(messages::too_long(reader.at(0, 0), LONGEST_FILE));
        return (file, reader.found);
    }
    if source.bad_bytes.len() > MOST_BAD_PLACES || letters::is_utf16(source) {
        return (file, reader.found);
    }
    let Some(lines) = grammar::lines(&readable) else {
        reader.begin_line();
        reader.report(messages::too_long(reader.at(0, 0), LONGEST_FILE));
        return (file, reader.found);
    };
    file.comments = lines
        .clone()
        .flatten()
        .filter(|node| node.as_rule() == grammar::Rule::COMMENT)
        .map(|node| reader.span(&node))
        .collect();
    let (trees, braces) = blocks::blocks(&reader, lines);
    file.items = lower::items(&mut reader, &trees, None, None);
    let mut found = reader.found;
    found.extend(braces);
    let errors = found.iter().filter(|one| one.severity == Severity::Error);
    file.broken = errors.filter_map(Diagnostic::place).collect();
    file.broken.sort_unstable();
    (file, capped(sorted(found)))
}

/// Reads one request, as `kupuya decide` takes it on the command line.
#[must_use]
pub fn parse_request(source_id: SourceId, source: &Source) -> (Option<ast::Sentence>, Vec<Diagnostic>) {
    let readable = letters::readable(&source.text);
    let mut reader = Reader::new(source_id, &source.text);
    letters::check(&mut reader, source);
    reader.begin_line();
    let whole = reader.at(0, source.text.len());
    let lines = if source.text.len() > LONGEST_FILE {
        None
    } else {
        grammar::lines(&readable)
    };
    let Some(lines) = lines else {
        reader.report(messages::too_long(whole, LONGEST_FILE));
        return (None, reader.found);
    };
    let (trees, braces) = blocks::blocks(&reader, lines);
    let sentence = lower::request(&mut reader, &trees, whole);
    let mut found = reader.found;
    if found.iter().all(|known| known.severity != Severity::Error) {
        found.extend(braces);
    }
    (sentence, capped(sorted(found)))
}

/// At most [`MOST_ERRORS`] findings, and how many more there are.
fn capped(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if found.len() > MOST_ERRORS {
        let more = found.split_off(MOST_ERRORS);
        if let Some(place) = more.first().and_then(Diagnostic::place) {
            found.push(messages::and_more(place, more.len()));
        }
    }
    found
}
