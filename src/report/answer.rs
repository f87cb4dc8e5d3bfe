//! Answers of the runtime for people: the verdict of each item, what it rests on, and the clause as the notice has it.

mod retention;
mod why;

pub use retention::render as render_retention;
pub use why::render as render_why;

use kupuya_runtime::wire::{Comparison, Disposal};
use kupuya_runtime::{
    Answer, Consent, Difference, Duty, Gap, Item, Keep, Nearest, NoticeUnit, Period, Point, Problem, Rule, Slot, Until,
    Verdict,
};

use super::counted;
use crate::diagnostic::{Argument, Joint, Text};
use crate::messages::Language;

/// The whole answer, a block for each group of items that are told the same.
#[must_use]
pub fn render(answer: &Answer, language: Language) -> String {
    let mut out = Lines::new(language);
    out.say(0, &Text::new(if answer.decision { "allowed" } else { "denied" }));
    for problem in &answer.problems {
        out.verdict(problem.verdict(), problem_text(problem));
    }
    let mut rest: Vec<&Item> = answer.items.iter().collect();
    rest.sort_by_key(|item| std::cmp::Reverse(item.verdict));
    while let Some(first) = rest.first().copied() {
        let (same, others): (Vec<&Item>, Vec<&Item>) = rest.into_iter().partition(|item| told_the_same(first, item));
        rest = others;
        item(&mut out, first, &same);
    }
    if !answer.left_out.is_empty() && !answer.decision {
        let slots = answer.left_out.iter().map(|slot| slot_text(*slot));
        let left_out = Text::new("not said in the request, so all of them were meant: {slots}");
        out.say(1, &left_out.with("slots", Argument::listed(slots)));
    }
    out.text
}

struct Lines {
    text: String,
    language: Language,
}

impl Lines {
    fn new(language: Language) -> Lines {
        Lines {
            text: String::new(),
            language,
        }
    }

    fn say(&mut self, depth: usize, text: &Text) {
        self.text.push_str(&"  ".repeat(depth));
        self.text.push_str(&text.told(self.language));
        self.text.push('\n');
    }

    fn verdict(&mut self, verdict: Verdict, about: Text) {
        let text = Text::new("{verdict}: {about}");
        self.say(1, &text.with("verdict", verdict_text(verdict)).with("about", about));
    }

    fn clause(&mut self, rule: &Rule) {
        self.clause_at(2, rule);
    }

    fn clause_at(&mut self, depth: usize, rule: &Rule) {
        match &rule.unit {
            Some(unit) => self.unit(depth, unit),
            None => self.say(depth, &Text::new("rule {id}").with("id", rule.id.to_string())),
        }
    }

    fn unit(&mut self, depth: usize, unit: &NoticeUnit<'_>) {
        let clause = Text::new("clause {paragraph} ({id}):")
            .with("paragraph", unit.paragraph)
            .with("id", unit.id);
        // The sentence is quoted whole, however long it is.
        self.text.push_str(&"  ".repeat(depth));
        self.text.push_str(&clause.told(self.language));
        self.text.push(' ');
        self.text.push_str(unit.sentence);
        self.text.push('\n');
    }
}

pub(super) fn verdict_text(verdict: Verdict) -> Text {
    Text::new(match verdict {
        Verdict::Allow => "allow",
        Verdict::Unmet => "unmet",
        Verdict::Undeclared => "undeclared",
        Verdict::Forbidden => "forbidden",
        Verdict::NoPolicy => "no_policy",
        Verdict::Invalid => "invalid",
    })
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
        && match (&a.deadline, &b.deadline) {
            (Some(a), Some(b)) => retention::told_the_same(a, b),
            (a, b) => a.is_none() && b.is_none(),
        }
}

fn item(out: &mut Lines, first: &Item, same: &[&Item]) {
    const SHOWN: usize = 6;
    out.verdict(first.verdict, Text::new("{point}").with("point", point(&first.point)));
    if same.len() > 1 {
        let names: Vec<&str> = same.iter().skip(1).map(|item| item.point.data).collect();
        out.say(2, &Text::new("the same for {names}").with("names", some(&names, SHOWN)));
    }
    for gap in &first.missing {
        out.say(2, &Text::new("missing: {gap}").with("gap", gap_text(gap)));
    }
    for gap in &first.failed {
        out.say(2, &Text::new("failed: {gap}").with("gap", gap_text(gap)));
    }
    for way in &first.relies_on {
        if !way.bases.is_empty() {
            let relies = if first.verdict == Verdict::Allow {
                "relies on {bases}"
            } else {
                "could rely on {bases}"
            };
            out.say(
                2,
                &Text::new(relies).with("bases", Argument::all_of(way.bases.iter().copied())),
            );
        }
        match &way.rule {
            Some(rule) => out.clause(rule),
            None => out.say(2, &"erasing needs no statement".into()),
        }
    }
    if let Some(ban) = &first.forbidden_by {
        out.clause(ban);
    }
    if let Some(closing) = &first.closing {
        out.unit(2, closing);
    }
    if let Some(nearest) = &first.nearest {
        out.say(2, &nearest_text(nearest));
        out.clause(&nearest.rule);
    }
    for duty in &first.obligations {
        out.say(2, &Text::new("then {duty}").with("duty", duty_text(duty)));
    }
    for keep in &first.keep {
        out.say(2, &keep_text(keep));
        out.clause(&keep.rule);
    }
    if let Some(deadline) = &first.deadline {
        retention::deadline(out, deadline);
    }
}

/// The first names, and how many more there are.
fn some(names: &[&str], shown: usize) -> Argument {
    let first = Argument::listed(names.iter().take(shown).copied());
    match names.len().saturating_sub(shown) {
        0 => first,
        more => Text::new("{names} and {more} more")
            .with("names", first)
            .with("more", more)
            .into(),
    }
}

/// The point as a sentence of the language.
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

fn slot_text(slot: Slot) -> Text {
    Text::new(match slot {
        Slot::By => "who processes",
        Slot::Verb => "the verb",
        Slot::Data => "the data",
        Slot::Source => "the source",
        Slot::Purpose => "the purpose",
        Slot::Recipient => "the recipient",
        Slot::About => "the person's classes",
        Slot::Place => "the place",
        Slot::Given => "what is given",
        Slot::Records => "the records",
        Slot::Item => "the times of the item",
    })
}

fn problem_text(problem: &Problem) -> Text {
    match problem {
        Problem::UnknownVerb { name } => Text::new("`{name}` is no verb that can be asked about").with("name", name),
        Problem::UnknownName { slot, name, nearest } => {
            let unknown = if nearest.is_empty() {
                Text::new("`{name}` is not declared ({slot})")
            } else {
                Text::new("`{name}` is not declared ({slot}); nearest: {nearest}")
                    .with("nearest", Argument::listed(nearest))
            };
            unknown.with("name", name).with("slot", slot_text(*slot))
        }
        Problem::AmbiguousName { name, paths, .. } => Text::new("`{name}` may be any of {paths}")
            .with("name", name)
            .with("paths", Argument::listed(paths)),
        Problem::EmptySlot { slot } => Text::new("{slot}: an empty list").with("slot", slot_text(*slot)),
        Problem::NoSuchSlot { slot } => Text::new("the verb does not take this: {slot}").with("slot", slot_text(*slot)),
        Problem::NotOfClass { class } => {
            Text::new("the person cannot be `{class}`: the other facts exclude it").with("class", class)
        }
        Problem::NoSuchAge => Text::new("no age fits all that is said about it"),
        Problem::CollectedLater => Text::new("the item was collected after the time asked about"),
        Problem::GivenTwice { name } => Text::new("`{name}` is given as true and as false").with("name", name),
        Problem::NotInForce { begins, until } => {
            let begins = begins.map(|day| Text::new("in force from {day}").with("day", day.to_string()));
            let until = until.map(|day| Text::new("in force until {day}").with("day", day.to_string()));
            let days: Vec<Text> = begins.into_iter().chain(until).collect();
            if days.is_empty() {
                Text::new("no version is in force then")
            } else {
                Text::new("no version is in force then: {days}").with("days", Argument::listed(days))
            }
        }
    }
}

fn gap_text(gap: &Gap) -> Text {
    let either = |must: bool, yes, no| Text::new(if must { yes } else { no });
    match gap {
        Gap::Fact { name, must } => either(*must, "{fact}", "not {fact}").with("fact", name),
        Gap::Class { name, must, needs } => {
            let class = either(*must, "the person is {class}", "the person is not {class}").with("class", name);
            if needs.is_empty() {
                return class;
            }
            let needs = needs.iter().map(gap_text);
            Text::new("{class} ({needs})")
                .with("class", class)
                .with("needs", Argument::listed(needs))
        }
        Gap::Age { is, years, must } => either(*must, "age {is} {years}", "not age {is} {years}")
            .with("is", sign(*is))
            .with("years", years.to_string()),
        Gap::Date { is, day, must } => either(*must, "date {is} {day}", "not date {is} {day}")
            .with("is", sign(*is))
            .with("day", day.to_string()),
        Gap::Place { place, must } => either(*must, "in {place}", "not in {place}").with("place", place.to_string()),
        Gap::Consent { basis, state } => Text::new(match state {
            Consent::Unknown => "consent `{basis}` is not known: no records were given",
            Consent::NeverGiven => "consent `{basis}` was never given",
            Consent::Withdrawn => "consent `{basis}` was withdrawn",
            Consent::Expired => "consent `{basis}` has expired",
            Consent::TooOld => "consent `{basis}` was given before it counts",
        })
        .with("basis", basis),
        Gap::Objection { basis, made } => either(
            *made,
            "the person objected to `{basis}`",
            "whether the person objected to `{basis}`",
        )
        .with("basis", basis),
        Gap::NoBasis => Text::new("no basis is declared"),
        Gap::Retention { passed: true, .. } => Text::new("the term has passed"),
        Gap::Retention { passed: false, needs } => {
            Text::new("whether the term has passed: {needs}").with("needs", Argument::listed(needs))
        }
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

fn nearest_text(nearest: &Nearest) -> Text {
    let difference = |difference: &Difference| {
        const SHOWN: usize = 4;
        let declared: Vec<&str> = difference.declared.clone();
        Text::new("{slot} declared there: {names}")
            .with("slot", slot_text(difference.slot))
            .with("names", some(&declared, SHOWN))
    };
    let differs = nearest.differs.iter().map(difference);
    Text::new("nearest: {differs}").with("differs", Argument::joined(Joint::Semicolon, differs))
}

fn duty_text(duty: &Duty) -> Text {
    let what = if duty.to.is_empty() {
        Text::new("{duty}")
    } else {
        Text::new("{duty} {to}").with("to", Argument::listed(duty.to.iter().copied()))
    };
    let what = what.with("duty", duty.what);
    match duty.within {
        Some(within) => Text::new("{duty} within {period}")
            .with("duty", what)
            .with("period", period(within)),
        None => what,
    }
}

fn keep_text(keep: &Keep) -> Text {
    let mut parts = Vec::new();
    if let Some(end) = &keep.end {
        parts.push(until_text(end));
    }
    if let Some(at_least) = keep.at_least {
        parts.push(Text::new("at least {period}").with("period", period(at_least)));
    }
    if let Some(at_most) = keep.at_most {
        parts.push(Text::new("at most {period}").with("period", period(at_most)));
    }
    let keep = match keep.disposal {
        Disposal::Erase => "keep {parts}, then erase",
        Disposal::Anonymise => "keep {parts}, then anonymise",
    };
    Text::new(keep).with("parts", Argument::listed(parts))
}

fn until_text(until: &Until) -> Text {
    match until {
        Until::Event(name) => Text::new("until {event}").with("event", *name),
        Until::Date(day) => Text::new("until {day}").with("day", day.to_string()),
        Until::After(count, None) => Text::new("for {period} after collection").with("period", period(*count)),
        Until::After(count, Some(after)) => Text::new("for {period} after ({end})")
            .with("period", period(*count))
            .with("end", until_text(after)),
        Until::Or(all) => Text::new("{ends}").with("ends", Argument::any_of(all.iter().map(until_text))),
        Until::And(all) => Text::new("{ends}").with("ends", Argument::all_of(all.iter().map(until_text))),
    }
}

pub(super) fn period(period: Period) -> Text {
    let (one, many) = match period.unit {
        kupuya_runtime::Unit::Hour => ("{n} hour", "{n} hours"),
        kupuya_runtime::Unit::Day => ("{n} day", "{n} days"),
        kupuya_runtime::Unit::WorkingDay => ("{n} working day", "{n} working days"),
        kupuya_runtime::Unit::Week => ("{n} week", "{n} weeks"),
        kupuya_runtime::Unit::Month => ("{n} month", "{n} months"),
        kupuya_runtime::Unit::Year => ("{n} year", "{n} years"),
    };
    counted(period.count as usize, one, many)
}
