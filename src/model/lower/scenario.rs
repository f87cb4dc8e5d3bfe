//! Scenarios: lines to questions.

use std::sync::Arc;

use super::field::date;
use super::part::{self, Part};
use super::permission::verb_word;
use super::problem::At;
use super::slot::Order;
use super::{Lower, View};
use crate::diagnostic::{Diagnostic, Text, sorted};
use crate::model::kinded::Kinded;
use crate::model::names::Names;
use crate::model::noun::{AnyNoun, Controller, Data, Id, Location, Purpose, Recipient, Source};
use crate::model::packs::fields;
use crate::model::sentence::{Act, Expectation, Question};
use crate::model::{Context, Model, Scenario, codes};
use crate::source::{Origin, Sources, Spanned};
use crate::syntax::ast::{self, Bound, Comparison, Content, Date, Declaration, File, Item, Known, Node, Nouns};
use crate::syntax::vocabulary::{Connector, Kind, Verb};

type Age = (u32, Option<u32>);

/// Resolves the names of a request as it would stand in a scenario of this project.
///
/// # Errors
///
/// Names that are not declared, and requests that are not one act.
pub fn question(model: &Model, sentence: &ast::Sentence) -> Result<Question, Vec<Diagnostic>> {
    let sources = Sources::default();
    let mut lower = Lower::new(&sources, &[]);
    lower.names = Names::of(model);
    lower.order = Order::of(model);
    lower.model = model.clone();
    let question = lower.question(sentence, None, &View::project(Context::Scenario));
    lower.tell_problems();
    question.ok_or_else(|| sorted(lower.diagnostics))
}

impl Lower<'_> {
    /// Reads the scenarios of the project.
    pub(super) fn scenarios(&mut self, files: &[(Arc<File>, Origin)]) {
        for (file, _) in files.iter().filter(|(_, origin)| *origin == Origin::Project) {
            self.scenarios_in(&file.items);
        }
    }

    fn scenarios_in(&mut self, items: &[Item]) {
        for item in items {
            match &item.node {
                Node::Declaration(declaration) if declaration.kind == Kind::Scenario => self.scenario(declaration),
                Node::Declaration(declaration) if matches!(declaration.kind, Kind::Section | Kind::Law) => {
                    self.scenarios_in(&declaration.items);
                }
                _ => {}
            }
        }
    }

    fn scenario(&mut self, declaration: &Declaration) {
        let view = View::project(Context::Scenario);
        let on = fields(declaration)
            .find(|field| field.word.value == "on")
            .and_then(date);
        let on = on.map(|day| day.value);
        let mut lines = Vec::new();
        for item in &declaration.items {
            let Node::Expectation(line) = &item.node else {
                continue;
            };
            let unmet: Vec<Option<AnyNoun>> = line
                .names
                .iter()
                .map(|path| {
                    let kinds = [Kind::Fact, Kind::Basis, Kind::Subject, Kind::Country];
                    self.resolve(path, &kinds, At::After("unmet"), &view)
                })
                .collect();
            let question = line.sentence.as_ref().and_then(|asked| self.question(asked, on, &view));
            if let (Some(question), Some(unmet)) = (question, unmet.into_iter().collect()) {
                lines.push(Expectation {
                    span: line.span,
                    outcome: line.outcome.value,
                    unmet,
                    question,
                });
            }
        }
        let header = super::declare::header(declaration);
        self.model.scenarios.push(Scenario {
            label: declaration.label.clone().unwrap_or(Spanned {
                value: declaration.name.as_ref().map_or_else(String::new, |name| name.text()),
                span: header,
            }),
            on,
            lines,
            span: declaration.span,
        });
    }

    /// Reads one request. `None` if something of it is broken; the rest is read all the same.
    fn question(&mut self, asked: &ast::Sentence, on: Option<Date>, view: &View) -> Option<Question> {
        let parts = &asked.qualifiers;
        let verb = asked.verb.value;
        let act = self.act(asked);
        let fits = match act {
            Some(act) => self.check_slots(verb, &[act], parts) && self.check_asked(asked),
            None => false,
        };
        let data = self.asked::<Data>(Part::of(asked.data.as_ref()), At::After(verb_word(verb)), view);
        let slot = |connector| part::nouns(parts, connector);
        let (from, with, purpose, by) = (
            slot(Connector::From),
            slot(Connector::With),
            slot(Connector::For),
            slot(Connector::By),
        );
        let source = self.asked::<Source>(from, At::After("from"), view);
        let recipient = self.asked::<Recipient>(with, At::After("with"), view);
        let purpose = self.asked::<Purpose>(purpose, At::After("for"), view);
        let by = self.asked::<Controller>(by, At::After("by"), view);
        let about = part::nouns(parts, Connector::About).then(|nouns| self.about(nouns, At::After("about"), view));
        let place = self.asked_place(asked, view);
        let mut question = Question {
            act: act.unwrap_or(Act::Use),
            data: data?,
            about: if about.is_broken() {
                return None;
            } else {
                about.found().unwrap_or_default()
            }
            .into_iter()
            .map(|name| name.value)
            .collect(),
            source: source?,
            recipient: recipient?,
            purpose: purpose?,
            by: by?,
            place: place?,
            facts: Vec::new(),
            consents: Vec::new(),
            age: None,
            on,
        };
        let mut good = fits;
        for part in parts {
            match &part.content {
                Content::Given(all) => {
                    for known in all {
                        good &= self.given(known, &mut question, view);
                    }
                }
                Content::Date(day) if part.connector == Connector::On => question.on = Some(day.value),
                _ => {}
            }
        }
        (good && act.is_some()).then_some(question)
    }

    fn act(&mut self, asked: &ast::Sentence) -> Option<Act> {
        let act = match asked.verb.value {
            Verb::Collect => Act::Collect,
            Verb::Use => Act::Use,
            Verb::Profile => Act::Profile,
            Verb::Store => Act::Store,
            Verb::Share => Act::Share,
            Verb::Publish => Act::Publish,
            Verb::Anonymise => Act::Anonymise,
            Verb::Erase => Act::Erase,
            verb @ (Verb::Process | Verb::Combine | Verb::Keep) => {
                let message = Text::new("`{verb}` is no single act").with("verb", verb_word(verb));
                self.error(
                    codes::NOT_A_REQUEST,
                    message,
                    asked.verb.span,
                    "a request names one act",
                )
                .help = Some("ask for each act on a line of its own: `collect`, `use`, `store`, …".into());
                return None;
            }
        };
        Some(act)
    }

    /// Reports parts that only rules have: a request says what is done, the policy under what it may be.
    fn check_asked(&mut self, asked: &ast::Sentence) -> bool {
        const RULING: &[Connector] = &[Connector::Under, Connector::When, Connector::Then, Connector::Within];
        let odd = asked.qualifiers.iter().find(|part| RULING.contains(&part.connector));
        if let Some(odd) = odd {
            let message = Text::new("a request has no `{word}`").with("word", part::word(odd.connector));
            self.error(codes::NOT_A_REQUEST, message, odd.span, "this is for the policy to say")
                .help = Some("say what is known after `given`".into());
        }
        odd.is_none()
    }

    /// The nouns in one slot of a request; empty for `any` and where it is left out.
    fn asked<D: Kinded>(&mut self, nouns: Part<&Nouns>, at: At<'_>, view: &View) -> Option<Vec<Id<D>>> {
        let nouns = match nouns {
            Part::Absent => return Some(Vec::new()),
            Part::Broken => return None,
            Part::Is(nouns) => nouns,
        };
        if let Some(first) = nouns.except.first() {
            let here = "this cannot be taken out";
            self.error(
                codes::EXCEPT_NOT_HERE,
                "a request names what it is about",
                first.span,
                here,
            )
            .help = Some("name the nouns that are meant".into());
            return None;
        }
        let names = self.all::<D>(&nouns.names, at, view);
        if names.len() < nouns.names.len() || (names.is_empty() && nouns.any.is_none()) {
            return None;
        }
        match nouns.any {
            Some(_) => Some(Vec::new()),
            None => Some(names.into_iter().map(|name| name.value).collect()),
        }
    }

    fn asked_place(&mut self, asked: &ast::Sentence, view: &View) -> Option<Option<Location>> {
        let places = self.places(&asked.qualifiers, view);
        if places.is_broken() {
            return None;
        }
        let places = places.found().unwrap_or_default();
        if places.at.len() > 1 || !places.except.is_empty() {
            let here = asked.qualifiers.iter().find(|part| part.connector == Connector::In);
            let span = here.map_or(asked.span, |part| part.span);
            self.error(
                codes::NOT_A_REQUEST,
                "a request happens in one place",
                span,
                "several are named",
            )
            .help = Some("ask for each place on a line of its own".into());
            return None;
        }
        Some(places.at.first().copied())
    }

    fn given(&mut self, known: &Known, question: &mut Question, view: &View) -> bool {
        let (path, holds) = match known {
            Known::Holds(path) => (path, true),
            Known::Fails(path) => (path, false),
            Known::Compare(path, sign, bound) => return self.given_age(path, *sign, bound, question),
        };
        let noun = self.resolve(path, &[Kind::Fact, Kind::Basis], At::After("given"), view);
        let Some(noun) = noun else {
            return false;
        };
        question.facts.extend(noun.id().map(|fact| (fact, holds)));
        question.consents.extend(noun.id().map(|basis| (basis, holds)));
        true
    }

    fn given_age(
        &mut self,
        path: &ast::Path,
        sign: Comparison,
        bound: &Spanned<Bound>,
        question: &mut Question,
    ) -> bool {
        let range = match (path.text().as_str(), &bound.value) {
            ("age", Bound::Number(years)) => ages(sign, *years),
            _ => None,
        };
        let Some((low, high)) = range else {
            self.error(
                codes::BAD_CONDITION,
                "of what is given, only an age can be compared",
                path.span.to(bound.span),
                "this is no age",
            )
            .help = Some("write it like `given age = 15`; a day is said with `on`".into());
            return false;
        };
        let (known_low, known_high) = question.age.unwrap_or((0, None));
        let high = match (high, known_high) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        question.age = Some((low.max(known_low), high));
        true
    }
}

/// The ages that a comparison allows.
fn ages(sign: Comparison, years: u32) -> Option<Age> {
    match sign {
        Comparison::Less => years.checked_sub(1).map(|last| (0, Some(last))),
        Comparison::AtMost => Some((0, Some(years))),
        Comparison::Equal => Some((years, Some(years))),
        Comparison::AtLeast => Some((years, None)),
        Comparison::Greater => years.checked_add(1).map(|first| (first, None)),
        Comparison::In => None,
    }
}
