//! The digest of the text: it changes with what is visible, names the block, and with nothing else.

use std::collections::BTreeSet;

use kupuya::notice::digest;
use kupuya::notice::document::{Block, Document};

use super::{EVERYTHING, POLITE, document, megapay, one};

/// The ids of the blocks that differ.
fn changed(before: &Document, after: &Document) -> Vec<String> {
    let (before, after) = (digest(before), digest(after));
    assert_eq!(before.whole == after.whole, before.blocks == after.blocks);
    let old: BTreeSet<_> = before.blocks.into_iter().collect();
    let new = after.blocks.into_iter().filter(|block| !old.contains(block));
    new.map(|(id, _)| id).collect()
}

#[test]
fn ids_are_unique() {
    for files in [one(EVERYTHING), one(POLITE), megapay()] {
        let digest = digest(&document(&files));
        let ids: BTreeSet<_> = digest.blocks.iter().map(|(id, _)| id).collect();
        assert_eq!(ids.len(), digest.blocks.len());
    }
}

#[test]
fn a_change_is_found_in_its_block() {
    let before = document(&one(POLITE));
    assert_eq!(changed(&before, &before), Vec::<String>::new());
    let mut title = before.clone();
    title.title.push('!');
    assert_eq!(changed(&before, &title), ["title"]);
    for at in 0..before.chapters.len() {
        let mut after = before.clone();
        after.chapters[at].heading.push('!');
        assert_eq!(changed(&before, &after), [after.chapters[at].anchor.clone()]);
        let mut after = before.clone();
        let Some(Block::Paragraph(paragraph)) = after.chapters[at].blocks.first_mut() else {
            continue;
        };
        paragraph.number.push('0');
        let unit = paragraph.units.first().map(|unit| unit.id.clone());
        let id = unit.unwrap_or_else(|| paragraph.anchor.clone());
        // Its items are part of the paragraph and bear its number.
        let items = paragraph.items.len();
        let found = changed(&before, &after);
        assert!(found.contains(&id) && found.len() > items, "{found:?}");
    }
}

/// The text as it was read: a change here changes every digest that was ever published.
#[test]
fn the_encoding_stays() {
    let text = "policy p \"Саясат\" {\n}\n";
    let whole = digest(&document(&one(text))).whole;
    let hex: String = whole.iter().map(|byte| format!("{byte:02x}")).collect();
    insta::assert_snapshot!(hex);
}
