//! Pages of the rules of law packs, made of what the packs say: what a rule demands, why, what to write, where it is read,
//! and the rule itself.

use std::sync::Arc;

use crate::diagnostic::{Argument, Text, articles};
use crate::messages::Language;
use crate::model::Rule;
use crate::model::packs::{self, fields, word};
use crate::source::{Origin, Sources};
use crate::syntax::ast::{Content, Declaration, Field, File, Node};
use crate::syntax::vocabulary::Connector;

/// The page of one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The code of its findings.
    pub code: String,
    /// What it demands, in one sentence.
    pub summary: String,
    /// All of it, in Markdown.
    pub text: String,
}

/// What a page says beside its title.
struct Said {
    summary: Text,
    why: Option<Text>,
    help: Option<Text>,
    articles: Option<Text>,
    /// The rule as it is written, without its words.
    rule: Option<String>,
}

/// The pages of the rules of packs, in the order written.
#[must_use]
pub fn all(sources: &Sources, files: &[(Arc<File>, Origin)], language: Language) -> Vec<Page> {
    let rules = packs::heads(files).into_iter().flat_map(|head| head.rules);
    rules
        .map(|(code, rule)| page(&code, &written(sources, rule), language))
        .collect()
}

/// The page of a rule in force, a house rule too.
#[must_use]
pub fn of(rule: &Rule, language: Language) -> Page {
    let said = Said {
        summary: rule.summary(),
        why: rule.reason(),
        help: rule.advice(),
        articles: rule.cites.as_ref().map(|cites| articles(&cites.value)),
        rule: None,
    };
    page(&rule.code, &said, language)
}

fn page(code: &str, said: &Said, language: Language) -> Page {
    let summary = said.summary.told(language);
    let mut text = format!("# {code}\n\n{summary}\n");
    let parts = [
        (Text::new("Why it matters"), &said.why),
        (Text::new("What to write"), &said.help),
        (Text::new("Where it is read"), &said.articles),
    ];
    for (heading, part) in parts {
        if let Some(part) = part {
            text += &format!("\n## {}\n\n{}\n", heading.told(language), part.told(language));
        }
    }
    if let Some(rule) = &said.rule {
        let heading = Text::new("The rule");
        text += &format!("\n## {}\n\n```kup\n{rule}\n```\n", heading.told(language));
    }
    Page {
        code: code.to_owned(),
        summary,
        text,
    }
}

/// What a rule says as it stands in its pack.
fn written(sources: &Sources, rule: &Declaration) -> Said {
    let said = |of: &str| fields(rule).find(|field| field.word.value == of).and_then(text);
    let in_both = |kyrgyz: Option<String>, english: &str| {
        let both = Argument::either(kyrgyz.as_deref(), said(english).as_deref());
        both.map(|both| Text::new("{said}").with("said", both))
    };
    let label = rule.label.as_ref().map(|label| label.value.clone());
    let cites = rule
        .header
        .iter()
        .find_map(|part| match (part.connector, &part.content) {
            (Connector::Cites, Content::Text(text)) => Some(articles(&text.value)),
            _ => None,
        });
    Said {
        summary: in_both(label, "en").unwrap_or_else(|| Text::new("{said}").with("said", "")),
        why: in_both(said("why"), "why_en"),
        help: in_both(said("help"), "help_en"),
        articles: cites,
        rule: Some(bare(sources, rule)),
    }
}

/// A text, on one line or on several behind bars.
fn text(field: &Field) -> Option<String> {
    if field.prose.is_empty() {
        return word(field).map(|text| text.value);
    }
    let lines: Vec<&str> = field.prose.iter().map(|line| line.value.trim()).collect();
    Some(lines.join(" "))
}

/// The rule without its words: the header, and what it demands.
fn bare(sources: &Sources, rule: &Declaration) -> String {
    let whole = sources.text(rule.span);
    let head = whole.split('{').next().unwrap_or(whole).trim_end();
    let demands = rule.items.iter().filter_map(|item| match &item.node {
        Node::Each(each) => Some(each.span),
        Node::Sentence(sentence) => Some(sentence.span),
        _ => None,
    });
    let mut out = format!("{head} {{\n");
    for span in demands {
        let lines: Vec<&str> = sources.text(span).lines().map(str::trim).collect();
        out += &format!("    {}\n", lines.join("\n        "));
    }
    out + "}"
}
