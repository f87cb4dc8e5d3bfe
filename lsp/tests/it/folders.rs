//! Folders and files that come, change, move and go; what a client is told of long work; what it is called to ask anew.

use serde_json::{Value, json};

use crate::client::{Client, edited, folder};

const USES: &str =
    "purpose delivery \"жеткирүү\"\n\nprocessing orders \"Буйрутмалар\" {\n    use card_no for delivery\n}\n";
const DATA: &str = "data card_no \"телефон номери\"\n";

fn codes(found: &Value) -> String {
    let items = found["items"].as_array().unwrap().iter();
    items
        .map(|one| one["code"].as_str().unwrap().to_owned() + " ")
        .collect()
}

async fn files(client: &mut Client) -> Vec<String> {
    let report = client
        .ask("workspace/diagnostic", json!({"previousResultIds": []}))
        .await;
    let items = report["items"].as_array().unwrap().iter();
    let mut names: Vec<String> = items
        .map(|one| one["uri"].as_str().unwrap().rsplit('/').next().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn folders_come_and_go() {
    let (one, other) = (folder(&[("a.kup", DATA)]), folder(&[("b.kup", DATA)]));
    let mut client = Client::start(one.path(), json!({})).await;
    assert_eq!(files(&mut client).await, ["a.kup"]);
    let uri = kupuya_lsp::proto::Uri::from_file_path(other.path()).unwrap();
    let second = json!({"uri": uri.as_str(), "name": "second"});
    let first = json!({"uri": client.uri(""), "name": "test"});
    let event = json!({"event": {"added": [second], "removed": []}});
    client.tell("workspace/didChangeWorkspaceFolders", event).await;
    assert_eq!(files(&mut client).await, ["a.kup", "b.kup"]);
    let event = json!({"event": {"added": [], "removed": [first]}});
    client.tell("workspace/didChangeWorkspaceFolders", event).await;
    assert_eq!(files(&mut client).await, ["b.kup"]);
}

/// Clients that know of no several folders name one root.
#[tokio::test(flavor = "multi_thread")]
async fn one_root_is_a_folder_too() {
    let folder = folder(&[("a.kup", DATA)]);
    let more = json!({"workspaceFolders": null});
    let mut client = Client::start_with(folder.path(), json!({}), more).await;
    assert_eq!(files(&mut client).await, ["a.kup"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_disk_is_followed() {
    let folder = folder(&[("shop.kup", USES)]);
    let abilities = json!({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}}});
    let mut client = Client::start(folder.path(), abilities).await;
    let asked = client.hear("client/registerCapability").await;
    assert_eq!(asked["registrations"][0]["method"], "workspace/didChangeWatchedFiles");
    client.open("shop.kup").await;
    let document = json!({"textDocument": {"uri": client.uri("shop.kup")}});
    let found = client.ask("textDocument/diagnostic", document.clone()).await;
    assert!(codes(&found).contains("unknown_name"), "{found}");
    // Another program writes the file that is missing, and takes it away.
    for (kind, there) in [(1, true), (3, false)] {
        match there {
            true => std::fs::write(folder.path().join("data.kup"), DATA).unwrap(),
            false => std::fs::remove_file(folder.path().join("data.kup")).unwrap(),
        }
        let changes = json!({"changes": [{"uri": client.uri("data.kup"), "type": kind}]});
        client.tell("workspace/didChangeWatchedFiles", changes).await;
        let found = client.ask("textDocument/diagnostic", document.clone()).await;
        assert_eq!(!codes(&found).contains("unknown_name"), there, "{found}");
    }
    // And the editor itself.
    std::fs::write(folder.path().join("data.kup"), DATA).unwrap();
    client
        .tell(
            "workspace/didCreateFiles",
            json!({"files": [{"uri": client.uri("data.kup")}]}),
        )
        .await;
    let found = client.ask("textDocument/diagnostic", document.clone()).await;
    assert!(!codes(&found).contains("unknown_name"), "{found}");
    std::fs::remove_file(folder.path().join("data.kup")).unwrap();
    client
        .tell(
            "workspace/didDeleteFiles",
            json!({"files": [{"uri": client.uri("data.kup")}]}),
        )
        .await;
    let found = client.ask("textDocument/diagnostic", document).await;
    assert!(codes(&found).contains("unknown_name"), "{found}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renamed_file_stays_in_its_project() {
    let manifest = "# Дүкөн\nsources = [\"policy.kup\", \"parts/data.kup\", \"parts/*.kup\"]\n";
    let folder = folder(&[
        ("kupuya.toml", manifest),
        ("policy.kup", USES),
        ("parts/data.kup", DATA),
    ]);
    let mut client = Client::start(folder.path(), json!({})).await;
    let mut text = manifest.to_owned();
    for (old, new, wanted) in [
        (
            "parts/data.kup",
            "parts/маалымат.kup",
            "[\"policy.kup\", \"parts/маалымат.kup\", \"parts/*.kup\"]",
        ),
        (
            "parts",
            "бөлүктөр",
            "[\"policy.kup\", \"бөлүктөр/маалымат.kup\", \"бөлүктөр/*.kup\"]",
        ),
    ] {
        let renames = json!({"files": [{"oldUri": client.uri(old), "newUri": client.uri(new)}]});
        let edit = client.ask("workspace/willRenameFiles", renames.clone()).await;
        text = edited(&text, &edit["changes"][client.uri("kupuya.toml")]);
        assert!(text.contains(wanted), "{text}");
        std::fs::rename(folder.path().join(old), folder.path().join(new)).unwrap();
        std::fs::write(folder.path().join("kupuya.toml"), &text).unwrap();
        client.tell("workspace/didRenameFiles", renames).await;
        let document = json!({"textDocument": {"uri": client.uri("policy.kup")}});
        let found = client.ask("textDocument/diagnostic", document).await;
        assert!(!codes(&found).contains("unknown_name"), "{found}");
    }
    let elsewhere = json!({"files": [{"oldUri": client.uri("notes.txt"), "newUri": client.uri("more.txt")}]});
    assert!(client.ask("workspace/willRenameFiles", elsewhere).await.is_null());
}

#[tokio::test(flavor = "multi_thread")]
async fn long_work_is_shown() {
    let folder = folder(&[("one/a.kup", DATA), ("two/b.kup", DATA)]);
    let abilities = json!({"window": {"workDoneProgress": true}});
    let more = json!({"initializationOptions": {"kupuya": {"progressAfter": 0}}});
    let mut client = Client::start_with(folder.path(), abilities, more).await;
    let mut kinds = Vec::new();
    let mut version = 1;
    // Of a run that is over before it could be shown nothing is seen: the next one may be.
    while kinds.last() != Some(&json!("end")) {
        version += 1;
        client.open_as("one/a.kup", &format!("{DATA}// {version}\n")).await;
        client.ask("workspace/symbol", json!({"query": ""})).await;
        while let Some(message) = client.told.pop_front() {
            if message["method"] == "$/progress" {
                kinds.push(message["params"]["value"]["kind"].clone());
            }
        }
    }
    assert_eq!(kinds.first(), Some(&json!("begin")), "{kinds:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trace_tells_what_is_analysed() {
    let folder = folder(&[("shop.kup", DATA)]);
    let mut client = Client::start(folder.path(), json!({})).await;
    client.open("shop.kup").await;
    client.ask("workspace/symbol", json!({"query": ""})).await;
    assert!(
        client.told.iter().all(|one| one["method"] != "$/logTrace"),
        "{:?}",
        client.told
    );
    client.tell("$/setTrace", json!({"value": "verbose"})).await;
    client.open_as("shop.kup", USES).await;
    let told = client.hear("$/logTrace").await;
    assert!(
        told["message"].as_str().unwrap().contains("1 texts parsed, 1 projects"),
        "{told}"
    );
    assert!(!told["verbose"].as_str().unwrap().is_empty());
    client.tell("$/setTrace", json!({"value": "messages"})).await;
    client.open_as("shop.kup", DATA).await;
    assert!(client.hear("$/logTrace").await.get("verbose").is_none());
}

/// Told and asked for, each finding would be shown twice.
#[tokio::test(flavor = "multi_thread")]
async fn who_asks_for_findings_is_not_told_them_but_called() {
    let folder = folder(&[("shop.kup", USES)]);
    let abilities = json!({
        "textDocument": {"diagnostic": {}},
        "workspace": {
            "diagnostics": {"refreshSupport": true},
            "codeLens": {"refreshSupport": true},
            "inlayHint": {"refreshSupport": true},
            "semanticTokens": {"refreshSupport": true, "requests": {}, "tokenTypes": [], "tokenModifiers": [], "formats": []},
        },
    });
    let mut client = Client::start(folder.path(), abilities).await;
    client.open("shop.kup").await;
    let document = json!({"textDocument": {"uri": client.uri("shop.kup")}});
    client.ask("textDocument/diagnostic", document).await;
    std::fs::write(folder.path().join("data.kup"), DATA).unwrap();
    let changes = json!({"changes": [{"uri": client.uri("data.kup"), "type": 1}]});
    client.tell("workspace/didChangeWatchedFiles", changes).await;
    let mut seen = Vec::new();
    for what in ["diagnostic", "codeLens", "inlayHint", "semanticTokens"] {
        client.hear(&format!("workspace/{what}/refresh")).await;
        seen.push(what);
    }
    client
        .tell(
            "textDocument/didClose",
            json!({"textDocument": {"uri": client.uri("shop.kup")}}),
        )
        .await;
    client.ask("workspace/symbol", json!({"query": ""})).await;
    assert!(
        client
            .told
            .iter()
            .all(|one| one["method"] != "textDocument/publishDiagnostics"),
        "{seen:?}"
    );
}

/// A project whose settings are wrong is still one project, and its settings say what is wrong with them.
#[tokio::test(flavor = "multi_thread")]
async fn wrong_settings_are_told_where_they_are() {
    let right = "sources = [\"a/*.kup\", \"b/*.kup\"]\n";
    let folder = folder(&[("kupuya.toml", right), ("a/a.kup", DATA), ("b/b.kup", USES)]);
    let mut client = Client::start(folder.path(), json!({})).await;
    client.open("b/b.kup").await;
    let asked = json!({"textDocument": {"uri": client.uri("b/b.kup")}});
    let settings = json!({"textDocument": {"uri": client.uri("kupuya.toml")}});
    let found = client.ask("textDocument/diagnostic", asked.clone()).await;
    assert!(!codes(&found).contains("unknown_name"), "{found}");
    let found = client.ask("textDocument/diagnostic", settings.clone()).await;
    assert_eq!(codes(&found), "", "{found}");
    for (text, code, line) in [
        ("sources = [\"a/*.kup\", \"b/*.kup\"]\nlints = = 5\n", "bad_toml", 1),
        ("sources = [\"a/*.kup\", \"b/*.kup\"]\n\n[lint]\n", "unknown_setting", 2),
        ("sources = [\"c/*.kup\"]\n", "bad_setting", 0),
        (
            "sources = [\"a/*.kup\", \"b/*.kup\"]\n[lints]\nnothing_such = \"note\"\n",
            "unknown_setting",
            2,
        ),
    ] {
        std::fs::write(folder.path().join("kupuya.toml"), text).unwrap();
        let change = json!({"changes": [{"uri": client.uri("kupuya.toml"), "type": 2}]});
        client.tell("workspace/didChangeWatchedFiles", change).await;
        let found = client.ask("textDocument/diagnostic", asked.clone()).await;
        assert!(!codes(&found).contains("unknown_name"), "{text}: {found}");
        let found = client.ask("textDocument/diagnostic", settings.clone()).await;
        assert_eq!(codes(&found), format!("{code} "), "{text}");
        assert_eq!(found["items"][0]["range"]["start"]["line"], line, "{text}: {found}");
        let told = client
            .findings("kupuya.toml", |told| told.iter().any(|one| one["code"] == code))
            .await;
        assert_eq!(json!(told), found["items"], "{text}");
        let all = client
            .ask("workspace/diagnostic", json!({"previousResultIds": []}))
            .await;
        let all = all["items"].as_array().unwrap().iter();
        let mut of_settings = all.filter(|one| one["uri"] == client.uri("kupuya.toml"));
        assert_eq!(of_settings.next().unwrap()["items"], found["items"], "{text}");
    }
    std::fs::write(folder.path().join("kupuya.toml"), right).unwrap();
    let change = json!({"changes": [{"uri": client.uri("kupuya.toml"), "type": 2}]});
    client.tell("workspace/didChangeWatchedFiles", change).await;
    client.findings("kupuya.toml", <[Value]>::is_empty).await;
}
