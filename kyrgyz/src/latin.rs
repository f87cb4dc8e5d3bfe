//! Readings of Latin names, guessed from their spelling.
//!
//! Nobody can know how a brand is read; the rules below catch the usual English spellings, and the
//! answer is always marked as a guess. Declare a reading, or better, put a Kyrgyz head noun after
//! the name: «MegaPay тиркемесинде».

use crate::reading::Reading;

/// Guesses the reading of a Latin word; only its last vowel and last consonant count.
pub(crate) fn guess(word: &str) -> Reading {
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    let small: String = letters.iter().flat_map(|c| c.to_lowercase()).map(plain).collect();
    let capitals = letters.len() > 1 && letters.iter().all(|c| c.is_uppercase());
    let by_letters = !has_vowel(&small) || capitals && letters.len() <= 4 && !pronounceable(&small);
    let spoken = match small.chars().last() {
        Some(last) if by_letters => letter_name(last).to_owned(),
        _ => by_spelling(&small),
    };
    Reading { spoken, guessed: true }
}

/// A short run of capitals that is read as a word: it ends in a vowel (API) or is longer than two
/// letters and ends in vowel and consonant (PIN).
fn pronounceable(small: &str) -> bool {
    let mut tail = small.chars().rev();
    let (last, before) = (tail.next(), tail.next());
    last.is_some_and(is_vowel) || small.len() > 2 && before.is_some_and(is_vowel)
}

fn by_spelling(small: &str) -> String {
    let mut stem = small;
    // The vowels of the English endings with a silent e: Stripe страйп, Firebase бейс.
    let mut vowel = None;
    if let Some(cut) = small.strip_suffix('e')
        && cut.ends_with(|c| !is_vowel(c))
        && has_vowel(cut)
    {
        stem = cut;
        let mut tail = cut.chars().rev().skip_while(|c| !is_vowel(*c));
        let last = tail.next();
        let digraph = tail.next().is_some_and(is_vowel);
        let consonants = cut.chars().rev().take_while(|c| !is_vowel(*c)).count();
        // -le after a consonant and a vowel pair (Google) leave the vowel as it is.
        if consonants == 1 && !digraph {
            vowel = last.map(|c| match c {
                'i' | 'y' => "ай",
                'a' => "ей",
                'o' => "оу",
                'u' => "у",
                _ => "и",
            });
        }
    }
    let coda: String = stem.chars().rev().take_while(|c| !is_vowel(*c) && *c != 'y').collect();
    let coda: String = coda.chars().rev().collect();
    let nucleus = &stem[..stem.len() - coda.len()];
    let vowel = vowel.unwrap_or_else(|| nucleus_vowel(nucleus, coda.is_empty()));
    let end = if coda.is_empty() && !matches!(vowel, "ей" | "ай") {
        ""
    } else {
        coda_letter(&coda)
    };
    format!("{vowel}{end}")
}

/// The vowel that a spelling ends in, before its last consonants.
fn nucleus_vowel(nucleus: &str, open: bool) -> &'static str {
    for (spelling, vowel) in [
        ("ay", "ей"),
        ("ey", "ей"),
        ("ai", if open { "ай" } else { "ей" }),
        ("ei", "ей"),
        ("oo", "у"),
        ("ou", "у"),
        ("ee", "и"),
        ("ea", "и"),
        ("ie", "и"),
        ("oy", "ой"),
        ("oa", "о"),
        ("a", "а"),
        ("e", "е"),
        ("i", "и"),
        ("y", "и"),
        ("o", "о"),
        ("u", "у"),
    ] {
        if nucleus.ends_with(spelling) {
            return vowel;
        }
    }
    "е"
}

/// A Cyrillic letter of the same class as the last Latin consonants.
fn coda_letter(coda: &str) -> &'static str {
    match coda.chars().last() {
        None => "",
        Some('c' | 'k' | 'q' | 'g') if coda.ends_with('g') => "г",
        Some('c' | 'k' | 'q') => "к",
        Some('p') => "п",
        Some('t') => "т",
        Some('f') => "ф",
        Some('s' | 'x') => "с",
        Some('h') => "ш",
        Some('r') => "р",
        Some('l') => "л",
        Some('w') => "в",
        Some('m' | 'n') => "н",
        Some(_) => "б",
    }
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}

fn has_vowel(small: &str) -> bool {
    small.chars().any(|c| is_vowel(c) || c == 'y')
}

/// The letter without its mark, for the marks that names of services bear; others become x.
fn plain(letter: char) -> char {
    match letter {
        'a'..='z' => letter,
        'à'..='å' | 'ā' => 'a',
        'è'..='ë' | 'ē' | 'ě' => 'e',
        'ì'..='ï' | 'ı' => 'i',
        'ò'..='ö' | 'ø' => 'o',
        'ù'..='ü' | 'ū' => 'u',
        'ç' | 'č' => 'c',
        'ş' | 'š' => 's',
        'ñ' => 'n',
        'ğ' => 'g',
        _ => 'x',
    }
}

/// The English name of a letter, as Kyrgyz speakers say it.
fn letter_name(letter: char) -> &'static str {
    match letter {
        'a' => "эй",
        'b' => "би",
        'c' => "си",
        'd' => "ди",
        'e' => "и",
        'f' => "эф",
        'g' => "жи",
        'h' => "эйч",
        'i' => "ай",
        'j' => "жей",
        'k' => "кей",
        'l' => "эл",
        'm' => "эм",
        'n' => "эн",
        'o' => "оу",
        'p' => "пи",
        'q' => "кю",
        'r' => "ар",
        's' => "эс",
        't' => "ти",
        'u' => "ю",
        'v' => "ви",
        'w' => "ю",
        'x' => "экс",
        'y' => "уай",
        _ => "зет",
    }
}
