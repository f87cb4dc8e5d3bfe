//! Each feature on a real policy, and on one that is being written.

use serde_json::{Value, json};

use crate::client::{Client, example, folder, position};

async fn megapay() -> (tempfile::TempDir, Client) {
    let folder = example("megapay");
    let client = Client::start(folder.path(), json!({})).await;
    (folder, client)
}

fn labels(list: &Value) -> Vec<&str> {
    list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["label"].as_str().unwrap())
        .collect()
}

const POLICY: &str = r#"policy shop "Дүкөн" {
    effective: 2025-09-01
}

controller shop_llc "«Дүкөн» ЖЧК" {
    email: "info@dukon.example"
}

subject buyer "Сатып алуучу"

data identity "инсандыкты ырастоочу маалыматтар" {
    passport "паспорт маалыматтары" is identity.passport
    face     "жүзүнүн сүрөтү"
}

purpose delivery "буйрутманы жеткирүү"

basis order "сатып алуу келишими" is contract

// Two lines
// of comment.
processing orders "Буйрутмалар" {
    about: buyer

    collect identity from buyer for delivery under order
    use identity.passport for delivery under order
    keep identity for 3 years under order then erase
}

scenario "жеткирүү" {
    allow use identity.passport for delivery about buyer
}
"#;

async fn shop() -> (tempfile::TempDir, Client) {
    let folder = folder(&[("shop.kup", POLICY)]);
    let mut client = Client::start(folder.path(), json!({})).await;
    client.open("shop.kup").await;
    (folder, client)
}

#[tokio::test(flavor = "multi_thread")]
async fn completion_knows_the_place() {
    let (_folder, mut client) = shop().await;
    // In the middle of a line that is not finished.
    for (half, wanted, unwanted) in [
        ("    use identity for ", "delivery", "order"),
        ("    use identity for delivery under ", "order", "delivery"),
        ("    use ", "identity.passport", "delivery"),
        ("    use identity ", "for", "order"),
        ("    use identity for delivery, ", "payment", "delivery"),
        ("    about: ", "buyer", "delivery"),
        ("    ", "collect", "order"),
    ] {
        let text = POLICY.replace(
            "    use identity.passport for delivery under order\n",
            &format!("{half}\n"),
        );
        let place = position(&text, &format!("{half}\n"), half.len());
        let change = json!({
            "textDocument": {"uri": client.uri("shop.kup"), "version": 2},
            "contentChanges": [{"text": text}],
        });
        client.tell("textDocument/didChange", change).await;
        let at = json!({"textDocument": {"uri": client.uri("shop.kup")}, "position": place});
        let list = client.ask("textDocument/completion", at).await;
        let labels = labels(&list);
        assert!(labels.contains(&wanted), "{half:?}: {labels:?}");
        assert!(!labels.contains(&unwanted), "{half:?}: {labels:?}");
        // Holes to be filled in are nothing for a client that has not said it knows them.
        assert!(!list.to_string().contains("insertTextFormat"), "{list}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn kyrgyz_letters_find_names() {
    let folder = folder(&[("shop.kup", POLICY)]);
    let item = json!({"snippetSupport": true, "documentationFormat": ["markdown"]});
    let abilities = json!({"textDocument": {"completion": {"completionItem": item}}});
    let mut client = Client::start(folder.path(), abilities).await;
    client.open("shop.kup").await;
    let text = POLICY.replace("use identity.passport for", "use пасп for");
    let change = json!({
        "textDocument": {"uri": client.uri("shop.kup"), "version": 2},
        "contentChanges": [{"text": text}],
    });
    client.tell("textDocument/didChange", change).await;
    let list = client
        .at("textDocument/completion", "shop.kup", &text, "use пасп", 8)
        .await;
    let found = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|item| item["filterText"].as_str().unwrap().starts_with("пасп"))
        .unwrap()
        .clone();
    assert_eq!(found["textEdit"]["newText"], "identity.passport");
    let whole = client.ask("completionItem/resolve", found).await;
    assert!(
        whole["documentation"]["value"].as_str().unwrap().contains("паспорт"),
        "{whole}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn rename_reaches_scenarios_and_keeps_other_steps() {
    let (_folder, mut client) = shop().await;
    let mut params =
        json!({"textDocument": {"uri": client.uri("shop.kup")}, "position": position(POLICY, "data identity", 6)});
    let prepared = client.ask("textDocument/prepareRename", params.clone()).await;
    assert_eq!(prepared["placeholder"], "identity");
    params["newName"] = json!("person");
    let edit = client.ask("textDocument/rename", params.clone()).await;
    let edits = edit["changes"][client.uri("shop.kup")].as_array().unwrap().clone();
    assert_eq!(edits.len(), 5, "{edits:?}");
    params["newName"] = json!("delivery");
    let id = client.send("textDocument/rename", params.clone()).await;
    let refused = client.answer(id).await;
    assert!(
        refused["error"]["message"].as_str().unwrap().contains("taken"),
        "{refused}"
    );
    params["newName"] = json!("for");
    let id = client.send("textDocument/rename", params).await;
    let refused = client.answer(id).await;
    assert!(
        refused["error"]["message"]
            .as_str()
            .unwrap()
            .contains("word of the language"),
        "{refused}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn shapes_of_the_text() {
    let (_folder, mut client) = shop().await;
    let document = json!({"textDocument": {"uri": client.uri("shop.kup")}});
    let folds = client.ask("textDocument/foldingRange", document.clone()).await;
    let folds = folds.as_array().unwrap();
    assert!(folds.iter().any(|fold| fold["kind"] == "comment"), "{folds:?}");
    assert_eq!(folds.len(), 6, "{folds:?}");
    let mut params = document.clone();
    params["positions"] = json!([position(POLICY, "use identity.passport", 6)]);
    let selections = client.ask("textDocument/selectionRange", params).await;
    let mut depth = 0;
    let mut one = &selections[0];
    while !one["parent"].is_null() {
        depth += 1;
        one = &one["parent"];
    }
    assert!(depth >= 4, "{selections}");
    let tokens = client.ask("textDocument/semanticTokens/full", document.clone()).await;
    assert!(tokens["data"].as_array().unwrap().len() > 150);
    let symbols = client.ask("textDocument/documentSymbol", document.clone()).await;
    assert_eq!(symbols.as_array().unwrap().len(), 8);
    let lenses = client.ask("textDocument/codeLens", document).await;
    let titles = lenses
        .as_array()
        .unwrap()
        .iter()
        .map(|lens| lens["command"]["title"].as_str().unwrap());
    assert!(
        titles.clone().any(|title| title.contains("2 flows")),
        "{:?}",
        titles.collect::<Vec<_>>()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn edits_for_findings() {
    let (_folder, mut client) = shop().await;
    let text = POLICY.replace("for delivery about", "for deliverry about").replace(
        "use identity.passport for delivery",
        "use identity.passport for deliverry",
    );
    let change = json!({
        "textDocument": {"uri": client.uri("shop.kup"), "version": 2},
        "contentChanges": [{"text": text}],
    });
    client.tell("textDocument/didChange", change).await;
    let start = position(&text, "deliverry", 2);
    let params = json!({
        "textDocument": {"uri": client.uri("shop.kup")},
        "range": {"start": start, "end": start},
        "context": {"diagnostics": []},
    });
    let actions = client.ask("textDocument/codeAction", params).await;
    let fix = actions
        .as_array()
        .unwrap()
        .iter()
        .find(|action| action["edit"]["changes"][client.uri("shop.kup")][0]["newText"] == "delivery");
    assert!(fix.is_some(), "{actions}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_of_a_real_policy() {
    let (folder, mut client) = megapay().await;
    let name = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".kup"))
        .find(|name| {
            std::fs::read_to_string(folder.path().join(name))
                .unwrap()
                .contains("data identity")
        })
        .unwrap();
    let text = client.open(&name).await;
    let hover = client.at("textDocument/hover", &name, &text, "data identity", 6).await;
    let shown = hover["contents"]["value"].as_str().unwrap();
    assert!(shown.contains("*for*") && shown.contains("*under*"), "{shown}");
    assert!(shown.contains("\n> "), "clauses of the notice: {shown}");
    let symbols = client.ask("workspace/symbol", json!({"query": "паспорт"})).await;
    assert!(!symbols.as_array().unwrap().is_empty());
    let uses = json!({
        "textDocument": {"uri": client.uri(&name)},
        "position": position(&text, "data identity", 6),
        "context": {"includeDeclaration": true},
    });
    let uses = client.ask("textDocument/references", uses).await;
    let files: std::collections::BTreeSet<_> = uses
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["uri"].to_string())
        .collect();
    assert!(files.len() > 1, "{files:?}");
}
