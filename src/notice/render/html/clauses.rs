//! Paragraphs, lists and tables, with the ids of their units.

use std::fmt::Write;

use super::{Page, escape};
use crate::notice::document::{Field, Item, Paragraph, Stated, Table, Unit};
use crate::notice::options::ListMarks;
use crate::notice::render::{cited, numbered, with_sign};

impl Page<'_> {
    pub(super) fn paragraph(&mut self, paragraph: &Paragraph) {
        let anchor = self.anchor(&paragraph.anchor);
        let class = class(&paragraph.number, paragraph.cites.as_deref());
        self.line(format_args!("<div class=\"{class}\"{anchor}>"));
        let (units, anchors) = self.units(&paragraph.units);
        self.line(format_args!(
            "<p{units}>{anchors}{}</p>",
            self.lead(&paragraph.number, &paragraph.text, paragraph.cites.as_deref())
        ));
        self.items(&paragraph.items, 0, true);
        self.put("</div>\n");
    }

    fn items(&mut self, items: &[Item], depth: usize, last_list: bool) {
        if items.is_empty() {
            return;
        }
        let list = match self.document.lists {
            ListMarks::Number if depth == 0 => "ol",
            _ => "ul",
        };
        self.line(format_args!("<{list}>"));
        for (at, item) in items.iter().enumerate() {
            let last = last_list && at + 1 == items.len();
            let (units, anchors) = self.units(&item.units);
            let text = with_sign(&item.text, last, !item.items.is_empty());
            let end = if item.items.is_empty() { "</li>\n" } else { "\n" };
            let _ = write!(self.out, "<li{units}>{anchors}{}{end}", self.linked(&text));
            if !item.items.is_empty() {
                self.items(&item.items, depth + 1, last);
                self.put("</li>\n");
            }
        }
        self.line(format_args!("</{list}>"));
    }

    pub(super) fn table(&mut self, table: &Table) {
        let anchor = self.anchor(&table.anchor);
        let class = class(&table.number, table.cites.as_deref());
        self.line(format_args!("<div class=\"{class}\"{anchor}>"));
        self.open_table(
            &self.lead(&table.number, &table.caption, table.cites.as_deref()),
            &table.head,
        );
        for row in &table.rows {
            let (units, anchors) = self.units(&row.units);
            let _ = write!(self.out, "<tr role=\"row\"{units}>");
            for (at, cell) in row.cells.iter().enumerate() {
                let anchors = if at == 0 { anchors.as_str() } else { "" };
                self.cell(at, &table.head, &format!("{anchors}{}", self.linked(cell)));
            }
            self.put("</tr>\n");
        }
        self.put("</tbody>\n</table>\n</div>\n");
    }

    /// What is filled in by hand, on the screen or on paper; nothing is sent anywhere.
    pub(super) fn form(&mut self, fields: &[Field]) {
        self.put("<ul class=\"form\">\n");
        for field in fields {
            match field {
                Field::Blank(label) => self.line(format_args!(
                    "<li><label><span>{}</span> <input type=\"text\" autocomplete=\"off\"></label></li>",
                    escape(label)
                )),
                Field::Tick(text) => self.line(format_args!(
                    "<li><label class=\"tick\"><input type=\"checkbox\" autocomplete=\"off\"> <span>{}</span></label></li>",
                    escape(text)
                )),
            }
        }
        self.put("</ul>\n");
    }

    /// A table up to its rows. The roles hold where a narrow screen shows rows as cards.
    pub(super) fn open_table(&mut self, caption: &str, head: &[String]) {
        self.line(format_args!(
            "<table role=\"table\">\n<caption>{caption}</caption>\n<thead role=\"rowgroup\"><tr role=\"row\">"
        ));
        for cell in head {
            let _ = write!(
                self.out,
                "<th role=\"columnheader\" scope=\"col\">{}</th>",
                escape(cell)
            );
        }
        self.put("</tr></thead>\n<tbody role=\"rowgroup\">\n");
    }

    /// A cell; on a card it bears the name of its column.
    pub(super) fn cell(&mut self, at: usize, head: &[String], content: &str) {
        let column = escape(head.get(at).map_or("", String::as_str));
        let _ = match at {
            0 => write!(self.out, "<th role=\"rowheader\" scope=\"row\">{content}</th>"),
            _ => write!(self.out, "<td role=\"cell\" data-column=\"{column}\">{content}</td>"),
        };
    }

    /// The id of the next paragraph as an attribute, if it has an anchor.
    fn anchor(&mut self, anchor: &str) -> String {
        let id = (!anchor.is_empty()).then(|| self.paragraphs.pop_front()).flatten();
        id.map_or_else(String::new, |id| format!(" id=\"{}\"", escape(&id)))
    }

    /// The text of a paragraph: its number before it, or behind it what it cites.
    fn lead(&self, number: &str, text: &str, cites: Option<&str>) -> String {
        let text = self.linked(&cited(text, cites));
        match numbered(number, cites) {
            Some(number) => format!("<span class=\"number\">{}</span> {text}", escape(&number)),
            None => text,
        }
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
}

/// Clauses with numbers hang on them.
fn class(number: &str, cites: Option<&str>) -> &'static str {
    match numbered(number, cites) {
        Some(_) => "clause numbered",
        None => "clause",
    }
}
