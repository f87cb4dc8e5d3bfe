//! Names that lead nowhere: collected while resolving, told once each with all their uses.

use std::collections::BTreeSet;

use super::Lower;
use crate::diagnostic::{Applicability, Argument, Diagnostic, Fix, Severity, Text};
use crate::model::codes;
use crate::model::kinded::{bare, with_article};
use crate::model::names::{Looker, NO_BUSINESS, Near};
use crate::model::noun::{AnyNoun, Label};
use crate::source::{Origin, Span};
use crate::syntax::vocabulary::{self, Kind, Verb};

/// For so many unknown names a nearest one is looked for; nobody reads further, and each search walks all names.
const SEARCHED: usize = 50;

/// So many members of a group are listed.
const MEMBERS: usize = 8;

/// Kinds whose nouns may stand after `from`.
const PARTIES: &[Kind] = &[Kind::Controller, Kind::Subject, Kind::Recipient];

/// Where a name stands, for messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum At<'w> {
    /// After a word of a sentence or header.
    After(&'w str),
    /// In a field.
    Field(&'w str),
    /// In prose.
    Prose,
}

/// What is wrong with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Nothing is called so.
    Unknown,
    /// Only something of another kind is; and what place would take.
    OtherKind(AnyNoun, Text),
    /// Several are.
    Ambiguous(Vec<AnyNoun>),
}

/// One name with all the places where it is in trouble.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    text: String,
    looker: Looker,
    kinds: Vec<Kind>,
    trouble: Trouble,
    uses: Vec<Span>,
}

impl Lower<'_> {
    /// Notes trouble with a name; the second time only its place.
    pub(super) fn trouble(&mut self, text: &str, looker: &Looker, kinds: &[Kind], trouble: Trouble, span: Span) {
        let all = self.problems.entry(text.to_owned()).or_default();
        let same = |known: &Problem| {
            known.looker == *looker
                && match (&known.trouble, &trouble) {
                    (Trouble::Unknown, Trouble::Unknown) => true,
                    // Whatever the sentence, it is the one noun that is of another kind than it is taken for.
                    (Trouble::OtherKind(a, _), Trouble::OtherKind(b, _)) => a == b && known.kinds == kinds,
                    (known_trouble, trouble) => known_trouble == trouble && known.kinds == kinds,
                }
        };
        match all.iter_mut().find(|known| same(known)) {
            Some(known) => known.uses.push(span),
            None => all.push(Problem {
                text: text.to_owned(),
                looker: looker.clone(),
                kinds: kinds.to_vec(),
                trouble,
                uses: vec![span],
            }),
        }
    }

    /// Turns the collected problems into diagnostics.
    pub(super) fn tell_problems(&mut self) {
        let mut all: Vec<Problem> = std::mem::take(&mut self.problems).into_values().flatten().collect();
        for problem in &mut all {
            // A name in a place that is read twice is one use.
            problem.uses.sort_unstable();
            problem.uses.dedup();
        }
        all.sort_by(|a, b| (&a.uses, &a.text).cmp(&(&b.uses, &b.text)));
        self.leave_out_lost(&mut all);
        for (index, problem) in all.into_iter().enumerate() {
            let diagnostic = match &problem.trouble {
                Trouble::Unknown => self.unknown(&problem, index < SEARCHED),
                Trouble::OtherKind(noun, message) => self.other_kind(&problem, *noun, message),
                Trouble::Ambiguous(nouns) => self.ambiguous(&problem, nouns),
            };
            self.diagnostics.extend(diagnostic);
        }
    }

    /// Leaves out names that may be those of declarations that have lost theirs, which has been reported: all that could
    /// be, if there are no more than were lost; else those that look like no other name.
    fn leave_out_lost(&self, all: &mut Vec<Problem>) {
        for problem in all.iter_mut() {
            problem.uses.retain(|name| !self.torn.cuts(*name));
        }
        all.retain(|problem| !problem.uses.is_empty() && !problem.text.split('.').any(|step| self.torn.lost(step)));
        let could_be = |problem: &Problem| {
            let of_kind = |kind: &Kind| {
                // Parties stand after `from` too.
                self.nameless.contains(kind)
                    || *kind == Kind::Source && self.nameless.iter().any(|lost| PARTIES.contains(lost))
            };
            problem.trouble == Trouble::Unknown && problem.kinds.iter().any(of_kind)
        };
        if self.nameless.is_empty() {
            return;
        }
        let first = |problem: &Problem| problem.text.split('.').next().unwrap_or_default().to_owned();
        let names: BTreeSet<String> = all.iter().filter(|problem| could_be(problem)).map(first).collect();
        let few = names.len() <= self.nameless.len();
        let is_near = |problem: &Problem| {
            let near = self.names.nearest(&problem.text, &problem.kinds, &problem.looker);
            !near.is_empty()
        };
        all.retain(|problem| !could_be(problem) || !few && is_near(problem));
    }

    /// A name that a pack declares which is not chosen: nobody has to look for a slip.
    fn of_another_pack(&self, problem: &Problem) -> Option<Diagnostic> {
        let packs = self.declaring_elsewhere(&problem.text, &problem.kinds);
        if packs.is_empty() || problem.looker != Looker::Project {
            return None;
        }
        let listed = || Argument::any_of(packs.iter().map(|pack| format!("`{pack}`")));
        let message = Text::new("`{name}` is declared by the pack {packs}, which is not chosen")
            .with("name", &problem.text)
            .with("packs", listed());
        let found = with_uses(
            codes::UNKNOWN_NAME,
            message,
            "not known under the law that is chosen".into(),
            problem,
        )?;
        let chosen = self.model.packs.iter().filter(|pack| pack.origin != Origin::Project);
        let chosen: Vec<String> = chosen.map(|pack| format!("`{}`", pack.name)).collect();
        let help = if chosen.is_empty() {
            Text::new("choose {packs} with `law:`, or name a noun of the taxonomy")
        } else {
            Text::new("under {chosen} name a noun of it or of the taxonomy, or choose {packs} with `law:`")
                .with("chosen", Argument::all_of(chosen))
        };
        Some(found.help(help.with("packs", listed())))
    }

    /// A noun of the policy in a rule of a pack: it is no slip, the rule stands in the wrong file.
    fn of_the_policy(&self, problem: &Problem) -> Option<Diagnostic> {
        let Looker::Pack(_) = problem.looker else { return None };
        let kinds = problem.kinds.as_slice();
        let noun = crate::model::names::of_project(&self.model, &problem.text, |kind| kinds.contains(&kind))?;
        let message = Text::new(NO_BUSINESS).with("name", &problem.text);
        let found = with_uses(
            codes::UNKNOWN_NAME,
            message,
            "a pack's own nouns and the taxonomy are known here".into(),
            problem,
        )?;
        Some(found.help(crate::model::names::instead_of(&self.model, noun)))
    }

    /// What is called otherwise here: a verb of disposal behind `then`, a country by its code.
    fn meant(&self, problem: &Problem) -> Option<String> {
        match problem.kinds.as_slice() {
            [Kind::Duty] => {
                let (_, verb) = vocabulary::OTHER_VERBS
                    .iter()
                    .find(|(word, verb)| *word == problem.text && matches!(verb, Verb::Erase | Verb::Anonymise))?;
                let known = vocabulary::VERBS.iter().find(|(known, ..)| known == verb)?;
                Some(known.1.to_owned())
            }
            [Kind::Country] => {
                let written = problem.text.to_lowercase();
                let is_called = |label: &Option<Label>| {
                    label
                        .as_ref()
                        .is_some_and(|label| label.value.to_lowercase() == written)
                };
                let mut all = self.model.countries.iter();
                let found =
                    all.find(|(_, noun)| [&noun.label, &noun.english, &noun.russian].into_iter().any(is_called));
                found.map(|(_, noun)| noun.path.clone())
            }
            _ => None,
        }
    }

    fn unknown(&self, problem: &Problem, search: bool) -> Option<Diagnostic> {
        if let Some(found) = self.of_another_pack(problem).or_else(|| self.of_the_policy(problem)) {
            return Some(found);
        }
        let message = Text::new("`{name}` is not declared").with("name", &problem.text);
        let here = Text::new("no {kind} is called so").with("kind", kind_words(&problem.kinds));
        let diagnostic = with_uses(codes::UNKNOWN_NAME, message, here, problem)?;
        if let Some(meant) = self.meant(problem) {
            let help = Text::new("did you mean `{name}`?").with("name", &meant);
            return Some(diagnostic.help(help).fix(rename(problem, &meant, false)));
        }
        let mut near = match search {
            true => self.names.nearest(&problem.text, &problem.kinds, &problem.looker),
            false => Vec::new(),
        };
        let group = match search {
            true => self.names.of_group(&problem.text, &problem.kinds, &problem.looker),
            false => Vec::new(),
        };
        let is_member = |near: &Near| {
            let is =
                |path: &&str| *path == near.name || path.strip_suffix(&near.name).is_some_and(|way| way.ends_with('.'));
            group.iter().any(is)
        };
        // Who names a group means one of its own; the same letters in another alphabet are surer still.
        if near.iter().any(is_member) && near.first().is_some_and(|best| best.distance > 0) {
            near.retain(is_member);
        }
        let Some(best) = near.first() else {
            let help = match problem.kinds.as_slice() {
                _ if !group.is_empty() => {
                    let (shown, more) = group.split_at(group.len().min(MEMBERS));
                    let shown = Argument::listed(shown.iter().map(|path| format!("`{path}`")));
                    let (above, _) = problem.text.rsplit_once('.').unwrap_or_default();
                    let text = match more.len() {
                        0 => Text::new("`{group}` has {members}"),
                        n => Text::new("`{group}` has {members} and {n} more").with("n", n),
                    };
                    text.with("group", above).with("members", shown)
                }
                [kind] => Text::new("correct the name, or declare it: `{kind} {name} \"…\"`")
                    .with("kind", vocabulary::kind(*kind).word)
                    .with("name", &problem.text),
                _ => Text::new("correct the name, or declare it"),
            };
            return Some(diagnostic.help(help));
        };
        let names: Vec<String> = near.iter().take(3).map(|near| format!("`{}`", near.name)).collect();
        let same_letters = best.name.to_lowercase() == problem.text.to_lowercase();
        let diagnostic = diagnostic.help(if best.distance == 0 && !same_letters {
            Text::new("{names} looks the same, but has other letters: Cyrillic and Latin ones are told apart")
                .with("names", Argument::any_of(names))
        } else {
            Text::new("did you mean {names}?").with("names", Argument::any_of(names))
        });
        let clear = near.get(1).is_none_or(|second| best.rank() < second.rank());
        Some(if clear {
            diagnostic.fix(rename(problem, &best.name, best.distance == 0))
        } else {
            diagnostic
        })
    }

    fn other_kind(&self, problem: &Problem, noun: AnyNoun, message: &Text) -> Option<Diagnostic> {
        let here = Text::new("is {kind}").with("kind", with_article(noun.kind));
        let diagnostic = with_uses(codes::WRONG_KIND, message.clone(), here, problem)?;
        // In its own header a noun is no answer.
        let near = self.names.nearest(&problem.text, &problem.kinds, &problem.looker);
        let help = match near.iter().find(|near| near.name != problem.text) {
            Some(best) => Text::new("did you mean `{name}`?").with("name", &best.name),
            None => Text::new("write the name of {kinds}").with("kinds", alternatives(&problem.kinds)),
        };
        let declared = self.model.noun(noun).map(|common| common.header);
        let diagnostic = diagnostic.help(help);
        Some(match declared {
            Some(span) => diagnostic.and(span, "declared here"),
            None => diagnostic,
        })
    }

    fn ambiguous(&self, problem: &Problem, nouns: &[AnyNoun]) -> Option<Diagnostic> {
        let paths: Vec<String> = nouns
            .iter()
            .filter_map(|noun| self.model.noun(*noun))
            .map(|common| format!("`{}`", common.path))
            .collect();
        let message = Text::new("`{name}` may be {paths}")
            .with("name", &problem.text)
            .with("paths", Argument::any_of(paths));
        let mut diagnostic = with_uses(
            codes::AMBIGUOUS_NAME,
            message,
            "more than one noun is called so".into(),
            problem,
        )?;
        for common in nouns.iter().filter_map(|noun| self.model.noun(*noun)) {
            let text = Text::new("`{path}` is declared here").with("path", common.path);
            diagnostic = diagnostic.and(common.header, text);
        }
        Some(diagnostic.help("write the whole path"))
    }
}

/// A finding with a label for each use.
fn with_uses(code: &str, message: Text, here: Text, problem: &Problem) -> Option<Diagnostic> {
    let (first, others) = problem.uses.split_first()?;
    let diagnostic = Diagnostic::new(code, Severity::Error, message, *first, here);
    Some(others.iter().fold(diagnostic, |all, span| all.and(*span, "and here")))
}

/// An edit of every use; `same` if the name looks the same, so that nothing else can be meant.
fn rename(problem: &Problem, name: &str, same: bool) -> Fix {
    Fix {
        title: Text::new("write `{name}`").with("name", name),
        edits: problem.uses.iter().map(|span| (*span, name.to_owned())).collect(),
        applicability: match same {
            true => Applicability::Safe,
            false => Applicability::NeedsReview,
        },
        within: Vec::new(),
    }
}

/// `a fact or a legal basis`.
pub(super) fn alternatives(kinds: &[Kind]) -> Argument {
    match kinds.len() {
        0 => Argument::Words("a noun".into()),
        1..=4 => Argument::any_of(kinds.iter().map(|kind| with_article(*kind))),
        _ => Argument::Words("a noun of another kind".into()),
    }
}

/// `fact or legal basis`.
fn kind_words(kinds: &[Kind]) -> Argument {
    match kinds.len() {
        1..=3 => Argument::any_of(kinds.iter().map(|kind| bare(*kind))),
        _ => Argument::Words("noun".into()),
    }
}
