//! Messages about lists, formulas and tests.

use super::{edit, error, short};
use crate::diagnostic::{Applicability, Diagnostic, Fix, Text};
use crate::source::Span;
use crate::syntax::codes;

/// `and` or `or` in a list of nouns.
pub(in crate::syntax) fn joined_list(at: Span, word: &str) -> Diagnostic {
    error(
        codes::UNEXPECTED_WORD,
        "nouns are joined by commas",
        at,
        Text::new("`{word}` joins bases and facts after `under`, `when`, `until` and `after`").with("word", word),
    )
    .fix(edit("write a comma", at, ","))
}

/// `not`, a bracket or a comparison in a list.
pub(in crate::syntax) fn no_list_item(at: Span, word: &str) -> Diagnostic {
    error(
        codes::UNEXPECTED_WORD,
        Text::new("`{word}` has no place in a list of names").with("word", short(word)),
        at,
        "expected names with commas between them",
    )
}

/// A comma in a formula.
pub(in crate::syntax) fn comma_in_formula(at: Span) -> Diagnostic {
    error(
        codes::UNEXPECTED_WORD,
        "a comma does not say whether one is enough or all are needed",
        at,
        "expected `and` or `or`",
    )
    .fix(edit("write `or`: one is enough", at, " or"))
    .fix(edit("write `and`: all are needed", at, " and"))
}

/// `any` and the like in a formula.
pub(in crate::syntax) fn no_formula_item(at: Span, word: &str) -> Diagnostic {
    error(
        codes::UNEXPECTED_WORD,
        Text::new("`{word}` has no place here").with("word", short(word)),
        at,
        "expected a name",
    )
}

/// `a and b or c`: both readings as edits.
pub(in crate::syntax) fn mixed_and_or(joints: &[(bool, Span)], operands: &[Span]) -> Diagnostic {
    let second = joints
        .iter()
        .find(|(and, _)| joints.first().is_some_and(|(first, _)| first != and))
        .or(joints.first());
    let places: Vec<Span> = [joints.first(), second]
        .into_iter()
        .flatten()
        .map(|(_, span)| *span)
        .collect();
    let (Some(first), Some(at)) = (places.first(), places.last()) else {
        let here = operands.first().copied().unwrap_or(Span {
            source: crate::source::SourceId(0),
            start: 0,
            end: 0,
        });
        return error(codes::MIXED_AND_OR, "`and` and `or` are mixed", here, "here");
    };
    let mut found = error(
        codes::MIXED_AND_OR,
        "`and` and `or` are mixed without brackets",
        *at,
        "which of the two binds closer?",
    )
    .and(*first, "the other one")
    .help("put brackets around what belongs together");
    let both = [
        Fix {
            title: "put what `and` joins in brackets".into(),
            edits: brackets(joints, operands, true),
            applicability: Applicability::NeedsReview,
            within: Vec::new(),
        },
        Fix {
            title: "put what `or` joins in brackets".into(),
            edits: brackets(joints, operands, false),
            applicability: Applicability::NeedsReview,
            within: Vec::new(),
        },
    ];
    found.fixes.extend(both.into_iter().filter(|fix| !fix.edits.is_empty()));
    found
}

/// Brackets around each run of operands that is joined by `and` (or by `or`).
fn brackets(joints: &[(bool, Span)], operands: &[Span], inner: bool) -> Vec<(Span, String)> {
    let mut edits = Vec::new();
    let mut start = 0;
    for at in 0..operands.len() {
        let goes_on = joints.get(at).is_some_and(|(and, _)| *and == inner);
        if goes_on {
            continue;
        }
        if let (true, Some(first), Some(last)) = (at > start, operands.get(start), operands.get(at)) {
            let begin = Span {
                end: first.start,
                ..*first
            };
            edits.push((begin, "(".to_owned()));
            edits.push((last.after(), ")".to_owned()));
        }
        start = at + 1;
    }
    edits
}

/// A comparison without its right side.
pub(in crate::syntax) fn missing_bound(at: Span) -> Diagnostic {
    error(
        codes::MISSING_VALUE,
        "a number, a date or a period follows a comparison",
        at.after(),
        "nothing to compare with",
    )
}

/// `age 17..14`.
pub(in crate::syntax) fn empty_range(at: Span) -> Diagnostic {
    error(
        codes::WRONG_VALUE,
        "this range is empty",
        at,
        "the first number is larger than the second",
    )
}

/// `age 5..`.
pub(in crate::syntax) fn open_range(at: Span, what: &str, low: u32) -> Diagnostic {
    error(
        codes::WRONG_VALUE,
        "a range has two ends",
        at,
        "the second number is missing",
    )
    .help(
        Text::new("write both ends (`{what} 14..17`), or `{what} >= {low}`")
            .with("what", short(what))
            .with("low", low.to_string()),
    )
}

/// A rule that begins with its noun.
pub(in crate::syntax) fn missing_each(at: Span, noun: &str) -> Diagnostic {
    error(
        codes::MISSING_WORD,
        Text::new("`each` is missing before `{noun}`").with("noun", short(noun)),
        at,
        "a rule reads: each NOUN must …",
    )
    .fix(edit("insert `each`", Span { end: at.start, ..at }, "each "))
}

/// `each` without a noun.
pub(in crate::syntax) fn missing_noun(lead: Span) -> Diagnostic {
    error(
        codes::MISSING_NAME,
        "a noun follows `each`",
        lead.after(),
        "expected a kind, a class or a verb, such as `consent`",
    )
}

/// Something else where `must` should be.
pub(in crate::syntax) fn expected_must(at: Span, word: &str, has_condition: bool) -> Diagnostic {
    let expected = if has_condition {
        "expected `and`, `or` or `must`"
    } else {
        "expected `except`, `where` or `must` after the noun"
    };
    let message = if word.is_empty() {
        Text::new("this rule demands nothing: `must` is missing")
    } else {
        Text::new("did not expect `{word}` here").with("word", short(word))
    };
    let found = error(codes::UNEXPECTED_WORD, message, at, expected);
    match word {
        "have" | "be" | "has" | "is" => found.fix(edit("insert `must`", Span { end: at.start, ..at }, "must ")),
        _ => found,
    }
}

/// Something else where a test should begin.
pub(in crate::syntax) fn expected_has(at: Span, word: &str, lead: &'static str) -> Diagnostic {
    let (have, be) = if lead == "where" { ("has", "is") } else { ("have", "be") };
    if word == lead || word == "and" || word == "or" {
        return super::doubled(at, word);
    }
    error(
        codes::MISSING_WORD,
        Text::new("`{have}` or `{be}` follows `{lead}`")
            .with("have", have)
            .with("be", be)
            .with("lead", lead),
        at,
        Text::new("expected `{have}` or `{be}`")
            .with("have", have)
            .with("be", be),
    )
}

/// `must not have x`.
pub(in crate::syntax) fn not_have(at: Span, word: &str) -> Diagnostic {
    error(
        codes::UNEXPECTED_WORD,
        Text::new("write `{word} no …`, not `not {word} …`").with("word", word),
        at,
        "`not` goes with `is` and `be`",
    )
}

/// Nothing after `has`, `is` or a comma.
pub(in crate::syntax) fn missing_path(at: Span, before: &str) -> Diagnostic {
    error(
        codes::MISSING_NAME,
        Text::new("a name follows `{before}`").with("before", short(before)),
        at,
        "expected a name",
    )
}

/// Something after a test that belongs to nothing.
pub(in crate::syntax) fn unexpected_in_test(at: Span, word: &str) -> Diagnostic {
    error(
        codes::UNEXPECTED_WORD,
        Text::new("did not expect `{word}` here").with("word", short(word)),
        at,
        "expected `and`, `or` or the end of the line",
    )
}

/// A path of four steps in a rule.
pub(in crate::syntax) fn long_path(at: Span) -> Diagnostic {
    error(
        codes::TOO_DEEP,
        "a path in a rule has at most three steps",
        at,
        "this one is longer",
    )
}

/// A date in another form.
pub(in crate::syntax) fn date_in_another_form(at: Span, written: &str) -> Diagnostic {
    if written.split(['-', '.', '/']).any(|part| part.len() > 4) {
        return error(
            codes::BAD_DATE,
            Text::new("`{written}` lies in a year of more than four digits").with("written", written),
            at,
            "years go from 1 to 9999",
        );
    }
    let found = error(
        codes::BAD_DATE,
        Text::new("`{written}` is no date of the form `2022-10-17`").with("written", written),
        at,
        "expected year, month and day",
    );
    match reordered(written) {
        Some(date) => found.fix(edit(Text::new("write `{date}`").with("date", date.clone()), at, date)),
        None => found,
    }
}

/// `17.10.2022` or `2022-1-5` in the order of the language.
fn reordered(written: &str) -> Option<String> {
    let parts: Vec<&str> = written.split(['-', '.', '/']).collect();
    let [first, month, last] = parts.as_slice() else {
        return None;
    };
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    (year.len() == 4).then(|| format!("{year}-{month:0>2}-{day:0>2}"))
}

/// A day that the calendar does not have.
pub(in crate::syntax) fn no_such_date(at: Span, written: &str, month: u16, last: u16) -> Diagnostic {
    let found = error(
        codes::BAD_DATE,
        Text::new("there is no day `{written}`").with("written", written),
        at,
        "not in the calendar",
    );
    if last == 0 {
        return found.help(Text::new("there is no month {month}").with("month", month.to_string()));
    }
    let date = format!("{}-{last:02}", written.get(..7).unwrap_or(written));
    found
        .help(Text::new("this month has {last} days").with("last", last.to_string()))
        .fix(edit(Text::new("write `{date}`").with("date", date.clone()), at, date))
}

/// A number beyond 32 bits.
pub(in crate::syntax) fn number_too_large(at: Span) -> Diagnostic {
    error(codes::WRONG_VALUE, "this number is too large", at, "at most 4294967295")
}
