//! The paragraphs that a run of declarations needs: one function for each kind.

use super::flows::flows;
use super::{Heading, Says};
use crate::model::Model;
use crate::model::kinded::Kinded;
use crate::model::noun::{
    AnyNoun, Basis, Channel, Controller, Data, Duty, Id, Measure, Noun, Purpose, Recipient, Right, Source, Subject,
    Table, Term,
};
use crate::syntax::ast::Period;
use crate::syntax::vocabulary::{Kind, Verb};

/// A paragraph, or a heading inside the chapter, before it has a number.
#[derive(Clone, Debug)]
pub(super) enum Draft {
    /// A heading.
    Heading(String),
    /// A paragraph with its anchor.
    Paragraph(String, Says),
}

/// Writes the paragraphs of runs of declarations.
pub(super) struct Pieces<'m> {
    pub(super) model: &'m Model,
    pub(super) drafts: Vec<Draft>,
}

impl Pieces<'_> {
    pub(super) fn add(&mut self, anchor: impl Into<String>, says: Says) {
        self.drafts.push(Draft::Paragraph(anchor.into(), says));
    }

    fn add_noun<D: Kinded>(&mut self, id: Id<D>, part: &str, says: Says) {
        let anchor = format!("{}{part}", super::noun_id(self.model, id.any()));
        self.add(anchor, says);
    }

    /// A run of nouns of one kind, in the order written.
    pub(super) fn nouns(&mut self, kind: Kind, nouns: &[AnyNoun]) {
        match kind {
            Kind::Controller => self.controllers(&ids(nouns)),
            Kind::Subject => self.list(&ids::<Subject>(nouns), Says::Subjects),
            Kind::Data => self.data(&ids(nouns)),
            Kind::Source => self.sources(&ids(nouns)),
            Kind::Purpose => self.list(&ids::<Purpose>(nouns), Says::Purposes),
            Kind::Basis => self.bases(&ids(nouns)),
            Kind::Recipient => self.recipients(&ids(nouns)),
            Kind::Channel => self.list(&ids::<Channel>(nouns), Says::Channels),
            Kind::Right => self.rights(&ids(nouns)),
            Kind::Measure => self.measures(&ids(nouns)),
            Kind::Duty => self.duties(&ids(nouns)),
            Kind::Term => self.list(&ids::<Term>(nouns), Says::Terms),
            _ => {}
        }
    }

    fn list<D: Kinded>(&mut self, nouns: &[Id<D>], says: fn(Vec<Id<D>>) -> Says) {
        if let [first, ..] = nouns {
            self.add_noun(*first, ".list", says(nouns.to_vec()));
        }
    }

    fn controllers(&mut self, nouns: &[Id<Controller>]) {
        for id in nouns {
            self.add_noun(*id, "", Says::Controller(*id));
        }
    }

    /// Categories with parts have a paragraph each; those without share one.
    fn data(&mut self, nouns: &[Id<Data>]) {
        let table = &self.model.data;
        let (trees, single): (Vec<_>, Vec<_>) = nouns.iter().partition(|id| children(table, **id).next().is_some());
        for id in trees {
            self.add_noun(id, "", Says::DataTree(id));
        }
        self.list(&single, Says::DataList);
        let special: Vec<Id<Data>> = self.special(nouns);
        self.list(&special, Says::SpecialData);
    }

    /// What lies below these and `is` a class below the taxonomy's `special`.
    pub(super) fn special(&self, nouns: &[Id<Data>]) -> Vec<Id<Data>> {
        let table = &self.model.data;
        let Some((special, _)) = table.iter().find(|(_, noun)| noun.path == "special") else {
            return Vec::new();
        };
        let is_special = |id: &Id<Data>| table[*id].is.iter().any(|class| table.below(*class, special));
        let mut found = Vec::new();
        let mut open: Vec<Id<Data>> = nouns.iter().rev().copied().collect();
        while let Some(id) = open.pop() {
            found.extend(Some(id).filter(is_special));
            let below: Vec<_> = children(table, id).collect();
            open.extend(below.into_iter().rev());
        }
        found
    }

    fn sources(&mut self, nouns: &[Id<Source>]) {
        let table = &self.model.sources;
        let device = table
            .iter()
            .find(|(_, noun)| noun.path == "device_permission")
            .map(|(id, _)| id);
        let mut names: Vec<Id<Source>> = nouns.to_vec();
        names.retain(|id| table[*id].detail.stands_for.is_none());
        let (devices, others): (Vec<_>, Vec<_>) = names
            .iter()
            .partition(|id| device.is_some_and(|device| table.below(**id, device)));
        self.list(&devices, Says::DevicePermissions);
        self.list(&others, Says::Sources);
    }

    fn bases(&mut self, nouns: &[Id<Basis>]) {
        self.list(nouns, Says::Bases);
        let mut all = nouns.to_vec();
        let mut at = 0;
        while at < all.len() {
            let id = all[at];
            let basis = &self.model.bases[id].detail;
            if !basis.given.is_empty() || basis.text.is_some() {
                self.add_noun(id, ".given", Says::ConsentGiven(id));
            }
            if !basis.withdraw.is_empty() || basis.effect.is_some() {
                self.add_noun(id, ".withdrawn", Says::ConsentWithdrawn(id));
            }
            if has_terms(basis) {
                self.add_noun(id, ".terms", Says::BasisTerms(id));
            }
            let below: Vec<_> = children(&self.model.bases, id).collect();
            all.splice(at + 1..at + 1, below);
            at += 1;
        }
    }

    /// Recipients of one role share a list, in the order in which the roles first appear.
    fn recipients(&mut self, nouns: &[Id<Recipient>]) {
        let table = &self.model.recipients;
        for group in grouped(nouns, |id| self.role(id)) {
            let role = self.role(group[0]);
            self.add_noun(group[0], ".list", Says::Recipients(role, group));
        }
        let mut open: Vec<Id<Recipient>> = nouns.iter().rev().copied().collect();
        while let Some(id) = open.pop() {
            let recipient = &table[id].detail;
            let kept = recipient.keeps.is_some();
            if kept || recipient.contract.is_some() || recipient.safeguard.is_some() || !recipient.onward.is_empty() {
                self.add_noun(id, ".terms", Says::RecipientTerms(id));
            }
            if !recipient.duties.is_empty() {
                self.add_noun(id, ".duties", Says::RecipientDuties(id));
            }
            let below: Vec<_> = children(table, id).collect();
            open.extend(below.into_iter().rev());
        }
    }

    /// The role of a recipient: the narrowest class of the taxonomy that says one.
    pub(super) fn role(&self, id: Id<Recipient>) -> Option<Id<Recipient>> {
        const ROLES: [&str; 5] = ["processor", "joint_controller", "state_body", "public", "third_party"];
        let table = &self.model.recipients;
        let class = |path: &str| table.iter().find(|(_, noun)| noun.path == path).map(|(id, _)| id);
        ROLES.into_iter().filter_map(class).find(|role| table.below(id, *role))
    }

    /// Neighbours with the same procedure, of the same people, share a list.
    fn rights(&mut self, nouns: &[Id<Right>]) {
        let mut list: Vec<Id<Right>> = Vec::new();
        for &id in nouns {
            let right = &self.model.rights[id].detail;
            let fits = list.first().is_none_or(|first| {
                let other = &self.model.rights[*first].detail;
                other.of == right.of && Procedure::of(other) == Procedure::of(right)
            });
            if !fits {
                self.rights_alike(&std::mem::take(&mut list));
            }
            list.push(id);
        }
        self.rights_alike(&list);
    }

    fn rights_alike(&mut self, list: &[Id<Right>]) {
        match list {
            [id] if Procedure::of(&self.model.rights[*id].detail) != Procedure::default() => {
                self.add_noun(*id, "", Says::Right(*id));
            }
            list => self.list(list, Says::Rights),
        }
    }

    /// Measures that the same parties take share a list.
    fn measures(&mut self, nouns: &[Id<Measure>]) {
        for group in grouped(nouns, |id| self.model.measures[id].detail.by.clone()) {
            self.list(&group, Says::Measures);
        }
    }

    /// Duties of the same parties share a list; those that need more words follow.
    fn duties(&mut self, nouns: &[Id<Duty>]) {
        let wordy = |id: &Id<Duty>| self.model.duties[*id].detail.text.is_some();
        let plain: Vec<Id<Duty>> = nouns.iter().copied().filter(|id| !wordy(id)).collect();
        let rest: Vec<Id<Duty>> = nouns.iter().copied().filter(wordy).collect();
        for group in grouped(&plain, |id| self.model.duties[id].detail.of.clone()) {
            self.list(&group, Says::Duties);
        }
        for id in rest {
            self.add_noun(id, "", Says::Duty(id));
        }
    }

    /// A block: its heading, its statements and its keeps.
    pub(super) fn block(&mut self, block: usize, test: fn(Verb) -> bool, with_keeps: bool) {
        let start = self.drafts.len();
        let said = &self.model.blocks[block];
        let name = if said.name.is_empty() {
            (block + 1).to_string()
        } else {
            said.name.clone()
        };
        for (at, group) in flows(self.model, block, test).into_iter().enumerate() {
            let verb = self.model.permissions[group.rows[0].permissions[0]].verb.value;
            let part = if matches!(verb, Verb::Share | Verb::Publish) {
                "share"
            } else {
                "use"
            };
            self.add(format!("processing.{name}.{part}.{}", at + 1), Says::Flows(group));
        }
        if with_keeps && !said.keeps.is_empty() {
            self.add(
                format!("processing.{name}.keep"),
                Says::Keeps {
                    block,
                    keeps: said.keeps.clone(),
                },
            );
        }
        if self.drafts.len() > start
            && let Some(label) = &said.label
        {
            self.drafts.insert(start, Draft::Heading(label.value.clone()));
        }
    }

    /// Own wording.
    pub(super) fn clause(&mut self, clause: usize) {
        let name = self.model.clauses[clause]
            .name
            .clone()
            .unwrap_or_else(|| (clause + 1).to_string());
        self.add(format!("clause.{name}"), Says::Wording(clause));
    }
}

/// A channel, with the one at which it is used.
type Way = (Option<Id<Channel>>, Option<Id<Channel>>);

/// How a right is used, apart from which right it is.
#[derive(Default, PartialEq, Eq)]
struct Procedure {
    channel: Vec<Way>,
    proof: Option<String>,
    deadline: Option<Period>,
    about: Vec<Id<Data>>,
    except: Vec<AnyNoun>,
    text: Option<String>,
}

impl Procedure {
    fn of(right: &Right) -> Procedure {
        Procedure {
            channel: right.channel.iter().map(|means| (means.by, means.at)).collect(),
            proof: right.proof.as_ref().map(|text| text.value.clone()),
            deadline: right.deadline.map(|period| period.value),
            about: right.about.clone(),
            except: right.except.clone(),
            text: right.text.as_ref().map(|text| text.value.clone()),
        }
    }
}

fn has_terms(basis: &Basis) -> bool {
    use crate::model::noun::Giver;
    basis.giver != Giver::Itself
        || basis.from.is_some()
        || basis.term.is_some()
        || basis.separate.is_some()
        || basis.refusal.is_some()
        || basis.survives_keep
        || basis.deadline.is_some()
        || basis.objectable
}

/// The ids of a kind among nouns.
pub(super) fn ids<D: Kinded>(nouns: &[AnyNoun]) -> Vec<Id<D>> {
    nouns.iter().filter_map(|noun| noun.id()).collect()
}

/// The direct children of a noun, in the order written.
pub(crate) fn children<D>(table: &Table<D>, id: Id<D>) -> impl Iterator<Item = Id<D>> + '_ {
    let is_child = move |(_, noun): &(Id<D>, &Noun<D>)| noun.parent == Some(id);
    table.iter().filter(is_child).map(|(child, _)| child)
}

/// Groups by a key, in the order in which the keys first appear.
pub(crate) fn grouped<T: Copy, K: PartialEq>(all: &[T], key: impl Fn(T) -> K) -> Vec<Vec<T>> {
    let mut groups: Vec<(K, Vec<T>)> = Vec::new();
    for &one in all {
        let key = key(one);
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, group)) => group.push(one),
            None => groups.push((key, vec![one])),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// A heading that the author wrote, or the one of a topic.
pub(super) fn own_heading(title: Option<&str>, name: Option<&str>) -> Heading {
    Heading::Own(title.or(name).unwrap_or_default().to_owned())
}
