//! The model: names resolved to typed ids, units and dates read, defaults filled in. Strings are gone after this stage.

pub mod codes;
pub mod guard;
pub mod kinded;
mod lower;
pub mod names;
pub mod noun;
pub mod packs;
pub mod sentence;

pub use lower::scenario::question;
pub use lower::{Options, from_syntax, header};

use std::collections::BTreeSet;

use crate::diagnostic::{Argument, Severity, Text, Verified};
use crate::source::{Origin, Span, Spanned};
use crate::syntax::ast::{Date, Each, Period};
use noun::{
    AnyNoun, Basis, Channel, Controller, Country, Data, Duty, Fact, Ground, Id, Label, Means, Measure, Place, Purpose,
    Recipient, Right, Source, Subject, Table, Term,
};
use sentence::{Ban, Block, Expectation, Keep, Permission};

/// A resolved project with its packs and the taxonomy.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// The document; `None` if the project declares none.
    pub policy: Option<Policy>,
    /// Controllers.
    pub controllers: Table<Controller>,
    /// Classes of people.
    pub subjects: Table<Subject>,
    /// Data categories.
    pub data: Table<Data>,
    /// Sources, with a mirror for each subject, recipient and controller.
    pub sources: Table<Source>,
    /// Purposes.
    pub purposes: Table<Purpose>,
    /// Legal bases.
    pub bases: Table<Basis>,
    /// Recipients.
    pub recipients: Table<Recipient>,
    /// Channels and means.
    pub channels: Table<Channel>,
    /// Conditions and events.
    pub facts: Table<Fact>,
    /// Rights.
    pub rights: Table<Right>,
    /// Security measures.
    pub measures: Table<Measure>,
    /// Duties.
    pub duties: Table<Duty>,
    /// Terms.
    pub terms: Table<Term>,
    /// Countries and groups.
    pub countries: Table<Country>,
    /// Grounds.
    pub grounds: Table<Ground>,
    /// Blocks of statements.
    pub blocks: Vec<Block>,
    /// Statements.
    pub permissions: Vec<Permission>,
    /// Retention.
    pub keeps: Vec<Keep>,
    /// Promises and restrictions, of the project and of the packs in force.
    pub bans: Vec<Ban>,
    /// Own wording.
    pub clauses: Vec<Clause>,
    /// The project in the order written, chapters as groups.
    pub outline: Vec<Member>,
    /// The packs in force, with house rules.
    pub packs: Vec<Pack>,
    /// Their rules.
    pub rules: Vec<Rule>,
    /// Tests.
    pub scenarios: Vec<Scenario>,
    /// Accepted findings.
    pub waivers: Vec<Waiver>,
    /// Every use of a name.
    pub uses: Vec<Use>,
    /// Names that seem to stand in declarations that could not be read: they are not missing.
    pub unread: BTreeSet<String>,
    /// The home country: of the law, else Kyrgyzstan.
    pub home: Option<Id<Country>>,
}

/// The document.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<Label>,
    /// The header.
    pub header: Span,
    /// All of it.
    pub span: Span,
    /// The version's own number or name.
    pub version: Option<Label>,
    /// When approved.
    pub approved: Option<Spanned<Date>>,
    /// By which document.
    pub approved_by: Option<Label>,
    /// From when in force.
    pub effective: Option<Spanned<Date>>,
    /// Until when.
    pub until: Option<Spanned<Date>>,
    /// What it covers.
    pub covers: Vec<Place>,
    /// Where it can be read.
    pub published: Vec<Place>,
    /// How it is accepted.
    pub accepted: Vec<Means>,
    /// How changes are told.
    pub changes: Vec<Means>,
    /// How long before.
    pub change_notice: Option<Spanned<Period>>,
    /// The language that decides: `ky`, `ru` or `en`.
    pub prevails: Option<Spanned<String>>,
    /// Polite «Сиз» instead of the third person.
    pub polite: bool,
    /// The documents it is part of.
    pub belongs_to: Vec<Label>,
    /// The laws and rules it was written under.
    pub basis_documents: Vec<Label>,
    /// What the document is for.
    pub purpose: Option<Label>,
    /// What the text calls it.
    pub alias: Option<Label>,
    /// Time zone of its dates.
    pub zone: String,
    /// The packs and families after `law:`, with their places; what is asked for from outside stands in the first one's.
    pub laws: Vec<Spanned<String>>,
    /// The number of an older text.
    pub older_number: Option<Label>,
}

impl Policy {
    /// The first day in force: `effective`, else `approved` (M3).
    #[must_use]
    pub fn begins(&self) -> Option<Date> {
        self.effective.or(self.approved).map(|date| date.value)
    }
}

/// One piece of the project in the order written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Member {
    /// A chapter.
    Section(Section),
    /// A noun; its children are not listed again.
    Noun(AnyNoun),
    /// A block, by index.
    Block(usize),
    /// A promise or restriction of the project, by index.
    Ban(usize),
    /// Own wording, by index.
    Clause(usize),
}

/// A chapter of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its name, if it has one.
    pub name: Option<String>,
    /// Its title.
    pub title: Option<Label>,
    /// The number of an older text.
    pub older_number: Option<Label>,
    /// What it holds.
    pub members: Vec<Member>,
    /// All of it.
    pub span: Span,
}

/// Own wording.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Its name, if it has one.
    pub name: Option<String>,
    /// Its heading.
    pub label: Option<Label>,
    /// The words, a paragraph each; may hold `[references]`.
    pub text: Vec<Label>,
    /// The nouns it speaks about.
    pub covers: Vec<AnyNoun>,
    /// The number of an older text.
    pub older_number: Option<Label>,
    /// All of it.
    pub span: Span,
}

/// A law pack or house rules in force.
#[derive(Clone, Debug)]
pub struct Pack {
    /// Its name, such as `kg2008`.
    pub name: String,
    /// Its label.
    pub label: Option<Label>,
    /// The family it belongs to.
    pub family: Option<String>,
    /// From when.
    pub from: Option<Date>,
    /// Until when.
    pub until: Option<Date>,
    /// The act it cites.
    pub cites: Option<Label>,
    /// The bases of the taxonomy that it admits; empty if it does not say.
    pub admits: Vec<Id<Basis>>,
    /// Acts that have lost force, by words of their titles.
    pub repeals: Vec<Label>,
    /// Consent is given on a form that names the person and is signed.
    pub written_consent: bool,
    /// The header.
    pub header: Span,
    /// Project for house rules, pack otherwise.
    pub origin: Origin,
    /// The word of `law:` that chose it: its name, or that of its family. `None` for house rules, which need no choice.
    pub chosen_by: Option<Spanned<String>>,
}

/// A rule of a pack that is active on the policy's day.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The pack, as an index into `Model::packs`.
    pub pack: usize,
    /// The code: `PACK.NAME`.
    pub code: String,
    /// Its label.
    pub label: Option<Label>,
    /// Its label in English.
    pub english: Option<Label>,
    /// Severity, capped by `verified` already.
    pub severity: Severity,
    /// The article.
    pub cites: Option<Label>,
    /// How sure.
    pub verified: Verified,
    /// Its bans go into the bundle.
    pub enforced: bool,
    /// It only looks whether something is stated.
    pub presence: bool,
    /// Why it matters.
    pub why: Option<Label>,
    /// Why it matters, in English.
    pub why_english: Option<Label>,
    /// What to write, where it is broken.
    pub help: Option<Label>,
    /// What to write, in English.
    pub help_english: Option<Label>,
    /// Its `each` sentences; their names are resolved by the check, which knows the fields of each kind.
    pub each: Vec<Each>,
    /// Its bans, as indices into `Model::bans`.
    pub bans: Vec<usize>,
    /// All of it.
    pub span: Span,
}

impl Rule {
    /// What it demands, in the languages in which it says so; else its code.
    #[must_use]
    pub fn summary(&self) -> Text {
        let own = either(&self.label, &self.english);
        Text::new("{rule}").with("rule", own.unwrap_or_else(|| Argument::from(&self.code)))
    }

    /// Why it matters.
    #[must_use]
    pub fn reason(&self) -> Option<Text> {
        either(&self.why, &self.why_english).map(|why| Text::new("{why}").with("why", why))
    }

    /// What to write, where it is broken.
    #[must_use]
    pub fn advice(&self) -> Option<Text> {
        either(&self.help, &self.help_english).map(|help| Text::new("{help}").with("help", help))
    }
}

fn either(kyrgyz: &Option<Label>, english: &Option<Label>) -> Option<Argument> {
    let text = |label: &Option<Label>| label.as_ref().map(|label| label.value.clone());
    Argument::either(text(kyrgyz).as_deref(), text(english).as_deref())
}

/// A test.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Its label.
    pub label: Label,
    /// The day of its questions.
    pub on: Option<Date>,
    /// Its lines.
    pub lines: Vec<Expectation>,
    /// All of it.
    pub span: Span,
}

/// An accepted finding.
#[derive(Clone, Debug)]
pub struct Waiver {
    /// The line.
    pub span: Span,
    /// The code.
    pub code: Spanned<String>,
    /// What it stands above: findings whose first place lies here are accepted.
    pub covers: Span,
    /// It stands above the policy, and accepts findings of the whole project.
    pub whole_project: bool,
    /// The other party's places, if it names one: a noun's declaration and uses, or a sentence.
    pub with: Option<Vec<Span>>,
    /// The last day.
    pub until: Option<Date>,
    /// Why.
    pub reason: String,
}

/// One use of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// Where.
    pub span: Span,
    /// Of what.
    pub noun: AnyNoun,
    /// In what.
    pub context: Context,
}

/// What a use of a name stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// A statement, a keep, or a block's default.
    Statement,
    /// A promise or restriction.
    Ban,
    /// A field or header of another noun.
    Declaration,
    /// `[name]` in prose.
    Prose,
    /// A scenario: does not count as use.
    Scenario,
    /// A waiver: does not count as use.
    Waiver,
    /// A rule of a pack: does not count as use.
    Rule,
}
