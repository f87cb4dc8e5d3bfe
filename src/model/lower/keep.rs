//! Retention: how long data are kept, and what then (M12).

use super::block::{Defaults, inherit};
use super::part;
use super::problem::At;
use super::{Lower, View};
use crate::model::Context;
use crate::model::noun::{Data, Purpose};
use crate::model::sentence::{Act, Disposal, Keep, ObligationKind};
use crate::syntax::ast::{Item, Sentence};
use crate::syntax::vocabulary::Connector;

impl Lower<'_> {
    pub(super) fn keep(&mut self, block: usize, defaults: &Defaults, item: &Item, sentence: &Sentence) {
        let view = View::project(Context::Statement);
        let parts = &sentence.qualifiers;
        let data = self.data_of::<Data>(sentence, &view);
        let purpose =
            part::nouns(parts, Connector::For).then(|nouns| self.slot::<Purpose>(nouns, At::After("for"), &view));
        let common = self.common(block, defaults, item, sentence);
        let end = self.end(parts, &view);
        let fits = self.check_slots(sentence.verb.value, &[Act::Store], parts);
        let purpose = inherit(purpose, &defaults.purpose);
        let (Some(data), Some(common)) = (data.found(), common) else {
            return;
        };
        if !fits || purpose.is_broken() || end.is_broken() || self.is_torn(sentence.span) {
            return;
        }
        let mut then = common.then;
        let mut disposal = None;
        then.retain(|obligation| {
            let own = match obligation.what {
                ObligationKind::Erase => Disposal::Erase,
                ObligationKind::Anonymise => Disposal::Anonymise,
                ObligationKind::Notify | ObligationKind::Duty(_) => return true,
            };
            disposal = disposal.or(Some(own));
            false
        });
        if let Some(block) = self.model.blocks.get_mut(block) {
            block.keeps.push(self.model.keeps.len());
        }
        self.model.keeps.push(Keep {
            stated: common.stated,
            by: common.by,
            data,
            about: common.about,
            purpose: purpose.found(),
            bases: common.bases,
            when: common.when,
            place: common.place.at,
            guard: common.guard,
            end: end.found(),
            at_most: part::period(parts, Connector::AtMost).found(),
            at_least: part::period(parts, Connector::AtLeast).found(),
            disposal,
            then,
        });
    }
}
