//! The language server: what a `.kup` file means, told to editors while it is written.
//!
//! The way of a message: [`server`] decodes it; a notification changes [`workspace`] at once; a request reads a
//! [`view::View`], which joins the text as it is now with the newest [`snapshot`] of its project, and a module of
//! [`features`] answers from it. [`analyst`] makes the snapshots, by the compiler's own `analyze`; nothing of the language
//! is decided here.

pub mod abilities;
pub mod analyst;
mod capabilities;
mod carried;
pub mod document;
pub mod drift;
pub mod facts;
pub mod features;
pub mod landmarks;
pub mod named;
mod overlay;
pub mod own;
pub mod page;
pub mod positions;
mod progress;
pub mod proto;
mod roots;
pub mod scenarios;
pub mod server;
pub mod snapshot;
pub mod told;
mod trace;
pub mod view;
pub mod workspace;
