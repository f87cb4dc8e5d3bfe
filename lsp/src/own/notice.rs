//! `kupuya/notice`: the notice as the text stands now, with the way from clause to place and back.

use kupuya::graph;
use kupuya::notice::document::Stated;
use kupuya::notice::render::{html, markdown};
use serde::{Deserialize, Serialize};

use crate::proto::{Location, TextDocumentIdentifier};
use crate::view::View;

/// What is asked.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Params {
    /// Any document of the project.
    pub text_document: TextDocumentIdentifier,
    /// How the notice is to be written; HTML if left out.
    #[serde(default)]
    pub format: Format,
}

/// A format that an editor can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// A page.
    #[default]
    Html,
    /// Markdown.
    Markdown,
}

/// The answer.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Notice {
    /// The title.
    pub title: String,
    /// The whole notice.
    pub text: String,
    /// The digest of its meaning, in hexadecimal.
    pub meaning_digest: String,
    /// Whether the policy has no errors: a notice of one that has is a draft.
    pub complete: bool,
    /// Its clauses, in the order printed.
    pub clauses: Vec<Clause>,
}

/// A clause and where it is written.
#[derive(Debug, Serialize)]
pub struct Clause {
    /// The stable id of what it states.
    pub id: String,
    /// The number of its paragraph.
    pub number: String,
    /// Its sentence.
    pub sentence: String,
    /// Where that is declared; left out for what the program carries nowhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
}

/// The notice of the view's project.
#[must_use]
pub fn notice(view: &View, format: Format) -> Notice {
    let document = view.snapshot.notice();
    let model = &view.snapshot.analysis.model;
    let place = |states: Stated| match states {
        Stated::Sentence(sentence) => view.location(graph::span_of(model, sentence)),
        Stated::Noun(noun) => view.location(model.noun(noun)?.name_span),
        Stated::Clause(clause) => view.location(model.clauses.get(clause)?.span),
        Stated::Closing => None,
    };
    Notice {
        title: document.title.clone(),
        text: match format {
            Format::Html => html(document),
            Format::Markdown => markdown(document),
        },
        meaning_digest: document.meaning_digest.clone(),
        complete: !view.snapshot.analysis.has_errors(),
        clauses: document
            .units()
            .into_iter()
            .map(|(number, unit)| Clause {
                id: unit.id.clone(),
                number: number.to_owned(),
                sentence: unit.sentence.clone(),
                location: place(unit.states),
            })
            .collect(),
    }
}
