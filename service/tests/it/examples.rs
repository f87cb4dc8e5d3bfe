//! The clients in `examples/`, run where their language is at hand; and the line of README.

use std::process::Command;

use kupuya_service::settings::Settings;

use crate::running::{Running, file, settings};
use crate::shop::{SHOP, TEXT, built, root};

/// Whether a program is there, which nobody is made to install.
fn at_hand(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .output()
        .is_ok_and(|output| output.status.success())
}

/// Runs a client against a service that allows, one that denies, one that asks for a token, and none.
fn check(program: &str, client: &str, says: &str) {
    if !at_hand(program) {
        return;
    }
    let (_folder, bundle) = file(&SHOP);
    let allowing = Running::begin(Settings {
        tokens: vec!["t".to_owned()],
        ..settings(&bundle)
    });
    let (_folder, denying) = Running::of(&built(
        &TEXT
            .replace("never share", "never use contacts for marketing\nnever share")
            .replace("    allow ", "    deny forbidden"),
    ));
    let run = |url: &str, token: &str| {
        let client = root().join("service/examples").join(client);
        let output = Command::new(program)
            .arg(client)
            .arg(url)
            .env("KUPUYA_TOKEN", token)
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (code, told) = run(&allowing.url(""), "t");
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains(says), "{told}");
    assert_eq!(run(&denying.url(""), "t").0, Some(3));
    assert_ne!(run(&allowing.url(""), "wrong").0, Some(0));
    assert_ne!(run("http://127.0.0.1:1", "t").0, Some(0));
    // What is no address is a no, and no fault of the client.
    assert_eq!(run("not an address", "t").0, Some(3));
}

#[test]
fn curl_asks() {
    if at_hand("curl") {
        check("sh", "ask.sh", "\"verdict\":\"allow\"");
    }
}

#[test]
fn python_asks() {
    check("python3", "ask.py", "макулдук");
}

#[test]
fn node_asks() {
    check("node", "ask.mjs", "макулдук");
}

#[test]
fn java_asks() {
    check("java", "Ask.java", "\"verdict\":\"allow\"");
}

/// README's line is one that a shell takes, and gives what it says.
#[test]
fn readme_asks_in_one_line() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let line = readme.lines().find(|line| line.starts_with("curl ")).unwrap();
    let own = "localhost:5878";
    assert!(line.contains(own));
    if at_hand("curl") {
        let (_folder, service) = Running::of(&SHOP);
        let line = line.replace(own, &service.address.to_string());
        let output = Command::new("sh").args(["-c", &line]).output().unwrap();
        let told = String::from_utf8(output.stdout).unwrap();
        assert!(
            told.starts_with("{\"verdict\":\"allow\",\"decision\":true,\"policy\":\"shop\""),
            "{told}"
        );
    }
}

/// What page and files name is there: settings, paths, problems, counters.
#[test]
fn the_page_names_what_there_is() {
    let page = std::fs::read_to_string(root().join("service/README.md")).unwrap();
    for setting in kupuya_service::settings::SETTINGS {
        assert!(page.contains(&format!("`{}`", setting.key)), "{}", setting.key);
    }
    for route in kupuya_service::routes::ROUTES {
        assert!(
            page.contains(&format!("`{} {}`", route.method, route.path)),
            "{}",
            route.path
        );
    }
    for sort in kupuya_service::problem::SORTS {
        let line = format!("| `{}` | {} |", sort.urn().rsplit(':').next().unwrap(), sort.status);
        assert!(page.contains(&line), "{line}");
    }
    let metrics = kupuya_service::metrics::Metrics::default().text();
    for name in metrics
        .lines()
        .filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next())
    {
        assert!(page.contains(&format!("`{name}`")), "{name}");
    }
}
