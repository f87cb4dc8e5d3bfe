//! How changes of the document are told.

use super::{Said, Writer, words};

impl Writer<'_> {
    /// By what means, and how long before.
    pub(super) fn changes(&self) -> Said {
        let Some(policy) = &self.model.policy else {
            return Said::default();
        };
        let name = words::dative(&self.policy);
        let mut parts = Vec::new();
        if !policy.changes.is_empty() {
            let ways = self.ways_joined(&policy.changes, words::each);
            parts.push(format!("{name} киргизилген өзгөртүүлөр {ways} жарыяланат"));
        }
        if let Some(period) = policy.change_notice {
            let period = words::period(period.value).words();
            parts.push(format!("Өзгөртүүлөр күчүнө кирерден кеминде {period} мурда билдирилет"));
        }
        Said::text(words::sentences(parts))
    }
}
