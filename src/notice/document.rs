//! The document: what is said, in which order, numbered. Independent of file formats; texts are in the language of the notice.

use super::options::{ListMarks, Numbering};
use crate::meaning::SentenceRef;
use crate::model::noun::AnyNoun;
use crate::syntax::ast::Date;

/// A notice, ready for a renderer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What it is, in the terms of the W3C Data Privacy Vocabulary: `dpv:PrivacyNotice`.
    pub class: &'static str,
    /// Language tag: `ky`.
    pub language: &'static str,
    /// The title.
    pub title: String,
    /// Lines under the title: approval, dates.
    pub subtitle: Vec<String>,
    /// The first day in force.
    pub begins: Option<Date>,
    /// What stands before the chapters in plain words: a view, no units.
    pub summary: Option<Summary>,
    /// Chapters in order.
    pub chapters: Vec<Chapter>,
    /// The table behind the chapters: a view, no units.
    pub overview: Option<Overview>,
    /// How chapters and paragraphs are numbered: for formats that count themselves.
    pub numbering: Numbering,
    /// What stands before the items of lists.
    pub lists: ListMarks,
    /// What a format says around the text.
    pub words: Words,
    /// The meaning's digest, in hexadecimal.
    pub meaning_digest: String,
    /// The same facts for machines: JSON-LD.
    pub linked_data: Option<String>,
}

/// Words around the text, where a format has a place for them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// The heading of the table of contents.
    pub contents: String,
    /// The link that leads past it.
    pub skip: String,
    /// What stands behind a number that means a clause or chapter of this very document, as they are written there.
    pub references: Vec<String>,
    /// What stands before the last of several such numbers.
    pub joint: String,
}

/// The opening summary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Its heading.
    pub heading: String,
    /// Its lines.
    pub lines: Vec<SummaryLine>,
}

/// A question and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryLine {
    /// What is asked.
    pub question: String,
    /// The answer.
    pub answer: String,
    /// The chapter that says more: its anchor, and the words of the link.
    pub see: Option<Link>,
}

/// Words that lead to an anchor of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The anchor of a chapter or paragraph.
    pub anchor: String,
    /// The words.
    pub text: String,
}

/// The overview table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// Its heading.
    pub heading: String,
    /// What it shows.
    pub caption: String,
    /// The head row.
    pub head: Vec<String>,
    /// Rows of cells of lines; each row as long as the head.
    pub rows: Vec<Vec<Vec<CellLine>>>,
}

/// A line of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CellLine {
    /// Words.
    Text(String),
    /// Words that lead to a paragraph.
    Link(Link),
}

impl CellLine {
    /// Its words.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            CellLine::Text(text) => text,
            CellLine::Link(link) => &link.text,
        }
    }
}

/// A numbered chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// Its number, such as `4`; empty in a paper that takes its clauses from the policy.
    pub number: String,
    /// Its anchor: stable when text or order changes.
    pub anchor: String,
    /// Its heading.
    pub heading: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A block of a chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A numbered paragraph, perhaps with a list behind it.
    Paragraph(Paragraph),
    /// A heading inside a chapter.
    Heading(String),
    /// A table.
    Table(Table),
    /// What is filled in by hand.
    Form(Vec<Field>),
}

/// A place of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// A line to write on, behind these words.
    Blank(String),
    /// A box to tick, before these words.
    Tick(String),
}

/// A numbered paragraph: a sentence of its own, or the head of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Its number, such as `4.2`.
    pub number: String,
    /// Its anchor.
    pub anchor: String,
    /// Its text; ends with a colon if items follow.
    pub text: String,
    /// The list, with any depth.
    pub items: Vec<Item>,
    /// The units that this paragraph's own text states.
    pub units: Vec<Unit>,
    /// The clause of the policy that it repeats, in words: then its number is that clause's and is not printed before it.
    pub cites: Option<String>,
}

/// An item of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// Its text, without the final sign.
    pub text: String,
    /// A list below it.
    pub items: Vec<Item>,
    /// The units it states.
    pub units: Vec<Unit>,
}

/// A table with a head row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its number among the paragraphs of its chapter.
    pub number: String,
    /// Its anchor.
    pub anchor: String,
    /// What it shows.
    pub caption: String,
    /// The head row.
    pub head: Vec<String>,
    /// The rows, each as long as the head.
    pub rows: Vec<Row>,
    /// The clause of the policy that it repeats, as for a paragraph.
    pub cites: Option<String>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its cells.
    pub cells: Vec<String>,
    /// The units it states.
    pub units: Vec<Unit>,
}

/// The smallest printed piece with an id (M16).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its id: that of the sentence, or of the noun.
    pub id: String,
    /// What it states.
    pub states: Stated,
    /// The sentence that says it alone, with the head of its list worked in.
    pub sentence: String,
    /// The number it had in an older text (`ref:`): kept beside it, never printed.
    pub older_number: Option<String>,
}

/// What a unit states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stated {
    /// A statement, keep or ban: a rule of the bundle.
    Sentence(SentenceRef),
    /// "Nothing else is done": what an undeclared request is told.
    Closing,
    /// A noun; no rule of the bundle.
    Noun(AnyNoun),
    /// Own wording, by index into `Model::clauses`; no rule of the bundle.
    Clause(usize),
}

impl Document {
    /// Every unit with the number of its paragraph, in the order printed.
    #[must_use]
    pub fn units(&self) -> Vec<(&str, &Unit)> {
        fn below<'a>(items: &'a [Item], number: &'a str, found: &mut Vec<(&'a str, &'a Unit)>) {
            for item in items {
                found.extend(item.units.iter().map(|unit| (number, unit)));
                below(&item.items, number, found);
            }
        }
        let mut found = Vec::new();
        for block in self.chapters.iter().flat_map(|chapter| &chapter.blocks) {
            match block {
                Block::Heading(_) | Block::Form(_) => {}
                Block::Paragraph(paragraph) => {
                    found.extend(paragraph.units.iter().map(|unit| (paragraph.number.as_str(), unit)));
                    below(&paragraph.items, &paragraph.number, &mut found);
                }
                Block::Table(table) => {
                    let units = table.rows.iter().flat_map(|row| &row.units);
                    found.extend(units.map(|unit| (table.number.as_str(), unit)));
                }
            }
        }
        found
    }
}
