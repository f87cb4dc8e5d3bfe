//! How the plan is said: one module for each language.

pub mod ky;

use super::options::Options;

/// What a proof-reader must know of a language.
#[derive(Debug)]
pub struct Proof {
    /// Words of which a text should use one, as they begin, in small letters.
    pub variants: &'static [&'static [&'static str]],
    /// Words with a capital that need no definition, as they begin.
    pub known: &'static [&'static str],
    /// What stands before a name that a text defines in passing: «(hereinafter the Service)».
    pub hence: &'static str,
    /// How words begin that follow the name of a place in an address.
    pub addresses: &'static [&'static str],
    /// Whether a word is a genitive, of which a heap is hard to take apart.
    pub is_genitive: fn(&str) -> bool,
    /// How a name takes a suffix, if how it is read had to be guessed.
    pub guessed: fn(&str, &Options) -> Option<String>,
}

/// The language of a document.
#[must_use]
pub fn proof(language: &str) -> Option<&'static Proof> {
    match language {
        "ky" => Some(&ky::PROOF),
        _ => None,
    }
}
