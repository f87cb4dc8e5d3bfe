//! Checks: the registry and its pages, the rules of packs, conflicts.

mod exact;
mod pages;
mod registry;
mod run;
