//! The server's own requests, and what a client may set.

use serde_json::json;

use crate::client::{Client, example, folder};

async fn megapay() -> (tempfile::TempDir, Client, String) {
    let folder = example("megapay");
    let mut client = Client::start(folder.path(), json!({})).await;
    let text = client.open("data.kup").await;
    (folder, client, text)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_notice_leads_to_its_places() {
    let (_folder, mut client, _) = megapay().await;
    let document = json!({"uri": client.uri("data.kup")});
    let notice = client.ask("kupuya/notice", json!({"textDocument": document})).await;
    assert!(
        notice["text"].as_str().unwrap().starts_with("<!doctype html>")
            || notice["text"].as_str().unwrap().starts_with("<!DOCTYPE html>")
    );
    let clauses = notice["clauses"].as_array().unwrap();
    let placed = clauses.iter().filter(|clause| {
        clause["location"]["uri"]
            .as_str()
            .is_some_and(|uri| uri.ends_with(".kup"))
    });
    assert!(placed.count() > clauses.len() / 2, "{} clauses", clauses.len());
    let markdown = client
        .ask("kupuya/notice", json!({"textDocument": document, "format": "markdown"}))
        .await;
    assert!(markdown["text"].as_str().unwrap().starts_with("# "));
    assert_eq!(markdown["meaningDigest"], notice["meaningDigest"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_graph_around_a_name() {
    let (_folder, mut client, text) = megapay().await;
    let at = crate::client::position(&text, "identity_document ", 2);
    let params = json!({"textDocument": {"uri": client.uri("data.kup")}, "position": at, "depth": 1});
    let graph = client.ask("kupuya/graph", params).await;
    let nodes = graph["nodes"].as_array().unwrap();
    assert!(
        nodes[0]["name"].as_str().unwrap().ends_with("identity_document"),
        "{}",
        nodes[0]
    );
    let edges = graph["edges"].as_array().unwrap();
    assert!(
        edges
            .iter()
            .any(|edge| edge["relation"] == "shared" && edge["from"] == 0),
        "{edges:?}"
    );
    assert!(edges.iter().all(|edge| edge["from"] != edge["to"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_answered_in_the_editor() {
    let (_folder, mut client, _) = megapay().await;
    let document = json!({"uri": client.uri("data.kup")});
    let params = json!({"textDocument": document, "request": "use phone_contacts about user for payee_choice given agreed, contacts_allowed"});
    let yes = client.ask("kupuya/decide", params).await;
    assert_eq!(yes["decision"], true, "{yes}");
    let params = json!({"textDocument": document, "request": "never use phone_contacts"});
    let none = client.ask("kupuya/decide", params).await;
    assert!(none.get("decision").is_none(), "{none}");
    assert!(!none["problems"].as_array().unwrap().is_empty(), "{none}");
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_are_explained() {
    let (_folder, mut client, _) = megapay().await;
    let page = client.ask("kupuya/explain", json!({"code": "conflict"})).await;
    assert!(page["page"].as_str().unwrap().contains("conflict"), "{page}");
    let kyrgyz = client
        .ask("kupuya/explain", json!({"code": "conflict", "language": "ky"}))
        .await;
    assert_ne!(kyrgyz["page"], page["page"]);
    assert!(
        client
            .ask("kupuya/explain", json!({"code": "nothing_such"}))
            .await
            .is_null()
    );
}

const TWO: &str = "data phone \"телефон номери\"\ndata phone \"телефон\"\n";

#[tokio::test(flavor = "multi_thread")]
async fn findings_in_the_language_that_is_set() {
    let folder = folder(&[("shop.kup", TWO)]);
    let mut client = Client::start(folder.path(), json!({})).await;
    client.open("shop.kup").await;
    let document = json!({"textDocument": {"uri": client.uri("shop.kup")}});
    let english = client.ask("textDocument/diagnostic", document.clone()).await;
    client
        .tell(
            "workspace/didChangeConfiguration",
            json!({"settings": {"kupuya": {"language": "ky"}}}),
        )
        .await;
    let kyrgyz = client.ask("textDocument/diagnostic", document).await;
    assert_eq!(english["items"][0]["code"], kyrgyz["items"][0]["code"]);
    let message = kyrgyz["items"][0]["message"].as_str().unwrap();
    assert!(message.chars().any(|letter| ('а'..='я').contains(&letter)), "{message}");
    assert_ne!(english["items"][0]["message"], kyrgyz["items"][0]["message"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_workspace_is_told_once() {
    let folder = folder(&[
        ("one/a.kup", TWO),
        ("one/b.kup", "data email \"почта\"\n"),
        ("two/c.kup", TWO),
    ]);
    let mut client = Client::start(folder.path(), json!({})).await;
    let report = client
        .ask("workspace/diagnostic", json!({"previousResultIds": []}))
        .await;
    let items = report["items"].as_array().unwrap();
    assert_eq!(items.len(), 3, "{report}");
    assert!(items.iter().all(|item| item["kind"] == "full"), "{report}");
    let known = items
        .iter()
        .map(|item| json!({"uri": item["uri"], "value": item["resultId"]}));
    let known = known.collect::<Vec<_>>();
    let again = client
        .ask("workspace/diagnostic", json!({"previousResultIds": known}))
        .await;
    assert!(
        again["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|item| item["kind"] == "unchanged"),
        "{again}"
    );
    // A file that comes to be is a project of its own.
    std::fs::create_dir(folder.path().join("three")).unwrap();
    std::fs::write(folder.path().join("three/d.kup"), TWO).unwrap();
    let created = json!({"files": [{"uri": client.uri("three/d.kup")}]});
    client.tell("workspace/didCreateFiles", created).await;
    let more = client
        .ask("workspace/diagnostic", json!({"previousResultIds": []}))
        .await;
    assert_eq!(more["items"].as_array().unwrap().len(), 4, "{more}");
}
