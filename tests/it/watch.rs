//! `kupuya render --watch`: a page that follows its files. Each step waits for what must come; nothing is measured.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A running program; killed with the test.
struct Running {
    program: Child,
    address: String,
    folder: PathBuf,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

impl Running {
    fn start(name: &str) -> Running {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("policy.kup"), include_str!("../../src/cli/new/policy.kup")).unwrap();
        let mut program = Command::new(env!("CARGO_BIN_EXE_kupuya"))
            .args(["render", folder.to_str().unwrap(), "--watch"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(program.stdout.take().unwrap()).lines();
        let first = lines.next().unwrap().unwrap();
        let address = first.split("http://").nth(1).unwrap();
        let address = address.split('/').next().unwrap().to_owned();
        std::thread::spawn(move || lines.for_each(drop));
        Running {
            program,
            address,
            folder,
        }
    }

    fn ask(&self, method: &str, path: &str, host: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
    }

    fn get(&self, path: &str) -> (u16, String) {
        self.ask("GET", path, &self.address)
    }

    fn page(&self) -> String {
        let (code, page) = self.get("/");
        assert_eq!(code, 200);
        page
    }

    /// Changes the policy and waits until the page does, as a browser would.
    fn change(&self, change: impl Fn(&str) -> String) -> String {
        let page = self.page();
        let since = page.split("/changed?since=").nth(1).unwrap().split('"').next().unwrap();
        let file = self.folder.join("policy.kup");
        let text = fs::read_to_string(&file).unwrap();
        fs::write(&file, change(&text)).unwrap();
        while self.get(&format!("/changed?since={since}")).0 != 200 {}
        self.page()
    }
}

#[test]
fn the_page_follows_the_files() {
    let mut running = Running::start("watch");
    let first = running.page();
    assert!(
        first.contains("<html lang=\"ky\">") && !first.contains("<aside"),
        "{first}"
    );

    let renamed = running.change(|text| text.replacen("\" {", " жаңы\" {", 1));
    assert!(renamed.contains("жаңы"), "{renamed}");

    // What is wrong is shown, with its place, and goes away when it is mended.
    let broken = running.change(|text| format!("{text}\nprocessing {{\n    use <nothing> for nothing\n}}\n"));
    assert!(
        broken.contains("<aside") && broken.contains("policy.kup, line "),
        "{broken}"
    );
    assert!(!broken.contains("use <nothing>"), "{broken}");
    let mended = running.change(|text| text.split("\nprocessing {\n    use <").next().unwrap().to_owned());
    assert!(!mended.contains("<aside"), "{mended}");

    assert_eq!(running.get("/elsewhere").0, 404);
    assert_eq!(running.ask("POST", "/", &running.address).0, 405);
    // The name of another site, led to this machine.
    assert_eq!(running.ask("GET", "/", "example.org").0, 403);

    #[cfg(unix)]
    {
        let id = running.program.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        assert_eq!(running.program.wait().unwrap().code(), Some(0));
    }
}
