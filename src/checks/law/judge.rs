//! Tests of rules, in three values: true, false, and not known where a range is not declared.

use super::ages::{Standing, standing};
use super::detectors::detect;
use super::fields::{Found, Value};
use super::names::Name;
use super::paths::{belongs, follow};
use super::project::Project;
use crate::diagnostic::Text;
use crate::model::Pack;
use crate::source::Span;
use crate::syntax::ast::{Atom, Bound, Comparison, Path, Period, Quantity, Test, Unit};

/// What a test says of an element, and if it is not true, which atoms are to blame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// True, false, or not known.
    pub truth: Option<bool>,
    /// What is not so, as the rule says it.
    pub blame: Vec<Blame>,
}

/// An atom that is not true.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Blame {
    /// What the rule demands here.
    pub what: Demand,
    /// What could be written so that it is so.
    pub lack: Option<Lack>,
    /// The value that is wrong.
    pub at: Option<Span>,
}

/// What could be written so that an atom is true.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    /// What a path such as `breach_notice.within` asks for, with what it is compared to.
    Have {
        /// The steps.
        path: Vec<String>,
        /// The sign, and the other side as it is written.
        bound: Option<(Comparison, String)>,
    },
    /// One of these classes behind `is`.
    Be(Vec<String>),
}

/// What an atom demands, in words of the rule such as `deadline <= 7 days`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Demand {
    /// It is one of these.
    Be(String),
    /// It has this.
    Have(String),
    /// It has nothing of this.
    HaveNo(String),
    /// It has nothing but this.
    HaveOnly(String),
    /// It has at least one value that is so.
    HaveSome(String),
    /// It is none of these.
    NotBe(String),
}

impl Demand {
    /// The demand after `must`.
    #[must_use]
    pub fn told(&self) -> Text {
        match self {
            Demand::Be(what) => Text::new("be {what}").with("what", what),
            Demand::Have(what) => Text::new("have {what}").with("what", what),
            Demand::HaveNo(what) => Text::new("have no {what}").with("what", what),
            Demand::HaveOnly(what) => Text::new("have only {what}").with("what", what),
            Demand::HaveSome(what) => Text::new("have some {what}").with("what", what),
            Demand::NotBe(what) => Text::new("not be {what}").with("what", what),
        }
    }
}

/// Judges an element.
#[must_use]
pub fn judge(project: &Project<'_>, pack: &Pack, element: Value, test: &Test) -> Verdict {
    let mut truth = Some(false);
    let mut blame: Option<Vec<Blame>> = None;
    for alternative in &test.alternatives {
        let mut all = Some(true);
        let mut missed = Vec::new();
        for atom in alternative {
            let one = judge_atom(project, pack, element, atom);
            all = and(all, one.truth);
            if one.truth != Some(true) {
                missed.extend(one.blame);
            }
        }
        truth = or(truth, all);
        // The alternative that lacks least is the likely one; of equals the first.
        if blame.as_ref().is_none_or(|least| missed.len() < least.len()) {
            blame = Some(missed);
        }
    }
    Verdict {
        truth,
        blame: blame.unwrap_or_default(),
    }
}

fn and(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

fn or(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}

fn judge_atom(project: &Project<'_>, pack: &Pack, element: Value, atom: &Atom) -> Verdict {
    match atom {
        Atom::Is { negated, nouns, .. } => {
            let is = nouns.iter().any(|noun| is(project, pack, element, noun));
            let what = if *negated { Demand::NotBe } else { Demand::Be };
            let what = what(list(nouns));
            verdict(
                Some(is != *negated),
                vec![Blame {
                    what,
                    lack: (!*negated).then(|| Lack::Be(nouns.iter().map(Path::text).collect())),
                    at: None,
                }],
            )
        }
        Atom::Has {
            quantity,
            paths,
            except,
            bound,
            ..
        } => {
            let has = Has {
                project,
                pack,
                element,
                except,
                bound: bound.as_ref().map(|(sign, bound)| (*sign, &bound.value)),
            };
            match quantity {
                Quantity::Each => has.each(paths, false),
                Quantity::Some => has.each(paths, true),
                Quantity::No => has.none(paths),
                Quantity::Only => has.only(paths),
            }
        }
    }
}

fn verdict(truth: Option<bool>, blame: Vec<Blame>) -> Verdict {
    Verdict {
        truth,
        blame: if truth == Some(true) { Vec::new() } else { blame },
    }
}

fn is(project: &Project<'_>, pack: &Pack, element: Value, name: &Path) -> bool {
    let name = name.text();
    detect(project, element, &name).unwrap_or_else(|| {
        project
            .resolve(pack, &name)
            .is_some_and(|name| belongs(project, element, name))
    })
}

/// One `has` with everything it needs.
struct Has<'a, 'p> {
    project: &'a Project<'p>,
    pack: &'a Pack,
    element: Value,
    except: &'a [Path],
    bound: Option<(Comparison, &'a Bound)>,
}

impl Has<'_, '_> {
    fn values(&self, path: &Path) -> Vec<Found> {
        let mut found = follow(self.project, self.pack, self.element, path);
        let except: Vec<Name> = self
            .except
            .iter()
            .filter_map(|path| self.project.resolve(self.pack, &path.text()))
            .collect();
        found.retain(|found| !except.iter().any(|name| belongs(self.project, found.value, *name)));
        found
    }

    /// Each path is there, and each value (or the best) passes.
    fn each(&self, paths: &[Path], best: bool) -> Verdict {
        let mut truth = Some(true);
        let mut blame = Vec::new();
        for path in paths {
            let values = self.values(path);
            let (one, at) = self.passes(path, &values, best);
            truth = and(truth, one);
            if one != Some(true) {
                let what = if best { Demand::HaveSome } else { Demand::Have };
                blame.push(Blame {
                    what: what(format!("{}{}{}", path.text(), self.less(), self.sign())),
                    lack: Some(Lack::Have {
                        path: path.steps.iter().map(|step| step.value.clone()).collect(),
                        bound: self.bound.map(|(sign, bound)| (sign, written(bound))),
                    }),
                    at,
                });
            }
        }
        verdict(truth, blame)
    }

    fn passes(&self, path: &Path, values: &[Found], best: bool) -> (Option<bool>, Option<Span>) {
        let Some((sign, bound)) = self.bound else {
            let unknown = values.is_empty() && self.may_be(path);
            return (if unknown { None } else { Some(!values.is_empty()) }, None);
        };
        let nouns = values.iter().all(|found| matches!(found.value, Value::Noun(_)));
        if let (Bound::Number(number), true) = (bound, nouns && self.names_nouns(path)) {
            let count = u32::try_from(values.len()).unwrap_or(u32::MAX);
            return (Some(holds(count.cmp(number), sign)), None);
        }
        if values.is_empty() {
            // How many people there are is a range: silence is not zero.
            let last = path.steps.last();
            let range = last.is_some_and(|step| ["employees", "size"].contains(&step.value.as_str()));
            return (if range { None } else { Some(false) }, None);
        }
        let right: Vec<Value> = match bound {
            Bound::Number(number) => vec![Value::Number(*number)],
            Bound::Date(date) => vec![Value::Date(*date)],
            Bound::Period(period) => vec![Value::Period(*period)],
            Bound::Path(path) if sign == Comparison::In => return self.all_in(path, values, best),
            Bound::Path(path) => follow(self.project, self.pack, self.element, path)
                .into_iter()
                .map(|found| found.value)
                .collect(),
        };
        let wrong = values
            .iter()
            .find(|found| !right.iter().all(|bound| compares(found.value, *bound, sign)));
        let good = |found: &Found| right.iter().all(|bound| compares(found.value, *bound, sign));
        let truth = !right.is_empty() && if best { values.iter().any(good) } else { wrong.is_none() };
        (Some(truth), wrong.and_then(|found| found.span))
    }

    /// Whether a path ends in a kind or class, so that a number asks how many.
    fn names_nouns(&self, path: &Path) -> bool {
        let last = path.steps.last().map(|step| step.value.as_str());
        last.is_some_and(|word| {
            let name = self.project.resolve(self.pack, word);
            matches!(name, Some(Name::Kind(_) | Name::Class(_)))
        })
    }

    /// Every noun on the left lies below one on the right: a class, or what a path finds.
    fn all_in(&self, path: &Path, values: &[Found], best: bool) -> (Option<bool>, Option<Span>) {
        let class = self.project.resolve(self.pack, &path.text());
        let right = follow(self.project, self.pack, self.element, path);
        let inside = |found: &Found| {
            class.is_some_and(|name| belongs(self.project, found.value, name))
                || right.iter().any(|high| match (found.value, high.value) {
                    (Value::Noun(low), Value::Noun(high)) => self.project.model.below(low, high),
                    (low, high) => low == high,
                })
        };
        let wrong = values.iter().find(|found| !inside(found));
        let truth = if best {
            values.iter().any(inside)
        } else {
            wrong.is_none()
        };
        (Some(truth), wrong.and_then(|found| found.span))
    }

    /// A class of people defined by ages: people of a class whose ages overlap with it may belong to it.
    fn may_be(&self, path: &Path) -> bool {
        let Some(Name::Class(class)) = self.project.resolve(self.pack, &path.text()) else {
            return false;
        };
        let Some(class) = class.id() else {
            return false;
        };
        let model = self.project.model;
        let subject = Path {
            span: path.span,
            steps: vec![crate::source::Spanned {
                value: "subject".to_owned(),
                span: path.span,
            }],
        };
        let people = follow(self.project, self.pack, self.element, &subject);
        people.iter().any(|found| match found.value {
            Value::Noun(noun) => noun
                .id()
                .is_some_and(|people| standing(model, people, class) == Some(Standing::Perhaps)),
            _ => false,
        })
    }

    fn none(&self, paths: &[Path]) -> Verdict {
        let mut blame = Vec::new();
        for path in paths {
            if let Some(first) = self.values(path).first() {
                blame.push(Blame {
                    what: Demand::HaveNo(format!("{}{}", path.text(), self.less())),
                    lack: None,
                    at: first.span,
                });
            }
        }
        verdict(Some(blame.is_empty()), blame)
    }

    /// Every value of the kind of the first path lies below one of them.
    fn only(&self, paths: &[Path]) -> Verdict {
        let allowed: Vec<Name> = paths
            .iter()
            .filter_map(|path| self.project.resolve(self.pack, &path.text()))
            .collect();
        let kind = allowed.iter().find_map(|name| match name {
            Name::Class(class) => Some(class.kind),
            Name::Kind(kind) => Some(*kind),
            _ => None,
        });
        let word = crate::syntax::vocabulary::KINDS
            .iter()
            .find(|entry| Some(entry.kind) == kind);
        let Some((first, word)) = paths.first().zip(word) else {
            return verdict(Some(true), Vec::new());
        };
        let all = Path {
            span: first.span,
            steps: vec![crate::source::Spanned {
                value: word.word.to_owned(),
                span: first.span,
            }],
        };
        let outside = self
            .values(&all)
            .into_iter()
            .find(|found| !allowed.iter().any(|name| belongs(self.project, found.value, *name)));
        let blame = Blame {
            what: Demand::HaveOnly(list(paths)),
            lack: None,
            at: outside.and_then(|found| found.span),
        };
        verdict(Some(outside.is_none()), vec![blame])
    }

    fn less(&self) -> String {
        if self.except.is_empty() {
            String::new()
        } else {
            format!(" except {}", list(self.except))
        }
    }

    fn sign(&self) -> String {
        match self.bound {
            None => String::new(),
            Some((sign, bound)) => format!(" {} {}", word(sign), written(bound)),
        }
    }
}

fn list(paths: &[Path]) -> String {
    paths.iter().map(Path::text).collect::<Vec<_>>().join(", ")
}

fn word(sign: Comparison) -> &'static str {
    match sign {
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
        Comparison::Equal => "=",
        Comparison::AtLeast => ">=",
        Comparison::Greater => ">",
        Comparison::In => "in",
    }
}

/// A bound as the language writes it.
#[must_use]
pub fn written(bound: &Bound) -> String {
    match bound {
        Bound::Number(number) => number.to_string(),
        Bound::Date(date) => date.to_string(),
        Bound::Period(period) => period.to_string(),
        Bound::Path(path) => path.text(),
    }
}

fn holds(order: std::cmp::Ordering, sign: Comparison) -> bool {
    match sign {
        Comparison::Less => order.is_lt(),
        Comparison::AtMost => order.is_le(),
        Comparison::Equal => order.is_eq(),
        Comparison::AtLeast => order.is_ge(),
        Comparison::Greater => order.is_gt(),
        Comparison::In => false,
    }
}

/// Periods compare as bounds: it holds only if it holds of the least favourable length of each.
fn compares(left: Value, right: Value, sign: Comparison) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => holds(left.cmp(&right), sign),
        (Value::Date(left), Value::Date(right)) => holds(left.cmp(&right), sign),
        (Value::Period(left), Value::Period(right)) if left.unit == right.unit => {
            holds(left.count.cmp(&right.count), sign)
        }
        // A year is twelve months, however long these are (M15).
        (Value::Period(left), Value::Period(right)) if months(left).is_some() && months(right).is_some() => {
            holds(months(left).cmp(&months(right)), sign)
        }
        (Value::Period(left), Value::Period(right)) => {
            let ((least, most), (low, high)) = (hours(left), hours(right));
            match sign {
                Comparison::Less => most < low,
                Comparison::AtMost => most <= low,
                Comparison::Equal => least == most && low == high && least == low,
                Comparison::AtLeast => least >= high,
                Comparison::Greater => least > high,
                Comparison::In => false,
            }
        }
        _ => false,
    }
}

/// The months of a period that is counted by the calendar.
fn months(period: Period) -> Option<u64> {
    match period.unit {
        Unit::Month => Some(u64::from(period.count)),
        Unit::Year => Some(u64::from(period.count) * 12),
        Unit::Hour | Unit::Day | Unit::Week | Unit::WorkingDay => None,
    }
}

/// The fewest and the most days of so many months in a row, for less than a year.
const MONTHS: [(u64, u64); 12] = [
    (0, 0),
    (28, 31),
    (59, 62),
    (89, 92),
    (120, 123),
    (150, 153),
    (181, 184),
    (212, 215),
    (242, 245),
    (273, 276),
    (303, 306),
    (334, 337),
];

/// The shortest and the longest that a period can be. Working days: five a week and no holiday, against a run of public
/// holidays of nine days, the longest that the calendar of a country has had.
pub fn hours(period: Period) -> (u64, u64) {
    let count = u64::from(period.count);
    let days = |low: u64, high: u64| (low * 24, high * 24);
    if let Some(months) = months(period) {
        let (years, rest) = (months / 12, MONTHS[usize::try_from(months % 12).unwrap_or(0)]);
        // One of four years has a day more, but for the last of most centuries.
        let leaps = ((years / 4).saturating_sub(1), years.div_ceil(4));
        return days(years * 365 + leaps.0 + rest.0, years * 365 + leaps.1 + rest.1);
    }
    match period.unit {
        Unit::Hour => (count, count),
        Unit::Week => days(count * 7, count * 7),
        Unit::WorkingDay => days(
            count + count.saturating_sub(1) / 5 * 2,
            count + count.div_ceil(5) * 2 + 9,
        ),
        Unit::Day | Unit::Month | Unit::Year => days(count, count),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(count: u32, unit: Unit) -> Value {
        Value::Period(Period { count, unit })
    }

    #[test]
    fn periods_compare_by_their_least_favourable_lengths() {
        let at_most = |a, b| compares(a, b, Comparison::AtMost);
        let week = period(7, Unit::WorkingDay);
        assert!(
            at_most(period(9, Unit::Day), week),
            "the shortest seven working days are nine days"
        );
        assert!(!at_most(period(10, Unit::Day), week));
        assert!(at_most(period(5, Unit::WorkingDay), week));
        assert!(!at_most(week, period(9, Unit::Day)));
        assert!(at_most(period(48, Unit::Hour), period(2, Unit::Day)));
        assert!(!at_most(period(1, Unit::Month), period(30, Unit::Day)));
        assert!(at_most(period(1, Unit::Month), period(31, Unit::Day)));
    }

    #[test]
    fn a_year_is_twelve_months_and_no_number_of_days() {
        use Comparison::{AtLeast, AtMost, Equal, Less};
        let same = [
            (period(12, Unit::Month), period(1, Unit::Year)),
            (period(3, Unit::Year), period(36, Unit::Month)),
        ];
        for (a, b) in same {
            assert!([AtMost, Equal, AtLeast].into_iter().all(|sign| compares(a, b, sign)));
            assert!(!compares(a, b, Less));
        }
        assert!(compares(period(11, Unit::Month), period(1, Unit::Year), Less));
        assert!(!compares(period(13, Unit::Month), period(1, Unit::Year), AtMost));
        for days in [365, 366] {
            assert!(!compares(period(days, Unit::Day), period(1, Unit::Year), Equal));
        }
        assert!(compares(period(365, Unit::Day), period(1, Unit::Year), AtMost));
        assert!(!compares(period(366, Unit::Day), period(1, Unit::Year), AtMost));
        assert!(compares(period(14, Unit::Month), period(424, Unit::Day), AtLeast));
        assert!(!compares(period(14, Unit::Month), period(425, Unit::Day), AtLeast));
    }
}
