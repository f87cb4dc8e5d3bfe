//! The fields of nouns: those that every kind has, and those of data, sources, purposes and the smaller kinds.

use super::field::{date, number, period};
use super::{Declared, Lower, View};
use crate::model::Context;
use crate::model::noun::{AnyNoun, Id};
use crate::model::packs::{fields, word};
use crate::source::Spanned;
use crate::syntax::ast::Field;
use crate::syntax::vocabulary::Kind;

impl Lower<'_> {
    /// Reads the fields of all nouns.
    pub(super) fn details(&mut self) {
        for declared in self.declared.clone() {
            let view = View::new(&declared.looker, Context::Declaration);
            for label in declared.declaration.label.iter().chain(&declared.declaration.second) {
                self.prose(label.span, &view);
            }
            for field in fields(declared.declaration) {
                if !self.common_field(&declared, field, &view) {
                    self.own_field(&declared, field, &view);
                }
            }
        }
    }

    fn common_field(&mut self, declared: &Declared<'_>, field: &Field, view: &View) -> bool {
        let text = match field.word.value.as_str() {
            "ru" | "en" => self.text(field, view),
            "ref" | "was" | "dpv" | "fides" | "since" | "replaced_by" => word(field),
            _ => return false,
        };
        if let Some(common) = self.model.noun_mut(declared.noun) {
            match field.word.value.as_str() {
                "ru" => *common.russian = text,
                "en" => *common.english = text,
                "ref" => *common.older_number = text,
                "dpv" => *common.dpv = text,
                "fides" => *common.fides = text,
                "since" => *common.since = text,
                "replaced_by" => *common.replaced_by = text,
                _ => *common.was = text,
            }
        }
        true
    }

    fn own_field(&mut self, declared: &Declared<'_>, field: &Field, view: &View) {
        let noun = declared.noun;
        match noun.kind {
            Kind::Controller => self.controller_field(noun, field, view),
            Kind::Subject => self.subject_field(noun, field, view),
            Kind::Recipient => self.recipient_field(noun, field, view),
            Kind::Basis => self.basis_field(declared, field, view),
            Kind::Right => self.right_field(declared, field, view),
            Kind::Channel => self.channel_field(noun, field, view),
            Kind::Duty => self.duty_field(noun, field, view),
            Kind::Data => self.data_field(noun, field, view),
            Kind::Source => self.source_field(noun, field, view),
            Kind::Purpose => self.purpose_field(noun, field, view),
            Kind::Measure => self.measure_field(noun, field, view),
            Kind::Term => self.term_field(noun, field, view),
            Kind::Country => self.country_field(noun, field, view),
            Kind::Ground => {
                if let Some(text) = self.text(field, view) {
                    self.set_cites(declared, text);
                }
            }
            _ => {}
        }
    }

    fn data_field(&mut self, noun: AnyNoun, field: &Field, view: &View) {
        let texts = self.texts(field, view);
        let Some(data) = noun.id().and_then(|id| self.model.data.get_mut(id)) else {
            return;
        };
        match field.word.value.as_str() {
            "form" => data.detail.form = texts.into_iter().next(),
            "examples" => data.detail.examples = texts,
            "definition" => data.detail.definition = texts.into_iter().next(),
            _ => {}
        }
    }

    fn source_field(&mut self, noun: AnyNoun, field: &Field, view: &View) {
        let text = self.text(field, view);
        let Some(source) = noun.id().and_then(|id| self.model.sources.get_mut(id)) else {
            return;
        };
        match field.word.value.as_str() {
            "android" => source.detail.android = text,
            "ios" => source.detail.ios = text,
            "refuse" => source.detail.refuse = text,
            "notify" => source.detail.notify = period(field),
            _ => {}
        }
    }

    fn purpose_field(&mut self, noun: AnyNoun, field: &Field, view: &View) {
        if field.word.value == "ends" {
            let ends = self.names(field, view).first().copied();
            if let Some(purpose) = noun.id().and_then(|id| self.model.purposes.get_mut(id)) {
                let span = field.span;
                purpose.detail.ends = ends.map(|value| Spanned { value, span });
            }
            return;
        }
        let texts = self.texts(field, view);
        let Some(purpose) = noun.id().and_then(|id| self.model.purposes.get_mut(id)) else {
            return;
        };
        match field.word.value.as_str() {
            "examples" => purpose.detail.examples = texts,
            "definition" => purpose.detail.definition = texts.into_iter().next(),
            _ => {}
        }
    }

    fn channel_field(&mut self, noun: AnyNoun, field: &Field, view: &View) {
        let texts = self.texts(field, view);
        let Some(channel) = noun.id().and_then(|id| self.model.channels.get_mut(id)) else {
            return;
        };
        let detail = &mut channel.detail;
        match field.word.value.as_str() {
            "effort" => detail.effort = number(field),
            "phone" => detail.phone = texts,
            "email" => detail.email = texts,
            "address" => detail.address = texts.into_iter().next(),
            "url" => detail.url = texts.into_iter().next(),
            "hours" => detail.hours = texts.into_iter().next(),
            "place" => detail.place = texts.into_iter().next(),
            _ => {}
        }
    }

    fn measure_field(&mut self, noun: AnyNoun, field: &Field, view: &View) {
        let word = field.word.value.as_str();
        let protects = if word == "protects" {
            self.names(field, view)
        } else {
            Vec::new()
        };
        let by = match word {
            "by" => self.any_names(field, &[Kind::Controller, Kind::Recipient], view),
            _ => Vec::new(),
        };
        let against = if word == "against" {
            self.texts(field, view)
        } else {
            Vec::new()
        };
        if let Some(measure) = noun.id().and_then(|id| self.model.measures.get_mut(id)) {
            measure.detail.protects.extend(protects);
            measure.detail.by.extend(by);
            measure.detail.against.extend(against);
        }
    }

    fn term_field(&mut self, noun: AnyNoun, field: &Field, view: &View) {
        const NAMED: &[Kind] = &[
            Kind::Subject,
            Kind::Data,
            Kind::Recipient,
            Kind::Controller,
            Kind::Channel,
            Kind::Measure,
            Kind::Purpose,
            Kind::Source,
        ];
        let is_noun = field.word.value == "noun";
        let named = if is_noun {
            self.any_names(field, NAMED, view)
        } else {
            Vec::new()
        };
        let means = if is_noun { None } else { self.text(field, view) };
        if let Some(term) = noun.id().and_then(|id| self.model.terms.get_mut(id)) {
            term.detail.noun = term.detail.noun.or(named.first().copied());
            term.detail.means = means.or(term.detail.means.take());
        }
    }

    fn country_field(&mut self, noun: AnyNoun, field: &Field, view: &View) {
        let code = if field.word.value == "code" {
            self.text(field, view)
        } else {
            None
        };
        let Some(country) = noun.id().and_then(|id| self.model.countries.get_mut(id)) else {
            return;
        };
        match field.word.value.as_str() {
            "code" => country.detail.code = code.map(|code| code.value),
            "adequate" => country.detail.adequate = date(field),
            "until" => country.detail.until = date(field),
            _ => {}
        }
    }
}

/// Changes what a noun of a known kind declares.
macro_rules! change {
    ($table:expr, $noun:expr, |$detail:ident| $body:expr) => {
        if let Some(found) = $noun.id().and_then(|id| $table.get_mut(id)) {
            let $detail = &mut found.detail;
            $body
        }
    };
}
pub(super) use change;

/// The first of several names, where a field takes one.
pub(super) fn first<D>(all: &[Id<D>]) -> Option<Id<D>> {
    all.first().copied()
}
