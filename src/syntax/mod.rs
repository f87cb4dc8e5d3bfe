//! Text to tree: total. Any bytes give a tree and a list of errors; one mistake gives one error.

pub mod ast;
pub mod vocabulary;
