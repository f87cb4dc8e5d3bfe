//! From a name to other places: declarations, what it is, what uses it, where its data come from and go.

use serde_json::{Value, json};

use crate::client::{Client, example, position};

async fn megapay() -> (tempfile::TempDir, Client, String) {
    let folder = example("megapay");
    let abilities = json!({
        "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}},
        "textDocument": {"typeHierarchy": {"dynamicRegistration": true}},
    });
    let mut client = Client::start(folder.path(), abilities).await;
    let text = client.open("data.kup").await;
    (folder, client, text)
}

fn names<'a>(list: &'a Value, side: &str) -> Vec<&'a str> {
    let item = |one: &'a Value| if side.is_empty() { one } else { &one[side] };
    let items = list.as_array().unwrap().iter().map(item);
    items.map(|one| one["name"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_name_is_and_what_uses_it() {
    let (_folder, mut client, text) = megapay().await;
    let mark = "identity_document ";
    let declared = client.at("textDocument/declaration", "data.kup", &text, mark, 2).await;
    assert_eq!(declared["range"]["start"], position(&text, mark, 0));
    let kind = client
        .at("textDocument/typeDefinition", "data.kup", &text, mark, 2)
        .await;
    assert!(kind["uri"].as_str().unwrap().ends_with("laws/base.kup"), "{kind}");
    let sentences = client
        .at("textDocument/implementation", "data.kup", &text, mark, 2)
        .await;
    let files = sentences
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["uri"].as_str().unwrap());
    assert!(
        files.clone().any(|uri| uri.ends_with("processing.kup")),
        "{:?}",
        files.collect::<Vec<_>>()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_of_the_data() {
    let (_folder, mut client, text) = megapay().await;
    let items = client
        .at(
            "textDocument/prepareCallHierarchy",
            "data.kup",
            &text,
            "identity_document ",
            2,
        )
        .await;
    let item = items[0].clone();
    assert!(item["name"].as_str().unwrap().ends_with("identity_document"), "{item}");
    let from = client.ask("callHierarchy/incomingCalls", json!({"item": item})).await;
    assert!(!from.as_array().unwrap().is_empty(), "{from}");
    let to = client.ask("callHierarchy/outgoingCalls", json!({"item": item})).await;
    let recipients = names(&to, "to");
    assert!(!recipients.is_empty(), "{to}");
    // A recipient is asked on, and knows who gave it the data.
    let recipient = to[0]["to"].clone();
    let back = client
        .ask("callHierarchy/incomingCalls", json!({"item": recipient}))
        .await;
    assert!(names(&back, "from").contains(&item["name"].as_str().unwrap()), "{back}");
}

#[tokio::test(flavor = "multi_thread")]
async fn above_and_below() {
    let (_folder, mut client, text) = megapay().await;
    let items = client
        .at(
            "textDocument/prepareTypeHierarchy",
            "data.kup",
            &text,
            "data identity",
            6,
        )
        .await;
    let item = items[0].clone();
    let below = client.ask("typeHierarchy/subtypes", json!({"item": item})).await;
    assert!(
        names(&below, "").iter().any(|name| name.ends_with("identity_document")),
        "{below}"
    );
    let passport = below
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["name"].as_str().unwrap().ends_with("identity_document"));
    let above = client.ask("typeHierarchy/supertypes", json!({"item": passport})).await;
    assert!(names(&above, "").contains(&item["name"].as_str().unwrap()), "{above}");
    // What the program carries is asked on from the same document.
    let carried = above
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["uri"].as_str().unwrap().ends_with("base.kup"));
    let siblings = client.ask("typeHierarchy/subtypes", json!({"item": carried})).await;
    assert!(
        names(&siblings, "")
            .iter()
            .any(|name| name.ends_with("identity_document")),
        "{siblings}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_client_is_asked_to_watch() {
    let (_folder, mut client, text) = megapay().await;
    client
        .at("textDocument/hover", "data.kup", &text, "data identity", 6)
        .await;
    let registered = client
        .told
        .iter()
        .find(|one| one["method"] == "client/registerCapability")
        .unwrap();
    let methods = registered["params"]["registrations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["method"].as_str().unwrap());
    assert_eq!(
        methods.collect::<Vec<_>>(),
        ["workspace/didChangeWatchedFiles", "textDocument/prepareTypeHierarchy"]
    );
}
