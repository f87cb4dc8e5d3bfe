//! Conditions: a guard as a clause before the sentence, an event as the end of a term.

use kyrgyz::Case;

use super::{Writer, words};
use crate::model::noun::{Fact, Id, Location};
use crate::model::sentence::{End, Guard, Literal};
use crate::syntax::ast::Comparison;

/// A clause and the word that makes it a condition.
struct Clause {
    core: String,
    tail: &'static str,
}

impl Clause {
    /// What stands before «учурда», if the clause can be said so.
    fn in_case(&self) -> Option<String> {
        match self.tail {
            "учурда" => Some(self.core.clone()),
            "болсо" => Some(format!("{} болгон", self.core)),
            "болбосо" => Some(format!("{} болбогон", self.core)),
            _ => None,
        }
    }

    fn text(&self) -> String {
        if self.tail.is_empty() {
            self.core.clone()
        } else {
            format!("{} {}", self.core, self.tail)
        }
    }
}

impl Writer<'_> {
    /// «Колдонуучу уруксат берген учурда»; `None` for a guard that always holds.
    pub(super) fn condition(&self, guard: &Guard) -> Option<String> {
        if guard.any.is_empty() || guard.any.iter().any(Vec::is_empty) {
            return None;
        }
        let together = |clauses: &[Clause], join: fn(&[String]) -> String| match clauses {
            // «A бар болгон жана B өткөн учурда»: one tail for all.
            [first, second, ..] if clauses.iter().all(|one| one.in_case().is_some()) && first.tail != second.tail => {
                let cores = clauses.iter().filter_map(Clause::in_case);
                Clause {
                    core: join(&cores.collect::<Vec<_>>()),
                    tail: "учурда",
                }
            }
            // «A берген жана B өткөн учурда»: the tail once.
            [first, ..] if clauses.iter().all(|clause| clause.tail == first.tail) => Clause {
                core: join(&clauses.iter().map(|clause| clause.core.clone()).collect::<Vec<_>>()),
                tail: first.tail,
            },
            _ => Clause {
                core: join(&clauses.iter().map(Clause::text).collect::<Vec<_>>()),
                tail: "",
            },
        };
        let alternatives: Vec<Clause> = guard
            .any
            .iter()
            .map(|all| {
                together(
                    &all.iter()
                        .map(|(literal, holds)| self.literal(*literal, *holds))
                        .collect::<Vec<_>>(),
                    words::and,
                )
            })
            .collect();
        Some(together(&alternatives, words::or).text())
    }

    fn literal(&self, literal: Literal, holds: bool) -> Clause {
        let clause = |core: String, tail: &'static str| Clause { core, tail };
        match literal {
            Literal::Fact(fact) => self.fact(fact, holds),
            Literal::Class(class) => clause(
                format!("маалыматтар {} таандык", words::dative(&self.subject(class))),
                if_it(holds),
            ),
            Literal::Age(..) => clause(format!("адам {}", age(literal, holds)), "болсо"),
            Literal::Date(comparison, date) => {
                let (day, end) = match (comparison, holds) {
                    (Comparison::AtLeast, true) | (Comparison::Less, false) => {
                        (words::date(date, Case::Ablative), "тартып")
                    }
                    (Comparison::Greater, true) | (Comparison::AtMost, false) => {
                        (words::date(date, Case::Ablative), "кийин")
                    }
                    (Comparison::Less, true) | (Comparison::AtLeast, false) => {
                        (words::date(date, Case::Dative), "чейин")
                    }
                    (Comparison::AtMost, true) | (Comparison::Greater, false) => {
                        (words::date(date, Case::Dative), "чейин (ошол күндү кошо алганда)")
                    }
                    (_, true) => (words::date(date, Case::Locative), "гана"),
                    (_, false) => (words::date(date, Case::Ablative), "башка күндөрү"),
                };
                clause(format!("{day} {end}"), "")
            }
            Literal::Place(place) => {
                let at = match place {
                    Location::In(country) => words::locative(&self.name(country)),
                    Location::Abroad => "чет мамлекетте".to_owned(),
                };
                clause(
                    format!("маалыматтар {at}"),
                    if holds {
                        "иштетилген учурда"
                    } else {
                        "иштетилбеген учурда"
                    },
                )
            }
        }
    }

    /// A fact is a finite clause, best with a participle at its end.
    fn fact(&self, fact: Id<Fact>, holds: bool) -> Clause {
        let label = self.name(fact);
        let in_case = |core: String| Clause {
            core, tail: "учурда"
        };
        match (label.strip_suffix(" эмес"), holds) {
            (Some(participle), false) if kyrgyz::is_participle(participle) => in_case(participle.to_owned()),
            (None, true) if kyrgyz::is_participle(&label) => in_case(label),
            // «берген» denied is «бербеген», «бар» is «жок».
            (None, false) if kyrgyz::is_participle(&label) => match kyrgyz::negated_participle(&label) {
                Some(denied) => in_case(denied),
                None => Clause {
                    core: label,
                    tail: if_it(holds),
                },
            },
            (None, false) if label.ends_with(" бар") => Clause {
                core: label.strip_suffix("бар").unwrap_or(&label).to_owned() + "жок",
                tail: if_it(true),
            },
            _ => Clause {
                core: label,
                tail: if_it(holds),
            },
        }
    }

    /// «18 жашка чыга элек», for a class of people that only an age makes.
    pub(super) fn age_of(&self, guard: &Guard) -> Option<String> {
        let [all] = guard.any.as_slice() else {
            return None;
        };
        let only_age = all.iter().all(|(literal, _)| matches!(literal, Literal::Age(..)));
        if let (Some(low), Some(high)) = (bound(all, true), bound(all, false)) {
            return only_age.then(|| format!("{low} жаштан {high} жашка чейинки"));
        }
        let bounds = all
            .iter()
            .map(|(literal, holds)| age(*literal, *holds))
            .collect::<Vec<_>>();
        (only_age && !bounds.is_empty()).then(|| words::and(&bounds))
    }

    /// The end of a term: «профили өчүрүлгөнгө чейин», «чогултулган күндөн тартып 3 (үч) жыл бою».
    pub(super) fn end(&self, end: &End) -> String {
        match end {
            End::Event(_) | End::Date(_) => format!("{} чейин", self.moment(end, Case::Dative)),
            End::After(period, start) => {
                let start = match start.as_deref() {
                    None => "чогултулган күндөн тартып".to_owned(),
                    Some(start @ (End::Event(_) | End::Date(_))) => {
                        format!("{} кийин", self.moment(start, Case::Ablative))
                    }
                    Some(start) => format!("{} жана андан кийин", self.end(start)),
                };
                format!("{start} {} бою", words::period(*period).words())
            }
            End::Or(ends) => self.ends(ends, words::or, "кайсынысы мурда келсе, ошого чейин"),
            End::And(ends) => self.ends(ends, words::and, "кайсынысы кийин келсе, ошого чейин"),
        }
    }

    /// Several ends; events and days share one «чейин».
    fn ends(&self, ends: &[End], join: fn(&[String]) -> String, which: &str) -> String {
        let plain = ends.iter().all(|end| matches!(end, End::Event(_) | End::Date(_)));
        let said = if plain {
            format!(
                "{} чейин",
                join(
                    &ends
                        .iter()
                        .map(|end| self.moment(end, Case::Dative))
                        .collect::<Vec<_>>()
                )
            )
        } else {
            join(&ends.iter().map(|end| self.end(end)).collect::<Vec<_>>())
        };
        format!("{said} ({which})")
    }

    /// «максатка Колдонуучунун профили өчүрүлгөндө жетилет».
    pub(super) fn reached_when(&self, fact: Id<Fact>) -> String {
        format!("максатка {} жетилет", self.moment(&End::Event(fact), Case::Locative))
    }

    /// An event or a day in a case.
    fn moment(&self, end: &End, case: Case) -> String {
        match end {
            End::Event(fact) => {
                let label = self.name(*fact);
                let label = if kyrgyz::is_participle(&label) {
                    label
                } else {
                    format!("{label} болгон")
                };
                words::case(&label, case)
            }
            End::Date(date) => words::date(*date, case),
            End::After(..) | End::Or(_) | End::And(_) => self.end(end),
        }
    }
}

/// The birthday with which a class begins, or with which it ends: who is at most 17 belongs to it until the 18th.
fn bound(all: &[(Literal, bool)], low: bool) -> Option<u32> {
    all.iter().find_map(|(literal, holds)| match (literal, holds) {
        (Literal::Age(Comparison::AtLeast, years), true) | (Literal::Age(Comparison::Less, years), false) => {
            low.then_some(*years)
        }
        (Literal::Age(Comparison::Greater, years), true) | (Literal::Age(Comparison::AtMost, years), false) => {
            low.then_some(years + 1)
        }
        (Literal::Age(Comparison::AtMost, years), true) | (Literal::Age(Comparison::Greater, years), false) => {
            (!low).then_some(years + 1)
        }
        (Literal::Age(Comparison::Less, years), true) | (Literal::Age(Comparison::AtLeast, years), false) => {
            (!low).then_some(*years)
        }
        _ => None,
    })
}

const fn if_it(holds: bool) -> &'static str {
    if holds { "болсо" } else { "болбосо" }
}

/// An age as an attribute.
fn age(literal: Literal, holds: bool) -> String {
    let Literal::Age(comparison, years) = literal else {
        return String::new();
    };
    match (comparison, holds) {
        (Comparison::Less, true) | (Comparison::AtLeast, false) => format!("{years} жашка чыга элек"),
        // Ages are completed years: who is at most 17 has not had the 18th birthday.
        (Comparison::AtMost, true) | (Comparison::Greater, false) => format!("{} жашка чыга элек", years + 1),
        (Comparison::AtLeast, true) | (Comparison::Less, false) => format!("{years} жашка толгон"),
        (Comparison::Greater, true) | (Comparison::AtMost, false) => format!("{} жашка толгон", years + 1),
        (_, true) => format!("{years} жаштагы"),
        (_, false) => format!("{years} жашта болбогон"),
    }
}
