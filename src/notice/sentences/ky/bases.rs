//! Legal bases as adverbials: «макулдугу менен», «келишимди аткаруу үчүн», «мыйзамдардын талаптарына ылайык».

use kyrgyz::Case;

use super::{Writer, words};
use crate::model::noun::{Basis, Id, Subject};
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
            return match noun == Some(basis) {
                true if self.polite() => "Сиздин макулдугуңуз менен".to_owned(),
                true => format!("{} макулдугу менен", self.person_in(Case::Genitive)),
                // «Сунуштарды алууга макулдук»: whose it is, is not said.
                false if label.ends_with("макулдук") => format!("{} негизинде", words::genitive(&label)),
                false => format!("{label} менен"),
            };
        }
        let duty = label
            .split_whitespace()
            .last()
            .is_some_and(|word| word.starts_with("милдет"));
        match (class, words::is_action(&label)) {
            (Class::Contract, true) => format!("{label} келишиминин негизинде"),
            (Class::LegalDuty | Class::PublicTask, true) => format!("{label} милдетине ылайык"),
            (Class::LegalDuty, false) if !duty => format!("{} талаптарына ылайык", words::genitive(&label)),
            (Class::Interest, true) => format!("{label} боюнча мыйзамдуу кызыкчылыктын негизинде"),
            (_, true) => format!("{label} үчүн"),
            (Class::Vital, false) => format!("{} коргоо зарыл болгондуктан", words::accusative(&label)),
            (_, false) => format!("{} негизинде", words::genitive(&label)),
        }
    }

    /// The alternatives of `under`; `None` if no basis is named. A consent of the only person whose data were just named is
    /// «анын макулдугу».
    pub(super) fn bases(&self, ways: &[Vec<Id<Basis>>], about: &[Id<Subject>]) -> Option<String> {
        let owner = match about {
            [one] => Some(words::genitive(&self.subject(*one))),
            _ => None,
        };
        let one = |basis: Id<Basis>| {
            let said = self.basis(basis);
            let his = owner.as_ref().and_then(|owner| said.strip_prefix(owner.as_str()));
            match his.filter(|_| self.basis_class(basis).0 == Class::Consent) {
                // «Сиздин маалыматтарыңызды макулдугуңуз менен»: whose it is, its ending says.
                Some(rest) if self.polite() => rest.trim_start().to_owned(),
                Some(rest) => format!("анын{rest}"),
                None => said,
            }
        };
        let way = |way: &Vec<Id<Basis>>| words::and(&way.iter().map(|basis| one(*basis)).collect::<Vec<_>>());
        let ways: Vec<String> = ways.iter().filter(|way| !way.is_empty()).map(way).collect();
        (!ways.is_empty()).then(|| {
            let said = words::either(&words::gathered(&ways));
            // A reason with a verb of its own.
            let end = if said.ends_with("болгондуктан") {
                ","
            } else {
                ""
            };
            said + end
        })
    }

    /// One basis as a name, for a table: an interest is called one.
    pub(super) fn basis_named(&self, basis: Id<Basis>) -> String {
        let label = self.name(basis);
        match self.basis_class(basis) {
            (Class::Interest, Some(class)) if words::is_action(&label) => format!("{}: {label}", self.name(class)),
            _ => label,
        }
    }

    /// The same as names, for a table.
    pub(super) fn bases_named(&self, ways: &[Vec<Spanned<Id<Basis>>>]) -> String {
        let way = |way: &Vec<Spanned<Id<Basis>>>| {
            words::and(
                &way.iter()
                    .map(|basis| self.basis_named(basis.value))
                    .collect::<Vec<_>>(),
            )
        };
        words::or(&ways.iter().map(way).collect::<Vec<_>>())
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
            BasisFormula::Or(all) => words::or(&words::gathered(&each(all))),
        }
    }
}
