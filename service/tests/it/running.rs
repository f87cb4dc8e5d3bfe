//! A service that runs: inside the test, or as a program of its own.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use kupuya_service::app::App;
use kupuya_service::clock::Clock;
use kupuya_service::serve::Server;
use kupuya_service::settings::Settings;
use serde_json::Value;
use tokio::sync::oneshot;
use ureq::http::Response;
use ureq::{Agent, Body};

/// An answer: the status, the sort of the body, and the body.
#[derive(Debug)]
pub struct Answered {
    pub status: u16,
    pub sort: String,
    pub headers: ureq::http::HeaderMap,
    pub body: String,
}

impl Answered {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

fn answered(response: Response<Body>) -> Answered {
    let (head, mut body) = response.into_parts();
    let header = |name| {
        head.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
            .to_owned()
    };
    Answered {
        status: head.status.as_u16(),
        sort: header("content-type"),
        body: body.read_to_string().unwrap(),
        headers: head.headers,
    }
}

/// A client that gives errors as answers.
pub fn agent() -> Agent {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .proxy(None)
        .timeout_global(Some(Duration::from_secs(60)));
    config.build().into()
}

/// Settings that listen on a free port.
pub fn settings(bundle: &Path) -> Settings {
    Settings {
        bundle: bundle.to_str().unwrap().to_owned(),
        bundle_every: Some(0),
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        ..Settings::default()
    }
}

/// A service inside the test.
pub struct Running {
    pub app: Arc<App>,
    pub address: SocketAddr,
    pub agent: Agent,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    /// Begins with settings.
    pub fn begin(settings: Settings) -> Running {
        Running::with_clock(settings, Clock::system())
    }

    /// Begins with a clock of its own.
    pub fn with_clock(settings: Settings, clock: Clock) -> Running {
        let app = Arc::new(App::begin(settings, clock).unwrap());
        let (stop, stopped) = oneshot::channel();
        let (told, address) = mpsc::channel();
        let served = Arc::clone(&app);
        let thread = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(2)
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                let server = Server::bind(Arc::clone(&served)).await.unwrap();
                told.send(server.address().unwrap()).unwrap();
                server.run(async { drop(stopped.await) }).await;
            });
            runtime.shutdown_background();
            served.end_log();
        });
        Running {
            app,
            address: address.recv().unwrap(),
            agent: agent(),
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    /// Begins with a bundle in a file of its own.
    pub fn of(bundle: &[u8]) -> (tempfile::TempDir, Running) {
        let (folder, file) = file(bundle);
        (folder, Running::begin(settings(&file)))
    }

    /// Where a path is.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Asks with GET.
    pub fn get(&self, path: &str) -> Answered {
        answered(self.agent.get(self.url(path)).call().unwrap())
    }

    /// Asks with POST.
    pub fn post(&self, path: &str, body: impl AsRef<str>) -> Answered {
        self.post_with(path, body, &[])
    }

    /// Asks with POST and headers.
    pub fn post_with(&self, path: &str, body: impl AsRef<str>, headers: &[(&str, &str)]) -> Answered {
        let mut request = self
            .agent
            .post(self.url(path))
            .header("content-type", "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        answered(request.send(body.as_ref()).unwrap())
    }

    /// Stops, and waits for the end.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !thread::panicking() {
            self.end();
        }
    }
}

/// A bundle in a file.
pub fn file(bundle: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.kupb");
    std::fs::write(&file, bundle).unwrap();
    (folder, file)
}

/// Puts a file in the place of another in one step, as a deployment does.
pub fn exchange(file: &Path, bytes: &[u8]) {
    let new = file.with_extension("new");
    std::fs::write(&new, bytes).unwrap();
    std::fs::rename(new, file).unwrap();
}

/// Waits until something holds; fails if it never does.
pub fn until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..3000 {
        if holds() {
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("waited in vain: {what}");
}

/// The service as a program of its own.
pub struct Program {
    pub child: Child,
    pub address: String,
    pub agent: Agent,
    lines: mpsc::Receiver<String>,
}

impl Program {
    /// Starts it on a free port and waits until it listens.
    pub fn start(arguments: &[&str]) -> Program {
        let mut child = Command::new(env!("CARGO_BIN_EXE_kupuya-service"))
            .args(["--listen", "127.0.0.1:0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut said = Vec::new();
        let address = loop {
            let Some(line) = lines.next() else {
                panic!("it did not listen: {said:?}")
            };
            let line = line.unwrap();
            if let Some((_, address)) = line.split_once("listening on ") {
                break address.to_owned();
            }
            said.push(line);
        };
        let (tell, told) = mpsc::channel();
        thread::spawn(move || lines.map_while(Result::ok).for_each(|line| drop(tell.send(line))));
        Program {
            child,
            address,
            agent: agent(),
            lines: told,
        }
    }

    /// Asks with GET.
    pub fn get(&self, path: &str) -> Answered {
        answered(self.agent.get(format!("{}{path}", self.address)).call().unwrap())
    }

    /// Asks with POST.
    pub fn post(&self, path: &str, body: &str) -> Answered {
        answered(self.agent.post(format!("{}{path}", self.address)).send(body).unwrap())
    }

    /// Asks it to end, as systemd does, and waits; gives whether it ended well and what it said since it listened.
    pub fn terminate(mut self) -> (bool, Vec<String>) {
        let asked = Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        assert!(asked.success());
        let ended = self.child.wait().unwrap();
        (ended.success(), self.lines.iter().collect())
    }

    /// Ends it at once, without its knowing.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}
