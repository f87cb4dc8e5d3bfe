//! Numbers in words, and figures with their suffixes.

use crate::features::Case;
use crate::phrase::NounPhrase;
use crate::stem::Stem;

const ONES: [&str; 10] = ["", "бир", "эки", "үч", "төрт", "беш", "алты", "жети", "сегиз", "тогуз"];
const TENS: [&str; 10] = [
    "",
    "он",
    "жыйырма",
    "отуз",
    "кырк",
    "элүү",
    "алтымыш",
    "жетимиш",
    "сексен",
    "токсон",
];
const THOUSANDS: [&str; 7] = [
    "",
    "миң",
    "миллион",
    "миллиард",
    "триллион",
    "квадриллион",
    "квинтиллион",
];

/// The non-breaking space that groups figures and stands before units.
pub(crate) const NBSP: char = '\u{a0}';

/// A number in words. 100 is жүз and 1000 миң, without бир, as they are said.
///
/// ```
/// use kyrgyz::numerals::cardinal_words;
/// assert_eq!(cardinal_words(0), "нөл");
/// assert_eq!(cardinal_words(365), "үч жүз алтымыш беш");
/// assert_eq!(cardinal_words(2_001_000), "эки миллион миң");
/// ```
pub fn cardinal_words(number: u64) -> String {
    if number == 0 {
        return "нөл".to_owned();
    }
    let mut groups = Vec::new();
    let mut rest = number;
    for name in THOUSANDS {
        let group = rest % 1000;
        rest /= 1000;
        if group > 0 {
            groups.push(match (name, group) {
                ("", _) => below_thousand(group),
                ("миң", 1) => name.to_owned(),
                _ => format!("{} {name}", below_thousand(group)),
            });
        }
    }
    groups.reverse();
    groups.join(" ")
}

fn below_thousand(group: u64) -> String {
    let word = |words: &[&'static str; 10], digit: u64| words.get(digit as usize).copied().unwrap_or_default();
    let hundreds = group / 100;
    let mut words = Vec::new();
    if hundreds > 1 {
        words.push(word(&ONES, hundreds));
    }
    if hundreds > 0 {
        words.push("жүз");
    }
    words.extend([word(&TENS, group / 10 % 10), word(&ONES, group % 10)]);
    words.retain(|word| !word.is_empty());
    words.join(" ")
}

/// An ordinal in words: -(Ы)нчЫ after the last word.
///
/// ```
/// use kyrgyz::numerals::ordinal_words;
/// assert_eq!(ordinal_words(2), "экинчи");
/// assert_eq!(ordinal_words(21), "жыйырма биринчи");
/// assert_eq!(ordinal_words(40), "кыркынчы");
/// ```
pub fn ordinal_words(number: u64) -> String {
    let words = cardinal_words(number);
    let vowel = crate::sound::Ending::of(&words) == crate::sound::Ending::Vowel;
    let mut stem = Stem::word(&words);
    stem.push(if vowel { "нчI" } else { "IнчI" });
    stem.written
}

/// Figures in groups of three, parted by a non-breaking space (CLDR 48, ky). Not for years.
///
/// ```
/// use kyrgyz::numerals::grouped;
/// assert_eq!(grouped(1_250_000), "1\u{a0}250\u{a0}000");
/// ```
pub fn grouped(number: u64) -> String {
    let figures = number.to_string();
    let mut out = String::new();
    for (at, figure) in figures.chars().enumerate() {
        if at > 0 && (figures.len() - at).is_multiple_of(3) {
            out.push(NBSP);
        }
        out.push(figure);
    }
    out
}

/// A decimal with a comma: `number` counted in the last of `places` decimal places.
///
/// ```
/// use kyrgyz::numerals::decimal;
/// assert_eq!(decimal(666, 1), "66,6");
/// assert_eq!(decimal(5, 2), "0,05");
/// assert_eq!(decimal(1250, 0), "1\u{a0}250");
/// ```
pub fn decimal(number: u64, places: u32) -> String {
    let Some(unit) = 10u64.checked_pow(places).filter(|unit| *unit > 1) else {
        return grouped(number);
    };
    format!(
        "{},{:0width$}",
        grouped(number / unit),
        number % unit,
        width = places as usize
    )
}

/// A percentage in a case; the suffix follows пайыз.
///
/// ```
/// use kyrgyz::{Case, numerals::percent};
/// assert_eq!(percent(50, 0, Case::Dative), "50%га");
/// assert_eq!(percent(666, 1, Case::Accusative), "66,6%ды");
/// ```
pub fn percent(number: u64, places: u32, case: Case) -> String {
    read_as(&format!("{}%", decimal(number, places)), "пайыз", case)
}

/// Figures in a case: the suffix follows the last word as it is said, without a hyphen.
///
/// ```
/// use kyrgyz::{Case, numerals::in_figures};
/// assert_eq!(in_figures(40, Case::Dative), "40ка");
/// assert_eq!(in_figures(200, Case::Ablative), "200дөн");
/// ```
pub fn in_figures(number: u64, case: Case) -> String {
    read_as(&grouped(number), &cardinal_words(number), case)
}

fn read_as(written: &str, reading: &str, case: Case) -> String {
    let mut stem = Stem::fixed(written, reading, None);
    stem.case(case, false);
    stem.written
}

/// An ordinal in figures before its noun: a hyphen and no suffix.
///
/// ```
/// use kyrgyz::numerals::ordinal_figure;
/// assert_eq!(ordinal_figure(2, "бөлүм"), "2-бөлүм");
/// ```
pub fn ordinal_figure(number: u64, noun: &str) -> String {
    reference(&number.to_string(), noun, Case::Nominative)
}

/// A reference to a numbered part, in a case.
///
/// ```
/// use kyrgyz::{Case, numerals::reference};
/// assert_eq!(reference("2.3", "пункт", Case::Dative), "2.3-пунктка");
/// ```
pub fn reference(number: &str, noun: &str, case: Case) -> String {
    format!(
        "{}-{}",
        number.trim_end_matches('.'),
        NounPhrase::parse(noun).case(case)
    )
}
