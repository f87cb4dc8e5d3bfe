//! Scenarios at the edges of a policy: each statement and keep with all that it asks for, without each consent, with each condition
//! unknown; each promise broken. What bans and classes ask for besides is put in too. Every line says what the bundle answers, so
//! that a later change of the policy shows.

mod known;

use std::collections::BTreeSet;

use kupuya_runtime::wire::{Act, Ban, BundleContent, End, Grant, Literal, Noun, Origin, Place, Region};
use kupuya_runtime::{Age, Bundle, Gap, Request, Time, Verdict};

use super::Ran;
use crate::ask;
use known::{fitting, known, signed};

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
    let edges = Edges { content, bundle };
    let tried: BTreeSet<String> = ran
        .iter()
        .flat_map(|ran| &ran.lines)
        .map(|line| edges.canonical(&line.request))
        .collect();
    let mut all = Vec::new();
    for grant in &content.grants {
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
            .filter(|line| said.insert(line.canonical.clone()))
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
    /// The same, however its parts are ordered.
    canonical: String,
    /// The same without what is known of a case.
    about: String,
}

struct Edges<'a> {
    content: &'a BundleContent,
    bundle: &'a Bundle,
}

impl Edges<'_> {
    /// With all that it asks for; without each consent; with each condition unknown; of a keep with each event that ends it.
    fn of_grant(&self, grant: &Grant) -> Vec<Tried> {
        let ways = grant
            .regions
            .iter()
            .flat_map(|region| grant.ways.iter().map(move |way| (region, way)));
        let tried = ways.filter_map(|(region, way)| self.of_way(grant, region, way));
        let mut found: Option<Vec<Tried>> = None;
        for (lines, allowed) in tried {
            if allowed {
                return lines;
            }
            found = found.or(Some(lines));
        }
        found.unwrap_or_default()
    }

    /// The lines for a way, and whether it is allowed at last: a keep for a period is not, where no times are told.
    fn of_way(&self, grant: &Grant, region: &Region, way: &[u32]) -> Option<(Vec<Tried>, bool)> {
        let mut lines = Vec::new();
        let consents: Vec<String> = way
            .iter()
            .filter_map(|basis| self.content.bases.get(*basis as usize))
            .filter(|basis| basis.consent)
            .map(|basis| basis.noun.path.clone())
            .collect();
        let mut whole = self.request(region, None)?;
        let guard = self
            .content
            .guards
            .get(grant.guard as usize)
            .and_then(|any| any.first());
        let mut facts = self.guard(guard.map_or(&[][..], Vec::as_slice), &mut whole);
        let ends = grant
            .keep
            .as_ref()
            .and_then(|keep| keep.end.as_ref())
            .map(|end| self.events(end));
        let ends = ends.unwrap_or_default();
        facts.extend(ends.iter().map(|event| format!("not {event}")));
        facts.dedup();
        whole.given = Some(consents.iter().chain(&facts).cloned().collect());
        let added = self.fill(&mut whole);
        facts.extend(added);
        let allow = self.line(&whole, Verdict::Allow, None);
        let allowed = allow.is_some();
        lines.extend(allow);
        for left_out in consents.iter().chain(&facts) {
            let mut without = whole.clone();
            without.given.get_or_insert_default().retain(|given| given != left_out);
            lines.extend(self.line(&without, Verdict::Unmet, Some(left_out.trim_start_matches("not "))));
        }
        for event in ends.iter().filter(|_| allowed) {
            let mut ended = whole.clone();
            for given in ended.given.iter_mut().flatten() {
                if given.strip_prefix("not ") == Some(event) {
                    given.clone_from(event);
                }
            }
            lines.extend(self.line(&ended, Verdict::Unmet, None));
        }
        if lines.is_empty() {
            // Whether data that are kept for a period may still be stored, no scenario tells: it knows no times.
            lines.extend(self.line(&whole, Verdict::Unmet, None));
        }
        Some((lines, allowed))
    }

    /// The events that a keep ends with.
    fn events(&self, end: &End) -> BTreeSet<String> {
        match end {
            End::Event(event) => {
                let fact = self.content.facts.get(*event as usize);
                fact.map(|fact| fact.path.clone()).into_iter().collect()
            }
            End::Date(_) | End::After(_, None) => BTreeSet::new(),
            End::After(_, Some(end)) => self.events(end),
            End::Or(ends) | End::And(ends) => ends.iter().flat_map(|end| self.events(end)).collect(),
        }
    }

    /// Adds what the answer says is not known: what bans and classes ask for besides the statement. Gives the conditions.
    fn fill(&self, request: &mut Request) -> Vec<String> {
        let mut added = Vec::new();
        let mut ages = Vec::new();
        for _ in 0..ROUNDS {
            let answer = self.bundle.decide(request);
            if answer.verdict != Verdict::Unmet {
                break;
            }
            let before = (request.clone(), ages.len());
            for gap in answer.items.iter().flat_map(|item| &item.missing) {
                known(gap, request, &mut ages, &mut added);
            }
            if let Some(age) = fitting(&ages) {
                request.age = Some(Age::Years(age));
            }
            if before == (request.clone(), ages.len()) {
                break;
            }
        }
        added
    }

    /// Against the promise, by a way that would be open without it if there is one; else as it stands alone.
    fn of_ban(&self, ban: &Ban) -> Vec<Tried> {
        let limits = &ban.limits;
        let open = self.content.grants.iter().filter(|grant| grant.keep.is_none());
        let open = open.flat_map(|grant| grant.regions.iter().map(move |region| (Some(grant), region)));
        let guards = self
            .content
            .guards
            .get(limits.guard as usize)
            .map_or(&[][..], Vec::as_slice);
        for (grant, region) in open.chain([(None, &limits.region)]) {
            for guard in guards {
                let Some(mut request) = self.request(region, Some(&limits.region)) else {
                    continue;
                };
                let stated = grant.and_then(|grant| self.content.guards.get(grant.guard as usize)?.first());
                let mut given = self.guard(stated.map_or(&[][..], Vec::as_slice), &mut request);
                given.extend(self.guard(guard, &mut request));
                let bases = grant.and_then(|grant| grant.ways.first()).into_iter().flatten();
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
        }
        Vec::new()
    }

    /// A request as a sentence in which nothing hangs on the order of what is given, nor on a day that goes without saying.
    fn canonical(&self, request: &Request) -> String {
        let mut request = request.clone();
        request.time = request
            .time
            .filter(|time| self.content.begins.map(Time::Day) != Some(*time));
        for list in request.given.iter_mut().chain([&mut request.about]) {
            list.sort();
            list.dedup();
        }
        ask::sentence(&request)
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
            (Verdict::Unmet, None) => "deny unmet".to_owned(),
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
            canonical: self.canonical(request),
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
            time: content.begins.map(Time::Day),
            ..Request::default()
        })
    }

    /// Makes an alternative of a guard true; gives the conditions for it.
    fn guard(&self, all: &[(u32, bool)], request: &mut Request) -> Vec<String> {
        let content = self.content;
        let mut given = Vec::new();
        let mut ages = Vec::new();
        for (literal, sign) in all {
            match content.literals.get(*literal as usize) {
                Some(Literal::Fact(fact)) => {
                    if let Some(fact) = content.facts.get(*fact as usize) {
                        given.push(signed(&fact.path, *sign));
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
                Some(Literal::Age(is, years)) => ages.push((*is, *years, *sign)),
                Some(Literal::Place(Place::Abroad)) if *sign => request.place = Some("abroad".to_owned()),
                Some(Literal::Place(Place::In(country))) if *sign => {
                    let country = content.countries.get(*country as usize);
                    request.place = country.map(|country| country.path.clone());
                }
                _ => {}
            }
        }
        request.age = fitting(&ages).map(Age::Years).or(request.age);
        given
    }
}

/// How often an answer is asked what it lacks: what one answer tells may hide what the next does.
const ROUNDS: usize = 8;

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
