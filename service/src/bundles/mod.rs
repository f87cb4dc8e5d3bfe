//! Where bundles come from, and which are in force: fetched, verified, activated whole, kept.

mod activate;
mod directory;
mod file;
mod http;
mod kept;
mod status;
mod watch;

use std::time::Duration;

pub use activate::{Holder, InForce, Refused, digest};
pub use status::Status;
pub use watch::{Watch, WatchError};

use crate::settings::Settings;

/// What a look at a source gives.
pub enum Fetched {
    /// What it gave the last time.
    Same,
    /// What is in force: if something else came in between and was refused, it is gone.
    InForce,
    /// The bytes of each bundle: one, or several versions of a policy.
    New(Vec<Vec<u8>>),
}

/// Something that bundles come from.
pub trait Source: Send {
    /// The word for it: `file`, `directory`, `url`.
    fn sort(&self) -> &'static str;

    /// Looks. May take long.
    ///
    /// # Errors
    /// What is wrong, in a sentence.
    fn fetch(&mut self) -> Result<Fetched, String>;

    /// What was fetched last has been activated, or refused.
    fn taken(&mut self, activated: bool);

    /// How long to wait before the next look, after so many failures in a row.
    fn pause(&self, failures: u32) -> Duration;
}

/// The source that the settings name.
///
/// # Errors
/// Settings that cannot work, in a sentence.
pub fn source(settings: &Settings) -> Result<Box<dyn Source>, String> {
    if settings.is_url() {
        return Ok(Box::new(http::Server::new(settings)?));
    }
    let path = std::path::Path::new(&settings.bundle);
    Ok(if path.is_dir() {
        Box::new(directory::Directory::new(path, settings.every()))
    } else {
        Box::new(file::File::new(path, settings.every()))
    })
}
