//! A model in short lines, for snapshots.

use std::fmt::Write as _;

use kupuya::model::kinded::Kinded;
use kupuya::model::noun::{AnyNoun, Id, Location};
use kupuya::model::sentence::{BasisFormula, End, Guard, Literal, Obligation, Scope, Slot};
use kupuya::model::{Member, Model};
use kupuya::source::{Sources, Spanned};
use kupuya::syntax::ast::{Comparison, Date, Period};

fn path(model: &Model, noun: AnyNoun) -> String {
    model
        .noun(noun)
        .map_or_else(|| "?".to_owned(), |common| common.path.to_owned())
}

fn ids<D: Kinded>(model: &Model, all: &[Id<D>]) -> String {
    let all: Vec<String> = all.iter().map(|id| path(model, id.any())).collect();
    all.join(", ")
}

fn slot<D: Kinded>(model: &Model, slot: &Slot<D>) -> String {
    let names: Vec<Id<D>> = slot.names.iter().map(|name| name.value).collect();
    let except: Vec<Id<D>> = slot.except.iter().map(|name| name.value).collect();
    let mut out = ids(model, &names);
    if slot.any {
        out.insert_str(0, "any");
    }
    if !except.is_empty() {
        let _ = write!(out, " except {}", ids(model, &except));
    }
    if slot.inherited {
        out.push('*');
    }
    match slot.atoms.len() {
        0..=4 => format!("{out} = {{{}}}", ids(model, &slot.atoms)),
        more => format!("{out} = {{{more} atoms}}"),
    }
}

fn day(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year, day.month, day.day)
}

fn sign(sign: Comparison) -> &'static str {
    match sign {
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
        Comparison::Equal => "=",
        Comparison::AtLeast => ">=",
        Comparison::Greater => ">",
        Comparison::In => "in",
    }
}

fn location(model: &Model, place: Location) -> String {
    place
        .country()
        .map_or_else(|| "abroad".to_owned(), |id| path(model, id.any()))
}

fn guard(model: &Model, guard: &Guard) -> String {
    let literal = |(literal, holds): &(Literal, bool)| {
        let text = match literal {
            Literal::Fact(id) => path(model, id.any()),
            Literal::Class(id) => path(model, id.any()),
            Literal::Age(s, years) => format!("age {} {years}", sign(*s)),
            Literal::Date(s, d) => format!("date {} {}", sign(*s), day(*d)),
            Literal::Place(place) => format!("in {}", location(model, *place)),
        };
        if *holds { text } else { format!("not {text}") }
    };
    let all: Vec<String> = guard
        .any
        .iter()
        .map(|all| all.iter().map(literal).collect::<Vec<_>>().join(" and "))
        .map(|all| if all.is_empty() { "true".to_owned() } else { all })
        .collect();
    all.join(" | ")
}

fn period(period: Period) -> String {
    format!("{} {:?}", period.count, period.unit)
}

fn end(model: &Model, of: &End) -> String {
    let many = |all: &[End], word: &str| {
        let all: Vec<String> = all.iter().map(|part| end(model, part)).collect();
        format!("({})", all.join(word))
    };
    match of {
        End::Event(id) => path(model, id.any()),
        End::Date(date) => day(*date),
        End::After(time, None) => format!("{} after collection", period(*time)),
        End::After(time, Some(of)) => format!("{} after {}", period(*time), end(model, of)),
        End::Or(all) => many(all, " or "),
        End::And(all) => many(all, " and "),
    }
}

fn formula(model: &Model, of: &BasisFormula) -> String {
    let many = |all: &[BasisFormula], word: &str| {
        let all: Vec<String> = all.iter().map(|part| formula(model, part)).collect();
        format!("({})", all.join(word))
    };
    match of {
        BasisFormula::Basis(id) => path(model, id.any()),
        BasisFormula::Not(of) => format!("not {}", formula(model, of)),
        BasisFormula::And(all) => many(all, " and "),
        BasisFormula::Or(all) => many(all, " or "),
    }
}

fn then(model: &Model, all: &[Obligation]) -> String {
    let mut out = String::new();
    for one in all {
        let to: Vec<String> = one.to.iter().map(|noun| path(model, *noun)).collect();
        let _ = write!(
            out,
            " then {:?} {} {:?}",
            one.what,
            to.join(", "),
            one.within.map(period)
        );
    }
    out
}

fn scope(model: &Model, scope: &Scope) -> String {
    let mut out = String::new();
    if let Some(by) = &scope.by {
        let _ = write!(out, " by {}", slot(model, by));
    }
    if let Some(source) = &scope.source {
        let _ = write!(out, " from {}", slot(model, source));
    }
    if let Some(recipient) = &scope.recipient {
        let _ = write!(out, " with {}", slot(model, recipient));
    }
    if let Some(purpose) = &scope.purpose {
        let _ = write!(out, " for {}", slot(model, purpose));
    }
    if let Some(under) = &scope.under {
        let _ = write!(out, " under {}", formula(model, under));
    }
    if let Some(known) = &scope.guard {
        let _ = write!(out, " if {}", guard(model, known));
    }
    out
}

fn ways(model: &Model, all: &[Vec<Spanned<Id<kupuya::model::noun::Basis>>>]) -> String {
    let way = |way: &Vec<Spanned<Id<_>>>| {
        let names: Vec<String> = way.iter().map(|basis| path(model, basis.value.any())).collect();
        names.join(" and ")
    };
    all.iter().map(way).collect::<Vec<_>>().join(" | ")
}

fn member(model: &Model, of: &Member) -> String {
    match of {
        Member::Section(section) => {
            let inside: Vec<String> = section.members.iter().map(|inner| member(model, inner)).collect();
            format!("[{}]", inside.join(" "))
        }
        Member::Noun(noun) => path(model, *noun),
        Member::Block(index) => format!("block{index}"),
        Member::Ban(index) => format!("ban{index}"),
        Member::Clause(index) => format!("clause{index}"),
    }
}

/// The sentences of a model, its packs, rules, scenarios and waivers.
pub fn printed(model: &Model, sources: &Sources) -> String {
    let mut out = String::new();
    for one in &model.permissions {
        let _ = write!(
            out,
            "{:?} {}\n  by {}",
            one.acts,
            slot(model, &one.data),
            slot(model, &one.by)
        );
        if !(one.source.any && one.source.inherited) {
            let _ = write!(out, " from {}", slot(model, &one.source));
        }
        if let Some(recipient) = &one.recipient {
            let _ = write!(out, " with {}", slot(model, recipient));
        }
        if let Some(purpose) = &one.purpose {
            let _ = write!(out, " for {}", slot(model, purpose));
        }
        let _ = write!(out, " under {}", ways(model, &one.bases));
        let _ = writeln!(out, " if {}{}", guard(model, &one.guard), then(model, &one.then));
    }
    for one in &model.keeps {
        let _ = write!(out, "Keep {} by {}", slot(model, &one.data), slot(model, &one.by));
        if let Some(purpose) = &one.purpose {
            let _ = write!(out, " for {}", slot(model, purpose));
        }
        let _ = write!(
            out,
            " under {} if {}",
            ways(model, &one.bases),
            guard(model, &one.guard)
        );
        if let Some(known) = &one.end {
            let _ = write!(out, " until {}", end(model, known));
        }
        let bound = |bound: Option<Spanned<Period>>| bound.map(|bound| period(bound.value));
        let _ = write!(
            out,
            " at most {:?} at least {:?}",
            bound(one.at_most),
            bound(one.at_least)
        );
        let _ = writeln!(out, " {:?}{}", one.disposal, then(model, &one.then));
    }
    for one in &model.bans {
        let _ = write!(out, "Ban {:?} {}", one.acts, slot(model, &one.data));
        let _ = write!(out, "{}", scope(model, &one.scope));
        for alternative in &one.only {
            let _ = write!(out, "\n  only{}", scope(model, alternative));
        }
        if let Some(cap) = one.cap {
            let _ = write!(out, " cap {}", period(cap.value));
        }
        let id = one.id.as_ref().map(|id| id.value.as_str());
        let _ = writeln!(
            out,
            " ({:?} rule {:?} enforced {} id {id:?})",
            one.origin, one.rule, one.enforced
        );
    }
    for pack in &model.packs {
        let _ = writeln!(
            out,
            "Pack {} {:?} admits {}",
            pack.name,
            pack.origin,
            ids(model, &pack.admits)
        );
    }
    for rule in &model.rules {
        let each = rule.each.len();
        let _ = writeln!(
            out,
            "Rule {} {:?} enforced {} bans {:?} each {each}",
            rule.code, rule.severity, rule.enforced, rule.bans
        );
    }
    for line in model.scenarios.iter().flat_map(|scenario| &scenario.lines) {
        let asked = &line.question;
        let unmet: Vec<String> = line.unmet.iter().map(|noun| path(model, *noun)).collect();
        let facts: Vec<String> = asked
            .facts
            .iter()
            .map(|(id, holds)| format!("{}={holds}", path(model, id.any())))
            .collect();
        let consents: Vec<String> = asked
            .consents
            .iter()
            .map(|(id, holds)| format!("{}={holds}", path(model, id.any())))
            .collect();
        let _ = writeln!(
            out,
            "{:?} [{}] {:?} {} about {} from {} with {} for {} in {:?} given {} consents {} age {:?} on {:?}",
            line.outcome,
            unmet.join(", "),
            asked.act,
            ids(model, &asked.data),
            ids(model, &asked.about),
            ids(model, &asked.source),
            ids(model, &asked.recipient),
            ids(model, &asked.purpose),
            asked.place.map(|place| location(model, place)),
            facts.join(", "),
            consents.join(", "),
            asked.age,
            asked.on.map(day),
        );
    }
    for waiver in &model.waivers {
        let first = |span| sources.text(span).lines().next().unwrap_or("").to_owned();
        let with = waiver
            .with
            .as_ref()
            .map(|all| all.iter().map(|span| first(*span)).collect::<Vec<_>>());
        let _ = writeln!(
            out,
            "Waive {} covers `{}` whole {} with {with:?}",
            waiver.code.value,
            first(waiver.covers),
            waiver.whole_project
        );
    }
    let outline: Vec<String> = model.outline.iter().map(|of| member(model, of)).collect();
    let _ = writeln!(out, "Outline {}", outline.join(" "));
    out
}
