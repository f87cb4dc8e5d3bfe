//! Titles and headings.

use kyrgyz::typography::{polish, sentence_case};
use kyrgyz::{Case, Number, Possessor};

use super::{Writer, words};
use crate::notice::plan::{Heading, Topic};

impl Writer<'_> {
    /// The title of the document.
    pub(super) fn title(&self) -> String {
        let title = self.model.policy.as_ref().and_then(|policy| policy.title.as_ref());
        title.map_or_else(|| "Купуялык саясаты".to_owned(), |title| self.heading(&title.value))
    }

    /// Approval, version and validity: the lines under the title.
    pub(super) fn subtitle(&self) -> Vec<String> {
        let Some(policy) = &self.model.policy else {
            return Vec::new();
        };
        let mut lines = Vec::new();
        match (policy.approved, &policy.approved_by) {
            (Some(date), Some(by)) => {
                let by = words::form(
                    &self.inner(&by.value),
                    Number::Singular,
                    Possessor::Third,
                    Case::Nominative,
                );
                lines.push(format!("{} {by} менен бекитилген", words::date_attribute(date.value)));
            }
            (Some(date), None) => lines.push(format!("{} бекитилген", words::date(date.value, Case::Locative))),
            (None, Some(by)) => lines.push(format!("{} менен бекитилген", self.inner(&by.value))),
            (None, None) => {}
        }
        if let Some(version) = &policy.version {
            lines.push(format!("Редакция: {}", version.value));
        }
        let from = policy
            .effective
            .map(|date| format!("{} тартып", words::date(date.value, Case::Ablative)));
        let until = policy
            .until
            .map(|date| format!("{} чейин", words::date(date.value, Case::Dative)));
        let validity: Vec<String> = from.into_iter().chain(until).collect();
        if !validity.is_empty() {
            lines.push(format!("{} колдонулат", validity.join(" ")));
        }
        lines.iter().map(|line| polish(line)).collect()
    }

    /// A heading in the author's words.
    pub(super) fn heading(&self, text: &str) -> String {
        sentence_case(&polish(&self.resolve(text)))
    }

    /// The heading of a chapter.
    pub(super) fn chapter_heading(&self, heading: &Heading) -> String {
        match heading {
            Heading::Own(text) => self.heading(text),
            Heading::Topic(topic) => sentence_case(&self.topic(*topic)),
        }
    }

    fn topic(&self, topic: Topic) -> String {
        let fixed = match topic {
            Topic::General => "Жалпы жоболор",
            Topic::Controllers => {
                let names = self.all_controllers();
                return if names.is_empty() || names.len() > 3 {
                    "Жеке маалыматтарды кармоочулар".to_owned()
                } else {
                    format!("{} жөнүндө маалымат", words::and(&names))
                };
            }
            Topic::Terms => "Терминдер жана аныктамалар",
            Topic::Data => "Иштетилүүчү маалыматтар",
            Topic::Purposes => "Жеке маалыматтарды иштетүүнүн максаттары",
            Topic::Bases => "Иштетүүнүн укуктук негиздери жана макулдук",
            Topic::Processing => "Жеке маалыматтарды чогултуу жана пайдалануу",
            Topic::Transfer => "Жеке маалыматтарды үчүнчү жактарга өткөрүп берүү",
            Topic::Retention => "Жеке маалыматтарды сактоо мөөнөттөрү",
            Topic::Promises => "Чектөөлөр жана тыюулар",
            Topic::Rights => return format!("{} укуктары", self.person_in(Case::Genitive)),
            Topic::Duties => "Тараптардын милдеттери",
            Topic::Security => "Жеке маалыматтарды коргоо чаралары",
            Topic::Changes => return format!("{} өзгөртүү", words::accusative(&self.policy)),
            Topic::Contacts => "Байланыш",
            Topic::Closing => "Корутунду жоболор",
        };
        fixed.to_owned()
    }
}
