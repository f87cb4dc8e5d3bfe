//! Markdown: CommonMark with tables; every sign that could mean markup is escaped.

use super::{answered, cited, numbered, see, with_sign};
use crate::notice::document::{Block, CellLine, Document, Field, Item, Table};
use crate::notice::options::ListMarks;

/// The document as Markdown.
#[must_use]
pub fn markdown(document: &Document) -> String {
    let mut out = format!("# {}\n\n", escape(&document.title));
    for line in &document.subtitle {
        out.push_str(&format!("{}\n\n", escape(line)));
    }
    if let Some(summary) = &document.summary {
        out.push_str(&format!("## {}\n\n", escape(&summary.heading)));
        for line in &summary.lines {
            let see = see(line);
            let (answer, end) = answered(line);
            let answer = escape(&format!("{answer}{see}{end}"));
            out.push_str(&format!("- **{}:** {answer}\n", escape(&line.question)));
        }
        out.push('\n');
    }
    for chapter in &document.chapters {
        let heading = escape(&chapter.heading);
        match chapter.number.as_str() {
            "" => out.push_str(&format!("## {heading}\n\n")),
            number => out.push_str(&format!("## {number}\\. {heading}\n\n")),
        }
        for block in &chapter.blocks {
            match block {
                Block::Heading(heading) => out.push_str(&format!("### {}\n\n", escape(heading))),
                Block::Paragraph(paragraph) => {
                    lead(&paragraph.number, &paragraph.text, paragraph.cites.as_deref(), &mut out);
                    items(&paragraph.items, 0, true, document.lists, &mut out);
                    if !paragraph.items.is_empty() {
                        out.push('\n');
                    }
                }
                Block::Table(found) => table(found, &mut out),
                Block::Form(fields) => form(fields, &mut out),
            }
        }
    }
    if let Some(overview) = &document.overview {
        out.push_str(&format!(
            "## {}\n\n{}.\n\n",
            escape(&overview.heading),
            escape(&overview.caption)
        ));
        let rows = overview
            .rows
            .iter()
            .map(|row| row.iter().map(|cell| joined(cell)).collect());
        grid(&overview.head, rows, &mut out);
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// The text of a paragraph: its number before it, or behind it what it cites.
fn lead(number: &str, text: &str, cites: Option<&str>, out: &mut String) {
    let number = numbered(number, cites).map_or_else(String::new, |number| format!("**{number}** "));
    out.push_str(&format!("{number}{}\n\n", escape(&cited(text, cites))));
}

fn form(fields: &[Field], out: &mut String) {
    for field in fields {
        match field {
            Field::Blank(label) => out.push_str(&format!("- {}: {}\n", escape(label), "…".repeat(20))),
            Field::Tick(text) => out.push_str(&format!("- ☐ {}\n", escape(text))),
        }
    }
    out.push('\n');
}

fn items(all: &[Item], depth: usize, last_list: bool, marks: ListMarks, out: &mut String) {
    // What lies below an item stands under its first letter.
    let indent = match marks {
        ListMarks::Dash => "  ".repeat(depth),
        ListMarks::Number => "   ".repeat(depth.min(1)) + &"  ".repeat(depth.saturating_sub(1)),
    };
    for (at, item) in all.iter().enumerate() {
        let last = last_list && at + 1 == all.len();
        let text = with_sign(&item.text, last, !item.items.is_empty());
        let mark = marks.mark(at, depth).replace('–', "-");
        out.push_str(&format!("{indent}{mark} {}\n", escape(&text)));
        items(&item.items, depth + 1, last, marks, out);
    }
}

fn table(table: &Table, out: &mut String) {
    lead(&table.number, &table.caption, table.cites.as_deref(), out);
    grid(&table.head, table.rows.iter().map(|row| row.cells.clone()), out);
}

fn grid(head: &[String], rows: impl Iterator<Item = Vec<String>>, out: &mut String) {
    let line = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| escape(cell)).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    out.push_str(&line(head));
    out.push_str(&format!("|{}\n", " --- |".repeat(head.len())));
    for row in rows {
        out.push_str(&line(&row));
    }
    out.push('\n');
}

/// The lines of a cell in one.
fn joined(cell: &[CellLine]) -> String {
    cell.iter().map(CellLine::text).collect::<Vec<_>>().join("; ")
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
