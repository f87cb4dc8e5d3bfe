//! Messages about headers: kinds, names, labels.

use super::lines::suggest;
use super::{edit, error, safe, short};
use crate::diagnostic::{Argument, Diagnostic, Text};
use crate::source::Span;
use crate::syntax::ast::Declaration;
use crate::syntax::codes;
use crate::syntax::vocabulary::{Kind, kind as entry};

/// What may follow in a header.
pub(in crate::syntax) fn expected_in_header(found: &Declaration) -> Text {
    let mut expected = Vec::new();
    if found.label.is_none() {
        expected.push(Argument::Words("the label in quotes".into()));
    }
    if found.is.is_empty() {
        expected.push("`is`".into());
    }
    expected.push(Argument::Words("`{` or the end of the line".into()));
    Text::new("{all}").with("all", Argument::listed(expected))
}

/// A kind that is none.
pub(in crate::syntax) fn unknown_kind(at: Span, word: &str, near: Option<&str>) -> Diagnostic {
    let found = error(
        codes::UNKNOWN_KIND,
        Text::new("`{word}` is no kind of declaration").with("word", short(word)),
        at,
        "expected a kind, such as `data`, `purpose` or `recipient`",
    );
    suggest(found, at, near)
}

/// A header without its kind.
pub(in crate::syntax) fn missing_kind(at: Span, name: &str, near: Option<&str>) -> Diagnostic {
    let found = error(
        codes::MISSING_WORD,
        Text::new("a kind is missing before `{name}`").with("name", short(name)),
        at,
        "expected a kind, such as `data`, `purpose` or `recipient`",
    );
    match near {
        Some(near) => found.help(Text::new("or did you mean `{near}`?").with("near", near)),
        None => found,
    }
}

/// A kind without a name.
pub(in crate::syntax) fn missing_declared_name(at: Span, kind: &str) -> Diagnostic {
    error(
        codes::MISSING_NAME,
        Text::new("a name follows `{kind}`").with("kind", kind),
        at,
        "expected a name, such as `identity`",
    )
}

/// A kind with neither name nor text.
pub(in crate::syntax) fn nothing_declared(at: Span, kind: &str) -> Diagnostic {
    error(
        codes::MISSING_VALUE,
        Text::new("this `{kind}` says nothing").with("kind", kind),
        at,
        "expected a name or a text in quotes",
    )
}

/// A name of several words, or with signs in it.
pub(in crate::syntax) fn bad_name(at: Span, written: &str, mended: Option<&str>) -> Diagnostic {
    let found = error(
        codes::BAD_NAME,
        Text::new("`{name}` is not one name").with("name", short(written)),
        at,
        "a name is one word of letters, digits and `_`, and begins with a letter",
    );
    match mended {
        Some(mended) => found.fix(edit(Text::new("write `{name}`").with("name", mended), at, mended)),
        None => found,
    }
}

/// A name in quotes, before the label.
pub(in crate::syntax) fn quoted_name(at: Span, name: &str) -> Diagnostic {
    error(
        codes::BAD_NAME,
        Text::new("the name `{name}` stands in quotes").with("name", short(name)),
        at,
        "only the label behind it stands in quotes",
    )
    .fix(safe("take the quotes out", at, name))
}

/// A label without a name before it.
pub(in crate::syntax) fn missing_child_name(at: Span) -> Diagnostic {
    error(
        codes::MISSING_NAME,
        "a name is missing before this label",
        at,
        "a child is written `name \"label\"`",
    )
}

/// A child called by a path.
pub(in crate::syntax) fn dotted_child(at: Span) -> Diagnostic {
    error(
        codes::UNEXPECTED_WORD,
        "a child is declared by its own name, without a dot",
        at,
        "its path follows from where it stands",
    )
}

/// Several children on a line.
pub(in crate::syntax) fn one_child_a_line(at: Span) -> Diagnostic {
    error(
        codes::MISSING_LINE_END,
        "each child stands on a line of its own",
        at,
        "expected one name",
    )
}

/// A block that must be there.
pub(in crate::syntax) fn needs_block(at: Span, kind: &str) -> Diagnostic {
    error(
        codes::MISSING_BRACE,
        Text::new("a `{kind}` has a block").with("kind", kind),
        at.after(),
        "expected `{`",
    )
    .fix(edit("insert an empty block", at.after(), " {\n}"))
}

/// A third or second string in a header.
pub(in crate::syntax) fn second_label(at: Span) -> Diagnostic {
    error(
        codes::DUPLICATE_WORD,
        "a declaration has one label",
        at,
        "a second text",
    )
    .help("labels in other languages are fields: `ru: \"…\"`, `en: \"…\"`")
    .fix(edit("take it out", at, ""))
}

/// A connecting word that no header has.
pub(in crate::syntax) fn not_in_header(at: Span, word: &str, kind: Kind) -> Diagnostic {
    let kind = entry(kind);
    let found = error(
        codes::UNEXPECTED_WORD,
        Text::new("`{word}` has no place in the header of a `{kind}`")
            .with("word", word)
            .with("kind", kind.word),
        at,
        "a header reads: KIND name \"label\" is … in … when … {",
    );
    if kind.fields.iter().any(|field| field.word == word) {
        return found.help(Text::new("write it as a field in the block: `{word}: …`").with("word", word));
    }
    found
}

/// A name in a header with nothing that connects it.
pub(in crate::syntax) fn missing_is(at: Span, word: &str, labelled: bool) -> Diagnostic {
    let found = error(
        codes::MISSING_WORD,
        Text::new("did not expect `{word}` here").with("word", short(word)),
        at,
        if labelled {
            "expected `is`, `{` or the end of the line after the label"
        } else {
            "expected the label in quotes, `is`, `{` or the end of the line"
        },
    );
    if !labelled {
        return found;
    }
    found.fix(edit("insert `is`", Span { end: at.start, ..at }, "is "))
}
