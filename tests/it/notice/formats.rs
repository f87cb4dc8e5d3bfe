//! The formats, each whole for one small policy.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use kupuya::notice::render;

use super::{EVERYTHING, POLITE, document, megapay, one};

/// The page without its style sheet and its linked data, which have files of their own.
#[test]
fn a_page() {
    let page = render::html(&document(&one(POLITE)));
    let (before, rest) = page.split_once("<style>").unwrap();
    let (_, after) = rest.split_once("</style>").unwrap();
    let (middle, rest) = after.split_once("<script").unwrap();
    let (_, after) = rest.split_once("</script>").unwrap();
    insta::assert_snapshot!(format!("{before}{middle}{after}"));
}

#[test]
fn markdown() {
    insta::assert_snapshot!(render::markdown(&document(&one(POLITE))));
}

/// The parts of a file for office programs, by name.
fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut found = BTreeMap::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        found.insert(part.enclosed_name().unwrap().display().to_string(), text);
    }
    found
}

#[test]
fn an_office_file_is_whole() {
    for files in [one(""), one(EVERYTHING), one(POLITE), megapay()] {
        let document = document(&files);
        let bytes = render::docx(&document).unwrap();
        assert_eq!(bytes, render::docx(&document).unwrap(), "the same twice");
        let parts = parts(&bytes);
        let main = &parts["word/document.xml"];
        // Each word of the document is there, and each link leads to a bookmark.
        let said = main
            .replace("</w:t><w:noBreakHyphen/><w:t xml:space=\"preserve\">", "-")
            .split("</w:t>")
            .filter_map(|run| run.rsplit('>').next())
            .collect::<String>();
        let said = said
            .replace("&quot;", "\"")
            .replace("&amp;", "&")
            .replace("&lt;", "<")
            .replace("&gt;", ">");
        for block in kupuya::notice::digest::visible(&document) {
            for words in block.text.split(['\t', '\n']) {
                assert!(said.contains(words.trim_end_matches(':')), "{words}");
            }
        }
        let marks = |before: &str| -> Vec<String> {
            let found = main.split(before).skip(1).filter_map(|rest| rest.split('"').next());
            found.map(str::to_owned).collect()
        };
        let bookmarks = marks("w:name=\"");
        let unique: BTreeSet<&String> = bookmarks.iter().collect();
        assert_eq!(unique.len(), bookmarks.len(), "bookmarks are unique");
        for link in marks("w:anchor=\"") {
            assert!(unique.contains(&link), "{link} leads nowhere");
        }
        // Each line of the contents has the page of its bookmark.
        let pages = main
            .split(" PAGEREF ")
            .skip(1)
            .filter_map(|rest| rest.split(' ').next());
        let pages: Vec<String> = pages.map(str::to_owned).collect();
        assert_eq!(pages.len(), main.matches("<w:pStyle w:val=\"TOC1\"/>").count());
        assert!(pages.iter().all(|page| unique.contains(page)), "{pages:?}");
        let relations = &parts["word/_rels/document.xml.rels"];
        for link in marks("<w:hyperlink r:id=\"") {
            let relation = format!("Id=\"{link}\"");
            let target = relations
                .split(&relation)
                .nth(1)
                .unwrap()
                .split("Target=\"")
                .nth(1)
                .unwrap();
            assert!(
                ["http", "mailto:"].iter().any(|scheme| target.starts_with(scheme)),
                "{target}"
            );
        }
        for (name, part) in &parts {
            let opened = part.matches('<').count() - part.matches("<?").count();
            let closed = part.matches("</").count();
            assert_eq!(
                opened,
                2 * closed + part.matches("/>").count(),
                "{name}: elements close"
            );
        }
        let lists = marks("<w:numId w:val=\"");
        for list in lists {
            let known = format!("<w:num w:numId=\"{list}\">");
            assert!(parts["word/numbering.xml"].contains(&known), "list {list}");
        }
    }
}
