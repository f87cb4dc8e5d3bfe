//! `kupuya-lsp`: the language server on standard input and output.

use std::io::Write;
use std::process::ExitCode;

const HELP: &str = "\
kupuya-lsp: the language server of Kupuya, on standard input and output

Editors start it; there is nothing to type. Options:
  --stdio      what it does anyway
  --version    prints the version
  --help       prints this
";

fn main() -> ExitCode {
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--stdio" => {}
            "--version" => return say(&format!("kupuya-lsp {}\n", env!("CARGO_PKG_VERSION"))),
            "--help" => return say(HELP),
            other => {
                // Nobody reads a complaint about the complaint.
                let _ = writeln!(std::io::stderr(), "kupuya-lsp: there is no option `{other}`\n\n{HELP}");
                return ExitCode::from(2);
            }
        }
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    match runtime {
        Ok(runtime) => {
            runtime.block_on(kupuya_lsp::server::serve(tokio::io::stdin(), tokio::io::stdout()));
            // A read of standard input cannot be called back, and must not keep the program.
            runtime.shutdown_background();
            ExitCode::SUCCESS
        }
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "kupuya-lsp: {error}");
            ExitCode::FAILURE
        }
    }
}

fn say(text: &str) -> ExitCode {
    match std::io::stdout().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
