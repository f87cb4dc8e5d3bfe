//! Every edit that a finding can carry, safe or not: made, it leaves its code gone and brings no new one.
//!
//! The edits are found by reading the sources: each place that titles one must have a case. Those of rules of law are
//! tried on every rule in `laws`.

mod cases;
mod places;
mod settings;

use std::collections::BTreeMap;

use kupuya::diagnostic::{Diagnostic, Fix};
use kupuya::source::{Origin, SourceId, Sources};

/// A text with these edits made, whatever their applicability.
pub fn made(sources: &Sources, text: SourceId, fix: &Fix) -> String {
    let mut edits = kupuya::fixes::edits(sources, fix);
    edits.sort_by_key(|(span, _)| std::cmp::Reverse((span.start, span.end)));
    let mut new = sources.get(text).unwrap().text.clone();
    for (span, insert) in edits {
        assert_eq!(span.source, text, "{}: an edit of another text", fix.title.english());
        new.replace_range(span.start as usize..span.end as usize, &insert);
    }
    new
}

/// The text of the project, which is read last.
pub fn own(sources: &Sources) -> SourceId {
    let own = sources.iter().filter(|(_, source)| source.origin == Origin::Project);
    own.map(|(id, _)| id).last().unwrap()
}

/// How often each code is found.
pub fn counts(found: &[Diagnostic]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for one in found {
        *counts.entry(one.code.as_str()).or_default() += 1;
    }
    counts
}

/// What is wrong after an edit: its code is still found as often as before, or another one more often.
pub fn left(code: &str, before: &[Diagnostic], after: &[Diagnostic]) -> String {
    let (before, after) = (counts(before), counts(after));
    let of = |all: &BTreeMap<&str, usize>, code: &str| all.get(code).copied().unwrap_or(0);
    let mut wrong = String::new();
    if of(&after, code) >= of(&before, code) {
        wrong += &format!("{code} stays; ");
    }
    for (new, count) in &after {
        if *new != code && *count > of(&before, new) {
            wrong += &format!("{new} is new; ");
        }
    }
    wrong
}
