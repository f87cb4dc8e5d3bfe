//! How broken rules are told: one finding a rule and place to edit, with the article and how sure it is.

use std::collections::{BTreeMap, BTreeSet};

use super::absent;
use super::atoms::atoms;
use super::fields::Value;
use super::judge::{Blame, Demand, Lack};
use super::names::Name;
use super::paths::follow;
use super::project::Project;
use super::{Broken, lower, mend};
use crate::checks::trail;
use crate::checks::tree::{named, topmost};
use crate::diagnostic::{Argument, Citation, Diagnostic, Label, Severity, Text, Verified, articles};
use crate::graph::any;
use crate::model::noun::{AnyNoun, Id, Table};
use crate::model::{Model, Pack, Rule};
use crate::source::Span;
use crate::syntax::ast::{Atom, Each, Path, Quantity};
use crate::syntax::vocabulary::Kind;

/// A place to edit, with what is named there.
struct Place {
    span: Span,
    name: Argument,
}

/// The findings of one `each`.
pub fn findings(project: &Project<'_>, pack: &Pack, rule: &Rule, each: &Each, broken: Vec<Broken>) -> Vec<Diagnostic> {
    if broken.is_empty() {
        return Vec::new();
    }
    let mut grouped: BTreeMap<Span, (Place, Vec<Broken>)> = BTreeMap::new();
    let tops = tops(project, &broken);
    for one in broken {
        let place = place(project, &one, &tops);
        grouped
            .entry(place.span)
            .or_insert_with(|| (place, Vec::new()))
            .1
            .push(one);
    }
    grouped
        .into_values()
        .map(|(place, broken)| finding(project, pack, rule, each, &place, &broken))
        .collect()
}

/// Broken nouns under the topmost noun all of whose leaves are broken.
fn tops(project: &Project<'_>, broken: &[Broken]) -> BTreeSet<AnyNoun> {
    let nouns: BTreeSet<AnyNoun> = broken
        .iter()
        .filter_map(|one| match one.element {
            Value::Noun(noun) => Some(noun),
            _ => None,
        })
        .collect();
    let of_kind = |kind: Kind| nouns.iter().any(|noun| noun.kind == kind);
    fn of<D>(table: &Table<D>, kind: Kind, broken: &BTreeSet<AnyNoun>) -> Vec<AnyNoun> {
        let is_broken = |id: Id<D>| broken.contains(&any(kind, id));
        topmost(table, is_broken).into_iter().map(|id| any(kind, id)).collect()
    }
    let model = project.model;
    let mut tops = BTreeSet::new();
    for kind in [Kind::Data, Kind::Purpose, Kind::Recipient, Kind::Basis, Kind::Source] {
        match kind {
            _ if !of_kind(kind) => {}
            Kind::Data => tops.extend(of(&model.data, kind, &nouns)),
            Kind::Purpose => tops.extend(of(&model.purposes, kind, &nouns)),
            Kind::Recipient => tops.extend(of(&model.recipients, kind, &nouns)),
            Kind::Basis => tops.extend(of(&model.bases, kind, &nouns)),
            _ => tops.extend(of(&model.sources, kind, &nouns)),
        }
    }
    tops
}

/// The topmost broken noun above one, by parents and by `is`.
fn top_of(model: &Model, noun: AnyNoun, tops: &BTreeSet<AnyNoun>) -> Option<AnyNoun> {
    let above = model.at_or_above(noun).into_iter();
    above.filter(|high| tops.contains(high)).min()
}

fn place(project: &Project<'_>, one: &Broken, tops: &BTreeSet<AnyNoun>) -> Place {
    let model = project.model;
    let wrong_value = match one.blame.as_slice() {
        [only] => only.at,
        _ => None,
    };
    match one.element {
        Value::Noun(noun) => {
            let top = top_of(model, noun, tops).unwrap_or(noun);
            let (span, name) = head(model, top);
            Place {
                span: wrong_value.unwrap_or(span),
                name,
            }
        }
        Value::Flow(flow) => {
            let statement = project.flows.get(flow).map(|flow| &model.permissions[flow.statement]);
            let span = statement.map(|statement| statement.stated.span);
            sentence(wrong_value.or(span), "this statement", rule_place(model))
        }
        Value::Keep(keep) => sentence(Some(model.keeps[keep].stated.span), "this keep", rule_place(model)),
        _ => sentence(None, "the project", rule_place(model)),
    }
}

fn sentence(span: Option<Span>, name: &'static str, otherwise: Span) -> Place {
    Place {
        span: span.unwrap_or(otherwise),
        name: Text::new(name).into(),
    }
}

/// Where to point if nothing better is known: the document.
fn rule_place(model: &Model) -> Span {
    let policy = model.policy.as_ref().map(|policy| policy.header);
    policy
        .or_else(|| model.rules.first().map(|rule| rule.span))
        .unwrap_or(Span {
            source: crate::source::SourceId(0),
            start: 0,
            end: 0,
        })
}

fn head(model: &Model, noun: AnyNoun) -> (Span, Argument) {
    match model.noun(noun) {
        Some(noun) => (noun.header, named(noun.path, noun.label).into()),
        None => (rule_place(model), Argument::Words("the policy".into())),
    }
}

fn finding(
    project: &Project<'_>,
    pack: &Pack,
    rule: &Rule,
    each: &Each,
    place: &Place,
    broken: &[Broken],
) -> Diagnostic {
    let undecided: Vec<&Blame> = broken.iter().flat_map(|one| &one.undecided).collect();
    let whole = broken.iter().all(|one| !one.undecided.is_empty());
    let severity = if whole { lower(rule) } else { rule.severity };
    let mut blame: Vec<&Blame> = broken.iter().flat_map(|one| &one.blame).collect();
    blame.sort_unstable();
    let mut wanted: Vec<&Demand> = Vec::new();
    for one in &blame {
        if !wanted.contains(&&one.what) {
            wanted.push(&one.what);
        }
    }
    let wanted = joined(&wanted);
    let message = Text::new("{what} must {wanted}: {rule}")
        .with("what", place.name.clone())
        .with("wanted", wanted.clone())
        .with("rule", rule.summary());
    let here = Text::new("must {wanted}").with("wanted", wanted);
    let mut diagnostic = base(pack, rule, severity, message, place.span, here).and(each.span, the_rule(rule));
    if let Some(first) = undecided.first().filter(|_| whole) {
        diagnostic = diagnostic.help(
            Text::new("whether the rule applies depends on `{asked}`, which the policy leaves open: say it either way")
                .with("asked", first.what.told()),
        );
    }
    if diagnostic.help.is_none() {
        diagnostic.help = rule.advice();
    }
    let steps = broken
        .first()
        .map_or_else(Vec::new, |one| chain(project, pack, each, one));
    let element = broken.first().map_or(Value::Said, |one| one.element);
    diagnostic.absent = absent::absent(project, pack, each, element, &blame);
    diagnostic.lacks = blame.iter().filter_map(|one| lacking(one)).collect();
    diagnostic.lacks.dedup();
    if !steps.is_empty() {
        diagnostic.trail = steps;
        diagnostic = diagnostic.step(each.span, "so the rule applies");
    }
    match mend::fix(project, pack, broken) {
        Some(fix) => diagnostic.fix(fix),
        None => diagnostic,
    }
}

/// Why the rule applies: how the noun belongs to the class of which it is asked, and what its condition has found.
fn chain(project: &Project<'_>, pack: &Pack, each: &Each, one: &Broken) -> Vec<Label> {
    let mut steps: Vec<Label> = Vec::new();
    let class = |name: &str| match project.resolve(pack, name) {
        Some(Name::Class(class)) => Some(class),
        _ => None,
    };
    if let (Value::Noun(noun), Some(class)) = (one.element, class(&each.noun.text())) {
        steps.extend(trail::between(project.model, noun, class));
    }
    for path in atoms(&each.condition).flat_map(paths) {
        let found = follow(project, pack, one.element, path).into_iter().next();
        if let (Some(Value::Noun(noun)), Some(class)) = (found.map(|found| found.value), class(&path.text())) {
            steps.extend(trail::between(project.model, noun, class));
        }
    }
    steps.dedup();
    steps
}

/// The path that finds nothing where something must be.
fn lacking(blame: &Blame) -> Option<String> {
    match (&blame.lack, blame.at) {
        (Some(Lack::Have { path, .. }), None) => Some(path.join(".")),
        _ => None,
    }
}

/// What an atom wants to be there.
fn paths(atom: &Atom) -> &[Path] {
    match atom {
        Atom::Has {
            quantity: Quantity::Each,
            paths,
            ..
        } => paths,
        _ => &[],
    }
}

/// Demands as one phrase: `have a, b and be c`.
fn joined(wanted: &[&Demand]) -> Argument {
    let mut fields: Vec<&str> = Vec::new();
    let mut others = Vec::new();
    for demand in wanted {
        match demand {
            Demand::Have(field) if !field.contains(' ') => fields.push(field),
            other => others.push((*other).clone()),
        }
    }
    let fields = (!fields.is_empty()).then(|| Demand::Have(fields.join(", ")));
    Argument::all_of(fields.into_iter().chain(others).map(|demand| demand.told()))
}

/// What findings of `each` and of bans of packs have in common.
pub fn base(pack: &Pack, rule: &Rule, severity: Severity, message: Text, at: Span, here: Text) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(rule.code.clone(), severity, message, at, here);
    // How sure the reading is goes with the article, and every report says it there.
    let unsure = if rule.cites.is_none() {
        caution(rule.verified)
    } else {
        None
    };
    diagnostic.why = rule.reason().or(unsure);
    diagnostic.citation = rule.cites.as_ref().map(|article| Citation {
        pack: pack.name.clone(),
        article: article.value.clone(),
        verified: rule.verified,
        presence: rule.presence,
    });
    diagnostic
}

/// The words about the rule itself.
pub fn the_rule(rule: &Rule) -> Text {
    match &rule.cites {
        Some(cites) => articles(&cites.value),
        None => Text::new("the rule"),
    }
}

/// What a reader must know before relying on a rule that was not read in the law itself.
pub fn caution(verified: Verified) -> Option<Text> {
    match verified {
        Verified::Final => None,
        Verified::Text => Some(Text::new(
            "read in a published text whose numbering may be one off: check the number of the article",
        )),
        Verified::Second => Some(Text::new(
            "read in a second source only: check the article before you rely on it",
        )),
        Verified::Memory => Some(Text::new(
            "written down from memory: check the article before you rely on it",
        )),
    }
}
