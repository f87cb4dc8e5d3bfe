//! Numbering: one multilevel list counts chapters and paragraphs, others mark the items.
//!
//! Office programs count themselves, so that what is added by hand is numbered too; a test compares their numbers with
//! those of the document.

use super::xml::{HEAD, W};
use crate::notice::document::Document;
use crate::notice::options::{ListMarks, Numbering};

/// The number of the list that the first list of items has; dashes share it, counted lists have one each from here on.
pub(super) const FIRST_LIST: usize = 2;

/// The numbering part of a document with so many lists of items.
pub(super) fn numbering(document: &Document, lists: usize) -> String {
    let (chapter, paragraph, restart) = match document.numbering {
        Numbering::Decimal => ("decimal", "%1.%2.", ""),
        Numbering::Continuous => ("upperRoman", "%2.", "<w:lvlRestart w:val=\"0\"/>"),
    };
    let mut out = format!("{HEAD}<w:numbering {W}>");
    out.push_str(&format!(
        "<w:abstractNum w:abstractNumId=\"0\"><w:multiLevelType w:val=\"multilevel\"/>{}{}</w:abstractNum>",
        level(0, chapter, "", Some("Heading1"), "%1.", 0, 567),
        level(1, "decimal", restart, Some("Clause"), paragraph, 680, 680),
    ));
    out.push_str("<w:abstractNum w:abstractNumId=\"1\"><w:multiLevelType w:val=\"hybridMultilevel\"/>");
    for depth in 0..9 {
        let left = 1020 + 340 * depth;
        let counted = depth == 0 && document.lists == ListMarks::Number;
        out.push_str(&if counted {
            level(depth, "decimal", "", None, "%1)", left, 400)
        } else {
            level(depth, "bullet", "", None, "–", left, 340)
        });
    }
    out.push_str("</w:abstractNum>");
    out.push_str("<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>");
    for list in 0..lists.max(1) {
        let start = match document.lists {
            ListMarks::Number => "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride>",
            ListMarks::Dash => "",
        };
        out.push_str(&format!(
            "<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"1\"/>{start}</w:num>",
            FIRST_LIST + list
        ));
        if document.lists == ListMarks::Dash {
            break;
        }
    }
    out.push_str("</w:numbering>\n");
    out
}

fn level(
    at: usize,
    format: &str,
    restart: &str,
    style: Option<&str>,
    text: &str,
    left: usize,
    hanging: usize,
) -> String {
    let style = style.map_or_else(String::new, |style| format!("<w:pStyle w:val=\"{style}\"/>"));
    // Chapters begin at the margin; paragraphs and items hang on their numbers.
    let indent = if left == 0 {
        format!("<w:tabs><w:tab w:val=\"num\" w:pos=\"{hanging}\"/></w:tabs><w:ind w:left=\"0\" w:firstLine=\"0\"/>")
    } else {
        format!("<w:ind w:left=\"{left}\" w:hanging=\"{hanging}\"/>")
    };
    format!(
        "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{restart}{style}<w:lvlText w:val=\"{text}\"/><w:lvlJc w:val=\"left\"/><w:pPr>{indent}</w:pPr></w:lvl>"
    )
}
