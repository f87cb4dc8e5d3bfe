//! Why a request is told what it is told: every way, with the ban that strikes it or what it lacks (M11).

use kupuya_runtime::{CapThere, WayThere, Why};

use super::{Lines, gap_text, point};
use crate::diagnostic::{Argument, Text};
use crate::messages::Language;

/// A block for each group of points that are told the same.
#[must_use]
pub fn render(all: &[Why], language: Language) -> String {
    let mut out = Lines::new(language);
    let mut rest: Vec<&Why> = all.iter().collect();
    while let Some(first) = rest.first().copied() {
        let (same, others): (Vec<&Why>, Vec<&Why>) = rest
            .into_iter()
            .partition(|why| (&why.struck_by, &why.ways, &why.caps) == (&first.struck_by, &first.ways, &first.caps));
        rest = others;
        block(&mut out, first, same.len() - 1);
    }
    out.text
}

fn block(out: &mut Lines, why: &Why, same: usize) {
    let headed = Text::new(match same {
        0 => "why: {point}",
        _ => "why: {point} (the same for {n} more)",
    });
    out.say(0, &headed.with("point", point(&why.point)).with("n", same));
    if !why.struck_by.is_empty() {
        out.say(1, &"forbidden, whatever it rests on".into());
        why.struck_by.iter().for_each(|rule| out.clause(rule));
    }
    if why.ways.is_empty() {
        out.say(1, &"no statement covers it".into());
    }
    for (number, way) in (1..).zip(&why.ways) {
        let headed = match way.way.bases.as_slice() {
            [] => Text::new("way {n}, without a basis"),
            bases => Text::new("way {n}, under {bases}").with("bases", Argument::all_of(bases.iter().copied())),
        };
        out.say(1, &headed.with("n", number));
        match &way.way.rule {
            Some(rule) => out.clause(rule),
            None => out.say(2, &"erasing needs no statement".into()),
        }
        told(out, way, why.struck_by.is_empty());
    }
    for cap in &why.caps {
        limit(out, cap);
    }
}

/// A limit of retention, which ends every way of keeping the data.
fn limit(out: &mut Lines, cap: &CapThere<'_>) {
    let text = match (cap.gone_by, cap.passed) {
        (Some(_), Some(true)) => Text::new("whatever lets them be kept, the data must be gone since {day}"),
        (Some(_), Some(false)) => Text::new("whatever lets them be kept, the data must be gone by {day}"),
        (Some(_), None) => Text::new("whatever lets them be kept, the data must be gone by {day} if the limit applies"),
        (None, _) => "whatever lets them be kept, the data have a limit, which begins with their collection".into(),
    };
    let day = cap.gone_by.map(|day| day.to_string()).unwrap_or_default();
    out.say(1, &text.with("day", day));
    out.clause(&cap.rule);
}

fn told(out: &mut Lines, way: &WayThere, may: bool) {
    if !way.struck_by.is_empty() {
        out.say(2, &"forbidden by".into());
        way.struck_by.iter().for_each(|rule| out.clause_at(3, rule));
    }
    for gap in &way.missing {
        out.say(2, &Text::new("missing: {gap}").with("gap", gap_text(gap)));
    }
    for gap in &way.failed {
        out.say(2, &Text::new("failed: {gap}").with("gap", gap_text(gap)));
    }
    if way.is_open() {
        let open = if may {
            "nothing stands in its way"
        } else {
            "nothing else stands in its way"
        };
        out.say(2, &Text::new(open));
    }
}
