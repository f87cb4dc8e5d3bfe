//! `transfer_without_safeguard`: data go abroad, and the country or what protects them there is not stated.

use super::tree::{called, upward};
use super::{Facts, finding, pairs};
use crate::diagnostic::{Argument, Diagnostic, Text};
use crate::graph::{Relation, any, span_of};
use crate::model::Model;
use crate::model::noun::{Country, Id, Location, Recipient};
use crate::model::sentence::Act;
use crate::source::{Origin, Span};
use crate::syntax::vocabulary::Kind;

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let model = facts.model;
    let mut found = Vec::new();
    for (id, recipient) in model.recipients.iter() {
        if recipient.origin != Origin::Project {
            continue;
        }
        let lacking = lacking(model, id, pairs::locations(model, id));
        let same_above = recipient
            .parent
            .is_some_and(|above| self::lacking(model, above, pairs::locations(model, above)) == lacking);
        let received = received(facts, id);
        if lacking.is_empty() || received.is_empty() || (same_above && parent_receives(facts, id)) {
            continue;
        }
        let mut diagnostic = described(
            Text::new("data go abroad to {recipient}, without {lacking}").with("recipient", called(recipient)),
            recipient.name_span,
            &lacking,
            &foreign(model, pairs::locations(model, id)),
        );
        for span in received.iter().take(3) {
            diagnostic = diagnostic.and(*span, "given to it here");
        }
        diagnostic = travelled(model, diagnostic, id, &received);
        found.push(diagnostic);
    }
    found.extend(stated_in_sentences(model));
    found
}

/// The chain of a transfer: a statement gives data, to whom, in which country.
fn travelled(model: &Model, found: Diagnostic, id: Id<Recipient>, received: &[Span]) -> Diagnostic {
    let recipient = &model.recipients[id];
    let Some(first) = received.first() else { return found };
    let places = pairs::locations(model, id).iter().map(|place| match place.country() {
        Some(country) => model.countries[country].path.clone(),
        None => "abroad".to_owned(),
    });
    let to = Text::new("given to `{to}`").with("to", recipient.path.clone());
    let place = Text::new("`{recipient}` is established in: {places}")
        .with("recipient", recipient.path.clone())
        .with("places", places.collect::<Vec<_>>().join(", "));
    found.step(*first, to).step(recipient.header, place)
}

/// Statements that say `abroad` or `in COUNTRY` themselves, of recipients that do not.
fn stated_in_sentences(model: &Model) -> Vec<Diagnostic> {
    let shares = model
        .permissions
        .iter()
        .filter(|statement| statement.acts.contains(&Act::Share));
    shares
        .filter_map(|statement| {
            let recipients = &statement.recipient.as_ref()?.atoms;
            let silent = recipients.iter().find(|id| pairs::locations(model, **id).is_empty())?;
            let lacking = lacking(model, *silent, &statement.place);
            (!lacking.is_empty()).then(|| {
                let message = Text::new("data go abroad to {recipient}, without {lacking}")
                    .with("recipient", called(&model.recipients[*silent]));
                let countries = foreign(model, &statement.place);
                described(message, statement.stated.span, &lacking, &countries)
                    .and(model.recipients[*silent].header, "the recipient says neither")
            })
        })
        .collect()
}

/// The countries abroad among these places, by name.
fn foreign(model: &Model, places: &[Location]) -> Vec<String> {
    let foreign = places.iter().filter(|place| is_foreign(model, **place));
    let countries = foreign.filter_map(|place| place.country());
    countries
        .map(|country| format!("`{}`", model.countries[country].path))
        .collect()
}

fn described(message: Text, at: Span, lacking: &[&'static str], countries: &[String]) -> Diagnostic {
    let help = match lacking {
        ["a country"] => Text::new("name the country in the place of `abroad`, such as `in DE`"),
        ["a safeguard"] if !countries.is_empty() => Text::new(
            "write what protects the data in {countries} (`safeguard: \"…\"`); that is not a country whose protection counts as adequate",
        )
        .with("countries", Argument::all_of(countries.iter().cloned())),
        _ => Text::new("name the country (`in DE` in the header) and what protects the data (`safeguard: \"…\"`)"),
    };
    let lacking = Argument::all_of(lacking.iter().map(|lacking| Text::new(lacking)));
    finding(
        "transfer_without_safeguard",
        message.with("lacking", lacking.clone()),
        at,
        Text::new("without {lacking}").with("lacking", lacking),
    )
    .because("outside the country its law does not protect the data; only a named country or agreement can be checked")
    .help(help)
}

/// What is not stated of a recipient at these places.
fn lacking(model: &Model, recipient: Id<Recipient>, places: &[Location]) -> Vec<&'static str> {
    let foreign: Vec<&Location> = places.iter().filter(|place| is_foreign(model, **place)).collect();
    let mut lacking = Vec::new();
    if foreign.iter().any(|place| **place == Location::Abroad) {
        lacking.push("a country");
    }
    let safe = |at: &Id<Recipient>| model.recipients[*at].detail.safeguard.is_some();
    let protected = upward(&model.recipients, recipient).iter().any(safe);
    let adequate = foreign
        .iter()
        .all(|place| place.country().is_some_and(|country| is_adequate(model, country)));
    if !foreign.is_empty() && !protected && !adequate {
        lacking.push("a safeguard");
    }
    lacking
}

fn is_foreign(model: &Model, place: Location) -> bool {
    match place {
        Location::Abroad => true,
        Location::In(country) => model.home.is_none_or(|home| !model.countries.below(country, home)),
    }
}

/// Whether a country, or a group it belongs to, counts as adequate on the first day of the policy.
fn is_adequate(model: &Model, country: Id<Country>) -> bool {
    let day = model.policy.as_ref().and_then(|policy| policy.begins());
    model.countries.iter().any(|(id, noun)| {
        let since = noun.detail.adequate.map(|date| date.value);
        let until = noun.detail.until.map(|date| date.value);
        let in_time = since.is_some_and(|since| day.is_none_or(|day| day >= since))
            && until.is_none_or(|until| day.is_none_or(|day| day <= until));
        in_time && model.countries.below(country, id)
    })
}

fn received(facts: &Facts<'_>, id: Id<Recipient>) -> Vec<Span> {
    let mut spans: Vec<Span> = facts
        .graph
        .to(any(Kind::Recipient, id), Relation::Shared)
        .into_iter()
        .filter_map(|(_, flow)| flow.sentence.map(|sentence| span_of(facts.model, sentence)))
        .collect();
    spans.sort_unstable();
    spans.dedup();
    spans
}

fn parent_receives(facts: &Facts<'_>, id: Id<Recipient>) -> bool {
    let parent = facts.model.recipients[id].parent;
    parent.is_some_and(|above| !received(facts, above).is_empty())
}
