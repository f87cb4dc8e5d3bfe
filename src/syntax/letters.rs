//! The letters of a file: bytes that are no UTF-8, mixed line ends, endless lines, Latin letters in Cyrillic words.

use std::borrow::Cow;

use super::messages;
use super::reader::Reader;
use super::words::LOOK_ALIKES;
use crate::diagnostic::is_hidden;
use crate::source::{Source, Span};

/// A line longer than this gets a warning.
const LONG_LINE: usize = 10_000;

/// Reports what is wrong with the letters of a source; each sort once or a few times.
pub(super) fn check(reader: &mut Reader<'_>, source: &Source) {
    if is_utf16(source) {
        let at = reader.at(0, 0);
        reader.found.push(messages::utf16(at));
        return;
    }
    if let Some(first) = source.bad_bytes.first() {
        let start = *first as usize;
        let at = reader.at(start, start + char::REPLACEMENT_CHARACTER.len_utf8());
        reader.found.push(messages::not_utf8(at, source.bad_bytes.len()));
    }
    if source.byte_order_mark {
        let start = reader.at(0, 0);
        reader.found.push(messages::byte_order_mark(start));
    }
    line_ends(reader);
    long_lines(reader);
    if source.text.len() <= super::LONGEST_FILE {
        hidden(reader);
        look_alikes(reader);
    }
}

/// Whether the file was written in UTF-16: it begins with that mark, or every second byte of its Latin letters is 0.
pub(super) fn is_utf16(source: &Source) -> bool {
    let marked = source.bad_bytes.starts_with(&[0, 3]) && source.text.starts_with("\u{FFFD}\u{FFFD}");
    let zeros = source.text.bytes().take(4096).filter(|byte| *byte == 0).count();
    let read = source.text.len().min(4096);
    (marked && zeros > 0) || zeros * 4 > read
}

/// So many sorts of hidden characters are told.
const HIDDEN: usize = 5;

/// Characters that nobody sees and that change what is read or drawn: one error a sort, with all its places.
fn hidden(reader: &mut Reader<'_>) {
    let mut sorts: Vec<(char, Vec<Span>)> = Vec::new();
    for (at, letter) in reader.text.char_indices().filter(|(_, letter)| is_hidden(*letter)) {
        let place = reader.at(at, at + letter.len_utf8());
        match sorts.iter().position(|(known, _)| *known == letter) {
            Some(sort) => sorts[sort].1.push(place),
            None if sorts.len() < HIDDEN => sorts.push((letter, vec![place])),
            None => {}
        }
    }
    reader.found.extend(
        sorts
            .iter()
            .filter_map(|(letter, places)| messages::hidden(*letter, places)),
    );
}

/// The text as the grammar reads it, byte for byte as long: a hidden character outside of quotes is a letter inside a word
/// and a blank elsewhere. It has been reported, and what stands around it must not be a second mistake.
pub(super) fn readable(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let in_word = |letter: Option<char>| letter.is_some_and(|letter| letter == '_' || letter.is_alphanumeric());
    let mut out = String::with_capacity(text.len());
    let mut quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        quoted = match letter {
            '\n' => false,
            '"' => !quoted,
            _ => quoted,
        };
        if quoted || !is_hidden(letter) {
            out.push(letter);
            continue;
        }
        let inside = in_word(out.chars().next_back()) && in_word(letters.peek().copied());
        match (inside, letter.len_utf8()) {
            (true, 1) => out.push('_'),
            (true, 2) => out.push('\u{1BB}'),
            (true, 3) => out.push('\u{AC00}'),
            (_, length) => out.extend(std::iter::repeat_n(' ', length)),
        }
    }
    Cow::Owned(out)
}

fn line_ends(reader: &mut Reader<'_>) {
    let text = reader.text.as_bytes();
    let mut first = None;
    let mut at = 0;
    while let Some(found) = text
        .get(at..)
        .and_then(|rest| rest.iter().position(|b| matches!(b, b'\n' | b'\r')))
    {
        let start = at + found;
        let length = if text.get(start..start + 2) == Some(b"\r\n") {
            2
        } else {
            1
        };
        let sort = text.get(start..start + length);
        at = start + length;
        match first {
            None => first = Some(sort),
            Some(known) if known != sort => {
                let place = reader.at(start, start + length);
                reader.found.push(messages::mixed_line_ends(place));
                return;
            }
            Some(_) => {}
        }
    }
}

fn long_lines(reader: &mut Reader<'_>) {
    let mut start = 0;
    for line in reader.text.split('\n') {
        if line.len() > LONG_LINE {
            let place = reader.at(start, start);
            reader.found.push(messages::long_line(place, line.len()));
            return;
        }
        start += line.len() + 1;
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    Other,
}

fn script(letter: char) -> Script {
    match letter {
        'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' => Script::Latin,
        '\u{400}'..='\u{52F}' => Script::Cyrillic,
        _ => Script::Other,
    }
}

/// Kyrgyz has these Cyrillic letters beside the Russian ones.
const KYRGYZ: &[char] = &['ң', 'ө', 'ү', 'Ң', 'Ө', 'Ү'];

/// Letters that are neither Kyrgyz nor Russian, with the Kyrgyz ones that they look like.
const FOREIGN: &[(char, char)] = &[
    ('ӊ', 'ң'),
    ('Ӊ', 'Ң'),
    ('ӈ', 'ң'),
    ('ҥ', 'ң'),
    ('ѳ', 'ө'),
    ('Ѳ', 'Ө'),
    ('ұ', 'ү'),
    ('Ұ', 'Ү'),
    ('ӛ', 'ө'),
];

fn look_alikes(reader: &mut Reader<'_>) {
    let text = reader.text;
    let mut start = 0;
    for part in text.split_inclusive(|letter: char| !letter.is_alphabetic()) {
        let word = part.trim_end_matches(|letter: char| !letter.is_alphabetic());
        if !word.is_ascii()
            && let Some(mended) = mend(word)
        {
            let place = reader.at(start, start + word.len());
            reader.found.push(messages::look_alike(place, word, mended.as_deref()));
        }
        start += part.len();
    }
}

/// `None` if the word is sound; else the word in one script, if it can be written so.
fn mend(word: &str) -> Option<Option<String>> {
    let latin = word.chars().filter(|letter| script(*letter) == Script::Latin).count();
    let cyrillic = word
        .chars()
        .filter(|letter| script(*letter) == Script::Cyrillic)
        .count();
    let foreign = word
        .chars()
        .any(|letter| FOREIGN.iter().any(|(other, _)| *other == letter));
    if cyrillic == 0 || (latin == 0 && !foreign) {
        return None;
    }
    let to_cyrillic: Option<String> = word.chars().map(cyrillic_letter).collect();
    let to_latin: Option<String> = word.chars().map(latin_letter).collect();
    let kyrgyz = word.chars().any(|letter| KYRGYZ.contains(&letter));
    if latin > cyrillic && !kyrgyz {
        return Some(to_latin.or(to_cyrillic));
    }
    Some(to_cyrillic.or(to_latin))
}

fn cyrillic_letter(letter: char) -> Option<char> {
    if let Some((_, right)) = FOREIGN.iter().find(|(other, _)| *other == letter) {
        return Some(*right);
    }
    match script(letter) {
        Script::Latin => LOOK_ALIKES
            .iter()
            .find(|(latin, _)| *latin == letter)
            .map(|(_, cyrillic)| *cyrillic),
        _ => Some(letter),
    }
}

fn latin_letter(letter: char) -> Option<char> {
    match script(letter) {
        Script::Cyrillic => LOOK_ALIKES
            .iter()
            .find(|(_, cyrillic)| *cyrillic == letter)
            .map(|(latin, _)| *latin),
        _ => Some(letter),
    }
}
