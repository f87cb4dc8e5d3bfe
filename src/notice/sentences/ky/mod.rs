//! Kyrgyz: one file for each kind of clause, and below them names, conditions and words.
//!
//! Terms are the same through the whole text: иштетүү, жеке маалыматтар, макулдук, өткөрүп берүү, сактоо мөөнөтү.
//! Clauses are in the third person; a policy whose voice is polite says «Сиз» where it speaks of the person's rights and duties.

mod address;
mod bans;
mod bases;
mod change_notice;
mod changes;
mod closing;
mod conditions;
mod consent;
mod contacts;
mod controllers;
mod data;
mod definitions;
mod doings;
mod duties;
mod headings;
mod keeps;
mod lexicon;
mod means;
mod measures;
mod names;
mod opening;
mod overview;
mod papers;
pub mod picture;
mod processing;
mod proof;
mod purposes;
mod recipients;
mod register;
mod rights;
mod slots;
mod sources;
mod subjects;
mod summary;
mod told;
mod wording;
mod words;

use std::collections::{BTreeMap, BTreeSet};

pub use proof::PROOF;

use crate::meaning::{Meaning, SentenceRef};
use crate::model::Model;
use crate::model::kinded::Kinded;
use crate::model::noun::{Id, Purpose, Source};
use crate::notice::document::{Block, Chapter, Document, Item, Paragraph, Stated, Table, Unit};
use crate::notice::options::{Options, Terms};
use crate::notice::plan::{self, Numbered, Piece, Plan, Says};
use crate::syntax::vocabulary::Verb;

/// Writes the document.
#[must_use]
pub fn write(plan: &Plan, model: &Model, meaning: &Meaning, options: &Options) -> Document {
    let mut document = lexicon::knowing(&options.lexicon, || written(plan, model, meaning, options));
    if options.terms == Terms::Code {
        register::speak_as_the_code(&mut document);
    }
    document
}

fn written(plan: &Plan, model: &Model, meaning: &Meaning, options: &Options) -> Document {
    let writer = Writer::new(plan, model, meaning);
    let chapters = plan.chapters.iter().map(|chapter| {
        let blocks = chapter.pieces.iter().map(|piece| match piece {
            Piece::Heading(text) => Block::Heading(writer.heading(text)),
            Piece::Paragraph(numbered) => writer.block(numbered),
        });
        Chapter {
            number: chapter.number.clone(),
            anchor: chapter.anchor.clone(),
            heading: writer.chapter_heading(&chapter.heading),
            blocks: blocks.collect(),
        }
    });
    Document {
        class: "dpv:PrivacyNotice",
        language: "ky",
        title: writer.title(),
        subtitle: writer.subtitle(),
        begins: model.policy.as_ref().and_then(crate::model::Policy::begins),
        summary: options.summary.then(|| writer.summary()).flatten(),
        chapters: chapters.collect(),
        overview: options.overview.then(|| writer.overview()).flatten(),
        numbering: options.numbering,
        lists: options.lists,
        words: crate::notice::document::Words {
            references: own_references(),
            ..words_around()
        },
        meaning_digest: crate::meaning::hex(&meaning.digest),
        linked_data: None,
    }
}

/// Writes a paper that takes its clauses from the policy.
#[must_use]
pub fn write_paper(paper: plan::Paper, plan: &Plan, model: &Model, meaning: &Meaning, options: &Options) -> Document {
    let write = || Writer::new(plan, model, meaning).paper(paper, crate::meaning::hex(&meaning.digest), options);
    let mut document = lexicon::knowing(&options.lexicon, write);
    if options.terms == Terms::Code {
        register::speak_as_the_code(&mut document);
    }
    document
}

/// Writes the notice of what changes in a new version.
#[must_use]
pub fn write_changes(
    changes: &plan::changes::Changes,
    plan: &Plan,
    model: &Model,
    meaning: &Meaning,
    options: &Options,
) -> Document {
    let digest = crate::meaning::hex(&meaning.digest);
    let write = || Writer::new(plan, model, meaning).change_notice(changes, digest, options);
    let mut document = lexicon::knowing(&options.lexicon, write);
    if options.terms == Terms::Code {
        register::speak_as_the_code(&mut document);
    }
    document
}

fn words_around() -> crate::notice::document::Words {
    crate::notice::document::Words {
        contents: "Мазмуну".to_owned(),
        skip: "Мазмунга өтүү".to_owned(),
        references: Vec::new(),
        joint: words::JOINT.to_owned(),
    }
}

/// Clauses of this document are named without a possessor: «5.7-пунктта». «Мыйзамдын 5-пункту» is another's.
fn own_references() -> Vec<String> {
    use kyrgyz::{Case, Number, Possessor};
    let forms = ["пункт", "бөлүм"].into_iter().flat_map(|noun| {
        [
            (Number::Singular, Case::Nominative),
            (Number::Singular, Case::Locative),
            (Number::Plural, Case::Locative),
        ]
        .map(|(number, case)| words::form(noun, number, Possessor::None, case))
    });
    let forms: Vec<String> = forms.collect();
    let joined = |joint: &str| forms.iter().map(|form| format!("{joint}{form}")).collect::<Vec<_>>();
    [joined("-"), joined(" ")].concat()
}

/// How a name takes a suffix, and whether the program had to guess how the name is read.
#[must_use]
pub fn guessed(name: &str, options: &Options) -> Option<String> {
    let form = lexicon::knowing(&options.lexicon, || {
        let dative = kyrgyz::Case::Dative;
        lexicon::phrase(name).form(kyrgyz::Number::Singular, kyrgyz::Possessor::None, dative)
    });
    form.guessed.then_some(form.text)
}

/// What a clause needs to know.
struct Writer<'a> {
    plan: &'a Plan,
    model: &'a Model,
    /// The printed ids of the sentences.
    ids: BTreeMap<SentenceRef, String>,
    /// The purposes that statements tell, so that their list need not.
    told: BTreeSet<Id<Purpose>>,
    /// The sources that statements tell.
    told_sources: BTreeSet<Id<Source>>,
    /// The statement that tells each purpose or source first, if its list leaves it out.
    tells: told::Tells,
    /// First words that keep their capital inside a sentence: those of defined names.
    capitals: Vec<String>,
    /// Capitals in other labels mean a name, too.
    capitals_mean: bool,
    /// What the text calls the document.
    policy: String,
    /// The statement that the text names first of those by which a machine evaluates people.
    profiles_first: Option<usize>,
}

/// What one numbered paragraph becomes, before it has its number.
#[derive(Default)]
struct Said {
    text: String,
    items: Vec<Item>,
    units: Vec<Unit>,
    /// Instead of text and items.
    table: Option<(Vec<String>, Vec<crate::notice::document::Row>)>,
}

impl Said {
    /// A paragraph of its own.
    fn text(text: String) -> Said {
        Said {
            text,
            ..Said::default()
        }
    }

    /// A head and its list.
    fn list(head: String, items: Vec<Item>) -> Said {
        Said {
            text: head,
            items,
            ..Said::default()
        }
    }

    fn with(mut self, units: Vec<Unit>) -> Said {
        self.units = units;
        self
    }
}

impl<'a> Writer<'a> {
    fn new(plan: &'a Plan, model: &'a Model, meaning: &Meaning) -> Writer<'a> {
        let grants = meaning.grants.iter().map(|grant| (grant.sentence, &grant.id));
        let bans = meaning.bans.iter().map(|ban| (ban.sentence, &ban.id));
        let caps = meaning.caps.iter().map(|cap| (cap.sentence, &cap.id));
        let alias = model.policy.as_ref().and_then(|policy| policy.alias.as_ref());
        let (told, told_sources) = (plan.told_purposes(model), plan.told_sources(model));
        Writer {
            plan,
            model,
            ids: grants
                .chain(bans)
                .chain(caps)
                .map(|(sentence, id)| (sentence, id.printed.clone()))
                .collect(),
            tells: told::tells(plan, model, &told, &told_sources),
            told,
            told_sources,
            capitals: names::capitals(model),
            capitals_mean: names::capitals_mean(model),
            profiles_first: plan
                .paragraphs()
                .filter_map(|paragraph| match &paragraph.says {
                    Says::Flows(flows) => Some(flows),
                    _ => None,
                })
                .flat_map(plan::Flows::permissions)
                .find(|at| model.permissions[*at].verb.value == Verb::Profile),
            policy: alias.map_or_else(|| "Саясат".to_owned(), |alias| alias.value.clone()),
        }
    }

    fn block(&self, numbered: &Numbered) -> Block {
        let said = self.says(&numbered.says);
        let (number, anchor) = (numbered.number.clone(), numbered.anchor.clone());
        match said.table {
            Some((head, rows)) => Block::Table(Table {
                number,
                anchor,
                caption: said.text,
                head,
                rows,
                cites: None,
            }),
            None => Block::Paragraph(Paragraph {
                number,
                anchor,
                text: said.text,
                items: said.items,
                units: said.units,
                cites: None,
            }),
        }
    }

    fn says(&self, says: &Says) -> Said {
        match says {
            Says::Opening => self.opening(),
            Says::Aim => self.aim(),
            Says::Coverage => self.coverage(),
            Says::BasisDocuments => self.basis_documents(),
            Says::BelongsTo => self.belongs_to(),
            Says::Published => self.published(),
            Says::Accepted => self.accepted(),
            Says::Prevails => self.prevails(),
            Says::Controller(id) => self.controller_clause(*id),
            Says::Terms(ids) => self.terms(ids),
            Says::Subjects(ids) => self.subjects(ids),
            Says::DataTree(id) => self.data_tree(*id),
            Says::DataList(ids) => self.data_list(ids),
            Says::SpecialData(ids) => self.special_data(ids),
            Says::DevicePermissions(ids) => self.device_permissions(ids),
            Says::Sources(ids) => self.sources(ids),
            Says::Purposes(ids) => self.purposes(ids),
            Says::Bases(ids) => self.bases_clause(ids),
            Says::ConsentGiven(id) => self.consent_given(*id),
            Says::ConsentWithdrawn(id) => self.consent_withdrawn(*id),
            Says::BasisTerms(id) => self.basis_terms(*id),
            Says::Lead(lead) => self.lead(lead),
            Says::Flows(flows) => self.flows(flows),
            Says::Keeps { block, keeps } => self.keeps(*block, keeps),
            Says::Bans(bans) => self.bans(bans),
            Says::Recipients(role, ids) => self.recipients(*role, ids),
            Says::RecipientTerms(id) => self.recipient_terms(*id),
            Says::RecipientDuties(id) => self.recipient_duties(*id),
            Says::Rights(ids) => self.rights(ids),
            Says::Right(id) => self.right(*id),
            Says::Measures(ids) => self.measures(ids),
            Says::Duties(ids) => self.duties(ids),
            Says::Duty(id) => self.duty(*id),
            Says::Changes => self.changes(),
            Says::Channels(ids) => self.channels(ids),
            Says::Wording(clause) => self.wording(*clause),
            Says::Closing => self.closing(),
        }
    }

    /// The unit of a noun, with the sentence that says it alone.
    fn noun_unit<D: Kinded>(&self, id: Id<D>, sentence: &str) -> Unit {
        Unit {
            id: plan::noun_id(self.model, id.any()),
            states: Stated::Noun(id.any()),
            sentence: words::sentence(sentence),
            older_number: D::table(self.model)[id]
                .older_number
                .as_ref()
                .map(|number| number.value.clone()),
        }
    }

    /// The unit of a statement, keep or ban.
    fn rule_unit(&self, sentence: SentenceRef, text: &str) -> Unit {
        let id = self.ids.get(&sentence).cloned().unwrap_or_else(|| match sentence {
            SentenceRef::Permission(at) => format!("permission.{}", at + 1),
            SentenceRef::Keep(at) => format!("keep.{}", at + 1),
            SentenceRef::Ban(at) => self.model.bans[at]
                .id
                .as_ref()
                .map_or_else(|| format!("ban.{}", at + 1), |id| id.value.clone()),
        });
        let older = match sentence {
            SentenceRef::Permission(at) => self.model.blocks.get(self.model.permissions[at].stated.block),
            SentenceRef::Keep(at) => self.model.blocks.get(self.model.keeps[at].stated.block),
            SentenceRef::Ban(_) => None,
        };
        Unit {
            id,
            states: Stated::Sentence(sentence),
            sentence: words::sentence(text),
            older_number: older
                .and_then(|block| block.older_number.as_ref())
                .map(|number| number.value.clone()),
        }
    }
}

/// No list of one: a single part below an item goes into its line.
fn folded(mut item: Item) -> Item {
    match item.items.as_mut_slice() {
        [one] if one.items.is_empty() => {
            let part = std::mem::take(&mut one.text);
            item.text = match item.text.ends_with(", анын ичинде") {
                true => format!("{} {part}", item.text),
                false => words::remark(&item.text, &part),
            };
            let units = std::mem::take(&mut one.units);
            item.units.extend(units);
            item.items.clear();
        }
        _ => {}
    }
    item
}

/// An item with one unit or none.
fn item(text: &str, units: Vec<Unit>) -> Item {
    Item {
        text: words::item(text),
        items: Vec::new(),
        units,
    }
}
