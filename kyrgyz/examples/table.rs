//! Prints the forms that a table asks for, one a line: `cargo run --example table -- FILE`.
//!
//! The columns are those of [`kyrgyz::table`]. With the forms of the table's own `form` column in
//! a second program, this measures the crate on data that it must not carry.

use std::io::Write;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args().nth(1).ok_or("usage: table FILE")?;
    let forms = kyrgyz::table::forms(&std::fs::read_to_string(file)?)?;
    let mut out = std::io::stdout().lock();
    for form in forms {
        writeln!(out, "{form}")?;
    }
    Ok(())
}
