//! The notice: the model as a document in Kyrgyz, and its renderings.

pub mod document;
