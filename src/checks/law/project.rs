//! What rules range over: the project's nouns, its flows and keeps, and which nouns stand together.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::super::Facts;
use super::names::{self, Name};
use crate::graph::{any, atoms};
use crate::meaning::{Grant, Meaning, Region, SentenceRef, SlotKind};
use crate::model::noun::{AnyNoun, Basis, Id, Subject, Table};
use crate::model::sentence::Act;
use crate::model::{Context, Model, Pack};
use crate::source::{Origin, Sources, Span, Spanned};
use crate::syntax::vocabulary::Kind;

/// One flow: an act on one leaf of the data for one purpose, as one statement permits it.
#[derive(Clone, Debug)]
pub struct Flow {
    /// The act.
    pub act: Act,
    /// The statement, as an index into `Model::permissions`.
    pub statement: usize,
    /// Every noun in it; bases also of the other statements that permit it.
    pub nouns: BTreeSet<AnyNoun>,
}

/// A project as rules see it.
#[derive(Debug)]
pub struct Project<'a> {
    /// The model.
    pub model: &'a Model,
    /// The texts, for the shape of edits alone.
    pub sources: &'a Sources,
    /// The flows.
    pub flows: Vec<Flow>,
    /// The flows in which each noun stands.
    flows_of: HashMap<AnyNoun, Vec<usize>>,
    /// Every noun in each keep.
    pub kept: Vec<BTreeSet<AnyNoun>>,
    /// The keeps in which each noun stands.
    keeps_of: HashMap<AnyNoun, Vec<usize>>,
    /// The nouns of each box of a statement, by kind, and the boxes in which each noun stands.
    groups: Vec<BTreeMap<Kind, BTreeSet<AnyNoun>>>,
    groups_of: HashMap<AnyNoun, Vec<usize>>,
    mentions: BTreeMap<AnyNoun, BTreeSet<AnyNoun>>,
    /// The kinds that owners of a kind name, and their own.
    naming: BTreeSet<(Kind, Kind)>,
    /// The other way round: in whose blocks each noun is named.
    mentioned_by: BTreeMap<AnyNoun, BTreeSet<AnyNoun>>,
    /// What of a kind stands around a noun, once asked for: every rule asks it of the same nouns.
    around: RefCell<Around>,
    /// What is reached from the policy: every noun of the project; read once.
    pub own: OnceCell<Vec<AnyNoun>>,
    /// Names of rules that have been looked up, by pack: the same few are asked for every element.
    names: RefCell<HashMap<(String, String), Option<Name>>>,
}

/// Nouns of a kind around a noun.
type Around = HashMap<(AnyNoun, Kind), Rc<[AnyNoun]>>;

impl<'a> Project<'a> {
    /// What a name in a rule of a pack stands for, if it is no field.
    #[must_use]
    pub fn resolve(&self, pack: &Pack, name: &str) -> Option<Name> {
        let key = (pack.name.clone(), name.to_owned());
        let known = self.names.borrow().get(&key).copied();
        known.unwrap_or_else(|| {
            let found = names::resolve(self.model, pack, name);
            self.names.borrow_mut().insert(key, found);
            found
        })
    }

    /// Reads the project.
    #[must_use]
    pub fn of(facts: &Facts<'a>) -> Project<'a> {
        let mentions = mentions(facts.model);
        let mut mentioned_by: BTreeMap<AnyNoun, BTreeSet<AnyNoun>> = BTreeMap::new();
        let mut naming: BTreeSet<(Kind, Kind)> = BTreeSet::new();
        for (owner, named) in &mentions {
            naming.insert((owner.kind, owner.kind));
            for noun in named {
                naming.insert((owner.kind, noun.kind));
                mentioned_by.entry(*noun).or_default().insert(*owner);
            }
        }
        let mut project = Project {
            model: facts.model,
            sources: facts.sources,
            flows: flows(facts.model, facts.meaning),
            flows_of: HashMap::new(),
            kept: kept(facts.model, facts.meaning),
            keeps_of: HashMap::new(),
            groups: Vec::new(),
            groups_of: HashMap::new(),
            mentions,
            naming,
            mentioned_by,
            around: RefCell::default(),
            own: OnceCell::new(),
            names: RefCell::default(),
        };
        for (at, flow) in project.flows.iter().enumerate() {
            for noun in &flow.nouns {
                project.flows_of.entry(*noun).or_default().push(at);
            }
        }
        for (at, nouns) in project.kept.iter().enumerate() {
            for noun in nouns {
                project.keeps_of.entry(*noun).or_default().push(at);
            }
        }
        for grant in &facts.meaning.grants {
            for region in &grant.regions {
                project.add_together(grant, region);
            }
        }
        project
    }

    /// The leaves of a kind that the project declares.
    #[must_use]
    pub fn leaves(&self, kind: Kind) -> Vec<AnyNoun> {
        let model = self.model;
        match kind {
            Kind::Policy => model.policy.iter().map(|_| AnyNoun { kind, index: 0 }).collect(),
            Kind::Source => {
                let mut own = model.leaves(kind);
                // A source that stands for a party is that party's.
                own.retain(|noun| {
                    noun.id()
                        .is_some_and(|id| model.sources[id].detail.stands_for.is_none())
                });
                own
            }
            _ => model.leaves(kind),
        }
    }

    /// The nouns of a kind that a step can reach from a noun: written in its block or one around it, naming it in
    /// theirs, or standing in a flow with it.
    #[must_use]
    pub fn around(&self, noun: AnyNoun, kind: Kind) -> Rc<[AnyNoun]> {
        let key = (noun, kind);
        if let Some(known) = self.around.borrow().get(&key) {
            return Rc::clone(known);
        }
        let mut found = BTreeSet::new();
        let mentioned = |owner: AnyNoun| self.mentions.get(&owner).into_iter().flatten().copied();
        for owner in self.blocks_around(noun) {
            found.extend(mentioned(owner));
        }
        // Most kinds never name each other: then what lies below need not be walked.
        if self.naming.contains(&(noun.kind, kind)) {
            let low = self.model.at_or_below(noun).into_iter();
            for owner in low.filter(|low| self.mentions.contains_key(low)) {
                found.extend(mentioned(owner));
                found.insert(owner);
            }
        }
        found.extend(self.mentioned_by.get(&noun).into_iter().flatten());
        // What protects some data protects what lies below them.
        if (noun.kind, kind) == (Kind::Data, Kind::Measure) {
            let above = self.model.at_or_above(noun).into_iter();
            found.extend(above.filter_map(|high| self.mentioned_by.get(&high)).flatten());
        }
        found.retain(|near| near.kind == kind);
        let groups = self.groups_of.get(&noun).into_iter().flatten();
        let groups = groups.filter_map(|at| self.groups.get(*at)?.get(&kind));
        found.extend(groups.flatten());
        found.remove(&noun);
        let found: Rc<[AnyNoun]> = found.into_iter().collect();
        self.around.borrow_mut().insert(key, Rc::clone(&found));
        found
    }

    /// The flows in which a noun stands; all, from the policy.
    pub fn flows_of(&self, noun: AnyNoun) -> Vec<usize> {
        match noun.kind {
            Kind::Policy => (0..self.flows.len()).collect(),
            _ => self.flows_of.get(&noun).cloned().unwrap_or_default(),
        }
    }

    /// The keeps in which a noun stands; all, from the policy.
    pub fn keeps_of(&self, noun: AnyNoun) -> Vec<usize> {
        match noun.kind {
            Kind::Policy => (0..self.model.keeps.len()).collect(),
            _ => self.keeps_of.get(&noun).cloned().unwrap_or_default(),
        }
    }

    /// A noun and those in whose blocks it stands; a controller, a right or a duty has what its own block names alone.
    fn blocks_around(&self, noun: AnyNoun) -> impl Iterator<Item = AnyNoun> + '_ {
        let shared = !matches!(noun.kind, Kind::Controller | Kind::Right | Kind::Duty);
        let around = self.model.ancestors(noun);
        std::iter::once(noun).chain(around.filter(move |_| shared))
    }

    fn add_together(&mut self, grant: &Grant, region: &Region) {
        let model = self.model;
        let mut all = region_nouns(model, grant, region);
        all.extend(atoms(&region.data, &model.data, Kind::Data));
        all.extend(atoms(&region.purpose, &model.purposes, Kind::Purpose));
        all.extend(grant.ways.iter().flatten().map(|basis| any(Kind::Basis, *basis)));
        let group = self.groups.len();
        let mut by_kind: BTreeMap<Kind, BTreeSet<AnyNoun>> = BTreeMap::new();
        for noun in all {
            self.groups_of.entry(noun).or_default().push(group);
            by_kind.entry(noun.kind).or_default().insert(noun);
        }
        self.groups.push(by_kind);
    }
}

/// The nouns of a region that do not multiply its flows.
fn region_nouns(model: &Model, grant: &Grant, region: &Region) -> BTreeSet<AnyNoun> {
    let mut all = BTreeSet::new();
    if region.recipient.is_some() || region.acts.contains(&Act::Share) {
        all.extend(atoms(&region.recipient, &model.recipients, Kind::Recipient));
    }
    if let Some(sources) = &region.source {
        all.extend(sources.iter().map(|source| any(Kind::Source, *source)));
    }
    all.extend(atoms(&region.by, &model.controllers, Kind::Controller));
    let about = match grant.sentence {
        SentenceRef::Permission(at) => &model.permissions[at].about,
        SentenceRef::Keep(at) => &model.keeps[at].about,
        SentenceRef::Ban(_) => return all,
    };
    all.extend(people(model, about));
    all
}

fn flows(model: &Model, meaning: &Meaning) -> Vec<Flow> {
    let mut bases: BTreeMap<(Act, AnyNoun, Option<AnyNoun>), BTreeSet<Id<Basis>>> = BTreeMap::new();
    let mut found = Vec::new();
    let leaves: BTreeSet<AnyNoun> = model.leaves(Kind::Data).into_iter().collect();
    for grant in &meaning.grants {
        let SentenceRef::Permission(statement) = grant.sentence else {
            continue;
        };
        for region in &grant.regions {
            let others = region_nouns(model, grant, region);
            let mut data = atoms(&region.data, &model.data, Kind::Data);
            data.retain(|datum| leaves.contains(datum) || model.data[Id::new(datum.index)].origin != Origin::Project);
            let purposes = atoms(&region.purpose, &model.purposes, Kind::Purpose);
            for act in &region.acts {
                // What has no purpose in a request is justified by any of these (M7), and is one flow.
                let justifying = if act.has(SlotKind::Purpose) { &[][..] } else { &purposes };
                let purposes: Vec<Option<AnyNoun>> = if act.has(SlotKind::Purpose) && !purposes.is_empty() {
                    purposes.iter().copied().map(Some).collect()
                } else {
                    vec![None]
                };
                for datum in &data {
                    for purpose in &purposes {
                        let key = (*act, *datum, *purpose);
                        bases.entry(key).or_default().extend(grant.ways.iter().flatten());
                        let mut nouns = others.clone();
                        nouns.insert(*datum);
                        nouns.extend(purpose);
                        nouns.extend(justifying.iter().copied());
                        found.push((
                            key,
                            Flow {
                                act: *act,
                                statement,
                                nouns,
                            },
                        ));
                    }
                }
            }
        }
    }
    found
        .into_iter()
        .map(|(key, mut flow)| {
            let bases = bases.get(&key).into_iter().flatten();
            flow.nouns.extend(bases.map(|basis| any(Kind::Basis, *basis)));
            flow
        })
        .collect()
}

/// Which nouns are named in the block of which: the innermost one counts.
fn mentions(model: &Model) -> BTreeMap<AnyNoun, BTreeSet<AnyNoun>> {
    let mut blocks: Vec<(Span, AnyNoun)> = Vec::new();
    fn add<D>(blocks: &mut Vec<(Span, AnyNoun)>, table: &Table<D>, kind: Kind) {
        blocks.extend(table.of_project().map(|(id, noun)| (noun.span, any(kind, id))));
    }
    add(&mut blocks, &model.controllers, Kind::Controller);
    add(&mut blocks, &model.subjects, Kind::Subject);
    add(&mut blocks, &model.data, Kind::Data);
    add(&mut blocks, &model.purposes, Kind::Purpose);
    add(&mut blocks, &model.bases, Kind::Basis);
    add(&mut blocks, &model.recipients, Kind::Recipient);
    add(&mut blocks, &model.channels, Kind::Channel);
    add(&mut blocks, &model.rights, Kind::Right);
    add(&mut blocks, &model.measures, Kind::Measure);
    add(&mut blocks, &model.duties, Kind::Duty);
    let own = model
        .sources
        .of_project()
        .filter(|(_, noun)| noun.detail.stands_for.is_none());
    blocks.extend(own.map(|(id, noun)| (noun.span, any(Kind::Source, id))));
    blocks.extend(model.policy.iter().map(|policy| {
        let noun = AnyNoun {
            kind: Kind::Policy,
            index: 0,
        };
        (policy.span, noun)
    }));
    let mut found: BTreeMap<AnyNoun, BTreeSet<AnyNoun>> = BTreeMap::new();
    let blocks = Blocks::of(blocks);
    for one in model.uses.iter().filter(|one| one.context == Context::Declaration) {
        if let Some(owner) = blocks.innermost(one.span) {
            found.entry(owner).or_default().insert(one.noun);
        }
    }
    found
}

/// Declarations as they lie in each other: sorted by where they begin, each with the one around it.
struct Blocks {
    all: Vec<(Span, AnyNoun, Option<usize>)>,
}

impl Blocks {
    fn of(mut blocks: Vec<(Span, AnyNoun)>) -> Blocks {
        blocks.sort_unstable_by_key(|(span, noun)| (span.source, span.start, std::cmp::Reverse(span.end), *noun));
        let mut all: Vec<(Span, AnyNoun, Option<usize>)> = Vec::with_capacity(blocks.len());
        for (span, noun) in blocks {
            let mut around = all.len().checked_sub(1);
            while let Some(at) = around
                && !holds(all[at].0, span)
            {
                around = all[at].2;
            }
            all.push((span, noun, around));
        }
        Blocks { all }
    }

    /// The innermost declaration that holds a place.
    fn innermost(&self, place: Span) -> Option<AnyNoun> {
        let begun =
            |(span, ..): &(Span, AnyNoun, Option<usize>)| (span.source, span.start) <= (place.source, place.start);
        let mut at = self.all.partition_point(begun).checked_sub(1);
        while let Some((span, noun, around)) = at.and_then(|at| self.all.get(at)) {
            if holds(*span, place) {
                return Some(*noun);
            }
            at = *around;
        }
        None
    }
}

fn holds(outer: Span, inner: Span) -> bool {
    outer.source == inner.source && outer.start <= inner.start && inner.end <= outer.end
}

/// What stands in each keep, with what its block says for it (M7).
fn kept(model: &Model, meaning: &Meaning) -> Vec<BTreeSet<AnyNoun>> {
    let mut found = vec![BTreeSet::new(); model.keeps.len()];
    for grant in &meaning.grants {
        let SentenceRef::Keep(at) = grant.sentence else {
            continue;
        };
        let (Some(keep), Some(all)) = (model.keeps.get(at), found.get_mut(at)) else {
            continue;
        };
        all.extend(keep.data.atoms.iter().map(|id| any(Kind::Data, *id)));
        all.extend(grant.ways.iter().flatten().map(|id| any(Kind::Basis, *id)));
        all.extend(keep.by.atoms.iter().map(|id| any(Kind::Controller, *id)));
        all.extend(people(model, &keep.about));
        for region in &grant.regions {
            all.extend(atoms(&region.purpose, &model.purposes, Kind::Purpose));
        }
    }
    found
}

/// Whose data a sentence speaks of: everyone's, where it does not say.
fn people(model: &Model, about: &[Spanned<Id<Subject>>]) -> BTreeSet<AnyNoun> {
    let all = || {
        model
            .subjects
            .of_project()
            .map(|(id, _)| any(Kind::Subject, id))
            .collect()
    };
    match about {
        [] => all(),
        some => some.iter().map(|class| any(Kind::Subject, class.value)).collect(),
    }
}
