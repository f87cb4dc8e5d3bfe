//! What is in force since when, and why the newest is not. Names are those of OPA's status where they fit.

use kupuya_runtime::Bundle;
use serde::Serialize;

use super::{Refused, digest};
use crate::settings::without_secrets;

/// One version in force.
#[derive(Clone, Debug, Serialize)]
pub struct Meaning {
    /// The digest of what it means.
    pub meaning: String,
    /// The digest of its bundle: two may mean the same and say it in other words.
    pub digest: String,
    /// Its own number or name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Its first day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub begins: Option<String>,
    /// Its last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

impl Meaning {
    /// Of a bundle.
    pub fn of(bundle: &Bundle) -> Meaning {
        Meaning {
            meaning: bundle.meaning().to_owned(),
            digest: digest(bundle),
            version: bundle.version().map(str::to_owned),
            begins: bundle.begins().map(|day| day.to_string()),
            until: bundle.until().map(|day| day.to_string()),
        }
    }
}

/// What went wrong, and when.
#[derive(Clone, Debug, Serialize)]
pub struct Failure {
    /// In one word.
    pub code: &'static str,
    /// In a sentence.
    pub message: String,
    /// When it was last seen.
    pub at: String,
}

/// The status. Times are RFC 3339 in UTC.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Status {
    /// Where bundles come from.
    pub source: String,
    /// `file`, `directory` or `url`.
    #[serde(rename = "type")]
    pub sort: &'static str,
    /// The policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// The digest of the bundles in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active_revision: Option<String>,
    /// The versions in force, by their beginnings.
    pub versions: Vec<Meaning>,
    /// Since when they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_successful_activation: Option<String>,
    /// They are the last good ones, from disk: the source has not answered since the start.
    pub from_disk: bool,
    /// When the source was last looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_request: Option<String>,
    /// When it last answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_successful_request: Option<String>,
    /// When it last gave something new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_successful_download: Option<String>,
    /// Why the newest was refused, or what was kept on disk; gone once something newer is taken, or the source gives what is in
    /// force again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<Failure>,
    /// Why the source could not be looked at; gone once it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unreachable: Option<Failure>,
    /// Why the last good bundle could not be kept on disk.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_kept: Option<Failure>,
    /// Names in the settings and the map that the policy does not know, each in a sentence.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unknown_names: Vec<String>,
}

impl Status {
    pub(super) fn new(source: &str, sort: &'static str) -> Status {
        Status {
            source: without_secrets(source),
            sort,
            ..Status::default()
        }
    }

    pub(super) fn activated(
        &mut self,
        policy: String,
        versions: Vec<Meaning>,
        digest: String,
        unknown_names: Vec<String>,
        kept: bool,
        now: String,
    ) {
        self.policy = Some(policy);
        self.versions = versions;
        self.active_revision = Some(digest);
        self.last_successful_activation = Some(now);
        self.unknown_names = unknown_names;
        self.from_disk = kept;
        if !kept {
            (self.refused, self.unreachable) = (None, None);
        }
    }

    pub(super) fn refused(&mut self, refused: &Refused, at: String) {
        let Refused { code, message } = refused.clone();
        self.refused = Some(Failure { code, message, at });
    }

    pub(super) fn same(&mut self, in_force: bool, now: String) {
        self.last_successful_request = Some(now);
        self.unreachable = None;
        if in_force {
            self.refused = None;
        }
    }

    pub(super) fn downloaded(&mut self, now: String) {
        self.last_successful_request = Some(now.clone());
        self.last_successful_download = Some(now);
        self.unreachable = None;
    }

    pub(super) fn failed(&mut self, message: &str, at: String) {
        let (code, message) = ("unreachable", message.to_owned());
        self.unreachable = Some(Failure { code, message, at });
    }

    pub(super) fn not_kept(&mut self, message: &str, at: String) {
        let (code, message) = ("not_kept", message.to_owned());
        self.not_kept = Some(Failure { code, message, at });
    }
}
