//! `kupuya verify`: a page is the bundle's, or it is said where it is not.

use kupuya::notice::{page, render};
use kupuya::verify::{Difference, verify};
use kupuya_runtime::Bundle;
use proptest::prelude::*;

use crate::notice::{EVERYTHING, document, one};

/// The page of a policy, and its bundle.
fn made() -> (String, Bundle) {
    let files = one(EVERYTHING);
    let document = document(&files);
    let (model, meaning) = crate::notice::meant(&files);
    let content = kupuya::bundle::from_meaning(&model, &meaning, Some(&document));
    (render::html(&document), Bundle::from_content(&content).unwrap())
}

fn differences(html: &str, bundle: &Bundle) -> Vec<Difference> {
    verify(html, bundle).unwrap().differences
}

#[test]
fn a_page_and_its_bundle_are_the_same() {
    let (html, bundle) = made();
    assert_eq!(differences(&html, &bundle), []);
    assert!(page::read(&html).pieces.len() > 20);
    // Style and markup are not what is read.
    let styled = html
        .replace("<p", "<p  data-mine='x' tabindex=0 ")
        .replace("<body>", "<body><div id='root' class='page'>")
        .replace("</body>", "</div></body>")
        .replace("<main", "<article xmlns='x'><main")
        .replace(
            "<title>",
            "<meta http-equiv='X-UA-Compatible' content='IE=edge'><title>",
        )
        .replace("</style>", "p { color: red }</style>");
    assert_eq!(differences(&styled, &bundle), []);
    assert!(!verify(&html, &bundle).unwrap().restyled);
    assert!(verify(&styled, &bundle).unwrap().restyled);
    // A mark at the beginning says the encoding as well.
    let marked = format!("\u{feff}{}", html.replace("<meta charset=\"utf-8\">", ""));
    assert_eq!(differences(&marked, &bundle), []);
}

/// What stands in the page, what it becomes, and what is said of it.
const TAMPERED: &[(&str, &str, &str)] = &[
    ("<p", "<p hidden", "<p hidden>"),
    ("<p", "<p dir=\"rtl\"", "<p dir>"),
    ("<p", "<p title=\"Баары сатылат\"", "<p title>"),
    ("<p", "<p aria-label=\"Баары сатылат\"", "<p aria-label>"),
    ("<p", "<p class=\"Skip\"", "Changed"),
    ("<p>", "<p><span class=\"number\"><span class=\"number\">", "Changed"),
    ("<p>", "<p>20<sup>", "Changed"),
    ("<!doctype html>", "", "<!doctype>"),
    ("<td", "<td rowspan=\"2\"", "<td rowspan>"),
    ("<td", "<td></td><td", "Changed"),
    ("<tbody", "<thead", "Changed"),
    ("<ul", "<ol", "Changed"),
    ("<li", "<li></li><li", "Changed"),
    ("<p>", "<p role=\"img\">", "Changed"),
    ("<p>", "<p aria-labelledby=\"title\">", "Changed"),
    ("<p>", "<p style=\"display: none\">", "<p style>"),
    (
        "kupuya-meaning\" content=\"",
        "kupuya-meaning\" content=\"0\"><meta name=\"kupuya-meaning\" content=\"",
        "Meaning",
    ),
    ("\"@context\"", "\"@context\":{},\"@context\"", "linked-data"),
    ("<li", "<li value=\"7\"", "<li value>"),
    ("</main>", "<img src=\"all.png\" alt=\"\"></main>", "<img>"),
    (
        "</main>",
        "<iframe srcdoc=\"<p>Баары сатылат\"></iframe></main>",
        "<iframe>",
    ),
    ("</main>", "<object data=\"all.pdf\"></object></main>", "<object>"),
    ("</main>", "<embed src=\"all.pdf\"></main>", "<embed>"),
    ("</main>", "<svg><text>Баары сатылат</text></svg></main>", "<svg>"),
    ("</main>", "<input value=\"Баары сатылат\"></main>", "<input>"),
    (
        "</main>",
        "<div><template shadowrootmode=\"open\"><p>Баары сатылат</p></template></div></main>",
        "<template>",
    ),
    ("<main", "<details><main", "<details>"),
    ("<p>", "<p><s>", "<s>"),
    ("<p>", "<p><del>", "<del>"),
    ("<p>", "<p><bdo dir=\"rtl\">", "<bdo>"),
    (
        "<meta name=\"viewport\"",
        "<meta http-equiv=\"refresh\" content=\"0; url=https://other.example\"><meta name=\"viewport\"",
        "<meta http-equiv=\"refresh\">",
    ),
    (
        "<meta charset=\"utf-8\">",
        "<meta charset=\"windows-1251\">",
        "windows-1251",
    ),
    ("<meta charset=\"utf-8\">", "", "Encoding"),
    ("<body", "<body onload=\"change()\"", "Script"),
    ("<a href=\"#", "<a href=\" JavaScript:change('#", "Script"),
    ("<title>", "<title>Баары сатылат. ", "title-of-window"),
    ("kupuya-text\" content=\"", "kupuya-text\" content=\"0", "kupuya-text"),
    (
        "\"@context\"",
        "\"dpv:hasRecipient\":\"all\",\"@context\"",
        "linked-data",
    ),
];

#[test]
fn what_shows_or_hides_words_is_named() {
    let (html, bundle) = made();
    for (from, to, said) in TAMPERED {
        let changed = html.replacen(from, to, 1);
        assert_ne!(changed, html, "{from}");
        let found = format!("{:?}", differences(&changed, &bundle)).replace("\\\"", "\"");
        assert!(found.contains(said), "{to}: {found}");
    }
}

#[test]
fn a_changed_clause_is_named() {
    let (html, bundle) = made();
    let content = bundle.content().unwrap();
    let unit = content.grants.iter().find_map(|grant| grant.head.unit.clone()).unwrap();
    let at = html.find(&format!("id=\"{}\"", unit.id)).unwrap();
    let text_at = at + html[at..].find('>').unwrap() + 1;
    let changed = format!("{}x{}", &html[..text_at], &html[text_at..]);
    let found = differences(&changed, &bundle);
    assert!(
        matches!(&found[..], [Difference::Changed { id, bundle: Some(cited), .. }] if *id == unit.id && *cited == unit.sentence),
        "{found:?}"
    );
    let scripted = html.replace("</body>", "<script>alert(1)</script></body>");
    assert_eq!(differences(&scripted, &bundle), [Difference::Script]);
    let added = html.replace("</main>", "<p>x</p></main>");
    assert!(matches!(&differences(&added, &bundle)[..], [Difference::Added { page, .. }] if page == "x"));
    let other = html.replace(bundle.meaning(), &"0".repeat(64));
    assert!(matches!(
        &differences(&other, &bundle)[..],
        [Difference::Meaning { .. }, Difference::Changed { id, .. }] if id == "linked-data"
    ));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// A letter of the text changed, taken out or put in: found, wherever it stands.
    #[test]
    fn mutated_pages_are_caught(at in any::<prop::sample::Index>(), how in 0..3_u8) {
        use std::sync::OnceLock;
        static MADE: OnceLock<(String, Bundle)> = OnceLock::new();
        let (html, bundle) = MADE.get_or_init(made);
        let body = html.find("<body>").unwrap();
        // Letters of text: not of tags, and not of references.
        let mut inside = false;
        let letters: Vec<(usize, char)> = html
            .char_indices()
            .filter(|(at, letter)| {
                match letter {
                    '<' | '&' => inside = true,
                    '>' | ';' => { let was = inside; inside = false; if was { return false; } }
                    _ => {}
                }
                *at > body && !inside && !letter.is_whitespace()
            })
            .collect();
        let (at, letter) = letters[at.index(letters.len())];
        let after = &html[at + letter.len_utf8()..];
        let put = match how {
            0 => "Ж".to_owned(),
            1 => String::new(),
            _ => format!("{letter}{letter}"),
        };
        prop_assume!(put != letter.to_string());
        let changed = format!("{}{put}{after}", &html[..at]);
        prop_assert!(!differences(&changed, bundle).is_empty(), "{letter} at {at}");
    }
}
