//! Kupuya: policy as code for privacy.
pub mod diagnostic;
pub mod laws;
pub mod meaning;
pub mod model;
pub mod notice;
pub mod report;
pub mod source;
pub mod syntax;
