//! Rights: verbal nouns in the dative before «укуктуу», and how each is used.

use super::{Said, Writer, address, item, words};
use crate::model::noun::{Basis, Id, Means, Right, Subject};
use crate::notice::plan::Says;
use crate::syntax::vocabulary::Kind;

impl Writer<'_> {
    /// Rights that need no explanation.
    pub(super) fn rights(&self, ids: &[Id<Right>]) -> Said {
        match ids {
            [id] => Said::text(words::sentence(&self.right_sentence(*id))).with(vec![self.right_unit(*id)]),
            [first, ..] => {
                let of = &self.model.rights[*first].detail.of;
                let head = format!("{} төмөнкүлөргө {}:", self.people(of), self.entitled(of));
                let mut parts = self.procedure(*first, "төмөнкү укуктар");
                parts.push(head);
                let items = ids
                    .iter()
                    .map(|id| item(&self.right_dative(*id), vec![self.right_unit(*id)]));
                Said::list(words::sentences(parts), items.collect())
            }
            [] => Said::default(),
        }
    }

    /// A right with its procedure.
    pub(super) fn right(&self, id: Id<Right>) -> Said {
        let mut parts = vec![self.right_sentence(id)];
        parts.extend(self.procedure(id, "бул укук"));
        Said::text(words::sentences(parts)).with(vec![self.right_unit(id)])
    }

    /// How a right is used, what it concerns and what limits it; empty if nothing is declared.
    fn procedure(&self, id: Id<Right>, these: &str) -> Vec<String> {
        let it = &self.model.rights[id].detail;
        let mut parts = Vec::new();
        if !it.about.is_empty() {
            let data: Vec<String> = it.about.iter().map(|data| words::dative(&self.name(*data))).collect();
            parts.push(format!("{these} {} тиешелүү", words::and(&data)));
        }
        if let Some(at) = self.withdrawn_at(id) {
            parts.push(format!("{these} {at} көрсөтүлгөн тартипте ишке ашырылат"));
        } else if !it.channel.is_empty() {
            parts.push(format!(
                "{these} {} ишке ашырылат",
                self.ways_joined(&it.channel, words::either)
            ));
        }
        if let Some(proof) = &it.proof {
            parts.push(format!("Бул үчүн {} талап кылынат", self.inner(&proof.value)));
        }
        parts.push(self.prose(it.text.as_ref()));
        if let Some(period) = it.deadline {
            parts.push(format!("Кайрылууга {} жооп берилет", words::within(period.value)));
        }
        if !it.except.is_empty() {
            let grounds = it.except.iter().map(|ground| {
                let cites = match ground.kind {
                    Kind::Ground => self.model.grounds[Id::new(ground.index)].detail.cites.as_ref(),
                    Kind::Basis => self.model.bases[Id::new(ground.index)].detail.cites.as_ref(),
                    _ => None,
                };
                let name = self.party(*ground);
                cites.map_or_else(|| name.clone(), |cites| words::remark(&name, &cites.value))
            });
            let grounds: Vec<String> = grounds.map(|ground| words::dative(&ground)).collect();
            parts.push(format!("{these} {} байланыштуу чектелиши мүмкүн", words::or(&grounds)));
        }
        parts
    }

    /// For the right to withdraw a consent the paragraphs on that which name the same ways.
    fn withdrawn_at(&self, right: Id<Right>) -> Option<String> {
        let rights = &self.model.rights;
        let (class, _) = rights.iter().find(|(_, noun)| noun.path == "withdrawal")?;
        let ways = &rights[right].detail.channel;
        if !rights.below(right, class) {
            return None;
        }
        let same = |id: &Id<Basis>| {
            let withdraw = &self.model.bases[*id].detail.withdraw;
            let alike = |a: &Means, b: &Means| a.by == b.by && a.at == b.at;
            withdraw.len() == ways.len() && withdraw.iter().zip(ways).all(|(a, b)| alike(a, b))
        };
        let says = |says: &Says| matches!(says, Says::ConsentWithdrawn(id) if same(id));
        let numbers = self.plan.numbers(says);
        words::numbered(numbers.get(..).filter(|_| !ways.is_empty())?, "пункт")
    }

    fn right_unit(&self, id: Id<Right>) -> crate::notice::document::Unit {
        self.noun_unit(id, &self.right_sentence(id))
    }

    fn right_sentence(&self, id: Id<Right>) -> String {
        let of = &self.model.rights[id].detail.of;
        format!("{} {} {}", self.people(of), self.right_dative(id), self.entitled(of))
    }

    /// The right in the dative, with the article it comes from.
    fn right_dative(&self, id: Id<Right>) -> String {
        let right = words::dative(&self.right_named(id));
        let cites = self.model.rights[id].detail.cites.as_ref();
        cites.map_or_else(
            || right.clone(),
            |cites| format!("{right} ({})", self.resolve(&cites.value)),
        )
    }

    /// A right as the text calls it to those who have it.
    pub(super) fn right_named(&self, id: Id<Right>) -> String {
        match self.spoken_to(&self.model.rights[id].detail.of) {
            true => address::yours(&self.name(id)),
            false => self.name(id),
        }
    }

    fn entitled(&self, of: &[Id<Subject>]) -> &'static str {
        if self.spoken_to(of) {
            "укуктуусуз"
        } else {
            "укуктуу"
        }
    }
}
