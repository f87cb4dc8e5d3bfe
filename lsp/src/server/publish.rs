//! After each analysis: findings are told to clients that do not ask for them, and those that ask are called to ask anew
//! when something else than their own texts has changed.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::mpsc;

use crate::abilities::Abilities;
use crate::analyst::Run;
use crate::features::diagnostics;
use crate::proto::Client;
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
