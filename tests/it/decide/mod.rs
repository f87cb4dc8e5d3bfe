//! Decisions: the runtime against the reference evaluator, and what must hold of both, on random small policies.

mod added;
mod bytes;
mod corpus;
mod examples;
pub mod properties;
mod requests;
mod retention;
mod signed;
mod since;
