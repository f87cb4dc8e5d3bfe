//! `unused_noun`: a noun is declared, and nothing is said of it.

use std::collections::BTreeSet;

use super::edit::remove;
use super::tree::{called, topmost};
use super::{Facts, finding, law};
use crate::diagnostic::{Applicability, Diagnostic, Fix, Text};
use crate::graph::any;
use crate::model::noun::{AnyNoun, Id, Table};
use crate::model::sentence::Slot;
use crate::model::{Context, Model};
use crate::source::{Origin, Span};
use crate::syntax::vocabulary::Kind;

/// Its code.
pub const CODE: &str = "unused_noun";

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let model = facts.model;
    let used = used(facts);
    let mut found = of(facts, &model.data, Kind::Data, "data category", &used);
    found.extend(of(facts, &model.recipients, Kind::Recipient, "recipient", &used));
    found.extend(of(facts, &model.bases, Kind::Basis, "basis", &used));
    found.extend(of(facts, &model.facts, Kind::Fact, "fact", &used));
    found.extend(of(facts, &model.sources, Kind::Source, "source", &used));
    found
}

fn of<D>(
    facts: &Facts<'_>,
    table: &Table<D>,
    kind: Kind,
    what: &'static str,
    used: &BTreeSet<AnyNoun>,
) -> Vec<Diagnostic> {
    // What is said of a noun is said of all below it, and what is said of one below it is said of a part of it.
    let named: Vec<Id<D>> = table.ids().filter(|id| used.contains(&any(kind, *id))).collect();
    let said = table.related(&named);
    topmost(table, |id| !said.contains(&id))
        .into_iter()
        .map(|id| {
            let noun = &table[id];
            let found = finding(
                CODE,
                Text::new("nothing is said of the {what} {noun}")
                    .with("what", Text::new(what))
                    .with("noun", called(noun)),
                noun.name_span,
                "never used",
            )
            .help("say what is done with it, or remove it");
            if named_elsewhere(facts.model, table, kind, id) {
                return found;
            }
            found.fix(Fix {
                title: Text::new("remove `{noun}`").with("noun", noun.path.clone()),
                edits: vec![remove(facts.sources, noun.span)],
                applicability: Applicability::NeedsReview,
                within: Vec::new(),
            })
        })
        .collect()
}

/// Whether anything outside of a declaration names what is declared in it: without it that would be an error.
fn named_elsewhere<D>(model: &Model, table: &Table<D>, kind: Kind, id: Id<D>) -> bool {
    let whole = table[id].span;
    let inside = |low: &Id<D>| whole.holds(table[*low].span);
    let mut low = table.denotation(id);
    low.retain(inside);
    let low: BTreeSet<AnyNoun> = low.into_iter().map(|low| any(kind, low)).collect();
    model
        .uses
        .iter()
        .any(|one| low.contains(&one.noun) && !whole.holds(one.span))
}

/// Every noun that something is said of. A scenario, a waiver and a rule only ask; `is` only places a noun.
fn used(facts: &Facts<'_>) -> BTreeSet<AnyNoun> {
    let model = facts.model;
    let own = |span: Span| {
        facts
            .sources
            .get(span.source)
            .is_some_and(|source| source.origin == Origin::Project)
    };
    let mut headers: Vec<Span> = headers(model);
    headers.sort_unstable_by_key(|header| (header.source, header.start));
    // Headers do not overlap, so the last one that begins before a place is the one that may hold it.
    let within = |span: Span| {
        let at = headers.partition_point(|header| (header.source, header.start) <= (span.source, span.start));
        let before = at.checked_sub(1).and_then(|at| headers.get(at));
        before.is_some_and(|header| header.source == span.source && span.end <= header.end)
    };
    let mut used: BTreeSet<AnyNoun> = model
        .uses
        .iter()
        .filter(|one| own(one.span))
        .filter(|one| match one.context {
            Context::Statement | Context::Ban | Context::Prose => true,
            Context::Declaration => !within(one.span),
            Context::Scenario | Context::Waiver | Context::Rule => false,
        })
        .map(|one| one.noun)
        .collect();
    // `any` in a statement speaks of each.
    for statement in &model.permissions {
        insert(&mut used, Kind::Data, Some(&statement.data));
        insert(&mut used, Kind::Recipient, statement.recipient.as_ref());
    }
    for keep in &model.keeps {
        insert(&mut used, Kind::Data, Some(&keep.data));
    }
    // A party is a source of its own, without a declaration.
    let mirrors = model
        .sources
        .iter()
        .filter(|(_, noun)| noun.detail.stands_for.is_some());
    used.extend(mirrors.map(|(id, _)| any(Kind::Source, id)));
    // What a law wants to be named, such as a body to complain to, needs nothing said of it.
    for class in law::asked_for(model, Kind::Recipient) {
        used.extend(
            model
                .recipients
                .of_project()
                .filter(|(id, _)| model.recipients.below(*id, Id::new(class.index)))
                .map(|(id, _)| any(Kind::Recipient, id)),
        );
    }
    used
}

fn insert<D>(used: &mut BTreeSet<AnyNoun>, kind: Kind, slot: Option<&Slot<D>>) {
    used.extend(slot.into_iter().flat_map(|slot| &slot.atoms).map(|id| any(kind, *id)));
}

/// Headers in which `is` stands: of the kinds that are checked, without those that a `when` or a place makes longer.
fn headers(model: &Model) -> Vec<Span> {
    fn of<D>(table: &Table<D>) -> impl Iterator<Item = Span> + '_ {
        table.of_project().map(|(_, noun)| noun.header)
    }
    let bases = model.bases.of_project().filter(|(_, noun)| noun.detail.when.is_none());
    // The source that a party is has the header of the party, and classes of people have conditions there.
    let sources = model
        .sources
        .of_project()
        .filter(|(_, noun)| noun.detail.stands_for.is_none());
    of(&model.data)
        .chain(bases.map(|(_, noun)| noun.header))
        .chain(of(&model.recipients))
        .chain(sources.map(|(_, noun)| noun.header))
        .collect()
}
