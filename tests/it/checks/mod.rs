//! Checks: the registry and its pages, the rules of packs, conflicts.

mod cases;
mod exact;
mod pages;
mod registry;
mod run;
