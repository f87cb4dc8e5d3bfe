//! Guards, and whether a person is of a class (M4, M5).

use kupuya_runtime::wire::Literal;

use super::Saying;
use crate::diff::covered::Covered;
use crate::diff::formula::{Said, Values, all, any, is, not, told};
use crate::diff::questions::Question;
use crate::diff::reading::{Pair, Sort};

impl<'a> Saying<'a> {
    /// A guard (M4). Without a point, that of a class: only what the request says about the place counts there.
    pub(super) fn guard(&self, number: u32, point: Option<&Covered<'_>>, depth: u32) -> Said {
        let content = &self.version().content;
        let literal = |(literal, sign): &(u32, bool)| {
            let value = content.literals.get(*literal as usize);
            let value = value.map_or_else(|| is(Values::UNKNOWN), |literal| self.literal(*literal, point, depth));
            if *sign { value } else { not(&value) }
        };
        let guard = content.guards.get(number as usize).map_or(&[][..], Vec::as_slice);
        any(guard.iter().map(|conjunction| all(conjunction.iter().map(literal))))
    }

    pub(super) fn literal(&self, literal: Literal, point: Option<&Covered<'_>>, depth: u32) -> Said {
        match literal {
            Literal::Fact(fact) => match self.fact_question(fact) {
                Some((number, Question::Fact(_))) => told(number, vec![Values::TRUE, Values::FALSE]),
                Some((number, Question::Event(_, times))) => {
                    told(number, times.iter().map(|at| Values::of(at.is_some())).collect())
                }
                _ => is(Values::UNKNOWN),
            },
            Literal::Class(class) => self.class(class, depth),
            Literal::Age(how, years) => {
                let ages = self.question(|question| match question {
                    Question::Age(ages) => Some(ages.as_slice()),
                    _ => None,
                });
                ages.map_or_else(
                    || is(Values::UNKNOWN),
                    |(number, ages)| {
                        let holds = ages.iter().map(|age| Values::of(how.holds(age, &years)));
                        told(number, holds.collect())
                    },
                )
            }
            Literal::Date(how, day) => is(Values::of(how.holds(&self.questions.day, &day))),
            Literal::Place(test) => self.place(test, point),
        }
    }

    /// Whether the person is of a class (M5): listed or above one that is, else its guard; else unknown below one that is.
    pub(super) fn class(&self, class: u32, depth: u32) -> Said {
        let version = self.version();
        let below = |low: u32, high: u32| version.orders.is_below(Sort::Subject, low, high);
        let mut listed: Vec<(u32, Said)> = Vec::new();
        if let Some(first) = self.questions.class.and_then(|pair: Pair| pair.of(self.side)) {
            listed.push((first, is(Values::TRUE)));
        }
        for (number, question) in self.questions.all.iter().enumerate() {
            if let Question::Class(pair) = question
                && let Some(own) = pair.of(self.side)
            {
                listed.push((own, told(number, vec![Values::FALSE, Values::TRUE])));
            }
        }
        let or_above = any(listed
            .iter()
            .filter(|(one, _)| below(*one, class))
            .map(|(_, said)| said.clone()));
        let when = version
            .content
            .subjects
            .get(class as usize)
            .and_then(|class| class.when);
        if let Some(when) = when {
            let guard = depth.checked_sub(1).map_or_else(
                || is(Values::EITHER.with(Values::UNKNOWN)),
                |depth| self.guard(when, None, depth),
            );
            return any([or_above, guard]);
        }
        let under = any(listed
            .iter()
            .filter(|(one, _)| below(class, *one))
            .map(|(_, said)| said.clone()));
        let everyone = version.content.everyone.is_some_and(|everyone| below(everyone, class));
        let nobody = if everyone { Values::TRUE } else { Values::UNKNOWN };
        let some = any(listed.iter().map(|(_, said)| said.clone()));
        any([
            or_above,
            all([some.clone(), under, is(Values::UNKNOWN)]),
            all([not(&some), is(nobody)]),
        ])
    }

    pub(super) fn fact_question(&self, fact: u32) -> Option<(usize, &'a Question)> {
        let speaker = self.gathering.speaker(Sort::Fact, self.side, fact)?;
        self.question(|question| match question {
            Question::Fact(pair) | Question::Event(pair, _) => Some(question).filter(|_| *pair == speaker),
            _ => None,
        })
    }
}
