//! Pieces of sentences: what follows a term, whom a transfer is told to, a term for data, another value of a field.

use super::super::atoms::atoms;
use super::super::fields::Value;
use super::super::names::Name;
use super::super::project::Project;
use super::{Bound, Plan, values};
use crate::model::Pack;
use crate::model::noun::{AnyNoun, Id};
use crate::model::sentence::Act;
use crate::source::Span;
use crate::syntax::ast::{Atom, Comparison};
use crate::syntax::vocabulary::Kind;

/// What a keep lacks.
pub fn of_keep(project: &Project<'_>, keep: usize, word: &str, plan: &mut Plan) -> Option<()> {
    let stated = &project.model.keeps.get(keep)?.stated;
    if !["then", "disposal"].contains(&word) {
        return None;
    }
    plan.piece(
        block(project, stated.block)?,
        stated.span.after(),
        " then erase".to_owned(),
    );
    plan.tell("`then erase`".to_owned());
    Some(())
}

/// What a statement lacks: the notice.
pub fn of_flow(project: &Project<'_>, flow: usize, word: &str, bound: &Bound, plan: &mut Plan) -> Option<()> {
    let statement = project.model.permissions.get(project.flows.get(flow)?.statement)?;
    if word != "notify" || !statement.then.is_empty() {
        return None;
    }
    let about = statement.about.first().map(|class| class.value);
    let whom = about.or_else(|| project.model.subjects.of_project().map(|(id, _)| id).next())?;
    let whom = &project.model.subjects[whom].path;
    let within = bound.clone().or_else(|| notice(project)).map(|(_, period)| period);
    let within = within.map(|period| format!(" within {period}")).unwrap_or_default();
    let stated = &statement.stated;
    let text = format!("then notify {whom}{within}");
    plan.piece(block(project, stated.block)?, stated.span.after(), format!(" {text}"));
    plan.tell(format!("`{text}`"));
    Some(())
}

/// How soon rules in force want a transfer to be told.
fn notice(project: &Project<'_>) -> Bound {
    let rules = &project.model.rules;
    let sharing = rules
        .iter()
        .flat_map(|rule| &rule.each)
        .filter(|each| each.noun.text() == "share");
    atoms(sharing.flat_map(|each| &each.must))
        .filter_map(|atom| match atom {
            Atom::Has {
                paths,
                bound: Some((sign, bound)),
                ..
            } if paths.iter().any(|path| path.text() == "notify") => {
                Some((*sign, super::super::judge::written(&bound.value)))
            }
            _ => None,
        })
        .next()
}

/// A term for data: in the block of the statement that collects them, on the same basis.
pub fn keep(project: &Project<'_>, noun: AnyNoun, first: &str, field: &str, plan: &mut Plan) -> Option<()> {
    let model = project.model;
    if noun.kind != Kind::Data || first != "keep" || field != "end" {
        return None;
    }
    let id = Id::new(noun.index);
    let speaks = |act: Option<Act>| {
        let mut all = model.permissions.iter();
        all.find(|one| one.data.atoms.contains(&id) && act.is_none_or(|act| one.acts.contains(&act)))
    };
    let statement = speaks(Some(Act::Collect)).or_else(|| speaks(None))?;
    let around = block(project, statement.stated.block)?;
    let indent = crate::format::shape::indent(project.sources, statement.stated.span);
    let path = &model.data[id].path;
    // The statement's own basis; that of the block holds by itself.
    let stated = project.sources.text(statement.stated.span);
    let basis = statement.bases.first().filter(|_| stated.contains(" under "));
    let basis = basis.map(|way| {
        let names: Vec<&str> = way.iter().map(|basis| model.bases[basis.value].path.as_str()).collect();
        format!(" under {}", names.join(" and "))
    });
    let text = format!("keep {path} for 1 year{} then erase", basis.unwrap_or_default());
    plan.piece(around, statement.stated.span.after(), format!("\n{indent}{text}"));
    plan.tell(format!("`{text}`"));
    Some(())
}

/// Another value in the place of the one that is wrong, or beside it.
pub fn other_value(
    project: &Project<'_>,
    pack: &Pack,
    element: Value,
    at: Span,
    bound: &Bound,
    plan: &mut Plan,
) -> Option<()> {
    let (sign, value) = bound.as_ref()?;
    let around = match element {
        Value::Noun(noun) => super::outermost(project.model, noun).filter(|outer| holds(*outer, at)),
        Value::Flow(flow) => {
            let statement = project.model.permissions.get(project.flows.get(flow)?.statement)?;
            block(project, statement.stated.block)
        }
        _ => None,
    };
    let around = around.unwrap_or(at);
    match sign {
        Comparison::In => {
            let Some(Name::Class(class)) = project.resolve(pack, value) else {
                return None;
            };
            if class.kind != Kind::Channel {
                return None;
            }
            let means = values::means(project.model, value);
            plan.tell(format!("`{means}`"));
            plan.piece(around, at.after(), format!(", {means}"));
        }
        Comparison::AtMost | Comparison::AtLeast | Comparison::Equal
            if value.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            let old = project.sources.text(at);
            // The place of a duty is all of it; its term stands behind `within`.
            let from = old.rfind("within ").map_or(0, |from| from + "within ".len());
            let at = Span {
                start: at.start + u32::try_from(from).ok()?,
                ..at
            };
            plan.tell(format!("`{value}`"));
            plan.piece(around, at, value.clone());
        }
        _ => return None,
    }
    Some(())
}

fn holds(outer: Span, inner: Span) -> bool {
    outer.source == inner.source && outer.start <= inner.start && inner.end <= outer.end
}

fn block(project: &Project<'_>, block: usize) -> Option<Span> {
    project.model.blocks.get(block).map(|block| block.span)
}
