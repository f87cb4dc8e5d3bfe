//! Tables of forms: one row a word and features, one form a row. For measuring and for tests.
//!
//! Tab-separated, with one header line. The first columns tell what the rows are:
//!
//! | columns | rows |
//! |---|---|
//! | `lemma`, `features` | nouns |
//! | `phrase`, `features` | noun phrases without plural and possessive |
//! | `abbreviation` or `name`, `reading`, `features` | abbreviations, Latin names |
//! | `number`, `features` | figures in a case; `ord.word` is the ordinal of the last word |
//! | `date`, `features` | `2026-01-15` in a case, `attr`, or `CASE.short` without the year |
//! | `verb_stem` | verbal nouns |
//!
//! Features are those of [`Features`]; where `a|b` stands, either is right, and the form has the last, which says the most.

use std::fmt;

use crate::date::Date;
use crate::features::Features;
use crate::numerals;
use crate::phrase::NounPhrase;
use crate::verbal_noun::verbal_noun;

/// Why a table could not be read.
///
/// ```
/// use kyrgyz::table::{TableError, forms};
/// assert_eq!(forms("colour\tfeatures\nкызыл\tsg.-.nom\n"), Err(TableError::UnknownColumns("colour\tfeatures".to_owned())));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableError {
    /// The header names no kind of rows.
    UnknownColumns(String),
    /// A row has too few cells, or features, a number or a date that cannot be read. The number
    /// is that of the line, the header being line 1.
    Row {
        /// The line.
        line: usize,
        /// The cell that cannot be read.
        cell: String,
    },
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TableError::UnknownColumns(header) => write!(f, "no known columns in the header `{header}`"),
            TableError::Row { line, cell } => write!(f, "line {line}: cannot read `{cell}`"),
        }
    }
}

impl std::error::Error for TableError {}

/// The forms that a table asks for, one for each row after the header.
///
/// ```
/// use kyrgyz::table::forms;
/// let table = "lemma\tfeatures\nдарек\tsg.3.dat\nдарек\tpl.-.acc\n";
/// assert_eq!(forms(table).unwrap(), ["дарегине", "даректерди"]);
/// ```
pub fn forms(table: &str) -> Result<Vec<String>, TableError> {
    let mut lines = table.lines();
    let header = lines.next().unwrap_or_default().trim_start_matches('\u{feff}');
    let columns: Vec<&str> = header.split('\t').collect();
    let column = |name: &str| columns.iter().position(|column| *column == name);
    let unknown = || TableError::UnknownColumns(header.to_owned());
    let (first, make) = ROWS
        .iter()
        .find_map(|(name, make)| column(name).map(|first| (first, make)))
        .ok_or_else(unknown)?;
    let features = column("features").ok_or_else(unknown)?;
    let reading = column("reading");
    lines
        .enumerate()
        .map(|(at, line)| {
            let cells: Vec<&str> = line.split('\t').collect();
            let error = |cell: &str| TableError::Row {
                line: at + 2,
                cell: cell.to_owned(),
            };
            let cell = |column: usize| cells.get(column).copied().ok_or_else(|| error(line));
            let row = Row {
                word: cell(first)?,
                reading: reading.map(cell).transpose()?.filter(|reading| !reading.is_empty()),
                features: cell(features)?.rsplit('|').next().unwrap_or_default(),
            };
            make(&row).ok_or_else(|| error(&format!("{} {}", row.word, row.features)))
        })
        .collect()
}

struct Row<'a> {
    word: &'a str,
    reading: Option<&'a str>,
    features: &'a str,
}

/// How the form of a row is made; nothing if a cell cannot be read.
type Make = fn(&Row<'_>) -> Option<String>;

/// The column that names a kind of rows, and how such a row is made.
const ROWS: &[(&str, Make)] = &[
    ("lemma", noun),
    ("phrase", noun),
    ("abbreviation", noun),
    ("name", noun),
    ("number", number),
    ("date", date),
    ("verb_stem", |row| Some(verbal_noun(row.word))),
];

fn noun(row: &Row<'_>) -> Option<String> {
    let features: Features = row.features.parse().ok()?;
    // Lemmas of a table are bare; the features say what they carry.
    let mut phrase = NounPhrase::parse(row.word).with_possessive(false).with_plural(false);
    if let Some(reading) = row.reading {
        phrase = phrase.with_reading(reading);
    }
    Some(phrase.with(features).text)
}

fn number(row: &Row<'_>) -> Option<String> {
    let number = row.word.parse().ok()?;
    if row.features == "ord.word" {
        return numerals::ordinal_words(number).rsplit(' ').next().map(str::to_owned);
    }
    let features: Features = row.features.parse().ok()?;
    // Tables write figures without groups.
    Some(numerals::in_figures(number, features.case).replace(numerals::NBSP, ""))
}

fn date(row: &Row<'_>) -> Option<String> {
    let date: Date = row.word.parse().ok()?;
    let (name, short) = match row.features.strip_suffix(".short") {
        Some(name) => (name, true),
        None => (row.features, false),
    };
    let features: Features = format!("sg.-.{name}").parse().ok()?;
    Some(match (features.attributive, features.case, short) {
        (true, _, false) => date.attributive(),
        (true, _, true) => date.attributive_without_year(),
        (false, case, false) => date.case(case),
        (false, case, true) => date.without_year(case),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_rows() {
        for (table, expected) in [
            ("phrase\tfeatures\nбанк карта\tsg.3.loc", "банк картасында"),
            ("abbreviation\treading\tfeatures\nЖАК\tка\tsg.-.gen", "ЖАКнын"),
            ("name\treading\tfeatures\nWise\tвайз\tsg.-.dat", "Wise’га"),
            ("number\tlast_word\tfeatures\n1500\tжүз\tsg.-.abl", "1500дөн"),
            ("number\tlast_word\tfeatures\n33\tүч\tord.word", "үчүнчү"),
            ("date\tfeatures\n2026-03-08\tloc.short", "8-мартта"),
            ("verb_stem\tfeatures\nжаз\tVN.nom", "жазуу"),
        ] {
            assert_eq!(forms(table), Ok(vec![expected.to_owned()]), "{table}");
        }
        assert_eq!(
            forms("lemma\tfeatures\nсайт\tsg.-.nom\nсайт"),
            Err(TableError::Row {
                line: 3,
                cell: "сайт".to_owned()
            })
        );
    }
}
