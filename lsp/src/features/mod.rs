//! One module a feature: from a view and a position to what the client shows.

pub mod definition;
pub mod diagnostics;
pub mod format;
pub mod highlight;
pub mod hover;
pub mod references;
pub mod symbols;
