//! The notice of changes: what changes, as the clauses say it, and what it means for people.

use kyrgyz::Case;
use kyrgyz::typography::{polish, sentence_case};

use super::{Writer, words, words_around};
use crate::notice::document::{Block, Chapter, Document, Item, Paragraph};
use crate::notice::options::Options;
use crate::notice::plan::changes::{Asked, Changes, Moved, Turn, Turned, Where};

impl Writer<'_> {
    /// The notice, whole.
    pub(super) fn change_notice(&self, changes: &Changes, meaning_digest: String, options: &Options) -> Document {
        let begins = changes.begins.and_then(civil);
        let mut chapters = Vec::new();
        let mut turned: Vec<Block> = changes.turned.iter().flat_map(turned).collect();
        let moved = changes
            .moved
            .iter()
            .map(|moved| paragraph(self.moved(moved), Vec::new()));
        turned.extend(moved);
        if !turned.is_empty() {
            chapters.push(chapter("changes", "Эмнелер өзгөрөт", turned));
        }
        let told = self
            .meant(changes)
            .into_iter()
            .map(|text| paragraph(text, Vec::new()))
            .collect();
        chapters.push(chapter("meant", "Бул эмнени билдирет", told));
        Document {
            class: "dpv:PrivacyNotice",
            language: "ky",
            title: polish(&format!(
                "{} киргизилүүчү өзгөртүүлөр жөнүндө билдирүү",
                self.titled_for_changes()
            )),
            subtitle: begins.into_iter().map(|day| polish(&self.in_force(day))).collect(),
            begins: None,
            summary: None,
            chapters,
            overview: None,
            numbering: options.numbering,
            lists: options.lists,
            words: words_around(),
            meaning_digest,
            linked_data: None,
        }
    }

    /// «Саясатка»; a title of several parts, which one ending would not hold together, is quoted.
    fn titled_for_changes(&self) -> String {
        let title = self.title();
        match title.contains(',') || title.contains(" жана ") {
            true => format!("«{title}» документине"),
            false => words::dative(&title),
        }
    }

    fn in_force(&self, day: crate::syntax::ast::Date) -> String {
        format!("Жаңы редакция {} тартып колдонулат", words::date(day, Case::Ablative))
    }

    /// «Жеткирүү кызматы маалыматтарды мурда Кыргызстанда алса, эми АКШда алат»; of a new one only where.
    fn moved(&self, moved: &Moved) -> String {
        let recipient = self
            .model
            .recipients
            .iter()
            .find(|(_, noun)| noun.path == moved.recipient);
        let recipient = recipient.map_or_else(|| moved.recipient.clone(), |(id, _)| self.recipient(id));
        let at = |places: &[Where]| {
            let name = |place: &Where| match place {
                Where::Abroad => "чет мамлекеттер".to_owned(),
                Where::In(path) => {
                    let country = self.model.countries.iter().find(|(_, noun)| noun.path == *path);
                    country.map_or_else(|| path.clone(), |(id, _)| self.name(id))
                }
            };
            let names: Vec<String> = places.iter().map(|place| words::locative(&name(place))).collect();
            (!names.is_empty()).then(|| words::and(&names))
        };
        let before = moved.before.as_ref().map(|places| at(places));
        let text = match (before, at(&moved.after)) {
            (None, after) => format!("{recipient} маалыматтарды {} алат", after.unwrap_or_default()),
            (Some(Some(before)), Some(after)) => {
                format!("{recipient} маалыматтарды мурда {before} алса, эми {after} алат")
            }
            (Some(None), after) => format!(
                "{recipient} маалыматтарды кайсы өлкөдө алары мурда көрсөтүлгөн эмес болчу, эми аларды {} алат",
                after.unwrap_or_default()
            ),
            (Some(Some(before)), None) => {
                format!("{recipient} маалыматтарды мурда {before} алчу, эми алардын кайсы өлкөдө алынары көрсөтүлбөйт")
            }
        };
        words::sentence(&sentence_case(&text))
    }

    /// What it means for people, a sentence each.
    fn meant(&self, changes: &Changes) -> Vec<String> {
        let mut told = Vec::new();
        let person = self.person_in(Case::Genitive);
        match changes.asked {
            Asked::Consent => {
                told.push(format!(
                    "Макулдукка негизделген жаңы иштетүү {person} жаңы макулдугу алынгандан кийин гана башталат."
                ));
                told.push("Мурда берилген макулдук жаңы иштетүүгө жайылтылбайт.".to_owned());
            }
            Asked::Told => told.push("Бул өзгөртүүлөр үчүн макулдукту кайра берүү талап кылынбайт.".to_owned()),
            Asked::Nothing if changes.turned.is_empty() => {
                told.push("Жеке маалыматтарды иштетүү тартиби өзгөрбөйт: тексттин сөздөрү гана такталды.".to_owned());
            }
            Asked::Nothing => {
                told.push("Бул өзгөртүүлөр жеке маалыматтарды иштетүүнү кеңейтпейт.".to_owned());
            }
        }
        if let (Some(period), true) = (changes.announced, changes.asked > Asked::Nothing) {
            told.push(match period.count {
                0 => words::sentence(&sentence_case(&format!(
                    "{} өзгөртүүлөрдү алдын ала билдирүү мөөнөтү каралган эмес",
                    words::locative(&self.policy)
                ))),
                _ => {
                    let period = words::period(written(period)).words();
                    format!("Өзгөртүүлөр күчүнө кирерден кеминде {period} мурда билдирилет.")
                }
            });
        }
        if changes.reworded > 0 && !changes.turned.is_empty() {
            told.push("Калган өзгөртүүлөр тексттин сөздөрүнө гана тиешелүү.".to_owned());
        }
        told
    }
}

/// A stem sentence with the clauses below it: as they are now, or as they were where nothing took their place.
fn turned(turned: &Turned) -> Vec<Block> {
    let list = |stem: &str, clauses: &[(String, String)]| {
        let item = |(number, sentence): &(String, String)| Item {
            text: match number.is_empty() {
                true => bare(sentence),
                false => format!("{number}-пункт: {}", bare(sentence)),
            },
            ..Item::default()
        };
        (!clauses.is_empty()).then(|| paragraph(stem.to_owned(), clauses.iter().map(item).collect()))
    };
    let (now, was) = match turned.turn {
        Turn::More => (
            "Жаңы редакцияда иштетүүгө мурдагыдан кеңири жол берилет:",
            "Мурдагы редакцияда мындай деп айтылган:",
        ),
        Turn::Longer => (
            "Маалыматтар мурдагыдан узагыраак сакталат:",
            match turned.before.len() {
                0 | 1 => "Мурда мындай мөөнөт белгиленген:",
                _ => "Мурда төмөнкү мөөнөттөр белгиленген эле:",
            },
        ),
        Turn::TermGone => (
            "",
            match turned.before.len() {
                0 | 1 => {
                    "Мурда белгиленген сактоо мөөнөтү жоюлат, ошондуктан маалыматтар мурдагыдан узагыраак сакталышы мүмкүн. Мурда мындай деп айтылган:"
                }
                _ => {
                    "Мурда белгиленген сактоо мөөнөттөрү жоюлат, ошондуктан маалыматтар мурдагыдан узагыраак сакталышы мүмкүн. Мурда мындай деп айтылган:"
                }
            },
        ),
        Turn::PromiseLost => (
            "Мурда тыюу салынган иштетүүгө мындан ары төмөнкү пункттар колдонулат:",
            match turned.before.len() {
                0 | 1 => "Мурдагы редакциядагы төмөнкү тыюу толугу менен же жарым-жартылай алынып салынат:",
                _ => "Мурдагы редакциядагы төмөнкү тыюулар толугу менен же жарым-жартылай алынып салынат:",
            },
        ),
        Turn::OtherGround => ("Иштетүүнүн негизи өзгөрөт:", "Мурда иштетүү төмөнкүгө негизделген:"),
        Turn::Duty => ("Милдеттер өзгөрөт:", "Мурда милдеттер мындай болгон:"),
        Turn::Less => (
            "Иштетүү чектелет:",
            "Мурдагы редакциядагы төмөнкү пункттар мындан ары колдонулбайт же чектелет:",
        ),
    };
    [list(now, &turned.after), list(was, &turned.before)]
        .into_iter()
        .flatten()
        .collect()
}

fn chapter(anchor: &str, heading: &str, blocks: Vec<Block>) -> Chapter {
    Chapter {
        number: String::new(),
        anchor: anchor.to_owned(),
        heading: heading.to_owned(),
        blocks,
    }
}

fn paragraph(text: String, items: Vec<Item>) -> Block {
    Block::Paragraph(Paragraph {
        number: String::new(),
        anchor: String::new(),
        text: polish(&text),
        items,
        units: Vec::new(),
        cites: None,
    })
}

fn civil(day: kupuya_runtime::Day) -> Option<crate::syntax::ast::Date> {
    let (year, month, day) = day.civil();
    Some(crate::syntax::ast::Date {
        year: u16::try_from(year).ok()?,
        month,
        day,
    })
}

fn written(period: kupuya_runtime::Period) -> crate::syntax::ast::Period {
    use crate::syntax::ast::Unit;
    crate::syntax::ast::Period {
        count: period.count,
        unit: match period.unit {
            kupuya_runtime::Unit::Hour => Unit::Hour,
            kupuya_runtime::Unit::Day => Unit::Day,
            kupuya_runtime::Unit::WorkingDay => Unit::WorkingDay,
            kupuya_runtime::Unit::Week => Unit::Week,
            kupuya_runtime::Unit::Month => Unit::Month,
            kupuya_runtime::Unit::Year => Unit::Year,
        },
    }
}

/// A sentence as an item of a list, which ends for itself.
fn bare(sentence: &str) -> String {
    sentence.trim_end_matches('.').to_owned()
}
