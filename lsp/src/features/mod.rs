//! One module a feature: from a view and a position to what the client shows.

pub mod actions;
pub mod calls;
pub mod commands;
pub mod completion;
pub mod definition;
pub mod diagnostics;
pub mod files;
pub mod folding;
pub mod format;
pub mod hierarchy;
pub mod highlight;
pub mod hover;
pub mod implementation;
pub mod inlay;
pub mod lenses;
pub mod linked;
pub mod links;
pub mod references;
pub mod rename;
pub mod selection;
pub mod signature;
pub mod symbols;
pub mod tokens;
pub mod type_definition;
