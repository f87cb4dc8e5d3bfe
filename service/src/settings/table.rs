//! Every setting, once: its key in the file, `--key` on the command line (with `-` for `_`), `KUPUYA_KEY` in the environment.

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// A number.
    Number,
    /// A list of texts; commas part them outside the file.
    List,
    /// Names with values; `name=value,name=value` outside the file.
    Pairs,
}

/// One setting.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// In the file.
    pub key: &'static str,
    /// What stands for its value in help.
    pub value: &'static str,
    /// What a value is.
    pub kind: Kind,
    /// Not printed, and not taken from the command line, which every process of the machine can read.
    pub secret: bool,
    /// One sentence.
    pub help: &'static str,
}

const fn setting(key: &'static str, value: &'static str, kind: Kind, help: &'static str) -> Setting {
    Setting {
        key,
        value,
        kind,
        secret: false,
        help,
    }
}

const fn secret(key: &'static str, kind: Kind, help: &'static str) -> Setting {
    Setting {
        key,
        value: "SECRET",
        kind,
        secret: true,
        help,
    }
}

use Kind::{List, Number, Pairs, Text};

/// All settings, in the order of `--help` and `--print-config`.
pub const SETTINGS: &[Setting] = &[
    setting(
        "bundle",
        "SOURCE",
        Text,
        "The bundle: a file, a directory of versions, or an http(s) URL",
    ),
    setting(
        "bundle_keys",
        "FILES",
        List,
        "Public keys (PEM): only bundles signed by one of them are taken",
    ),
    setting(
        "bundle_every",
        "SECONDS",
        Number,
        "How often the source is looked at; 1 for files, 60 for URLs if not said",
    ),
    setting(
        "bundle_wait",
        "SECONDS",
        Number,
        "How long a bundle server may hold a request until it has something new",
    ),
    setting(
        "bundle_timeout",
        "SECONDS",
        Number,
        "How long a bundle server may take, beside that",
    ),
    setting(
        "bundle_max",
        "BYTES",
        Number,
        "The largest bundle that is taken from a URL",
    ),
    setting(
        "bundle_ca",
        "FILE",
        Text,
        "Certificates (PEM) that the bundle server's must be signed by",
    ),
    setting(
        "bundle_token_file",
        "FILE",
        Text,
        "The bearer token for the bundle server",
    ),
    secret("bundle_token", Text, "The bearer token for the bundle server"),
    setting(
        "keep_dir",
        "DIR",
        Text,
        "Where the last good bundle is kept, to start from when the source is down",
    ),
    setting("listen", "ADDRESS", Text, "Where to listen"),
    setting(
        "public_url",
        "URL",
        Text,
        "How clients reach the service, for the metadata document",
    ),
    setting(
        "tls_certificate",
        "FILE",
        Text,
        "The certificate chain (PEM): serve HTTPS",
    ),
    setting("tls_key", "FILE", Text, "Its private key (PEM)"),
    setting(
        "tokens_file",
        "FILE",
        Text,
        "Bearer tokens that clients must show one of, one a line",
    ),
    secret("tokens", List, "Bearer tokens that clients must show one of"),
    setting(
        "map",
        "FILE",
        Text,
        "How the subjects, actions and resources of AuthZEN requests are called in the policy",
    ),
    setting(
        "obligations",
        "WHEN",
        Text,
        "`profile`: only to clients that adopt the Obligations Extension; `always`",
    ),
    setting("max_body", "BYTES", Number, "The largest body of a request"),
    setting(
        "max_bodies",
        "BYTES",
        Number,
        "The most bytes of bodies that are held at once; more are told to come back",
    ),
    setting("max_batch", "COUNT", Number, "The most requests in one batch"),
    setting("max_page", "COUNT", Number, "The most results on one page of a search"),
    setting(
        "max_at_once",
        "COUNT",
        Number,
        "The most requests that are worked on at once; more are told to come back",
    ),
    setting(
        "max_connections",
        "COUNT",
        Number,
        "The most open connections; more wait to be accepted",
    ),
    setting(
        "header_timeout",
        "SECONDS",
        Number,
        "How long the head of a request may take, and how long a connection may idle",
    ),
    setting(
        "request_timeout",
        "SECONDS",
        Number,
        "How long a request may take, its body included",
    ),
    setting(
        "stop_timeout",
        "SECONDS",
        Number,
        "How long open requests have to end when the service stops",
    ),
    setting("log", "WHERE", Text, "The decision log: `off`, `stdout`, or a file"),
    setting("log_queue", "LINES", Number, "How many lines may wait to be written"),
    setting(
        "log_when_full",
        "WHAT",
        Text,
        "`drop` lines that find no place, or let answers `wait` for theirs",
    ),
    setting(
        "log_max_bytes",
        "BYTES",
        Number,
        "A file of this size becomes FILE.1, and a new one begins; 0: never",
    ),
    setting("log_labels", "PAIRS", Pairs, "Labels of every line"),
    setting(
        "log_values",
        "KEYS",
        List,
        "What may enter the log of a person: age, place, facts, given, records, item; and names that the policy does not know: unknown",
    ),
    setting(
        "log_mask",
        "DATA",
        List,
        "Data whose decisions are logged without their names, and without values",
    ),
];
