//! Keeps against restrictions on keeping: `keep … only at most P` where a sentence keeps the same data longer, whatever
//! happens (M11, M12). Told as `conflict`; of packs under the code of their rule.

use super::ends::{after_collection, of_keep, surely_later};
use super::pairs::{Conflict, SLOTS, all, relies, since};
use super::{Facts, finding, law, witness, worlds};
use crate::diagnostic::{Applicability, Diagnostic, Fix, Text};
use crate::model::Model;
use crate::model::noun::{Basis, Id};
use crate::model::sentence::{Act, Ban, Guard, Keep, Slot};
use crate::source::Spanned;
use crate::syntax::ast::{Date, Period, Unit};
use crate::syntax::vocabulary::Kind;

/// What is asked about where the policy has no date.
const ANY_DAY: Date = Date {
    year: 2026,
    month: 1,
    day: 1,
};

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let model = facts.model;
    let caps = model.bans.iter().filter_map(|ban| Some((ban, ban.cap.as_ref()?)));
    caps.flat_map(|(ban, cap)| {
        let found = model.keeps.iter().filter_map(move |keep| beyond(model, ban, cap, keep));
        found.collect::<Vec<_>>()
    })
    .collect()
}

/// The finding of a restriction and a keep that surely lasts longer.
fn beyond(model: &Model, ban: &Ban, cap: &Spanned<Period>, keep: &Keep) -> Option<Diagnostic> {
    if !surely_later(&of_keep(keep)?, &after_collection(cap.value)) {
        return None;
    }
    let conflict = meets(model, ban, keep)?;
    let begins = model.policy.as_ref().and_then(crate::model::Policy::begins);
    let collected = begins.unwrap_or(ANY_DAY);
    let why = Text::new(
        "for example `{request}`, collected on {day}: from {last} on the restriction has it gone, and this sentence still keeps it; the earlier day counts",
    )
    .with("request", witness::sentence(model, &conflict))
    .with("day", collected.to_string())
    .with("last", plus(collected, cap.value)?.to_string());
    let message = "data are kept longer than a restriction allows";
    let (at, here) = (keep.stated.span, "kept longer here");
    let found = match ban.rule.and_then(|rule| model.rules.get(rule)) {
        Some(rule) => law::bans::of_rule(model, rule, message.into(), at, here.into()),
        None => finding("conflict", message, at, here),
    };
    let found = found
        .and(
            ban.span,
            Text::new("at most {period} from the collection").with("period", cap.value.to_string()),
        )
        .because(why)
        .help("shorten the term, let the restriction name what may be kept longer, or say `at most` here too");
    let bounded = keep.at_most.is_none() && ban.rule.is_none();
    Some(match keep.data.names.last().filter(|_| bounded) {
        Some(_) => found.fix(Fix {
            title: Text::new("let the restriction allow {period}").with("period", longest(keep)?.to_string()),
            edits: vec![(cap.span, longest(keep)?.to_string())],
            applicability: Applicability::NeedsReview,
        }),
        None => found,
    })
}

/// A request that both speak of.
fn meets(model: &Model, ban: &Ban, keep: &Keep) -> Option<Conflict> {
    let mut point = [None; 5];
    let mut put = |slot: Kind, atom: Option<u32>| {
        if let Some(at) = SLOTS.iter().position(|known| *known == slot) {
            point[at] = atom;
        }
    };
    put(Kind::Data, Some(common(&keep.data, &ban.data, all(model, Kind::Data))?));
    let (scope, purposes) = (&ban.scope, all(model, Kind::Purpose));
    match (&keep.purpose, &scope.purpose) {
        (Some(own), Some(limits)) => put(Kind::Purpose, Some(common(own, limits, purposes)?)),
        (None, Some(_)) => return None,
        _ => {}
    }
    if let Some(limits) = &scope.by {
        put(
            Kind::Controller,
            Some(common(&keep.by, limits, all(model, Kind::Controller))?),
        );
    }
    let harmless: Vec<&Guard> = scope.guard.iter().collect();
    keep.bases.iter().find_map(|way| {
        let way: Vec<Id<Basis>> = way.iter().map(|basis| basis.value).collect();
        if way.is_empty() || scope.under.as_ref().is_some_and(|under| !relies(model, under, &way)) {
            return None;
        }
        let since = since(model, &way);
        let mut holds: Vec<&Guard> = vec![&keep.guard];
        holds.extend(&since);
        holds.extend(way.iter().filter_map(|basis| model.bases[*basis].detail.when.as_ref()));
        // Only what strikes in every world of the keep is a conflict.
        if !harmless.is_empty() && worlds::find(model, &holds, &harmless, &[]).is_some() {
            return None;
        }
        Some(Conflict {
            act: Act::Store,
            point,
            world: worlds::find(model, &holds, &[], &[])?,
            way,
            banned: Default::default(),
        })
    })
}

/// The first atom that two slots share.
fn common<D>(own: &Slot<D>, limits: &Slot<D>, every: Vec<u32>) -> Option<u32> {
    let means = |slot: &Slot<D>, atom: u32| slot.atoms.is_empty() || slot.atoms.contains(&Id::new(atom));
    every.into_iter().find(|atom| means(own, *atom) && means(limits, *atom))
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
