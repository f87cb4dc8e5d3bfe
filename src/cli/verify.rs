//! `kupuya verify`: whether a published page says what a bundle holds.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use kupuya::diagnostic::Text;
use kupuya::notice::page::Unread;
use kupuya::verify::{self, Difference};

use super::outcome::{Exit, Failure};
use super::{Done, keygen, screen};

/// Check that a published page and a bundle carry the same text and meaning
#[derive(Args)]
#[command(after_help = "Example: kupuya verify out/megapay.html out/megapay.kupb\n\n\
    All words are compared, piece by piece, with what the page says to programs; markup and links inside the page may \
    differ. A page with a script, a picture, a frame or anything else that may show or hide words is not the same. A style \
    can do so too: where the page has another than ours, this is said.")]
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
    if page.starts_with(b"\xff\xfe") || page.starts_with(b"\xfe\xff") {
        return Err(Failure::Other(
            Text::new("{page} is written in UTF-16: save it as UTF-8")
                .with("page", arguments.page.display().to_string()),
        ));
    }
    if page.starts_with(&kupuya_runtime::MAGIC) {
        return Err(Failure::Other(
            Text::new("{page} is a bundle: name the page first, then the bundle")
                .with("page", arguments.page.display().to_string()),
        ));
    }
    let page = String::from_utf8_lossy(&page);
    let bundle = keygen::load(&arguments.bundle, &arguments.key)?;
    let found = verify::verify(&page, &bundle).map_err(|error| Failure::of(&arguments.bundle, error))?;
    for difference in &found.differences {
        screen::say(told(difference))?;
    }
    if found.restyled {
        screen::say("the page has a style of its own, which can hide words or add some: look at it")?;
    }
    if found.differences.is_empty() {
        screen::say(Text::new("same text, same meaning: {meaning}").with("meaning", bundle.meaning()))?;
        return Ok(Exit::Clean);
    }
    screen::say(Text::new("page and bundle differ in {n} places").with("n", found.differences.len()))?;
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
        Difference::Encoding { page: None } => {
            Text::new("the page does not say that it is written in UTF-8, so readers may see other letters")
        }
        Difference::Encoding { page: Some(page) } => {
            Text::new("the page says that it is written in {encoding}: readers see other letters than those of UTF-8")
                .with("encoding", page)
        }
        Difference::Unread(Unread { id, what }) if id.is_empty() => {
            Text::new("the page has `{what}`, which may show or hide words").with("what", what)
        }
        Difference::Unread(Unread { id, what }) => {
            Text::new("the page has `{what}` at `{id}`, which may show or hide words")
                .with("what", what)
                .with("id", id)
        }
        Difference::Changed { id, page, bundle: None } if id.is_empty() => {
            Text::new("outside of the clauses the page differs; it says: {page}").with("page", page)
        }
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
        Difference::Missing { id, bundle: None } if id.is_empty() => {
            Text::new("the page lacks a piece outside of the clauses")
        }
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
