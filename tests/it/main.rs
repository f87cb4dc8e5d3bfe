//! Integration tests: one binary, one module a subject.

mod checks;
mod house;
mod model;
mod notice;
mod syntax;
