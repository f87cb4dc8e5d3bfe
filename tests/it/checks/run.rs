//! Runs all stages up to the checks over texts of a test.

use std::sync::LazyLock;

use kupuya::diagnostic::{Diagnostic, sorted};
use kupuya::model::{self, Model};
use kupuya::source::{Origin, Source, Sources, Span};
use kupuya::syntax::ast::File;
use kupuya::{checks, graph, laws, meaning, syntax};
use std::sync::Arc;

/// Stands beside a text that declares no policy, so that short texts are whole projects.
const PRELUDE: &str = r#"policy example "Купуялуулук саясаты" { effective: 2024-01-01 }
controller company "«Мисал» ЖЧК" { email: "info@example.kg" }
"#;

/// What came out.
pub struct Run {
    pub sources: Sources,
    pub model: Model,
    pub meaning: meaning::Meaning,
    pub found: Vec<Diagnostic>,
}

/// Checks one text, with a prelude if it has no policy.
pub fn check(text: &str) -> Run {
    check_with(text, None, &[])
}

/// Trees with where they come from.
type Parsed = Vec<(Arc<File>, Origin)>;

/// Checks one text against a law, with packs of the test itself.
pub fn check_with(text: &str, law: Option<&str>, packs: &[&str]) -> Run {
    // The embedded files are the first in every run, so they need to be read only once.
    static EMBEDDED: LazyLock<(Sources, Parsed)> = LazyLock::new(|| {
        let mut sources = Sources::default();
        laws::add_to(&mut sources);
        let files = sources
            .iter()
            .map(|(id, source)| (Arc::new(syntax::parse(id, source).0), source.origin))
            .collect();
        (sources, files)
    });
    let (sources, files) = EMBEDDED.clone();
    run(sources, files, text, law, packs)
}

/// Checks one text over a taxonomy of the test's own.
pub fn check_over(taxonomy: &str, text: &str) -> Run {
    let mut sources = Sources::default();
    let id = sources.add(Source::new("base.kup", Origin::Taxonomy, taxonomy.as_bytes()));
    let (file, _) = syntax::parse(id, sources.get(id).unwrap());
    run(sources, vec![(Arc::new(file), Origin::Taxonomy)], text, None, &[])
}

fn run(
    mut sources: Sources,
    mut files: Vec<(Arc<File>, Origin)>,
    text: &str,
    law: Option<&str>,
    packs: &[&str],
) -> Run {
    let mut found = Vec::new();
    let mut add = |sources: &mut Sources, name: &str, origin, text: &str| {
        let id = sources.add(Source::new(name, origin, text.as_bytes()));
        let (file, problems) = syntax::parse(id, sources.get(id).unwrap());
        found.extend(problems);
        files.push((Arc::new(file), origin));
        id
    };
    for pack in packs {
        add(&mut sources, "pack.kup", Origin::Pack, pack);
    }
    let whole = |line: &str| line.starts_with("policy ") || line == "// The whole project.";
    if !text.lines().any(whole) {
        add(&mut sources, "prelude.kup", Origin::Project, PRELUDE);
    }
    add(&mut sources, "example.kup", Origin::Project, text);
    let options = model::Options {
        law: law.map(str::to_owned),
        day: None,
    };
    let (model, problems) = model::from_syntax(&files, &sources, &options);
    found.extend(problems);
    let meaning = meaning::from_model(&model);
    let graph = graph::from_model(&model, &meaning);
    found.extend(checks::run(&model, &meaning, &graph, &sources));
    Run {
        sources,
        model,
        meaning,
        found: sorted(found),
    }
}

impl Run {
    /// Line and columns of a place on its first line, from 1, the last one excluded.
    pub fn place(&self, span: Span) -> (usize, usize, usize) {
        let source = self.sources.get(span.source).unwrap();
        let (line, start) = source.line_column(span.start);
        let (last, end) = source.line_column(span.end);
        let width = source.text.lines().nth(line - 1).unwrap_or("").chars().count();
        (line, start, if last == line { end } else { width + 1 })
    }

    /// Findings as text: code, place, words, edits.
    pub fn told(&self) -> String {
        self.told_of(|_| true)
    }

    /// Some findings as text.
    pub fn told_of(&self, wanted: impl Fn(&str) -> bool) -> String {
        let mut out = String::new();
        for one in self.found.iter().filter(|one| wanted(&one.code)) {
            out += &format!("{:?} {}\n  {}\n", one.severity, one.code, one.message.english());
            let steps = one.trail.iter().map(|step| ("step: ", step));
            for (word, label) in one.labels.iter().map(|label| ("", label)).chain(steps) {
                let (line, start, end) = self.place(label.span);
                let name = &self.sources.get(label.span.source).unwrap().name;
                out += &format!("  {word}{name}:{line}:{start}-{end} {}\n", label.text.english());
            }
            for (word, text) in [("why", &one.why), ("help", &one.help)] {
                if let Some(text) = text {
                    out += &format!("  {word}: {}\n", text.english());
                }
            }
            if let Some(article) = &one.citation {
                out += &format!("  {} {} ({:?})\n", article.pack, article.article, article.verified);
            }
            for fix in &one.fixes {
                out += &format!("  fix: {}\n", fix.title.english());
                for (span, text) in kupuya::fixes::edits(&self.sources, fix) {
                    let (line, start, _) = self.place(span);
                    let old = self.sources.text(span);
                    out += &format!("    {line}:{start} {old:?} -> {text:?}\n");
                }
            }
        }
        out
    }
}
