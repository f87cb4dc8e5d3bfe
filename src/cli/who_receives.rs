//! `kupuya who-receives`: who can ever receive some data, through which chain, in which country.

use std::path::PathBuf;

use clap::Args;
use kupuya::checks::onward_transfer;
use kupuya::graph::onward::{Receipt, receipts};
use kupuya::graph::span_of;
use kupuya::meaning::{Grant, SentenceRef};
use kupuya::model::Model;
use kupuya::model::noun::{Data, Id, Location, Noun, Table};
use kupuya::pipeline::Analysis;
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
        screen::line(&format!("nobody receives {noun}"))?;
        return Ok(Exit::Clean);
    }
    for receipt in &shown {
        show(&project, &analysis, receipt)?;
    }
    let mut recipients: Vec<_> = shown.iter().filter_map(|receipt| receipt.chain.last()).collect();
    recipients.sort_unstable();
    recipients.dedup();
    screen::line(&format!(
        "{noun}: {}, {}",
        counted(recipients.len(), "recipient"),
        counted(shown.len(), "way")
    ))?;
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
        screen::line(&format!("  chain    {}", chain.join(" → ")))?;
    }
    screen::line(&format!(
        "  country  {}",
        countries(model, &model.recipients[*last].detail.locations)
    ))?;
    screen::line(&format!("  purpose  {}", purposes(model, receipt)))?;
    screen::line(&format!("  basis    {}", bases(model, grant)))?;
    screen::line(&format!(
        "  clause   {}",
        clause(project, span_of(model, grant.sentence))
    ))?;
    for span in &receipt.passed_on {
        screen::line(&format!("  passed   {}", clause(project, *span)))?;
    }
    for span in broken(analysis, receipt) {
        screen::line(&format!("  against  {}", clause(project, span)))?;
    }
    screen::line("")
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

fn countries(model: &Model, locations: &[Location]) -> String {
    if locations.is_empty() {
        return "not stated".to_owned();
    }
    let names = locations.iter().map(|location| match location {
        Location::In(country) => model.countries[*country].path.clone(),
        Location::Abroad => "abroad, not stated where".to_owned(),
    });
    names.collect::<Vec<_>>().join(", ")
}

fn purposes(model: &Model, receipt: &Receipt) -> String {
    let Some(ids) = &receipt.purposes else {
        return "any".to_owned();
    };
    let covered = |low| ids.iter().any(|high| *high != low && model.purposes.below(low, *high));
    let names = ids
        .iter()
        .filter(|id| !covered(**id))
        .map(|id| model.purposes[*id].path.clone());
    names.collect::<Vec<_>>().join(", ")
}

fn bases(model: &Model, grant: &Grant) -> String {
    let way = |way: &Vec<_>| {
        let names: Vec<&str> = way.iter().map(|id| model.bases[*id].path.as_str()).collect();
        if names.is_empty() {
            "none".to_owned()
        } else {
            names.join(" and ")
        }
    };
    let mut words = grant.ways.iter().map(way).collect::<Vec<_>>().join(" or ");
    if let SentenceRef::Permission(at) = grant.sentence
        && model.permissions[at].when.any != [Vec::new()]
    {
        words += ", on a condition";
    }
    words
}

/// Where a clause stands, and its first line.
fn clause(project: &Project, span: Span) -> String {
    let place = project.sources.get(span.source).map_or(String::new(), |source| {
        format!("{}:{}", source.name, source.line_column(span.start).0)
    });
    let text = project
        .sources
        .text(span)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    format!("{place}: {text}")
}

fn called<D>(noun: &Noun<D>) -> String {
    match &noun.label {
        Some(label) => format!("{} «{}»", noun.path, label.value),
        None => noun.path.clone(),
    }
}

fn counted(count: usize, what: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {what}{s}")
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
        (None, [], []) => Err(Failure::Other(format!("no data category is called `{word}`"))),
        (None, several, _) => {
            let names: Vec<&str> = several.iter().map(|(_, noun)| noun.path.as_str()).collect();
            Err(Failure::Other(format!("`{word}` may be {}", names.join(" or "))))
        }
    }
}
