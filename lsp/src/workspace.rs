//! The state of the server: open texts, folders, and the newest snapshot of each project.
//!
//! Whoever changes it does so at once, under one short lock, and never waits with the lock held. A thread of its own
//! ([`crate::analyst`]) makes snapshots; requests read what is there, or wait for one that knows the newest texts.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kupuya::messages::Language;
use kupuya::source::SourceId;
use tokio::sync::watch;

use crate::abilities::Abilities;
use crate::document::Document;
use crate::positions::Encoding;
use crate::proto::{LSPAny, TextDocumentContentChangeEvent, Uri};
use crate::snapshot::Snapshot;
use crate::view::View;

/// What may be set by the client.
#[derive(Clone, Debug, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Settings {
    /// A pack to check against instead of the policy's own.
    pub law: Option<String>,
    /// The language of findings, `en` or `ky`; what the project says if left out.
    pub language: Option<String>,
    /// An analysis that takes longer than so many milliseconds is shown as progress; 500 if left out.
    pub progress_after: Option<u64>,
}

impl Settings {
    /// Settings as a client sends them: some send all that they have, others those of this server alone.
    #[must_use]
    pub fn told(mut settings: LSPAny) -> Settings {
        if let Some(own) = settings.get_mut("kupuya") {
            settings = own.take();
        }
        serde_json::from_value(settings).unwrap_or_default()
    }

    /// The language that is set.
    #[must_use]
    pub fn language(&self) -> Option<Language> {
        match self.language.as_deref()? {
            "ky" => Some(Language::Kyrgyz),
            "en" => Some(Language::English),
            _ => None,
        }
    }
}

/// What can be seen at one moment.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Grows with each change.
    pub revision: u64,
    /// The units of columns.
    pub encoding: Encoding,
    /// What the client can do.
    pub abilities: Abilities,
    /// The editor's folders.
    pub folders: Vec<PathBuf>,
    /// Grows when folders are to be looked through again.
    pub looks: u64,
    /// Open texts.
    pub documents: Arc<BTreeMap<PathBuf, Document>>,
    /// What the client has set.
    pub settings: Settings,
    /// Snapshots by project.
    pub snapshots: BTreeMap<PathBuf, Arc<Snapshot>>,
    /// No more is to be done.
    pub closed: bool,
}

/// The state, shared.
#[derive(Debug)]
pub struct Workspace {
    state: Mutex<State>,
    /// The newest revision that wants analysis.
    wanted: watch::Sender<u64>,
    /// The newest revision that all snapshots know.
    known: watch::Sender<u64>,
}

impl Default for Workspace {
    fn default() -> Workspace {
        Workspace {
            state: Mutex::default(),
            wanted: watch::Sender::new(0),
            known: watch::Sender::new(0),
        }
    }
}

/// The path that stands for a document: that of its file, or its whole address if it has none.
#[must_use]
pub fn path_of(uri: &Uri) -> PathBuf {
    match uri.to_file_path() {
        Some(path) if uri.scheme().as_str() == "file" => path.into_owned(),
        _ => PathBuf::from(uri.as_str()),
    }
}

impl Workspace {
    fn state(&self) -> MutexGuard<'_, State> {
        // A thread that failed with the lock held left a whole state: every change is one assignment.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The state as it is now; cheap.
    #[must_use]
    pub fn now(&self) -> State {
        self.state().clone()
    }

    /// Changes the state and asks for a new analysis.
    pub fn change(&self, change: impl FnOnce(&mut State)) {
        let revision = {
            let mut state = self.state();
            change(&mut state);
            state.revision += 1;
            state.revision
        };
        self.wanted.send_replace(revision);
    }

    /// A text was opened.
    pub fn open(&self, uri: Uri, version: i32, text: &str) {
        let document = Document::new(uri, version, text);
        self.change(|state| {
            Arc::make_mut(&mut state.documents).insert(path_of(&document.uri), document);
        });
    }

    /// A text was changed.
    pub fn edit(&self, uri: &Uri, version: i32, changes: Vec<TextDocumentContentChangeEvent>) {
        self.change(|state| {
            let encoding = state.encoding;
            if let Some(document) = Arc::make_mut(&mut state.documents).get_mut(&path_of(uri)) {
                document.change(version, changes, encoding);
            }
        });
    }

    /// A text was closed: the disk counts again.
    pub fn close(&self, uri: &Uri) {
        self.change(|state| {
            Arc::make_mut(&mut state.documents).remove(&path_of(uri));
        });
    }

    /// Something on the disk has changed: folders may hold other projects.
    pub fn look_again(&self) {
        self.change(|state| state.looks += 1);
    }

    /// Nothing more will be asked.
    pub fn shut(&self) {
        self.change(|state| state.closed = true);
    }

    /// For the analyst: what is wanted.
    #[must_use]
    pub fn wishes(&self) -> watch::Receiver<u64> {
        self.wanted.subscribe()
    }

    /// Takes new snapshots of all projects, made from the state of a revision.
    pub fn learn(&self, revision: u64, snapshots: BTreeMap<PathBuf, Arc<Snapshot>>) {
        self.state().snapshots = snapshots;
        self.known.send_replace(revision);
    }

    /// A document with the newest snapshot there is, which may lag behind what was typed; waits only for the first.
    pub async fn view(&self, uri: &Uri) -> Option<View> {
        match View::of(&self.now(), &path_of(uri)) {
            Some(view) => Some(view),
            None => self.fresh(uri).await,
        }
    }

    /// A document with a snapshot that knows all that was typed before.
    pub async fn fresh(&self, uri: &Uri) -> Option<View> {
        View::of(&self.settled().await, &path_of(uri))
    }

    /// The state once an analysis knows all that was typed before.
    pub async fn settled(&self) -> State {
        let revision = self.state().revision;
        let mut known = self.known.subscribe();
        // The sender lives as long as the workspace does.
        let _ = known.wait_for(|known| *known >= revision).await;
        self.now()
    }
}

/// The project that a file belongs to, with the file's source in it.
#[must_use]
pub fn home<'s>(state: &'s State, path: &Path) -> Option<(&'s Arc<Snapshot>, SourceId)> {
    let mut found = state
        .snapshots
        .values()
        .filter_map(|snapshot| Some((snapshot, snapshot.source(path)?)))
        .collect::<Vec<_>>();
    // A file may be a pack of one project and a project of its own.
    found.sort_by_key(|(snapshot, _)| std::cmp::Reverse(snapshot.frame.root.components().count()));
    found.into_iter().next()
}
