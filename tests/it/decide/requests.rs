//! `docs/requests.md`: its requests get the answers that stand below them, and a request that cannot be read says why.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::sources::shop;

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("json_requests").join(name);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("shop.kup"), shop()).unwrap();
    folder
}

/// Asks the policy of the README; exit code, standard output, standard error.
fn ask(request: &str, name: &str) -> (i32, String, String) {
    let folder = folder(name);
    fs::write(folder.join(name), request).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_kupuya"))
        .args(["decide", "shop.kup", "--format", "json", "--request", name])
        .current_dir(&folder)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// Whether an answer is as shown, where `…` stands for any text.
fn is_as_shown(shown: &Value, answer: &Value) -> bool {
    match (shown, answer) {
        (Value::String(text), Value::String(_)) if text == "…" => true,
        (Value::Array(shown), Value::Array(answer)) => {
            shown.len() == answer.len()
                && shown
                    .iter()
                    .zip(answer)
                    .all(|(shown, answer)| is_as_shown(shown, answer))
        }
        (Value::Object(shown), Value::Object(answer)) => {
            shown.keys().eq(answer.keys()) && shown.iter().all(|(key, shown)| is_as_shown(shown, &answer[key]))
        }
        _ => shown == answer,
    }
}

#[test]
fn the_answers_of_the_page_are_given() {
    let page = include_str!("../../../docs/requests.md");
    let blocks = |kind: &str| {
        let open = format!("<!-- {kind} -->\n```json\n");
        let parts = page.split(&open).skip(1);
        parts.map(|part| part.split("```").next().unwrap()).collect::<Vec<_>>()
    };
    let (requests, answers) = (blocks("request"), blocks("answer"));
    assert!(requests.len() == answers.len() && requests.len() == 2);
    for (request, answer) in requests.into_iter().zip(answers) {
        let (code, out, err) = ask(request, "page.json");
        let given: Value = serde_json::from_str(&out).expect(&err);
        let shown: Value = serde_json::from_str(answer).unwrap();
        assert!(is_as_shown(&shown, &given), "{out}");
        assert_eq!(code, if given["decision"] == true { 0 } else { 3 });
    }
}

#[test]
fn a_request_that_cannot_be_read_says_where_and_what_instead() {
    let cases = [
        (
            "{\"action\": \"use\", \"purpos\": []}",
            "a request has no key `purpos`",
            "wrong.json:1:19",
            "did you mean `purpose`?",
        ),
        (
            "{\"action\": \"use\", \"zzz\": 1}",
            "a request has no key `zzz`",
            "wrong.json:1:19",
            "its keys are `action`, `data`",
        ),
        (
            "{\"action\": \"use\",\n\"records\": [{\"kind\": \"gve\"}]}",
            "`records[0].kind` takes `\"give\"`, `\"withdraw\"` or `\"object\"`",
            "wrong.json:2",
            "another form",
        ),
        (
            "{\"action\": \"use\", \"records\": [{\"kid\": 1}]}",
            "`records[0]` has no key `kid`",
            "wrong.json:1:32",
            "did you mean `kind`?",
        ),
        (
            "{\"action\": \"use\", \"records\": [{\"kind\": \"give\"}]}",
            "`records[0]` lacks `basis`",
            "wrong.json:1:46",
            "before this",
        ),
        (
            "{\"data\": [\"contacts\"]}",
            "the request lacks `action`",
            "wrong.json:1",
            "before this",
        ),
        (
            "{\"action\": \"use\", \"age\": \"x\"}",
            "`age` takes a number of years, or bounds",
            "wrong.json:1",
            "at_least",
        ),
        (
            "{\"action\": \"use\", \"time\": \"yesterday\"}",
            "`time` takes a time in quotes: `2026-01-31`",
            "wrong.json:1",
            "another form",
        ),
        (
            "{\"action\": \"use\", \"data\": \"contacts\"}",
            "`data` takes a list of names, such as `[\"contacts\"]`",
            "wrong.json:1",
            "another form",
        ),
        (
            "{\"action\": \"use\", \"item\": {\"events\": {\"gone\": 5}}}",
            "`item.events.gone` takes a time in quotes",
            "wrong.json:1",
            "another form",
        ),
        (
            "{\"action\": \"use\", \"action\": \"use\"}",
            "`action` stands twice",
            "wrong.json:1:19",
            "again here",
        ),
        (
            "{\"action\": \"use\"} x",
            "this is no JSON: trailing characters",
            "wrong.json:1:19",
            "from here on",
        ),
        ("3", "a request is an object", "wrong.json:1:1", "action"),
        (
            "",
            "this is no JSON: EOF while parsing a value",
            "wrong.json:1:1",
            "the request cannot be read",
        ),
    ];
    for (request, message, place, more) in cases {
        let (code, _, err) = ask(request, "wrong.json");
        assert_eq!(code, 2, "{request}");
        for part in [message, place, more] {
            assert!(err.contains(part), "{request}: {part}\n{err}");
        }
    }
}
