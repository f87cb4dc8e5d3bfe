//! The service under load beside an axum handler that answers nothing, in one run: requests a second, p50 and p99, and the ratio
//! of the throughputs. `cargo bench -p kupuya-service`; a number behind `--` is how many seconds each round takes.
//!
//! Both are programs of their own, and so is this one: on one machine it takes its share of the cores from both alike, so the time
//! of the processor that a server spends on a request is told too.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs
)]

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

#[path = "../tests/it/shop.rs"]
#[allow(dead_code, reason = "the tests need more of it")]
mod shop;

const CONNECTIONS: usize = 64;
const ROUNDS: usize = 3;

const ASKED: &str = r#"{"action":"use","data":["contacts.phone_no"],"purpose":["marketing"],"about":["buyer"],"given":["agreed"],"time":"2025-10-02"}"#;
const EVALUATION: &str = r#"{"subject":{"type":"controller","id":"shop_llc"},"action":{"name":"use"},"resource":{"type":"data_category","id":"contacts.phone_no"},"context":{"purpose":"marketing","about":"buyer","given":["agreed"],"time":"2025-10-02"}}"#;

/// A server to be measured.
struct Server {
    child: Child,
    address: SocketAddr,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What is asked of which server.
struct Row {
    name: &'static str,
    server: usize,
    path: &'static str,
    body: String,
    decisions: u64,
    rounds: Vec<Round>,
}

/// What one round gives.
#[derive(Clone, Copy)]
struct Round {
    rate: f64,
    p50: Duration,
    p99: Duration,
    /// Microseconds of the processor a request.
    processor: f64,
}

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    if arguments.first().is_some_and(|first| first == "empty") {
        return empty();
    }
    let seconds = arguments.first().and_then(|number| number.parse().ok()).unwrap_or(4);
    let folder = tempfile::tempdir().unwrap();
    let bundle = folder.path().join("shop.kupb");
    std::fs::write(&bundle, &*shop::SHOP).unwrap();
    let servers = servers(folder.path(), &bundle);
    let row = |name, server, path, body: &str, decisions| Row {
        name,
        server,
        path,
        body: body.to_owned(),
        decisions,
        rounds: Vec::new(),
    };
    let batch = format!("[{}]", vec![ASKED; 20].join(","));
    let mut rows = [
        row("a handler that answers nothing", 0, "/", "", 0),
        row("the same, sent the request", 0, "/", ASKED, 0),
        row("/healthz", 1, "/healthz", "", 0),
        row("/v1/decide", 1, "/v1/decide", ASKED, 1),
        row("/v1/decide, with a log", 2, "/v1/decide", ASKED, 1),
        row("/access/v1/evaluation", 1, "/access/v1/evaluation", EVALUATION, 1),
        row("/v1/decide, lists of 20", 1, "/v1/decide", &batch, 20),
    ];
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    for _ in 0..ROUNDS {
        for row in &mut rows {
            let server = &servers[row.server];
            let method = if row.path.starts_with("/v1") || row.path.starts_with("/access") || !row.body.is_empty() {
                "POST"
            } else {
                "GET"
            };
            let request = format!(
                "{method} {} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{}",
                row.path,
                row.body.len(),
                row.body
            );
            runtime.block_on(load(server, &request, Duration::from_millis(500)));
            let round = runtime.block_on(load(server, &request, Duration::from_secs(seconds)));
            row.rounds.push(round);
        }
    }
    table(&mut rows);
}

fn servers(folder: &Path, bundle: &Path) -> [Server; 3] {
    let own = |log: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kupuya-service"));
        command
            .args(["--listen", "127.0.0.1:0", "--bundle"])
            .arg(bundle)
            .args(["--log", log]);
        start(&mut command)
    };
    let log: PathBuf = folder.join("decisions.log");
    let mut empty = Command::new(std::env::current_exe().unwrap());
    [start(empty.arg("empty")), own("off"), own(log.to_str().unwrap())]
}

fn start(command: &mut Command) -> Server {
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let address = lines.find_map(|line| Some(line.unwrap().split_once("listening on http://")?.1.parse().unwrap()));
    std::thread::spawn(move || lines.for_each(drop));
    Server {
        child,
        address: address.unwrap(),
    }
}

/// The server of comparison.
#[allow(clippy::print_stderr)]
fn empty() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let router = axum::Router::new().route("/", axum::routing::any(|| async {}));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        eprintln!("listening on http://{}", listener.local_addr().unwrap());
        axum::serve(listener, router).await.unwrap();
    });
}

/// Every connection asks again as soon as it has been answered.
async fn load(server: &Server, request: &str, lasting: Duration) -> Round {
    let before = processor(server);
    let began = Instant::now();
    let tasks: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let (address, request) = (server.address, request.as_bytes().to_vec());
            tokio::spawn(async move {
                let mut stream = TcpStream::connect(address).await.unwrap();
                stream.set_nodelay(true).unwrap();
                let mut took = Vec::new();
                let mut read = vec![0; 65536];
                while began.elapsed() < lasting {
                    let asked = Instant::now();
                    stream.write_all(&request).await.unwrap();
                    answer(&mut stream, &mut read).await;
                    took.push(asked.elapsed());
                }
                took
            })
        })
        .collect();
    let mut took = Vec::new();
    for task in tasks {
        took.extend(task.await.unwrap());
    }
    let passed = began.elapsed();
    took.sort_unstable();
    let count = took.len();
    let at = |share: f64| took[((count as f64 * share) as usize).min(count - 1)];
    Round {
        rate: count as f64 / passed.as_secs_f64(),
        p50: at(0.5),
        p99: at(0.99),
        processor: (processor(server) - before) * 1e6 / count as f64,
    }
}

/// Reads one answer, and sees to it that it is a good one.
async fn answer(stream: &mut TcpStream, read: &mut [u8]) {
    let mut have = 0;
    loop {
        have += stream.read(&mut read[have..]).await.unwrap();
        let Some(head) = read[..have].windows(4).position(|bytes| bytes == b"\r\n\r\n") else {
            continue;
        };
        assert!(read.starts_with(b"HTTP/1.1 200"));
        let text = std::str::from_utf8(&read[..head]).unwrap();
        let length = text
            .split("content-length: ")
            .nth(1)
            .map_or(0, |rest| rest.split("\r\n").next().unwrap().parse::<usize>().unwrap());
        while have < head + 4 + length {
            have += stream.read(&mut read[have..]).await.unwrap();
        }
        return;
    }
}

/// Seconds of the processor that a server has taken, where the system tells.
fn processor(server: &Server) -> f64 {
    let told = std::fs::read_to_string(format!("/proc/{}/stat", server.child.id())).unwrap_or_default();
    let fields: Vec<&str> = told.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| {
        fields
            .get(at)
            .and_then(|ticks| ticks.parse::<f64>().ok())
            .unwrap_or(0.0)
    };
    (ticks(11) + ticks(12)) / 100.0
}

fn table(rows: &mut [Row]) {
    let median = |row: &mut Row| {
        row.rounds.sort_by(|a, b| a.rate.total_cmp(&b.rate));
        row.rounds[row.rounds.len() / 2]
    };
    let base = median(&mut rows[0]);
    println!("{CONNECTIONS} connections, the median of {ROUNDS} rounds\n");
    println!("| asked | requests/s | of the first | decisions/s | p50 | p99 | processor a request |");
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    for row in rows {
        let round = median(row);
        let decisions = match row.decisions {
            0 => String::new(),
            count => format!("{:.0}", round.rate * count as f64),
        };
        let milliseconds = |took: Duration| took.as_secs_f64() * 1000.0;
        println!(
            "| {} | {:.0} | {:.2} | {} | {:.2} ms | {:.2} ms | {:.1} µs |",
            row.name,
            round.rate,
            round.rate / base.rate,
            decisions,
            milliseconds(round.p50),
            milliseconds(round.p99),
            round.processor
        );
    }
}
