//! Duties: verbal nouns in the dative before «милдеттүү».

use kyrgyz::Case;

use super::slots::joined;
use super::{Said, Writer, address, item, words};
use crate::model::noun::{AnyNoun, Duty, Id, Subject};
use crate::syntax::vocabulary::Kind;

impl Writer<'_> {
    /// Duties of the same parties.
    pub(super) fn duties(&self, ids: &[Id<Duty>]) -> Said {
        match ids {
            [id] => self.duty(*id),
            [first, ..] => {
                let (who, must) = self.obliged(*first);
                let items = ids.iter().map(|id| {
                    item(
                        &self.duty_dative(*id),
                        vec![self.noun_unit(*id, &self.duty_sentence(*id))],
                    )
                });
                Said::list(words::sentence(&format!("{who} төмөнкүлөргө {must}:")), items.collect())
            }
            [] => Said::default(),
        }
    }

    /// One duty, with what more is said about it.
    pub(super) fn duty(&self, id: Id<Duty>) -> Said {
        let text = self.prose(self.model.duties[id].detail.text.as_ref());
        let sentence = self.duty_sentence(id);
        Said::text(words::sentences([sentence.clone(), text])).with(vec![self.noun_unit(id, &sentence)])
    }

    fn duty_sentence(&self, id: Id<Duty>) -> String {
        let (who, must) = self.obliged(id);
        match self.duty_said(id) {
            (Some(condition), said) => format!("{condition}, {who} {said} {must}"),
            (None, said) => format!("{who} {said} {must}"),
        }
    }

    /// The duty as an item of a list.
    fn duty_dative(&self, id: Id<Duty>) -> String {
        match self.duty_said(id) {
            (Some(condition), said) => format!("{condition}, {said}"),
            (None, said) => said,
        }
    }

    /// Whose duty it is, with the predicate that agrees.
    fn obliged(&self, id: Id<Duty>) -> (String, &'static str) {
        let of = &self.model.duties[id].detail.of;
        if self.readers_duty(id) {
            return ("Сиз".to_owned(), "милдеттүүсүз");
        }
        let names: Vec<String> = of.iter().map(|party| self.party(*party)).collect();
        let who = if names.is_empty() {
            self.controllers_together()
        } else {
            words::and(&names)
        };
        (who, "милдеттүү")
    }

    /// Whether the duty is that of the person to whom the text speaks.
    fn readers_duty(&self, id: Id<Duty>) -> bool {
        let of = &self.model.duties[id].detail.of;
        let people = of.iter().filter(|party| party.kind == Kind::Subject);
        let people: Vec<Id<Subject>> = people.map(|party| Id::new(party.index)).collect();
        !of.is_empty() && people.len() == of.len() && self.spoken_to(&people)
    }

    /// The duty in the dative, with how soon, by what means and to whom; before it the condition that its label begins
    /// with: it stands before the subject, not between it and its duty.
    fn duty_said(&self, id: Id<Duty>) -> (Option<String>, String) {
        let it = &self.model.duties[id].detail;
        let label = match self.readers_duty(id) {
            true => address::yours(&self.name(id)),
            false => self.name(id),
        };
        let (condition, name) = words::condition_first(&label);
        let (condition, name) = (condition.map(str::to_owned), name.to_owned());
        // The label of a duty often names the other party itself.
        let unnamed = |party: &&AnyNoun| {
            let called = self.party(**party);
            let stem: String = called
                .chars()
                .take(called.chars().count().saturating_sub(1).max(3))
                .collect();
            !name.contains(&stem)
        };
        // One tells or gives to somebody; other duties are owed to somebody.
        let last = name.split_whitespace().last().unwrap_or("");
        let tells = ["билдир", "кабарл", "бер", "жөнөт", "көрсөт", "түшүндүр", "кайрыл"]
            .iter()
            .any(|stem| last.starts_with(stem));
        let case = if tells { Case::Dative } else { Case::Genitive };
        let to: Vec<String> = it
            .to
            .iter()
            .filter(unnamed)
            .map(|party| words::case(&self.party(*party), case))
            .collect();
        let to = (!to.is_empty()).then(|| {
            if tells {
                words::and(&to)
            } else {
                format!("{} алдында", words::and(&to))
            }
        });
        let within = it.within.map(|period| words::within(period.value));
        let of_people = it.of.iter().any(|party| party.kind == Kind::Subject);
        let ways = (!it.channel.is_empty()).then(|| match of_people {
            true => self.ways_joined(&it.channel, words::either),
            false => self.ways_of_controller(&it.channel, words::either),
        });
        // A term stands next to its verb: «агенттикке 72 (жетимиш эки) сааттын ичинде билдирүүгө».
        let said = match (name.rsplit_once(' '), within) {
            (Some((object, verb)), Some(within)) if tells || words::is_single(object) => joined([
                to,
                ways,
                Some(object.to_owned()),
                Some(within),
                Some(words::dative(verb)),
            ]),
            (_, within) => joined([to, within, ways, Some(words::dative(&name))]),
        };
        (condition, said)
    }
}
