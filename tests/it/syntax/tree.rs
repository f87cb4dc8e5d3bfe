//! The tree that a text makes: the parts that other stages rely on.

use super::read;
use kupuya::syntax::ast::{Content, Core, Declaration, Formula, Item, Node, Outcome, Sentence, Then};
use kupuya::syntax::prose::{ProsePart, references};
use kupuya::syntax::vocabulary::{Connector, Kind, Verb};

fn items(text: &str) -> Vec<Item> {
    let (file, found) = read(text);
    assert!(found.is_empty(), "{}", super::told(text, &found));
    file.items
}

fn declaration(item: &Item) -> &Declaration {
    match &item.node {
        Node::Declaration(found) => found,
        other => panic!("{other:?}"),
    }
}

fn sentence(item: &Item) -> &Sentence {
    match &item.node {
        Node::Sentence(found) => found,
        other => panic!("{other:?}"),
    }
}

#[test]
fn children_have_the_kind_of_their_parent() {
    let all = items("data a \"А\" is x, optional {\n  b \"Б\" {\n    c \"В\"\n  }\n  ru: \"А\"\n}\n");
    let a = declaration(&all[0]);
    assert_eq!(a.is.len(), 2);
    let b = declaration(&a.items[0]);
    assert_eq!((b.kind, b.kind_span), (Kind::Data, None));
    assert_eq!(declaration(&b.items[0]).name.as_ref().unwrap().text(), "c");
    assert!(matches!(a.items[1].node, Node::Field(_)));
}

#[test]
fn what_stands_above_belongs_to_what_stands_below() {
    let all = items("/// note\nwaive c with @k until 2026-01-02 \"r\"\n@id never use any\n");
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].notes[0].value, "note");
    assert_eq!(all[0].waivers[0].code.value, "c");
    assert_eq!(all[0].id.as_ref().unwrap().value, "id");
    assert_eq!(all[0].span.start, 0);
    assert!(sentence(&all[0]).never.is_some());
}

#[test]
fn only_has_alternatives() {
    let all = items("share any except a abroad only under b and not c or in KG when d\n");
    let found = sentence(&all[0]);
    let data = found.data.as_ref().unwrap();
    assert_eq!((data.any.is_some(), data.except.len()), (true, 1));
    assert_eq!(found.qualifiers[0].connector, Connector::Abroad);
    let only = found.only.as_ref().unwrap();
    let shape: Vec<usize> = only.alternatives.iter().map(Vec::len).collect();
    assert_eq!(shape, [1, 2]);
    assert!(matches!(&only.alternatives[0][0].content, Content::Formula(Formula::And(all)) if all.len() == 2));
}

#[test]
fn a_sentence_goes_on_after_a_comma_and_before_a_connecting_word() {
    let text =
        "processing p \"П\" {\n  keep a,\n    b\n    for 30 days after c // note\n    then erase\n  use d for e\n}\n";
    let all = items(text);
    let block = declaration(&all[0]);
    assert_eq!(block.items.len(), 2);
    let keep = sentence(&block.items[0]);
    assert_eq!(
        (keep.verb.value, keep.data.as_ref().unwrap().names.len()),
        (Verb::Keep, 2)
    );
    assert!(matches!(keep.qualifiers[2].content, Content::Then(Then::Erase(_))));
}

#[test]
fn fields_have_values_and_prose() {
    let all =
        items("basis b \"Б\" {\n  given: tap at app, letter at office\n  text:\n    | бир\n    |\n    | эки\n}\n");
    let block = declaration(&all[0]);
    let Node::Field(given) = &block.items[0].node else {
        panic!()
    };
    assert_eq!(given.values.len(), 2);
    assert!(matches!(&given.values[1].core, Core::Formula(Formula::Name(name)) if name.text() == "letter"));
    assert_eq!(given.values[1].qualifiers[0].connector, Connector::At);
    let Node::Field(text) = &block.items[1].node else {
        panic!()
    };
    let lines: Vec<&str> = text.prose.iter().map(|line| line.value.as_str()).collect();
    assert_eq!(lines, ["бир", "", "эки"]);
}

#[test]
fn scenarios_have_outcomes() {
    let all = items("scenario \"С\" {\n  deny unmet a, b use c for d given not e, age = 15\n}\n");
    let Node::Expectation(found) = &declaration(&all[0]).items[0].node else {
        panic!()
    };
    assert_eq!((found.outcome.value, found.names.len()), (Outcome::Unmet, 2));
    let given = &found.sentence.as_ref().unwrap().qualifiers[1];
    assert!(matches!(&given.content, Content::Given(known) if known.len() == 2));
}

#[test]
fn references_in_prose() {
    let text = "[company]нын [ user ] жана [x y] [identity.passport]у [";
    let parts = references(text);
    let found: Vec<(&str, &str, &str)> = parts
        .iter()
        .filter_map(|part| match part {
            ProsePart::Reference {
                path,
                suffix,
                start,
                end,
            } => Some((path.as_str(), suffix.as_str(), &text[*start..*end])),
            ProsePart::Text { .. } => None,
        })
        .collect();
    assert_eq!(
        found,
        [
            ("company", "нын", "[company]нын"),
            ("user", "", "[ user ]"),
            ("identity.passport", "у", "[identity.passport]у"),
        ]
    );
    let whole: String = parts
        .iter()
        .map(|part| match part {
            ProsePart::Reference { start, end, .. } => &text[*start..*end],
            ProsePart::Text { text, .. } => text.as_str(),
        })
        .collect();
    assert_eq!(whole, text);
}
