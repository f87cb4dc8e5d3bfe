//! What the program remarks about the text of a notice.

use std::process::Command;

use kupuya::notice::{self, Options};
use kupuya::proofread;

use super::{meant, one, root};

fn remarks(policy: &str) -> Vec<(String, String, String)> {
    let (model, meaning) = meant(&one(policy));
    let options = Options::default();
    let document = notice::document(&model, &meaning, &options);
    let found = proofread::notes(&model, &document, &options);
    let place = |span: kupuya::source::Span| policy[span.start as usize..span.end as usize].to_owned();
    let found = found.into_iter().map(|found| (place(found.place().unwrap()), found));
    found
        .map(|(place, found)| (found.code.clone(), found.message.english(), place))
        .collect()
}

fn only(policy: &str, code: &str) -> (String, String) {
    let found = remarks(policy);
    let [(of, message, place)] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(of, code);
    (message.clone(), place.clone())
}

#[test]
fn a_long_sentence_is_found_where_it_is_declared() {
    let words = "сөз ".repeat(51);
    let policy = format!("clause long \"{words}бүттү.\"");
    let (message, place) = only(&policy, "long_sentence");
    assert_eq!(message, "a sentence of 52 words");
    assert!(place.starts_with("clause long"), "{place}");
    assert!(remarks(&format!("clause short \"{}бүттү.\"", "сөз ".repeat(40))).is_empty());
}

#[test]
fn genitives_in_a_heap_are_found() {
    let heap = "Колдонуучунун эсебинин жазуусунун көчүрмөсүнүн сактоо мөөнөтү белгиленет.";
    let (message, place) = only(&format!("clause heap \"{heap}\""), "stacked_genitives");
    assert_eq!(
        message,
        "4 genitives in a row: Колдонуучунун эсебинин жазуусунун көчүрмөсүнүн"
    );
    assert!(place.starts_with("clause heap"), "{place}");
    // An accusative of a possessed thing only looks like a genitive.
    assert!(remarks("clause fine \"Колдонуучунун эсебинин жазуусунун сүрөтүн өчүрөт.\"").is_empty());
}

#[test]
fn two_words_for_one_thing_are_found_unless_one_explains_the_other() {
    let policy = "policy p \"Саясат\"\nclause \"Мобилдик тиркеме иштейт. Мобилдик колдонмо өчүрүлөт.\"";
    let (message, place) = only(policy, "mixed_terms");
    assert_eq!(message, "one thing under 2 names: мобилдик тиркеме, мобилдик колдонмо");
    assert!(place.starts_with("policy p"), "{place}");
    assert!(remarks("policy p \"Саясат\"\nclause \"Пароль (сырсөз) өчүрүлөт.\"").is_empty());
}

#[test]
fn names_that_nothing_defines_are_found() {
    let policy = "policy p \"Саясат\"\nclause \"Бул маалыматтар Операторго берилет.\"";
    let (message, _) = only(policy, "undefined_name");
    assert_eq!(
        message,
        "written like defined names, and nothing defines them: Операторго"
    );
    let defined = "policy p \"Саясат\"\nterm operator \"Оператор\" \"байланыш уюму\"\nclause \"Бул маалыматтар Операторго берилет.\"";
    assert!(remarks(defined).is_empty());
    let hence = "policy p \"Саясат\"\nclause \"Байланыш уюму (мындан ары – Оператор) бар. Бул маалыматтар Операторго берилет.\"";
    assert!(remarks(hence).is_empty());
}

#[test]
fn a_guessed_reading_is_found_until_the_project_says_it() {
    let policy = "recipient cloud \"Wrike\" is processor";
    let (message, place) = only(policy, "guessed_reading");
    assert!(
        message.starts_with("how `Wrike` is read is a guess: Wrike’"),
        "{message}"
    );
    assert!(place.starts_with("recipient cloud"), "{place}");
    let (model, _) = meant(&one(policy));
    assert_eq!(model.recipients.of_project().count(), 1);
}

/// The notices that people copy have nothing for a proof-reader to mark.
#[test]
fn the_examples_have_no_remark() {
    for example in ["infocom", "mega24", "megapay", "modern", "ogogo", "om"] {
        let folder = root().join("examples").join(example);
        let output = Command::new(env!("CARGO_BIN_EXE_kupuya"))
            .args(["check", ".", "--notes", "--format", "json"])
            .current_dir(folder)
            .output()
            .unwrap();
        let found = String::from_utf8(output.stdout).unwrap();
        for code in proofread::ALL.iter().map(|known| known.code) {
            let remark = found.lines().find(|line| line.contains(&format!("\"{code}\"")));
            assert_eq!(remark, None, "{example}");
        }
    }
}

/// They are told where somebody asks, at the level that the project gives them.
#[test]
fn a_level_makes_a_remark_a_finding() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("proofread");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(
        folder.join("p.kup"),
        "policy p \"Саясат\"\nclause \"Бул маалыматтар Операторго берилет.\"\n",
    )
    .unwrap();
    let check = |manifest: &str| {
        std::fs::write(folder.join("kupuya.toml"), manifest).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_kupuya"))
            .args(["check", ".", "--format", "json"])
            .current_dir(&folder)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(!check("").contains("undefined_name"));
    let found = check("[lints]\nundefined_name = \"error\"\n");
    let line = found.lines().find(|line| line.contains("undefined_name")).unwrap();
    assert!(line.contains("\"error\""), "{line}");
}
