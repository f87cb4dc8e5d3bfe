//! `kupuya verify`: whether a published page says what a bundle holds.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use kupuya::diagnostic::Text;
use kupuya::verify::{self, Difference};

use super::outcome::{Exit, Failure};
use super::{Done, keygen, screen};

/// Check that a published page and a bundle carry the same text and meaning
#[derive(Args)]
#[command(after_help = "Example: kupuya verify out/megapay.html out/megapay.kupb\n\n\
    All visible words are compared, piece by piece; style, markup and links inside the page may differ. What a style \
    hides cannot be seen, and a page with a script is never the same.")]
pub struct Arguments {
    /// The page, as published
    page: PathBuf,
    /// The bundle
    bundle: PathBuf,
    /// Refuse a bundle that is not signed by this public key (PEM)
    #[arg(long, value_name = "KEY.pub.pem")]
    key: Vec<PathBuf>,
}

/// Runs `kupuya verify`.
pub fn run(arguments: &Arguments) -> Done {
    let page = fs::read(&arguments.page).map_err(Failure::read(&arguments.page))?;
    let page = String::from_utf8_lossy(&page);
    let bundle = keygen::load(&arguments.bundle, &arguments.key)?;
    let found = verify::verify(&page, &bundle).map_err(|error| Failure::of(&arguments.bundle, error))?;
    for difference in &found {
        screen::say(told(difference))?;
    }
    if found.is_empty() {
        screen::say(Text::new("same text, same meaning: {meaning}").with("meaning", bundle.meaning()))?;
        return Ok(Exit::Clean);
    }
    screen::say(Text::new("page and bundle differ in {n} places").with("n", found.len()))?;
    Ok(Exit::Findings)
}

fn told(difference: &Difference) -> Text {
    match difference {
        Difference::NoNotice { language } => {
            Text::new("the bundle holds no notice in the language of the page, `{language}`").with("language", language)
        }
        Difference::Meaning { page, bundle } if page.is_empty() => {
            Text::new("the page names no meaning, the bundle has {bundle}").with("bundle", bundle)
        }
        Difference::Meaning { page, bundle } => Text::new("the page has the meaning {page}, the bundle {bundle}")
            .with("page", page)
            .with("bundle", bundle),
        Difference::Script => Text::new("the page has a script, which can change what is read"),
        Difference::Changed { id, page, bundle: None } => Text::new("`{id}` differs; the page says: {page}")
            .with("id", id)
            .with("page", page),
        Difference::Changed {
            id,
            page,
            bundle: Some(bundle),
        } => Text::new("clause `{id}` differs; the page says: {page}; the bundle cites: {bundle}")
            .with("id", id)
            .with("page", page)
            .with("bundle", bundle),
        Difference::Missing { id, bundle: None } => Text::new("the page lacks a piece of `{id}`").with("id", id),
        Difference::Missing {
            id,
            bundle: Some(bundle),
        } => Text::new("the page lacks the clause `{id}`: {bundle}")
            .with("id", id)
            .with("bundle", bundle),
        Difference::Added { id, page } if id.is_empty() => {
            Text::new("the page says what is not in the notice: {page}").with("page", page)
        }
        Difference::Added { id, page } => Text::new("the page says at `{id}` what is not in the notice: {page}")
            .with("id", id)
            .with("page", page),
    }
}
