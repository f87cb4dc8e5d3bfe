//! A client for tests, over a pipe in memory. Every message of the server, in whatever test, must be one of the protocol.

use std::collections::{HashMap, VecDeque};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::model;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream, ReadHalf, WriteHalf, split};

/// Longer than any answer takes on a machine under load.
const PATIENCE: Duration = Duration::from_secs(600);

/// A running server with a client that has said hello.
pub struct Client {
    reading: BufReader<ReadHalf<DuplexStream>>,
    writing: WriteHalf<DuplexStream>,
    next: i64,
    /// Methods of the requests that have been sent, by their numbers.
    sent: HashMap<i64, String>,
    /// Answers that came before they were waited for.
    early: HashMap<i64, Value>,
    /// Notifications that nobody has looked at yet.
    pub told: VecDeque<Value>,
    /// The answer to `initialize`.
    pub hello: Value,
    folder: PathBuf,
}

impl Client {
    /// Starts a server for a folder, with the capabilities of a client.
    pub async fn start(folder: &Path, capabilities: Value) -> Client {
        Client::start_with(folder, capabilities, json!({})).await
    }

    /// The same, with more said in `initialize`.
    pub async fn start_with(folder: &Path, capabilities: Value, more: Value) -> Client {
        let (ours, theirs) = tokio::io::duplex(1 << 20);
        let (input, output) = split(theirs);
        tokio::spawn(kupuya_lsp::server::serve(input, output));
        let (reading, writing) = split(ours);
        let mut client = Client {
            reading: BufReader::new(reading),
            writing,
            next: 0,
            sent: HashMap::new(),
            early: HashMap::new(),
            told: VecDeque::new(),
            hello: Value::Null,
            folder: folder.to_owned(),
        };
        let root = client.uri("");
        let mut hello = json!({
            "processId": null,
            "rootUri": root,
            "workspaceFolders": [{"uri": root, "name": "test"}],
            "capabilities": capabilities,
        });
        hello.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        client.hello = client.ask("initialize", hello).await;
        client.tell("initialized", json!({})).await;
        client
    }

    /// The address of a file of the folder.
    pub fn uri(&self, name: &str) -> String {
        let path = if name.is_empty() {
            self.folder.clone()
        } else {
            self.folder.join(name)
        };
        kupuya_lsp::proto::Uri::from_file_path(path)
            .unwrap()
            .as_str()
            .to_owned()
    }

    async fn write(&mut self, message: &Value) {
        let body = message.to_string();
        let text = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        self.write_bytes(text.as_bytes()).await;
    }

    /// Sends what need be no message.
    pub async fn write_bytes(&mut self, bytes: &[u8]) {
        self.writing.write_all(bytes).await.unwrap();
    }

    async fn read(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.reading.read_line(&mut line).await.unwrap();
            assert!(!line.is_empty(), "the server has hung up");
            match line.trim_end() {
                "" => break,
                header => {
                    if let Some(number) = header.strip_prefix("Content-Length: ") {
                        length = number.parse().unwrap();
                    }
                }
            }
        }
        let mut body = vec![0; length];
        self.reading.read_exact(&mut body).await.unwrap();
        let message: Value = serde_json::from_slice(&body).unwrap();
        let asked = message["id"].as_i64().and_then(|id| self.sent.get(&id));
        let asked = asked.filter(|_| message.get("method").is_none());
        if let Err(wrong) = model::check(&message, asked.map(String::as_str)) {
            panic!("{asked:?}: {wrong}\n{message}");
        }
        message
    }

    /// Sends a notification.
    pub async fn tell(&mut self, method: &str, params: Value) {
        self.write(&json!({"jsonrpc": "2.0", "method": method, "params": params}))
            .await;
    }

    /// Sends a request without waiting; its number.
    pub async fn send(&mut self, method: &str, params: Value) -> i64 {
        self.next += 1;
        let id = self.next;
        self.sent.insert(id, method.to_owned());
        let mut message = json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params});
        if method == "shutdown" {
            message.as_object_mut().unwrap().remove("params");
        }
        self.write(&message).await;
        id
    }

    /// Waits for the whole answer to a request.
    pub async fn answer(&mut self, id: i64) -> Value {
        if let Some(early) = self.early.remove(&id) {
            return early;
        }
        let wait = async {
            loop {
                let message = self.read().await;
                if message.get("method").is_some() {
                    self.grant(&message).await;
                    self.told.push_back(message);
                } else if message["id"] == id {
                    return message;
                } else if let Some(other) = message["id"].as_i64() {
                    let twice = self.early.insert(other, message);
                    assert!(twice.is_none(), "answered twice: {twice:?}");
                }
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.expect("an answer in time")
    }

    /// Sends a request and waits for its result.
    pub async fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.send(method, params).await;
        let answer = self.answer(id).await;
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// Opens a file with the text it has on the disk.
    pub async fn open(&mut self, name: &str) -> String {
        let text = std::fs::read_to_string(self.folder.join(name)).unwrap();
        self.open_as(name, &text).await;
        text
    }

    /// Opens a file with a text.
    pub async fn open_as(&mut self, name: &str, text: &str) {
        let document = json!({"uri": self.uri(name), "languageId": "kupuya", "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": document}))
            .await;
    }

    /// Asks a request about a place in a file: the first time that a mark stands in the text, and so many letters into it.
    pub async fn at(&mut self, method: &str, name: &str, text: &str, mark: &str, into: usize) -> Value {
        let params = json!({"textDocument": {"uri": self.uri(name)}, "position": position(text, mark, into)});
        self.ask(method, params).await
    }

    /// Waits for a notification or request of the server.
    pub async fn hear(&mut self, method: &str) -> Value {
        let wait = async {
            loop {
                let message = match self.told.pop_front() {
                    Some(message) => message,
                    None => {
                        let message = self.read().await;
                        self.grant(&message).await;
                        message
                    }
                };
                if message["method"] == method {
                    return message["params"].clone();
                }
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.expect("a message in time")
    }

    /// Grants what the server asks.
    async fn grant(&mut self, message: &Value) {
        if message.get("method").is_some()
            && let Some(theirs) = message.get("id")
        {
            let granted = json!({"jsonrpc": "2.0", "id": theirs, "result": null});
            self.write(&granted).await;
        }
    }

    /// The next findings told of a file that a test accepts.
    pub async fn findings(&mut self, name: &str, accept: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        let uri = self.uri(name);
        let wait = async {
            loop {
                let message = match self.told.pop_front() {
                    Some(message) => message,
                    None => self.read().await,
                };
                if message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri {
                    let found = message["params"]["diagnostics"].as_array().unwrap().clone();
                    if accept(&found) {
                        return found;
                    }
                }
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.expect("findings in time")
    }
}

/// The position of a mark in a text, in UTF-16.
pub fn position(text: &str, mark: &str, into: usize) -> Value {
    let at = text.find(mark).unwrap_or_else(|| panic!("{mark} stands in the text"));
    let before = &text[..at];
    let line = before.matches('\n').count();
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    json!({"line": line, "character": text[start..at].encode_utf16().count() + into})
}

/// A folder with files, deleted with its value.
pub fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

/// A copy of an example of the project.
pub fn example(name: &str) -> tempfile::TempDir {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples").join(name);
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
        }
    }
    folder
}

/// A text after edits, as a client makes them.
pub fn edited(text: &str, edits: &Value) -> String {
    let offset = |place: &Value| {
        let line = usize::try_from(place["line"].as_u64().unwrap()).unwrap();
        let start = text.split_inclusive('\n').take(line).map(str::len).sum::<usize>();
        let units = usize::try_from(place["character"].as_u64().unwrap()).unwrap();
        let mut seen = 0;
        let letters = text[start..].char_indices();
        let behind = letters.map(|(at, letter)| {
            seen += letter.len_utf16();
            (at, seen - letter.len_utf16())
        });
        let found = behind.filter(|(_, before)| *before >= units).map(|(at, _)| at).next();
        start + found.unwrap_or(text.len() - start)
    };
    let mut edits = edits.as_array().unwrap().clone();
    edits.sort_by_key(|edit| std::cmp::Reverse(offset(&edit["range"]["start"])));
    let mut out = text.to_owned();
    for edit in edits {
        let range = offset(&edit["range"]["start"])..offset(&edit["range"]["end"]);
        out.replace_range(range, edit["newText"].as_str().unwrap());
    }
    out
}
