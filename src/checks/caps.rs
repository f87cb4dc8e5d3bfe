//! Keeps against restrictions on keeping: `keep … only at most P` where a sentence keeps the same data longer, whatever
//! happens (M11, M12). Told as `conflict`; of packs under the code of their rule.

use std::collections::BTreeMap;

use super::ends::{after_collection, of_keep, surely_later};
use super::near::Near;
use super::pairs::{self, Conflict};
use super::{Facts, finding, law, witness};
use crate::diagnostic::{Applicability, Diagnostic, Fix, Text, Witness};
use crate::meaning::{BanMeaning, CapMeaning, Grant, Meaning, Region, SentenceRef};
use crate::model::Model;
use crate::model::noun::{Controller, Data, Id};
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
                (cap.sentence, grant.sentence, exceeds(model, meaning, cap, grant))
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

/// Where a keep surely lasts longer than a cap on the same data lets it, if anywhere that this keep decides, with the least
/// witness (M11).
#[must_use]
pub fn exceeds(model: &Model, meaning: &Meaning, cap: &CapMeaning, grant: &Grant) -> Option<Conflict> {
    let SentenceRef::Keep(keep) = grant.sentence else {
        return None;
    };
    let keep = model.keeps.get(keep)?;
    if !surely_later(&of_keep(keep)?, &after_collection(cap.at_most)) {
        return None;
    }
    // What is capped in every world of the keep is as if it were banned from that day on.
    let ban = BanMeaning {
        sentence: cap.sentence,
        id: cap.id.clone(),
        limits: cap.limits.clone(),
        except: Vec::new(),
    };
    let least = |one: &Conflict| pairs::key(model, one.act, &one.point);
    match deciding(model, meaning, keep, grant) {
        None => pairs::conflict(model, &ban, grant),
        Some(parts) => {
            let parts = parts.iter().filter_map(|part| pairs::conflict(model, &ban, part));
            parts.min_by_key(least)
        }
    }
}

/// Data of one keeper, by the keeps that name them by lesser nouns.
type Alike = BTreeMap<(Option<Id<Controller>>, Vec<usize>), Vec<Id<Data>>>;

/// Where a keep decides, in parts: inside one block the keep of a lesser noun does, if it applies (M12). `None`: everywhere.
fn deciding(model: &Model, meaning: &Meaning, keep: &Keep, grant: &Grant) -> Option<Vec<Grant>> {
    let block = model.blocks.get(keep.stated.block)?;
    let beside = |other: &&Grant| match other.sentence {
        SentenceRef::Keep(at) => other.sentence != grant.sentence && block.keeps.contains(&at),
        _ => false,
    };
    let others: Vec<&Grant> = match block.keeps.len() {
        0 | 1 => return None,
        _ => meaning.grants.iter().filter(beside).collect(),
    };
    let mut parts = Vec::new();
    for region in &grant.regions {
        let data = region.data.clone().unwrap_or_else(|| model.data.ids().collect());
        let by: Vec<Option<Id<Controller>>> = match &region.by {
            Some(by) => by.iter().copied().map(Some).collect(),
            None if model.controllers.is_empty() => vec![None],
            None => model.controllers.ids().map(Some).collect(),
        };
        // Data and keepers by the keeps of lesser nouns, which no others tell apart.
        let mut alike = Alike::new();
        for (by, data) in by.iter().flat_map(|by| data.iter().map(move |data| (*by, *data))) {
            let lesser = others.iter().enumerate().filter(|(_, other)| {
                let beats = |other: &Keep| lesser(model, other, keep, data);
                covers(other, by, data) && matches!(other.sentence, SentenceRef::Keep(at) if beats(&model.keeps[at]))
            });
            let lesser = lesser.map(|(at, _)| at).collect();
            alike.entry((by, lesser)).or_default().push(data);
        }
        parts.extend(alike.into_iter().map(|((by, lesser), data)| {
            Grant {
                regions: vec![Region {
                    by: by.map(|by| vec![by]),
                    data: Some(data),
                    ..region.clone()
                }],
                guard: lesser
                    .iter()
                    .fold(grant.guard.clone(), |guard, at| guard.and(&others[*at].guard.not())),
                ..grant.clone()
            }
        }));
    }
    Some(parts)
}

/// Whether a keep speaks of these data of this keeper.
fn covers(grant: &Grant, by: Option<Id<Controller>>, data: Id<Data>) -> bool {
    fn within<D>(atoms: &Option<Vec<Id<D>>>, atom: Id<D>) -> bool {
        atoms.as_ref().is_none_or(|atoms| atoms.contains(&atom))
    }
    let mut regions = grant.regions.iter();
    regions.any(|region| within(&region.data, data) && by.is_none_or(|by| within(&region.by, by)))
}

/// Whether one keep names the data by lesser nouns than another: each noun of the other has one of its strictly below.
fn lesser(model: &Model, low: &Keep, high: &Keep, data: Id<Data>) -> bool {
    let names = |keep: &Keep| -> Vec<Id<Data>> {
        let names = keep.data.names.iter().map(|name| name.value);
        names
            .filter(|name| !keep.data.any && model.data.below(data, *name))
            .collect()
    };
    let (low, high) = (names(low), names(high));
    let below = |high: &Id<Data>| low.iter().any(|low| low != high && model.data.below(*low, *high));
    !low.is_empty() && high.iter().all(below)
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
