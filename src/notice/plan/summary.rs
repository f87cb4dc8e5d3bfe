//! The opening summary: six questions that a reader has, answered from what is declared. A view; it has no units.

use super::pieces::{Pieces, children};
use super::{Chapter, Plan, Says};
use crate::model::Model;
use crate::model::kinded::Kinded;
use crate::model::noun::{Basis, Channel, Controller, Data, Id, Purpose, Recipient, Right, Table};
use crate::model::sentence::{Keep, Permission};
use crate::source::Origin;
use crate::syntax::vocabulary::Verb;

/// At most so many names answer a question.
const NAMES: usize = 6;

/// The answers, in the order of the questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// What is collected, why, who receives it, how long it is kept, which rights there are, whom to ask.
    pub lines: Vec<Line>,
}

/// An answer, and the chapter that says more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The answer.
    pub brief: Brief,
    /// Number and anchor of the chapter.
    pub chapters: Vec<(String, String)>,
}

/// Names, and whether there are more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names<I> {
    /// The first of them.
    pub first: Vec<I>,
    /// There are more.
    pub more: bool,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Brief {
    /// What is collected; the second are the classes among it that the law protects specially.
    Collects(Names<Id<Data>>, Vec<Id<Data>>),
    /// Why: purposes, or their classes if there are many.
    Purposes(Names<Id<Purpose>>),
    /// Who receives it.
    Recipients(Names<Id<Recipient>>),
    /// How long it is kept: keeps with different terms, as indices into `Model::keeps`.
    Kept(Vec<usize>),
    /// The person's rights.
    Rights(Names<Id<Right>>),
    /// Whom to ask.
    Contacts(Vec<Id<Controller>>, Vec<Id<Channel>>),
    /// Who processes; in the short notice alone, as all below.
    Controllers(Vec<Id<Controller>>),
    /// On what grounds.
    Bases(Names<Id<Basis>>),
    /// What happens if data or a consent are refused: the bases that say it.
    Refusal(Vec<Id<Basis>>),
    /// For what a machine decides alone.
    Automatic(Vec<Id<Purpose>>),
    /// Where the whole policy is.
    Published,
}

/// The summary of a model; `None` if it processes nothing.
#[must_use]
pub fn summary(model: &Model, plan: &Plan) -> Option<Summary> {
    let data: Vec<Id<Data>> = top(&model.data);
    if data.is_empty() {
        return None;
    }
    let line = |brief: Brief, test: fn(&Says) -> bool| Line {
        brief,
        chapters: chapter(plan, test).into_iter().collect(),
    };
    let special = special_classes(model, &data);
    let mut lines = vec![line(Brief::Collects(names(spread(model, data)), special), |says| {
        matches!(says, Says::DataTree(_) | Says::DataList(_))
    })];
    let purposes = purposes(model);
    if !purposes.first.is_empty() {
        let listed = chapter(plan, |says| matches!(says, Says::Purposes(_)));
        lines.push(Line {
            brief: Brief::Purposes(purposes),
            chapters: listed
                .or_else(|| stated(model, plan, |said| said.purpose.is_some()))
                .into_iter()
                .collect(),
        });
    }
    let listed = chapter(plan, |says| matches!(says, Says::Recipients(..)));
    lines.push(Line {
        brief: Brief::Recipients(names(receivers(model))),
        chapters: listed
            .or_else(|| stated(model, plan, |said| said.verb.value == Verb::Share))
            .into_iter()
            .collect(),
    });
    lines.push(line(Brief::Kept(terms(model)), |says| {
        matches!(says, Says::Keeps { .. })
    }));
    let rights: Vec<Id<Right>> = top(&model.rights);
    if !rights.is_empty() {
        lines.push(Line {
            brief: Brief::Rights(names(rights)),
            chapters: all_chapters(plan, |says| matches!(says, Says::Rights(_) | Says::Right(_))),
        });
    }
    let (controllers, channels) = contacts(model);
    if !(controllers.is_empty() && channels.is_empty()) {
        let of_channels = !channels.is_empty();
        let chapter = chapter(plan, |says| match says {
            Says::Channels(_) => of_channels,
            Says::Controller(_) => !of_channels,
            _ => false,
        });
        lines.push(Line {
            brief: Brief::Contacts(controllers, channels),
            chapters: chapter.into_iter().collect(),
        });
    }
    Some(Summary { lines })
}

/// The short notice: the summary, and what the law wants told beside it. `None` if nothing is processed.
#[must_use]
pub fn short(model: &Model, plan: &Plan) -> Option<Summary> {
    let line = |brief: Brief, test: fn(&Says) -> bool| Line {
        brief,
        chapters: chapter(plan, test).into_iter().collect(),
    };
    let controllers: Vec<Id<Controller>> = model.controllers.of_project().map(|(id, _)| id).collect();
    let bases: Vec<Id<Basis>> = top(&model.bases);
    let refusal = model
        .bases
        .of_project()
        .filter(|(_, noun)| noun.detail.refusal.is_some());
    let refusal: Vec<Id<Basis>> = refusal.map(|(id, _)| id).collect();
    let mut automatic: Vec<Id<Purpose>> = Vec::new();
    for said in model.permissions.iter().filter(|said| said.verb.value == Verb::Profile) {
        let names = said.purpose.iter().flat_map(|slot| &slot.names);
        automatic.extend(names.map(|name| name.value));
    }
    automatic.sort();
    automatic.dedup();
    let mut lines = Vec::new();
    if !controllers.is_empty() {
        lines.push(line(Brief::Controllers(controllers), |says| {
            matches!(says, Says::Controller(_))
        }));
    }
    for told in summary(model, plan)?.lines {
        let brief = told.brief.clone();
        lines.push(told);
        match brief {
            Brief::Purposes(_) if !bases.is_empty() => {
                lines.push(line(Brief::Bases(names(bases.clone())), |says| {
                    matches!(says, Says::Bases(_))
                }));
            }
            Brief::Kept(_) => {
                if !refusal.is_empty() {
                    lines.push(line(Brief::Refusal(refusal.clone()), |says| {
                        matches!(says, Says::BasisTerms(_))
                    }));
                }
                if let Some(first) = model
                    .permissions
                    .iter()
                    .position(|said| said.verb.value == Verb::Profile)
                    && !automatic.is_empty()
                {
                    let tells =
                        |says: &Says| matches!(says, Says::Flows(flows) if flows.permissions().any(|at| at == first));
                    lines.push(Line {
                        brief: Brief::Automatic(automatic.clone()),
                        chapters: chapter(plan, tells).into_iter().collect(),
                    });
                }
            }
            _ => {}
        }
    }
    if model.policy.as_ref().is_some_and(|policy| !policy.published.is_empty()) {
        lines.push(Line {
            brief: Brief::Published,
            chapters: Vec::new(),
        });
    }
    Some(Summary { lines })
}

/// Number and anchor of the chapter that says most of something; of equals the first.
fn chapter(plan: &Plan, test: impl Fn(&Says) -> bool) -> Option<(String, String)> {
    let says = |chapter: &Chapter| -> usize {
        let said = chapter.paragraphs().filter(|paragraph| test(&paragraph.says));
        said.map(|paragraph| facts(&paragraph.says)).sum()
    };
    let chapters = plan.chapters.iter().rev().filter(|chapter| says(chapter) > 0);
    let found = chapters.max_by_key(|chapter| says(chapter))?;
    Some((found.number.clone(), found.anchor.clone()))
}

/// Every chapter that says such things.
fn all_chapters(plan: &Plan, test: impl Fn(&Says) -> bool) -> Vec<(String, String)> {
    let says = |chapter: &&Chapter| chapter.paragraphs().any(|paragraph| test(&paragraph.says));
    let chapters = plan.chapters.iter().filter(says);
    chapters
        .map(|chapter| (chapter.number.clone(), chapter.anchor.clone()))
        .collect()
}

/// Where no list says it: the chapter with most of the statements that do.
fn stated(model: &Model, plan: &Plan, test: fn(&Permission) -> bool) -> Option<(String, String)> {
    chapter(
        plan,
        |says| matches!(says, Says::Flows(flows) if flows.permissions().any(|at| test(&model.permissions[at]))),
    )
}

/// How many things a paragraph says, where one may say many.
fn facts(says: &Says) -> usize {
    match says {
        Says::DataList(data) => data.len(),
        Says::Keeps { keeps, .. } => keeps.len(),
        Says::Recipients(_, recipients) => recipients.len(),
        Says::Rights(rights) => rights.len(),
        Says::Channels(channels) => channels.len(),
        _ => 1,
    }
}

/// The project's own nouns that stand in no other.
fn top<D: Kinded>(table: &Table<D>) -> Vec<Id<D>> {
    let top = table.of_project().filter(|(_, noun)| noun.parent.is_none());
    top.map(|(id, _)| id).collect()
}

/// One or two categories say little: their parts, if they have some.
fn spread(model: &Model, top: Vec<Id<Data>>) -> Vec<Id<Data>> {
    let parts: Vec<Id<Data>> = top.iter().flat_map(|id| children(&model.data, *id)).collect();
    if top.len() > 2 || parts.len() < 2 { top } else { parts }
}

fn names<I>(mut all: Vec<I>) -> Names<I> {
    // One name more costs the reader less than «and others».
    let more = all.len() > NAMES + 1;
    if more {
        all.truncate(NAMES);
    }
    Names { first: all, more }
}

/// The classes of the taxonomy below `special` that the data belong to.
fn special_classes(model: &Model, data: &[Id<Data>]) -> Vec<Id<Data>> {
    let pieces = Pieces {
        model,
        drafts: Vec::new(),
    };
    let mut found: Vec<Id<Data>> = Vec::new();
    for id in pieces.special(data) {
        let classes = model.data[id].is.iter().copied();
        for class in classes.filter(|class| model.data[*class].origin == Origin::Taxonomy) {
            if !found.contains(&class) {
                found.push(class);
            }
        }
    }
    found
}

/// Few purposes by their names, many by the classes that they belong to. A class of one purpose is called by its name: the
/// words of the policy itself say it better.
fn purposes(model: &Model) -> Names<Id<Purpose>> {
    let all: Vec<Id<Purpose>> = top(&model.purposes);
    if all.len() <= NAMES {
        return names(all);
    }
    let (mut classes, mut unclassed) = (Vec::new(), false);
    let mut open = all.clone();
    while let Some(id) = open.pop() {
        let is = model.purposes[id].is.iter().copied();
        let mut known = is
            .filter(|class| model.purposes[*class].origin == Origin::Taxonomy)
            .peekable();
        unclassed |= known.peek().is_none();
        classes.extend(known.map(|class| (std::cmp::Reverse(count(model, class)), class)));
        open.extend(children(&model.purposes, id));
    }
    classes.sort();
    classes.dedup();
    if classes.len() < 3 {
        return names(all);
    }
    let called = classes.into_iter().map(|(_, class)| {
        let mut of = model.purposes.of_project().filter(|(_, noun)| noun.is.contains(&class));
        match (of.next(), of.next()) {
            (Some((only, noun)), None) if noun.parent.is_none() => only,
            _ => class,
        }
    });
    let mut known: Vec<Id<Purpose>> = Vec::new();
    for id in called {
        if !known.contains(&id) {
            known.push(id);
        }
    }
    let classes = names(known);
    Names {
        more: classes.more || unclassed,
        ..classes
    }
}

/// How many purposes of the project are directly of a class.
fn count(model: &Model, class: Id<Purpose>) -> usize {
    let of = model.purposes.of_project().filter(|(_, noun)| noun.is.contains(&class));
    of.count()
}

/// Who is named as a recipient of any statement, by the noun at the top.
fn receivers(model: &Model) -> Vec<Id<Recipient>> {
    let shares = model.permissions.iter().filter(|said| said.verb.value == Verb::Share);
    let mut found: Vec<Id<Recipient>> = Vec::new();
    for slot in shares.filter_map(|said| said.recipient.as_ref()) {
        let named = slot.names.iter().map(|name| name.value);
        let all = if slot.any {
            top(&model.recipients)
        } else {
            named.collect()
        };
        for mut id in all {
            while let Some(above) = model.recipients[id].parent {
                id = above;
            }
            if !found.contains(&id) {
                found.push(id);
            }
        }
    }
    found
}

/// Keeps with different terms, the first of each.
fn terms(model: &Model) -> Vec<usize> {
    let term = |keep: &Keep| {
        let bounds = [keep.at_most, keep.at_least].map(|period| period.map(|period| period.value));
        (keep.end.clone(), bounds)
    };
    let mut found: Vec<usize> = Vec::new();
    for (at, keep) in model.keeps.iter().enumerate() {
        if !found.iter().any(|known| term(&model.keeps[*known]) == term(keep)) {
            found.push(at);
        }
    }
    found
}

/// Controllers that can be reached, else channels.
fn contacts(model: &Model) -> (Vec<Id<Controller>>, Vec<Id<Channel>>) {
    let reachable = model.controllers.of_project().filter(|(_, noun)| {
        let it = &noun.detail;
        it.contact.is_some() || !it.phone.is_empty() || !it.email.is_empty()
    });
    let controllers: Vec<_> = reachable.map(|(id, _)| id).collect();
    if !controllers.is_empty() {
        return (controllers, Vec::new());
    }
    let reachable = model.channels.of_project().filter(|(_, noun)| {
        let it = &noun.detail;
        !it.phone.is_empty() || !it.email.is_empty() || it.url.is_some() || it.address.is_some()
    });
    (Vec::new(), reachable.map(|(id, _)| id).take(2).collect())
}
