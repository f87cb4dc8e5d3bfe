//! HTML: one self-contained page without scripts, with a table of contents, an anchor for each clause, and a style for
//! screens, telephones and paper.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::with_sign;
use crate::notice::document::{Block, Document, Item, Paragraph, Stated, Table, Unit};

const STYLE: &str = include_str!("page.css");

/// The document as an HTML page.
#[must_use]
pub fn html(document: &Document) -> String {
    let mut page = Page {
        out: String::new(),
        used: BTreeSet::new(),
    };
    page.document(document);
    page.out
}

struct Page {
    out: String,
    used: BTreeSet<String>,
}

impl Page {
    fn put(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn line(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.out, "{text}");
    }

    fn document(&mut self, document: &Document) {
        let title = escape(&document.title);
        self.line(format_args!(
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">",
            escape(document.language)
        ));
        self.put("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        self.put("<meta name=\"color-scheme\" content=\"light dark\">\n");
        self.line(format_args!(
            "<meta name=\"kupuya-meaning\" content=\"{}\">",
            escape(&document.meaning_digest)
        ));
        if let Some(date) = document.begins {
            self.line(format_args!(
                "<meta name=\"kupuya-begins\" content=\"{:04}-{:02}-{:02}\">",
                date.year, date.month, date.day
            ));
        }
        self.line(format_args!(
            "<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>"
        ));
        self.put("<a class=\"skip\" href=\"#main\">Мазмунга өтүү</a>\n");
        self.line(format_args!("<header>\n<h1>{title}</h1>"));
        for line in &document.subtitle {
            self.line(format_args!("<p class=\"subtitle\">{}</p>", escape(line)));
        }
        self.put("</header>\n");
        // Ids that the page itself needs.
        self.used.extend(["main", "contents"].map(str::to_owned));
        let anchors: Vec<String> = document
            .chapters
            .iter()
            .map(|chapter| self.unique(&chapter.anchor))
            .collect();
        self.put("<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">Мазмуну</h2>\n<ol>\n");
        for (chapter, anchor) in document.chapters.iter().zip(&anchors) {
            self.line(format_args!(
                "<li><a href=\"#{}\">{}</a></li>",
                escape(anchor),
                escape(&chapter.heading)
            ));
        }
        self.put("</ol>\n</nav>\n<main id=\"main\">\n");
        for (chapter, anchor) in document.chapters.iter().zip(&anchors) {
            self.line(format_args!(
                "<section>\n<h2 id=\"{}\">{}. {}</h2>",
                escape(anchor),
                escape(&chapter.number),
                escape(&chapter.heading)
            ));
            for block in &chapter.blocks {
                match block {
                    Block::Heading(heading) => self.line(format_args!("<h3>{}</h3>", escape(heading))),
                    Block::Paragraph(paragraph) => self.paragraph(paragraph),
                    Block::Table(table) => self.table(table),
                }
            }
            self.put("</section>\n");
        }
        self.put("</main>\n</body>\n</html>\n");
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        let anchor = self.anchor(&paragraph.anchor);
        self.line(format_args!("<div class=\"clause\"{anchor}>"));
        let (units, anchors) = self.units(&paragraph.units);
        self.line(format_args!(
            "<p{units}>{anchors}<span class=\"number\">{}.</span> {}</p>",
            escape(&paragraph.number),
            escape(&paragraph.text)
        ));
        self.items(&paragraph.items, true);
        self.put("</div>\n");
    }

    fn items(&mut self, items: &[Item], last_list: bool) {
        if items.is_empty() {
            return;
        }
        self.put("<ul>\n");
        for (at, item) in items.iter().enumerate() {
            let last = last_list && at + 1 == items.len();
            let (units, anchors) = self.units(&item.units);
            let text = with_sign(&item.text, last, !item.items.is_empty());
            let end = if item.items.is_empty() { "</li>\n" } else { "\n" };
            let _ = write!(self.out, "<li{units}>{anchors}{}{end}", escape(&text));
            if !item.items.is_empty() {
                self.items(&item.items, last);
                self.put("</li>\n");
            }
        }
        self.put("</ul>\n");
    }

    fn table(&mut self, table: &Table) {
        let anchor = self.anchor(&table.anchor);
        self.line(format_args!("<div class=\"clause scroll\"{anchor}>\n<table>"));
        self.line(format_args!(
            "<caption><span class=\"number\">{}.</span> {}</caption>",
            escape(&table.number),
            escape(&table.caption)
        ));
        self.put("<thead><tr>");
        for cell in &table.head {
            let _ = write!(self.out, "<th scope=\"col\">{}</th>", escape(cell));
        }
        self.put("</tr></thead>\n<tbody>\n");
        for row in &table.rows {
            let (units, anchors) = self.units(&row.units);
            let _ = write!(self.out, "<tr{units}>");
            for (at, cell) in row.cells.iter().enumerate() {
                let _ = match at {
                    0 => write!(self.out, "<th scope=\"row\">{anchors}{}</th>", escape(cell)),
                    _ => write!(self.out, "<td>{}</td>", escape(cell)),
                };
            }
            self.put("</tr>\n");
        }
        self.put("</tbody>\n</table>\n</div>\n");
    }

    fn anchor(&mut self, anchor: &str) -> String {
        format!(" id=\"{}\"", escape(&self.unique(&format!("p.{anchor}"))))
    }

    /// The units of a piece as attributes, the first as its id; and anchors for the others, to stand inside it.
    fn units(&mut self, units: &[Unit]) -> (String, String) {
        let [first, rest @ ..] = units else {
            return (String::new(), String::new());
        };
        let words = |words: Vec<&str>| escape(&words.join(" "));
        let rule = |unit: &&Unit| matches!(unit.states, Stated::Sentence(_) | Stated::Closing);
        let ids = words(units.iter().map(|unit| unit.id.as_str()).collect());
        let rules = words(units.iter().filter(rule).map(|unit| unit.id.as_str()).collect());
        let mut older: Vec<&str> = units.iter().filter_map(|unit| unit.older_number.as_deref()).collect();
        older.dedup();
        let mut attributes = format!(" id=\"{}\" data-unit=\"{ids}\"", escape(&self.unique(&first.id)));
        for (name, value) in [("data-rule", rules), ("data-ref", words(older))] {
            if !value.is_empty() {
                let _ = write!(attributes, " {name}=\"{value}\"");
            }
        }
        let anchors = rest
            .iter()
            .map(|unit| format!("<span id=\"{}\"></span>", escape(&self.unique(&unit.id))));
        (attributes, anchors.collect())
    }

    /// The id, with a count if it is taken. Blanks have no place in one.
    fn unique(&mut self, id: &str) -> String {
        let id: String = id.chars().map(|c| if c.is_whitespace() { '-' } else { c }).collect();
        let mut name = if id.is_empty() { "id".to_owned() } else { id.clone() };
        let mut count = 1;
        while !self.used.insert(name.clone()) {
            count += 1;
            name = format!("{id}-{count}");
        }
        name
    }
}

/// Text for content and for attributes in double quotes.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Control characters are no part of a page.
            c if c.is_control() && c != '\n' => {}
            c => out.push(c),
        }
    }
    out
}
