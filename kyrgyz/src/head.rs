//! The shape of a head word: does it already carry -ЛАр or the third person possessive?
//!
//! «Кыргыз Республикасы», «жеке маалыматтары» and «документтин сериясы» are written with the
//! suffix already on, and the next suffix depends on it (Республикасына, not Республикасыга).
//! What the lexicon does not know is decided here from the spelling.

use crate::features::Possessor;
use crate::sound::Vowel;
use crate::stem::Stem;

/// What a head word carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) plural: bool,
    pub(crate) possessive: bool,
    /// The spelling allows the other answer too.
    pub(crate) guessed: bool,
}

/// Singulars that end as a plural would.
const NOT_PLURAL: &[&str] = &[
    "доктор",
    "дептер",
    "тендер",
    "искендер",
    "блистер",
    "тестер",
    "вексельдер",
];

/// The shape of `word`, with what stands before it in the phrase.
pub(crate) fn shape(before: &str, word: &str) -> Shape {
    let word = word.to_lowercase();
    let letters: Vec<char> = word.chars().collect();
    let cut = |n: usize| letters[..letters.len().saturating_sub(n)].iter().collect::<String>();
    if is_plural_of(&word, &cut(4), true) {
        return Shape {
            plural: true,
            possessive: true,
            guessed: false,
        };
    }
    if !NOT_PLURAL.contains(&word.as_str()) && is_plural_of(&word, &cut(3), false) {
        return Shape {
            plural: true,
            possessive: false,
            guessed: false,
        };
    }
    let possessive = |guessed| Shape {
        plural: false,
        possessive: true,
        guessed,
    };
    if is_third_after_vowel(&word, &cut(2)) {
        // -ия, -уу, -оо before -сЫ leave no doubt; the rest might be a whole noun.
        let certain = ["ия", "уу", "үү", "оо", "өө", "аа", "ээ"]
            .iter()
            .any(|end| cut(2).ends_with(end));
        return possessive(!certain);
    }
    if ["ыгы", "иги", "угу", "үгү"].iter().any(|end| {
        word.strip_suffix(end)
            .is_some_and(|stem| stem.ends_with(['л', 'д', 'т']))
    }) && letters.len() > 5
    {
        return possessive(false);
    }
    // A high vowel after a consonant: -Ы, or the end of the noun itself (agentives in -чЫ).
    let mut tail = letters.iter().rev();
    let high = tail.next().is_some_and(|c| matches!(c, 'ы' | 'и' | 'у' | 'ү' | 'ю'));
    let consonant = tail.next().is_some_and(|c| Vowel::of(*c).is_none());
    let agentive = letters.len() > 4 && cut(1).ends_with('ч');
    if high && (consonant || word.ends_with('ю')) && !agentive && !before.trim().is_empty() {
        let genitive = before.split_whitespace().any(is_genitive);
        return Shape {
            plural: false,
            possessive: genitive,
            guessed: true,
        };
    }
    Shape::default()
}

/// The word without its third person possessive: тиркемеси gives тиркеме, дареги дарек.
pub(crate) fn without_third(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let is_vowel = |c: Option<&char>| c.is_some_and(|c| Vowel::of(*c).is_some());
    match letters.pop() {
        Some('ю') => letters.push('й'),
        Some(_) if letters.last() == Some(&'с') && is_vowel(letters.iter().rev().nth(1)) => {
            letters.pop();
        }
        _ => {}
    }
    if is_vowel(letters.iter().rev().nth(1)) {
        match letters.last_mut() {
            Some(last @ 'г') => *last = 'к',
            Some(last @ 'б') => *last = 'п',
            _ => {}
        }
    }
    letters.into_iter().collect()
}

/// Whether `word` is the regular plural of `stem`, with -Ы after it or without. Harmony and the
/// choice of л, д and т leave few accidents: доллар, лидер and сектор fail the test.
fn is_plural_of(word: &str, stem: &str, third: bool) -> bool {
    if stem.chars().count() < 2 || Vowel::last(stem).is_none() {
        return false;
    }
    let mut made = Stem::word(stem);
    made.plural();
    made.possessive(if third { Possessor::Third } else { Possessor::None });
    made.written == word
}

fn is_third_after_vowel(word: &str, stem: &str) -> bool {
    if stem.chars().count() < 2 || stem.chars().last().is_none_or(|c| Vowel::of(c).is_none()) {
        return false;
    }
    let mut made = Stem::word(stem);
    made.possessive(Possessor::Third);
    made.written == word
}

fn is_genitive(word: &str) -> bool {
    let letters: Vec<char> = word.chars().rev().collect();
    matches!(
        letters.as_slice(),
        ['н', 'ы' | 'и' | 'у' | 'ү', 'н' | 'д' | 'т', _, _, ..]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        for (before, word, plural, possessive, guessed) in [
            ("", "маалыматтар", true, false, false),
            ("жеке", "маалыматтары", true, true, false),
            ("", "доллар", false, false, false),
            ("улук", "доктор", false, false, false),
            ("Санариптик өнүктүрүү", "министрлиги", false, true, false),
            ("соода", "бирикмеси", false, true, true),
            ("макулдук", "берүүсү", false, true, false),
            ("абоненттин", "чөнтөгү", false, true, true),
            ("жаңы", "эмеректи", false, false, true),
            ("", "сатуучу", false, false, false),
        ] {
            assert_eq!(
                shape(before, word),
                Shape {
                    plural,
                    possessive,
                    guessed
                },
                "{before} {word}"
            );
        }
    }

    #[test]
    fn third_comes_off() {
        for (word, base) in [
            ("тиркемеси", "тиркеме"),
            ("дареги", "дарек"),
            ("талабы", "талап"),
            ("ою", "ой"),
            ("максаты", "максат"),
        ] {
            assert_eq!(without_third(word), base);
        }
    }
}
