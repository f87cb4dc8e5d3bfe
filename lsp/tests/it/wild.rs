//! Clients that behave badly: edits in any order and size, requests that nobody waits for, messages that are none.

use serde_json::{Value, json};

use crate::client::{Client, folder, position};

const SHOP: &str = "data phone \"телефон номери\"\n\npurpose delivery \"жеткирүү\"\n\nprocessing orders \"Буйрутмалар\" {\n    use phone for delivery\n}\n";
const OTHER: &str = "data email \"электрондук почтасы\"\n";

/// Numbers that are the same in every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(bound.max(1)).unwrap()).unwrap()
    }
}

const PIECES: &[&str] = &[
    "",
    "\n",
    "use phone for delivery\n",
    "𝄞",
    "\"",
    "{",
    "}",
    "дүкөн ",
    "\r\n",
    "// x\n",
    "phone.",
];

/// Columns of a byte in the units of an encoding.
fn columns(text: &str, encoding: &str) -> usize {
    match encoding {
        "utf-8" => text.len(),
        "utf-16" => text.encode_utf16().count(),
        _ => text.chars().count(),
    }
}

fn place(text: &str, at: usize, encoding: &str) -> Value {
    // As the protocol counts lines: `\r\n` is one end.
    let before = &text[..at];
    let ends = before.replace("\r\n", "\n\u{0}");
    let line = ends.matches(['\n', '\r']).count();
    let start = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
    json!({"line": line, "character": columns(&before[start..], encoding)})
}

/// A random edit of a text, made in it too. Never between the two letters of one line end.
fn edit(text: &mut String, dice: &mut Dice, encoding: &str) -> Value {
    let mut bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    bounds.retain(|at| !(text[..*at].ends_with('\r') && text[*at..].starts_with('\n')));
    let (one, other) = (bounds[dice.below(bounds.len())], bounds[dice.below(bounds.len())]);
    let (start, end) = (one.min(other), one.max(other).min(one.min(other) + 12));
    let end = *bounds.iter().rev().find(|bound| **bound <= end).unwrap();
    let piece = PIECES[dice.below(PIECES.len())];
    let change =
        json!({"range": {"start": place(text, start, encoding), "end": place(text, end, encoding)}, "text": piece});
    text.replace_range(start..end, piece);
    change
}

#[tokio::test(flavor = "multi_thread")]
async fn after_any_edits_all_is_as_from_scratch() {
    for (seed, encoding) in [(7, "utf-8"), (8, "utf-16"), (9, "utf-32")] {
        let folder = folder(&[("shop.kup", SHOP), ("other.kup", OTHER)]);
        let abilities = json!({"general": {"positionEncodings": [encoding]}});
        let mut client = Client::start(folder.path(), abilities.clone()).await;
        assert_eq!(client.hello["capabilities"]["positionEncoding"], encoding);
        client.open("shop.kup").await;
        let (mut dice, mut text) = (Dice(seed), SHOP.to_owned());
        let uri = client.uri("shop.kup");
        for version in 2..60 {
            let changes = (0..=dice.below(3))
                .map(|_| edit(&mut text, &mut dice, encoding))
                .collect::<Vec<_>>();
            let change = json!({"textDocument": {"uri": uri, "version": version}, "contentChanges": changes});
            client.tell("textDocument/didChange", change).await;
            // Questions that nobody waits for, some called back at once.
            let params =
                json!({"textDocument": {"uri": uri}, "position": {"line": dice.below(9), "character": dice.below(40)}});
            let methods = [
                "textDocument/hover",
                "textDocument/completion",
                "textDocument/rename",
                "textDocument/signatureHelp",
            ];
            let id = client.send(methods[dice.below(methods.len())], params).await;
            if dice.below(2) == 0 {
                client.tell("$/cancelRequest", json!({"id": id})).await;
            }
        }
        let asked = json!({"textDocument": {"uri": uri}});
        let found = client.ask("textDocument/diagnostic", asked.clone()).await;
        let tokens = client.ask("textDocument/semanticTokens/full", asked.clone()).await;
        let mut fresh = Client::start(folder.path(), abilities).await;
        fresh.open_as("shop.kup", &text).await;
        let anew = fresh.ask("textDocument/diagnostic", asked.clone()).await;
        assert_eq!(found["items"], anew["items"], "seed {seed}:\n{text}");
        let anew = fresh.ask("textDocument/semanticTokens/full", asked).await;
        assert_eq!(tokens["data"], anew["data"], "seed {seed}:\n{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_message_is_refused_and_forgotten() {
    let folder = folder(&[("shop.kup", SHOP)]);
    let mut client = Client::start(folder.path(), json!({})).await;
    client.open("shop.kup").await;
    let uri = client.uri("shop.kup");
    for (method, params) in [
        ("textDocument/hover", json!({"textDocument": 5})),
        ("textDocument/hover", json!([])),
        ("kupuya/decide", json!({"textDocument": {"uri": uri}})),
        (
            "workspace/executeCommand",
            json!({"command": "kupuya.runScenario", "arguments": [5, {}]}),
        ),
        ("textDocument/nothing", json!({})),
    ] {
        let id = client.send(method, params.clone()).await;
        let answer = client.answer(id).await;
        assert!(answer["error"]["code"].is_i64(), "{method} {params}: {answer}");
    }
    // Places far outside, documents that nobody opened, versions that go back.
    for (uri, line) in [
        (uri.as_str(), u32::MAX),
        ("file:///nowhere/x.kup", 0),
        ("untitled:Untitled-1", 3),
    ] {
        let at = json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": u32::MAX}});
        client.ask("textDocument/hover", at.clone()).await;
        client.ask("textDocument/completion", at).await;
    }
    let change = json!({"textDocument": {"uri": uri, "version": 0}, "contentChanges": []});
    client.tell("textDocument/didChange", change).await;
    client
        .tell(
            "textDocument/didClose",
            json!({"textDocument": {"uri": "file:///nowhere/x.kup"}}),
        )
        .await;
    client.tell("nothing/such", json!({})).await;
    let hover = client.at("textDocument/hover", "shop.kup", SHOP, "use phone", 5).await;
    assert!(!hover.is_null());
    assert_eq!(position(SHOP, "data", 0), json!({"line": 0, "character": 0}));
    let bye = client.ask("shutdown", Value::Null).await;
    assert!(bye.is_null());
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_that_are_no_message_are_passed_over() {
    let folder = folder(&[("shop.kup", SHOP)]);
    let mut client = Client::start(folder.path(), json!({})).await;
    client.open("shop.kup").await;
    for broken in [
        "{\"jsonrpc\": \"2.0\", \"id\": 7, \"meth",
        "[]",
        "null",
        "{\"jsonrpc\": \"1.0\", \"id\": 900, \"method\": \"shutdown\"}",
        "{\"jsonrpc\": \"2.0\", \"result\": 5, \"id\": 4711}",
        "дүкөн",
    ] {
        let message = format!("Content-Length: {}\r\nX-More: 1\r\n\r\n{broken}", broken.len());
        client.write_bytes(message.as_bytes()).await;
        client
            .write_bytes(b"no header at all\r\n\xff\r\n\r\nContent-Length: many\r\n")
            .await;
        let hover = client.at("textDocument/hover", "shop.kup", SHOP, "use phone", 5).await;
        assert!(!hover.is_null(), "after {broken:?}");
    }
}

/// Answers come in any order, and belong to the texts as they were or newer ones; none is lost, whatever is called back.
#[tokio::test(flavor = "multi_thread")]
async fn every_request_is_answered_once() {
    let folder = folder(&[("shop.kup", SHOP)]);
    let mut client = Client::start(folder.path(), json!({})).await;
    client.open("shop.kup").await;
    let uri = client.uri("shop.kup");
    let mut dice = Dice(5);
    let mut waiting = Vec::new();
    for version in 2..40 {
        let text = if version % 2 == 0 { OTHER } else { SHOP };
        let change = json!({"textDocument": {"uri": uri, "version": version}, "contentChanges": [{"text": text}]});
        client.tell("textDocument/didChange", change).await;
        for method in [
            "textDocument/diagnostic",
            "textDocument/hover",
            "textDocument/documentSymbol",
        ] {
            let params = json!({"textDocument": {"uri": uri}, "position": {"line": 0, "character": 6}});
            waiting.push(client.send(method, params).await);
        }
        // Called back before it is sent, while it is under way, and twice.
        let behind = waiting[dice.below(waiting.len())];
        for id in [behind, behind, 100_000] {
            client.tell("$/cancelRequest", json!({"id": id})).await;
        }
    }
    for id in waiting {
        let answer = client.answer(id).await;
        assert!(
            answer.get("result").is_some() || answer["error"]["code"] == -32800,
            "{answer}"
        );
    }
    assert!(client.ask("shutdown", Value::Null).await.is_null());
}
