//! `term_before_definition`: a chapter uses a term that only a later one defines.

use super::tree::called;
use super::{Facts, finding};
use crate::diagnostic::{Diagnostic, Text};
use crate::graph::any;
use crate::model::{Context, Member, Use};
use crate::source::Span;
use crate::syntax::vocabulary::Kind;

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let model = facts.model;
    let chapters: Vec<Span> = model
        .outline
        .iter()
        .filter_map(|member| match member {
            Member::Section(section) => Some(section.span),
            _ => None,
        })
        .collect();
    // Only chapters are printed in the order written; the rest goes where its topic stands.
    let printed = |span: Span| {
        let holds =
            |chapter: &Span| chapter.source == span.source && chapter.start <= span.start && span.end <= chapter.end;
        chapters.iter().any(holds)
    };
    let place = |span: Span| (span.source, span.start);
    model
        .terms
        .of_project()
        .filter(|(_, term)| printed(term.span))
        .filter_map(|(id, term)| {
            let early = |one: &&Use| {
                one.noun == any(Kind::Term, id)
                    && one.context == Context::Prose
                    && printed(one.span)
                    && place(one.span) < place(term.span)
            };
            let first = model.uses.iter().filter(early).min_by_key(|one| place(one.span))?;
            Some(
                finding(
                    "term_before_definition",
                    Text::new("{term} is used before it is defined").with("term", called(term)),
                    first.span,
                    "used here",
                )
                .and(term.header, "defined only here")
                .because("a reader who goes from the beginning to the end does not know yet what it means")
                .help("move the definition, or the chapter that holds it, before the first use"),
            )
        })
        .collect()
}
