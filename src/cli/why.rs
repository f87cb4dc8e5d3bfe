//! `kupuya why`: which clauses let data be used for a purpose, or given to a recipient, and what each asks for.

use std::collections::{BTreeSet, HashSet};
use std::path::PathBuf;

use clap::Args;
use kupuya::diagnostic::Text;
use kupuya::diff::reading::{Sort, nouns};
use kupuya::pipeline;
use kupuya::report::answer;
use kupuya_runtime::wire::{Act, BundleContent, Noun};
use kupuya_runtime::{Bundle, Request, Time, Verdict, Why};

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
    let content = bundle.content().map_err(Failure::bundle)?;
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
        let mut all = ways(&bundle, &content, &request);
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

/// Every way of a request: a slot that is left out, or names a noun that others lie below, is asked noun by noun, so that no way
/// hides behind the worst point.
fn ways<'b>(bundle: &'b Bundle, content: &BundleContent, request: &Request) -> Vec<Why<'b>> {
    type Slot = fn(&mut Request) -> &mut Option<Vec<String>>;
    let mut slots: Vec<(Sort, Slot)> = vec![
        (Sort::By, |request| &mut request.by),
        (Sort::Purpose, |request| &mut request.purpose),
    ];
    if request.action == Act::Collect.word() {
        slots.push((Sort::Source, |request| &mut request.source));
    }
    if request.action == Act::Share.word() {
        slots.push((Sort::Recipient, |request| &mut request.recipient));
    }
    let mut asked = vec![request.clone()];
    for (sort, slot) in slots {
        let named = slot(&mut request.clone()).iter().flatten().next().cloned();
        let nouns = nouns(content, sort);
        let mut paths = chosen(&nouns, named.as_deref());
        // The one controller without a name is not called by it.
        paths.retain(|path| !path.is_empty());
        if paths.is_empty() {
            continue;
        }
        let with = |request: &Request, path: &str| {
            let mut request = request.clone();
            *slot(&mut request) = Some(vec![path.to_owned()]);
            request
        };
        let each = asked
            .iter()
            .flat_map(|request| paths.iter().map(|path| with(request, path)));
        asked = each.collect();
    }
    let mut told = HashSet::new();
    let valid = asked
        .iter()
        .filter(|one| bundle.decide(one).verdict != Verdict::Invalid);
    let all = valid.flat_map(|one| bundle.why(one));
    all.filter(|why| told.insert(why.point.clone())).collect()
}

/// The paths of all nouns of a kind, or of the one called so with those below it, as a bundle finds it (M1).
fn chosen<'n>(nouns: &[&'n Noun], name: Option<&str>) -> Vec<&'n str> {
    let Some(name) = name else {
        return nouns.iter().map(|noun| noun.path.as_str()).collect();
    };
    let is_called = |noun: &Noun| {
        let before = noun.path.strip_suffix(name);
        before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
    };
    let called = (0..).zip(nouns).filter(|(_, noun)| is_called(noun));
    let inside = called.min_by_key(|(_, noun)| (noun.origin, noun.path.len()));
    let mut below: BTreeSet<u32> = inside.map(|(number, _)| number).into_iter().collect();
    loop {
        let count = below.len();
        let under = (0..)
            .zip(nouns)
            .filter(|(_, noun)| noun.above.iter().any(|above| below.contains(above)));
        let under: Vec<u32> = under.map(|(number, _)| number).collect();
        below.extend(under);
        if below.len() == count {
            break;
        }
    }
    below
        .iter()
        .filter_map(|number| Some(nouns.get(*number as usize)?.path.as_str()))
        .collect()
}
