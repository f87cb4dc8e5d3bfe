//! What is between two versions, as a comment on a pull request.

use crate::diagnostic::{Argument, Text};
use crate::diff::{Announced, Change, Diff, Verdict};
use crate::messages::Language;

/// The whole: the verdict, a table of what is asked of whom, each change with its clauses and the request that shows it.
#[must_use]
pub fn render(diff: &Diff, announced: Option<&[Announced]>, language: Language) -> String {
    let told = |text: &Text| escaped(&text.told(language));
    let mut out = String::new();
    let versions = Text::new("{before} → {after}").with("before", super::version(&diff.before));
    let versions = versions.with("after", super::version(&diff.after));
    out.push_str(&format!(
        "## {}\n\n**{}**\n",
        told(&versions),
        told(&super::whole(diff))
    ));
    if diff.verdict > Verdict::Nothing
        && let Some(announcement) = super::announcement(announced)
    {
        out.push_str(&format!("\n{}\n", told(&announcement)));
    }
    if diff.people.iter().any(|person| person.verdict > Verdict::Nothing) {
        out.push('\n');
        out.push_str(&people(diff, language));
    }
    for change in &diff.changes {
        out.push('\n');
        out.push_str(&section(change, language));
    }
    if !diff.uncompared.is_empty() {
        out.push_str(&format!("\n**{}**\n\n", told(&super::uncompared())));
        for one in &diff.uncompared {
            for place in &one.places {
                let place = code(&super::place(one.verb, place));
                out.push_str(&format!("- {}: {place}\n", told(&super::verdict(one.verdict))));
            }
        }
    }
    let counts = super::counts(diff);
    if !counts.is_empty() {
        let counts =
            Text::new("{counts}").with("counts", Argument::joined(crate::diagnostic::Joint::Semicolon, counts));
        out.push_str(&format!("\n{}\n", told(&counts)));
    }
    out
}

fn people(diff: &Diff, language: Language) -> String {
    let told = |template: &'static str| language.template(template);
    let mut out = format!(
        "| {} | {} | {} | {} |\n| --- | --- | --- | --- |\n",
        told("whose data"),
        told("consent"),
        told("purposes"),
        told("what to do")
    );
    for person in &diff.people {
        let subject = person
            .subject
            .as_deref()
            .map_or_else(|| told("everyone").to_owned(), code);
        let mut rows: Vec<(String, String, Verdict)> = Vec::new();
        for (basis, verdict, purposes) in super::consents(person) {
            let purposes: Vec<String> = purposes.iter().map(|purpose| code(purpose)).collect();
            rows.push((code(&basis), purposes.join(", "), verdict));
        }
        if rows.iter().all(|(.., verdict)| *verdict != person.verdict) {
            rows.insert(0, (String::new(), String::new(), person.verdict));
        }
        for (basis, purposes, verdict) in rows
            .iter()
            .filter(|(.., verdict)| *verdict > Verdict::Nothing || rows.len() == 1)
        {
            let verdict = super::verdict(*verdict).told(language);
            out.push_str(&format!("| {subject} | {basis} | {purposes} | {verdict} |\n"));
        }
    }
    out
}

fn section(change: &Change, language: Language) -> String {
    let told = |text: &Text| escaped(&text.told(language));
    let mut out = format!(
        "### {}: {}\n\n",
        told(&super::kind(change.kind)),
        told(&super::verdict(change.verdict))
    );
    for place in &change.places {
        out.push_str(&format!("- {}\n", code(&super::place(change.verb, place))));
    }
    for moved in &change.moved {
        out.push_str(&format!("- {}\n", told(&super::moved(moved))));
    }
    if let Some(bases) = super::bases(change) {
        out.push_str(&format!("- {}\n", told(&bases)));
    }
    for (word, clauses) in [("before", &change.before), ("now", &change.after)] {
        for cited in clauses {
            let head = Text::new("{when}, {clause}").with("when", Text::new(word));
            let head = told(&head.with("clause", super::cited(cited)));
            match &cited.sentence {
                Some(sentence) => out.push_str(&format!("- {head}: {}\n", escaped(sentence))),
                None => out.push_str(&format!("- {head}\n")),
            }
        }
    }
    let shown = Text::new("shown by: {request}").with("request", "").told(language);
    let answers = told(&super::answers(change));
    out.push_str(&format!(
        "\n{}\n\n```kup\n{}\n```\n\n",
        shown.trim(),
        change.witness.sentence
    ));
    for told in super::beside(change) {
        out.push_str(&format!("{}\n\n", escaped(&told.told(language))));
    }
    out.push_str(&format!("{answers}\n"));
    out
}

/// As code: a name stays a name.
fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'"))
}

/// Text in which nothing is markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}
