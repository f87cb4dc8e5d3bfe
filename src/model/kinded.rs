//! The tables by kind: lets one piece of code treat nouns of all kinds alike.

use super::Model;
use super::noun::{
    AnyNoun, Basis, Channel, Controller, Country, Data, Duty, Fact, Ground, Id, Label, Measure, Noun, Purpose,
    Recipient, Right, Source, Subject, Table, Term,
};
use crate::diagnostic::Text;
use crate::source::{Origin, Span};
use crate::syntax::vocabulary::Kind;

/// What nouns of one kind declare, with the way to their table.
pub trait Kinded: Sized + Clone + Default {
    /// The kind.
    const KIND: Kind;
    /// Its table.
    fn table(model: &Model) -> &Table<Self>;
    /// Its table, for change.
    fn table_mut(model: &mut Model) -> &mut Table<Self>;
}

macro_rules! kinds {
    ($($kind:ident $table:ident;)*) => {
        $(impl Kinded for $kind {
            const KIND: Kind = Kind::$kind;
            fn table(model: &Model) -> &Table<$kind> {
                &model.$table
            }
            fn table_mut(model: &mut Model) -> &mut Table<$kind> {
                &mut model.$table
            }
        })*

        /// The kinds that declare nouns, each with a table of its own.
        pub const NOUN_KINDS: &[Kind] = &[$(Kind::$kind),*];

        impl Model {
            /// What every noun has, whatever its kind. `None` if there is no such noun.
            #[must_use]
            pub fn noun(&self, any: AnyNoun) -> Option<Common<'_>> {
                match any.kind {
                    $(Kind::$kind => self.$table.get(Id::new(any.index)).map(Common::of),)*
                    _ => None,
                }
            }

            /// What every noun has, for change, while the model is built.
            pub(crate) fn noun_mut(&mut self, any: AnyNoun) -> Option<CommonMut<'_>> {
                match any.kind {
                    $(Kind::$kind => self.$table.get_mut(Id::new(any.index)).map(CommonMut::of),)*
                    _ => None,
                }
            }

            /// Adds that a noun `is` another of its kind.
            pub(crate) fn add_is(&mut self, low: AnyNoun, high: u32) {
                match low.kind {
                    $(Kind::$kind => {
                        if let Some(noun) = self.$table.get_mut(Id::new(low.index)) {
                            noun.is.push(Id::new(high));
                        }
                    })*
                    _ => {}
                }
            }

            /// Takes away that a noun `is` another of its kind.
            pub(crate) fn cut_is(&mut self, low: AnyNoun, high: u32) {
                match low.kind {
                    $(Kind::$kind => {
                        if let Some(noun) = self.$table.get_mut(Id::new(low.index)) {
                            noun.is.retain(|id| id.index != high);
                        }
                    })*
                    _ => {}
                }
            }

            /// Takes away all that nouns of a kind `are`.
            pub(crate) fn cut_all(&mut self, kind: Kind) {
                match kind {
                    $(Kind::$kind => {
                        for id in self.$table.ids() {
                            if let Some(noun) = self.$table.get_mut(id) {
                                noun.is.clear();
                            }
                        }
                    })*
                    _ => {}
                }
            }

            /// Parents of all nouns of a kind, and what they `is`, by index.
            pub(crate) fn edges(&self, kind: Kind) -> Vec<Edges> {
                match kind {
                    $(Kind::$kind => self.$table.iter().map(|(_, noun)| Edges::of(noun)).collect(),)*
                    _ => Vec::new(),
                }
            }

            /// The parent of a noun, and what it `is`.
            pub(crate) fn edges_of(&self, any: AnyNoun) -> Option<Edges> {
                match any.kind {
                    $(Kind::$kind => self.$table.get(Id::new(any.index)).map(Edges::of),)*
                    _ => None,
                }
            }

            /// Every noun at or above this one, by parents and by what they `is`, itself first (M1).
            #[must_use]
            pub fn at_or_above(&self, low: AnyNoun) -> Vec<AnyNoun> {
                match low.kind {
                    $(Kind::$kind => self.$table.up(Id::new(low.index)).into_iter().map(Id::any).collect(),)*
                    _ => vec![low],
                }
            }

            /// Every noun at or below this one (M1), in the order of its table.
            #[must_use]
            pub fn at_or_below(&self, high: AnyNoun) -> Vec<AnyNoun> {
                match high.kind {
                    $(Kind::$kind => self.$table.denotation(Id::new(high.index)).into_iter().map(Id::any).collect(),)*
                    _ => vec![high],
                }
            }

            /// Whether a noun is another of its kind, lies below it, or `is` it, transitively (M1).
            #[must_use]
            pub fn below(&self, low: AnyNoun, high: AnyNoun) -> bool {
                low.kind == high.kind
                    && match low.kind {
                        $(Kind::$kind => self.$table.below(Id::new(low.index), Id::new(high.index)),)*
                        _ => low == high,
                    }
            }

            /// The project's nouns of a kind without children of their own.
            #[must_use]
            pub fn leaves(&self, kind: Kind) -> Vec<AnyNoun> {
                match kind {
                    $(Kind::$kind => self.$table.leaves().into_iter().map(Id::any).collect(),)*
                    _ => Vec::new(),
                }
            }

            /// Every noun of every kind, mirrors among the sources included.
            pub fn nouns(&self) -> impl Iterator<Item = (AnyNoun, Common<'_>)> {
                NOUN_KINDS.iter().flat_map(move |kind| {
                    let count = match kind {
                        $(Kind::$kind => self.$table.len(),)*
                        _ => 0,
                    };
                    (0..u32::try_from(count).unwrap_or(u32::MAX)).filter_map(move |index| {
                        let any = AnyNoun { kind: *kind, index };
                        self.noun(any).map(|common| (any, common))
                    })
                })
            }
        }
    };
}

kinds! {
    Controller controllers;
    Subject subjects;
    Data data;
    Source sources;
    Purpose purposes;
    Basis bases;
    Recipient recipients;
    Channel channels;
    Fact facts;
    Right rights;
    Measure measures;
    Duty duties;
    Term terms;
    Country countries;
    Ground grounds;
}

/// What every noun has, without what its kind adds.
#[derive(Clone, Copy, Debug)]
pub struct Common<'m> {
    /// The bare name.
    pub name: &'m str,
    /// The qualified name.
    pub path: &'m str,
    /// The Kyrgyz label.
    pub label: Option<&'m Label>,
    /// Its term in the W3C Data Privacy Vocabulary.
    pub dpv: Option<&'m Label>,
    /// Its key in the taxonomy of fideslang.
    pub fides: Option<&'m Label>,
    /// The name it had in the version before.
    pub was: Option<&'m Label>,
    /// The noun that has taken its place.
    pub replaced_by: Option<&'m Label>,
    /// Where it comes from.
    pub origin: Origin,
    /// The header of its declaration.
    pub header: Span,
    /// Its name.
    pub name_span: Span,
    /// The whole declaration.
    pub span: Span,
}

impl<'m> Common<'m> {
    fn of<D>(noun: &'m Noun<D>) -> Common<'m> {
        Common {
            name: &noun.name,
            path: &noun.path,
            label: noun.label.as_ref(),
            dpv: noun.dpv.as_ref(),
            fides: noun.fides.as_ref(),
            was: noun.was.as_ref(),
            replaced_by: noun.replaced_by.as_ref(),
            origin: noun.origin,
            header: noun.header,
            name_span: noun.name_span,
            span: noun.span,
        }
    }
}

/// What every noun has, for change.
pub(crate) struct CommonMut<'m> {
    pub(crate) open: &'m mut bool,
    pub(crate) optional: &'m mut bool,
    pub(crate) russian: &'m mut Option<Label>,
    pub(crate) english: &'m mut Option<Label>,
    pub(crate) older_number: &'m mut Option<Label>,
    pub(crate) was: &'m mut Option<Label>,
    pub(crate) dpv: &'m mut Option<Label>,
    pub(crate) fides: &'m mut Option<Label>,
    pub(crate) since: &'m mut Option<Label>,
    pub(crate) replaced_by: &'m mut Option<Label>,
}

impl<'m> CommonMut<'m> {
    fn of<D>(noun: &'m mut Noun<D>) -> CommonMut<'m> {
        CommonMut {
            open: &mut noun.open,
            optional: &mut noun.optional,
            russian: &mut noun.russian,
            english: &mut noun.english,
            older_number: &mut noun.older_number,
            was: &mut noun.was,
            dpv: &mut noun.dpv,
            fides: &mut noun.fides,
            since: &mut noun.since,
            replaced_by: &mut noun.replaced_by,
        }
    }
}

/// What lies directly above a noun, as indices.
#[derive(Clone, Debug)]
pub(crate) struct Edges {
    pub(crate) parent: Option<u32>,
    pub(crate) is: Vec<u32>,
}

impl Edges {
    fn of<D>(noun: &Noun<D>) -> Edges {
        Edges {
            parent: noun.parent.map(|id| id.index),
            is: noun.is.iter().map(|id| id.index).collect(),
        }
    }

    /// All of it, the parent first.
    pub(crate) fn above(&self) -> impl Iterator<Item = u32> + '_ {
        self.parent.into_iter().chain(self.is.iter().copied())
    }
}

impl Model {
    /// What lies directly above a noun: its parent, and what it `is`.
    pub fn directly_above(&self, noun: AnyNoun) -> impl Iterator<Item = AnyNoun> + '_ {
        let AnyNoun { kind, index } = noun;
        self.edges_of(noun)
            .into_iter()
            .flat_map(|edges| edges.above().collect::<Vec<_>>())
            .filter(move |above| *above != index)
            .map(move |index| AnyNoun { kind, index })
    }

    /// The nouns in whose blocks a noun stands, innermost first.
    pub fn ancestors(&self, noun: AnyNoun) -> impl Iterator<Item = AnyNoun> + '_ {
        let parent = move |of: &AnyNoun| {
            let index = self.edges_of(*of)?.parent?;
            Some(AnyNoun { kind: of.kind, index })
        };
        std::iter::successors(parent(&noun), parent)
    }
}

impl<D: Kinded> Id<D> {
    /// The same noun without its type.
    #[must_use]
    pub fn any(self) -> AnyNoun {
        AnyNoun {
            kind: D::KIND,
            index: self.index,
        }
    }
}

impl AnyNoun {
    /// The same noun with its type, if it is of that kind.
    #[must_use]
    pub fn id<D: Kinded>(self) -> Option<Id<D>> {
        (self.kind == D::KIND).then(|| Id::new(self.index))
    }
}

/// A kind with its article, for messages.
#[must_use]
pub fn with_article(kind: Kind) -> Text {
    Text::new(words(kind).0)
}

/// A kind without an article, for messages.
#[must_use]
pub fn bare(kind: Kind) -> Text {
    Text::new(words(kind).1)
}

const fn words(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Policy => ("a policy", "policy"),
        Kind::Controller => ("a controller", "controller"),
        Kind::Subject => ("a class of people", "class of people"),
        Kind::Data => ("a data category", "data category"),
        Kind::Source => ("a source", "source"),
        Kind::Purpose => ("a purpose", "purpose"),
        Kind::Basis => ("a legal basis", "legal basis"),
        Kind::Recipient => ("a recipient", "recipient"),
        Kind::Channel => ("a channel", "channel"),
        Kind::Fact => ("a fact", "fact"),
        Kind::Right => ("a right", "right"),
        Kind::Measure => ("a measure", "measure"),
        Kind::Duty => ("a duty", "duty"),
        Kind::Term => ("a term", "term"),
        Kind::Country => ("a country", "country"),
        Kind::Ground => ("a ground", "ground"),
        Kind::Section => ("a section", "section"),
        Kind::Clause => ("a clause", "clause"),
        Kind::Processing => ("a block of statements", "block of statements"),
        Kind::Law => ("a law pack", "law pack"),
        Kind::Rule => ("a rule", "rule"),
        Kind::Scenario => ("a scenario", "scenario"),
    }
}
