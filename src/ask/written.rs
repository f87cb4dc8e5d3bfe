//! A request as it is written: the way back.

use kupuya_runtime::{Age, RecordKind, Request, Time};

use crate::syntax::vocabulary::is_reserved;

/// A request as a sentence of the language, which `kupuya decide` and scenarios accept. What a sentence has no words for is left
/// out: [`unsaid`](super::unsaid) tells it.
#[must_use]
pub fn sentence(request: &Request) -> String {
    let mut words = vec![request.action.clone()];
    words.push(
        request
            .data
            .as_ref()
            .map_or_else(|| "any".to_owned(), |data| data.join(", ")),
    );
    let mut say = |word: &str, names: Option<&Vec<String>>| {
        // The one controller without a name is called by a word of the language, which no sentence can name.
        let sayable = |names: &&Vec<String>| !names.is_empty() && !names.iter().any(|name| is_reserved(name));
        if let Some(names) = names.filter(sayable) {
            words.push(format!("{word} {}", names.join(", ")));
        }
    };
    say("about", Some(&request.about));
    say("from", request.source.as_ref());
    say("with", request.recipient.as_ref());
    say("for", request.purpose.as_ref());
    say("by", request.by.as_ref());
    if let Some(place) = &request.place {
        words.push(match place.as_str() {
            "abroad" => place.clone(),
            country => format!("in {country}"),
        });
    }
    let records = || request.records.iter().flatten();
    let ended = |basis: &String| records().any(|record| record.kind != RecordKind::Give && record.basis == *basis);
    let held = records().filter(|record| record.kind == RecordKind::Give && !ended(&record.basis));
    let mut given: Vec<String> = held.map(|record| record.basis.clone()).collect();
    given.dedup();
    given.extend(request.given.iter().flatten().cloned());
    for (fact, holds) in &request.facts {
        given.push(if *holds { fact.clone() } else { format!("not {fact}") });
    }
    match request.age {
        Some(Age::Years(years)) => given.push(format!("age = {years}")),
        Some(Age::Between(bounds)) => {
            given.extend(bounds.at_least.map(|years| format!("age >= {years}")));
            given.extend(bounds.at_most.map(|years| format!("age <= {years}")));
        }
        None => {}
    }
    if !given.is_empty() {
        words.push(format!("given {}", given.join(", ")));
    }
    if let Some(Time::Day(day)) = request.time {
        words.push(format!("on {day}"));
    }
    words.join(" ")
}
