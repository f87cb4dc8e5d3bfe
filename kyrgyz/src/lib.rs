//! Kyrgyz inflection.
