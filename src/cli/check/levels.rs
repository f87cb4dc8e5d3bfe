//! `--allow`, `--warn`, `--deny`: levels of rules, over those of `kupuya.toml`.

use clap::Args;
use kupuya::diagnostic::Severity;
use kupuya::pipeline::Level;

/// Levels given on the command line.
#[derive(Args)]
pub struct Levels {
    /// Drop the findings of this rule; of several levels for one rule the strictest counts
    #[arg(long, value_name = "CODE")]
    allow: Vec<String>,
    /// Make the findings of this rule warnings; of several levels for one rule the strictest counts
    #[arg(long, value_name = "CODE")]
    warn: Vec<String>,
    /// Make the findings of this rule errors; of several levels for one rule the strictest counts
    #[arg(long, value_name = "CODE")]
    deny: Vec<String>,
}

impl Levels {
    /// The levels; of several for one rule the strictest counts.
    pub fn given(&self) -> Vec<(String, Level)> {
        let lists = [
            (&self.allow, Level::Allow),
            (&self.warn, Level::At(Severity::Warning)),
            (&self.deny, Level::At(Severity::Error)),
        ];
        let pairs = lists
            .into_iter()
            .flat_map(|(codes, level)| codes.iter().map(move |code| (code.clone(), level)));
        pairs.collect()
    }
}
