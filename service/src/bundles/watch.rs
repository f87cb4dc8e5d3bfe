//! The thread that looks at the source: fetch, verify, activate, keep, wait.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use super::{Fetched, Holder, Refused, Source, kept};
use crate::say;

/// The least pause between two looks: whatever is set, the source is not asked without end.
const LEAST: Duration = Duration::from_millis(10);

/// A source that is watched. Dropping it ends the watch.
pub struct Watch {
    _stop: Sender<()>,
}

/// Why a watch could not begin.
pub type WatchError = std::io::Error;

/// What the thread has.
struct Watcher {
    source: Box<dyn Source>,
    holder: Arc<Holder>,
    keep_dir: Option<PathBuf>,
    failures: u32,
}

impl Watch {
    /// Looks at the source once, takes the last good bundle if that gives none, and goes on in a thread.
    ///
    /// # Errors
    /// No thread can be had.
    pub fn begin(source: Box<dyn Source>, holder: Arc<Holder>, keep_dir: Option<PathBuf>) -> Result<Watch, WatchError> {
        let (stop, stopped) = channel();
        let mut watcher = Watcher {
            source,
            holder,
            keep_dir,
            failures: 0,
        };
        watcher.look();
        if watcher.holder.current().is_none() {
            watcher.take_kept();
        }
        thread::Builder::new()
            .name("bundles".to_owned())
            .spawn(move || watcher.run(&stopped))?;
        Ok(Watch { _stop: stop })
    }
}

impl Watcher {
    fn run(mut self, stopped: &Receiver<()>) {
        loop {
            let pause = self.source.pause(self.failures).max(LEAST);
            match stopped.recv_timeout(pause) {
                Err(RecvTimeoutError::Timeout) => self.look(),
                _ => return,
            }
        }
    }

    fn look(&mut self) {
        self.holder.looked();
        match self.source.fetch() {
            Ok(same @ (Fetched::Same | Fetched::InForce)) => {
                self.holder.same(matches!(same, Fetched::InForce));
                self.failures = 0;
            }
            Ok(Fetched::New(bundles)) => {
                let activated = self.take(&bundles);
                self.holder.downloaded(activated);
                self.source.taken(activated);
                self.failures = if activated { 0 } else { self.failures.saturating_add(1) };
            }
            Err(message) => {
                if self.failures == 0 {
                    say::line(&format!("the bundle's source cannot be read: {message}"));
                }
                self.holder.failed(&message);
                self.failures = self.failures.saturating_add(1);
            }
        }
    }

    fn take(&self, bundles: &[Vec<u8>]) -> bool {
        let before = self.holder.status().refused.map(|refused| refused.message);
        match self.holder.activate(bundles, false) {
            Ok(()) => {
                let status = self.holder.status();
                for version in &status.versions {
                    let policy = status.policy.as_deref().unwrap_or_default();
                    say::line(&format!("in force: {policy}, meaning {}", version.meaning));
                }
                for unknown in &status.unknown_names {
                    say::line(unknown);
                }
                self.keep(bundles);
                true
            }
            Err(refused) => {
                // A server gives the same bad bundle again and again: it is told once.
                if before.as_ref() != Some(&refused.message) {
                    say::line(&format!("a bundle is refused, the old one stays: {}", refused.message));
                }
                false
            }
        }
    }

    fn keep(&self, bundles: &[Vec<u8>]) {
        let Some(directory) = &self.keep_dir else { return };
        if let Err(error) = kept::keep(directory, bundles) {
            let message = format!("{}: {error}", directory.display());
            say::line(&format!("the bundle cannot be kept: {message}"));
            self.holder.not_kept(&message);
        }
    }

    fn take_kept(&self) {
        let Some(directory) = &self.keep_dir else { return };
        match kept::kept(directory) {
            Ok(None) => {}
            Ok(Some(bundles)) => match self.holder.activate(&bundles, true) {
                Ok(()) => say::line("the last good bundle is in force, from disk"),
                Err(refused) => say::line(&format!("the kept bundle is refused: {}", refused.message)),
            },
            Err(message) => {
                say::line(&format!("the kept bundle cannot be read: {message}"));
                let code = "kept_damaged";
                self.holder.refused(&Refused { code, message });
            }
        }
    }
}
