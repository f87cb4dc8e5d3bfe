//! One version of the two, ready to be asked.

use kupuya_runtime::wire::{BundleContent, Noun};
use kupuya_runtime::{Bundle, Day, LoadError};

use super::order::Orders;
use super::reading::{Renamed, Sort, noun, nouns, renamed};
use crate::notice;
use crate::pipeline::{self, Analysis};

/// A version.
#[derive(Clone, Debug)]
pub struct Side {
    /// What its bundle holds.
    pub content: BundleContent,
    /// The bundle as services load it.
    pub bundle: Bundle,
    /// The same, in force at any time: M14 compares over all instants.
    pub always: Bundle,
    /// What its nouns were called in a version before.
    pub renamed: Renamed,
    /// What lies above what.
    pub(super) orders: Orders,
}

impl Side {
    /// A version from its bundle; `renamed` from its model, if there is one.
    ///
    /// # Errors
    /// The bundle is damaged.
    pub fn new(bundle: Bundle, renamed: Renamed) -> Result<Side, LoadError> {
        let content = bundle.content()?;
        let always = Bundle::from_content(&BundleContent {
            begins: None,
            until: None,
            ..content.clone()
        })?;
        Ok(Side {
            orders: Orders::of(&content),
            content,
            bundle,
            always,
            renamed,
        })
    }

    /// A version as it is written, built in memory: findings of rules do not keep two versions from being compared. `None` where
    /// syntax or names have errors: then it has no meaning.
    ///
    /// # Errors
    /// None that can happen: the bundle was made here.
    pub fn of(analysis: &Analysis, options: &notice::Options) -> Result<Option<Side>, LoadError> {
        let Some(outputs) = pipeline::draft(analysis, options) else {
            return Ok(None);
        };
        let bundle = Bundle::load(&outputs.bundle)?;
        Side::new(bundle, renamed(&analysis.model)).map(Some)
    }

    /// The nouns of a kind.
    #[must_use]
    pub fn nouns(&self, sort: Sort) -> Vec<&Noun> {
        nouns(&self.content, sort)
    }

    /// Whether there is no noun of a kind.
    #[must_use]
    pub fn has_none(&self, sort: Sort) -> bool {
        self.orders.count(sort) == 0
    }

    /// The path of a noun.
    #[must_use]
    pub fn path(&self, sort: Sort, number: u32) -> Option<&str> {
        noun(&self.content, sort, number).map(|noun| noun.path.as_str())
    }

    /// The day in force that is nearest to one.
    #[must_use]
    pub fn in_force(&self, day: Day) -> Day {
        let day = self.content.begins.map_or(day, |begins| day.max(begins));
        self.content.until.map_or(day, |until| day.min(until))
    }
}
