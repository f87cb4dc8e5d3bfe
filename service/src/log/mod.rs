//! The decision log: JSON lines under OPA's names of fields, without what tells of a person.

mod entry;
mod place;
mod unknown;
mod writer;

pub use entry::{Entry, Logged, Masks};
pub use writer::{Log, LogError};
