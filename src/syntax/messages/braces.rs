//! Messages about braces, brackets and nesting.

use super::{edit, error, safe, short};
use crate::diagnostic::{Diagnostic, Text};
use crate::source::Span;
use crate::syntax::codes;

/// A block that is not closed.
pub(in crate::syntax) fn missing_close(header: Span, open: Span, place: Span, noticed: Span) -> Diagnostic {
    error(
        codes::MISSING_BRACE,
        "this block has no closing `}`",
        place,
        "a `}` is missing here",
    )
    .and(
        Span {
            end: open.end,
            ..header
        },
        "the block begins here",
    )
    .and(noticed, "it is noticed here")
    .help("close the block with `}` on a line of its own")
    .fix(edit("insert `}`", place, "\n}"))
}

/// A block without its `{`.
pub(in crate::syntax) fn missing_open(header: Span, place: Span, close: Span) -> Diagnostic {
    error(
        codes::MISSING_BRACE,
        "this block has no opening `{`",
        place,
        "a `{` is missing here",
    )
    .and(header, "the block of this line")
    .and(close, "is closed here")
    .help("write `{` at the end of the line")
    .fix(edit("insert `{`", place, " {"))
}

/// A `}` too many in the middle of a block.
pub(in crate::syntax) fn closed_too_early(header: Span, block: Span, close: Span) -> Diagnostic {
    let end = Span {
        start: block.end.saturating_sub(1),
        ..block
    };
    error(
        codes::STRAY_BRACE,
        "this `}` closes its block too early",
        end,
        "one `}` too many, or a `{` is missing above",
    )
    .and(header, "the block begins here")
    .and(close, "and seems to end here")
    .help("take this `}` out, or write the `{` that belongs to it")
    .fix(edit("take `}` out", end, ""))
}

/// A declaration or promise in a block that cannot hold it, and which it has therefore closed.
pub(in crate::syntax) fn closed_by(header: Span, inside: Span, is_section: bool, close: Span) -> Diagnostic {
    error(
        codes::MISPLACED,
        "this cannot stand in the block of another declaration",
        inside,
        if is_section {
            "a `section` stands at top level; sections do not lie in sections"
        } else {
            "it stands at top level or in a `section`; promises also in a `rule`"
        },
    )
    .and(header, "the block begins here")
    .and(close, "and ends here")
    .help("move it out of the block")
}

/// A `}` that closes nothing.
pub(in crate::syntax) fn stray_close(at: Span) -> Diagnostic {
    error(
        codes::STRAY_BRACE,
        "this `}` closes nothing",
        at,
        "no block is open here",
    )
    .help("take it out, or write the `{` that belongs to it")
    .fix(edit("take `}` out", at, ""))
}

/// A `{` that opens nothing.
pub(in crate::syntax) fn stray_open(at: Span) -> Diagnostic {
    error(
        codes::STRAY_BRACE,
        "this `{` opens nothing",
        at,
        "a block begins behind a declaration, such as `data name \"label\" {`",
    )
    .fix(edit("take `{` out", at, ""))
}

/// Blocks in blocks in blocks.
pub(in crate::syntax) fn too_deep_blocks(at: Span, deepest: usize) -> Diagnostic {
    error(
        codes::TOO_DEEP,
        Text::new("blocks may be nested {deepest} deep").with("deepest", deepest.to_string()),
        at,
        "this block lies deeper",
    )
    .help("what lies deeper is left out; make the tree flatter")
}

/// Brackets in brackets in brackets.
pub(in crate::syntax) fn too_deep_brackets(at: Span, deepest: usize) -> Diagnostic {
    error(
        codes::TOO_DEEP,
        Text::new("brackets may be nested {deepest} deep").with("deepest", deepest.to_string()),
        at,
        "this bracket lies deeper",
    )
}

/// A `(` without its `)`.
pub(in crate::syntax) fn unclosed_bracket(open: Span, end: Span) -> Diagnostic {
    error(codes::MISSING_BRACE, "this `(` is not closed", open, "opened here")
        .and(end, "a `)` is missing by here")
        .fix(edit("insert `)`", end, ")"))
}

/// A bracket alone.
pub(in crate::syntax) fn lone_bracket(at: Span, bracket: &str) -> Diagnostic {
    error(
        codes::STRAY_BRACE,
        Text::new("this `{bracket}` has no other half").with("bracket", bracket),
        at,
        "no bracket is open here",
    )
    .fix(edit("take it out", at, ""))
}

/// A word or sign that stands twice.
pub(in crate::syntax) fn doubled(at: Span, word: &str) -> Diagnostic {
    let found = error(
        codes::DUPLICATE_WORD,
        Text::new("`{word}` stands twice").with("word", short(word)),
        at,
        "the second one",
    );
    // Two that deny may be meant to allow.
    found.fix(if word == "not" {
        edit(Text::new("take the second `{word}` out").with("word", word), at, "")
    } else {
        safe(
            Text::new("take the second `{word}` out").with("word", short(word)),
            at,
            "",
        )
    })
}
