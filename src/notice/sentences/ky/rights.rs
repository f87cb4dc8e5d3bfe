//! Rights: verbal nouns in the dative before «укуктуу», and how each is used.

use super::{Said, Writer, item, words};
use crate::model::noun::{Id, Right};
use crate::syntax::vocabulary::Kind;

impl Writer<'_> {
    /// Rights that need no explanation.
    pub(super) fn rights(&self, ids: &[Id<Right>]) -> Said {
        match ids {
            [id] => Said::text(words::sentence(&self.right_sentence(*id))).with(vec![self.right_unit(*id)]),
            [first, ..] => {
                let people = self.people(&self.model.rights[*first].detail.of);
                let head = format!("{people} төмөнкүлөргө {}:", self.entitled());
                let items = ids
                    .iter()
                    .map(|id| item(&self.right_dative(*id), vec![self.right_unit(*id)]));
                Said::list(words::sentence(&head), items.collect())
            }
            [] => Said::default(),
        }
    }

    /// A right with its procedure.
    pub(super) fn right(&self, id: Id<Right>) -> Said {
        let it = &self.model.rights[id].detail;
        let mut parts = vec![self.right_sentence(id)];
        if !it.about.is_empty() {
            let data: Vec<String> = it.about.iter().map(|data| words::dative(&self.name(*data))).collect();
            parts.push(format!("Бул укук {} тиешелүү", words::and(&data)));
        }
        if !it.channel.is_empty() {
            parts.push(format!(
                "Бул укук {} ишке ашырылат",
                self.ways_joined(&it.channel, words::or)
            ));
        }
        parts.push(self.prose(it.text.as_ref()));
        if let Some(proof) = &it.proof {
            parts.push(format!("Бул үчүн {} талап кылынат", self.inner(&proof.value)));
        }
        if let Some(period) = it.deadline {
            parts.push(format!(
                "Кайрылууга {} жооп берилет",
                words::period(period.value).within()
            ));
        }
        if !it.except.is_empty() {
            let grounds = it.except.iter().map(|ground| {
                let cites = match ground.kind {
                    Kind::Ground => self.model.grounds[Id::new(ground.index)].detail.cites.as_ref(),
                    Kind::Basis => self.model.bases[Id::new(ground.index)].detail.cites.as_ref(),
                    _ => None,
                };
                let name = self.party(*ground);
                cites.map_or_else(|| name.clone(), |cites| format!("{name} ({})", cites.value))
            });
            let grounds: Vec<String> = grounds.map(|ground| words::genitive(&ground)).collect();
            parts.push(format!("Бул укук {} негизинде чектелиши мүмкүн", words::or(&grounds)));
        }
        Said::text(words::sentences(parts)).with(vec![self.right_unit(id)])
    }

    fn right_unit(&self, id: Id<Right>) -> crate::notice::document::Unit {
        self.noun_unit(id, &self.right_sentence(id))
    }

    fn right_sentence(&self, id: Id<Right>) -> String {
        let people = self.people(&self.model.rights[id].detail.of);
        format!("{people} {} {}", self.right_dative(id), self.entitled())
    }

    /// The right in the dative, with the article it comes from.
    fn right_dative(&self, id: Id<Right>) -> String {
        let right = words::dative(&self.name(id));
        let cites = self.model.rights[id].detail.cites.as_ref();
        cites.map_or_else(
            || right.clone(),
            |cites| format!("{right} ({})", self.resolve(&cites.value)),
        )
    }

    fn entitled(&self) -> &'static str {
        if self.polite() {
            "укуктуусуз"
        } else {
            "укуктуу"
        }
    }
}
