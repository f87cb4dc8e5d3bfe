//! What a broken rule asks to be written, as an edit that a person looks at: fields, declarations, pieces of sentences.
//!
//! Nothing here knows a rule. The edit follows from the test that is not true: `must have impact_assessment` asks for a
//! declaration of that class, `must have deadline <= 7 days` for a field, and what other rules in force ask of a new
//! declaration goes into it at once. Where one part of a finding cannot be written down so, there is no edit.

mod declare;
mod sentences;
mod values;

use std::collections::BTreeMap;

use super::Broken;
use super::fields::{self, Value};
use super::judge::{Blame, Lack};
use super::names::Name;
use super::paths::follow_names;
use super::project::Project;
use crate::checks::edit::line_of;
use crate::diagnostic::{Applicability, Argument, Fix, Text, Within};
use crate::model::noun::AnyNoun;
use crate::model::{Model, Pack};
use crate::source::{Origin, Span};
use crate::syntax::ast::Comparison;
use crate::syntax::vocabulary::{FieldWord, Kind, kind as entry};
use declare::New;
pub use declare::asked_for;
pub use values::means;

/// What a value is compared to: the sign, and the other side as it is written.
type Bound = Option<(Comparison, String)>;

/// What is to be written.
#[derive(Default)]
struct Plan {
    /// Lines of declarations, by the noun.
    lines: BTreeMap<AnyNoun, Vec<String>>,
    /// New declarations.
    new: Vec<New>,
    /// Pieces, each with the declaration that it stands in.
    pieces: Vec<(Span, Span, String)>,
    /// What is added, as the language writes it.
    told: Vec<String>,
}

impl Plan {
    fn tell(&mut self, what: String) {
        if !self.told.contains(&what) {
            self.told.push(what);
        }
    }

    fn line(&mut self, noun: AnyNoun, field: &str, value: &str) {
        let line = format!("{field}: {value}");
        let lines = self.lines.entry(noun).or_default();
        if !lines.contains(&line) {
            lines.push(line);
        }
        self.tell(format!("`{field}:`"));
    }

    fn piece(&mut self, around: Span, at: Span, text: String) {
        let piece = (around, at, text);
        if !self.pieces.contains(&piece) {
            self.pieces.push(piece);
        }
    }
}

/// The edit for a finding, if all that it asks for can be written down.
pub fn fix(project: &Project<'_>, pack: &Pack, broken: &[Broken]) -> Option<Fix> {
    let mut plan = Plan::default();
    for one in broken {
        if one.blame.is_empty() {
            return None;
        }
        for blame in &one.blame {
            plan_for(project, pack, one.element, blame, &mut plan)?;
        }
    }
    let within = within(project, &plan);
    let edits = declare::edits(project, &plan.new);
    let what = Argument::listed(plan.told);
    let fix = Fix {
        title: Text::new("add {what}").with("what", what),
        edits,
        applicability: Applicability::NeedsReview,
        within,
    };
    (!fix.is_empty()).then_some(fix)
}

fn plan_for(project: &Project<'_>, pack: &Pack, element: Value, blame: &Blame, plan: &mut Plan) -> Option<()> {
    match blame.lack.as_ref()? {
        Lack::Be(classes) => be(project, element, classes.first()?, plan),
        Lack::Have { path, bound } => match blame.at {
            Some(at) => sentences::other_value(project, pack, element, at, bound, plan),
            None => have(project, pack, element, path, bound, plan),
        },
    }
}

/// `must be optional_data`: the flag that the detector looks for. Whether a thing belongs to a class is nothing to guess:
/// it changes what else the law asks of it.
fn be(project: &Project<'_>, element: Value, class: &str, plan: &mut Plan) -> Option<()> {
    let Value::Noun(noun) = element else { return None };
    if class != "optional_data" {
        return None;
    }
    let common = project.model.noun(noun)?;
    let header = project.sources.text(common.header);
    let behind = header.rsplit('"').next().unwrap_or("");
    let joint = if behind.contains("is ") { ", " } else { " is " };
    let around = outermost(project.model, noun)?;
    plan.piece(around, common.header.after(), format!("{joint}optional"));
    plan.tell("`is optional`".to_owned());
    Some(())
}

fn have(
    project: &Project<'_>,
    pack: &Pack,
    element: Value,
    path: &[String],
    bound: &Bound,
    plan: &mut Plan,
) -> Option<()> {
    match (element, path) {
        (Value::Keep(keep), [word]) => sentences::of_keep(project, keep, word, plan),
        (Value::Flow(flow), [word]) => sentences::of_flow(project, flow, word, bound, plan),
        (Value::Noun(noun), [word]) => of_noun(project, pack, noun, word, bound, plan),
        (Value::Noun(noun), [first, field]) if field == "effort" => as_easy(project, noun, first, bound, plan),
        (Value::Noun(noun), [first, field]) => match project.resolve(pack, first)? {
            Name::Verb(_) => sentences::keep(project, noun, first, field, plan),
            Name::Kind(_) | Name::Class(_) => through(project, pack, noun, first, (field, bound), plan),
            Name::Flow => None,
        },
        _ => None,
    }
}

/// A field of the noun itself, or a declaration that belongs to it.
fn of_noun(
    project: &Project<'_>,
    pack: &Pack,
    noun: AnyNoun,
    word: &str,
    bound: &Bound,
    plan: &mut Plan,
) -> Option<()> {
    if word == "label" {
        return label(project, noun, plan);
    }
    if let Some(field) = field(noun.kind, word) {
        let value = values::of(project, pack, noun, field, bound)?;
        match stated(project, noun, word) {
            Some(at) => {
                plan.piece(outermost(project.model, noun)?, at, value.clone());
                plan.tell(format!("`{word}: {value}`"));
            }
            None => plan.line(noun, word, &value),
        }
        return Some(());
    }
    let Some(Name::Class(class)) = project.resolve(pack, word) else {
        let Some(Name::Kind(kind)) = project.resolve(pack, word) else {
            return None;
        };
        return declare::any_of(project, noun, kind, plan);
    };
    declare::class(project, noun, class, None, plan)
}

/// `CLASS.field`: in what is declared of the class already, else in a new declaration.
fn through(
    project: &Project<'_>,
    pack: &Pack,
    noun: AnyNoun,
    first: &str,
    (word, bound): (&str, &Bound),
    plan: &mut Plan,
) -> Option<()> {
    let found = follow_names(project, pack, Value::Noun(noun), &[first]);
    let nouns = found.into_iter().filter_map(|found| match found.value {
        Value::Noun(noun) => Some(noun),
        _ => None,
    });
    let silent: Vec<AnyNoun> = nouns
        .filter(|low| {
            project
                .model
                .noun(*low)
                .is_some_and(|common| common.origin == Origin::Project)
        })
        .filter(|low| fields::of_noun(project.model, *low, word).is_some_and(|values| values.is_empty()))
        .collect();
    if silent.is_empty() {
        let Some(Name::Class(class)) = project.resolve(pack, first) else {
            return None;
        };
        return declare::class(project, noun, class, Some((word, bound)), plan);
    }
    for low in silent {
        let field = field(low.kind, word)?;
        plan.line(low, word, &values::of(project, pack, low, field, bound)?);
    }
    Some(())
}

/// `some withdraw.effort <= given.effort`: what is as easy as the other stands in both.
fn as_easy(project: &Project<'_>, noun: AnyNoun, word: &str, bound: &Bound, plan: &mut Plan) -> Option<()> {
    let (Comparison::AtMost, other) = bound.as_ref()? else {
        return None;
    };
    let values = |word: &str| fields::of_noun(project.model, noun, word).unwrap_or_default();
    let easy = values(other.strip_suffix(".effort")?).first()?.span?;
    let means = project.sources.text(easy).to_owned();
    match values(word).last().and_then(|last| last.span) {
        Some(last) => plan.piece(outermost(project.model, noun)?, last.after(), format!(", {means}")),
        None => plan.line(noun, word, &means),
    }
    plan.tell(format!("`{word}: {means}`"));
    Some(())
}

/// A label to be filled in.
fn label(project: &Project<'_>, noun: AnyNoun, plan: &mut Plan) -> Option<()> {
    let common = project.model.noun(noun)?;
    let around = outermost(project.model, noun)?;
    plan.piece(around, common.name_span.after(), " \"…\"".to_owned());
    plan.tell("`\"…\"`".to_owned());
    Some(())
}

/// The value of a field of one word, such as `separate: no`: it is stated, and says the opposite.
fn stated(project: &Project<'_>, noun: AnyNoun, word: &str) -> Option<Span> {
    let common = project.model.noun(noun)?;
    let text = project.sources.text(common.span);
    let (before, _) = text.split_once(&format!(" {word}:"))?;
    let from = before.len() + word.len() + 2;
    let rest = text.get(from..)?;
    let blanks = rest.len() - rest.trim_start_matches(' ').len();
    let length = rest
        .trim_start_matches(' ')
        .find(|letter: char| !letter.is_alphanumeric())?;
    let start = common.span.start + u32::try_from(from + blanks).ok()?;
    Some(Span {
        start,
        end: start + u32::try_from(length).ok()?,
        ..common.span
    })
}

fn field(kind: Kind, word: &str) -> Option<&'static FieldWord> {
    entry(kind).fields.iter().find(|field| field.word == word)
}

/// The whole of the declaration in which a noun's declaration stands, itself if in none.
fn outermost(model: &Model, noun: AnyNoun) -> Option<Span> {
    if noun.kind == Kind::Policy {
        return model.policy.as_ref().map(|policy| policy.span);
    }
    let top = model.ancestors(noun).last().unwrap_or(noun);
    model.noun(top).map(|top| top.span)
}

/// The edits in declarations that are there, by the outermost one that each stands in.
fn within(project: &Project<'_>, plan: &Plan) -> Vec<Within> {
    let model = project.model;
    let mut around: BTreeMap<Span, Vec<(Span, String)>> = BTreeMap::new();
    for (noun, lines) in &plan.lines {
        let (header, span) = match (noun.kind, &model.policy, model.noun(*noun)) {
            (Kind::Policy, Some(policy), _) => (policy.header, policy.span),
            (_, _, Some(common)) => (common.header, common.span),
            _ => continue,
        };
        let indent = crate::format::shape::indent(project.sources, span);
        let lines = lines.join(&format!("\n{indent}    "));
        let edit = line_of(project.sources, header, span, &lines);
        let outer = outermost(model, *noun).unwrap_or(span);
        around.entry(outer).or_default().push(edit);
    }
    for (outer, at, text) in &plan.pieces {
        around.entry(*outer).or_default().push((*at, text.clone()));
    }
    let around = around.into_iter();
    around.map(|(around, edits)| Within { around, edits }).collect()
}
