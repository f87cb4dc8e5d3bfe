//! The orders of the nouns: mirrors get what their parties have, cycles are cut, what is inherited goes down.

use std::collections::{HashMap, VecDeque};

use super::Lower;
use super::slot::Order;
use crate::diagnostic::{Diagnostic, Severity, Text};
use crate::model::codes;
use crate::model::kinded::{Edges, NOUN_KINDS};
use crate::model::noun::{AnyNoun, Id, Table};
use crate::syntax::vocabulary::Kind;

/// So many cycles are told for each kind. Where there are more, its whole order is given up.
const CYCLES: usize = 50;

impl Lower<'_> {
    /// Reports each cycle with its whole path and cuts the edge that closes it, so that every denotation ends (M1).
    pub(super) fn cut_cycles(&mut self) {
        for kind in NOUN_KINDS {
            for _ in 0..CYCLES {
                let Some(cycle) = find_cycle(&self.model.edges(*kind)) else {
                    break;
                };
                if !self.cut(*kind, &cycle) {
                    break;
                }
            }
            if find_cycle(&self.model.edges(*kind)).is_some() {
                self.model.cut_all(*kind);
            }
        }
    }

    /// Cuts a cycle, given as nouns each directly below the next, the last one below the first.
    fn cut(&mut self, kind: Kind, cycle: &[u32]) -> bool {
        let steps: Vec<(u32, u32)> = cycle
            .iter()
            .copied()
            .zip(cycle.iter().copied().cycle().skip(1))
            .collect();
        let path = |index: u32| {
            let noun = self.model.noun(AnyNoun { kind, index });
            noun.map_or_else(String::new, |noun| noun.path.to_owned())
        };
        let mut labels = Vec::new();
        let mut closing = None;
        for (low, high) in &steps {
            let noun = AnyNoun { kind, index: *low };
            let written = self.is_spans.iter().find(|(n, h, _)| *n == noun && h == high);
            let (span, text) = match written {
                Some((_, _, span)) => {
                    closing = Some((noun, *high));
                    (*span, Text::new("`{low}` is `{high}`"))
                }
                None => match self.model.noun(noun) {
                    Some(common) => (common.name_span, Text::new("`{low}` stands in the block of `{high}`")),
                    None => return false,
                },
            };
            labels.push((span, text.with("low", path(*low)).with("high", path(*high))));
        }
        let Some((noun, high)) = closing else {
            return false;
        };
        let names: Vec<String> = cycle
            .iter()
            .chain(cycle.first())
            .map(|index| format!("`{}`", path(*index)))
            .collect();
        let message = Text::new("these nouns lie above themselves: {path}").with("path", names.join(" → "));
        labels.rotate_left(steps.iter().position(|step| *step == (noun.index, high)).unwrap_or(0));
        let mut labels = labels.into_iter();
        if let Some((span, text)) = labels.next() {
            let diagnostic = Diagnostic::new(codes::CYCLE, Severity::Error, message, span, text);
            let diagnostic = labels.fold(diagnostic, |all, (span, text)| all.and(span, text));
            self.report(diagnostic.help("take one of these steps out"));
        }
        self.model.cut_is(noun, high);
        true
    }

    /// Completes the orders once they are free of cycles.
    pub(super) fn finish_orders(&mut self) {
        self.mirror_orders();
        self.order = Order::of(&self.model);
        self.find_shadows();
        self.inherit();
        let kyrgyzstan = self
            .model
            .countries
            .iter()
            .find(|(_, country)| country.origin == crate::source::Origin::Taxonomy && country.name == "KG");
        self.model.home = self.model.home.or(kyrgyzstan.map(|(id, _)| id));
    }

    /// The mirror of a party lies below the mirrors of what the party lies below.
    fn mirror_orders(&mut self) {
        let mirrors: HashMap<AnyNoun, u32> = self
            .model
            .sources
            .iter()
            .filter_map(|(id, source)| source.detail.stands_for.map(|party| (party, id.index)))
            .collect();
        let mirror_of = |kind: Kind, index: u32| mirrors.get(&AnyNoun { kind, index }).copied();
        for kind in [Kind::Subject, Kind::Recipient, Kind::Controller] {
            for (index, edges) in (0..).zip(self.model.edges(kind)) {
                let Some(own) = mirror_of(kind, index) else {
                    continue;
                };
                let noun = AnyNoun {
                    kind: Kind::Source,
                    index: own,
                };
                for high in edges.is.iter().filter_map(|high| mirror_of(kind, *high)) {
                    self.model.add_is(noun, high);
                }
                if let Some(source) = self.model.sources.get_mut(Id::new(own)) {
                    source.parent = edges.parent.and_then(|parent| mirror_of(kind, parent)).map(Id::new);
                }
            }
        }
    }

    /// The mirror of a party had the name that the party had in the version before.
    pub(super) fn mirror_names(&mut self) {
        let renamed: Vec<(Id<_>, _)> = self
            .model
            .sources
            .iter()
            .filter_map(|(id, source)| Some((id, self.model.noun(source.detail.stands_for?)?.was.cloned()?)))
            .collect();
        for (id, was) in renamed {
            if let Some(source) = self.model.sources.get_mut(id) {
                source.was = Some(was);
            }
        }
    }

    /// What is said of a noun holds of those below it: that one may object, and where a recipient is.
    fn inherit(&mut self) {
        let objectable: Vec<Id<_>> = self.model.bases.ids().collect();
        for id in objectable {
            if highest(&self.model.bases, id, |basis| basis.detail.objectable.then_some(())).is_some()
                && let Some(basis) = self.model.bases.get_mut(id)
            {
                basis.detail.objectable = true;
            }
        }
        let recipients: Vec<Id<_>> = self.model.recipients.ids().collect();
        for id in recipients {
            let places = highest(&self.model.recipients, id, |noun| {
                Some(noun.detail.locations.clone()).filter(|places| !places.is_empty())
            });
            if let (Some(places), Some(recipient)) = (places, self.model.recipients.get_mut(id)) {
                recipient.detail.locations = places;
            }
        }
    }
}

/// What the nearest noun at or above this one says.
fn highest<D, T>(table: &Table<D>, id: Id<D>, read: impl Fn(&crate::model::noun::Noun<D>) -> Option<T>) -> Option<T> {
    let mut seen = vec![false; table.len()];
    let mut open = VecDeque::from([id]);
    while let Some(id) = open.pop_front() {
        if std::mem::replace(seen.get_mut(id.index as usize)?, true) {
            continue;
        }
        if let Some(found) = table.get(id).and_then(&read) {
            return Some(found);
        }
        open.extend(table.above(id));
    }
    None
}

/// A cycle, if there is one: nouns each directly below the next, the last directly below the first.
fn find_cycle(edges: &[Edges]) -> Option<Vec<u32>> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut states = vec![State::New; edges.len()];
    let above = |index: u32| edges.get(index as usize).map(|edges| edges.above().collect::<Vec<_>>());
    for start in 0..edges.len() {
        if states.get(start) != Some(&State::New) {
            continue;
        }
        let start = u32::try_from(start).ok()?;
        let mut path: Vec<(u32, Vec<u32>)> = vec![(start, above(start)?)];
        while let Some((index, rest)) = path.last_mut() {
            let index = *index;
            *states.get_mut(index as usize)? = State::Open;
            let Some(next) = rest.pop() else {
                *states.get_mut(index as usize)? = State::Done;
                path.pop();
                continue;
            };
            match states.get(next as usize)? {
                State::Done => {}
                State::New => path.push((next, above(next)?)),
                State::Open => {
                    let from = path.iter().position(|(index, _)| *index == next)?;
                    return Some(path.split_off(from).into_iter().map(|(index, _)| index).collect());
                }
            }
        }
    }
    None
}
