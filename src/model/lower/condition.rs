//! Formulas after `when` and `under`: guards in normal form, alternatives of bases, the basis formula of a ban.

use super::part::Part;
use super::problem::At;
use super::slot::Places;
use super::{Lower, View};
use crate::diagnostic::{Argument, Severity, Text};
use crate::model::codes;
use crate::model::noun::{Basis, Id, Subject};
use crate::model::sentence::{BasisFormula, Guard, Literal};
use crate::source::{Origin, Span, Spanned};
use crate::syntax::ast::{Bound, Comparison, Formula, Path};
use crate::syntax::vocabulary::Kind;

/// More alternatives than this no reader follows, and normal form would grow without bound.
const ALTERNATIVES: usize = 256;

impl Lower<'_> {
    /// The guard after `when`, in normal form.
    pub(super) fn when(&mut self, formula: Part<&Formula>, view: &View) -> Part<Guard> {
        formula.then(|formula| {
            let span = formula_span(formula);
            let guard = self.guard(formula, true, view);
            if let Part::Is(guard) = &guard
                && guard.is_never()
            {
                let here = match formula {
                    Formula::And(_) | Formula::Or(_) | Formula::Not(_) => "its parts exclude each other",
                    _ => "nothing is so",
                };
                let diagnostic = self.error(codes::IMPOSSIBLE_CONDITION, "this condition can never hold", span, here);
                diagnostic.severity = Severity::Warning;
                diagnostic.help = Some("mend the condition, or delete what depends on it".into());
            }
            guard
        })
    }

    fn guard(&mut self, formula: &Formula, holds: bool, view: &View) -> Part<Guard> {
        match formula {
            Formula::Name(path) => {
                let noun = self.resolve(path, &[Kind::Fact, Kind::Subject], At::After("when"), view);
                let literal = noun.and_then(|noun| match noun.kind {
                    Kind::Fact => noun.id().map(Literal::Fact),
                    _ => noun.id().map(Literal::Class),
                });
                Part::of(literal.map(|literal| Guard::literal(literal, holds)))
            }
            Formula::Compare(path, sign, bound) => {
                let literal = self.comparison(path, *sign, bound);
                Part::of(literal.map(|literal| Guard::literal(literal, holds)))
            }
            Formula::Range(path, low, high) => {
                if path.text() != "age" {
                    self.no_comparison(path);
                    return Part::Broken;
                }
                let from = Guard::literal(Literal::Age(Comparison::AtLeast, low.value), true);
                let to = Guard::literal(Literal::Age(Comparison::AtMost, high.value), true);
                let range = from.and(&to);
                Part::Is(if holds { range } else { range.not() })
            }
            Formula::Not(inner) => self.guard(inner, !holds, view),
            Formula::And(all) => self.join(all, holds, holds, view),
            Formula::Or(all) => self.join(all, holds, !holds, view),
        }
    }

    /// Joins parts by `and` or `or`. All are read, so that every unknown name is found.
    fn join(&mut self, all: &[Formula], holds: bool, and: bool, view: &View) -> Part<Guard> {
        let parts: Vec<Part<Guard>> = all.iter().map(|part| self.guard(part, holds, view)).collect();
        let mut joined = Guard::constant(and);
        for part in parts {
            let Part::Is(part) = part else {
                return Part::Broken;
            };
            let size = match and {
                true => joined.any.len() * part.any.len(),
                false => joined.any.len() + part.any.len(),
            };
            if size > ALTERNATIVES {
                let span = all.first().map(formula_span);
                if let Some(span) = span {
                    self.too_long(span);
                }
                return Part::Broken;
            }
            joined = if and { joined.and(&part) } else { joined.or(&part) };
        }
        Part::Is(joined)
    }

    fn too_long(&mut self, span: Span) {
        self.error(
            codes::LONG_CONDITION,
            "this condition has too many alternatives",
            span,
            "written out, there are more than 256 of them",
        )
        .help = Some("write several sentences, or declare a `fact` for what is meant".into());
    }

    fn comparison(&mut self, path: &Path, sign: Comparison, bound: &Spanned<Bound>) -> Option<Literal> {
        match (path.text().as_str(), sign, &bound.value) {
            ("age" | "date", Comparison::In, _) => {}
            ("age", _, Bound::Number(years)) => return Some(Literal::Age(sign, *years)),
            ("date", _, Bound::Date(day)) => return Some(Literal::Date(sign, *day)),
            ("age", ..) => {
                self.error(
                    codes::BAD_CONDITION,
                    "an age is compared with a number of years",
                    bound.span,
                    "this is no plain number",
                )
                .help = Some("write it like `age < 18`".into());
                return None;
            }
            ("date", ..) => {
                self.error(
                    codes::BAD_CONDITION,
                    "a date is compared with a date",
                    bound.span,
                    "this is no date",
                )
                .help = Some("write it like `date >= 2026-01-01`".into());
                return None;
            }
            _ => {}
        }
        self.no_comparison(path);
        None
    }

    fn no_comparison(&mut self, path: &Path) {
        let message = Text::new("`{name}` cannot be compared").with("name", path.text());
        self.error(codes::BAD_CONDITION, message, path.span, "only `age` and `date` can")
            .help = Some("declare a `fact` for what is meant, and name it".into());
    }

    /// The whole guard of a sentence: about, place and when.
    pub(super) fn whole_guard(
        &mut self,
        about: &[Spanned<Id<Subject>>],
        place: &Places,
        when: &Guard,
        span: Span,
    ) -> Option<Guard> {
        let any = |literals: &mut dyn Iterator<Item = Literal>| {
            let mut guard = Guard::constant(false);
            let mut empty = true;
            for literal in literals {
                guard = guard.or(&Guard::literal(literal, true));
                empty = false;
            }
            if empty { Guard::constant(true) } else { guard }
        };
        let classes = any(&mut about.iter().map(|name| Literal::Class(name.value)));
        let mut places = any(&mut place.at.iter().map(|place| Literal::Place(*place)));
        for place in &place.except {
            places = places.and(&Guard::literal(Literal::Place(*place), false));
        }
        if classes.any.len() * places.any.len() * when.any.len() > ALTERNATIVES {
            self.too_long(span);
            return None;
        }
        Some(classes.and(&places).and(when))
    }

    /// The alternatives of a permission's `under`: declared bases, no classes (M7).
    pub(super) fn bases(&mut self, formula: &Formula, view: &View) -> Part<Vec<Vec<Spanned<Id<Basis>>>>> {
        let Some(mut ways) = self.ways(formula, view) else {
            return Part::Broken;
        };
        for way in &mut ways {
            way.sort_by_key(|basis| (basis.value, basis.span));
            way.dedup_by_key(|basis| basis.value);
        }
        ways.sort_by(|a, b| a.iter().map(|b| b.value).cmp(b.iter().map(|b| b.value)));
        ways.dedup_by(|a, b| a.iter().map(|b| b.value).eq(b.iter().map(|b| b.value)));
        if ways.is_empty() { Part::Broken } else { Part::Is(ways) }
    }

    /// `None` if the formula has been reported as a whole; alternatives with a name in trouble are left out.
    fn ways(&mut self, formula: &Formula, view: &View) -> Option<Vec<Vec<Spanned<Id<Basis>>>>> {
        match formula {
            Formula::Name(path) => {
                let basis = self.one::<Basis>(path, At::After("under"), view);
                let declared = basis.filter(|basis| self.is_declared(*basis));
                Some(declared.into_iter().map(|basis| vec![basis]).collect())
            }
            Formula::Or(all) => {
                let parts: Vec<_> = all.iter().map(|part| self.ways(part, view)).collect();
                let parts: Option<Vec<_>> = parts.into_iter().collect();
                Some(parts?.into_iter().flatten().collect())
            }
            Formula::And(all) => {
                let parts: Vec<_> = all.iter().map(|part| self.ways(part, view)).collect();
                let mut joined: Vec<Vec<Spanned<Id<Basis>>>> = vec![Vec::new()];
                for part in parts {
                    let part = part?;
                    if joined.len() * part.len() > ALTERNATIVES {
                        self.too_long(formula_span(formula));
                        return None;
                    }
                    joined = joined
                        .iter()
                        .flat_map(|way| part.iter().map(move |more| [way.as_slice(), more].concat()))
                        .collect();
                }
                Some(joined)
            }
            Formula::Not(_) | Formula::Compare(..) | Formula::Range(..) => {
                self.error(
                    codes::NOT_IN_BASIS,
                    "a statement says on what bases it relies, not on what it does not",
                    formula_span(formula),
                    "only names joined by `and` and `or` can stand here",
                )
                .help = Some("put a condition after `when`".into());
                None
            }
        }
    }

    /// Whether a basis is the project's own; a class is reported.
    fn is_declared(&mut self, basis: Spanned<Id<Basis>>) -> bool {
        let class = &self.model.bases[basis.value];
        if class.origin == Origin::Project {
            return true;
        }
        let members: Vec<(String, Span)> = self
            .order
            .denotation_of(crate::model::noun::AnyNoun {
                kind: Kind::Basis,
                index: basis.value.index,
            })
            .into_iter()
            .filter_map(|index| self.model.bases.get(Id::new(index)))
            .filter(|member| member.origin == Origin::Project)
            .map(|member| (format!("`{}`", member.path), member.header))
            .collect();
        let path = class.path.clone();
        let message = Text::new("`{name}` is a class of legal bases, not a basis of this policy").with("name", &path);
        let help = if members.is_empty() {
            Text::new("declare what the policy relies on, and name that: `basis … is {name}`").with("name", path)
        } else {
            let names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
            Text::new("name the basis itself: {names}").with("names", Argument::any_of(names))
        };
        let diagnostic = self.error(
            codes::CLASS_AS_BASIS,
            message,
            basis.span,
            "a declared basis is needed here",
        );
        diagnostic.help = Some(help);
        for (name, span) in members {
            let text = Text::new("{name} is one").with("name", name);
            diagnostic.labels.push(crate::diagnostic::Label { span, text });
        }
        false
    }

    /// The formula after `under` in a ban; classes are welcome.
    pub(super) fn basis_formula(&mut self, formula: &Formula, view: &View) -> Part<BasisFormula> {
        let many = |lower: &mut Self, all: &[Formula]| {
            let parts: Vec<_> = all.iter().map(|part| lower.basis_formula(part, view)).collect();
            parts.into_iter().map(Part::found).collect::<Option<Vec<_>>>()
        };
        match formula {
            Formula::Name(path) => {
                let basis = self.one::<Basis>(path, At::After("under"), view);
                Part::of(basis.map(|basis| BasisFormula::Basis(basis.value)))
            }
            Formula::Not(inner) => self
                .basis_formula(inner, view)
                .map(|inner| BasisFormula::Not(Box::new(inner))),
            Formula::And(all) => Part::of(many(self, all).map(BasisFormula::And)),
            Formula::Or(all) => Part::of(many(self, all).map(BasisFormula::Or)),
            Formula::Compare(..) | Formula::Range(..) => {
                self.error(
                    codes::NOT_IN_BASIS,
                    "after `under` come names of legal bases",
                    formula_span(formula),
                    "a comparison cannot stand here",
                )
                .help = Some("put a condition after `when`".into());
                Part::Broken
            }
        }
    }
}

/// Where a formula is written.
pub(super) fn formula_span(formula: &Formula) -> Span {
    match formula {
        Formula::Name(path) => path.span,
        Formula::Compare(path, _, bound) => path.span.to(bound.span),
        Formula::Range(path, _, high) => path.span.to(high.span),
        Formula::Not(inner) => formula_span(inner),
        Formula::And(all) | Formula::Or(all) => {
            let mut spans = all.iter().map(formula_span);
            let first = spans.next().unwrap_or(Span {
                source: crate::source::SourceId(0),
                start: 0,
                end: 0,
            });
            spans.fold(first, Span::to)
        }
    }
}
