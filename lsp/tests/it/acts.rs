//! Edits that no finding asks for, or that need a name: declaring, extracting, sorting.

use serde_json::{Value, json};

use crate::client::{Client, edited, folder, position};

const POLICY: &str = r#"policy shop "Дүкөн" {
    effective: 2025-09-01
}

controller shop_llc "«Дүкөн» ЖЧК" {
    email: "info@dukon.example"
}

subject buyer "сатып алуучу"

data contacts "байланыш маалыматтары" {
    // the number
    phone "телефон номери"

    email "электрондук почтасы" // the address
}

purpose delivery "буйрутманы жеткирүү"

basis order "сатып алуу келишими" is contract

processing orders "Буйрутмалар" {
    about: buyer

    collect contacts from buyer for delivery under order
    use     contacts for delivery under order
}
"#;

async fn actions(client: &mut Client, text: &str, mark: &str, into: usize, kind: &str) -> Vec<Value> {
    let place = position(text, mark, into);
    let params = json!({
        "textDocument": {"uri": client.uri("shop.kup")},
        "range": {"start": place, "end": place},
        "context": {"diagnostics": [], "only": [kind]},
    });
    let found = client.ask("textDocument/codeAction", params).await;
    found.as_array().unwrap().clone()
}

/// The text after an action whose title begins so.
fn made(client: &Client, text: &str, actions: &[Value], title: &str) -> String {
    let action = actions
        .iter()
        .find(|one| one["title"].as_str().unwrap().starts_with(title));
    let action = action.unwrap_or_else(|| panic!("{title}: {actions:?}"));
    edited(text, &action["edit"]["changes"][client.uri("shop.kup")])
}

/// The findings of a text, and the digest of its meaning.
async fn meaning(client: &mut Client, version: i32, text: &str) -> (Value, Value) {
    let change = json!({
        "textDocument": {"uri": client.uri("shop.kup"), "version": version},
        "contentChanges": [{"text": text}],
    });
    client.tell("textDocument/didChange", change).await;
    let document = json!({"textDocument": {"uri": client.uri("shop.kup")}});
    let found = client.ask("textDocument/diagnostic", document.clone()).await;
    let notice = client.ask("kupuya/notice", document).await;
    let codes = found["items"].as_array().unwrap().iter().map(|one| one["code"].clone());
    (codes.collect(), notice["meaningDigest"].clone())
}

async fn shop(text: &str) -> (tempfile::TempDir, Client) {
    let folder = folder(&[("shop.kup", text)]);
    let mut client = Client::start(folder.path(), json!({})).await;
    client.open("shop.kup").await;
    (folder, client)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_declared_beside_its_likes() {
    for (from, to, title, wanted) in [
        (
            "use     contacts for delivery",
            "use     contacts for lottery",
            "Declare the purpose `lottery`",
            "purpose delivery \"буйрутманы жеткирүү\"\npurpose lottery \"lottery\"\n",
        ),
        (
            "use     contacts for",
            "use     contacts.post_code for",
            "Declare the data `contacts.post_code`",
            "    email \"электрондук почтасы\"\n    post_code \"post code\" // the address\n}",
        ),
        (
            "use     contacts for delivery",
            "share   photo with couriers for delivery",
            "Declare the recipient `couriers`",
            "recipient couriers \"couriers\"\n\nprocessing orders",
        ),
        (
            "use     contacts for delivery under order",
            "keep    contacts until gone under order",
            "Declare the fact `gone`",
            "fact gone \"gone\"\n\nprocessing orders",
        ),
    ] {
        let text = POLICY.replace(from, to);
        let (_folder, mut client) = shop(&text).await;
        let mark = title.split('`').nth(1).unwrap();
        let found = actions(&mut client, &text, mark, 1, "quickfix").await;
        let new = made(&client, &text, &found, title);
        assert!(new.contains(wanted), "{new}");
        let (codes, _) = meaning(&mut client, 2, &new).await;
        assert!(!codes.to_string().contains("unknown_name"), "{codes}\n{new}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_each_line_says_is_said_once() {
    let (_folder, mut client) = shop(POLICY).await;
    let before = meaning(&mut client, 2, POLICY).await;
    let found = actions(&mut client, POLICY, "use     contacts", 2, "refactor").await;
    let once = made(
        &client,
        POLICY,
        &found,
        "Say the purpose once, for the block: `for: delivery`",
    );
    assert!(
        once.contains("    about: buyer\n    for: delivery\n\n    collect contacts from buyer under order\n"),
        "{once}"
    );
    assert_eq!(meaning(&mut client, 3, &once).await, before, "{once}");
    let found = actions(&mut client, &once, "use     contacts", 2, "refactor.extract").await;
    let both = made(&client, &once, &found, "Say the legal basis once");
    assert!(both.contains("    use     contacts\n"), "{both}");
    assert_eq!(meaning(&mut client, 4, &both).await, before, "{both}");
    // A line that would be given what it does not say stands against it.
    let text = POLICY.replace(
        "under order\n}",
        "under order\n    keep    contacts for 3 years under order then erase\n}",
    );
    meaning(&mut client, 5, &text).await;
    let found = actions(&mut client, &text, "use     contacts", 2, "refactor").await;
    assert!(!json!(found).to_string().contains("Say the purpose"), "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_gets_a_purpose_of_its_own() {
    let (_folder, mut client) = shop(POLICY).await;
    let before = meaning(&mut client, 2, POLICY).await;
    let found = actions(&mut client, POLICY, "use     contacts", 2, "refactor.extract").await;
    let new = made(&client, POLICY, &found, "Extract a purpose of its own below `delivery`");
    assert!(
        new.contains("\npurpose delivery_2 \"буйрутманы жеткирүү: delivery_2\" is delivery\n"),
        "{new}"
    );
    assert!(
        new.contains("    use     contacts for delivery_2 under order\n"),
        "{new}"
    );
    let after = meaning(&mut client, 3, &new).await;
    assert!(!after.0.to_string().contains("unknown_name"), "{after:?}");
    assert_ne!(before.1, after.1);
}

#[tokio::test(flavor = "multi_thread")]
async fn declarations_are_sorted_with_their_comments() {
    let (_folder, mut client) = shop(POLICY).await;
    let found = actions(&mut client, POLICY, "phone \"", 2, "refactor.rewrite").await;
    let new = made(&client, POLICY, &found, "Sort these 2 declarations by name: data");
    let wanted =
        "{\n    email \"электрондук почтасы\" // the address\n\n    // the number\n    phone \"телефон номери\"\n}";
    assert!(new.contains(wanted), "{new}");
    meaning(&mut client, 2, &new).await;
    let again = actions(&mut client, &new, "phone \"", 2, "refactor.rewrite").await;
    assert!(again.is_empty(), "{again:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_waiver_stands_above_all_that_it_accepts() {
    let line = "    // why\n    @to_couriers\n    share   photo with couriers\n        for delivery\n        then notify buyer within 3 days\n";
    let text = POLICY
        .replace("    use     contacts", &format!("{line}    use     contacts"))
        .replace(
            "basis order",
            "recipient couriers \"курьерлер\" is third_party in KG\ndata photo \"сүрөт\"\n\nbasis order",
        );
    for text in [text.clone(), text.replace('\n', "\r\n")] {
        let folder = folder(&[("shop.kup", &text)]);
        let mut client = Client::start(folder.path(), json!({})).await;
        client.open("shop.kup").await;
        let mut tried = 0;
        let place = |mark: &str, into| position(&text.replace("\r\n", "\n"), mark, into);
        let params = json!({
            "textDocument": {"uri": client.uri("shop.kup")},
            "range": {"start": place("share   photo", 1), "end": place("within 3", 1)},
            "context": {"diagnostics": [], "only": ["quickfix"]},
        });
        let found = client.ask("textDocument/codeAction", params).await;
        for action in found.as_array().unwrap() {
            if !action["title"].as_str().unwrap().starts_with("Accept") {
                continue;
            }
            let new = edited(&text, &action["edit"]["changes"][client.uri("shop.kup")]);
            let waived = new.lines().position(|line| line.starts_with("    waive ")).unwrap();
            assert_eq!(new.lines().nth(waived + 1), Some("    // why"), "{new}");
            let line_end = if text.contains('\r') { "\r\n" } else { "\n" };
            assert!(!new.replace(line_end, "").contains(['\r', '\n']), "{new:?}");
            tried += 1;
        }
        assert!(tried > 0, "{found}");
    }
}
