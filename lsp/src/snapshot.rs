//! What is known about one project at one moment: never changed, shared by whoever reads it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use kupuya::messages::Language;
use kupuya::model::noun::AnyNoun;
use kupuya::notice::Options as Look;
use kupuya::notice::document::Document as Notice;
use kupuya::pipeline::{self, Analysis};
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
    /// Why the project could not be read whole.
    pub trouble: Option<String>,
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
    names: BTreeMap<PathBuf, SourceId>,
    occurrences: Vec<Occurrence>,
    notice: OnceLock<Notice>,
    bundle: OnceLock<Option<Bundle>>,
    scenarios: OnceLock<Option<Vec<Ran>>>,
}

/// One place where a noun is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    /// Where.
    pub span: Span,
    /// Which.
    pub noun: AnyNoun,
    /// Whether it is declared here.
    pub declares: bool,
}

impl Snapshot {
    /// Puts together what an analysis found.
    #[must_use]
    pub fn new(frame: Frame, sources: Arc<Sources>, analysis: Analysis) -> Snapshot {
        let names = sources
            .iter()
            .map(|(id, source)| (PathBuf::from(&source.name), id))
            .collect();
        let mut occurrences: Vec<Occurrence> = analysis
            .model
            .uses
            .iter()
            .map(|of| Occurrence {
                span: of.span,
                noun: of.noun,
                declares: false,
            })
            .collect();
        // A mirror among the sources stands at the same place as what it mirrors, and comes after it.
        occurrences.extend(analysis.model.nouns().map(|(noun, common)| Occurrence {
            span: common.name_span,
            noun,
            declares: true,
        }));
        occurrences.retain(|one| one.span.start < one.span.end);
        occurrences.sort_unstable();
        Snapshot {
            frame,
            sources,
            analysis,
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
