//! Keeps against restrictions on keeping: `keep … only at most P` where a sentence keeps the same data longer, whatever
//! happens (M11, M12). Told as `conflict`; of packs under the code of their rule.

use super::ends::{after_collection, of_keep, surely_later};
use super::near::Near;
use super::pairs::{self, Conflict};
use super::{Facts, finding, law, witness};
use crate::diagnostic::{Applicability, Diagnostic, Fix, Text, Witness};
use crate::meaning::{BanMeaning, CapMeaning, Grant, SentenceRef};
use crate::model::Model;
use crate::model::sentence::{Ban, Keep};
use crate::syntax::ast::{Date, Period, Unit};

/// What is asked about where the policy has no date.
const ANY_DAY: Date = Date {
    year: 2026,
    month: 1,
    day: 1,
};

pub(super) fn check(facts: &Facts<'_>, near: &Near<'_>) -> Vec<Diagnostic> {
    let Facts { model, meaning, .. } = *facts;
    let mut found = Vec::new();
    for cap in meaning.caps.iter().chain(&meaning.checked_caps) {
        for (_, grant) in near.statements(&cap.limits.region) {
            if let (SentenceRef::Ban(ban), SentenceRef::Keep(keep), Some(conflict)) =
                (cap.sentence, grant.sentence, exceeds(model, cap, grant))
            {
                found.extend(told(
                    model,
                    &model.bans[ban],
                    cap.at_most,
                    &model.keeps[keep],
                    &conflict,
                ));
            }
        }
    }
    found
}

/// Where a keep surely lasts longer than a cap on the same data lets it, if anywhere, with the least witness (M11).
#[must_use]
pub fn exceeds(model: &Model, cap: &CapMeaning, grant: &Grant) -> Option<Conflict> {
    let SentenceRef::Keep(keep) = grant.sentence else {
        return None;
    };
    if !surely_later(&of_keep(&model.keeps[keep])?, &after_collection(cap.at_most)) {
        return None;
    }
    // What is capped in every world of the keep is as if it were banned from that day on.
    let ban = BanMeaning {
        sentence: cap.sentence,
        id: cap.id.clone(),
        limits: cap.limits.clone(),
        except: Vec::new(),
    };
    pairs::conflict(model, &ban, grant)
}

/// The finding of a restriction and a keep that surely lasts longer.
fn told(model: &Model, ban: &Ban, most: Period, keep: &Keep, conflict: &Conflict) -> Option<Diagnostic> {
    let begins = model.policy.as_ref().and_then(crate::model::Policy::begins);
    let collected = begins.unwrap_or(ANY_DAY);
    let last = plus(collected, most)?;
    let why = Text::new(
        "for example `{request}`, collected on {day}: from {last} on the restriction has it gone, and this sentence still keeps it; the earlier day counts",
    )
    .with("request", witness::sentence(model, conflict))
    .with("day", collected.to_string())
    .with("last", last.to_string());
    let message = "data are kept longer than a restriction allows";
    let (at, here) = (keep.stated.span, "kept longer here");
    let found = match ban.rule.and_then(|rule| model.rules.get(rule)) {
        Some(rule) => law::bans::of_rule(model, rule, message.into(), at, here.into()),
        None => finding("conflict", message, at, here),
    };
    let found = found
        .and(
            ban.span,
            Text::new("at most {period} from the collection").with("period", most.to_string()),
        )
        .because(why)
        .shown_by(after(model, conflict, collected, last))
        .help("shorten the term, let the restriction name what may be kept longer, or say `at most` here too");
    let bounded = keep.at_most.is_none() && ban.rule.is_none();
    Some(match (ban.cap.as_ref(), longest(keep)) {
        (Some(cap), Some(longest)) if bounded && !keep.data.names.is_empty() => found.fix(Fix {
            title: Text::new("let the restriction allow {period}").with("period", longest.to_string()),
            edits: vec![(cap.span, longest.to_string())],
            applicability: Applicability::NeedsReview,
            within: Vec::new(),
        }),
        _ => found,
    })
}

/// The request that shows it: the item is still stored on the day from which it must be gone.
fn after(model: &Model, conflict: &Conflict, collected: Date, last: Date) -> Witness {
    let mut conflict = conflict.clone();
    conflict.world.date = conflict.world.date.or(Some(last));
    Witness {
        collected: Some(collected.to_string()),
        ..witness::of(model, &conflict)
    }
}

/// The period for which a keep lasts, where it is one from the collection on.
fn longest(keep: &Keep) -> Option<Period> {
    match &keep.end {
        Some(crate::model::sentence::End::After(period, None)) => Some(*period),
        _ => keep.at_least.map(|least| least.value),
    }
}

/// The day so long after another one.
fn plus(day: Date, period: Period) -> Option<Date> {
    let count = i64::from(period.count);
    let date = |year: i32, month: u8, day: u8| {
        let month = time::Month::try_from(month).ok()?;
        time::Date::from_calendar_date(year, month, day.min(month.length(year))).ok()
    };
    let start = date(i32::from(day.year), day.month, day.day)?;
    let days = |days: i64| start.checked_add(time::Duration::days(days));
    let months = |months: i64| {
        let all = i64::from(day.year) * 12 + i64::from(day.month) - 1 + months;
        date(i32::try_from(all / 12).ok()?, u8::try_from(all % 12 + 1).ok()?, day.day)
    };
    let end = match period.unit {
        Unit::Hour => days(count / 24)?,
        Unit::Day | Unit::WorkingDay => days(count)?,
        Unit::Week => days(count * 7)?,
        Unit::Month => months(count)?,
        Unit::Year => months(count * 12)?,
    };
    Some(Date {
        year: u16::try_from(end.year()).ok()?,
        month: end.month().into(),
        day: end.day(),
    })
}
