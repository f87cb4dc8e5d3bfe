//! What the operator is told, on standard error.

use std::io::Write;

/// Writes a line. If nobody can read it there is nobody to tell.
pub fn line(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "kupuya-service: {text}");
}
