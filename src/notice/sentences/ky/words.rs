//! Words: forms of labels, lists, capitals. Everything here works on finished text.

use kyrgyz::typography::{polish, sentence_case};
use kyrgyz::{Case, Features, NounPhrase, Number, Possessor};

use crate::syntax::ast::{Date, Period, Unit};

/// Postpositions: what stands before one belongs to it, and does not take the case of the phrase.
const POSTPOSITIONS: &[&str] = &["жөнүндө", "тууралуу", "боюнча", "үчүн", "менен", "аркылуу", "жана/же"];

/// A label in a case.
pub(super) fn case(label: &str, case: Case) -> String {
    form(label, Number::Singular, Possessor::None, case)
}

/// A label with number, possessor and case; every member of a coordination inflects if they are nouns alike.
pub(super) fn form(label: &str, number: Number, possessor: Possessor, case: Case) -> String {
    let features = Features::new(number, possessor, case);
    for joint in [" же башка ", " жана башка "] {
        // «A же башка B»: two phrases, whatever their endings.
        if let Some((first, second)) = outside_brackets(label, joint) {
            let first = NounPhrase::parse(first);
            if first.is_plural() || first.is_possessive() {
                let second = NounPhrase::parse(second);
                let joint = joint.trim();
                return format!("{} {joint} {}", inflect(&first, features), inflect(&second, features));
            }
        }
    }
    inflect(&NounPhrase::parse(label), features)
}

fn inflect(phrase: &NounPhrase, features: Features) -> String {
    let members = phrase.conjuncts();
    let marked = phrase.is_plural() || phrase.is_possessive();
    let last = members
        .last()
        .map(|member| member.case(Case::Nominative))
        .unwrap_or_default();
    let alone = last.split_whitespace().all(|word| !POSTPOSITIONS.contains(&word));
    if members.len() > 1 && marked && alone {
        phrase.with_each(features).text
    } else {
        phrase.with(features).text
    }
}

fn outside_brackets<'a>(label: &'a str, joint: &str) -> Option<(&'a str, &'a str)> {
    let (first, second) = label.split_once(joint)?;
    let open = |text: &str| text.matches(['(', '«']).count() != text.matches([')', '»']).count();
    (!open(first)).then_some((first, second))
}

pub(super) fn genitive(label: &str) -> String {
    case(label, Case::Genitive)
}

pub(super) fn dative(label: &str) -> String {
    case(label, Case::Dative)
}

pub(super) fn accusative(label: &str) -> String {
    case(label, Case::Accusative)
}

pub(super) fn locative(label: &str) -> String {
    case(label, Case::Locative)
}

pub(super) fn ablative(label: &str) -> String {
    case(label, Case::Ablative)
}

/// Whether a label names an action: its head is a verbal noun without suffixes.
pub(super) fn is_action(label: &str) -> bool {
    let phrase = NounPhrase::parse(label);
    let core = label.split(" (").next().unwrap_or(label).trim_end();
    let word = core.split_whitespace().last().unwrap_or("");
    !phrase.is_plural()
        && !phrase.is_possessive()
        && ["уу", "үү", "оо", "өө", "юу"].iter().any(|end| word.ends_with(end))
}

/// Whether a finite clause of a fact ends in a participle (-ган), which takes cases and «учурда».
pub(super) fn is_participle(clause: &str) -> bool {
    let word = clause.split_whitespace().last().unwrap_or("");
    ["ган", "ген", "гон", "гөн", "кан", "кен", "кон", "көн"]
        .iter()
        .any(|end| word.ends_with(end))
}

/// Whether a label has an owner in it: a word in the genitive before its head.
pub(super) fn has_owner(label: &str) -> bool {
    let words: Vec<&str> = label.split_whitespace().collect();
    words.iter().take(words.len().saturating_sub(1)).any(|word| {
        let letters: Vec<char> = word.chars().rev().collect();
        matches!(
            letters.as_slice(),
            ['н', 'ы' | 'и' | 'у' | 'ү', 'н' | 'д' | 'т', _, _, ..]
        )
    })
}

/// «A, B жана C».
pub(super) fn and(members: &[String]) -> String {
    join(members, "жана", "ошондой эле")
}

/// «A, B же C».
pub(super) fn or(members: &[String]) -> String {
    join(members, "же", "же болбосо")
}

/// Members that have a conjunction themselves are joined by the stronger one; with commas inside, by semicolons.
fn join(members: &[String], weak: &str, strong: &str) -> String {
    let coordinated = |member: &String| {
        bare(member)
            .split_whitespace()
            .any(|word| matches!(word, "жана" | "же"))
    };
    let listed = |member: &String| bare(member).contains([',', ';']);
    match members {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] if members.iter().any(listed) => format!("{}; {strong} {last}", first.join("; ")),
        [first @ .., last] if members.iter().any(coordinated) => format!("{}, {strong} {last}", first.join(", ")),
        [first @ .., last] => format!("{} {weak} {last}", first.join(", ")),
    }
}

/// The text without what stands in brackets.
fn bare(text: &str) -> String {
    let mut depth = 0usize;
    let mut kept = String::new();
    for letter in text.chars() {
        match letter {
            '(' | '«' => depth += 1,
            ')' | '»' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(letter),
            _ => {}
        }
    }
    kept
}

/// Whether members are better set as a list of their own than in the line.
pub(super) fn is_long(members: &[String]) -> bool {
    let letters: usize = members.iter().map(|member| member.chars().count()).sum();
    members.len() > 3 || members.len() > 1 && letters > 120
}

/// A sentence: capital, full stop, proper signs.
pub(super) fn sentence(text: &str) -> String {
    let text = text.trim();
    let end = if text.is_empty() || text.ends_with(['.', ':', '!', '?', '…']) {
        ""
    } else {
        "."
    };
    sentence_case(&polish(&format!("{text}{end}")))
}

/// Prose of the author as sentences: each begins with a capital, the last ends with a full stop.
pub(super) fn prose(text: &str) -> String {
    sentence(text)
}

/// An item of a list: no capital, no final sign.
pub(super) fn item(text: &str) -> String {
    polish(text.trim().trim_end_matches(['.', ';', ',']))
}

/// Sentences after one another.
pub(super) fn sentences(parts: impl IntoIterator<Item = String>) -> String {
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .map(|part| sentence(&part))
        .collect();
    parts.join(" ")
}

/// A date in a case: «2024-жылдын 1-июнунан».
pub(super) fn date(date: Date, case: Case) -> String {
    known(date).map_or_else(|| plain(date), |date| date.case(case))
}

/// «2024-жылдын 1-июнундагы».
pub(super) fn date_attribute(date: Date) -> String {
    known(date).map_or_else(|| plain(date), kyrgyz::Date::attributive)
}

fn known(date: Date) -> Option<kyrgyz::Date> {
    kyrgyz::Date::new(date.year, date.month, date.day)
}

fn plain(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}

/// A period as the language library knows it.
pub(super) fn period(period: Period) -> kyrgyz::Period {
    let unit = match period.unit {
        Unit::Hour => kyrgyz::Unit::Hour,
        Unit::Day => kyrgyz::Unit::CalendarDay,
        Unit::WorkingDay => kyrgyz::Unit::WorkingDay,
        Unit::Week => kyrgyz::Unit::Week,
        Unit::Month => kyrgyz::Unit::Month,
        Unit::Year => kyrgyz::Unit::Year,
    };
    kyrgyz::Period::new(u64::from(period.count), unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinations_inflect() {
        for (label, dative) in [
            (
                "байланыш кызматтарын көрсөтүү келишими же башка келишим",
                "байланыш кызматтарын көрсөтүү келишимине же башка келишимге",
            ),
            ("документтин сериясы жана номери", "документтин сериясына жана номерине"),
            (
                "транзакциялар жана шаблондор жөнүндө маалыматтар",
                "транзакциялар жана шаблондор жөнүндө маалыматтарга",
            ),
            (
                "каттоо жана коопсуздукту камсыздоо",
                "каттоо жана коопсуздукту камсыздоого",
            ),
        ] {
            assert_eq!(super::dative(label), dative);
        }
    }

    #[test]
    fn lists_stay_unambiguous() {
        let list = |members: &[&str]| and(&members.iter().map(|m| (*m).to_owned()).collect::<Vec<_>>());
        assert_eq!(list(&["аты", "дареги", "ИНН"]), "аты, дареги жана ИНН");
        assert_eq!(list(&["аты жана тегі", "дареги"]), "аты жана тегі, ошондой эле дареги");
        assert_eq!(list(&["аты (A жана B)", "дареги"]), "аты (A жана B) жана дареги");
    }
}
