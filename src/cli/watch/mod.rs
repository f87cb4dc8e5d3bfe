//! `kupuya render --watch`: the page in a browser, anew whenever a file of the project changes.
//!
//! The page is rendered in this thread and handed to a small server on this machine alone. What is wrong stands above the
//! notice and in the terminal; a project that cannot be read leaves the server running, since the next change may mend it.

mod server;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use kupuya::diagnostic::{Diagnostic, Severity, Text};
use kupuya::notice::render::html;
use notify::{RecursiveMode, Watcher};
use server::Shown;

use super::outcome::{Exit, Failure};
use super::project::Project;
use super::render::{self, Arguments};
use super::{Done, screen};

/// An editor writes a file in several steps: what comes so soon after a change belongs to it.
const TOGETHER: Duration = Duration::from_millis(60);

/// What the loop wakes up for.
enum Event {
    /// Some file near the project is not as it was.
    Changed,
    /// Ctrl-C.
    Stop,
}

/// Runs until Ctrl-C.
pub fn run(arguments: &Arguments) -> Done {
    let (sender, events) = mpsc::channel();
    let stop = sender.clone();
    ctrlc::set_handler(move || _ = stop.send(Event::Stop)).map_err(Failure::unexpected)?;
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Reading the project is an event too.
        if event.is_ok_and(|event| !event.kind.is_access()) {
            let _ = sender.send(Event::Changed);
        }
    })
    .map_err(Failure::unexpected)?;
    watcher
        .watch(&folder(&arguments.project), RecursiveMode::Recursive)
        .map_err(Failure::unexpected)?;
    let shown = Arc::new(Shown::default());
    shown.show(page(arguments)?);
    let address = server::start(arguments.port, &shown)?;
    screen::say(
        Text::new("the notice is at {address} and follows the files; `Ctrl-C` ends it").with("address", address),
    )?;
    while wait(&events) {
        if shown.show(page(arguments)?) {
            screen::say("the page was written anew")?;
        }
    }
    screen::say("no longer watching")?;
    Ok(Exit::Clean)
}

/// Waits for a change and for those that belong to it; `false` at the end.
fn wait(events: &Receiver<Event>) -> bool {
    let mut next = events.recv().ok();
    while let Some(Event::Changed) = next {
        match events.recv_timeout(TOGETHER) {
            Ok(event) => next = Some(event),
            Err(_) => return true,
        }
    }
    false
}

/// The folder of the project.
fn folder(project: &Path) -> PathBuf {
    if project.is_dir() {
        return project.to_owned();
    }
    let above = project.parent().filter(|above| !above.as_os_str().is_empty());
    above.map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// The page as the files are now: the notice below what is wrong, or only what keeps it from being written.
fn page(arguments: &Arguments) -> Result<String, Failure> {
    match rendered(arguments) {
        Ok(page) => Ok(page),
        Err(Failure::Closed) => Err(Failure::Closed),
        Err(failure) => {
            let told = failure.line();
            screen::complain(&told);
            Ok(server::with_panel(include_str!("empty.html"), &told))
        }
    }
}

fn rendered(arguments: &Arguments) -> Result<String, Failure> {
    let project = Project::read(&arguments.project)?;
    let analysis = project.analyze(None)?;
    let wrong: Vec<&Diagnostic> = analysis
        .findings
        .iter()
        .filter(|found| found.severity == Severity::Error)
        .collect();
    let told = wrong
        .iter()
        .map(|found| kupuya::report::plain::render(&project.sources, found, screen::language()));
    let told: String = told.collect();
    if !told.is_empty() {
        screen::complain(told.trim_end());
    }
    let written = render::written(&project, &analysis, arguments)?;
    let page = written.first().map(|(_, document)| html(document)).unwrap_or_default();
    Ok(server::with_panel(&page, told.trim_end()))
}
