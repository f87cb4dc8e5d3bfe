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
            let of_vocabulary = address.split_once(':').is_some_and(|(prefix, name)| {
                let known = ["dpv", "pd", "tech", "loc", "eu-gdpr"].contains(&prefix);
                known && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            });
            assert!(of_vocabulary || nodes.contains(address), "{address} is no node");
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

/// Whoever is given by a class of the taxonomy goes by the term that the taxonomy says, not by a name of our own.
#[test]
fn classes_go_by_their_terms() {
    let (model, _) = super::meant(&one(EVERYTHING));
    let document = document(&one(EVERYTHING));
    let data = document.linked_data.as_deref().unwrap();
    let own = data.matches("\"kupuya:").count();
    for (id, noun) in model.data.iter().filter(|(_, noun)| noun.dpv.is_some()) {
        let name = kupuya::notice::plan::noun_id(&model, id.any());
        assert!(!data.contains(&format!("\"kupuya:{name}\"")), "{}", noun.path);
    }
    assert!(data.matches("\"pd:").count() + data.matches("\"dpv:").count() > own);
}

/// A ban forbids what it says and no more: its recipients, purposes and exceptions are there too.
#[test]
fn a_ban_is_no_wider_than_its_sentence() {
    let text = "controller c {\n}\nsubject s \"С\"\ndata d \"д\"\npurpose ads \"жарнама\"\npurpose pay \"төлөм\"\n\
                recipient r \"алуучу\" is third_party\nbasis k \"макулдук\" is consent\n\
                processing x \"X\" {\n    by: c\n    about: s\n    share d with r for pay under k\n}\n\
                @no_ads\nnever share d with r for ads\n@consented\nuse d only for pay under k\n";
    let data: Value = serde_json::from_str(document(&one(text)).linked_data.as_deref().unwrap()).unwrap();
    let graph = data["@graph"].as_array().unwrap();
    let node = |id: &str| graph.iter().find(|node| node["@id"] == format!("#{id}")).unwrap();
    assert_eq!(node("no_ads")["dpv:hasPurpose"][0]["@id"], "#purpose.ads");
    assert_eq!(node("no_ads")["dpv:hasRecipient"][0]["@id"], "#recipient.r");
    let unless = &node("consented")["kupuya:unless"][0];
    assert_eq!(unless["dpv:hasPurpose"][0]["@id"], "#purpose.pay");
    assert_eq!(unless["dpv:hasLegalBasis"][0]["@id"], "#basis.k");
}
