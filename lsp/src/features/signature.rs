//! The parts of the sentence that is being written, with the one at the cursor.

use kupuya::syntax::vocabulary::{CONNECTORS, Connector, VERBS, Verb, usual_parts};

use super::completion::place::sentence_before;
use crate::proto::{
    Documentation, ParameterInformation, ParameterLabel, Position, SignatureHelp, SignatureInformation,
};
use crate::view::View;

/// How deep into a line a verb may stand: behind `never`, or `deny` with its reason and what it names.
const DEEPEST: usize = 4;

/// The shape of the sentence around a position.
#[must_use]
pub fn signature(view: &View, position: Position) -> Option<SignatureHelp> {
    let line = sentence_before(&view.text, view.offset(position))?;
    let begun = line.iter().take(DEEPEST).enumerate();
    let (place, (verb, word, meaning)) = begun
        .filter_map(|(place, token)| Some((place, VERBS.iter().find(|(_, word, _)| *word == token.text)?)))
        .next()?;
    let parts = usual_parts(*verb);
    let behind = line.get(place + 1..)?.iter().rev();
    let last = behind.filter_map(|token| connector(token.text)).next();
    // A word that the sentence seldom has is none of the parts shown.
    let active = match last {
        None => Some(0),
        Some(last) => parts.iter().position(|part| *part == last).map(|place| place + 1),
    };
    let mut labels = vec![(*word).to_owned() + " DATA"];
    labels.extend(
        parts
            .iter()
            .map(|part| format!("{} {}", written(*part), name(*part, *verb))),
    );
    Some(SignatureHelp {
        active_signature: Some(0),
        active_parameter: active.and_then(|active| u32::try_from(active).ok()),
        signatures: vec![SignatureInformation {
            label: labels.join(" "),
            documentation: Some(Documentation::String((*meaning).to_owned())),
            parameters: Some(
                labels
                    .into_iter()
                    .map(|label| ParameterInformation {
                        label: ParameterLabel::Simple(label),
                        documentation: None,
                    })
                    .collect(),
            ),
            active_parameter: None,
        }],
    })
}

fn connector(text: &str) -> Option<Connector> {
    let known = CONNECTORS.iter().find(|(_, word)| *word == text)?;
    Some(known.0)
}

fn written(connector: Connector) -> &'static str {
    let known = CONNECTORS.iter().find(|(known, _)| *known == connector);
    known.map_or("", |(_, word)| word)
}

/// What stands behind a connecting word.
fn name(connector: Connector, verb: Verb) -> &'static str {
    match connector {
        Connector::About => "SUBJECT",
        Connector::From => "SOURCE",
        Connector::With => "RECIPIENT",
        Connector::For if verb == Verb::Keep => "PERIOD",
        Connector::For => "PURPOSE",
        Connector::Under => "BASIS",
        Connector::When => "CONDITION",
        Connector::Until | Connector::After => "EVENT",
        Connector::Then => "DISPOSAL",
        _ => "NAME",
    }
}
