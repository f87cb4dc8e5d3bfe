//! Who is let in: bearer tokens and TLS.

use kupuya_service::settings::Settings;
use serde_json::json;

use crate::running::{Program, Running, file, settings};
use crate::shop::SHOP;

#[test]
fn without_a_token_only_the_open_paths_answer() {
    let (folder, bundle) = file(&SHOP);
    let tokens = folder.path().join("tokens");
    std::fs::write(&tokens, "# for the shop\none\n\ntwo\n").unwrap();
    let service = Running::begin(Settings {
        tokens_file: Some(tokens),
        ..settings(&bundle)
    });
    for path in [
        "/healthz",
        "/readyz",
        "/openapi.json",
        "/.well-known/authzen-configuration",
    ] {
        assert_eq!(service.get(path).status, 200, "{path}");
    }
    for path in ["/metrics", "/v1/status", "/v1/clauses/x"] {
        let refused = service.get(path);
        assert_eq!(
            (refused.status, &refused.json()["type"]),
            (401, &json!("urn:kupuya:problem:no-token")),
            "{path}"
        );
        assert_eq!(refused.headers["www-authenticate"], "Bearer realm=\"kupuya\"");
    }
    let body = r#"{"action": "use"}"#;
    assert_eq!(service.post("/v1/decide", body).status, 401);
    let refused = service.post_with("/access/v1/evaluation", "{}", &[("authorization", "Bearer three")]);
    assert_eq!(
        (refused.status, refused.sort.as_str()),
        (401, "text/plain; charset=utf-8")
    );
    let told = service.post_with("/v1/decide", body, &[("authorization", "Bearer two")]);
    assert_eq!(told.status, 200);
}

#[test]
fn https_is_spoken_with_a_certificate() {
    let (folder, bundle) = file(&SHOP);
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned(), "127.0.0.1".to_owned()]).unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let certificate = write("certificate.pem", &made.cert.pem());
    let key = write("key.pem", &made.signing_key.serialize_pem());
    let program = Program::start(&[
        "--bundle",
        bundle.to_str().unwrap(),
        "--tls-certificate",
        &certificate,
        "--tls-key",
        &key,
    ]);
    assert!(program.address.starts_with("https://"));
    let trusted = ureq::tls::Certificate::from_pem(made.cert.pem().as_bytes()).unwrap();
    let tls = ureq::tls::TlsConfig::builder()
        .root_certs(ureq::tls::RootCerts::new_with_certs(&[trusted]))
        .build();
    let agent: ureq::Agent = ureq::Agent::config_builder().tls_config(tls).build().into();
    let told = agent.get(format!("{}/readyz", program.address)).call().unwrap();
    assert_eq!(told.status(), 200);
    // Who does not know the certificate goes away, who speaks no TLS is not answered, and others are.
    assert!(ureq::get(format!("{}/readyz", program.address)).call().is_err());
    assert!(
        ureq::get(format!("{}/readyz", program.address.replace("https", "http")))
            .call()
            .is_err()
    );
    assert_eq!(
        agent
            .get(format!("{}/healthz", program.address))
            .call()
            .unwrap()
            .status(),
        200
    );
    // A bundle server with such a certificate is trusted when told so.
    let store = folder.path().join("none.kupb");
    let asking = Program::start(&[
        "--bundle",
        &format!("{}/openapi.json", program.address),
        "--bundle-ca",
        &certificate,
        "--keep-dir",
        store.to_str().unwrap(),
    ]);
    let status = asking.get("/v1/status").json();
    assert_eq!(status["bundle"]["refused"]["code"], "not_a_bundle", "{status}");
    asking.kill();
    program.kill();
}
