//! What a request knows and a sentence has no words for.

use kupuya_runtime::{Record, RecordBy, RecordKind, Request, Time};

use crate::diagnostic::{Argument, Text};

/// What a request knows and no sentence says: who gave which consent when and for what alone, what was withdrawn or objected to,
/// when the data were collected and when events happened.
#[must_use]
pub fn unsaid(request: &Request) -> Vec<Text> {
    let mut told: Vec<Text> = request.records.iter().flatten().map(record).collect();
    if let Some(item) = &request.item {
        let collected = Text::new("the data were collected on {day}");
        told.extend(item.collected.map(|at| collected.with("day", day(at))));
        told.extend(item.events.iter().map(|(event, at)| {
            match at {
                Some(at) => Text::new("event `{event}` happened on {day}")
                    .with("day", day(*at))
                    .with("event", event),
                None => Text::new("event `{event}` has not happened").with("event", event),
            }
        }));
    }
    told
}

fn record(record: &Record) -> Text {
    let alone = record.purposes.is_some();
    let text = match (record.kind, record.by, alone) {
        (RecordKind::Give, RecordBy::Person, false) => "consent `{basis}` was given by the person on {day}",
        (RecordKind::Give, RecordBy::Person, true) => {
            "consent `{basis}` was given by the person on {day}, for {purposes} alone"
        }
        (RecordKind::Give, RecordBy::Representative, false) => {
            "consent `{basis}` was given by a representative on {day}"
        }
        (RecordKind::Give, RecordBy::Representative, true) => {
            "consent `{basis}` was given by a representative on {day}, for {purposes} alone"
        }
        (RecordKind::Withdraw, _, false) => "consent `{basis}` was withdrawn on {day}",
        (RecordKind::Withdraw, _, true) => "consent `{basis}` was withdrawn on {day}, for {purposes} alone",
        (RecordKind::Object, _, false) => "basis `{basis}` was objected to on {day}",
        (RecordKind::Object, _, true) => "basis `{basis}` was objected to on {day}, for {purposes} alone",
    };
    let purposes = record.purposes.iter().flatten();
    let text = Text::new(text).with("basis", &record.basis).with("day", day(record.at));
    text.with("purposes", Argument::all_of(purposes))
}

fn day(time: Time) -> String {
    match time {
        Time::Day(day) => day.to_string(),
        Time::Instant(_) => serde_json::to_value(time)
            .ok()
            .and_then(|value| value.as_str().map(str::to_owned))
            .unwrap_or_default(),
    }
}
