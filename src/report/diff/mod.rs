//! What is between two versions, for people. Each format is a file; what they say alike stands here.

pub mod markdown;
pub mod terminal;

use crate::diagnostic::{Argument, Text};
use crate::diff::{Announced, Change, Cited, Diff, Fate, Kind, Moved, Person, Place, Verdict, Version};

use super::answer::{period, verdict_text};
use super::counted;

/// `ogogo of 2024-06-01`.
fn version(version: &Version) -> Text {
    let text = match (&version.version, version.begins) {
        (Some(number), Some(day)) => {
            let text = Text::new("{policy} {version} of {day}").with("version", number);
            text.with("day", day.to_string())
        }
        (Some(number), None) => Text::new("{policy} {version}").with("version", number),
        (None, Some(day)) => Text::new("{policy} of {day}").with("day", day.to_string()),
        (None, None) => Text::new("{policy}"),
    };
    text.with("policy", &version.policy)
}

/// What a verdict asks for.
fn verdict(verdict: Verdict) -> Text {
    Text::new(verdict.word())
}

/// The verdict on the whole.
fn whole(diff: &Diff) -> Text {
    match (diff.verdict, diff.changes.is_empty() && diff.uncompared.is_empty()) {
        (Verdict::Reconsent, _) => "consent must be asked for again".into(),
        (Verdict::Notify, _) => "people must be told".into(),
        (Verdict::Nothing, false) => "nobody needs to be asked or told: the new version does less, or promises more".into(),
        (Verdict::Nothing, true) => match (diff.same_meaning, diff.same_text) {
            (true, true) => "both versions are the same".into(),
            (true, false) => "nobody needs to be asked or told: only words differ".into(),
            (false, _) => {
                "nobody needs to be asked or told: the same is allowed and forbidden, though it is said in other sentences".into()
            }
        },
    }
}

/// That not all was compared.
fn uncompared() -> Text {
    "not all was compared: at these places too many facts decide at once, and what is asked for is the most that may be"
        .into()
}

/// How long before people are told; `None`: the new version does not say.
fn announcement(announced: Option<&[Announced]>) -> Option<Text> {
    let Some(announced) = announced else {
        return Some(
            "how long before people are told is not known: a bundle does not carry it; compare with the policy that it was built from"
                .into(),
        );
    };
    let first = announced.first()?;
    if first.period.count == 0 {
        return Some("changes hold as soon as they are published: the policy says so".into());
    }
    let text = match (&first.rule, &first.cites) {
        (None, _) => Text::new("changes are told {period} before they take effect: the policy promises it"),
        (Some(rule), None) => {
            Text::new("changes are told {period} before they take effect: {rule} asks for it").with("rule", rule)
        }
        (Some(rule), Some(cites)) => {
            let text =
                Text::new("changes are told {period} before they take effect: {rule} asks for it, article {cites}");
            text.with("rule", rule).with("cites", cites)
        }
    };
    Some(text.with("period", period(first.period)))
}

fn kind(kind: Kind) -> Text {
    Text::new(kind.word())
}

/// Where something changes, as a sentence of the language.
fn place(verb: &str, place: &Place) -> String {
    const SHOWN: usize = 8;
    let list = |names: &[String]| match names.len() > SHOWN {
        true => format!("{}, … (+{})", names[..SHOWN].join(", "), names.len() - SHOWN),
        false => names.join(", "),
    };
    let mut words = format!("{verb} {}", list(&place.data));
    let parts = [
        ("about", &place.about),
        ("from", &place.source),
        ("with", &place.recipient),
        ("for", &place.purpose),
        ("by", &place.by),
    ];
    for (word, names) in parts.into_iter().filter(|(_, names)| !names.is_empty()) {
        words.push_str(&format!(" {word} {}", list(names)));
    }
    words
}

/// That a recipient is elsewhere now, or new and not at home.
fn moved(moved: &Moved) -> Text {
    let all = |places: &[String]| Argument::all_of(places);
    let before = moved.before.as_deref();
    let text = match (before, moved.after.is_empty()) {
        (None, _) => Text::new("{recipient} is new, and is in {after}"),
        (Some([]), _) => Text::new("{recipient} was in no stated country, is in {after}"),
        (_, true) => Text::new("{recipient} was in {before}, and no country is stated now"),
        _ => Text::new("{recipient} was in {before}, is in {after}"),
    };
    let text = text
        .with("recipient", &moved.recipient)
        .with("after", all(&moved.after));
    text.with("before", all(before.unwrap_or_default()))
}

/// How a clause is cited.
fn cited(cited: &Cited) -> Text {
    match (&cited.paragraph, &cited.sentence) {
        (Some(paragraph), Some(_)) => Text::new("clause {paragraph} ({id})").with("paragraph", paragraph),
        _ => Text::new("rule {id}"),
    }
    .with("id", &cited.rule)
}

/// What must be known beside the sentence of the request: what it has no words for, and how the other version is asked.
fn beside(change: &Change) -> Vec<Text> {
    let witness = &change.witness;
    let mut told = Vec::new();
    if !witness.unsaid.is_empty() {
        let text = Text::new("what a sentence cannot say: {all}");
        told.push(text.with("all", Argument::listed(witness.unsaid.iter().cloned())));
    }
    if let Some(other) = &witness.other_sentence {
        told.push(Text::new("the other version is asked: {request}").with("request", other));
    }
    told
}

/// What both versions answer to the request that shows a change.
fn answers(change: &Change) -> Text {
    let witness = &change.witness;
    match (&witness.kept_before, &witness.kept_after) {
        (Some(before), Some(after)) => {
            let until = |time: &Option<kupuya_runtime::Time>| match time {
                Some(time) => Text::new("until {day}").with("day", Argument::from(day(time))),
                None => "without an end".into(),
            };
            let text = Text::new("before: kept {before}; now: kept {after}");
            text.with("before", until(before)).with("after", until(after))
        }
        _ => Text::new("before: {before}; now: {after}")
            .with("before", verdict_text(witness.verdict_before))
            .with("after", verdict_text(witness.verdict_after)),
    }
}

fn day(time: &kupuya_runtime::Time) -> String {
    serde_json::to_value(time)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// The bases, where they matter.
fn bases(change: &Change) -> Option<Text> {
    let (before, after) = (&change.bases_before, &change.bases_after);
    let all = |bases: &[String]| Argument::all_of(bases);
    match (before.is_empty(), after.is_empty()) {
        (true, true) => None,
        (true, false) => Some(Text::new("relies on {bases}").with("bases", all(after))),
        (false, true) => Some(Text::new("relied on {bases}").with("bases", all(before))),
        (false, false) if before == after => Some(Text::new("relies on {bases}").with("bases", all(after))),
        (false, false) => {
            let text = Text::new("relied on {before}, relies on {bases}");
            Some(text.with("before", all(before)).with("bases", all(after)))
        }
    }
}

/// For whom what is asked, a line for each class of people and each consent with what is asked for its purposes.
fn consents(person: &Person) -> Vec<(String, Verdict, Vec<String>)> {
    let mut lines: Vec<(String, Verdict, Vec<String>)> = Vec::new();
    for covered in &person.consents {
        let known = lines
            .iter_mut()
            .find(|(basis, verdict, _)| *basis == covered.basis && *verdict == covered.verdict);
        match known {
            Some((.., purposes)) => purposes.push(covered.purpose.clone()),
            None => lines.push((covered.basis.clone(), covered.verdict, vec![covered.purpose.clone()])),
        }
    }
    lines.sort_by_key(|(basis, verdict, _)| (std::cmp::Reverse(*verdict), basis.clone()));
    lines
}

/// How many clauses are not as they were.
fn counts(diff: &Diff) -> Vec<Text> {
    let count = |fate: Fate| diff.clauses.iter().filter(|clause| clause.fate == fate).count();
    let rows = [
        (
            Fate::Worded,
            "{n} clause says the same in other words",
            "{n} clauses say the same in other words",
        ),
        (
            Fate::Moved,
            "{n} clause only has another number",
            "{n} clauses only have another number",
        ),
        (Fate::New, "{n} clause is new", "{n} clauses are new"),
        (Fate::Gone, "{n} clause is gone", "{n} clauses are gone"),
    ];
    let rows = rows.into_iter().map(|(fate, one, many)| (count(fate), one, many));
    rows.filter(|(n, ..)| *n > 0)
        .map(|(n, one, many)| counted(n, one, many))
        .collect()
}
