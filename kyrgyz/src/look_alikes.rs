//! Letters that look right and are not: «cиз» with a Latin c, ӊ for ң, и with a separate breve.
//!
//! They read well on the screen and break searching, sorting, speech and every rule of this crate.

use unicode_normalization::UnicodeNormalization;

use crate::features::Features;
use crate::sound::{is_cyrillic, is_latin, lower};

/// A letter that should be another one.
///
/// ```
/// use kyrgyz::look_alikes;
/// let found = look_alikes("Сиз жана cиз");
/// assert_eq!(found.len(), 1);
/// assert_eq!((found[0].found, found[0].expected), ('c', 'с'));
/// assert_eq!((found[0].offset, found[0].word.as_str()), (16, "cиз"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookAlike {
    /// Where the letter begins in the text, in bytes.
    pub offset: usize,
    /// The letter that stands there.
    pub found: char,
    /// The letter that should. For a breve or a diaeresis that stands apart it is the whole letter
    /// (й, ё).
    pub expected: char,
    /// The word in which it stands.
    pub word: String,
}

/// Pairs that look alike: Latin, Cyrillic.
const PAIRS: &[(char, char)] = &[
    ('a', 'а'),
    ('c', 'с'),
    ('e', 'е'),
    ('o', 'о'),
    ('p', 'р'),
    ('x', 'х'),
    ('y', 'у'),
    ('A', 'А'),
    ('B', 'В'),
    ('C', 'С'),
    ('E', 'Е'),
    ('H', 'Н'),
    ('K', 'К'),
    ('M', 'М'),
    ('O', 'О'),
    ('P', 'Р'),
    ('T', 'Т'),
    ('X', 'Х'),
    ('Y', 'У'),
    ('ɵ', 'ө'),
    ('Ɵ', 'Ө'),
];

/// Cyrillic letters of other alphabets in the place of a Kyrgyz one.
const FOREIGN: &[(char, char)] = &[
    ('ӊ', 'ң'),
    ('Ӊ', 'Ң'),
    ('ӈ', 'ң'),
    ('Ӈ', 'Ң'),
    ('ѳ', 'ө'),
    ('Ѳ', 'Ө'),
    ('ұ', 'ү'),
    ('Ұ', 'Ү'),
];

/// Every look-alike of a text, in order.
///
/// A word with letters of both alphabets is faulty if all letters of the smaller part have a twin
/// in the other alphabet. A Latin name with its suffix (`SMSтин`) is not.
///
/// ```
/// use kyrgyz::look_alikes;
/// assert_eq!(look_alikes("тартыӊыз")[0].expected, 'ң');
/// assert_eq!(look_alikes("MegaPаy")[0].expected, 'a');
/// assert!(look_alikes("Telegram мессенджери, KOICAнын").is_empty());
/// ```
pub fn look_alikes(text: &str) -> Vec<LookAlike> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = letter.is_alphabetic() || is_mark(letter);
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                in_word(from, &text[from..at], &mut found);
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// The text with every look-alike replaced, in NFC.
///
/// ```
/// use kyrgyz::repair;
/// assert_eq!(repair("cиз тартыӊыз"), "сиз тартыңыз");
/// ```
pub fn repair(text: &str) -> String {
    // NFC first: it joins й and ё, and never splits a word.
    let text: String = text.nfc().collect();
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for look_alike in look_alikes(&text) {
        out.push_str(&text[from..look_alike.offset]);
        out.push(look_alike.expected);
        from = look_alike.offset + look_alike.found.len_utf8();
    }
    out.push_str(&text[from..]);
    out.nfc().collect()
}

fn in_word(offset: usize, word: &str, found: &mut Vec<LookAlike>) {
    let cyrillic = word.chars().filter(|c| is_cyrillic(*c)).count();
    let latin = word.chars().filter(|c| is_foreign_script(*c)).count();
    let mixed = cyrillic > 0 && latin > 0 && !is_name_with_suffix(word);
    let to_cyrillic = mixed
        && latin <= cyrillic
        && word
            .chars()
            .filter(|c| is_foreign_script(*c))
            .all(|c| twin(c, true, word).is_some());
    let to_latin = mixed
        && latin > cyrillic
        && word
            .chars()
            .filter(|c| is_cyrillic(*c))
            .all(|c| twin(c, false, word).is_some());
    let mut before = None;
    for (at, letter) in word.char_indices() {
        let expected = match letter {
            '\u{306}' => before
                .and_then(|c| [('и', 'й'), ('И', 'Й'), ('у', 'ў')].iter().find(|p| p.0 == c))
                .map(|p| p.1),
            '\u{308}' => before
                .and_then(|c| [('е', 'ё'), ('Е', 'Ё')].iter().find(|p| p.0 == c))
                .map(|p| p.1),
            _ if is_foreign_script(letter) && to_cyrillic => twin(letter, true, word),
            _ if is_cyrillic(letter) && to_latin => twin(letter, false, word),
            _ => FOREIGN.iter().find(|pair| pair.0 == letter).map(|pair| pair.1),
        };
        if let Some(expected) = expected {
            found.push(LookAlike {
                offset: offset + at,
                found: letter,
                expected,
                word: word.to_owned(),
            });
        }
        before = Some(letter);
    }
}

/// The letter of the other alphabet that looks the same.
fn twin(letter: char, cyrillic: bool, word: &str) -> Option<char> {
    // The capital Y has the shape of Ү, and stands for У where the other vowels are back.
    if cyrillic && letter == 'Y' {
        let back = word
            .chars()
            .map(lower)
            .any(|c| matches!(c, 'а' | 'о' | 'у' | 'ы' | 'ю' | 'я' | 'ё' | 'a' | 'o'));
        return Some(if back { 'У' } else { 'Ү' });
    }
    PAIRS.iter().find_map(|(l, c)| match cyrillic {
        true => (*l == letter).then_some(*c),
        false => (*c == letter && l.is_ascii()).then_some(*l),
    })
}

/// A Latin run and then a suffix: SMSтин. It lacks its ’, but no letter is wrong.
fn is_name_with_suffix(word: &str) -> bool {
    let Some(at) = word.find(is_cyrillic) else { return false };
    let (name, suffix) = word.split_at(at);
    name.chars().count() > 1 && name.chars().all(is_latin) && Features::recognise(suffix).is_some()
}

fn is_foreign_script(letter: char) -> bool {
    is_latin(letter) || matches!(letter, 'ɵ' | 'Ɵ')
}

fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repairs() {
        for (text, repaired) in [
            ("", ""),
            ("cиз", "сиз"),
            ("YЧYНЧY жак", "ҮЧҮНЧҮ жак"),
            ("МААЛYМАТ", "МААЛУМАТ"),
            ("тартыӊыз", "тартыңыз"),
            ("сɵз", "сөз"),
            ("саи\u{306}т", "сайт"),
            ("SMSти, KOICAнын, Airlinesтын", "SMSти, KOICAнын, Airlinesтын"),
            ("IP-дареги, QR-код", "IP-дареги, QR-код"),
            ("Wебсайт", "Wебсайт"),
            ("Gооgle", "Google"),
            ("iOS жана Android", "iOS жана Android"),
        ] {
            assert_eq!(repair(text), repaired);
            assert_eq!(repair(repaired), repaired);
        }
    }
}
