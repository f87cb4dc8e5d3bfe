//! `used_not_collected`: data are used, and no statement collects them.

use super::flows::{collected, naming};
use super::tree::{called, topmost};
use super::{Facts, finding};
use crate::diagnostic::{Diagnostic, Text};
use crate::model::noun::{Data, Id};
use crate::model::sentence::Act;

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let data = &facts.model.data;
    let used = |id: Id<Data>| naming(facts, id, &[Act::Use, Act::Profile]);
    topmost(data, |id| !used(id).is_empty() && !collected(facts, id))
        .into_iter()
        .map(|id| {
            let noun = &data[id];
            let mut diagnostic = finding(
                "used_not_collected",
                Text::new("{data} are used, and nothing collects them").with("data", called(noun)),
                noun.name_span,
                "collected by no statement",
            )
            .because("a reader of the list of collected data does not learn of these")
            .help(
                Text::new("say where they come from (`collect {data} from …`); what you make yourself comes from you: `from company`")
                    .with("data", noun.path.clone()),
            );
            let mut first = data.denotation(id).into_iter().flat_map(used);
            if let Some(at) = first.next() {
                diagnostic = diagnostic.and(facts.model.permissions[at].stated.span, "used here");
            }
            diagnostic
        })
        .collect()
}
