//! What must be disposed of by when, for people (M12).

use kupuya_runtime::wire::Disposal;
use kupuya_runtime::{Deadline, Due, Retained};

use super::{Lines, gap_text, problem_text, some};
use crate::diagnostic::Text;
use crate::messages::Language;

/// A block for each group of data that are told the same.
#[must_use]
pub fn render(retained: &Retained<'_>, language: Language) -> String {
    let mut out = Lines::new(language);
    for problem in &retained.problems {
        out.verdict(problem.verdict(), problem_text(problem));
    }
    let mut rest: Vec<&Deadline<'_>> = retained.items.iter().collect();
    rest.sort_by_key(|item| item.state);
    while let Some(first) = rest.first().copied() {
        let (same, others): (Vec<&Deadline<'_>>, Vec<&Deadline<'_>>) =
            rest.into_iter().partition(|item| told_the_same(first, item));
        rest = others;
        block(&mut out, first, &same);
    }
    out.text
}

pub(super) fn told_the_same(a: &Deadline<'_>, b: &Deadline<'_>) -> bool {
    (a.by, a.state, a.earliest, a.latest, a.disposal, &a.rules, &a.missing)
        == (b.by, b.state, b.earliest, b.latest, b.disposal, &b.rules, &b.missing)
}

fn block(out: &mut Lines, first: &Deadline<'_>, same: &[&Deadline<'_>]) {
    const SHOWN: usize = 6;
    let names: Vec<&str> = same.iter().map(|item| item.data).collect();
    let state = state_text(first).with("data", some(&names, SHOWN));
    match first.by {
        Some(by) => out.say(0, &Text::new("{state} (by {by})").with("state", state).with("by", by)),
        None => out.say(0, &state),
    }
    if first.state == Due::Unknown {
        if let Some(time) = first.earliest {
            out.say(1, &Text::new("not before {day}").with("day", time.to_string()));
        }
        if let Some(time) = first.latest {
            out.say(1, &Text::new("not after {day}").with("day", time.to_string()));
        }
    }
    for gap in &first.missing {
        out.say(1, &Text::new("missing: {gap}").with("gap", gap_text(gap)));
    }
    for rule in &first.rules {
        out.clause_at(1, rule);
    }
}

/// The deadline of an item of an answer: what is missing stands there already, where it stands in the way.
pub(super) fn deadline(out: &mut Lines, of: &Deadline<'_>) {
    out.say(2, &state_text(of).with("data", of.data));
    for rule in &of.rules {
        out.clause(rule);
    }
}

fn state_text(item: &Deadline<'_>) -> Text {
    let anonymise = item.disposal == Some(Disposal::Anonymise);
    let day = item.latest.map(|time| time.to_string());
    match (item.state, day, anonymise) {
        (Due::NotKept, ..) => Text::new("{data}: no term, since no keep covers them"),
        (Due::Unknown, _, false) => Text::new("{data}: it is not known whether they must be erased"),
        (Due::Unknown, _, true) => Text::new("{data}: it is not known whether they must be anonymised"),
        (Due::Due, None, false) => Text::new("{data}: must be erased"),
        (Due::Due, None, true) => Text::new("{data}: must be anonymised"),
        (Due::Due, Some(day), false) => Text::new("{data}: must be erased since {day}").with("day", day),
        (Due::Due, Some(day), true) => Text::new("{data}: must be anonymised since {day}").with("day", day),
        (Due::Hold, None, false) => Text::new("{data}: may be kept; then erase"),
        (Due::Hold, None, true) => Text::new("{data}: may be kept; then anonymise"),
        (Due::Hold, Some(day), false) => Text::new("{data}: may be kept until {day}, then erase").with("day", day),
        (Due::Hold, Some(day), true) => Text::new("{data}: may be kept until {day}, then anonymise").with("day", day),
    }
}
