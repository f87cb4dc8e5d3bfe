//! A model on its way to the runtime, and the runtime's answer in the reference's words.

use std::collections::BTreeMap;

use kupuya::meaning::{self, Meaning};
use kupuya::model::Model;
use kupuya::model::noun::{Id, Location, Table};
use kupuya::syntax::ast::Date;
use kupuya_runtime::{Age, AgeBounds, Answer, Bundle, ItemTimes, Request, Time};

use crate::{Ask, Told, ToldItem};

/// A model with its meaning and bundle.
pub struct Made {
    pub model: Model,
    pub meaning: Meaning,
    pub bundle: Bundle,
    pub bytes: Vec<u8>,
}

impl Made {
    pub fn new(model: Model) -> Made {
        let meaning = meaning::from_model(&model);
        let content = kupuya::bundle::from_meaning(&model, &meaning, None);
        let bytes = kupuya::bundle::to_bytes(&content).unwrap();
        let bundle = Bundle::load(&bytes).unwrap();
        Made {
            model,
            meaning,
            bundle,
            bytes,
        }
    }
}

/// A request as a service sends it.
pub fn request(model: &Model, ask: &Ask) -> Request {
    fn names<D>(table: &Table<D>, ids: Option<&Vec<Id<D>>>) -> Option<Vec<String>> {
        ids.map(|ids| ids.iter().map(|id| table[*id].path.clone()).collect())
    }
    Request {
        action: ask.act.word().to_owned(),
        by: names(&model.controllers, ask.by.as_ref()),
        data: names(&model.data, ask.data.as_ref()),
        source: names(&model.sources, ask.source.as_ref()),
        purpose: names(&model.purposes, ask.purpose.as_ref()),
        recipient: names(&model.recipients, ask.recipient.as_ref()),
        about: names(&model.subjects, Some(&ask.about)).unwrap(),
        place: ask.place.map(|place| match place {
            Location::Abroad => "abroad".to_owned(),
            Location::In(country) => model.countries[country].path.clone(),
        }),
        age: ask.age.map(|(least, most)| match most {
            Some(most) if most == least => Age::Years(least),
            _ => Age::Between(AgeBounds {
                at_least: Some(least),
                at_most: most,
            }),
        }),
        facts: ask
            .facts
            .iter()
            .map(|(fact, holds)| (model.facts[*fact].path.clone(), *holds))
            .collect(),
        given: None,
        records: ask.records.as_ref().map(|records| {
            let one = |record: &crate::Record| kupuya_runtime::Record {
                kind: record.kind,
                basis: model.bases[record.basis].path.clone(),
                purposes: names(&model.purposes, record.purposes.as_ref()),
                at: time(record.at),
                by: record.by,
            };
            records.iter().map(one).collect()
        }),
        item: Some(ItemTimes {
            collected: ask.collected.map(time),
            events: ask
                .events
                .iter()
                .map(|(event, at)| (model.facts[*event].path.clone(), at.map(time)))
                .collect::<BTreeMap<_, _>>(),
        }),
        time: Some(time(ask.on)),
    }
}

fn time(date: Date) -> Time {
    Time::Day(kupuya_runtime::Day::new(date.year, date.month, date.day).unwrap())
}

/// What the runtime told, as far as the reference tells it too.
pub fn told(answer: &Answer<'_>) -> Told {
    let items = answer.items.iter().map(|item| ToldItem {
        data: item.point.data.to_owned(),
        verdict: item.verdict,
        relies_on: item
            .relies_on
            .iter()
            .map(|way| {
                (
                    way.rule.as_ref().map(|rule| rule.id.to_owned()),
                    way.bases.iter().map(|base| (*base).to_owned()).collect(),
                )
            })
            .collect(),
        forbidden_by: item.forbidden_by.as_ref().map(|rule| rule.id.to_owned()),
        missing: item.missing.iter().cloned().collect(),
        failed: item.failed.iter().cloned().collect(),
        nearest: item.nearest.as_ref().map(|nearest| nearest.rule.id.to_owned()),
    });
    Told {
        verdict: answer.verdict,
        items: items.collect(),
    }
}
