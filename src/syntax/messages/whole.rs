//! Messages about a file as a whole: its bytes, its letters, its length.

use super::{edit, error};
use crate::diagnostic::{Applicability, Diagnostic, Fix, Severity, Text};
use crate::source::Span;
use crate::syntax::codes;

/// A file beyond the limit.
pub(in crate::syntax) fn too_long(at: Span, limit: usize) -> Diagnostic {
    error(
        codes::TOO_LONG,
        Text::new("a file may be {limit} MiB long").with("limit", (limit >> 20).to_string()),
        at,
        "this one is longer and has not been read",
    )
    .help("split it into several files: the files of a project see each other's names")
}

/// Bytes that are not UTF-8.
pub(in crate::syntax) fn not_utf8(at: Span, count: usize) -> Diagnostic {
    let found = error(
        codes::NOT_UTF8,
        "this file is not written in UTF-8",
        at,
        "bytes that are no letter stand here",
    )
    .help("save the file as UTF-8");
    if count > 1 {
        return found.because(Text::new("it has {count} such places").with("count", count.to_string()));
    }
    found
}

/// A file in UTF-16.
pub(in crate::syntax) fn utf16(at: Span) -> Diagnostic {
    error(
        codes::NOT_UTF8,
        "this file is written in UTF-16",
        at,
        "it has not been read",
    )
    .help("save the file as UTF-8")
}

/// A character that nobody sees, with the places where it stands.
pub(in crate::syntax) fn hidden(letter: char, places: &[Span]) -> Option<Diagnostic> {
    let (first, others) = places.split_first()?;
    let point = format!("U+{:04X}", u32::from(letter));
    let found = error(
        codes::HIDDEN_CHARACTER,
        Text::new("the character {point} stands here, which nobody sees").with("point", &point),
        *first,
        Text::new("{point}").with("point", &point),
    )
    .because("it could hide or reorder what a reader is shown");
    let found = others.iter().fold(found, |found, place| found.and(*place, "and here"));
    Some(found.fix(Fix {
        title: Text::new("take {point} out").with("point", &point),
        edits: places.iter().map(|place| (*place, String::new())).collect(),
        applicability: Applicability::Safe,
        within: Vec::new(),
    }))
}

/// A mark at the beginning that no other program needs.
pub(in crate::syntax) fn byte_order_mark(at: Span) -> Diagnostic {
    Diagnostic::new(
        codes::BYTE_ORDER_MARK,
        Severity::Warning,
        "this file begins with a byte-order mark",
        at,
        "before the first letter",
    )
    .help("save the file as UTF-8 without a mark; it is read all the same")
}

/// Line ends of two habits.
pub(in crate::syntax) fn mixed_line_ends(at: Span) -> Diagnostic {
    Diagnostic::new(
        codes::MIXED_LINE_ENDS,
        Severity::Warning,
        "this file ends its lines in more than one way",
        at,
        "here the line ends in another way than the first one",
    )
    .help("`kupuya fmt` ends all lines alike")
}

/// A line that nobody can read.
pub(in crate::syntax) fn long_line(at: Span, length: usize) -> Diagnostic {
    Diagnostic::new(
        codes::LONG_LINE,
        Severity::Warning,
        Text::new("this line is {length} bytes long").with("length", length.to_string()),
        at,
        "nobody can read it",
    )
    .help("break it: long text is lines that begin with `|` under a field")
}

/// A word in two scripts.
pub(in crate::syntax) fn look_alike(at: Span, word: &str, mended: Option<&str>) -> Diagnostic {
    let found = Diagnostic::new(
        codes::LOOK_ALIKE_LETTER,
        Severity::Warning,
        Text::new("`{word}` mixes Latin and Cyrillic letters").with("word", super::short(word)),
        at,
        "it looks like another word and is not",
    );
    match mended {
        Some(mended) => found.fix(edit(
            Text::new("write `{mended}` in one script").with("mended", mended),
            at,
            mended,
        )),
        None => found,
    }
}

/// More errors than anyone reads.
pub(in crate::syntax) fn and_more(at: Span, count: usize) -> Diagnostic {
    Diagnostic::new(
        codes::TOO_MANY_ERRORS,
        Severity::Note,
        Text::new("and {count} more errors in this file").with("count", count.to_string()),
        at,
        "the first of them",
    )
}

/// Text that is no request.
pub(in crate::syntax) fn no_request(at: Span) -> Diagnostic {
    error(
        codes::MISSING_WORD,
        "this is no request",
        at,
        "expected one sentence, such as `share identity with banks for payments given agreed`",
    )
}
