//! The fields of controllers, subjects, recipients, bases, rights and duties.

use super::detail::{change, first};
use super::field::{self, number, period};
use super::part::{self, Part};
use super::problem::At;
use super::{Declared, Lower, View};
use crate::model::noun::{AnyNoun, Giver, Id, Purpose, Recipient};
use crate::model::sentence::Onward;
use crate::source::Span;
use crate::syntax::ast::Field;
use crate::syntax::vocabulary::{Connector, Kind};

const PARTIES: &[Kind] = &[Kind::Controller, Kind::Subject, Kind::Recipient];

impl Lower<'_> {
    pub(super) fn controller_field(&mut self, noun: AnyNoun, field: &Field, view: &View) {
        let word = field.word.value.as_str();
        match word {
            "agent_of" | "parent" => {
                let names = self.names(field, view);
                change!(self.model.controllers, noun, |detail| match word {
                    "parent" => detail.parent_body = first(&names),
                    _ => detail.agent_of = names,
                });
            }
            "country" => {
                let names = self.names(field, view);
                change!(self.model.controllers, noun, |detail| detail.country = first(&names));
            }
            "employees" => change!(self.model.controllers, noun, |detail| detail.employees = number(field)),
            _ => {
                let texts = self.texts(field, view);
                let text = texts.first().cloned();
                change!(self.model.controllers, noun, |detail| match word {
                    "alias" => detail.alias = text,
                    "role" => detail.role = texts,
                    "address" => detail.address = text,
                    "phone" => detail.phone = texts,
                    "email" => detail.email = texts,
                    "site" => detail.site = texts,
                    "inn" => detail.inn = text,
                    "okpo" => detail.okpo = text,
                    "licence" => detail.licence = text,
                    "responsible" => detail.responsible = text,
                    "contact" => detail.contact = text,
                    _ => {}
                });
            }
        }
    }

    pub(super) fn subject_field(&mut self, noun: AnyNoun, field: &Field, view: &View) {
        let word = field.word.value.as_str();
        if word == "entered_by" {
            let names = self.names(field, view);
            change!(self.model.subjects, noun, |detail| detail.entered_by = first(&names));
            return;
        }
        if word == "size" {
            change!(self.model.subjects, noun, |detail| detail.size = number(field));
            return;
        }
        let text = self.text(field, view);
        change!(self.model.subjects, noun, |detail| match word {
            "alias" => detail.alias = text,
            "definition" => detail.definition = text,
            _ => {}
        });
    }

    pub(super) fn recipient_field(&mut self, noun: AnyNoun, field: &Field, view: &View) {
        let word = field.word.value.as_str();
        if word == "onward" {
            let onward = self.onward(field, view);
            change!(self.model.recipients, noun, |detail| detail.onward.extend(onward));
            return;
        }
        if word == "keeps" {
            let keeps = period(field);
            change!(self.model.recipients, noun, |detail| detail.keeps = keeps);
            return;
        }
        let texts = self.texts(field, view);
        let text = texts.first().cloned();
        change!(self.model.recipients, noun, |detail| match word {
            "alias" => detail.alias = text,
            "safeguard" => detail.safeguard = text,
            "contract" => detail.contract = text,
            "duties" => detail.duties = texts,
            "site" => detail.site = texts,
            "examples" => detail.examples = texts,
            _ => {}
        });
    }

    /// To whom and for what. A `for` belongs to every name before it, back to the last one: `banks, insurers for payments`.
    fn onward(&mut self, field: &Field, view: &View) -> Vec<Onward> {
        let mut all = Vec::new();
        let mut waiting: Vec<(Id<Recipient>, Span)> = Vec::new();
        // Of a list with an unreadable part nobody knows for what.
        if self.is_torn(field.span) {
            return all;
        }
        for value in &field.values {
            let path = field::name(value);
            let to = path.and_then(|path| self.one(path, At::Field("onward"), view));
            waiting.extend(to.map(|to| (to.value, value.span)));
            let nouns = match part::nouns(&value.qualifiers, Connector::For) {
                Part::Is(nouns) => nouns,
                Part::Broken => {
                    waiting.clear();
                    continue;
                }
                Part::Absent => continue,
            };
            let purposes: Vec<Id<Purpose>> = self
                .all(&nouns.names, At::After("for"), view)
                .into_iter()
                .map(|name| name.value)
                .collect();
            let known = nouns.names.is_empty() || !purposes.is_empty();
            let named = waiting.drain(..).filter(|_| known);
            all.extend(named.map(|(to, span)| Onward {
                to,
                purposes: purposes.clone(),
                span,
            }));
        }
        all.extend(waiting.into_iter().map(|(to, span)| Onward {
            to,
            purposes: Vec::new(),
            span,
        }));
        all
    }

    pub(super) fn basis_field(&mut self, declared: &Declared<'_>, field: &Field, view: &View) {
        let noun = declared.noun;
        let word = field.word.value.as_str();
        match word {
            "given" | "withdraw" => {
                let means = self.means(field, view);
                change!(self.model.bases, noun, |detail| match word {
                    "given" => detail.given = means,
                    _ => detail.withdraw = means,
                });
            }
            "cites" => {
                if let Some(text) = self.text(field, view) {
                    self.set_cites(declared, text);
                }
            }
            "effect" | "refusal" | "text" => {
                let text = self.text(field, view);
                change!(self.model.bases, noun, |detail| match word {
                    "effect" => detail.effect = text,
                    "refusal" => detail.refusal = text,
                    _ => detail.text = text,
                });
            }
            _ => change!(self.model.bases, noun, |detail| match word {
                "giver" => detail.giver = giver(&field::words(field)),
                "from" => detail.from = field::date(field),
                "term" => detail.term = period(field),
                "deadline" => detail.deadline = period(field),
                "separate" => {
                    detail.separate = field::words(field).first().map(|word| word == "yes");
                }
                "survives" => detail.survives_keep = field::words(field).iter().any(|word| word == "keep"),
                _ => {}
            }),
        }
    }

    pub(super) fn right_field(&mut self, declared: &Declared<'_>, field: &Field, view: &View) {
        let noun = declared.noun;
        let word = field.word.value.as_str();
        match word {
            "channel" => {
                let means = self.means(field, view);
                change!(self.model.rights, noun, |detail| detail.channel = means);
            }
            "about" => {
                let names = self.names(field, view);
                change!(self.model.rights, noun, |detail| detail.about = names);
            }
            "of" => {
                let names = self.names(field, view);
                change!(self.model.rights, noun, |detail| detail.of = names);
            }
            "except" => {
                let names = self.any_names(field, &[Kind::Ground, Kind::Basis], view);
                change!(self.model.rights, noun, |detail| detail.except = names);
            }
            "deadline" => change!(self.model.rights, noun, |detail| detail.deadline = period(field)),
            _ => {
                let text = self.text(field, view);
                change!(self.model.rights, noun, |detail| match word {
                    "proof" => detail.proof = text,
                    "cites" => detail.cites = text,
                    "text" => detail.text = text,
                    _ => {}
                });
            }
        }
    }

    pub(super) fn duty_field(&mut self, noun: AnyNoun, field: &Field, view: &View) {
        let word = field.word.value.as_str();
        match word {
            "of" | "to" => {
                let names = self.any_names(field, PARTIES, view);
                change!(self.model.duties, noun, |detail| match word {
                    "of" => detail.of = names,
                    _ => detail.to = names,
                });
            }
            "within" => change!(self.model.duties, noun, |detail| detail.within = period(field)),
            "channel" => {
                let means = self.means(field, view);
                change!(self.model.duties, noun, |detail| detail.channel = means);
            }
            "text" => {
                let text = self.text(field, view);
                change!(self.model.duties, noun, |detail| detail.text = text);
            }
            _ => {}
        }
    }
}

fn giver(words: &[String]) -> Giver {
    let has = |wanted: &str| words.iter().any(|word| word == wanted);
    match (has("self"), has("guardian")) {
        (true, true) => Giver::Either,
        (false, true) => Giver::Guardian,
        _ => Giver::Itself,
    }
}
