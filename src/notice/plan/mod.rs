//! The plan: what the notice says, in which order and under which numbers. It knows no language.
//!
//! Chapters of the author come in the order written and hold what was declared in them; everything else goes into
//! default chapters, one for each [`Topic`]. The two sequences are merged by topic, and then numbered.

pub mod changes;
mod chapters;
mod flows;
mod lead;
mod order;
mod overview;
mod papers;
mod pieces;
mod summary;
mod told;

use std::collections::BTreeSet;

use crate::model::Model;
use crate::model::noun::{AnyNoun, Basis, Channel, Controller, Data, Duty, Id, Measure, Purpose, Recipient, Right};
use crate::model::noun::{Source, Subject, Term};
use crate::notice::options::Options;
use crate::syntax::vocabulary::kind;

pub use flows::{Flows, Row, Shared};
pub use overview::{Cell, OverviewRow, overview};
pub use papers::{Answer, Blank, Paper, Part, Question, Tick, carried, consent, extract, given, transfer};
pub use papers::{processed, processed_below};
pub(crate) use pieces::{children, grouped};
pub use summary::{Brief, Line, Names, Summary, short, summary};
pub(crate) use told::{remains, source_remains};

/// What the notice says, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Chapters; none is empty.
    pub chapters: Vec<Chapter>,
}

/// A chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// Its number.
    pub number: String,
    /// Its anchor: made of names, so that it stays when text or order changes.
    pub anchor: String,
    /// What stands over it.
    pub heading: Heading,
    /// What it says.
    pub pieces: Vec<Piece>,
}

/// A heading of a chapter, or inside one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heading {
    /// A default chapter.
    Topic(Topic),
    /// The author's own words.
    Own(String),
}

/// What a default chapter is about, in the order of the chapters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// The document itself.
    General,
    /// Who answers for the processing.
    Controllers,
    /// Terms.
    Terms,
    /// Data categories and where they come from.
    Data,
    /// Purposes.
    Purposes,
    /// Legal bases and consent.
    Bases,
    /// Collecting and using.
    Processing,
    /// Giving to others.
    Transfer,
    /// How long data are kept.
    Retention,
    /// Promises and restrictions.
    Promises,
    /// Rights.
    Rights,
    /// Duties.
    Duties,
    /// Security measures.
    Security,
    /// Changes of the document.
    Changes,
    /// How to reach the controllers.
    Contacts,
    /// What is not named is not done.
    Closing,
}

/// A piece of a chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A heading inside the chapter.
    Heading(String),
    /// A numbered paragraph.
    Paragraph(Numbered),
}

/// A paragraph with its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbered {
    /// Its number, such as `4.2`.
    pub number: String,
    /// Its anchor.
    pub anchor: String,
    /// What it says.
    pub says: Says,
}

/// What one numbered paragraph says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// What the document is, and whose.
    Opening,
    /// What it is for.
    Aim,
    /// What it covers.
    Coverage,
    /// Under which laws it was written.
    BasisDocuments,
    /// Of which documents it is part.
    BelongsTo,
    /// Where it can be read.
    Published,
    /// How it is accepted.
    Accepted,
    /// Which language decides.
    Prevails,
    /// A controller with its requisites.
    Controller(Id<Controller>),
    /// Defined terms.
    Terms(Vec<Id<Term>>),
    /// Classes of people.
    Subjects(Vec<Id<Subject>>),
    /// A data category with what belongs to it.
    DataTree(Id<Data>),
    /// Data categories without parts.
    DataList(Vec<Id<Data>>),
    /// Data that the law protects specially; a view, no units.
    SpecialData(Vec<Id<Data>>),
    /// Permissions of a device.
    DevicePermissions(Vec<Id<Source>>),
    /// Other sources.
    Sources(Vec<Id<Source>>),
    /// Purposes.
    Purposes(Vec<Id<Purpose>>),
    /// Legal bases.
    Bases(Vec<Id<Basis>>),
    /// How a consent is given.
    ConsentGiven(Id<Basis>),
    /// How it is withdrawn.
    ConsentWithdrawn(Id<Basis>),
    /// What else is declared about a basis.
    BasisTerms(Id<Basis>),
    /// What the statements of this chapter, and of later ones, share unless they say otherwise.
    Lead(Shared),
    /// Statements.
    Flows(Flows),
    /// Keeps of one block.
    Keeps {
        /// The block.
        block: usize,
        /// The keeps, as indices into `Model::keeps`.
        keeps: Vec<usize>,
    },
    /// Promises and restrictions, as indices into `Model::bans`.
    Bans(Vec<usize>),
    /// Recipients of one role.
    Recipients(Option<Id<Recipient>>, Vec<Id<Recipient>>),
    /// What protects the data with a recipient: contract, safeguard, onward sharing.
    RecipientTerms(Id<Recipient>),
    /// What a recipient must do.
    RecipientDuties(Id<Recipient>),
    /// Rights that need no explanation, all of the same people.
    Rights(Vec<Id<Right>>),
    /// A right and how to use it.
    Right(Id<Right>),
    /// Measures that the same parties take.
    Measures(Vec<Id<Measure>>),
    /// Duties of the same parties.
    Duties(Vec<Id<Duty>>),
    /// A duty that needs more words.
    Duty(Id<Duty>),
    /// How changes are told.
    Changes,
    /// Ways to reach the controllers.
    Channels(Vec<Id<Channel>>),
    /// Own wording, by index into `Model::clauses`.
    Wording(usize),
    /// What is not named is not done.
    Closing,
}

/// Plans the notice of a model.
#[must_use]
pub fn plan(model: &Model, options: &Options) -> Plan {
    chapters::plan(model, options)
}

impl Chapter {
    /// Its numbered paragraphs.
    pub fn paragraphs(&self) -> impl Iterator<Item = &Numbered> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Heading(_) => None,
            Piece::Paragraph(paragraph) => Some(paragraph),
        })
    }
}

impl Plan {
    /// The names of `order` that no chapter has.
    #[must_use]
    pub fn unknown_names<'o>(&self, order: &'o [String]) -> Vec<&'o str> {
        let known = |name: &&String| !self.chapters.iter().any(|chapter| order::named(&chapter.anchor, name));
        order.iter().filter(known).map(String::as_str).collect()
    }

    /// The names of its chapters, as `order` takes them.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let anchors = self.chapters.iter().map(|chapter| chapter.anchor.as_str());
        anchors.map(|anchor| anchor.strip_prefix("section.").unwrap_or(anchor))
    }

    /// All numbered paragraphs.
    pub fn paragraphs(&self) -> impl Iterator<Item = &Numbered> {
        self.chapters.iter().flat_map(Chapter::paragraphs)
    }

    /// The purposes that statements name in full, so that a list of purposes need not repeat them.
    #[must_use]
    pub fn told_purposes(&self, model: &Model) -> BTreeSet<Id<Purpose>> {
        let flows = self.paragraphs().filter_map(|paragraph| match &paragraph.says {
            Says::Flows(flows) => Some(flows),
            _ => None,
        });
        told::told(model, flows)
    }

    /// The same for sources.
    #[must_use]
    pub fn told_sources(&self, model: &Model) -> BTreeSet<Id<Source>> {
        let flows = self.paragraphs().filter_map(|paragraph| match &paragraph.says {
            Says::Flows(flows) => Some(flows),
            _ => None,
        });
        told::told_sources(model, flows)
    }

    /// The numbers of the paragraphs that pass a test, for references to them.
    pub fn numbers(&self, test: impl Fn(&Says) -> bool) -> Vec<&str> {
        self.paragraphs()
            .filter(|paragraph| test(&paragraph.says))
            .map(|paragraph| paragraph.number.as_str())
            .collect()
    }
}

/// The id of a noun's unit: `data.identity.passport`. A noun without a name is counted: `duty.3`.
#[must_use]
pub fn noun_id(model: &Model, noun: AnyNoun) -> String {
    let path = model
        .noun(noun)
        .map(|common| common.path)
        .filter(|path| !path.is_empty());
    let path = path.map_or_else(|| (noun.index + 1).to_string(), str::to_owned);
    format!("{}.{path}", kind(noun.kind).word)
}
