//! Where a recipient is, and whether what happens in one place happens in another (M5).

use std::collections::BTreeSet;

use kupuya_runtime::wire::Place;

use super::formula::Values;
use super::reading::Sort;
use super::side::Side;
use super::worlds::Spoken;

/// Where a recipient is.
pub fn declared(side: &Side, recipient: Option<u32>) -> impl Iterator<Item = Place> + '_ {
    let recipient = recipient.and_then(|number| side.content.recipients.get(number as usize));
    recipient.into_iter().flat_map(|one| one.places.iter().copied())
}

/// A place of a request in numbers of a version: a country that it does not know lies abroad.
pub fn spoken(place: Spoken, side: usize) -> Place {
    match place {
        Spoken::Abroad => Place::Abroad,
        Spoken::In(country) => country.of(side).map_or(Place::Abroad, Place::In),
    }
}

/// Whether a recipient is outside its declared countries (M5). A version says nothing of it there.
pub fn misplaced(side: &Side, number: usize, recipient: Option<u32>, place: Option<Spoken>) -> bool {
    let Some(place) = place.map(|place| spoken(place, number)) else {
        return false;
    };
    let mut declared = declared(side, recipient).peekable();
    declared.peek().is_some() && declared.all(|one| inside(side, one, place) == Values::FALSE)
}

/// Whether what happens in `place` happens in `test` (M5).
pub fn inside(side: &Side, test: Place, place: Place) -> Values {
    let down = |country: u32| -> BTreeSet<u32> { side.orders.down(Sort::Country, country).collect() };
    let share = |part: &BTreeSet<u32>, whole: &BTreeSet<u32>| match part.intersection(whole).count() {
        0 => Values::FALSE,
        count if count == part.len() => Values::TRUE,
        _ => Values::UNKNOWN,
    };
    let home = side.content.home.map(down);
    match (test, place, home) {
        (Place::In(test), Place::In(place), _) => share(&down(place), &down(test)),
        (Place::Abroad, Place::Abroad, _) => Values::TRUE,
        (Place::Abroad, Place::In(place), Some(home)) => share(&down(place), &home).not(),
        (Place::In(test), Place::Abroad, Some(home)) if share(&down(test), &home) == Values::TRUE => Values::FALSE,
        _ => Values::UNKNOWN,
    }
}
