//! The server behind `--watch`: one page and the news that it has changed, for browsers on this machine.

use std::io::Cursor;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use tiny_http::{Header, Method, Request, Response, Server};

use crate::cli::outcome::Failure;

/// A question for news is answered after so long even if there are none, so that no connection stands for ever.
const PATIENCE: Duration = Duration::from_secs(25);

/// The place in the page where the panel and the script go.
const END: &str = "</body>";

/// The page that is shown, and how many there were before it.
#[derive(Default)]
pub struct Shown {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    version: u64,
    page: String,
}

impl Shown {
    /// Shows a page; `false` if it is the one that is shown already.
    pub fn show(&self, page: String) -> bool {
        let mut state = self.state();
        if state.page == page {
            return false;
        }
        state.version += 1;
        state.page = page;
        self.changed.notify_all();
        true
    }

    /// The page, with a script that asks for news of it.
    fn page(&self) -> String {
        let state = self.state();
        let script = include_str!("reload.html").replace("VERSION", &state.version.to_string());
        before_end(&state.page, &script)
    }

    /// Waits until the page is another than this one; `false` if it still is the same.
    fn is_other_than(&self, version: u64) -> bool {
        let same = |state: &mut State| state.version == version;
        let waited = self.changed.wait_timeout_while(self.state(), PATIENCE, same);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        state.version != version
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Starts to serve and gives the address to open.
pub fn start(port: u16, shown: &Arc<Shown>) -> Result<String, Failure> {
    let server = Server::http(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).map_err(Failure::unexpected)?;
    let port = server.server_addr().to_ip().map_or(port, |address| address.port());
    let shown = Arc::clone(shown);
    thread::spawn(move || {
        for request in server.incoming_requests() {
            let shown = Arc::clone(&shown);
            thread::spawn(move || answer(request, port, &shown));
        }
    });
    Ok(format!("http://127.0.0.1:{port}/"))
}

fn answer(request: Request, port: u16, shown: &Shown) {
    let response = response(&request, port, shown);
    // Who has gone away needs no answer.
    let _ = request.respond(response);
}

fn response(request: &Request, port: u16, shown: &Shown) -> Response<Cursor<Vec<u8>>> {
    // A page elsewhere must not read this one by another name of this machine.
    let host = request.headers().iter().find(|header| header.field.equiv("Host"));
    let own = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    if host.is_none_or(|host| own.iter().all(|own| *own != host.value.as_str())) {
        return Response::from_string("").with_status_code(403);
    }
    if *request.method() != Method::Get {
        return Response::from_string("").with_status_code(405);
    }
    match request.url().split_once('?').unwrap_or((request.url(), "")) {
        ("/", _) => {
            let page = Response::from_string(shown.page());
            let headers = [
                ("Content-Type", "text/html;charset=utf-8"),
                ("Cache-Control", "no-store"),
            ];
            let headers = headers
                .into_iter()
                .filter_map(|(name, value)| Header::from_bytes(name, value).ok());
            headers.fold(page, Response::with_header)
        }
        ("/changed", since) => {
            let since = since.strip_prefix("since=").and_then(|since| since.parse().ok());
            let news = since.is_none_or(|since| shown.is_other_than(since));
            Response::from_string("").with_status_code(if news { 200 } else { 204 })
        }
        _ => Response::from_string("").with_status_code(404),
    }
}

/// A page with what is wrong above it; the page itself if nothing is.
pub fn with_panel(page: &str, told: &str) -> String {
    if told.is_empty() {
        return page.to_owned();
    }
    let mut escaped = String::new();
    for letter in told.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            letter => escaped.push(letter),
        }
    }
    let panel = include_str!("panel.html").replace("WRONG", &escaped);
    before_end(page, &panel)
}

fn before_end(page: &str, what: &str) -> String {
    match page.rsplit_once(END) {
        Some((before, after)) => format!("{before}{what}{END}{after}"),
        None => format!("{page}{what}"),
    }
}
