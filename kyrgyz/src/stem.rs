//! The suffix algebra: a stem, and suffixes put after it one by one.
//!
//! A suffix is a template such as `NIн` or `DAн`. Its capitals are signs, not letters: each is
//! settled by the sound that stands before it at that moment, so that уюм + I + NIн… is worked
//! out from left to right: уюм, уюму, уюмунун.
//!
//! | sign | after a vowel | after й р | after other voiced | after voiceless |
//! |------|---|---|---|---|
//! | `N`  | н | д | д | т |
//! | `G`  | г | г | г | к |
//! | `D`  | д | д | д | т |
//! | `L`  | л | л | д | т |
//! | `B`  | б | б | б | п |
//! | `A`  | [`Vowel::low`] of the last vowel | | | |
//! | `I`  | [`Vowel::high`] of the last vowel | | | |

use crate::features::{Case, Possessor};
use crate::sound::{Ending, Vowel, is_sign};

/// What is written so far and how it is read.
///
/// The two differ for «КР» (read эр), `MegaPay` (мегапей) and figures (3, read үч): the suffix
/// follows the reading and is written after the writing.
#[derive(Clone, Debug)]
pub(crate) struct Stem {
    pub(crate) written: String,
    spoken: String,
    /// Its letters never change: abbreviations, Latin names, figures, names in quotation marks.
    fixed: bool,
    /// The ’ that stands before the first suffix of a Latin name.
    joiner: Option<char>,
}

impl Stem {
    /// A Kyrgyz or borrowed word that is read as it is written.
    pub(crate) fn word(word: &str) -> Stem {
        Stem {
            written: word.to_owned(),
            spoken: word.to_owned(),
            fixed: false,
            joiner: None,
        }
    }

    /// A Cyrillic word with a reading of its own (отчет, read отчёт); its letters still change.
    pub(crate) fn word_read(word: &str, reading: &str) -> Stem {
        Stem {
            spoken: reading.to_owned(),
            ..Stem::word(word)
        }
    }

    /// Something whose letters never change, with its reading.
    pub(crate) fn fixed(written: &str, reading: &str, joiner: Option<char>) -> Stem {
        Stem {
            written: written.to_owned(),
            spoken: reading.to_owned(),
            fixed: true,
            joiner,
        }
    }

    /// Puts one suffix after the stem.
    pub(crate) fn push(&mut self, template: &str) {
        if template.is_empty() {
            return;
        }
        if self.fixed {
            self.written.extend(self.joiner.take());
        } else {
            while self.written.ends_with(is_sign) {
                self.written.pop();
            }
        }
        let ending = Ending::of(&self.spoken);
        let mut suffix = String::new();
        for sign in template.chars() {
            // A suffix vowel follows the vowel before it, which may be in the suffix itself.
            let vowel = Vowel::last(&suffix)
                .or_else(|| Vowel::last(&self.spoken))
                .unwrap_or(Vowel::E);
            suffix.push(match (sign, ending) {
                ('A', _) => vowel.low(),
                ('I', _) => vowel.high(),
                ('N', Ending::Vowel) => 'н',
                ('L', Ending::Vowel | Ending::Glide) => 'л',
                ('B', Ending::Voiceless) => 'п',
                ('B', _) => 'б',
                ('G', Ending::Voiceless) => 'к',
                ('G', _) => 'г',
                ('N' | 'D' | 'L', Ending::Voiceless) => 'т',
                ('N' | 'D' | 'L', _) => 'д',
                (letter, _) => letter,
            });
        }
        let mut rest = suffix.as_str();
        if !self.fixed {
            // §77: no three equal consonants in a row (киловатт, киловаттын).
            let mut tail = self.written.chars().rev();
            if let (Some(a), Some(b), Some(c)) = (tail.next(), tail.next(), rest.chars().next())
                && a == b
                && b == c
                && Vowel::of(c).is_none()
            {
                rest = &rest[c.len_utf8()..];
            }
            // й and у are written together as ю (ой, ою).
            if rest.starts_with('у') && self.written.ends_with('й') {
                self.written.pop();
                self.written.push('ю');
                rest = &rest['у'.len_utf8()..];
            }
        }
        self.written.push_str(rest);
        self.spoken.push_str(&suffix);
    }

    /// -ЛАр.
    pub(crate) fn plural(&mut self) {
        self.push("LAр");
    }

    /// A possessive suffix, with the stem change it brings: к and п between vowels become г and б
    /// (дарек, дареги; талап, талабы).
    pub(crate) fn possessive(&mut self, possessor: Possessor) {
        let template = match (possessor, Ending::of(&self.spoken)) {
            (Possessor::None, _) => return,
            (Possessor::Third, Ending::Vowel) => "сI",
            (Possessor::Third, _) => "I",
            (Possessor::FirstPlural, Ending::Vowel) => "бIз",
            (Possessor::FirstPlural, _) => "IбIз",
            (Possessor::SecondPolite, Ending::Vowel) => "ңIз",
            (Possessor::SecondPolite, _) => "IңIз",
        };
        if !self.fixed {
            self.voice();
        }
        self.push(template);
    }

    /// к and п after a vowel become г and б.
    pub(crate) fn voice(&mut self) {
        let mut tail = self.written.chars().rev();
        let voiced = match tail.next() {
            Some('к') => 'г',
            Some('п') => 'б',
            _ => return,
        };
        if tail.next().is_some_and(|c| Vowel::of(c).is_some()) {
            self.written.pop();
            self.written.push(voiced);
            self.spoken.pop();
            self.spoken.push(voiced);
        }
    }

    /// A case suffix. After the third person possessive the row is another (-нЫн, -нА, -н …).
    pub(crate) fn case(&mut self, case: Case, after_third: bool) {
        self.push(match (case, after_third) {
            (Case::Nominative, _) => "",
            (Case::Genitive, false) => "NIн",
            (Case::Dative, false) => "GA",
            (Case::Accusative, false) => "NI",
            (Case::Locative, false) => "DA",
            (Case::Ablative, false) => "DAн",
            (Case::Genitive, true) => "нIн",
            (Case::Dative, true) => "нA",
            (Case::Accusative, true) => "н",
            (Case::Locative, true) => "ндA",
            (Case::Ablative, true) => "нAн",
        });
    }

    /// The attributive suffix -гЫ after the locative.
    pub(crate) fn attributive(&mut self) {
        self.push("гI");
    }
}
