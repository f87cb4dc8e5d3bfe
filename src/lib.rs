//! Kupuya: policy as code for privacy.
pub mod diagnostic;
pub mod source;
pub mod syntax;
