//! Tree to model: declare all nouns, resolve what they say of each other, then the sentences.

mod ban;
mod block;
mod clause;
mod condition;
mod declare;
mod detail;
mod ends;
mod field;
mod header;
mod keep;
mod order;
mod outline;
mod packs;
mod part;
mod party;
mod permission;
mod policy;
mod problem;
mod prose;
mod resolve;
mod rule;
pub(super) mod scenario;
mod slot;
mod torn;
mod twice;
mod waiver;

pub use declare::header;

use std::collections::HashMap;
use std::sync::Arc;

use super::Model;
use super::names::{Looker, Names};
use super::noun::AnyNoun;
use super::packs::{Head, heads_and_strays};
use crate::diagnostic::{Diagnostic, Severity, Text};
use crate::model::Context;
use crate::source::{Origin, Sources, Span, Spanned};
use crate::syntax::ast::{Date, Declaration, File};
use crate::syntax::vocabulary::Kind;

/// What the caller may set from outside.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The day by which the law pack is chosen and rules count, instead of the policy's first day.
    pub day: Option<Date>,
    /// A law, instead of the first name behind the policy's `law:`.
    pub law: Option<String>,
}

/// Resolves a project with the packs and the taxonomy that it may use. Of the packs those chosen count.
#[must_use]
pub fn from_syntax(files: &[(Arc<File>, Origin)], sources: &Sources, options: &Options) -> (Model, Vec<Diagnostic>) {
    let (heads, strays) = heads_and_strays(files);
    let mut lower = Lower::new(sources, files);
    lower.policy_head(files, options);
    let named = lower.named_laws(options);
    let chosen = lower.choose_packs(&heads, &named, options);
    lower.left_out(&heads, &strays, &named);
    lower.note_elsewhere(&heads, &chosen);
    lower.declare_all(files, &chosen);
    lower.names = Names::of(&lower.model);
    lower.find_twice(files);
    lower.headers();
    lower.cut_cycles();
    lower.finish_orders();
    lower.details();
    lower.mirror_names();
    lower.policy_fields(files);
    lower.pack_fields(&chosen);
    lower.outline_of(files);
    lower.rules(&chosen);
    lower.scenarios(files);
    lower.find_ids_twice();
    lower.waivers(files);
    lower.finish()
}

/// The work in hand.
pub(crate) struct Lower<'a> {
    model: Model,
    names: Names,
    sources: &'a Sources,
    diagnostics: Vec<Diagnostic>,
    /// By the name that is in trouble.
    problems: HashMap<String, Vec<problem::Problem>>,
    declared: Vec<Declared<'a>>,
    /// Where each `is` is written: the noun, the index of what it is, the place.
    is_spans: Vec<(AnyNoun, u32, Span)>,
    order: slot::Order,
    /// Where the syntax has reported errors.
    torn: torn::Torn,
    /// Declarations that have lost their names.
    nameless: Vec<Kind>,
    /// What packs declare that are not chosen: name, kind, pack.
    elsewhere: Vec<(String, Kind, String)>,
}

/// A noun in the tables with its declaration.
#[derive(Clone, Debug)]
struct Declared<'a> {
    noun: AnyNoun,
    declaration: &'a Declaration,
    looker: Looker,
}

/// From where and in what a name is used.
#[derive(Clone, Debug)]
struct View {
    looker: Looker,
    context: Context,
}

impl View {
    fn new(looker: &Looker, context: Context) -> View {
        View {
            looker: looker.clone(),
            context,
        }
    }

    fn project(context: Context) -> View {
        View::new(&Looker::Project, context)
    }
}

/// A pack in force, by its head, with the view from inside it.
#[derive(Clone, Debug)]
struct Active<'a> {
    head: Head<'a>,
    looker: Looker,
    /// The day by which its rules count; `None` if the policy has none.
    day: Option<Date>,
    /// The word of `law:` that chose it.
    chosen_by: Option<Spanned<String>>,
}

impl<'a> Lower<'a> {
    fn new(sources: &'a Sources, files: &[(Arc<File>, Origin)]) -> Lower<'a> {
        Lower {
            model: Model::default(),
            names: Names::default(),
            sources,
            diagnostics: Vec::new(),
            problems: HashMap::new(),
            declared: Vec::new(),
            is_spans: Vec::new(),
            order: slot::Order::default(),
            torn: torn::Torn::of(files, sources),
            nameless: Vec::new(),
            elsewhere: Vec::new(),
        }
    }

    /// Reports an error of this stage.
    fn error(&mut self, code: &str, message: impl Into<Text>, at: Span, here: impl Into<Text>) -> &mut Diagnostic {
        self.report(Diagnostic::new(code, Severity::Error, message, at, here))
    }

    fn report(&mut self, diagnostic: Diagnostic) -> &mut Diagnostic {
        let last = self.diagnostics.len();
        self.diagnostics.push(diagnostic);
        &mut self.diagnostics[last]
    }
}
