//! Names that are no noun's: blocks of statements, packs behind `law:`, ids of sentences.

use kupuya::graph;
use kupuya::meaning::SentenceRef;
use kupuya::model::Model;
use kupuya::source::{SourceId, Span, Spanned};
use kupuya::syntax::ast::{Item, Node, Other};
use kupuya::syntax::vocabulary::Kind;

use crate::view::View;

/// Such a name where it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Landmark {
    /// Where.
    pub span: Span,
    /// What it names.
    pub of: Of,
}

/// What such a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A block of statements, by index, with the place of its name.
    Block(usize, Span),
    /// A pack in force, by index.
    Pack(usize),
    /// A sentence with an id.
    Sentence(SentenceRef),
}

/// The name at a byte of the view's document.
#[must_use]
pub fn at(view: &View, byte: u32) -> Option<Landmark> {
    let model = &view.snapshot.analysis.model;
    let here = Here {
        source: view.source,
        byte,
    };
    pack(model, here).or_else(|| in_items(model, &view.tree()?.items, here))
}

/// Where what a name names is declared.
#[must_use]
pub fn declared(model: &Model, of: Of) -> Option<Span> {
    match of {
        Of::Block(_, name) => Some(name),
        Of::Pack(pack) => Some(model.packs.get(pack)?.header),
        Of::Sentence(sentence) => Some(id_of(model, sentence)?.span),
    }
}

/// The sentences of a block.
pub fn sentences(model: &Model, block: usize) -> impl Iterator<Item = SentenceRef> + '_ {
    let block = model.blocks.get(block);
    let permissions = block.into_iter().flat_map(|block| &block.permissions);
    let keeps = block.into_iter().flat_map(|block| &block.keeps);
    let permissions = permissions.map(|at| SentenceRef::Permission(*at));
    permissions.chain(keeps.map(|at| SentenceRef::Keep(*at)))
}

/// The id of a sentence.
#[must_use]
pub fn id_of(model: &Model, sentence: SentenceRef) -> Option<&Spanned<String>> {
    match sentence {
        SentenceRef::Permission(at) => model.permissions.get(at)?.stated.id.as_ref(),
        SentenceRef::Keep(at) => model.keeps.get(at)?.stated.id.as_ref(),
        SentenceRef::Ban(at) => model.bans.get(at)?.id.as_ref(),
    }
}

#[derive(Clone, Copy)]
struct Here {
    source: SourceId,
    byte: u32,
}

impl Here {
    fn in_span(self, span: Span) -> bool {
        span.source == self.source && span.start <= self.byte && self.byte <= span.end
    }
}

fn pack(model: &Model, here: Here) -> Option<Landmark> {
    let law = model.policy.as_ref()?.laws.iter().find(|law| here.in_span(law.span))?;
    let chosen = |pack: &kupuya::model::Pack| {
        let family = pack.family.as_deref() == Some(law.value.as_str());
        pack.name == law.value || pack.chosen_by.as_ref().is_some_and(|by| by.value == law.value) || family
    };
    Some(Landmark {
        span: law.span,
        of: Of::Pack(model.packs.iter().position(chosen)?),
    })
}

fn in_items(model: &Model, items: &[Item], here: Here) -> Option<Landmark> {
    let item = items.iter().find(|item| here.in_span(item.span))?;
    if let Some(id) = item.id.as_ref().filter(|id| here.in_span(id.span)) {
        return of_id(model, id);
    }
    let waived = item.waivers.iter().filter_map(|waiver| match &waiver.with {
        Some(Other::Id(id)) => Some(id),
        Some(Other::Name(_)) | None => None,
    });
    if let Some(id) = waived.into_iter().find(|id| here.in_span(id.span)) {
        return of_id(model, id);
    }
    let Node::Declaration(declaration) = &item.node else {
        return None;
    };
    match &declaration.name {
        Some(name) if declaration.kind == Kind::Processing && here.in_span(name.span) => {
            let around = |span: Span| span.source == here.source && span.start <= name.span.start;
            let inside = |block: &kupuya::model::sentence::Block| around(block.span) && name.span.end <= block.span.end;
            Some(Landmark {
                span: name.span,
                of: Of::Block(model.blocks.iter().position(inside)?, name.span),
            })
        }
        _ => in_items(model, &declaration.items, here),
    }
}

/// Of several sentences with an id, which is an error, the first is meant.
fn of_id(model: &Model, id: &Spanned<String>) -> Option<Landmark> {
    let permissions = (0..model.permissions.len()).map(SentenceRef::Permission);
    let keeps = (0..model.keeps.len()).map(SentenceRef::Keep);
    let bans = (0..model.bans.len()).map(SentenceRef::Ban);
    let mut all = permissions.chain(keeps).chain(bans).filter(|sentence| {
        let own = id_of(model, *sentence);
        own.is_some_and(|own| own.value == id.value)
    });
    let here = all
        .clone()
        .find(|sentence| graph::span_of(model, *sentence).source == id.span.source);
    Some(Landmark {
        span: id.span,
        of: Of::Sentence(here.or_else(|| all.next())?),
    })
}
