//! Declare: every noun gets its id, before any name is resolved.

use std::sync::Arc;

use super::{Active, Declared, Lower};
use crate::model::kinded::Kinded;
use crate::model::names::Looker;
use crate::model::noun::{
    AnyNoun, Basis, Channel, Controller, Country, Data, Duty, Fact, Ground, Id, Measure, Noun, Purpose, Recipient,
    Right, Source, Subject, Term,
};
use crate::source::{Origin, Span};
use crate::syntax::ast::{Declaration, File, Item, Node};
use crate::syntax::vocabulary::{self, Kind};

/// Where a declaration stands.
#[derive(Clone, Debug)]
struct Stand<'l> {
    origin: Origin,
    looker: &'l Looker,
    /// What comes before its name in its path, with the dot.
    prefix: String,
    parent: Option<AnyNoun>,
}

impl<'a> Lower<'a> {
    /// Adds the nouns of the project, then of the packs in force, then of the taxonomy.
    pub(super) fn declare_all(&mut self, files: &'a [(Arc<File>, Origin)], packs: &[Active<'a>]) {
        let of = |origin: Origin| {
            files
                .iter()
                .filter(move |(_, own)| *own == origin)
                .map(|(file, _)| file)
        };
        let mut seen = self.party_counts();
        for file in of(Origin::Project) {
            self.declare_items(&file.items, &Stand::top(Origin::Project, &Looker::Project));
        }
        self.unnamed_controller(files);
        self.mirror_parties(&mut seen);
        for pack in packs {
            let stand = Stand {
                prefix: format!("{}.", pack.head.name),
                ..Stand::top(Origin::Pack, &pack.looker)
            };
            self.declare_items(&pack.head.declaration.items, &stand);
            for item in beside(files, pack) {
                self.declare_items(std::slice::from_ref(item), &stand);
            }
        }
        self.mirror_parties(&mut seen);
        for file in of(Origin::Taxonomy) {
            self.declare_items(&file.items, &Stand::top(Origin::Taxonomy, &Looker::Taxonomy));
        }
        self.mirror_parties(&mut seen);
    }

    fn declare_items(&mut self, items: &'a [Item], stand: &Stand<'_>) {
        for item in items {
            let Node::Declaration(declaration) = &item.node else {
                continue;
            };
            match declaration.kind {
                Kind::Section => self.declare_items(&declaration.items, stand),
                Kind::Law if stand.origin == Origin::Taxonomy => self.declare_items(&declaration.items, stand),
                // The syntax has reported declarations in a block; their names are known all the same.
                Kind::Processing => self.declare_items(&declaration.items, stand),
                Kind::Policy | Kind::Clause | Kind::Law | Kind::Rule | Kind::Scenario => {}
                _ => self.declare_noun(item, declaration, stand),
            }
        }
    }

    fn declare_noun(&mut self, item: &'a Item, declaration: &'a Declaration, stand: &Stand<'_>) {
        let noun = match declaration.kind {
            Kind::Controller => self.add::<Controller>(item, declaration, stand),
            Kind::Subject => self.add::<Subject>(item, declaration, stand),
            Kind::Data => self.add::<Data>(item, declaration, stand),
            Kind::Source => self.add::<Source>(item, declaration, stand),
            Kind::Purpose => self.add::<Purpose>(item, declaration, stand),
            Kind::Basis => self.add::<Basis>(item, declaration, stand),
            Kind::Recipient => self.add::<Recipient>(item, declaration, stand),
            Kind::Channel => self.add::<Channel>(item, declaration, stand),
            Kind::Fact => self.add::<Fact>(item, declaration, stand),
            Kind::Right => self.add::<Right>(item, declaration, stand),
            Kind::Measure => self.add::<Measure>(item, declaration, stand),
            Kind::Duty => self.add::<Duty>(item, declaration, stand),
            Kind::Term => self.add::<Term>(item, declaration, stand),
            Kind::Country => self.add::<Country>(item, declaration, stand),
            Kind::Ground => self.add::<Ground>(item, declaration, stand),
            _ => return,
        };
        self.declared.push(Declared {
            noun,
            declaration,
            looker: stand.looker.clone(),
        });
        let path = self
            .model
            .noun(noun)
            .map_or_else(String::new, |common| common.path.to_owned());
        let inside = Stand {
            prefix: format!("{path}."),
            parent: Some(noun),
            ..stand.clone()
        };
        self.declare_items(&declaration.items, &inside);
    }

    fn add<D: Kinded>(&mut self, item: &Item, declaration: &Declaration, stand: &Stand<'_>) -> AnyNoun {
        let name = declaration.name.as_ref().map_or_else(String::new, |name| name.text());
        if name.is_empty() && !matches!(D::KIND, Kind::Duty | Kind::Term) {
            self.nameless.push(D::KIND);
        }
        let path = match name.as_str() {
            // A hyphen cannot stand in a name, so nothing else is called so.
            "" => format!(
                "{}{}-{}",
                stand.prefix,
                vocabulary::kind(D::KIND).word,
                D::table(&self.model).len() + 1
            ),
            name => format!("{}{name}", stand.prefix),
        };
        let noun = Noun {
            path,
            label: declaration.label.clone(),
            russian: None,
            english: None,
            parent: stand.parent.and_then(AnyNoun::id),
            is: Vec::new(),
            open: false,
            optional: false,
            origin: stand.origin,
            header: header(declaration),
            name_span: declaration.name.as_ref().map_or(declaration.span, |name| name.span),
            span: declaration.span,
            older_number: None,
            was: None,
            dpv: None,
            fides: None,
            since: None,
            replaced_by: None,
            notes: item.notes.iter().map(|note| note.value.clone()).collect(),
            name,
            detail: D::default(),
        };
        D::table_mut(&mut self.model).add(noun).any()
    }

    /// M1: a policy without a `controller` has one without a name. `controller` is a word of the language, so that
    /// no noun can be called so; it is no noun of the project's own, so nothing prints it.
    fn unnamed_controller(&mut self, files: &[(Arc<File>, Origin)]) {
        if !self.model.controllers.is_empty() {
            return;
        }
        let Some(at) = self
            .model
            .policy
            .as_ref()
            .map(|policy| policy.header)
            .or_else(|| first_place(files))
        else {
            return;
        };
        self.model.controllers.add(Noun {
            name: String::new(),
            path: "controller".to_owned(),
            label: None,
            russian: None,
            english: None,
            parent: None,
            is: Vec::new(),
            open: false,
            optional: false,
            origin: Origin::Taxonomy,
            header: at,
            name_span: at,
            span: at,
            older_number: None,
            was: None,
            dpv: None,
            fides: None,
            since: None,
            replaced_by: None,
            notes: Vec::new(),
            detail: Controller::default(),
        });
        if self.model.policy.is_some() {
            self.error(
                crate::model::codes::MISSING_CONTROLLER,
                "the policy does not say who answers for the processing",
                at,
                "no `controller` is declared in this project",
            )
            .help = Some("declare it: `controller company \"…\"` with its address and how to reach it".into());
        }
    }

    fn party_counts(&self) -> [usize; 3] {
        [
            self.model.subjects.len(),
            self.model.recipients.len(),
            self.model.controllers.len(),
        ]
    }

    /// Gives each party declared since `seen` a source of the same name, so that it may stand after `from`.
    fn mirror_parties(&mut self, seen: &mut [usize; 3]) {
        self.mirror::<Subject>(seen[0]);
        self.mirror::<Recipient>(seen[1]);
        self.mirror::<Controller>(seen[2]);
        *seen = self.party_counts();
    }

    fn mirror<D: Kinded>(&mut self, from: usize) {
        let mirrors: Vec<(Id<D>, Noun<Source>)> = D::table(&self.model)
            .iter()
            .skip(from)
            .map(|(id, party)| {
                let noun = Noun {
                    name: party.name.clone(),
                    path: party.path.clone(),
                    label: party.label.clone(),
                    russian: None,
                    english: None,
                    parent: None,
                    is: Vec::new(),
                    open: false,
                    optional: false,
                    origin: party.origin,
                    header: party.header,
                    name_span: party.name_span,
                    span: party.span,
                    older_number: None,
                    was: None,
                    dpv: None,
                    fides: None,
                    since: None,
                    replaced_by: None,
                    notes: Vec::new(),
                    detail: Source {
                        stands_for: Some(id.any()),
                        ..Source::default()
                    },
                };
                (id, noun)
            })
            .collect();
        for (_, noun) in mirrors {
            self.model.sources.add(noun);
        }
    }
}

impl<'l> Stand<'l> {
    fn top(origin: Origin, looker: &'l Looker) -> Stand<'l> {
        Stand {
            origin,
            looker,
            prefix: String::new(),
            parent: None,
        }
    }
}

/// What stands in the file of a law pack outside its `law`: it belongs to the pack all the same.
pub(super) fn beside<'a>(
    files: &'a [(Arc<File>, Origin)],
    pack: &Active<'a>,
) -> impl Iterator<Item = &'a Item> + use<'a> {
    let law = pack.head.item.span.source;
    let own = pack.head.origin == Origin::Pack;
    files
        .iter()
        .filter(move |(file, _)| own && file.source == law)
        .flat_map(|(file, _)| &file.items)
        .filter(|item| !matches!(&item.node, Node::Declaration(d) if d.kind == Kind::Law))
}

/// The header of a declaration: from the kind or name to before the block.
#[must_use]
pub fn header(declaration: &Declaration) -> Span {
    let mut end = declaration.kind_span.map_or(declaration.span.start, |kind| kind.end);
    let parts = declaration
        .name
        .iter()
        .map(|name| name.span)
        .chain(declaration.label.iter().map(|label| label.span))
        .chain(declaration.second.iter().map(|second| second.span))
        .chain(declaration.is.iter().map(|path| path.span))
        .chain(declaration.header.iter().map(|part| part.span));
    for part in parts {
        end = end.max(part.end);
    }
    Span {
        end,
        ..declaration.span
    }
}

fn first_place(files: &[(Arc<File>, Origin)]) -> Option<Span> {
    let file = files.iter().find(|(_, origin)| *origin == Origin::Project)?;
    Some(Span {
        source: file.0.source,
        start: 0,
        end: 0,
    })
}
