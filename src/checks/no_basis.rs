//! `no_basis`: data are processed without a legal basis (M7: such a statement permits nothing).

use super::{Facts, finding};
use crate::diagnostic::{Applicability, Diagnostic, Fix, Text};
use crate::model::Model;
use crate::model::sentence::{Act, Stated};
use crate::source::{Origin, Span};

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let model = facts.model;
    let mut found = Vec::new();
    let by_block = sentences(model);
    for (block, statements) in model.blocks.iter().zip(&by_block) {
        let bare: Vec<&Stated> = statements
            .iter()
            .filter(|(_, bare)| *bare)
            .map(|(stated, _)| *stated)
            .collect();
        if bare.len() > 1 && bare.len() == statements.len() {
            let message = Text::new("nothing in `{block}` rests on a legal basis").with("block", block.name.clone());
            let mut diagnostic = explained(finding("no_basis", message, block.header, "no `under:`"));
            for stated in bare {
                diagnostic = diagnostic.and(stated.span, "so this is never permitted");
            }
            found.push(suggested(model, diagnostic, None));
        } else {
            for stated in bare {
                let message = "this processing rests on no legal basis";
                let diagnostic = finding("no_basis", message, stated.span, "no `under`");
                found.push(suggested(model, explained(diagnostic), Some(stated.span)));
            }
        }
    }
    found
}

/// The sentences that need a basis, block by block, and whether they lack it. Erasing needs none: it is always permitted.
fn sentences(model: &Model) -> Vec<Vec<(&Stated, bool)>> {
    let permissions = model
        .permissions
        .iter()
        .filter(|statement| statement.acts != [Act::Erase])
        .map(|statement| (&statement.stated, statement.bases.is_empty()));
    let keeps = model.keeps.iter().map(|keep| (&keep.stated, keep.bases.is_empty()));
    let mut all = vec![Vec::new(); model.blocks.len()];
    for (stated, bare) in permissions.chain(keeps) {
        if let Some(block) = all.get_mut(stated.block) {
            block.push((stated, bare));
        }
    }
    for block in &mut all {
        block.sort_by_key(|(stated, _)| stated.span);
    }
    all
}

fn explained(diagnostic: Diagnostic) -> Diagnostic {
    diagnostic
        .because("without a basis processing is unlawful, and the bundle denies it")
        .help("name the basis behind the sentence (`under agreed`) or for the whole block (`under: agreed`)")
}

/// If the project has just one basis, it is the likely one.
fn suggested(model: &Model, diagnostic: Diagnostic, sentence: Option<Span>) -> Diagnostic {
    let mut bases = model.bases.iter().filter(|(_, noun)| noun.origin == Origin::Project);
    match (bases.next(), bases.next(), sentence) {
        (Some((_, only)), None, Some(sentence)) => diagnostic.fix(Fix {
            title: Text::new("rest it on `{basis}`").with("basis", only.path.clone()),
            edits: vec![(sentence.after(), format!(" under {}", only.path))],
            applicability: Applicability::NeedsReview,
            within: Vec::new(),
        }),
        _ => diagnostic,
    }
}
