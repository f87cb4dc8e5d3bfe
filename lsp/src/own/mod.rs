//! The server's own requests, each in a module of its own: the live notice, the flow graph around a name, a question to
//! the policy, the page of a code. Shapes and examples: `README.md` of this crate.

pub mod decide;
pub mod explain;
pub mod graph;
pub mod notice;
