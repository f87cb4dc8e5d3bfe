//! What every engine tells: the verdict, and the clauses it rests on.

use kupuya::export::cedar::questions;
use kupuya::export::closed::Closed;
use kupuya_runtime::{Answer, Request, Verdict};
use serde_json::Value;

use crate::cedar::Cedar;

/// One data atom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub data: String,
    pub verdict: String,
    /// Clause and bases of each way relied on, in the order of M9.
    pub relies_on: Vec<(Option<String>, Vec<String>)>,
    pub forbidden_by: Option<String>,
}

/// What the runtime tells.
pub fn of_answer(answer: &Answer<'_>) -> (String, Vec<Told>) {
    let items = answer.items.iter().map(|item| {
        let relied = item.relies_on.iter().filter(|_| item.verdict == Verdict::Allow);
        Told {
            data: item.point.data.to_owned(),
            verdict: item.verdict.word().to_owned(),
            relies_on: relied
                .map(|way| {
                    let bases = way.bases.iter().map(|basis| (*basis).to_owned());
                    (way.rule.as_ref().map(|rule| rule.id.to_owned()), bases.collect())
                })
                .collect(),
            forbidden_by: item.forbidden_by.as_ref().map(|rule| rule.id.to_owned()),
        }
    });
    (answer.verdict.word().to_owned(), items.collect())
}

/// What exported Rego tells.
pub fn of_rego(answer: &Value) -> (String, Vec<Told>) {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let items = answer["items"].as_array().unwrap().iter().map(|item| {
        let relied = item["relies_on"].as_array().cloned().unwrap_or_default();
        let bases = |way: &Value| way["bases"].as_array().unwrap().iter().filter_map(text).collect();
        Told {
            data: item["data"].as_str().unwrap().split('@').next().unwrap().to_owned(),
            verdict: item["verdict"].as_str().unwrap().to_owned(),
            relies_on: relied.iter().map(|way| (text(&way["clause"]), bases(way))).collect(),
            forbidden_by: text(&item["forbidden_by"]),
        }
    });
    let items = items.collect();
    (answer["verdict"].as_str().unwrap().to_owned(), items)
}

/// What Cedar tells of a data atom: it has no word for what nobody declares, and none for what is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowed {
    pub data: String,
    pub allowed: bool,
    /// Clauses, of the points in their order.
    pub relies_on: Vec<Option<String>>,
    pub forbidden_by: Option<String>,
}

/// As much of the runtime's answer as Cedar can tell.
pub fn as_cedar(answer: &Answer<'_>) -> Vec<Allowed> {
    let (_, items) = of_answer(answer);
    let items = items.into_iter().map(|item| {
        let mut relies_on = item.relies_on.into_iter().map(|(clause, _)| clause).collect::<Vec<_>>();
        relies_on.sort();
        relies_on.dedup();
        Allowed {
            data: item.data,
            allowed: item.verdict == "allow",
            relies_on,
            forbidden_by: item.forbidden_by,
        }
    });
    items.collect()
}

/// What exported Cedar tells; nothing where it cannot be asked or says that nothing can be answered.
pub fn of_cedar(cedar: &Cedar, closed: &Closed<'_>, request: &Request) -> Vec<Allowed> {
    let mut found: Vec<Allowed> = Vec::new();
    for question in questions(closed, request).unwrap_or_default() {
        let (allowed, rule) = cedar.decide(&cedar.request(&question));
        let verdict = rule.map(|rule| rule.verdict.as_str());
        if matches!(verdict, Some("no_policy" | "invalid")) {
            return Vec::new();
        }
        let data = question.data.split('@').next().unwrap().to_owned();
        if found.last().is_none_or(|item| item.data != data) {
            found.push(Allowed {
                data,
                allowed: true,
                relies_on: Vec::new(),
                forbidden_by: None,
            });
        }
        let item = found.last_mut().unwrap();
        item.allowed &= allowed;
        let clause = rule.and_then(|rule| rule.clause.clone());
        if allowed {
            item.relies_on.push(clause);
        } else if verdict == Some("forbidden") && item.forbidden_by.is_none() {
            item.forbidden_by = clause;
        }
    }
    for item in &mut found {
        if !item.allowed {
            item.relies_on.clear();
        }
        item.relies_on.sort();
        item.relies_on.dedup();
    }
    found
}
