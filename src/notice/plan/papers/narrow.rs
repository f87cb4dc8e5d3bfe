//! The clauses of the policy, whole or narrowed to what a paper is about.

use super::super::{Numbered, Plan, Says};

impl Plan {
    /// Statements that pass a test, in their clauses.
    #[must_use]
    pub fn statements(&self, test: impl Fn(usize) -> bool) -> Vec<Numbered> {
        self.narrowed(|says| {
            let Says::Flows(flows) = says else { return None };
            let mut flows = flows.clone();
            for row in &mut flows.rows {
                row.permissions.retain(|at| test(*at));
            }
            flows.rows.retain(|row| !row.permissions.is_empty());
            (flows.lead, flows.with_text) = (None, false);
            (!flows.rows.is_empty()).then_some(Says::Flows(flows))
        })
    }

    /// Keeps that pass a test, in their clauses.
    #[must_use]
    pub fn kept(&self, test: impl Fn(usize) -> bool) -> Vec<Numbered> {
        self.narrowed(|says| {
            let Says::Keeps { block, keeps } = says else {
                return None;
            };
            let keeps: Vec<usize> = keeps.iter().copied().filter(|at| test(*at)).collect();
            (!keeps.is_empty()).then_some(Says::Keeps { block: *block, keeps })
        })
    }

    /// Whole clauses that pass a test.
    #[must_use]
    pub fn clauses(&self, test: impl Fn(&Says) -> bool) -> Vec<Numbered> {
        self.narrowed(|says| test(says).then(|| says.clone()))
    }

    pub(super) fn narrowed(&self, narrow: impl Fn(&Says) -> Option<Says>) -> Vec<Numbered> {
        let narrowed = self.paragraphs().filter_map(|paragraph| {
            let says = narrow(&paragraph.says)?;
            Some(Numbered {
                says,
                ..paragraph.clone()
            })
        });
        narrowed.collect()
    }
}
