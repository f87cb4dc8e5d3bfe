//! What docs/filter.md and docs/export.md show, run.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Output};

use crate::shell::{folder, words};
use crate::sources::{blocks, root, shop};

/// Runs a line of a shell; single quotes hold a word together.
fn run(folder: &Path, line: &str) -> Output {
    let words = words(line);
    assert_eq!(words[0], "kupuya");
    let mut command = Command::new(env!("CARGO_BIN_EXE_kupuya"));
    command.args(&words[1..]).current_dir(folder).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn the_filter_leaves_what_its_page_shows() {
    let home = folder("pages", "filter");
    let page = |language| blocks("docs/filter.md", language).remove(0);
    fs::write(home.join("shop.kup"), shop()).unwrap();
    fs::write(home.join("fields.toml"), page("toml")).unwrap();
    fs::write(home.join("in.json"), page("in")).unwrap();
    assert!(run(&home, "kupuya build shop.kup -o shop.kupb").status.success());
    let done = run(&home, &page("sh"));
    assert_eq!(text(&done.stdout), page("out"), "{}", text(&done.stderr));
    assert_eq!(text(&done.stderr), page("err"));
    // The same from the annotations of a schema.
    fs::write(home.join("schema.json"), page("json")).unwrap();
    let done = run(&home, &page("sh").replace("fields.toml", "schema.json"));
    assert_eq!(text(&done.stdout), page("out"), "{}", text(&done.stderr));
    let listed = run(&home, &page("sh").replace("--input in.json", "--list"));
    assert!(
        text(&listed.stdout).contains("/order stays\n"),
        "{}",
        text(&listed.stdout)
    );
}

/// Other input than a record of the page: nothing that must fall is written, and bad JSON is an error.
#[test]
fn the_filter_fails_closed() {
    let home = folder("pages", "filter-closed");
    fs::write(home.join("shop.kup"), shop()).unwrap();
    fs::write(
        home.join("map.json"),
        r#"{"fields": {"/a": [], "/a/secret": "contacts.full_name", "/b": "no_such_data", "/c/*/d": []}}"#,
    )
    .unwrap();
    let ask = "kupuya filter shop.kup --map map.json 'use for marketing about buyer given agreed' --input in.json";
    for (input, output) in [
        (
            r#"{"a": {"secret": 1, "open": [2]}, "b": 3, "c": [{"d": 4, "e": 5}, 6]}"#,
            r#"{"a":{"open":[2]},"c":[{"d":4}]}"#,
        ),
        ("{\"a\": 1}\n[2]\n{\"b\": {\"a\": 3}}", "{\"a\":1}\n{}"),
    ] {
        fs::write(home.join("in.json"), input).unwrap();
        let done = run(&home, ask);
        let lines = text(&done.stdout)
            .lines()
            .filter(|line| *line != "[]")
            .collect::<Vec<_>>()
            .join("\n");
        assert_eq!(lines, output, "{}", text(&done.stderr));
    }
    for broken in ["", "{\"a\": ", "{\"a\": 1} x", &"[".repeat(100_000)] {
        fs::write(home.join("in.json"), broken).unwrap();
        let done = run(&home, ask);
        assert_eq!(done.status.code(), Some(2), "{broken:.20}: {}", text(&done.stderr));
    }
}

#[test]
fn the_export_of_the_page_is_written() {
    let home = folder("pages", "export");
    for line in blocks("docs/export.md", "sh").remove(0).lines() {
        let line = line.replace("examples/", root().join("examples/").to_str().unwrap());
        let done = run(&home, &line);
        assert!(
            done.status.success(),
            "{line}: {}{}",
            text(&done.stdout),
            text(&done.stderr)
        );
    }
    // For Cedar: a clause's id at each policy that a clause makes, and no id twice.
    let policies = fs::read_to_string(home.join("cedar/policies.cedar")).unwrap();
    let annotated = |name: &str| {
        let open = format!("@{name}(\"");
        let lines = policies
            .lines()
            .filter_map(move |line| line.strip_prefix(&open)?.strip_suffix("\")"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let (ids, clauses) = (annotated("id"), annotated("clause"));
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    assert!(clauses.len() > 20);
    assert!(clauses.iter().all(|clause| ids.iter().any(|id| id.starts_with(clause))));
    let entities = fs::read_to_string(home.join("cedar/entities.json")).unwrap();
    let entities = serde_json::from_str::<serde_json::Value>(&entities).unwrap();
    assert!(entities.as_array().unwrap().len() > 20);
    assert!(home.join("cedar/schema.cedarschema").exists());
    let packed = fs::read(home.join("bundle.tar.gz")).unwrap();
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(packed.as_slice()));
    let files = archive.entries().unwrap().map(|entry| {
        let mut entry = entry.unwrap();
        let path = entry.path().unwrap().to_str().unwrap().to_owned();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        (path, text)
    });
    let files = files.collect::<BTreeMap<_, _>>();
    let json = |path: &str| serde_json::from_str::<serde_json::Value>(&files[path]).unwrap();
    let manifest = json(".manifest");
    let data = json("kupuya/bundle/megapay/data.json");
    assert_eq!(manifest["revision"], data["meaning"]);
    for root in manifest["roots"].as_array().unwrap() {
        let root = root.as_str().unwrap();
        assert!(files.keys().any(|path| path.starts_with(root)), "{root}");
    }
    let module = &files["kupuya/policy/megapay/policy.rego"];
    assert!(module.contains("package kupuya.policy.megapay\n"));
    assert!(!module.contains("{{"), "a hole of the template was left");
}

/// The commands of a page and what they print; `KUPUYA_UPDATE=1` writes it.
#[test]
fn the_deadlines_of_the_page_are_told() {
    let home = folder("pages", "retention");
    fs::write(home.join("shop.kup"), shop()).unwrap();
    assert!(run(&home, "kupuya build shop.kup -o shop.kupb").status.success());
    let (commands, shown) = (blocks("docs/retention.md", "sh"), blocks("docs/retention.md", "out"));
    assert_eq!(commands.len(), shown.len());
    let mut page = fs::read_to_string(root().join("docs/retention.md")).unwrap();
    for ((command, shown), code) in commands.iter().zip(&shown).zip([3, 0]) {
        let done = run(&home, command);
        assert_eq!(done.status.code(), Some(code), "{}", text(&done.stderr));
        if std::env::var_os("KUPUYA_UPDATE").is_some() {
            let before = format!("{command}```\n\n```out\n");
            let told = format!("{before}{}```", text(&done.stdout));
            page = page.replace(&format!("{before}{shown}```"), &told);
        } else {
            assert_eq!(&text(&done.stdout), shown);
        }
    }
    if std::env::var_os("KUPUYA_UPDATE").is_some() {
        fs::write(root().join("docs/retention.md"), page).unwrap();
    }
    let wrong = run(
        &home,
        "kupuya retention shop.kupb 'contacts about buyer' --collected yesterday",
    );
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("`yesterday` is no time"));
    let unknown = run(
        &home,
        "kupuya retention shop.kupb 'contract about buyer' --event closed=never",
    );
    assert_eq!(unknown.status.code(), Some(2), "{}", text(&unknown.stdout));
}
