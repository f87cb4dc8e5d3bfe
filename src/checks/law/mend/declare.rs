//! New declarations: a right, a measure, a duty or a recipient of a class, with what the rules in force ask of one.

use std::collections::BTreeMap;

use super::super::atoms::atoms;
use super::super::names::{self, Name};
use super::super::project::Project;
use super::{Bound, Plan, field, values};
use crate::checks::edit::line_end;
use crate::format::shape::{indent, style};
use crate::graph::any;
use crate::model::noun::AnyNoun;
use crate::model::{Model, Pack};
use crate::source::{Origin, Span};
use crate::syntax::ast::{Atom, Each, Path, Quantity, Test};
use crate::syntax::vocabulary::{Kind, kind as entry};

/// A declaration to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct New {
    kind: Kind,
    name: String,
    text: String,
}

/// Kinds whose declarations stand alone: nothing else need speak of them.
const ALONE: &[Kind] = &[Kind::Right, Kind::Measure, Kind::Duty, Kind::Recipient];

/// A declaration of a class, of a party where the rule asks it of a party.
pub fn class(
    project: &Project<'_>,
    owner: AnyNoun,
    class: AnyNoun,
    asked: Option<(&str, &Bound)>,
    plan: &mut Plan,
) -> Option<()> {
    let model = project.model;
    let party = matches!(owner.kind, Kind::Controller | Kind::Recipient);
    if !ALONE.contains(&class.kind) || party && class.kind != Kind::Duty || !party && owner.kind != Kind::Policy {
        return None;
    }
    let common = model.noun(class)?;
    let mut fields = asked_of(project, class, asked)?;
    if class.kind == Kind::Duty {
        let of = if party { Some(owner) } else { first_controller(model) };
        fields.insert("of", model.noun(of?)?.path.to_owned());
    }
    let whose = if party {
        model.noun(owner)?.name
    } else {
        entry(class.kind).word
    };
    let name = free(model, plan, &format!("{}_{whose}", common.name));
    let label = common.label.map_or(common.name, |label| label.value.as_str());
    let text = written(model, class, &name, label, &fields);
    plan.tell(format!("`{} {name}`", entry(class.kind).word));
    plan.new.push(New {
        kind: class.kind,
        name,
        text,
    });
    follow_up(project, owner, class, plan)
}

/// Anything of a kind: the first class of the taxonomy shows how it is written.
pub fn any_of(project: &Project<'_>, owner: AnyNoun, kind: Kind, plan: &mut Plan) -> Option<()> {
    if kind != Kind::Measure {
        return None;
    }
    let mut all = project.model.measures.iter();
    let (first, _) = all.find(|(_, noun)| noun.origin == Origin::Taxonomy)?;
    class(project, owner, any(kind, first), None, plan)
}

fn written(model: &Model, class: AnyNoun, name: &str, label: &str, fields: &BTreeMap<&str, String>) -> String {
    let kind = entry(class.kind);
    let path = model.noun(class).map_or("", |common| common.path);
    let mut text = format!("{} {name} \"{label}\" is {path}", kind.word);
    if class.kind == Kind::Recipient
        && let Some(home) = model.home
    {
        text += &format!(" in {}", model.countries[home].path);
    }
    if !fields.is_empty() {
        text += " {\n";
        for word in kind.fields.iter().map(|field| field.word) {
            if let Some(value) = fields.get(word) {
                text += &format!("    {word}: {value}\n");
            }
        }
        text += "}";
    }
    text
}

/// The fields that rules in force ask of every noun of this class, and the one that is asked for here.
fn asked_of<'f>(
    project: &Project<'_>,
    class: AnyNoun,
    asked: Option<(&'f str, &Bound)>,
) -> Option<BTreeMap<&'f str, String>> {
    let model = project.model;
    let mut fields: BTreeMap<&str, String> = BTreeMap::new();
    let mut add = |pack: &Pack, word: &str, bound: &Bound| -> Option<()> {
        let field = field(class.kind, word)?;
        let value = values::of(project, pack, class, field, bound)?;
        // A bound says more than a blank.
        if bound.is_some() || !fields.contains_key(field.word) {
            fields.insert(field.word, value);
        }
        Some(())
    };
    for rule in &model.rules {
        let Some(pack) = model.packs.get(rule.pack) else {
            continue;
        };
        let unconditional = rule.each.iter().filter(|each| each.condition.is_none());
        for each in unconditional.filter(|each| ranges_over(project, pack, each, class)) {
            for (path, bound) in wanted(each.must.as_ref()) {
                if let [step] = path.steps.as_slice()
                    && field_known(class.kind, &step.value)
                {
                    add(pack, &step.value, &bound);
                }
            }
        }
    }
    let pack = model.packs.first()?;
    if class.kind == Kind::Right {
        add(pack, "channel", &None);
    }
    if let Some((word, bound)) = asked {
        add(pack, word, bound)?;
    }
    Some(fields)
}

fn field_known(kind: Kind, word: &str) -> bool {
    field(kind, word).is_some()
}

/// What other rules ask of the project only once there is a declaration of this class.
fn follow_up(project: &Project<'_>, owner: AnyNoun, class: AnyNoun, plan: &mut Plan) -> Option<()> {
    let model = project.model;
    if owner.kind != Kind::Policy && owner.kind != Kind::Controller {
        return Some(());
    }
    let policy = AnyNoun {
        kind: Kind::Policy,
        index: 0,
    };
    for rule in &model.rules {
        let Some(pack) = model.packs.get(rule.pack) else {
            continue;
        };
        for each in &rule.each {
            let applies = each.noun.text() == "policy" && asks_for(project, pack, each.condition.as_ref(), class);
            if !applies {
                continue;
            }
            for (path, bound) in wanted(each.must.as_ref()) {
                let steps: Vec<&str> = path.steps.iter().map(|step| step.value.as_str()).collect();
                let (Some(first), field) = (steps.first(), steps.get(1)) else {
                    continue;
                };
                let Some(Name::Class(other)) = project.resolve(pack, first) else {
                    continue;
                };
                let there = super::follow_names(project, pack, super::Value::Noun(policy), &steps);
                let planned = plan.new.iter().any(|new| new.text.contains(&format!(" is {first}")));
                if there.is_empty() && !planned {
                    self::class(project, policy, other, field.map(|field| (*field, &bound)), plan)?;
                }
            }
        }
    }
    Some(())
}

/// Whether `where has CLASS` holds as soon as something of this class is declared, and did not before.
fn asks_for(project: &Project<'_>, pack: &Pack, condition: Option<&Test>, class: AnyNoun) -> bool {
    let policy = AnyNoun {
        kind: Kind::Policy,
        index: 0,
    };
    let paths = atoms(condition).filter_map(|atom| match atom {
        Atom::Has {
            quantity: Quantity::Each,
            paths,
            bound: None,
            ..
        } => Some(paths),
        _ => None,
    });
    paths.flatten().any(|path| {
        let [step] = path.steps.as_slice() else { return false };
        let above =
            matches!(project.resolve(pack, &step.value), Some(Name::Class(high)) if project.model.below(class, high));
        above && super::follow_names(project, pack, super::Value::Noun(policy), &[&step.value]).is_empty()
    })
}

fn ranges_over(project: &Project<'_>, pack: &Pack, each: &Each, class: AnyNoun) -> bool {
    match names::resolve(project.model, pack, &each.noun.text()) {
        Some(Name::Class(high)) => project.model.below(class, high),
        Some(Name::Kind(kind)) => kind == class.kind,
        _ => false,
    }
}

/// The paths that a test demands in its first alternative, each with its bound.
fn wanted(test: Option<&Test>) -> Vec<(&Path, Bound)> {
    let first = test.and_then(|test| test.alternatives.first());
    let mut all = Vec::new();
    for atom in first.into_iter().flatten() {
        if let Atom::Has {
            quantity: Quantity::Each | Quantity::Some,
            paths,
            bound,
            ..
        } = atom
        {
            let bound = bound
                .as_ref()
                .map(|(sign, bound)| (*sign, super::super::judge::written(&bound.value)));
            all.extend(paths.iter().map(|path| (path, bound.clone())));
        }
    }
    all
}

fn first_controller(model: &Model) -> Option<AnyNoun> {
    let mut own = model.controllers.of_project();
    own.next().map(|(id, _)| any(Kind::Controller, id))
}

/// A name that nothing in the project has.
fn free(model: &Model, plan: &Plan, name: &str) -> String {
    let own = |name: &str| {
        model
            .nouns()
            .any(|(_, one)| one.name == name && one.origin == Origin::Project)
    };
    let taken = |name: &str| own(name) || plan.new.iter().any(|new| new.name == name);
    let mut numbered = (2..).map(|number| format!("{name}_{number}"));
    if taken(name) {
        numbered.find(|name| !taken(name)).unwrap_or_default()
    } else {
        name.to_owned()
    }
}

/// The insertions: behind the last declaration of the kind, else at the end of the policy's text.
pub fn edits(project: &Project<'_>, new: &[New]) -> Vec<(Span, String)> {
    let mut by_kind: BTreeMap<Kind, Vec<&str>> = BTreeMap::new();
    for one in new {
        by_kind.entry(one.kind).or_default().push(&one.text);
    }
    let mut edits: BTreeMap<Span, String> = BTreeMap::new();
    for (kind, texts) in by_kind {
        let text = style(&format!("{}\n", texts.join("\n")));
        let text = text.trim_end();
        let (at, text) = match last(project.model, kind) {
            Some(span) => {
                let indent = indent(project.sources, span);
                let text = text.replace('\n', &format!("\n{indent}"));
                (line_end(project.sources, span), format!("\n\n{indent}{text}"))
            }
            None => match end(project) {
                Some((at, before)) => (at, format!("{before}{text}\n")),
                None => continue,
            },
        };
        match edits.get_mut(&at) {
            Some(before) => before.push_str(&format!("\n{text}")),
            None => drop(edits.insert(at, text)),
        }
    }
    edits.into_iter().collect()
}

/// The last declaration of a kind that stands in nothing of its kind.
fn last(model: &Model, kind: Kind) -> Option<Span> {
    fn of<D>(table: &crate::model::noun::Table<D>) -> Option<Span> {
        let tops = table.of_project().filter(|(_, noun)| noun.parent.is_none());
        tops.map(|(_, noun)| noun.span).last()
    }
    match kind {
        Kind::Right => of(&model.rights),
        Kind::Measure => of(&model.measures),
        Kind::Duty => of(&model.duties),
        Kind::Recipient => of(&model.recipients),
        _ => None,
    }
}

/// The end of the text in which the policy stands, with the blank lines that are to stand before.
fn end(project: &Project<'_>) -> Option<(Span, &'static str)> {
    let policy = project.model.policy.as_ref()?;
    let text = &project.sources.get(policy.span.source)?.text;
    let end = u32::try_from(text.len()).ok()?;
    let at = Span {
        start: end,
        end,
        ..policy.span
    };
    Some((at, if text.ends_with('\n') { "\n" } else { "\n\n" }))
}

/// The classes that rules in force ask the policy to declare: nothing else need speak of what belongs to one.
pub fn asked_for(model: &Model, kind: Kind) -> Vec<AnyNoun> {
    let mut all = Vec::new();
    for rule in &model.rules {
        let Some(pack) = model.packs.get(rule.pack) else {
            continue;
        };
        for each in rule.each.iter().filter(|each| each.noun.text() == "policy") {
            for (path, _) in wanted(each.must.as_ref()) {
                if let Some(step) = path.steps.first()
                    && let Some(Name::Class(class)) = names::resolve(model, pack, &step.value)
                    && class.kind == kind
                {
                    all.push(class);
                }
            }
        }
    }
    all
}
