//! Plain text: numbers, dashes, no wrapping. The overview, which is a view of what is said, needs a table and is left out.

use super::{answered, cited, numbered, see, with_sign};
use crate::notice::document::{Block, Document, Field, Item, Table};
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
            let see = see(line);
            let (answer, end) = answered(line);
            out.push_str(&format!("{}: {answer}{see}{end}\n", line.question));
        }
        out.push('\n');
    }
    for chapter in &document.chapters {
        let number = numbered(&chapter.number, None).map_or_else(String::new, |number| format!("{number} "));
        out.push_str(&format!("{number}{}\n\n", chapter.heading));
        for block in &chapter.blocks {
            match block {
                Block::Heading(heading) => out.push_str(&format!("{heading}\n\n")),
                Block::Paragraph(paragraph) => {
                    lead(&paragraph.number, &paragraph.text, paragraph.cites.as_deref(), &mut out);
                    items(&paragraph.items, 0, true, document.lists, &mut out);
                    out.push('\n');
                }
                Block::Table(table) => rows(table, &mut out),
                Block::Form(fields) => form(fields, &mut out),
            }
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// The text of a paragraph: its number before it, or behind it what it cites.
fn lead(number: &str, text: &str, cites: Option<&str>, out: &mut String) {
    let number = numbered(number, cites).map_or_else(String::new, |number| format!("{number} "));
    out.push_str(&format!("{number}{}\n", cited(text, cites)));
}

fn form(fields: &[Field], out: &mut String) {
    for field in fields {
        match field {
            Field::Blank(label) => out.push_str(&format!("{label}: {}\n", "_".repeat(30))),
            Field::Tick(text) => out.push_str(&format!("[ ] {text}\n")),
        }
    }
    out.push('\n');
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
    lead(&table.number, &table.caption, table.cites.as_deref(), out);
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
