//! `kupuya/decide`: asks the policy as it stands, through the runtime that services embed.

use kupuya::ask;
use kupuya::report::answer;
use kupuya::source::{Origin, Source, SourceId};
use kupuya_runtime::Time;
use serde::{Deserialize, Serialize};

use crate::proto::TextDocumentIdentifier;
use crate::view::View;

/// What is asked.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Params {
    /// Any document of the project.
    pub text_document: TextDocumentIdentifier,
    /// The request, as a sentence: `use phone about user for payments given agreed`.
    pub request: String,
}

/// The answer.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Decision {
    /// Whether it may be done; left out if nothing could be asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<bool>,
    /// The answer in words.
    pub text: String,
    /// The whole answer, as `kupuya decide --format json` gives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<serde_json::Value>,
    /// Why nothing could be asked.
    pub problems: Vec<String>,
}

/// Asks the view's project.
#[must_use]
pub fn decide(view: &View, sentence: &str) -> Decision {
    let language = view.snapshot.frame.language;
    let source = Source::new("request", Origin::Project, sentence.as_bytes());
    let mut request = match ask::read(SourceId(0), &source) {
        Ok(request) => request,
        Err(problems) => {
            return Decision {
                problems: problems.iter().map(|one| one.message.told(language)).collect(),
                ..Decision::default()
            };
        }
    };
    let Some(bundle) = view.snapshot.bundle() else {
        return Decision {
            problems: vec!["with errors of syntax or names a policy has no meaning".to_owned()],
            ..Decision::default()
        };
    };
    // A draft is asked of its first day.
    request.time = request.time.or(bundle.begins().map(Time::Day));
    let answered = bundle.decide(&request);
    Decision {
        decision: Some(answered.decision),
        text: answer::render(&answered, language),
        answer: serde_json::to_value(&answered).ok(),
        problems: Vec::new(),
    }
}
