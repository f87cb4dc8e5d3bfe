//! `kupuya why`: which clauses let data be used for a purpose, or given to a recipient, and what each asks for.

use std::path::PathBuf;

use clap::Args;
use kupuya::diagnostic::Text;
use kupuya::pipeline;
use kupuya::report::answer;
use kupuya_runtime::wire::Act;
use kupuya_runtime::{Bundle, Request, Time, Verdict};

use super::outcome::{Exit, Failure};
use super::project::Project;
use super::{Done, check, screen};

/// Tell which clauses let data be used for a purpose, or given to somebody, and what stands against it
#[derive(Args)]
#[command(after_help = "Example: kupuya why face_photo identification --project examples/megapay")]
pub struct Arguments {
    /// A data category
    data: String,
    /// A purpose
    purpose: String,
    /// To whom: then only giving is looked at
    recipient: Option<String>,
    /// A folder or a .kup file
    #[arg(long, default_value = ".")]
    project: PathBuf,
}

/// Runs `kupuya why`.
pub fn run(arguments: &Arguments) -> Done {
    let project = Project::read(&arguments.project)?;
    let analysis = project.analyze(None)?;
    let Some(outputs) = pipeline::draft(&analysis, &project.notice) else {
        check::list(&project, &analysis)?;
        return Ok(Exit::Findings);
    };
    let bundle = Bundle::load(&outputs.bundle).map_err(Failure::bundle)?;
    let language = screen::language();
    let mut found = false;
    let asked = |act: &Act| act.has_purpose() && (arguments.recipient.is_none() || *act == Act::Share);
    for act in Act::ALL.into_iter().filter(asked) {
        let request = Request {
            action: act.word().to_owned(),
            data: Some(vec![arguments.data.clone()]),
            purpose: Some(vec![arguments.purpose.clone()]),
            recipient: arguments.recipient.clone().map(|name| vec![name]),
            time: bundle.begins().map(Time::Day),
            ..Request::default()
        };
        let answer = bundle.decide(&request);
        if !answer.problems.is_empty() {
            screen::write(answer::render(&answer, language))?;
            return Ok(Exit::Denied);
        }
        // Nothing is known of anybody, so each way tells all that it asks for; what nothing declares has nothing to tell.
        let mut all = ways(&bundle, &request);
        all.retain(|why| !why.ways.is_empty() || !why.struck_by.is_empty());
        found |= all.iter().any(|why| !why.ways.is_empty());
        screen::write(answer::render_why(&all, language))?;
    }
    if !found {
        let text = match &arguments.recipient {
            None => Text::new("no clause lets {data} be processed for {purpose}"),
            Some(_) => Text::new("no clause lets {data} be given to {recipient} for {purpose}"),
        };
        let text = text.with("data", &arguments.data).with("purpose", &arguments.purpose);
        screen::say(text.with("recipient", arguments.recipient.clone().unwrap_or_default()))?;
        return Ok(Exit::Denied);
    }
    Ok(Exit::Clean)
}

/// Every way of a request: a slot that is left out is asked noun by noun, so that no way hides behind the worst point.
fn ways<'b>(bundle: &'b Bundle, request: &Request) -> Vec<kupuya_runtime::Why<'b>> {
    let Ok(content) = bundle.content() else {
        return Vec::new();
    };
    let recipients = content.recipients.iter().map(|one| one.noun.path.clone());
    let sources = content.sources.iter().map(|noun| noun.path.clone());
    let mut asked = vec![request.clone()];
    let own = |path: &String| !path.is_empty();
    if request.action == Act::Share.word() && request.recipient.is_none() {
        asked = recipients
            .filter(own)
            .map(|name| Request {
                recipient: Some(vec![name]),
                ..request.clone()
            })
            .collect();
    }
    if request.action == Act::Collect.word() {
        asked = sources
            .filter(own)
            .map(|name| Request {
                source: Some(vec![name]),
                ..request.clone()
            })
            .collect();
    }
    let told = asked
        .iter()
        .filter(|one| bundle.decide(one).verdict != Verdict::Invalid);
    told.flat_map(|one| bundle.why(one)).collect()
}
