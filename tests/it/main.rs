//! Integration tests: one binary, one module a subject.

mod checks;
mod decide;
mod house;
mod laws;
mod model;
mod notice;
mod reference;
mod syntax;
