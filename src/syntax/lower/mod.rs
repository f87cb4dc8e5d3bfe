//! From matched pieces to the tree: one file a construct.

mod declaration;
mod entry;
mod field;
mod formula;
mod item;
mod name;
mod part;
mod rule;
mod scenario;
mod sentence;
mod value;
mod waiver;

pub(super) use item::{items, request};
