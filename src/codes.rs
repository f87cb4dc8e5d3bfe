//! The codes of findings: a table for each stage, with the summary and the page of each code.
//!
//! A line of a table is all that a new code needs, beside its page `CODE.md`: `kupuya explain`, the help of SARIF and the
//! editor are derived from the tables, and the blocks of each page run as tests.

/// A code that a stage can report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// The code: it reads well after `waive`.
    pub code: &'static str,
    /// The pattern found, in one sentence.
    pub summary: &'static str,
    /// Its page, in Markdown.
    pub page: &'static str,
}

/// Makes the table of a stage: a constant for each code, and `ALL`. The pages of a group stand in its folder.
macro_rules! codes {
    ($(in $folder:literal { $($constant:ident = $code:literal: $summary:literal;)* })*) => {
        $($(#[doc = $summary] pub const $constant: &str = $code;)*)*

        /// Every code of this stage, group by group, in alphabetical order within each.
        pub const ALL: &[$crate::codes::Known] = &[$($($crate::codes::Known {
            code: $code,
            summary: $summary,
            page: include_str!(concat!($folder, "/", $code, ".md")),
        }),*),*];
    };
}

pub(crate) use codes;
