//! The layers of the settings, read.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use axum::http::Uri;
use clap::{Arg, ArgAction, Command};
use toml::{Table, Value};

use crate::names::near;

use super::{Kind, SETTINGS, Setting, Settings, without_secrets};

/// What a command line says.
#[derive(Clone, Debug)]
pub struct Line {
    /// The settings, all layers together.
    pub settings: Settings,
    /// Only print them.
    pub print: bool,
}

/// Why there are no settings.
#[derive(Debug)]
pub enum SettingsError {
    /// The command line is wrong, or asks for help.
    Line(clap::Error),
    /// The file cannot be read.
    File(PathBuf, std::io::Error),
    /// What the file says is wrong.
    Text(PathBuf, String),
    /// A value is wrong: where it stands, and what is wrong.
    Value(String, String),
}

impl std::fmt::Display for SettingsError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            SettingsError::Line(error) => write!(f, "{error}"),
            SettingsError::File(file, error) => write!(f, "{}: {error}", file.display()),
            SettingsError::Text(file, error) => write!(f, "{}: {error}", file.display()),
            SettingsError::Value(place, error) => write!(f, "{place}: {error}"),
        }
    }
}

impl std::error::Error for SettingsError {}

/// The command line.
#[must_use]
pub fn command() -> Command {
    let flags = SETTINGS.iter().filter(|setting| !setting.secret).map(|setting| {
        Arg::new(setting.key)
            .long(setting.key.replace('_', "-"))
            .value_name(setting.value)
            .help(setting.help)
    });
    Command::new("kupuya-service")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Answers over HTTP whether data may be used")
        .after_help(
            "Example: kupuya-service --bundle shop.kupb\n\n\
            Each setting may stand in the file under its name with `_` for `-`, or in the environment as KUPUYA_NAME; \
            secrets only there: tokens, bundle_token.",
        )
        .arg(
            Arg::new("config")
                .long("config")
                .value_name("FILE")
                .help("Settings as TOML"),
        )
        .arg(
            Arg::new("print_config")
                .long("print-config")
                .action(ArgAction::SetTrue)
                .help("Print the settings that hold, without secrets, and end"),
        )
        .args(flags)
}

/// The variables of an environment that look like settings and are none, each in a sentence.
pub fn strangers(variables: impl Iterator<Item = String>) -> Vec<String> {
    // What an orchestrator sets for a service of this name.
    const NOT_OURS: &[&str] = &["KUPUYA_PORT", "KUPUYA_SERVICE_"];
    let names: Vec<String> = SETTINGS
        .iter()
        .map(|setting| format!("KUPUYA_{}", setting.key.to_uppercase()))
        .collect();
    let strange = variables.filter(|name| {
        name.starts_with("KUPUYA_")
            && name != "KUPUYA_CONFIG"
            && !names.contains(name)
            && !NOT_OURS.iter().any(|other| name.starts_with(other))
    });
    let told = strange.map(|name| match near(&name, names.iter().map(String::as_str), 0.9) {
        Some(near) => format!("the environment has {name}, which is no setting; is {near} meant?"),
        None => format!("the environment has {name}, which is no setting"),
    });
    told.collect()
}

/// Reads all layers.
///
/// # Errors
/// See [`SettingsError`].
pub fn read(
    arguments: impl IntoIterator<Item = OsString>,
    variable: impl Fn(&str) -> Option<String>,
) -> Result<Line, SettingsError> {
    let matches = command().try_get_matches_from(arguments).map_err(SettingsError::Line)?;
    let file = matches
        .get_one::<String>("config")
        .cloned()
        .or_else(|| variable("KUPUYA_CONFIG"));
    let mut table = file.map_or_else(|| Ok(Table::new()), |file| from_file(Path::new(&file)))?;
    for setting in SETTINGS {
        let name = format!("KUPUYA_{}", setting.key.to_uppercase());
        if let Some(text) = variable(&name) {
            table.insert(setting.key.to_owned(), value(setting, &name, &text)?);
        }
        if setting.secret {
            continue;
        }
        if let Some(text) = matches.get_one::<String>(setting.key) {
            let name = format!("--{}", setting.key.replace('_', "-"));
            table.insert(setting.key.to_owned(), value(setting, &name, text)?);
        }
    }
    // Whoever sets tokens wants the doors shut: an empty list must not open them.
    if table.get("tokens").and_then(Value::as_array).is_some_and(Vec::is_empty) {
        let set = variable("KUPUYA_TOKENS").is_some();
        let place = if set { "KUPUYA_TOKENS" } else { "tokens" };
        let error = "there is no token in it; leave the setting out if everybody may ask";
        return Err(SettingsError::Value(place.to_owned(), error.to_owned()));
    }
    let settings = Settings::deserialize_checked(table)?;
    let print = matches.get_flag("print_config");
    if !print {
        settings.check()?;
    }
    Ok(Line { settings, print })
}

fn from_file(file: &Path) -> Result<Table, SettingsError> {
    let text = std::fs::read_to_string(file).map_err(|error| SettingsError::File(file.to_owned(), error))?;
    let wrong = |error: toml::de::Error| SettingsError::Text(file.to_owned(), error.to_string());
    // Read as settings first: what is wrong is told with its line.
    toml::from_str::<Settings>(&text).map_err(wrong)?;
    toml::from_str(&text).map_err(wrong)
}

fn value(setting: &Setting, place: &str, text: &str) -> Result<Value, SettingsError> {
    let wrong = |error: &str| SettingsError::Value(place.to_owned(), error.to_owned());
    let listed = || text.split(',').map(str::trim).filter(|part| !part.is_empty());
    Ok(match setting.kind {
        Kind::Text => Value::String(text.to_owned()),
        Kind::Number => {
            let number = text.trim().parse::<i64>().ok().filter(|number| *number >= 0);
            Value::Integer(number.ok_or_else(|| wrong(&format!("`{text}` is no number")))?)
        }
        Kind::List => Value::Array(listed().map(|part| Value::String(part.to_owned())).collect()),
        Kind::Pairs => {
            let pairs = listed().map(|pair| {
                let (name, value) = pair.split_once('=')?;
                Some((name.trim().to_owned(), Value::String(value.trim().to_owned())))
            });
            let pairs: Option<Table> = pairs.collect();
            Value::Table(pairs.ok_or_else(|| wrong("write name=value,name=value"))?)
        }
    })
}

impl Settings {
    fn deserialize_checked(table: Table) -> Result<Settings, SettingsError> {
        // One by one first: what is wrong is told with its name.
        for (key, value) in &table {
            let one: Table = [(key.clone(), value.clone())].into_iter().collect();
            one.try_into::<Settings>()
                .map_err(|error| SettingsError::Value(key.clone(), error.message().to_owned()))?;
        }
        table
            .try_into()
            .map_err(|error: toml::de::Error| SettingsError::Value("settings".to_owned(), error.message().to_owned()))
    }

    /// What cannot work is told before anything is begun.
    fn check(&self) -> Result<(), SettingsError> {
        let wrong = |key: &str, error: &str| Err(SettingsError::Value(key.to_owned(), error.to_owned()));
        if self.bundle.is_empty() {
            return wrong("bundle", "say where the bundle is: --bundle shop.kupb");
        }
        if self.bundle.contains("://") && !self.is_url() {
            let source = without_secrets(&self.bundle);
            return wrong(
                "bundle",
                &format!(
                    "`{source}`: bundles are fetched from `http://` and `https://`, written so, or read from files"
                ),
            );
        }
        if self.tls_certificate.is_some() != self.tls_key.is_some() {
            return wrong(
                "tls_certificate",
                "certificate and key go together: --tls-certificate FILE --tls-key FILE",
            );
        }
        for (key, number) in [
            ("max_at_once", self.max_at_once),
            ("max_connections", self.max_connections),
            ("max_page", self.max_page),
            ("log_queue", self.log_queue),
        ] {
            if number == 0 {
                return wrong(key, "must be at least 1");
            }
        }
        for (key, seconds) in [
            ("request_timeout", self.request_timeout),
            ("header_timeout", self.header_timeout),
        ] {
            if seconds == 0 {
                return wrong(key, "a time-out of no time at all lets nothing through");
            }
        }
        if self.max_bodies < self.max_body {
            return wrong(
                "max_bodies",
                "must be at least max_body: no body of that size would find room",
            );
        }
        match &self.public_url {
            Some(url) if !is_base(url) => {
                let source = without_secrets(url);
                let error = format!("`{source}` is no address that clients can ask: write https://pdp.example");
                wrong("public_url", &error)
            }
            _ => Ok(()),
        }
    }
}

/// Whether a text is the beginning of addresses: scheme, host, perhaps a path, and nothing more.
fn is_base(url: &str) -> bool {
    url.parse::<Uri>().is_ok_and(|uri| {
        let scheme = matches!(uri.scheme_str(), Some("http" | "https"));
        let host = uri.authority().is_some_and(|host| !host.as_str().contains('@'));
        scheme && host && uri.query().is_none() && !url.contains('#')
    })
}
