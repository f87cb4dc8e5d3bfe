//! Verified first, then exchanged in one step: who is answering goes on with the versions that it began with.

use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::ArcSwapOption;
use kupuya_runtime::{Bundle, Instant, LoadError, PublicKey, Versions};
use serde::Serialize;

use super::status::{Meaning, Status};
use crate::clock::{Clock, seconds, written};
use crate::metrics::Metrics;
use crate::names::{self, Written};

/// The versions that decide.
#[derive(Debug)]
pub struct InForce {
    /// By the time of a request one of them answers.
    pub versions: Versions,
    /// The digest of the bytes of all of them.
    pub digest: String,
}

impl InForce {
    /// The version for an instant.
    #[must_use]
    pub fn at(&self, time: Instant) -> &Bundle {
        self.versions.at(time)
    }
}

/// The digest of a bundle's bytes, in hexadecimal.
#[must_use]
pub fn digest(bundle: &Bundle) -> String {
    blake3::Hash::from_bytes(bundle.digest()).to_hex().to_string()
}

/// Why bundles were not activated.
#[derive(Clone, Debug, Serialize)]
pub struct Refused {
    /// In one word: `unsigned`, `truncated`, `newer_format` and so on.
    pub code: &'static str,
    /// In a sentence.
    pub message: String,
}

impl From<LoadError> for Refused {
    fn from(error: LoadError) -> Refused {
        let code = match &error {
            LoadError::NotABundle => "not_a_bundle",
            LoadError::NewerFormat { .. } => "newer_format",
            LoadError::OlderFormat { .. } => "older_format",
            LoadError::NewerLanguage { .. } => "newer_language",
            LoadError::Truncated => "truncated",
            LoadError::DigestMismatch => "damaged",
            LoadError::Malformed { .. } => "malformed",
            LoadError::Unsigned => "unsigned",
            LoadError::WronglySigned => "wrongly_signed",
        };
        Refused {
            code,
            message: error.to_string(),
        }
    }
}

/// Holds what is in force.
#[derive(Debug)]
pub struct Holder {
    current: ArcSwapOption<InForce>,
    status: Mutex<Status>,
    keys: Vec<PublicKey>,
    /// The names that the settings and the map have of the policy.
    names: Vec<Written>,
    clock: Clock,
    metrics: Arc<Metrics>,
}

impl Holder {
    /// Nothing is in force yet. With keys only what one of them signed is taken.
    #[must_use]
    pub fn new(
        source: &str,
        sort: &'static str,
        keys: Vec<PublicKey>,
        names: Vec<Written>,
        clock: Clock,
        metrics: Arc<Metrics>,
    ) -> Holder {
        Holder {
            current: ArcSwapOption::empty(),
            status: Mutex::new(Status::new(source, sort)),
            keys,
            names,
            clock,
            metrics,
        }
    }

    /// What is in force at this moment; answers borrow from it.
    #[must_use]
    pub fn current(&self) -> Option<Arc<InForce>> {
        self.current.load_full()
    }

    /// What is told of it.
    #[must_use]
    pub fn status(&self) -> Status {
        self.status.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn change(&self, change: impl FnOnce(&mut Status, String)) {
        let now = written(self.clock.now());
        change(&mut self.status.lock().unwrap_or_else(PoisonError::into_inner), now);
    }

    /// Verifies bundles and puts them in force; what was in force stays if anything is wrong with one of them.
    ///
    /// # Errors
    /// See [`Refused`].
    pub fn activate(&self, bundles: &[Vec<u8>], kept: bool) -> Result<(), Refused> {
        let made = self.verify(bundles).and_then(|new| self.of_the_policy(new));
        match made {
            Ok(new) => {
                let now = self.clock.now();
                let meanings: Vec<Meaning> = new.versions.all().map(Meaning::of).collect();
                let names = meanings.iter().map(|version| version.meaning.as_str());
                let policy = new.versions.at(self.clock.instant()).policy().to_owned();
                self.metrics.activated(&policy, names, seconds(now));
                let unknown = names::unknown(&self.names, &new.versions);
                let digest = new.digest.clone();
                self.current.store(Some(Arc::new(new)));
                self.change(|status, now| status.activated(policy, meanings, digest, unknown, kept, now));
                if !kept {
                    self.metrics.refused(None);
                }
                Ok(())
            }
            Err(refused) => {
                self.refused(&refused);
                Err(refused)
            }
        }
    }

    /// What came, from the source or from disk, is not put in force.
    pub fn refused(&self, refused: &Refused) {
        self.metrics.refused(Some(refused.code));
        self.change(|status, now| status.refused(refused, now));
    }

    /// The source was looked at.
    pub fn looked(&self) {
        self.change(|status, now| status.last_request = Some(now));
    }

    /// The source gives what it gave before; `in_force`: that is what is in force.
    pub fn same(&self, in_force: bool) {
        self.metrics.fetched("same");
        if in_force {
            self.metrics.refused(None);
        }
        self.change(|status, now| status.same(in_force, now));
    }

    /// The source gave something new, and it was put in force or refused.
    pub fn downloaded(&self, activated: bool) {
        self.metrics.fetched(if activated { "new" } else { "refused" });
        self.change(|status, now| status.downloaded(now));
    }

    /// The source could not be looked at.
    pub fn failed(&self, message: &str) {
        self.metrics.fetched("failed");
        self.change(|status, now| status.failed(message, now));
    }

    /// The last good bundle could not be kept.
    pub fn not_kept(&self, message: &str) {
        self.change(|status, now| status.not_kept(message, now));
    }

    /// A bundle of another policy is refused: whoever wants to change the policy restarts the service. What was kept on disk is in
    /// force like any other.
    fn of_the_policy(&self, new: InForce) -> Result<InForce, Refused> {
        let Status { policy, from_disk, .. } = self.status();
        let Some(old) = policy else {
            return Ok(new);
        };
        let other = new.versions.all().find(|version| version.policy() != old);
        let kept = if from_disk { ", from keep_dir" } else { "" };
        let message = other.map(|other| {
            let new = other.policy();
            format!("it is of the policy `{new}`, and `{old}` is in force{kept}")
        });
        let code = "other_policy";
        message.map_or(Ok(new), |message| Err(Refused { code, message }))
    }

    fn verify(&self, bundles: &[Vec<u8>]) -> Result<InForce, Refused> {
        let mut loaded = Vec::with_capacity(bundles.len());
        let mut digest = blake3::Hasher::new();
        for bytes in bundles {
            let bundle = if self.keys.is_empty() {
                Bundle::load(bytes)?
            } else {
                Bundle::load_signed(bytes, &self.keys)?
            };
            // Answers cite the texts: they are looked at before anything rests on them.
            bundle.check_texts()?;
            digest.update(&bundle.digest());
            loaded.push(bundle);
        }
        let versions = Versions::new(loaded).map_err(|error| Refused {
            code: "not_versions",
            message: error.to_string(),
        })?;
        let digest = digest.finalize().to_hex().to_string();
        Ok(InForce { versions, digest })
    }
}
