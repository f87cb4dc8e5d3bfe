//! Texts that nobody writes: each comes back soon, with a clear word, and nothing panics.

use super::{POLICY, told};
use kupuya::diagnostic::{Diagnostic, Severity};
use kupuya::source::{Origin, Source, SourceId};
use kupuya::syntax::{MOST_ERRORS, codes, parse, parse_request};

fn read(bytes: &[u8]) -> Vec<Diagnostic> {
    parse(SourceId(0), &Source::new("hostile.kup", Origin::Project, bytes)).1
}

fn codes_of(bytes: &[u8]) -> Vec<String> {
    read(bytes).into_iter().map(|one| one.code).collect()
}

/// Bytes that are the same in every run.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let next = |state: &mut u64| {
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        (*state >> 24) as u8
    };
    (0..length).map(|_| next(&mut state)).collect()
}

#[test]
fn five_megabytes_of_anything_are_refused_at_once() {
    let found = read(&noise(5 << 20));
    assert!(found.iter().any(|one| one.code == codes::TOO_LONG));
    assert!(found.iter().any(|one| one.code == codes::NOT_UTF8));
}

#[test]
fn noise_gives_a_bounded_list() {
    for length in [0, 1, 10, 1000, 20_000, 4 << 20] {
        assert!(read(&noise(length)).len() <= MOST_ERRORS + 1);
        let letters: Vec<u8> = noise(length.min(20_000)).into_iter().map(|byte| byte & 0x7F).collect();
        assert!(read(&letters).len() <= MOST_ERRORS + 1);
    }
}

/// Each pattern is repeated to a length at which anything that grows with its square holds up all other tests.
#[test]
fn repeated_pieces_are_read_to_their_end() {
    let patterns = [
        "{",
        "}",
        "(",
        ")",
        ",",
        "\"",
        "[",
        ":",
        "@",
        "|",
        "a.",
        "a ",
        "not ",
        "a and (",
        "never ",
        "each ",
        "use ",
        "data x \"X\" {\n",
        "x \"X\" {\n",
        "x \"X\" { bogus: 1\n",
        "a \"A\" ",
        "section s \"S\" {\n",
        "law kg\n",
        "use a for b\n",
        "never use a\n",
        "data x\n",
        "x: \"y\n",
        "@a\n",
        "waive x \"y\"\n",
        "| text\n",
        "/// note\n",
        "use a,\n",
        "under a or\n",
        "\"   ",
        "{ ",
        "allow use a given b\n",
        "each a must have b\n",
        "processing p\n",
        "policy p {\nlaw kg\n}\n",
        "\n",
        "\r",
        "\u{FFFD}",
        "жc",
        "1-1-1 ",
        "under (a) ",
        "x y z {\n",
        "use a\n\n\n\n",
    ];
    for pattern in patterns {
        let text = pattern.repeat(24_000 / pattern.len());
        assert!(read(text.as_bytes()).len() <= MOST_ERRORS + 1, "{pattern:?}");
    }
}

#[test]
fn one_long_line() {
    let text = format!("data x \"{}\"\n", "а".repeat(500_000));
    assert_eq!(codes_of(text.as_bytes()), [codes::LONG_LINE]);
    let name = format!("data {}\n", "x".repeat(100_000));
    assert_eq!(codes_of(name.as_bytes()), [codes::LONG_LINE]);
}

#[test]
fn deep_nesting_is_one_error() {
    let text = format!(
        "data x \"X\" {{\n{}{}}}\n",
        "y \"Y\" {\n".repeat(100),
        "}\n".repeat(100)
    );
    assert_eq!(codes_of(text.as_bytes()), [codes::TOO_DEEP]);
    let brackets = format!("share any only under {}a{}\n", "(".repeat(36), ")".repeat(36));
    assert_eq!(codes_of(brackets.as_bytes()), [codes::TOO_DEEP]);
}

#[test]
fn bytes_and_line_ends() {
    assert_eq!(codes_of(b"\xEF\xBB\xBFdata x \"X\"\n"), [codes::BYTE_ORDER_MARK]);
    assert_eq!(codes_of(b"data x \"X\"\r\ndata y \"Y\"\n"), [codes::MIXED_LINE_ENDS]);
    assert_eq!(codes_of(b"data x \"X\"\rdata y \"Y\"\r"), Vec::<String>::new());
    assert_eq!(codes_of(b"data x \"\xFF\"\n"), [codes::NOT_UTF8]);
    let windows = POLICY.replace('\n', "\r\n");
    assert_eq!(codes_of(windows.as_bytes()), Vec::<String>::new());
}

#[test]
fn look_alike_letters_are_warned_of() {
    for (word, mended) in [("cиз", "сиз"), ("жаӊы", "жаңы"), ("dаta", "data")] {
        let text = format!("fact x \"{word}\"\n");
        let found = read(text.as_bytes());
        assert_eq!(found.len(), 1, "{}", told(&text, &found));
        assert_eq!(found[0].code, codes::LOOK_ALIKE_LETTER);
        assert_eq!(found[0].severity, Severity::Warning);
        assert_eq!(found[0].fixes[0].edits[0].1, mended);
    }
}

#[test]
fn requests_are_sentences() {
    let request = "share identity.passport about user with banks for payments given agreed, not roaming on 2026-01-01 in KG abroad";
    let ask = |text: &str| parse_request(SourceId(0), &Source::new("request", Origin::Project, text.as_bytes()));
    let (sentence, found) = ask(request);
    assert!(found.is_empty());
    assert_eq!(sentence.unwrap().qualifiers.len(), 7);
    for (text, code) in [
        ("", codes::MISSING_WORD),
        ("data x \"X\"", codes::MISSING_WORD),
        ("shre identity with banks", codes::UNKNOWN_VERB),
        ("use a for b\nuse c for d", codes::MISSING_WORD),
        ("use a for b given", codes::MISSING_VALUE),
        ("use a for b on 2022-02-30", codes::BAD_DATE),
    ] {
        let found: Vec<String> = ask(text).1.into_iter().map(|one| one.code).collect();
        assert_eq!(found, [code], "{text}");
    }
}
