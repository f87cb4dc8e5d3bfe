//! `kupuya render`: the notice.

use std::fs;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use kupuya::diagnostic::Text;
use kupuya::notice::document::Document;
use kupuya::notice::render;
use kupuya::pipeline::Analysis;

use super::outcome::Failure;
use super::papers::{self, Kind};
use super::project::Project;
use super::writing::{give, put};
use super::{Done, check, watch};

/// Write the policy that people read
#[derive(Args)]
#[command(
    after_help = "Example: kupuya render examples/megapay --format html -o megapay.html\n         \
    kupuya render examples/modern --document consent --basis offers_agreed"
)]
pub struct Arguments {
    /// A folder or a .kup file
    #[arg(default_value = ".")]
    pub project: PathBuf,
    /// What to write: the policy, or a paper that takes its clauses from it
    #[arg(long, value_enum, default_value_t = Kind::Policy, value_name = "KIND")]
    document: Kind,
    /// The basis whose consent is asked for, with `--document consent`
    #[arg(long, value_name = "NAME")]
    basis: Option<String>,
    /// To whom data are given, with `--document transfer`
    #[arg(long, value_name = "NAME")]
    recipient: Option<String>,
    /// The format
    #[arg(long, value_enum, default_value_t = Format::Markdown)]
    format: Format,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write a file for each paper into this folder
    #[arg(long, value_name = "DIR", conflicts_with = "output")]
    out_dir: Option<PathBuf>,
    /// Leave out what repeats the clauses: for counting, or for a text that is short
    #[arg(long, value_enum, value_delimiter = ',', value_name = "VIEW")]
    without: Vec<View>,
    /// Show it in a browser of this machine, anew whenever a file of the project changes, until Ctrl-C
    #[arg(long, conflicts_with_all = ["output", "out_dir", "format"])]
    watch: bool,
    /// Where `--watch` shows it; 0 takes any port that is free
    #[arg(long, value_name = "PORT", default_value_t = 0, requires = "watch")]
    pub port: u16,
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

/// A paper with its name, which is empty for what a project has one of.
type Named = (String, Document);

/// The papers that are asked for.
pub fn written(project: &Project, analysis: &Analysis, arguments: &Arguments) -> Result<Vec<Named>, Failure> {
    let mut options = project.notice.clone();
    options.summary &= !arguments.without.contains(&View::Summary);
    options.overview &= !arguments.without.contains(&View::Overview);
    let wanted = arguments
        .document
        .wanted(arguments.basis.as_deref(), arguments.recipient.as_deref())?;
    let papers = kupuya::papers::papers(&analysis.model, wanted)?;
    if arguments.out_dir.is_none() {
        papers::only_one(&papers, arguments.document)?;
    }
    let written = papers
        .into_iter()
        .map(|(name, paper)| (name, kupuya::pipeline::paper(analysis, &options, paper)));
    Ok(written.collect())
}

/// Runs `kupuya render`. Findings do not stop it: a draft may be read before it is right. They go to standard error.
pub fn run(arguments: &Arguments) -> Done {
    if arguments.watch {
        return watch::run(arguments);
    }
    let project = Project::read(&arguments.project)?;
    let analysis = project.analyze(None)?;
    let written = written(&project, &analysis, arguments)?;
    if let Some(folder) = &arguments.out_dir {
        fs::create_dir_all(folder).map_err(Failure::write(folder))?;
    }
    for (name, document) in &written {
        let bytes = rendered(document, arguments.format)?;
        match &arguments.out_dir {
            Some(folder) => {
                let file = papers::file(&project.name, arguments.document, name, arguments.format);
                put(&folder.join(file), &bytes)?;
            }
            None => give(arguments.output.as_deref(), bytes)?,
        }
    }
    Ok(check::draft(&arguments.project, &analysis))
}
