//! `kupuya explain`: the page of a finding.

use clap::Args;
use kupuya::diagnostic::Text;
use kupuya::model::names::nearest_of;
use kupuya::pipeline;
use kupuya::report::wrap;

use super::outcome::Exit;
use super::{Done, screen};

/// Show the page of a finding, or list all codes
#[derive(Args)]
#[command(after_help = "Example: kupuya explain conflict")]
pub struct Arguments {
    /// The code, as `check` prints it; all codes if left out
    code: Option<String>,
}

/// Runs `kupuya explain`.
pub fn run(arguments: &Arguments) -> Done {
    let Some(code) = &arguments.code else {
        let width = pipeline::codes().iter().map(|code| code.code.len()).max().unwrap_or(0);
        for code in pipeline::codes() {
            let summary = screen::language().translation(&code.summary).unwrap_or(&code.summary);
            screen::line(&format!("{:width$}  {summary}", code.code))?;
        }
        return Ok(Exit::Clean);
    };
    let mut all = pipeline::codes();
    if all.iter().all(|known| known.code != *code) {
        all.extend(pipeline::rules_of_packs(screen::language()));
    }
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
