//! What the statements of a chapter share is said once, before them.

use super::Says;
use super::flows::{Flows, Row, Shared};
use super::order::Rough;
use super::pieces::{Draft, grouped};
use crate::model::Model;
use crate::model::noun::{Id, Purpose, Recipient, Source};
use crate::model::sentence::{Guard, Permission, Slot};
use crate::syntax::vocabulary::Verb;

/// From so many paragraphs on a sentence of its own says what they share.
const LEAD: usize = 3;

/// Puts a lead into a chapter that is long enough for one, and takes apart the paragraphs that it serves as a head.
pub(super) fn lead(model: &Model, chapter: &mut Rough, said: &mut Vec<Shared>) {
    let own = common(model, &chapter.drafts);
    let Some(lead) = own.or_else(|| earlier(model, &chapter.drafts, said)) else {
        return;
    };
    let again = said.contains(&lead);
    said.push(lead.clone());
    let first = chapter
        .drafts
        .iter()
        .position(|draft| flows(draft).is_some())
        .unwrap_or(0);
    let under_heading = first > 0 && matches!(chapter.drafts[first - 1], Draft::Heading(_));
    let at = if under_heading { first - 1 } else { first };
    let drafts = std::mem::take(&mut chapter.drafts);
    for (index, draft) in drafts.into_iter().enumerate() {
        if index == at && !again {
            let anchor = format!("{}.lead", chapter.anchor);
            chapter.drafts.push(Draft::Paragraph(anchor, Says::Lead(lead.clone())));
        }
        match draft {
            Draft::Paragraph(anchor, Says::Flows(mut said)) => {
                said.lead = Some(lead.clone());
                if said.shared(model) == lead {
                    chapter.drafts.extend(apart(model, &anchor, &said));
                } else {
                    chapter.drafts.push(Draft::Paragraph(anchor, Says::Flows(said)));
                }
            }
            other => chapter.drafts.push(other),
        }
    }
}

/// What an earlier chapter said and this one, too short for a lead of its own, would say again.
fn earlier(model: &Model, drafts: &[Draft], said: &[Shared]) -> Option<Shared> {
    let all: Vec<Shared> = drafts
        .iter()
        .filter_map(flows)
        .map(|flows| flows.shared(model))
        .collect();
    let fits = |lead: &&Shared| {
        let complete = |one: &Shared| {
            (lead.about.is_empty() || !one.about.is_empty()) && (lead.bases.is_empty() || !one.bases.is_empty())
        };
        all.iter().any(|one| one == *lead) && all.iter().all(complete)
    };
    said.iter().find(fits).cloned()
}

fn flows(draft: &Draft) -> Option<&Flows> {
    match draft {
        Draft::Paragraph(_, Says::Flows(flows)) => Some(flows),
        _ => None,
    }
}

/// What most paragraphs of statements share: who and whose first, then on what basis. A part that some paragraph does not
/// state is left out, since silence there would read as the lead.
fn common(model: &Model, drafts: &[Draft]) -> Option<Shared> {
    let all: Vec<Shared> = drafts
        .iter()
        .filter_map(flows)
        .map(|flows| flows.shared(model))
        .collect();
    let most = |shared: Vec<&Shared>, same: fn(&Shared, &Shared) -> bool| -> Option<(Shared, usize)> {
        let mut best: Option<(Shared, usize)> = None;
        for one in &shared {
            let count = shared.iter().filter(|other| same(one, other)).count();
            if best.as_ref().is_none_or(|(_, most)| count > *most) {
                best = Some(((*one).clone(), count));
            }
        }
        best
    };
    let (people, count) = most(all.iter().collect(), |a, b| a.by == b.by && a.about == b.about)?;
    if count < LEAD {
        return None;
    }
    let alike = all
        .iter()
        .filter(|one| one.by == people.by && one.about == people.about);
    let (grounds, count) = most(alike.collect(), |a, b| a.bases == b.bases)?;
    let stated = |part: fn(&Shared) -> bool| all.iter().all(part);
    Some(Shared {
        by: people.by,
        about: match stated(|one| !one.about.is_empty()) {
            true => people.about,
            false => Vec::new(),
        },
        bases: match count >= LEAD && stated(|one| !one.bases.is_empty()) {
            true => grounds.bases,
            false => Vec::new(),
        },
        place: Vec::new(),
    })
}

/// Each row a paragraph; rows that differ in the data alone stay together.
fn apart(model: &Model, anchor: &str, said: &Flows) -> Vec<Draft> {
    let signature = |row: &Row| -> Vec<Signature> {
        let of = |at: &usize| Signature::of(&model.permissions[*at]);
        row.permissions.iter().map(of).collect()
    };
    let rows: Vec<usize> = (0..said.rows.len()).collect();
    let groups = grouped(&rows, |row| signature(&said.rows[row])).into_iter().enumerate();
    groups
        .map(|(at, rows)| {
            let anchor = if at == 0 {
                anchor.to_owned()
            } else {
                format!("{anchor}.{}", at + 1)
            };
            let flows = Flows {
                block: said.block,
                with_text: said.with_text && at == 0,
                lead: said.lead.clone(),
                rows: rows.into_iter().map(|row| said.rows[row].clone()).collect(),
            };
            Draft::Paragraph(anchor, Says::Flows(flows))
        })
        .collect()
}

/// All that a statement says but the data.
#[derive(PartialEq, Eq)]
struct Signature {
    verb: Verb,
    source: Names<Source>,
    recipient: Option<Names<Recipient>>,
    purpose: Option<Names<Purpose>>,
    when: Guard,
    then: bool,
}

/// A slot as written: any, names, except.
type Names<D> = (bool, Vec<Id<D>>, Vec<Id<D>>);

impl Signature {
    fn of(permission: &Permission) -> Signature {
        Signature {
            verb: permission.verb.value,
            source: names(&permission.source),
            recipient: permission.recipient.as_ref().map(names),
            purpose: permission.purpose.as_ref().map(names),
            when: permission.when.clone(),
            then: permission.then.is_empty(),
        }
    }
}

fn names<D>(slot: &Slot<D>) -> Names<D> {
    let all = |names: &[crate::source::Spanned<Id<D>>]| names.iter().map(|name| name.value).collect();
    (slot.any, all(&slot.names), all(&slot.except))
}
