//! What helps while a text is being written: signatures, hints, links, linked names, tokens, style.

use serde_json::{Value, json};

use crate::client::{Client, edited, folder, position};

const POLICY: &str = r#"policy shop "Дүкөн" {
    effective: 2025-09-01
    published: site "https://dukon.example/policy"
}

controller shop_llc "«Дүкөн» ЖЧК" {
    email: "info@dukon.example"
}

subject buyer "сатып алуучу"

data phone "телефон номери" is telephone_number

purpose delivery "буйрутманы жеткирүү"

basis order "сатып алуу келишими" is contract

waive unused_term "мисал"
processing orders "Буйрутмалар" {
    about: buyer
    under: order
    for:   delivery

    collect phone from buyer
    use     phone
    keep    phone for 3 years then erase
}

scenario "жеткирүү" {
    allow use phone for delivery about buyer
    deny  use phone for delivery about buyer
}
"#;

async fn shop(text: &str) -> (tempfile::TempDir, Client) {
    let folder = folder(&[("shop.kup", text)]);
    let mut client = Client::start(folder.path(), json!({})).await;
    client.open("shop.kup").await;
    (folder, client)
}

async fn change(client: &mut Client, version: i32, text: &str) {
    let change = json!({
        "textDocument": {"uri": client.uri("shop.kup"), "version": version},
        "contentChanges": [{"text": text}],
    });
    client.tell("textDocument/didChange", change).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_signature_of_a_sentence_follows_the_cursor() {
    let (_folder, mut client) = shop(POLICY).await;
    for (half, active) in [
        ("    collect ph", Some(0)),
        ("    collect phone ", Some(0)),
        ("    collect phone from ", Some(2)),
        ("    collect phone from buyer for delivery under ", Some(4)),
        ("    collect phone in ", None),
    ] {
        let text = POLICY.replace("    collect phone from buyer\n", &format!("{half}\n"));
        change(&mut client, 2, &text).await;
        let help = client
            .at(
                "textDocument/signatureHelp",
                "shop.kup",
                &text,
                &format!("{half}\n"),
                half.len(),
            )
            .await;
        let label = help["signatures"][0]["label"].as_str().unwrap();
        assert_eq!(
            label,
            "collect DATA about SUBJECT from SOURCE for PURPOSE under BASIS when CONDITION"
        );
        assert_eq!(help["activeParameter"].as_u64(), active, "{half:?}");
    }
    for quiet in ["policy shop", "// no", "\"мисал\""] {
        let text = POLICY.replace("basis order", "// no\nbasis order");
        change(&mut client, 3, &text).await;
        let help = client
            .at("textDocument/signatureHelp", "shop.kup", &text, quiet, 2)
            .await;
        assert!(help.is_null(), "{quiet}: {help}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hints_say_what_the_block_gives() {
    let (_folder, mut client) = shop(POLICY).await;
    let whole = json!({"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}});
    let hints = client
        .ask(
            "textDocument/inlayHint",
            json!({"textDocument": {"uri": client.uri("shop.kup")}, "range": whole}),
        )
        .await;
    let of = |line: &Value| {
        let all = hints.as_array().unwrap().iter();
        all.filter(|hint| hint["position"]["line"] == line["line"])
            .map(|hint| hint["label"].as_str().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(of(&position(POLICY, "collect phone", 0)), ["for delivery under order"]);
    assert_eq!(
        of(&position(POLICY, "use     phone\n", 0)),
        ["for delivery under order"]
    );
    assert_eq!(of(&position(POLICY, "data phone", 0)), ["kept 3 years"]);
    // Taking a hint up writes what it says.
    let hint = hints
        .as_array()
        .unwrap()
        .iter()
        .find(|hint| hint["position"]["line"] == position(POLICY, "use     phone\n", 0)["line"]);
    let text = edited(POLICY, &hint.unwrap()["textEdits"]);
    assert!(text.contains("    use     phone for delivery under order\n"), "{text}");
    change(&mut client, 2, &text).await;
    let found = client
        .ask(
            "textDocument/diagnostic",
            json!({"textDocument": {"uri": client.uri("shop.kup")}}),
        )
        .await;
    let errors = found["items"].as_array().unwrap().iter().filter(|one| {
        one["severity"] == 1 && one["range"]["start"]["line"] == position(POLICY, "use     phone\n", 0)["line"]
    });
    assert_eq!(errors.count(), 0, "{found}");
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_and_codes_are_links() {
    let (_folder, mut client) = shop(POLICY).await;
    let links = client
        .ask(
            "textDocument/documentLink",
            json!({"textDocument": {"uri": client.uri("shop.kup")}}),
        )
        .await;
    let targets = links
        .as_array()
        .unwrap()
        .iter()
        .map(|link| link["target"].as_str().unwrap());
    let targets = targets.collect::<Vec<_>>();
    assert_eq!(
        targets[..2],
        ["https://dukon.example/policy", "mailto:info@dukon.example"]
    );
    assert!(targets[2].ends_with("/unused_term.md"), "{targets:?}");
    assert_eq!(links[0]["range"]["start"], position(POLICY, "https:", 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn names_of_one_file_are_typed_together() {
    let (_folder, mut client) = shop(POLICY).await;
    let linked = client
        .at(
            "textDocument/linkedEditingRange",
            "shop.kup",
            POLICY,
            "use     phone",
            9,
        )
        .await;
    assert_eq!(linked["ranges"].as_array().unwrap().len(), 6, "{linked}");
    let taxonomy = client
        .at("textDocument/linkedEditingRange", "shop.kup", POLICY, "is contract", 5)
        .await;
    assert!(taxonomy.is_null(), "{taxonomy}");
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_are_told_once() {
    let (_folder, mut client) = shop(POLICY).await;
    let document = json!({"uri": client.uri("shop.kup")});
    let whole = client
        .ask("textDocument/semanticTokens/full", json!({"textDocument": document}))
        .await;
    let mut params = json!({"textDocument": document, "previousResultId": whole["resultId"]});
    let same = client
        .ask("textDocument/semanticTokens/full/delta", params.clone())
        .await;
    assert_eq!(same["edits"], json!([]), "{same}");
    let text = POLICY.replace("    use     phone\n", "    use     phone for delivery\n");
    change(&mut client, 2, &text).await;
    params["previousResultId"] = same["resultId"].clone();
    let delta = client.ask("textDocument/semanticTokens/full/delta", params).await;
    let edits = delta["edits"].as_array().unwrap();
    assert_eq!(edits.len(), 1, "{delta}");
    // The edit leads from the old tokens to those that are told whole.
    let mut data = whole["data"].as_array().unwrap().clone();
    let count = |field: &str| usize::try_from(edits[0][field].as_u64().unwrap()).unwrap();
    let new = edits[0]["data"].as_array().cloned().unwrap_or_default();
    data.splice(count("start")..count("start") + count("deleteCount"), new);
    let fresh = client
        .ask("textDocument/semanticTokens/full", json!({"textDocument": document}))
        .await;
    assert_eq!(&data, fresh["data"].as_array().unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn style_of_a_part_and_while_typing() {
    let text = POLICY
        .replace("    use     phone\n", "  use   phone\n")
        .replace("    email: ", "  email:    ")
        .replace("    keep    phone", "      keep   phone");
    let (_folder, mut client) = shop(&text).await;
    let document = json!({"uri": client.uri("shop.kup")});
    let options = json!({"tabSize": 4, "insertSpaces": true});
    let place = position(&text, "  use   phone", 0);
    let range = json!({"start": place, "end": position(&text, "  use   phone", 13)});
    let params = json!({"textDocument": document, "range": range, "options": options});
    let edits = client.ask("textDocument/rangeFormatting", params).await;
    let part = edited(&text, &edits);
    assert!(
        part.contains("    use     phone\n") && part.contains("  email:    "),
        "{part}"
    );
    // A line end brings the line before it into style, and no other.
    let mut at = position(&text, "  use   phone\n", 0);
    at["line"] = json!(at["line"].as_u64().unwrap() + 1);
    let params = json!({"textDocument": document, "position": at, "ch": "\n", "options": options});
    let edits = client.ask("textDocument/onTypeFormatting", params).await;
    let typed = edited(&text, &edits);
    assert!(
        typed.contains("    use     phone\n") && typed.contains("      keep   phone"),
        "{typed}"
    );
    // A brace brings its block.
    let mut at = position(&text, "then erase\n}", 0);
    at = json!({"line": at["line"].as_u64().unwrap() + 1, "character": 1});
    let params = json!({"textDocument": document, "position": at, "ch": "}", "options": options});
    let edits = client.ask("textDocument/onTypeFormatting", params).await;
    let closed = edited(&text, &edits);
    assert!(
        closed.contains("    use     phone\n") && closed.contains("    keep    phone"),
        "{closed}"
    );
    assert!(closed.contains("  email:    "), "{closed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scenario_shows_what_it_comes_to_and_runs() {
    let (_folder, mut client) = shop(POLICY).await;
    let lenses = client
        .ask(
            "textDocument/codeLens",
            json!({"textDocument": {"uri": client.uri("shop.kup")}}),
        )
        .await;
    let lens = lenses
        .as_array()
        .unwrap()
        .iter()
        .find(|lens| lens["command"]["command"] == "kupuya.runScenario")
        .unwrap();
    assert!(
        lens["command"]["title"].as_str().unwrap().starts_with("✗ 1 of 2 lines"),
        "{lens}"
    );
    let ran = client.ask("workspace/executeCommand", lens["command"].clone()).await;
    assert_eq!(ran["passed"], 1, "{ran}");
    assert_eq!(ran["failed"][0]["line"], "deny  use phone for delivery about buyer");
    assert_eq!(
        ran["failed"][0]["location"]["range"]["start"]["line"],
        position(POLICY, "deny  use", 0)["line"]
    );
    let id = client
        .send(
            "workspace/executeCommand",
            json!({"command": "kupuya.eraseAll", "arguments": []}),
        )
        .await;
    let refused = client.answer(id).await;
    assert!(
        refused["error"]["message"].as_str().unwrap().contains("no command"),
        "{refused}"
    );
}

/// Asked right behind a change, tokens are those of the new text, with what its names mean.
#[tokio::test(flavor = "multi_thread")]
async fn tokens_wait_for_the_names() {
    let (_folder, mut client) = shop(POLICY).await;
    let asked = json!({"textDocument": {"uri": client.uri("shop.kup")}});
    client.ask("textDocument/diagnostic", asked.clone()).await;
    let text = POLICY.replace("phone", "сан");
    change(&mut client, 2, &text).await;
    let at_once = client.ask("textDocument/semanticTokens/full", asked.clone()).await;
    client.ask("textDocument/diagnostic", asked.clone()).await;
    let later = client.ask("textDocument/semanticTokens/full", asked).await;
    assert_eq!(at_once["data"], later["data"]);
}
