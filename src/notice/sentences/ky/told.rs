//! What statements tell in full, so that its own list only points there.

use std::collections::{BTreeMap, BTreeSet};

use super::{Writer, words};
use crate::model::Model;
use crate::model::kinded::Kinded;
use crate::model::noun::{Id, Purpose, Source};
use crate::notice::document::{Item, Unit};
use crate::notice::plan::{self, Flows, Plan, Says, children};
use crate::source::Origin;
use crate::syntax::vocabulary::Verb;

/// For each statement what it tells first.
#[derive(Default)]
pub(super) struct Tells {
    purposes: BTreeMap<usize, Vec<Id<Purpose>>>,
    sources: BTreeMap<usize, Vec<Id<Source>>>,
}

/// Which statement tells each purpose and source first, of those that their lists leave out.
pub(super) fn tells(
    plan: &Plan,
    model: &Model,
    purposes: &BTreeSet<Id<Purpose>>,
    sources: &BTreeSet<Id<Source>>,
) -> Tells {
    let (mut seen_purposes, mut seen_sources) = (BTreeSet::new(), BTreeSet::new());
    let mut tells = Tells::default();
    let flows = plan.paragraphs().filter_map(|paragraph| match &paragraph.says {
        Says::Flows(flows) => Some(flows),
        _ => None,
    });
    for at in flows.flat_map(Flows::permissions) {
        let permission = &model.permissions[at];
        let names = permission.purpose.iter().flat_map(|slot| &slot.names);
        for id in names.map(|name| name.value) {
            let out = own(model, id) && purposes.contains(&id) && !plan::remains(model, purposes, id);
            if out && seen_purposes.insert(id) {
                tells.purposes.entry(at).or_default().push(id);
            }
        }
        let takes = matches!(permission.verb.value, Verb::Collect | Verb::Process) && !permission.source.any;
        for id in permission.source.names.iter().map(|name| name.value).filter(|_| takes) {
            let out = own(model, id)
                && model.sources[id].detail.stands_for.is_none()
                && sources.contains(&id)
                && !plan::source_remains(model, sources, id);
            if out && !is_permission(model, id) && seen_sources.insert(id) {
                tells.sources.entry(at).or_default().push(id);
            }
        }
    }
    tells
}

fn own<D: Kinded>(model: &Model, id: Id<D>) -> bool {
    D::table(model)[id].origin == Origin::Project
}

/// Permissions of a device have a list of their own, which is always whole. So has what belongs to a group.
fn is_permission(model: &Model, id: Id<Source>) -> bool {
    let class = model.sources.iter().find(|(_, noun)| noun.path == "device_permission");
    model.sources[id].parent.is_some() || class.is_some_and(|(class, _)| model.sources.below(id, class))
}

impl Writer<'_> {
    /// The units of what a statement tells besides itself.
    pub(super) fn units_told(&self, permission: usize) -> Vec<Unit> {
        let purposes = self.tells.purposes.get(&permission).into_iter().flatten();
        let sources = self.tells.sources.get(&permission).into_iter().flatten();
        let purposes = purposes.flat_map(|id| std::iter::once(*id).chain(self.parts_told(*id)));
        let purposes = purposes.map(|id| self.purpose_unit(id));
        purposes.chain(sources.map(|id| self.source_unit(*id))).collect()
    }

    /// The parts of a purpose that are told with it.
    pub(super) fn parts_told(&self, id: Id<Purpose>) -> Vec<Id<Purpose>> {
        let parts = children(&self.model.purposes, id);
        parts.filter(|part| !self.told.contains(part)).collect()
    }

    /// The purposes that a statement tells first with more than their names: the items that say so, by name.
    pub(super) fn explained(&self, permission: usize) -> BTreeMap<String, Item> {
        let purposes = self.tells.purposes.get(&permission).into_iter().flatten();
        purposes.map(|id| (self.name(*id), self.purpose_told(*id))).collect()
    }

    /// A purpose with all that is said of it, where a statement tells it; its unit is the statement's.
    fn purpose_told(&self, id: Id<Purpose>) -> Item {
        let parts = self.parts_told(id).into_iter().map(|part| Item {
            text: words::item(&self.purpose_said(part)),
            ..Item::default()
        });
        let mut said = Item {
            text: self.purpose_said(id),
            items: parts.collect(),
            ..Item::default()
        };
        if !said.items.is_empty() {
            said.text.push_str(", анын ичинде");
        }
        if self.model.purposes[id].open {
            words::leave_open(&mut said.text, &mut said.items, "");
        }
        said.text = words::item(&said.text);
        said
    }

    /// Where those of these purposes are told that their list leaves out: in chapters, or in paragraphs of the list's own
    /// chapter. Behind a single purpose (`whole` is false) always in paragraphs.
    pub(super) fn purposes_at(&self, ids: &[Id<Purpose>], whole: bool) -> Option<String> {
        let mut out: BTreeSet<Id<Purpose>> = BTreeSet::new();
        let mut open = ids.to_vec();
        while let Some(id) = open.pop() {
            let gone = !self.remains(id);
            if gone {
                out.insert(id);
            }
            if whole || gone {
                open.extend(children(&self.model.purposes, id));
            }
        }
        let tells = |at: usize| {
            let slot = self.model.permissions[at].purpose.as_ref();
            slot.is_some_and(|slot| slot.names.iter().any(|name| out.contains(&name.value)))
        };
        let list = |says: &Says| whole && matches!(says, Says::Purposes(own) if own == ids);
        self.told_at(tells, list, whole)
    }

    /// The same for sources.
    pub(super) fn sources_at(&self, ids: &[Id<Source>], out: &[Id<Source>]) -> Option<String> {
        let tells = |at: usize| {
            let names = &self.model.permissions[at].source.names;
            names.iter().any(|name| out.contains(&name.value))
        };
        self.told_at(tells, |says| matches!(says, Says::Sources(own) if own == ids), true)
    }

    fn told_at(&self, tells: impl Fn(usize) -> bool, list: impl Fn(&Says) -> bool, by_chapter: bool) -> Option<String> {
        let says = |says: &Says| matches!(says, Says::Flows(flows) if flows.permissions().any(&tells));
        let (mut chapters, mut paragraphs): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
        for chapter in &self.plan.chapters {
            let numbers: Vec<&str> = chapter
                .paragraphs()
                .filter(|paragraph| says(&paragraph.says))
                .map(|paragraph| paragraph.number.as_str())
                .collect();
            let own = chapter.paragraphs().any(|paragraph| list(&paragraph.says));
            match numbers.as_slice() {
                [] => {}
                _ if own || !by_chapter => paragraphs.extend(numbers),
                _ => chapters.push(&chapter.number),
            }
        }
        let places = [
            words::numbered(&paragraphs, "пункт"),
            words::numbered(&chapters, "бөлүм"),
        ];
        let places: Vec<String> = places.into_iter().flatten().collect();
        (!places.is_empty()).then(|| words::and(&places))
    }
}
