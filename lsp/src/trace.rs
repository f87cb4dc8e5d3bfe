//! What the server does, told to a client that wants to trace it: each analysis, and with `verbose` what it looked at.

use std::sync::Mutex;
use std::sync::PoisonError;

use crate::analyst::Run;
use crate::proto::{Client, LogTraceParams, TraceValue, notification};

/// How much the client wants to be told.
#[derive(Debug, Default)]
pub struct Trace {
    wanted: Mutex<TraceValue>,
}

impl Trace {
    /// Sets it.
    pub fn set(&self, wanted: TraceValue) {
        *self.wanted.lock().unwrap_or_else(PoisonError::into_inner) = wanted;
    }

    fn wanted(&self) -> TraceValue {
        *self.wanted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells of an analysis.
    pub async fn tell(&self, client: &Client, run: &Run) {
        let wanted = self.wanted();
        if wanted == TraceValue::Off {
            return;
        }
        let message = format!(
            "analysed revision {} in {} ms: {} texts parsed, {} projects anew",
            run.revision,
            run.took.as_millis(),
            run.parsed,
            run.anew.len()
        );
        let projects = || {
            run.anew
                .iter()
                .map(|root| root.display().to_string())
                .collect::<Vec<_>>()
        };
        let verbose = (wanted == TraceValue::Verbose).then(|| projects().join("\n"));
        client
            .send_notification::<notification::LogTrace>(LogTraceParams { message, verbose })
            .await;
    }
}
