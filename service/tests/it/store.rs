//! A server of bundles for the tests: entity tags, long polling, and failures on demand.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

/// What the server does.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    pub bytes: Vec<u8>,
    /// Empty: it knows none.
    pub tag: String,
    /// Instead of a bundle.
    pub status: Option<u16>,
    /// It holds requests until something is new, and says so.
    pub holds: bool,
    /// Breaks off after so many bytes.
    pub cut: Option<usize>,
    /// Who asks must show this token.
    pub token: Option<String>,
    /// The headers of the requests so far.
    pub asked: Vec<BTreeMap<String, String>>,
    /// How many were told that nothing is new.
    pub same: usize,
}

/// The server.
pub struct Store {
    pub address: SocketAddr,
    shelf: Arc<(Mutex<Shelf>, Condvar)>,
}

impl Store {
    /// Serves a bundle.
    pub fn of(bytes: &[u8]) -> Store {
        let shelf = Shelf {
            bytes: bytes.to_vec(),
            tag: "\"1\"".to_owned(),
            ..Shelf::default()
        };
        let shelf = Arc::new((Mutex::new(shelf), Condvar::new()));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::clone(&shelf);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let shared = Arc::clone(&shared);
                thread::spawn(move || drop(serve(&stream.unwrap(), &shared)));
            }
        });
        Store { address, shelf }
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("http://{}/shop.kupb", self.address)
    }

    /// Changes what it does.
    pub fn change(&self, change: impl FnOnce(&mut Shelf)) {
        change(&mut self.shelf.0.lock().unwrap());
        self.shelf.1.notify_all();
    }

    /// What it has seen.
    pub fn shelf(&self) -> Shelf {
        self.shelf.0.lock().unwrap().clone()
    }
}

fn serve(stream: &TcpStream, shared: &(Mutex<Shelf>, Condvar)) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let mut headers = BTreeMap::new();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line)?;
            let Some((name, value)) = line.trim().split_once(": ") else {
                break;
            };
            headers.insert(name.to_lowercase(), value.to_owned());
        }
        let mut shelf = shared.0.lock().unwrap();
        shelf.asked.push(headers.clone());
        let waits = headers
            .get("prefer")
            .and_then(|prefer| prefer.split_once("wait=")?.1.parse().ok());
        let known = |shelf: &Shelf| !shelf.tag.is_empty() && headers.get("if-none-match") == Some(&shelf.tag);
        if let (Some(seconds), true) = (waits, shelf.holds) {
            let limit = Duration::from_secs(seconds);
            shelf = shared
                .1
                .wait_timeout_while(shelf, limit, |shelf| known(shelf))
                .unwrap()
                .0;
        }
        let sort = if shelf.holds {
            "application/vnd.openpolicyagent.bundles"
        } else {
            "application/octet-stream"
        };
        let mut out = stream;
        let token = shelf.token.as_ref().map(|token| format!("Bearer {token}"));
        if token.is_some() && headers.get("authorization") != token.as_ref() {
            write!(out, "HTTP/1.1 401 X\r\ncontent-length: 0\r\n\r\n")?;
        } else if let Some(status) = shelf.status {
            write!(out, "HTTP/1.1 {status} X\r\ncontent-length: 0\r\n\r\n")?;
        } else if known(&shelf) {
            shelf.same += 1;
            write!(
                out,
                "HTTP/1.1 304 X\r\netag: {}\r\ncontent-type: {sort}\r\n\r\n",
                shelf.tag
            )?;
        } else {
            let length = shelf.bytes.len();
            let tag = match shelf.tag.as_str() {
                "" => String::new(),
                tag => format!("etag: {tag}\r\n"),
            };
            write!(
                out,
                "HTTP/1.1 200 X\r\ncontent-length: {length}\r\n{tag}content-type: {sort}\r\n\r\n"
            )?;
            out.write_all(&shelf.bytes[..shelf.cut.unwrap_or(length).min(length)])?;
            if shelf.cut.is_some() {
                return Ok(());
            }
        }
    }
}
