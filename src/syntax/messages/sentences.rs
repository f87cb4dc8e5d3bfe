//! Messages about sentences: verbs, connecting words, what follows them.

use super::lines::suggest;
use super::{connector_word, edit, error, safe, short};
use crate::diagnostic::{Argument, Diagnostic, Text};
use crate::source::Span;
use crate::syntax::ast::{Content, Qualifier, Sentence};
use crate::syntax::codes;
use crate::syntax::vocabulary::{Connector, Verb, usual_parts};

/// What stands before the place of a mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::syntax) enum Before {
    /// The verb.
    Verb,
    /// The data.
    Data,
    /// A part with this connecting word.
    Part(Connector),
    /// `only`, or `or` behind it.
    Only,
}

/// What a connecting word is followed by.
fn thing(connector: Connector) -> Text {
    Text::new(match connector {
        Connector::About => "a subject",
        Connector::From => "a source",
        Connector::With => "a recipient",
        Connector::For => "a purpose or a period",
        Connector::Under => "a basis",
        Connector::When => "a fact",
        Connector::By => "a party",
        Connector::In => "a country",
        Connector::Until => "a fact or a date",
        Connector::After => "a fact",
        Connector::AtMost | Connector::AtLeast | Connector::Within => "a period, such as `30 days`",
        Connector::At => "a channel",
        Connector::Then => "`erase`, `anonymise` or a duty",
        Connector::Given => "what is known: facts and bases",
        Connector::On => "a date",
        Connector::Is => "a name",
        Connector::Cites => "a text in quotes",
        Connector::Verified => "`final`, `text`, `second` or `memory`",
        Connector::Except | Connector::Abroad => "a name",
    })
}

/// The name of a part, for "after the recipient".
fn part_name(connector: Connector) -> &'static str {
    match connector {
        Connector::About => "the subject",
        Connector::From => "the source",
        Connector::With => "the recipient",
        Connector::For => "the purpose",
        Connector::Under => "the basis",
        Connector::When => "the condition",
        Connector::By => "the party",
        Connector::In | Connector::Abroad => "the country",
        Connector::Until | Connector::After => "the event",
        Connector::AtMost | Connector::AtLeast | Connector::Within => "the period",
        Connector::Then => "the duty",
        Connector::Given => "what is given",
        Connector::On => "the date",
        _ => "this",
    }
}

/// The connecting words that may follow, in words: "`for` or `under` after the recipient".
pub(in crate::syntax) fn expected_after(sentence: &Sentence, before: Before) -> Text {
    let keep = sentence.verb.value == Verb::Keep;
    let order = if keep {
        parts_of_keep(sentence)
    } else {
        usual_parts(sentence.verb.value)
    };
    let used = |connector: &Connector| {
        // In a keep a period may follow the purpose.
        let may_be_next = keep && *connector == Connector::For;
        let mut known = sentence.qualifiers.iter();
        known.any(|known| known.connector == *connector && (!may_be_next || is_period(known)))
    };
    let last = match before {
        Before::Part(connector) => order.iter().position(|known| *known == connector),
        _ => None,
    };
    let words: Vec<String> = order
        .iter()
        .skip(last.map_or(0, |last| last + 1))
        .filter(|connector| !used(connector))
        // `about` is rarely what is missing; it is named only when nothing else is left.
        .filter(|connector| **connector != Connector::About)
        .take(2)
        .map(|connector| format!("`{}`", connector_word(*connector)))
        .collect();
    let after = match before {
        Before::Verb => return "the data".into(),
        Before::Only if keep => return "`at most` and a period after `only`".into(),
        Before::Only => return "a part such as `under …` after `only`".into(),
        Before::Data => "the data",
        Before::Part(Connector::For) if sentence.qualifiers.last().is_some_and(is_period) => "the period",
        Before::Part(connector) => part_name(connector),
    };
    let expected = if words.is_empty() {
        Text::new("the end of the line after {after}")
    } else {
        Text::new("{words} after {after}").with("words", Argument::any_of(words))
    };
    expected.with("after", Text::new(after))
}

/// What may follow in a keep: it has one end, `until E` or `for P after E`.
fn parts_of_keep(sentence: &Sentence) -> &'static [Connector] {
    use Connector::{After, AtMost, For, Then, Until};
    let has = |connector: Connector| sentence.qualifiers.iter().any(|part| part.connector == connector);
    match (has(Until), sentence.qualifiers.iter().any(is_period)) {
        (true, _) => &[For, Until, AtMost, Then],
        (false, true) => &[For, After, AtMost, Then],
        (false, false) if has(For) => &[For, Until, For],
        (false, false) => &[Until, For, AtMost, Then],
    }
}

fn is_period(part: &Qualifier) -> bool {
    part.connector == Connector::For && matches!(part.content, Content::Period(_))
}

/// A verb that is none.
pub(in crate::syntax) fn unknown_verb(at: Span, word: &str, near: Option<&str>) -> Diagnostic {
    let found = error(
        codes::UNKNOWN_VERB,
        Text::new("`{word}` is no verb").with("word", short(word)),
        at,
        "expected a verb, such as `collect`, `use`, `share` or `keep`",
    );
    suggest(found, at, near)
}

/// `never`, `allow` or `deny` without a verb.
pub(in crate::syntax) fn missing_verb(at: Span, leading: &str) -> Diagnostic {
    error(
        codes::MISSING_WORD,
        Text::new("a verb follows `{leading}`").with("leading", leading),
        at,
        "expected a verb, such as `use` or `share`",
    )
}

/// A statement that begins with its data.
pub(in crate::syntax) fn missing_statement_verb(at: Span, word: &str) -> Diagnostic {
    error(
        codes::MISSING_WORD,
        Text::new("a verb is missing before `{word}`").with("word", short(word)),
        at,
        "expected a verb, such as `collect`, `use`, `share` or `keep`",
    )
}

/// A verb without data.
pub(in crate::syntax) fn missing_data(verb: Span, word: &str) -> Diagnostic {
    error(
        codes::MISSING_VALUE,
        Text::new("data follow `{verb}`").with("verb", word),
        verb.after(),
        "expected the name of data, or `any`",
    )
}

/// A connecting word with nothing behind it.
pub(in crate::syntax) fn nothing_after(text: &str, word: Span, connector: Connector) -> Diagnostic {
    let written = connector_word(connector);
    let rest = text.get(word.end as usize..).unwrap_or("");
    let trimmed = rest.trim_start_matches([' ', '\t']);
    let again = trimmed
        .strip_prefix(written)
        .is_some_and(|after| !after.starts_with(|next: char| next.is_alphanumeric() || next == '_'));
    if again {
        let start = word.end + u32::try_from(rest.len() - trimmed.len()).unwrap_or(0);
        let second = Span {
            start,
            end: start + u32::try_from(written.len()).unwrap_or(0),
            ..word
        };
        return super::doubled(second, written);
    }
    error(
        codes::MISSING_VALUE,
        Text::new("{thing} follows `{word}`")
            .with("thing", thing(connector))
            .with("word", written),
        word.after(),
        Text::new("expected {thing}").with("thing", thing(connector)),
    )
}

/// A connecting word with the wrong thing behind it.
pub(in crate::syntax) fn wrong_after(
    at: Span,
    found: &str,
    word: Span,
    connector: Connector,
    bare: Option<&str>,
) -> Diagnostic {
    let found = error(
        codes::WRONG_VALUE,
        Text::new("{thing} follows `{word}`, not `{found}`")
            .with("thing", thing(connector))
            .with("word", connector_word(connector))
            .with("found", short(found)),
        at,
        Text::new("expected {thing}").with("thing", thing(connector)),
    )
    .and(word, "after this word");
    match bare {
        Some(bare) => found.fix(safe("take the quotes out", at, bare)),
        None => found,
    }
}

/// The same connecting word twice in a sentence, with what can be joined.
pub(in crate::syntax) fn repeated_part(at: Span, connector: Connector) -> Diagnostic {
    let joined = matches!(
        connector,
        Connector::Under | Connector::When | Connector::Until | Connector::After
    );
    stands_twice(at, connector).help(if joined {
        "join what follows with `and` or `or`"
    } else {
        "write both after one word, with a comma between them"
    })
}

/// The same with what stands once: a period, a date, a text.
pub(in crate::syntax) fn repeated_value(at: Span, connector: Connector) -> Diagnostic {
    stands_twice(at, connector).help("keep only one of the two")
}

fn stands_twice(at: Span, connector: Connector) -> Diagnostic {
    error(
        codes::DUPLICATE_WORD,
        Text::new("`{word}` stands twice in one sentence").with("word", connector_word(connector)),
        at,
        "the second one",
    )
}

/// A connecting word that no sentence has here.
pub(in crate::syntax) fn not_in_sentence(at: Span, word: &str, expected: Text) -> Diagnostic {
    error(
        codes::UNEXPECTED_WORD,
        Text::new("`{word}` has no place in this sentence").with("word", word),
        at,
        Text::new("expected {expected}").with("expected", expected),
    )
}

/// Two names without a comma.
pub(in crate::syntax) fn missing_comma(
    place: Option<Span>,
    at: Span,
    word: &str,
    expected: impl Into<Text>,
) -> Diagnostic {
    let found = error(
        codes::MISSING_COMMA,
        Text::new("did not expect `{word}` here").with("word", short(word)),
        at,
        Text::new("expected {expected}, or a comma before it").with("expected", expected.into()),
    );
    if word == "unless" {
        return found.help("say what is allowed: `share DATA with RECIPIENT only under BASIS`");
    }
    match place {
        Some(place) => found.fix(edit("insert `,`", place, ",")),
        None => found,
    }
}

/// A word where a connecting one was meant.
pub(in crate::syntax) fn unknown_connector(at: Span, word: &str, expected: Text, meant: &str) -> Diagnostic {
    let found = error(
        codes::UNKNOWN_WORD,
        Text::new("did not expect `{word}` here").with("word", short(word)),
        at,
        Text::new("expected {expected}").with("expected", expected),
    );
    suggest(found, at, Some(meant))
}

/// Whether every connecting word that a sentence like this has behind such a part is there.
pub(in crate::syntax) fn nothing_is_missing(sentence: &Sentence, before: Before, behind: &[Connector]) -> bool {
    use Connector::{For, From, Under, With};
    let order: &[Connector] = match sentence.verb.value {
        Verb::Collect => &[From, For, Under],
        Verb::Share => &[With, For, Under],
        Verb::Store | Verb::Anonymise | Verb::Erase => &[Under],
        Verb::Keep => return false,
        _ => &[For, Under],
    };
    let from = match before {
        Before::Part(connector) => order.iter().position(|known| *known == connector).map(|at| at + 1),
        Before::Data => Some(0),
        Before::Verb | Before::Only => None,
    };
    let rest = from.and_then(|from| order.get(from..));
    rest.is_some_and(|rest| rest.iter().all(|connector| behind.contains(connector)))
}

/// `except` after something that is no list.
pub(in crate::syntax) fn except_after_nothing(at: Span) -> Diagnostic {
    error(
        codes::UNEXPECTED_WORD,
        "`except` takes something out of the list before it",
        at,
        "no list of names stands before it",
    )
}

/// `only` in a processing block or a request.
pub(in crate::syntax) fn only_in_block(at: Span, request: bool) -> Diagnostic {
    error(
        codes::MISPLACED,
        "a restriction with `only` cannot stand here",
        at,
        if request {
            "a request says what is asked, not what is restricted"
        } else {
            "a `processing` block holds statements"
        },
    )
    .help("write the restriction at top level, in a `section` or in a `rule`")
}

/// `never … only`.
pub(in crate::syntax) fn never_only(never: Span, only: Span) -> Diagnostic {
    error(
        codes::UNEXPECTED_WORD,
        "a sentence has either `never` or `only`",
        only,
        "`only` already bans everything else",
    )
    .and(never, "here is `never`")
    .fix(edit("take `never` out", never, ""))
}

/// `only` with nothing behind it.
pub(in crate::syntax) fn nothing_after_only(at: Span) -> Diagnostic {
    error(
        codes::MISSING_VALUE,
        "something follows `only`",
        at,
        "expected a part such as `under agreed` or `in KG`",
    )
}

/// `only or`.
pub(in crate::syntax) fn nothing_before_or(at: Span) -> Diagnostic {
    error(
        codes::UNEXPECTED_WORD,
        "`or` joins two parts after `only`",
        at,
        "nothing stands before it",
    )
}

/// A permission at top level or in a rule.
pub(in crate::syntax) fn permission_outside(at: Span, verb: &str) -> Diagnostic {
    error(
        codes::MISPLACED,
        Text::new("a statement with `{verb}` stands in a `processing` block").with("verb", verb),
        at,
        "outside of one only `never …` and `… only …` have a meaning",
    )
    .help("move it into a `processing` block, or make it a promise or a restriction")
}

/// `combine` as a statement.
pub(in crate::syntax) fn combine_allowed(at: Span) -> Diagnostic {
    error(
        codes::MISPLACED,
        "`combine` occurs only in promises and rules",
        at,
        "this would allow it",
    )
    .help("write `use`, or `never combine …`")
}

/// A word after `deny` that is no reason.
pub(in crate::syntax) fn unknown_reason(at: Span, word: &str, leading: &str, near: Option<&str>) -> Diagnostic {
    let expected = if leading == "deny" {
        "expected `forbidden`, `undeclared`, `unmet`, `invalid`, `no_policy` or a verb"
    } else {
        "expected a verb after `allow`"
    };
    let found = error(
        codes::UNKNOWN_WORD,
        Text::new("did not expect `{word}` after `{leading}`")
            .with("word", short(word))
            .with("leading", leading),
        at,
        expected,
    );
    suggest(found, at, near.filter(|_| leading == "deny"))
}

/// A comma with nothing on one side.
pub(in crate::syntax) fn trailing_comma(at: Span) -> Diagnostic {
    error(
        codes::MISSING_VALUE,
        "something follows a comma",
        at,
        "nothing follows this comma",
    )
    .fix(safe("take the comma out", at, ""))
}

/// A comma after a comma, or before everything.
pub(in crate::syntax) fn doubled_or_lone_comma(at: Span, doubled: bool) -> Diagnostic {
    if doubled {
        return super::doubled(at, ",");
    }
    error(
        codes::MISSING_VALUE,
        "something stands before a comma",
        at,
        "nothing stands before this comma",
    )
    .fix(safe("take the comma out", at, ""))
}
