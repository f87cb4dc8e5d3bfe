//! What must hold for every word, not only for known ones.

use kyrgyz::{
    Case, Features, NounPhrase, Number, Possessor, look_alikes, numerals, repair, table, typography, verbal_noun,
};
use proptest::prelude::*;
use unicode_normalization::is_nfc;

/// All features that a form can have.
fn every_form() -> Vec<Features> {
    let mut all = Vec::new();
    for number in [Number::Singular, Number::Plural] {
        for possessor in [
            Possessor::None,
            Possessor::Third,
            Possessor::FirstPlural,
            Possessor::SecondPolite,
        ] {
            all.extend(Case::ALL.map(|case| Features::new(number, possessor, case)));
            all.push(Features::attributive(number, possessor));
        }
    }
    all
}

/// The vowels that may follow a vowel, written down apart from the crate's own rules.
fn may_follow(vowel: char) -> Option<&'static str> {
    match vowel {
        'а' | 'я' | 'ы' => Some("аы"),
        'о' | 'ё' => Some("оую"),
        'у' | 'ю' => Some("аую"),
        'е' | 'э' | 'и' => Some("еи"),
        'ө' | 'ү' => Some("өү"),
        _ => None,
    }
}

fn common_prefix(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
}

proptest! {
    #[test]
    fn suffixes_are_in_harmony(word in "[а-яөүң]{0,6}[аеёиоуыэюяөү][бвгджзйклмнңпрстфхцчшщь]{0,2}") {
        let phrase = NounPhrase::parse(&word);
        // A loan with a declared reading is in harmony with that.
        prop_assume!(!["отчет", "учет", "счет", "актер"].contains(&word.as_str()));
        for features in every_form() {
            let form = phrase.with(features).text;
            let mut before = None;
            for (at, letter) in form.chars().enumerate() {
                if let Some(next) = may_follow(letter) {
                    if at >= common_prefix(&word, &form) && let Some(allowed) = before {
                        prop_assert!(str::contains(allowed, letter), "{word} {features}: {form}");
                    }
                    before = Some(next);
                }
            }
        }
    }

    #[test]
    fn the_stem_stays(word in "[а-яөүң]{1,8}") {
        let phrase = NounPhrase::parse(&word);
        for features in every_form() {
            let form = phrase.with(features).text;
            // Voicing, a dropped vowel or soft sign, or a possessive that gives way: four letters at most.
            prop_assert!(common_prefix(&word, &form) + 4 >= word.chars().count(), "{word} {features}: {form}");
        }
    }

    #[test]
    fn no_text_breaks_a_phrase(text in "\\PC*") {
        let phrase = NounPhrase::parse(&text);
        for features in every_form() {
            let form = phrase.with(features).text;
            prop_assert!(is_nfc(&form));
        }
        phrase.with_each(Features::new(Number::Plural, Possessor::Third, Case::Genitive));
        // The nominative gives the label back.
        let declared = phrase.case(Case::Nominative);
        prop_assert_eq!(NounPhrase::parse(&declared).case(Case::Nominative), declared);
        verbal_noun(&text);
        let _ = Features::recognise(&text);
        let _ = table::forms(&text);
    }

    #[test]
    fn a_written_suffix_means_its_form(word in "[бгдклмнст]{1}[аеиоуөү][бгдлмнрст]{1}[аеиоуөү][вжзлмнрст]?") {
        // What a suffix says alone must be what it said in the form that it was cut from.
        let phrase = NounPhrase::parse(&word).with_plural(false).with_possessive(false);
        for features in every_form() {
            let form = phrase.with(features).text;
            if let Some(suffix) = form.strip_prefix(&word).filter(|suffix| !suffix.is_empty()) {
                let meant = Features::recognise(suffix);
                prop_assert!(meant.is_some(), "{form} {suffix}");
                prop_assert_eq!(phrase.with(meant.unwrap()).text, form);
            }
        }
    }

    #[test]
    fn polishing_twice_is_polishing_once(text in "[а-яa-z0-9«»„“”\"' №\\-–\n(]{0,40}|\\PC*") {
        let once = typography::polish(&text);
        prop_assert_eq!(typography::polish(&once), once);
        typography::sentence_case(&text);
    }

    #[test]
    fn look_alikes_are_where_they_say(text in "[а-яa-zA-ZӊѳYА-Я\u{306} ]{0,20}|\\PC*") {
        for found in look_alikes(&text) {
            prop_assert!(text[found.offset..].starts_with(found.found));
            prop_assert!(found.word.contains(found.found));
        }
        let repaired = repair(&text);
        prop_assert!(is_nfc(&repaired));
        prop_assert_eq!(repair(&repaired), repaired);
    }

    #[test]
    fn figures_and_words_of_every_number(number: u64) {
        let words = numerals::cardinal_words(number);
        prop_assert!(!words.is_empty() && !words.contains("  "));
        prop_assert!(numerals::ordinal_words(number).starts_with(&words));
        prop_assert_eq!(numerals::grouped(number).replace('\u{a0}', ""), number.to_string());
    }
}
