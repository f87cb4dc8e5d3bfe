//! Runs all stages up to the checks over texts of a test.

use kupuya::diagnostic::{Diagnostic, sorted};
use kupuya::model::{self, Model};
use kupuya::source::{Origin, Source, SourceId, Sources, Span};
use kupuya::{checks, graph, laws, meaning, syntax};

/// Stands beside a text that declares no policy, so that short texts are whole projects.
const PRELUDE: &str = r#"policy example "Купуялуулук саясаты" { effective: 2024-01-01 }
controller company "«Мисал» ЖЧК" { email: "info@example.kg" }
"#;

/// What came out.
pub struct Run {
    pub sources: Sources,
    /// The source of the text itself.
    pub text: SourceId,
    pub model: Model,
    pub meaning: meaning::Meaning,
    pub found: Vec<Diagnostic>,
}

/// Checks one text, with a prelude if it has no policy.
pub fn check(text: &str) -> Run {
    check_with(text, None, &[])
}

/// Checks one text against a law, with packs of the test itself.
pub fn check_with(text: &str, law: Option<&str>, packs: &[&str]) -> Run {
    let mut sources = Sources::default();
    laws::add_to(&mut sources);
    for pack in packs {
        sources.add(Source::new("pack.kup", Origin::Pack, pack.as_bytes()));
    }
    if !text.lines().any(|line| line.starts_with("policy ")) {
        sources.add(Source::new("prelude.kup", Origin::Project, PRELUDE.as_bytes()));
    }
    let id = sources.add(Source::new("example.kup", Origin::Project, text.as_bytes()));
    let mut found = Vec::new();
    let mut files = Vec::new();
    for (id, source) in sources.iter() {
        let (file, problems) = syntax::parse(id, source);
        // The embedded files have tests of their own.
        if source.origin != Origin::Taxonomy {
            found.extend(problems);
        }
        files.push((file, source.origin));
    }
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
        text: id,
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
        let mut out = String::new();
        for one in &self.found {
            out += &format!("{:?} {}\n  {}\n", one.severity, one.code, one.message.english());
            for label in &one.labels {
                let (line, start, end) = self.place(label.span);
                let name = &self.sources.get(label.span.source).unwrap().name;
                out += &format!("  {name}:{line}:{start}-{end} {}\n", label.text.english());
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
                for (span, text) in &fix.edits {
                    let (line, start, _) = self.place(*span);
                    let old = self.sources.text(*span);
                    out += &format!("    {line}:{start} {old:?} -> {text:?}\n");
                }
            }
        }
        out
    }
}
