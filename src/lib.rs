//! Kupuya: policy as code for privacy.
pub mod diagnostic;
pub mod meaning;
pub mod model;
pub mod notice;
pub mod source;
pub mod syntax;
