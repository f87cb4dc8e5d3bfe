//! What rules say apart from where: their ways, guards, exceptions and ends in names, so that those of two versions can be
//! compared.

use std::collections::BTreeSet;

use kupuya_runtime::wire::{Ban, BundleContent, Cap, End, Grant, Literal, Obligation, Place, Strike, Under};

use super::reading::Sort;

/// How deep guards of classes hang on each other.
const DEPTH: u32 = 8;

/// Writes what rules of one version say in names that both share.
pub struct Terms<'a> {
    content: &'a BundleContent,
    /// The name of each noun, by kind as in [`Sort::ALL`].
    names: [&'a [String]; 9],
}

impl<'a> Terms<'a> {
    /// Of a version, with the names of its nouns in both.
    pub fn new(content: &'a BundleContent, names: [&'a [String]; 9]) -> Terms<'a> {
        Terms { content, names }
    }

    /// The name of a noun in both versions.
    pub fn name(&self, sort: Sort, number: u32) -> &'a str {
        let place = Sort::ALL.iter().position(|one| *one == sort).unwrap_or_default();
        self.names[place].get(number as usize).map_or("", String::as_str)
    }

    /// A statement or keep. `justified`: the purposes that a verb without a purpose is for.
    pub fn grant(&self, grant: &Grant, justified: Option<&[u32]>) -> String {
        let ways: BTreeSet<String> = grant.ways.iter().map(|way| self.way(way)).collect();
        let justified = justified.map(|all| self.set(Sort::Purpose, all));
        let keep = grant.keep.as_ref().map(|keep| {
            let end = keep.end.as_ref().map(|end| self.end(end));
            format!("{end:?} {:?} {:?} {:?}", keep.at_most, keep.at_least, keep.disposal)
        });
        format!(
            "{ways:?} {} {justified:?} {keep:?} {}",
            self.guard(grant.guard, DEPTH),
            self.duties(&grant.then)
        )
    }

    fn way(&self, way: &[u32]) -> String {
        let bases: BTreeSet<String> = way.iter().map(|basis| self.basis(*basis)).collect();
        format!("{bases:?}")
    }

    fn basis(&self, number: u32) -> String {
        let name = self.name(Sort::Basis, number);
        let Some(basis) = self.content.bases.get(number as usize) else {
            return name.to_owned();
        };
        let when = basis.when.map(|guard| self.guard(guard, DEPTH));
        format!(
            "{name} {} {} {} {when:?} {:?} {:?} {:?} {}",
            basis.consent,
            basis.legal_duty,
            basis.objectable,
            basis.giver,
            basis.since,
            basis.term,
            basis.survives_keep
        )
    }

    /// A ban at a place where some of its exceptions match.
    pub fn ban(&self, ban: &Ban, except: &[usize]) -> String {
        let except: BTreeSet<String> = except
            .iter()
            .filter_map(|at| ban.except.get(*at))
            .map(|strike| self.strike(strike))
            .collect();
        format!("ban {} {except:?} {}", self.strike(&ban.limits), self.duties(&ban.then))
    }

    fn strike(&self, strike: &Strike) -> String {
        let under = strike.under.as_ref().map(|under| self.under(under));
        format!("{under:?} {}", self.guard(strike.guard, DEPTH))
    }

    fn under(&self, under: &Under) -> String {
        let all = |all: &[Under]| all.iter().map(|one| self.under(one)).collect::<BTreeSet<String>>();
        match under {
            Under::Basis(basis) => {
                // What lies below a class of bases decides what it covers.
                let below = (0..)
                    .zip(&self.content.bases)
                    .filter(|(_, one)| one.noun.above.contains(basis));
                let below: BTreeSet<&str> = below.map(|(number, _)| self.name(Sort::Basis, number)).collect();
                format!("{} {below:?}", self.name(Sort::Basis, *basis))
            }
            Under::Not(one) => format!("not {}", self.under(one)),
            Under::And(every) => format!("and {:?}", all(every)),
            Under::Or(any) => format!("or {:?}", all(any)),
        }
    }

    /// A bound on retention.
    pub fn cap(&self, cap: &Cap) -> String {
        format!("cap {:?} {}", cap.at_most, self.guard(cap.guard, DEPTH))
    }

    /// A guard in names.
    pub fn guard(&self, number: u32, depth: u32) -> String {
        let literal = |literal: u32| match self.content.literals.get(literal as usize) {
            Some(Literal::Fact(fact)) => format!("fact {}", self.name(Sort::Fact, *fact)),
            Some(Literal::Class(class)) => self.class(*class, depth),
            Some(Literal::Place(Place::In(country))) => format!("in {}", self.name(Sort::Country, *country)),
            Some(Literal::Place(Place::Abroad)) => "abroad".to_owned(),
            Some(other) => format!("{other:?}"),
            None => String::new(),
        };
        let guard = self.content.guards.get(number as usize).map_or(&[][..], Vec::as_slice);
        let any: BTreeSet<BTreeSet<(String, bool)>> = guard
            .iter()
            .map(|all| all.iter().map(|(one, sign)| (literal(*one), *sign)).collect())
            .collect();
        format!("{any:?}")
    }

    /// A class with its guard.
    pub fn class(&self, number: u32, depth: u32) -> String {
        let when = self.content.subjects.get(number as usize).and_then(|class| class.when);
        let when = when
            .zip(depth.checked_sub(1))
            .map(|(when, depth)| self.guard(when, depth));
        format!("class {} {when:?}", self.name(Sort::Subject, number))
    }

    /// Where a recipient is.
    pub fn places(&self, recipient: u32) -> BTreeSet<String> {
        let places = self
            .content
            .recipients
            .get(recipient as usize)
            .map_or(&[][..], |one| one.places.as_slice());
        let place = |place: &Place| match place {
            Place::In(country) => format!("in {}", self.name(Sort::Country, *country)),
            Place::Abroad => "abroad".to_owned(),
        };
        places.iter().map(place).collect()
    }

    fn end(&self, end: &End) -> String {
        let all = |ends: &[End]| ends.iter().map(|one| self.end(one)).collect::<BTreeSet<String>>();
        match end {
            End::Event(event) => format!("event {}", self.name(Sort::Fact, *event)),
            End::Date(day) => format!("on {day:?}"),
            End::After(period, of) => format!("{period:?} after {:?}", of.as_ref().map(|of| self.end(of))),
            End::Or(ends) => format!("or {:?}", all(ends)),
            End::And(ends) => format!("and {:?}", all(ends)),
        }
    }

    fn duties(&self, duties: &[Obligation]) -> String {
        let all: BTreeSet<&Obligation> = duties.iter().collect();
        format!("{all:?}")
    }

    fn set(&self, sort: Sort, all: &[u32]) -> BTreeSet<&'a str> {
        all.iter().map(|number| self.name(sort, *number)).collect()
    }
}
