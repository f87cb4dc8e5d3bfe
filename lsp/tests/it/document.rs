//! The text that the server keeps is the text that the client shows, whatever the units of columns.

use kupuya_lsp::document::Document;
use kupuya_lsp::drift::Drift;
use kupuya_lsp::positions::{Encoding, Lines};
use kupuya_lsp::proto::{Range, TextDocumentContentChangeEvent};
use proptest::prelude::*;

const ENCODINGS: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop::sample::select(vec!["a", "ң", "ү ", "🙂", "\n", "\r\n", "\r", "{", "e\u{301}"]),
        0..40,
    )
    .prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn positions_lead_back(text in text(), at in 0usize..80) {
        let at = at.min(text.len());
        prop_assume!(text.is_char_boundary(at));
        // Between the two halves of one line's end there is no position.
        prop_assume!(!(text[..at].ends_with('\r') && text[at..].starts_with('\n')));
        let lines = Lines::of(&text);
        for encoding in ENCODINGS {
            let position = lines.position(&text, at, encoding);
            prop_assert_eq!(lines.offset(&text, position, encoding), at);
        }
    }

    #[test]
    fn edits_arrive(before in text(), new in text(), a in 0usize..80, b in 0usize..80) {
        let (mut a, mut b) = (a.min(b).min(before.len()), a.max(b).min(before.len()));
        while !before.is_char_boundary(a) { a -= 1; }
        while !before.is_char_boundary(b) { b -= 1; }
        prop_assume!(![a, b].iter().any(|at| before[..*at].ends_with('\r') && before[*at..].starts_with('\n')));
        let wanted = format!("{}{new}{}", &before[..a], &before[b..]);
        let lines = Lines::of(&before);
        for encoding in ENCODINGS {
            let mut document = Document::new("file:///a.kup".parse().unwrap(), 1, &before);
            let range = Range {
                start: lines.position(&before, a, encoding),
                end: lines.position(&before, b, encoding),
            };
            let change = TextDocumentContentChangeEvent { range: Some(range), range_length: None, text: new.clone() };
            document.change(2, vec![change], encoding);
            prop_assert_eq!(&*document.text, &wanted);
            prop_assert_eq!(&*document.lines, &Lines::of(&wanted));
        }
    }

    #[test]
    fn what_did_not_change_keeps_its_place(before in text(), new in text(), at in 0usize..80) {
        let drift = Drift::between(&before, &new);
        let at = at.min(new.len());
        prop_assume!(new.is_char_boundary(at));
        if let Some(back) = drift.back(at) {
            prop_assert!(before.is_char_boundary(back));
            // As far from the beginning or from the end as before, with the same text on that side.
            let head = back == at && before[..back] == new[..at];
            let tail = before[back..] == new[at..];
            prop_assert!(head || tail);
        }
        prop_assert_eq!(drift.none(), before == new);
    }
}
