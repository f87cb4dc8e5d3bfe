//! Decisions: the runtime against the reference evaluator, and what must hold of both, on random small policies.

mod bytes;
mod corpus;
mod examples;
mod properties;
mod requests;
mod retention;
mod signed;
mod since;
