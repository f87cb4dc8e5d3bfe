//! Kupuya runtime.
