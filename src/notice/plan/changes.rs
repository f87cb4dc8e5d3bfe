//! What a notice of changes tells: which clauses change and how, and what is asked of people. Knows no language.

use kupuya_runtime::{Day, Period};

/// What happens to what a clause says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Turn {
    /// More may be done.
    More,
    /// Data are kept longer.
    Longer,
    /// Data are kept longer, since a term is gone.
    TermGone,
    /// A promise no longer holds.
    PromiseLost,
    /// It rests on another ground.
    OtherGround,
    /// A duty changes.
    Duty,
    /// Less may be done, or more is promised.
    Less,
}

/// Clauses that change in one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turned {
    /// In which way.
    pub turn: Turn,
    /// What they said, each with the number of its paragraph.
    pub before: Vec<(String, String)>,
    /// What they say now.
    pub after: Vec<(String, String)>,
}

/// What is asked of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Asked {
    /// Nothing.
    Nothing,
    /// They are told.
    Told,
    /// Their consent is asked for again.
    Consent,
}

/// A recipient that is elsewhere now, or is new and not at home.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moved {
    /// Its name.
    pub recipient: String,
    /// Where it was; empty: it was not said. None: it is new.
    pub before: Option<Vec<Where>>,
    /// Where it is.
    pub after: Vec<Where>,
}

/// A place by its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Where {
    /// Any country but home.
    Abroad,
    /// A country or a group of them.
    In(String),
}

/// A notice of changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// From when on the new version is in force.
    pub begins: Option<Day>,
    /// How long before it is told.
    pub announced: Option<Period>,
    /// What changes.
    pub turned: Vec<Turned>,
    /// Who receives data elsewhere: no clause may name the country.
    pub moved: Vec<Moved>,
    /// What is asked.
    pub asked: Asked,
    /// How many clauses say the same in other words.
    pub reworded: usize,
}
