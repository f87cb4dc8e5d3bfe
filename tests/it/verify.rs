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

#[test]
fn a_page_and_its_bundle_are_the_same() {
    let (html, bundle) = made();
    assert_eq!(verify(&html, &bundle).unwrap(), []);
    assert!(page::read(&html).pieces.len() > 20);
    // Style and markup are not what is read.
    let styled = html
        .replace("<p", "<p  class='x' ")
        .replace("</style>", "p { color: red }</style>");
    assert_eq!(verify(&styled, &bundle).unwrap(), []);
}

#[test]
fn a_changed_clause_is_named() {
    let (html, bundle) = made();
    let content = bundle.content().unwrap();
    let unit = content.grants.iter().find_map(|grant| grant.head.unit.clone()).unwrap();
    let at = html.find(&format!("id=\"{}\"", unit.id)).unwrap();
    let text_at = at + html[at..].find('>').unwrap() + 1;
    let changed = format!("{}x{}", &html[..text_at], &html[text_at..]);
    let found = verify(&changed, &bundle).unwrap();
    assert!(
        matches!(&found[..], [Difference::Changed { id, bundle: Some(cited), .. }] if *id == unit.id && *cited == unit.sentence),
        "{found:?}"
    );
    let scripted = html.replace("</body>", "<script>alert(1)</script></body>");
    assert_eq!(verify(&scripted, &bundle).unwrap(), [Difference::Script]);
    let added = html.replace("</main>", "<p>x</p></main>");
    assert!(matches!(&verify(&added, &bundle).unwrap()[..], [Difference::Added { page, .. }] if page == "x"));
    let other = html.replace(bundle.meaning(), &"0".repeat(64));
    assert!(matches!(
        &verify(&other, &bundle).unwrap()[..],
        [Difference::Meaning { .. }]
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
        prop_assert!(!verify(&changed, bundle).unwrap().is_empty(), "{letter} at {at}");
    }
}
