//! Formatting while one writes: whatever part is asked for, nothing is lost, and nothing outside of it is touched.

use kupuya::format::{
    self,
    tokens::{Token, tokens},
};
use kupuya::source::{Origin, Source, SourceId};
use kupuya_lsp::document::Document;
use kupuya_lsp::features::format::{part, typed, whole};
use kupuya_lsp::positions::Encoding;
use kupuya_lsp::proto::{Range, TextEdit, Uri};

use crate::wild::Dice;

const PROJECT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

fn document(text: &str) -> Document {
    let uri: Uri = "file:///shop.kup".parse().unwrap();
    Document::new(uri, 1, text)
}

/// A text after edits, which must be in order and apart.
fn made(document: &Document, edits: &[TextEdit]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for edit in edits {
        let offset = |place| document.lines.offset(&document.text, place, Encoding::Utf16);
        let (start, end) = (offset(edit.range.start), offset(edit.range.end));
        assert!(at <= start && start <= end, "{edits:?}");
        out.push_str(&document.text[at..start]);
        out.push_str(&edit.new_text);
        at = end;
    }
    out + &document.text[at..]
}

fn style(text: &str) -> String {
    let source = Source::new("shop.kup", Origin::Project, text.as_bytes());
    let mark = if source.byte_order_mark { "\u{feff}" } else { "" };
    format!("{mark}{}", format::source(SourceId(0), &source).text)
}

/// A text with other blanks and line ends between its words: mostly such as a person leaves, now and then anywhere.
fn messed(text: &str, dice: &mut Dice) -> String {
    let mut out = String::new();
    let mut before = None;
    for token in tokens(text, 0..text.len()) {
        let comment_before = before.is_some_and(|one: Token<'_>| one.is_comment());
        let gap = &text[before.map_or(0, |one| one.end())..token.at];
        let blanks = " ".repeat(dice.below(7));
        match (token.breaks || comment_before, dice.below(40)) {
            (true, 0..12) => out.push_str(&format!("{}\n{}", " ".repeat(dice.below(3)), blanks)),
            (true, 12..15) => out.push_str(&format!("\n\n\n\t{blanks}")),
            (false, 0..5) if !gap.is_empty() => out.push_str(&format!(" {blanks}")),
            (false, 5) => out.push_str(&format!("\n{blanks}")),
            (true, 15) if !comment_before => out.push(' '),
            _ => out.push_str(gap),
        }
        out.push_str(token.text);
        before = Some(token);
    }
    out + ["", "\n", "\n\n  "][dice.below(3)]
}

fn sorted(text: &str) -> Vec<&str> {
    let mut all = tokens(text, 0..text.len())
        .iter()
        .map(|token| token.text)
        .collect::<Vec<_>>();
    all.sort_unstable();
    all
}

/// What a style of a part leads to is what the style of the whole leads to, with the same words and comments.
fn says_the_same(text: &str, new: &str) {
    assert_eq!(sorted(text), sorted(new), "{text}\n=====\n{new}");
    assert_eq!(style(text), style(new), "{text}\n=====\n{new}");
}

#[test]
fn no_part_loses_anything() {
    let mut dice = Dice(77);
    let (mut asked, mut changed) = (0, 0);
    for example in ["examples/modern", "laws"] {
        let folder = std::path::Path::new(PROJECT).join(example);
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|ending| ending != "kup") {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            // Some of it, so that there is time for many.
            let end = text.char_indices().map(|(at, _)| at).take(1500).last().unwrap_or(0);
            let end = text[..end].rfind("\n}\n").map_or(end, |brace| brace + 3);
            let text = match dice.below(4) {
                0 => messed(&text[..end], &mut dice).replace('\n', "\r\n"),
                1 => format!("\u{feff}{}", messed(&text[..end], &mut dice)),
                _ => messed(&text[..end], &mut dice),
            };
            let document = document(&text);
            let new = made(&document, &whole(&document, Encoding::Utf16));
            assert_eq!(new, style(&text), "{}", path.display());
            let all = document.lines.range(&text, 0..text.len(), Encoding::Utf16);
            assert_eq!(part(&document, Encoding::Utf16, all), whole(&document, Encoding::Utf16));
            let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            for _ in 0..5 {
                let start = bounds[dice.below(bounds.len())];
                let end = (start + dice.below(900)).min(text.len());
                let end = *bounds.iter().rev().find(|bound| **bound <= end).unwrap();
                let range = document.lines.range(&text, start..end, Encoding::Utf16);
                // What lies between the two letters of one line end is its beginning.
                let start = document.lines.offset(&text, range.start, Encoding::Utf16);
                let end = document.lines.offset(&text, range.end, Encoding::Utf16);
                let new = made(&document, &part(&document, Encoding::Utf16, range));
                says_the_same(&text, &new);
                assert!(
                    new.starts_with(&text[..start]) && new.ends_with(&text[end..]),
                    "{range:?} {new}"
                );
                asked += 1;
                changed += usize::from(new != text);
                let places: Vec<usize> = text.match_indices(['\n', '}']).map(|(at, _)| at).collect();
                let at = places[dice.below(places.len())];
                let letter = &text[at..=at];
                let place = document.lines.position(&text, at + 1, Encoding::Utf16);
                let new = made(&document, &typed(&document, Encoding::Utf16, place, letter));
                says_the_same(&text, &new);
                assert!(new.ends_with(&text[at + 1..]), "{letter:?} {place:?}\n{new}");
            }
        }
    }
    assert!(changed * 2 > asked, "{changed} of {asked}");
}

#[test]
fn a_part_that_leans_on_another_loses_nothing() {
    let text = "data a \"а\" {\nx \"х\"\n}\n    data b \"б\" {\n        y \"ы\"\n    }\n";
    let document = document(text);
    let line = |line| {
        Range::new(
            kupuya_lsp::proto::Position::new(line, 0),
            kupuya_lsp::proto::Position::new(line + 1, 0),
        )
    };
    let of = |at| made(&document, &part(&document, Encoding::Utf16, line(at)));
    assert_eq!(of(3), text.replace("    data b", "data b"));
    assert_eq!(of(1), text.replace("\nx", "\n    x"));
    assert_eq!(of(4), text.replace("        y", "    y"));
    assert_eq!(of(0), text);
}
