//! Chapters: the author's in the order written, the default ones by topic, merged and numbered.

use std::collections::{BTreeMap, BTreeSet};

use super::lead::lead;
use super::order::{Rough, arrange, join_named, merge, number};
use super::pieces::{Draft, Pieces, own_heading};
use super::told::drop_told;
use super::{Heading, Plan, Says, Topic};
use crate::model::kinded::Kinded;
use crate::model::noun::{AnyNoun, Table};
use crate::model::{Member, Model, Section};
use crate::notice::options::Options;
use crate::syntax::vocabulary::{Kind, Verb};

pub(super) fn plan(model: &Model, options: &Options) -> Plan {
    let mut own = own_chapters(model);
    let mut default = default_chapters(model);
    join_named(&mut own, &mut default);
    let mut chapters = arrange(merge(own, default), &options.order);
    drop_told(model, &mut chapters);
    chapters.retain(Rough::says_something);
    let mut said = Vec::new();
    chapters.iter_mut().for_each(|chapter| lead(model, chapter, &mut said));
    number(chapters, options.numbering)
}

/// The author's chapters.
fn own_chapters(model: &Model) -> Vec<Rough> {
    let sections = model.outline.iter().filter_map(|member| match member {
        Member::Section(section) => Some(section),
        _ => None,
    });
    sections
        .enumerate()
        .map(|(at, section)| {
            let mut pieces = Pieces {
                model,
                drafts: Vec::new(),
            };
            members(&mut pieces, &section.members);
            let title = section.title.as_ref().map(|title| title.value.as_str());
            let name = section.name.clone().unwrap_or_else(|| (at + 1).to_string());
            Rough {
                topic: topic(section),
                anchor: format!("section.{name}"),
                heading: own_heading(title, section.name.as_deref()),
                drafts: pieces.drafts,
            }
        })
        .collect()
}

/// Members in the order written, neighbours of one kind together.
fn members(pieces: &mut Pieces<'_>, members: &[Member]) {
    let mut at = 0;
    while let Some(member) = members.get(at) {
        let kind = kind_of(member);
        let run = members[at..].iter().take_while(|next| kind_of(next) == kind).count();
        let run = &members[at..at + run];
        at += run.len();
        match member {
            Member::Noun(noun) => {
                let nouns: Vec<AnyNoun> = run.iter().filter_map(as_noun).collect();
                pieces.nouns(noun.kind, &nouns);
            }
            Member::Ban(_) => {
                let bans = run.iter().filter_map(|member| match member {
                    Member::Ban(ban) => Some(*ban),
                    _ => None,
                });
                let bans: Vec<usize> = bans.filter(|ban| pieces.model.bans[*ban].enforced).collect();
                add_bans(pieces, bans);
            }
            _ => run.iter().for_each(|member| match member {
                Member::Block(block) => pieces.block(*block, |_| true, true),
                Member::Clause(clause) => pieces.clause(*clause),
                Member::Section(section) => {
                    if let Some(title) = &section.title {
                        pieces.drafts.push(Draft::Heading(title.value.clone()));
                    }
                    self::members(pieces, &section.members);
                }
                Member::Noun(_) | Member::Ban(_) => {}
            }),
        }
    }
}

/// Bans of the same controllers share a list.
fn add_bans(pieces: &mut Pieces<'_>, bans: Vec<usize>) {
    let by = |ban: usize| {
        let by = pieces.model.bans[ban].scope.by.as_ref();
        by.map(|slot| slot.atoms.clone())
    };
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for ban in bans {
        match groups.iter_mut().find(|group| by(group[0]) == by(ban)) {
            Some(group) => group.push(ban),
            None => groups.push(vec![ban]),
        }
    }
    for group in groups {
        let name = pieces.model.bans[group[0]].id.as_ref().map(|id| id.value.clone());
        let name = name.unwrap_or_else(|| (group[0] + 1).to_string());
        pieces.add(format!("ban.{name}.list"), Says::Bans(group));
    }
}

fn as_noun(member: &Member) -> Option<AnyNoun> {
    match member {
        Member::Noun(noun) => Some(*noun),
        _ => None,
    }
}

fn kind_of(member: &Member) -> Kind {
    match member {
        Member::Section(_) => Kind::Section,
        Member::Noun(noun) => noun.kind,
        Member::Block(_) => Kind::Processing,
        Member::Ban(_) => Kind::Rule,
        Member::Clause(_) => Kind::Clause,
    }
}

/// The default chapters with what stands in no section.
fn default_chapters(model: &Model) -> Vec<Rough> {
    let loose = Loose::of(model);
    let mut chapters: BTreeMap<Topic, Vec<Draft>> = BTreeMap::new();
    let mut fill = |topic: Topic, write: &mut dyn FnMut(&mut Pieces<'_>)| {
        let mut pieces = Pieces {
            model,
            drafts: Vec::new(),
        };
        write(&mut pieces);
        chapters.entry(topic).or_default().extend(pieces.drafts);
    };
    fill(Topic::General, &mut |pieces| {
        general(pieces);
        pieces.nouns(Kind::Subject, &loose.nouns(&model.subjects));
    });
    fill(Topic::Changes, &mut |pieces| {
        if model
            .policy
            .as_ref()
            .is_some_and(|policy| !policy.changes.is_empty() || policy.change_notice.is_some())
        {
            pieces.add("policy.changes", Says::Changes);
        }
    });
    fill(Topic::Controllers, &mut |pieces| {
        pieces.nouns(Kind::Controller, &loose.nouns(&model.controllers))
    });
    fill(Topic::Terms, &mut |pieces| {
        pieces.nouns(Kind::Term, &loose.nouns(&model.terms))
    });
    fill(Topic::Data, &mut |pieces| {
        pieces.nouns(Kind::Data, &loose.nouns(&model.data));
        pieces.nouns(Kind::Source, &loose.nouns(&model.sources));
    });
    fill(Topic::Purposes, &mut |pieces| {
        pieces.nouns(Kind::Purpose, &loose.nouns(&model.purposes))
    });
    fill(Topic::Bases, &mut |pieces| {
        pieces.nouns(Kind::Basis, &loose.nouns(&model.bases))
    });
    for block in loose.blocks() {
        fill(Topic::Processing, &mut |pieces| {
            pieces.block(block, |verb| !gives(verb), false)
        });
    }
    fill(Topic::Transfer, &mut |pieces| {
        pieces.nouns(Kind::Recipient, &loose.nouns(&model.recipients))
    });
    for block in loose.blocks() {
        fill(Topic::Transfer, &mut |pieces| pieces.block(block, gives, false));
        fill(Topic::Retention, &mut |pieces| pieces.block(block, |_| false, true));
    }
    fill(Topic::Promises, &mut |pieces| {
        let bans = (0..model.bans.len()).filter(|ban| model.bans[*ban].enforced && !loose.bans.contains(ban));
        add_bans(pieces, bans.collect());
    });
    fill(Topic::Rights, &mut |pieces| {
        pieces.nouns(Kind::Right, &loose.nouns(&model.rights))
    });
    fill(Topic::Duties, &mut |pieces| {
        pieces.nouns(Kind::Duty, &loose.nouns(&model.duties))
    });
    fill(Topic::Security, &mut |pieces| {
        pieces.nouns(Kind::Measure, &loose.nouns(&model.measures))
    });
    fill(Topic::Contacts, &mut |pieces| {
        pieces.nouns(Kind::Channel, &loose.nouns(&model.channels))
    });
    fill(Topic::Closing, &mut |pieces| {
        for clause in (0..model.clauses.len()).filter(|clause| !loose.clauses.contains(clause)) {
            pieces.clause(clause);
        }
        pieces.add("closing", Says::Closing);
    });
    let named = |(topic, drafts): (Topic, Vec<Draft>)| Rough {
        topic: Some(topic),
        anchor: format!("{topic:?}").to_lowercase(),
        heading: Heading::Topic(topic),
        drafts,
    };
    chapters.into_iter().map(named).collect()
}

fn gives(verb: Verb) -> bool {
    matches!(verb, Verb::Share | Verb::Publish)
}

/// What the header of the policy says about the document.
fn general(pieces: &mut Pieces<'_>) {
    pieces.add("policy.opening", Says::Opening);
    let Some(policy) = &pieces.model.policy else {
        return;
    };
    let said = [
        (policy.purpose.is_some(), "policy.aim", Says::Aim),
        (!policy.covers.is_empty(), "policy.covers", Says::Coverage),
        (!policy.basis_documents.is_empty(), "policy.laws", Says::BasisDocuments),
        (!policy.belongs_to.is_empty(), "policy.documents", Says::BelongsTo),
        (!policy.published.is_empty(), "policy.published", Says::Published),
        (!policy.accepted.is_empty(), "policy.accepted", Says::Accepted),
        (policy.prevails.is_some(), "policy.language", Says::Prevails),
    ];
    for (_, anchor, says) in said.into_iter().filter(|(present, ..)| *present) {
        pieces.add(anchor, says);
    }
}

/// What the sections hold; the rest is loose.
#[derive(Default)]
struct Loose {
    nouns: BTreeSet<AnyNoun>,
    blocks: BTreeSet<usize>,
    bans: BTreeSet<usize>,
    clauses: BTreeSet<usize>,
    all_blocks: usize,
}

impl Loose {
    fn of(model: &Model) -> Loose {
        let mut loose = Loose {
            all_blocks: model.blocks.len(),
            ..Loose::default()
        };
        for member in &model.outline {
            if let Member::Section(section) = member {
                loose.take(&section.members);
            }
        }
        loose
    }

    fn take(&mut self, members: &[Member]) {
        for member in members {
            match member {
                Member::Section(section) => self.take(&section.members),
                Member::Noun(noun) => _ = self.nouns.insert(*noun),
                Member::Block(block) => _ = self.blocks.insert(*block),
                Member::Ban(ban) => _ = self.bans.insert(*ban),
                Member::Clause(clause) => _ = self.clauses.insert(*clause),
            }
        }
    }

    /// The top nouns of a table that the project declares outside sections.
    fn nouns<D: Kinded>(&self, table: &Table<D>) -> Vec<AnyNoun> {
        let top = table.of_project().filter(|(_, noun)| noun.parent.is_none());
        top.map(|(id, _)| id.any())
            .filter(|noun| !self.nouns.contains(noun))
            .collect()
    }

    fn blocks(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.all_blocks).filter(|block| !self.blocks.contains(block))
    }
}

/// Where a section belongs among the topics: where most of its members do, the earlier one at a tie.
fn topic(section: &Section) -> Option<Topic> {
    fn count(members: &[Member], votes: &mut BTreeMap<Topic, usize>) {
        for member in members {
            if let Member::Section(section) = member {
                count(&section.members, votes);
            } else if let Some(topic) = topic_of(kind_of(member)) {
                *votes.entry(topic).or_default() += 1;
            }
        }
    }
    let mut votes: BTreeMap<Topic, usize> = BTreeMap::new();
    count(&section.members, &mut votes);
    let most = votes.values().copied().max();
    votes
        .iter()
        .find(|(_, count)| Some(**count) == most)
        .map(|(topic, _)| *topic)
}

fn topic_of(kind: Kind) -> Option<Topic> {
    Some(match kind {
        Kind::Controller => Topic::Controllers,
        Kind::Subject => Topic::General,
        Kind::Term => Topic::Terms,
        Kind::Data | Kind::Source => Topic::Data,
        Kind::Purpose => Topic::Purposes,
        Kind::Basis => Topic::Bases,
        Kind::Processing => Topic::Processing,
        Kind::Recipient => Topic::Transfer,
        Kind::Rule => Topic::Promises,
        Kind::Right => Topic::Rights,
        Kind::Duty => Topic::Duties,
        Kind::Measure => Topic::Security,
        Kind::Channel => Topic::Contacts,
        _ => return None,
    })
}
