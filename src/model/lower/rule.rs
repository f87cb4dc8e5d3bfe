//! The rules of law packs and house rules that count on the policy's day.

use super::ban::Standing;
use super::{Active, Lower, View};
use crate::diagnostic::{Applicability, Argument, Fix, Severity, Text, Verified};
use crate::model::names::nearest_of;
use crate::model::noun::Label;
use crate::model::packs::fields;
use crate::model::{Context, Rule, codes};
use crate::source::{Origin, Spanned};
use crate::syntax::ast::{Content, Date, Declaration, Item, Node, Qualifier};
use crate::syntax::vocabulary::{Connector, Kind};

impl Lower<'_> {
    /// Reads the rules of the packs in force.
    pub(super) fn rules(&mut self, packs: &[Active<'_>]) {
        for (index, pack) in packs.iter().enumerate() {
            self.outside_rules(&pack.head.declaration.items);
            for (code, rule) in &pack.head.rules {
                self.rule(code, rule, index, pack);
            }
        }
    }

    fn outside_rules(&mut self, items: &[Item]) {
        for item in items {
            match &item.node {
                Node::Declaration(declaration) if declaration.kind == Kind::Section => {
                    self.outside_rules(&declaration.items);
                }
                Node::Sentence(sentence) => self.outside_rule(sentence.span),
                _ => {}
            }
        }
    }

    /// Reports a promise of a law pack that stands outside a rule; an `each` there is reported by the syntax.
    fn outside_rule(&mut self, span: crate::source::Span) {
        let here = "it needs a rule around it, with a name and a severity";
        self.error(codes::MISPLACED_RULE, "this sentence belongs in a `rule`", span, here)
            .help = Some("write `rule NAME is error { … }` around it".into());
    }

    /// Reports words in a rule's header that say nothing about a rule: it would weigh something else than is meant.
    fn words_of(&mut self, declaration: &Declaration) {
        let grades: Vec<&str> = GRADES.iter().map(|(word, _)| *word).collect();
        let verified = declaration
            .header
            .iter()
            .filter_map(|part| match (part.connector, &part.content) {
                (Connector::Verified, Content::Nouns(nouns)) => Some(&nouns.names),
                _ => None,
            });
        let written = declaration.is.iter().map(|path| (path, WORDS));
        for (path, known) in written.chain(verified.flatten().map(|path| (path, grades.as_slice()))) {
            let word = path.text();
            if known.contains(&word.as_str()) {
                continue;
            }
            let listed = Argument::any_of(known.iter().map(|word| format!("`{word}`")));
            let found = self.error(
                codes::UNKNOWN_NAME,
                Text::new("`{word}` says nothing about a rule").with("word", &word),
                path.span,
                Text::new("expected {words}").with("words", listed),
            );
            if let Some(near) = nearest_of(&word, known) {
                found.help = Some(Text::new("did you mean `{name}`?").with("name", near));
                found.fixes.push(Fix {
                    title: Text::new("write `{name}`").with("name", near),
                    edits: vec![(path.span, near.to_owned())],
                    applicability: Applicability::NeedsReview,
                    within: Vec::new(),
                });
            }
        }
    }

    fn rule(&mut self, code: &str, declaration: &Declaration, index: usize, pack: &Active<'_>) {
        let head = Header::of(declaration);
        self.words_of(declaration);
        let counts = pack
            .day
            .is_none_or(|day| head.from.is_none_or(|from| from <= day) && head.until.is_none_or(|until| day <= until));
        if !counts {
            return;
        }
        let view = View::new(&pack.looker, Context::Rule);
        // A law that is not known to be read right must not stop anybody; house rules have nothing to be read in.
        let verified = head.verified.unwrap_or(match (pack.head.origin, &head.cites) {
            (Origin::Project, _) | (_, None) => Verified::Final,
            (Origin::Pack | Origin::Taxonomy, Some(_)) => Verified::Memory,
        });
        let severity = match verified {
            Verified::Final | Verified::Text => head.severity,
            Verified::Second | Verified::Memory => head.severity.min(Severity::Warning),
        };
        let mut said = |word: &str| {
            let field = fields(declaration).find(|field| field.word.value == word);
            field.and_then(|field| self.text(field, &view))
        };
        let (english, why, why_english) = (said("en"), said("why"), said("why_en"));
        let (help, help_english) = (said("help"), said("help_en"));
        let rule = self.model.rules.len();
        self.model.rules.push(Rule {
            pack: index,
            code: code.to_owned(),
            label: declaration.label.clone(),
            english,
            severity,
            cites: head.cites,
            verified,
            enforced: head.enforced,
            presence: head.presence,
            why,
            why_english,
            help,
            help_english,
            each: Vec::new(),
            bans: Vec::new(),
            span: declaration.span,
        });
        let standing = Standing {
            view,
            origin: Origin::Pack,
            rule: Some(rule),
            enforced: head.enforced,
        };
        for item in &declaration.items {
            match &item.node {
                Node::Each(each) => {
                    if let Some(rule) = self.model.rules.get_mut(rule) {
                        rule.each.push(each.clone());
                    }
                }
                // A statement has been reported by the syntax.
                Node::Sentence(sentence) if sentence.never.is_some() || sentence.only.is_some() => {
                    let ban = self.ban(item, sentence, &standing);
                    if let Some(rule) = self.model.rules.get_mut(rule) {
                        rule.bans.extend(ban);
                    }
                }
                _ => {}
            }
        }
    }
}

/// What a rule may be.
const WORDS: &[&str] = &["error", "warning", "note", "enforced", "presence"];

/// How surely a rule was read, by the word behind `verified`.
const GRADES: &[(&str, Verified)] = &[
    ("final", Verified::Final),
    ("text", Verified::Text),
    ("second", Verified::Second),
    ("memory", Verified::Memory),
];

/// What stands in the header of a rule.
struct Header {
    severity: Severity,
    enforced: bool,
    presence: bool,
    cites: Option<Label>,
    verified: Option<Verified>,
    from: Option<Date>,
    until: Option<Date>,
}

impl Header {
    fn of(declaration: &Declaration) -> Header {
        let mut header = Header {
            severity: Severity::Error,
            enforced: false,
            presence: false,
            cites: None,
            verified: None,
            from: None,
            until: None,
        };
        for path in &declaration.is {
            match path.text().as_str() {
                "note" => header.severity = Severity::Note,
                "warning" => header.severity = Severity::Warning,
                "enforced" => header.enforced = true,
                "presence" => header.presence = true,
                _ => {}
            }
        }
        for part in &declaration.header {
            header.part(part);
        }
        header
    }

    fn part(&mut self, part: &Qualifier) {
        match (part.connector, &part.content) {
            (Connector::Cites, Content::Text(text)) => self.cites = Some(text.clone()),
            (Connector::From, Content::Date(Spanned { value, .. })) => self.from = Some(*value),
            (Connector::Until, Content::Date(Spanned { value, .. })) => self.until = Some(*value),
            (Connector::Verified, Content::Nouns(nouns)) => {
                let name = nouns.names.first().map(|name| name.text());
                let grade = GRADES.iter().find(|(word, _)| Some(*word) == name.as_deref());
                self.verified = grade.map(|(_, grade)| *grade);
            }
            _ => {}
        }
    }
}
