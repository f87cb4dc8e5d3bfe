//! The overview table: data, purposes, basis, recipients, term.

use kyrgyz::Case;

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
        let said = plan::overview(self.model, |keeps| self.terms_of(keeps));
        // Whose data most rows show is said once, of the others in the row.
        let most = said.iter().map(|row| &row.about);
        let most = most.max_by_key(|about| said.iter().filter(|row| row.about == **about).count());
        let most = most.cloned().unwrap_or_default();
        let several = said.iter().any(|row| row.about != most);
        let rows: Vec<_> = said
            .iter()
            .map(|row| self.overview_row(row, several && row.about != most))
            .collect();
        let unless = match several && !most.is_empty() {
            true => {
                let people: Vec<String> = most.iter().map(|id| words::dative(&self.subject(*id))).collect();
                format!(". Башкача көрсөтүлбөсө, маалыматтар {} тиешелүү", words::and(&people))
            }
            false => String::new(),
        };
        let head = ["Маалыматтар", "Максаттары", "Негизи", "Алуучулар", "Сактоо мөөнөтү"];
        (!rows.is_empty()).then(|| Overview {
            heading: "Жалпы таблица".to_owned(),
            caption: format!(
                "Таблицада кайсы маалыматтар эмне максатта, кандай негизде иштетилери, кимге берилери жана канча убакыт \
                 сакталары көрсөтүлгөн{unless}"
            ),
            head: head.map(str::to_owned).to_vec(),
            rows,
        })
    }

    fn overview_row(&self, row: &OverviewRow, names_owner: bool) -> Vec<Vec<CellLine>> {
        let permission = |at: usize| &self.model.permissions[at];
        let data = row.data.iter().flat_map(|cell| match cell {
            Cell::Noun(id) => vec![self.name(*id)],
            Cell::Slot(at) => {
                let slot = &permission(*at).data;
                let all = slot.any && slot.except.is_empty();
                match all {
                    true => vec!["бардык жеке маалыматтар".to_owned()],
                    false => self.data_words(slot, &[], Case::Nominative).names,
                }
            }
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
        let mut data: Vec<String> = data.collect();
        if names_owner && let Some(first) = data.first_mut() {
            let whose = self.whose(&row.about).unwrap_or_else(|| "бардык адамдардын".to_owned());
            // «Абоненттин эсеби» says itself whose it is.
            if !first.contains(&whose) {
                *first = format!("{whose} маалыматтары: {first}");
            }
        }
        let public = row.public.then(|| "жалпы коомчулук".to_owned());
        vec![
            lines(data),
            lines(purposes.collect()),
            lines(self.ways_named(&row.bases).into_iter().collect()),
            lines(recipients.chain(public).collect()),
            self.terms_of(&row.keeps),
        ]
    }

    fn ways_named(&self, ways: &[Vec<Id<crate::model::noun::Basis>>]) -> Option<String> {
        let way = |way: &Vec<Id<_>>| words::and(&way.iter().map(|basis| self.basis_named(*basis)).collect::<Vec<_>>());
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
                    text: format!("{}-пунктта көрсөтүлгөн", place.number),
                }),
                _ => CellLine::Text(begun(found.len(), &term)),
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
        .enumerate()
        .map(|(at, text)| CellLine::Text(begun(at, text)))
        .collect()
}

/// A line of a cell: only the first begins with a capital, since in one line semicolons part them.
fn begun(at: usize, text: &str) -> String {
    let text = words::item(text);
    match at {
        0 => kyrgyz::typography::sentence_case(&text),
        _ => text,
    }
}
