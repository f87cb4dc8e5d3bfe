//! Two versions compared by what they mean (M14).

mod notices;
mod ogogo;
mod page;
pub mod random;
mod revisions;
mod shop;

use std::fs;
use std::path::{Path, PathBuf};

use kupuya::diff::{Diff, Side, diff};
use kupuya::pipeline;
use kupuya::project::{Disk, Project};
use kupuya::source::{Origin, Source, Sources};

use crate::shell::folder;
use crate::sources::{options, root};

fn side(sources: &Sources, notice: &kupuya::notice::Options) -> Side {
    let analysis = pipeline::analyze(sources, &options());
    let side = Side::of(&analysis, notice).unwrap();
    side.unwrap_or_else(|| panic!("{:#?}", analysis.findings))
}

/// A version from one text.
fn of_text(text: &str) -> Side {
    let mut sources = Sources::default();
    sources.add(Source::new("shop.kup".to_owned(), Origin::Project, text.as_bytes()));
    kupuya::laws::add_to(&mut sources);
    side(&sources, &kupuya::notice::Options::default())
}

/// A version from a folder.
fn of_folder(folder: &Path) -> Side {
    let project = Project::read(folder, &Disk).unwrap();
    side(&project.sources, &project.notice)
}

/// Every request that shows a change shows it, asked of both bundles as services load them.
fn witnesses_hold(found: &Diff, before: &Side, after: &Side) -> usize {
    use kupuya::diff::Kind;
    let mut count = 0;
    for change in &found.changes {
        let witness = &change.witness;
        said(witness, before, after);
        let decided = |side: &Side, request: &Option<kupuya_runtime::Request>| {
            // The noun that is asked about; what lies below it may be told otherwise.
            let allowed = |request: &kupuya_runtime::Request| {
                let answer = side.bundle.decide(request);
                let named = request.data.as_ref().unwrap().first().unwrap();
                let item = answer.items.iter().find(|item| item.point.data == named);
                item.map_or(answer.decision, |item| item.verdict == kupuya_runtime::Verdict::Allow)
            };
            request.as_ref().map(allowed)
        };
        let (old, new) = (decided(before, &witness.before), decided(after, &witness.after));
        match change.kind {
            Kind::Widened => assert!(old != Some(true) && new == Some(true), "{change:#?}"),
            Kind::Narrowed => assert!(old == Some(true) && new != Some(true), "{change:#?}"),
            Kind::KeptLonger | Kind::KeptShorter => {
                let until = |side: &Side, request: &Option<kupuya_runtime::Request>| {
                    let request = request.as_ref().unwrap();
                    let named = request.data.as_ref().unwrap().first().unwrap();
                    let retained = side.bundle.retention(request).items;
                    let item = retained.iter().find(|item| item.data == named).unwrap();
                    item.latest
                        .map_or(i64::MAX, |time| time.instant(side.content.zone_offset).0)
                };
                let longer = until(after, &witness.after) > until(before, &witness.before);
                assert_eq!(longer, change.kind == Kind::KeptLonger, "{change:#?}");
            }
            _ => continue,
        }
        count += 1;
    }
    count
}

/// The sentence that is printed, asked of both versions as `kupuya decide` asks it, is answered as it is printed; else what it has no
/// words for is told beside it.
fn said(witness: &kupuya::diff::Witness, before: &Side, after: &Side) {
    use kupuya::source::SourceId;
    let own = [&witness.before, &witness.after].map(|request| request.as_ref().map(kupuya::ask::sentence));
    for ((side, own), verdict) in [before, after]
        .into_iter()
        .zip(own)
        .zip([witness.verdict_before, witness.verdict_after])
    {
        let sentence = own.unwrap_or_else(|| witness.sentence.clone());
        let printed = sentence == witness.sentence || Some(&sentence) == witness.other_sentence.as_ref();
        assert!(printed, "{witness:#?}");
        let source = Source::new("request".to_owned(), Origin::Project, sentence.as_bytes());
        let request =
            kupuya::ask::read(SourceId(0), &source).unwrap_or_else(|problems| panic!("{sentence}: {problems:#?}"));
        let answer = side.bundle.decide(&request);
        let named = request.data.iter().flatten().next();
        let item = answer
            .items
            .iter()
            .find(|item| named.is_some_and(|named| item.point.data == named));
        let answered = item.map_or(answer.verdict, |item| item.verdict);
        assert!(
            answered == verdict || !witness.unsaid.is_empty(),
            "{answered:?}: {witness:#?}"
        );
    }
}

/// The differences of a comparison, with what each is the other way round.
fn told(found: &Diff, back: bool) -> Vec<String> {
    let mut all: Vec<String> = found
        .changes
        .iter()
        .flat_map(|change| {
            let kind = if back { change.kind.mirrored() } else { change.kind };
            change
                .places
                .iter()
                .map(move |place| format!("{kind:?} {} {place:?}", change.verb))
        })
        .collect();
    all.sort();
    all
}

/// A passage of a file, and what stands there in the new version.
type Edit = (&'static str, &'static str, &'static str);

/// A copy of an example with passages exchanged, which begins a year later.
fn edited(example: &str, name: &str, edits: &[Edit]) -> PathBuf {
    let copy = folder("diff", &format!("{example}-{name}"));
    for entry in fs::read_dir(root().join("examples").join(example)).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            fs::copy(&path, copy.join(path.file_name().unwrap())).unwrap();
        }
    }
    let policy = fs::read_to_string(copy.join("policy.kup")).unwrap();
    let begins = policy
        .split("effective:")
        .nth(1)
        .unwrap()
        .split_whitespace()
        .next()
        .unwrap();
    let (year, rest) = begins.split_once('-').unwrap();
    let later = format!("{}-{rest}", year.parse::<u32>().unwrap() + 1);
    fs::write(copy.join("policy.kup"), policy.replacen(begins, &later, 1)).unwrap();
    for (file, old, new) in edits {
        let file = copy.join(file);
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains(old), "{old}");
        fs::write(&file, text.replace(old, new)).unwrap();
    }
    copy
}

fn compared(before: &Side, after: &Side) -> Diff {
    diff(before, after)
}
