//! One mistake: delete, double or misspell any single token of a policy, and see what is said and what survives.

#![allow(clippy::print_stdout, reason = "the counts are what one wants to read")]

use super::{POLICY, read};
use kupuya::diagnostic::{Diagnostic, Severity};
use kupuya::source::{Origin, Source, Sources};
use kupuya::syntax::ast::{File, Item, Node};
use kupuya::syntax::parse;
use kupuya::{laws, model};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

/// The most mutants tried of one file, which is sampled evenly; `KUPUYA_MUTANTS` sets another number.
const MOST: usize = 40;

/// How many errors there are.
fn errors(found: &[Diagnostic]) -> usize {
    found.iter().filter(|one| one.severity == Severity::Error).count()
}

/// A project with one file open for change: its names resolve against the others, the packs and the taxonomy.
#[derive(Clone)]
struct Project {
    sources: Sources,
    /// The open file first.
    files: Vec<(Arc<File>, Origin)>,
    alone: bool,
}

impl Project {
    fn new(name: &str, text: &str, all: &[(String, String)]) -> Project {
        let alone = !name.ends_with(".kup");
        let mut sources = Sources::default();
        sources.add(Source::new(name, Origin::Project, text.as_bytes()));
        if !alone {
            for (other, text) in all.iter().filter(|(other, _)| other != name && other.ends_with(".kup")) {
                sources.add(Source::new(other, Origin::Project, text.as_bytes()));
            }
            laws::add_to(&mut sources);
        }
        let files = sources
            .iter()
            .map(|(id, source)| (Arc::new(parse(id, source).0), source.origin))
            .collect();
        Project { sources, files, alone }
    }

    /// Errors of syntax and names with the open file changed. The policy of all constructs stands alone, and its names
    /// do not all resolve: only its syntax counts.
    fn errors(&mut self, changed: &File, found: &[Diagnostic]) -> usize {
        if self.alone {
            return errors(found);
        }
        self.files[0].0 = Arc::new(changed.clone());
        let (_, names) = model::from_syntax(&self.files, &self.sources, &model::Options::default());
        errors(found) + errors(&names)
    }
}

/// A token outside strings, prose and comments: its bytes.
fn tokens(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_start();
        if !trimmed.starts_with('|') {
            line_tokens(line, offset, &mut out);
        }
        offset += line.len();
    }
    out
}

fn line_tokens(line: &str, offset: usize, out: &mut Vec<(usize, usize)>) {
    let mut letters = line.char_indices().peekable();
    while let Some((start, letter)) = letters.next() {
        if letter.is_whitespace() {
            continue;
        }
        if line[start..].starts_with("//") {
            return;
        }
        if letter == '"' {
            while let Some((_, letter)) = letters.next() {
                match letter {
                    '\\' => drop(letters.next()),
                    '"' => break,
                    _ => {}
                }
            }
            continue;
        }
        let word = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
        let mut end = start + letter.len_utf8();
        let sign = ["<=", ">=", ".."].iter().any(|sign| line[start..].starts_with(sign));
        while let Some((at, next)) = letters.peek().copied() {
            let goes_on = (word(letter) && word(next)) || (letter == '@' && word(next)) || (sign && at == start + 1);
            if !goes_on {
                break;
            }
            end = at + next.len_utf8();
            letters.next();
        }
        out.push((offset + start, offset + end));
    }
}

/// What a mutant does to its token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    Delete,
    Double,
    Misspell,
}

fn mutate(text: &str, (start, end): (usize, usize), change: Change) -> Option<String> {
    let token = &text[start..end];
    let new = match change {
        Change::Delete => String::new(),
        Change::Double => format!("{token} {token}"),
        Change::Misspell => {
            let mut letters: Vec<char> = token.chars().collect();
            if letters.len() < 2 || !letters[0].is_alphabetic() {
                return None;
            }
            letters.remove(1);
            letters.into_iter().collect()
        }
    };
    Some(format!("{}{}{}", &text[..start], new, &text[end..]))
}

/// A declaration, field or statement: its lines, what it says, and the line of its owner.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Known {
    first: usize,
    last: usize,
    declaration: bool,
    says: String,
    owner: usize,
}

fn inventory(text: &str, file: &File) -> Vec<Known> {
    let starts: Vec<usize> = std::iter::once(0)
        .chain(text.match_indices('\n').map(|(at, _)| at + 1))
        .collect();
    let line = |at: u32| starts.partition_point(|start| *start <= at as usize);
    let mut out = Vec::new();
    let mut open: Vec<(&[Item], usize)> = vec![(&file.items, 0)];
    while let Some((items, owner)) = open.pop() {
        for item in items {
            let (span, says, declaration) = match &item.node {
                Node::Declaration(one) => {
                    let header_end = one.block.map_or(one.span.end, |block| block.start);
                    let name = one.name.as_ref().map(|name| name.text()).unwrap_or_default();
                    let label = one.label.as_ref().map(|label| label.value.clone()).unwrap_or_default();
                    open.push((&one.items, line(one.span.start)));
                    let says = format!("{:?} {name} {label:?} {}", one.kind, one.is.len());
                    (
                        kupuya::source::Span {
                            end: header_end,
                            ..one.span
                        },
                        says,
                        true,
                    )
                }
                Node::Field(one) => (one.span, String::new(), false),
                Node::Sentence(one) => (one.span, String::new(), false),
                Node::Each(one) => (one.span, String::new(), false),
                Node::Expectation(one) => (one.span, String::new(), false),
                Node::Error => continue,
            };
            let written = if declaration {
                ""
            } else {
                text[span.start as usize..span.end as usize].trim_end()
            };
            out.push(Known {
                first: line(span.start),
                last: line(span.end.max(span.start + 1) - 1),
                declaration,
                says: says + written,
                owner,
            });
        }
    }
    out.sort();
    out
}

#[derive(Default)]
struct Count {
    mutants: usize,
    valid: usize,
    one: usize,
    declarations: (usize, usize),
    statements: (usize, usize),
    worst: Vec<String>,
}

fn try_all(name: &str, text: &str, all: &[(String, String)]) -> Count {
    let (file, found) = read(text);
    let project = Project::new(name, text, all);
    assert_eq!(project.clone().errors(&file, &found), 0, "{name} is valid");
    let before = inventory(text, &file);
    let changes: Vec<((usize, usize), Change)> = tokens(text)
        .into_iter()
        .flat_map(|token| [Change::Delete, Change::Double, Change::Misspell].map(|change| (token, change)))
        .collect();
    let most = std::env::var("KUPUYA_MUTANTS").ok().and_then(|most| most.parse().ok());
    let most = most.unwrap_or(MOST);
    let step = changes.len().div_ceil(most).max(1);
    // Never a multiple of three, or a file would see one sort of change only.
    let step = step + usize::from(step.is_multiple_of(3));
    let chosen: Vec<_> = changes.into_iter().step_by(step).collect();
    let half = chosen.len().div_ceil(4).max(1);
    let mut total = Count::default();
    std::thread::scope(|scope| {
        let before = &before;
        let project = &project;
        let workers: Vec<_> = chosen
            .chunks(half)
            .map(|part| scope.spawn(move || try_some(name, text, project.clone(), before, part)))
            .collect();
        for worker in workers {
            let count = worker.join().unwrap();
            total.mutants += count.mutants;
            total.valid += count.valid;
            total.one += count.one;
            total.declarations.0 += count.declarations.0;
            total.declarations.1 += count.declarations.1;
            total.statements.0 += count.statements.0;
            total.statements.1 += count.statements.1;
            total.worst.extend(count.worst);
        }
    });
    total
}

fn try_some(
    name: &str,
    text: &str,
    mut project: Project,
    before: &[Known],
    chosen: &[((usize, usize), Change)],
) -> Count {
    let mut count = Count::default();
    for ((start, end), change) in chosen {
        let Some(mutant) = mutate(text, (*start, *end), *change) else {
            continue;
        };
        let (file, found) = read(&mutant);
        let after: BTreeSet<Known> = inventory(&mutant, &file).into_iter().collect();
        let line = text[..*start].matches('\n').count() + 1;
        count.mutants += 1;
        match project.errors(&file, &found) {
            0 => count.valid += 1,
            1 => count.one += 1,
            more => count.worst.push(format!(
                "{name}:{line} {change:?} `{}`: {more} errors",
                &text[*start..*end]
            )),
        }
        let mut lost = 0;
        for known in before
            .iter()
            .filter(|known| !(known.first..=known.last).contains(&line))
        {
            let kept = after.contains(known);
            lost += usize::from(!kept);
            let tally = if known.declaration {
                &mut count.declarations
            } else {
                &mut count.statements
            };
            tally.0 += usize::from(kept);
            tally.1 += 1;
        }
        if lost > 0 {
            count.worst.push(format!(
                "{name}:{line} {change:?} `{}`: {lost} lost",
                &text[*start..*end]
            ));
        }
    }
    count
}

/// The files of the example, or the policy of all constructs alone.
fn files() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/megapay");
    let mut all = vec![("policy of all constructs".to_owned(), POLICY.to_owned())];
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|ending| ending == "kup") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            all.push((name, std::fs::read_to_string(path).unwrap()));
        }
    }
    all.sort();
    all
}

#[test]
fn one_mistake_gives_one_error_and_loses_nothing_else() {
    let share = |(part, whole): (usize, usize)| 100.0 * part as f64 / whole.max(1) as f64;
    let mut report = String::new();
    let mut whole = Count::default();
    let only = std::env::var("KUPUYA_MUTANTS_OF").unwrap_or_default();
    let all = files();
    for (name, text) in all.iter().filter(|(name, _)| name.contains(&only)) {
        let count = try_all(name, text, &all);
        let broken = count.mutants - count.valid;
        let _ = writeln!(
            report,
            "{name}: {} mutants, {} still valid, exactly one error {:.1} %, other declarations {:.3} %, other statements {:.3} %",
            count.mutants,
            count.valid,
            share((count.one, broken)),
            share(count.declarations),
            share(count.statements),
        );
        whole.mutants += count.mutants;
        whole.valid += count.valid;
        whole.one += count.one;
        whole.declarations.0 += count.declarations.0;
        whole.declarations.1 += count.declarations.1;
        whole.statements.0 += count.statements.0;
        whole.statements.1 += count.statements.1;
        whole.worst.extend(count.worst);
    }
    println!("{report}");
    if std::env::var_os("WORST").is_some() {
        println!("{}", whole.worst.join("\n"));
    }
    let broken = whole.mutants - whole.valid;
    println!(
        "all: {} mutants, {} still valid, exactly one error {:.1} %, declarations {:.3} %, statements {:.3} %",
        whole.mutants,
        whole.valid,
        share((whole.one, broken)),
        share(whole.declarations),
        share(whole.statements),
    );
    assert!(share(whole.declarations) >= 99.9, "other declarations are still found");
    assert!(share(whole.statements) >= 99.9, "other statements are still found");
    assert!(share((whole.one, broken)) >= 97.0, "one mistake gives one error");
}
