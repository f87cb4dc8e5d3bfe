//! Answers of the runtime for people: the verdict of each item, what it rests on, and the clause as the notice has it.

mod why;

pub use why::render as render_why;

use kupuya_runtime::wire::{Comparison, Disposal, Unit};
use kupuya_runtime::{
    Answer, Consent, Difference, Duty, Gap, Item, Keep, Nearest, Period, Point, Problem, Rule, Slot, Until, Verdict,
};

/// The whole answer, a block for each group of items that are told the same.
#[must_use]
pub fn render(answer: &Answer) -> String {
    let mut out = Lines::default();
    out.line(0, if answer.decision { "allowed" } else { "denied" });
    for problem in &answer.problems {
        out.line(1, &format!("{}: {}", problem.verdict().word(), problem_text(problem)));
    }
    let mut rest: Vec<&Item> = answer.items.iter().collect();
    rest.sort_by_key(|item| std::cmp::Reverse(item.verdict));
    while let Some(first) = rest.first().copied() {
        let (same, others): (Vec<&Item>, Vec<&Item>) = rest.into_iter().partition(|item| told_the_same(first, item));
        rest = others;
        item(&mut out, first, &same);
    }
    if !answer.left_out.is_empty() && !answer.decision {
        let slots = answer
            .left_out
            .iter()
            .map(|slot| slot_word(*slot))
            .collect::<Vec<_>>()
            .join(", ");
        out.line(
            1,
            &format!("not said in the request, so all of them were meant: {slots}"),
        );
    }
    out.text
}

/// One line for lists: `unmet: consent `agreed` was never given`.
#[must_use]
pub fn short(answer: &Answer) -> String {
    if let Some(problem) = answer.problems.first() {
        return format!("{}: {}", answer.verdict.word(), problem_text(problem));
    }
    let Some(worst) = answer.items.iter().max_by_key(|item| item.verdict) else {
        return answer.verdict.word().to_owned();
    };
    let gaps = worst
        .missing
        .iter()
        .chain(&worst.failed)
        .map(gap_text)
        .collect::<Vec<_>>();
    if gaps.is_empty() {
        answer.verdict.word().to_owned()
    } else {
        format!("{}: {}", answer.verdict.word(), gaps.join(", "))
    }
}

/// The clauses that an answer cites, each once, in order.
#[must_use]
pub fn clauses(answer: &Answer) -> Vec<&Unit> {
    let mut found: Vec<&Unit> = Vec::new();
    for item in &answer.items {
        let relied = item.relies_on.iter().filter_map(|way| way.rule.as_ref());
        let nearest = item.nearest.iter().map(|nearest| &nearest.rule);
        let units = relied
            .chain(&item.forbidden_by)
            .chain(nearest)
            .filter_map(|rule| rule.unit.as_ref());
        for unit in item.closing.iter().chain(units) {
            if !found.contains(&unit) {
                found.push(unit);
            }
        }
    }
    found
}

#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    fn line(&mut self, depth: usize, text: &str) {
        self.text.push_str(&"  ".repeat(depth));
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn clause(&mut self, rule: &Rule) {
        self.clause_at(2, rule);
    }

    fn clause_at(&mut self, depth: usize, rule: &Rule) {
        match &rule.unit {
            Some(unit) => self.unit(depth, unit),
            None => self.line(depth, &format!("rule {}", rule.id)),
        }
    }

    fn unit(&mut self, depth: usize, unit: &Unit) {
        self.line(
            depth,
            &format!("clause {} ({}): {}", unit.paragraph, unit.id, unit.sentence),
        );
    }
}

fn told_the_same(a: &Item, b: &Item) -> bool {
    a.verdict == b.verdict
        && a.relies_on == b.relies_on
        && a.forbidden_by == b.forbidden_by
        && a.missing == b.missing
        && a.failed == b.failed
        && a.nearest == b.nearest
        && a.obligations == b.obligations
        && a.keep == b.keep
}

fn item(out: &mut Lines, first: &Item, same: &[&Item]) {
    const SHOWN: usize = 6;
    out.line(1, &format!("{}: {}", first.verdict.word(), point(&first.point)));
    if same.len() > 1 {
        let names = same
            .iter()
            .skip(1)
            .take(SHOWN)
            .map(|item| item.point.data.as_str())
            .collect::<Vec<_>>()
            .join(", ");
        let more = same.len().saturating_sub(SHOWN + 1);
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        out.line(2, &format!("the same for {names}{more}"));
    }
    for gap in &first.missing {
        out.line(2, &format!("missing: {}", gap_text(gap)));
    }
    for gap in &first.failed {
        out.line(2, &format!("failed: {}", gap_text(gap)));
    }
    for way in &first.relies_on {
        if !way.bases.is_empty() {
            let verb = if first.verdict == Verdict::Allow {
                "relies on"
            } else {
                "could rely on"
            };
            out.line(2, &format!("{verb} {}", way.bases.join(" and ")));
        }
        match &way.rule {
            Some(rule) => out.clause(rule),
            None => out.line(2, "erasing needs no statement"),
        }
    }
    if let Some(ban) = &first.forbidden_by {
        out.clause(ban);
    }
    if let Some(closing) = &first.closing {
        out.unit(2, closing);
    }
    if let Some(nearest) = &first.nearest {
        out.line(2, &format!("nearest: {}", nearest_text(nearest)));
        out.clause(&nearest.rule);
    }
    for duty in &first.obligations {
        out.line(2, &format!("then {}", duty_text(duty)));
    }
    for keep in &first.keep {
        out.line(2, &keep_text(keep));
        out.clause(&keep.rule);
    }
}

fn point(point: &Point) -> String {
    let mut out = format!("{} {}", point.verb, point.data);
    for (word, name) in [
        ("from", &point.source),
        ("with", &point.recipient),
        ("for", &point.purpose),
        ("by", &point.by),
    ] {
        if let Some(name) = name {
            out.push_str(&format!(" {word} {name}"));
        }
    }
    out
}

fn slot_word(slot: Slot) -> &'static str {
    match slot {
        Slot::By => "who processes",
        Slot::Verb => "the verb",
        Slot::Data => "the data",
        Slot::Source => "the source",
        Slot::Purpose => "the purpose",
        Slot::Recipient => "the recipient",
        Slot::About => "the person's classes",
        Slot::Place => "the place",
        Slot::Given => "given",
        Slot::Records => "the records",
        Slot::Item => "the times of the item",
    }
}

fn problem_text(problem: &Problem) -> String {
    match problem {
        Problem::UnknownVerb { name } => format!("`{name}` is no verb that can be asked about"),
        Problem::UnknownName { slot, name, nearest } if nearest.is_empty() => {
            format!("`{name}` is not declared ({})", slot_word(*slot))
        }
        Problem::UnknownName { slot, name, nearest } => {
            format!(
                "`{name}` is not declared ({}); nearest: {}",
                slot_word(*slot),
                nearest.join(", ")
            )
        }
        Problem::AmbiguousName { name, paths, .. } => format!("`{name}` may be any of {}", paths.join(", ")),
        Problem::EmptySlot { slot } => format!("{} is an empty list", slot_word(*slot)),
        Problem::NoSuchSlot { slot } => format!("the verb does not take {}", slot_word(*slot)),
        Problem::NotOfClass { class } => format!("the person cannot be `{class}`: the other facts exclude it"),
        Problem::NoSuchAge => "no age fits all that is said about it".to_owned(),
        Problem::CollectedLater => "the item was collected after the time asked about".to_owned(),
        Problem::GivenTwice { name } => format!("`{name}` is given as true and as false"),
        Problem::NotInForce { begins, until } => {
            let begins = begins.map(|day| format!(", in force from {day}")).unwrap_or_default();
            let until = until.map(|day| format!(", until {day}")).unwrap_or_default();
            format!("no version is in force then{begins}{until}")
        }
    }
}

fn gap_text(gap: &Gap) -> String {
    let not = |must: &bool| if *must { "" } else { "not " };
    match gap {
        Gap::Fact { name, must } => format!("{}{name}", not(must)),
        Gap::Class { name, must, needs } => {
            let needs = needs.iter().map(gap_text).collect::<Vec<_>>().join(", ");
            let needs = if needs.is_empty() {
                String::new()
            } else {
                format!(" ({needs})")
            };
            format!("the person is {}{name}{needs}", not(must))
        }
        Gap::Age { is, years, must } => format!("{}age {} {years}", not(must), sign(*is)),
        Gap::Date { is, day, must } => format!("{}date {} {day}", not(must), sign(*is)),
        Gap::Place { place, must } => format!("{}in {place}", not(must)),
        Gap::Consent { basis, state } => format!(
            "consent `{basis}` {}",
            match state {
                Consent::Unknown => "is not known: no records were given",
                Consent::NeverGiven => "was never given",
                Consent::Withdrawn => "was withdrawn",
                Consent::Expired => "has expired",
                Consent::TooOld => "was given before it counts",
            }
        ),
        Gap::Objection { basis, made: true } => format!("the person objected to `{basis}`"),
        Gap::Objection { basis, made: false } => format!("whether the person objected to `{basis}`"),
        Gap::NoBasis => "no basis is declared".to_owned(),
        Gap::Retention { passed: true, .. } => "the term has passed".to_owned(),
        Gap::Retention { passed: false, needs } => format!("whether the term has passed: {}", needs.join(", ")),
    }
}

fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
        Comparison::Equal => "=",
        Comparison::AtLeast => ">=",
        Comparison::Greater => ">",
    }
}

fn nearest_text(nearest: &Nearest) -> String {
    let difference = |difference: &Difference| {
        const SHOWN: usize = 4;
        let names = difference
            .declared
            .iter()
            .take(SHOWN)
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(", ");
        let more = difference.declared.len().saturating_sub(SHOWN);
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        format!("{} declared there: {names}{more}", slot_word(difference.slot))
    };
    nearest.differs.iter().map(difference).collect::<Vec<_>>().join("; ")
}

fn duty_text(duty: &Duty) -> String {
    let to = if duty.to.is_empty() {
        String::new()
    } else {
        format!(" {}", duty.to.join(", "))
    };
    let within = duty
        .within
        .map(|within| format!(" within {}", period(within)))
        .unwrap_or_default();
    format!("{}{to}{within}", duty.what)
}

fn keep_text(keep: &Keep) -> String {
    let mut parts = Vec::new();
    if let Some(end) = &keep.end {
        parts.push(until_text(end));
    }
    if let Some(at_least) = keep.at_least {
        parts.push(format!("at least {}", period(at_least)));
    }
    if let Some(at_most) = keep.at_most {
        parts.push(format!("at most {}", period(at_most)));
    }
    let disposal = match keep.disposal {
        Disposal::Erase => "erase",
        Disposal::Anonymise => "anonymise",
    };
    format!("keep {}, then {disposal}", parts.join(", "))
}

fn until_text(until: &Until) -> String {
    match until {
        Until::Event(name) => format!("until {name}"),
        Until::Date(day) => format!("until {day}"),
        Until::After(count, None) => format!("for {} after collection", period(*count)),
        Until::After(count, Some(after)) => format!("for {} after ({})", period(*count), until_text(after)),
        Until::Or(all) => all.iter().map(until_text).collect::<Vec<_>>().join(" or "),
        Until::And(all) => all.iter().map(until_text).collect::<Vec<_>>().join(" and "),
    }
}

fn period(period: Period) -> String {
    let unit = match period.unit {
        kupuya_runtime::Unit::Hour => "hour",
        kupuya_runtime::Unit::Day => "day",
        kupuya_runtime::Unit::WorkingDay => "working day",
        kupuya_runtime::Unit::Week => "week",
        kupuya_runtime::Unit::Month => "month",
        kupuya_runtime::Unit::Year => "year",
    };
    format!("{} {unit}{}", period.count, if period.count == 1 { "" } else { "s" })
}
