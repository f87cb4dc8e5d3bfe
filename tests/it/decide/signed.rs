//! Signed bundles: by the right key or not at all; keys as openssl reads and writes them.

use std::fs;
use std::path::Path;
use std::process::Command;

use kupuya_reference::Made;
use kupuya_reference::random::{self, Tape};
use kupuya_runtime::{Bundle, LoadError, PublicKey, SecretKey};

fn key(seed: u8) -> SecretKey {
    SecretKey::from_seed(&[seed; 32])
}

#[test]
fn only_what_a_trusted_key_has_signed_is_loaded() {
    let made = Made::new(random::model(&mut Tape::new(&[])));
    let signed = key(1).sign(&made.bytes).unwrap();
    let by = |bytes: &[u8], keys: &[u8]| {
        let keys: Vec<PublicKey> = keys.iter().map(|seed| key(*seed).public()).collect();
        Bundle::load_signed(bytes, &keys).map(|bundle| bundle.digest()).err()
    };
    assert_eq!(by(&signed, &[1]), None);
    assert_eq!(by(&signed, &[2, 1]), None);
    assert_eq!(by(&signed, &[2]), Some(LoadError::WronglySigned));
    assert_eq!(by(&signed, &[]), Some(LoadError::WronglySigned));
    assert_eq!(by(&made.bytes, &[1]), Some(LoadError::Unsigned));
    assert!(Bundle::load(&signed).is_ok(), "who asks for no key need not have one");
    assert_eq!(
        key(2).sign(&signed).unwrap().len(),
        signed.len(),
        "a signature is replaced"
    );
    // Without optimising a signature takes long to check: a sample of the bytes, and all of the signature's form.
    let sections = (0..made.bytes.len()).step_by(301);
    for at in sections.chain(made.bytes.len()..made.bytes.len() + 4) {
        let mut changed = signed.clone();
        changed[at] ^= 1;
        let keys = [key(1).public()];
        let refused = Bundle::load_signed(&changed, &keys).and_then(|bundle| bundle.check_texts());
        assert!(refused.is_err(), "byte {at}");
    }
    let other = Made::new(random::model(&mut Tape::new(&[3; 200])));
    let moved = [other.bytes.as_slice(), &signed[made.bytes.len()..]].concat();
    assert_eq!(
        by(&moved, &[1]),
        Some(LoadError::WronglySigned),
        "a signature of another bundle"
    );
    assert!(Bundle::load(&[signed.as_slice(), b"x"].concat()).is_err());
}

#[test]
fn keys_are_pem() {
    let secret = key(7);
    let again = SecretKey::from_pem(&secret.to_pem().unwrap()).unwrap();
    assert_eq!(again.public(), secret.public());
    let public = PublicKey::from_pem(&secret.public().to_pem().unwrap());
    assert_eq!(public, Ok(secret.public()));
    assert!(SecretKey::from_pem("-----BEGIN PRIVATE KEY-----").is_err());
    assert!(PublicKey::from_pem(&secret.to_pem().unwrap()).is_err());
}

/// Where openssl is at hand: it reads our keys, we read its, and both find the same public key.
#[test]
fn openssl_reads_our_keys_and_we_its() {
    if Command::new("openssl").arg("version").output().is_err() {
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("keys");
    fs::create_dir_all(&folder).unwrap();
    let (ours, theirs) = (folder.join("ours.pem"), folder.join("theirs.pem"));
    let openssl = |arguments: &[&str]| {
        let done = Command::new("openssl").args(arguments).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    };
    fs::write(&ours, key(9).to_pem().unwrap()).unwrap();
    let public = openssl(&["pkey", "-in", ours.to_str().unwrap(), "-pubout"]);
    assert_eq!(public, key(9).public().to_pem().unwrap());
    openssl(&["genpkey", "-algorithm", "ed25519", "-out", theirs.to_str().unwrap()]);
    let made = SecretKey::from_pem(&fs::read_to_string(&theirs).unwrap()).unwrap();
    let public = openssl(&["pkey", "-in", theirs.to_str().unwrap(), "-pubout"]);
    assert_eq!(made.public().to_pem().unwrap(), public);
}
