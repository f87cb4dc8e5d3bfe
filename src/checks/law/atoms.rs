//! The atoms of tests, whichever alternative they stand in.

use crate::syntax::ast::{Atom, Test};

/// The atoms of these tests, in the order written.
pub fn atoms<'t>(tests: impl IntoIterator<Item = &'t Test>) -> impl Iterator<Item = &'t Atom> {
    tests.into_iter().flat_map(|test| &test.alternatives).flatten()
}
