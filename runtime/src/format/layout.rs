//! The tables of a bundle's decision part: one line a table, its columns in order. All is little-endian words of 32 bits.
//!
//! A column of one word is a number; of two, a place and a length: of a text in the names, of a list of words, or of a run of
//! rows in another table. `check` looks at every word by these lines, so that readers need not.

use std::ops::Range;

/// No row, no text, no period.
pub(crate) const NONE: u32 = u32::MAX;
/// No day: a day may be any other number.
pub(crate) const NO_DAY: u32 = 0x8000_0000;
/// A name that several nouns have.
pub(crate) const SEVERAL: u32 = u32::MAX - 1;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    /// Any number.
    Number,
    /// A number below this one.
    Below(u32),
    /// A text in the names: place and length.
    Text,
    /// A text, or none.
    MaybeText,
    /// Places and lengths of texts: a list.
    Texts,
    /// A row of a table.
    Row(Name),
    /// A row of a table, or none.
    MaybeRow(Name),
    /// A name's noun: a row, none where the slot is empty, or several.
    Named(Name),
    /// A list of rows of a table: place and length.
    Rows(Name),
    /// A run of rows of a table: first and count.
    Run(Name),
    /// A side of a box over a table.
    Side(Name),
    /// A list of way and box, one after the other.
    WaysBoxes,
    /// Conjunctions: a list of places and lengths, each of a list of twice a literal, plus one if it is meant as it stands.
    Guard,
    /// When a keep ends: steps, the last computed first.
    End,
    /// What `under` asks for: steps likewise.
    Under,
    /// Count and unit.
    Period,
    /// A day, or none.
    MaybeDay,
}

impl Column {
    /// How many words it takes.
    pub(crate) const fn width(self) -> usize {
        match self {
            Column::Number
            | Column::Below(_)
            | Column::Row(_)
            | Column::MaybeRow(_)
            | Column::Named(_)
            | Column::Side(_)
            | Column::MaybeDay => 1,
            _ => 2,
        }
    }
}

const fn width(columns: &[Column]) -> usize {
    let (mut sum, mut rest) = (0, columns);
    while let Some((first, others)) = rest.split_first() {
        sum += first.width();
        rest = others;
    }
    sum
}

/// A table: rows of `N` words.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Table<const N: usize> {
    start: usize,
    count: u32,
}

impl<const N: usize> Table<N> {
    /// A row.
    pub(crate) fn get(self, words: &[u32], row: u32) -> Option<&[u32; N]> {
        if row >= self.count {
            return None;
        }
        words.get(self.start + row as usize * N..)?.first_chunk::<N>()
    }

    /// All rows.
    pub(crate) fn rows(self, words: &[u32]) -> &[[u32; N]] {
        let range: Range<usize> = self.start..self.start + self.count as usize * N;
        words.get(range).map_or(&[], |words| words.as_chunks::<N>().0)
    }

    pub(crate) fn count(self) -> u32 {
        self.count
    }

    /// Rows by number.
    pub(crate) fn numbers(self) -> Range<u32> {
        0..self.count
    }
}

macro_rules! tables {
    ($($(#[doc = $doc:literal])+ $field:ident $name:ident [$($column:expr),* $(,)?])*) => {
        /// The tables, by name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Name { $($name,)* }

        /// Where each table lies.
        #[derive(Clone, Copy, Debug, Default)]
        pub(crate) struct Tables { $($(#[doc = $doc])+ pub(crate) $field: Table<{ width(&{ use Column::*; [$($column),*] }) }>,)* }

        /// Every table: name, what it is, columns.
        pub(crate) const ALL: &[(&str, &str, &[Column])] = &[$((stringify!($field), concat!($($doc),+), &{ use Column::*; [$($column),*] }),)*];

        /// The same, by name.
        pub(crate) const NAMES: [Name; ALL.len()] = [$(Name::$name,)*];

        impl Tables {
            /// From the directory: start and count of each table.
            pub(crate) fn new(directory: &[(usize, u32)]) -> Tables {
                let place = |name: Name| directory.get(name as usize).copied().unwrap_or_default();
                Tables { $($field: { let (start, count) = place(Name::$name); Table { start, count } },)* }
            }

            /// How many rows a table has.
            pub(crate) fn count(&self, name: Name) -> u32 {
                match name { $(Name::$name => self.$field.count,)* }
            }

            /// The rows of a table, end to end.
            pub(crate) fn all_of<'a>(&self, name: Name, words: &'a [u32]) -> &'a [u32] {
                match name { $(Name::$name => self.$field.rows(words).as_flattened(),)* }
            }
        }
    };
}

tables! {
    /// one row: name, version, M, zone and its offset, first and last day in force, home, `public`, everyone, the unit of the closing clause
    policy Policy [Text, MaybeText, Text, Text, Number, MaybeDay, MaybeDay, MaybeRow(Name::Countries), MaybeRow(Name::Recipients), MaybeRow(Name::Subjects), Number]
    /// language of a notice, and its digest in eight words
    notices Notices [Text, Number, Number, Number, Number, Number, Number, Number, Number]
    /// path; origin, plus 3 if it is open; directly above, at or below, at or above
    controllers Controllers [Text, Below(6), Rows(Name::Controllers), Rows(Name::Controllers), Rows(Name::Controllers)]
    /// likewise
    subjects Subjects [Text, Below(6), Rows(Name::Subjects), Rows(Name::Subjects), Rows(Name::Subjects)]
    /// likewise
    data Data [Text, Below(6), Rows(Name::Data), Rows(Name::Data), Rows(Name::Data)]
    /// likewise
    sources Sources [Text, Below(6), Rows(Name::Sources), Rows(Name::Sources), Rows(Name::Sources)]
    /// likewise
    purposes Purposes [Text, Below(6), Rows(Name::Purposes), Rows(Name::Purposes), Rows(Name::Purposes)]
    /// likewise
    bases Bases [Text, Below(6), Rows(Name::Bases), Rows(Name::Bases), Rows(Name::Bases)]
    /// likewise
    recipients Recipients [Text, Below(6), Rows(Name::Recipients), Rows(Name::Recipients), Rows(Name::Recipients)]
    /// likewise
    facts Facts [Text, Below(6), Rows(Name::Facts), Rows(Name::Facts), Rows(Name::Facts)]
    /// likewise
    countries Countries [Text, Below(6), Rows(Name::Countries), Rows(Name::Countries), Rows(Name::Countries)]
    /// country; controllers of one country have one number
    controller_details ControllerDetails [MaybeRow(Name::Countries), Number]
    /// guard
    subject_details SubjectDetails [MaybeRow(Name::Guards)]
    /// 1 consent, 2 legal duty, 4 objectable, 8 survives in keeps; giver; guard; since; term
    basis_details BasisDetails [Below(16), Below(3), MaybeRow(Name::Guards), MaybeDay, Period]
    /// places; recipients in the same places have one number
    recipient_details RecipientDetails [Rows(Name::Places), Number]
    /// country or group; none: abroad
    places Places [MaybeRow(Name::Countries)]
    /// sort; 0 fact, 1 class, 2 age, 3 day, 4 place; its row, or comparison; years, or day
    literals Literals [Below(5), Number, Number]
    /// at a glance: 0 false, 1 true, 2 one literal, 3 look; twice that literal, plus one if it is meant as it stands; conjunctions
    guards Guards [Below(4), Number, Guard]
    /// printed id, digest in eight words, unit; boxes; guard; obligations; keep; what was added later
    grants Grants [Text, Number, Number, Number, Number, Number, Number, Number, Number, Number, Run(Name::Boxes), Row(Name::Guards), Run(Name::Obligations), MaybeRow(Name::Keeps), Run(Name::Later)]
    /// a consent, a box, and the day before which consents do not count there
    later Later [Row(Name::Bases), Row(Name::Boxes), MaybeDay]
    /// end; at most; at least; 0 erase, 1 anonymise, 2 not said; blocks
    keeps Keeps [End, Period, Period, Below(3), Run(Name::InBlocks)]
    /// number of a block; the data that a keep names there, none: any
    in_blocks InBlocks [Number, Rows(Name::Data)]
    /// printed id, digest in eight words, unit; limits; alternatives behind `only`; obligations
    bans Bans [Text, Number, Number, Number, Number, Number, Number, Number, Number, Number, Row(Name::Parts), Run(Name::Parts), Run(Name::Obligations)]
    /// box; guard; ways that `under` speaks about; `under`
    parts Parts [Row(Name::Boxes), Row(Name::Guards), Side(Name::Ways), Under]
    /// printed id, digest in eight words, unit; box; guard; at most
    caps Caps [Text, Number, Number, Number, Number, Number, Number, Number, Number, Number, Row(Name::Boxes), Row(Name::Guards), Period]
    /// what; to whom; within
    obligations Obligations [Text, Texts, Period]
    /// grant; a bit for each verb; by, data, source, purpose, recipient
    boxes Boxes [MaybeRow(Name::Grants), Number, Side(Name::Controllers), Side(Name::Data), Side(Name::Sources), Side(Name::Purposes), Side(Name::Recipients)]
    /// 0 in order, 1 as bits; the atoms; the highest nouns
    sides Sides [Below(2), Number, Number, Number, Number]
    /// in the order in which they are relied on: grant, none for erasing; bases; guard; 1 consent, 2 of a keep, 4 something was added later
    ways Ways [MaybeRow(Name::Grants), Rows(Name::Bases), MaybeRow(Name::Guards), Below(8)]
    /// 0 ban, 1 ban that depends on the way, 2 keep under a legal duty; ban or grant; ways of the keep
    strikers Strikers [Below(3), Number, Rows(Name::Ways)]
    /// what can matter for some verb and data atom: ways and boxes; strikers
    rows Rows [WaysBoxes, Rows(Name::Strikers)]
    /// for each verb and data atom, its row
    row_of RowOf [Row(Name::Rows)]
    /// for each verb and purpose, and after those none, boxes that hold them, one of each shape
    near Near [Rows(Name::Boxes)]
    /// for each verb, and after those any, boxes that hold it, one of each shape
    shapes Shapes [Rows(Name::Boxes)]
    /// slots: high half of the hash, text, noun
    controller_names ControllerNames [Number, Text, Named(Name::Controllers)]
    /// likewise
    subject_names SubjectNames [Number, Text, Named(Name::Subjects)]
    /// likewise
    data_names DataNames [Number, Text, Named(Name::Data)]
    /// likewise
    source_names SourceNames [Number, Text, Named(Name::Sources)]
    /// likewise
    purpose_names PurposeNames [Number, Text, Named(Name::Purposes)]
    /// likewise
    basis_names BasisNames [Number, Text, Named(Name::Bases)]
    /// likewise
    recipient_names RecipientNames [Number, Text, Named(Name::Recipients)]
    /// likewise
    fact_names FactNames [Number, Text, Named(Name::Facts)]
    /// likewise
    country_names CountryNames [Number, Text, Named(Name::Countries)]
}

/// The words of a noun.
pub(crate) type NounTable = Table<9>;
/// The slots of a kind's names.
pub(crate) type NameTable = Table<4>;

#[cfg(test)]
mod tests {
    use super::{ALL, Column};

    /// The page of the format has these tables; `KUPUYA_UPDATE=1` writes them.
    #[test]
    fn the_page_has_these_tables() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/bundle.md");
        let page = std::fs::read_to_string(path).unwrap();
        let mut table = String::from("\n| table | columns | what |\n| --- | --- | --- |\n");
        for (name, what, columns) in ALL {
            let mut told: Vec<String> = columns.iter().map(Column::told).collect();
            told.dedup_by(|next, last| {
                let digest = last.starts_with("number") && next == "number";
                if digest {
                    let count: usize = last.strip_prefix("number ×").map_or(1, |count| count.parse().unwrap());
                    *last = format!("number ×{}", count + 1);
                }
                digest
            });
            table.push_str(&format!("| `{name}` | {} | {} |\n", told.join(", "), what.trim()));
        }
        table.push('\n');
        let (before, rest) = page.split_once("<!-- tables -->\n").unwrap();
        let (found, after) = rest.split_once("<!-- end of tables -->").unwrap();
        if std::env::var_os("KUPUYA_UPDATE").is_some() {
            let whole = format!("{before}<!-- tables -->\n{table}<!-- end of tables -->{after}");
            std::fs::write(path, whole).unwrap();
        } else {
            assert_eq!(found, table, "docs/bundle.md: run this test with KUPUYA_UPDATE=1");
        }
    }

    impl Column {
        fn told(&self) -> String {
            let of = |name: &super::Name| format!("`{}`", ALL.get(*name as usize).unwrap().0);
            match self {
                Column::Number => "number".to_owned(),
                Column::Below(bound) => format!("below {bound}"),
                Column::Text => "text".to_owned(),
                Column::MaybeText => "text or none".to_owned(),
                Column::Texts => "texts".to_owned(),
                Column::Row(name) => format!("row of {}", of(name)),
                Column::MaybeRow(name) => format!("row of {} or none", of(name)),
                Column::Named(name) => format!("row of {}, none, or several", of(name)),
                Column::Rows(name) => format!("rows of {}", of(name)),
                Column::Run(name) => format!("run of {}", of(name)),
                Column::Side(name) => format!("side over {}", of(name)),
                Column::WaysBoxes => "pairs of `ways` and `boxes`".to_owned(),
                Column::Guard => "conjunctions of signed literals".to_owned(),
                Column::End => "end".to_owned(),
                Column::Under => "under".to_owned(),
                Column::Period => "period".to_owned(),
                Column::MaybeDay => "day or none".to_owned(),
            }
        }
    }
}
