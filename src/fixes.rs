//! Edits made: the safe ones of a list of findings, as new texts. Writing them is the business of the program.

use std::collections::BTreeMap;

use crate::diagnostic::{Applicability, Diagnostic, Fix};
use crate::source::{Origin, SourceId, Sources, Span};

pub use crate::format::shape::edits;

/// What came of the edits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fixed {
    /// The new text of every source that changed.
    pub texts: BTreeMap<SourceId, String>,
    /// How many edits were made, each of one finding.
    pub made: usize,
}

/// Makes the safe edits of these findings. An edit is made whole or not at all; of two that touch one place the first is
/// made, so that a second run sees what is left of the other. Packs and texts that were not UTF-8 are not touched.
#[must_use]
pub fn apply(sources: &Sources, findings: &[Diagnostic]) -> Fixed {
    let mut taken: BTreeMap<Span, String> = BTreeMap::new();
    let mut made = 0;
    for fix in findings.iter().filter_map(safe) {
        let free = |span: &Span| taken.keys().all(|other| !touch(*other, *span));
        let edits = edits(sources, fix);
        let mut own = edits.iter().map(|(span, _)| span).collect::<Vec<_>>();
        own.sort_unstable();
        let apart = own.windows(2).all(|pair| !touch(*pair[0], *pair[1]));
        if apart && own.iter().all(|span| free(span) && editable(sources, **span)) {
            taken.extend(edits);
            made += 1;
        }
    }
    let mut texts: BTreeMap<SourceId, String> = BTreeMap::new();
    // From the end, so that the places before stay where they are.
    for (span, text) in taken.into_iter().rev() {
        let Some(source) = sources.get(span.source) else {
            continue;
        };
        let new = texts.entry(span.source).or_insert_with(|| source.text.clone());
        new.replace_range(span.start as usize..span.end as usize, &text);
    }
    Fixed { texts, made }
}

/// The one edit of a finding that may be made unseen; where there are several, a person chooses.
#[must_use]
pub fn safe(found: &Diagnostic) -> Option<&Fix> {
    let mut all = found
        .fixes
        .iter()
        .filter(|fix| fix.applicability == Applicability::Safe && !fix.is_empty());
    all.next().filter(|_| all.next().is_none())
}

/// Whether two edits meet: a common byte, or two insertions at one place.
fn touch(a: Span, b: Span) -> bool {
    a.source == b.source && (a.start < b.end && b.start < a.end || a.start == b.start)
}

fn editable(sources: &Sources, span: Span) -> bool {
    sources.get(span.source).is_some_and(|source| {
        source.origin == Origin::Project
            && source.bad_bytes.is_empty()
            && source.text.get(span.start as usize..span.end as usize).is_some()
    })
}
