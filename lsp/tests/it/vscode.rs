//! The extension for Visual Studio Code: what its manifest promises is in the package and in the code.

use std::path::{Path, PathBuf};

use serde_json::Value;

fn extension() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../editors/vscode")
}

fn manifest() -> Value {
    serde_json::from_str(&std::fs::read_to_string(extension().join("package.json")).unwrap()).unwrap()
}

fn code() -> String {
    let files = std::fs::read_dir(extension().join("src")).unwrap();
    files
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .collect()
}

#[test]
fn every_file_of_the_manifest_is_packed() {
    let manifest = manifest();
    let gives = &manifest["contributes"];
    let left_out = std::fs::read_to_string(extension().join(".vscodeignore")).unwrap();
    let files = [
        &manifest["main"],
        &gives["languages"][0]["configuration"],
        &gives["grammars"][0]["path"],
        &gives["snippets"][0]["path"],
    ];
    for file in files {
        let file = file.as_str().unwrap().trim_start_matches("./");
        assert!(extension().join(file).is_file(), "{file}");
        assert!(!left_out.lines().any(|line| line == file), "{file} is left out");
    }
    assert_eq!(gives["languages"][0]["extensions"][0], ".kup");
}

#[test]
fn every_command_and_setting_is_in_the_code() {
    let (manifest, code) = (manifest(), code());
    for command in manifest["contributes"]["commands"].as_array().unwrap() {
        let registered = format!("registerCommand(\"{}\"", command["command"].as_str().unwrap());
        assert!(code.contains(&registered), "{registered}");
    }
    let settings = manifest["contributes"]["configuration"]["properties"]
        .as_object()
        .unwrap();
    for setting in settings.keys().filter(|name| !name.contains(".trace.")) {
        let name = setting.trim_start_matches("kupuya.");
        assert!(code.contains(&format!("\"{name}\"")), "nobody reads {setting}");
    }
}

/// The notice beside the text with clicks both ways, the graph, the law at the foot, scenarios as tests.
#[test]
fn each_view_asks_the_server() {
    let code = code();
    for piece in [
        "sendRequest(\"kupuya/notice\"",
        "sendRequest(\"kupuya/graph\"",
        "onDidReceiveMessage",
        "onDidChangeTextEditorSelection",
        "createStatusBarItem(\"kupuya.law\"",
        "createTestController(\"kupuya\"",
        "kupuya.runScenario",
    ] {
        assert!(code.contains(piece), "{piece}");
    }
}
