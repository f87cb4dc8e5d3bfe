//! So many findings a file and no more: one file with a hundred findings must not hide the others.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Sources};

/// The findings to show, in their order, and how many more each file has. Of one file the heaviest are kept; errors are
/// never left out in favour of notes. Zero shows all.
#[must_use]
pub fn limited<'a>(
    sources: &Sources,
    findings: &'a [Diagnostic],
    limit: usize,
) -> (Vec<&'a Diagnostic>, Vec<(String, usize)>) {
    if limit == 0 {
        return (findings.iter().collect(), Vec::new());
    }
    let mut by_file: BTreeMap<Option<SourceId>, Vec<usize>> = BTreeMap::new();
    for (index, found) in findings.iter().enumerate() {
        let file = found.place().map(|span| span.source);
        by_file.entry(file).or_default().push(index);
    }
    let mut kept = Vec::new();
    let mut more = Vec::new();
    for (file, mut indices) in by_file {
        indices.sort_by_key(|index| (std::cmp::Reverse(findings[*index].severity), *index));
        if indices.len() > limit {
            let name = file
                .and_then(|file| sources.get(file))
                .map(|source| source.name.clone());
            more.push((name.unwrap_or_default(), indices.len() - limit));
        }
        kept.extend(indices.into_iter().take(limit));
    }
    kept.sort_unstable();
    (kept.into_iter().map(|index| &findings[index]).collect(), more)
}
