//! One namespace: names declared twice, and names that hide those of a law or the taxonomy.

use std::collections::HashMap;
use std::sync::Arc;

use super::Lower;
use crate::diagnostic::{Diagnostic, Severity, Text};
use crate::model::codes;
use crate::model::kinded::{Common, with_article};
use crate::model::noun::AnyNoun;
use crate::source::{Origin, Span, Spanned};
use crate::syntax::ast::{File, Item, Node};
use crate::syntax::vocabulary::Kind;

impl Lower<'_> {
    /// Reports names declared twice. Blocks, sections and clauses have names of their own, apart from the nouns.
    pub(super) fn find_twice(&mut self, files: &[(Arc<File>, Origin)]) {
        let mut found = Vec::new();
        let mut known: HashMap<(Origin, &str), (AnyNoun, Common<'_>)> = HashMap::new();
        for (noun, common) in self.own_nouns() {
            let first = *known.entry((common.origin, common.path)).or_insert((noun, common));
            if first.0 != noun {
                let again = (noun.kind, common.name_span);
                found.push(twice(common.path, again, (first.0.kind, first.1.name_span)));
            }
        }
        let mut blocks = HashMap::new();
        for (file, _) in files.iter().filter(|(_, origin)| *origin == Origin::Project) {
            blocks_twice(&file.items, &mut blocks, &mut found);
        }
        self.diagnostics.extend(found);
    }

    /// Reports sentences with one id: units of the notice, answers and waivers cite them by it.
    pub(super) fn find_ids_twice(&mut self) {
        let mut ids: Vec<&Spanned<String>> = self.named_sentences().map(|(id, _)| id).collect();
        ids.sort_by_key(|id| (id.span.source, id.span.start));
        let mut known: HashMap<&str, Span> = HashMap::new();
        let mut found = Vec::new();
        for id in ids {
            let first = *known.entry(&id.value).or_insert(id.span);
            if first != id.span {
                let message = Text::new("two sentences are called `@{name}`").with("name", &id.value);
                found.push(
                    Diagnostic::new(codes::DECLARED_TWICE, Severity::Error, message, id.span, "this one")
                        .and(first, "and this one")
                        .because("the notice, answers and waivers cite a sentence by its id")
                        .help("give one of the two another id"),
                );
            }
        }
        self.diagnostics.extend(found);
    }

    /// Reports nouns of the project that hide one of the same kind and are not below it: `basis consent is consent`
    /// is a way to speak, `recipient processor` without `is processor` a trap.
    pub(super) fn find_shadows(&mut self) {
        let mut visible: HashMap<(Kind, &str), (AnyNoun, Common<'_>)> = HashMap::new();
        for (noun, common) in self.own_nouns() {
            let own = match common.origin {
                Origin::Project => continue,
                Origin::Pack => common.path.split_once('.').map_or(common.path, |(_, own)| own),
                Origin::Taxonomy => common.path,
            };
            visible.entry((noun.kind, own)).or_insert((noun, common));
        }
        let of_project = self.own_nouns().filter(|(_, common)| common.origin == Origin::Project);
        let found: Vec<Diagnostic> = of_project
            .filter_map(|(noun, common)| {
                let (hidden, other) = visible.get(&(noun.kind, common.name))?;
                let below = self.order.denotation_of(*hidden).contains(&noun.index);
                (!below).then(|| shadows(noun.kind, &common, other))
            })
            .collect();
        self.diagnostics.extend(found);
    }

    /// Every noun with a name, mirrors left out.
    fn own_nouns(&self) -> impl Iterator<Item = (AnyNoun, Common<'_>)> {
        self.model.nouns().filter(|(noun, common)| {
            let mirror = noun
                .id()
                .is_some_and(|id| self.model.sources[id].detail.stands_for.is_some());
            !mirror && !common.name.is_empty()
        })
    }
}

fn twice(name: &str, again: (Kind, Span), first: (Kind, Span)) -> Diagnostic {
    let label = |kind| Text::new("here it is {kind}").with("kind", with_article(kind));
    let message = Text::new("`{name}` is declared twice").with("name", name);
    Diagnostic::new(codes::DECLARED_TWICE, Severity::Error, message, again.1, label(again.0))
        .and(first.1, label(first.0))
        .help("a project has one set of names: give one of the two another name")
}

fn shadows(kind: Kind, own: &Common<'_>, other: &Common<'_>) -> Diagnostic {
    let message = Text::new("`{name}` hides {kind} of the same name")
        .with("name", own.name)
        .with("kind", with_article(kind));
    let help =
        Text::new("if it is one of those, say so: `is {path}`; if not, give it another name").with("path", other.path);
    Diagnostic::new(
        codes::SHADOWS_PACK,
        Severity::Warning,
        message,
        own.name_span,
        "from here on the name means this",
    )
    .and(other.header, "and not this")
    .help(help)
}

fn blocks_twice(items: &[Item], known: &mut HashMap<(Kind, String), Span>, found: &mut Vec<Diagnostic>) {
    for item in items {
        let Node::Declaration(declaration) = &item.node else {
            continue;
        };
        let kind = declaration.kind;
        if matches!(
            kind,
            Kind::Processing | Kind::Section | Kind::Clause | Kind::Law | Kind::Rule
        ) && let Some(name) = &declaration.name
        {
            let first = *known.entry((kind, name.text())).or_insert(name.span);
            if first != name.span {
                found.push(twice(&name.text(), (kind, name.span), (kind, first)));
            }
        }
        if matches!(kind, Kind::Section | Kind::Law) {
            blocks_twice(&declaration.items, known, found);
        }
    }
}
