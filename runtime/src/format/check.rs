//! Looks at every word of the tables once, so that nothing has to be looked at again: indices point somewhere, texts are whole
//! letters, lists lie inside. Takes time in proportion to the bytes, whatever they are.

use std::collections::HashMap;

use super::LoadError;
use super::layout::{ALL, Column, NAMES, NO_DAY, NONE, Name, SEVERAL, Tables};
use super::steps::{self, EndStep};
use crate::calendar::Day;
use crate::wire::Act;

/// Lists up to this long may overlap; of longer ones each is looked at once.
const SHORT: usize = 16;
/// The most conjunctions of a guard, and literals of a conjunction.
const LONGEST: usize = 1 << 12;
/// The most steps.
const STEPS: usize = 256;

/// Whether tables can be decided on.
pub(super) fn tables(words: &[u32], names: &str, tables: &Tables) -> Result<(), LoadError> {
    let mut check = Check {
        words,
        names,
        tables,
        seen: HashMap::new(),
        left: words.len().saturating_mul(4),
        sides: vec![0; tables.count(Name::Sides) as usize],
    };
    for (of, (name, _, columns)) in NAMES.into_iter().zip(ALL) {
        let width: usize = columns.iter().map(|column| column.width()).sum();
        for row in tables.all_of(of, words).chunks_exact(width) {
            let mut rest = row;
            for column in *columns {
                let (here, after) = rest.split_at_checked(column.width()).unwrap_or((rest, &[]));
                if !check.column(
                    *column,
                    here.first().copied().unwrap_or(0),
                    here.last().copied().unwrap_or(0),
                ) {
                    return Err(LoadError::malformed(format!(
                        "table `{name}` has a row that points nowhere"
                    )));
                }
                rest = after;
            }
        }
    }
    check.whole()
}

struct Check<'a> {
    words: &'a [u32],
    names: &'a str,
    tables: &'a Tables,
    /// Long lists, with what they have been looked at for.
    seen: HashMap<(u32, u32), u64>,
    /// How many words of long lists may still be looked at: all lists together are no longer than the words.
    left: usize,
    /// For each side, the kinds that it is one of.
    sides: Vec<u64>,
}

impl<'a> Check<'a> {
    fn column(&mut self, column: Column, a: u32, b: u32) -> bool {
        match column {
            Column::Number => true,
            Column::Below(bound) => a < bound,
            Column::Text => self.text(a, b),
            Column::MaybeText => a == NONE && b == 0 || self.text(a, b),
            Column::Texts => {
                let names = self.names;
                self.list(a, b, 62, &|words| {
                    words.len().is_multiple_of(2) && words.as_chunks::<2>().0.iter().all(|[a, b]| text(names, *a, *b))
                })
            }
            Column::Row(of) => a < self.tables.count(of),
            Column::MaybeRow(of) => a == NONE || a < self.tables.count(of),
            Column::Named(of) => a == NONE || a == SEVERAL || a < self.tables.count(of),
            Column::Rows(of) => {
                let count = self.tables.count(of);
                self.list(a, b, of as u32, &|words| words.iter().all(|row| *row < count))
            }
            Column::Run(of) => a.checked_add(b).is_some_and(|end| end <= self.tables.count(of)),
            Column::Side(of) => self.side(a, of),
            Column::WaysBoxes => {
                let (ways, boxes) = (self.tables.ways.count(), self.tables.boxes.count().max(1));
                self.list(a, b, 61, &|words| {
                    let pairs = words.as_chunks::<2>();
                    pairs.1.is_empty() && pairs.0.iter().all(|[way, region]| *way < ways && *region < boxes)
                })
            }
            Column::Guard => self.guard(a, b),
            Column::End => {
                let facts = self.tables.facts.count();
                self.list(a, b, 60, &|words| words.is_empty() || end(words, facts))
            }
            Column::Under => {
                let bases = self.tables.bases.count();
                self.list(a, b, 59, &|words| words.is_empty() || under(words, bases))
            }
            Column::Period => b < 6 || a == 0 && b == NONE,
            Column::MaybeDay => a == NO_DAY || day(a),
        }
    }

    fn text(&self, start: u32, length: u32) -> bool {
        text(self.names, start, length)
    }

    /// Looks at a list; a long one only once for each purpose.
    fn list(&mut self, start: u32, length: u32, purpose: u32, good: &dyn Fn(&[u32]) -> bool) -> bool {
        let Some(words) = list(self.words, start, length) else {
            return false;
        };
        if words.len() > SHORT {
            let seen = self.seen.entry((start, length)).or_default();
            if *seen >> purpose & 1 == 1 {
                return true;
            }
            *seen |= 1 << purpose;
            let Some(left) = self.left.checked_sub(words.len()) else {
                return false;
            };
            self.left = left;
        }
        good(words)
    }

    fn side(&mut self, side: u32, of: Name) -> bool {
        let count = self.tables.count(of);
        match (side & 3, side >> 2) {
            (0, rest) => rest == 0,
            (1, atom) => atom < count,
            (2, number) => {
                let Some([sort, start, length, first, highest]) = self.tables.sides.get(self.words, number).copied()
                else {
                    return false;
                };
                let Some(seen) = self.sides.get_mut(number as usize) else {
                    return false;
                };
                if *seen >> of as u32 & 1 == 1 {
                    return true;
                }
                *seen |= 1 << of as u32;
                let atoms = if sort == 0 {
                    self.list(start, length, of as u32, &|words| {
                        words.iter().all(|atom| *atom < count)
                    })
                } else {
                    list(self.words, start, length).is_some_and(|bits| bits.len() as u64 * 32 < u64::from(count) + 32)
                };
                atoms
                    && self.list(first, highest, of as u32, &|words| {
                        words.iter().all(|atom| *atom < count)
                    })
            }
            _ => false,
        }
    }

    fn guard(&mut self, start: u32, length: u32) -> bool {
        let Some(conjunctions) = list(self.words, start, length) else {
            return false;
        };
        let (pairs, rest) = conjunctions.as_chunks::<2>();
        if !rest.is_empty() || pairs.len() > LONGEST {
            return false;
        }
        if pairs.len() > SHORT {
            let Some(left) = self.left.checked_sub(pairs.len()) else {
                return false;
            };
            self.left = left;
        }
        let literals = self.tables.literals.count();
        pairs.iter().all(|[start, length]| {
            self.list(*start, *length, 58, &|words| {
                words.len() <= LONGEST && words.iter().all(|signed| signed >> 1 < literals)
            })
        })
    }

    /// What the columns alone do not tell.
    fn whole(&self) -> Result<(), LoadError> {
        let t = self.tables;
        let count = |name| t.count(name);
        let [.., offset, _, _, _, _, _, _] = *match t.policy.rows(self.words) {
            [policy] => policy,
            _ => return Err(LoadError::malformed("it is not of one policy")),
        };
        if !(-86_400..=86_400).contains(&offset.cast_signed()) {
            return Err(LoadError::malformed("the zone is more than a day away"));
        }
        let detailed = [
            (Name::Controllers, Name::ControllerDetails),
            (Name::Subjects, Name::SubjectDetails),
            (Name::Bases, Name::BasisDetails),
            (Name::Recipients, Name::RecipientDetails),
        ];
        let acts = u32::try_from(Act::ALL.len()).unwrap_or(8);
        let fits = detailed.iter().all(|(nouns, details)| count(*nouns) == count(*details))
            && u64::from(count(Name::RowOf)) == u64::from(acts) * u64::from(count(Name::Data))
            && u64::from(count(Name::Near)) == u64::from(acts) * (u64::from(count(Name::Purposes)) + 1)
            && count(Name::Shapes) == acts + 1;
        if !fits {
            return Err(LoadError::malformed("two of its tables do not fit each other"));
        }
        let slots = [
            Name::ControllerNames,
            Name::SubjectNames,
            Name::DataNames,
            Name::SourceNames,
            Name::PurposeNames,
            Name::BasisNames,
            Name::RecipientNames,
            Name::FactNames,
            Name::CountryNames,
        ];
        if !slots.iter().all(|slots| count(*slots).is_power_of_two()) {
            return Err(LoadError::malformed("the slots of names are no power of two"));
        }
        self.literals()?;
        self.rules()
    }

    fn literals(&self) -> Result<(), LoadError> {
        let t = self.tables;
        let good = |[sort, a, b]: &[u32; 3]| match sort {
            0 => *a < t.facts.count(),
            1 => *a < t.subjects.count(),
            2 => *a < 5,
            3 => *a < 5 && day(*b),
            _ => *a < t.places.count(),
        };
        if !t.literals.rows(self.words).iter().all(good) {
            return Err(LoadError::malformed("a literal points nowhere"));
        }
        let good = |[glance, one, ..]: &[u32; 4]| *glance != 2 || one >> 1 < t.literals.count();
        if t.guards.rows(self.words).iter().all(good) {
            Ok(())
        } else {
            Err(LoadError::malformed("a guard points nowhere"))
        }
    }

    fn rules(&self) -> Result<(), LoadError> {
        let t = self.tables;
        let good = |[sort, of, ..]: &[u32; 4]| match sort {
            0 | 1 => *of < t.bans.count(),
            _ => t
                .grants
                .get(self.words, *of)
                .is_some_and(|[.., keep, _, _]| *keep != NONE),
        };
        if !t.strikers.rows(self.words).iter().all(good) {
            return Err(LoadError::malformed("what forbids points nowhere"));
        }
        fn sorted<const N: usize>(kind: &str, rows: &[[u32; N]]) -> Result<(), LoadError> {
            if rows.is_sorted_by(|a, b| a.get(2..10) < b.get(2..10)) {
                return Ok(());
            }
            Err(LoadError::malformed(format!("a {kind} is out of order")))
        }
        sorted("statement", t.grants.rows(self.words))?;
        sorted("ban", t.bans.rows(self.words))?;
        sorted("cap", t.caps.rows(self.words))
    }
}

fn text(names: &str, start: u32, length: u32) -> bool {
    let (start, length) = (start as usize, length as usize);
    names.get(start..start.saturating_add(length)).is_some()
}

fn list(words: &[u32], start: u32, length: u32) -> Option<&[u32]> {
    let (start, length) = (start as usize, length as usize);
    words.get(start..start.saturating_add(length))
}

fn day(number: u32) -> bool {
    (Day::FIRST..=Day::LAST).contains(&Day::from_number(number.cast_signed()))
}

fn end(words: &[u32], facts: u32) -> bool {
    let whole =
        words.len() <= STEPS * 3 && words.len().is_multiple_of(3) && steps::ends(words).count() * 3 == words.len();
    let known = |step| match step {
        EndStep::Event(event) => event < facts,
        EndStep::Date(date) => (Day::FIRST..=Day::LAST).contains(&date),
        EndStep::Or(count) | EndStep::And(count) => count > 0,
        _ => true,
    };
    whole
        && steps::ends(words).all(known)
        && steps::compute(steps::ends(words), EndStep::operands, |_, _: &[()]| ()).is_some()
}

fn under(words: &[u32], bases: u32) -> bool {
    let (pairs, rest) = words.as_chunks::<2>();
    let known = |[step, a]: &[u32; 2]| match step {
        0 => *a < bases,
        1..=3 => true,
        _ => false,
    };
    let operands = |[step, count]: &&[u32; 2]| match step {
        0 => 0,
        1 => 1,
        _ => *count as usize,
    };
    pairs.len() <= STEPS
        && rest.is_empty()
        && pairs.iter().all(known)
        && steps::compute(pairs.iter(), operands, |_, _: &[()]| ()).is_some()
}
