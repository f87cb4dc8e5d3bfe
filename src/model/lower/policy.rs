//! The policy's own fields, and those of the packs in force.

use std::sync::Arc;

use super::field::{self, period};
use super::{Active, Lower, View};
use crate::model::noun::Id;
use crate::model::packs::{fields, words};
use crate::model::{Context, Policy, codes};
use crate::source::{Origin, Spanned};
use crate::syntax::ast::{Declaration, Field, File, Item, Node};
use crate::syntax::vocabulary::Kind;

impl Lower<'_> {
    /// Reads what the choice of the packs needs: name, dates and law.
    pub(super) fn policy_head(&mut self, files: &[(Arc<File>, Origin)], options: &super::Options) {
        let mut all = policies(files).into_iter();
        let Some(declaration) = all.next() else {
            return;
        };
        let find = |word: &str| fields(declaration).find(|field| field.word.value == word);
        let header = super::declare::header(declaration);
        let mut laws = find("law").map(words).unwrap_or_default();
        if let Some(asked) = &options.law {
            let span = laws.first().map_or(header, |first| first.span);
            laws.splice(
                ..laws.len().min(1),
                [Spanned {
                    value: asked.clone(),
                    span,
                }],
            );
        }
        self.model.policy = Some(Policy {
            name: declaration.name.as_ref().map_or_else(String::new, |name| name.text()),
            title: declaration.label.clone(),
            header,
            span: declaration.span,
            version: None,
            approved: find("approved").and_then(field::date),
            approved_by: None,
            effective: find("effective").and_then(field::date),
            until: find("until").and_then(field::date),
            covers: Vec::new(),
            published: Vec::new(),
            accepted: Vec::new(),
            changes: Vec::new(),
            change_notice: None,
            prevails: None,
            polite: false,
            belongs_to: Vec::new(),
            basis_documents: Vec::new(),
            purpose: None,
            alias: None,
            zone: "Asia/Bishkek".to_owned(),
            laws,
            older_number: None,
        });
        if let (Some(until), Some(begins)) = (
            find("until").and_then(field::date),
            self.model.policy.as_ref().and_then(Policy::begins),
        ) && until.value < begins
        {
            self.error(
                codes::NEVER_IN_FORCE,
                "the policy ends before it begins",
                until.span,
                "the last day on which it is in force",
            );
        }
        for second in all {
            self.error(
                codes::SECOND_POLICY,
                "a project has one policy",
                super::declare::header(second),
                "this is another one",
            )
            .labels
            .push(crate::diagnostic::Label {
                span: header,
                text: "the first one".into(),
            });
        }
    }

    /// Reads the other fields of the policy.
    pub(super) fn policy_fields(&mut self, files: &[(Arc<File>, Origin)]) {
        let Some(declaration) = policies(files).into_iter().next() else {
            return;
        };
        let view = View::project(Context::Declaration);
        if let Some(label) = &declaration.label {
            self.prose(label.span, &view);
        }
        for field in fields(declaration) {
            self.policy_field(field, &view);
        }
    }

    fn policy_field(&mut self, field: &Field, view: &View) {
        let word = field.word.value.as_str();
        match word {
            "covers" | "published" => {
                let places = self.publications(field, view);
                if let Some(policy) = &mut self.model.policy {
                    match word {
                        "covers" => policy.covers = places,
                        _ => policy.published = places,
                    }
                }
            }
            "accepted" | "changes" => {
                let means = self.means(field, view);
                if let Some(policy) = &mut self.model.policy {
                    match word {
                        "accepted" => policy.accepted = means,
                        _ => policy.changes = means,
                    }
                }
            }
            "approved" => {
                let by = field
                    .values
                    .iter()
                    .flat_map(|value| &value.qualifiers)
                    .find_map(|part| match &part.content {
                        crate::syntax::ast::Content::Text(text) => Some(text.clone()),
                        _ => None,
                    });
                if let Some(policy) = &mut self.model.policy {
                    policy.approved_by = by;
                }
            }
            "effective" | "until" | "law" | "ru" | "en" | "was" => {}
            _ => {
                let texts = self.texts(field, view);
                if let Some(policy) = &mut self.model.policy {
                    text_field(policy, field, texts);
                }
            }
        }
    }

    /// The pack's own fields: whose law it is, and which bases it admits.
    pub(super) fn pack_fields(&mut self, packs: &[Active<'_>]) {
        let mut said = false;
        for pack in packs {
            let view = View::new(&pack.looker, Context::Rule);
            let declaration = pack.head.declaration;
            let mut found = crate::model::Pack {
                name: pack.head.name.clone(),
                label: declaration.label.clone(),
                family: pack.head.family.as_ref().map(|family| family.value.clone()),
                from: pack.head.from,
                until: pack.head.until,
                cites: None,
                admits: Vec::new(),
                repeals: Vec::new(),
                written_consent: false,
                header: super::declare::header(declaration),
                origin: pack.head.origin,
                chosen_by: pack.chosen_by.clone(),
            };
            for field in fields(declaration) {
                match field.word.value.as_str() {
                    "cites" => found.cites = self.text(field, &view),
                    "admits" => found.admits = self.names(field, &view),
                    "repeals" => found.repeals = self.texts(field, &view),
                    "consent_form" => {
                        let form = self.texts(field, &view);
                        found.written_consent = form.iter().any(|form| form.value == "written");
                    }
                    "home" => {
                        let home: Option<Id<_>> = self.names(field, &view).first().copied();
                        // House rules have no country of their own; of several laws the first one named says it.
                        if found.origin == Origin::Pack && !said {
                            said = home.is_some();
                            self.model.home = home.or(self.model.home);
                        }
                    }
                    _ => {}
                }
            }
            self.model.packs.push(found);
        }
    }
}

fn text_field(policy: &mut Policy, field: &Field, texts: Vec<Spanned<String>>) {
    let text = texts.first().cloned();
    match field.word.value.as_str() {
        "version" => policy.version = text,
        "change_notice" => policy.change_notice = period(field),
        "prevails" => policy.prevails = text,
        "voice" => policy.polite = text.is_some_and(|text| text.value == "polite"),
        "belongs_to" => policy.belongs_to = texts,
        "basis_documents" => policy.basis_documents = texts,
        "purpose" => policy.purpose = text,
        "alias" => policy.alias = text,
        "zone" => policy.zone = text.map_or_else(|| policy.zone.clone(), |text| text.value),
        "ref" => policy.older_number = text,
        _ => {}
    }
}

/// Every policy that the project declares, in sections too.
fn policies(files: &[(Arc<File>, Origin)]) -> Vec<&Declaration> {
    fn within<'f>(items: &'f [Item], found: &mut Vec<&'f Declaration>) {
        for item in items {
            match &item.node {
                Node::Declaration(declaration) if declaration.kind == Kind::Policy => found.push(declaration),
                Node::Declaration(declaration) if declaration.kind == Kind::Section => {
                    within(&declaration.items, found);
                }
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    for (file, _) in files.iter().filter(|(_, origin)| *origin == Origin::Project) {
        within(&file.items, &mut found);
    }
    found
}
