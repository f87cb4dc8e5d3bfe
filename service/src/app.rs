//! What all routes share.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use kupuya_runtime::{Bundle, PublicKey, Request, Slot, Time};
use tokio::sync::Semaphore;

use crate::authzen::Map;
use crate::bundles::{self, Holder, InForce, Watch};
use crate::clock::Clock;
use crate::log::Log;
use crate::metrics::Metrics;
use crate::names::Written;
use crate::problem::{self, Problem};
use crate::settings::Settings;
use crate::tokens::Tokens;

/// The service without its connections.
pub struct App {
    /// How it is set up.
    pub settings: Settings,
    /// What is in force.
    pub holder: Arc<Holder>,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// The decision log.
    pub log: Option<Log>,
    /// The time.
    pub clock: Clock,
    /// How AuthZEN's names are called in the policy.
    pub map: Map,
    /// Who may ask.
    pub tokens: Tokens,
    /// Places for requests that are worked on.
    pub places: Semaphore,
    /// Room for bodies, in bytes.
    pub bodies: Semaphore,
    /// By when the service must have ended, once it has been told to.
    stop_by: OnceLock<std::time::Instant>,
    _watch: Watch,
}

/// What the log is given to end in whatever else took long.
const LEAST_FOR_THE_LOG: Duration = Duration::from_secs(1);

/// Why the service cannot begin, in a sentence.
pub type BeginError = String;

impl App {
    /// Reads what the settings name, and loads the bundle if there is one. Without one the service begins all the same: it is not
    /// ready, and says so.
    ///
    /// # Errors
    /// Files that cannot be read, in a sentence.
    pub fn begin(settings: Settings, clock: Clock) -> Result<App, BeginError> {
        let metrics = Arc::new(Metrics::default());
        let source = bundles::source(&settings)?;
        let mut keys = Vec::new();
        for file in &settings.bundle_keys {
            let pem = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
            keys.push(PublicKey::from_pem(&pem).map_err(|error| format!("{}: {error}", file.display()))?);
        }
        let map = settings.map.as_deref().map_or_else(|| Ok(Map::default()), Map::read)?;
        let tokens = Tokens::read(&settings)?;
        let opened = Log::open(&settings, Arc::clone(&metrics));
        let log = opened.map_err(|error| format!("{}: {error}", settings.log))?;
        let masks = settings.log_mask.iter();
        let mut names = map.names();
        names.extend(masks.map(|name| Written::new("log_mask", Slot::Data, name)));
        let holder = Holder::new(
            &settings.bundle,
            source.sort(),
            keys,
            names,
            clock.clone(),
            Arc::clone(&metrics),
        );
        let holder = Arc::new(holder);
        let watch = Watch::begin(source, Arc::clone(&holder), settings.keep_dir.clone());
        Ok(App {
            places: Semaphore::new(settings.max_at_once.min(Semaphore::MAX_PERMITS)),
            bodies: Semaphore::new(settings.max_bodies.min(Semaphore::MAX_PERMITS)),
            settings,
            holder,
            metrics,
            log,
            clock,
            map,
            tokens,
            stop_by: OnceLock::new(),
            _watch: watch.map_err(|error| error.to_string())?,
        })
    }

    /// What is in force; an answer borrows from it, and so comes from one version whatever is exchanged meanwhile.
    ///
    /// # Errors
    /// Nothing is.
    pub fn in_force(&self) -> Result<Arc<InForce>, Problem> {
        let detail = "the service has no bundle yet: /v1/status says why";
        self.holder
            .current()
            .ok_or_else(|| Problem::new(problem::NO_BUNDLE, detail))
    }

    /// From now on `/readyz` says no, so that nobody sends new requests; the time of `stop_timeout` runs.
    pub fn stop(&self) {
        let limit = Duration::from_secs(self.settings.stop_timeout);
        self.stop_by.get_or_init(|| {
            let now = std::time::Instant::now();
            now.checked_add(limit).unwrap_or(now)
        });
    }

    /// Writes the rest of the log, and ends it: within what is left of `stop_timeout`, and a second at least.
    pub fn end_log(&self) {
        self.stop();
        let now = std::time::Instant::now();
        let left = self.stop_by.get().map(|end| end.saturating_duration_since(now));
        if let Some(log) = &self.log {
            log.end(left.unwrap_or_default().max(LEAST_FOR_THE_LOG));
        }
    }

    /// Whether requests should be sent here.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.stop_by.get().is_none() && self.holder.current().is_some()
    }
}

/// The version that answers a request; a request without a time is given that of the clock.
pub fn version<'a>(in_force: &'a InForce, request: &mut Request, clock: &Clock) -> &'a Bundle {
    let now = clock.instant();
    let time = request.time.get_or_insert(Time::Instant(now));
    let offset = in_force.at(now).zone_offset();
    in_force.at(time.instant(offset))
}
