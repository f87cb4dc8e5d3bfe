//! Suffixes that an author writes after a reference: `[company]нын`.
//!
//! The author's suffix says only which form is meant; the engine puts the right allomorph after
//! the name that takes the place of the reference, so that a change of the name cannot break the
//! sentence.

use crate::features::{Case, Features, Number, Possessor};

/// Case suffixes: template, case. Within a template the capitals stand for any of their letters.
const PLAIN: &[(&str, Case)] = &[
    ("", Case::Nominative),
    ("NIн", Case::Genitive),
    ("GA", Case::Dative),
    ("NI", Case::Accusative),
    ("DA", Case::Locative),
    ("DAн", Case::Ablative),
];

/// The row after a third person possessive; -нA, -нDA and -нAн name it even alone (Республикасы + на).
const AFTER_THIRD: &[(&str, Case)] = &[
    ("", Case::Nominative),
    ("нIн", Case::Genitive),
    ("нA", Case::Dative),
    ("н", Case::Accusative),
    ("ндA", Case::Locative),
    ("нAн", Case::Ablative),
];

const POSSESSORS: &[(&str, Possessor)] = &[
    ("", Possessor::None),
    ("I", Possessor::Third),
    ("сI", Possessor::Third),
    ("бIз", Possessor::FirstPlural),
    ("IбIз", Possessor::FirstPlural),
    ("ңIз", Possessor::SecondPolite),
    ("IңIз", Possessor::SecondPolite),
];

impl Features {
    /// The features of a suffix in any of its allomorphs; a ’, ' or - before it is passed over.
    ///
    /// Choices where a suffix has two readings:
    /// * -ын, -ин, -ун, -үн and -сын … are the possessive with the accusative (максатын), never a
    ///   genitive;
    /// * -нын is the genitive and -ны the accusative of the name as it is declared, also after an
    ///   izafet: `[state]нын` with «Кыргыз Республикасы» gives Республикасынын, `[state]ны`
    ///   Республикасын, `[state]га` Республикасына;
    /// * -на, -нда, -нан and -н, which stand only after an izafet, mean the same cases;
    /// * -лары is plural with possessive.
    ///
    /// ```
    /// use kyrgyz::Features;
    /// let short = |suffix| Features::recognise(suffix).map(|features| features.to_string());
    /// assert_eq!(short("нын").as_deref(), Some("sg.-.gen"));
    /// assert_eq!(short("түн").as_deref(), Some("sg.-.gen"));
    /// assert_eq!(short("ларынын").as_deref(), Some("pl.3.gen"));
    /// assert_eq!(short("сына").as_deref(), Some("sg.3.dat"));
    /// assert_eq!(short("’деги").as_deref(), Some("sg.-.attr"));
    /// assert_eq!(short("менен"), None);
    /// ```
    pub fn recognise(suffix: &str) -> Option<Features> {
        let suffix = suffix.trim_start_matches(['’', '\'', '-', '\u{2011}']).to_lowercase();
        if suffix.is_empty() {
            return None;
        }
        let mut template = String::new();
        for (plural, number) in [("", Number::Singular), ("LAр", Number::Plural)] {
            for (possessive, possessor) in POSSESSORS {
                let third = *possessor == Possessor::Third;
                // Alone, both rows are possible; the plain one goes first (нын).
                let rows: &[&[(&str, Case)]] = match (third, possessor, number) {
                    (true, ..) => &[AFTER_THIRD],
                    (_, Possessor::None, Number::Singular) => &[PLAIN, AFTER_THIRD],
                    _ => &[PLAIN],
                };
                for (ending, case) in rows.iter().copied().flatten() {
                    for attributive in ["", "гI"] {
                        if !attributive.is_empty() && *case != Case::Locative {
                            continue;
                        }
                        template.clear();
                        template.extend([plural, possessive, ending, attributive]);
                        if matches(&template, &suffix) {
                            let attributive = !attributive.is_empty();
                            return Some(Features {
                                number,
                                possessor: *possessor,
                                case: *case,
                                attributive,
                            });
                        }
                    }
                }
            }
        }
        None
    }
}

/// Whether a suffix is some allomorph of a template. Its own harmony is not asked for: the
/// engine writes the suffix anew anyway.
fn matches(template: &str, suffix: &str) -> bool {
    let mut letters = suffix.chars();
    let fits = template.chars().all(|sign| {
        letters.next().is_some_and(|letter| match sign {
            'A' => matches!(letter, 'а' | 'е' | 'о' | 'ө'),
            'I' => matches!(letter, 'ы' | 'и' | 'у' | 'ү' | 'ю'),
            'N' => matches!(letter, 'н' | 'д' | 'т'),
            'G' => matches!(letter, 'г' | 'к'),
            'D' => matches!(letter, 'д' | 'т'),
            'L' => matches!(letter, 'л' | 'д' | 'т'),
            _ => sign == letter,
        })
    });
    fits && letters.next().is_none()
}
