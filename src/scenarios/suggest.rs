//! Scenarios at the edges of a policy: each statement with all that it asks for, without each consent, with each condition
//! unknown; each promise broken. Every line says what the bundle answers, so that a later change of the policy shows.

use std::collections::BTreeSet;

use kupuya_runtime::wire::{Act, Ban, BundleContent, Grant, Literal, Noun, Origin, Region};
use kupuya_runtime::{Age, Bundle, Gap, Request, Verdict};

use super::Ran;
use crate::ask;

/// A scenario as it would be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggested {
    /// Its label: the clause that it tries and what that is about; no other scenario has it.
    pub label: String,
    /// Its lines.
    pub lines: Vec<String>,
}

/// What no scenario tries yet.
#[must_use]
pub fn suggest(content: &BundleContent, bundle: &Bundle, ran: &[Ran<'_>]) -> Vec<Suggested> {
    let tried: BTreeSet<String> = ran
        .iter()
        .flat_map(|ran| &ran.lines)
        .map(|line| ask::sentence(&line.request))
        .collect();
    let edges = Edges { content, bundle };
    let mut all = Vec::new();
    for grant in content.grants.iter().filter(|grant| grant.keep.is_none()) {
        all.push((&grant.head, "", edges.of_grant(grant)));
    }
    for ban in &content.bans {
        all.push((&ban.head, "never ", edges.of_ban(ban)));
    }
    let mut said = tried;
    let mut labels: BTreeSet<String> = ran.iter().map(|ran| ran.label.clone()).collect();
    let mut suggested = Vec::new();
    for (head, never, lines) in all {
        let lines: Vec<Tried> = lines
            .into_iter()
            .filter(|line| said.insert(line.sentence.clone()))
            .collect();
        let Some(first) = lines.first() else { continue };
        let mut label = match &head.unit {
            Some(unit) => format!("{}: {never}{}", unit.paragraph, first.about),
            None => format!("{}: {never}{}", head.id, first.about),
        };
        if !labels.insert(label.clone()) {
            label = format!("{label} ({})", head.id);
            labels.insert(label.clone());
        }
        let lines = lines.iter().map(|line| format!("{} {}", line.outcome, line.sentence));
        suggested.push(Suggested {
            label,
            lines: lines.collect(),
        });
    }
    suggested
}

/// A line to be.
struct Tried {
    /// What the bundle answers.
    outcome: String,
    /// What it is asked.
    sentence: String,
    /// The same without what is known of a case.
    about: String,
}

struct Edges<'a> {
    content: &'a BundleContent,
    bundle: &'a Bundle,
}

impl Edges<'_> {
    /// With all that it asks for; without each consent; with each condition unknown.
    fn of_grant(&self, grant: &Grant) -> Vec<Tried> {
        let mut lines = Vec::new();
        let (Some(region), Some(way)) = (grant.regions.first(), grant.ways.first()) else {
            return lines;
        };
        let consents: Vec<String> = way
            .iter()
            .filter_map(|basis| self.content.bases.get(*basis as usize))
            .filter(|basis| basis.consent)
            .map(|basis| basis.noun.path.clone())
            .collect();
        let Some(mut whole) = self.request(region, None) else {
            return lines;
        };
        let facts = self.guard(grant.guard, &mut whole);
        whole.given = Some(consents.iter().chain(&facts).cloned().collect());
        lines.extend(self.line(&whole, Verdict::Allow, None));
        for left_out in consents.iter().chain(&facts) {
            let mut without = whole.clone();
            without.given.get_or_insert_default().retain(|given| given != left_out);
            lines.extend(self.line(&without, Verdict::Unmet, Some(left_out.trim_start_matches("not "))));
        }
        lines
    }

    /// Against the promise, by a way that would be open without it if there is one.
    fn of_ban(&self, ban: &Ban) -> Vec<Tried> {
        let limits = &ban.limits;
        let grants = self.content.grants.iter().filter(|grant| grant.keep.is_none());
        let open = grants.flat_map(|grant| grant.regions.iter().map(move |region| (grant, region)));
        for (grant, region) in open {
            let Some(mut request) = self.request(region, Some(&limits.region)) else {
                continue;
            };
            let mut given = self.guard(grant.guard, &mut request);
            given.extend(self.guard(limits.guard, &mut request));
            let bases = grant.ways.first().into_iter().flatten();
            let consents = bases
                .filter_map(|basis| self.content.bases.get(*basis as usize))
                .filter(|basis| basis.consent);
            given.extend(consents.map(|basis| basis.noun.path.clone()));
            given.sort();
            given.dedup();
            request.given = Some(given);
            if let Some(line) = self.line(&request, Verdict::Forbidden, None) {
                return vec![line];
            }
        }
        Vec::new()
    }

    /// The line, if the bundle answers so.
    fn line(&self, request: &Request, verdict: Verdict, lacks: Option<&str>) -> Option<Tried> {
        let answer = self.bundle.decide(request);
        let told = |gap: &Gap| match gap {
            Gap::Consent { basis, .. } => Some(basis.as_str()) == lacks,
            Gap::Fact { name, .. } => Some(name.as_str()) == lacks,
            _ => false,
        };
        let mut gaps = answer
            .items
            .iter()
            .flat_map(|item| item.missing.iter().chain(&item.failed));
        if answer.verdict != verdict || lacks.is_some() && !gaps.any(told) {
            return None;
        }
        let outcome = match (verdict, lacks) {
            (Verdict::Allow, _) => "allow".to_owned(),
            (_, Some(lacks)) => format!("deny unmet {lacks}"),
            _ => "deny forbidden".to_owned(),
        };
        let mut asked = request.clone();
        asked.time = None;
        let bare = Request {
            action: request.action.clone(),
            data: request.data.clone(),
            purpose: request.purpose.clone(),
            recipient: request.recipient.clone(),
            source: request.source.clone(),
            ..Request::default()
        };
        Some(Tried {
            outcome,
            sentence: ask::sentence(&asked),
            about: ask::sentence(&bare),
        })
    }

    /// A request for an atom of each slot, in another region too if there is one.
    fn request(&self, region: &Region, and: Option<&Region>) -> Option<Request> {
        let act = *region
            .acts
            .iter()
            .find(|act| and.is_none_or(|other| other.acts.contains(act)))?;
        let content = self.content;
        let recipients: Vec<&Noun> = content.recipients.iter().map(|one| &one.noun).collect();
        let controllers: Vec<&Noun> = content.controllers.iter().map(|one| &one.noun).collect();
        let slot = |has: bool, nouns: Vec<&Noun>, one: &Option<Vec<u32>>, other: Option<&Option<Vec<u32>>>| {
            if !has || nouns.is_empty() {
                return Some(None);
            }
            atom(&nouns, one, other.and_then(Option::as_ref)).map(|path| Some(vec![path]))
        };
        Some(Request {
            action: act.word().to_owned(),
            data: slot(
                true,
                content.data.iter().collect(),
                &region.data,
                and.map(|one| &one.data),
            )?,
            by: slot(controllers.len() > 1, controllers, &region.by, and.map(|one| &one.by))?,
            source: slot(
                act.has_source(),
                content.sources.iter().collect(),
                &region.source,
                and.map(|one| &one.source),
            )?,
            purpose: slot(
                act.has_purpose(),
                content.purposes.iter().collect(),
                &region.purpose,
                and.map(|one| &one.purpose),
            )?,
            recipient: slot(
                act == Act::Share,
                recipients,
                &region.recipient,
                and.map(|one| &one.recipient),
            )?,
            time: content.begins.map(kupuya_runtime::Time::Day),
            ..Request::default()
        })
    }

    /// Makes the first alternative of a guard true; gives the conditions for it.
    fn guard(&self, guard: u32, request: &mut Request) -> Vec<String> {
        let content = self.content;
        let mut given = Vec::new();
        let all = content.guards.get(guard as usize).and_then(|any| any.first());
        for (literal, sign) in all.into_iter().flatten() {
            match content.literals.get(*literal as usize) {
                Some(Literal::Fact(fact)) => {
                    if let Some(fact) = content.facts.get(*fact as usize) {
                        given.push(if *sign {
                            fact.path.clone()
                        } else {
                            format!("not {}", fact.path)
                        });
                    }
                }
                Some(Literal::Class(class)) if *sign => {
                    let class = content
                        .subjects
                        .get(*class as usize)
                        .map(|class| class.noun.path.clone());
                    request.about.extend(class);
                    request.about.dedup();
                }
                Some(Literal::Age(is, years)) => {
                    let fits = |age: &u32| is.holds(age, years) == *sign;
                    request.age = [30, *years, years.saturating_sub(1), years + 1]
                        .into_iter()
                        .find(fits)
                        .map(Age::Years);
                }
                _ => {}
            }
        }
        given
    }
}

/// An atom of both sides: the policy's own before those of packs, the lowest first.
fn atom(nouns: &[&Noun], one: &Option<Vec<u32>>, other: Option<&Vec<u32>>) -> Option<String> {
    let inside = |number: &u32| {
        one.as_ref().is_none_or(|one| one.contains(number)) && other.is_none_or(|other| other.contains(number))
    };
    let worth = |number: &u32| {
        let own = nouns
            .get(*number as usize)
            .is_some_and(|noun| noun.origin == Origin::Project);
        let leaf = !nouns.iter().any(|noun| noun.above.contains(number));
        (!own, !leaf, *number)
    };
    let count = u32::try_from(nouns.len()).unwrap_or(u32::MAX);
    let best = (0..count).filter(inside).min_by_key(worth)?;
    nouns.get(best as usize).map(|noun| noun.path.clone())
}
