//! What a project chooses changes numbers, marks and order, and nothing else.

use std::collections::BTreeMap;

use kupuya::notice::document::Document;
use kupuya::notice::options::{ListMarks, Numbering, Terms};
use kupuya::notice::{self, Options, render};

use super::{EVERYTHING, meant, one};

fn with(options: &Options) -> Document {
    let (model, meaning) = meant(&one(EVERYTHING));
    notice::document(&model, &meaning, options)
}

/// Ids with the sentences that stand behind them.
fn units(document: &Document) -> BTreeMap<&str, &str> {
    let units = document.units().into_iter();
    units
        .map(|(_, unit)| (unit.id.as_str(), unit.sentence.as_str()))
        .collect()
}

#[test]
fn numbers_through_the_whole_document() {
    let document = with(&Options {
        numbering: Numbering::Continuous,
        ..Options::default()
    });
    let chapters = document.chapters.iter().map(|chapter| chapter.number.as_str());
    assert_eq!(chapters.take(4).collect::<Vec<_>>(), ["I", "II", "III", "IV"]);
    let mut numbers: Vec<usize> = document
        .units()
        .iter()
        .map(|(number, _)| number.parse().unwrap())
        .collect();
    assert!(numbers.is_sorted(), "{numbers:?}");
    numbers.dedup();
    assert!(numbers.len() > 20);
    let decimal = with(&Options::default());
    assert_eq!(
        units(&document).keys().collect::<Vec<_>>(),
        units(&decimal).keys().collect::<Vec<_>>()
    );
    // References follow the numbers.
    let text = render::text(&document);
    assert!(text.contains("-пунктта") && !text.contains(".1-пункт"), "{text}");
    assert!(text.contains("V бөлүм"));
}

#[test]
fn lists_with_numbers() {
    let document = with(&Options {
        lists: ListMarks::Number,
        ..Options::default()
    });
    let (text, markdown) = (render::text(&document), render::markdown(&document));
    assert!(text.contains("\n1) "), "{text}");
    assert!(markdown.contains("\n1) "), "{markdown}");
    assert!(render::html(&document).contains("<ol>"));
}

#[test]
fn without_views() {
    let (with_views, without) = (
        with(&Options::default()),
        with(&Options {
            summary: false,
            overview: false,
            ..Options::default()
        }),
    );
    assert!(with_views.summary.is_some() && with_views.overview.is_some());
    assert!(without.summary.is_none() && without.overview.is_none());
    assert_eq!(with_views.chapters, without.chapters);
    let long = render::text(&with_views);
    assert!(long.ends_with(render::text(&without).split_once("\n1. ").unwrap().1));
}

#[test]
fn chapters_change_places_among_themselves() {
    let anchors = |document: &Document| -> Vec<String> {
        document.chapters.iter().map(|chapter| chapter.anchor.clone()).collect()
    };
    let usual = with(&Options::default());
    let order = ["contacts", "rights", "data"].map(str::to_owned).to_vec();
    let moved = with(&Options {
        order,
        ..Options::default()
    });
    let (before, after) = (anchors(&usual), anchors(&moved));
    let named = ["contacts", "rights", "data"];
    for (old, new) in before.iter().zip(&after) {
        assert_eq!(
            named.contains(&old.as_str()),
            named.contains(&new.as_str()),
            "{old} {new}"
        );
        assert!(named.contains(&old.as_str()) || old == new, "{old} moved");
    }
    let found: Vec<&String> = after.iter().filter(|anchor| named.contains(&anchor.as_str())).collect();
    assert_eq!(found, named.iter().collect::<Vec<_>>());
    assert_eq!(
        units(&usual).keys().collect::<Vec<_>>(),
        units(&moved).keys().collect::<Vec<_>>()
    );
    // Numbers count up all the same.
    for (at, chapter) in moved.chapters.iter().enumerate() {
        assert_eq!(chapter.number, (at + 1).to_string());
    }
}

#[test]
fn an_unknown_chapter_is_named() {
    let (model, _) = meant(&one(EVERYTHING));
    let plan = notice::plan::plan(&model, &Options::default());
    let order = ["rights", "right"].map(str::to_owned);
    assert_eq!(plan.unknown_names(&order), ["right"]);
    assert!(plan.names().any(|name| name == "rights"));
}

/// Who cites a clause by its id finds it again after its words or its place have changed.
#[test]
fn ids_stay_when_words_or_places_change() {
    let ids = |text: &str| -> Vec<String> {
        let document = super::document(&one(text));
        let mut ids: Vec<String> = document.units().iter().map(|(_, unit)| unit.id.clone()).collect();
        ids.sort();
        ids
    };
    let usual = ids(EVERYTHING);
    let reworded = EVERYTHING.replace("маалымат", "дайын").replace("төлөм", "которуу");
    assert_ne!(reworded, EVERYTHING);
    assert_eq!(ids(&reworded), usual);
    let statements = ["use d for p under k", "use d for q under k", "keep d for 1 year"];
    let block = |statements: &[&str]| {
        format!(
            "controller c {{\n}}\ndata d \"д\"\npurpose p \"п\"\npurpose q \"к\"\nbasis k \"к\" is contract\n\
             processing x \"X\" {{\n    by: c\n    {}\n}}\n",
            statements.join("\n    ")
        )
    };
    let turned: Vec<&str> = statements.iter().rev().copied().collect();
    assert_eq!(ids(&block(&turned)), ids(&block(&statements)));
}

/// One register a document: where the Code's words are spoken, those of 2008 are not, in any label either.
#[test]
fn the_terms_of_one_law_are_spoken_throughout() {
    let code = with(&Options {
        terms: Terms::Code,
        ..Options::default()
    });
    let text = render::markdown(&code).to_lowercase();
    assert!(text.contains("жеке дайындар"));
    let outside = text
        .split('«')
        .map(|part| part.split_once('»').map_or(part, |(_, after)| after));
    assert!(!outside.collect::<String>().contains("маалыматтар"));
    assert!(
        !render::markdown(&with(&Options::default()))
            .to_lowercase()
            .contains("дайындар")
    );
}
