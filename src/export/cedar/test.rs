//! Conditions as Cedar writes them.

/// A condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// Never holds.
    Never,
    /// Always holds.
    Always,
    /// Holds when this does; stands in brackets if it has several parts.
    When(String),
}

impl Test {
    /// A condition without operators of its own, or in brackets.
    pub fn when(text: impl Into<String>) -> Test {
        Test::When(text.into())
    }

    /// All of them.
    pub fn all(tests: impl IntoIterator<Item = Test>) -> Test {
        let mut parts = Vec::new();
        for test in tests {
            match test {
                Test::Never => return Test::Never,
                Test::Always => {}
                Test::When(text) if parts.contains(&text) => {}
                Test::When(text) => parts.push(text),
            }
        }
        Test::joined(parts, " && ").unwrap_or(Test::Always)
    }

    /// Any of them.
    pub fn any(tests: impl IntoIterator<Item = Test>) -> Test {
        let mut parts = Vec::new();
        for test in tests {
            match test {
                Test::Always => return Test::Always,
                Test::Never => {}
                Test::When(text) if parts.contains(&text) => {}
                Test::When(text) => parts.push(text),
            }
        }
        Test::joined(parts, " || ").unwrap_or(Test::Never)
    }

    /// Its negation.
    pub fn negated(self) -> Test {
        match self {
            Test::Never => Test::Always,
            Test::Always => Test::Never,
            Test::When(text) => Test::When(format!("!({text})")),
        }
    }

    fn joined(mut parts: Vec<String>, with: &str) -> Option<Test> {
        match parts.len() {
            0 => None,
            1 => parts.pop().map(Test::When),
            _ => Some(Test::When(format!("({})", parts.join(with)))),
        }
    }
}

/// Whether something is known to hold, and whether it is known not to (M4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// It is known to hold.
    pub holds: Test,
    /// It is known not to.
    pub fails: Test,
}

impl Known {
    /// What always holds.
    pub fn always() -> Known {
        Known {
            holds: Test::Always,
            fails: Test::Never,
        }
    }

    /// What never holds.
    pub fn never() -> Known {
        Known::always().negated()
    }

    /// What is never known.
    pub fn unknown() -> Known {
        Known {
            holds: Test::Never,
            fails: Test::Never,
        }
    }

    /// What is known either way by one test.
    pub fn when(test: Test) -> Known {
        Known {
            fails: test.clone().negated(),
            holds: test,
        }
    }

    /// Its negation.
    pub fn negated(self) -> Known {
        Known {
            holds: self.fails,
            fails: self.holds,
        }
    }

    /// All of them.
    pub fn all(parts: impl IntoIterator<Item = Known>) -> Known {
        let (holds, fails): (Vec<Test>, Vec<Test>) = parts.into_iter().map(|part| (part.holds, part.fails)).unzip();
        Known {
            holds: Test::all(holds),
            fails: Test::any(fails),
        }
    }

    /// Any of them.
    pub fn any(parts: impl IntoIterator<Item = Known>) -> Known {
        Known::all(parts.into_iter().map(Known::negated)).negated()
    }
}

/// A string of Cedar.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.escape_debug())
}

/// An entity.
pub fn entity(of: &str, id: &str) -> String {
    format!("Kupuya::{of}::{}", quoted(id))
}

/// Whether `what` is one of these entities.
pub fn one_of<'a>(what: &str, of: &str, ids: impl IntoIterator<Item = &'a str>) -> Test {
    let ids = ids.into_iter().map(|id| entity(of, id)).collect::<Vec<_>>();
    match ids.as_slice() {
        [] => Test::Never,
        [one] => Test::when(format!("({what} == {one})")),
        several => Test::when(format!("[{}].contains({what})", several.join(", "))),
    }
}
