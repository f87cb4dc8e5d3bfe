//! Who can ever receive what: the share statements, and what recipients pass on (M11, *onward*).

use std::collections::BTreeSet;

use crate::meaning::{Grant, Meaning, Region};
use crate::model::Model;
use crate::model::noun::{Id, Purpose, Recipient};
use crate::model::sentence::Act;
use crate::source::{Origin, Span};

/// That a recipient can receive the data of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The statement, as an index into `Meaning::grants`.
    pub grant: usize,
    /// Its box, as an index into `Grant::regions`.
    pub region: usize,
    /// `share` or `publish`.
    pub act: Act,
    /// Who has the data in turn: first the recipient of the statement, last the one in question.
    pub chain: Vec<Id<Recipient>>,
    /// Where each of those who pass on is said to do so.
    pub passed_on: Vec<Span>,
    /// For what; `None` for every purpose.
    pub purposes: Option<Vec<Id<Purpose>>>,
}

impl Receipt {
    /// The statement as if it gave the data to the last of the chain: what promises are held against.
    #[must_use]
    pub fn as_grant(&self, meaning: &Meaning) -> Option<Grant> {
        let grant = meaning.grants.get(self.grant)?;
        let region = Region {
            acts: vec![self.act],
            recipient: self.chain.last().map(|last| vec![*last]),
            purpose: self.purposes.clone(),
            ..grant.regions.get(self.region)?.clone()
        };
        Some(Grant {
            regions: vec![region],
            ..grant.clone()
        })
    }
}

/// Every receipt, for each statement and recipient by a shortest chain: the least fixpoint over the statements that share
/// and the `onward` of recipients. In the order of the statements, shorter chains first.
#[must_use]
pub fn receipts(model: &Model, meaning: &Meaning) -> Vec<Receipt> {
    let public = model.recipients.iter().find(|(_, noun)| noun.path == "public");
    let mut all = Vec::new();
    for (grant_at, grant) in meaning.grants.iter().enumerate() {
        for (region_at, region) in grant.regions.iter().enumerate() {
            let start = |act, recipient| Receipt {
                grant: grant_at,
                region: region_at,
                act,
                chain: vec![recipient],
                passed_on: Vec::new(),
                purposes: region.purpose.clone(),
            };
            if region.acts.contains(&Act::Publish) {
                all.extend(public.map(|(id, _)| start(Act::Publish, id)));
            }
            if region.acts.contains(&Act::Share) {
                let direct = direct(model, region).into_iter().map(|id| start(Act::Share, id));
                all.extend(closure(model, direct.collect()));
            }
        }
    }
    all
}

/// The recipients that a box names; all that the project declares where it names none.
fn direct(model: &Model, region: &Region) -> Vec<Id<Recipient>> {
    let own = |id: &Id<Recipient>| model.recipients[*id].origin == Origin::Project;
    match &region.recipient {
        Some(ids) if ids.iter().any(own) => ids.iter().copied().filter(own).collect(),
        Some(ids) => ids.clone(),
        None => model.recipients.of_project().map(|(id, _)| id).collect(),
    }
}

fn closure(model: &Model, direct: Vec<Receipt>) -> Vec<Receipt> {
    let key = |receipt: &Receipt| (receipt.chain.last().copied(), receipt.purposes.clone());
    let mut seen: BTreeSet<_> = direct.iter().map(key).collect();
    let mut all = direct.clone();
    let mut layer = direct;
    while !layer.is_empty() {
        let further = layer.iter().flat_map(|receipt| passed_on(model, receipt));
        layer = further.filter(|receipt| seen.insert(key(receipt))).collect();
        all.extend(layer.iter().cloned());
    }
    all
}

/// What the last of a chain passes on: what is said of a recipient holds of those below it.
fn passed_on(model: &Model, receipt: &Receipt) -> Vec<Receipt> {
    let Some(last) = receipt.chain.last() else {
        return Vec::new();
    };
    let mut above = model.recipients.up(*last);
    above.retain(|high| model.recipients[*high].origin == Origin::Project);
    above.sort_unstable();
    let mut found = Vec::new();
    for onward in above.into_iter().flat_map(|high| &model.recipients[high].detail.onward) {
        let named = |id: &Id<Recipient>| *id == onward.to || model.recipients[*id].origin == Origin::Project;
        for to in model.recipients.denotation(onward.to).into_iter().filter(named) {
            let mut further = receipt.clone();
            further.chain.push(to);
            further.passed_on.push(onward.span);
            if !onward.purposes.is_empty() {
                further.purposes = Some(onward.purposes.clone());
            }
            found.push(further);
        }
    }
    found
}
