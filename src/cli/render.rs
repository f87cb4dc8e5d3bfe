//! `kupuya render`: the notice.

use std::fs;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use kupuya::diagnostic::Text;
use kupuya::notice::document::Document;
use kupuya::notice::render;

use super::outcome::{Exit, Failure};
use super::project::{self, Project};
use super::{Done, screen};

/// Write the policy that people read
#[derive(Args)]
#[command(after_help = "Example: kupuya render examples/megapay --format html -o megapay.html")]
pub struct Arguments {
    /// A folder or a .kup file
    #[arg(default_value = ".")]
    project: PathBuf,
    /// The format
    #[arg(long, value_enum, default_value_t = Format::Markdown)]
    format: Format,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Leave out what repeats the clauses: for counting, or for a text that is short
    #[arg(long, value_enum, value_delimiter = ',', value_name = "VIEW")]
    without: Vec<View>,
}

/// A view of the clauses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum View {
    /// The summary before them
    Summary,
    /// The table behind them
    Overview,
}

/// The formats of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Markdown
    Markdown,
    /// One accessible page
    Html,
    /// Plain text
    Text,
    /// A file for Word, LibreOffice and the like
    Docx,
}

/// Every format with the ending of its files.
pub const FORMATS: &[(Format, &str)] = &[
    (Format::Markdown, "md"),
    (Format::Html, "html"),
    (Format::Text, "txt"),
    (Format::Docx, "docx"),
];

/// The document in a format.
pub fn rendered(document: &Document, format: Format) -> Result<Vec<u8>, Failure> {
    Ok(match format {
        Format::Markdown => render::markdown(document).into_bytes(),
        Format::Html => render::html(document).into_bytes(),
        Format::Text => render::text(document).into_bytes(),
        Format::Docx => render::docx(document).map_err(|error| {
            let why = Text::new("the document cannot be packed: {cause}");
            Failure::Other(why.with("cause", error.to_string()))
        })?,
    })
}

/// Runs `kupuya render`. Findings do not stop it: a draft may be read before it is right. They go to standard error.
pub fn run(arguments: &Arguments) -> Done {
    let project = Project::read(&arguments.project)?;
    let analysis = project.analyze(None)?;
    let mut options = project.notice.clone();
    options.summary &= !arguments.without.contains(&View::Summary);
    options.overview &= !arguments.without.contains(&View::Overview);
    let document = kupuya::pipeline::document(&analysis, &options);
    let bytes = rendered(&document, arguments.format)?;
    match &arguments.output {
        Some(file) => fs::write(file, bytes).map_err(Failure::write(file))?,
        None => screen::write(bytes)?,
    }
    if project::has_errors(&analysis.findings) {
        let draft = Text::new("this is a draft: {counts} (see `kupuya check {project}`)")
            .with("counts", kupuya::report::summary(&analysis.findings))
            .with("project", arguments.project.display().to_string());
        screen::warn(&draft);
        return Ok(Exit::Findings);
    }
    Ok(Exit::Clean)
}
