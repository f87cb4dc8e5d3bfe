//! A first look: findings, what a name means, where it is declared.

use serde_json::json;

use crate::client::{Client, folder, position};

const POLICY: &str = r#"policy shop "Дүкөн" {
    effective: 2025-09-01
}

controller shop_llc "«Дүкөн» ЖЧК" {
    email: "info@dukon.example"
}

subject buyer "Сатып алуучу"

data phone "телефон номери"

purpose delivery "буйрутманы жеткирүү"

basis order "сатып алуу келишими" is contract

processing orders "Буйрутмалар" {
    about: buyer

    collect phone from buyer for delivery under order
    use phone for delivery under order
    keep phone for 3 years under order then erase
}
"#;

#[tokio::test(flavor = "multi_thread")]
async fn findings_follow_the_text() {
    let folder = folder(&[("дүкөн саясаты/shop.kup", POLICY)]);
    let mut client = Client::start(folder.path(), json!({})).await;
    assert_eq!(client.hello["capabilities"]["positionEncoding"], "utf-16");
    let name = "дүкөн саясаты/shop.kup";
    client.open(name).await;
    client.findings(name, |_| true).await;
    // «phone» becomes a name that nothing declares.
    let place = position(POLICY, "use phone", 4);
    let change = json!({
        "textDocument": {"uri": client.uri(name), "version": 2},
        "contentChanges": [{"range": {"start": place, "end": position(POLICY, "use phone", 9)}, "text": "fone"}],
    });
    client.tell("textDocument/didChange", change).await;
    let found = client
        .findings(name, |found| found.iter().any(|one| one["code"] == "unknown_name"))
        .await;
    let wrong = found.iter().find(|one| one["code"] == "unknown_name").unwrap();
    assert_eq!(wrong["range"]["start"], place);
    assert!(wrong["message"].as_str().unwrap().contains("fone"), "{wrong}");
    client.ask("shutdown", json!(null)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_leads_to_its_declaration() {
    let folder = folder(&[("shop.kup", POLICY)]);
    let mut client = Client::start(folder.path(), json!({})).await;
    client.open("shop.kup").await;
    let found = client
        .at("textDocument/definition", "shop.kup", POLICY, "use phone", 5)
        .await;
    assert_eq!(found["range"]["start"], position(POLICY, "phone \"", 0));
    let hover = client
        .at("textDocument/hover", "shop.kup", POLICY, "use phone", 5)
        .await;
    assert!(
        hover["contents"]["value"].as_str().unwrap().contains("телефон номери"),
        "{hover}"
    );
    let taxonomy = client
        .at("textDocument/definition", "shop.kup", POLICY, "is contract", 4)
        .await;
    assert!(
        taxonomy["uri"].as_str().unwrap().ends_with("laws/base.kup"),
        "{taxonomy}"
    );
}
