//! The text: title, contents, summary, chapters, and the overview on pages of its own that lie across.

use super::numbering::FIRST_LIST;
use super::xml::{HEAD, W, bookmark, escape, field, run};
use crate::notice::document::{Block, CellLine, Document, Field, Item, Link, Overview, Paragraph, Summary, Table};
use crate::notice::options::ListMarks;
use crate::notice::render::links::{Links, Stretch};
use crate::notice::render::{answered, cited, with_sign};

/// An A4 page in twentieths of a point, and the width of its text.
const PAGE: (usize, usize) = (11906, 16838);
const MARGIN: usize = 1276;

/// The main part, how many lists of items it has, and the addresses that it links to.
pub(super) fn body(document: &Document) -> (String, usize, Vec<String>) {
    let mut body = Body {
        document,
        out: format!(
            "{HEAD}<w:document {W} xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>"
        ),
        lists: 0,
        bookmarks: 0,
        links: Links::of(document),
        targets: Vec::new(),
    };
    body.write();
    body.out.push_str("</w:body></w:document>\n");
    (body.out, body.lists, body.targets)
}

struct Body<'a> {
    document: &'a Document,
    out: String,
    lists: usize,
    bookmarks: usize,
    links: Links<'a>,
    /// Addresses off the document, each once: relations of the part.
    targets: Vec<String>,
}

impl Body<'_> {
    fn write(&mut self) {
        let document = self.document;
        self.styled("Title", &run("", &document.title));
        for line in &document.subtitle {
            let line = self.linked(line);
            self.styled("Subtitle", &line);
        }
        self.contents();
        if let Some(summary) = &document.summary {
            self.summary(summary);
        }
        for chapter in &document.chapters {
            let heading = run("", &chapter.heading);
            let style = if chapter.number.is_empty() {
                "HeadingPlain"
            } else {
                "Heading1"
            };
            self.marked(style, &chapter.anchor, &heading);
            for block in &chapter.blocks {
                match block {
                    Block::Heading(text) => self.styled("Heading2", &run("", text)),
                    Block::Paragraph(paragraph) => self.clause(paragraph),
                    Block::Table(table) => self.table(table),
                    Block::Form(fields) => self.form(fields),
                }
            }
        }
        match &document.overview {
            Some(overview) => {
                let upright = format!("<w:p><w:pPr>{}</w:pPr></w:p>", section(false));
                self.out.push_str(&upright);
                self.overview(overview);
                self.out.push_str(&section(true));
            }
            None => self.out.push_str(&section(false)),
        }
    }

    fn styled(&mut self, style: &str, content: &str) {
        self.paragraph(&format!("<w:pStyle w:val=\"{style}\"/>"), content);
    }

    fn paragraph(&mut self, properties: &str, content: &str) {
        self.out
            .push_str(&format!("<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"));
    }

    /// A paragraph with a bookmark around its text, if it has an anchor.
    fn marked(&mut self, style: &str, anchor: &str, content: &str) {
        self.marked_as(&format!("<w:pStyle w:val=\"{style}\"/>"), anchor, content);
    }

    fn marked_as(&mut self, properties: &str, anchor: &str, content: &str) {
        if anchor.is_empty() {
            return self.paragraph(properties, content);
        }
        let id = self.bookmarks;
        self.bookmarks += 1;
        let name = bookmark(anchor);
        let content =
            format!("<w:bookmarkStart w:id=\"{id}\" w:name=\"{name}\"/>{content}<w:bookmarkEnd w:id=\"{id}\"/>");
        self.paragraph(properties, &content);
    }

    /// The headings, each with a field for its page. Office programs count such fields as they open the file; of a table
    /// of contents that is one field LibreOffice counts the pages only when somebody asks for it.
    fn contents(&mut self) {
        let document = self.document;
        let numbered = document.chapters.iter().map(|chapter| {
            let text = format!("{}. {}", chapter.number, chapter.heading);
            (text, bookmark(&chapter.anchor))
        });
        let summary = document
            .summary
            .iter()
            .map(|summary| (summary.heading.clone(), bookmark("summary")));
        let overview = document
            .overview
            .iter()
            .map(|overview| (overview.heading.clone(), bookmark("overview")));
        let entries: Vec<(String, String)> = summary.chain(numbered).chain(overview).collect();
        // A paper of a page or two needs none.
        if entries.len() < 2 || document.chapters.iter().all(|chapter| chapter.number.is_empty()) {
            return;
        }
        self.styled("TOCHeading", &run("", &document.words.contents));
        for (text, name) in entries {
            let entry = format!(
                "<w:hyperlink w:anchor=\"{name}\" w:history=\"1\">{}<w:r><w:tab/></w:r>{}</w:hyperlink>",
                run("", &text),
                field(&format!("PAGEREF {name} \\h")),
            );
            self.styled("TOC1", &entry);
        }
    }

    fn summary(&mut self, summary: &Summary) {
        let document = self.document;
        self.marked("HeadingPlain", "summary", &run("", &summary.heading));
        for line in &summary.lines {
            let (answer, end) = answered(line);
            let question = run("<w:rStyle w:val=\"Strong\"/>", &format!("{}: ", line.question));
            let content = match &line.see {
                Some(link) => format!(
                    "{question}{}{}{}",
                    self.linked(&format!("{answer} (")),
                    // In the short notice the chapter is one of the policy.
                    match document.chapters.iter().any(|chapter| chapter.anchor == link.anchor) {
                        true => linked(link),
                        false => run("", &link.text),
                    },
                    run("", &format!("){end}"))
                ),
                None => format!("{question}{}", self.linked(&format!("{answer}{end}"))),
            };
            self.paragraph("", &content);
        }
    }

    fn clause(&mut self, paragraph: &Paragraph) {
        let own = paragraph.cites.is_none() && !paragraph.number.is_empty();
        let style = if own { "Clause" } else { "Normal" };
        let text = cited(&paragraph.text, paragraph.cites.as_deref());
        let text = self.linked(&text);
        self.marked(style, &paragraph.anchor, &text);
        if !paragraph.items.is_empty() {
            let list = match self.document.lists {
                ListMarks::Dash => FIRST_LIST,
                ListMarks::Number => FIRST_LIST + self.lists,
            };
            self.lists += 1;
            self.items(&paragraph.items, list, 0, true);
        }
    }

    fn items(&mut self, items: &[Item], list: usize, depth: usize, last_list: bool) {
        for (at, item) in items.iter().enumerate() {
            let last = last_list && at + 1 == items.len();
            let text = with_sign(&item.text, last, !item.items.is_empty());
            // The format has nine levels.
            let level = depth.min(8);
            let properties = format!(
                "<w:pStyle w:val=\"ListParagraph\"/><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>"
            );
            let text = self.linked(&text);
            self.paragraph(&properties, &text);
            self.items(&item.items, list, depth + 1, last);
        }
    }

    fn table(&mut self, table: &Table) {
        // The number is set in the paragraph: LibreOffice counts only the style that the list names.
        let properties = match table.cites {
            None => "<w:pStyle w:val=\"Caption\"/><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr>",
            Some(_) => "<w:pStyle w:val=\"Normal\"/><w:keepNext/>",
        };
        let caption = cited(&table.caption, table.cites.as_deref());
        let caption = self.linked(&caption);
        self.marked_as(properties, &table.anchor, &caption);
        let mut rows: Vec<Vec<Vec<String>>> = Vec::new();
        for row in &table.rows {
            rows.push(row.cells.iter().map(|cell| vec![self.linked(cell)]).collect());
        }
        let letters = table
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|cell| cell.chars().count()).collect());
        let columns = columns(&table.head, letters, PAGE.0 - 2 * MARGIN);
        self.grid(&table.caption, &table.head, rows, &columns);
    }

    /// A text with its addresses and numbers of clauses as links.
    fn linked(&mut self, text: &str) -> String {
        let mut out = String::new();
        for stretch in self.links.stretches(text) {
            match stretch {
                Stretch::Text(words) => out.push_str(&run("", words)),
                Stretch::Clause(words, anchor) => out.push_str(&linked(&Link {
                    anchor: anchor.to_owned(),
                    text: words.to_owned(),
                })),
                Stretch::Address(words, target) => {
                    let known = self.targets.iter().position(|known| *known == target);
                    let at = known.unwrap_or(self.targets.len());
                    if known.is_none() {
                        self.targets.push(target);
                    }
                    out.push_str(&format!(
                        "<w:hyperlink r:id=\"{}\" w:history=\"1\">{}</w:hyperlink>",
                        super::package::relation(at),
                        run("<w:rStyle w:val=\"Hyperlink\"/>", words)
                    ));
                }
            }
        }
        out
    }

    /// Lines to write on reach to the margin; a box stands before what is agreed to.
    fn form(&mut self, fields: &[Field]) {
        for field in fields {
            match field {
                Field::Blank(label) => {
                    let line = format!("{}<w:r><w:tab/></w:r>", run("", &format!("{label}: ")));
                    self.styled("Blank", &line);
                }
                Field::Tick(text) => self.styled("Tick", &run("", &format!("☐\u{a0}{text}"))),
            }
        }
    }

    fn overview(&mut self, overview: &Overview) {
        self.marked("HeadingPlain", "overview", &run("", &overview.heading));
        self.paragraph("<w:keepNext/>", &run("", &format!("{}.", overview.caption)));
        let mut rows: Vec<Vec<Vec<String>>> = Vec::new();
        for row in &overview.rows {
            let mut cells = Vec::new();
            for cell in row {
                let last = cell.len().saturating_sub(1);
                let lines = cell.iter().enumerate().map(|(at, line)| {
                    let line = match line {
                        CellLine::Text(text) => self.linked(text),
                        CellLine::Link(link) => linked(link),
                    };
                    // A long member takes several lines: the sign tells where the next begins.
                    match at < last {
                        true => line + &run("", ";"),
                        false => line,
                    }
                });
                cells.push(lines.collect());
            }
            rows.push(cells);
        }
        let longest = |cell: &Vec<CellLine>| cell.iter().map(|line| line.text().chars().count()).max().unwrap_or(0);
        let letters = overview.rows.iter().map(|row| row.iter().map(longest).collect());
        let columns = columns(&overview.head, letters, PAGE.1 - 2 * MARGIN);
        self.grid(&overview.caption, &overview.head, rows, &columns);
    }

    /// A table whose head row comes back on every page; each line of a cell is a paragraph.
    fn grid(&mut self, caption: &str, head: &[String], rows: Vec<Vec<Vec<String>>>, columns: &[usize]) {
        let width: usize = columns.iter().sum();
        let grid = columns.iter().map(|column| format!("<w:gridCol w:w=\"{column}\"/>"));
        self.out.push_str(&format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"{width}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0020\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/><w:tblCaption w:val=\"{}\"/></w:tblPr><w:tblGrid>{}</w:tblGrid>",
            escape(caption),
            grid.collect::<String>(),
        ));
        let strong = |text: &String| vec![run("<w:rStyle w:val=\"Strong\"/>", text)];
        let head: Vec<Vec<String>> = head.iter().map(strong).collect();
        self.row(
            &head,
            "<w:cantSplit/><w:tblHeader/>",
            "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F3F4F6\"/>",
            columns,
        );
        for row in &rows {
            // A row is not torn by the end of a page.
            self.row(row, "<w:cantSplit/>", "", columns);
        }
        self.out.push_str("</w:tbl>");
        // Two tables without a paragraph between them would be one. It is as low as may be, so that it begins no page.
        self.paragraph(
            "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"120\" w:lineRule=\"exact\"/>",
            "",
        );
    }

    fn row(&mut self, cells: &[Vec<String>], properties: &str, shade: &str, columns: &[usize]) {
        let properties = match properties {
            "" => String::new(),
            some => format!("<w:trPr>{some}</w:trPr>"),
        };
        self.out.push_str(&format!("<w:tr>{properties}"));
        for (lines, column) in cells.iter().zip(columns) {
            self.out.push_str(&format!(
                "<w:tc><w:tcPr><w:tcW w:w=\"{column}\" w:type=\"dxa\"/>{shade}</w:tcPr>"
            ));
            for line in lines {
                self.styled("TableText", line);
            }
            // A cell must end with a paragraph.
            if lines.is_empty() {
                self.styled("TableText", "");
            }
            self.out.push_str("</w:tc>");
        }
        self.out.push_str("</w:tr>");
    }
}

/// The widths of columns: more for those with longer lines, and for none less than its head needs.
fn columns(head: &[String], rows: impl Iterator<Item = Vec<usize>>, width: usize) -> Vec<usize> {
    /// A letter of a head, in twentieths of a point.
    const LETTER: usize = 125;
    let mut letters: Vec<usize> = head.iter().map(|cell| cell.chars().count()).collect();
    for row in rows {
        for (most, letters) in letters.iter_mut().zip(row) {
            *most = (*most).max(letters);
        }
    }
    // A cell of twice the letters is about as high again, not as wide.
    let weights: Vec<usize> = letters.iter().map(|letters| (letters * 100).isqrt().max(1)).collect();
    let all: usize = weights.iter().sum::<usize>().max(1);
    let least: Vec<usize> = head.iter().map(|cell| cell.chars().count() * LETTER + 220).collect();
    let mut widths: Vec<usize> = weights.iter().map(|weight| width * weight / all).collect();
    for at in 0..widths.len() {
        let lacks = least[at].min(width / widths.len().max(1)).saturating_sub(widths[at]);
        if let Some(widest) = (0..widths.len())
            .max_by_key(|other| widths[*other])
            .filter(|_| lacks > 0)
        {
            widths[widest] -= lacks;
            widths[at] += lacks;
        }
    }
    widths
}

/// Words that lead to a bookmark.
fn linked(link: &Link) -> String {
    format!(
        "<w:hyperlink w:anchor=\"{}\" w:history=\"1\">{}</w:hyperlink>",
        bookmark(&link.anchor),
        run("<w:rStyle w:val=\"Hyperlink\"/>", &link.text)
    )
}

/// The page of the text before it; the number of the page stands at its foot.
fn section(across: bool) -> String {
    let (width, height, orientation) = if across {
        (PAGE.1, PAGE.0, " w:orient=\"landscape\"")
    } else {
        (PAGE.0, PAGE.1, "")
    };
    format!(
        "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId4\"/><w:type w:val=\"nextPage\"/><w:pgSz w:w=\"{width}\" w:h=\"{height}\"{orientation}/><w:pgMar w:top=\"{MARGIN}\" w:right=\"{MARGIN}\" w:bottom=\"{MARGIN}\" w:left=\"{MARGIN}\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr>"
    )
}
