//! A bundle from a server, as OPA's bundle service speaks it: `If-None-Match` and 304, long polling by `Prefer: wait=N`,
//! growing pauses after failures. Object stores and web servers that know entity tags serve it too.

use std::io::Read;
use std::time::Duration;

use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, http};

use super::{Fetched, Source};
use crate::settings::Settings;

/// How servers mark that they hold requests.
const HOLDS: &str = "application/vnd.openpolicyagent.bundles";
/// The longest pause after failures.
const LONGEST: Duration = Duration::from_secs(300);

/// A server.
pub struct Server {
    url: String,
    agent: Agent,
    token: Option<String>,
    every: Duration,
    wait: u64,
    most: u64,
    /// Of what is in force, and of what was fetched last.
    tag: Option<String>,
    fetched_tag: Option<String>,
    /// The bytes of both: not every server has entity tags.
    digest: Option<blake3::Hash>,
    fetched_digest: Option<blake3::Hash>,
    /// The server holds requests: there is no need to wait between them.
    holds: bool,
}

impl Server {
    /// The server that the settings name.
    ///
    /// # Errors
    /// A token or certificates that cannot be read, in a sentence.
    pub fn new(settings: &Settings) -> Result<Server, String> {
        let token = match &settings.bundle_token_file {
            Some(file) => {
                let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
                Some(text.trim().to_owned())
            }
            None => settings.bundle_token.clone(),
        };
        let mut tls = TlsConfig::builder();
        if let Some(file) = &settings.bundle_ca {
            let pem = std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
            let all: Result<Vec<_>, _> = ureq::tls::parse_pem(&pem).collect();
            let all = all.map_err(|error| format!("{}: {error}", file.display()))?;
            let certificates = all.into_iter().filter_map(|item| match item {
                ureq::tls::PemItem::Certificate(certificate) => Some(certificate),
                _ => None,
            });
            let certificates: Vec<Certificate<'static>> = certificates.collect();
            tls = tls.root_certs(RootCerts::new_with_certs(&certificates));
        }
        let whole = Duration::from_secs(settings.bundle_timeout.saturating_add(settings.bundle_wait));
        let config = Agent::config_builder()
            .timeout_global(Some(whole))
            .http_status_as_error(false)
            .tls_config(tls.build())
            .user_agent(concat!("kupuya-service/", env!("CARGO_PKG_VERSION")))
            .build();
        Ok(Server {
            url: settings.bundle.clone(),
            agent: config.into(),
            token,
            every: settings.every(),
            wait: settings.bundle_wait,
            most: settings.bundle_max,
            tag: None,
            fetched_tag: None,
            digest: None,
            fetched_digest: None,
            holds: false,
        })
    }
}

impl Source for Server {
    fn sort(&self) -> &'static str {
        "url"
    }

    fn fetch(&mut self) -> Result<Fetched, String> {
        let mut request = self.agent.get(&self.url);
        if let Some(tag) = &self.tag {
            request = request.header(http::header::IF_NONE_MATCH, tag);
        }
        if let Some(token) = &self.token {
            request = request.header(http::header::AUTHORIZATION, format!("Bearer {token}"));
        }
        // Nothing is in force before the first answer: that one is not to be held.
        let wait = if self.tag.is_some() { self.wait } else { 0 };
        let prefer = if wait > 0 {
            format!("modes=snapshot;wait={wait}")
        } else {
            "modes=snapshot".to_owned()
        };
        let answer = request.header("prefer", prefer).call();
        let mut answer = answer.map_err(|error| error.to_string())?;
        let header = |name| {
            let value: Option<&http::HeaderValue> = answer.headers().get(name);
            value.and_then(|value| value.to_str().ok()).map(str::to_owned)
        };
        self.holds = header(http::header::CONTENT_TYPE).is_some_and(|sort| sort.starts_with(HOLDS));
        self.fetched_tag = header(http::header::ETAG);
        match answer.status().as_u16() {
            304 => Ok(Fetched::InForce),
            200 => {
                let mut bytes = Vec::new();
                let body = answer.body_mut().as_reader();
                let read = body.take(self.most.saturating_add(1)).read_to_end(&mut bytes);
                read.map_err(|error| format!("the bundle breaks off: {error}"))?;
                if bytes.len() as u64 > self.most {
                    return Err(format!("the bundle has more than {} bytes (bundle_max)", self.most));
                }
                self.fetched_digest = Some(blake3::hash(&bytes));
                if self.fetched_digest == self.digest {
                    self.tag = self.fetched_tag.take();
                    return Ok(Fetched::InForce);
                }
                Ok(Fetched::New(vec![bytes]))
            }
            status => Err(format!("the bundle server answers {status}")),
        }
    }

    /// What was refused is fetched again: the tag of what is in force stays.
    fn taken(&mut self, activated: bool) {
        if activated {
            self.tag = self.fetched_tag.take();
            self.digest = self.fetched_digest.take();
        }
    }

    fn pause(&self, failures: u32) -> Duration {
        if failures == 0 {
            return if self.holds && self.wait > 0 {
                Duration::ZERO
            } else {
                self.every
            };
        }
        let steps = self.every.saturating_mul(1 << failures.min(16).saturating_sub(1));
        let pause = steps.max(Duration::from_secs(1)).min(LONGEST.max(self.every));
        // Not all clients at once: up to a quarter less.
        let spread = u32::from(uuid::Uuid::new_v4().as_bytes()[0]);
        pause.saturating_sub(pause / 1024 * spread)
    }
}
