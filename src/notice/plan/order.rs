//! The order of chapters: the author's and the default ones merged, then numbered.

use std::collections::BTreeSet;

use super::pieces::Draft;
use super::{Chapter, Heading, Numbered, Piece, Plan, Topic};
use crate::notice::options::Numbering;

/// A chapter before it has a number.
pub(super) struct Rough {
    /// Where it belongs; `None` for a section of own wording.
    pub(super) topic: Option<Topic>,
    pub(super) anchor: String,
    pub(super) heading: Heading,
    pub(super) drafts: Vec<Draft>,
}

impl Rough {
    pub(super) fn says_something(&self) -> bool {
        self.drafts.iter().any(|draft| matches!(draft, Draft::Paragraph(..)))
    }
}

/// A section named like a default chapter (`section changes "…"`) takes in what that chapter would say. The general
/// chapter opens the document wherever its section stands.
pub(super) fn join_named(own: &mut Vec<Rough>, default: &mut Vec<Rough>) {
    for chapter in default.iter_mut() {
        let anchor = format!("section.{}", chapter.anchor);
        let Some(at) = own.iter().position(|section| section.anchor == anchor) else {
            continue;
        };
        if chapter.topic == Some(Topic::General) {
            let section = own.remove(at);
            chapter.heading = section.heading;
            chapter.drafts.extend(section.drafts);
        } else {
            own[at].topic = chapter.topic;
            own[at].drafts.splice(0..0, std::mem::take(&mut chapter.drafts));
        }
    }
    default.retain(Rough::says_something);
    own.retain(Rough::says_something);
}

/// Both sequences keep their order. A default chapter stands where the fewest sections are on its wrong side; the first
/// two open the document in any case, the closing one ends it.
pub(super) fn merge(own: Vec<Rough>, default: Vec<Rough>) -> Vec<Rough> {
    let topics: Vec<Option<Topic>> = own.iter().map(|section| section.topic).collect();
    let place = |topic: Option<Topic>, from: usize| match topic {
        Some(Topic::General | Topic::Controllers) => from,
        Some(Topic::Closing) => topics.len(),
        topic => {
            let wrong = |at: &usize| {
                let later = topics[..*at]
                    .iter()
                    .flatten()
                    .filter(|section| Some(**section) > topic)
                    .count();
                let earlier = topics[*at..]
                    .iter()
                    .flatten()
                    .filter(|section| Some(**section) < topic)
                    .count();
                later + earlier
            };
            (from..=topics.len()).min_by_key(wrong).unwrap_or(from)
        }
    };
    let mut merged = Vec::new();
    let mut own = own.into_iter();
    let mut taken = 0;
    for chapter in default {
        let at = place(chapter.topic, taken);
        merged.extend(own.by_ref().take(at - taken));
        taken = at;
        merged.push(chapter);
    }
    merged.extend(own);
    merged
}

/// The chapters that `order` names change places among themselves; the others stay where they are.
pub(super) fn arrange(chapters: Vec<Rough>, order: &[String]) -> Vec<Rough> {
    let rank = |chapter: &Rough| order.iter().position(|name| named(&chapter.anchor, name));
    let mut named: Vec<(usize, usize)> = Vec::new();
    for (at, chapter) in chapters.iter().enumerate() {
        named.extend(rank(chapter).map(|rank| (rank, at)));
    }
    let places: Vec<usize> = named.iter().map(|(_, at)| *at).collect();
    named.sort_unstable();
    let mut from: Vec<usize> = (0..chapters.len()).collect();
    for (place, (_, at)) in places.into_iter().zip(named) {
        from[place] = at;
    }
    let mut chapters: Vec<Option<Rough>> = chapters.into_iter().map(Some).collect();
    from.into_iter().filter_map(|at| chapters[at].take()).collect()
}

/// Whether a name of `order` means the chapter with this anchor.
pub(super) fn named(anchor: &str, name: &str) -> bool {
    anchor == name || anchor.strip_prefix("section.") == Some(name)
}

/// Numbers chapters and paragraphs; makes anchors unique.
pub(super) fn number(chapters: Vec<Rough>, numbering: Numbering) -> Plan {
    let mut used: BTreeSet<String> = BTreeSet::new();
    let mut unique = |anchor: String| {
        let mut name = anchor.clone();
        let mut count = 1;
        while !used.insert(name.clone()) {
            count += 1;
            name = format!("{anchor}-{count}");
        }
        name
    };
    let mut numbered = Vec::new();
    let mut of_all = 0;
    for (at, chapter) in chapters.into_iter().enumerate() {
        let number = numbering.chapter(at + 1);
        let mut paragraphs = 0;
        let mut piece = |draft: Draft| match draft {
            Draft::Heading(text) => Piece::Heading(text),
            Draft::Paragraph(anchor, says) => {
                paragraphs += 1;
                of_all += 1;
                Piece::Paragraph(Numbered {
                    number: numbering.paragraph(&number, paragraphs, of_all),
                    anchor: unique(anchor),
                    says,
                })
            }
        };
        let pieces = chapter.drafts.into_iter().map(&mut piece).collect();
        let anchor = unique(chapter.anchor);
        numbered.push(Chapter {
            number,
            anchor,
            heading: chapter.heading,
            pieces,
        });
    }
    Plan { chapters: numbered }
}
