//! Whether a published page says what a bundle holds (M16): the same meaning, and piece by piece the same words.

use kupuya_runtime::{Bundle, LoadError};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::meaning::hex;
use crate::notice::page::{self, Piece};

/// In what a page differs from a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The bundle was built without a notice in the language of the page.
    NoNotice {
        /// The language of the page.
        language: String,
    },
    /// The page names another meaning, or none.
    Meaning {
        /// What the page names.
        page: String,
        /// What the bundle has.
        bundle: String,
    },
    /// The page has a script, which can change what is read.
    Script,
    /// A piece has other words.
    Changed {
        /// The id of the clause, or of what is around the piece.
        id: String,
        /// What the page says.
        page: String,
        /// What the bundle cites, if it is a clause that rules rest on.
        bundle: Option<String>,
    },
    /// The page lacks a piece.
    Missing {
        /// Its id.
        id: String,
        /// What the bundle cites, if it is a clause that rules rest on.
        bundle: Option<String>,
    },
    /// The page says something that is not in the notice.
    Added {
        /// The id of what is around it.
        id: String,
        /// What it says.
        page: String,
    },
}

/// Every difference, in the order of the page; none if both are of one text.
///
/// # Errors
/// A bundle whose texts are damaged.
pub fn verify(html: &str, bundle: &Bundle) -> Result<Vec<Difference>, LoadError> {
    bundle.check_texts()?;
    let page = page::read(html);
    let mut found = Vec::new();
    if page.meaning != bundle.meaning() {
        found.push(Difference::Meaning {
            page: page.meaning.clone(),
            bundle: bundle.meaning().to_owned(),
        });
    }
    if page.scripted {
        found.push(Difference::Script);
    }
    let notices = bundle.notices();
    let Some(notice) = notices.iter().find(|notice| notice.language == page.language) else {
        found.push(Difference::NoNotice {
            language: page.language,
        });
        return Ok(found);
    };
    let cited = |id: &str| bundle.sentence(id).map(str::to_owned);
    let expected: Vec<(&str, &str)> = notice
        .blocks
        .iter()
        .map(|b| (b.id.as_str(), b.digest.as_str()))
        .collect();
    let digests: Vec<String> = page.pieces.iter().map(|piece| hex(&piece.digest())).collect();
    let read: Vec<(&str, &str)> = page
        .pieces
        .iter()
        .zip(&digests)
        .map(|(p, d)| (p.id.as_str(), d.as_str()))
        .collect();
    for step in capture_diff_slices(Algorithm::Myers, &expected, &read) {
        if matches!(step, DiffOp::Equal { .. }) {
            continue;
        }
        let mut lacking: Vec<&str> = expected
            .get(step.old_range())
            .into_iter()
            .flatten()
            .map(|(id, _)| *id)
            .collect();
        for Piece { id, text } in page.pieces.get(step.new_range()).into_iter().flatten() {
            let page = text.clone();
            match lacking.iter().position(|lacking| lacking == id) {
                Some(at) => {
                    lacking.remove(at);
                    found.push(Difference::Changed {
                        page,
                        bundle: cited(id),
                        id: id.clone(),
                    });
                }
                None => found.push(Difference::Added { id: id.clone(), page }),
            }
        }
        found.extend(lacking.into_iter().map(|id| Difference::Missing {
            bundle: cited(id),
            id: id.to_owned(),
        }));
    }
    Ok(found)
}
