//! Papers beside the policy: their titles, questions and forms. What they tell is clauses of the policy, each with its number.

use kyrgyz::typography::{polish, sentence_case};
use kyrgyz::{Case, Possessor};

use super::{Said, Writer, item, words, words_around};
use crate::model::noun::{Basis, Controller, Giver, Id, Recipient, Subject};
use crate::model::sentence::Act;
use crate::notice::document::{Block, Chapter, Document, Field, Item, Paragraph};
use crate::notice::options::Options;
use crate::notice::plan::{self, Answer, Blank, Numbered, Paper, Part, Question, Tick};

impl Writer<'_> {
    /// A paper, whole.
    pub(super) fn paper(&self, paper: Paper, meaning_digest: String, options: &Options) -> Document {
        let answers = match paper {
            Paper::Policy | Paper::Short => Vec::new(),
            Paper::Consent(basis) => plan::consent(self.model, self.plan, basis),
            Paper::Transfer(recipient) => plan::transfer(self.model, self.plan, recipient),
            Paper::Extract(subject) => plan::extract(self.model, self.plan, subject),
        };
        let (title, about) = match paper {
            Paper::Policy | Paper::Short => ("Жеке маалыматтарды иштетүү жөнүндө кыскача билдирүү".to_owned(), None),
            Paper::Consent(basis) => self.consent_title(basis, &answers),
            Paper::Transfer(recipient) => self.transfer_title(recipient),
            Paper::Extract(subject) => self.extract_title(subject),
        };
        let short = matches!(paper, Paper::Policy | Paper::Short);
        let subtitle = about.into_iter().chain(self.taken_from(short));
        Document {
            class: match paper {
                Paper::Consent(_) => "dpv:ConsentNotice",
                _ => "dpv:PrivacyNotice",
            },
            language: "ky",
            title: polish(&title),
            subtitle: subtitle.map(|line| polish(&line)).collect(),
            begins: self.model.policy.as_ref().and_then(crate::model::Policy::begins),
            summary: self.short().filter(|_| short),
            chapters: answers.iter().map(|answer| self.answer(answer)).collect(),
            overview: None,
            numbering: options.numbering,
            lists: options.lists,
            words: words_around(),
            meaning_digest,
            linked_data: None,
        }
    }

    /// A signed form is a consent, anything else asks for one: the law wants a request to say that it is one.
    fn consent_title(&self, basis: Id<Basis>, answers: &[Answer]) -> (String, Option<String>) {
        let written = answers.iter().any(|answer| answer.question == Question::Person);
        let title = match written {
            true => "Жеке маалыматтарды чогултууга жана иштетүүгө макулдук",
            false => "Жеке маалыматтарды иштетүүгө макулдук сурап кайрылуу",
        };
        (title.to_owned(), Some(sentence_case(&self.name(basis))))
    }

    fn transfer_title(&self, recipient: Id<Recipient>) -> (String, Option<String>) {
        (
            "Жеке маалыматтарды өткөрүп берүү жөнүндө билдирүү".to_owned(),
            Some(format!("Алуучу: {}", self.recipient(recipient))),
        )
    }

    fn extract_title(&self, subject: Id<Subject>) -> (String, Option<String>) {
        (
            "Жеке маалыматтарды иштетүү жөнүндө маалымкат".to_owned(),
            Some(format!("Кимге тиешелүү: {}", self.subject(subject))),
        )
    }

    /// Which policy the clauses are taken from, and where it is.
    fn taken_from(&self, short: bool) -> Vec<String> {
        let title = words::ablative(&self.title());
        let named = match self.title() == self.policy {
            true => title,
            false => words::remark(&title, &format!("мындан ары – {}", self.policy)),
        };
        let taken = match short {
            true => format!("{named} алынган"),
            false => format!("Пункттар {named} алынган, терминдер андагыдай мааниде колдонулат."),
        };
        let published = self
            .model
            .policy
            .as_ref()
            .is_some_and(|policy| !policy.published.is_empty());
        let published = (published && !short).then(|| format!("{}.", self.published().text.trim_end_matches('.')));
        std::iter::once(sentence_case(&taken)).chain(published).collect()
    }

    fn answer(&self, answer: &Answer) -> Chapter {
        let anchor = match answer.question {
            Question::Person => "person",
            Question::Asker => "asker",
            Question::Asked => "asked",
            Question::HowLong => "term",
            Question::Given => "given",
            Question::Giver => "giver",
            Question::Receiver => "receiver",
            Question::WhatGiven => "transfer",
            Question::WhatDone => "done",
            Question::Rights => "person.rights",
            Question::Decision => "decision",
            Question::When => "day",
        };
        Chapter {
            number: String::new(),
            anchor: anchor.to_owned(),
            heading: sentence_case(&self.question(answer)),
            blocks: answer.parts.iter().flat_map(|part| self.part(part)).collect(),
        }
    }

    fn question(&self, answer: &Answer) -> String {
        let fixed = match answer.question {
            Question::Person => "Макулдукту ким берет",
            Question::Asker => "Маалыматтарды ким иштетет",
            Question::Asked => "Эмнеге макулдук суралат",
            Question::HowLong => "Маалыматтар канча убакыт сакталат",
            Question::Given => "Макулдук кантип берилет жана кантип кайтарып алынат",
            Question::Giver => "Маалыматтарды ким өткөрүп берет",
            Question::Receiver => "Маалыматтарды ким алат",
            Question::WhatGiven => "Кайсы маалыматтар эмне үчүн өткөрүлүп берилет",
            Question::WhatDone => "Маалыматтар менен эмне кылынат жана эмне үчүн",
            Question::Rights => {
                let of = answer.parts.iter().find_map(|part| match part {
                    Part::Rights { of, ward, .. } => Some(self.rights_of(of, *ward)),
                    _ => None,
                });
                return of.unwrap_or_default();
            }
            Question::Decision => "Макулдук",
            Question::When => "Тариздөө",
        };
        fixed.to_owned()
    }

    /// «Өспүрүмдүн жана анын мыйзамдуу өкүлүнүн укуктары».
    fn rights_of(&self, of: &[Id<Subject>], ward: bool) -> String {
        if self.polite() {
            return "Укуктарыңыз".to_owned();
        }
        let whose = self.whose(of).unwrap_or_else(|| self.person_in(Case::Genitive));
        match (ward, of.len()) {
            (false, _) => format!("{whose} укуктары"),
            (true, 1) => format!("{whose} жана анын мыйзамдуу өкүлүнүн укуктары"),
            (true, _) => format!("{whose} жана алардын мыйзамдуу өкүлдөрүнүн укуктары"),
        }
    }

    fn part(&self, part: &Part) -> Vec<Block> {
        match part {
            Part::Clause(clause) => vec![self.clause(clause)],
            Part::Controller(id, number) => {
                let cites = number.as_ref().and_then(|number| self.cited(&[number.as_str()]));
                vec![own(
                    self.controller_in_brief(*id),
                    number.clone().unwrap_or_default(),
                    cites,
                )]
            }
            Part::Request {
                by,
                about,
                giver,
                written,
            } => vec![own(
                Said::text(self.request(by, about, *giver, *written)),
                String::new(),
                None,
            )],
            Part::Covered(data, purposes, numbers) => {
                let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
                let cites = self.cited(&numbers);
                let data = data.iter().map(|id| item(&self.name(*id), Vec::new())).collect();
                let purposes = purposes.iter().map(|id| item(&self.name(*id), Vec::new())).collect();
                let lists = [
                    ("Макулдук төмөнкү жеке маалыматтарга тиешелүү:", data),
                    ("Маалыматтар төмөнкү максаттарда иштетилет:", purposes),
                ];
                let lists = lists
                    .into_iter()
                    .filter(|(_, items): &(&str, Vec<_>)| !items.is_empty());
                lists
                    .map(|(head, items)| own(Said::list(head.to_owned(), items), String::new(), cites.clone()))
                    .collect()
            }
            Part::Rights { numbers, of, ward } => {
                let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
                let place = words::numbered_as(&numbers, "пункт", Possessor::Third, Case::Locative);
                let rights = sentence_case(&self.rights_of(of, *ward));
                let text = format!(
                    "{rights} жана аларды колдонуу тартиби {} {} көрсөтүлгөн",
                    words::genitive(&self.policy),
                    place.unwrap_or_default()
                );
                vec![own(Said::text(words::sentence(&text)), String::new(), None)]
            }
            Part::Nothing(subject) => {
                let text = format!(
                    "{} ылайык {} жеке маалыматтары иштетилбейт: аларды чогултууга, пайдаланууга, сактоого жана өткөрүп берүүгө эч бир пункт жол бербейт",
                    words::dative(&self.policy),
                    words::genitive(&self.subject(*subject)),
                );
                vec![own(
                    Said::text(words::sentence(&sentence_case(&text))),
                    String::new(),
                    None,
                )]
            }
            Part::Blanks(blanks) => {
                let blank = |blank: &Blank| Field::Blank(blank_words(*blank).to_owned());
                vec![Block::Form(blanks.iter().map(blank).collect())]
            }
            Part::Ticks(ticks, ward) => {
                let rule = Said::text("Белги коюлбаган пункт боюнча макулдук берилген жок деп эсептелет.".to_owned());
                let data = match ward {
                    None => "маалыматтарымды".to_owned(),
                    Some(about) => format!("{} маалыматтарын", self.ward(about)),
                };
                let tick = |tick: &Tick| Field::Tick(words::sentence(&self.tick(tick, &data)));
                vec![
                    Block::Form(ticks.iter().map(tick).collect()),
                    own(rule, String::new(), None),
                ]
            }
        }
    }

    /// A clause of the policy, with words that cite it.
    fn clause(&self, clause: &Numbered) -> Block {
        let cites = self.cited(&[clause.number.as_str()]);
        match self.block(clause) {
            Block::Paragraph(mut paragraph) => {
                self.elsewhere(&mut paragraph.text);
                paragraph.items.iter_mut().for_each(|item| self.items_elsewhere(item));
                Block::Paragraph(Paragraph { cites, ..paragraph })
            }
            Block::Table(table) => Block::Table(crate::notice::document::Table { cites, ..table }),
            other => other,
        }
    }

    /// In a paper beside the policy, «ушул Саясат» would be that paper.
    fn elsewhere(&self, text: &mut String) {
        let stem = words::stem(&self.policy);
        let begins = format!("Ушул {stem}");
        *text = text.replace(&format!("ушул {stem}"), stem).replace(&begins, stem);
    }

    fn items_elsewhere(&self, item: &mut Item) {
        self.elsewhere(&mut item.text);
        item.items.iter_mut().for_each(|item| self.items_elsewhere(item));
    }

    /// «Саясаттын 5.6-пункту».
    fn cited(&self, numbers: &[&str]) -> Option<String> {
        let numbers = words::numbered_as(numbers, "пункт", Possessor::Third, Case::Nominative)?;
        Some(format!("{} {numbers}", words::genitive(&self.policy)))
    }

    fn request(&self, by: &[Id<Controller>], about: &[Id<Subject>], giver: Giver, written: bool) -> String {
        let controllers: Vec<String> = by.iter().map(|id| self.controller(*id)).collect();
        if written {
            let to: Vec<String> = controllers.iter().map(|name| words::dative(name)).collect();
            let data = match giver {
                Giver::Guardian => format!("{} жеке маалыматтарын", self.ward(about)),
                Giver::Itself | Giver::Either => "жеке маалыматтарымды".to_owned(),
            };
            return words::sentence(&format!(
                "Мен {} {data} ушул документте көрсөтүлгөн максаттарда иштетүүгө макулдук берем",
                words::and(&to)
            ));
        }
        let person = self.people(about);
        let from = match giver {
            Giver::Itself => words::ablative(&person),
            Giver::Guardian => "мыйзамдуу өкүлдөн".to_owned(),
            Giver::Either => format!("{} же анын мыйзамдуу өкүлүнөн", words::ablative(&person)),
        };
        words::sentence(&format!(
            "{} {from} төмөнкүгө макулдук сурайт",
            words::and(&controllers)
        ))
    }

    /// «өспүрүмдүн»: for whom somebody else decides.
    fn ward(&self, about: &[Id<Subject>]) -> String {
        self.whose(about)
            .unwrap_or_else(|| "мен мыйзамдуу өкүлү болгон адамдын".to_owned())
    }

    fn tick(&self, tick: &Tick, data: &str) -> String {
        match tick {
            Tick::Purpose(purpose) => format!("{} үчүн {data} иштетүүгө макулмун", self.name(*purpose)),
            Tick::Acts(acts) => {
                let acts: Vec<String> = acts.iter().map(|act| words::dative(act_words(*act))).collect();
                format!("{data} {} макулмун", words::and(&acts))
            }
            Tick::ThirdParties => format!("{data} үчүнчү жактарга өткөрүп берүүгө макулмун"),
            Tick::Abroad => format!("{data} чет мамлекеттерге өткөрүп берүүгө макулмун"),
        }
    }
}

/// A paragraph of the paper's own.
fn own(said: Said, number: String, cites: Option<String>) -> Block {
    Block::Paragraph(Paragraph {
        number,
        anchor: String::new(),
        text: said.text,
        items: said.items,
        units: said.units,
        cites,
    })
}

const fn blank_words(blank: Blank) -> &'static str {
    match blank {
        Blank::Name => "Аты-жөнү",
        Blank::PersonalNumber => "Жеке идентификациялык номери (ПИН)",
        Blank::Document => "Инсандыгын тастыктаган документ (түрү, сериясы, номери, ким жана качан берген)",
        Blank::Registered => "Катталган дареги",
        Blank::Address => "Иш жүзүндө жашаган дареги",
        Blank::Contact => "Телефону жана электрондук почтасы",
        Blank::Term => "Макулдуктун мөөнөтү",
        Blank::TransferDay => "Өткөрүп берүү күнү",
        Blank::NoticeDay => "Билдирүү күнү",
        Blank::Day => "Күнү",
        Blank::Signature => "Колу",
    }
}

const fn act_words(act: Act) -> &'static str {
    match act {
        Act::Collect => "чогултуу",
        Act::Use => "пайдалануу",
        Act::Profile => "профилдөө",
        Act::Store => "сактоо",
        Act::Share => "өткөрүп берүү",
        Act::Publish => "ачыкка чыгаруу",
        Act::Anonymise => "ээсиздендирүү",
        Act::Erase => "жок кылуу",
    }
}
