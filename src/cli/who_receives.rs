//! `kupuya who-receives`: who can ever receive some data, through which chain, in which country.

use std::path::PathBuf;

use clap::Args;
use kupuya::checks::onward_transfer;
use kupuya::diagnostic::{Argument, Text};
use kupuya::graph::onward::{Receipt, receipts};
use kupuya::graph::span_of;
use kupuya::meaning::{Grant, SentenceRef};
use kupuya::model::Model;
use kupuya::model::noun::{Data, Id, Location, Noun, Table};
use kupuya::pipeline::Analysis;
use kupuya::report::counted;
use kupuya::source::{Origin, Span};

use super::outcome::{Exit, Failure};
use super::project::Project;
use super::{Done, screen};

/// List everyone who can ever receive some data, by whatever chain
#[derive(Args)]
#[command(after_help = "Example: kupuya who-receives face_photo --project examples/megapay")]
pub struct Arguments {
    /// A data category, by its whole name or the end of it
    data: String,
    /// A folder or a .kup file
    #[arg(long, default_value = ".")]
    project: PathBuf,
}

/// Runs `kupuya who-receives`.
pub fn run(arguments: &Arguments) -> Done {
    let project = Project::read(&arguments.project)?;
    let analysis = project.analyze(None)?;
    let model = &analysis.model;
    let data = named(&model.data, &arguments.data)?;
    let atoms = model.data.denotation(data);
    let mut all = receipts(model, &analysis.meaning);
    all.retain(|receipt| covers(&analysis, receipt, &atoms));
    let mut shown: Vec<&Receipt> = all.iter().filter(|receipt| !is_part(model, receipt, &all)).collect();
    shown.sort_by_key(|receipt| {
        let grant = analysis.meaning.grants.get(receipt.grant);
        let place = grant.map(|grant| span_of(model, grant.sentence));
        (place, receipt.chain.len(), receipt.chain.clone())
    });
    let noun = called(&model.data[data]);
    if shown.is_empty() {
        screen::say(Text::new("nobody receives {data}").with("data", noun))?;
        return Ok(Exit::Clean);
    }
    for receipt in &shown {
        show(&project, &analysis, receipt)?;
    }
    let mut recipients: Vec<_> = shown.iter().filter_map(|receipt| receipt.chain.last()).collect();
    recipients.sort_unstable();
    recipients.dedup();
    screen::say(
        Text::new("{data}: {recipients}, {ways}")
            .with("data", noun)
            .with(
                "recipients",
                counted(recipients.len(), "{n} recipient", "{n} recipients"),
            )
            .with("ways", counted(shown.len(), "{n} way", "{n} ways")),
    )?;
    Ok(Exit::Clean)
}

fn show(project: &Project, analysis: &Analysis, receipt: &Receipt) -> Result<(), Failure> {
    let model = &analysis.model;
    let Some(grant) = analysis.meaning.grants.get(receipt.grant) else {
        return Ok(());
    };
    let Some(last) = receipt.chain.last() else {
        return Ok(());
    };
    screen::line(&called(&model.recipients[*last]))?;
    if receipt.chain.len() > 1 {
        let chain: Vec<&str> = receipt
            .chain
            .iter()
            .map(|id| model.recipients[*id].path.as_str())
            .collect();
        row("chain", Text::new("{chain}").with("chain", chain.join(" → ")))?;
    }
    row("country", countries(model, &model.recipients[*last].detail.locations))?;
    row("purpose", purposes(model, receipt))?;
    row("basis", bases(model, grant))?;
    row("stated", clause(project, span_of(model, grant.sentence)))?;
    for span in &receipt.passed_on {
        row("passed", clause(project, *span))?;
    }
    for span in broken(analysis, receipt) {
        row("against", clause(project, span))?;
    }
    screen::line("")
}

/// The words before what is said of a receipt.
const HEADS: [&str; 7] = ["chain", "country", "purpose", "basis", "stated", "passed", "against"];

/// One thing about a receipt, with its word in a column of its own.
fn row(head: &'static str, what: impl Into<Text>) -> Result<(), Failure> {
    let language = screen::language();
    let width = HEADS.iter().map(|head| language.template(head).chars().count()).max();
    let (width, head) = (width.unwrap_or(0), language.template(head));
    screen::line(&format!("  {head:width$}  {}", what.into().told(language)))
}

/// The promises that rule it out.
fn broken(analysis: &Analysis, receipt: &Receipt) -> Vec<Span> {
    let Some(passed) = receipt.as_grant(&analysis.meaning) else {
        return Vec::new();
    };
    let bans = analysis.meaning.bans.iter();
    let struck = bans.filter(|ban| onward_transfer::broken(&analysis.model, ban, &passed).is_some());
    let mut spans: Vec<Span> = struck.map(|ban| span_of(&analysis.model, ban.sentence)).collect();
    spans.sort_unstable();
    spans
}

fn covers(analysis: &Analysis, receipt: &Receipt, atoms: &[Id<Data>]) -> bool {
    let grant = analysis.meaning.grants.get(receipt.grant);
    let region = grant.and_then(|grant| grant.regions.get(receipt.region));
    let data = region.map(|region| &region.data);
    data.is_some_and(|data| {
        data.as_ref()
            .is_none_or(|data| atoms.iter().any(|atom| data.contains(atom)))
    })
}

/// Whether the same is said of the recipient in whose block this one stands.
fn is_part(model: &Model, receipt: &Receipt, all: &[Receipt]) -> bool {
    let Some((last, before)) = receipt.chain.split_last() else {
        return false;
    };
    let here = &model.recipients[*last];
    all.iter().any(|other| {
        let same = other.grant == receipt.grant && other.act == receipt.act && other.purposes == receipt.purposes;
        let above = other.chain.split_last().filter(|(_, first)| *first == before);
        same && above.is_some_and(|(high, _)| {
            here.parent == Some(*high) && model.recipients[*high].detail.locations == here.detail.locations
        })
    })
}

fn countries(model: &Model, locations: &[Location]) -> Text {
    if locations.is_empty() {
        return "not stated".into();
    }
    let names = locations.iter().map(|location| match location {
        Location::In(country) => Argument::from(&model.countries[*country].path),
        Location::Abroad => Argument::Words("abroad, not stated where".into()),
    });
    Text::new("{all}").with("all", Argument::listed(names))
}

fn purposes(model: &Model, receipt: &Receipt) -> Text {
    let Some(ids) = &receipt.purposes else {
        return "any purpose".into();
    };
    let covered = |low| ids.iter().any(|high| *high != low && model.purposes.below(low, *high));
    let names = ids
        .iter()
        .filter(|id| !covered(**id))
        .map(|id| model.purposes[*id].path.clone());
    Text::new("{all}").with("all", Argument::listed(names))
}

fn bases(model: &Model, grant: &Grant) -> Text {
    let way = |way: &Vec<_>| {
        if way.is_empty() {
            Argument::Words("none".into())
        } else {
            Argument::all_of(way.iter().map(|id| &model.bases[*id].path))
        }
    };
    let conditional = match grant.sentence {
        SentenceRef::Permission(at) => model.permissions[at].when.any != [Vec::new()],
        SentenceRef::Keep(_) | SentenceRef::Ban(_) => false,
    };
    Text::new(if conditional {
        "{bases}, on a condition"
    } else {
        "{bases}"
    })
    .with("bases", Argument::any_of(grant.ways.iter().map(way)))
}

/// Where a clause stands, and its first line.
fn clause(project: &Project, span: Span) -> Text {
    let place = project.sources.get(span.source).map_or(String::new(), |source| {
        format!("{}:{}", source.name, source.line_column(span.start).0)
    });
    let text = project
        .sources
        .text(span)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    Text::new("{place}: {text}").with("place", place).with("text", text)
}

fn called<D>(noun: &Noun<D>) -> String {
    match &noun.label {
        Some(label) => format!("{} «{}»", noun.path, label.value),
        None => noun.path.clone(),
    }
}

/// The category with this name or end of a name: the project's own before those of packs and the taxonomy.
fn named(table: &Table<Data>, word: &str) -> Result<Id<Data>, Failure> {
    let ends = |noun: &Noun<Data>| noun.path == word || noun.path.ends_with(&format!(".{word}"));
    let fits: Vec<_> = table.iter().filter(|(_, noun)| ends(noun)).collect();
    let exact = fits
        .iter()
        .find(|(_, noun)| noun.path == word && noun.origin == Origin::Project);
    let own: Vec<_> = fits.iter().filter(|(_, noun)| noun.origin == Origin::Project).collect();
    match (exact, own.as_slice(), fits.as_slice()) {
        (Some((id, _)), ..) | (None, [(id, _)], _) | (None, [], [(id, _), ..]) => Ok(*id),
        (None, [], []) => Err(Text::new("no data category is called `{name}`")
            .with("name", word)
            .into()),
        (None, several, _) => {
            let names: Vec<&str> = several.iter().map(|(_, noun)| noun.path.as_str()).collect();
            let several = Text::new("`{name}` may be {paths}").with("name", word);
            Err(several.with("paths", Argument::any_of(names)).into())
        }
    }
}
