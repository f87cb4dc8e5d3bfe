//! A label is text in every format, whatever signs it holds.

use kupuya::notice::document::*;
use kupuya::notice::options::{ListMarks, Numbering};
use kupuya::notice::render;
use proptest::prelude::*;

/// A document with one text everywhere.
fn everywhere(text: &str) -> Document {
    let text = text.to_owned();
    let unit = Unit {
        id: text.clone(),
        states: Stated::Closing,
        sentence: text.clone(),
        older_number: Some(text.clone()),
    };
    let item = Item {
        text: text.clone(),
        items: Vec::new(),
        units: vec![unit.clone()],
    };
    let paragraph = Paragraph {
        number: "1.1".to_owned(),
        anchor: text.clone(),
        text: text.clone(),
        items: vec![
            Item {
                items: vec![item.clone()],
                ..item.clone()
            },
            item,
        ],
        units: vec![unit.clone()],
        cites: None,
    };
    let table = Table {
        number: "1.2".to_owned(),
        anchor: text.clone(),
        caption: text.clone(),
        head: vec![text.clone(), text.clone()],
        rows: vec![Row {
            cells: vec![text.clone(), text.clone()],
            units: vec![unit],
        }],
        cites: Some(text.clone()),
    };
    let link = Link {
        anchor: text.clone(),
        text: text.clone(),
    };
    Document {
        class: "dpv:PrivacyNotice",
        language: "ky",
        title: text.clone(),
        subtitle: vec![text.clone()],
        begins: None,
        summary: Some(Summary {
            heading: text.clone(),
            lines: vec![SummaryLine {
                question: text.clone(),
                answer: text.clone(),
                see: Some(link.clone()),
            }],
        }),
        overview: Some(Overview {
            heading: text.clone(),
            caption: text.clone(),
            head: vec![text.clone(), text.clone()],
            rows: vec![vec![
                vec![CellLine::Text(text.clone()), CellLine::Link(link.clone())],
                vec![CellLine::Link(link)],
            ]],
        }),
        numbering: Numbering::Decimal,
        lists: ListMarks::Dash,
        words: Words {
            contents: text.clone(),
            skip: text.clone(),
            references: vec![text.clone()],
            joint: text.clone(),
        },
        linked_data: Some(text.clone()),
        chapters: vec![Chapter {
            number: "1".to_owned(),
            anchor: text.clone(),
            heading: text.clone(),
            blocks: vec![
                Block::Heading(text.clone()),
                Block::Paragraph(paragraph),
                Block::Table(table),
                Block::Form(vec![Field::Blank(text.clone()), Field::Tick(text)]),
            ],
        }],
        meaning_digest: String::new(),
    }
}

/// Markdown without its escapes.
fn unescaped(line: &str) -> String {
    let mut out = String::new();
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => out.extend(letters.next()),
            letter => out.push(letter),
        }
    }
    out
}

/// Signs that begin markup, outside escapes.
fn markup(line: &str) -> Vec<char> {
    let mut found = Vec::new();
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => _ = letters.next(),
            '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' => found.push(letter),
            _ => {}
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn in_html(text in "[a-zа-я <>&\"'/=;:!\\-\\[\\]{}]{0,24}") {
        let page = render::html(&everywhere(&text));
        let (ids, _) = super::html::walk(&page);
        let unique: std::collections::BTreeSet<&String> = ids.iter().collect();
        prop_assert_eq!(unique.len(), ids.len());
    }

    #[test]
    fn in_markdown(text in "[a-zа-я0-9 #+=<>&*_`~|.)(!\\-\\\\\\[\\]]{1,24}") {
        let document = everywhere(&text);
        let page = render::markdown(&document);
        for line in page.lines() {
            // The numbers of paragraphs are set bold.
            let line = line.trim_start_matches("**1.1.** ").trim_start_matches("**1.2.** ");
            // So is the question of a summary's line.
            let question = line.strip_prefix("- **").and_then(|rest| rest.split_once(":** "));
            let line = question.map_or(line.to_owned(), |(question, answer)| format!("{question} {answer}"));
            prop_assert_eq!(markup(&line), Vec::<char>::new(), "{}", line);
        }
        let title = page.lines().next().unwrap_or("").trim_start_matches("# ");
        let title = unescaped(title);
        prop_assert_eq!(title.trim(), text.trim());
        // A table row has as many cells as its head, so no bar is read as a border.
        let bars = |line: &str| line.replace("\\\\", "").replace("\\|", "").matches('|').count();
        let rows: Vec<usize> = page.lines().filter(|line| line.starts_with("| ")).map(bars).collect();
        prop_assert!(rows.iter().all(|count| *count == 3), "{rows:?}");
    }
}
