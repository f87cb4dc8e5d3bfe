//! How the cost of a check grows: time and peak memory for 1,000, 10,000 and 100,000 declarations and statements over 50
//! files, and a chain of 1,000 `is`. `cargo bench --bench scaling`; with numbers behind `--`, those sizes instead.
//!
//! Each size runs in a process of its own, so that the peak is its own.

#![allow(clippy::print_stdout)]

#[path = "project/chain.rs"]
mod chain;
mod project;

use std::error::Error;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use kupuya::pipeline::{self, Options};
use kupuya::source::{Origin, Source, Sources};
use kupuya::syntax::ast::Date;

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    let numbers = || arguments.iter().filter_map(|argument| argument.parse().ok());
    let done = match arguments.first().map(String::as_str) {
        Some("one") => numbers().try_for_each(|size| one(&project::sources(size))),
        Some("chain") => numbers().try_for_each(|length| one(&chain::file(length))),
        Some(_) => table(&numbers().collect::<Vec<_>>()),
        None => table(&SIZES),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// One check, and a line `SECONDS KIBIBYTES FINDINGS` about it; the best of several if it is quick.
fn one(files: &[(String, String)]) -> Result<(), Box<dyn Error>> {
    let mut sources = Sources::default();
    kupuya::laws::add_to(&mut sources);
    for (name, text) in files {
        sources.add(Source::new(name.as_str(), Origin::Project, text.as_bytes()));
    }
    let options = Options {
        today: Date {
            year: 2026,
            month: 1,
            day: 15,
        },
        law: None,
        levels: Vec::new(),
    };
    let mut best = Duration::MAX;
    let mut findings = 0;
    let began = Instant::now();
    while best == Duration::MAX || began.elapsed() < Duration::from_secs(1) {
        let start = Instant::now();
        let analysis = pipeline::analyze(&sources, &options);
        best = best.min(start.elapsed());
        findings = analysis.findings.len();
    }
    println!("{} {} {findings}", best.as_secs_f64(), peak()?);
    Ok(())
}

/// The peak of this process's resident memory in KiB, as Linux tells it; 0 elsewhere.
fn peak() -> Result<u64, Box<dyn Error>> {
    let Ok(status) = std::fs::read_to_string("/proc/self/status") else {
        return Ok(0);
    };
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .unwrap_or("0");
    Ok(line.trim().trim_end_matches("kB").trim().parse()?)
}

fn table(sizes: &[usize]) -> Result<(), Box<dyn Error>> {
    println!("| declarations and statements | files | time | exponent | peak memory | findings |");
    println!("| ---: | ---: | ---: | ---: | ---: | ---: |");
    let mut before: Option<(usize, f64)> = None;
    for &size in sizes {
        let (seconds, memory, findings) = run(&["one", &size.to_string()])?;
        let exponent = before.map_or_else(String::new, |(smaller, quicker)| {
            let grown = (size as f64 / smaller as f64).ln();
            format!("{:.2}", (seconds / quicker).ln() / grown)
        });
        let files = project::FILES;
        println!(
            "| {size} | {files} | {:.0} ms | {exponent} | {memory:.0} MiB | {findings} |",
            seconds * 1e3
        );
        before = Some((size, seconds));
    }
    let (seconds, memory, findings) = run(&["chain", "1000"])?;
    println!(
        "| a chain of 1000 `is` | 1 | {:.0} ms | | {memory:.0} MiB | {findings} |",
        seconds * 1e3
    );
    Ok(())
}

/// Seconds, MiB and findings of one check in a process of its own.
fn run(arguments: &[&str]) -> Result<(f64, f64, usize), Box<dyn Error>> {
    let output = Command::new(std::env::current_exe()?).args(arguments).output()?;
    let text = String::from_utf8(output.stdout)?;
    let words: Vec<&str> = text.split_whitespace().collect();
    let [seconds, memory, findings] = words.as_slice() else {
        return Err(format!("`{}` printed `{text}`", arguments.join(" ")).into());
    };
    Ok((seconds.parse()?, memory.parse::<f64>()? / 1024.0, findings.parse()?))
}
