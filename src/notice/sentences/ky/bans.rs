//! Promises and restrictions: what is never done, and what is done only so.

use super::doings::Voice;
use super::slots::{joined, values, verb};
use super::{Said, Writer, item, words};
use crate::meaning::SentenceRef;
use crate::model::sentence::{Act, Ban, Guard, Literal, Scope};
use crate::notice::document::Item;
use crate::notice::plan::Says;
use crate::syntax::vocabulary::Verb;

impl Writer<'_> {
    /// A list of them with one head, or one sentence.
    pub(super) fn bans(&self, bans: &[usize]) -> Said {
        let unit = |at: usize| {
            let ban = &self.model.bans[at];
            let sentence = format!("{} {}", self.ban_by(ban), self.ban_says(ban));
            vec![self.rule_unit(SentenceRef::Ban(at), &self.with_condition(ban, &sentence))]
        };
        match bans {
            [at] => {
                let ban = &self.model.bans[*at];
                let (says, items) = self.ban_listed(ban);
                let colon = if items.is_empty() { "" } else { ":" };
                let text = self.with_condition(ban, &format!("{} {says}{colon}", self.ban_by(ban)));
                Said::list(words::sentence(&text), items).with(unit(*at))
            }
            [first, ..] => {
                let head = format!(
                    "{} жеке маалыматтарды иштетүүдө төмөнкү чектөөлөрдү сактайт:",
                    self.ban_by(&self.model.bans[*first])
                );
                let items = bans.iter().map(|at| {
                    let ban = &self.model.bans[*at];
                    let (says, items) = self.ban_listed(ban);
                    Item {
                        items,
                        ..item(&self.with_condition(ban, &says), unit(*at))
                    }
                });
                Said::list(words::sentence(&head), items.collect())
            }
            [] => Said::default(),
        }
    }

    fn ban_by(&self, ban: &Ban) -> String {
        ban.scope
            .by
            .as_ref()
            .map_or_else(|| self.controllers_together(), |by| self.by(by))
    }

    fn with_condition(&self, ban: &Ban, text: &str) -> String {
        match self.scope_condition(&ban.scope) {
            Some(condition) => format!("{condition}, {text}"),
            None => text.to_owned(),
        }
    }

    /// The sentence without its subject and condition; many purposes behind `only` are set as a list.
    fn ban_listed(&self, ban: &Ban) -> (String, Vec<Item>) {
        let scope = match ban.only.as_slice() {
            [scope]
                if scope.under.is_none()
                    && scope.guard.is_none()
                    && scope.recipient.is_none()
                    && scope.source.is_none() =>
            {
                scope
            }
            _ => return (self.ban_says(ban), Vec::new()),
        };
        let purposes = scope
            .purpose
            .as_ref()
            .map(|slot| self.purposes_of(slot))
            .unwrap_or_default();
        if !words::is_long(&purposes) || !ban.then.is_empty() {
            return (self.ban_says(ban), Vec::new());
        }
        let base = self.scope_words(&ban.scope, matches!(ban.verb.value, Verb::Share), false);
        // What a statement lists already is only pointed to.
        let at = self.lists_purposes(ban, scope);
        let (only, items) = match at {
            Some(at) => (format!("{at} көрсөтүлгөн максаттарда гана"), Vec::new()),
            None => (
                "төмөнкү максаттарда гана".to_owned(),
                purposes.iter().map(|purpose| item(purpose, Vec::new())).collect(),
            ),
        };
        let says = joined([Some(self.banned(ban)), base, Some(only), Some(self.does(ban))]);
        (says, items)
    }

    /// The data of a restriction.
    fn banned(&self, ban: &Ban) -> String {
        self.object(&ban.data, &values(&ban.scope.about))
    }

    /// The paragraph whose statement lists the very purposes of a restriction, for the same verb.
    fn lists_purposes(&self, ban: &Ban, scope: &Scope) -> Option<String> {
        let wanted = values(&scope.purpose.as_ref()?.names);
        let says = |says: &Says| match says {
            Says::Flows(flows) => flows.permissions().any(|at| {
                let permission = &self.model.permissions[at];
                let purposes = permission.purpose.as_ref().map(|slot| values(&slot.names));
                permission.verb.value == ban.verb.value && purposes.as_ref() == Some(&wanted)
            }),
            _ => false,
        };
        words::numbered(self.plan.numbers(says).get(..1)?, "пункт")
    }

    /// The verb of a restriction.
    fn does(&self, ban: &Ban) -> String {
        match ban.verb.value {
            Verb::Process => "иштетет".to_owned(),
            one if self.also_publishes(ban) => format!("{} же ачыкка чыгарат", verb(one)),
            one => verb(one).to_owned(),
        }
    }

    /// The sentence without its subject and condition.
    fn ban_says(&self, ban: &Ban) -> String {
        let gives = matches!(ban.verb.value, Verb::Share);
        let object = self.banned(ban);
        let base = self.scope_words(&ban.scope, gives, false);
        let then = self.then(&ban.then, Voice::Active);
        if let Some(cap) = ban.cap {
            let cap = words::period(cap.value).case(kyrgyz::Case::Ablative);
            return format!(
                "{} чогултулган күндөн тартып {cap} ашык сактабайт{then}",
                joined([Some(object), base])
            );
        }
        if ban.only.is_empty() {
            let publishes = if self.also_publishes(ban) {
                " жана ачыкка чыгарбайт"
            } else {
                ""
            };
            return format!(
                "{} {}{publishes}{then}",
                joined([Some(object), base]),
                never(ban.verb.value)
            );
        }
        let alternatives = ban.only.iter().filter_map(|scope| {
            let about = self
                .whose(&values(&scope.about))
                .map(|owner| format!("{owner} маалыматтары болсо"));
            let said = joined([about, self.scope_condition(scope), self.scope_words(scope, gives, true)]);
            (!said.is_empty()).then(|| format!("{said} гана"))
        });
        let only = words::or(&alternatives.collect::<Vec<_>>());
        format!(
            "{}{then}",
            joined([Some(object), base, Some(only), Some(self.does(ban))])
        )
    }

    /// «өткөрүп бербейт» without a recipient or a place means the public, too.
    fn also_publishes(&self, ban: &Ban) -> bool {
        ban.verb.value == Verb::Share
            && ban.acts.contains(&Act::Publish)
            && ban.scope.recipient.is_none()
            && ban.scope.place.is_empty()
    }

    /// From whom, to whom, where, for what and on what basis.
    fn scope_words(&self, scope: &Scope, gives: bool, behind_only: bool) -> Option<String> {
        let from = scope.source.as_ref().filter(|slot| !slot.any).map(|slot| {
            words::and(
                &slot
                    .names
                    .iter()
                    .map(|name| self.from(name.value, false))
                    .collect::<Vec<_>>(),
            )
        });
        let recipients = scope.recipient.as_ref().map(|slot| {
            let names = self.recipients_of(slot);
            words::and(&names.iter().map(|name| words::dative(name)).collect::<Vec<_>>())
        });
        let place = match (gives, &recipients) {
            (true, None) => self.places_to(&scope.place),
            (true, Some(_)) => self.places_at(&scope.place).map(|place| format!("{place} жайгашкан")),
            (false, _) => self.places_at(&scope.place),
        };
        let purposes = scope
            .purpose
            .as_ref()
            .and_then(|slot| self.for_purposes(&self.purposes_of(slot)));
        let by = scope
            .by
            .as_ref()
            .filter(|_| behind_only)
            .map(|by| format!("{} тарабынан", self.by(by)));
        let basis = scope.under.as_ref().map(|formula| self.basis_formula(formula));
        let said = joined([by, basis, purposes, from, place, recipients]);
        (!said.is_empty()).then_some(said)
    }

    /// The condition of a scope: its guard without the classes and places that are said elsewhere.
    fn scope_condition(&self, scope: &Scope) -> Option<String> {
        let said = |literal: Literal| match literal {
            Literal::Class(class) => values(&scope.about).contains(&class),
            Literal::Place(place) => scope.place.contains(&place),
            Literal::Fact(_) | Literal::Age(..) | Literal::Date(..) => false,
        };
        let guard = scope.guard.as_ref()?;
        let mut any: Vec<Vec<(Literal, bool)>> = guard
            .any
            .iter()
            .map(|all| {
                all.iter()
                    .copied()
                    .filter(|(literal, holds)| !(*holds && said(*literal)))
                    .collect()
            })
            .collect();
        any.sort();
        any.dedup();
        self.condition(&Guard { any })
    }
}

/// The verb of a promise.
const fn never(verb: Verb) -> &'static str {
    match verb {
        Verb::Collect => "чогултпайт",
        Verb::Use => "пайдаланбайт",
        Verb::Profile => "профилдебейт",
        Verb::Store | Verb::Keep => "сактабайт",
        Verb::Share => "өткөрүп бербейт",
        Verb::Publish => "ачыкка чыгарбайт",
        Verb::Anonymise => "ээсиздендирбейт",
        Verb::Erase => "жок кылбайт",
        Verb::Process => "иштетпейт",
        Verb::Combine => "башка маалыматтар менен бириктирбейт",
    }
}
