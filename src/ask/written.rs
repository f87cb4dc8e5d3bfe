//! A request as it is written: the way back.

use kupuya_runtime::{Age, Record, RecordKind, Request, Time};

/// A request as a sentence of the language, which `kupuya decide` and scenarios accept; consents given on another day than
/// that of the request are told with their day.
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
        if let Some(names) = names.filter(|names| !names.is_empty()) {
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
    let mut given: Vec<String> = request.records.iter().flatten().filter_map(consent).collect();
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

fn consent(record: &Record) -> Option<String> {
    let given = record.kind == RecordKind::Give;
    given.then(|| record.basis.clone())
}
