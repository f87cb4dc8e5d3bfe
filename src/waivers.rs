//! Waivers: which findings are accepted, and which waivers accept nothing (M17). They change the gate, never the meaning.

use crate::codes::codes;
use crate::diagnostic::{Applicability, Diagnostic, Fix, Severity, Text};
use crate::model::names::nearest_of;
use crate::model::{Model, Waiver};
use crate::source::Span;
use crate::syntax::ast::Date;

codes! {
    in "waivers" {
        EXPIRED_WAIVER = "expired_waiver": "A waiver is past its last day.";
    }
    in "checks" {
        UNUSED_WAIVER = "unused_waiver": "A waiver accepts nothing.";
    }
}

/// A finding that a waiver accepts.
#[derive(Clone, Debug)]
pub struct Waived {
    /// The finding.
    pub finding: Diagnostic,
    /// The waiver, as an index into `Model::waivers`.
    pub waiver: usize,
}

/// Sorts findings into open and accepted ones; waivers that accept nothing or are past their date become findings.
/// Where `waivable` says no, there is no meaning to accept, and the finding stays.
#[must_use]
pub fn apply(
    model: &Model,
    findings: Vec<Diagnostic>,
    today: Date,
    waivable: impl Fn(&str) -> bool,
    codes: &[String],
) -> (Vec<Diagnostic>, Vec<Waived>) {
    let mut used = vec![false; model.waivers.len()];
    let mut open = Vec::new();
    let mut waived = Vec::new();
    for finding in findings {
        let accepting = model.waivers.iter().position(|waiver| accepts(waiver, &finding, today));
        match accepting.filter(|_| waivable(&finding.code)) {
            Some(waiver) => {
                used[waiver] = true;
                waived.push(Waived { finding, waiver });
            }
            None => open.push(finding),
        }
    }
    for (waiver, used) in model.waivers.iter().zip(used) {
        if !used {
            open.push(idle(waiver, today, &waivable, codes));
        }
    }
    (open, waived)
}

fn accepts(waiver: &Waiver, finding: &Diagnostic, today: Date) -> bool {
    let mut places = finding.labels.iter().map(|label| label.span);
    let Some(first) = places.next() else { return false };
    waiver.code.value == finding.code
        && waiver.until.is_none_or(|last| today <= last)
        && (waiver.whole_project || overlaps(waiver.covers, first))
        && waiver
            .with
            .as_ref()
            .is_none_or(|parties| places.any(|place| parties.iter().any(|party| overlaps(*party, place))))
}

fn overlaps(a: Span, b: Span) -> bool {
    a.source == b.source && a.start <= b.end && b.start <= a.end
}

fn idle(waiver: &Waiver, today: Date, waivable: impl Fn(&str) -> bool, codes: &[String]) -> Diagnostic {
    let code = waiver.code.value.clone();
    if waiver.until.is_some_and(|last| last < today) {
        let message = Text::new("the waiver of `{code}` has run out").with("code", code);
        return Diagnostic::new(
            EXPIRED_WAIVER,
            Severity::Error,
            message,
            waiver.span,
            "its last day is past",
        )
        .help("mend what it accepted, or give it a new date and a reason that still holds");
    }
    if !waivable(&code) && !codes.contains(&code) {
        let message = Text::new("there is no finding `{code}`").with("code", code.clone());
        let unknown = Diagnostic::new(
            UNUSED_WAIVER,
            Severity::Warning,
            message,
            waiver.code.span,
            "no rule is called so",
        );
        let near = nearest_of(&code, &codes.iter().map(String::as_str).collect::<Vec<_>>());
        let unknown = Diagnostic {
            // Only a rule that could not be read may be called so.
            absent: code.contains('.').then(|| vec!["law", "rule"]),
            ..unknown
        };
        return match near {
            Some(known) => unknown
                .help(Text::new("did you mean `{known}`?").with("known", known))
                .fix(Fix {
                    title: Text::new("write `{known}`").with("known", known),
                    edits: vec![(waiver.code.span, known.to_owned())],
                    applicability: Applicability::NeedsReview,
                    within: Vec::new(),
                }),
            None => unknown.help("`kupuya explain` lists all findings"),
        };
    }
    if !waivable(&code) {
        let message = Text::new("`{code}` cannot be waived").with("code", code);
        return Diagnostic::new(
            UNUSED_WAIVER,
            Severity::Warning,
            message,
            waiver.code.span,
            "accepts nothing",
        )
        .help("only findings of rules can be accepted: without syntax, names and kinds there is no meaning to accept");
    }
    let message = Text::new("the waiver of `{code}` accepts nothing").with("code", code);
    let idle = Diagnostic::new(
        UNUSED_WAIVER,
        Severity::Warning,
        message,
        waiver.span,
        "no such finding below",
    )
    .help("remove it: a waiver that accepts nothing hides the next mistake");
    Diagnostic {
        // What it accepts may stand in anything that could not be read.
        absent: Some(vec!["any"]),
        ..idle
    }
}
