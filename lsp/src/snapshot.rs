//! What is known about one project at one moment: never changed, shared by whoever reads it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use kupuya::diagnostic::Diagnostic;
use kupuya::messages::Language;
use kupuya::model::kinded::Common;
use kupuya::model::noun::AnyNoun;
use kupuya::model::{Model, Use};
use kupuya::notice::Options as Look;
use kupuya::notice::document::Document as Notice;
use kupuya::pipeline::{self, Analysis, Level, Options};
use kupuya::source::{Origin, SourceId, Sources, Span};

use kupuya_runtime::Bundle;

use crate::scenarios::{self, Ran};
use crate::workspace::Settings;

/// The notice of a project of so many bytes is written before anybody could feel it.
const SMALL: usize = 1 << 18;

/// What a project is, and how it is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The folder or file.
    pub root: PathBuf,
    /// The name of the project.
    pub name: String,
    /// The language in which its findings are told.
    pub language: Language,
    /// What the client has set.
    pub settings: Settings,
    /// What the project chooses about its notice.
    pub look: Look,
    /// The levels that it gives rules.
    pub levels: Vec<(String, Level)>,
    /// Its `kupuya.toml`, if it has one.
    pub manifest: Option<Manifest>,
    /// Why the project could not be read whole.
    pub trouble: Option<String>,
}

/// A `kupuya.toml` as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// Its file.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// What is wrong with it.
    pub found: Vec<Diagnostic>,
}

/// One project as analysed.
#[derive(Debug)]
pub struct Snapshot {
    /// What it was, and how it was looked at.
    pub frame: Frame,
    /// The texts.
    pub sources: Arc<Sources>,
    /// What was found out.
    pub analysis: Analysis,
    /// What is wrong with its settings in view of that.
    judged: Vec<Diagnostic>,
    names: BTreeMap<PathBuf, SourceId>,
    occurrences: Vec<Occurrence>,
    notice: OnceLock<Notice>,
    bundle: OnceLock<Option<Bundle>>,
    scenarios: OnceLock<Option<Vec<Ran>>>,
}

/// One place where a noun is named: a name, or one step of a dotted name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    /// Where.
    pub span: Span,
    /// Which.
    pub noun: AnyNoun,
    /// Whether it is declared here.
    pub declares: bool,
}

impl Frame {
    /// How the project is analysed today.
    #[must_use]
    pub fn options(&self) -> Options {
        Options {
            today: kupuya::today::civil(time::OffsetDateTime::now_utc()),
            law: self.settings.law.clone(),
            levels: self.levels.clone(),
        }
    }
}

impl Snapshot {
    /// Puts together what an analysis found.
    #[must_use]
    pub fn new(frame: Frame, sources: Arc<Sources>, analysis: Analysis, judged: Vec<Diagnostic>) -> Snapshot {
        let names = sources
            .iter()
            .map(|(id, source)| (PathBuf::from(&source.name), id))
            .collect();
        let model = &analysis.model;
        let uses = model.uses.iter();
        let mut occurrences: Vec<Occurrence> = uses.flat_map(|of| steps(model, &sources, of)).collect();
        let declared = model.nouns().filter(|(noun, _)| stands_for(model, *noun).is_none());
        occurrences.extend(declared.map(|(noun, common)| Occurrence {
            span: common.name_span,
            noun,
            declares: true,
        }));
        occurrences.retain(|one| one.span.start < one.span.end);
        occurrences.sort_unstable();
        occurrences.dedup();
        Snapshot {
            frame,
            sources,
            analysis,
            judged,
            names,
            occurrences,
            notice: OnceLock::new(),
            bundle: OnceLock::new(),
            scenarios: OnceLock::new(),
        }
    }

    /// The source of a file.
    #[must_use]
    pub fn source(&self, path: &Path) -> Option<SourceId> {
        self.names.get(path).copied()
    }

    /// The file of a source; `None` for what the program carries.
    #[must_use]
    pub fn path(&self, id: SourceId) -> Option<&Path> {
        let source = self.sources.get(id)?;
        let path = Path::new(&source.name);
        (source.origin == Origin::Project || path.is_absolute()).then_some(path)
    }

    /// Files of the project with their sources, in order.
    pub fn files(&self) -> impl Iterator<Item = (SourceId, &Path)> {
        self.sources.iter().filter_map(|(id, _)| Some((id, self.path(id)?)))
    }

    /// What is named at a byte of a source, its end included, so that a cursor behind a name means the name.
    #[must_use]
    pub fn at(&self, source: SourceId, byte: u32) -> Option<Occurrence> {
        let of_source = self.in_source(source);
        let beyond = of_source.partition_point(|one| one.span.start <= byte);
        of_source[..beyond]
            .iter()
            .rev()
            .take(8)
            .filter(|one| byte <= one.span.end)
            .max_by_key(|one| (one.span.start, one.declares, std::cmp::Reverse(one.noun)))
            .copied()
    }

    /// What is named in a source, by place.
    #[must_use]
    pub fn in_source(&self, source: SourceId) -> &[Occurrence] {
        let from = self.occurrences.partition_point(|one| one.span.source < source);
        let to = self.occurrences.partition_point(|one| one.span.source <= source);
        &self.occurrences[from..to]
    }

    /// Every place where a noun is named, by place.
    pub fn of(&self, noun: AnyNoun) -> impl Iterator<Item = Occurrence> + '_ {
        self.occurrences.iter().filter(move |one| one.noun == noun).copied()
    }

    /// What is wrong with the project's settings.
    pub fn of_settings(&self) -> impl Iterator<Item = &Diagnostic> {
        let read = self.frame.manifest.iter().flat_map(|manifest| &manifest.found);
        read.chain(&self.judged)
    }

    /// Every noun as it is declared, once. Parties are sources too, and stand among those again.
    pub fn nouns(&self) -> impl Iterator<Item = (AnyNoun, Common<'_>)> {
        let model = &self.analysis.model;
        model
            .nouns()
            .filter(move |(noun, _)| stands_for(model, *noun).is_none())
    }

    /// A noun as it is declared: the party, where it stands among the sources.
    #[must_use]
    pub fn declared(&self, noun: AnyNoun) -> AnyNoun {
        stands_for(&self.analysis.model, noun).unwrap_or(noun)
    }

    /// A noun, and what stands for it among the sources.
    #[must_use]
    pub fn faces(&self, noun: AnyNoun) -> Vec<AnyNoun> {
        let sources = self.analysis.model.sources.iter();
        let mirrors = sources.filter(|(_, source)| source.detail.stands_for == Some(noun));
        std::iter::once(noun).chain(mirrors.map(|(id, _)| id.any())).collect()
    }

    /// The notice, written when first asked for.
    #[must_use]
    pub fn notice(&self) -> &Notice {
        self.notice
            .get_or_init(|| pipeline::document(&self.analysis, &self.frame.look))
    }

    /// The same for who must not wait: of a large project, only if somebody has asked for it already.
    #[must_use]
    pub fn notice_at_hand(&self) -> Option<&Notice> {
        let texts = self.files().filter_map(|(id, _)| self.sources.get(id));
        match texts.map(|source| source.text.len()).sum::<usize>() <= SMALL {
            true => Some(self.notice()),
            false => self.notice.get(),
        }
    }

    /// The bundle of the project as it stands, as if each finding of a rule were accepted; built when first asked for.
    /// `None` if syntax or names have errors.
    #[must_use]
    pub fn bundle(&self) -> Option<&Bundle> {
        let built = || {
            let outputs = pipeline::draft(&self.analysis, &self.frame.look)?;
            Bundle::load(&outputs.bundle).ok()
        };
        self.bundle.get_or_init(built).as_ref()
    }

    /// What its scenarios come to; run when first asked for. `None` if there is no bundle.
    #[must_use]
    pub fn scenarios(&self) -> Option<&[Ran]> {
        self.scenarios.get_or_init(|| scenarios::run(self)).as_deref()
    }
}

/// The party that a noun among the sources stands for.
fn stands_for(model: &Model, noun: AnyNoun) -> Option<AnyNoun> {
    noun.id().and_then(|id| model.sources[id].detail.stands_for)
}

/// The steps of a name where it is used: the last one names the noun, each before it what the noun lies in.
fn steps(model: &Model, sources: &Sources, of: &Use) -> Vec<Occurrence> {
    let mut found = Vec::new();
    let mut end = of.span.end;
    let around = std::iter::once(of.noun).chain(model.ancestors(of.noun));
    for (noun, step) in around.zip(sources.text(of.span).rsplit('.')) {
        if model.noun(noun).is_none_or(|common| common.name != step) {
            break;
        }
        let start = end.saturating_sub(u32::try_from(step.len()).unwrap_or(end));
        found.push(Occurrence {
            span: Span { start, end, ..of.span },
            noun,
            declares: false,
        });
        // Before it stands a dot.
        end = start.saturating_sub(1);
    }
    if found.is_empty() {
        found.push(Occurrence {
            span: of.span,
            noun: of.noun,
            declares: false,
        });
    }
    found
}
