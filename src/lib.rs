//! Kupuya.
