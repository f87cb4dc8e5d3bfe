//! Readings of Cyrillic abbreviations.
//!
//! The suffix after КР, БУУ or ИИМ follows the sound: «Кыргыз тилинин жазуу эрежелери», §55. The
//! capitals themselves never change, and no hyphen stands between.

use crate::sound::{Vowel, is_cyrillic, lower};

/// How a run of letters is read, and whether that was a guess.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) spoken: String,
    pub(crate) guessed: bool,
}

/// Whether a word is an abbreviation: two letters at least, more capitals than small letters, and
/// a capital at the end (КР, ОсОО).
pub(crate) fn is_abbreviation(word: &str) -> bool {
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    let capitals = letters.iter().filter(|c| c.is_uppercase()).count();
    letters.len() >= 2
        && letters.iter().all(|c| is_cyrillic(*c))
        && letters.last().is_some_and(|c| c.is_uppercase())
        && capitals * 2 > letters.len()
}

/// Reads an abbreviation.
///
/// 1. It ends in a vowel letter: that vowel, by letters or as a word (ФКО, МИ).
/// 2. It ends in vowel and consonant: read as a word (ИИМ, МИК).
/// 3. It ends in two consonants: the name of the last letter (КР, эр).
pub(crate) fn abbreviation(word: &str) -> Reading {
    let small: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).map(lower).collect();
    let vowel = |c: Option<&char>| c.is_some_and(|c| Vowel::of(*c).is_some());
    let mut tail = small.iter().rev();
    let (last, before) = (tail.next(), tail.next());
    if vowel(last) {
        // Both ways of reading give the same vowel.
        return Reading {
            spoken: small.into_iter().collect(),
            guessed: false,
        };
    }
    if vowel(before) {
        return Reading {
            spoken: small.into_iter().collect(),
            guessed: true,
        };
    }
    Reading {
        spoken: last.map_or("", |c| letter_name(*c)).to_owned(),
        guessed: true,
    }
}

/// The name of a consonant letter.
fn letter_name(letter: char) -> &'static str {
    match letter {
        'б' => "бе",
        'в' => "ве",
        'г' => "ге",
        'д' => "де",
        'ж' => "же",
        'з' => "зе",
        'й' => "ий",
        'к' => "ка",
        'л' => "эл",
        'м' => "эм",
        'н' => "эн",
        'ң' => "ың",
        'п' => "пе",
        'р' => "эр",
        'с' => "эс",
        'т' => "те",
        'ф' => "эф",
        'х' => "ха",
        'ц' => "це",
        'ч' => "че",
        'ш' => "ша",
        'щ' => "ща",
        _ => "э",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings() {
        for (word, spoken, guessed) in [
            ("МИ", "ми", false),
            ("УАК", "уак", true),
            ("ЖММК", "ка", true),
            ("ТЭЦ", "тэц", true),
            ("ЖШЧ", "че", true),
        ] {
            assert!(is_abbreviation(word));
            assert_eq!(
                abbreviation(word),
                Reading {
                    spoken: spoken.to_owned(),
                    guessed
                }
            );
        }
        assert!(is_abbreviation("ОсОО"));
        assert!(!is_abbreviation("Саясат"));
        assert!(!is_abbreviation("Ы"));
    }
}
