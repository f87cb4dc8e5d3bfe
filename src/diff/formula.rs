//! What decides, as a formula over questions to which a world gives the answers, and the search for a world in which it is true.
//!
//! The values are those of M4. A question has a finite list of choices; a formula knows which values it may still have, whatever is
//! chosen for the questions in it, so that the search looks only at questions that can still change something, and leaves what
//! cannot become true.

use std::rc::Rc;

/// The truth values that something may have: any of true, false, unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Values(u8);

impl Values {
    /// True.
    pub const TRUE: Values = Values(1);
    /// False.
    pub const FALSE: Values = Values(2);
    /// Unknown, and it stays so.
    pub const UNKNOWN: Values = Values(4);
    /// True or false: it is not computed which.
    pub const EITHER: Values = Values(3);
    /// Nothing yet.
    const NONE: Values = Values(0);

    /// True or false.
    pub fn of(is: bool) -> Values {
        if is { Values::TRUE } else { Values::FALSE }
    }

    /// Whether one of `others` is among them.
    pub fn may(self, others: Values) -> bool {
        self.0 & others.0 != 0
    }

    /// Either of both.
    pub fn with(self, other: Values) -> Values {
        Values(self.0 | other.0)
    }

    fn is_one(self) -> bool {
        self.0.count_ones() == 1
    }

    fn when(self, is: bool) -> Values {
        if is { self } else { Values::NONE }
    }

    /// As a number, for telling apart.
    pub fn number(self) -> u8 {
        self.0
    }

    /// The contrary.
    pub fn not(self) -> Values {
        let turned = Values::TRUE.when(self.may(Values::FALSE));
        let turned = turned.with(Values::FALSE.when(self.may(Values::TRUE)));
        turned.with(Values::UNKNOWN.when(self.may(Values::UNKNOWN)))
    }

    fn and(self, other: Values) -> Values {
        let (t, f, u) = (Values::TRUE, Values::FALSE, Values::UNKNOWN);
        let either = |values: Values| values.may(t) || values.may(u);
        let unknown = self.may(u) && either(other) || other.may(u) && either(self);
        let all = t.when(self.may(t) && other.may(t)).with(u.when(unknown));
        all.with(f.when(self.may(f) || other.may(f)))
    }

    fn or(self, other: Values) -> Values {
        self.not().and(other.not()).not()
    }

    /// What is unknown is false.
    fn sure(self) -> Values {
        let sure = Values::TRUE.when(self.may(Values::TRUE));
        sure.with(Values::FALSE.when(self.may(Values::FALSE) || self.may(Values::UNKNOWN)))
    }

    /// What is unknown may be either.
    fn loose(self) -> Values {
        let known = Values(self.0 & Values::EITHER.0);
        known.with(Values::EITHER.when(self.may(Values::UNKNOWN)))
    }
}

/// A formula, with the values that it may have.
#[derive(Debug)]
pub struct Formula {
    values: Values,
    /// Bits of the questions in it; several questions may share one.
    mask: u64,
    of: Of,
}

/// A formula that others share.
pub type Said = Rc<Formula>;

#[derive(Debug)]
enum Of {
    /// No question decides.
    Is,
    /// The number of a question, and the values for its choices.
    Told(usize, Vec<Values>),
    Not(Said),
    All(Vec<Said>),
    Any(Vec<Said>),
    Sure(Said),
    Loose(Said),
}

fn made(values: Values, mask: u64, of: Of) -> Said {
    let of = if values.is_one() { Of::Is } else { of };
    let mask = if values.is_one() { 0 } else { mask };
    Rc::new(Formula { values, mask, of })
}

/// A value that nothing changes.
pub fn is(values: Values) -> Said {
    Rc::new(Formula {
        values,
        mask: 0,
        of: Of::Is,
    })
}

/// What a question decides: a value for each of its choices.
pub fn told(question: usize, values: Vec<Values>) -> Said {
    let all = values.iter().fold(Values::NONE, |all, one| all.with(*one));
    made(all, 1 << (question % 64), Of::Told(question, values))
}

/// The contrary.
pub fn not(one: &Said) -> Said {
    made(one.values.not(), one.mask, Of::Not(Rc::clone(one)))
}

/// All of them.
pub fn all(parts: impl IntoIterator<Item = Said>) -> Said {
    joined(parts, Values::TRUE, Values::and, Of::All)
}

/// Any of them.
pub fn any(parts: impl IntoIterator<Item = Said>) -> Said {
    joined(parts, Values::FALSE, Values::or, Of::Any)
}

/// Parts that are joined; those that are `idle` change nothing.
fn joined(
    parts: impl IntoIterator<Item = Said>,
    idle: Values,
    both: fn(Values, Values) -> Values,
    of: fn(Vec<Said>) -> Of,
) -> Said {
    let mut parts: Vec<Said> = parts.into_iter().filter(|part| part.values != idle).collect();
    let values = parts.iter().fold(idle, |values, part| both(values, part.values));
    let mask = parts.iter().fold(0, |mask, part| mask | part.mask);
    match (parts.len(), parts.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            parts.extend(last);
            made(values, mask, of(parts))
        }
    }
}

/// True where it is true, else false.
pub fn sure(one: &Said) -> Said {
    made(one.values.sure(), one.mask, Of::Sure(Rc::clone(one)))
}

/// Where it is unknown, true or false.
pub fn loose(one: &Said) -> Said {
    made(one.values.loose(), one.mask, Of::Loose(Rc::clone(one)))
}

impl Formula {
    /// Whether it can be true.
    pub fn may_be_true(&self) -> bool {
        self.values.may(Values::TRUE)
    }

    /// What is left of it with a choice.
    fn given(self: &Rc<Formula>, question: usize, choice: usize) -> Said {
        if self.mask >> (question % 64) & 1 == 0 {
            return Rc::clone(self);
        }
        let each = |parts: &[Said]| -> Vec<Said> { parts.iter().map(|part| part.given(question, choice)).collect() };
        match &self.of {
            Of::Told(mine, values) if *mine == question => is(values.get(choice).copied().unwrap_or(Values::EITHER)),
            Of::Told(..) | Of::Is => Rc::clone(self),
            Of::Not(one) => not(&one.given(question, choice)),
            Of::All(parts) => all(each(parts)),
            Of::Any(parts) => any(each(parts)),
            Of::Sure(one) => sure(&one.given(question, choice)),
            Of::Loose(one) => loose(&one.given(question, choice)),
        }
    }

    /// The first question that can still change something.
    fn open(&self) -> Option<usize> {
        match &self.of {
            Of::Is => None,
            Of::Told(question, _) => Some(*question),
            Of::Not(one) | Of::Sure(one) | Of::Loose(one) => one.open(),
            Of::All(parts) | Of::Any(parts) => parts.iter().find_map(|part| part.open()),
        }
    }
}

/// A search for choices.
#[derive(Debug)]
pub struct Search<'q> {
    /// How many choices each question has.
    pub choices: &'q [usize],
    /// How many steps it may still take.
    pub left: usize,
    /// Whether it had to end before all was tried.
    pub cut: bool,
}

impl Search<'_> {
    /// Choices with which a formula is true and which `shows` confirms; what it makes of them. A question that decides nothing
    /// is left open.
    pub fn find<W>(
        &mut self,
        goal: &Said,
        picked: &mut Vec<Option<usize>>,
        shows: &mut dyn FnMut(&[Option<usize>]) -> Option<W>,
    ) -> Option<W> {
        if !goal.may_be_true() {
            return None;
        }
        if self.left == 0 {
            self.cut = true;
            return None;
        }
        self.left -= 1;
        let Some(question) = goal.open() else {
            return shows(picked);
        };
        for choice in 0..self.choices.get(question).copied().unwrap_or_default() {
            if let Some(place) = picked.get_mut(question) {
                *place = Some(choice);
            }
            if let Some(found) = self.find(&goal.given(question, choice), picked, shows) {
                return Some(found);
            }
        }
        if let Some(place) = picked.get_mut(question) {
            *place = None;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Said, Search, Values, all, any, is, loose, not, sure, told};

    /// A formula of random numbers over six questions with three choices each.
    fn random(next: &mut impl FnMut(u32) -> u32, depth: u32) -> Said {
        let values = |number: u32| [Values::TRUE, Values::FALSE, Values::UNKNOWN][number as usize];
        match next(if depth == 0 { 2 } else { 7 }) {
            0 => is(values(next(3))),
            1 => told(next(6) as usize, (0..3).map(|_| values(next(3))).collect()),
            2 => not(&random(next, depth - 1)),
            3 => sure(&random(next, depth - 1)),
            4 => loose(&random(next, depth - 1)),
            5 => all((0..3).map(|_| random(next, depth - 1)).collect::<Vec<_>>()),
            _ => any((0..3).map(|_| random(next, depth - 1)).collect::<Vec<_>>()),
        }
    }

    /// The search finds choices if, and only if, trying all of them does.
    #[test]
    fn the_search_is_exact() {
        let mut state = 1_u32;
        let mut next = |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) % below
        };
        let mut found = [0, 0];
        for _ in 0..400 {
            let goal = random(&mut next, 4);
            let whole = (0..3_usize.pow(6)).any(|number| {
                let chosen = (0..6).fold(goal.clone(), |goal, question| {
                    goal.given(question, number / 3_usize.pow(u32::try_from(question).unwrap()) % 3)
                });
                chosen.may_be_true()
            });
            let mut search = Search {
                choices: &[3; 6],
                left: 100_000,
                cut: false,
            };
            let mut shows = |picked: &[Option<usize>]| Some(picked.to_vec());
            let there = search.find(&goal, &mut vec![None; 6], &mut shows);
            assert_eq!(there.is_some(), whole);
            found[usize::from(whole)] += 1;
        }
        assert!(found[0] > 20 && found[1] > 20, "{found:?}");
    }

    #[test]
    fn a_search_that_is_cut_says_so() {
        let goal = all([
            told(0, vec![Values::FALSE, Values::TRUE]),
            told(1, vec![Values::FALSE, Values::TRUE]),
        ]);
        let mut search = Search {
            choices: &[2; 2],
            left: 2,
            cut: false,
        };
        let mut shows = |_: &[Option<usize>]| Some(());
        assert_eq!(search.find(&goal, &mut vec![None; 2], &mut shows), None);
        assert!(search.cut);
    }
}
