//! What rules say apart from where: their ways, guards, exceptions and ends in names, so that those of two versions can be
//! compared.

use std::collections::BTreeSet;

use kupuya_runtime::wire::{Ban, BundleContent, Cap, End, Grant, Later, Literal, Obligation, Place, Strike, Under};

use super::DEPTH;
use super::order::Orders;
use super::reading::{Sort, nouns};
use super::says::owed;
use super::side::Side;

/// Writes what rules of one version say in names that both share.
pub struct Terms<'a> {
    content: &'a BundleContent,
    orders: &'a Orders,
    /// The name of each noun, by kind as in [`Sort::ALL`].
    names: [&'a [String]; 9],
}

impl<'a> Terms<'a> {
    /// Of a version, with the names of its nouns in both.
    pub fn new(side: &'a Side, names: [&'a [String]; 9]) -> Terms<'a> {
        Terms {
            content: &side.content,
            orders: &side.orders,
            names,
        }
    }

    /// The names of what lies at or below a noun.
    fn below(&self, sort: Sort, number: u32) -> BTreeSet<&'a str> {
        self.orders.down(sort, number).map(|one| self.name(sort, one)).collect()
    }

    /// The names of what lies at or above a noun.
    fn above(&self, sort: Sort, number: u32) -> BTreeSet<&'a str> {
        self.orders.up(sort, number).map(|one| self.name(sort, one)).collect()
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
        // A consent that ends takes with it what lies below.
        let above = self.above(Sort::Basis, number);
        format!(
            "{name} {above:?} {} {} {} {when:?} {:?} {:?} {:?} {}",
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
                let below = self.below(Sort::Basis, *basis);
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
            Some(Literal::Place(place)) => self.place(place),
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
        let (below, above) = (self.below(Sort::Subject, number), self.above(Sort::Subject, number));
        let everyone = self.content.everyone.map(|everyone| self.name(Sort::Subject, everyone));
        let name = self.name(Sort::Subject, number);
        format!("class {name} {when:?} {below:?} {above:?} {everyone:?}")
    }

    /// A place with the countries in it.
    fn place(&self, place: &Place) -> String {
        match place {
            Place::In(country) => format!("in {:?}", self.below(Sort::Country, *country)),
            Place::Abroad => format!(
                "out of {:?}",
                self.content.home.map(|home| self.below(Sort::Country, home))
            ),
        }
    }

    /// What was added later to what a consent covers.
    pub fn later(&self, later: &Later) -> String {
        let justified = later.region.purpose.as_deref().map(|all| self.set(Sort::Purpose, all));
        format!(
            "later {} {justified:?} {:?}",
            self.name(Sort::Basis, later.basis),
            later.since
        )
    }

    /// Where a recipient is.
    pub fn places(&self, recipient: u32) -> BTreeSet<String> {
        let places = self
            .content
            .recipients
            .get(recipient as usize)
            .map_or(&[][..], |one| one.places.as_slice());
        places.iter().map(|place| self.place(place)).collect()
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
        let shared = |sort: Sort, path: &str| {
            let number = nouns(self.content, sort).iter().position(|noun| noun.path == path);
            let number = number.and_then(|number| u32::try_from(number).ok());
            number.map_or_else(|| path.to_owned(), |number| self.name(sort, number).to_owned())
        };
        let all: BTreeSet<_> = duties.iter().map(|one| (owed(one, &shared), one.within)).collect();
        format!("{all:?}")
    }

    fn set(&self, sort: Sort, all: &[u32]) -> BTreeSet<&'a str> {
        all.iter().map(|number| self.name(sort, *number)).collect()
    }
}
