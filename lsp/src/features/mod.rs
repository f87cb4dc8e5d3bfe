//! One module a feature: from a view and a position to what the client shows.

pub mod actions;
pub mod completion;
pub mod definition;
pub mod diagnostics;
pub mod folding;
pub mod format;
pub mod highlight;
pub mod hover;
pub mod lenses;
pub mod references;
pub mod rename;
pub mod selection;
pub mod symbols;
pub mod tokens;
