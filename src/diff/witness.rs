//! A request that shows a change, asked of both versions as services would.

use kupuya_runtime::{Bundle, Request, Time, Verdict};
use serde::Serialize;

use super::asking::{Asking, of_noun};
use super::kinds::Kind;
use super::merge::Seen;
use super::worlds::request;
use crate::ask::{sentence, unsaid};
use crate::diagnostic::Text;
use crate::source::{Origin, Source, SourceId};

/// A request and what both versions answer. A version that has no word for a noun of the request declares nothing for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Witness {
    /// As a sentence, in words of the version that allows more.
    pub sentence: String,
    /// As a sentence of the other version, where that has other words, or is in force on other days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_sentence: Option<String>,
    /// What the sentence has no words for, if it decides.
    #[serde(skip)]
    pub unsaid: Vec<Text>,
    /// Asked of the version before; none if it has no words for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Request>,
    /// Asked of the version after; none if it has no words for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Request>,
    /// What the version before answers for the noun that is asked about, whatever it answers for those below it.
    pub verdict_before: Verdict,
    /// What the version after answers for it.
    pub verdict_after: Verdict,
    /// Until when the version before keeps the item; `Some(None)`: without end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept_before: Option<Option<Time>>,
    /// Until when the version after keeps the item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept_after: Option<Option<Time>>,
}

/// The witness of a difference.
pub fn witness(asking: &Asking<'_>, seen: &Seen<'_>) -> Witness {
    let ask = |side: usize| {
        let mut asked = request(asking.sides(), side, seen.spot, seen.point, &seen.world)?;
        move_into_force(asking, side, seen, &mut asked);
        Some(asked)
    };
    let (before, after) = (ask(0), ask(1));
    let verdict = |side: usize, request: &Option<Request>| match request {
        None => Verdict::Undeclared,
        Some(request) => told(&asking.sides()[side].bundle, request),
    };
    let towards = match seen.kind {
        Kind::Narrowed | Kind::PromiseLost | Kind::KeptShorter => before.as_ref().or(after.as_ref()),
        _ => after.as_ref().or(before.as_ref()),
    };
    let said = towards.map(sentence).unwrap_or_default();
    let sentences = [&before, &after].map(|request| request.as_ref().map_or_else(|| said.clone(), sentence));
    let verdicts = [verdict(0, &before), verdict(1, &after)];
    let timed = towards.is_some_and(|request| request.item.is_some());
    let suffices = |side: usize| answered(&asking.sides()[side].bundle, &sentences[side]) == Some(verdicts[side]);
    let unsaid = match timed || !(suffices(0) && suffices(1)) {
        true => towards.map(unsaid).unwrap_or_default(),
        false => Vec::new(),
    };
    Witness {
        other_sentence: sentences.into_iter().find(|other| *other != said),
        sentence: said,
        unsaid,
        verdict_before: verdicts[0],
        verdict_after: verdicts[1],
        kept_before: seen.kept.as_ref().map(|kept| kept.deadlines[0]),
        kept_after: seen.kept.as_ref().map(|kept| kept.deadlines[1]),
        before,
        after,
    }
}

/// What a version answers to a sentence alone.
fn answered(bundle: &Bundle, sentence: &str) -> Option<Verdict> {
    let source = Source::new("request".to_owned(), Origin::Project, sentence.as_bytes());
    let request = crate::ask::read(SourceId(0), &source).ok()?;
    Some(told(bundle, &request))
}

/// What a version answers for the noun that a request names.
fn told(bundle: &Bundle, request: &Request) -> Verdict {
    let answer = bundle.decide(request);
    of_noun(&answer, request).map_or(answer.verdict, |item| item.verdict)
}

/// Asks a version on a day on which it is in force; where a day decides, it stays.
fn move_into_force(asking: &Asking<'_>, side: usize, seen: &Seen<'_>, asked: &mut Request) {
    let version = asking.sides()[side];
    let day = version.in_force(seen.world.day);
    let moved = i64::from(day.number()) - i64::from(seen.world.day.number());
    if moved == 0 || seen.kept.is_some() {
        return;
    }
    let mut other = asked.clone();
    other.time = Some(Time::Day(day));
    for record in other.records.iter_mut().flatten() {
        if let Time::Day(at) = record.at {
            record.at = Time::Day(at.plus_days(moved));
        }
    }
    if told(&version.bundle, &other) == told(&version.always, asked) {
        *asked = other;
    }
}
