//! `kupuya explain`: the page of a finding.

use std::path::{Path, PathBuf};

use clap::Args;
use kupuya::diagnostic::Text;
use kupuya::model::names::nearest_of;
use kupuya::report::wrap;
use kupuya::source::Sources;
use kupuya::syntax::Trees;
use kupuya::{laws, pipeline};

use super::outcome::{Exit, Failure};
use super::project::Project;
use super::{Done, screen};

/// Show the page of a finding, or list all codes
#[derive(Args)]
#[command(after_help = "Example: kupuya explain conflict")]
pub struct Arguments {
    /// The code, as `check` prints it; all codes if left out
    code: Option<String>,
    /// A folder or a .kup file whose house rules have pages too [default: this folder, if it holds a policy]
    #[arg(long)]
    project: Option<PathBuf>,
}

/// Runs `kupuya explain`.
pub fn run(arguments: &Arguments) -> Done {
    let mut all = pipeline::codes();
    for known in &mut all {
        if let Some(summary) = screen::language().translation(&known.summary) {
            known.summary = summary.to_owned();
        }
    }
    let sources = sources(arguments)?;
    let mut trees = Trees::default();
    let files: Vec<_> = sources.iter().map(|(id, source)| trees.of(id, source).0).collect();
    all.extend(pipeline::rules_of_packs(&sources, &files, screen::language()));
    let Some(code) = &arguments.code else {
        let width = all.iter().map(|code| code.code.len()).max().unwrap_or(0);
        for code in all {
            screen::line(&format!("{:width$}  {}", code.code, code.summary))?;
        }
        return Ok(Exit::Clean);
    };
    let Some(known) = all.iter().find(|known| known.code == *code) else {
        let unknown = match nearest_of(code, &all.iter().map(|known| known.code.as_str()).collect::<Vec<_>>()) {
            Some(near) => {
                Text::new("there is no finding `{code}`; did you mean `{near}`? (`kupuya explain` lists all)")
                    .with("near", near)
            }
            None => Text::new("there is no finding `{code}` (`kupuya explain` lists all)"),
        };
        return Err(unknown.with("code", code).into());
    };
    match screen::language().page(&known.page) {
        Some(page) => screen::write(folded(&page))?,
        None => screen::write(&known.page)?,
    }
    Ok(Exit::Clean)
}

/// The texts whose rules have pages: of a project, if there is one, with the packs that come with the program.
fn sources(arguments: &Arguments) -> Result<Sources, Failure> {
    match (&arguments.project, Project::read(Path::new("."))) {
        (Some(asked), _) => Ok(Project::read(asked)?.sources.clone()),
        (None, Ok(here)) => Ok(here.sources.clone()),
        // No project was asked for: where none is, the packs alone are meant.
        (None, Err(_)) => {
            let mut sources = Sources::default();
            laws::add_to(&mut sources);
            Ok(sources)
        }
    }
}

/// A page whose paragraphs are one line each, in lines that fit a screen; blocks of code stay as they are.
fn folded(page: &str) -> String {
    let mut out = String::new();
    let mut code = false;
    for line in page.lines() {
        code ^= line.starts_with("```");
        if code || line.is_empty() {
            out.push_str(line);
        } else {
            out.push_str(&wrap(line, screen::WIDTH).join("\n"));
        }
        out.push('\n');
    }
    out
}
