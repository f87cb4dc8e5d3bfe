//! The clients in `examples/`, run where their language is at hand; and the line of README.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::Command;
use std::time::Duration;

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
    let yes = head(YES.len(), YES);
    assert_eq!(run(&answering(yes.clone(), Duration::ZERO), "t").0, Some(0));
    for odd in odd(program) {
        let told = run(&answering(odd.clone(), Duration::ZERO), "t");
        let odd = String::from_utf8_lossy(&odd).chars().take(200).collect::<String>();
        // curl tells an answer that is none by a code of its own.
        let no = program == "sh" && told.0.is_some_and(|code| code != 0) || told.0 == Some(3);
        assert!(no, "{program} takes {odd} for {told:?}");
    }
    // Byte after byte a yes that is too late: no pause is long, the whole is.
    let late = run(&answering(yes, Duration::from_millis(200)), "t");
    assert!(late.0.is_some_and(|code| code != 0), "{late:?}");
}

/// A yes of either path.
const YES: &[u8] = br#"{"verdict":"allow","decision":true,"policy":"shop","items":[{"verdict":"allow"}],"context":{}}"#;

/// A yes with obligations, of either path.
const BUT: &[u8] =
    br#"{"verdict":"allow","decision":true,"items":[{"verdict":"allow"},{"obligations":[{"what":"notify"}]}],
    "context":{"obligations":[{"id":"1","type":"custom","properties":{}}]}}"#;

/// An answer that says its length.
fn head(length: usize, body: &[u8]) -> Vec<u8> {
    said("200 OK", length, body)
}

/// An answer with a status, or a status and headers.
fn said(status: &str, length: usize, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n");
    [head.as_bytes(), body].concat()
}

/// Answers that are none.
fn odd(program: &str) -> Vec<Vec<u8>> {
    let whole = |body: &[u8]| head(body.len(), body);
    let deep = "[".repeat(100_000);
    let mut odd = vec![
        whole(b""),
        whole(b"null"),
        whole(b"[]"),
        whole(deep.as_bytes()),
        whole(&YES[..YES.len() - 2]),
        head(YES.len() + 10, YES),
        [b"HTTX 2000 what\r\n\r\n", YES].concat(),
        whole(BUT),
    ];
    for tail in ["{", " garbage}"] {
        odd.push(whole(&[YES, tail.as_bytes()].concat()));
    }
    for (good, bad) in [("true", "true,"), ("true", "\"true\""), ("}]", ",}]")] {
        let yes = String::from_utf8_lossy(YES);
        assert!(yes.contains(good));
        odd.push(whole(yes.replacen(good, bad, 1).as_bytes()));
    }
    for status in ["201 Created", "206 Partial Content"] {
        odd.push(said(status, YES.len(), YES));
    }
    // Nobody is followed to where a yes is given.
    for status in ["303 Elsewhere", "307 Elsewhere"] {
        let elsewhere = answering(head(YES.len(), YES), Duration::ZERO);
        odd.push(said(&format!("{status}\r\nlocation: {elsewhere}/"), YES.len(), YES));
    }
    if program != "sh" {
        odd.push(whole(
            b"{\"verdict\":\"allow\",\"decision\":true,\"x\":\"\xff\",\"context\":{}}",
        ));
    }
    if program == "python3" || program == "node" {
        for body in [
            r#"{"decision":true}"#,
            r#"{"decision":true,"context":null}"#,
            r#"{"decision":true,"context":[1],"#,
            r#"{"decision":"false","context":{}}"#,
            r#"{"decision":1,"context":{}}"#,
            r#"[{"decision":true,"context":{}}]"#,
        ] {
            odd.push(whole(body.as_bytes()));
        }
    }
    odd
}

/// A server that gives one client these bytes, with a pause after each if one is told; gives its address.
fn answering(bytes: Vec<u8>, pause: Duration) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let (mut client, _) = listener.accept().unwrap();
        // The request is small; a client that has gone away need not be told anything.
        let mut asked = [0; 8192];
        let mut read = client.read(&mut asked).unwrap_or_default();
        while read > 0 && read < asked.len() && !asked[..read].ends_with(b"}") {
            match client.read(&mut asked[read..]) {
                Ok(more) if more > 0 => read += more,
                _ => return,
            }
        }
        let size = if pause.is_zero() { bytes.len() } else { 1 };
        for part in bytes.chunks(size) {
            if client.write_all(part).is_err() {
                return;
            }
            std::thread::sleep(pause);
        }
    });
    address
}

#[test]
fn curl_asks() {
    if at_hand("curl") && at_hand("jq") {
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
