//! The overview table: data, purposes, basis, recipients, term.

use kyrgyz::Case;
use kyrgyz::typography::sentence_case;

use super::slots::joined;
use super::{Writer, words};
use crate::model::noun::Id;
use crate::notice::document::{CellLine, Link, Overview};
use crate::notice::plan::{self, Cell, OverviewRow, Says};

/// A longer term, in letters, is left to its paragraph.
const TERM: usize = 70;

impl Writer<'_> {
    /// The table, if anything is said that it could show.
    pub(super) fn overview(&self) -> Option<Overview> {
        let rows: Vec<_> = plan::overview(self.model)
            .iter()
            .map(|row| self.overview_row(row))
            .collect();
        let head = ["Маалыматтар", "Максаттары", "Негизи", "Кимге берилет", "Сактоо мөөнөтү"];
        (!rows.is_empty()).then(|| Overview {
            heading: "Тиркеме. Жалпы таблица".to_owned(),
            caption:
                "Кайсы маалыматтар эмне максатта, кандай негизде иштетилет, кимге берилет жана канча убакыт сакталат"
                    .to_owned(),
            head: head.map(str::to_owned).to_vec(),
            rows,
        })
    }

    fn overview_row(&self, row: &OverviewRow) -> Vec<Vec<CellLine>> {
        let permission = |at: usize| &self.model.permissions[at];
        let data = row.data.iter().flat_map(|cell| match cell {
            Cell::Noun(id) => vec![self.name(*id)],
            Cell::Slot(at) => self.data_words(&permission(*at).data, &[], Case::Nominative).names,
        });
        let purposes = row.purposes.iter().flat_map(|cell| match cell {
            Cell::Noun(id) => vec![self.name(*id)],
            Cell::Slot(at) => permission(*at)
                .purpose
                .as_ref()
                .map_or_else(Vec::new, |slot| self.purposes_of(slot)),
        });
        let recipients = row.recipients.iter().flat_map(|cell| match cell {
            Cell::Noun(id) => vec![self.recipient(*id)],
            Cell::Slot(at) => {
                let slot = permission(*at).recipient.as_ref();
                slot.map_or_else(Vec::new, |slot| self.recipients_of(slot))
            }
        });
        let public = row.public.then(|| "жалпыга ачык".to_owned());
        vec![
            lines(data.collect()),
            lines(purposes.collect()),
            lines(self.ways_named(&row.bases).into_iter().collect()),
            lines(recipients.chain(public).collect()),
            self.terms_of(&row.keeps),
        ]
    }

    fn ways_named(&self, ways: &[Vec<Id<crate::model::noun::Basis>>]) -> Option<String> {
        let way = |way: &Vec<Id<_>>| words::and(&self.names(way));
        let ways: Vec<String> = ways.iter().map(way).collect();
        (!ways.is_empty()).then(|| words::or(&ways))
    }

    /// Short terms in words, long ones as the number of their paragraph.
    fn terms_of(&self, keeps: &[usize]) -> Vec<CellLine> {
        let mut found: Vec<CellLine> = Vec::new();
        for &at in keeps {
            let keep = &self.model.keeps[at];
            let term = joined([self.condition(&keep.when), Some(self.term_of(keep))]);
            let place = self
                .plan
                .paragraphs()
                .find(|paragraph| matches!(&paragraph.says, Says::Keeps { keeps, .. } if keeps.contains(&at)));
            let line = match place {
                Some(place) if term.chars().count() > TERM => CellLine::Link(Link {
                    anchor: place.anchor.clone(),
                    text: format!("{}-пункт", place.number),
                }),
                _ => CellLine::Text(sentence_case(&words::item(&term))),
            };
            if !found.contains(&line) {
                found.push(line);
            }
        }
        if found.is_empty() { lines(Vec::new()) } else { found }
    }
}

fn lines(texts: Vec<String>) -> Vec<CellLine> {
    if texts.is_empty() {
        return vec![CellLine::Text("–".to_owned())];
    }
    texts
        .iter()
        .map(|text| CellLine::Text(sentence_case(&words::item(text))))
        .collect()
}
