//! The formats, each whole for one small policy.

use kupuya::notice::render;

use super::{POLITE, document, one};

/// The page without its style sheet, which has a file of its own.
#[test]
fn a_page() {
    let page = render::html(&document(&one(POLITE)));
    let (before, rest) = page.split_once("<style>").unwrap();
    let (_, after) = rest.split_once("</style>").unwrap();
    insta::assert_snapshot!(format!("{before}{after}"));
}

#[test]
fn markdown() {
    insta::assert_snapshot!(render::markdown(&document(&one(POLITE))));
}
