//! Three values: true, false, unknown (M4).

/// A truth value of Kleene's strong logic. `False < Unknown < True`: `and` is the least, `or` the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// Known not to hold.
    False,
    /// Not known.
    Unknown,
    /// Known to hold.
    True,
}

impl Truth {
    /// Both.
    #[must_use]
    #[inline]
    pub fn and(self, other: Truth) -> Truth {
        self.min(other)
    }

    /// Either.
    #[must_use]
    #[inline]
    pub fn or(self, other: Truth) -> Truth {
        self.max(other)
    }

    /// Whether a literal written with this sign holds: the value itself, or its negation.
    #[must_use]
    #[inline]
    pub fn signed(self, sign: bool) -> Truth {
        if sign { self } else { !self }
    }

    /// All of them; true if there are none.
    pub fn all(values: impl IntoIterator<Item = Truth>) -> Truth {
        let mut result = Truth::True;
        for value in values {
            result = result.and(value);
            if result == Truth::False {
                break;
            }
        }
        result
    }

    /// Any of them; false if there are none.
    pub fn any(values: impl IntoIterator<Item = Truth>) -> Truth {
        let mut result = Truth::False;
        for value in values {
            result = result.or(value);
            if result == Truth::True {
                break;
            }
        }
        result
    }

    /// The value that a test has which holds in each of some cases, in none, or in some: true, false, unknown.
    /// `None` without cases.
    pub fn across(values: impl IntoIterator<Item = Truth>) -> Option<Truth> {
        values
            .into_iter()
            .reduce(|a, b| if a == b { a } else { Truth::Unknown })
    }
}

impl From<bool> for Truth {
    #[inline]
    fn from(value: bool) -> Truth {
        if value { Truth::True } else { Truth::False }
    }
}

impl std::ops::Not for Truth {
    type Output = Truth;
    #[inline]
    fn not(self) -> Truth {
        match self {
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
            Truth::True => Truth::False,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{self, False as F, True as T, Unknown as U};

    /// The table of M4: a, b, a and b, a or b.
    const TABLE: [(Truth, Truth, Truth, Truth); 9] = [
        (T, T, T, T),
        (T, U, U, T),
        (T, F, F, T),
        (U, T, U, T),
        (U, U, U, U),
        (U, F, F, U),
        (F, T, F, T),
        (F, U, F, U),
        (F, F, F, F),
    ];

    #[test]
    fn the_table_of_the_semantics() {
        for (a, b, and, or) in TABLE {
            assert_eq!((a.and(b), a.or(b)), (and, or), "{a:?} {b:?}");
            assert_eq!((Truth::all([a, b]), Truth::any([a, b])), (and, or));
            assert_eq!(!(!a), a);
            assert_eq!(!a.and(b), (!a).or(!b));
        }
        assert_eq!((Truth::all([]), Truth::any([]), Truth::across([])), (T, F, None));
        assert_eq!(Truth::across([T, F]), Some(U));
    }
}
