//! Where it happens (M5).

use kupuya_runtime::wire::{Act, Place};

use super::Saying;
use crate::diff::covered::Covered;
use crate::diff::formula::{Said, Values, is, told};
use crate::diff::places::{declared, inside, misplaced, spoken};
use crate::diff::questions::Question;
use crate::diff::worlds::Spoken;

impl<'a> Saying<'a> {
    /// A recipient outside its declared countries (M5).
    pub(super) fn misplaced(&self, point: &Covered<'_>) -> Said {
        let Some((number, places)) = self.places() else {
            return is(Values::FALSE);
        };
        let recipient = point.at[4].filter(|_| self.act == Act::Share);
        let outside = |place: &Option<Spoken>| Values::of(misplaced(self.version(), self.side, recipient, *place));
        told(number, places.iter().map(outside).collect())
    }

    fn places(&self) -> Option<(usize, &'a [Option<Spoken>])> {
        self.question(|question| match question {
            Question::Place(places) => Some(places.as_slice()),
            _ => None,
        })
    }

    /// Whether it happens in a place: as told, else where the recipient is, else where the controller is (M5).
    pub(super) fn place(&self, test: Place, point: Option<&Covered<'_>>) -> Said {
        let version = self.version();
        let untold = point.map_or(Values::UNKNOWN, |point| {
            let recipient = point.at[4].filter(|_| self.act == Act::Share);
            let mut there = declared(version, recipient).map(|place| inside(version, test, place));
            if let Some(first) = there.next() {
                return if there.all(|other| other == first) {
                    first
                } else {
                    Values::UNKNOWN
                };
            }
            let controller = point.at[0].and_then(|by| version.content.controllers.get(by as usize));
            let country = controller
                .and_then(|controller| controller.country)
                .or(version.content.home);
            country.map_or(Values::UNKNOWN, |country| inside(version, test, Place::In(country)))
        });
        match self.places() {
            None => is(untold),
            Some((number, places)) => {
                let value = |place: &Option<Spoken>| match place {
                    None => untold,
                    Some(place) => inside(version, test, spoken(*place, self.side)),
                };
                told(number, places.iter().map(value).collect())
            }
        }
    }
}
