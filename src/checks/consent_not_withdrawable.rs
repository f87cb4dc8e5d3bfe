//! `consent_not_withdrawable`: a consent says no way to take it back.

use super::edit::add_line;
use super::tree::{called, topmost, upward};
use super::{Facts, finding, witness};
use crate::diagnostic::{Applicability, Diagnostic, Fix, Text};

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let bases = &facts.model.bases;
    let silent = |id| {
        let stated = upward(bases, id)
            .iter()
            .any(|at| !bases[*at].detail.withdraw.is_empty());
        witness::is_consent(facts.model, id) && !stated
    };
    topmost(bases, silent)
        .into_iter()
        .map(|id| {
            let basis = &bases[id];
            let diagnostic = finding(
                "consent_not_withdrawable",
                Text::new("nothing says how {basis} is taken back").with("basis", called(basis)),
                basis.name_span,
                "no `withdraw:`",
            )
            .help("say by what means and where: `withdraw: settings at app`");
            // Who can give it somewhere can take it back there, with no more effort.
            match basis.detail.given.iter().find_map(|means| means.at) {
                Some(channel) => diagnostic.fix(Fix {
                    title: Text::new("let it be taken back where it is given"),
                    edits: Vec::new(),
                    applicability: Applicability::NeedsReview,
                    within: vec![add_line(
                        facts.sources,
                        upward(bases, id).last().map_or(basis.span, |top| bases[*top].span),
                        basis.header,
                        basis.span,
                        &format!("withdraw: settings at {}", facts.model.channels[channel].path),
                    )],
                }),
                None => diagnostic,
            }
        })
        .collect()
}
