//! `duty_without_owner`: something must be done, and nobody has to do it.

use super::tree::{called, upward};
use super::{Facts, finding};
use crate::diagnostic::{Diagnostic, Text};
use crate::graph::any;
use crate::model::Context;
use crate::syntax::vocabulary::Kind;

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let duties = &facts.model.duties;
    let has_children = |id| duties.of_project().any(|(_, low)| low.parent == Some(id));
    let owned = |id| upward(duties, id).iter().any(|at| !duties[*at].detail.of.is_empty());
    // What follows a sentence is the duty of whoever processes there.
    let follows = |id| {
        let mut uses = facts.model.uses.iter();
        uses.any(|one| one.noun == any(Kind::Duty, id) && matches!(one.context, Context::Statement | Context::Ban))
    };
    duties
        .of_project()
        .filter(|(id, _)| !owned(*id) && !has_children(*id) && !follows(*id))
        .map(|(_, duty)| {
            finding(
                "duty_without_owner",
                Text::new("nobody has the duty {duty}").with("duty", called(duty)),
                duty.name_span,
                "whose duty?",
            )
            .because("a duty that is nobody's cannot be asked of anybody")
            .help("say whose duty it is, `of: company`, or let it follow a sentence, `… then DUTY`")
        })
        .collect()
}
