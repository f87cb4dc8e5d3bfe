//! What may stand at the cursor: read from the text before it, so that it works on a half-written line.

mod declaration;
pub mod place;
mod rule;
mod sentence;

use kupuya::model::kinded::Common;
use kupuya::model::noun::{AnyNoun, Basis, Id};
use kupuya::source::Origin;
use kupuya::syntax::vocabulary::{self, COMMON_FIELDS, FLAGS, KINDS, Kind, VERBS};
use serde_json::json;

use super::actions::with_line_ends;
use super::hover;
use super::symbols::within;
use crate::named::Named;
use crate::proto::{
    CompletionItem, CompletionItemKind, CompletionItemLabelDetails, CompletionList, CompletionTextEdit, Documentation,
    InsertTextFormat, MarkupContent, MarkupKind, Position, TextEdit,
};
use crate::view::View;
use place::{Expected, Place};

/// What may stand at a position.
#[must_use]
pub fn complete(view: &View, position: Position) -> CompletionList {
    let place = Place::of(&view.text, view.offset(position));
    let mut items = Vec::new();
    for expected in &place.expected {
        of(view, &place, expected, &mut items);
    }
    // Behind the first step of a name only names go on.
    if view
        .text
        .get(place.typed.clone())
        .is_some_and(|typed| typed.contains('.'))
    {
        items.retain(|item| item.kind != Some(CompletionItemKind::KEYWORD));
    }
    let range = view.now(place.typed.clone());
    for item in &mut items {
        let new_text = item.insert_text.take().unwrap_or_else(|| item.label.clone());
        item.text_edit = Some(CompletionTextEdit::Edit(TextEdit { range, new_text }));
    }
    CompletionList {
        // What is filtered by depends on the script that is typed, so each keystroke asks anew.
        is_incomplete: true,
        items,
    }
}

/// Adds the documentation of an item, when an editor comes to show it.
#[must_use]
pub fn resolve(view: &View, mut item: CompletionItem) -> CompletionItem {
    let noun = item.data.as_ref().and_then(|data| Named::asked(view, data));
    if let Some(text) = noun.and_then(|noun| hover::of_noun(&view.snapshot, noun, view.abilities.markdown)) {
        item.documentation = Some(match view.abilities.markdown {
            true => Documentation::MarkupContent(MarkupContent {
                kind: MarkupKind::Markdown,
                value: text,
            }),
            false => Documentation::String(text),
        });
    }
    item
}

fn of(view: &View, place: &Place, expected: &Expected, items: &mut Vec<CompletionItem>) {
    match expected {
        Expected::Nouns(kinds) => items.extend(nouns(view, place, kinds, &|_, _| true)),
        Expected::Declared(kinds) => {
            let own = |_: AnyNoun, common: &Common<'_>| common.origin == Origin::Project;
            items.extend(nouns(view, place, kinds, &own));
        }
        Expected::Above(kind, name) => {
            let model = &view.snapshot.analysis.model;
            let own = |noun: AnyNoun, common: &Common<'_>| {
                noun.kind == *kind && common.name == name && common.origin == Origin::Project
            };
            let own = view.snapshot.nouns().find(|(noun, common)| own(*noun, common));
            let other = |noun: AnyNoun, _: &Common<'_>| own.is_none_or(|(own, _)| !model.below(noun, own));
            items.extend(nouns(view, place, &[*kind], &other));
        }
        Expected::Kinds(kinds) => {
            // A project is one document.
            let has = view.snapshot.analysis.model.policy.is_some();
            let kinds = kinds.iter().filter(|kind| !(has && **kind == Kind::Policy));
            items.extend(kinds.map(|kind| match view.abilities.snippets {
                true => kind_snippet(vocabulary::kind(*kind), view),
                false => keyword(vocabulary::kind(*kind).word, vocabulary::kind(*kind).meaning),
            }));
        }
        Expected::Verbs(standing) => {
            let verbs = VERBS.iter().filter(|(verb, ..)| standing.has(*verb));
            items.extend(verbs.map(|(_, word, meaning)| keyword(word, meaning)));
        }
        Expected::Flags(kind) => items.extend(
            FLAGS
                .iter()
                .filter(|(word, _)| match *word {
                    "open" => true,
                    "optional" => *kind == Kind::Data,
                    "objectable" => *kind == Kind::Basis,
                    _ => false,
                })
                .map(|(word, meaning)| keyword(word, meaning)),
        ),
        Expected::FieldsOf(of) => {
            let named = |common: &Common<'_>| common.path == of || common.name == of;
            let kind = KINDS.iter().find(|kind| kind.word == of).map(|kind| kind.kind);
            let noun = || view.snapshot.nouns().find(|(_, common)| named(common));
            if let Some(kind) = kind.or_else(|| noun().map(|(noun, _)| noun.kind)) {
                let fields = vocabulary::kind(kind).fields.iter();
                items.extend(fields.map(|field| keyword(field.word, field.meaning)));
            }
        }
        Expected::Laws => {
            let analysis = &view.snapshot.analysis;
            let laws = kupuya::pipeline::laws_at_hand(&view.snapshot.sources, &analysis.files);
            let laws = laws.iter().filter(|law| !place.listed.contains(law));
            items.extend(laws.map(|law| CompletionItem {
                kind: Some(CompletionItemKind::MODULE),
                ..plain(law)
            }));
        }
        Expected::Fields(kind) => {
            let own = vocabulary::kind(*kind).fields.iter();
            let fields = own
                .chain(COMMON_FIELDS)
                .filter(|field| !place.given.iter().any(|given| given == field.word));
            items.extend(fields.map(|field| CompletionItem {
                kind: Some(CompletionItemKind::PROPERTY),
                insert_text: Some(format!("{}: ", field.word)),
                detail: Some(field.meaning.to_owned()),
                // Fields of the kind come before those of all kinds.
                sort_text: Some(if COMMON_FIELDS.contains(field) { "1" } else { "0" }.to_owned() + field.word),
                ..plain(field.word)
            }));
        }
        Expected::Words(words) => items.extend(words.iter().map(|word| keyword(word, ""))),
        Expected::Codes => {
            // Only what rules find can be accepted.
            let model = &view.snapshot.analysis.model;
            let codes = kupuya::pipeline::codes().into_iter();
            let codes = codes.filter(|code| kupuya::pipeline::is_rule(model, &code.code));
            items.extend(codes.map(|code| CompletionItem {
                kind: Some(CompletionItemKind::CONSTANT),
                detail: Some(code.summary),
                ..plain(&code.code)
            }));
        }
    }
}

/// So many nouns are offered at most: with each letter the client asks anew.
const MOST: usize = 200;

fn nouns(
    view: &View,
    place: &Place,
    kinds: &[Kind],
    wanted_too: &dyn Fn(AnyNoun, &Common<'_>) -> bool,
) -> Vec<CompletionItem> {
    let typed = view.text.get(place.typed.clone()).unwrap_or("");
    // Who types Cyrillic letters looks for labels, unless names are written in them.
    let by_label = typed.chars().any(|letter| ('\u{400}'..='\u{52f}').contains(&letter));
    let wanted = typed.to_lowercase();
    let meant = |common: &Common<'_>| {
        let label = common.label.filter(|_| by_label);
        within(common.path, &wanted) || label.is_some_and(|label| within(&label.value, &wanted))
    };
    let found = view
        .snapshot
        .nouns()
        .filter(|(noun, common)| kinds.contains(&noun.kind) && !common.name.is_empty() && wanted_too(*noun, common))
        .filter(|(_, common)| common.origin != Origin::Pack && meant(common))
        // What the list names already is not named again.
        .filter(|(_, common)| !place.listed.iter().any(|one| one == common.path || one == common.name));
    let mut found = found.collect::<Vec<_>>();
    if found.len() > MOST {
        found.sort_by_key(|(noun, common)| {
            let begins = common.path.starts_with(&wanted) || common.name.starts_with(&wanted);
            (!begins, common.origin != Origin::Project, noun.index)
        });
        found.truncate(MOST);
    }
    let address = view.address();
    found
        .into_iter()
        .map(|(noun, common)| {
            let label = common.label.map(|label| label.value.clone());
            let barred = noun.id().is_some_and(|basis| !admitted(view, basis));
            CompletionItem {
                kind: Some(icon(noun.kind)),
                label_details: Some(CompletionItemLabelDetails {
                    detail: None,
                    description: label.clone(),
                }),
                detail: Some(vocabulary::kind(noun.kind).word.to_owned()),
                filter_text: Some(match label.filter(|_| by_label) {
                    Some(label) => format!("{label} {}", common.path),
                    None => common.path.to_owned(),
                }),
                sort_text: Some(rank(noun, &common, barred)),
                deprecated: barred.then_some(true),
                data: Some(json!({"kind": vocabulary::kind(noun.kind).word, "path": common.path, "uri": address})),
                ..plain(common.path)
            }
        })
        .collect()
}

/// The project's own nouns come first, then the taxonomy's, then bases that the law does not know.
fn rank(noun: AnyNoun, common: &Common<'_>, barred: bool) -> String {
    let group = match (barred, common.origin) {
        (true, _) => 2,
        (false, Origin::Project) => 0,
        (false, _) => 1,
    };
    format!("{group}{:06}", noun.index)
}

/// Whether every pack in force that names the bases it knows knows this one.
fn admitted(view: &View, basis: Id<Basis>) -> bool {
    let model = &view.snapshot.analysis.model;
    model
        .packs
        .iter()
        .filter(|pack| !pack.admits.is_empty())
        .all(|pack| pack.admits.iter().any(|known| model.bases.below(basis, *known)))
}

fn plain(label: &str) -> CompletionItem {
    CompletionItem {
        label: label.to_owned(),
        ..CompletionItem::default()
    }
}

fn keyword(word: &str, meaning: &str) -> CompletionItem {
    CompletionItem {
        kind: Some(CompletionItemKind::KEYWORD),
        insert_text: Some(format!("{word} ")),
        detail: (!meaning.is_empty()).then(|| meaning.to_owned()),
        ..plain(word)
    }
}

fn kind_snippet(kind: &vocabulary::KindWord, view: &View) -> CompletionItem {
    let block = if kind.fields.is_empty() { "" } else { " {\n    $0\n}" };
    let text = match kind.kind {
        Kind::Scenario => format!("{} \"${{1:label}}\"{block}", kind.word),
        _ => format!("{} ${{1:name}} \"${{2:label}}\"{block}", kind.word),
    };
    CompletionItem {
        kind: Some(CompletionItemKind::SNIPPET),
        detail: Some(kind.meaning.to_owned()),
        insert_text: Some(with_line_ends(&text, &view.text)),
        insert_text_format: Some(InsertTextFormat::SNIPPET),
        ..plain(kind.word)
    }
}

fn icon(kind: Kind) -> CompletionItemKind {
    match kind {
        Kind::Data => CompletionItemKind::FIELD,
        Kind::Purpose => CompletionItemKind::FUNCTION,
        Kind::Basis | Kind::Ground | Kind::Right => CompletionItemKind::INTERFACE,
        Kind::Controller | Kind::Recipient | Kind::Subject | Kind::Source => CompletionItemKind::CLASS,
        _ => CompletionItemKind::CONSTANT,
    }
}
