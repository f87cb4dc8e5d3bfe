//! The notice of changes from a comparison: which clauses it quotes, in which order.

use std::collections::BTreeSet;

use super::{Announced, Change, Cited, Diff, Fate, Kind, Verdict};
use crate::notice::plan::changes::{Asked, Changes, Moved, Turn, Turned, Where};

/// Kinds of changes and how the notice tells of them, in its order.
const TURNS: &[(Turn, &[Kind])] = &[
    (Turn::More, &[Kind::Widened]),
    (Turn::Longer, &[Kind::KeptLonger]),
    (Turn::TermGone, &[Kind::KeptLonger]),
    (Turn::PromiseLost, &[Kind::PromiseLost]),
    (Turn::OtherGround, &[Kind::BasisChanged]),
    (Turn::Duty, &[Kind::DutyWeaker, Kind::DutyStronger]),
    (Turn::Less, &[Kind::Narrowed, Kind::KeptShorter, Kind::PromiseGiven]),
];

/// What the notice of changes tells. A clause that is quoted for one reason is not quoted for a lesser one.
#[must_use]
pub fn changes(diff: &Diff, announced: &[Announced]) -> Changes {
    let mut quoted = Vec::new();
    let mut turned = Vec::new();
    for (turn, kinds) in TURNS {
        let of_turn: Vec<&Change> = diff
            .changes
            .iter()
            .filter(|change| kinds.contains(&change.kind))
            .filter(|change| match turn {
                Turn::Longer => !change.after.is_empty(),
                Turn::TermGone => change.after.is_empty(),
                _ => true,
            })
            .collect();
        // How long data are kept is told even of a clause that is quoted for another reason.
        let again = matches!(turn, Turn::Longer | Turn::TermGone);
        let mut clauses = |cited: &mut dyn Iterator<Item = &Cited>| {
            let mut told: Vec<(String, String)> = Vec::new();
            for one in cited {
                let clause = (
                    one.paragraph.clone().unwrap_or_default(),
                    one.sentence.clone().unwrap_or_default(),
                );
                if !clause.1.is_empty() && !told.contains(&clause) && (again || !quoted.contains(&clause.1)) {
                    quoted.push(clause.1.clone());
                    told.push(clause);
                }
            }
            told.sort_by_key(|(number, _)| super::clauses::numbers(number));
            told
        };
        let after = clauses(&mut of_turn.iter().flat_map(|change| &change.after));
        let before = clauses(&mut of_turn.iter().flat_map(|change| &change.before));
        if !(after.is_empty() && before.is_empty()) {
            turned.push(Turned {
                turn: *turn,
                before,
                after,
            });
        }
    }
    Changes {
        begins: diff.after.begins,
        announced: announced.first().map(|one| one.period),
        turned,
        moved: moved(diff),
        asked: match diff.verdict {
            Verdict::Nothing => Asked::Nothing,
            Verdict::Notify => Asked::Told,
            Verdict::Reconsent => Asked::Consent,
        },
        reworded: diff.clauses.iter().filter(|clause| clause.fate == Fate::Worded).count(),
    }
}

/// The recipients that some change finds elsewhere.
fn moved(diff: &Diff) -> Vec<Moved> {
    let place = |name: &String| match name.as_str() {
        "abroad" => Where::Abroad,
        _ => Where::In(name.clone()),
    };
    let all = diff.changes.iter().flat_map(|change| &change.moved).map(|moved| Moved {
        recipient: moved.recipient.clone(),
        before: moved.before.as_ref().map(|all| all.iter().map(place).collect()),
        after: moved.after.iter().map(place).collect(),
    });
    all.collect::<BTreeSet<Moved>>().into_iter().collect()
}
