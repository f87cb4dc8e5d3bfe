//! What a bundle holds, for engines that people already run: Rego for OPA. It is made from the content that the runtime
//! loads, so that both decide the same; what an engine cannot say is refused with the reason.

pub mod closed;
pub mod rego;

use crate::diagnostic::Text;

/// What an engine cannot say.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refused {
    /// The policy's name is a word of Rego.
    Name(String),
    /// This keep or basis has a period longer than the engine's calendar.
    Long(String),
    /// What the library that writes JSON says.
    Json(String),
}

impl Refused {
    /// As a sentence.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Refused::Name(name) => {
                Text::new("`{name}` is a word of Rego, so that no package can have it: call the policy something else")
                    .with("name", name.clone())
            }
            Refused::Long(rule) => {
                Text::new("{rule}: the period is longer than the calendar of other engines").with("rule", rule.clone())
            }
            Refused::Json(error) => Text::new("{error}").with("error", error.clone()),
        }
    }
}

/// A file of an export: its path inside the bundle or folder, and its text.
pub type File = (String, String);
