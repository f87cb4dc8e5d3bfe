//! When a keep ends: `until A or B`, `for 5 years after E` (M12).

use super::condition::formula_span;
use super::part::{self, Part};
use super::problem::At;
use super::{Lower, View};
use crate::model::codes;
use crate::model::noun::Fact;
use crate::model::sentence::End;
use crate::syntax::ast::{Content, Formula, Qualifier};
use crate::syntax::vocabulary::Connector;

impl Lower<'_> {
    /// The end that the parts of a keep give together.
    pub(super) fn end(&mut self, parts: &[Qualifier], view: &View) -> Part<End> {
        let day = parts.iter().find_map(|part| match (part.connector, &part.content) {
            (Connector::Until, Content::Date(day)) => Some(End::Date(day.value)),
            _ => None,
        });
        let until = match day {
            Some(day) => Part::Is(day),
            None => part::formula(parts, Connector::Until).then(|formula| self.end_of(formula, "until", view)),
        };
        let after = part::formula(parts, Connector::After).then(|formula| self.end_of(formula, "after", view));
        let period = part::period(parts, Connector::For);
        match (until, period, after) {
            (Part::Broken, ..) | (_, Part::Broken, _) | (.., Part::Broken) => Part::Broken,
            (Part::Is(_), Part::Is(period), _) => {
                self.error(
                    codes::BAD_END,
                    "this keep has two ends",
                    period.span,
                    "`until` says already when it ends",
                )
                .help = Some("bound it with `at most` or `at least`, or keep only one of the two".into());
                Part::Broken
            }
            (until, Part::Absent, Part::Is(_)) => {
                let span = parts.iter().find(|part| part.connector == Connector::After);
                if let Some(part) = span {
                    self.error(
                        codes::BAD_END,
                        "`after` needs a period before it",
                        part.span,
                        "how long after?",
                    )
                    .help = Some("write it like `for 5 years after …`".into());
                }
                until.then(|_| Part::Broken).or(Part::Broken)
            }
            (until, Part::Absent, Part::Absent) => until,
            (Part::Absent, Part::Is(period), after) => Part::Is(End::After(period.value, after.found().map(Box::new))),
        }
    }

    fn end_of(&mut self, formula: &Formula, word: &'static str, view: &View) -> Part<End> {
        let mut many = |all: &[Formula]| {
            let parts: Vec<Part<End>> = all.iter().map(|part| self.end_of(part, word, view)).collect();
            parts.into_iter().map(Part::found).collect::<Option<Vec<End>>>()
        };
        match formula {
            Formula::Or(all) => Part::of(many(all).map(End::Or)),
            Formula::And(all) => Part::of(many(all).map(End::And)),
            Formula::Name(path) => {
                let fact = self.one::<Fact>(path, At::After(word), view);
                Part::of(fact.map(|fact| End::Event(fact.value)))
            }
            Formula::Not(_) | Formula::Compare(..) | Formula::Range(..) => {
                self.error(
                    codes::BAD_END,
                    "a keep ends with an event",
                    formula_span(formula),
                    "this is no event",
                )
                .help = Some("name a `fact`, or several joined by `and` and `or`".into());
                Part::Broken
            }
        }
    }
}
