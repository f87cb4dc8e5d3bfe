//! How the service is set up: built-in values, then the file, then the environment, then the command line; the last one that
//! says something counts.

mod layers;
mod table;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

pub use layers::{Line, SettingsError, command, read, strangers};
use serde::{Deserialize, Serialize};
pub use table::{Kind, SETTINGS, Setting};

/// The settings. Times are in seconds, sizes in bytes; [`SETTINGS`] says what each is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs, reason = "the table of settings has a sentence for each")]
pub struct Settings {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub bundle: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bundle_keys: Vec<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bundle_every: Option<u64>,
    pub bundle_wait: u64,
    pub bundle_timeout: u64,
    pub bundle_max: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bundle_ca: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bundle_token_file: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bundle_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep_dir: Option<PathBuf>,
    pub listen: SocketAddr,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_certificate: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_key: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tokens_file: Option<PathBuf>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tokens: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub map: Option<PathBuf>,
    pub obligations: Obligations,
    pub max_body: usize,
    pub max_bodies: usize,
    pub max_batch: usize,
    pub max_page: usize,
    pub max_at_once: usize,
    pub max_connections: usize,
    pub header_timeout: u64,
    pub request_timeout: u64,
    pub stop_timeout: u64,
    pub log: String,
    pub log_queue: usize,
    pub log_when_full: WhenFull,
    pub log_max_bytes: u64,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub log_labels: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub log_values: Vec<Personal>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub log_mask: Vec<String>,
}

/// Whom obligations are given to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Obligations {
    /// Clients that adopt the Obligations Extension and list the types; others are denied what has obligations.
    #[default]
    Profile,
    /// All.
    Always,
}

/// What is done when the log cannot take a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhenFull {
    /// The line is dropped and counted; answers never wait.
    #[default]
    Drop,
    /// The answer waits until its line has been written.
    Wait,
}

/// What a request says of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "keys of a request, as docs/requests.md has them")]
pub enum Personal {
    Age,
    Place,
    Facts,
    Given,
    Records,
    Item,
    /// Names that the policy does not know: they may be anything.
    Unknown,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            bundle: String::new(),
            bundle_keys: Vec::new(),
            bundle_every: None,
            bundle_wait: 0,
            bundle_timeout: 10,
            bundle_max: 256 << 20,
            bundle_ca: None,
            bundle_token_file: None,
            bundle_token: None,
            keep_dir: None,
            listen: SocketAddr::from(([127, 0, 0, 1], 5878)),
            public_url: None,
            tls_certificate: None,
            tls_key: None,
            tokens_file: None,
            tokens: Vec::new(),
            map: None,
            obligations: Obligations::Profile,
            max_body: 1 << 20,
            max_bodies: 256 << 20,
            max_batch: 1000,
            max_page: 100,
            max_at_once: 1000,
            max_connections: 10_000,
            header_timeout: 30,
            request_timeout: 10,
            stop_timeout: 10,
            log: "off".to_owned(),
            log_queue: 10_000,
            log_when_full: WhenFull::Drop,
            log_max_bytes: 1 << 30,
            log_labels: BTreeMap::new(),
            log_values: Vec::new(),
            log_mask: Vec::new(),
        }
    }
}

impl Settings {
    /// Whether the bundle comes from a server.
    #[must_use]
    pub fn is_url(&self) -> bool {
        self.bundle.starts_with("http://") || self.bundle.starts_with("https://")
    }

    /// How often the source is looked at.
    #[must_use]
    pub fn every(&self) -> Duration {
        let seconds = self.bundle_every.unwrap_or(if self.is_url() { 60 } else { 1 });
        Duration::from_secs(seconds)
    }

    /// As a file that says the same, without secrets.
    #[must_use]
    pub fn printed(&self) -> String {
        let Ok(mut table) = toml::Table::try_from(self) else {
            return String::new();
        };
        let mut lines = String::new();
        for setting in SETTINGS {
            let line = match table.remove(setting.key) {
                Some(_) if setting.secret => format!("# {} is set, and not shown\n", setting.key),
                Some(toml::Value::String(text)) if without_secrets(&text) != text => {
                    let shown = toml::Value::String(without_secrets(&text));
                    format!("# {0} has more, which is not shown\n{0} = {shown}\n", setting.key)
                }
                Some(value) => format!("{} = {value}\n", setting.key),
                None => format!("# {} is not set\n", setting.key),
            };
            lines.push_str(&line);
        }
        lines
    }
}

/// A URL without the name and password that may stand in it, and without its query, where keys of object stores stand.
#[must_use]
pub fn without_secrets(source: &str) -> String {
    let Some((scheme, rest)) = source.split_once("://") else {
        return source.to_owned();
    };
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let (host, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
    let host = host.rsplit('@').next().unwrap_or_default();
    format!("{scheme}://{host}{path}")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{SETTINGS, Settings, without_secrets};

    /// Every field has a line in the table, and every line a field.
    #[test]
    fn the_table_is_whole() {
        let full = Settings {
            bundle: "b".to_owned(),
            bundle_keys: vec!["k".into()],
            bundle_every: Some(1),
            bundle_ca: Some("c".into()),
            bundle_token_file: Some("t".into()),
            bundle_token: Some("secret one".to_owned()),
            keep_dir: Some("d".into()),
            public_url: Some("u".to_owned()),
            tls_certificate: Some("c".into()),
            tls_key: Some("k".into()),
            tokens_file: Some("t".into()),
            tokens: vec!["secret two".to_owned()],
            map: Some("m".into()),
            log_labels: [("a".to_owned(), "b".to_owned())].into(),
            log_values: vec![super::Personal::Age],
            log_mask: vec!["health".to_owned()],
            ..Settings::default()
        };
        let table = toml::Table::try_from(&full).unwrap();
        let fields: BTreeSet<&str> = table.keys().map(String::as_str).collect();
        let keys: BTreeSet<&str> = SETTINGS.iter().map(|setting| setting.key).collect();
        assert_eq!(fields, keys);
        assert_eq!(SETTINGS.len(), keys.len());
        let printed = full.printed();
        assert!(
            !printed.contains("secret one") && !printed.contains("secret two"),
            "{printed}"
        );
        let secret = Settings {
            bundle: "https://me:word@host/shop.kupb?sig=key".to_owned(),
            ..Settings::default()
        };
        let shown = "bundle = \"https://host/shop.kupb\"\n";
        assert!(secret.printed().contains(shown), "{}", secret.printed());
        let again: Settings = toml::from_str(&printed).unwrap();
        let public = Settings {
            tokens: Vec::new(),
            bundle_token: None,
            ..full
        };
        assert_eq!(again, public);
    }

    #[test]
    fn secrets_of_urls_are_not_told() {
        for (source, told) in [
            ("shop.kupb", "shop.kupb"),
            ("https://me:word@host:1/a@b?sig=1#x", "https://host:1/a@b"),
            ("http://host", "http://host"),
        ] {
            assert_eq!(without_secrets(source), told);
        }
    }
}
