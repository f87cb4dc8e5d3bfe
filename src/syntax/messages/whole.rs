//! Messages about a file as a whole: its bytes, its letters, its length.

use super::{edit, error};
use crate::diagnostic::{Diagnostic, Severity, Text};
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
