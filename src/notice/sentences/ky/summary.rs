//! The opening summary: a question and a plain answer a line.

use kyrgyz::typography::{polish, sentence_case};
use kyrgyz::{Case, Possessor};

use super::bases::Class;
use super::{Writer, words};
use crate::model::kinded::Kinded;
use crate::model::noun::{Channel, Controller, Data, Id, Label};
use crate::notice::document::{Link, Summary, SummaryLine};
use crate::notice::plan::{self, Brief, Line, Names};

/// An answer may be about so long, in letters; names that do not fit are left to the chapter.
const ANSWER: usize = 330;

/// A line of several terms may be so long, in letters; a longer one is left to the chapter.
const TERMS: usize = 200;

impl Writer<'_> {
    /// The summary, if the policy processes anything.
    pub(super) fn summary(&self) -> Option<Summary> {
        let lines = plan::summary(self.model, self.plan)?.lines.into_iter();
        let lines = lines.map(|line| self.line(line, |numbers| chapters_named(numbers, Possessor::None)));
        Some(Summary {
            heading: "Кыскача".to_owned(),
            lines: lines.collect(),
        })
    }

    /// The short notice; its references name the policy.
    pub(super) fn short(&self) -> Option<Summary> {
        let policy = words::genitive(&self.policy);
        let lines = plan::short(self.model, self.plan)?.lines.into_iter();
        let lines = lines.map(|line| {
            self.line(line, |numbers| {
                Some(format!("{policy} {}", chapters_named(numbers, Possessor::Third)?))
            })
        });
        Some(Summary {
            heading: "Эң негизгиси".to_owned(),
            lines: lines.collect(),
        })
    }

    fn line(&self, line: Line, named: impl Fn(&[&str]) -> Option<String>) -> SummaryLine {
        let (question, answer) = self.brief(&line.brief);
        let numbers: Vec<&str> = line.chapters.iter().map(|(number, _)| number.as_str()).collect();
        let text = named(&numbers);
        SummaryLine {
            question: sentence_case(&polish(&question)),
            answer: polish(answer.trim()),
            see: text.zip(line.chapters.first()).map(|(text, (_, anchor))| Link {
                anchor: anchor.clone(),
                text,
            }),
        }
    }

    fn brief(&self, brief: &Brief) -> (String, String) {
        match brief {
            Brief::Collects(data, special) => ("Эмне чогултулат".to_owned(), self.collected(data, special)),
            Brief::Purposes(purposes) => ("Эмне үчүн иштетилет".to_owned(), self.some(purposes)),
            Brief::Recipients(recipients) if recipients.first.is_empty() => {
                ("Кимге берилет".to_owned(), "үчүнчү жактарга берилбейт".to_owned())
            }
            Brief::Recipients(recipients) => {
                let names = recipients.first.iter().map(|id| words::dative(&self.recipient(*id)));
                ("Кимге берилет".to_owned(), listed(names.collect(), recipients.more))
            }
            Brief::Kept(keeps) => ("Канча убакыт сакталат".to_owned(), self.kept(keeps)),
            Brief::Rights(rights) => {
                let question = if self.polite() {
                    "Укуктарыңыз".to_owned()
                } else {
                    format!("{} укуктары", self.person_in(Case::Genitive))
                };
                let named = rights.first.iter().map(|id| self.right_named(*id));
                (question, listed(named.collect(), rights.more))
            }
            Brief::Contacts(controllers, channels) => {
                let controllers = controllers.iter().map(|id| self.reached(*id));
                let channels = channels.iter().map(|id| self.reached_by(*id));
                let all: Vec<String> = controllers.chain(channels).collect();
                ("Байланыш".to_owned(), all.join("; "))
            }
            Brief::Controllers(controllers) => {
                let named = controllers.iter().map(|id| {
                    let it = &self.model.controllers[*id].detail;
                    let address = it.address.iter().map(|address| format!(", {}", address.value));
                    std::iter::once(self.introduced(*id)).chain(address).collect()
                });
                ("Ким иштетет".to_owned(), named.collect::<Vec<String>>().join("; "))
            }
            Brief::Bases(bases) => {
                let named = bases.first.iter().map(|id| {
                    let name = self.basis_named(*id);
                    // In a line of many names a colon would seem to hold for all that follow.
                    let parts = name.split_once(": ");
                    parts.map_or_else(|| name.clone(), |(kind, what)| words::remark(kind, what))
                });
                let named = named.collect();
                ("Кандай негизде".to_owned(), listed(named, bases.more))
            }
            Brief::Refusal(bases) => {
                // «Ата-эненин макулдугу: бул макулдуксуз …»: which consent is meant was said above the clause, and is not here.
                let said = bases.iter().map(|id| {
                    let text = self.prose(self.model.bases[*id].detail.refusal.as_ref());
                    match self.basis_class(*id).0 {
                        Class::Consent => format!("{}: {}", self.name(*id), self.small(&text)),
                        _ => text,
                    }
                });
                let said = words::sentences(said);
                (
                    "Маалымат же макулдук берилбесе".to_owned(),
                    said.trim_end_matches('.').to_owned(),
                )
            }
            Brief::Automatic(purposes) => {
                let purposes = self.for_purposes(&self.names(purposes)).unwrap_or_default();
                ("Автоматтык баалоо".to_owned(), format!("{purposes} колдонулат"))
            }
            Brief::Published => {
                let places = self.model.policy.iter().flat_map(|policy| &policy.published);
                let places: Vec<String> = places.map(|place| words::locative(&self.place(place))).collect();
                ("Толук текст".to_owned(), words::and(&places))
            }
        }
    }

    fn some<D: Kinded>(&self, names: &Names<Id<D>>) -> String {
        listed(names.first.iter().map(|id| self.name(*id)).collect(), names.more)
    }

    fn collected(&self, data: &Names<Id<Data>>, special: &[Id<Data>]) -> String {
        let all = self.some(data);
        if special.is_empty() {
            return all;
        }
        // Before the names the remark would be one of the first name alone.
        let protected = match special {
            [_] => "мыйзам боюнча өзгөчө корголот",
            _ => "алар мыйзам боюнча өзгөчө корголот",
        };
        let special = words::and(&special.iter().map(|id| self.name(*id)).collect::<Vec<_>>());
        format!("{all}; анын ичинде {}", words::remark(&special, protected))
    }

    fn kept(&self, keeps: &[usize]) -> String {
        if keeps.is_empty() {
            return "мөөнөтү көрсөтүлгөн эмес".to_owned();
        }
        let terms = keeps.iter().map(|at| self.term_of(&self.model.keeps[*at]));
        let terms: Vec<String> = terms.filter(|term| !term.is_empty()).collect();
        let letters: usize = terms.iter().map(|term| term.chars().count()).sum();
        let depends = match keeps.iter().all(|at| self.model.keeps[*at].data.any) {
            true => "иштетүүнүн негизине жараша",
            false => "маалыматтын түрүнө жараша",
        };
        if terms.len() > 1 && letters > TERMS {
            return format!("{depends} ар башка мөөнөттө");
        }
        match terms.len() {
            0 => "мөөнөтү көрсөтүлгөн эмес".to_owned(),
            1 => terms.concat(),
            _ => format!("{depends} {}", words::either(&terms)),
        }
    }

    /// The person responsible, else telephone and mail.
    fn reached(&self, id: Id<Controller>) -> String {
        let it = &self.model.controllers[id].detail;
        let how = match (&it.responsible, &it.contact) {
            (Some(person), Some(contact)) => {
                let whose = words::genitive(&self.controller(id));
                return format!(
                    "{whose} жеке маалыматтар үчүн жооптуу адамы – {}, {}",
                    person.value, contact.value
                );
            }
            (None, Some(contact)) => contact.value.clone(),
            _ => details(&it.phone, &it.email),
        };
        format!("{} – {how}", self.controller(id))
    }

    fn reached_by(&self, id: Id<Channel>) -> String {
        let it = &self.model.channels[id].detail;
        let name = self.name(id);
        let how = match (details(&it.phone, &it.email), &it.url, &it.address) {
            (how, None, None) => how,
            (how, Some(place), _) | (how, None, Some(place)) if how.is_empty() => place.value.clone(),
            (how, ..) => how,
        };
        if name.contains(&how) {
            name
        } else {
            format!("{name} – {how}")
        }
    }
}

/// The first telephone and the first mail address.
fn details(phone: &[Label], email: &[Label]) -> String {
    let first = phone.first().into_iter().chain(email.first());
    first.map(|label| label.value.as_str()).collect::<Vec<_>>().join(", ")
}

/// «A, B жана C», or «A, B ж.б.».
fn listed(mut names: Vec<String>, more: bool) -> String {
    let mut letters = 0;
    let fits = |name: &&String| {
        letters += name.chars().count();
        letters <= ANSWER
    };
    let fit = names.iter().take_while(fits).count().max(2);
    let more = more || fit < names.len();
    names.truncate(fit);
    if !more {
        return words::and(&names);
    }
    let sign = if names.iter().any(|name| name.contains(',')) {
        "; "
    } else {
        ", "
    };
    format!("{} ж.б.", names.join(sign))
}

/// «5-бөлүм», «V бөлүм»; after the name of a document «5-бөлүмү».
fn chapters_named(numbers: &[&str], possessor: Possessor) -> Option<String> {
    words::numbered_as(numbers, "бөлүм", possessor, Case::Nominative)
}
