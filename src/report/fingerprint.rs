//! Fingerprints: the same finding has the same one after lines were added above it.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::source::Sources;

/// A fingerprint for each finding: of its code, its words and the text it points at, without blanks and line numbers;
/// equal ones of one file are numbered in their order.
#[must_use]
pub fn fingerprints<'a>(sources: &Sources, findings: impl Iterator<Item = &'a Diagnostic>) -> Vec<String> {
    let mut seen: BTreeMap<_, usize> = BTreeMap::new();
    findings
        .map(|found| {
            let place = found.place();
            let text = place.map_or("", |span| sources.text(span));
            let mut hasher = blake3::Hasher::new();
            for part in [found.code.as_str(), &found.message.english()] {
                hasher.update(part.as_bytes());
                hasher.update(&[0]);
            }
            for word in text.split_whitespace() {
                hasher.update(word.as_bytes());
                hasher.update(b" ");
            }
            let mut hash = hasher.finalize().to_hex().to_string();
            hash.truncate(16);
            let count = seen.entry((place.map(|span| span.source), hash.clone())).or_default();
            *count += 1;
            format!("{hash}:{count}")
        })
        .collect()
}

/// So many characters from the start of a line go into its hash.
const WINDOW: usize = 100;

/// The hash of each line as GitHub's upload action takes it (`primaryLocationLineHash`), so that findings uploaded by the
/// action and by the interface count as the same: of the hundred characters from the line's start, blanks and tabs left out.
#[must_use]
pub fn line_hashes(text: &str) -> Vec<String> {
    let mut units: Vec<u16> = Vec::new();
    let mut starts: Vec<usize> = Vec::new();
    let mut at_start = true;
    let mut after_return = false;
    for unit in text.encode_utf16().chain(std::iter::once(u16::MAX)) {
        let skipped = unit == 32 || unit == 9 || after_return && unit == 10;
        after_return = unit == 13;
        if skipped {
            continue;
        }
        let unit = if unit == 13 { 10 } else { unit };
        if std::mem::take(&mut at_start) {
            starts.push(units.len());
        }
        at_start = unit == 10;
        units.push(unit);
    }
    let mut seen: BTreeMap<u64, usize> = BTreeMap::new();
    starts
        .into_iter()
        .map(|start| {
            let window = (start..start + WINDOW).map(|at| u64::from(units.get(at).copied().unwrap_or(0)));
            let hash = window.fold(0u64, |hash, unit| hash.wrapping_mul(37).wrapping_add(unit));
            let count = seen.entry(hash).or_default();
            *count += 1;
            format!("{hash:x}:{count}")
        })
        .collect()
}
