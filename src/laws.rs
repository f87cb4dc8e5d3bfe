//! The law packs and the taxonomy that the program carries, as text in the language itself.

use crate::source::{Origin, Source, Sources};

/// Name and text of each embedded file, the taxonomy first.
const EMBEDDED: &[(&str, &str, Origin)] = &[
    ("laws/base.kup", include_str!("../laws/base.kup"), Origin::Taxonomy),
    ("laws/gdpr.kup", include_str!("../laws/gdpr.kup"), Origin::Pack),
    ("laws/kg2008.kup", include_str!("../laws/kg2008.kup"), Origin::Pack),
    ("laws/kgdc2025.kup", include_str!("../laws/kgdc2025.kup"), Origin::Pack),
];

/// Adds the embedded files to the sources of a project.
pub fn add_to(sources: &mut Sources) {
    for (name, text, origin) in EMBEDDED {
        sources.add(Source::new(*name, *origin, text.as_bytes()));
    }
}

/// Whether a source is one of those that the program carries.
#[must_use]
pub fn carries(source: &Source) -> bool {
    let mut embedded = EMBEDDED.iter();
    embedded.any(|(name, text, _)| *name == source.name && *text == source.text)
}
