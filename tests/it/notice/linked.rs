//! The linked data of the page: what it names is there, and it says what the model says.

use std::collections::BTreeSet;

use kupuya::notice::render;
use serde_json::Value;

use super::{EVERYTHING, POLITE, document, megapay, one};

/// The addresses that nodes have, and those that they name.
fn addresses(graph: &[Value]) -> (BTreeSet<&str>, BTreeSet<&str>) {
    fn named<'a>(value: &'a Value, found: &mut BTreeSet<&'a str>) {
        match value {
            Value::Object(node) if node.len() == 1 => found.extend(node.get("@id").and_then(Value::as_str)),
            Value::Object(node) => node.values().for_each(|value| named(value, found)),
            Value::Array(all) => all.iter().for_each(|value| named(value, found)),
            _ => {}
        }
    }
    let mut names = BTreeSet::new();
    graph.iter().for_each(|node| named(node, &mut names));
    (graph.iter().filter_map(|node| node["@id"].as_str()).collect(), names)
}

#[test]
fn all_that_is_named_is_there() {
    for files in [one(EVERYTHING), one(POLITE), megapay()] {
        let document = document(&files);
        let data: Value = serde_json::from_str(document.linked_data.as_deref().unwrap()).unwrap();
        let graph = data["@graph"].as_array().unwrap();
        let (nodes, named) = addresses(graph);
        assert_eq!(nodes.len(), graph.len(), "addresses are unique");
        let page = render::html(&document);
        for address in named {
            let outside = ["dpv:", "loc:"].iter().any(|prefix| address.starts_with(prefix));
            assert!(outside || nodes.contains(address), "{address} is no node");
        }
        let here = nodes.iter().filter_map(|address| address.strip_prefix('#'));
        for id in here {
            assert!(page.contains(&format!("id=\"{id}\"")), "{id} is not on the page");
        }
        let context = data["@context"].as_object().unwrap();
        let keys = graph.iter().flat_map(|node| node.as_object().unwrap().keys());
        for key in keys.filter(|key| !key.starts_with('@')) {
            let prefix = key.split(':').next().unwrap();
            assert!(context.contains_key(prefix), "{key}");
        }
        let notice = graph.iter().find(|node| node["@type"] == "dpv:PrivacyNotice").unwrap();
        assert_eq!(notice["kupuya:meaning"], document.meaning_digest);
    }
}

#[test]
fn as_read() {
    let data: Value = serde_json::from_str(document(&one(POLITE)).linked_data.as_deref().unwrap()).unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&data).unwrap());
}
