//! Words: forms of labels, lists, capitals. Everything here works on finished text.

use kyrgyz::typography::{polish, sentence_case};
use kyrgyz::{Case, Features, Number, Possessor};

use super::lexicon::phrase;
use crate::notice::document::Item;
use crate::syntax::ast::{Date, Period, Unit};

/// Postpositions: what stands before one belongs to it, and does not take the case of the phrase.
const POSTPOSITIONS: &[&str] = &["жөнүндө", "тууралуу", "боюнча", "үчүн", "менен", "аркылуу"];

/// What joins the members of a coordination.
const JOINTS: &[&str] = &[", ", " жана ", " же "];

/// A label in a case.
pub(super) fn case(label: &str, case: Case) -> String {
    form(label, Number::Singular, Possessor::None, case)
}

/// A label with number, possessor and case. The last member of a coordination inflects, and with it those before it
/// that are surely nouns of the same rank; what may belong to a word inside a later member stays as it is.
pub(super) fn form(label: &str, number: Number, possessor: Possessor, case: Case) -> String {
    let features = Features::new(number, possessor, case);
    let (members, last) = members(label);
    let mut out = phrase(last).with(features).text;
    let mut next = last;
    let mut together = true;
    for (member, joint) in members.into_iter().rev() {
        // «эсебинин же телефонунун номери»: an owner of what follows, whatever case that takes.
        if together && is_owner(member) {
            out = format!("{member}{joint}{out}");
            continue;
        }
        together = together && same_rank(member, next);
        let member_text = if together {
            phrase(member).with(features).text
        } else {
            member.to_owned()
        };
        out = format!("{member_text}{joint}{out}");
        next = member;
    }
    out
}

/// The members before the last, each with its joint, and the last. Nothing is split inside brackets or quotation marks.
fn members(label: &str) -> (Vec<(&str, &str)>, &str) {
    let (mut found, mut start, mut depth) = (Vec::new(), 0, 0i32);
    for (at, letter) in label.char_indices() {
        match letter {
            '(' | '«' | '„' => depth += 1,
            ')' | '»' | '“' => depth -= 1,
            _ => {}
        }
        let joint = JOINTS
            .iter()
            .find(|joint| depth == 0 && at >= start && label[at..].starts_with(**joint));
        if let Some(joint) = joint
            && at > start
            && label.len() > at + joint.len()
        {
            found.push((&label[start..at], *joint));
            start = at + joint.len();
        }
    }
    (found, &label[start..])
}

/// Whether two neighbours of a coordination are surely nouns of one rank, so that both take the case.
fn same_rank(first: &str, second: &str) -> bool {
    let words: Vec<&str> = second.split(" (").next().unwrap_or(second).split_whitespace().collect();
    let inner = &words[..words.len().saturating_sub(1)];
    if is_action(first) {
        // «сактоо жана коргоо тартибин тандоо», «уюштуруу жана укуктук чараларды көрүү»: the first action may belong
        // to something inside the second.
        let whole = first.contains(' ') || words.len() <= 2;
        return whole && is_action(second) && !inner.iter().any(|word| ends_as_action(word));
    }
    if !first.contains(' ') && words.len() == 1 && !is_action(second) {
        return true;
    }
    let marked = |text: &str| {
        let phrase = phrase(text);
        // An object before a verb looks like a possessive: маалыматтарды, келишимди.
        let object = ["ды", "ди", "ду", "дү", "ты", "ти", "ту", "тү"]
            .iter()
            .any(|end| text.ends_with(end));
        let end = match (phrase.is_plural(), phrase.is_possessive()) {
            _ if object && (phrase.is_guessed() || text.contains("рд")) => false,
            (true, false) => text.ends_with('р'),
            (true, true) => ["ры", "ри", "ру", "рү"].iter().any(|end| text.ends_with(end)),
            (false, true) => text.ends_with(['ы', 'и', 'у', 'ү']),
            (false, false) => false,
        };
        (end, phrase.is_plural(), phrase.is_possessive())
    };
    let (first, second) = (marked(first), marked(second.split(" (").next().unwrap_or(second)));
    // «келишими же башка келишим»: two whole phrases, whatever their endings.
    let whole = words.first() == Some(&"башка");
    let alone = !inner.iter().any(|word| POSTPOSITIONS.contains(word));
    first.0 && alone && (whole || first == second)
}

fn ends_as_action(word: &str) -> bool {
    kyrgyz::is_verbal_noun(word)
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

/// A word without what its suffixes may be, so that it is found in any form.
pub(super) fn stem(word: &str) -> &str {
    let long = word.char_indices().nth(6).map_or(word.len(), |(at, _)| at);
    &word[..long]
}

pub(super) fn ablative(label: &str) -> String {
    case(label, Case::Ablative)
}

/// Whether a label names several things.
pub(super) fn is_plural(label: &str) -> bool {
    phrase(label).is_plural()
}

/// Whether a label names an action: its head is a verbal noun without suffixes.
pub(super) fn is_action(label: &str) -> bool {
    let phrase = phrase(label);
    let core = label.split(" (").next().unwrap_or(label).trim_end();
    let word = core.split_whitespace().last().unwrap_or("");
    !phrase.is_plural() && !phrase.is_possessive() && ends_as_action(word)
}

/// Whether a clause is a condition: «… болгон учурда», «… болгондо», «… болсо».
pub(super) fn is_condition(clause: &str) -> bool {
    let word = clause.split_whitespace().last().unwrap_or("");
    let locative = word
        .strip_suffix(['а', 'е', 'о', 'ө'])
        .and_then(|stem| stem.strip_suffix(['д', 'т']));
    word == "учурда" || word == "болсо" || word == "болбосо" || locative.is_some_and(kyrgyz::is_participle)
}

/// The condition that a label begins with, and the rest: «маалымат ачыкка чыкканда» and «билдирүү».
pub(super) fn condition_first(label: &str) -> (Option<&str>, &str) {
    let mut end = 0;
    for word in label.split_inclusive(' ') {
        end += word.len();
        let first = label[..end].trim_end();
        let clause = first.trim_end_matches(',');
        // «…га, зарыл болсо, …» has its condition in the middle.
        let aside = clause
            .rsplit_once(", ")
            .is_some_and(|(_, last)| last.split(' ').count() < 3);
        if aside && is_condition(clause) {
            return (None, label);
        }
        if is_condition(clause) && end < label.len() {
            return (Some(clause), &label[end..]);
        }
    }
    (None, label)
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

/// Whether a label begins with a thing of somebody who is not named: «бетинин сүрөтү», «диагнозу», «жайгашкан жери
/// жөнүндө маалымат».
pub(super) fn lacks_owner(label: &str) -> bool {
    let words: Vec<&str> = label.split_whitespace().collect();
    let participle = |word: &str| {
        ["ган", "ген", "гон", "гөн", "кан", "кен", "кон", "көн"]
            .iter()
            .any(|end| word.ends_with(end))
    };
    match words.as_slice() {
        [only] => possessed(only),
        [first, ..] if without_genitive(first).is_some_and(possessed) => true,
        [first, "жөнүндө" | "тууралуу", ..] => possessed(first),
        [of, first, "жөнүндө" | "тууралуу", ..] => participle(of) && possessed(first),
        _ => false,
    }
}

/// Whether a word is a thing of somebody: «бети», «диагнозу»; «Колдонуучу» is somebody.
fn possessed(word: &str) -> bool {
    if ["чы", "чи", "чу", "чү"].iter().any(|end| word.ends_with(end)) {
        return false;
    }
    let mut letters = word.chars().rev();
    let ends = letters.next().is_some_and(|last| matches!(last, 'ы' | 'и' | 'у' | 'ү'));
    ends && letters.next().is_some_and(|before| !"аоуыеэиөүяюё".contains(before))
}

/// A word without its genitive, if it has one.
fn without_genitive(word: &str) -> Option<&str> {
    ["нын", "нин", "нун", "нүн"]
        .iter()
        .find_map(|end| word.strip_suffix(end))
}

/// Whether a member of a coordination is one thing of somebody in the genitive, and so an owner: «эсебинин».
fn is_owner(member: &str) -> bool {
    !member.contains(' ') && without_genitive(member).is_some_and(possessed)
}

/// Whether words say one thing only: no list and no pair.
pub(super) fn is_single(words: &str) -> bool {
    !words.contains(',') && !words.split(' ').any(|word| matches!(word, "жана" | "же" | "ошондой"))
}

/// «A, B жана C».
pub(super) fn and(members: &[String]) -> String {
    join(members, "жана", "ошондой эле")
}

/// «A, B же C».
pub(super) fn or(members: &[String]) -> String {
    join(members, "же", "же болбосо")
}

/// «A аркылуу, B аркылуу же C аркылуу»: members whose ends are plain to see, whatever stands inside.
pub(super) fn either(members: &[String]) -> String {
    plainly(members, "же")
}

/// Neighbours that end alike, said once: «A мыйзамынын талаптарына ылайык», «B мыйзамынын талаптарына ылайык» as
/// «A мыйзамынын же B мыйзамынын талаптарына ылайык».
pub(super) fn gathered(members: &[String]) -> Vec<String> {
    let tails = [" талаптарына ылайык", " негизинде"];
    let mut said: Vec<(Vec<&str>, &str)> = Vec::new();
    for member in members {
        let tail = tails.into_iter().find(|tail| member.ends_with(tail)).unwrap_or("");
        let stem = member.strip_suffix(tail).unwrap_or(member);
        match said.last_mut() {
            Some((stems, known)) if *known == tail && !tail.is_empty() => stems.push(stem),
            _ => said.push((vec![stem], tail)),
        }
    }
    let one = |(stems, tail): (Vec<&str>, &str)| {
        let stems: Vec<String> = stems.into_iter().map(str::to_owned).collect();
        format!("{}{tail}", or(&stems))
    };
    said.into_iter().map(one).collect()
}

/// The same for all of them: «A аркылуу жана B аркылуу».
pub(super) fn each(members: &[String]) -> String {
    plainly(members, "жана")
}

/// What all members end in is said once: «A же B аркылуу».
fn plainly(members: &[String], conjunction: &str) -> String {
    let tails = [" берүү аркылуу", " аркылуу"];
    let alternatives = |member: &String| bare(member).split_whitespace().any(|word| word == "же");
    if let [first @ .., last] = members
        && !first.is_empty()
        && conjunction == "же"
        && members.iter().any(alternatives)
    {
        return format!("{}, же болбосо {last}", first.join(", "));
    }
    let shared = |tail: &&str| members.len() > 1 && members.iter().all(|member| member.ends_with(*tail));
    let tail = tails.into_iter().find(shared).unwrap_or("");
    let stems: Vec<&str> = members
        .iter()
        .map(|member| member.strip_suffix(tail).unwrap_or(member))
        .collect();
    match stems.as_slice() {
        [] => String::new(),
        [one] => format!("{one}{tail}"),
        [first @ .., last] => format!("{} {conjunction} {last}{tail}", first.join(", ")),
    }
}

/// A remark in brackets behind a text; it joins those that stand there, and never stands in brackets within brackets.
pub(super) fn remark(text: &str, remark: &str) -> String {
    match (text.strip_suffix(')'), remark.contains('(')) {
        (_, true) => format!("{text} – {remark}"),
        (Some(open), false) if open.contains('(') => format!("{open}; {remark})"),
        (_, false) => format!("{text} ({remark})"),
    }
}

/// Ends an open list in «ж.б.», unless its last member says itself that there are others.
pub(super) fn and_so_on(last: &str) -> String {
    match is_catch_all(last) {
        true => last.to_owned(),
        false => format!("{last} ж.б."),
    }
}

/// Says of a list that there is more: «ж.б.» behind its last member, or a member for the rest.
pub(super) fn leave_open(text: &mut String, items: &mut Vec<Item>, rest: &str) {
    match items.last_mut() {
        None => *text = and_so_on(text),
        Some(last) if last.items.is_empty() => last.text = and_so_on(&last.text),
        Some(_) => items.push(Item {
            text: rest.to_owned(),
            items: Vec::new(),
            units: Vec::new(),
        }),
    }
}

/// What stands before the last of several numbers.
pub(super) const JOINT: &str = "жана";

/// References to numbered parts, in the locative: «4.2–4.4 жана 5.1-пункттарда», «7-бөлүмдө»; `None` without numbers.
pub(super) fn numbered(numbers: &[&str], noun: &str) -> Option<String> {
    numbered_as(numbers, noun, Possessor::None, Case::Locative)
}

/// The same of a document that is named before, and in any case: «4.2–4.4-пункттары», «7-бөлүмүндө».
pub(super) fn numbered_as(numbers: &[&str], noun: &str, possessor: Possessor, case: Case) -> Option<String> {
    let last = |number: &str| number.rsplit('.').next().and_then(|last| last.parse::<usize>().ok());
    let chapter = |number: &str| number.rsplit_once('.').map(|(chapter, _)| chapter.to_owned());
    let mut runs: Vec<(&str, &str)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, end)) if chapter(end) == chapter(number) && last(end).map(|end| end + 1) == last(number) => {
                *end = number;
            }
            _ => runs.push((number, number)),
        }
    }
    let runs: Vec<String> = runs
        .into_iter()
        .map(|(first, end)| match first == end {
            true => first.to_owned(),
            false => format!("{first}–{end}"),
        })
        .collect();
    let number = if numbers.len() > 1 {
        Number::Plural
    } else {
        Number::Singular
    };
    let noun = form(noun, number, possessor, case);
    // «VI бөлүмдө»: Roman figures take no hyphen.
    let sign = match runs
        .last()
        .is_some_and(|run| run.ends_with(|last: char| last.is_ascii_digit()))
    {
        true => "-",
        false => " ",
    };
    (!runs.is_empty()).then(|| format!("{}{sign}{noun}", plainly(&runs, JOINT)))
}

/// «… башка маалыматтар»: what is left of a list.
pub(super) fn is_catch_all(label: &str) -> bool {
    let bare = bare(label);
    let words: Vec<&str> = bare.split_whitespace().collect();
    let Some(at) = words.iter().rposition(|word| *word == "башка") else {
        return false;
    };
    let head = words.get(at + 1..).unwrap_or_default();
    !head.is_empty() && head.len() < 5 && !has_owner(&head.join(" "))
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
        // Two members stay apart without semicolons: the stronger word tells where the second begins.
        [first, last] if members.iter().any(listed) => format!("{first}, {strong} {last}"),
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
    let listed = members.iter().any(|member| bare(member).contains([',', ';']));
    members.len() > 3 || members.len() > 2 && listed || members.len() > 1 && letters > 120
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
    sentence(&text.split_whitespace().collect::<Vec<_>>().join(" "))
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

/// «30 (отуз) күндүн ичинде»; no time at all is «токтоосуз».
pub(super) fn within(term: Period) -> String {
    match term.count {
        0 => "токтоосуз".to_owned(),
        _ => period(term).within(),
    }
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
                "каттоого жана коопсуздукту камсыздоого",
            ),
            (
                "аны сактоо жана коргоо тартибин тандоо",
                "аны сактоо жана коргоо тартибин тандоого",
            ),
            (
                "жеке маалыматтарды жана башка маалыматтарды коргоо эрежелери",
                "жеке маалыматтарды жана башка маалыматтарды коргоо эрежелерине",
            ),
            (
                "техникалык, уюштуруу жана укуктук чараларды көрүү",
                "техникалык, уюштуруу жана укуктук чараларды көрүүгө",
            ),
            (
                "чогултуу, иштетүү жана өткөрүп берүү",
                "чогултууга, иштетүүгө жана өткөрүп берүүгө",
            ),
            ("Абонент же Колдонуучу", "Абонентке же Колдонуучуга"),
            (
                "арыздарды, даттанууларды карап чыгуу",
                "арыздарды, даттанууларды карап чыгууга",
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
