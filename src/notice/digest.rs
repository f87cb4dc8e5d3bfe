//! The digest of the text (M15: T_lang): what is visible, block by block in order, and nothing that a style may change.

use super::document::{Block, CellLine, Document, Field, Item};

/// A visible block of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visible {
    /// Its id: that of its unit if it has one, else its anchor; unique in the document.
    pub id: String,
    /// The number of its paragraph or chapter; empty for what has none.
    pub number: String,
    /// Its words, cells apart by tabs.
    pub text: String,
}

/// The digest of a document's text, with one for each block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextDigest {
    /// Over all blocks in order.
    pub whole: [u8; 32],
    /// Each block's id with the digest of its number and words.
    pub blocks: Vec<(String, [u8; 32])>,
}

/// The digest of a document's text: equal texts with equal ids and numbers have equal digests, whatever the format.
#[must_use]
pub fn digest(document: &Document) -> TextDigest {
    let mut whole = blake3::Hasher::new_derive_key("kupuya notice text 1");
    put(&mut whole, document.language);
    let mut blocks = Vec::new();
    for block in visible(document) {
        let mut hasher = blake3::Hasher::new_derive_key("kupuya notice block 1");
        for part in [&block.id, &block.number, &block.text] {
            put(&mut hasher, part);
        }
        let digest = *hasher.finalize().as_bytes();
        whole.update(&digest);
        blocks.push((block.id, digest));
    }
    TextDigest {
        whole: *whole.finalize().as_bytes(),
        blocks,
    }
}

/// The length goes before the bytes, so that no two lists of texts look alike.
fn put(hasher: &mut blake3::Hasher, text: &str) {
    hasher.update(&(text.len() as u64).to_le_bytes());
    hasher.update(text.as_bytes());
}

/// The visible blocks in order.
#[must_use]
pub fn visible(document: &Document) -> Vec<Visible> {
    let mut found = Found::default();
    found.add("title", "", &document.title);
    for line in &document.subtitle {
        found.add("subtitle", "", line);
    }
    if let Some(summary) = &document.summary {
        found.add("summary", "", &summary.heading);
        for line in &summary.lines {
            let see = line.see.as_ref().map_or("", |link| link.text.as_str());
            found.add("summary.line", "", &[&line.question, &line.answer, see].join("\t"));
        }
    }
    for chapter in &document.chapters {
        found.add(&chapter.anchor, &chapter.number, &chapter.heading);
        for block in &chapter.blocks {
            match block {
                Block::Heading(text) => found.add(&format!("{}.heading", chapter.anchor), "", text),
                Block::Paragraph(paragraph) => {
                    let id = paragraph.units.first().map_or(&paragraph.anchor, |unit| &unit.id);
                    let cited = super::render::cited(&paragraph.text, paragraph.cites.as_deref());
                    found.add(id, &paragraph.number, &cited);
                    found.items(&paragraph.items, &paragraph.anchor, &paragraph.number);
                }
                Block::Table(table) => {
                    let cited = super::render::cited(&table.caption, table.cites.as_deref());
                    found.add(&table.anchor, &table.number, &cited);
                    found.add(&format!("{}.head", table.anchor), &table.number, &table.head.join("\t"));
                    for row in &table.rows {
                        let id = row.units.first().map_or(&table.anchor, |unit| &unit.id);
                        found.add(id, &table.number, &row.cells.join("\t"));
                    }
                }
                Block::Form(fields) => {
                    for field in fields {
                        let (Field::Blank(text) | Field::Tick(text)) = field;
                        found.add(&format!("{}.form", chapter.anchor), "", text);
                    }
                }
            }
        }
    }
    if let Some(overview) = &document.overview {
        found.add("overview", "", &overview.heading);
        found.add(
            "overview.head",
            "",
            &format!("{}\t{}", overview.caption, overview.head.join("\t")),
        );
        for row in &overview.rows {
            let cell = |cell: &Vec<CellLine>| cell.iter().map(CellLine::text).collect::<Vec<_>>().join("\n");
            found.add("overview.row", "", &row.iter().map(cell).collect::<Vec<_>>().join("\t"));
        }
    }
    found.blocks
}

#[derive(Default)]
struct Found {
    blocks: Vec<Visible>,
    used: std::collections::BTreeMap<String, usize>,
}

impl Found {
    fn add(&mut self, id: &str, number: &str, text: &str) {
        let count = self.used.entry(id.to_owned()).or_default();
        *count += 1;
        let id = if *count == 1 {
            id.to_owned()
        } else {
            format!("{id}~{count}")
        };
        self.blocks.push(Visible {
            id,
            number: number.to_owned(),
            text: text.to_owned(),
        });
    }

    fn items(&mut self, items: &[Item], anchor: &str, number: &str) {
        for item in items {
            let id = item.units.first().map_or(anchor, |unit| unit.id.as_str());
            self.add(id, number, &item.text);
            self.items(&item.items, anchor, number);
        }
    }
}
