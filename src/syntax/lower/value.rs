//! Strings, dates, periods and numbers.

use crate::source::Spanned;
use crate::syntax::ast::{Bound, Date, Period, Unit};
use crate::syntax::grammar::{Node, Rule, inner};
use crate::syntax::messages;
use crate::syntax::reader::Reader;

/// A text in quotes, whichever they are.
pub(super) fn text(reader: &mut Reader<'_>, node: &Node<'_>) -> Spanned<String> {
    let span = reader.span(node);
    let written = reader.slice(span);
    let value = match node.as_rule() {
        Rule::string => unescape(written.get(1..written.len().saturating_sub(1)).unwrap_or("")),
        Rule::open_string => {
            reader.report(messages::unclosed_string(span, written));
            written.trim_start_matches('"').to_owned()
        }
        _ => {
            let inside = written.trim_matches(['“', '”', '„', '«', '»']).to_owned();
            reader.report(messages::wrong_quotes(span, &inside));
            inside
        }
    };
    Spanned { value, span }
}

/// Whether a piece is a text in quotes.
pub(super) fn is_text(node: &Node<'_>) -> bool {
    matches!(node.as_rule(), Rule::string | Rule::open_string | Rule::curly_string)
}

fn unescape(written: &str) -> String {
    let mut out = String::with_capacity(written.len());
    let mut letters = written.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => out.extend(letters.next()),
            other => out.push(other),
        }
    }
    out
}

/// A date that exists; anything else is reported.
pub(super) fn date(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Spanned<Date>> {
    let span = reader.span(node);
    let written = reader.slice(span);
    if node.as_rule() == Rule::odd_date {
        reader.report(messages::date_in_another_form(span, written));
        return None;
    }
    let mut numbers = written.split('-').map(str::parse::<u16>);
    let (Some(Ok(year)), Some(Ok(month)), Some(Ok(day))) = (numbers.next(), numbers.next(), numbers.next()) else {
        reader.report(messages::date_in_another_form(span, written));
        return None;
    };
    let last = last_day(year, month);
    if year == 0 || day == 0 || day > last {
        reader.report(messages::no_such_date(span, written, month, last));
        return None;
    }
    let (Ok(month), Ok(day)) = (u8::try_from(month), u8::try_from(day)) else {
        return None;
    };
    Some(Spanned {
        value: Date { year, month, day },
        span,
    })
}

/// The last day of a month; 0 if there is no such month.
fn last_day(year: u16, month: u16) -> u16 {
    match month {
        2 if (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

/// A whole number; one that is too large is reported.
pub(super) fn number(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Spanned<u32>> {
    let span = reader.span(node);
    match reader.slice(span).parse() {
        Ok(value) => Some(Spanned { value, span }),
        Err(_) => {
            reader.report(messages::number_too_large(span));
            None
        }
    }
}

/// A period.
pub(super) fn period(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Spanned<Period>> {
    let mut count = None;
    let mut unit = Unit::Day;
    for part in inner(node) {
        match part.as_rule() {
            Rule::number => count = number(reader, &part),
            _ => unit = unit_of(part.as_str()),
        }
    }
    Some(Spanned {
        value: Period {
            count: count?.value,
            unit,
        },
        span: reader.span(node),
    })
}

fn unit_of(written: &str) -> Unit {
    if written.starts_with("working") && written.trim_start_matches("working").trim().starts_with("day") {
        return Unit::WorkingDay;
    }
    match written.trim_start_matches("working").trim().trim_end_matches('s') {
        "hour" => Unit::Hour,
        "week" => Unit::Week,
        "month" => Unit::Month,
        "year" => Unit::Year,
        _ => Unit::Day,
    }
}

/// What something is compared with.
pub(super) fn bound(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Spanned<Bound>> {
    let span = reader.span(node);
    let value = match node.as_rule() {
        Rule::date | Rule::odd_date => Bound::Date(date(reader, node)?.value),
        Rule::period => Bound::Period(period(reader, node)?.value),
        Rule::number => Bound::Number(number(reader, node)?.value),
        _ => Bound::Path(reader.path(node)),
    };
    Some(Spanned { value, span })
}
