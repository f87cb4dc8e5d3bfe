//! What must hold for every word, not only for known ones.

use kyrgyz::{
    Case, Conjunction, Date, Features, Money, NounPhrase, Number, Period, Possessor, Unit, is_participle,
    is_verbal_noun, list, look_alikes, negated_participle, numerals, repair, table, typography, verbal_noun,
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

/// The first vowel behind the stem of a form that may not follow the vowel before it.
fn discord(stem: &str, form: &str) -> Option<char> {
    let from = common_prefix(stem, form);
    let vowels = form
        .chars()
        .enumerate()
        .filter(|(_, letter)| may_follow(*letter).is_some());
    let vowels: Vec<(usize, char)> = vowels.collect();
    let pairs = vowels.windows(2).filter(|pair| pair[1].0 >= from);
    let wrong = |pair: &&[(usize, char)]| may_follow(pair[0].1).is_some_and(|allowed| !allowed.contains(pair[1].1));
    pairs.into_iter().find(wrong).map(|pair| pair[1].1)
}

/// What every output must be: normal, without a space too many, and without a letter that only looks right.
fn is_clean(text: &str) -> bool {
    is_nfc(text) && !text.contains("  ") && text.trim() == text && look_alikes(text).is_empty()
}

const UNITS: [Unit; 6] = [
    Unit::Hour,
    Unit::CalendarDay,
    Unit::WorkingDay,
    Unit::Week,
    Unit::Month,
    Unit::Year,
];

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
    #[test]
    fn phrases_are_clean(words in "[а-яөүң]{2,8}( [а-яөүң]{2,8}){0,3}") {
        let phrase = NounPhrase::parse(&words);
        for features in every_form() {
            let form = phrase.with(features).text;
            prop_assert!(is_clean(&form), "{words} {features}: {form}");
            // Only the head changes.
            let (before, head) = words.rsplit_once(' ').unwrap_or(("", &words));
            prop_assume!(!["жана", "же", "менен"].iter().any(|joint| words.split(' ').any(|word| word == *joint)));
            prop_assert!(form.starts_with(before), "{words} {features}: {form}");
            prop_assert!(form.split(' ').count() == words.split(' ').count(), "{words} {features}: {form} {head}");
        }
    }

    #[test]
    fn dates_are_in_harmony(year in 1000u16..2999, month in 1u8..=12, day in 1u8..=28) {
        let date = Date::new(year, month, day).unwrap();
        let plain = date.case(Case::Nominative);
        let (head, last) = plain.rsplit_once('-').unwrap();
        let forms = Case::ALL.map(|case| date.case(case)).into_iter().chain([date.attributive()]);
        for form in forms {
            prop_assert!(is_clean(&form) && form.starts_with(head), "{form}");
            prop_assert_eq!(discord(last, form.rsplit('-').next().unwrap()), None, "{}", form);
        }
        for case in Case::ALL {
            prop_assert!(is_clean(&date.without_year(case)));
        }
    }

    #[test]
    fn periods_are_in_harmony(count in 0u64..100_000, unit in 0usize..6) {
        let period = Period::new(count, UNITS[unit]);
        let words = period.words();
        prop_assert!(is_clean(&words), "{words}");
        prop_assert!(words.contains(&numerals::cardinal_words(count)), "{words}");
        for case in Case::ALL {
            let form = period.case(case);
            let (stem, last) = (words.split(' ').next_back().unwrap(), form.split(' ').next_back().unwrap());
            prop_assert!(is_clean(&form), "{form}");
            prop_assert_eq!(discord(stem, last), None, "{}", form);
        }
        let within = period.within();
        prop_assert!(within.ends_with(" ичинде") && is_clean(&within), "{within}");
    }

    #[test]
    fn money_is_clean(som in 0u64..1_000_000_000, tyiyn in 0u8..100) {
        for case in Case::ALL {
            let money = Money::new(som, tyiyn);
            prop_assert!(is_clean(&money.figures(case)), "{}", money.figures(case));
            prop_assert!(is_clean(&money.words(case)), "{}", money.words(case));
        }
    }

    #[test]
    fn ordinals_are_in_harmony(number in 0u64..1_000_000) {
        let (cardinal, ordinal) = (numerals::cardinal_words(number), numerals::ordinal_words(number));
        let (stem, last) = (cardinal.split(' ').next_back().unwrap(), ordinal.split(' ').next_back().unwrap());
        prop_assert_eq!(discord(stem, last), None, "{}", ordinal);
        prop_assert!(ordinal.ends_with("нчы") || ordinal.ends_with("нчи") || ordinal.ends_with("нчу") || ordinal.ends_with("нчү"));
        for case in Case::ALL {
            prop_assert!(is_clean(&numerals::in_figures(number, case)));
            prop_assert!(is_clean(&numerals::percent(number, 1, case)));
            prop_assert!(is_clean(&numerals::reference(&number.to_string(), "пункт", case)));
        }
    }

    #[test]
    fn verbal_nouns_are_known_again(stem in "[бгдклмнст][аеиоуөүы][бглмнрст]{1,2}[аеөо]?") {
        let noun = verbal_noun(&stem);
        prop_assert!(is_verbal_noun(&noun), "{stem}: {noun}");
        // Long vowels close it, back behind a back vowel and front behind a front one.
        let last: Vec<char> = noun.chars().rev().take(2).collect();
        prop_assert_eq!(last[0], last[1], "{}", noun);
        let front = |letter: char| "еиөүэ".contains(letter);
        let vowel = stem.chars().rev().find(|letter| may_follow(*letter).is_some()).unwrap();
        prop_assert_eq!(front(vowel), front(last[0]), "{}", noun);
    }

    #[test]
    fn a_denied_participle_is_a_participle(stem in "[бгдклмнст][аеиоуөү][лрс](ган|ген|гон|гөн)") {
        if is_participle(&stem) && let Some(denied) = negated_participle(&stem) {
            prop_assert!(is_participle(&denied) && denied != stem, "{stem}: {denied}");
        }
    }

    #[test]
    fn lists_name_every_member(members in prop::collection::vec("[а-яөүң]{2,6}( жана [а-яөүң]{2,6}| [а-яөүң]{2,6})?", 1..7)) {
        for conjunction in [Conjunction::And, Conjunction::Or] {
            let said = list(&members, conjunction);
            prop_assert!(is_clean(&said), "{said}");
            prop_assert!(members.iter().all(|member| said.contains(member.as_str())), "{said}");
            prop_assert!(!said.contains(", жана ") || members.iter().any(|member| member.contains(" жана ")), "{said}");
        }
    }

    #[test]
    fn a_capital_stays_a_capital(text in "[«„(]{0,1}[а-яөүңa-z0-9]{1,6}( [а-яөүң]{1,6}){0,3}|\\PC*") {
        let once = typography::sentence_case(&text);
        prop_assert_eq!(typography::sentence_case(&once), once);
    }
}
