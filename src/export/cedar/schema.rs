//! The schema and the entities.

use std::collections::BTreeMap;
use std::fmt::Write;

use kupuya_runtime::wire::Act;
use serde::Serialize;

use super::grounds::NO_PURPOSE;
use super::test::quoted;
use crate::export::closed::{Closed, Kind};

/// Who processes, where the policy names no controller.
pub const UNNAMED: &str = "unnamed";

const TYPES: &str = "\
  entity Controller in [Controller];
  entity Class in [Class];
  entity Data in [Data];
  entity Source in [Source];
  entity Purpose in [Purpose];
  entity Recipient in [Recipient];
  entity Country in [Country];

  // An instant, in the policy's zone: seconds and days since 1970, the month counted from year 0, the day of the month,
  // the seconds of the day, how many days the month has.
  type Moment = { seconds: Long, days: Long, month: Long, day: Long, ofDay: Long, monthLength: Long };

  // The latest record of each kind about a basis: consent given by the person, by a representative, by either; its end;
  // an objection. Records of later instants than the request's do not count.
  type Said = { person?: Moment, representative?: Moment, anyone?: Moment, end?: Moment, objection?: Moment };
";

/// The schema, in Cedar's own notation.
pub fn schema(closed: &Closed<'_>) -> String {
    let mut text = format!("namespace Kupuya {{\n{TYPES}\n");
    let facts = closed.facts.keys.iter().map(|key| format!("{}?: Bool", quoted(key)));
    let _ = writeln!(text, "  type Facts = {{ {} }};", facts.collect::<Vec<_>>().join(", "));
    let events = closed
        .facts
        .keys
        .iter()
        .map(|key| format!("{}?: {{ at?: Moment }}", quoted(key)));
    let _ = writeln!(text, "  type Events = {{ {} }};", events.collect::<Vec<_>>().join(", "));
    let asked = (0..)
        .zip(&closed.content.bases)
        .filter(|(_, basis)| basis.consent || basis.objectable);
    let asked = asked.map(|(index, _)| format!("{}?: Said", quoted(closed.bases.key(index))));
    let _ = writeln!(text, "  type Records = {{ {} }};", asked.collect::<Vec<_>>().join(", "));
    let purposes = closed.purposes.keys.iter().map(String::as_str).chain([NO_PURPOSE]);
    let purposes = purposes.map(|key| format!("{}?: Records", quoted(key)));
    let _ = writeln!(
        text,
        "  type RecordsFor = {{ {} }};",
        purposes.collect::<Vec<_>>().join(", ")
    );
    for act in Act::ALL {
        let mut context = vec![
            "now: Moment",
            "about: Set<Class>",
            "age: { atLeast: Long, atMost: Long }",
            "facts: Facts",
            "events: Events",
            "collected?: Moment",
            "place?: Country",
        ];
        if act.has_purpose() {
            context.extend(["purpose: Purpose", "records?: Records"]);
        } else {
            context.push("recordsFor?: RecordsFor");
        }
        if act.has_source() {
            context.push("source: Source");
        }
        if act.has_recipient() {
            context.push("recipient: Recipient");
        }
        let _ = write!(
            text,
            "\n  action {} appliesTo {{\n    principal: [Controller],\n    resource: [Data],\n    context: {{\n      {}\n    }}\n  }};\n",
            quoted(act.word()),
            context.join(",\n      "),
        );
    }
    text.push_str("}\n");
    text
}

#[derive(Serialize)]
struct Entity {
    uid: Uid,
    attrs: BTreeMap<String, String>,
    parents: Vec<Uid>,
}

#[derive(Serialize)]
struct Uid {
    #[serde(rename = "type")]
    of: String,
    id: String,
}

/// The entities: every noun below those directly above it.
pub fn entities(closed: &Closed<'_>) -> Result<String, serde_json::Error> {
    let uid = |of: &str, id: &str| Uid {
        of: format!("Kupuya::{of}"),
        id: id.to_owned(),
    };
    let content = closed.content;
    let mut all: Vec<Entity> = Vec::new();
    let mut kind = |of: &str, kind: &Kind, above: Vec<&[u32]>| {
        for (index, above) in (0..).zip(above) {
            all.push(Entity {
                uid: uid(of, kind.key(index)),
                attrs: BTreeMap::new(),
                parents: above.iter().map(|above| uid(of, kind.key(*above))).collect(),
            });
        }
    };
    let nouns =
        |nouns: &'_ [kupuya_runtime::wire::Noun]| nouns.iter().map(|noun| noun.above.clone()).collect::<Vec<_>>();
    let (data, sources) = (nouns(&content.data), nouns(&content.sources));
    let (purposes, countries) = (nouns(&content.purposes), nouns(&content.countries));
    for (of, own, all) in [
        ("Data", &closed.data, &data),
        ("Source", &closed.sources, &sources),
        ("Purpose", &closed.purposes, &purposes),
        ("Country", &closed.countries, &countries),
    ] {
        kind(of, own, all.iter().map(Vec::as_slice).collect());
    }
    kind(
        "Controller",
        &closed.controllers,
        content.controllers.iter().map(|c| c.noun.above.as_slice()).collect(),
    );
    kind(
        "Class",
        &closed.subjects,
        content.subjects.iter().map(|s| s.noun.above.as_slice()).collect(),
    );
    kind(
        "Recipient",
        &closed.recipients,
        content.recipients.iter().map(|r| r.noun.above.as_slice()).collect(),
    );
    let more = [("Country", "abroad"), ("Controller", UNNAMED)];
    let known = all.iter().map(|entity| (entity.uid.of.clone(), entity.uid.id.clone()));
    let known = known.collect::<std::collections::BTreeSet<_>>();
    for (of, id) in more {
        let uid = uid(of, id);
        if !known.contains(&(uid.of.clone(), uid.id.clone())) {
            all.push(Entity {
                uid,
                attrs: BTreeMap::new(),
                parents: Vec::new(),
            });
        }
    }
    serde_json::to_string_pretty(&all)
}
