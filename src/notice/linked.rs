//! The notice as linked data: JSON-LD in the terms of the W3C Data Privacy Vocabulary (DPV 2.3).
//!
//! Each statement and keep is a `dpv:Process`, each ban a `dpv:Prohibition`, under the address of its unit on the page;
//! nouns are concepts of the policy's own, narrower than the classes they are of. Taxonomy and packs say in `dpv:` by
//! which term of the vocabulary a class goes. Who reads the page by machine gets the facts of the page, with the digests
//! of meaning and text.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::document::{Document, Stated};
use super::plan::noun_id;
use crate::meaning::{SentenceRef, hex};
use crate::model::Model;
use crate::model::kinded::Kinded;
use crate::model::noun::{AnyNoun, Id, Location};
use crate::model::sentence::{Act, BasisFormula, Keep, Permission, Scope, Slot};
use crate::source::{Origin, Spanned};
use crate::syntax::ast::Date;
use crate::syntax::vocabulary::Kind;

/// The JSON-LD of a document; keys are sorted, so equal documents have equal texts.
#[must_use]
pub fn linked_data(model: &Model, document: &Document) -> String {
    let mut graph = Graph {
        model,
        nouns: BTreeSet::new(),
        nodes: Vec::new(),
    };
    graph.notice(document);
    let mut said = BTreeSet::new();
    for (_, unit) in document.units() {
        if let Stated::Sentence(sentence) = unit.states
            && said.insert(sentence)
        {
            graph.sentence(sentence, &unit.id, &unit.sentence, document.language);
        }
    }
    graph.concepts(document.language);
    let others = [
        ("dct", "http://purl.org/dc/terms/"),
        ("skos", "http://www.w3.org/2004/02/skos/core#"),
        ("kupuya", "urn:kupuya:"),
    ];
    let context: BTreeMap<&str, &str> = VOCABULARIES.iter().copied().chain(others).collect();
    json!({ "@context": context, "@graph": graph.nodes }).to_string()
}

/// The modules of the vocabulary by their prefixes.
const VOCABULARIES: &[(&str, &str)] = &[
    ("dpv", "https://w3id.org/dpv#"),
    ("eu-gdpr", "https://w3id.org/dpv/legal/eu/gdpr#"),
    ("loc", "https://w3id.org/dpv/loc#"),
    ("pd", "https://w3id.org/dpv/pd#"),
    ("tech", "https://w3id.org/dpv/tech#"),
];

/// A term of the vocabulary, as it may stand in linked data: a known prefix and a name.
fn is_term(text: &str) -> bool {
    text.split_once(':').is_some_and(|(prefix, name)| {
        let known = VOCABULARIES.iter().any(|(known, _)| *known == prefix);
        known && !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    })
}

struct Graph<'a> {
    model: &'a Model,
    /// Nouns that a node names.
    nouns: BTreeSet<AnyNoun>,
    nodes: Vec<Value>,
}

impl Graph<'_> {
    fn notice(&mut self, document: &Document) {
        let mut node = Map::new();
        node.insert("@id".into(), "#main".into());
        node.insert("@type".into(), document.class.into());
        node.insert("dct:title".into(), text(&document.title, document.language));
        node.insert("dct:language".into(), document.language.into());
        node.insert("kupuya:meaning".into(), document.meaning_digest.as_str().into());
        node.insert("kupuya:text".into(), hex(&super::digest(document).whole).into());
        if let Some(date) = document.begins {
            node.insert("dct:valid".into(), day(date).into());
        }
        let controllers: Vec<AnyNoun> = self.model.controllers.of_project().map(|(id, _)| id.any()).collect();
        self.refer(&mut node, "dpv:hasDataController", controllers);
        self.nodes.push(Value::Object(node));
    }

    fn sentence(&mut self, sentence: SentenceRef, id: &str, words: &str, language: &str) {
        let mut node = Map::new();
        node.insert("@id".into(), address(id).into());
        node.insert("dct:description".into(), text(words, language));
        match sentence {
            SentenceRef::Permission(at) => self.permission(&mut node, &self.model.permissions[at]),
            SentenceRef::Keep(at) => self.keep(&mut node, &self.model.keeps[at]),
            SentenceRef::Ban(at) => {
                let ban = &self.model.bans[at];
                node.insert("@type".into(), "dpv:Prohibition".into());
                node.insert("dpv:hasProcessing".into(), acts(&ban.acts));
                self.slot(&mut node, "dpv:hasPersonalData", &ban.data);
                self.scope(&mut node, &ban.scope);
                let mut unless = Vec::new();
                for scope in &ban.only {
                    let mut alternative = Map::new();
                    self.scope(&mut alternative, scope);
                    unless.push(Value::Object(alternative));
                }
                if !unless.is_empty() {
                    node.insert("kupuya:unless".into(), unless.into());
                }
            }
        }
        self.nodes.push(Value::Object(node));
    }

    /// What a ban speaks about. Its condition stands in its words: the vocabulary has no term for a formula.
    fn scope(&mut self, node: &mut Map<String, Value>, scope: &Scope) {
        if let Some(slot) = &scope.by {
            self.slot(node, "dpv:hasDataController", slot);
        }
        if let Some(slot) = &scope.source {
            self.slot(node, "dpv:hasDataSource", slot);
        }
        if let Some(slot) = &scope.recipient {
            self.slot(node, "dpv:hasRecipient", slot);
        }
        if let Some(slot) = &scope.purpose {
            self.slot(node, "dpv:hasPurpose", slot);
        }
        if let Some(formula) = &scope.under {
            let mut bases = Vec::new();
            named(formula, &mut bases);
            self.refer(node, "dpv:hasLegalBasis", bases);
        }
        self.refer(node, "dpv:hasDataSubject", all(&scope.about));
        self.places(node, &scope.place);
    }

    fn permission(&mut self, node: &mut Map<String, Value>, said: &Permission) {
        node.insert("@type".into(), "dpv:Process".into());
        node.insert("dpv:hasProcessing".into(), acts(&said.acts));
        self.slot(node, "dpv:hasPersonalData", &said.data);
        self.slot(node, "dpv:hasDataController", &said.by);
        if !said.source.any {
            self.slot(node, "dpv:hasDataSource", &said.source);
        }
        if let Some(slot) = &said.purpose {
            self.slot(node, "dpv:hasPurpose", slot);
        }
        if let Some(slot) = &said.recipient {
            self.slot(node, "dpv:hasRecipient", slot);
        }
        self.refer(node, "dpv:hasDataSubject", all(&said.about));
        self.refer(
            node,
            "dpv:hasLegalBasis",
            said.bases.iter().flat_map(|way| all(way)).collect(),
        );
        self.places(node, &said.place);
    }

    fn keep(&mut self, node: &mut Map<String, Value>, keep: &Keep) {
        node.insert("@type".into(), "dpv:Process".into());
        node.insert("dpv:hasProcessing".into(), acts(&[Act::Store]));
        self.slot(node, "dpv:hasPersonalData", &keep.data);
        self.slot(node, "dpv:hasDataController", &keep.by);
        self.refer(node, "dpv:hasDataSubject", all(&keep.about));
        self.refer(
            node,
            "dpv:hasLegalBasis",
            keep.bases.iter().flat_map(|way| all(way)).collect(),
        );
        let condition = json!({ "@type": "dpv:StorageCondition", "dct:description": node.get("dct:description") });
        node.insert("dpv:hasStorageCondition".into(), condition);
        self.places(node, &keep.place);
    }

    fn slot<D: Kinded>(&mut self, node: &mut Map<String, Value>, property: &str, slot: &Slot<D>) {
        if slot.any && slot.except.is_empty() {
            let class = class_of(D::KIND).unwrap_or("skos:Concept");
            node.insert(property.into(), json!([{ "@id": class }]));
            return;
        }
        // `except` is spelled out: a reader by machine knows no such word.
        let nouns = if !slot.except.is_empty() {
            let own = |id: &&Id<D>| D::table(self.model)[**id].origin == Origin::Project;
            slot.atoms.iter().filter(own).map(|id| id.any()).collect()
        } else {
            all(&slot.names)
        };
        self.refer(node, property, nouns);
    }

    fn places(&self, node: &mut Map<String, Value>, places: &[Location]) {
        let places = places.iter().map(|place| match place {
            Location::In(country) => {
                let noun = &self.model.countries[*country];
                let code = noun.detail.code.as_deref().unwrap_or(&noun.name);
                json!({ "@id": format!("loc:{code}") })
            }
            Location::Abroad => json!({ "@id": "dpv:ThirdCountry" }),
        });
        let places: Vec<Value> = places.collect();
        if !places.is_empty() {
            node.insert("dpv:hasLocation".into(), places.into());
        }
    }

    fn refer(&mut self, node: &mut Map<String, Value>, property: &str, nouns: Vec<AnyNoun>) {
        if nouns.is_empty() {
            return;
        }
        let nouns: Vec<AnyNoun> = nouns.into_iter().map(|noun| self.party(noun)).collect();
        let ids = nouns.iter().map(|noun| json!({ "@id": self.address_of(*noun) }));
        node.insert(property.into(), ids.collect());
        self.nouns.extend(nouns);
    }

    /// A source that mirrors a party is that party.
    fn party(&self, noun: AnyNoun) -> AnyNoun {
        let source = noun.id::<crate::model::noun::Source>();
        let party = source.and_then(|source| self.model.sources[source].detail.stands_for);
        party.unwrap_or(noun)
    }

    /// A noun of the policy lies on the page; one of taxonomy or packs goes by its term, or is named.
    fn address_of(&self, noun: AnyNoun) -> String {
        let id = noun_id(self.model, noun);
        let Some(common) = self.model.noun(noun) else {
            return format!("kupuya:{id}");
        };
        match common.dpv.filter(|term| is_term(&term.value)) {
            _ if common.origin == Origin::Project => address(&id),
            Some(term) => term.value.clone(),
            None => format!("kupuya:{id}"),
        }
    }

    /// A concept for each noun that is named, and for what lies above it.
    fn concepts(&mut self, language: &str) {
        let mut open: Vec<AnyNoun> = self.nouns.iter().copied().collect();
        let mut known: BTreeSet<AnyNoun> = self.nouns.clone();
        let mut nodes: BTreeMap<String, Value> = BTreeMap::new();
        while let Some(noun) = open.pop() {
            let Some(common) = self.model.noun(noun) else { continue };
            let address = self.address_of(noun);
            if is_term(&address) {
                continue;
            }
            let above: Vec<AnyNoun> = self.above(noun).into_iter().map(|noun| self.party(noun)).collect();
            // A class that the author of the policy names beside those of the taxonomy.
            let own = common
                .dpv
                .filter(|term| is_term(&term.value))
                .map(|term| term.value.clone());
            let broader: BTreeSet<String> = above.iter().map(|noun| self.address_of(*noun)).chain(own).collect();
            let broader: Vec<Value> = broader.into_iter().map(|id| json!({ "@id": id })).collect();
            let label = common
                .label
                .map_or_else(|| common.name.to_owned(), |label| label.value.clone());
            let mut node = Map::new();
            node.insert("@id".into(), address.as_str().into());
            let class = class_of(noun.kind);
            node.insert("@type".into(), class.iter().chain(&["skos:Concept"]).copied().collect());
            node.insert("skos:prefLabel".into(), text(&label, language));
            if !broader.is_empty() {
                node.insert("skos:broader".into(), broader.into());
            }
            nodes.insert(address, Value::Object(node));
            open.extend(above.into_iter().filter(|noun| known.insert(*noun)));
        }
        self.nodes.extend(nodes.into_values());
    }

    fn above(&self, noun: AnyNoun) -> Vec<AnyNoun> {
        fn of<D: Kinded>(model: &Model, index: u32) -> Vec<AnyNoun> {
            D::table(model).above(Id::new(index)).map(|id| id.any()).collect()
        }
        use crate::model::noun::{Basis, Controller, Data, Purpose, Recipient, Source, Subject};
        match noun.kind {
            Kind::Controller => of::<Controller>(self.model, noun.index),
            Kind::Subject => of::<Subject>(self.model, noun.index),
            Kind::Data => of::<Data>(self.model, noun.index),
            Kind::Source => of::<Source>(self.model, noun.index),
            Kind::Purpose => of::<Purpose>(self.model, noun.index),
            Kind::Basis => of::<Basis>(self.model, noun.index),
            Kind::Recipient => of::<Recipient>(self.model, noun.index),
            _ => Vec::new(),
        }
    }
}

fn all<D: Kinded>(names: &[Spanned<Id<D>>]) -> Vec<AnyNoun> {
    names.iter().map(|name| name.value.any()).collect()
}

/// The address on the page; blanks have no place in one.
fn address(id: &str) -> String {
    format!("#{}", id.replace(char::is_whitespace, "-"))
}

fn text(words: &str, language: &str) -> Value {
    json!({ "@value": words, "@language": language })
}

fn day(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}

/// DPV's words for what is done.
fn acts(acts: &[Act]) -> Value {
    let term = |act: &Act| match act {
        Act::Collect => "dpv:Collect",
        Act::Use => "dpv:Use",
        Act::Profile => "dpv:Profiling",
        Act::Store => "dpv:Store",
        Act::Share => "dpv:Share",
        Act::Publish => "dpv:Disseminate",
        Act::Anonymise => "dpv:Anonymise",
        Act::Erase => "dpv:Erase",
    };
    acts.iter().map(|act| json!({ "@id": term(act) })).collect()
}

/// DPV's class for nouns of a kind.
const fn class_of(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Controller => "dpv:DataController",
        Kind::Subject => "dpv:DataSubject",
        Kind::Data => "dpv:PersonalData",
        Kind::Source => "dpv:DataSource",
        Kind::Purpose => "dpv:Purpose",
        Kind::Basis => "dpv:LegalBasis",
        Kind::Recipient => "dpv:Recipient",
        _ => return None,
    })
}

/// The bases that a formula names.
fn named(formula: &BasisFormula, found: &mut Vec<AnyNoun>) {
    match formula {
        BasisFormula::Basis(basis) => found.push(basis.any()),
        // What must not be is no basis.
        BasisFormula::Not(_) => {}
        BasisFormula::And(all) | BasisFormula::Or(all) => all.iter().for_each(|one| named(one, found)),
    }
}
