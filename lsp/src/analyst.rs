//! The thread that makes snapshots: always of the newest texts, with trees kept from the run before.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use kupuya::diagnostic::Diagnostic;
use kupuya::laws;
use kupuya::manifest::{self, BAD_TOML, Wrong};
use kupuya::messages::Language;
use kupuya::pipeline::{self, Analysis};
use kupuya::project::{Files as _, MANIFEST, Project, Unreadable};
use kupuya::source::{Origin, Source, Sources};
use kupuya::syntax::Trees;
use tokio::sync::{mpsc, watch};

use crate::overlay::Overlay;
use crate::roots;
use crate::snapshot::{Frame, Manifest, Snapshot};
use crate::workspace::{State, Workspace};

/// What the analyst keeps from run to run.
#[derive(Debug, Default)]
pub struct Analyst {
    trees: BTreeMap<PathBuf, Trees>,
    /// Projects inside the editor's folders, and the folders for which they were looked up.
    inside: BTreeSet<PathBuf>,
    folders: Option<(u64, Vec<PathBuf>)>,
    made: BTreeMap<PathBuf, Arc<Snapshot>>,
    /// The last settings of each project that were right.
    settings: BTreeMap<PathBuf, manifest::Manifest>,
    /// Projects analysed anew in the last run.
    anew: Vec<PathBuf>,
}

/// How far a run has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The project that is looked at.
    pub project: PathBuf,
    /// How many have been looked at before.
    pub done: usize,
    /// How many there are.
    pub of: usize,
}

/// What a run was.
#[derive(Clone, Debug)]
pub struct Run {
    /// The revision of the state that was analysed.
    pub revision: u64,
    /// How long it took.
    pub took: Duration,
    /// How many texts were parsed.
    pub parsed: usize,
    /// The projects that were analysed anew.
    pub anew: Vec<PathBuf>,
}

/// Works until the workspace is shut; shows how far it has come, and tells of each run that has ended.
pub async fn work(workspace: Arc<Workspace>, told: mpsc::UnboundedSender<Run>, steps: watch::Sender<Option<Step>>) {
    let mut wishes = workspace.wishes();
    // What was wished before anybody listened counts too.
    wishes.mark_changed();
    let mut analyst = Analyst::default();
    while wishes.changed().await.is_ok() {
        wishes.borrow_and_update();
        let state = workspace.now();
        if state.closed {
            return;
        }
        let revision = state.revision;
        let begun = Instant::now();
        let before = analyst.parsed();
        let shown = steps.clone();
        let done = tokio::task::spawn_blocking(move || {
            let snapshots = analyst.analyse_in_steps(&state, &|step| {
                shown.send_replace(Some(step));
            });
            (analyst, snapshots)
        });
        // A run that fails, which none should, loses what was kept; the next starts anew.
        let (kept, snapshots) = done.await.unwrap_or_default();
        analyst = kept;
        workspace.learn(revision, snapshots);
        steps.send_replace(None);
        let run = Run {
            revision,
            took: begun.elapsed(),
            parsed: analyst.parsed().saturating_sub(before),
            anew: std::mem::take(&mut analyst.anew),
        };
        if told.send(run).is_err() {
            return;
        }
    }
}

impl Analyst {
    /// Snapshots of all projects of a state.
    pub fn analyse(&mut self, state: &State) -> BTreeMap<PathBuf, Arc<Snapshot>> {
        self.analyse_in_steps(state, &|_| {})
    }

    /// The same; each project is shown before it is looked at.
    pub fn analyse_in_steps(&mut self, state: &State, show: &dyn Fn(Step)) -> BTreeMap<PathBuf, Arc<Snapshot>> {
        self.anew.clear();
        let looked = (state.looks, state.folders.clone());
        if self.folders.as_ref() != Some(&looked) {
            self.inside = state.folders.iter().flat_map(|folder| roots::inside(folder)).collect();
            self.folders = Some(looked);
        }
        let written = |path: &&PathBuf| path.extension().is_some_and(|ending| ending == "kup") || !path.is_absolute();
        let mut wanted = self.inside.clone();
        for path in state.documents.keys().filter(written) {
            wanted.insert(roots::of_file(path, &state.folders));
        }
        let overlay = Overlay {
            open: state
                .documents
                .iter()
                .map(|(path, document)| (path.clone(), Arc::clone(&document.text)))
                .collect(),
        };
        let mut made = BTreeMap::new();
        let of = wanted.len();
        for (done, root) in wanted.into_iter().enumerate() {
            let project = root.clone();
            show(Step { project, done, of });
            let snapshot = self.project(&root, &overlay, state);
            made.insert(root, snapshot);
        }
        // A file that its folder's settings leave out is a project of its own.
        for path in state.documents.keys().filter(written) {
            if made.values().all(|snapshot| snapshot.source(path).is_none()) {
                let snapshot = self.project(path, &overlay, state);
                made.insert(path.clone(), snapshot);
            }
        }
        self.trees.retain(|root, _| made.contains_key(root));
        self.settings.retain(|root, _| made.contains_key(root));
        self.made.clone_from(&made);
        made
    }

    fn project(&mut self, root: &Path, overlay: &Overlay, state: &State) -> Arc<Snapshot> {
        let read = Project::read(root, overlay);
        let trouble = read.as_ref().err().map(ToString::to_string);
        let (project, found) = match read {
            Ok(project) => {
                self.settings.insert(root.to_owned(), project.manifest.clone());
                (Some(project), Vec::new())
            }
            Err(Unreadable::Settings(wrong)) => (self.as_far_as(root, &wrong, overlay), wrong.found),
            Err(_) => (None, Vec::new()),
        };
        let chosen = project
            .as_ref()
            .map(|project| project.manifest.clone())
            .unwrap_or_default();
        let path = root.join(MANIFEST);
        let text = overlay.bytes(&path).ok();
        let frame = Frame {
            root: root.to_owned(),
            name: project.as_ref().map(|project| project.name.clone()).unwrap_or_default(),
            language: state
                .settings
                .language()
                .or(chosen.language)
                .unwrap_or(Language::English),
            settings: state.settings.clone(),
            look: chosen.notice,
            levels: project
                .as_ref()
                .map(|project| project.levels.clone())
                .unwrap_or_default(),
            manifest: text.map(|text| Manifest {
                path,
                text: String::from_utf8_lossy(&text).into_owned(),
                found,
            }),
            trouble,
        };
        let sources = match &project {
            Some(project) => project.sources.clone(),
            None => open_texts(root, overlay),
        };
        // What did not change is not looked at again.
        let before = self.made.get(root).filter(|before| {
            before.frame == frame
                && before
                    .sources
                    .iter()
                    .map(|(_, source)| source)
                    .eq(sources.iter().map(|(_, source)| source))
        });
        if let Some(before) = before {
            return Arc::clone(before);
        }
        self.anew.push(root.to_owned());
        let trees = self.trees.entry(root.to_owned()).or_default();
        let analysis = pipeline::analyze_again(trees, &sources, &frame.options());
        let judged = project.map(|project| judge(&project, &analysis)).unwrap_or_default();
        Arc::new(Snapshot::new(frame, Arc::new(sources), analysis, judged))
    }

    /// A project whose settings are wrong, read with what can be relied on: what is right in them, or those that were right
    /// before, or else none, so that its files see each other while somebody mends them.
    fn as_far_as(&self, root: &Path, wrong: &Wrong, overlay: &Overlay) -> Option<Project> {
        let known = self.settings.get(root).cloned();
        let right = Some((*wrong.manifest).clone()).filter(|_| wrong.found.iter().all(|one| one.code != BAD_TOML));
        let all_files = right.clone().map(|right| manifest::Manifest { sources: None, ..right });
        let no_packs = right.clone().map(|right| manifest::Manifest {
            packs: Vec::new(),
            ..right
        });
        let ways = [right, known, all_files, no_packs, Some(manifest::Manifest::default())];
        let mut read = ways.into_iter().flatten().map(|way| Project::with(root, way, overlay));
        read.find_map(Result::ok)
    }

    /// How many texts have been parsed so far.
    #[must_use]
    pub fn parsed(&self) -> usize {
        self.trees.values().map(Trees::parsed).sum()
    }
}

/// What is wrong with the settings of a project in view of its texts: levels and chapters that there are not.
fn judge(project: &Project, analysis: &Analysis) -> Vec<Diagnostic> {
    let judged = [project.known_levels(&analysis.files), project.known_chapters(analysis)];
    let wrong = judged.into_iter().filter_map(|one| match one {
        Err(Unreadable::Settings(wrong)) => Some(wrong.found),
        Ok(()) | Err(_) => None,
    });
    wrong.flatten().collect()
}

/// Of a project that cannot be read: what is open of it.
fn open_texts(root: &Path, overlay: &Overlay) -> Sources {
    let mut sources = Sources::default();
    for (path, text) in overlay.open.iter().filter(|(path, _)| path.starts_with(root)) {
        if path.extension().is_some_and(|ending| ending == "kup") || path == root {
            sources.add(Source::new(
                path.display().to_string(),
                Origin::Project,
                text.as_bytes(),
            ));
        }
    }
    laws::add_to(&mut sources);
    sources
}
