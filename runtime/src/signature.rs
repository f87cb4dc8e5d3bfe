//! Signatures: Ed25519 over the digest of a bundle's header, and so over all of it. They stand behind the sections.

use ed25519_dalek::pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey, KeypairBytes};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

use crate::bundle::Bundle;
use crate::format::{Header, LoadError};

/// Before a signature: its mark, then the public key.
pub(crate) const MARK: [u8; 4] = *b"SIGN";
/// Mark, public key, signature.
pub(crate) const LENGTH: usize = 4 + 32 + 64;
/// What is signed begins so, that no signature for something else can be taken for one of a bundle.
const PURPOSE: &[u8] = b"kupuya bundle signature\n";

/// A key that signs: keep it secret.
#[derive(Clone, Debug)]
pub struct SecretKey(SigningKey);

/// A key that tells whether a bundle was signed by its secret one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

/// A text that is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyError {
    /// No Ed25519 key in PKCS#8 PEM: `BEGIN PRIVATE KEY`.
    NotSecret,
    /// No Ed25519 key in SPKI PEM: `BEGIN PUBLIC KEY`.
    NotPublic,
    /// A key that cannot be written.
    NotWritten,
}

impl std::fmt::Display for KeyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            KeyError::NotSecret => "not a secret Ed25519 key in PKCS#8 PEM (`BEGIN PRIVATE KEY`)",
            KeyError::NotPublic => "not a public Ed25519 key in SPKI PEM (`BEGIN PUBLIC KEY`)",
            KeyError::NotWritten => "the key cannot be written as PEM",
        })
    }
}

impl std::error::Error for KeyError {}

impl SecretKey {
    /// The key of 32 random bytes.
    #[must_use]
    pub fn from_seed(seed: &[u8; 32]) -> SecretKey {
        SecretKey(SigningKey::from_bytes(seed))
    }

    /// Reads PKCS#8 PEM, as `openssl genpkey -algorithm ed25519` writes it.
    ///
    /// # Errors
    /// [`KeyError::NotSecret`].
    pub fn from_pem(pem: &str) -> Result<SecretKey, KeyError> {
        SigningKey::from_pkcs8_pem(pem)
            .map(SecretKey)
            .map_err(|_| KeyError::NotSecret)
    }

    /// PKCS#8 PEM, without the public key, which older tools do not read.
    ///
    /// # Errors
    /// [`KeyError::NotWritten`]: none that can happen.
    pub fn to_pem(&self) -> Result<String, KeyError> {
        let pair = KeypairBytes {
            secret_key: self.0.to_bytes(),
            public_key: None,
        };
        let pem = pair.to_pkcs8_pem(ed25519_dalek::pkcs8::spki::der::pem::LineEnding::LF);
        pem.map(|pem| pem.as_str().to_owned()).map_err(|_| KeyError::NotWritten)
    }

    /// Its public key.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// A bundle with this key's signature; one that it has is replaced.
    ///
    /// # Errors
    /// As [`Bundle::load`], before anything is signed.
    pub fn sign(&self, bundle: &[u8]) -> Result<Vec<u8>, LoadError> {
        let loaded = Bundle::load(bundle)?;
        loaded.check_texts()?;
        let header = Header::read(bundle)?;
        let mut signed = header.unsigned.to_vec();
        signed.extend_from_slice(&MARK);
        signed.extend_from_slice(self.public().0.as_bytes());
        signed.extend_from_slice(&self.0.sign(&message(&header.digest)).to_bytes());
        Ok(signed)
    }
}

impl PublicKey {
    /// Reads SPKI PEM, as `openssl pkey -pubout` writes it.
    ///
    /// # Errors
    /// [`KeyError::NotPublic`].
    pub fn from_pem(pem: &str) -> Result<PublicKey, KeyError> {
        VerifyingKey::from_public_key_pem(pem)
            .map(PublicKey)
            .map_err(|_| KeyError::NotPublic)
    }

    /// SPKI PEM.
    ///
    /// # Errors
    /// [`KeyError::NotWritten`]: none that can happen.
    pub fn to_pem(&self) -> Result<String, KeyError> {
        let pem = self
            .0
            .to_public_key_pem(ed25519_dalek::pkcs8::spki::der::pem::LineEnding::LF);
        pem.map_err(|_| KeyError::NotWritten)
    }
}

fn message(digest: &[u8; 32]) -> Vec<u8> {
    [PURPOSE, digest].concat()
}

/// Whether what follows the sections is nothing, or has the form of a signature.
pub(crate) fn is_one(rest: &[u8]) -> bool {
    rest.is_empty() || rest.len() == LENGTH && rest.starts_with(&MARK)
}

impl Bundle {
    /// As [`Bundle::load`], but only a bundle that one of these keys has signed. Nothing of it is read before its header is
    /// known to be signed.
    ///
    /// # Errors
    /// [`LoadError::Unsigned`], [`LoadError::WronglySigned`], and those of [`Bundle::load`].
    pub fn load_signed(bytes: &[u8], keys: &[PublicKey]) -> Result<Bundle, LoadError> {
        let header = Header::read(bytes)?;
        let by = header.rest.get(4..36).ok_or(LoadError::Unsigned)?;
        let signature = header.rest.last_chunk::<64>().ok_or(LoadError::Unsigned)?;
        let signature = Signature::from_bytes(signature);
        let message = message(&header.digest);
        let trusted = keys.iter().filter(|key| key.0.as_bytes() == by);
        if trusted
            .map(|key| key.0.verify_strict(&message, &signature))
            .any(|good| good.is_ok())
        {
            Bundle::load(bytes)
        } else {
            Err(LoadError::WronglySigned)
        }
    }
}
