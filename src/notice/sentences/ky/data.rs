//! Data categories with what belongs to them.

use kyrgyz::Case;

use super::{Said, Writer, folded, item, words};
use crate::model::noun::{Data, Id, Label};
use crate::notice::document::Item;
use crate::notice::plan::{self, children};
use crate::source::Origin;

impl Writer<'_> {
    /// A category with its parts.
    pub(super) fn data_tree(&self, id: Id<Data>) -> Said {
        let noun = &self.model.data[id];
        let label = self.name(id);
        let remarks = self.remarks(id);
        let remarks = if remarks.is_empty() {
            String::new()
        } else {
            format!(" ({})", remarks.join("; "))
        };
        let mut items: Vec<Item> = self.parts(id, &label);
        let unit = self.noun_unit(id, &self.in_general(id));
        let name = match &noun.detail.definition {
            Some(definition) => format!("{label} – {}{remarks}", self.inner(&definition.value)),
            None => format!("{label}{remarks}"),
        };
        let names: Vec<String> = items.iter().map(|item| item.text.clone()).collect();
        let plain = items.iter().all(|item| item.items.is_empty());
        match items.as_mut_slice() {
            // A few short parts go into the line.
            all if plain && is_short(&names) && !noun.open => {
                let units = all.iter_mut().flat_map(|item| std::mem::take(&mut item.units));
                let units = std::iter::once(unit).chain(units).collect();
                Said::text(words::sentence(&format!("{name}: {}", words::and(&names)))).with(units)
            }
            [one] if one.items.is_empty() => {
                let units = std::iter::once(unit).chain(std::mem::take(&mut one.units)).collect();
                Said::text(words::sentence(&format!("{name}: {}", one.text))).with(units)
            }
            [one] => {
                let head = format!("{name}: {}, анын ичинде:", one.text);
                let units = std::iter::once(unit).chain(std::mem::take(&mut one.units)).collect();
                Said::list(words::sentence(&head), std::mem::take(&mut one.items)).with(units)
            }
            _ => Said::list(words::sentence(&format!("{name}:")), items).with(vec![unit]),
        }
    }

    /// Categories without parts.
    pub(super) fn data_list(&self, ids: &[Id<Data>]) -> Said {
        let units = |id: Id<Data>| vec![self.noun_unit(id, &self.in_general(id))];
        match ids {
            [id] => {
                let text = format!("Иштетилүүчү маалыматтарга {} да кирет", self.data_text(*id));
                Said::text(words::sentence(&text)).with(units(*id))
            }
            ids => {
                let items = ids.iter().map(|id| item(&self.data_text(*id), units(*id))).collect();
                Said::list("Иштетилүүчү маалыматтарга төмөнкүлөр да кирет:".to_owned(), items)
            }
        }
    }

    /// What the law protects specially; a view of items that have their units above.
    pub(super) fn special_data(&self, ids: &[Id<Data>]) -> Said {
        let own = |id: Id<Data>| {
            let is = self.model.data[id].is.iter();
            is.copied()
                .filter(|class| self.model.data[*class].origin != Origin::Project)
                .collect::<Vec<_>>()
        };
        let case = match plan::grouped(ids, own).len() {
            1 => Case::Dative,
            _ => Case::Nominative,
        };
        let class = |id: Id<Data>| {
            let is = self.model.data[id].is.iter();
            let classes = is.filter(|class| self.model.data[**class].origin != Origin::Project);
            words::and(
                &classes
                    .map(|class| words::case(&self.name(*class), case))
                    .collect::<Vec<_>>(),
            )
        };
        let groups = plan::grouped(ids, class);
        let named = |group: &[Id<Data>]| words::and(&self.names(group));
        match groups.as_slice() {
            [] => Said::default(),
            [group] => Said::text(words::sentence(&format!(
                "{} өзгөчө корголуучу {} кирет",
                named(group),
                class(group[0])
            ))),
            groups => {
                let items = groups
                    .iter()
                    .map(|group| item(&format!("{} – {}", named(group), class(group[0])), Vec::new()));
                Said::list(
                    "Төмөнкү маалыматтар мыйзам боюнча өзгөчө корголот:".to_owned(),
                    items.collect(),
                )
            }
        }
    }

    /// The parts of a category as items, with any depth; an open list ends in «ж.б.».
    fn parts(&self, id: Id<Data>, whole: &str) -> Vec<Item> {
        let below: Vec<Id<Data>> = children(&self.model.data, id).collect();
        let mut items: Vec<Item> = below
            .iter()
            .map(|child| {
                let alone = format!("{} {} кирет", words::dative(whole), self.name(*child));
                let mut said = item(&self.data_text(*child), vec![self.noun_unit(*child, &alone)]);
                said.items = self.parts(*child, &self.name(*child));
                inline(folded(said))
            })
            .collect();
        if self.model.data[id].open && !items.is_empty() {
            words::leave_open(&mut String::new(), &mut items, "башка маалыматтар");
        }
        items
    }

    /// A category with its remarks.
    fn data_text(&self, id: Id<Data>) -> String {
        let noun = &self.model.data[id];
        let mut text = self.name(id);
        let mut remarks = self.remarks(id);
        let more = noun.open && children(&self.model.data, id).next().is_none();
        match &noun.detail.definition {
            Some(definition) => {
                let definition = self.inner(&definition.value);
                // Behind the name, «ж.б.» would speak of other categories.
                remarks.insert(
                    0,
                    if more {
                        words::and_so_on(&definition)
                    } else {
                        definition
                    },
                );
            }
            None if more => text = words::and_so_on(&text),
            None => {}
        }
        if !remarks.is_empty() {
            text = words::remark(&text, &remarks.join("; "));
        }
        text
    }

    fn remarks(&self, id: Id<Data>) -> Vec<String> {
        let noun = &self.model.data[id];
        let mut remarks: Vec<String> = noun.detail.form.iter().map(|form| self.inner(&form.value)).collect();
        remarks.extend(self.examples(&noun.detail.examples));
        if noun.optional {
            remarks.push("каалоо боюнча".to_owned());
        }
        remarks
    }

    /// «мисалы, A жана B».
    pub(super) fn examples(&self, examples: &[Label]) -> Option<String> {
        let examples: Vec<String> = examples.iter().map(|example| self.inner(&example.value)).collect();
        (!examples.is_empty()).then(|| format!("мисалы, {}", words::or(&examples)))
    }

    fn in_general(&self, id: Id<Data>) -> String {
        format!("Иштетилүүчү маалыматтарга {} кирет", self.name(id))
    }
}

/// Whether parts read well in the line: no signs of a list in them, and not many letters.
fn is_short(names: &[String]) -> bool {
    let letters: usize = names.iter().map(|name| name.chars().count()).sum();
    letters < 180 && !names.iter().any(|name| name.contains([',', '(', ';']))
}

/// A list of short parts goes into brackets behind what they belong to.
fn inline(mut item: Item) -> Item {
    let names: Vec<String> = item.items.iter().map(|part| part.text.clone()).collect();
    let leaves = item.items.iter().all(|part| part.items.is_empty());
    if names.is_empty() || !leaves || !is_short(&names) || item.text.ends_with(')') {
        return item;
    }
    let units = item.items.iter_mut().flat_map(|part| std::mem::take(&mut part.units));
    let units: Vec<_> = units.collect();
    item.units.extend(units);
    item.items.clear();
    item.text = words::remark(&item.text, &names.join(", "));
    item
}
