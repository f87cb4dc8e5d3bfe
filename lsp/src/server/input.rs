//! What comes in, with what is no message left out: the framework's reader ends at the first that it cannot read.

use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};

use crate::proto::rpc;

/// Longer messages are not believed.
const LONGEST: u64 = 1 << 28;

/// Longer lines are no headers.
const LINE: u64 = 1 << 12;

/// Hands on every message, until the input or who reads it ends.
pub async fn pump(input: impl AsyncRead + Unpin, mut output: impl AsyncWrite + Unpin) {
    let mut input = BufReader::new(input);
    while let Ok(Some(length)) = length(&mut input).await {
        let mut body = Vec::new();
        match (&mut input).take(length).read_to_end(&mut body).await {
            Ok(read) if read as u64 == length => {}
            _ => return,
        }
        let is_message = serde_json::from_slice::<rpc::Request>(&body).is_ok()
            || serde_json::from_slice::<rpc::Response>(&body).is_ok();
        if !is_message {
            continue;
        }
        let header = format!("Content-Length: {length}\r\n\r\n");
        if output.write_all(header.as_bytes()).await.is_err() || output.write_all(&body).await.is_err() {
            return;
        }
    }
}

/// The length of the next message, behind its headers; lines that are no headers are passed over. `None` at the end.
async fn length(input: &mut (impl AsyncBufRead + Unpin)) -> std::io::Result<Option<u64>> {
    let mut found = None;
    loop {
        let mut line = Vec::new();
        if (&mut *input).take(LINE).read_until(b'\n', &mut line).await? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        match (line.trim_end(), found) {
            ("", Some(_)) => return Ok(found),
            (header, _) => {
                let name = header.to_ascii_lowercase();
                if let Some((_, value)) = name.split_once("content-length:") {
                    found = value.trim().parse().ok().filter(|length| *length <= LONGEST);
                }
            }
        }
    }
}
