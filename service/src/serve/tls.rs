//! HTTPS with rustls.

use std::path::Path;
use std::sync::Arc;

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::settings::Settings;

/// What takes connections through TLS, if the settings name a certificate.
pub fn acceptor(settings: &Settings) -> Result<Option<TlsAcceptor>, String> {
    let (Some(certificate), Some(key)) = (&settings.tls_certificate, &settings.tls_key) else {
        return Ok(None);
    };
    let chain = read(certificate, CertificateDer::pem_file_iter(certificate))?;
    let chain = read(certificate, chain.collect::<Result<Vec<_>, _>>())?;
    let key = read(key, PrivateKeyDer::from_pem_file(key))?;
    let config =
        ServerConfig::builder_with_provider(Arc::new(default_provider())).with_safe_default_protocol_versions();
    let config = config.map_err(|error| error.to_string())?;
    let mut config = read(certificate, config.with_no_client_auth().with_single_cert(chain, key))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Some(TlsAcceptor::from(Arc::new(config))))
}

fn read<T, E: std::fmt::Display>(file: &Path, read: Result<T, E>) -> Result<T, String> {
    read.map_err(|error| format!("{}: {error}", file.display()))
}
