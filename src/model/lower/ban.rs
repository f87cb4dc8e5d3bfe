//! Promises and restrictions (M8).

use super::part::{self, Part};
use super::permission::has_purpose;
use super::problem::At;
use super::{Lower, View};
use crate::model::names::Looker;
use crate::model::noun::{Controller, Data, Purpose, Recipient, Source};
use crate::model::sentence::{Act, Ban, Guard, Scope};
use crate::model::{Context, codes};
use crate::source::{Origin, Span, Spanned};
use crate::syntax::ast::{Item, Period, Qualifier, Sentence};
use crate::syntax::vocabulary::{Connector, Verb};

/// Where a ban stands.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    pub(super) view: View,
    pub(super) origin: Origin,
    pub(super) rule: Option<usize>,
    pub(super) enforced: bool,
}

impl Standing {
    pub(super) fn project() -> Standing {
        Standing {
            view: View::new(&Looker::Project, Context::Ban),
            origin: Origin::Project,
            rule: None,
            enforced: true,
        }
    }
}

impl Lower<'_> {
    /// Reads a promise or restriction; gives its index, or `None` if it is broken.
    pub(super) fn ban(&mut self, item: &Item, sentence: &Sentence, standing: &Standing) -> Option<usize> {
        let view = &standing.view;
        let verb = sentence.verb.value;
        let alternatives = sentence.only.as_ref().map_or(&[][..], |only| &only.alternatives);
        let whole: Vec<&[Qualifier]> = std::iter::once(sentence.qualifiers.as_slice())
            .chain(alternatives.iter().map(Vec::as_slice))
            .collect();
        let data = self.data_of::<Data>(sentence, view);
        let scopes: Vec<Option<Scope>> = whole
            .iter()
            .map(|parts| self.scope(parts, sentence.span, view))
            .collect();
        let then: Vec<_> = whole.iter().map(|parts| self.obligations(parts, view)).collect();
        let banned = banned(verb);
        let fits = whole.iter().all(|parts| self.check_slots(verb, &banned, parts));
        let cap = self.cap(verb, sentence, alternatives, standing);
        // Without a part that could not be read it would ban more than it says.
        let readable = fits && !self.is_torn(sentence.span);
        let (Some(data), Part::Absent | Part::Is(_), true) = (data.found(), &cap, readable) else {
            return None;
        };
        // M3: over several verbs, only those are banned that have all the parts it names.
        let mut acts = banned;
        acts.retain(|act| whole.iter().all(|parts| parts.iter().all(|part| act_takes(*act, part))));
        if acts.is_empty() && verb != Verb::Combine {
            let text = "nothing that this verb stands for has all these parts";
            self.error(
                codes::SLOT_NOT_OF_VERB,
                "this sentence bans nothing",
                sentence.span,
                text,
            )
            .help = Some("write a sentence for each verb".into());
            return None;
        }
        let scopes: Option<Vec<Scope>> = scopes.into_iter().collect();
        let then: Option<Vec<_>> = then.into_iter().collect();
        let (mut scopes, then) = (scopes?.into_iter(), then?.concat());
        let cap = cap.found();
        self.model.bans.push(Ban {
            span: sentence.span,
            id: item.id.clone(),
            notes: item.notes.iter().map(|note| note.value.clone()).collect(),
            origin: standing.origin,
            rule: standing.rule,
            enforced: standing.enforced,
            verb: sentence.verb,
            acts,
            data,
            scope: scopes.next()?,
            only: if cap.is_some() { Vec::new() } else { scopes.collect() },
            cap,
            then,
        });
        Some(self.model.bans.len() - 1)
    }

    /// One part of a ban. `None` if something of it is broken.
    fn scope(&mut self, parts: &[Qualifier], span: Span, view: &View) -> Option<Scope> {
        let by = part::nouns(parts, Connector::By).then(|nouns| self.slot::<Controller>(nouns, At::After("by"), view));
        let about = part::nouns(parts, Connector::About).then(|nouns| self.about(nouns, At::After("about"), view));
        let source =
            part::nouns(parts, Connector::From).then(|nouns| self.slot::<Source>(nouns, At::After("from"), view));
        let recipient =
            part::nouns(parts, Connector::With).then(|nouns| self.slot::<Recipient>(nouns, At::After("with"), view));
        let purpose =
            part::nouns(parts, Connector::For).then(|nouns| self.slot::<Purpose>(nouns, At::After("for"), view));
        let under = part::formula(parts, Connector::Under).then(|formula| self.basis_formula(formula, view));
        let when = self.when(part::formula(parts, Connector::When), view);
        let place = self.places(parts, view);
        let broken = by.is_broken()
            || about.is_broken()
            || source.is_broken()
            || recipient.is_broken()
            || purpose.is_broken()
            || under.is_broken()
            || when.is_broken()
            || place.is_broken();
        if broken {
            return None;
        }
        let guarded = !(about.is_absent() && when.is_absent() && place.is_absent());
        let (about, place) = (about.found().unwrap_or_default(), place.found().unwrap_or_default());
        let when = when.found().unwrap_or_else(|| Guard::constant(true));
        let guard = self.whole_guard(&about, &place, &when, span)?;
        Some(Scope {
            by: by.found(),
            about,
            source: source.found(),
            recipient: recipient.found(),
            purpose: purpose.found(),
            under: under.found(),
            place: place.at,
            guard: guarded.then_some(guard),
        })
    }

    /// `keep … only at most P`: the only thing that `at most` may say in a ban.
    fn cap(
        &mut self,
        verb: Verb,
        sentence: &Sentence,
        alternatives: &[Vec<Qualifier>],
        standing: &Standing,
    ) -> Part<Spanned<Period>> {
        const TIMES: &[Connector] = &[
            Connector::Until,
            Connector::After,
            Connector::AtMost,
            Connector::AtLeast,
        ];
        let timed = |part: &&Qualifier| {
            TIMES.contains(&part.connector)
                || (part.connector == Connector::For && matches!(part.content, crate::syntax::ast::Content::Period(_)))
        };
        let mut all = sentence.qualifiers.iter().chain(alternatives.iter().flatten());
        let Some(first) = all.find(timed) else {
            return Part::Absent;
        };
        if verb != Verb::Keep {
            return Part::Absent; // Reported as a part that the verb does not take.
        }
        if let [only] = alternatives
            && only
                .iter()
                .all(|part| matches!(part.connector, Connector::AtMost | Connector::Then | Connector::Within))
            && !sentence.qualifiers.iter().any(|part| timed(&part))
            && let cap @ Part::Is(_) = part::period(only, Connector::AtMost)
        {
            let under = sentence
                .qualifiers
                .iter()
                .find(|part| part.connector == Connector::Under);
            let Some(under) = under.filter(|_| standing.enforced) else {
                return cap;
            };
            // A deadline is one of the data: where they are kept on two bases, the limit of one would end both (M12).
            self.error(
                codes::SLOT_NOT_OF_VERB,
                "a limit on keeping holds whatever the data are kept on",
                under.span,
                "no basis can stand here",
            )
            .help = Some("leave the basis out, or say `at most` in the `keep` that rests on it".into());
            return Part::Broken;
        }
        if matches!(first.content, crate::syntax::ast::Content::Nothing) {
            return Part::Broken; // Reported by the syntax.
        }
        self.error(
            codes::BAD_END,
            "a promise about retention has one form",
            first.span,
            "a time cannot stand here",
        )
        .help = Some("write it like `keep contacts only at most 30 days`".into());
        Part::Broken
    }
}

/// What a verb bans (M2).
fn banned(verb: Verb) -> Vec<Act> {
    match verb {
        Verb::Collect => vec![Act::Collect],
        Verb::Use => vec![Act::Use, Act::Profile],
        Verb::Profile => vec![Act::Profile],
        Verb::Store | Verb::Keep => vec![Act::Store],
        Verb::Share => vec![Act::Share, Act::Publish],
        Verb::Publish => vec![Act::Publish],
        Verb::Anonymise => vec![Act::Anonymise],
        Verb::Erase => vec![Act::Erase],
        Verb::Process => vec![
            Act::Collect,
            Act::Use,
            Act::Profile,
            Act::Store,
            Act::Share,
            Act::Publish,
        ],
        // No act of a request: flows that combine data are found by the checks.
        Verb::Combine => Vec::new(),
    }
}

/// Whether an act has the slot that this part names (M3).
fn act_takes(act: Act, part: &Qualifier) -> bool {
    match part.connector {
        Connector::From => act == Act::Collect,
        Connector::With => matches!(act, Act::Share | Act::Publish),
        Connector::For => has_purpose(act) || matches!(part.content, crate::syntax::ast::Content::Period(_)),
        _ => true,
    }
}
