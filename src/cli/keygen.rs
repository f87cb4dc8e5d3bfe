//! `kupuya keygen`: a pair of keys for signing bundles; and bundles read with them.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use kupuya::diagnostic::Text;
use kupuya_runtime::{Bundle, PublicKey, SecretKey};

use super::outcome::{Exit, Failure};
use super::{Done, screen};

/// Make a pair of Ed25519 keys for signing bundles
#[derive(Args)]
#[command(
    after_help = "Example: kupuya keygen policy.pem\n\nWrites the secret key (PKCS#8 PEM, readable by you alone) and \
    policy.pub.pem (SPKI PEM), as openssl reads them. Sign with `kupuya build --sign policy.pem`."
)]
pub struct Arguments {
    /// The secret key; the public one is written beside it
    #[arg(value_name = "KEY.pem")]
    file: PathBuf,
}

/// Runs `kupuya keygen`.
pub fn run(arguments: &Arguments) -> Done {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(Failure::unexpected)?;
    let key = SecretKey::from_seed(&seed);
    let public = arguments.file.with_extension("pub.pem");
    let pem = key.to_pem().map_err(Failure::unexpected)?;
    // The public one first: whatever goes wrong, no secret key lies about that nobody asked for.
    write(&public, &key.public().to_pem().map_err(Failure::unexpected)?, 0o644)?;
    if let Err(failure) = write(&arguments.file, &pem, 0o600) {
        let _ = fs::remove_file(&public);
        return Err(failure);
    }
    let wrote = Text::new("wrote {secret} (keep it secret) and {public}");
    screen::say(
        wrote
            .with("secret", arguments.file.display().to_string())
            .with("public", public.display().to_string()),
    )?;
    Ok(Exit::Clean)
}

/// Writes a new file; never over another.
fn write(file: &Path, text: &str, mode: u32) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    #[cfg(not(unix))]
    let _ = mode;
    let mut file_out = options.open(file).map_err(Failure::write(file))?;
    file_out.write_all(text.as_bytes()).map_err(Failure::write(file))
}

/// The secret key of a file.
pub fn secret(file: &Path) -> Result<SecretKey, Failure> {
    let pem = fs::read_to_string(file).map_err(Failure::read(file))?;
    SecretKey::from_pem(&pem).map_err(|error| Failure::of(file, error))
}

/// Loads a bundle; with keys, only one that is signed by one of them.
pub fn load(file: &Path, keys: &[PathBuf]) -> Result<Bundle, Failure> {
    let bytes = fs::read(file).map_err(Failure::read(file))?;
    let bundle = if keys.is_empty() {
        Bundle::load(&bytes)
    } else {
        let read = |key: &PathBuf| {
            let pem = fs::read_to_string(key).map_err(Failure::read(key))?;
            PublicKey::from_pem(&pem).map_err(|error| Failure::of(key, error))
        };
        let keys = keys.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        Bundle::load_signed(&bytes, &keys)
    };
    let bundle = bundle.map_err(|error| Failure::of(file, error))?;
    bundle.check_texts().map_err(|error| Failure::of(file, error))?;
    Ok(bundle)
}
