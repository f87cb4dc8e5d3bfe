//! Retention: until when, at most, at least, and what then.

use super::processing::joined;
use super::{Said, Writer, words};
use crate::meaning::SentenceRef;
use crate::model::sentence::{Disposal, Keep};
use crate::notice::document::{Item, Row, Unit};

/// From so many keeps on a table reads better than a list.
const TABLE: usize = 4;

impl Writer<'_> {
    /// The keeps of a block: a sentence, a list or a table.
    pub(super) fn keeps(&self, block: usize, keeps: &[usize]) -> Said {
        let _ = block;
        let all: Vec<&Keep> = keeps.iter().map(|at| &self.model.keeps[*at]).collect();
        let units = |at: usize| vec![self.keep_unit(keeps[at])];
        let Some(first) = all.first() else {
            return Said::default();
        };
        let shared = all.iter().all(|keep| {
            let about = |keep: &Keep| keep.about.iter().map(|name| name.value).collect::<Vec<_>>();
            let bases = |keep: &Keep| {
                keep.bases
                    .iter()
                    .map(|way| way.iter().map(|b| b.value).collect())
                    .collect::<Vec<Vec<_>>>()
            };
            keep.by.atoms == first.by.atoms
                && about(keep) == about(first)
                && bases(keep) == bases(first)
                && keep.place == first.place
        });
        if all.len() == 1 {
            return Said::text(words::sentence(&self.keep_sentence(first))).with(units(0));
        }
        if !shared {
            let said = all.iter().enumerate().map(|(at, keep)| Item {
                text: words::item(&self.keep_sentence(keep)),
                items: Vec::new(),
                units: units(at),
            });
            return Said::list(
                "Жеке маалыматтар төмөнкү мөөнөттөрдө сакталат:".to_owned(),
                said.collect(),
            );
        }
        let owner = self.whose(&first.about);
        let any = if owner.is_some() {
            "маалыматтарын"
        } else {
            "маалыматтарды"
        };
        let lead = joined([
            Some(self.by(&first.by)),
            self.places_at(&first.place),
            self.bases(&first.bases),
            owner,
        ]);
        let head = words::sentence(&format!("{lead} жеке {any} төмөнкү мөөнөттөрдө сактайт:"));
        if all.len() >= TABLE {
            let rows = all.iter().enumerate().map(|(at, keep)| Row {
                cells: vec![
                    words::sentence(&words::and(&self.data_names(keep)))
                        .trim_end_matches('.')
                        .to_owned(),
                    self.term_of(keep),
                    disposal(keep.disposal).map_or("–", |(_, noun)| noun).to_owned(),
                ],
                units: units(at),
            });
            let head_row = ["Маалыматтар", "Сактоо мөөнөтү", "Мөөнөт бүткөндөн кийин"]
                .map(str::to_owned)
                .to_vec();
            return Said {
                text: head,
                table: Some((head_row, rows.collect())),
                ..Said::default()
            };
        }
        let items = all.iter().enumerate().map(|(at, keep)| {
            let data = words::and(&self.data_words_objects(keep));
            let then = self.afterwards(keep);
            Item {
                text: words::item(&format!("{data} – {}{then}", self.term_of(keep))),
                items: Vec::new(),
                units: units(at),
            }
        });
        Said::list(head, items.collect())
    }

    fn keep_unit(&self, at: usize) -> Unit {
        self.rule_unit(SentenceRef::Keep(at), &self.keep_sentence(&self.model.keeps[at]))
    }

    /// The whole sentence.
    fn keep_sentence(&self, keep: &Keep) -> String {
        let condition = self
            .condition(&keep.when)
            .map_or_else(String::new, |condition| format!("{condition}, "));
        let purposes = keep
            .purpose
            .as_ref()
            .filter(|slot| !slot.inherited)
            .map(|slot| self.purposes_of(slot));
        let purposes = purposes.and_then(|purposes| self.for_purposes(&purposes));
        let said = joined([
            Some(self.by(&keep.by)),
            self.places_at(&keep.place),
            self.bases(&keep.bases),
            Some(self.object(&keep.data, &keep.about)),
            purposes,
            Some(self.term_of(keep)),
            Some("сактайт".to_owned()),
        ]);
        format!("{condition}{said}{}", self.afterwards(keep))
    }

    fn data_names(&self, keep: &Keep) -> Vec<String> {
        match keep.data.any {
            true => vec!["жеке маалыматтар".to_owned()],
            false => keep.data.names.iter().map(|name| self.name(name.value)).collect(),
        }
    }

    fn data_words_objects(&self, keep: &Keep) -> Vec<String> {
        vec![self.object(&keep.data, &[])]
    }

    /// The term with its bounds.
    fn term_of(&self, keep: &Keep) -> String {
        let end = keep.end.as_ref().map(|end| self.end(end));
        let least = keep
            .at_least
            .map(|period| format!("{} кем эмес", words::period(period.value).case(kyrgyz::Case::Ablative)));
        let most = keep
            .at_most
            .map(|period| format!("{} ашык эмес", words::period(period.value).case(kyrgyz::Case::Ablative)));
        let bounds: Vec<String> = least.into_iter().chain(most).collect();
        let collected = "чогултулган күндөн тартып";
        match (end, bounds.is_empty()) {
            (Some(end), true) => end,
            (Some(end), false) => format!("{end}, бирок {collected} {}", bounds.join(" жана ")),
            (None, false) => format!("{collected} {}", bounds.join(" жана ")),
            (None, true) => String::new(),
        }
    }

    fn afterwards(&self, keep: &Keep) -> String {
        let disposed =
            disposal(keep.disposal).map_or_else(String::new, |(verb, _)| format!(", андан кийин аларды {verb}"));
        format!("{disposed}{}", self.then(&keep.then))
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
