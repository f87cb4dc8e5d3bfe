//! Times of the item that is asked about.

use clap::Args;
use kupuya::diagnostic::Text;
use kupuya_runtime::{Request, Time};

use super::super::outcome::Failure;

/// Times on the command line.
#[derive(Args)]
pub struct Times {
    /// When the item was collected
    #[arg(long, value_name = "DATE")]
    collected: Option<String>,
    /// When an event happened: NAME=DATE, or NAME=never for one that has not; several
    #[arg(long, value_name = "NAME=DATE")]
    event: Vec<String>,
}

impl Times {
    /// Adds them to a request.
    ///
    /// # Errors
    /// What is no time, or names no event.
    pub fn add_to(&self, request: &mut Request) -> Result<(), Failure> {
        if self.collected.is_none() && self.event.is_empty() {
            return Ok(());
        }
        let item = request.item.get_or_insert_default();
        if let Some(collected) = &self.collected {
            item.collected = Some(time(collected)?);
        }
        for event in &self.event {
            let (name, at) = event.split_once('=').ok_or_else(|| no_event(event))?;
            let at = if at == "never" { None } else { Some(time(at)?) };
            item.events.insert(name.to_owned(), at);
        }
        Ok(())
    }
}

fn time(text: &str) -> Result<Time, Failure> {
    text.parse().map_err(|_| {
        let wrong = Text::new("`{text}` is no time: write 2026-01-31 or 2026-01-31T12:00:00+06:00");
        Failure::Other(wrong.with("text", text))
    })
}

fn no_event(text: &str) -> Failure {
    let wrong = Text::new("`{text}` is no event: write NAME=2026-01-31, or NAME=never for one that has not happened");
    Failure::Other(wrong.with("text", text))
}
