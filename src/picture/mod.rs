//! The data flow as a picture: what comes from where, for what it is used, who gets it and in which country.
//!
//! [`flows`] says what is drawn, [`bundle`] what is drawn as one, [`layout`] where, and each format is a file: [`svg`], [`html`], [`mermaid`], [`dot`].

use std::collections::BTreeSet;

pub mod bundle;
mod changed;
mod dot;
mod flows;
mod html;
mod layout;
mod mermaid;
mod svg;
pub mod widths;

pub use changed::{changed, earlier};
pub use dot::dot;
pub use flows::{By, Options, drawable, flows, is_named};
pub use html::{Words, html};
pub use layout::{Curve, Drawn, Placed, layout};
pub use mermaid::mermaid;
pub use svg::svg;

/// The columns, from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Where data come from.
    Source,
    /// The data.
    Data,
    /// For what.
    Purpose,
    /// To whom.
    Recipient,
    /// Where that is.
    Country,
}

impl Column {
    /// All, in order.
    pub const ALL: [Column; 5] = [
        Column::Source,
        Column::Data,
        Column::Purpose,
        Column::Recipient,
        Column::Country,
    ];

    /// The word of the language for what stands there.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Column::Source => "source",
            Column::Data => "data",
            Column::Purpose => "purpose",
            Column::Recipient => "recipient",
            Column::Country => "country",
        }
    }
}

/// Whether something is in both of two versions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// In both, or there is one version only.
    #[default]
    Same,
    /// In the version after alone.
    New,
    /// In the version before alone.
    Gone,
}

impl Fate {
    /// Its class in pictures.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Fate::Same => "same",
            Fate::New => "new",
            Fate::Gone => "gone",
        }
    }
}

/// A box.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Node {
    /// Its column.
    pub column: Column,
    /// The noun's path.
    pub name: String,
    /// What stands in it.
    pub label: String,
    /// In which version it is.
    pub fate: Fate,
}

/// A line between two boxes, by their places.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// From.
    pub from: usize,
    /// To.
    pub to: usize,
    /// The clauses that say so.
    pub clauses: Vec<Clause>,
    /// In which version it is.
    pub fate: Fate,
}

/// A clause of the notice behind a line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clause {
    /// The number of its paragraph.
    pub number: String,
    /// What it says.
    pub sentence: String,
    /// Its id, which is its anchor on the page.
    pub id: String,
}

/// What is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// The title.
    pub title: String,
    /// Boxes, by column.
    pub nodes: Vec<Node>,
    /// Lines.
    pub edges: Vec<Edge>,
    /// What flows from where through what: three boxes each, by column and path. A line may be old where what flows through it is
    /// new. Empty if not [asked for](Options::flows).
    pub flows: BTreeSet<Flow>,
}

/// Three boxes through which data flow.
pub type Flow = [(Column, String); 3];

/// Text in which nothing is markup.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
