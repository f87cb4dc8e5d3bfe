//! `empty_promise`: a promise names something of the taxonomy under which the project declares nothing, so it strikes
//! nothing.

use super::tree::called;
use super::{Facts, finding};
use crate::diagnostic::{Applicability, Argument, Diagnostic, Fix, Text};
use crate::meaning::Region;
use crate::model::Model;
use crate::model::names::nearest_of;
use crate::model::noun::{Id, Source, Table};
use crate::model::sentence::{Act, Slot};
use crate::source::{Origin, Span, Spanned};

/// So many classes of people are named.
const MOST: usize = 3;

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let model = facts.model;
    let mut found = Vec::new();
    for ban in model.bans.iter().filter(|ban| ban.rule.is_none()) {
        let scope = &ban.scope;
        // Not to collect something is what a policy promises by having nothing of it.
        let banned = Some(&ban.data).filter(|_| !ban.acts.contains(&Act::Collect));
        let data = named(facts, &model.data, banned, "data category", |region| &region.data);
        let to = named(
            facts,
            &model.recipients,
            scope.recipient.as_ref(),
            "recipient",
            |region| &region.recipient,
        );
        let purpose = named(facts, &model.purposes, scope.purpose.as_ref(), "purpose", |region| {
            &region.purpose
        });
        let mut source = named(facts, &model.sources, scope.source.as_ref(), "source", |region| {
            &region.source
        });
        for one in &mut source {
            if let Some(help) = one
                .place()
                .and_then(|place| by_name(model, scope.source.as_ref(), place))
            {
                one.help = Some(help);
                one.fixes.clear();
            }
        }
        let empty = data.into_iter().chain(to).chain(purpose).chain(source);
        found.extend(empty.map(|diagnostic| diagnostic.and(ban.span, "this sentence takes nothing from anybody")));
    }
    found
}

/// The classes of people that a policy declares are sources by their own names, and not below the taxonomy's `person`:
/// what to write in its place, if that is what a slot names there.
pub(super) fn by_name(model: &Model, slot: Option<&Slot<Source>>, place: Span) -> Option<Text> {
    let mut names = slot?.names.iter().filter(|name| place.holds(name.span));
    let is_person = |name: &Spanned<Id<Source>>| {
        let noun = &model.sources[name.value];
        noun.origin == Origin::Taxonomy && noun.path == "person"
    };
    names.find(|name| is_person(name))?;
    let people: Vec<String> = model
        .subjects
        .of_project()
        .filter(|(_, noun)| noun.parent.is_none())
        .map(|(_, noun)| format!("`from {}`", noun.path))
        .take(MOST)
        .collect();
    (!people.is_empty()).then(|| {
        Text::new("people are sources by the names of their classes: write {people}")
            .with("people", Argument::any_of(people))
    })
}

/// The names of a slot that hold nothing of the project and that no statement uses themselves.
fn named<D>(
    facts: &Facts<'_>,
    table: &Table<D>,
    slot: Option<&Slot<D>>,
    what: &'static str,
    side: fn(&Region) -> &Option<Vec<Id<D>>>,
) -> Vec<Diagnostic> {
    let regions = || facts.meaning.grants.iter().flat_map(|grant| &grant.regions);
    let spoken = |id: Id<D>| regions().any(|region| side(region).as_ref().is_some_and(|atoms| atoms.contains(&id)));
    let own = |id: &Id<D>| table[*id].origin == Origin::Project;
    let empty = |name: &&Spanned<Id<D>>| {
        let atoms = table.denotation(name.value);
        !own(&name.value) && !atoms.iter().any(own) && !atoms.into_iter().any(spoken)
    };
    let names = slot.into_iter().flat_map(|slot| &slot.names);
    names.filter(empty).map(|name| told(table, *name, what)).collect()
}

fn told<D>(table: &Table<D>, name: Spanned<Id<D>>, what: &'static str) -> Diagnostic {
    let noun = &table[name.value];
    let diagnostic = finding(
        "empty_promise",
        Text::new("no {what} of this policy is {noun}, so the promise strikes nothing")
            .with("what", Text::new(what))
            .with("noun", called(noun)),
        name.span,
        "nothing declared belongs here",
    )
    .because("readers rely on it, and the bundle finds nothing to deny");
    let own: Vec<&str> = table.of_project().map(|(_, own)| own.path.as_str()).collect();
    match nearest_of(&noun.name, &own) {
        Some(near) => diagnostic
            .help(Text::new("did you mean `{near}`?").with("near", near))
            .fix(Fix {
                title: Text::new("write `{name}`").with("name", near),
                edits: vec![(name.span, near.to_owned())],
                applicability: Applicability::NeedsReview,
                within: Vec::new(),
            }),
        None => diagnostic.help(
            Text::new(
                "if the policy has such a {what}, declare it with `is {name}`; if not, the promise holds by itself",
            )
            .with("what", Text::new(what))
            .with("name", noun.path.clone()),
        ),
    }
}
