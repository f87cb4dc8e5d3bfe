//! Diagnostics as data: what was found, where, why it matters, what to do. How it looks is the business of `report`.
//!
//! The other handrail of the corridor. Wording is a template with named arguments, so that one table can give it in
//! another language, and so that a tool can read the facts without reading a sentence.

mod citation;

use std::borrow::Cow;

pub use citation::articles;

use crate::messages::Language;
use crate::source::Span;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; never stops anything.
    Note,
    /// Should be looked at; does not stop the build.
    Warning,
    /// Stops the build.
    Error,
}

/// A sentence for people: an English template with `{name}` holes, and what goes into them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Text {
    /// The template, which is also the key of its translations.
    pub template: &'static str,
    /// What goes into the holes, by name.
    pub arguments: Vec<(&'static str, Argument)>,
}

/// What goes into a hole.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Argument {
    /// The same in every language: a name, a number, a piece of the source.
    Plain(String),
    /// Words of the program, which have a translation of their own.
    Words(Text),
    /// Several, joined as the language joins them.
    List(Joint, Vec<Argument>),
    /// Words of a law pack or a house rule, which has them in both languages.
    Either {
        /// In Kyrgyz.
        kyrgyz: String,
        /// In English.
        english: String,
    },
}

/// How a list is joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Joint {
    /// `a, b, c`.
    Comma,
    /// `a; b; c`.
    Semicolon,
    /// `a, b and c`.
    And,
    /// `a, b or c`.
    Or,
}

impl Argument {
    /// `a, b, c`.
    pub fn listed<A: Into<Argument>>(all: impl IntoIterator<Item = A>) -> Argument {
        Argument::joined(Joint::Comma, all)
    }

    /// `a, b and c`.
    pub fn all_of<A: Into<Argument>>(all: impl IntoIterator<Item = A>) -> Argument {
        Argument::joined(Joint::And, all)
    }

    /// `a, b or c`.
    pub fn any_of<A: Into<Argument>>(all: impl IntoIterator<Item = A>) -> Argument {
        Argument::joined(Joint::Or, all)
    }

    /// Joined in any way.
    pub fn joined<A: Into<Argument>>(joint: Joint, all: impl IntoIterator<Item = A>) -> Argument {
        Argument::List(joint, all.into_iter().map(Into::into).collect())
    }

    /// Words that may be written in both languages; where one is missing, the other stands for it.
    #[must_use]
    pub fn either(kyrgyz: Option<&str>, english: Option<&str>) -> Option<Argument> {
        Some(Argument::Either {
            kyrgyz: kyrgyz.or(english)?.to_owned(),
            english: english.or(kyrgyz)?.to_owned(),
        })
    }

    fn told(&self, language: Language) -> String {
        match self {
            Argument::Either { kyrgyz, english } => match language {
                Language::Kyrgyz => kyrgyz.clone(),
                Language::English => english.clone(),
            },
            Argument::Plain(text) => text.clone(),
            Argument::Words(text) => text.told(language),
            Argument::List(joint, all) => {
                let all: Vec<String> = all.iter().map(|one| one.told(language)).collect();
                joint.join(&all, language)
            }
        }
    }
}

impl Joint {
    fn join(self, all: &[String], language: Language) -> String {
        let last = match self {
            Joint::Comma => return all.join(", "),
            Joint::Semicolon => return all.join("; "),
            Joint::And => language.template("and"),
            Joint::Or => language.template("or"),
        };
        match all {
            [first @ .., before, end] => {
                let first = first.iter().map(|one| format!("{one}, ")).collect::<String>();
                format!("{first}{before} {last} {end}")
            }
            few => few.concat(),
        }
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Argument {
        Argument::Plain(text)
    }
}

impl From<&String> for Argument {
    fn from(text: &String) -> Argument {
        Argument::Plain(text.clone())
    }
}

impl From<&str> for Argument {
    fn from(text: &str) -> Argument {
        Argument::Plain(text.to_owned())
    }
}

impl From<usize> for Argument {
    fn from(number: usize) -> Argument {
        Argument::Plain(number.to_string())
    }
}

impl From<Text> for Argument {
    fn from(text: Text) -> Argument {
        Argument::Words(text)
    }
}

impl Text {
    /// A sentence without holes so far.
    #[must_use]
    pub fn new(template: &'static str) -> Text {
        Text {
            template,
            arguments: Vec::new(),
        }
    }

    /// Fills one hole. A `&str` goes in as it is; words of the program must come as a [`Text`].
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Argument>) -> Text {
        self.arguments.push((name, value.into()));
        self
    }

    /// The sentence in English.
    #[must_use]
    pub fn english(&self) -> String {
        self.told(Language::English)
    }

    /// The sentence in a language. One pass: what an argument holds is never read as a hole.
    #[must_use]
    pub fn told(&self, language: Language) -> String {
        fill(language.template(self.template), &self.arguments, language)
    }
}

impl From<&'static str> for Text {
    fn from(template: &'static str) -> Text {
        Text::new(template)
    }
}

/// So many characters of an argument are shown: a name of a megabyte must not become a message of a megabyte.
const LONGEST: usize = 400;

fn fill(template: &str, arguments: &[(&'static str, Argument)], language: Language) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, hole)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = hole.split_once('}') else {
            out.push('{');
            rest = hole;
            continue;
        };
        match arguments.iter().find(|(known, _)| *known == name) {
            Some((_, Argument::Words(text))) => out.push_str(&text.told(language)),
            Some((_, value)) => {
                let value = value.told(language);
                let value = visible(&value);
                match value.char_indices().nth(LONGEST) {
                    Some((end, _)) => {
                        out.push_str(&value[..end]);
                        out.push('…');
                    }
                    None => out.push_str(&value),
                }
            }
            None => {
                out.push('{');
                out.push_str(name);
                out.push('}');
            }
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Characters that nobody sees and that change what is drawn: control characters but the line end and the tab, marks that
/// turn the direction of reading, and blanks without width.
#[must_use]
pub fn is_hidden(letter: char) -> bool {
    letter.is_control() && !matches!(letter, '\n' | '\r' | '\t')
        || matches!(
            letter,
            '\u{061C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}'
        )
}

/// A text with a sign in the place of each hidden character, so that no input speaks to a terminal. It is as long in bytes
/// as it was: places in it stay places.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let sign = |letter: char| match letter.len_utf8() {
        _ if !is_hidden(letter) => letter,
        1 => '?',
        2 => '¿',
        _ => char::REPLACEMENT_CHARACTER,
    };
    Cow::Owned(text.chars().map(sign).collect())
}

/// A place with a word about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What it has to do with the finding.
    pub text: Text,
}

/// Whether an edit may be made without a person looking at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applicability {
    /// The meaning is surely what the author wanted.
    Safe,
    /// A person must look.
    NeedsReview,
}

/// A request that shows a finding, in the words of the language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// The request as a sentence, which `kupuya decide` takes.
    pub sentence: String,
    /// The day on which the item was collected, as `2026-01-31`, where the finding is about how long it is kept.
    pub collected: Option<String>,
}

/// An edit that mends the finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What the edit does, in the imperative.
    pub title: Text,
    /// Replace each place by the text; an empty span inserts.
    pub edits: Vec<(Span, String)>,
    /// May it be made unseen?
    pub applicability: Applicability,
    /// Edits in declarations that keep their style: how they look when made is found only when somebody makes them, by
    /// [`crate::fixes::edits`].
    pub within: Vec<Within>,
}

/// Edits in one declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Within {
    /// The outermost declaration.
    pub around: Span,
    /// Replace each place in it by the text; an empty span inserts.
    pub edits: Vec<(Span, String)>,
}

impl Fix {
    /// Whether it changes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty() && self.within.is_empty()
    }
}

/// The article a finding rests on, from a law pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The pack, such as `kgdc2025`.
    pub pack: String,
    /// The article as the pack cites it, such as `79(5)`.
    pub article: String,
    /// How sure the reading of the law is.
    pub verified: Verified,
    /// The rule looks only whether something is stated, not whether what is stated is enough.
    pub presence: bool,
}

/// How sure a pack is of a rule. The last two cap its severity at warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verified {
    /// Read in the official final text.
    Final,
    /// Read in a published text whose numbering may be one off.
    Text,
    /// From a second source.
    Second,
    /// From memory: to be checked before anyone relies on it.
    Memory,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's name, as `explain` and waivers use it: `unknown_name`, or `kgdc2025.art79.withdraw` for a pack's rule.
    pub code: String,
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong. If only one thing can be shown, it is this.
    pub message: Text,
    /// Where: the first label is the place to edit, the others are the other parties.
    pub labels: Vec<Label>,
    /// The edges that lead to the finding, first things first: what belongs to what, who passes on to whom. Empty where
    /// the labels say it all.
    pub trail: Vec<Label>,
    /// Why it matters, when the page of the rule does not say it already.
    pub why: Option<Text>,
    /// What to do.
    pub help: Option<Text>,
    /// Edits that mend it.
    pub fixes: Vec<Fix>,
    /// The article it rests on.
    pub citation: Option<Citation>,
    /// A request that shows it.
    pub witness: Option<Witness>,
    /// If it says that something is missing: which declarations could bring it beside the one at its place, by the words
    /// that open them. `None` if it is about what is written, or its rule says so of all its findings.
    pub absent: Option<Vec<&'static str>>,
    /// What a rule of a pack asks for and does not find, as paths: `withdraw`, `keep.end`. Empty for all others.
    pub lacks: Vec<String>,
}

impl Diagnostic {
    /// A finding at one place.
    #[must_use]
    pub fn new(
        code: impl Into<String>,
        severity: Severity,
        message: impl Into<Text>,
        at: Span,
        here: impl Into<Text>,
    ) -> Diagnostic {
        Diagnostic {
            code: code.into(),
            severity,
            message: message.into(),
            labels: vec![Label {
                span: at,
                text: here.into(),
            }],
            trail: Vec::new(),
            why: None,
            help: None,
            fixes: Vec::new(),
            citation: None,
            witness: None,
            absent: None,
            lacks: Vec::new(),
        }
    }

    /// Adds another place.
    #[must_use]
    pub fn and(mut self, span: Span, text: impl Into<Text>) -> Diagnostic {
        self.labels.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// Adds a step of the chain that leads to the finding.
    #[must_use]
    pub fn step(mut self, span: Span, text: impl Into<Text>) -> Diagnostic {
        self.trail.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// Adds a request that shows it.
    #[must_use]
    pub fn shown_by(mut self, witness: Witness) -> Diagnostic {
        self.witness = Some(witness);
        self
    }

    /// Says why it matters.
    #[must_use]
    pub fn because(mut self, why: impl Into<Text>) -> Diagnostic {
        self.why = Some(why.into());
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<Text>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// Adds an edit.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Diagnostic {
        self.fixes.push(fix);
        self
    }

    /// Names the article.
    #[must_use]
    pub fn cites(mut self, citation: Citation) -> Diagnostic {
        self.citation = Some(citation);
        self
    }

    /// Where to edit.
    #[must_use]
    pub fn place(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }
}

/// Sorts findings by place, then code, and drops exact repetitions: the order never depends on who found them first.
#[must_use]
pub fn sorted(mut all: Vec<Diagnostic>) -> Vec<Diagnostic> {
    all.sort_by_cached_key(|found| (found.place(), found.code.clone(), found.message.english()));
    all.dedup();
    all
}
