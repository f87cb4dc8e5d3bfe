//! `data_without_purpose`: data are collected, and no statement says for what.

use std::collections::{BTreeMap, BTreeSet};

use super::tree::{called, topmost};
use super::{Facts, finding};
use crate::diagnostic::{Diagnostic, Text};
use crate::graph::{Relation, any};
use crate::meaning::SentenceRef;
use crate::model::noun::{Data, Id};
use crate::model::sentence::{Act, Permission};
use crate::syntax::vocabulary::Kind;

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let model = facts.model;
    let collecting = collecting(facts);
    let collects = |id: Id<Data>| collecting.get(&id).copied();
    topmost(&model.data, |id| collects(id).is_some() && idle(facts, id))
        .into_iter()
        .map(|id| {
            let noun = &model.data[id];
            let diagnostic = finding(
                "data_without_purpose",
                Text::new("{data} are collected for nothing").with("data", called(noun)),
                noun.name_span,
                "no purpose",
            )
            .because("data that no purpose needs may not be collected, and the bundle denies it")
            .help(
                Text::new("say what they are needed for (`use {data} for …`), or do not collect them")
                    .with("data", noun.path.clone()),
            );
            match model.data.denotation(id).into_iter().find_map(collects) {
                Some(statement) => diagnostic.and(statement.stated.span, "collected here"),
                None => diagnostic,
            }
        })
        .collect()
}

/// The data that are collected for nothing.
pub fn purposeless(facts: &Facts<'_>) -> BTreeSet<Id<Data>> {
    let mut data: BTreeSet<Id<Data>> = collecting(facts).into_keys().collect();
    data.retain(|id| idle(facts, *id));
    data
}

/// The first statement that collects each of the data by name.
fn collecting<'a>(facts: &Facts<'a>) -> BTreeMap<Id<Data>, &'a Permission> {
    let mut collecting = BTreeMap::new();
    let collect = |statement: &&Permission| statement.acts.contains(&Act::Collect) && !statement.data.any;
    for statement in facts.model.permissions.iter().filter(collect) {
        for id in &statement.data.atoms {
            collecting.entry(*id).or_insert(statement);
        }
    }
    collecting
}

/// Whether no statement says what these data serve. Who gives everything away, or keeps everything, does not say what
/// these data are collected for.
fn idle(facts: &Facts<'_>, id: Id<Data>) -> bool {
    let model = facts.model;
    let sweeping = |sentence| match sentence {
        Some(SentenceRef::Permission(at)) => {
            let statement: &Permission = &model.permissions[at];
            statement.data.any
                && statement
                    .acts
                    .iter()
                    .all(|act| matches!(act, Act::Share | Act::Publish))
        }
        Some(SentenceRef::Keep(at)) => model.keeps[at].data.any,
        _ => false,
    };
    let served = facts.graph.from(any(Kind::Data, id), Relation::Serves);
    served.iter().all(|(_, flow)| sweeping(flow.sentence))
}
