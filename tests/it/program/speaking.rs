//! How the program speaks: help, exit codes, languages, the programs beside it.

use std::fs;

use super::{code, err, folder, kupuya, out, text};

#[test]
fn input_never_speaks_to_the_terminal() {
    let file = folder("escape").join("\u{1b}[31mpolicy.kup");
    let policy = include_str!("../../../src/cli/new/policy.kup");
    fs::write(&file, policy.replace("аты-жөнү", "аты\u{1b}[31m\u{202E}жөнү")).unwrap();
    let question = "use contacts for \u{1b}news about buyer given agr\u{9b}eed";
    for arguments in [
        vec!["check", text(&file)],
        vec!["check", text(&file), "--format", "plain"],
        vec!["decide", text(&file), question],
        vec!["explain", "\u{1b}[31m"],
    ] {
        let output = kupuya(&arguments);
        let said = out(&output) + &err(&output);
        assert!(
            !said.contains(['\u{1b}', '\u{9b}', '\u{202E}']),
            "{arguments:?}: {said:?}"
        );
        assert!(!said.is_empty());
    }
}

#[test]
fn what_cannot_run_exits_with_two_and_says_why() {
    let home = folder("two");
    let empty = home.join("empty");
    fs::create_dir_all(&empty).unwrap();
    let wrong = home.join("wrong");
    fs::create_dir_all(&wrong).unwrap();
    fs::write(wrong.join("kupuya.toml"), "sorces = []\n").unwrap();
    let not_a_bundle = home.join("no.kupb");
    fs::write(&not_a_bundle, b"nothing").unwrap();
    let cases: &[(&[&str], &str)] = &[
        (&["check", "no/such/place"], "cannot read no/such/place"),
        (&["check", text(&empty)], "holds no .kup file"),
        (&["check", text(&wrong)], "did you mean `sources`?"),
        (&["decide", text(&not_a_bundle), "use x for y"], "no.kupb"),
        (&["explain", "conflct"], "did you mean `conflict`?"),
        (&["inflect", "дарек", "--features", "pl.9.dat"], "pl.9.dat"),
        (&["frobnicate"], "frobnicate"),
        (
            &["check", "examples/megapay", "--law", "kgdc2026"],
            "did you mean `kgdc2025`?",
        ),
        (&["inflect", ""], "no word to inflect"),
        (&["new", "examples/megapay/"], "is there already"),
        (&["new", "tests/it/fmt"], "holds a policy already"),
    ];
    for (arguments, says) in cases {
        let output = kupuya(arguments);
        assert_eq!(code(&output), 2, "{arguments:?}: {}", err(&output));
        assert!(err(&output).contains(says), "{arguments:?}: {}", err(&output));
    }
}

#[test]
fn every_subcommand_has_help_with_an_example() {
    let help = out(&kupuya(&["--help"]));
    let commands = help
        .lines()
        .skip_while(|line| !line.starts_with("Commands:"))
        .skip(1)
        .take_while(|line| line.starts_with("  "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|command| *command != "help")
        .collect::<Vec<_>>();
    assert!(commands.len() >= 9, "{commands:?}");
    for command in commands {
        let help = out(&kupuya(&[command, "--help"]));
        assert!(help.contains(&format!("Example: kupuya {command}")), "{help}");
    }
}

#[test]
fn a_project_and_the_command_line_choose_the_language() {
    let folder = folder("language");
    let run = |more: &[&str]| {
        let arguments = [&["check", text(&folder)], more].concat();
        out(&kupuya(&arguments))
    };
    assert_eq!(code(&kupuya(&["new", text(&folder)])), 0);
    assert!(run(&[]).contains("no findings"));
    assert!(run(&["--language", "ky"]).contains("байкоолор жок"));
    let manifest = folder.join("kupuya.toml");
    let written = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, format!("language = \"ky\"\n{written}")).unwrap();
    assert!(run(&[]).contains("байкоолор жок"));
    assert!(run(&["--language", "en"]).contains("no findings"));

    fs::write(&manifest, "language = \"ky\"\nsources = [\"nowhere/*.kup\"]\n").unwrap();
    let output = kupuya(&["check", text(&folder)]);
    assert_eq!(code(&output), 2);
    assert!(
        err(&output).contains("үлгүсүнө бир да файл туура келбейт"),
        "{}",
        err(&output)
    );
    let page = out(&kupuya(&["explain", "conflict", "--language", "ky"]));
    assert!(page.contains("## Эмне үчүн маанилүү") && page.contains("never share identity.face_photo"));
}

/// The service is a program of its own: whether it is there or not, what went wrong is told.
#[test]
fn serve_starts_the_program_beside() {
    let output = kupuya(&["serve", "--bundle", "x.kupb", "--no-such-option"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("kupuya-service"), "{}", err(&output));
}

#[test]
fn help_is_told_in_kyrgyz() {
    let whole = kupuya(&["--help", "--language", "ky"]);
    assert_eq!(code(&whole), 0);
    let told = out(&whole);
    for says in ["Колдонуу: kupuya", "Буйруктар:", "Опциялар:", "Чыгуу коддору:"] {
        assert!(told.contains(says), "{says}: {told}");
    }
    let english = [
        "Usage",
        "Commands:",
        "Options:",
        "Arguments:",
        "default:",
        "possible",
        "Example",
        "Print",
    ];
    let names = out(&kupuya(&["--help"]));
    let names = names.lines().skip_while(|line| *line != "Commands:").skip(1);
    let names: Vec<&str> = names.map_while(|line| line.split_whitespace().next()).collect();
    assert!(names.len() > 20, "{names:?}");
    // Of `help` itself there is none.
    for name in names.into_iter().filter(|name| *name != "help") {
        let told = out(&kupuya(&[name, "--language=ky", "-h"]));
        let left = english.iter().find(|word| told.contains(**word));
        assert!(
            left.is_none() && told.contains("Колдонуу:"),
            "{name}: {left:?} in {told}"
        );
    }
}
