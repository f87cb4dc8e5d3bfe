//! `kupuya graph`: the data flow as a picture.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use kupuya::diagnostic::Text;
use kupuya::model::Model;
use kupuya::model::names::nearest_of;
use kupuya::notice::sentences::ky::picture as words;
use kupuya::picture::{self, Options, Picture, Words};
use kupuya::pipeline::{self, Analysis};

use super::outcome::{Exit, Failure};
use super::project::Project;
use super::writing::give;
use super::{Done, check, screen};

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
    let mut options = Options {
        flows: arguments.changes.is_some(),
        around: arguments.around.clone(),
        depth: arguments.depth,
        by: arguments.by.map(|by| match by {
            By::Recipient => picture::By::Recipient,
            By::Country => picture::By::Country,
        }),
        places: words::places(),
    };
    let notice = arguments.notice.as_deref().map(address).transpose()?;
    let new = picture_of(&arguments.project, &options)?;
    // The noun that is drawn around may have had another name.
    let around = options.around.as_deref();
    let was = new
        .as_ref()
        .zip(around)
        .and_then(|(new, name)| picture::earlier(&new.analysis.model, name));
    options.around = was.or(options.around);
    let old = arguments.changes.as_deref().map(|old| picture_of(old, &options));
    let (Some(new), Some(old)) = (new, old.transpose()?.map_or(Some(None), |old| old.map(Some))) else {
        screen::warn(&"nothing was drawn: with errors of syntax or names a policy has no meaning".into());
        return Ok(Exit::Findings);
    };
    let drawn = match &old {
        Some(old) => picture::changed(&old.picture, &new.picture, &new.analysis.model),
        None => new.picture,
    };
    if drawn.nodes.is_empty() {
        let models = old.iter().map(|old| &old.analysis.model).chain([&new.analysis.model]);
        return Err(match &arguments.around {
            Some(name) => nothing_around(name, models).into(),
            None => Text::new("no statement lets anything flow").into(),
        });
    }
    // The labels are the policy's own, so the words around them are those of its notice.
    let words = Words {
        heads: words::heads(),
        page: words::page(),
        language: "ky",
    };
    let policy = new.analysis.model.policy.as_ref();
    let notice = notice.or_else(|| Some(format!("{}.html", policy?.name)));
    let text = match arguments.format {
        Format::Svg => picture::svg(&drawn, &words.heads),
        Format::Html => picture::html(&drawn, &words, notice.as_deref()),
        Format::Mermaid => picture::mermaid(&drawn),
        Format::Dot => picture::dot(&drawn),
    };
    give(arguments.output.as_deref(), text)?;
    Ok(check::draft(&arguments.project, &new.analysis))
}

/// A version with its picture.
struct Version {
    analysis: Analysis,
    picture: Picture,
}

/// A version and its picture; `None` if errors hide its meaning, which are told. What only rules find fault with is drawn: a
/// picture shows what is wrong.
fn picture_of(path: &Path, options: &Options) -> Result<Option<Version>, Failure> {
    let project = Project::read(path)?;
    let analysis = project.analyze(None)?;
    if !check::has_meaning(path, &project, &analysis) {
        return Ok(None);
    }
    let document = pipeline::document(&analysis, &project.notice);
    let picture = picture::flows(&analysis.model, &analysis.meaning, &document, options);
    Ok(Some(Version { analysis, picture }))
}

/// Why there is no picture around a name: nothing goes through the noun, or there is none.
fn nothing_around<'m>(name: &str, models: impl Iterator<Item = &'m Model>) -> Text {
    let known: BTreeSet<&str> = models.flat_map(picture::drawable).collect();
    let is_known = known.iter().any(|path| picture::is_named(path, name));
    let known: Vec<&str> = known.into_iter().collect();
    let text = match nearest_of(name, &known) {
        _ if is_known => Text::new("nothing flows through `{name}`"),
        Some(near) => {
            Text::new("the project has no data, purpose, recipient or source `{name}`; did you mean `{near}`?")
                .with("near", near)
        }
        None => Text::new("the project has no data, purpose, recipient or source `{name}`"),
    };
    text.with("name", name)
}

/// The address of a published notice. Only pages lead somewhere from a link: anything else would run in the reader's browser.
fn address(written: &str) -> Result<String, Text> {
    let before = |letter: char| written.split(letter).next().unwrap_or_default();
    let head = before('/').len().min(before('?').len()).min(before('#').len());
    let scheme = written
        .get(..head)
        .and_then(|head| head.split_once(':'))
        .map(|(scheme, _)| scheme);
    let leads = scheme.is_none_or(|scheme| {
        ["http", "https", "file"]
            .iter()
            .any(|known| scheme.eq_ignore_ascii_case(known))
    });
    if leads && !written.is_empty() && !written.contains(char::is_control) {
        return Ok(written.to_owned());
    }
    let text = Text::new(
        "`--notice` takes the address of a page, with https, http or file, or a path to one: `{address}` is none",
    );
    Err(text.with("address", written))
}
