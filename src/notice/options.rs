//! What a project chooses about its notice, as `[notice]` in `kupuya.toml` says it: language, numbers, order, and the views before and behind the clauses.

use std::collections::BTreeMap;

use super::Language;

/// The choices; the default is what a project without any gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The language.
    pub language: Language,
    /// Whether a summary in plain words opens the document.
    pub summary: bool,
    /// Whether a table of data, purposes, bases, recipients and terms closes it.
    pub overview: bool,
    /// How chapters and paragraphs are numbered.
    pub numbering: Numbering,
    /// What stands before the items of a list.
    pub lists: ListMarks,
    /// Chapters that change places among themselves: names of topics (`rights`) or of the author's sections.
    pub order: Vec<String>,
    /// Which law's words the text speaks.
    pub terms: Terms,
    /// Words that the language library does not know: `[lexicon]` of the project.
    pub lexicon: BTreeMap<String, Word>,
}

/// The legal register of the terms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Terms {
    /// «жеке маалыматтар»: the law of 2008, the regulator, and the published policies.
    #[default]
    Law2008,
    /// «жеке дайындар»: the Digital Code.
    Code,
}

/// What is not regular about a word; what is left out is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// How it is read, in Cyrillic letters; only the end matters.
    pub reading: Option<String>,
    /// Its form with the possessive of the third person.
    pub third: Option<String>,
    /// Its plural.
    pub plural: Option<String>,
    /// It ends in such a possessive already.
    pub possessive: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            language: Language::default(),
            summary: true,
            overview: true,
            numbering: Numbering::default(),
            lists: ListMarks::default(),
            order: Vec::new(),
            terms: Terms::default(),
            lexicon: BTreeMap::new(),
        }
    }
}

/// How chapters and paragraphs are numbered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Numbering {
    /// Chapter `4`, its paragraphs `4.1`, `4.2`.
    #[default]
    Decimal,
    /// Chapters in Roman figures, paragraphs counted through the whole document: `IV`, then `12`, `13`.
    Continuous,
}

impl Numbering {
    /// The number of a chapter; `at` counts from 1.
    #[must_use]
    pub fn chapter(self, at: usize) -> String {
        match self {
            Numbering::Decimal => at.to_string(),
            Numbering::Continuous => roman(at),
        }
    }

    /// The number of a paragraph: the `within`th of the chapter with this number, the `of_all`th of the document.
    #[must_use]
    pub fn paragraph(self, chapter: &str, within: usize, of_all: usize) -> String {
        match self {
            Numbering::Decimal => format!("{chapter}.{within}"),
            Numbering::Continuous => of_all.to_string(),
        }
    }
}

/// What stands before the items of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ListMarks {
    /// A dash.
    #[default]
    Dash,
    /// `1)`, `2)`: an item can be cited; lists below one have dashes.
    Number,
}

impl ListMarks {
    /// The mark of the item at this place, counted from 0, in a list at this depth, counted from 0.
    #[must_use]
    pub fn mark(self, at: usize, depth: usize) -> String {
        match self {
            ListMarks::Number if depth == 0 => format!("{})", at + 1),
            _ => "–".to_owned(),
        }
    }
}

/// Roman figures.
fn roman(mut number: usize) -> String {
    const FIGURES: [(usize, &str); 9] = [
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut out = String::new();
    for (value, figure) in FIGURES {
        while number >= value {
            out.push_str(figure);
            number -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_figures() {
        let figures: Vec<String> = [1, 4, 9, 14, 40, 49, 99, 104].into_iter().map(roman).collect();
        assert_eq!(figures, ["I", "IV", "IX", "XIV", "XL", "XLIX", "XCIX", "CIV"]);
    }
}
