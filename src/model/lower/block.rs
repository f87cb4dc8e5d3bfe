//! Blocks of statements: their defaults, read once, and what a statement takes of them (M7).

use super::field::{self, formula};
use super::part::{self, Part};
use super::problem::At;
use super::slot::Places;
use super::{Lower, View};
use crate::diagnostic::{Argument, Text};
use crate::model::kinded::Kinded;
use crate::model::noun::{Basis, Controller, Id, Purpose, Subject};
use crate::model::packs::{fields, word};
use crate::model::sentence::{Block, Guard, Obligation, ObligationKind, Slot, Stated};
use crate::model::{Context, codes};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{Content, Declaration, Field, Item, Node, Nouns, Qualifier, Sentence, Then};
use crate::syntax::vocabulary::{Connector, Kind, Verb};

/// What the statements of a block take where they say nothing themselves.
#[derive(Clone, Debug)]
pub(super) struct Defaults {
    pub(super) by: Part<Slot<Controller>>,
    pub(super) about: Part<Vec<Spanned<Id<Subject>>>>,
    pub(super) purpose: Part<Slot<Purpose>>,
    pub(super) under: Part<Vec<Vec<Spanned<Id<Basis>>>>>,
    pub(super) when: Part<Guard>,
    pub(super) place: Part<Places>,
    /// A field of the block may be lost: what a statement seems to lack may stand in it.
    pub(super) torn: bool,
}

/// What a statement and a keep have in common, read.
pub(super) struct Common {
    pub(super) stated: Stated,
    pub(super) by: Slot<Controller>,
    pub(super) about: Vec<Spanned<Id<Subject>>>,
    pub(super) bases: Vec<Vec<Spanned<Id<Basis>>>>,
    pub(super) when: Guard,
    pub(super) place: Places,
    pub(super) guard: Guard,
    pub(super) then: Vec<Obligation>,
}

impl Lower<'_> {
    /// Reads a block with its statements; gives its index.
    pub(super) fn block(&mut self, item: &Item, declaration: &Declaration) -> usize {
        let view = View::project(Context::Statement);
        let mut defaults = Defaults {
            by: Part::Absent,
            about: Part::Absent,
            purpose: Part::Absent,
            under: Part::Absent,
            when: Part::Absent,
            place: Part::Absent,
            torn: self.lost_field(declaration),
        };
        let index = self.model.blocks.len();
        let mut block = Block {
            name: declaration.name.as_ref().map_or_else(String::new, |name| name.text()),
            label: declaration.label.clone(),
            text: None,
            header: super::declare::header(declaration),
            span: declaration.span,
            permissions: Vec::new(),
            keeps: Vec::new(),
            older_number: None,
            notes: item.notes.iter().map(|note| note.value.clone()).collect(),
        };
        if let Some(label) = &declaration.label {
            self.prose(label.span, &view);
        }
        for field in fields(declaration) {
            match field.word.value.as_str() {
                "text" => block.text = self.text(field, &view),
                "ref" => block.older_number = word(field),
                _ => self.default_field(&mut defaults, field, &view),
            }
        }
        self.model.blocks.push(block);
        for item in &declaration.items {
            if let Node::Sentence(sentence) = &item.node {
                // A restriction in a block has been reported by the syntax; it still is one.
                if sentence.never.is_some() || sentence.only.is_some() {
                    self.ban(item, sentence, &super::ban::Standing::project());
                } else {
                    self.statement(index, &defaults, item, sentence);
                }
            }
        }
        index
    }

    fn default_field(&mut self, defaults: &mut Defaults, field: &Field, view: &View) {
        let at = At::Field(&field.word.value);
        let nouns = || Part::of(field::nouns(field).filter(|nouns| nouns.any.is_some() || !nouns.names.is_empty()));
        match field.word.value.as_str() {
            "by" => defaults.by = nouns().then(|nouns| self.slot(&nouns, at, view)),
            "about" => defaults.about = nouns().then(|nouns| self.about(&nouns, at, view)),
            "for" => defaults.purpose = nouns().then(|nouns| self.slot(&nouns, at, view)),
            "under" => {
                defaults.under = Part::of(formula(field)).then(|formula| self.bases(formula, view));
            }
            "when" => defaults.when = self.when(Part::of(formula(field)), view),
            "in" => {
                let abroad = |part: &Qualifier| part.connector == Connector::Abroad;
                let abroad = field.values.iter().flat_map(|value| &value.qualifiers).any(abroad);
                let none = Nouns {
                    span: field.span,
                    any: None,
                    names: Vec::new(),
                    except: Vec::new(),
                };
                let nouns = field::nouns(field).unwrap_or(none);
                defaults.place = self.place(&nouns, abroad, at, view);
            }
            _ => {}
        }
    }

    /// Reads the parts that statements and keeps share. `None` if one of them is broken.
    pub(super) fn common(
        &mut self,
        block: usize,
        defaults: &Defaults,
        item: &Item,
        sentence: &Sentence,
    ) -> Option<Common> {
        let view = View::project(Context::Statement);
        let parts = &sentence.qualifiers;
        let by = part::nouns(parts, Connector::By).then(|nouns| self.slot(nouns, At::After("by"), &view));
        let about = part::nouns(parts, Connector::About).then(|nouns| self.about(nouns, At::After("about"), &view));
        let under = part::formula(parts, Connector::Under).then(|formula| self.bases(formula, &view));
        let when = self.when(part::formula(parts, Connector::When), &view);
        let place = self.places(parts, &view).or(defaults.place.clone());
        let then = self.obligations(parts, &view);
        let by = match inherit(by, &defaults.by) {
            Part::Absent => self.only_controller(sentence, defaults.torn),
            known => known,
        };
        // `when` does not replace the block's: both must hold.
        let when = match (when, defaults.when.clone()) {
            (Part::Broken, _) | (_, Part::Broken) => None,
            (own, block) => {
                let always = Guard::constant(true);
                let own = own.found().unwrap_or_else(|| always.clone());
                Some(own.and(&block.found().unwrap_or(always)))
            }
        };
        let about = about.or(defaults.about.clone());
        let under = under.or(defaults.under.clone());
        if by.is_broken() || about.is_broken() || under.is_broken() || place.is_broken() {
            return None;
        }
        let (by, when, then) = (by.found()?, when?, then?);
        let about = about.found().unwrap_or_default();
        let place = place.found().unwrap_or_default();
        let guard = self.whole_guard(&about, &place, &when, sentence.span)?;
        Some(Common {
            stated: Stated {
                block,
                span: sentence.span,
                id: item.id.clone(),
                notes: item.notes.iter().map(|note| note.value.clone()).collect(),
            },
            by,
            about,
            bases: under.found().unwrap_or_default(),
            when,
            place,
            guard,
            then,
        })
    }

    /// M7: `by` left out means the only controller.
    fn only_controller(&mut self, sentence: &Sentence, torn: bool) -> Part<Slot<Controller>> {
        let own: Vec<Id<Controller>> = self.model.controllers.of_project().map(|(id, _)| id).collect();
        let only = match own.as_slice() {
            [] => self.model.controllers.ids().next(),
            [one] => Some(*one),
            _ => None,
        };
        if let Some(only) = only {
            return Part::Is(Slot {
                any: false,
                names: vec![Spanned {
                    value: only,
                    span: sentence.verb.span,
                }],
                except: Vec::new(),
                atoms: vec![only],
                inherited: true,
            });
        }
        let names: Vec<String> = self
            .model
            .controllers
            .of_project()
            .map(|(_, noun)| format!("`by {}`", noun.path))
            .collect();
        if !names.is_empty() && !torn && !self.is_torn(sentence.span) {
            let help = Text::new("write {names}, in the sentence or as a field of the block")
                .with("names", Argument::any_of(names));
            self.error(
                codes::MISSING_PARTY,
                "there are several controllers, and this statement does not say which of them processes",
                sentence.span,
                "`by` is missing here and in the block",
            )
            .help = Some(help);
        }
        Part::Broken
    }

    /// What follows `then`, without the disposal of a keep. `None` if something of it is broken.
    pub(super) fn obligations(&mut self, parts: &[Qualifier], view: &View) -> Option<Vec<Obligation>> {
        let mut all: Vec<Obligation> = Vec::new();
        let mut broken = false;
        for part in parts {
            match (&part.content, part.connector) {
                (Content::Then(then), _) => match self.obligation(then, part.span, view) {
                    Some(found) => all.push(found),
                    None => broken = true,
                },
                (Content::Period(period), Connector::Within) => {
                    if let Some(last) = all.last_mut() {
                        last.within = Some(period.value);
                        last.span = last.span.to(part.span);
                    }
                }
                (Content::Text(text), Connector::Then) => {
                    self.error(
                        codes::DUTY_AS_TEXT,
                        "a duty that follows is declared, not written out",
                        text.span,
                        "a name stands here",
                    )
                    .help = Some("declare `duty NAME \"…\"` with these words, and write `then NAME`".into());
                    broken = true;
                }
                _ => {}
            }
        }
        (!broken).then_some(all)
    }

    fn obligation(&mut self, then: &Then, span: Span, view: &View) -> Option<Obligation> {
        const TOLD: &[Kind] = &[Kind::Controller, Kind::Subject, Kind::Recipient];
        let (what, to) = match then {
            Then::Erase(_) => (ObligationKind::Erase, None),
            Then::Anonymise(_) => (ObligationKind::Anonymise, None),
            Then::Duty(path, to) if path.text() == "notify" => (ObligationKind::Notify, to.as_ref()),
            Then::Duty(path, to) => {
                let duty = self.one(path, At::After("then"), view);
                let to = to.as_ref().map(|to| self.told(to, TOLD, view));
                return Some(Obligation {
                    what: ObligationKind::Duty(duty?.value),
                    to: to.unwrap_or_default(),
                    within: None,
                    span,
                });
            }
        };
        Some(Obligation {
            what,
            to: to.map(|to| self.told(to, TOLD, view)).unwrap_or_default(),
            within: None,
            span,
        })
    }

    fn told(&mut self, to: &Nouns, kinds: &[Kind], view: &View) -> Vec<crate::model::noun::AnyNoun> {
        let found = to
            .names
            .iter()
            .filter_map(|path| self.resolve(path, kinds, At::After("then"), view));
        found.collect()
    }

    fn statement(&mut self, block: usize, defaults: &Defaults, item: &Item, sentence: &Sentence) {
        if sentence.verb.value == Verb::Keep {
            self.keep(block, defaults, item, sentence);
        } else {
            self.permission(block, defaults, item, sentence);
        }
    }

    /// The data of a statement.
    pub(super) fn data_of<D: Kinded>(&mut self, sentence: &Sentence, view: &View) -> Part<Slot<D>> {
        let verb = super::permission::verb_word(sentence.verb.value);
        Part::of(sentence.data.as_ref()).then(|nouns| self.slot(nouns, At::After(verb), view))
    }
}

/// A slot of the sentence, else the block's.
pub(super) fn inherit<D: Kinded>(own: Part<Slot<D>>, block: &Part<Slot<D>>) -> Part<Slot<D>> {
    own.or(block.clone().map(|slot| Slot {
        inherited: true,
        ..slot
    }))
}
