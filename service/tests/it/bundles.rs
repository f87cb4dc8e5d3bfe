//! Bundles come, are verified, exchanged and kept.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use kupuya_service::settings::Settings;
use serde_json::{Value, json};

use crate::running::{Program, Running, exchange, file, settings, until};
use crate::shop::{SHOP, changed, key, meaning};
use crate::store::Store;

const ASKED: &str = r#"{"action": "use", "data": ["contacts.phone_no"], "purpose": ["marketing"], "about": ["buyer"],
    "given": ["agreed"], "time": "2025-10-02"}"#;

fn other() -> Vec<u8> {
    changed("keep    contacts for 3 years", "keep    contacts for 4 years")
}

fn in_force(service: &Running) -> Value {
    service.get("/v1/status").json()["bundle"]["versions"][0]["meaning"].take()
}

/// Reasons to refuse a bundle, with the bytes of one.
fn bad() -> Vec<(&'static str, Vec<u8>)> {
    let good = key(1).sign(&other()).unwrap();
    let mut newer = good.clone();
    newer[8] = 99;
    let mut damaged = good.clone();
    damaged[300] ^= 1;
    vec![
        ("wrongly_signed", key(2).sign(&other()).unwrap()),
        ("unsigned", other()),
        ("truncated", good[..good.len() / 2].to_vec()),
        ("newer_format", newer),
        ("damaged", damaged),
        ("not_a_bundle", b"<html>not found</html>".to_vec()),
        ("not_a_bundle", Vec::new()),
    ]
}

fn signed(bundle: &[u8]) -> (tempfile::TempDir, Settings) {
    let (folder, path) = file(&key(1).sign(bundle).unwrap());
    let public = folder.path().join("key.pub.pem");
    std::fs::write(&public, key(1).public().to_pem().unwrap()).unwrap();
    let settings = Settings {
        bundle_keys: vec![public],
        ..settings(&path)
    };
    (folder, settings)
}

#[test]
fn a_bad_bundle_is_refused_and_the_old_one_stays() {
    let (_folder, settings) = signed(&SHOP);
    let path = settings.bundle.clone();
    let service = Running::begin(settings);
    for (code, bytes) in bad() {
        exchange(path.as_ref(), &bytes);
        let refused = || service.get("/v1/status").json()["bundle"]["refused"]["code"].take();
        until(code, || refused() == code);
        let status = service.get("/v1/status").json();
        assert!(!status["bundle"]["refused"]["message"].as_str().unwrap().is_empty());
        let counted = format!("kupuya_bundle_refused{{code=\"{code}\"}} 1\n");
        assert!(service.get("/metrics").body.contains(&counted), "{code}");
        assert_eq!(status["bundle"]["versions"][0]["meaning"], meaning(&SHOP));
        assert_eq!((&status["ready"], service.get("/readyz").status), (&json!(true), 200));
        assert_eq!(service.post("/v1/decide", ASKED).json()["decision"], true);
        // Each reason is seen, also where the one before had the same name.
        exchange(path.as_ref(), &key(1).sign(&SHOP).unwrap());
        until("the good one again", || refused() == Value::Null);
        assert!(!service.get("/metrics").body.contains("kupuya_bundle_refused{"));
    }
    // What was refused is no new bundle: the first, and each of the good ones since.
    let fetched = "kupuya_bundle_fetches_total{outcome=\"new\"} 8\n";
    until("the last is counted", || service.get("/metrics").body.contains(fetched));
    exchange(path.as_ref(), &key(1).sign(&other()).unwrap());
    until("the new one", || in_force(&service) == meaning(&other()));
    let text = service.get("/metrics").body;
    let info = format!(
        "kupuya_bundle_info{{policy=\"shop\",meaning=\"{}\"}} 1",
        meaning(&other())
    );
    assert!(
        text.contains(&info) && text.contains("kupuya_bundle_fetches_total{outcome=\"refused\"} 7"),
        "{text}"
    );
    assert!(!text.contains(&meaning(&SHOP)), "only what is in force is told");
}

/// The same bytes are the same bundle, also from a server without entity tags.
#[test]
fn what_a_server_gives_again_is_not_activated_again() {
    let store = Store::of(&SHOP);
    store.change(|shelf| shelf.tag = String::new());
    let service = Running::begin(polled(&store));
    let since = || service.get("/v1/status").json()["bundle"]["last_successful_activation"].take();
    let first = since();
    until("some looks", || store.shelf().asked.len() > 4);
    assert_eq!(since(), first);
    store.change(|shelf| shelf.bytes = other());
    until("the new one", || in_force(&service) == meaning(&other()));
}

#[test]
fn a_bundle_of_another_policy_is_refused() {
    let (_folder, path) = file(&SHOP);
    let service = Running::begin(settings(&path));
    exchange(&path, &changed("policy shop", "policy boutique"));
    let refused = || service.get("/v1/status").json()["bundle"]["refused"].take();
    until("the refusal", || refused()["code"] == "other_policy");
    assert_eq!(
        refused()["message"],
        "it is of the policy `boutique`, and `shop` is in force"
    );
    assert_eq!(in_force(&service), meaning(&SHOP));
}

/// Also of what came from disk: the source was away when the service began.
#[test]
fn a_kept_policy_gives_way_to_no_other() {
    let (folder, path) = file(&SHOP);
    let settings = Settings {
        keep_dir: Some(folder.path().join("state")),
        ..settings(&path)
    };
    Running::begin(settings.clone()).stop();
    std::fs::remove_file(&path).unwrap();
    let service = Running::begin(settings.clone());
    let bundle = || service.get("/v1/status").json()["bundle"].take();
    assert_eq!(bundle()["from_disk"], true);
    exchange(&path, &changed("policy shop", "policy boutique"));
    until("the refusal", || bundle()["refused"]["code"] == "other_policy");
    let told = bundle();
    assert_eq!(
        told["refused"]["message"],
        "it is of the policy `boutique`, and `shop` is in force, from keep_dir"
    );
    assert_eq!((&told["policy"], &told["from_disk"]), (&json!("shop"), &json!(true)));
    exchange(&path, &other());
    until("its own next bundle", || in_force(&service) == meaning(&other()));
    service.stop();
    // After a restart whatever the source has counts.
    exchange(&path, &changed("policy shop", "policy boutique"));
    let service = Running::begin(settings);
    assert_eq!(service.get("/v1/status").json()["bundle"]["policy"], "boutique");
}

#[test]
fn names_that_the_policy_does_not_know_are_told() {
    let (folder, path) = file(&SHOP);
    let map = folder.path().join("map.toml");
    std::fs::write(
        &map,
        "[resource.order]\ndata = [\"contacts\", \"phone_nmo\"]\nabout = \"any\"\nplace = \"abroad\"\n\
         [subject.courier.ids.one]\nplace = \"Atlantis\"\n[subject.shop]\nplace = \"KG\"\n",
    )
    .unwrap();
    let service = Running::begin(Settings {
        map: Some(map),
        log_mask: vec!["contakts".to_owned(), "phone_no".to_owned()],
        ..settings(&path)
    });
    let told = service.get("/v1/status").json()["bundle"]["unknown_names"].take();
    assert_eq!(
        told,
        json!([
            "map: subject.courier.ids.one.place: the policy has no `Atlantis`",
            "map: resource.order.data: the policy has no `phone_nmo`",
            "log_mask: the policy has no `contakts`; is `contacts` meant?"
        ])
    );
}

#[test]
fn without_a_bundle_the_service_waits_for_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.kupb");
    let service = Running::begin(settings(&path));
    assert_eq!(
        (service.get("/healthz").status, service.get("/readyz").status),
        (200, 503)
    );
    let refused = service.post("/v1/decide", ASKED);
    assert_eq!(
        (refused.status, &refused.json()["type"]),
        (503, &json!("urn:kupuya:problem:no-bundle"))
    );
    assert_eq!(refused.headers["retry-after"], "1");
    let status = service.get("/v1/status").json();
    assert!(
        status["bundle"]["unreachable"]["message"]
            .as_str()
            .unwrap()
            .contains("shop.kupb"),
        "{status}"
    );
    exchange(&path, &SHOP);
    until("the bundle", || service.get("/readyz").status == 200);
    assert_eq!(service.post("/v1/decide", ASKED).json()["decision"], true);
    assert_eq!(service.get("/v1/status").json()["bundle"].get("unreachable"), None);
}

/// A hundred exchanges while four clients ask batches: each is answered whole, and by one bundle.
#[test]
fn no_request_is_lost_while_bundles_are_exchanged() {
    let (_folder, path) = file(&SHOP);
    let service = Arc::new(Running::begin(settings(&path)));
    let stop = Arc::new(AtomicBool::new(false));
    let answered = Arc::new(AtomicUsize::new(0));
    let known = [meaning(&SHOP), meaning(&other())];
    let ask = |number: usize| {
        let (service, stop, answered, known) = (
            Arc::clone(&service),
            Arc::clone(&stop),
            Arc::clone(&answered),
            known.clone(),
        );
        thread::spawn(move || {
            let batch = format!("[{}]", vec![ASKED; 20].join(","));
            while !stop.load(Ordering::Relaxed) {
                let told = service.post("/v1/decide", if number.is_multiple_of(2) { &batch } else { ASKED });
                assert_eq!(told.status, 200, "{}", told.body);
                let told = match told.json() {
                    Value::Array(told) => told,
                    one => vec![one],
                };
                assert!(told.iter().all(|one| one["decision"] == true));
                let meaning = told[0]["meaning"].as_str().unwrap();
                assert!(known.iter().any(|known| known == meaning));
                assert!(
                    told.iter().all(|one| one["meaning"] == meaning),
                    "one batch, one bundle"
                );
                answered.fetch_add(1, Ordering::Relaxed);
            }
        })
    };
    let clients: Vec<_> = (0..4).map(ask).collect();
    let bundles = [other(), SHOP.clone()];
    for number in 0..100 {
        let bundle = &bundles[number % 2];
        let before = answered.load(Ordering::Relaxed);
        exchange(&path, bundle);
        until("the exchange", || in_force(&service) == meaning(bundle));
        until("an answer under it", || answered.load(Ordering::Relaxed) > before);
    }
    stop.store(true, Ordering::Relaxed);
    clients.into_iter().for_each(|client| client.join().unwrap());
}

#[test]
fn killed_and_restarted_without_its_source_it_answers() {
    let folder = tempfile::tempdir().unwrap();
    let keep = folder.path().join("state");
    let keep = keep.to_str().unwrap();
    let store = Store::of(&SHOP);
    let url = store.url();
    let arguments = ["--bundle", &url, "--keep-dir", keep];
    let first = Program::start(&arguments);
    assert_eq!(first.post("/v1/decide", ASKED).json()["decision"], true);
    first.kill();
    store.change(|shelf| shelf.status = Some(500));
    let second = Program::start(&arguments);
    assert_eq!(second.post("/v1/decide", ASKED).json()["decision"], true);
    let bundle = second.get("/v1/status").json()["bundle"].take();
    assert_eq!(
        (&bundle["from_disk"], &bundle["versions"][0]["meaning"]),
        (&json!(true), &json!(meaning(&SHOP)))
    );
    assert_eq!(bundle["unreachable"]["message"], "the bundle server answers 500");
    second.kill();
    // What is kept is verified as what comes is: a damaged file is nothing, and it is told that there was one.
    std::fs::write(folder.path().join("state/last-good.kept"), "damaged").unwrap();
    let third = Program::start(&arguments);
    assert_eq!(third.get("/readyz").status, 503);
    let bundle = third.get("/v1/status").json()["bundle"].take();
    assert_eq!(bundle["refused"]["code"], "kept_damaged", "{bundle}");
    assert!(
        bundle["refused"]["message"]
            .as_str()
            .unwrap()
            .ends_with("last-good.kept is damaged")
    );
    assert_eq!(bundle["unreachable"]["message"], "the bundle server answers 500");
    let counted = third.get("/metrics").body;
    assert!(
        counted.contains("kupuya_bundle_refused{code=\"kept_damaged\"} 1\n"),
        "{counted}"
    );
    assert!(!counted.contains("outcome=\"refused\""), "nothing was fetched");
    third.kill();
}

#[test]
fn what_is_kept_must_be_signed_too() {
    let (folder, mut settings) = signed(&SHOP);
    let keep = folder.path().join("state");
    let unsigned = file(&SHOP);
    settings.keep_dir = Some(keep.clone());
    let keys = std::mem::take(&mut settings.bundle_keys);
    let trusting = Settings {
        bundle: unsigned.1.to_str().unwrap().to_owned(),
        ..settings.clone()
    };
    Running::begin(trusting).stop();
    assert!(keep.join("last-good.kept").is_file());
    std::fs::remove_file(&settings.bundle).unwrap();
    let service = Running::begin(Settings {
        bundle_keys: keys,
        ..settings
    });
    let status = service.get("/v1/status").json();
    assert_eq!(
        (service.get("/readyz").status, &status["bundle"]["refused"]["code"]),
        (503, &json!("unsigned"))
    );
}

fn polled(store: &Store) -> Settings {
    Settings {
        bundle: store.url(),
        bundle_every: Some(0),
        ..settings("".as_ref())
    }
}

#[test]
fn a_server_is_asked_as_opa_asks() {
    let store = Store::of(&SHOP);
    store.change(|shelf| shelf.token = Some("open sesame".to_owned()));
    let service = Running::begin(Settings {
        bundle_token: Some("open sesame".to_owned()),
        ..polled(&store)
    });
    until("nothing new", || store.shelf().same > 2);
    assert_eq!(in_force(&service), meaning(&SHOP));
    let asked = store.shelf().asked;
    assert_eq!(
        (asked[0].get("if-none-match"), asked[0]["prefer"].as_str()),
        (None, "modes=snapshot")
    );
    assert_eq!(asked[1]["if-none-match"], "\"1\"");
    store.change(|shelf| (shelf.bytes, shelf.tag) = (other(), "\"2\"".to_owned()));
    until("the new one", || in_force(&service) == meaning(&other()));
    // A bundle that breaks off, one that is no bundle, a server that fails: the old one stays, and is fetched again.
    store.change(|shelf| (shelf.bytes, shelf.tag, shelf.cut) = (SHOP.clone(), "\"3\"".to_owned(), Some(500)));
    let told = |key: &str| service.get("/v1/status").json()["bundle"][key]["message"].take();
    until("the end that is missing", || {
        told("unreachable")
            .as_str()
            .is_some_and(|told| told.contains("breaks off"))
    });
    store.change(|shelf| (shelf.bytes, shelf.cut) = (SHOP[..500].to_vec(), None));
    until("the refusal", || told("refused") == "the bundle ends too early");
    assert_eq!(in_force(&service), meaning(&other()));
    // Taken back: the server gives what is in force again, and nothing newer is refused any more.
    store.change(|shelf| (shelf.bytes, shelf.tag) = (other(), "\"2\"".to_owned()));
    until("what is in force", || told("refused") == Value::Null);
    assert!(!service.get("/metrics").body.contains("kupuya_bundle_refused{"));
    store.change(|shelf| (shelf.status, shelf.tag) = (Some(503), "\"3\"".to_owned()));
    until("the failure", || told("unreachable") == "the bundle server answers 503");
    store.change(|shelf| (shelf.bytes, shelf.status) = (SHOP.clone(), None));
    until("the old one again", || in_force(&service) == meaning(&SHOP));
    assert_eq!((told("refused"), told("unreachable")), (Value::Null, Value::Null));
    store.change(|shelf| shelf.token = Some("another".to_owned()));
    until("the wrong token", || {
        told("unreachable") == "the bundle server answers 401"
    });
}

#[test]
fn a_server_that_holds_requests_is_asked_again_at_once() {
    let store = Store::of(&SHOP);
    store.change(|shelf| shelf.holds = true);
    // Without long polling the next look would come in an hour.
    let service = Running::begin(Settings {
        bundle_every: Some(3600),
        bundle_wait: 30,
        ..polled(&store)
    });
    until("the request that is held", || store.shelf().asked.len() > 1);
    assert_eq!(store.shelf().asked[1]["prefer"], "modes=snapshot;wait=30");
    assert_eq!(store.shelf().same, 0);
    store.change(|shelf| (shelf.bytes, shelf.tag) = (other(), "\"2\"".to_owned()));
    until("the new one", || in_force(&service) == meaning(&other()));
    store.change(|shelf| shelf.tag = "\"3\"".to_owned());
}

#[test]
fn a_bundle_that_is_too_large_is_not_taken() {
    let store = Store::of(&SHOP);
    let service = Running::begin(Settings {
        bundle_max: 100,
        ..polled(&store)
    });
    let status = service.get("/v1/status").json();
    assert_eq!(
        status["bundle"]["unreachable"]["message"],
        "the bundle has more than 100 bytes (bundle_max)"
    );
}
