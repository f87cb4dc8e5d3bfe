//! The notice: the model as a document in Kyrgyz, and its renderings.
//!
//! [`plan`](plan::plan) decides what is said and in which order, [`sentences`] how it is said, [`render`] in which format.
//! Nothing here decides a fact: every sentence repeats one of the model.

pub mod digest;
pub mod document;
pub mod linked;
pub mod options;
pub mod page;
pub mod plan;
pub mod render;
pub mod sentences;

use crate::meaning::Meaning;
use crate::model::Model;
pub use digest::digest;
use document::Document;
pub use options::Options;

/// A language of the notice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Kyrgyz.
    #[default]
    Kyrgyz,
}

impl Language {
    /// Its tag: `ky`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Language::Kyrgyz => "ky",
        }
    }
}

/// A paper of a project: the policy, or one that takes its clauses from it.
#[must_use]
pub fn paper(model: &Model, meaning: &Meaning, options: &Options, paper: plan::Paper) -> Document {
    if paper == plan::Paper::Policy {
        return document(model, meaning, options);
    }
    let plan = plan::plan(model, options);
    let mut document = match options.language {
        Language::Kyrgyz => sentences::ky::write_paper(paper, &plan, model, meaning, options),
    };
    document.linked_data = Some(linked::linked_data(model, &document));
    document
}

/// The notice of what changes in a new version, which is the project.
#[must_use]
pub fn change_notice(
    model: &Model,
    meaning: &Meaning,
    options: &Options,
    changes: &plan::changes::Changes,
) -> Document {
    let plan = plan::plan(model, options);
    match options.language {
        Language::Kyrgyz => sentences::ky::write_changes(changes, &plan, model, meaning, options),
    }
}

/// The notice of a project.
#[must_use]
pub fn document(model: &Model, meaning: &Meaning, options: &Options) -> Document {
    let plan = plan::plan(model, options);
    let mut document = match options.language {
        Language::Kyrgyz => sentences::ky::write(&plan, model, meaning, options),
    };
    document.linked_data = Some(linked::linked_data(model, &document));
    document
}
