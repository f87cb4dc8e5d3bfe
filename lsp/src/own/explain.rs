//! `kupuya/explain`: the page of a code.

use kupuya::messages::Language;
use kupuya::pipeline;
use serde::{Deserialize, Serialize};

/// What is asked.
#[derive(Debug, Deserialize)]
pub struct Params {
    /// The code of a finding.
    pub code: String,
    /// `en` or `ky`; English if left out.
    pub language: Option<String>,
}

/// The answer.
#[derive(Debug, Serialize)]
pub struct Page {
    /// The code.
    pub code: String,
    /// Its page, in Markdown.
    pub page: String,
}

/// The page of a code; `None` if there is no such code.
#[must_use]
pub fn explain(params: &Params) -> Option<Page> {
    let language = match params.language.as_deref() {
        Some("ky") => Language::Kyrgyz,
        _ => Language::English,
    };
    let codes = pipeline::codes().into_iter().chain(pipeline::rules_carried(language));
    let known = codes.into_iter().find(|known| known.code == params.code)?;
    Some(Page {
        page: language.page(&known.page).unwrap_or(known.page),
        code: known.code,
    })
}
