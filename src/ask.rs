//! Requests as sentences: a line of a scenario, or `kupuya decide "share passport with banks for payments given agreed"`.
//!
//! What is `given` is complete as to consents: one that is not listed was never given. A fact not listed stays unknown. A
//! consent listed counts as given that day, for all purposes, by whom the basis admits.

mod unsaid;
mod written;

use std::collections::BTreeMap;

use kupuya_runtime::{Age, AgeBounds, Request, Time};

use crate::diagnostic::{Diagnostic, Severity, Text};
use crate::model::noun::{Id, Location, Table};
use crate::model::sentence::Question;
use crate::model::{Model, codes};
use crate::source::{Source, SourceId, Span, Spanned};
use crate::syntax;
use crate::syntax::ast::{Bound, Comparison, Content, Date, Known, Nouns, Path, Sentence};
use crate::syntax::vocabulary::{Connector, VERBS, Verb};
pub use unsaid::unsaid;
pub use written::sentence;

/// The request that a text asks, as it stands alone in a source.
///
/// # Errors
/// What cannot be read, or is no request.
pub fn read(source_id: SourceId, source: &Source) -> Result<Request, Vec<Diagnostic>> {
    let (sentence, problems) = syntax::parse_request(source_id, source);
    match sentence.filter(|_| problems.is_empty()) {
        Some(sentence) => request(&sentence),
        None => Err(problems),
    }
}

/// The request that a sentence asks. Its names stay as written: the bundle resolves them.
///
/// # Errors
/// A sentence that is no request: a rule (`never`, `only`), a word that no single act has, parts that a request lacks.
pub fn request(sentence: &Sentence) -> Result<Request, Vec<Diagnostic>> {
    let mut reader = Reader::default();
    let request = reader.sentence(sentence);
    if reader.problems.is_empty() {
        Ok(request)
    } else {
        Err(reader.problems)
    }
}

/// The request that a line of a scenario asks; its day is its own, else the policy's first in force.
#[must_use]
pub fn from_question(model: &Model, question: &Question) -> Request {
    let begins = model.policy.as_ref().and_then(crate::model::Policy::begins);
    let fact = |(fact, holds): &(Id<_>, bool)| given(&model.facts[*fact].path, *holds);
    let consent = |(basis, holds): &(Id<_>, bool)| given(&model.bases[*basis].path, *holds);
    Request {
        action: crate::bundle::act(question.act).word().to_owned(),
        data: paths(&model.data, &question.data),
        by: paths(&model.controllers, &question.by),
        source: paths(&model.sources, &question.source),
        purpose: paths(&model.purposes, &question.purpose),
        recipient: paths(&model.recipients, &question.recipient),
        about: paths(&model.subjects, &question.about).unwrap_or_default(),
        place: question.place.map(|place| match place {
            Location::Abroad => "abroad".to_owned(),
            Location::In(country) => model.countries[country].path.clone(),
        }),
        age: question.age.map(|(least, most)| ages(least, most)),
        facts: BTreeMap::new(),
        given: Some(
            question
                .facts
                .iter()
                .map(fact)
                .chain(question.consents.iter().map(consent))
                .collect(),
        ),
        records: None,
        item: None,
        time: question.on.or(begins).and_then(time),
    }
}

/// Paths of a slot; a slot without names is left out.
fn paths<D>(table: &Table<D>, ids: &[Id<D>]) -> Option<Vec<String>> {
    let paths: Vec<String> = ids.iter().map(|id| table[*id].path.clone()).collect();
    Some(paths).filter(|paths| !paths.is_empty())
}

fn given(name: &str, holds: bool) -> String {
    if holds { name.to_owned() } else { format!("not {name}") }
}

fn time(date: Date) -> Option<Time> {
    crate::bundle::day(date).map(Time::Day)
}

fn ages(least: u32, most: Option<u32>) -> Age {
    match most {
        Some(most) if most == least => Age::Years(least),
        _ => Age::Between(AgeBounds {
            at_least: Some(least).filter(|least| *least > 0),
            at_most: most,
        }),
    }
}

#[derive(Default)]
struct Reader {
    problems: Vec<Diagnostic>,
}

impl Reader {
    fn sentence(&mut self, sentence: &Sentence) -> Request {
        let mut request = Request {
            action: self.verb(sentence),
            data: sentence.data.as_ref().and_then(|nouns| self.nouns(nouns)),
            given: Some(Vec::new()),
            ..Request::default()
        };
        if let Some(never) = sentence.never {
            self.problem("a request promises nothing", never, "take out `never`");
        }
        if let Some(only) = &sentence.only {
            self.problem(
                "a request restricts nothing",
                only.span,
                "take out what begins with `only`",
            );
        }
        for part in &sentence.qualifiers {
            match (part.connector, &part.content) {
                (Connector::About, Content::Nouns(nouns)) => request.about = self.nouns(nouns).unwrap_or_default(),
                (Connector::From, Content::Nouns(nouns)) => request.source = self.nouns(nouns),
                (Connector::With, Content::Nouns(nouns)) => request.recipient = self.nouns(nouns),
                (Connector::For, Content::Nouns(nouns)) => request.purpose = self.nouns(nouns),
                (Connector::By, Content::Nouns(nouns)) => request.by = self.nouns(nouns),
                (Connector::In, Content::Nouns(nouns)) => {
                    let places = self.nouns(nouns).unwrap_or_default();
                    if places.len() > 1 {
                        self.problem("a request happens in one place", part.span, "name one country");
                    }
                    request.place = places.into_iter().next();
                }
                (Connector::Abroad, _) => request.place = Some("abroad".to_owned()),
                (Connector::On, Content::Date(date)) => request.time = time(date.value),
                (Connector::Given, Content::Given(known)) => self.given(known, &mut request),
                // What is missing has been reported by the parser.
                (_, Content::Nothing) => {}
                _ => self.problem(
                    "a request says what is done and what is known, no more",
                    part.span,
                    "take this out; what is known stands after `given`",
                ),
            }
        }
        request
    }

    fn verb(&mut self, sentence: &Sentence) -> String {
        let verb = sentence.verb.value;
        if matches!(verb, Verb::Process | Verb::Combine | Verb::Keep) {
            self.problem(
                "a request asks about one act",
                sentence.verb.span,
                "ask about collect, use, profile, store, share, publish, anonymise or erase",
            );
        }
        let word = VERBS.iter().find(|(known, ..)| *known == verb);
        word.map_or_else(String::new, |(_, word, _)| (*word).to_owned())
    }

    /// The names of a slot as written; `None` for `any`.
    fn nouns(&mut self, nouns: &Nouns) -> Option<Vec<String>> {
        if let Some(first) = nouns.except.first() {
            self.problem(
                "a request takes nothing out",
                first.span,
                "name the nouns that are meant",
            );
        }
        if nouns.any.is_some() || nouns.names.is_empty() {
            return None;
        }
        Some(nouns.names.iter().map(Path::text).collect())
    }

    fn given(&mut self, known: &[Known], request: &mut Request) {
        for known in known {
            match known {
                Known::Holds(path) => request.given.get_or_insert_default().push(path.text()),
                Known::Fails(path) => request.given.get_or_insert_default().push(given(&path.text(), false)),
                Known::Compare(path, is, bound) => self.age(path, *is, bound, request),
            }
        }
    }

    fn age(&mut self, path: &Path, is: Comparison, bound: &Spanned<Bound>, request: &mut Request) {
        let (Bound::Number(years), "age") = (&bound.value, path.text().as_str()) else {
            self.problem(
                "of what is given, only an age is compared",
                path.span.to(bound.span),
                "write `age = 15`; the day stands after `on`",
            );
            return;
        };
        let (low, high) = match is {
            Comparison::Less => (0, years.checked_sub(1)),
            Comparison::AtMost => (0, Some(*years)),
            Comparison::AtLeast => (*years, Some(u32::MAX)),
            Comparison::Greater => (years.saturating_add(1), Some(u32::MAX)),
            Comparison::Equal | Comparison::In => (*years, Some(*years)),
        };
        let Some(high) = high else {
            self.problem("no age is less than 0", bound.span, "write `age = 15`");
            return;
        };
        let (least, most) = request.age.map_or((0, u32::MAX), Age::interval);
        let most = most.min(high);
        request.age = Some(ages(least.max(low), Some(most).filter(|most| *most < u32::MAX)));
    }

    fn problem(&mut self, message: &'static str, span: Span, help: &'static str) {
        let problem = Diagnostic::new(codes::NOT_A_REQUEST, Severity::Error, message, span, "here");
        self.problems.push(problem.help(Text::new(help)));
    }
}
