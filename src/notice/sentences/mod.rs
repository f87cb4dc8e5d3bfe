//! How the plan is said: one module for each language.

pub mod ky;
