//! Messages about whole lines: what they begin with, where they stand, what is attached to them.

use super::{edit, error, safe, short};
use crate::diagnostic::{Diagnostic, Text};
use crate::source::Span;
use crate::syntax::codes;
use crate::syntax::vocabulary::{CONNECTORS, Kind, kind as entry};

/// Something that fits nowhere; `expected` says what would.
pub(in crate::syntax) fn unexpected(at: Span, word: &str, expected: impl Into<Text>) -> Diagnostic {
    let found = if word.starts_with('"') {
        Text::new("did not expect a text here")
    } else {
        Text::new("did not expect `{word}` here").with("word", short(word))
    };
    error(
        codes::UNEXPECTED_WORD,
        found,
        at,
        Text::new("expected {expected}").with("expected", expected.into()),
    )
}

/// A word that is none of those possible.
pub(in crate::syntax) fn unknown_word(
    at: Span,
    word: &str,
    expected: Option<&'static str>,
    near: Option<&'static str>,
) -> Diagnostic {
    let found = error(
        codes::UNKNOWN_WORD,
        Text::new("did not expect `{word}` here").with("word", short(word)),
        at,
        match expected {
            Some(expected) => Text::new("expected {expected}").with("expected", Text::new(expected)),
            None => Text::new("not known here"),
        },
    );
    suggest(found, at, near)
}

/// Adds "did you mean" with its edit.
pub(super) fn suggest(found: Diagnostic, at: Span, near: Option<&str>) -> Diagnostic {
    match near {
        Some(near) => found
            .help(Text::new("did you mean `{near}`?").with("near", near))
            .fix(edit(Text::new("write `{near}`").with("near", near), at, near)),
        None => found,
    }
}

/// A line that begins with a connecting word and continues nothing.
pub(in crate::syntax) fn line_begins_with(at: Span, word: &str) -> Diagnostic {
    error(
        codes::MISSING_WORD,
        Text::new("a line cannot begin with `{word}`").with("word", word),
        at,
        "there is no sentence above that this could continue",
    )
    .help("a statement begins with a verb, such as `collect` or `share`")
}

/// A line that is nothing at all.
pub(in crate::syntax) fn no_line(at: Span, word: &str) -> Diagnostic {
    error(
        codes::UNEXPECTED_WORD,
        Text::new("a line cannot begin with `{word}`").with("word", short(word)),
        at,
        "expected a declaration, a field or a sentence",
    )
}

/// Two lines in one.
pub(in crate::syntax) fn missing_line_end(at: Span, word: &str) -> Diagnostic {
    error(
        codes::MISSING_LINE_END,
        Text::new("`{word}` belongs on a line of its own").with("word", short(word)),
        at,
        "something else stands before it on this line",
    )
    .fix(edit("begin a new line", Span { end: at.start, ..at }, "\n"))
}

/// A field outside any block, a promise in a block, and so on.
pub(in crate::syntax) fn misplaced(at: Span, what: &'static str, right: &'static str) -> Diagnostic {
    let found = error(
        codes::MISPLACED,
        Text::new("a {what} cannot stand here").with("what", Text::new(what)),
        at,
        Text::new("it stands {right}").with("right", Text::new(right)),
    );
    match what {
        "declaration" | "promise" => found.help("move it out of the block"),
        _ => found,
    }
}

/// A sentence in the block of a noun.
pub(in crate::syntax) fn sentence_in_noun(at: Span, kind: Option<Kind>) -> Diagnostic {
    error(
        codes::MISPLACED,
        Text::new("a statement cannot stand in a `{kind}`").with("kind", kind.map_or("", |kind| entry(kind).word)),
        at,
        "statements stand in a `processing` block",
    )
}

/// A request in a scenario without `allow` or `deny`.
pub(in crate::syntax) fn request_without_lead(at: Span) -> Diagnostic {
    let start = Span { end: at.start, ..at };
    error(
        codes::MISSING_WORD,
        "a line of a scenario begins with `allow` or `deny`",
        at,
        "what is expected of this request?",
    )
    .fix(edit("write `allow`", start, "allow "))
    .fix(edit("write `deny`", start, "deny "))
}

/// A waiver or id at the end of a block.
pub(in crate::syntax) fn dangling(at: Span, what: &'static str) -> Diagnostic {
    error(
        codes::DANGLING_LINE,
        Text::new("this {what} belongs to nothing").with("what", Text::new(what)),
        at,
        "nothing stands below it",
    )
    .help("write it on the line above the statement or declaration that it is for")
}

/// Two ids for one item.
pub(in crate::syntax) fn two_ids(first: Span, second: Span) -> Diagnostic {
    error(codes::DUPLICATE_WORD, "a statement has one id", second, "a second id")
        .and(first, "the first id")
        .fix(edit("take the second id out", second, ""))
}

/// A field that its declaration has already.
pub(in crate::syntax) fn two_fields(first: Span, second: Span, word: &str) -> Diagnostic {
    error(
        codes::DUPLICATE_WORD,
        Text::new("`{word}:` is filled in twice").with("word", word),
        second,
        "again here",
    )
    .and(first, "first here")
    .help("several values stand in one field, with commas between them")
}

/// A prose line under nothing.
pub(in crate::syntax) fn lone_prose(at: Span) -> Diagnostic {
    error(
        codes::MISPLACED,
        "a line that begins with `|` belongs under a field",
        at,
        "no field stands above it",
    )
    .help("write `text:` on the line above it")
}

/// A waiver without a code.
pub(in crate::syntax) fn missing_code(word: Span) -> Diagnostic {
    error(
        codes::MISSING_NAME,
        "a waiver names the finding that it accepts",
        word.after(),
        "expected the code of a finding, such as `no_withdrawal`",
    )
}

/// A waiver whose `until` has no date.
pub(in crate::syntax) fn waived_until(word: Span) -> Diagnostic {
    error(
        codes::MISSING_VALUE,
        "a date follows `until` in a waiver",
        word,
        "expected the last day on which it counts, such as `2026-12-31`",
    )
}

/// A waiver whose `with` has no name.
pub(in crate::syntax) fn waived_with(word: Span) -> Diagnostic {
    error(
        codes::MISSING_VALUE,
        "the other party of the finding follows `with`",
        word,
        "expected the name of a noun, or the `@id` of a sentence",
    )
}

/// A waiver without a reason.
pub(in crate::syntax) fn missing_reason(at: Span) -> Diagnostic {
    error(
        codes::MISSING_VALUE,
        "a waiver gives a reason",
        at,
        "expected the reason in quotes",
    )
}

/// A string that does not end.
pub(in crate::syntax) fn unclosed_string(at: Span, written: &str) -> Diagnostic {
    let found = error(
        codes::UNCLOSED_STRING,
        "this text has no closing quote",
        at,
        "it begins here and does not end on this line",
    )
    .help("a text does not cross a line end; longer text is lines that begin with `|` under a field");
    // With words of the language in it, the text may have ended before them.
    let swallows = written
        .split_whitespace()
        .any(|word| CONNECTORS.iter().any(|(_, known)| *known == word));
    if swallows {
        return found;
    }
    found.fix(edit("insert `\"`", at.after(), "\""))
}

/// A string in curly quotes or guillemets.
pub(in crate::syntax) fn wrong_quotes(at: Span, inside: &str) -> Diagnostic {
    error(
        codes::WRONG_QUOTES,
        "a text stands in straight quotes: `\"…\"`",
        at,
        "other quotes; inside a text they are welcome",
    )
    .fix(safe(
        "write straight quotes",
        at,
        format!("\"{}\"", inside.replace('"', "\\\"")),
    ))
}

/// A dot with nothing behind it.
pub(in crate::syntax) fn name_after_dot(at: Span) -> Diagnostic {
    error(
        codes::MISSING_NAME,
        "a name follows a dot",
        at,
        "nothing follows this dot",
    )
}

/// A word of the language as a name.
pub(in crate::syntax) fn reserved_name(at: Span, word: &str) -> Diagnostic {
    error(
        codes::RESERVED_WORD,
        Text::new("`{word}` is a word of the language and cannot be a name").with("word", word),
        at,
        Text::new("a name could be `{word}_`").with("word", word),
    )
}
