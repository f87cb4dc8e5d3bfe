//! What only today's date tells: a policy that still holds, under a law pack that has ended.

use crate::codes::codes;
use crate::diagnostic::{Diagnostic, Severity, Text};
use crate::model::packs::{Head, choose};
use crate::model::{Model, Policy};
use crate::source::{Origin, Spanned};
use crate::syntax::ast::Date;

codes! {
    in "today" {
        PACK_ENDED = "pack_ended": "The policy is in force today, but the law pack of its date has ended.";
    }
}

/// The civil day of an instant in Bishkek, where the dates of a policy are read.
#[must_use]
pub fn civil(now: time::OffsetDateTime) -> Date {
    let bishkek = time::UtcOffset::from_hms(6, 0, 0).unwrap_or(time::UtcOffset::UTC);
    let now = now.to_offset(bishkek);
    Date {
        year: u16::try_from(now.year()).unwrap_or(u16::MAX),
        month: now.month().into(),
        day: now.day(),
    }
}

/// Notes that hold today. Who has `asked` for a law by its name does not need to hear that it has ended.
#[must_use]
pub fn check(model: &Model, heads: &[Head<'_>], today: Date, asked: Option<&str>) -> Vec<Diagnostic> {
    let Some(policy) = model.policy.as_ref().filter(|policy| in_force(policy, today)) else {
        return Vec::new();
    };
    let asked_for = |by: &Spanned<String>| Some(by.value.as_str()) == asked;
    let packs = model
        .packs
        .iter()
        .filter(|pack| pack.origin == Origin::Pack && !pack.chosen_by.as_ref().is_some_and(asked_for));
    let ended = packs.filter_map(|pack| Some((pack, pack.until.filter(|last| *last < today)?)));
    ended
        .map(|(pack, last)| {
            let message = Text::new("the policy is in force, but `{pack}`, under which it is checked, ended on {day}")
                .with("pack", &pack.name)
                .with("day", iso(last));
            let chosen = pack.chosen_by.as_ref();
            let place = chosen.map_or(policy.header, |law| law.span);
            // A pack may be named itself, or picked from its family.
            let by_name = chosen.is_some_and(|law| law.value == pack.name);
            let why = if by_name {
                "named here"
            } else {
                "chosen by the policy's date"
            };
            let note = Diagnostic::new(PACK_ENDED, Severity::Note, message, place, why);
            let next = pack
                .family
                .as_ref()
                .and_then(|family| choose(heads, family, Some(today)).ok());
            match next {
                Some(next) => note.help(
                    Text::new("today `{next}` is in force: `kupuya check --law {next}` shows what it asks for")
                        .with("next", &next.name),
                ),
                None => note.help("no pack of its family is in force today: look whether another one fits"),
            }
        })
        .collect()
}

fn in_force(policy: &Policy, today: Date) -> bool {
    policy.begins().is_some_and(|first| first <= today) && policy.until.is_none_or(|last| today <= last.value)
}

fn iso(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year, day.month, day.day)
}
