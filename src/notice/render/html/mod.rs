//! HTML: one self-contained page without running code, with a table of contents, an anchor for each clause, the facts as
//! linked data, and a style for screens, telephones and paper.

mod clauses;
mod views;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::Write;

use crate::meaning::hex;
use crate::notice::document::{Block, Document, Paragraph, Table};
use crate::notice::render::links::{Links, Stretch};
use crate::notice::render::markup::escaped;

/// The style of every page.
pub const STYLE: &str = include_str!("page.css");

/// The document as an HTML page.
#[must_use]
pub fn html(document: &Document) -> String {
    let mut page = Page {
        document,
        out: String::new(),
        used: BTreeSet::new(),
        places: BTreeMap::new(),
        links: Links::of(document),
        paragraphs: VecDeque::new(),
    };
    page.head();
    page.body();
    page.out
}

struct Page<'a> {
    document: &'a Document,
    out: String,
    /// Ids that are taken.
    used: BTreeSet<String>,
    /// The ids of chapters and paragraphs by their anchors.
    places: BTreeMap<String, String>,
    links: Links<'a>,
    /// The ids of paragraphs that are still to be written.
    paragraphs: VecDeque<String>,
}

impl Page<'_> {
    fn put(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn line(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.out, "{text}");
    }

    fn head(&mut self) {
        let document = self.document;
        self.line(format_args!(
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">",
            escape(document.language)
        ));
        self.put("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        self.put("<meta name=\"color-scheme\" content=\"light dark\">\n");
        let begins = document
            .begins
            .map(|date| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day));
        let text = hex(&crate::notice::digest(document).whole);
        let facts = [
            ("kupuya-meaning", document.meaning_digest.as_str()),
            ("kupuya-text", text.as_str()),
            ("kupuya-begins", begins.as_deref().unwrap_or("")),
        ];
        for (name, content) in facts.into_iter().filter(|(_, content)| !content.is_empty()) {
            self.line(format_args!("<meta name=\"{name}\" content=\"{}\">", escape(content)));
        }
        self.line(format_args!(
            "<title>{}</title>\n<style>\n{STYLE}</style>",
            escape(&document.title)
        ));
        if let Some(data) = &document.linked_data {
            // Inside a string of JSON these signs may be written by their numbers; so nothing can end the element.
            let data = data
                .replace('<', "\\u003c")
                .replace('>', "\\u003e")
                .replace('&', "\\u0026");
            self.line(format_args!("<script type=\"application/ld+json\">{data}</script>"));
        }
        self.put("</head>\n<body>\n");
    }

    fn body(&mut self) {
        let document = self.document;
        // Ids that the page itself needs.
        let own = ["main", "contents", "summary", "overview"];
        self.used.extend(own.map(str::to_owned));
        for chapter in &document.chapters {
            let id = self.unique(&chapter.anchor);
            self.places.insert(chapter.anchor.clone(), id);
        }
        for block in document.chapters.iter().flat_map(|chapter| &chapter.blocks) {
            let (Block::Paragraph(Paragraph { anchor, .. }) | Block::Table(Table { anchor, .. })) = block else {
                continue;
            };
            if !anchor.is_empty() {
                let id = self.unique(&format!("p.{anchor}"));
                self.places.entry(anchor.clone()).or_insert_with(|| id.clone());
                self.paragraphs.push_back(id);
            }
        }
        self.line(format_args!(
            "<a class=\"skip\" href=\"#main\">{}</a>",
            escape(&document.words.skip)
        ));
        self.line(format_args!("<header>\n<h1>{}</h1>", escape(&document.title)));
        for line in &document.subtitle {
            self.line(format_args!("<p class=\"subtitle\">{}</p>", self.linked(line)));
        }
        self.put("</header>\n");
        self.contents();
        self.put("<main id=\"main\">\n");
        if let Some(summary) = &document.summary {
            self.summary(summary);
        }
        for chapter in &document.chapters {
            self.line(format_args!(
                "<section>\n<h2 id=\"{}\">{}{}</h2>",
                escape(&self.places[&chapter.anchor]),
                before(&chapter.number),
                escape(&chapter.heading)
            ));
            for block in &chapter.blocks {
                match block {
                    Block::Heading(heading) => self.line(format_args!("<h3>{}</h3>", escape(heading))),
                    Block::Paragraph(paragraph) => self.paragraph(paragraph),
                    Block::Table(table) => self.table(table),
                    Block::Form(fields) => self.form(fields),
                }
            }
            self.put("</section>\n");
        }
        if let Some(overview) = &document.overview {
            self.overview(overview);
        }
        self.put("</main>\n</body>\n</html>\n");
    }

    /// A text with its addresses and numbers of clauses as links.
    fn linked(&self, text: &str) -> String {
        let stretches = self.links.stretches(text).into_iter().map(|stretch| match stretch {
            Stretch::Text(words) => escape(words),
            Stretch::Address(words, target) => format!("<a href=\"{}\">{}</a>", escape(&target), escape(words)),
            Stretch::Clause(words, anchor) => match self.places.get(anchor) {
                Some(id) => format!("<a class=\"see\" href=\"#{}\">{}</a>", escape(id), escape(words)),
                None => escape(words),
            },
        });
        stretches.collect()
    }

    /// The table of contents, if there is more than one thing to find.
    fn contents(&mut self) {
        let document = self.document;
        let mut entries: Vec<(&str, &str, String)> = Vec::new();
        if let Some(summary) = &document.summary {
            entries.push(("", summary.heading.as_str(), "summary".to_owned()));
        }
        for chapter in &document.chapters {
            let id = self.places[&chapter.anchor].clone();
            entries.push((chapter.number.as_str(), chapter.heading.as_str(), id));
        }
        if let Some(overview) = &document.overview {
            entries.push(("", overview.heading.as_str(), "overview".to_owned()));
        }
        // A paper of a page or two needs none.
        if entries.len() < 2 || entries.iter().all(|(number, ..)| number.is_empty()) {
            return;
        }
        self.line(format_args!(
            "<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">{}</h2>\n<ul>",
            escape(&document.words.contents)
        ));
        for (number, heading, id) in entries {
            self.line(format_args!(
                "<li><a href=\"#{}\">{}{}</a></li>",
                escape(&id),
                before(number),
                escape(heading)
            ));
        }
        self.put("</ul>\n</nav>\n");
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

/// A number before a heading, if there is one.
fn before(number: &str) -> String {
    match number {
        "" => String::new(),
        number => format!("{}. ", escape(number)),
    }
}

/// Text for content and for attributes in double quotes.
fn escape(text: &str) -> String {
    escaped(text, |sign, out| match sign {
        '\'' => out.push_str("&#39;"),
        // Control characters are no part of a page.
        c if c.is_control() && c != '\n' => {}
        c => out.push(c),
    })
}
