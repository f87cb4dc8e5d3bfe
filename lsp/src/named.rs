//! A noun as lists and hierarchies show it: name, label, picture, place.

use kupuya::model::noun::AnyNoun;
use kupuya::syntax::vocabulary::{self, Kind};
use serde_json::{Value, json};

use crate::proto::{Location, SymbolKind};
use crate::view::View;

/// What is shown of a noun.
#[derive(Clone, Debug)]
pub struct Named {
    /// Its whole name.
    pub path: String,
    /// Its label.
    pub label: Option<String>,
    /// The picture before it.
    pub kind: SymbolKind,
    /// Where its name is declared.
    pub location: Location,
    /// What a client gives back when it asks on: kind and name, and the document that was asked from, since what the
    /// program carries belongs to no project.
    pub data: Value,
}

impl Named {
    /// What is shown of a noun; `None` if it is declared nowhere that can be opened.
    #[must_use]
    pub fn of(view: &View, noun: AnyNoun) -> Option<Named> {
        let common = view.snapshot.analysis.model.noun(noun)?;
        Some(Named {
            path: common.path.to_owned(),
            label: common.label.map(|label| label.value.clone()),
            kind: picture(noun.kind),
            location: view.location(common.name_span)?,
            data: json!({
                "kind": vocabulary::kind(noun.kind).word,
                "path": common.path,
                "uri": view.address()?.as_str(),
            }),
        })
    }

    /// The noun that a client asks on about, by the `data` it was given.
    #[must_use]
    pub fn asked(view: &View, data: &Value) -> Option<AnyNoun> {
        let (kind, path) = (data["kind"].as_str()?, data["path"].as_str()?);
        let mut nouns = view.snapshot.nouns();
        nouns
            .find(|(noun, common)| common.path == path && vocabulary::kind(noun.kind).word == kind)
            .map(|(noun, _)| noun)
    }
}

/// The picture that an editor shows before a symbol: the protocol knows programs only.
#[must_use]
pub fn picture(kind: Kind) -> SymbolKind {
    match kind {
        Kind::Policy => SymbolKind::FILE,
        Kind::Section | Kind::Law => SymbolKind::NAMESPACE,
        Kind::Controller | Kind::Recipient | Kind::Subject => SymbolKind::CLASS,
        Kind::Data => SymbolKind::FIELD,
        Kind::Purpose => SymbolKind::FUNCTION,
        Kind::Basis | Kind::Ground => SymbolKind::INTERFACE,
        Kind::Processing => SymbolKind::MODULE,
        Kind::Scenario => SymbolKind::METHOD,
        Kind::Rule => SymbolKind::OPERATOR,
        _ => SymbolKind::CONSTANT,
    }
}
