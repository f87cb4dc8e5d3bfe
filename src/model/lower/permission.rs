//! Statements: what may be done, with the block's defaults filled in (M7).

use super::block::{Defaults, inherit};
use super::part::{self, Part};
use super::problem::At;
use super::{Lower, View};
use crate::diagnostic::Text;
use crate::model::noun::{Data, Id, Purpose, Recipient, Source};
use crate::model::sentence::{Act, Permission, Slot};
use crate::model::{Context, codes};
use crate::source::Origin;
use crate::syntax::ast::{Content, Item, Qualifier, Sentence};
use crate::syntax::vocabulary::{Connector, VERBS, Verb};

impl Lower<'_> {
    pub(super) fn permission(&mut self, block: usize, defaults: &Defaults, item: &Item, sentence: &Sentence) {
        let view = View::project(Context::Statement);
        let parts = &sentence.qualifiers;
        let verb = sentence.verb.value;
        let acts = acts(verb);
        // Every part is read before anything is given up, so that all unknown names are found.
        let data = self.data_of::<Data>(sentence, &view);
        // Names in a part that the verb does not take mean nothing: that is told once.
        let taken = |connector: Connector| {
            let odd = parts
                .iter()
                .any(|part| part.connector == connector && !takes(verb, &acts, part));
            if odd {
                Part::Absent
            } else {
                part::nouns(parts, connector)
            }
        };
        let source = taken(Connector::From).then(|nouns| self.slot::<Source>(nouns, At::After("from"), &view));
        let recipient = taken(Connector::With).then(|nouns| self.slot::<Recipient>(nouns, At::After("with"), &view));
        let purpose =
            part::nouns(parts, Connector::For).then(|nouns| self.slot::<Purpose>(nouns, At::After("for"), &view));
        let common = self.common(block, defaults, item, sentence);
        let fits = self.check_slots(verb, &acts, parts);
        let purpose = self.purpose_of(&acts, inherit(purpose, &defaults.purpose), sentence, defaults.torn);
        let recipient = self.recipient_of(verb, recipient, sentence);
        let (Some(data), Some(common)) = (data.found(), common) else {
            return;
        };
        let broken = source.is_broken() || recipient.is_broken() || purpose.is_broken();
        if !fits || broken || self.is_torn(sentence.span) {
            return;
        }
        if let Some(block) = self.model.blocks.get_mut(block) {
            block.permissions.push(self.model.permissions.len());
        }
        let source = source.found().unwrap_or_else(|| match acts.contains(&Act::Collect) {
            true => self.everything(),
            false => Slot::left_out(),
        });
        self.model.permissions.push(Permission {
            stated: common.stated,
            verb: sentence.verb,
            acts,
            by: common.by,
            data,
            about: common.about,
            source,
            recipient: recipient.found(),
            purpose: purpose.found(),
            bases: common.bases,
            when: common.when,
            place: common.place.at,
            guard: common.guard,
            then: common.then,
        });
    }

    /// M7: `collect` may take its purposes from the block's other statements; every other verb with a purpose names one.
    fn purpose_of(
        &mut self,
        acts: &[Act],
        purpose: Part<Slot<Purpose>>,
        sentence: &Sentence,
        torn: bool,
    ) -> Part<Slot<Purpose>> {
        if !acts.iter().any(|act| has_purpose(*act)) {
            return Part::Absent;
        }
        if purpose.is_absent() && acts != [Act::Collect] {
            if torn || self.is_torn(sentence.span) {
                return Part::Broken;
            }
            self.error(
                codes::MISSING_PURPOSE,
                "this statement does not say for what",
                sentence.span,
                "`for` is missing here and in the block",
            )
            .help = Some("write `for PURPOSE`, in the sentence or as a field of the block".into());
            return Part::Broken;
        }
        purpose
    }

    fn recipient_of(&mut self, verb: Verb, own: Part<Slot<Recipient>>, sentence: &Sentence) -> Part<Slot<Recipient>> {
        match (verb, own) {
            (Verb::Share, Part::Absent) if self.is_torn(sentence.span) => Part::Broken,
            (Verb::Share, Part::Absent) => {
                self.error(
                    codes::MISSING_RECIPIENT,
                    "this statement does not say with whom the data are shared",
                    sentence.span,
                    "`with` is missing",
                )
                .help = Some("write `with RECIPIENT`; if it is everyone, the verb is `publish`".into());
                Part::Broken
            }
            (Verb::Share, own) => own,
            (Verb::Publish, _) => self.the_public().map_or(Part::Absent, Part::Is),
            _ => Part::Absent,
        }
    }

    /// The recipient of what is published (M3): the taxonomy's `public`.
    fn the_public(&self) -> Option<Slot<Recipient>> {
        let mut all = self.model.recipients.iter();
        let public: Id<Recipient> = all
            .find(|(_, noun)| noun.origin == Origin::Taxonomy && noun.path == "public")
            .map(|(id, _)| id)?;
        Some(Slot {
            any: false,
            names: Vec::new(),
            except: Vec::new(),
            atoms: vec![public],
            inherited: true,
        })
    }

    /// Reports parts that none of the verb's acts has (M3).
    pub(super) fn check_slots(&mut self, verb: Verb, acts: &[Act], parts: &[Qualifier]) -> bool {
        let odd = parts.iter().find(|part| !takes(verb, acts, part));
        let Some(odd) = odd else {
            return true;
        };
        let word = part::word(odd.connector);
        let verb = verb_word(verb);
        let message = Text::new("`{verb}` has no `{word}`")
            .with("verb", verb)
            .with("word", word);
        let help = match odd.connector {
            Connector::With if verb == verb_word(Verb::Publish) => {
                "what is published goes to everyone: take this part out, or write `share`"
            }
            Connector::With => "only `share` gives data to somebody; take this part out, or write another sentence",
            Connector::From => "only `collect` has a source; take this part out, or write another sentence",
            Connector::For => {
                "`store`, `anonymise` and `erase` have no purpose: it is that of what the data are used for"
            }
            Connector::Until | Connector::After | Connector::AtMost | Connector::AtLeast => {
                "how long data are kept is said with `keep`"
            }
            _ => "take this part out",
        };
        self.error(
            codes::SLOT_NOT_OF_VERB,
            message,
            odd.span,
            "this part does not fit the verb",
        )
        .help = Some(help.into());
        false
    }
}

fn takes(verb: Verb, acts: &[Act], part: &Qualifier) -> bool {
    let keep = verb == Verb::Keep;
    match part.connector {
        Connector::From => acts.contains(&Act::Collect),
        // What is published goes to everyone: `publish … with banks` would be `share`.
        Connector::With => acts.contains(&Act::Share),
        Connector::For if matches!(part.content, Content::Period(_)) => keep,
        Connector::For => keep || verb == Verb::Combine || acts.iter().any(|act| has_purpose(*act)),
        Connector::Until | Connector::After | Connector::AtMost | Connector::AtLeast => keep,
        // The syntax has reported those that no sentence has.
        _ => true,
    }
}

/// Whether an act has a purpose (M3).
pub(super) fn has_purpose(act: Act) -> bool {
    matches!(act, Act::Collect | Act::Use | Act::Profile | Act::Share | Act::Publish)
}

/// What a verb permits (M2).
fn acts(verb: Verb) -> Vec<Act> {
    match verb {
        Verb::Collect => vec![Act::Collect],
        Verb::Use => vec![Act::Use],
        Verb::Profile => vec![Act::Profile],
        Verb::Store | Verb::Keep => vec![Act::Store],
        Verb::Share => vec![Act::Share],
        Verb::Publish => vec![Act::Publish],
        Verb::Anonymise => vec![Act::Anonymise],
        Verb::Erase => vec![Act::Erase],
        Verb::Process => vec![Act::Collect, Act::Use, Act::Store],
        Verb::Combine => Vec::new(),
    }
}

/// The word of a verb.
pub(super) fn verb_word(verb: Verb) -> &'static str {
    let mut all = VERBS.iter();
    all.find(|(known, ..)| *known == verb).map_or("", |(_, word, _)| word)
}
