//! How changes of the document are told, and from when they hold.

use super::{Said, Writer, words};
use crate::model::Policy;
use crate::model::noun::Means;

impl Writer<'_> {
    /// By what means, and how long before.
    pub(super) fn changes(&self) -> Said {
        let Some(policy) = &self.model.policy else {
            return Said::default();
        };
        let published = (!policy.changes.is_empty()).then(|| self.published_at(&policy.changes));
        match policy.change_notice.map(|period| period.value) {
            Some(period) if period.count == 0 => self.changed_at_once(policy, published),
            notice => {
                let name = words::dative(&self.policy);
                let told = published.map(|at| format!("{name} киргизилген өзгөртүүлөр {at} жарыяланат"));
                let ahead = notice.map(|period| {
                    let period = words::period(period).words();
                    format!("Өзгөртүүлөр күчүнө кирерден кеминде {period} мурда билдирилет")
                });
                Said::text(words::sentences(told.into_iter().chain(ahead)))
            }
        }
    }

    /// No notice at all: a new edition holds as soon as it is published, and whoever goes on accepts it.
    fn changed_at_once(&self, policy: &Policy, published: Option<String>) -> Said {
        let own = match self.model.controllers.of_project().count() {
            0 | 1 => "өзүнө",
            _ => "өздөрүнө",
        };
        let edition = match published {
            Some(at) => format!("Жаңы редакция, эгерде анда башкача каралбаса, {at}"),
            None => "Жаңы редакция, эгерде анда башкача каралбаса,".to_owned(),
        };
        let mut parts = vec![
            format!(
                "{} {} өзгөртүүлөрдү киргизүү укугун {own} калтырат",
                self.controllers_together(),
                words::dative(&self.policy)
            ),
            format!("{edition} жарыяланган учурдан тартып күчүнө кирет"),
        ];
        let used = policy
            .accepted
            .iter()
            .filter(|way| way.by.is_some_and(|by| self.channel_is(by, "use_of_service")));
        let used: Vec<String> = used
            .map(|way| words::accusative(&way.at.map_or_else(|| "кызмат".to_owned(), |at| self.name(at))))
            .collect();
        if !used.is_empty() {
            let accepts = match self.polite() {
                true => "кабыл алганыңызды ырастайсыз",
                false => "кабыл алганын ырастайт",
            };
            parts.push(format!(
                "Андан кийин {} колдонууну улантуу менен {} жаңы редакцияны окуп чыгып, {accepts}",
                words::and(&used),
                self.person(),
            ));
        }
        Said::text(words::sentences(parts))
    }

    /// «Сайтта жана мобилдик тиркемеде»; with other ways «электрондук почта аркылуу».
    fn published_at(&self, ways: &[Means]) -> String {
        let page = |way: &Means| {
            let page = match (way.by, way.at) {
                (Some(page), None) | (None, Some(page)) => page,
                _ => return None,
            };
            let is_page = self.channel_is(page, "site") || self.channel_is(page, "app");
            is_page.then(|| words::locative(&self.name(page)))
        };
        let pages: Option<Vec<String>> = ways.iter().map(page).collect();
        pages.map_or_else(|| self.ways_joined(ways, words::each), |pages| words::and(&pages))
    }
}
