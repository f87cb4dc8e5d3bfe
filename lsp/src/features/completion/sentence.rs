//! The parts of a sentence: what one that stops here may go on with.

use kupuya::format::tokens::Token;
use kupuya::syntax::vocabulary::{CONNECTORS, Connector, Kind, VERBS, Verb, takes_part};

use super::place::Expected;

/// Where a sentence stands, which decides what it may say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// In a `processing` block.
    Statement,
    /// At top level, in a section or in a rule.
    Promise,
    /// In a scenario.
    Request,
}

impl Standing {
    /// In a block of a kind.
    #[must_use]
    pub fn inside(kind: Option<Kind>) -> Standing {
        match kind {
            Some(Kind::Processing) => Standing::Statement,
            Some(Kind::Scenario) => Standing::Request,
            _ => Standing::Promise,
        }
    }

    /// Whether a sentence here may open with a verb.
    #[must_use]
    pub fn has(self, verb: Verb) -> bool {
        match self {
            Standing::Statement => verb != Verb::Combine,
            Standing::Promise => true,
            Standing::Request => !matches!(verb, Verb::Process | Verb::Combine | Verb::Keep),
        }
    }
}

/// Words before a verb, and the reasons of `deny`.
const LEADS: &[&str] = &["never", "allow", "deny"];
const REASONS: &[&str] = &["forbidden", "undeclared", "unmet", "invalid", "no_policy"];

/// Connecting words that parts of sentences begin with, in their usual order.
const PARTS: &[Connector] = &[
    Connector::About,
    Connector::From,
    Connector::With,
    Connector::For,
    Connector::Under,
    Connector::When,
    Connector::By,
    Connector::In,
    Connector::Abroad,
    Connector::Until,
    Connector::After,
    Connector::AtMost,
    Connector::AtLeast,
    Connector::Then,
    Connector::Within,
    Connector::Given,
    Connector::On,
];

/// Units of a period.
const UNITS: &[&str] = &["hours", "days", "weeks", "months", "years"];

/// Whether a line is a sentence, or begins one.
pub fn is_one(line: &[Token<'_>]) -> bool {
    line.first()
        .is_some_and(|first| LEADS.contains(&first.text) || verb(first.text).is_some())
}

/// What may stand next in a sentence of which these tokens stand before the cursor, and these behind it.
pub fn next(line: &[Token<'_>], standing: Standing, rest: &[Token<'_>]) -> Vec<Expected> {
    let Some(read) = Read::of(line, standing, rest) else {
        return lead(line, standing);
    };
    if read.wants_operand() {
        read.operand()
    } else {
        read.following()
    }
}

/// With what a sentence may go on in the next line.
pub fn goes_on(line: &[Token<'_>], standing: Standing, rest: &[Token<'_>]) -> Option<Expected> {
    let read = is_one(line).then(|| Read::of(line, standing, rest))??;
    let words = match read.wants_operand() {
        true => Vec::new(),
        false => read.connectors(),
    };
    (!words.is_empty()).then_some(Expected::Words(words))
}

fn verb(text: &str) -> Option<Verb> {
    VERBS.iter().find(|(_, word, _)| *word == text).map(|(verb, ..)| *verb)
}

fn connector(text: &str) -> Option<Connector> {
    CONNECTORS
        .iter()
        .find(|(_, word)| *word == text)
        .map(|(connector, _)| *connector)
}

/// Before the verb.
fn lead(line: &[Token<'_>], standing: Standing) -> Vec<Expected> {
    let verbs = Expected::Verbs(standing);
    let unmet = vec![Kind::Fact, Kind::Basis, Kind::Subject, Kind::Country];
    match line.last().map(|token| token.text) {
        Some("deny") => vec![verbs, Expected::Words(REASONS.to_vec())],
        Some("unmet") => vec![verbs, Expected::Nouns(unmet)],
        Some(",") if line.iter().any(|token| token.text == "unmet") => vec![Expected::Nouns(unmet)],
        _ => vec![verbs],
    }
}

/// A part of a sentence: a connecting word with what stands behind it so far. The first one has the data.
struct Part<'l, 't> {
    connector: Option<Connector>,
    /// It is what stands behind `only`, before any connecting word.
    only: bool,
    inner: &'l [Token<'t>],
}

/// A sentence as read up to the cursor.
struct Read<'l, 't> {
    verb: Verb,
    standing: Standing,
    never: bool,
    parts: Vec<Part<'l, 't>>,
    /// Connecting words of the parts behind the cursor.
    behind: Vec<Connector>,
}

impl<'l, 't> Read<'l, 't> {
    /// `None` before the verb.
    fn of(line: &'l [Token<'t>], standing: Standing, rest: &'l [Token<'t>]) -> Option<Read<'l, 't>> {
        let place = line.iter().position(|token| verb(token.text).is_some())?;
        let parts = parts(line.get(place + 1..)?);
        let behind = self::parts(rest).into_iter().filter_map(|part| part.connector);
        Some(Read {
            verb: verb(line.get(place)?.text)?,
            standing,
            never: line.iter().take(place).any(|token| token.text == "never"),
            parts,
            behind: behind.collect(),
        })
    }

    fn last(&self) -> Option<&Part<'l, 't>> {
        self.parts.last()
    }

    fn is_only(&self) -> bool {
        self.parts.iter().any(|part| part.only)
    }

    /// Whether a list or formula must go on, or has not begun.
    fn wants_operand(&self) -> bool {
        let Some(part) = self.last().filter(|part| !part.only) else {
            return false;
        };
        match part.inner.last() {
            None => part.connector != Some(Connector::Abroad),
            Some(last) => {
                let joins = [",", "and", "or", "not", "(", "except"].contains(&last.text);
                // Behind `only` an `or` may begin another alternative.
                joins && !(last.text == "or" && self.is_only() && !is_formula(part.connector))
            }
        }
    }

    fn operand(&self) -> Vec<Expected> {
        let Some(part) = self.last() else { return Vec::new() };
        let last = part.inner.last().map_or("", |token| token.text);
        let formula = is_formula(part.connector);
        let listed = part.connector == Some(Connector::Given);
        let fits = match last {
            "," => !formula,
            "and" | "or" | "(" => formula,
            "not" => {
                formula && !(part.connector == Some(Connector::Under) && self.standing == Standing::Statement) || listed
            }
            "except" => self.standing != Standing::Request,
            _ => true,
        };
        let expected = if fits { self.nouns(part) } else { Vec::new() };
        let names = |expected: &Expected| matches!(expected, Expected::Nouns(_) | Expected::Declared(_));
        let any = part.inner.is_empty()
            && matches!(
                part.connector,
                None | Some(Connector::From | Connector::With | Connector::For)
            );
        let mut all = expected;
        if any && all.iter().any(names) {
            all.push(Expected::Words(vec!["any"]));
        }
        all
    }

    /// The nouns that a part takes.
    fn nouns(&self, part: &Part<'_, '_>) -> Vec<Expected> {
        let nouns = |kinds: &[Kind]| vec![Expected::Nouns(kinds.to_vec())];
        match part.connector {
            None => nouns(&[Kind::Data]),
            Some(Connector::About) => nouns(&[Kind::Subject]),
            Some(Connector::From) => nouns(&[Kind::Subject, Kind::Source, Kind::Recipient, Kind::Controller]),
            Some(Connector::With) => nouns(&[Kind::Recipient]),
            // A second one is the period.
            Some(Connector::For) if self.count(Connector::For) > 1 => Vec::new(),
            Some(Connector::For) => nouns(&[Kind::Purpose]),
            Some(Connector::Under) if self.standing == Standing::Statement => {
                vec![Expected::Declared(vec![Kind::Basis])]
            }
            Some(Connector::Under) => nouns(&[Kind::Basis]),
            Some(Connector::When) => nouns(&[Kind::Fact, Kind::Subject]),
            Some(Connector::Until | Connector::After) => nouns(&[Kind::Fact]),
            Some(Connector::Given) => nouns(&[Kind::Fact, Kind::Basis]),
            Some(Connector::By) => nouns(&[Kind::Controller]),
            Some(Connector::In) => nouns(&[Kind::Country]),
            Some(Connector::Then) if part.inner.is_empty() => vec![
                Expected::Words(vec!["erase", "anonymise", "notify"]),
                Expected::Nouns(vec![Kind::Duty]),
            ],
            Some(Connector::Then) => nouns(&[Kind::Subject, Kind::Controller, Kind::Recipient]),
            Some(_) => Vec::new(),
        }
    }

    /// Behind a whole name, number or period.
    fn following(&self) -> Vec<Expected> {
        let Some(part) = self.last() else { return Vec::new() };
        let last = part.inner.last().map_or("", |token| token.text);
        if last.starts_with(|first: char| first.is_ascii_digit()) && !last.contains('-') {
            let period = match part.connector {
                Some(Connector::For) => self.verb == Verb::Keep,
                Some(connector) => is_period(connector),
                None => false,
            };
            return match period {
                true => vec![Expected::Words(UNITS.to_vec())],
                false => Vec::new(),
            };
        }
        if last == "at" {
            return match self.verb == Verb::Keep {
                true => vec![Expected::Words(vec!["most", "least"])],
                false => Vec::new(),
            };
        }
        let mut words = self.connectors();
        if last == "any" && self.standing != Standing::Request && part.connector != Some(Connector::About) {
            words.push("except");
        }
        if self.standing == Standing::Promise && !self.never && !self.is_only() {
            words.push("only");
        }
        let mut all = vec![Expected::Words(words)];
        // `then notify` wants to know whom.
        let notify = part.connector == Some(Connector::Then) && matches!(part.inner, [duty] if !is_disposal(duty.text));
        if notify {
            all.push(Expected::Nouns(vec![Kind::Subject, Kind::Controller, Kind::Recipient]));
        }
        all
    }

    fn count(&self, connector: Connector) -> usize {
        let before = self.parts.iter().filter(|part| part.connector == Some(connector));
        let behind = self.behind.iter().filter(|other| **other == connector);
        before.count() + behind.count()
    }

    /// Connecting words that may begin the next part.
    fn connectors(&self) -> Vec<&'static str> {
        let may = PARTS.iter().filter(|part| self.may(**part));
        let words = may.filter_map(|part| CONNECTORS.iter().find(|(known, _)| known == part));
        words.map(|(_, word)| *word).collect()
    }

    fn may(&self, connector: Connector) -> bool {
        let last = self.last();
        let in_then = last.is_some_and(|part| part.connector == Some(Connector::Then));
        // What follows is said last.
        if in_then {
            let duty = last.and_then(|part| part.inner.first());
            return connector == Connector::Within && duty.is_some_and(|duty| !is_disposal(duty.text));
        }
        let keep = self.verb == Verb::Keep;
        let period = |part: &Part<'_, '_>| {
            let number = |token: &Token<'_>| token.text.starts_with(|first: char| first.is_ascii_digit());
            part.connector == Some(Connector::For) && part.inner.first().is_some_and(number)
        };
        let timed = self.parts.iter().any(period);
        if !takes_part(self.verb, connector) || !self.stands(connector) {
            return false;
        }
        match connector {
            Connector::For if keep && self.standing == Standing::Statement => {
                !timed && self.count(Connector::For) < 2 - usize::from(self.count(Connector::Until) > 0)
            }
            Connector::Until => !timed && self.count(Connector::Until) == 0,
            Connector::After => last.is_some_and(period) && self.count(Connector::After) == 0,
            Connector::In | Connector::Abroad => self.count(Connector::In) == 0 && self.count(Connector::Abroad) == 0,
            Connector::Within => false,
            other => self.count(other) == 0,
        }
    }

    /// Whether sentences have such a part where this one stands.
    fn stands(&self, connector: Connector) -> bool {
        match self.standing {
            Standing::Request => !matches!(connector, Connector::Under | Connector::When | Connector::Then),
            Standing::Statement => {
                let other = self.verb == Verb::Process && connector == Connector::With;
                !(other || matches!(connector, Connector::Given | Connector::On))
            }
            Standing::Promise => match connector {
                Connector::Given | Connector::On | Connector::Until | Connector::After | Connector::AtLeast => false,
                // `keep … only at most P` is all that a promise says of time.
                Connector::AtMost => self.last().is_some_and(|part| part.only) && self.count(Connector::Under) == 0,
                // Storing is for whatever the data are used for.
                Connector::For => self.verb != Verb::Keep && self.count(Connector::For) == 0,
                // No single act has both.
                Connector::From => self.count(Connector::With) == 0,
                Connector::With => self.count(Connector::From) == 0,
                _ => true,
            },
        }
    }
}

fn is_formula(connector: Option<Connector>) -> bool {
    matches!(
        connector,
        Some(Connector::Under | Connector::When | Connector::Until | Connector::After)
    )
}

fn is_period(connector: Connector) -> bool {
    matches!(connector, Connector::AtMost | Connector::AtLeast | Connector::Within)
}

fn is_disposal(word: &str) -> bool {
    ["erase", "anonymise"].contains(&word)
}

/// The parts of what stands behind a verb, the data first.
fn parts<'l, 't>(behind: &'l [Token<'t>]) -> Vec<Part<'l, 't>> {
    let mut found = Vec::new();
    let (mut begun, mut only, mut start) = (None, false, 0);
    let mut place = 0;
    while let Some(token) = behind.get(place) {
        let next = behind
            .get(place + 1)
            .map(|next| format!("{} {}", token.text, next.text));
        let pair = next.and_then(|pair| connector(&pair));
        let one = connector(token.text).filter(|one| PARTS.contains(one));
        let width = match (pair, one, token.text) {
            (Some(_), ..) => 2,
            (None, Some(_), _) | (None, None, "only") => 1,
            _ => 0,
        };
        if width > 0 {
            found.push(Part {
                connector: begun,
                only,
                inner: behind.get(start..place).unwrap_or_default(),
            });
            (begun, only, start) = (pair.or(one), token.text == "only", place + width);
        }
        place += width.max(1);
    }
    found.push(Part {
        connector: begun,
        only,
        inner: behind.get(start..).unwrap_or_default(),
    });
    found
}
