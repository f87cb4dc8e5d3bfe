//! What a bundle holds, for engines that people already run: Rego for OPA, Cedar. Both are made from the content that the
//! runtime loads, so that they decide the same; what an engine cannot say is refused with the reason.

pub mod cedar;
pub mod closed;
pub mod rego;

use crate::diagnostic::Text;

/// What an engine cannot say.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refused {
    /// The policy's name is a word of Rego.
    Name(String),
    /// Classes of people hang on each other in a circle, and Cedar has no loops.
    Circle,
    /// A period of this keep or basis.
    Period {
        /// `keep a1b2c3`, `basis agreed`.
        of: String,
        /// Why not.
        why: Period,
    },
    /// What the library that writes JSON says.
    Json(String),
}

/// Why an engine cannot count a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    /// It is longer than the calendars of the engines.
    Long,
    /// Months after another period, or after the earlier or later of several times: Cedar has no calendar.
    Calendar,
}

impl Refused {
    /// A period of a keep or basis.
    fn period(of: impl Into<String>) -> impl FnOnce(Period) -> Refused {
        let of = of.into();
        move |why| Refused::Period { of, why }
    }

    /// As a sentence.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Refused::Name(name) => {
                Text::new("`{name}` is a word of Rego, so that no package can have it: call the policy something else")
                    .with("name", name.clone())
            }
            Refused::Circle => Text::new("classes of people hang on each other in a circle, and Cedar has no loops"),
            Refused::Period { of, why } => match why {
                Period::Long => Text::new("{rule}: the period is longer than the calendar of other engines"),
                Period::Calendar => Text::new(
                    "{rule}: months that are counted after another period, or after the earlier or later of several times, need \
                     a calendar, and Cedar has none",
                ),
            }
            .with("rule", of.clone()),
            Refused::Json(error) => Text::new("{error}").with("error", error.clone()),
        }
    }
}

/// A file of an export: its path inside the bundle or folder, and its text.
pub type File = (String, String);
