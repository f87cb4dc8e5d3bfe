//! Retention: until when, at most, at least, and what then.

use kyrgyz::Case;

use super::doings::Voice;
use super::slots::{joined, values};
use super::{Said, Writer, item, words};
use crate::meaning::SentenceRef;
use crate::model::sentence::{Disposal, Keep};
use crate::notice::document::{Row, Unit};

/// From so many keeps on a table reads better than a list.
const TABLE: usize = 4;

impl Writer<'_> {
    /// The keeps of a block: a sentence, a list or a table.
    pub(super) fn keeps(&self, block: usize, keeps: &[usize]) -> Said {
        let all: Vec<&Keep> = keeps.iter().map(|at| &self.model.keeps[*at]).collect();
        let Some(first) = all.first() else {
            return Said::default();
        };
        // The block's own sentence stands before its statements, if it has any.
        let block = &self.model.blocks[block];
        let text = if block.permissions.is_empty() {
            self.prose(block.text.as_ref())
        } else {
            String::new()
        };
        let about = |keep: &Keep| keep.about.iter().map(|name| name.value).collect::<Vec<_>>();
        let alike =
            |keep: &&Keep| keep.by.atoms == first.by.atoms && about(keep) == about(first) && keep.place == first.place;
        let said = match all.as_slice() {
            [one] => Said::text(self.keep_sentence(one)).with(vec![self.keep_unit(keeps[0])]),
            all if all.iter().all(alike) => self.keeps_together(keeps),
            _ => {
                let said = keeps
                    .iter()
                    .map(|at| item(&self.keep_sentence(&self.model.keeps[*at]), vec![self.keep_unit(*at)]));
                Said::list(
                    "Жеке маалыматтар төмөнкү мөөнөттөрдө сакталат:".to_owned(),
                    said.collect(),
                )
            }
        };
        Said {
            text: words::sentences([text, said.text]),
            ..said
        }
    }

    /// Keeps by the same controllers of the same people's data.
    fn keeps_together(&self, keeps: &[usize]) -> Said {
        let all: Vec<&Keep> = keeps.iter().map(|at| &self.model.keeps[*at]).collect();
        let first = all[0];
        let bases: Vec<Option<String>> = all.iter().map(|keep| self.keep_basis(keep)).collect();
        let one_basis = bases.iter().all(|basis| *basis == bases[0]);
        let about = values(&first.about);
        let any = Some(format!("жеке {}", self.data_in(&about, Case::Accusative)));
        let basis = bases[0].clone().filter(|_| one_basis);
        let place = self.places_each(&first.place);
        let lead = joined([Some(self.by(&first.by)), place, self.whose(&about), any, basis]);
        let head = format!("{lead} төмөнкү мөөнөттөрдө сактайт:");
        let rows = keeps
            .iter()
            .zip(&all)
            .zip(bases)
            .map(|((at, keep), basis)| (*at, *keep, basis.filter(|_| !one_basis)));
        let one_object = all.iter().all(|keep| keep.data.any && keep.data.except.is_empty());
        if all.len() < TABLE {
            let items = rows.map(|(at, keep, basis)| {
                let mark = basis.as_ref().filter(|_| one_object).map(|_| "–".to_owned());
                let term = joined([self.condition(&keep.when), basis, mark, Some(self.term_of(keep))]);
                // What the head says of all the data need not stand in each line.
                let object = Some(self.object(&keep.data, &[])).filter(|_| !one_object);
                let what = joined([object, self.keep_purposes(keep)]);
                let dash = if what.is_empty() { "" } else { " – " };
                let text = format!("{what}{dash}{term}{}", self.afterwards(keep));
                item(&text, vec![self.keep_unit(at)])
            });
            return Said::list(head, items.collect());
        }
        let purposes = all.iter().any(|keep| !self.own_purposes(keep).is_empty());
        let rows = rows.map(|(at, keep, _)| {
            let data = words::and(&self.data_words(&keep.data, &[], Case::Nominative).names);
            let data = kyrgyz::typography::sentence_case(&data);
            let after = joined([
                disposal(keep.disposal).map(|(_, noun)| noun.to_owned()),
                Some(
                    self.then(&keep.then, Voice::Passive)
                        .trim_start_matches(", ")
                        .to_owned(),
                ),
            ]);
            let term = joined([self.condition(&keep.when), Some(self.term_of(keep))]);
            let mut cells = vec![data, term, if after.is_empty() { "–".to_owned() } else { after }];
            if purposes {
                let names = self.own_purposes(keep);
                cells.insert(
                    1,
                    if names.is_empty() {
                        "–".to_owned()
                    } else {
                        words::and(&names)
                    },
                );
            }
            if !one_basis {
                let names = self.bases_named(&keep.bases);
                let at = cells.len() - 1;
                cells.insert(at, if names.is_empty() { "–".to_owned() } else { names });
            }
            Row {
                cells: cells.iter().map(|cell| words::item(cell)).collect(),
                units: vec![self.keep_unit(at)],
            }
        });
        let mut columns = vec!["Маалыматтар", "Сактоо мөөнөтү", "Мөөнөт бүткөндөн кийин"];
        if purposes {
            columns.insert(1, "Максаты");
        }
        if !one_basis {
            columns.insert(columns.len() - 1, "Негизи");
        }
        let columns = columns.into_iter().map(str::to_owned).collect();
        Said {
            text: head,
            table: Some((columns, rows.collect())),
            ..Said::default()
        }
    }

    fn keep_unit(&self, at: usize) -> Unit {
        self.rule_unit(SentenceRef::Keep(at), &self.keep_sentence(&self.model.keeps[at]))
    }

    /// The whole sentence.
    fn keep_sentence(&self, keep: &Keep) -> String {
        let condition = self
            .condition(&keep.when)
            .map_or_else(String::new, |condition| format!("{condition}, "));
        let said = joined([
            Some(self.by(&keep.by)),
            self.places_each(&keep.place),
            Some(self.object(&keep.data, &values(&keep.about))),
            self.keep_basis(keep),
            self.keep_purposes(keep),
            Some(self.term_of(keep)),
            Some("сактайт".to_owned()),
        ]);
        format!("{condition}{said}{}", self.afterwards(keep))
    }

    /// For what, if the keep says so itself.
    fn keep_purposes(&self, keep: &Keep) -> Option<String> {
        self.for_purposes(&self.own_purposes(keep))
    }

    /// The purposes that the keep names itself.
    fn own_purposes(&self, keep: &Keep) -> Vec<String> {
        let own = keep.purpose.as_ref().filter(|slot| !slot.inherited);
        own.map_or_else(Vec::new, |slot| self.purposes_of(slot))
    }

    fn keep_basis(&self, keep: &Keep) -> Option<String> {
        let ways: Vec<_> = keep.bases.iter().map(|way| values(way)).collect();
        self.bases(&ways, &values(&keep.about))
    }

    /// The term with its bounds.
    pub(super) fn term_of(&self, keep: &Keep) -> String {
        let end = keep.end.as_ref().map(|end| self.end(end));
        let least = keep.at_least.map(|period| words::period(period.value).words());
        let bounds = match (least, keep.at_most.map(|most| words::period(most.value))) {
            (None, None) => String::new(),
            (Some(least), None) => format!("кеминде {least} бою"),
            (None, Some(most)) => format!("{} ашпаган мөөнөттө", most.case(Case::Ablative)),
            (Some(least), Some(most)) => format!("кеминде {least}, көп дегенде {} бою", most.words()),
        };
        let collected = "чогултулган күндөн тартып";
        match (end, bounds.is_empty()) {
            (Some(end), true) => end,
            (Some(end), false) => format!("{end}, бирок {collected} {bounds}"),
            (None, false) => format!("{collected} {bounds}"),
            (None, true) => String::new(),
        }
    }

    fn afterwards(&self, keep: &Keep) -> String {
        let disposed = disposal(keep.disposal).map_or_else(String::new, |(verb, _)| {
            format!(", андан кийин {} {verb}", self.them(&keep.data))
        });
        format!("{disposed}{}", self.then(&keep.then, Voice::Active))
    }
}

/// The verb, and what a table says.
const fn disposal(disposal: Option<Disposal>) -> Option<(&'static str, &'static str)> {
    match disposal {
        Some(Disposal::Erase) => Some(("жок кылат", "жок кылынат")),
        Some(Disposal::Anonymise) => Some(("ээсиздендирет", "ээсиздендирилет")),
        None => None,
    }
}
