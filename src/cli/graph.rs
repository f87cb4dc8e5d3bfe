//! `kupuya graph`: the data flow as a picture.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use kupuya::diagnostic::Text;
use kupuya::notice::sentences::ky::picture as words;
use kupuya::picture::{self, Options, Picture, Words};
use kupuya::pipeline;

use super::Done;
use super::outcome::{Exit, Failure};
use super::project::Project;
use super::writing::give;

/// Draw where data come from, for what they are used, who gets them and where
#[derive(Args)]
#[command(
    after_help = "Example: kupuya graph examples/megapay --format html -o megapay.html\n         \
    kupuya graph examples/megapay --around face_photo -o face.svg"
)]
pub struct Arguments {
    /// A folder or a .kup file
    #[arg(default_value = ".")]
    project: PathBuf,
    /// Only what goes through this noun: data, a purpose, a recipient, a source
    #[arg(long, value_name = "NAME")]
    around: Option<String>,
    /// Only what is given away: who gets which data (`recipient`), or to which countries they go (`country`)
    #[arg(long, value_enum, value_name = "WHAT")]
    by: Option<By>,
    /// How many steps of groups are told apart
    #[arg(long, value_name = "N", default_value_t = 0)]
    depth: usize,
    /// Mark what is new or gone since this version
    #[arg(long, value_name = "OLD")]
    changes: Option<PathBuf>,
    /// The address of the published notice, to whose clauses a page leads; else NAME.html beside it, as `kupuya build` writes it
    #[arg(long, value_name = "ADDRESS")]
    notice: Option<String>,
    /// The format
    #[arg(long, value_enum, default_value_t = Format::Svg)]
    format: Format,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// By what given data are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    /// Who gets which data
    Recipient,
    /// To which countries they go
    Country,
}

/// The formats of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A picture that needs no other program
    Svg,
    /// A page: moved, enlarged, searched; a box tells its clauses
    Html,
    /// Mermaid
    Mermaid,
    /// Graphviz
    Dot,
}

/// Runs `kupuya graph`.
pub fn run(arguments: &Arguments) -> Done {
    let options = Options {
        around: arguments.around.clone(),
        depth: arguments.depth,
        by: arguments.by.map(|by| match by {
            By::Recipient => picture::By::Recipient,
            By::Country => picture::By::Country,
        }),
        places: words::places(),
    };
    let (mut drawn, name) = picture_of(&arguments.project, &options)?;
    if let Some(old) = &arguments.changes {
        drawn = picture::changed(&picture_of(old, &options)?.0, &drawn);
    }
    if drawn.nodes.is_empty() {
        return Err(match &arguments.around {
            Some(name) => Text::new("nothing flows through `{name}`").with("name", name).into(),
            None => Text::new("no statement lets anything flow").into(),
        });
    }
    // The labels are the policy's own, so the words around them are those of its notice.
    let words = Words {
        heads: words::heads(),
        page: words::page(),
        language: "ky",
    };
    let notice = arguments.notice.clone().or_else(|| Some(format!("{}.html", name?)));
    let text = match arguments.format {
        Format::Svg => picture::svg(&drawn, &words.heads),
        Format::Html => picture::html(&drawn, &words, notice.as_deref()),
        Format::Mermaid => picture::mermaid(&drawn),
        Format::Dot => picture::dot(&drawn),
    };
    give(arguments.output.as_deref(), text)?;
    Ok(Exit::Clean)
}

/// The picture and the name of the policy. A draft is drawn, too: a picture shows what is wrong.
fn picture_of(path: &Path, options: &Options) -> Result<(Picture, Option<String>), Failure> {
    let project = Project::read(path)?;
    let analysis = project.analyze(None)?;
    let document = pipeline::document(&analysis, &project.notice);
    let name = analysis.model.policy.as_ref().map(|policy| policy.name.clone());
    Ok((
        picture::flows(&analysis.model, &analysis.meaning, &document, options),
        name,
    ))
}
