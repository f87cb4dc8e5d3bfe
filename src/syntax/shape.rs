//! Whether the value of a field has the form that the vocabulary gives it.

use super::ast::{Content, Core, Field, Formula, Qualifier, Value};
use super::messages;
use super::reader::Reader;
use super::vocabulary::{CONNECTORS, Connector, FieldWord, Shape};
use super::words::nearest;
use crate::diagnostic::{Argument, Text};

/// What a shape is called in messages.
pub(super) fn name(shape: Shape) -> Text {
    Text::new(match shape {
        Shape::Text => "a text in quotes",
        Shape::Texts => "texts in quotes",
        Shape::Word([]) => "a name",
        Shape::Word(words) => {
            let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
            return Text::new("{words}").with("words", Argument::any_of(words));
        }
        Shape::Names(_) => "names",
        Shape::Formula(_) => "names joined by `and` or `or`",
        Shape::Date => "a date, such as `2022-10-17`",
        Shape::Period => "a period, such as `30 days`",
        Shape::Number => "a number",
        Shape::Places => "places, such as `site \"https://megapay.kg\"` or `app \"MegaPay\"`",
        Shape::Means => "means, such as `written_request at office`",
        Shape::Countries => "countries, such as `KG`",
        Shape::Onward => "recipients with purposes, such as `partners for scoring`",
    })
}

/// Reports the first value that has another form.
pub(super) fn check(reader: &mut Reader<'_>, field: &Field, known: &FieldWord) {
    let expected = name(known.shape);
    if field.values.is_empty() && field.prose.is_empty() {
        let colon = field.word.span.after();
        let at = reader.at(colon.end as usize + 1, colon.end as usize + 1);
        let at = if at.end <= field.span.end { at } else { colon };
        reader.report(messages::missing_field_value(at, known.word, expected));
        return;
    }
    if let Some(line) = field.prose.first()
        && !matches!(known.shape, Shape::Text)
    {
        reader.report(messages::wrong_field_value(line.span, known.word, expected));
        return;
    }
    let one = matches!(
        known.shape,
        Shape::Text | Shape::Word(_) | Shape::Formula(_) | Shape::Date | Shape::Period | Shape::Number
    );
    for (at, value) in field.values.iter().enumerate() {
        if let Some(qualifier) = value.qualifiers.iter().find(|qualifier| !takes(known.shape, qualifier)) {
            let word = connector_word(qualifier.connector);
            reader.report(messages::not_in_field(qualifier.span, word, known.word));
        }
        if !fits(known.shape, value) {
            wrong(reader, value, known, expected.clone());
        }
        if (one && at > 0) || (at == 0 && !field.prose.is_empty()) {
            reader.report(messages::one_value(value.span, known.word));
        }
    }
}

fn wrong(reader: &mut Reader<'_>, value: &Value, known: &FieldWord, expected: Text) {
    let found = reader.slice(value.span);
    let diagnostic = match known.shape {
        Shape::Word(words) if !words.is_empty() => {
            let near = nearest(found, words.iter().copied());
            messages::wrong_word(value.span, found, known.word, expected, near)
        }
        // `effective: "2025-09-01"`, `deadline: "7 days"`
        Shape::Date | Shape::Period => {
            let bare = match &value.core {
                Core::Text(text) => Some(text.value.trim()).filter(|text| is_bare(known.shape, text)),
                _ => None,
            };
            match bare {
                Some(bare) => messages::quoted_value(value.span, known.word, expected, bare),
                None => messages::wrong_field_value(value.span, known.word, expected),
            }
        }
        _ => messages::wrong_field_value(value.span, known.word, expected),
    };
    reader.report(diagnostic);
}

/// Whether a text is a date or a period but for its quotes.
pub(super) fn is_bare(shape: Shape, text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    match (shape, words.as_slice()) {
        (Shape::Date, [date]) => {
            let lengths: Vec<usize> = date.split('-').map(str::len).collect();
            lengths == [4, 2, 2] && date.chars().all(|letter| letter.is_ascii_digit() || letter == '-')
        }
        (Shape::Period, [count, unit @ ..]) => {
            let unit = unit.join(" ");
            let known = ["hour", "day", "working day", "week", "month", "year"];
            count.parse::<u32>().is_ok() && known.contains(&unit.strip_suffix('s').unwrap_or(&unit))
        }
        _ => false,
    }
}

fn connector_word(connector: Connector) -> &'static str {
    CONNECTORS
        .iter()
        .find(|(known, _)| *known == connector)
        .map_or("", |(_, word)| *word)
}

fn takes(shape: Shape, qualifier: &Qualifier) -> bool {
    match (shape, qualifier.connector) {
        (Shape::Date, Connector::By) => matches!(qualifier.content, Content::Text(_) | Content::Nothing),
        (Shape::Means, Connector::At)
        | (Shape::Onward, Connector::For)
        | (Shape::Countries, Connector::Abroad)
        | (Shape::Names(_) | Shape::Countries, Connector::Except) => true,
        _ => false,
    }
}

fn fits(shape: Shape, value: &Value) -> bool {
    let name = matches!(value.core, Core::Formula(Formula::Name(_)));
    match shape {
        Shape::Text | Shape::Texts => matches!(value.core, Core::Text(_)),
        Shape::Word([]) | Shape::Means | Shape::Onward => name,
        Shape::Word(words) => words.contains(&written(&value.core).as_str()),
        Shape::Names(_) => name || matches!(value.core, Core::Any(_)),
        Shape::Formula(_) => matches!(value.core, Core::Formula(_)),
        // A date that does not exist has been reported and leaves the core empty.
        Shape::Date => matches!(value.core, Core::Date(_)),
        Shape::Period => matches!(value.core, Core::Period(_)),
        Shape::Number => matches!(value.core, Core::Number(_)),
        Shape::Places => matches!(value.core, Core::Tagged(..)),
        Shape::Countries => {
            name || matches!(value.core, Core::Any(_))
                || (value.core == Core::Empty
                    && value
                        .qualifiers
                        .first()
                        .is_some_and(|first| first.connector == Connector::Abroad))
        }
    }
}

/// A value of words only: `self or guardian`.
fn written(core: &Core) -> String {
    match core {
        Core::Formula(Formula::Name(path)) => path.text(),
        Core::Formula(Formula::Or(all)) => all
            .iter()
            .map(|one| match one {
                Formula::Name(path) => path.text(),
                _ => String::new(),
            })
            .collect::<Vec<_>>()
            .join(" or "),
        _ => String::new(),
    }
}
