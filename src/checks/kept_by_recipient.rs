//! `kept_by_recipient`: a recipient keeps data longer than those who gave them.

use super::ends::{after_collection, of_keep, surely_later};
use super::{Facts, finding};
use crate::diagnostic::{Diagnostic, Text};
use crate::graph::{Relation, any, span_of};
use crate::model::noun::{Data, Id};
use crate::model::sentence::Keep;
use crate::syntax::vocabulary::Kind;

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let model = facts.model;
    let mut found = Vec::new();
    for (id, recipient) in model.recipients.of_project() {
        let Some(keeps) = recipient.detail.keeps else { continue };
        // It receives the data after they were collected, so its term ends no earlier than this.
        let theirs = after_collection(keeps.value);
        let outlived = |data: Id<Data>| {
            let covering: Vec<&Keep> = model
                .keeps
                .iter()
                .filter(|keep| keep.data.atoms.contains(&data))
                .collect();
            let ends = |keep: &&Keep| of_keep(keep).is_some_and(|ours| surely_later(&theirs, &ours));
            let all = !covering.is_empty() && covering.iter().all(ends);
            covering.first().copied().filter(|_| all)
        };
        let received = facts.graph.to(any(Kind::Recipient, id), Relation::Shared);
        let first = received.into_iter().find_map(|(noun, flow)| {
            let data: Id<Data> = noun.id()?;
            Some((data, flow.sentence?, outlived(data)?))
        });
        let Some((data, given, ours)) = first else { continue };
        found.push(
            finding(
                "kept_by_recipient",
                Text::new("`{recipient}` keeps `{data}` longer than whoever gives it away")
                    .with("recipient", recipient.path.clone())
                    .with("data", model.data[data].path.clone()),
                keeps.span,
                "kept longer here",
            )
            .and(span_of(model, given), "given away here")
            .and(ours.stated.span, "gone here by then")
            .because("a reader believes that the data are gone after the term that the policy states")
            .help("agree on a term that is no longer, or state why the recipient needs more"),
        );
    }
    found
}
