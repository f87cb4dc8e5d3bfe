//! How long an editor waits: an editing log, replayed over a workspace of 1 MiB of `.kup` in 50 files with the program itself,
//! as an editor starts it. `cargo bench -p kupuya-lsp --bench latency`; prints p50, p99 and the worst of each request, and
//! the memory that the server takes, beside what is aimed at.

#![allow(clippy::print_stdout, reason = "a benchmark prints what it measures")]

#[path = "../../benches/project/mod.rs"]
mod project;

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// The size of the workspace, in bytes.
const SIZE: usize = 1 << 20;

/// What is typed, letter by letter; each line in another file.
const LOG: &[&str] = &[
    "    use profile_7.phone_7 for service_7 under agreement\n",
    "    share orders_9 with carrier_9 for delivery_9 under law_9\n",
    "    keep activity_11 for 2 years then erase\n",
];

/// What is aimed at, in milliseconds.
const AIMS: &[(&str, u128)] = &[
    ("cold open", 500),
    ("completion", 10),
    ("hover", 10),
    ("diagnostics of the file", 30),
    ("diagnostics of all files", 100),
];

type Done<T> = Result<T, Box<dyn Error>>;

fn main() -> Done<()> {
    let folder = tempfile::tempdir()?;
    let files = workspace();
    let bytes = files.iter().map(|(_, text)| text.len()).sum::<usize>();
    for (name, text) in &files {
        std::fs::write(folder.path().join(name), text)?;
    }
    let uri = |name: &str| format!("file://{}/{name}", folder.path().display());
    let mut times: BTreeMap<&str, Vec<Duration>> = BTreeMap::new();
    let mut memory = 0;
    for _ in 0..3 {
        let began = Instant::now();
        let mut server = Server::start(&uri(""))?;
        let mut version = 1;
        for (number, line) in LOG.iter().enumerate() {
            let name = format!("part_{:02}.kup", 7 + 2 * number);
            let text = &files.iter().find(|(known, _)| *known == name).ok_or("no such file")?.1;
            let (before, _) = text.split_once("    use profile_").ok_or("no such line")?;
            let at = before.matches('\n').count();
            let document = json!({"uri": uri(&name), "languageId": "kupuya", "version": version, "text": text});
            server.tell("textDocument/didOpen", &json!({"textDocument": document}))?;
            let document = json!({"uri": uri(&name)});
            let asked = json!({"textDocument": document});
            server.ask("textDocument/diagnostic", &asked)?;
            if number == 0 {
                times.entry("cold open").or_default().push(began.elapsed());
            }
            for (column, letter) in line.chars().enumerate() {
                version += 1;
                let place = json!({"line": at, "character": column});
                let change = json!({"range": {"start": place, "end": place}, "text": letter.to_string()});
                let versioned = json!({"uri": uri(&name), "version": version});
                let typed = Instant::now();
                let change = json!({"textDocument": versioned, "contentChanges": [change]});
                server.tell("textDocument/didChange", &change)?;
                let behind = match letter {
                    '\n' => json!({"line": at + 1, "character": 0}),
                    _ => json!({"line": at, "character": column + 1}),
                };
                let place = json!({"textDocument": document, "position": behind});
                let first = server.findings(&uri(&name), version)?;
                times
                    .entry("diagnostics of the file")
                    .or_default()
                    .push(first.duration_since(typed));
                let mut measure = |what, method, params: &Value, since: Option<Instant>| -> Done<()> {
                    let since = since.unwrap_or_else(Instant::now);
                    server.ask(method, params)?;
                    times.entry(what).or_default().push(since.elapsed());
                    Ok(())
                };
                measure("completion", "textDocument/completion", &place, None)?;
                let elsewhere = json!({"textDocument": document, "position": {"line": at + 2, "character": 10}});
                measure("hover", "textDocument/hover", &elsewhere, None)?;
                measure(
                    "diagnostics of all files",
                    "textDocument/diagnostic",
                    &asked,
                    Some(typed),
                )?;
            }
        }
        memory = memory.max(server.memory()?);
        server.stop()?;
    }
    println!("{bytes} bytes in {} files\n", files.len());
    println!("| | requests | p50 ms | p99 ms | worst ms | aim ms |\n| --- | --- | --- | --- | --- | --- |");
    for (what, aim) in AIMS {
        let Some(all) = times.get_mut(what) else { continue };
        all.sort_unstable();
        let part = |hundredths: usize| {
            all.get((all.len() * hundredths / 100).min(all.len() - 1))
                .map_or(0.0, ms)
        };
        println!(
            "| {what} | {} | {:.1} | {:.1} | {:.1} | {aim} |",
            all.len(),
            part(50),
            part(99),
            part(100)
        );
    }
    println!("\nmemory at the end: {} MiB, aim 150", memory / 1024);
    Ok(())
}

fn ms(time: &Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// A project of about the wanted size.
fn workspace() -> Vec<(String, String)> {
    let mut size = 1_000;
    loop {
        let files = project::sources(size);
        if files.iter().map(|(_, text)| text.len()).sum::<usize>() >= SIZE {
            return files;
        }
        size += 500;
    }
}

/// The server as an editor has it: a program with two pipes.
struct Server {
    program: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    next: u64,
}

impl Server {
    fn start(root: &str) -> Done<Server> {
        let mut program = Command::new(env!("CARGO_BIN_EXE_kupuya-lsp"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let input = program.stdin.take().ok_or("no input")?;
        let output = BufReader::new(program.stdout.take().ok_or("no output")?);
        let mut server = Server {
            program,
            input,
            output,
            next: 0,
        };
        let folders = json!([{"uri": root, "name": "bench"}]);
        let hello = json!({"processId": null, "rootUri": root, "workspaceFolders": folders, "capabilities": {}});
        server.ask("initialize", &hello)?;
        server.tell("initialized", &json!({}))?;
        Ok(server)
    }

    fn write(&mut self, message: &Value) -> Done<()> {
        let body = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len())?;
        Ok(self.input.flush()?)
    }

    fn read(&mut self) -> Done<Value> {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if self.output.read_line(&mut line)? == 0 {
                return Err("the server has hung up".into());
            }
            match line.trim_end() {
                "" => break,
                header => {
                    if let Some(number) = header.strip_prefix("Content-Length: ") {
                        length = number.parse()?;
                    }
                }
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body)?;
        Ok(serde_json::from_slice(&body)?)
    }

    fn tell(&mut self, method: &str, params: &Value) -> Done<()> {
        self.write(&json!({"jsonrpc": "2.0", "method": method, "params": params}))
    }

    fn ask(&mut self, method: &str, params: &Value) -> Done<Value> {
        self.next += 1;
        let id = self.next;
        let message = match method {
            "shutdown" => json!({"jsonrpc": "2.0", "id": id, "method": method}),
            _ => json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}),
        };
        self.write(&message)?;
        loop {
            let message = self.read()?;
            if message["id"] == id && message.get("method").is_none() {
                return Ok(message);
            }
        }
    }

    /// When findings of a version of a document are told.
    fn findings(&mut self, uri: &str, version: i32) -> Done<Instant> {
        loop {
            let message = self.read()?;
            let params = &message["params"];
            if params["uri"] == uri && params["version"].as_i64() >= Some(i64::from(version)) {
                return Ok(Instant::now());
            }
        }
    }

    /// Resident memory in KiB, as Linux tells it; 0 elsewhere.
    fn memory(&self) -> Done<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.program.id())).unwrap_or_default();
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .unwrap_or("0");
        Ok(line.trim().trim_end_matches("kB").trim().parse()?)
    }

    fn stop(mut self) -> Done<()> {
        self.ask("shutdown", &Value::Null)?;
        self.tell("exit", &Value::Null)?;
        self.program.wait()?;
        Ok(())
    }
}
