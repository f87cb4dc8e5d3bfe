//! The name in a header, also where what stands there is none. What such a declaration is called is then not known, and the
//! names that it may have had are not reported as unknown: one mistake gives one error.

use super::{formula, value};
use crate::diagnostic::is_hidden;
use crate::source::Span;
use crate::syntax::ast::Path;
use crate::syntax::grammar::{Node, Rule, inner};
use crate::syntax::messages;
use crate::syntax::reader::Reader;
use crate::syntax::vocabulary::{CONNECTORS, KINDS, OTHER_WORDS, VERBS};

/// What a broken name may be: longer ones are a sentence.
const LONGEST: usize = 40;

/// Reports pieces before the label that are not one name, and gives the pieces from the label on. `None` if the name
/// can be read, or if what stands there is no name at all.
pub(super) fn broken<'p, 't>(reader: &mut Reader<'_>, parts: &'p [Node<'t>]) -> Option<&'p [Node<'t>]> {
    // `basis by "…"`: the label is read as what follows the connecting word.
    if let Some((first, rest)) = parts.split_first()
        && first.as_rule() == Rule::part
        && let (Some(word), Some(text)) = (inner(first).next(), inner(first).nth(1))
        && value::is_text(&text)
        && word.as_rule() == Rule::connector
    {
        let span = reader.span(&word);
        reader.report(messages::reserved_name(span, reader.slice(span)));
        return Some(rest);
    }
    let label = parts.iter().position(value::is_text)?;
    let (before, rest) = parts.split_at_checked(label)?;
    let spans: Vec<Span> = before.iter().map(|node| reader.span(node)).collect();
    match (before, rest) {
        // `purpose "news" "…"`
        ([], [quoted, second, ..]) if value::is_text(second) => {
            let span = reader.span(quoted);
            let inside = reader.slice(span).trim_matches(['"', '«', '»', '“', '”', '„']);
            let name = is_name(inside).then_some(inside)?;
            reader.report(messages::quoted_name(span, name));
            return rest.get(1..);
        }
        // `purpose with "…"`
        ([part], _) if part.as_rule() == Rule::part => {
            let span = reader.span(part);
            let word = reader.slice(span);
            let bare = CONNECTORS.iter().any(|(_, known)| *known == word);
            bare.then(|| reader.report(messages::reserved_name(span, word)))?;
            return Some(rest);
        }
        // `purpose news is marketing "…"`: the label stands in the wrong place.
        _ if before.iter().any(|node| node.as_rule() == Rule::part) => return None,
        ([], _) => return None,
        ([name], _)
            if reader
                .slice(reader.span(name))
                .replace(is_hidden, "")
                .split('.')
                .all(|step| step.is_empty() || is_word(step)) =>
        {
            return None;
        }
        _ => {}
    }
    let same = |pair: &[Span]| matches!(pair, [one, other] if reader.slice(*one) == reader.slice(*other));
    if spans.windows(2).any(same) {
        return None;
    }
    // `data my contacts "…"`, `data my-contacts "…"`, `data 1st "…"`
    let span = spans.into_iter().reduce(Span::to)?;
    let written = reader.slice(span);
    reader.report(messages::bad_name(span, written, mended(written).as_deref()));
    Some(rest)
}

/// A name that is no word of the language.
pub(super) fn checked(reader: &mut Reader<'_>, path: Path) -> Option<Path> {
    let word = path.steps.first().map_or("", |step| step.value.as_str());
    let free = !is_reserved(word);
    formula::check_name(reader, &path);
    free.then_some(path)
}

/// What was written as a name, if it makes one.
fn mended(written: &str) -> Option<String> {
    let words = written.split(|letter: char| !letter.is_alphanumeric());
    let name = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("_");
    (is_name(&name) && name.chars().count() <= LONGEST).then_some(name)
}

fn is_name(word: &str) -> bool {
    is_word(word) && !is_reserved(word)
}

fn is_word(word: &str) -> bool {
    let letters = word.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
    letters && !word.is_empty() && !word.starts_with(|first: char| first.is_numeric())
}

fn is_reserved(word: &str) -> bool {
    KINDS.iter().any(|kind| kind.word == word)
        || VERBS.iter().any(|(_, verb, _)| *verb == word)
        || CONNECTORS.iter().any(|(_, connector)| *connector == word)
        || OTHER_WORDS.contains(&word)
}
