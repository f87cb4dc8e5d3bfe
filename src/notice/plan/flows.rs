//! Statements that share who, whose, on what basis and where are one paragraph; those that share data and condition are one row of it.

use super::pieces::grouped;
use crate::model::Model;
use crate::model::noun::{AnyNoun, Basis, Controller, Data, Id, Location, Subject};
use crate::model::sentence::{Guard, ObligationKind, Permission};
use crate::syntax::ast::Period;
use crate::syntax::vocabulary::Verb;

/// Statements of one block, said in one paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flows {
    /// The block, as an index into `Model::blocks`.
    pub block: usize,
    /// The block's own sentence goes before it.
    pub with_text: bool,
    /// What the chapter has said already, once for all its statements.
    pub lead: Option<Shared>,
    /// The rows, at least one.
    pub rows: Vec<Row>,
}

/// Statements about the same data under the same condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Indices into `Model::permissions`, at least one.
    pub permissions: Vec<usize>,
}

impl Flows {
    /// What its statements share.
    pub(super) fn shared(&self, model: &Model) -> Shared {
        self.permissions()
            .next()
            .map_or_else(Shared::default, |first| Shared::of(&model.permissions[first]))
    }

    /// All statements of the paragraph.
    pub fn permissions(&self) -> impl Iterator<Item = usize> + '_ {
        self.rows.iter().flat_map(|row| row.permissions.iter().copied())
    }
}

/// The statements of a block that pass a test, as paragraphs.
///
/// The block's own sentence goes before the first, if it is the one that its first statement stands in.
pub(super) fn flows(model: &Model, block: usize, test: impl Fn(Verb) -> bool) -> Vec<Flows> {
    let first = model.blocks[block].permissions.first();
    let with_text = first.is_some_and(|first| test(model.permissions[*first].verb.value));
    let said = model.blocks[block].permissions.iter().copied();
    let said: Vec<usize> = said.filter(|at| test(model.permissions[*at].verb.value)).collect();
    let rows = |group: Vec<usize>| {
        let rows = grouped(&group, |at| Own::of(&model.permissions[at])).into_iter();
        rows.map(|permissions| Row { permissions }).collect()
    };
    grouped(&said, |at| Shared::of(&model.permissions[at]))
        .into_iter()
        .enumerate()
        .map(|(at, group)| Flows {
            block,
            with_text: at == 0 && with_text,
            lead: None,
            rows: rows(group),
        })
        .collect()
}

/// Who processes whose data, on what basis and where: what statements of one paragraph, or of one chapter, have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// Who processes.
    pub by: Vec<Id<Controller>>,
    /// Whose data; empty if that is not said.
    pub about: Vec<Id<Subject>>,
    /// The alternatives of `under`; empty if no basis is named.
    pub bases: Vec<Vec<Id<Basis>>>,
    /// Where.
    pub place: Vec<Location>,
}

impl Shared {
    /// What a statement shares with others.
    #[must_use]
    pub fn of(permission: &Permission) -> Shared {
        let bases = permission.bases.iter();
        Shared {
            by: permission.by.atoms.clone(),
            about: permission.about.iter().map(|subject| subject.value).collect(),
            bases: bases.map(|way| way.iter().map(|basis| basis.value).collect()).collect(),
            place: permission.place.clone(),
        }
    }
}

/// What one row says once.
#[derive(PartialEq, Eq)]
struct Own {
    data: (bool, Vec<Id<Data>>, Vec<Id<Data>>),
    when: Guard,
    then: Vec<(ObligationKind, Vec<AnyNoun>, Option<Period>)>,
}

impl Own {
    fn of(permission: &Permission) -> Own {
        let data = &permission.data;
        let then = permission.then.iter();
        Own {
            data: (
                data.any,
                data.names.iter().map(|name| name.value).collect(),
                data.except.iter().map(|name| name.value).collect(),
            ),
            when: permission.when.clone(),
            then: then.map(|duty| (duty.what, duty.to.clone(), duty.within)).collect(),
        }
    }
}
