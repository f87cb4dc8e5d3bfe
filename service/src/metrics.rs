//! What is counted, for Prometheus.

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use kupuya_runtime::Verdict;
use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// A request that was answered.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    path: &'static str,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Path {
    path: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Decided {
    path: &'static str,
    verdict: &'static str,
}

/// What became of a line of the decision log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelValue)]
#[allow(non_camel_case_types, reason = "as the label is written")]
pub enum LineFate {
    /// It was written.
    written,
    /// It found no place in the queue.
    dropped,
    /// It could not be written.
    failed,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Lines {
    fate: LineFate,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Loaded {
    policy: String,
    meaning: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Refused {
    code: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Fetched {
    outcome: &'static str,
}

/// All counters.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    answered: Family<Answered, Counter>,
    seconds: Family<Path, Histogram, fn() -> Histogram>,
    decisions: Family<Decided, Counter>,
    lines: Family<Lines, Counter>,
    loaded: Family<Loaded, Gauge>,
    activated: Gauge<f64, AtomicU64>,
    refused: Family<Refused, Gauge>,
    fetched: Family<Fetched, Counter>,
    /// Requests that are being worked on.
    pub at_once: Gauge,
    /// Open connections.
    pub connections: Gauge,
    /// Requests told to come back.
    pub shed: Counter,
}

fn histogram() -> Histogram {
    Histogram::new([
        0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 10.0,
    ])
}

impl Default for Metrics {
    fn default() -> Metrics {
        let mut metrics = Metrics {
            registry: Registry::with_prefix("kupuya"),
            answered: Family::default(),
            seconds: Family::new_with_constructor(histogram),
            decisions: Family::default(),
            lines: Family::default(),
            loaded: Family::default(),
            activated: Gauge::default(),
            refused: Family::default(),
            fetched: Family::default(),
            at_once: Gauge::default(),
            connections: Gauge::default(),
            shed: Counter::default(),
        };
        let registry = &mut metrics.registry;
        registry.register("http_requests", "Requests answered", metrics.answered.clone());
        registry.register(
            "http_request_seconds",
            "From the head of a request to its answer",
            metrics.seconds.clone(),
        );
        registry.register(
            "http_requests_at_once",
            "Requests being worked on",
            metrics.at_once.clone(),
        );
        registry.register("http_requests_shed", "Requests told to come back", metrics.shed.clone());
        registry.register("http_connections", "Open connections", metrics.connections.clone());
        registry.register("decisions", "Decisions by verdict", metrics.decisions.clone());
        registry.register("log_lines", "Lines of the decision log", metrics.lines.clone());
        registry.register(
            "bundle_info",
            "1 for each version in force, by meaning",
            metrics.loaded.clone(),
        );
        registry.register(
            "bundle_activated_timestamp_seconds",
            "Since when it is",
            metrics.activated.clone(),
        );
        registry.register(
            "bundle_refused",
            "1 for why the newest bundle is not in force; nothing while it is",
            metrics.refused.clone(),
        );
        registry.register(
            "bundle_fetches",
            "Looks at the source, by what came of them",
            metrics.fetched.clone(),
        );
        metrics
    }
}

impl Metrics {
    /// A request was answered.
    pub fn answered(&self, path: &'static str, status: u16, took: Duration) {
        self.answered.get_or_create(&Answered { path, status }).inc();
        self.seconds.get_or_create(&Path { path }).observe(took.as_secs_f64());
    }

    /// A decision was made.
    pub fn decided(&self, path: &'static str, verdict: Verdict) {
        let verdict = verdict.word();
        self.decisions.get_or_create(&Decided { path, verdict }).inc();
    }

    /// Something became of lines of the log.
    pub fn lines(&self, fate: LineFate, count: u64) {
        self.lines.get_or_create(&Lines { fate }).inc_by(count);
    }

    /// How many lines had a fate.
    pub fn line_count(&self, fate: LineFate) -> u64 {
        self.lines.get_or_create(&Lines { fate }).get()
    }

    /// These meanings are in force from an instant of the clock on, in seconds since 1970.
    pub fn activated<'a>(&self, policy: &str, meanings: impl Iterator<Item = &'a str>, at: f64) {
        self.loaded.clear();
        for meaning in meanings {
            let (policy, meaning) = (policy.to_owned(), meaning.to_owned());
            self.loaded.get_or_create(&Loaded { policy, meaning }).set(1);
        }
        self.activated.set(at);
    }

    /// Why the newest bundle was refused, in one word; `None`: it is in force.
    pub fn refused(&self, code: Option<&'static str>) {
        self.refused.clear();
        if let Some(code) = code {
            self.refused.get_or_create(&Refused { code }).set(1);
        }
    }

    /// The source was looked at: `new`, `same`, `refused`, `failed`.
    pub fn fetched(&self, outcome: &'static str) {
        self.fetched.get_or_create(&Fetched { outcome }).inc();
    }

    /// As text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a text does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
