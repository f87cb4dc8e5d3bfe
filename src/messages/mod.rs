//! The words of the program in other languages than English.
//!
//! Every sentence that the program says is written in English where it is said, as a template with `{holes}`. That
//! template is the key of its translation: one line in one of the tables under `ky/`, which stand in the order in which
//! their stages speak. The terms are fixed at the head of the first of them. A test reads the sources and asks for the
//! Kyrgyz of each template, and for the use of each line.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A language in which the program speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English: the templates as they are written.
    #[default]
    English,
    /// Kyrgyz.
    Kyrgyz,
}

impl Language {
    /// Its tag: `en`, `ky`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Kyrgyz => "ky",
        }
    }

    /// A template in this language. What is in no table stays in English: a finding is never swallowed.
    #[must_use]
    pub fn template(self, english: &'static str) -> &'static str {
        self.translation(english).unwrap_or(english)
    }

    /// A page in Markdown, a paragraph a line; its blocks of code stay as they are. `None` for English.
    #[must_use]
    pub fn page(self, page: &str) -> Option<String> {
        if self == Language::English {
            return None;
        }
        let told = |text: &str| self.translation(text).map_or_else(|| text.to_owned(), str::to_owned);
        let pieces = pieces(page).into_iter().map(|piece| match piece {
            Piece::Heading(marks, words) => format!("{marks} {}\n", told(words)),
            Piece::Prose(text) => format!("{}\n", told(&text)),
            Piece::Code(lines) => format!("{}\n", lines.join("\n")),
        });
        Some(pieces.collect::<Vec<_>>().join("\n"))
    }

    /// What the tables of this language say for an English template; `None` for English, and for what is in none.
    #[must_use]
    pub fn translation(self, english: &str) -> Option<&'static str> {
        match self {
            Language::English => None,
            Language::Kyrgyz => KYRGYZ.get(english).copied(),
        }
    }
}

/// A piece of a page in Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'p> {
    /// A heading: its number signs, and its words.
    Heading(&'p str, &'p str),
    /// A paragraph, as one line.
    Prose(String),
    /// A block of code with its fences, as it is.
    Code(Vec<&'p str>),
}

/// The pieces of a page, in order.
#[must_use]
pub fn pieces(page: &str) -> Vec<Piece<'_>> {
    let mut all = Vec::new();
    let mut inside = false;
    let mut open = false;
    for line in page.lines() {
        let fence = line.starts_with("```");
        match all.last_mut() {
            Some(Piece::Code(lines)) if inside => lines.push(line),
            _ if fence => all.push(Piece::Code(vec![line])),
            _ if line.starts_with('#') => {
                let words = line.trim_start_matches('#');
                all.push(Piece::Heading(&line[..line.len() - words.len()], words.trim()));
            }
            Some(Piece::Prose(text)) if open && !line.is_empty() => {
                text.push(' ');
                text.push_str(line.trim());
            }
            _ if line.is_empty() => {}
            _ => all.push(Piece::Prose(line.trim().to_owned())),
        }
        inside ^= fence;
        open = !line.is_empty();
    }
    all
}

/// The tables, each with its name.
pub const TABLES: &[(&str, &str)] = &[
    ("words.tsv", include_str!("ky/words.tsv")),
    ("syntax.tsv", include_str!("ky/syntax.tsv")),
    ("format.tsv", include_str!("ky/format.tsv")),
    ("model.tsv", include_str!("ky/model.tsv")),
    ("checks.tsv", include_str!("ky/checks.tsv")),
    ("waivers.tsv", include_str!("ky/waivers.tsv")),
    ("codes.tsv", include_str!("ky/codes.tsv")),
    ("pages.tsv", include_str!("ky/pages.tsv")),
    ("settings.tsv", include_str!("ky/settings.tsv")),
    ("pages_syntax.tsv", include_str!("ky/pages_syntax.tsv")),
    ("pages_model.tsv", include_str!("ky/pages_model.tsv")),
    ("report.tsv", include_str!("ky/report.tsv")),
    ("answers.tsv", include_str!("ky/answers.tsv")),
    ("diff.tsv", include_str!("ky/diff.tsv")),
    ("papers.tsv", include_str!("ky/papers.tsv")),
    ("program.tsv", include_str!("ky/program.tsv")),
];

/// The words of `--help`, which stand in no source as templates: a test of the program asks for each.
pub const HELP: &str = include_str!("ky/help.tsv");

/// A line of help in Kyrgyz; `None` if the table has none.
#[must_use]
pub fn help(english: &str) -> Option<&'static str> {
    HELPS.get(english).copied()
}

static HELPS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| lines(HELP).collect());

static KYRGYZ: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| TABLES.iter().flat_map(|(_, table)| lines(table)).collect());

/// The lines of a table: English, Kyrgyz. A line that begins with `#` is a remark.
pub fn lines(table: &str) -> impl Iterator<Item = (&str, &str)> {
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
}
