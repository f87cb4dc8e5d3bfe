//! Plain text: numbers, dashes, no wrapping. The overview, which is a view of what is said, needs a table and is left out.

use super::{answered, with_sign};
use crate::notice::document::{Block, Document, Item, Table};
use crate::notice::options::ListMarks;

/// The document as plain text.
#[must_use]
pub fn text(document: &Document) -> String {
    let mut out = format!("{}\n\n", document.title);
    for line in &document.subtitle {
        out.push_str(&format!("{line}\n"));
    }
    if !document.subtitle.is_empty() {
        out.push('\n');
    }
    if let Some(summary) = &document.summary {
        out.push_str(&format!("{}\n\n", summary.heading));
        for line in &summary.lines {
            let see = line
                .see
                .as_ref()
                .map_or_else(String::new, |link| format!(" ({})", link.text));
            let (answer, end) = answered(line);
            out.push_str(&format!("{}: {answer}{see}{end}\n", line.question));
        }
        out.push('\n');
    }
    for chapter in &document.chapters {
        out.push_str(&format!("{}. {}\n\n", chapter.number, chapter.heading));
        for block in &chapter.blocks {
            match block {
                Block::Heading(heading) => out.push_str(&format!("{heading}\n\n")),
                Block::Paragraph(paragraph) => {
                    out.push_str(&format!("{}. {}\n", paragraph.number, paragraph.text));
                    items(&paragraph.items, 0, true, document.lists, &mut out);
                    out.push('\n');
                }
                Block::Table(table) => rows(table, &mut out),
            }
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn items(all: &[Item], depth: usize, last_list: bool, marks: ListMarks, out: &mut String) {
    for (at, item) in all.iter().enumerate() {
        let last = last_list && at + 1 == all.len();
        out.push_str(&format!(
            "{}{} {}\n",
            "  ".repeat(depth),
            marks.mark(at, depth),
            with_sign(&item.text, last, !item.items.is_empty())
        ));
        items(&item.items, depth + 1, last, marks, out);
    }
}

/// A table as lines: each cell behind the head of its column.
fn rows(table: &Table, out: &mut String) {
    out.push_str(&format!("{}. {}\n", table.number, table.caption));
    for (at, row) in table.rows.iter().enumerate() {
        let mut cells = row
            .cells
            .iter()
            .zip(&table.head)
            .skip(1)
            .map(|(cell, head)| format!("{}: {cell}", lower(head)));
        let first = row.cells.first().map_or("", String::as_str);
        let rest = cells.by_ref().collect::<Vec<_>>().join("; ");
        let sign = if at + 1 == table.rows.len() { "." } else { ";" };
        out.push_str(&format!("  – {first} – {rest}{sign}\n"));
    }
    out.push('\n');
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
