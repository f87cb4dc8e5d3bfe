//! `conflict`: a promise or restriction forbids all that a statement could ever allow somewhere (M11).
//!
//! Bans of packs are checked here too, under the code of their rule.

use super::empty_promise::by_name;
use super::near::Near;
use super::pairs::{self, Conflict, SLOTS};
use super::tree::maximal;
use super::{Facts, caps, finding, law, trail, witness};
use crate::diagnostic::{Applicability, Diagnostic, Fix, Text};
use crate::graph::{Relation, any, span_of};
use crate::meaning::{BanMeaning, Grant, SentenceRef};
use crate::model::Model;
use crate::model::noun::{Data, Id, Table};
use crate::model::sentence::{Act, Ban, Slot};
use crate::source::Span;
use crate::syntax::vocabulary::Kind;

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let Facts { model, meaning, .. } = *facts;
    let mut found = Vec::new();
    let near = Near::of(meaning);
    for meant in meaning.bans.iter().chain(&meaning.checked) {
        let SentenceRef::Ban(at) = meant.sentence else {
            continue;
        };
        let ban = &model.bans[at];
        for (_, grant) in near.statements(&meant.limits.region) {
            let Some(conflict) = pairs::conflict(model, meant, grant) else {
                continue;
            };
            let one = match ban.rule {
                Some(rule) => law::bans::finding(model, &model.rules[rule], ban, grant, &conflict),
                None => of_project(facts, ban, meant, grant, &conflict),
            };
            found.push(trail::conflict(model, one, grant.sentence, ban, &conflict));
        }
    }
    found.extend(caps::check(facts, &near));
    law::bans::merged(found)
}

fn of_project(facts: &Facts<'_>, ban: &Ban, meant: &BanMeaning, grant: &Grant, conflict: &Conflict) -> Diagnostic {
    let model = facts.model;
    let statement = span_of(model, grant.sentence);
    let request = witness::sentence(model, conflict);
    let (message, here, there) = if ban.only.is_empty() {
        (
            "this statement permits what a promise rules out",
            "the promise rules this out",
            "promised here",
        )
    } else {
        (
            "this statement permits what a restriction rules out",
            "the restriction rules this out",
            "restricted here",
        )
    };
    let mut diagnostic = finding("conflict", message, statement, here)
        .and(ban.span, there)
        .because(
            Text::new("readers rely on both sentences; the ban decides, so `{request}` is denied on this ground")
                .with("request", request),
        );
    diagnostic = diagnostic.shown_by(witness::of(model, conflict));
    let basis = law::bans::basis_place(model, grant, conflict).filter(|_| law::bans::asks_basis(ban));
    let Some(basis) = basis else {
        let help = ban
            .only
            .iter()
            .find_map(|part| by_name(model, part.source.as_ref(), ban.span))
            .unwrap_or_else(|| "take the data out of the statement, or narrow the ban".into());
        diagnostic = diagnostic.help(help);
        let fixes = [except(facts, grant, conflict), except_in_ban(model, ban, meant, grant)];
        diagnostic.fixes.extend(fixes.into_iter().flatten());
        return diagnostic;
    };
    let names: Vec<&str> = conflict.way.iter().map(|id| model.bases[*id].path.as_str()).collect();
    let names = names.join(" and ");
    diagnostic = diagnostic
        .and(basis, Text::new("relies on `{basis}`").with("basis", names.clone()))
        .help("rest the statement on what the ban leaves open, or let the ban leave this basis open");
    if !ban.only.is_empty() && ban.then.is_empty() {
        diagnostic = diagnostic.fix(Fix {
            title: Text::new("let the restriction leave `{basis}` open").with("basis", names.clone()),
            edits: vec![(ban.span.after(), format!(" or under {names}"))],
            applicability: Applicability::NeedsReview,
            within: Vec::new(),
        });
    }
    diagnostic
}

/// Takes what is banned out of the statement, in the first slot of which something is left and whose nouns lack nothing
/// then.
fn except(facts: &Facts<'_>, grant: &Grant, conflict: &Conflict) -> Option<Fix> {
    let model = facts.model;
    let banned = |kind: Kind| {
        let at = SLOTS.iter().position(|slot| *slot == kind)?;
        conflict.banned.get(at)
    };
    let SentenceRef::Permission(at) = grant.sentence else {
        let SentenceRef::Keep(at) = grant.sentence else {
            return None;
        };
        let is_keep = |other: &SentenceRef| matches!(other, SentenceRef::Keep(_));
        let kept = |data| others(facts, grant, data, &[Act::Store]).iter().any(is_keep);
        let held = |data| !others(facts, grant, data, &[Act::Collect]).is_empty();
        return shrink(&model.data, &model.keeps[at].data, banned(Kind::Data)?, |data| {
            kept(data) || !held(data)
        });
    };
    let statement = &model.permissions[at];
    shrink(&model.data, &statement.data, banned(Kind::Data)?, |data| {
        spared(facts, grant, data)
    })
    .or_else(|| {
        shrink(
            &model.recipients,
            statement.recipient.as_ref()?,
            banned(Kind::Recipient)?,
            |_| true,
        )
    })
    .or_else(|| {
        let served = |purpose| {
            let served = facts.graph.to(any(Kind::Purpose, purpose), Relation::Serves);
            served.iter().any(|(_, flow)| flow.sentence != Some(grant.sentence))
        };
        shrink(
            &model.purposes,
            statement.purpose.as_ref()?,
            banned(Kind::Purpose)?,
            served,
        )
    })
    .or_else(|| shrink(&model.sources, &statement.source, banned(Kind::Source)?, |_| true))
}

/// The other sentences that do something with these data.
fn others(facts: &Facts<'_>, grant: &Grant, data: Id<Data>, acts: &[Act]) -> Vec<SentenceRef> {
    let of = |act: &Act| facts.graph.sentences(any(Kind::Data, data), *act);
    acts.iter()
        .flat_map(of)
        .filter(|other| *other != grant.sentence)
        .collect()
}

/// Whether data that are taken out of a statement are still collected where they are used, and used where they are
/// collected.
fn spared(facts: &Facts<'_>, grant: &Grant, data: Id<Data>) -> bool {
    const USES: [Act; 4] = [Act::Use, Act::Profile, Act::Share, Act::Publish];
    let collected = !others(facts, grant, data, &[Act::Collect]).is_empty();
    let used = !others(facts, grant, data, &USES).is_empty();
    let does = |acts: &[Act]| {
        grant
            .regions
            .iter()
            .any(|region| region.acts.iter().any(|act| acts.contains(act)))
    };
    let (collects, uses) = (does(&[Act::Collect]), does(&USES));
    (collected || !collects || !used) && (used || !uses || !collected)
}

fn shrink<D>(
    table: &Table<D>,
    slot: &Slot<D>,
    banned: &std::collections::BTreeSet<u32>,
    spared: impl Fn(Id<D>) -> bool,
) -> Option<Fix> {
    let struck: Vec<Id<D>> = banned.iter().map(|atom| Id::new(*atom)).collect();
    // What is left must be something that is declared, and not only what a group holds beside its parts.
    let mut left = slot.atoms.iter().filter(|atom| !struck.contains(atom));
    if slot.inherited || !left.any(|atom| table.denotation(*atom).len() == 1) || !struck.iter().copied().all(spared) {
        return None;
    }
    let names: Vec<&str> = maximal(table, &struck)
        .iter()
        .map(|id| table[*id].path.as_str())
        .collect();
    let (at, word): (Span, _) = match (slot.except.last(), slot.names.last()) {
        (Some(last), _) => (last.span, ", "),
        (None, Some(last)) => (last.span, " except "),
        (None, None) => return None,
    };
    (!names.is_empty()).then(|| Fix {
        title: Text::new("take {names} out of the statement").with("names", names.join(", ")),
        edits: vec![(at.after(), format!("{word}{}", names.join(", ")))],
        applicability: Applicability::NeedsReview,
        within: Vec::new(),
    })
}

/// Takes the statement's data out of the ban, where they are named and less than all that it bans.
fn except_in_ban(model: &Model, ban: &Ban, meant: &BanMeaning, grant: &Grant) -> Option<Fix> {
    let data = match grant.sentence {
        SentenceRef::Permission(at) => &model.permissions[at].data,
        SentenceRef::Keep(at) => &model.keeps[at].data,
        SentenceRef::Ban(_) => return None,
    };
    let banned = meant.limits.region.data.as_ref();
    let whole = banned.is_some_and(|banned| banned.iter().all(|atom| data.atoms.contains(atom)));
    if data.any
        || whole
        || !data
            .atoms
            .iter()
            .any(|atom| banned.is_none_or(|banned| banned.contains(atom)))
    {
        return None;
    }
    let at = ban.data.except.last().or(ban.data.names.last())?;
    let word = if ban.data.except.is_empty() { " except " } else { ", " };
    let names: Vec<&str> = data
        .names
        .iter()
        .map(|name| model.data[name.value].path.as_str())
        .collect();
    Some(Fix {
        title: Text::new("take {names} out of the ban").with("names", names.join(", ")),
        edits: vec![(at.span.after(), format!("{word}{}", names.join(", ")))],
        applicability: Applicability::NeedsReview,
        within: Vec::new(),
    })
}
