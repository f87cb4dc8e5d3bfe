//! Legal bases as adverbials: «макулдугу менен», «келишимди аткаруу үчүн», «мыйзамдардын талаптарына ылайык».

use super::{Writer, words};
use crate::model::noun::{Basis, Id};
use crate::model::sentence::BasisFormula;
use crate::source::Spanned;

/// The classes of the taxonomy, each with its own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Consent,
    Contract,
    LegalDuty,
    Vital,
    PublicTask,
    Interest,
    Other,
}

const CLASSES: &[(&str, Class)] = &[
    ("consent", Class::Consent),
    ("contract", Class::Contract),
    ("legal_duty", Class::LegalDuty),
    ("vital", Class::Vital),
    ("public_task", Class::PublicTask),
    ("legitimate_interest", Class::Interest),
];

impl Writer<'_> {
    /// The class that a basis belongs to, with its noun.
    pub(super) fn basis_class(&self, basis: Id<Basis>) -> (Class, Option<Id<Basis>>) {
        let table = &self.model.bases;
        let found = CLASSES.iter().find_map(|(path, class)| {
            let (id, _) = table.iter().find(|(_, noun)| noun.path == *path)?;
            table.below(basis, id).then_some((*class, Some(id)))
        });
        found.unwrap_or((Class::Other, None))
    }

    /// One basis.
    pub(super) fn basis(&self, basis: Id<Basis>) -> String {
        let (class, noun) = self.basis_class(basis);
        let label = self.name(basis);
        if class == Class::Consent {
            // The bare class: whose consent it is goes without a declaration.
            return if noun == Some(basis) {
                format!("{} макулдугу менен", self.person_in(kyrgyz::Case::Genitive))
            } else {
                format!("{label} менен")
            };
        }
        if words::is_action(&label) {
            return format!("{label} үчүн");
        }
        let duty = label
            .split_whitespace()
            .last()
            .is_some_and(|word| word.starts_with("милдет"));
        match class {
            Class::Contract => format!("{} аткаруу үчүн", words::accusative(&label)),
            Class::LegalDuty | Class::PublicTask if duty => format!("{} аткаруу үчүн", words::accusative(&label)),
            Class::LegalDuty => format!("{} талаптарына ылайык", words::genitive(&label)),
            Class::Vital => format!("{} коргоо үчүн", words::accusative(&label)),
            _ => format!("{} негизинде", words::genitive(&label)),
        }
    }

    /// The alternatives of `under`; `None` if no basis is named.
    pub(super) fn bases(&self, ways: &[Vec<Spanned<Id<Basis>>>]) -> Option<String> {
        let way = |way: &Vec<Spanned<Id<Basis>>>| {
            words::and(&way.iter().map(|basis| self.basis(basis.value)).collect::<Vec<_>>())
        };
        let ways: Vec<String> = ways.iter().filter(|way| !way.is_empty()).map(way).collect();
        (!ways.is_empty()).then(|| words::or(&ways))
    }

    /// The same as names, for a table.
    pub(super) fn bases_named(&self, ways: &[Vec<Spanned<Id<Basis>>>]) -> String {
        let way = |way: &Vec<Spanned<Id<Basis>>>| {
            words::and(&way.iter().map(|basis| self.name(basis.value)).collect::<Vec<_>>())
        };
        words::or(&ways.iter().map(way).collect::<Vec<_>>())
    }

    /// Whether all that is named is consent: such words stand next to the verb.
    pub(super) fn only_consent(&self, ways: &[Vec<Spanned<Id<Basis>>>]) -> bool {
        let mut named = ways.iter().flatten();
        named.all(|basis| self.basis_class(basis.value).0 == Class::Consent)
    }

    /// The formula after `under` in a ban.
    pub(super) fn basis_formula(&self, formula: &BasisFormula) -> String {
        let each = |all: &[BasisFormula]| all.iter().map(|one| self.basis_formula(one)).collect::<Vec<_>>();
        match formula {
            BasisFormula::Basis(basis) => self.basis(*basis),
            BasisFormula::Not(inner) => match inner.as_ref() {
                BasisFormula::Basis(basis) => format!("{} болбосо", self.name(*basis)),
                inner => format!("{} болбогон учурда", self.basis_formula(inner)),
            },
            BasisFormula::And(all) => words::and(&each(all)),
            BasisFormula::Or(all) => words::or(&each(all)),
        }
    }
}
