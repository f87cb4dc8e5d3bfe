//! Renderings of a document: one function for each format, each a pure function of the document.

mod docx;
mod html;
mod links;
mod markdown;
mod markup;
mod text;

use super::document::SummaryLine;
pub use docx::docx;
pub use html::{STYLE as PAGE_STYLE, html};
pub use markdown::markdown;
pub use text::text;

/// An answer of the summary as a sentence, up to the words of its link, and what closes it.
fn answered(line: &SummaryLine) -> (String, &'static str) {
    match line.see {
        Some(_) => (line.answer.clone(), "."),
        None => (line.answer.clone(), if line.answer.ends_with('.') { "" } else { "." }),
    }
}

/// The chapter that a line of the summary points to, in brackets, for formats without links.
fn see(line: &SummaryLine) -> String {
    line.see
        .as_ref()
        .map_or_else(String::new, |link| format!(" ({})", link.text))
}

/// The sign behind an item: a semicolon, after the last one a full stop; none after what opens a list below it.
fn final_sign(text: &str, last: bool, has_items: bool) -> &'static str {
    match () {
        () if has_items => ":",
        () if text.ends_with(['.', '!', '?', '…']) && last => "",
        () if last => ".",
        () => ";",
    }
}

/// The item's text with the sign behind it.
fn with_sign(text: &str, last: bool, has_items: bool) -> String {
    format!("{}{}", text.trim_end_matches(':'), final_sign(text, last, has_items))
}

/// A text with the clause that it repeats: in brackets, before its last sign.
pub(super) fn cited(text: &str, cites: Option<&str>) -> String {
    let Some(cites) = cites else {
        return text.to_owned();
    };
    let end = text.trim_end_matches([':', '.']);
    let sign = &text[end.len()..];
    // Never brackets behind brackets.
    match end.strip_suffix(')') {
        Some(open) if open.contains('(') => format!("{open}; {cites}){sign}"),
        _ => format!("{end} ({cites}){sign}"),
    }
}

/// A number with a full stop, for what has one of its own.
fn numbered(number: &str, cites: Option<&str>) -> Option<String> {
    (cites.is_none() && !number.is_empty()).then(|| format!("{number}."))
}
