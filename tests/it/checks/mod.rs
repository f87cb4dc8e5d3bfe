//! Checks: the registry and its pages, the rules of packs, conflicts.

mod cases;
mod exact;
mod kinds;
mod limits;
mod not_contradictions;
mod page;
mod pages;
mod reach;
mod registry;
pub mod run;
mod stages;
