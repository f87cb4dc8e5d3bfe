//! `kupuya.toml`: the settings of a project, read so that each mistake has its place.
//!
//! Unknown keys and values are errors: a setting that is not heeded would be a mistake that nobody sees. The page for
//! authors is `docs/project.md`.

mod keys;
mod reader;

use crate::codes::codes;
use crate::diagnostic::{Diagnostic, Severity, Text};
use crate::messages::Language;
use crate::notice;
use crate::source::{Origin, Source, SourceId, Sources, Span};

/// The file's name.
pub const NAME: &str = "kupuya.toml";

codes! {
    in "manifest/pages" {
        BAD_SETTING = "bad_setting": "A key of `kupuya.toml` has a value that it does not take.";
        BAD_TOML = "bad_toml": "`kupuya.toml` cannot be read.";
        UNKNOWN_SETTING = "unknown_setting": "`kupuya.toml` has a key that nothing heeds.";
    }
}

/// What becomes of a rule's findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Dropped.
    Allow,
    /// Kept with this severity.
    At(Severity),
}

/// A value with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it is written.
    pub span: Span,
}

/// A line of `[lints]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lint {
    /// The rule.
    pub code: Placed<String>,
    /// What becomes of its findings.
    pub level: Level,
    /// Why.
    pub reason: Option<String>,
}

/// The settings of a project.
#[derive(Clone, Debug, Default)]
pub struct Manifest {
    /// The project's name, for the names of its outputs.
    pub name: Option<String>,
    /// Patterns of its files.
    pub sources: Option<Vec<Placed<String>>>,
    /// Further law packs that `law:` may name.
    pub packs: Vec<Placed<String>>,
    /// Levels of rules.
    pub lints: Vec<Lint>,
    /// The look of the notice.
    pub notice: notice::Options,
    /// Where the chapters of its order are written.
    pub order: Vec<Placed<String>>,
    /// In which language findings are told.
    pub language: Option<Language>,
    /// The text, for findings about it.
    pub texts: Sources,
}

impl Manifest {
    /// Reads the bytes of a file of this name.
    ///
    /// # Errors
    /// What is wrong with it, with the text.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Manifest, Wrong> {
        let source = Source::new(name, Origin::Project, bytes);
        let (mut manifest, found) = reader::read(SourceId(0), &source);
        let mut texts = Sources::default();
        texts.add(source);
        manifest.texts = texts;
        if found.is_empty() {
            return Ok(manifest);
        }
        Err(Wrong {
            texts: manifest.texts.clone(),
            found,
            manifest: Box::new(manifest),
        })
    }

    /// Why findings of a rule have the level that they have, if the project says so.
    #[must_use]
    pub fn reason(&self, code: &str) -> Option<&str> {
        let lint = self.lints.iter().find(|lint| lint.code.value == code);
        lint.and_then(|lint| lint.reason.as_deref())
    }

    /// A finding about one of its settings.
    #[must_use]
    pub fn wrong(&self, found: Diagnostic) -> Wrong {
        Wrong {
            texts: self.texts.clone(),
            found: vec![found],
            manifest: Box::new(self.clone()),
        }
    }
}

/// What is wrong with the settings.
#[derive(Clone, Debug)]
pub struct Wrong {
    /// The text of the settings.
    pub texts: Sources,
    /// The findings, at least one.
    pub found: Vec<Diagnostic>,
    /// What could be read all the same; nothing, if it is no TOML.
    pub manifest: Box<Manifest>,
}

impl Wrong {
    /// The first finding as a sentence with its place, for who cannot draw it.
    #[must_use]
    pub fn text(&self) -> Text {
        let Some(first) = self.found.first() else {
            return Text::new("`kupuya.toml` cannot be read");
        };
        let source = first
            .place()
            .and_then(|span| Some((span, self.texts.get(span.source)?)));
        let place = source.map(|(span, source)| {
            let (line, column) = source.line_column(span.start);
            format!("{}:{line}:{column}", source.name)
        });
        let text = match &first.help {
            Some(help) => Text::new("{place}: {message}; {help}").with("help", help.clone()),
            None => Text::new("{place}: {message}"),
        };
        text.with("place", place.unwrap_or_default())
            .with("message", first.message.clone())
    }
}
