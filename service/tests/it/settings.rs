//! The settings as a person who starts the program gives them.

use std::process::{Command, Output};

use crate::running::{Program, file};
use crate::shop::SHOP;

fn run(arguments: &[&str], environment: &[(&str, &str)]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kupuya-service"));
    let Output { status, stdout, stderr } = command
        .args(arguments)
        .envs(environment.iter().copied())
        .output()
        .unwrap();
    (
        status.code(),
        String::from_utf8(stdout).unwrap(),
        String::from_utf8(stderr).unwrap(),
    )
}

#[test]
fn the_last_layer_that_says_something_counts() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("service.toml");
    let text =
        "listen = \"127.0.0.1:1\"\nmax_body = 1\nmax_batch = 1\ntokens = [\"hush\"]\nlog_labels = { a = \"b\" }\n";
    std::fs::write(&config, text).unwrap();
    let config = config.to_str().unwrap();
    let environment = [
        ("KUPUYA_MAX_BODY", "2"),
        ("KUPUYA_MAX_BATCH", "2"),
        ("KUPUYA_BUNDLE_TOKEN", "secret"),
    ];
    let arguments = [
        "--config",
        config,
        "--max-batch",
        "3",
        "--bundle-keys",
        "a.pem, b.pem",
        "--print-config",
    ];
    let (code, printed, _) = run(&arguments, &environment);
    assert_eq!(code, Some(0));
    for line in [
        "listen = \"127.0.0.1:1\"",
        "max_body = 2",
        "max_batch = 3",
        "bundle_keys = [\"a.pem\", \"b.pem\"]",
        "# tokens is set, and not shown",
        "# bundle_token is set, and not shown",
        "# bundle is not set",
        "log = \"off\"",
        "log_labels = { a = \"b\" }",
    ] {
        assert!(
            printed.lines().any(|printed| printed == line),
            "{line} is not in\n{printed}"
        );
    }
    assert!(!printed.contains("hush") && !printed.contains("secret\""), "{printed}");
    // What is printed can be read again, and says the same.
    let again = folder.path().join("again.toml");
    std::fs::write(&again, &printed).unwrap();
    let (_, reprinted, _) = run(&["--config", again.to_str().unwrap(), "--print-config"], &[]);
    assert_eq!(reprinted, printed.replace("is set, and not shown", "is not set"));
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("service.toml");
    let config = config.to_str().unwrap();
    std::fs::write(config, "max_bodys = 1\n").unwrap();
    let written = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (open, blank) = (
        &*written("open.toml", "tokens = []\n"),
        &*written("blank.toml", "tokens = [\"one\", \"\"]\n"),
    );
    let (folder_of_bundle, bundle) = file(&SHOP);
    let bundle = bundle.to_str().unwrap();
    for (arguments, environment, told) in [
        (vec![], vec![], "bundle: say where the bundle is"),
        (vec!["--max-body", "x"], vec![], "--max-body: `x` is no number"),
        (
            vec![],
            vec![("KUPUYA_MAX_BODY", "-1")],
            "KUPUYA_MAX_BODY: `-1` is no number",
        ),
        (vec!["--listen", "here"], vec![], "listen: invalid socket address"),
        (vec!["--log-when-full", "explode"], vec![], "unknown variant `explode`"),
        (vec!["--config", config], vec![], "unknown field `max_bodys`"),
        (vec!["--config", "/nowhere.toml"], vec![], "/nowhere.toml: "),
        (vec!["--bundel", "x"], vec![], "--bundle"),
        (vec!["--tokens", "x"], vec![], "unexpected argument '--tokens'"),
        (
            vec!["--bundle", bundle, "--tls-key", "k"],
            vec![],
            "certificate and key go together",
        ),
        (vec!["--bundle", bundle, "--bundle-keys", bundle], vec![], "shop.kupb: "),
        (vec!["--bundle", bundle, "--map", bundle], vec![], "shop.kupb: "),
        (
            vec!["--bundle", bundle, "--tokens-file", "/dev/null"],
            vec![],
            "/dev/null: there is no token in it",
        ),
        (
            vec!["--bundle", bundle, "--max-at-once", "0"],
            vec![],
            "max_at_once: must be at least 1",
        ),
        (
            vec!["--bundle", bundle, "--header-timeout", "0"],
            vec![],
            "header_timeout: a time-out of no time",
        ),
        (
            vec!["--bundle", bundle, "--request-timeout", "0"],
            vec![],
            "request_timeout: a time-out of no time",
        ),
        (
            vec!["--bundle", bundle, "--max-body", "1000", "--max-bodies", "999"],
            vec![],
            "max_bodies: must be at least max_body",
        ),
        (
            vec!["--bundle", bundle, "--public-url", "notaurl"],
            vec![],
            "public_url: `notaurl` is no address",
        ),
        (
            vec!["--bundle", bundle, "--public-url", "ftp://pdp.example"],
            vec![],
            "public_url: `ftp://pdp.example` is no address",
        ),
        (
            vec!["--bundle", bundle, "--public-url", "https://me:word@pdp.example"],
            vec![],
            "public_url: `https://pdp.example` is no address",
        ),
        (
            vec!["--bundle", bundle, "--public-url", "https://pdp.example/?a=1"],
            vec![],
            "public_url: `https://pdp.example/` is no address",
        ),
        (
            vec!["--bundle", bundle, "--public-url", "https://"],
            vec![],
            "public_url: `https://` is no address",
        ),
        (
            vec!["--bundle", bundle, "--log", "/nowhere/log"],
            vec![],
            "/nowhere/log: ",
        ),
        (
            vec!["--bundle", bundle],
            vec![("KUPUYA_TOKENS", "")],
            "KUPUYA_TOKENS: there is no token in it",
        ),
        (
            vec!["--bundle", bundle],
            vec![("KUPUYA_TOKENS", " , ")],
            "KUPUYA_TOKENS: there is no token in it",
        ),
        (
            vec!["--bundle", bundle, "--config", open],
            vec![],
            "tokens: there is no token in it",
        ),
        (
            vec!["--bundle", bundle, "--config", blank],
            vec![],
            "tokens: one of them is empty",
        ),
        (
            vec!["--bundle", "ftp://me:word@host/shop.kupb?key=hush"],
            vec![],
            "bundle: `ftp://host/shop.kupb`: bundles are fetched from `http://` and `https://`",
        ),
        (
            vec!["--bundle", "HTTP://me:word@host/shop.kupb"],
            vec![],
            "bundle: `HTTP://host/shop.kupb`: bundles",
        ),
    ] {
        let (code, _, said) = run(&arguments, &environment);
        assert!(!said.contains("word@") && !said.contains("hush"), "{said}");
        assert_eq!(code, Some(2), "{arguments:?} {said}");
        assert!(said.contains(told), "{told} is not in {said}");
    }
    // A variable that is no setting may be somebody else's: it is told, and no more.
    let environment = [("KUPUYA_MAX_BDY", "1"), ("KUPUYA_SERVICE_HOST", "10.0.0.1")];
    let (_, _, said) = run(&["--bundle", bundle, "--listen", "256.0.0.1:1"], &environment);
    assert!(said.contains("listen: "), "{said}");
    let strangers = kupuya_service::settings::strangers(environment.map(|(name, _)| name.to_owned()).into_iter());
    assert_eq!(
        strangers,
        ["the environment has KUPUYA_MAX_BDY, which is no setting; is KUPUYA_MAX_BODY meant?"]
    );
    let map = folder.path().join("map.toml");
    std::fs::write(&map, "[action.read]\nverb = \"sue\"\n").unwrap();
    let (_, _, said) = run(&["--bundle", bundle, "--map", map.to_str().unwrap()], &[]);
    assert!(said.contains("action.read: no verb is called `sue`"), "{said}");
    std::fs::write(&map, "[resource]\norder = [\"use\", \"shop_llc\"]\n").unwrap();
    let (code, _, said) = run(&["--bundle", bundle, "--map", map.to_str().unwrap()], &[]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("invalid type: sequence, expected a table"), "{said}");
    for (text, place) in [
        ("[resource.order]\ndata = []\n", "resource.order: `data`"),
        ("[subject.x.ids.y]\nabout = []\n", "subject.x.ids.y: `about`"),
    ] {
        std::fs::write(&map, text).unwrap();
        let (code, _, said) = run(&["--bundle", bundle, "--map", map.to_str().unwrap()], &[]);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains(&format!("{place} is an empty list")), "{said}");
    }
    drop(folder_of_bundle);
}

#[test]
fn help_names_every_setting() {
    let (code, help, _) = run(&["--help"], &[]);
    assert_eq!(code, Some(0));
    for setting in kupuya_service::settings::SETTINGS {
        let flag = format!("--{}", setting.key.replace('_', "-"));
        assert_eq!(help.contains(&format!("{flag} ")), !setting.secret, "{flag}");
    }
}

#[test]
fn it_says_where_it_listens_and_ends_when_told() {
    let (_folder, bundle) = file(&SHOP);
    let program = Program::start(&["--bundle", bundle.to_str().unwrap()]);
    assert!(program.address.starts_with("http://127.0.0.1:"));
    assert_eq!(program.get("/readyz").status, 200);
    let (well, _) = program.terminate();
    assert!(well);
}
