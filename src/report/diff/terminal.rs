//! What is between two versions, on a terminal.

use crate::diagnostic::{Argument, Text};
use crate::diff::{Announced, Change, Cited, Diff, Verdict};
use crate::messages::Language;

/// The whole, the changes that ask for most first.
#[must_use]
pub fn render(diff: &Diff, announced: Option<&[Announced]>, language: Language) -> String {
    let mut out = Lines {
        text: String::new(),
        language,
    };
    let versions = Text::new("{before} → {after}").with("before", super::version(&diff.before));
    out.say(0, &versions.with("after", super::version(&diff.after)));
    out.say(0, &super::whole(diff));
    if diff.verdict > Verdict::Nothing
        && let Some(told) = super::announcement(announced)
    {
        out.say(0, &told);
    }
    for change in &diff.changes {
        out.text.push('\n');
        out.change(change);
    }
    if !diff.uncompared.is_empty() {
        out.text.push('\n');
        out.say(0, &super::uncompared());
        for one in &diff.uncompared {
            out.say(1, &super::verdict(one.verdict));
            for place in &one.places {
                out.line(2, &super::place(one.verb, place));
            }
        }
    }
    if diff.people.iter().any(|person| person.verdict > Verdict::Nothing) {
        out.text.push('\n');
        out.people(diff);
    }
    let counts = super::counts(diff);
    if !counts.is_empty() {
        out.text.push('\n');
        counts.iter().for_each(|count| out.say(0, count));
    }
    out.text
}

struct Lines {
    text: String,
    language: Language,
}

impl Lines {
    fn say(&mut self, depth: usize, text: &Text) {
        self.line(depth, &text.told(self.language));
    }

    fn line(&mut self, depth: usize, text: &str) {
        self.text.push_str(&"  ".repeat(depth));
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn change(&mut self, change: &Change) {
        let head = Text::new("{kind}: {verdict}").with("kind", super::kind(change.kind));
        self.say(0, &head.with("verdict", super::verdict(change.verdict)));
        for place in &change.places {
            self.line(1, &super::place(change.verb, place));
        }
        for moved in &change.moved {
            self.say(1, &super::moved(moved));
        }
        if let Some(bases) = super::bases(change) {
            self.say(1, &bases);
        }
        for (word, clauses) in [("before", &change.before), ("now", &change.after)] {
            for cited in clauses {
                self.clause(word, cited);
            }
        }
        self.say(
            1,
            &Text::new("shown by: {request}").with("request", &change.witness.sentence),
        );
        for told in super::beside(change) {
            self.say(2, &told);
        }
        self.say(2, &super::answers(change));
    }

    /// The sentence is quoted whole, however long it is.
    fn clause(&mut self, word: &'static str, cited: &Cited) {
        let head = Text::new("{when}, {clause}").with("when", Text::new(word));
        let head = head.with("clause", super::cited(cited)).told(self.language);
        match &cited.sentence {
            Some(sentence) => self.line(1, &format!("{head}: {sentence}")),
            None => self.line(1, &head),
        }
    }

    fn people(&mut self, diff: &Diff) {
        self.say(0, &"for whom".into());
        for person in &diff.people {
            let name = match &person.subject {
                Some(subject) => Text::new("{subject}: {verdict}").with("subject", subject),
                None => Text::new("everyone: {verdict}"),
            };
            self.say(1, &name.with("verdict", super::verdict(person.verdict)));
            if person.verdict == Verdict::Nothing {
                continue;
            }
            for (basis, verdict, purposes) in super::consents(person) {
                let line = Text::new("{basis} for {purposes}: {verdict}").with("basis", basis);
                let line = line.with("purposes", Argument::listed(purposes));
                self.say(2, &line.with("verdict", super::verdict(verdict)));
            }
        }
    }
}
