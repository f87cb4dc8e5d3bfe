//! Shows an analysis that takes long, with how far it has come: to clients that can show such a thing.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::timeout;

use crate::analyst::Step;
use crate::proto::{Client, ProgressToken};
use crate::workspace::Workspace;

/// What takes less is shown by its result.
const AFTER: u64 = 500;

/// Shows each run that takes long, until there are no more.
pub async fn show(client: Client, workspace: Arc<Workspace>, mut steps: watch::Receiver<Option<Step>>) {
    let mut shown = 0;
    while steps.wait_for(Option::is_some).await.is_ok() {
        let patience = workspace.now().settings.progress_after.unwrap_or(AFTER);
        let ended = steps.wait_for(Option::is_none);
        if timeout(Duration::from_millis(patience), ended).await.is_ok() {
            continue;
        }
        shown += 1;
        let token = ProgressToken::String(format!("kupuya-{shown}"));
        // A client that refuses is not told.
        if client.create_work_done_progress(token.clone()).await.is_err() {
            continue;
        }
        let progress = client.progress(token, "Kupuya").with_message("reading policies");
        let progress = progress.with_percentage(0).begin().await;
        loop {
            let step = steps.borrow_and_update().clone();
            let Some(Step { project, done, of }) = step else { break };
            let name = project.file_name().unwrap_or(project.as_os_str()).to_string_lossy();
            let percent = u32::try_from(100 * done / of.max(1)).unwrap_or(100);
            let place = format!("{name} ({} of {of})", done + 1);
            progress.report_with_message(place, percent).await;
            if steps.changed().await.is_err() {
                break;
            }
        }
        progress.finish().await;
    }
}
