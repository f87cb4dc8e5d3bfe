//! Typography of finished text: quotation marks, dashes, spaces, capitals.
//!
//! Source: «Кыргыз тилинин жазуу эрежелери» for quotation marks and №; CLDR 48 (ky) for the inner
//! quotation marks and the non-breaking space.

use crate::features::Features;
use crate::numerals::NBSP;
use crate::sound::{is_cyrillic, is_latin};

/// Words that stay on the line of the number before them, alone or with a suffix.
const UNITS: &str = "күн жыл ай жума саат мүнөт секунд сом тыйын пайыз жаш календардык жумуш \
                     миң миллион миллиард млн млрд доллар евро рубль КБ МБ ГБ кг км м см";

/// Puts the signs of plain typing right. Running it twice changes nothing more.
///
/// * `"…"` and “…” become «…», and „…“ inside others;
/// * `'` between a Latin name and its suffix becomes ’;
/// * a hyphen between spaces becomes an en dash;
/// * a non-breaking space stands after № and between a number and its unit;
/// * runs of spaces become one; the spaces that begin a line stay.
///
/// ```
/// use kyrgyz::typography::polish;
/// assert_eq!(polish("Компания - \"Альфа\" ЖАК"), "Компания – «Альфа» ЖАК");
/// assert_eq!(polish("MegaPay'деги № 5  буйрук"), "MegaPay’деги №\u{a0}5 буйрук");
/// assert_eq!(polish("30 күндүн ичинде"), "30\u{a0}күндүн ичинде");
/// ```
pub fn polish(text: &str) -> String {
    quotes(&spaces(&joiners(text)))
}

/// The ’ before a suffix: between a Latin letter or a figure and a small Cyrillic letter.
fn joiners(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let after = letters.get(at + 1);
        let joins = matches!(letter, '\'' | '`' | '\u{2bc}' | '\u{2018}')
            && before.is_some_and(|c| is_latin(*c) || c.is_ascii_digit())
            && after.is_some_and(|c| is_cyrillic(*c) && c.is_lowercase());
        out.push(if joins { '’' } else { *letter });
    }
    out
}

/// Single spaces, dashes, and the spaces that must not break.
fn spaces(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let body = line.trim_start_matches([' ', '\t']);
        out.push_str(&line[..line.len() - body.len()]);
        let mut before = "";
        for word in body.split([' ', '\t']).filter(|word| !word.is_empty()) {
            let first = before.is_empty();
            if !first {
                let bound = before.ends_with('№') || before.ends_with(|c: char| c.is_ascii_digit()) && is_unit(word);
                out.push(if bound { NBSP } else { ' ' });
            }
            before = word;
            // A hyphen at the start of a line may be the mark of a list.
            let dash = !first && word == "-";
            out.push_str(&if dash { "–".to_owned() } else { number_sign(word) });
        }
        // A space at the end of the text may join it to what comes next.
        if !before.is_empty() && body.ends_with([' ', '\t']) {
            out.push(' ');
        }
    }
    out
}

/// №5 with its space.
fn number_sign(word: &str) -> String {
    let Some((before, after)) = word.split_once('№') else {
        return word.to_owned();
    };
    let space = if after.starts_with(|c: char| c.is_alphanumeric()) {
        "\u{a0}"
    } else {
        ""
    };
    format!("{before}№{space}{after}")
}

fn is_unit(word: &str) -> bool {
    let word = word.trim_end_matches(|c: char| !c.is_alphabetic());
    UNITS.split_whitespace().any(|unit| {
        word.strip_prefix(unit)
            .is_some_and(|rest| rest.is_empty() || Features::recognise(rest).is_some())
    })
}

/// Straight and English quotation marks to Kyrgyz ones.
fn quotes(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut open: Vec<char> = Vec::new();
    let mut out = String::with_capacity(text.len());
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let after = letters.get(at + 1);
        let opens = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '«' | '„' | '"' | '–' | '/'))
            && after.is_some_and(|c| !c.is_whitespace());
        let inner = open.last() == Some(&'„');
        match letter {
            '«' | '„' => {
                open.push(*letter);
                out.push(*letter);
            }
            '»' => {
                open.pop();
                out.push('»');
            }
            '“' if inner => {
                open.pop();
                out.push('“');
            }
            '"' | '“' if opens => {
                let mark = if open.is_empty() { '«' } else { '„' };
                open.push(mark);
                out.push(mark);
            }
            '"' | '“' | '”' => out.push(match open.pop() {
                Some('„') => '“',
                Some(_) => '»',
                // Nothing is open here: it opened on an earlier line, or it is a sign of inches.
                None if *letter == '”' || before.is_some_and(|c| c.is_alphabetic()) => '»',
                None => *letter,
            }),
            // A mark that was never closed must not turn the rest of the text inside out.
            '\n' => {
                open.clear();
                out.push('\n');
            }
            _ => out.push(*letter),
        }
    }
    out
}

/// The text with a capital at its start, also after « or a bracket. A name that begins with a small
/// Latin letter and has a capital, a figure or a full stop in it (iOS, mega24.kg) stays as it is.
///
/// ```
/// use kyrgyz::typography::sentence_case;
/// assert_eq!(sentence_case("жеке маалыматтар"), "Жеке маалыматтар");
/// assert_eq!(sentence_case("«ала-тоо» тиркемеси"), "«Ала-тоо» тиркемеси");
/// assert_eq!(sentence_case("iOS тутуму"), "iOS тутуму");
/// assert_eq!(sentence_case("cookie файлдары"), "Cookie файлдары");
/// ```
pub fn sentence_case(text: &str) -> String {
    let Some(start) = text.find(char::is_alphanumeric) else {
        return text.to_owned();
    };
    let (before, rest) = text.split_at(start);
    let word = rest.split_whitespace().next().unwrap_or(rest);
    let name = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    let brand = name.starts_with(is_latin)
        && name
            .chars()
            .any(|c| c.is_uppercase() || c.is_numeric() || matches!(c, '.' | '@' | '/' | ':'));
    let mut letters = rest.chars();
    match letters.next() {
        Some(first) if !brand && first.is_lowercase() => {
            format!("{before}{}{}", first.to_uppercase(), letters.as_str())
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polishing() {
        for (typed, set) in [
            ("", ""),
            ("\"Мыйзам \"Байланыш\" жөнүндө\"", "«Мыйзам „Байланыш“ жөнүндө»"),
            ("“Инфоком” МИ", "«Инфоком» МИ"),
            ("( “Ачык\n“Жаңы” барак", "( «Ачык\n«Жаңы» барак"),
            ("“эки\nсап”", "«эки\nсап»"),
            ("«„Ички“ тышкы»", "«„Ички“ тышкы»"),
            ("5\" экран", "5\" экран"),
            ("Google'дан, л'этуаль", "Google’дан, л'этуаль"),
            ("- биринчи\n- экинчи", "- биринчи\n- экинчи"),
            ("  - ички  тизме", "  - ички тизме"),
            ("бир - эки-үч", "бир – эки-үч"),
            ("18 жаштан, 5 айрым", "18\u{a0}жаштан, 5 айрым"),
            ("№58", "№\u{a0}58"),
            ("100 сом.", "100\u{a0}сом."),
        ] {
            assert_eq!(polish(typed), set);
            assert_eq!(polish(set), set);
        }
    }

    #[test]
    fn capitals() {
        for (text, expected) in [
            ("", ""),
            ("…", "…"),
            ("үчүнчү жактар", "Үчүнчү жактар"),
            ("(эгерде) ооба", "(Эгерде) ооба"),
            ("mega24.kg сайты", "mega24.kg сайты"),
            ("30 күн", "30 күн"),
            ("iPhone", "iPhone"),
        ] {
            assert_eq!(sentence_case(text), expected);
        }
    }
}
