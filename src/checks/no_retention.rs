//! `no_retention`: data are collected or stored without a term (M12: then nothing says when they must go).

use std::collections::BTreeSet;

use super::tree::{called, topmost};
use super::{Facts, finding};
use crate::diagnostic::{Applicability, Diagnostic, Fix, Text};
use crate::graph::{any, span_of};
use crate::meaning::SentenceRef;
use crate::model::noun::{Data, Id};
use crate::model::sentence::{Act, Keep};
use crate::syntax::vocabulary::Kind;

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let data = &facts.model.data;
    let terms = with_terms(facts);
    topmost(data, |id| !held(facts, id).is_empty() && !terms.contains(&id))
        .into_iter()
        .map(|id| {
            let noun = &data[id];
            let diagnostic = finding(
                "no_retention",
                Text::new("nothing says how long {data} are kept").with("data", called(noun)),
                noun.name_span,
                "no term",
            )
            .because("data may be kept no longer than their purposes need, so there must be an end")
            .help(
                Text::new("say until when or for how long, and what then: `keep {data} for 1 year then erase`")
                    .with("data", noun.path.clone()),
            );
            match data
                .denotation(id)
                .into_iter()
                .find_map(|low| held(facts, low).first().copied())
            {
                Some(sentence) => {
                    let told = diagnostic.and(span_of(facts.model, sentence), "collected or stored here");
                    match keep(facts, sentence, &noun.path) {
                        Some(fix) => told.fix(fix),
                        None => told,
                    }
                }
                None => diagnostic,
            }
        })
        .collect()
}

/// A term behind the statement that collects the data, on the same bases; how long is for a person to say.
fn keep(facts: &Facts<'_>, sentence: SentenceRef, data: &str) -> Option<Fix> {
    let SentenceRef::Permission(at) = sentence else {
        return None;
    };
    let statement = &facts.model.permissions[at];
    let ways = statement.bases.iter().map(|way| {
        let names = way.iter().map(|basis| facts.model.bases[basis.value].path.as_str());
        let names: Vec<&str> = names.collect();
        match (names.len(), statement.bases.len()) {
            (0 | 1, _) | (_, 1) => names.join(" and "),
            _ => format!("({})", names.join(" and ")),
        }
    });
    let ways: Vec<String> = ways.collect();
    let under = if ways.is_empty() {
        String::new()
    } else {
        format!(" under {}", ways.join(" or "))
    };
    let span = statement.stated.span;
    let source = facts.sources.get(span.source)?;
    let before = source.line_at(span.start);
    let indent: String = before.chars().take_while(|letter| letter.is_whitespace()).collect();
    Some(Fix {
        title: Text::new("keep `{data}` for a year").with("data", data),
        edits: vec![(
            span.after(),
            format!("\n{indent}keep {data} for 1 year{under} then erase"),
        )],
        applicability: Applicability::NeedsReview,
        within: Vec::new(),
    })
}

/// The statements that collect or store an atom. A keep is no such statement: it is the term.
fn held(facts: &Facts<'_>, id: Id<Data>) -> Vec<SentenceRef> {
    [Act::Collect, Act::Store]
        .into_iter()
        .flat_map(|act| facts.graph.sentences(any(Kind::Data, id), act))
        .filter(|sentence| matches!(sentence, SentenceRef::Permission(_)))
        .collect()
}

/// The data whose keeping ends, by a keep or by a bound on keeps.
fn with_terms(facts: &Facts<'_>) -> BTreeSet<Id<Data>> {
    let ends = |keep: &&Keep| keep.end.is_some() || keep.at_most.is_some();
    let keeps = facts.model.keeps.iter().filter(ends).map(|keep| &keep.data);
    let caps = facts.model.bans.iter().filter(|ban| ban.cap.is_some());
    let caps = caps.map(|ban| &ban.data);
    keeps.chain(caps).flat_map(|data| &data.atoms).copied().collect()
}
