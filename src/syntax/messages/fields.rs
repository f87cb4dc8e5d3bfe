//! Messages about fields.

use super::lines::suggest;
use super::{edit, error, safe, short};
use crate::diagnostic::{Diagnostic, Text};
use crate::source::Span;
use crate::syntax::codes;
use crate::syntax::vocabulary::{Kind, kind as entry};

/// A field that the kind does not have.
pub(in crate::syntax) fn unknown_field(at: Span, word: &str, kind: Kind, near: Option<&str>) -> Diagnostic {
    let kind = entry(kind);
    let found = error(
        codes::UNKNOWN_FIELD,
        Text::new("a `{kind}` has no field `{word}`")
            .with("kind", kind.word)
            .with("word", short(word)),
        at,
        "not a field of this kind",
    );
    if near.is_some() {
        return suggest(found, at, near);
    }
    let words: Vec<String> = kind.fields.iter().map(|field| format!("`{}`", field.word)).collect();
    if words.is_empty() {
        return found.help("its only fields are `ru`, `en`, `ref` and `was`");
    }
    found.help(Text::new("its fields are {words}").with("words", words.join(", ")))
}

/// A field without its colon.
pub(in crate::syntax) fn missing_colon(at: Span, word: &str) -> Diagnostic {
    error(
        codes::MISSING_COLON,
        Text::new("a colon is missing after `{word}`").with("word", word),
        at,
        "a field is written `word: value`",
    )
    .fix(safe("insert `:`", at.after(), ":"))
}

/// A field's word without a colon, or twice.
pub(in crate::syntax) fn field_without_colon(text: &str, at: Span, word: &str) -> Diagnostic {
    let rest = text.get(at.end as usize..).unwrap_or("");
    let trimmed = rest.trim_start_matches([' ', '\t']);
    let again = trimmed
        .strip_prefix(word)
        .is_some_and(|after| after.trim_start().starts_with(':'));
    if !again {
        return missing_colon(at, word);
    }
    let start = at.end + u32::try_from(rest.len() - trimmed.len()).unwrap_or(0);
    let second = Span {
        start,
        end: start + (at.end - at.start),
        ..at
    };
    super::doubled(second, word)
}

/// A line that begins with a colon.
pub(in crate::syntax) fn missing_field_word(at: Span) -> Diagnostic {
    error(
        codes::MISSING_NAME,
        "the field's word is missing before `:`",
        at,
        "a field is written `word: value`",
    )
}

/// A line in a block whose kind has neither children nor sentences.
pub(in crate::syntax) fn no_member(at: Span, word: &str, kind: Kind, near: Option<&str>) -> Diagnostic {
    let found = error(
        codes::UNEXPECTED_WORD,
        Text::new("a `{kind}` holds fields only").with("kind", entry(kind).word),
        at,
        Text::new("`{word}` is none: a field is written `word: value`").with("word", short(word)),
    );
    match near {
        Some(near) => found.help(Text::new("did you mean `{near}:`?").with("near", near)),
        None => found,
    }
}

/// Two values without a comma.
pub(in crate::syntax) fn second_value(place: Option<Span>, at: Span, word: &str, same: bool) -> Diagnostic {
    if same {
        return super::doubled(at, word);
    }
    let found = error(
        codes::MISSING_COMMA,
        "two values stand side by side",
        at,
        "expected a comma before it, or the end of the line",
    );
    match place {
        Some(place) => found.fix(edit("insert `,`", place, ",")),
        None => found,
    }
}

/// A number with something behind it that is no unit of time.
pub(in crate::syntax) fn bad_unit(at: Span, word: &str) -> Diagnostic {
    let last = word.rsplit(' ').next().unwrap_or(word);
    let units = ["hours", "days", "weeks", "months", "years"];
    let near = crate::syntax::words::nearest(last, units.into_iter());
    let found = error(
        codes::WRONG_VALUE,
        Text::new("`{word}` is no unit of time").with("word", short(word)),
        at,
        "expected `hours`, `days`, `working days`, `weeks`, `months` or `years`",
    );
    match near {
        Some(near) => found.help(Text::new("did you mean `{near}`?").with("near", near)),
        None => found,
    }
}

/// A field that opens a block.
pub(in crate::syntax) fn field_with_block(at: Span) -> Diagnostic {
    error(codes::STRAY_BRACE, "a field has no block", at, "this `{` opens nothing").fix(edit("take `{` out", at, ""))
}

/// A field without a value.
pub(in crate::syntax) fn missing_field_value(at: Span, word: &str, expected: Text) -> Diagnostic {
    error(
        codes::MISSING_VALUE,
        Text::new("`{word}:` has no value").with("word", word),
        at,
        Text::new("expected {expected}").with("expected", expected),
    )
}

/// A value of the wrong form.
pub(in crate::syntax) fn wrong_field_value(at: Span, word: &str, expected: Text) -> Diagnostic {
    error(
        codes::WRONG_VALUE,
        Text::new("`{word}:` takes {expected}")
            .with("word", word)
            .with("expected", expected),
        at,
        "another form",
    )
}

/// A date or a period in quotes.
pub(in crate::syntax) fn quoted_value(at: Span, word: &str, expected: Text, bare: &str) -> Diagnostic {
    wrong_field_value(at, word, expected).fix(safe("take the quotes out", at, bare))
}

/// A text without quotes.
pub(in crate::syntax) fn unquoted_text(at: Span, word: &str, expected: Text, text: &str) -> Diagnostic {
    let found = wrong_field_value(at, word, expected);
    match text.contains('\\') {
        true => found,
        false => found.fix(edit("put it in quotes", at, format!("\"{text}\""))),
    }
}

/// A period with its number in words: `five years`.
pub(in crate::syntax) fn number_in_words(at: Span, words: &str, count: usize) -> Diagnostic {
    let unit = words.split_whitespace().skip(1).collect::<Vec<_>>().join(" ");
    let period = format!("{count} {unit}");
    error(
        codes::WRONG_VALUE,
        Text::new("a period is written with a figure, not `{found}`").with("found", short(words)),
        at,
        "expected a period, such as `30 days`",
    )
    .fix(edit(
        Text::new("write `{date}`").with("date", period.clone()),
        at,
        period,
    ))
}

/// A word of a closed list, misspelt.
pub(in crate::syntax) fn wrong_word(
    at: Span,
    found: &str,
    word: &str,
    expected: Text,
    near: Option<&str>,
) -> Diagnostic {
    let diagnostic = error(
        codes::WRONG_VALUE,
        Text::new("`{word}:` takes {expected}, not `{found}`")
            .with("word", word)
            .with("expected", expected)
            .with("found", short(found)),
        at,
        "none of these",
    );
    suggest(diagnostic, at, near)
}

/// More values than one.
pub(in crate::syntax) fn one_value(at: Span, word: &str) -> Diagnostic {
    error(
        codes::WRONG_VALUE,
        Text::new("`{word}:` takes one value").with("word", word),
        at,
        "a second value",
    )
}

/// A connecting word that this field does not take.
pub(in crate::syntax) fn not_in_field(at: Span, connector: &str, word: &str) -> Diagnostic {
    error(
        codes::UNEXPECTED_WORD,
        Text::new("`{connector}` has no place in `{word}:`")
            .with("connector", connector)
            .with("word", word),
        at,
        "expected the end of the line, or a comma and another value",
    )
}
