//! The clock of the machine, which may be set back at any time.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use kupuya_runtime::{Instant, Time};

/// Tells the time. Nothing in the service counts on it to go forward: what must wait goes by the monotonic clock.
#[derive(Clone)]
pub struct Clock(Option<Other>);

/// A clock that is not that of the machine.
type Other = Arc<dyn Fn() -> SystemTime + Send + Sync>;

impl Clock {
    /// That of the machine.
    #[must_use]
    pub fn system() -> Clock {
        Clock(None)
    }

    /// Another one.
    #[must_use]
    pub fn new(now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Clock {
        Clock(Some(Arc::new(now)))
    }

    /// Whether it is that of the machine, which the runtime goes by too.
    #[must_use]
    pub fn is_system(&self) -> bool {
        self.0.is_none()
    }

    /// Now, in whole seconds, as requests have it.
    #[must_use]
    pub fn instant(&self) -> Instant {
        instant(self.now())
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        self.0.as_ref().map_or_else(SystemTime::now, |now| now())
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Clock")
    }
}

fn instant(at: SystemTime) -> Instant {
    let seconds = at.duration_since(UNIX_EPOCH).map_or(0, |passed| passed.as_secs());
    Instant(i64::try_from(seconds).unwrap_or(i64::MAX / 4))
}

/// Seconds since 1970.
#[must_use]
pub fn seconds(at: SystemTime) -> f64 {
    at.duration_since(UNIX_EPOCH).map_or(0.0, |passed| passed.as_secs_f64())
}

/// As RFC 3339 writes it, in UTC, to the microsecond.
#[must_use]
pub fn written(at: SystemTime) -> String {
    let whole = Time::Instant(instant(at)).to_string();
    let micros = at.duration_since(UNIX_EPOCH).map_or(0, |passed| passed.subsec_micros());
    format!("{}.{micros:06}Z", whole.trim_end_matches('Z'))
}
