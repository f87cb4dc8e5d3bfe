//! `no_purpose`: a `collect` or `keep` names no purpose, and its block uses the data for none (M7: no way).

use std::collections::BTreeSet;

use super::data_without_purpose::purposeless;
use super::tree::maximal;
use super::{Facts, finding};
use crate::diagnostic::{Applicability, Diagnostic, Fix, Text};
use crate::meaning::{Grant, SentenceRef, uses};
use crate::model::noun::{Basis, Data, Id, Purpose};
use crate::model::sentence::{Act, Slot, Stated};
use crate::source::Spanned;

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let model = facts.model;
    let told_already = purposeless(facts);
    let mut found = Vec::new();
    for grant in &facts.meaning.grants {
        let Some(sentence) = Purposeless::of(facts, grant) else {
            continue;
        };
        let covered: BTreeSet<Id<Data>> = grant
            .regions
            .iter()
            .flat_map(|region| &region.data)
            .flatten()
            .copied()
            .collect();
        // What takes everything means what the block uses; it says nothing only if that is nothing at all.
        if sentence.data.any && !covered.is_empty() {
            continue;
        }
        let left: Vec<Id<Data>> = sentence
            .data
            .atoms
            .iter()
            .filter(|atom| !covered.contains(atom) && !told_already.contains(atom))
            .copied()
            .collect();
        // Of a group whose parts are all spoken for, what is left is what nobody declares, collects or uses by a name.
        let parts = |id: &Id<Data>| model.data.denotation(*id).len() > 1;
        if left.is_empty() || (left.iter().all(parts) && !covered.is_empty()) {
            continue;
        }
        let mut tops = maximal(&model.data, &left);
        if tops.is_empty() {
            tops.clone_from(&left);
        }
        let names: Vec<String> = tops
            .into_iter()
            .map(|data| format!("`{}`", model.data[data].path))
            .collect();
        let message = match (sentence.keeps, sentence.data.any) {
            (true, true) => Text::new("this `keep` keeps nothing: its block uses no data for any purpose"),
            (false, true) => Text::new("this `collect` permits nothing: its block uses no data for any purpose"),
            (true, false) => Text::new("{data} are kept for no purpose"),
            (false, false) => Text::new("{data} are collected for no purpose"),
        };
        let mut diagnostic = finding(
            "no_purpose",
            message.with("data", names.join(", ")),
            sentence.stated.span,
            "no `for`, and none in its block",
        )
        .because(if sentence.keeps {
            "a term without a purpose covers nothing: the bundle knows no term for these data, though the notice promises one"
        } else {
            "what is collected for no purpose is denied by the bundle, though the notice says that it is collected"
        })
        .help("say for what behind the data or for the whole block (`for: payments`), or move the sentence into the block that uses the data");
        if let Some(block) = model.blocks.get(sentence.stated.block) {
            diagnostic = diagnostic.and(block.header, "nothing here says for what");
        }
        // Purposes of one noun are not those of its neighbours.
        let alone = sentence.data.names.len() == 1 && left.len() == sentence.data.atoms.len();
        found.push(match sentence.purposes(facts, &left).filter(|_| alone) {
            Some(fix) => diagnostic.fix(fix),
            None => diagnostic,
        });
    }
    found
}

/// A sentence that takes the purposes of its block.
struct Purposeless<'a> {
    keeps: bool,
    stated: &'a Stated,
    data: &'a Slot<Data>,
    bases: &'a [Vec<Spanned<Id<Basis>>>],
}

impl<'a> Purposeless<'a> {
    fn of(facts: &Facts<'a>, grant: &Grant) -> Option<Purposeless<'a>> {
        match grant.sentence {
            SentenceRef::Permission(at) => {
                let statement = &facts.model.permissions[at];
                (statement.purpose.is_none() && statement.acts.contains(&Act::Collect)).then_some(Purposeless {
                    keeps: false,
                    stated: &statement.stated,
                    data: &statement.data,
                    bases: &statement.bases,
                })
            }
            SentenceRef::Keep(at) => {
                let keep = &facts.model.keeps[at];
                keep.purpose.is_none().then_some(Purposeless {
                    keeps: true,
                    stated: &keep.stated,
                    data: &keep.data,
                    bases: &keep.bases,
                })
            }
            SentenceRef::Ban(_) => None,
        }
    }

    /// The purposes for which other blocks use the data on the same bases; whether all of them are meant is for a person
    /// to say.
    fn purposes(&self, facts: &Facts<'_>, data: &[Id<Data>]) -> Option<Fix> {
        let model = facts.model;
        let last = self.data.except.last().or(self.data.names.last())?;
        let own: BTreeSet<Id<Basis>> = self.bases.iter().flatten().map(|basis| basis.value).collect();
        let purposes: BTreeSet<Id<Purpose>> = model
            .permissions
            .iter()
            .filter(|statement| statement.acts.iter().any(uses))
            .filter(|statement| statement.bases.iter().flatten().any(|basis| own.contains(&basis.value)))
            .filter(|statement| data.iter().any(|atom| statement.data.atoms.binary_search(atom).is_ok()))
            .filter_map(|statement| statement.purpose.as_ref().filter(|purpose| !purpose.is_whole()))
            .flat_map(|purpose| purpose.atoms.iter().copied())
            .collect();
        let purposes: Vec<Id<Purpose>> = purposes.into_iter().collect();
        let names: Vec<&str> = maximal(&model.purposes, &purposes)
            .into_iter()
            .map(|purpose| model.purposes[purpose].path.as_str())
            .collect();
        (!names.is_empty()).then(|| Fix {
            title: Text::new("say that it is for {purposes}").with("purposes", names.join(", ")),
            edits: vec![(last.span.after(), format!(" for {}", names.join(", ")))],
            applicability: Applicability::NeedsReview,
            within: Vec::new(),
        })
    }
}
