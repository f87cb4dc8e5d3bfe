//! Integration tests: one binary, one module a subject.

mod checks;
mod decide;
mod examples;
mod house;
mod laws;
mod model;
mod notice;
mod program;
mod reference;
mod syntax;
