//! What the service bears: large bodies, slow clients, many of them, and a clock that goes back.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use kupuya_service::clock::Clock;
use kupuya_service::settings::Settings;
use serde_json::json;

use crate::running::{Running, exchange, file, settings, until};
use crate::shop::{SHOP, changed};

const ASKED: &str = r#"{"action": "use", "data": ["contacts.phone_no"], "purpose": ["marketing"], "about": ["buyer"],
    "given": ["agreed"], "time": "2025-10-02"}"#;

fn with(change: impl FnOnce(&mut Settings)) -> (tempfile::TempDir, Running) {
    let (folder, bundle) = file(&SHOP);
    let mut settings = settings(&bundle);
    change(&mut settings);
    (folder, Running::begin(settings))
}

/// Sends bytes as they are, and reads until the service closes.
fn raw(service: &Running, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(service.address).unwrap();
    stream.write_all(bytes).unwrap();
    let mut told = Vec::new();
    // A connection that is reset after the answer has been read too.
    let _ = stream.read_to_end(&mut told);
    String::from_utf8(told).unwrap()
}

#[test]
fn a_body_over_the_limit_is_refused() {
    let (_folder, service) = with(|settings| settings.max_body = 1000);
    let refused = service.post("/v1/decide", "x".repeat(1001));
    assert_eq!(
        (refused.status, &refused.json()["type"]),
        (413, &json!("urn:kupuya:problem:body-too-large"))
    );
    assert_eq!(refused.json()["max_body"], 1000);
    assert_eq!(
        service.post("/v1/decide", " ".repeat(1000)).status,
        400,
        "a body of that size is read"
    );
    // Also one that does not say its length before it is sent.
    let chunk = "400\r\n".to_owned() + &" ".repeat(1024) + "\r\n0\r\n\r\n";
    let head = "POST /v1/decide HTTP/1.1\r\nhost: x\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n";
    let told = raw(&service, (head.to_owned() + &chunk).as_bytes());
    assert!(told.starts_with("HTTP/1.1 413 "), "{told}");
    // And one that only says it will be large: nothing of it is waited for.
    let told = raw(
        &service,
        b"POST /v1/decide HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 99999\r\n\r\n",
    );
    assert!(told.starts_with("HTTP/1.1 413 "), "{told}");
    assert_eq!(service.post("/v1/decide", ASKED).status, 200);
}

#[test]
fn a_batch_over_the_limit_is_refused() {
    let (_folder, service) = with(|settings| settings.max_batch = 2);
    let refused = service.post("/v1/decide", format!("[{ASKED},{ASKED},{ASKED}]"));
    assert_eq!(
        (refused.status, &refused.json()["type"]),
        (400, &json!("urn:kupuya:problem:batch-too-large"))
    );
    let refused = service.post("/access/v1/evaluations", r#"{"evaluations": [{}, {}, {}]}"#);
    assert_eq!(refused.status, 400);
    assert!(refused.body.contains("max_batch"), "{}", refused.body);
}

#[test]
fn a_slow_client_is_told_so_and_holds_up_nobody() {
    let (_folder, service) = with(|settings| (settings.request_timeout, settings.header_timeout) = (3, 3));
    let slow_body = std::thread::scope(|scope| {
        let slow = scope.spawn(|| {
            raw(
                &service,
                b"POST /v1/decide HTTP/1.1\r\nhost: x\r\ncontent-length: 50\r\n\r\n{\"act",
            )
        });
        let never = scope.spawn(|| raw(&service, b"POST /v1/decide HTTP/1.1\r\nhos"));
        let silent = scope.spawn(|| raw(&service, b""));
        assert_eq!(service.post("/v1/decide", ASKED).status, 200);
        assert_eq!(
            (never.join().unwrap(), silent.join().unwrap()),
            (String::new(), String::new())
        );
        slow.join().unwrap()
    });
    assert!(
        slow_body.starts_with("HTTP/1.1 408 ") && slow_body.contains("too-slow"),
        "{slow_body}"
    );
}

#[test]
fn what_is_too_much_is_told_to_come_back() {
    let (_folder, service) = with(|settings| settings.max_at_once = 1);
    let place = service.app.places.try_acquire().unwrap();
    for path in ["/v1/decide", "/access/v1/evaluation"] {
        let refused = service.post_with(path, ASKED, &[("accept", "application/problem+json")]);
        assert_eq!(
            (refused.status, &refused.json()["type"]),
            (503, &json!("urn:kupuya:problem:too-busy"))
        );
        assert_eq!(refused.headers["retry-after"], "1");
    }
    // Who looks after the service is answered all the same.
    for path in ["/healthz", "/readyz", "/metrics", "/v1/status"] {
        assert_eq!(service.get(path).status, 200, "{path}");
    }
    drop(place);
    assert_eq!(service.post("/v1/decide", ASKED).status, 200);
    assert!(
        service
            .get("/metrics")
            .body
            .contains("kupuya_http_requests_shed_total 2")
    );
}

/// A body that does not come takes no place from others: only what has come of it is held.
#[test]
fn slow_bodies_shut_nobody_out() {
    let (_folder, service) = with(|settings| {
        (settings.max_at_once, settings.max_body, settings.max_bodies) = (1, 1000, 1500);
    });
    let slow: Vec<TcpStream> = (0..20)
        .map(|_| {
            let mut slow = TcpStream::connect(service.address).unwrap();
            slow.write_all(b"POST /v1/decide HTTP/1.1\r\nhost: x\r\ncontent-length: 999\r\n\r\n{")
                .unwrap();
            slow
        })
        .collect();
    until("all of them", || service.app.bodies.available_permits() == 1480);
    assert_eq!(service.post("/v1/decide", ASKED).status, 200);
    // Two bodies that are large find no room together.
    let mut large = &slow[0];
    large.write_all(&[b' '; 900]).unwrap();
    until("most of it", || service.app.bodies.available_permits() == 580);
    let refused = service.post("/v1/decide", " ".repeat(999)).json();
    assert_eq!(
        (&refused["status"], &refused["detail"]),
        (&json!(503), &json!("ask again in a second (max_bodies)"))
    );
    assert_eq!(service.post("/v1/decide", ASKED).status, 200);
    assert_eq!(service.get("/v1/status").status, 200);
    drop(slow);
    until("all have gone", || service.app.bodies.available_permits() == 1500);
    assert_eq!(service.post("/v1/decide", " ".repeat(1000)).status, 400);
}

#[test]
fn a_thousand_connections_are_open_and_all_are_answered() {
    let (_folder, service) = with(|_| {});
    let mut streams: Vec<TcpStream> = (0..1000)
        .map(|_| TcpStream::connect(service.address).unwrap())
        .collect();
    until("all of them", || {
        service.get("/metrics").body.contains("kupuya_http_connections 1001")
    });
    let head = format!(
        "POST /v1/decide HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\r\n{ASKED}",
        ASKED.len()
    );
    for round in 0..2 {
        for stream in &mut streams {
            stream.write_all(head.as_bytes()).unwrap();
        }
        for stream in &mut streams {
            let mut told = [0; 200];
            stream.read_exact(&mut told).unwrap();
            assert!(told.starts_with(b"HTTP/1.1 200 OK"), "round {round}");
            let told = String::from_utf8_lossy(&told).into_owned();
            let length = told
                .split("content-length: ")
                .nth(1)
                .unwrap()
                .split("\r\n")
                .next()
                .unwrap();
            let head = told.find("\r\n\r\n").unwrap() + 4;
            let mut rest = vec![0; length.parse::<usize>().unwrap() + head - 200];
            stream.read_exact(&mut rest).unwrap();
        }
    }
}

#[test]
fn connections_over_the_limit_wait_for_a_place() {
    let (_folder, service) = with(|settings| settings.max_connections = 2);
    let first = TcpStream::connect(service.address).unwrap();
    let second = TcpStream::connect(service.address).unwrap();
    let waiting = std::thread::scope(|scope| {
        let waiting = scope.spawn(|| {
            raw(
                &service,
                b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
            )
        });
        until("both places are taken", || service.app.metrics.connections.get() == 2);
        drop((first, second));
        waiting.join().unwrap()
    });
    assert!(waiting.starts_with("HTTP/1.1 200 OK"), "{waiting}");
}

/// Decisions go by the clock wherever it goes, files are compared for being equal, waiting goes by another clock.
#[test]
fn a_clock_that_is_set_back_is_followed() {
    const YEAR: u64 = 365 * 86_400;
    let now = Arc::new(AtomicU64::new(56 * YEAR + 60 * 86_400));
    let clock = {
        let now = Arc::clone(&now);
        Clock::new(move || UNIX_EPOCH + Duration::from_secs(now.load(Ordering::Relaxed)))
    };
    let (folder, bundle) = file(&SHOP);
    let log = folder.path().join("decisions.log");
    let service = Running::with_clock(
        Settings {
            log: log.to_str().unwrap().to_owned(),
            ..settings(&bundle)
        },
        clock,
    );
    let asked = ASKED.replace(", \"time\": \"2025-10-02\"", "");
    let verdict = || service.post("/v1/decide", &asked).json()["verdict"].take();
    assert_eq!(verdict(), "allow");
    now.fetch_sub(5 * YEAR, Ordering::Relaxed);
    assert_eq!(verdict(), "no_policy", "the policy was not in force then");
    // A newer bundle is taken, although both its time and the clock say that it is older.
    let other = changed("effective: 2025-09-01", "effective: 2015-09-01");
    exchange(&bundle, &other);
    let old = SystemTime::now() - Duration::from_secs(10 * YEAR);
    std::fs::File::options()
        .write(true)
        .open(&bundle)
        .unwrap()
        .set_modified(old)
        .unwrap();
    until("the new bundle", || verdict() == "allow");
    service.stop();
    let text = std::fs::read_to_string(&log).unwrap();
    let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(lines[0]["timestamp"].as_str().unwrap() > lines[1]["timestamp"].as_str().unwrap());
    assert!(
        lines
            .windows(2)
            .all(|pair| pair[0]["req_id"].as_u64() < pair[1]["req_id"].as_u64()),
        "the order is kept"
    );
    assert!(lines[0]["input"]["time"].as_str().unwrap().starts_with("2026-"));
}
