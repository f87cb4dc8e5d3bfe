//! Several versions of one policy: each ends where the next begins (M3).

use std::sync::Arc;

use arc_swap::{ArcSwap, Guard};

use crate::answer::Answer;
use crate::bundle::Bundle;
use crate::calendar::{Day, Instant};
use crate::decide::Resolved;
use crate::request::Request;

/// Bundles of one policy, by the day on which each begins.
#[derive(Clone, Debug)]
pub struct Versions {
    /// Never empty; sorted, no two with one beginning.
    first: Bundle,
    later: Vec<Bundle>,
}

/// Why bundles are no versions of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VersionsError {
    /// There is none.
    None,
    /// Two begin on one day; `None`: two have always been in force.
    SameBeginning {
        /// The day.
        begins: Option<Day>,
    },
    /// They are of different policies.
    OtherPolicy {
        /// The names.
        policies: [String; 2],
    },
}

impl std::fmt::Display for VersionsError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            VersionsError::None => write!(f, "there is no bundle"),
            VersionsError::SameBeginning { begins: Some(day) } => write!(f, "two versions begin on {day}"),
            VersionsError::SameBeginning { begins: None } => write!(f, "two versions have no first day"),
            VersionsError::OtherPolicy { policies: [one, other] } => {
                write!(f, "`{one}` and `{other}` are not versions of one policy")
            }
        }
    }
}

impl std::error::Error for VersionsError {}

impl Versions {
    /// Puts bundles in order.
    ///
    /// # Errors
    /// See [`VersionsError`].
    pub fn new(bundles: Vec<Bundle>) -> Result<Versions, VersionsError> {
        let mut bundles = bundles;
        bundles.sort_by_key(|bundle| bundle.begins());
        let mut all = bundles.into_iter();
        let first = all.next().ok_or(VersionsError::None)?;
        let later: Vec<Bundle> = all.collect();
        let mut before = &first;
        for bundle in &later {
            if before.policy() != bundle.policy() {
                let policies = [before.policy().to_owned(), bundle.policy().to_owned()];
                return Err(VersionsError::OtherPolicy { policies });
            }
            if before.begins() == bundle.begins() {
                return Err(VersionsError::SameBeginning {
                    begins: bundle.begins(),
                });
            }
            before = bundle;
        }
        Ok(Versions { first, later })
    }

    /// All versions, by the day on which each begins.
    pub fn all(&self) -> impl Iterator<Item = &Bundle> {
        std::iter::once(&self.first).chain(&self.later)
    }

    /// The version that has begun last at an instant; the first if none has begun.
    #[must_use]
    pub fn at(&self, time: Instant) -> &Bundle {
        let begun = |bundle: &&Bundle| {
            let begins = bundle.begins();
            begins.is_none_or(|begins| begins <= time.day(bundle.policy.offset))
        };
        self.later.iter().rev().find(begun).unwrap_or(&self.first)
    }

    fn time(&self, request: &Request) -> Instant {
        request
            .time
            .map_or_else(Instant::now, |time| time.instant(self.first.policy.offset))
    }

    /// Answers a request by the version in force at its time.
    #[must_use]
    pub fn decide(&self, request: &Request) -> Answer<'_> {
        self.at(self.time(request)).decide(request)
    }

    /// Whether a request is allowed by the version in force at its time.
    #[must_use]
    pub fn allows(&self, request: &Request) -> bool {
        self.at(self.time(request)).allows(request)
    }

    /// As [`Bundle::answer_json`], by the version in force at the request's time.
    ///
    /// # Errors
    /// Text that is no request.
    pub fn answer_json(&self, request: &[u8], out: &mut Vec<u8>) -> Result<bool, serde_json::Error> {
        let answer = match self.answer_quickly(request) {
            Some(answer) => answer,
            None => self.decide(&serde_json::from_slice(request)?),
        };
        answer.write_json(out)?;
        Ok(answer.decision)
    }

    /// The answer to a request written as JSON that is in order and about now; `None`: read it as a [`Request`], which takes
    /// longer, and says what is wrong with it if anything is.
    #[must_use]
    pub fn answer_quickly(&self, request: &[u8]) -> Option<Answer<'_>> {
        // Most requests are about now; the others tell their time when they have been read.
        let now = self.at(Instant::now());
        let mut resolved = Resolved::blank(now);
        now.quickly(request, &mut resolved)?;
        std::ptr::eq(self.at(resolved.time()), now).then(|| resolved.decide())
    }
}

/// The versions that a service decides by, exchanged while it runs: readers take no lock and never wait.
#[derive(Debug)]
pub struct Engine {
    versions: ArcSwap<Versions>,
}

impl Engine {
    /// Begins with these.
    #[must_use]
    pub fn new(versions: Versions) -> Engine {
        Engine {
            versions: ArcSwap::from_pointee(versions),
        }
    }

    /// From now on, these. Who is deciding goes on with the old ones; they are dropped after the last.
    pub fn exchange(&self, versions: Versions) {
        self.versions.store(Arc::new(versions));
    }

    /// The versions of this moment: answers borrow from what this gives.
    #[must_use]
    pub fn current(&self) -> Guard<Arc<Versions>> {
        self.versions.load()
    }
}
