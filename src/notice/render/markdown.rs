//! Markdown: CommonMark with tables; every sign that could mean markup is escaped.

use super::with_sign;
use crate::notice::document::{Block, Document, Item, Table};

/// The document as Markdown.
#[must_use]
pub fn markdown(document: &Document) -> String {
    let mut out = format!("# {}\n\n", escape(&document.title));
    for line in &document.subtitle {
        out.push_str(&format!("{}\n\n", escape(line)));
    }
    for chapter in &document.chapters {
        out.push_str(&format!("## {}\\. {}\n\n", chapter.number, escape(&chapter.heading)));
        for block in &chapter.blocks {
            match block {
                Block::Heading(heading) => out.push_str(&format!("### {}\n\n", escape(heading))),
                Block::Paragraph(paragraph) => {
                    out.push_str(&format!("**{}.** {}\n\n", paragraph.number, escape(&paragraph.text)));
                    items(&paragraph.items, 0, true, &mut out);
                    if !paragraph.items.is_empty() {
                        out.push('\n');
                    }
                }
                Block::Table(found) => table(found, &mut out),
            }
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn items(all: &[Item], depth: usize, last_list: bool, out: &mut String) {
    for (at, item) in all.iter().enumerate() {
        let last = last_list && at + 1 == all.len();
        let text = with_sign(&item.text, last, !item.items.is_empty());
        out.push_str(&format!("{}- {}\n", "  ".repeat(depth), escape(&text)));
        items(&item.items, depth + 1, last, out);
    }
}

fn table(table: &Table, out: &mut String) {
    out.push_str(&format!("**{}.** {}\n\n", table.number, escape(&table.caption)));
    let line = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| escape(cell)).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    out.push_str(&line(&table.head));
    out.push_str(&format!("|{}\n", " --- |".repeat(table.head.len())));
    for row in &table.rows {
        out.push_str(&line(&row.cells));
    }
    out.push('\n');
}

/// Text that Markdown reads as itself, wherever it stands in a line.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut start = true;
    let flat = text.replace(['\n', '\r', '\t'], " ");
    for (at, letter) in flat.char_indices() {
        let opens_block = start && matches!(letter, '#' | '+' | '-' | '=' | '>' | '~');
        // «1.» and «1)» at the start of a line would begin a list.
        let ordinal = matches!(letter, '.' | ')') && at > 0 && flat[..at].bytes().all(|byte| byte.is_ascii_digit());
        let markup = matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '&' | '~');
        if opens_block || ordinal || markup {
            out.push('\\');
        }
        out.push(letter);
        start &= letter == ' ';
    }
    out
}
