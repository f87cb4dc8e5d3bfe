//! Whether a published page says what a bundle holds (M16): the same meaning, and piece by piece the same words.

use std::collections::BTreeSet;

use kupuya_runtime::{Bundle, LoadError};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::meaning::hex;
use crate::notice::page::{self, Piece, Unread};
use crate::notice::render;

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
    /// The page does not say that it is written in UTF-8, so that readers may see other letters.
    Encoding {
        /// What it says, if it says one.
        page: Option<String>,
    },
    /// An element or attribute may show or hide words in a way that cannot be compared.
    Unread(Unread),
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

/// What the comparison of a page with a bundle found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Every difference, in the order of the page; none if both are of one text.
    pub differences: Vec<Difference>,
    /// The page's style is another than that of the pages we write: it can hide words and add some.
    pub restyled: bool,
}

/// Compares a page with a bundle.
///
/// # Errors
/// A bundle whose texts are damaged.
pub fn verify(html: &str, bundle: &Bundle) -> Result<Verified, LoadError> {
    bundle.check_texts()?;
    let blocks = bundle.notices();
    let ids: BTreeSet<&str> = blocks
        .iter()
        .flat_map(|notice| &notice.blocks)
        .map(|b| b.id.as_str())
        .collect();
    let page = page::among(html, Some(&ids));
    let mut found = Vec::new();
    if page.meaning != bundle.meaning() {
        found.push(Difference::Meaning {
            page: page.meaning.clone(),
            bundle: bundle.meaning().to_owned(),
        });
    }
    if page.encoding.as_deref() != Some("utf-8") {
        found.push(Difference::Encoding {
            page: page.encoding.clone(),
        });
    }
    if page.scripted {
        found.push(Difference::Script);
    }
    found.extend(page.unread.iter().cloned().map(Difference::Unread));
    let restyled = page.style.as_deref().map(str::trim) != Some(render::PAGE_STYLE.trim());
    let notices = bundle.notices();
    let Some(notice) = notices.iter().find(|notice| notice.language == page.language) else {
        found.push(Difference::NoNotice {
            language: page.language,
        });
        return Ok(Verified {
            differences: found,
            restyled,
        });
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
        for Piece { id, text, .. } in page.pieces.get(step.new_range()).into_iter().flatten() {
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
    Ok(Verified {
        differences: found,
        restyled,
    })
}
