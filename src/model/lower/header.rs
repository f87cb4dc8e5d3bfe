//! What stands in the header of a noun: what it `is`, flags, `when`, where it is, the article.

use super::part::{self, Part};
use super::problem::At;
use super::{Declared, Lower, View};
use crate::diagnostic::Text;
use crate::model::kinded::with_article;
use crate::model::noun::{Basis, Controller, Ground, Label, Location, Recipient, Right, Subject};
use crate::model::sentence::Guard;
use crate::model::{Context, codes};
use crate::syntax::ast::{Content, Path, Qualifier};
use crate::syntax::vocabulary::{Connector, FLAGS, Kind};

impl Lower<'_> {
    /// Reads the headers of all nouns.
    pub(super) fn headers(&mut self) {
        for declared in self.declared.clone() {
            let view = View::new(&declared.looker, Context::Declaration);
            for path in &declared.declaration.is {
                self.is(&declared, path, &view);
            }
            for qualifier in &declared.declaration.header {
                self.header_part(&declared, qualifier, &view);
            }
            self.header_second(&declared);
        }
    }

    fn is(&mut self, declared: &Declared<'_>, path: &Path, view: &View) {
        let text = path.text();
        if FLAGS.iter().any(|(flag, _)| *flag == text) {
            self.flag(declared, path, &text);
            return;
        }
        let noun = declared.noun;
        let found = self.resolve_text(&text, path.span, &[noun.kind], At::After("is"), view, Some(noun));
        if let Some(high) = found {
            self.model.add_is(noun, high.index);
            self.is_spans.push((noun, high.index, path.span));
        }
    }

    fn flag(&mut self, declared: &Declared<'_>, path: &Path, flag: &str) {
        let noun = declared.noun;
        let basis = noun.id::<Basis>();
        match (flag, noun.kind) {
            ("open", _) => {
                if let Some(common) = self.model.noun_mut(noun) {
                    *common.open = true;
                }
            }
            ("optional", Kind::Data) => {
                if let Some(common) = self.model.noun_mut(noun) {
                    *common.optional = true;
                }
            }
            ("objectable", Kind::Basis) => {
                if let Some(basis) = basis.and_then(|id| self.model.bases.get_mut(id)) {
                    basis.detail.objectable = true;
                }
            }
            _ => {
                let wanted = match flag {
                    "optional" => "only data can be optional",
                    "objectable" => "only a legal basis can be objectable",
                    _ => "only a rule can be enforced",
                };
                let message = Text::new("{kind} cannot be `{flag}`")
                    .with("kind", with_article(noun.kind))
                    .with("flag", flag);
                self.error(codes::MISPLACED_FLAG, message, path.span, wanted);
            }
        }
    }

    fn header_part(&mut self, declared: &Declared<'_>, qualifier: &Qualifier, view: &View) {
        let noun = declared.noun;
        let own = std::slice::from_ref(qualifier);
        match (qualifier.connector, noun.kind) {
            (Connector::When, Kind::Subject | Kind::Basis) => {
                let guard = self.when(part::formula(own, Connector::When), view);
                self.set_when(declared, guard);
            }
            (Connector::In | Connector::Abroad, Kind::Recipient) => {
                if let Part::Is(places) = self.places(own, view)
                    && let Some(recipient) = noun.id::<Recipient>().and_then(|id| self.model.recipients.get_mut(id))
                {
                    recipient.detail.locations.extend(places.at);
                }
            }
            (Connector::In, Kind::Controller) => {
                if let Part::Is(places) = self.places(own, view)
                    && let Some(controller) = noun
                        .id::<Controller>()
                        .and_then(|id| self.model.controllers.get_mut(id))
                {
                    controller.detail.country = places.at.into_iter().find_map(Location::country);
                }
            }
            (Connector::Cites, Kind::Basis | Kind::Right | Kind::Ground) => {
                if let Content::Text(text) = &qualifier.content {
                    self.set_cites(declared, text.clone());
                }
            }
            _ => {
                let word = self.sources.text(qualifier.span);
                let word = word.split_whitespace().next().unwrap_or_default().to_owned();
                let message = Text::new("`{word}` does not belong in the header of {kind}")
                    .with("word", word)
                    .with("kind", with_article(noun.kind));
                self.error(codes::MISPLACED_PART, message, qualifier.span, "this part is not read")
                    .help = Some("take it out, or say it in a field of the block".into());
            }
        }
    }

    fn set_when(&mut self, declared: &Declared<'_>, guard: Part<Guard>) {
        let Part::Is(guard) = guard else {
            return;
        };
        let noun = declared.noun;
        if let Some(subject) = noun.id::<Subject>().and_then(|id| self.model.subjects.get_mut(id)) {
            subject.detail.when = Some(guard);
        } else if let Some(basis) = noun.id::<Basis>().and_then(|id| self.model.bases.get_mut(id)) {
            basis.detail.when = Some(guard);
        }
    }

    /// The article, from a header or a field.
    pub(super) fn set_cites(&mut self, declared: &Declared<'_>, text: Label) {
        let noun = declared.noun;
        if let Some(basis) = noun.id::<Basis>().and_then(|id| self.model.bases.get_mut(id)) {
            basis.detail.cites = Some(text);
        } else if let Some(right) = noun.id::<Right>().and_then(|id| self.model.rights.get_mut(id)) {
            right.detail.cites = Some(text);
        } else if let Some(ground) = noun.id::<Ground>().and_then(|id| self.model.grounds.get_mut(id)) {
            ground.detail.cites = Some(text);
        }
    }

    /// A second string in the header: what a term means.
    fn header_second(&mut self, declared: &Declared<'_>) {
        let second = declared.declaration.second.clone();
        if let Some(term) = declared.noun.id().and_then(|id| self.model.terms.get_mut(id)) {
            term.detail.means = second;
        }
    }
}
