//! After each analysis: findings are told to clients that do not ask for them, and those that ask are called to ask anew
//! when something else than their own texts has changed.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::mpsc;

use crate::abilities::Abilities;
use crate::analyst::Run;
use crate::features::diagnostics;
use crate::proto::{Client, Uri};
use crate::trace::Trace;
use crate::view::View;
use crate::workspace::{Settings, State, Workspace};

/// What changes the answers about a text that is as it was.
#[derive(Debug, PartialEq, Eq)]
struct Around {
    settings: Settings,
    folders: Vec<PathBuf>,
    looks: u64,
}

impl Around {
    fn of(state: &State) -> Around {
        Around {
            settings: state.settings.clone(),
            folders: state.folders.clone(),
            looks: state.looks,
        }
    }
}

/// Works until there are no more analyses.
pub async fn publish(
    client: Client,
    workspace: Arc<Workspace>,
    trace: Arc<Trace>,
    mut told: mpsc::UnboundedReceiver<Run>,
) {
    let mut around = Around::of(&workspace.now());
    let mut wrong = BTreeSet::new();
    while let Some(mut run) = told.recv().await {
        trace.tell(&client, &run).await;
        // Of several analyses only the last matters.
        while let Ok(next) = told.try_recv() {
            run = next;
            trace.tell(&client, &run).await;
        }
        let state = workspace.now();
        if !state.abilities.asks {
            findings(&client, &state).await;
        }
        // Who can be called to ask anew asks about the workspace too; to others nobody would tell of a file that they have
        // not opened.
        if !(state.abilities.asks && state.abilities.findings) {
            of_settings(&client, &state, &mut wrong).await;
        }
        let now = Around::of(&state);
        if now != around {
            around = now;
            tokio::spawn(ask_anew(client.clone(), state.abilities));
        }
    }
}

/// Tells the findings of every open document.
async fn findings(client: &Client, state: &State) {
    for (path, document) in state.documents.iter() {
        let Some(view) = View::of(state, path).filter(View::is_current) else {
            continue;
        };
        let found = diagnostics::of_document(&view);
        client
            .publish_diagnostics(document.uri.clone(), found, Some(document.version))
            .await;
    }
}

/// Tells the findings about the settings of every project; of those without, only once they are mended.
async fn of_settings(client: &Client, state: &State, wrong: &mut BTreeSet<PathBuf>) {
    let before = std::mem::take(wrong);
    let mut told: BTreeSet<&PathBuf> = BTreeSet::new();
    for snapshot in state.snapshots.values() {
        let Some(manifest) = &snapshot.frame.manifest else {
            continue;
        };
        let Some((uri, found)) = diagnostics::of_settings(state, snapshot) else {
            continue;
        };
        told.insert(&manifest.path);
        if !found.is_empty() {
            wrong.insert(manifest.path.clone());
        }
        if !found.is_empty() || before.contains(&manifest.path) {
            client.publish_diagnostics(uri, found, None).await;
        }
    }
    // What is gone has nothing to show.
    for path in before.iter().filter(|path| !told.contains(path)) {
        if let Some(uri) = Uri::from_file_path(path) {
            client.publish_diagnostics(uri, Vec::new(), None).await;
        }
    }
}

/// Calls a client to ask for everything anew. One that refuses keeps what it has.
async fn ask_anew(client: Client, abilities: Abilities) {
    if abilities.findings {
        let _ = client.workspace_diagnostic_refresh().await;
    }
    if abilities.lenses {
        let _ = client.code_lens_refresh().await;
    }
    if abilities.hints {
        let _ = client.inlay_hint_refresh().await;
    }
    if abilities.tokens {
        let _ = client.semantic_tokens_refresh().await;
    }
}
