//! Why a request is told what it is told: every way, with the ban that strikes it or what it lacks (M11).

use kupuya_runtime::{WayThere, Why};

use super::{Lines, gap_text, point};

/// A block for each group of points that are told the same.
#[must_use]
pub fn render(all: &[Why]) -> String {
    let mut out = Lines::default();
    let mut rest: Vec<&Why> = all.iter().collect();
    while let Some(first) = rest.first().copied() {
        let (same, others): (Vec<&Why>, Vec<&Why>) = rest
            .into_iter()
            .partition(|why| why.struck_by == first.struck_by && why.ways == first.ways);
        rest = others;
        block(&mut out, first, same.len() - 1);
    }
    out.text
}

fn block(out: &mut Lines, why: &Why, same: usize) {
    let more = match same {
        0 => String::new(),
        1 => " (the same for 1 more)".to_owned(),
        n => format!(" (the same for {n} more)"),
    };
    out.line(0, &format!("why: {}{more}", point(&why.point)));
    if !why.struck_by.is_empty() {
        out.line(1, "forbidden, whatever it rests on");
        why.struck_by.iter().for_each(|rule| out.clause(rule));
    }
    if why.ways.is_empty() {
        out.line(1, "no statement covers it");
    }
    for (number, way) in (1..).zip(&why.ways) {
        out.line(1, &format!("way {number}, {}", on_what(way)));
        match &way.way.rule {
            Some(rule) => out.clause(rule),
            None => out.line(2, "erasing needs no statement"),
        }
        told(out, way, why.struck_by.is_empty());
    }
}

fn on_what(way: &WayThere) -> String {
    match way.way.bases.as_slice() {
        [] => "without a basis".to_owned(),
        bases => format!("under {}", bases.join(" and ")),
    }
}

fn told(out: &mut Lines, way: &WayThere, may: bool) {
    if !way.struck_by.is_empty() {
        out.line(2, "forbidden by");
        way.struck_by.iter().for_each(|rule| out.clause_at(3, rule));
    }
    for gap in &way.missing {
        out.line(2, &format!("missing: {}", gap_text(gap)));
    }
    for gap in &way.failed {
        out.line(2, &format!("failed: {}", gap_text(gap)));
    }
    if way.is_open() {
        out.line(
            2,
            if may {
                "nothing stands in its way"
            } else {
                "nothing else stands in its way"
            },
        );
    }
}
