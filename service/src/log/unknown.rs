//! Names that the policy does not know may be anything, a person's too: wherever a request has one, a mask stands for it.

use kupuya_runtime::Slot;
use kupuya_runtime::wire::Act;
use serde_json::{Map, Value};

use super::entry::{MASK, Names};

/// The keys of a request that take lists of names, beside `data`.
const LISTS: [(&str, Slot); 5] = [
    ("by", Slot::By),
    ("source", Slot::Source),
    ("purpose", Slot::Purpose),
    ("recipient", Slot::Recipient),
    ("about", Slot::About),
];

/// Masks them in every slot but that of the data, and tells where each stood.
pub fn mask(input: &mut Map<String, Value>, names: &dyn Names, masked: &mut Vec<String>) {
    let is_verb = |word: &str| Act::ALL.iter().any(|act| word == act.word());
    one(input.get_mut("action"), "/input/action", is_verb, masked);
    for (key, slot) in LISTS {
        list(input.get_mut(key), &format!("/input/{key}"), slot, names, masked);
    }
    let is_place = |word: &str| word == "abroad" || names.knows(Slot::Place, word);
    one(input.get_mut("place"), "/input/place", is_place, masked);
    keys(input.get_mut("facts"), "/input/facts", Slot::Given, names, masked);
    given(input.get_mut("given"), names, masked);
    let records = input.get_mut("records").and_then(Value::as_array_mut);
    for (number, record) in records.into_iter().flatten().enumerate() {
        let at = format!("/input/records/{number}");
        let is_basis = |word: &str| names.knows(Slot::Records, word);
        one(record.get_mut("basis"), &format!("{at}/basis"), is_basis, masked);
        let purposes = record.get_mut("purposes");
        list(purposes, &format!("{at}/purposes"), Slot::Purpose, names, masked);
    }
    let events = input.get_mut("item").and_then(|item| item.get_mut("events"));
    keys(events, "/input/item/events", Slot::Item, names, masked);
}

fn one(name: Option<&mut Value>, at: &str, known: impl Fn(&str) -> bool, masked: &mut Vec<String>) {
    if let Some(name) = name
        && name.as_str().is_some_and(|sent| !known(sent))
    {
        *name = Value::from(MASK);
        masked.push(at.to_owned());
    }
}

fn list(list: Option<&mut Value>, at: &str, slot: Slot, names: &dyn Names, masked: &mut Vec<String>) {
    let known = |word: &str| word == "any" || names.knows(slot, word);
    let list = list.and_then(Value::as_array_mut).into_iter().flatten();
    for (number, name) in list.enumerate() {
        one(Some(name), &format!("{at}/{number}"), known, masked);
    }
}

/// Facts and bases in one list; what is denied stays denied: `not ***`.
fn given(list: Option<&mut Value>, names: &dyn Names, masked: &mut Vec<String>) {
    let list = list.and_then(Value::as_array_mut).into_iter().flatten();
    for (number, said) in list.enumerate() {
        let (not, name) = match said.as_str() {
            Some(text) => text
                .strip_prefix("not ")
                .map_or(("", text), |name| ("not ", name.trim())),
            None => continue,
        };
        if !names.knows(Slot::Given, name) && !names.knows(Slot::Records, name) {
            *said = Value::from(format!("{not}{MASK}"));
            masked.push(format!("/input/given/{number}"));
        }
    }
}

/// Names that are keys. Several that are masked are told apart by a number: `***`, `***2`.
fn keys(object: Option<&mut Value>, at: &str, slot: Slot, names: &dyn Names, masked: &mut Vec<String>) {
    let Some(members) = object.and_then(Value::as_object_mut) else {
        return;
    };
    let mut hidden = 0;
    for (name, value) in std::mem::take(members) {
        if names.knows(slot, &name) {
            members.insert(name, value);
            continue;
        }
        hidden += 1;
        let mask = if hidden == 1 {
            MASK.to_owned()
        } else {
            format!("{MASK}{hidden}")
        };
        masked.push(format!("{at}/{mask}"));
        members.insert(mask, value);
    }
}

#[cfg(test)]
mod tests {
    use kupuya_runtime::Slot;
    use serde_json::json;

    use super::super::entry::Names;

    /// Each slot knows one name of its own.
    struct Shop;

    impl Names for Shop {
        fn knows(&self, slot: Slot, name: &str) -> bool {
            let known = match slot {
                Slot::Place => "KG",
                Slot::Given => "wants_ads",
                Slot::Item => "paid",
                Slot::Records => "agreed",
                Slot::Purpose => "delivery",
                _ => "",
            };
            name == known
        }

        fn lies_below(&self, _: &str, _: &str) -> bool {
            false
        }
    }

    #[test]
    fn what_is_known_stays_and_all_else_is_masked() {
        let known = json!({
            "action": "use", "purpose": ["delivery", "any"], "place": "KG", "facts": {"wants_ads": true},
            "given": ["agreed", "not agreed", "wants_ads", "not wants_ads"],
            "records": [{"basis": "agreed", "purposes": ["delivery", "any"]}, {"basis": "agreed", "purposes": null}],
            "item": {"collected": "2025-01-01", "events": {"paid": null}},
        });
        let told = |sent: &serde_json::Value| {
            let (mut input, mut masked) = (sent.as_object().unwrap().clone(), Vec::new());
            super::mask(&mut input, &Shop, &mut masked);
            (json!(input), masked)
        };
        assert_eq!(told(&known), (known.clone(), Vec::new()));
        assert_eq!(told(&json!({"place": "abroad"})).1, Vec::<String>::new());
        // A name of one slot is none in another.
        let sent = json!({
            "action": "Айгүл", "purpose": ["agreed"], "place": "Айгүл Асанова",
            "facts": {"Айгүл": true, "Асан": false, "wants_ads": true},
            "given": ["Айгүл", "not Айгүл", "agreed"],
            "records": [{"basis": "Айгүл", "purposes": ["Айгүл", "any"], "at": "2025-01-01"}],
            "item": {"events": {"Айгүл": "2025-01-01", "paid": null}},
        });
        let (input, masked) = told(&sent);
        let hidden = json!({
            "action": "***", "purpose": ["***"], "place": "***",
            "facts": {"***": true, "***2": false, "wants_ads": true},
            "given": ["***", "not ***", "agreed"],
            "records": [{"basis": "***", "purposes": ["***", "any"], "at": "2025-01-01"}],
            "item": {"events": {"***": "2025-01-01", "paid": null}},
        });
        assert_eq!(input, hidden);
        let pointers = [
            "/input/action",
            "/input/purpose/0",
            "/input/place",
            "/input/facts/***",
            "/input/facts/***2",
            "/input/given/0",
            "/input/given/1",
            "/input/records/0/basis",
            "/input/records/0/purposes/0",
            "/input/item/events/***",
        ];
        assert_eq!(masked, pointers);
    }
}
