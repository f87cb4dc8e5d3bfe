//! Integration tests: one binary, one module a subject.

mod house;
mod model;
mod syntax;
