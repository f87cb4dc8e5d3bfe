//! Names to nouns: one namespace, innermost first (M1); and what looks like a name that is not there.

use std::collections::HashMap;

use super::Model;
use super::noun::AnyNoun;
use crate::diagnostic::Text;
use crate::source::Origin;
use crate::syntax::vocabulary::Kind;

/// From where a name is looked up.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Looker {
    /// A file of the project: project, then packs, then taxonomy.
    Project,
    /// House rules of this name: their own nouns, then as the project.
    House(String),
    /// A law pack of this name: its own nouns, then the taxonomy. What a project calls its things is no business of a law.
    Pack(String),
    /// The taxonomy.
    Taxonomy,
}

/// That a pack names a noun of the policy.
pub const NO_BUSINESS: &str = "`{name}` is a noun of the policy, and a pack does not see the policy's nouns";

/// The noun that the project itself declares by this name, of one of some kinds.
#[must_use]
pub fn of_project(model: &Model, name: &str, of: impl Fn(Kind) -> bool) -> Option<AnyNoun> {
    let is_end = |path: &str| path == name || path.strip_suffix(name).is_some_and(|above| above.ends_with('.'));
    let mut nouns = model.nouns();
    let found = nouns.find(|(noun, common)| common.origin == Origin::Project && of(noun.kind) && is_end(common.path));
    found.map(|(noun, _)| noun)
}

/// What a rule of a pack can ask about instead of a noun of the policy, and where it could ask about that.
#[must_use]
pub fn instead_of(model: &Model, noun: AnyNoun) -> Text {
    let above = model.at_or_above(noun).into_iter().filter_map(|high| model.noun(high));
    let classes = above.filter(|common| common.origin != Origin::Project);
    match classes.map(|common| common.path.to_owned()).next() {
        Some(class) => Text::new("ask about `{class}`, which it is, or write the rule in the project's own files (`sources`), where house rules see the policy's nouns").with("class", class),
        None => "ask about a class that the pack or the taxonomy declares, or write the rule in the project's own files (`sources`), where house rules see the policy's nouns".into(),
    }
}

/// What a name leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// One noun.
    One(AnyNoun),
    /// Several, none nearer than the others.
    Several(Vec<AnyNoun>),
    /// Only nouns of other kinds.
    OtherKind(AnyNoun),
    /// Nothing.
    Nothing,
}

/// A noun as the index sees it.
#[derive(Clone, Debug)]
struct Entry {
    noun: AnyNoun,
    path: String,
    /// The path without the name of the pack, where the path has one.
    own: String,
    /// Own path, whole path and last step as `fold` gives them.
    folded: [String; 3],
    origin: Origin,
    mirror: bool,
}

/// An index of all nouns by every end of their paths, by which they may be called.
#[derive(Clone, Debug, Default)]
pub struct Names {
    entries: Vec<Entry>,
    by_end: HashMap<String, Vec<usize>>,
}

impl Names {
    /// The index of a model's nouns. Nouns without a name cannot be called.
    #[must_use]
    pub fn of(model: &Model) -> Names {
        let mut names = Names::default();
        for (noun, common) in model.nouns().filter(|(_, common)| !common.name.is_empty()) {
            let mirror = noun
                .id()
                .is_some_and(|id| model.sources[id].detail.stands_for.is_some());
            let own = match common.origin {
                Origin::Pack => common.path.split_once('.').map_or(common.path, |(_, own)| own),
                Origin::Project | Origin::Taxonomy => common.path,
            };
            let mut end = common.path;
            loop {
                names
                    .by_end
                    .entry(end.to_owned())
                    .or_default()
                    .push(names.entries.len());
                match end.split_once('.') {
                    Some((_, rest)) => end = rest,
                    None => break,
                }
            }
            names.entries.push(Entry {
                noun,
                path: common.path.to_owned(),
                own: own.to_owned(),
                folded: [fold(own), fold(common.path), fold(common.name)],
                origin: common.origin,
                mirror,
            });
        }
        names
    }

    /// Looks a dotted name up among nouns of these kinds. `except` is not in scope: the noun whose `is` this stands in.
    #[must_use]
    pub fn find(&self, text: &str, kinds: &[Kind], looker: &Looker, except: Option<AnyNoun>) -> Found {
        let all: Vec<&Entry> = self
            .by_end
            .get(text)
            .into_iter()
            .flatten()
            .filter_map(|i| self.entries.get(*i))
            .filter(|entry| Some(entry.noun) != except)
            .collect();
        let mut other = None;
        for level in 0..4 {
            let here: Vec<&&Entry> = all.iter().filter(|entry| looker.level(entry) == Some(level)).collect();
            let right: Vec<&Entry> = here
                .iter()
                .filter(|entry| kinds.contains(&entry.noun.kind))
                .map(|entry| **entry)
                .collect();
            // A noun that is called just so comes before one that is so called somewhere deeper.
            let exact = right.iter().find(|entry| entry.own == text || entry.path == text);
            match (exact, right.as_slice()) {
                (Some(one), _) | (None, [one]) => return Found::One(one.noun),
                (None, []) => other = other.or(here.iter().find(|entry| !entry.mirror).map(|entry| entry.noun)),
                (None, several) => return Found::Several(several.iter().map(|entry| entry.noun).collect()),
            }
        }
        other.map_or(Found::Nothing, Found::OtherKind)
    }

    /// The names of these kinds in the group that a dotted name names, such as all of `contacts` for `contacts.fone`. Empty
    /// if there is no such group.
    #[must_use]
    pub fn of_group(&self, text: &str, kinds: &[Kind], looker: &Looker) -> Vec<&str> {
        let Some((group, _)) = text.rsplit_once('.') else {
            return Vec::new();
        };
        let groups = self.by_end.get(group).into_iter().flatten();
        let paths: Vec<&str> = groups
            .filter_map(|at| Some(self.entries.get(*at)?.path.as_str()))
            .collect();
        let members = self.entries.iter().filter(|entry| {
            let above = entry.path.rsplit_once('.').map(|(above, _)| above);
            kinds.contains(&entry.noun.kind)
                && looker.level(entry).is_some()
                && above.is_some_and(|above| paths.contains(&above))
        });
        members.map(|entry| entry.path.as_str()).collect()
    }

    /// The names of these kinds nearest to one that is not there, best first, each as shortly as it can be written.
    #[must_use]
    pub fn nearest(&self, text: &str, kinds: &[Kind], looker: &Looker) -> Vec<Near> {
        let folded = fold(text);
        let bare = fold(last_step(text));
        let reach = reach(&bare);
        let dotted = text.contains('.');
        let mut found: Vec<Near> = Vec::new();
        for entry in &self.entries {
            if !kinds.contains(&entry.noun.kind) || looker.level(entry).is_none() {
                continue;
            }
            let [own, path, last] = &entry.folded;
            // The last step alone may be right: then the way to it is wrong, which is one mistake.
            let step = distance(&bare, last, reach).saturating_add(usize::from(dotted));
            let whole = match (own == last && !dotted, own == path) {
                (true, true) => step,
                (false, true) => distance(&folded, own, reach),
                (_, false) => distance(&folded, own, reach).min(distance(&folded, path, reach)),
            };
            // In a known group few names can be meant: there two letters may be wrong in a short one too.
            let kin = dotted && (before_last(&folded) == before_last(own) || before_last(&folded) == before_last(path));
            let reach = if kin { reach.max(2) } else { reach };
            let step = if kin {
                step.min(distance(&bare, last, reach))
            } else {
                step
            };
            if whole.min(step) > reach {
                continue;
            }
            let name = match self.find(last_step(&entry.own), kinds, looker, None) {
                Found::One(one) if one == entry.noun && !(dotted && whole <= step) => last_step(&entry.own),
                _ => &entry.path,
            };
            found.push(Near {
                name: name.to_owned(),
                distance: whole.min(step),
                far: looker.level(entry).unwrap_or_default().saturating_sub(1),
            });
        }
        found.sort();
        found.dedup_by(|a, b| a.name == b.name);
        found
    }
}

/// The nearest of these names to one that was written, if one is near enough. Who writes a dotted name means all of it, who
/// writes a bare one perhaps only the last step.
///
/// Words of the language are another matter (`syntax::words`): there the length of the word that is offered says how many
/// letters may be wrong, of two that are as near the one listed first is meant, and paths have no part in it.
#[must_use]
pub fn nearest_of<'a>(text: &str, known: &[&'a str]) -> Option<&'a str> {
    let folded = fold(text);
    let reach = reach(last_step(&folded));
    let far = |name: &&'a str| {
        let whole = distance(&folded, &fold(name), reach);
        match text.contains('.') {
            true => whole,
            false => whole.min(distance(&folded, &fold(last_step(name)), reach)),
        }
    };
    let nearest = known.iter().copied().min_by_key(|name| (far(name), *name))?;
    (far(&nearest) <= reach).then_some(nearest)
}

/// So many letters may lie between a name and one that was meant: of a name of two, half would be another name.
fn reach(name: &str) -> usize {
    match name.chars().count() {
        0..=2 => 0,
        3..=5 => 1,
        6..=8 => 2,
        _ => 3,
    }
}

/// A name that is near to what was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// The name.
    pub name: String,
    /// How many letters lie between; 0 if only the alphabets differ.
    pub distance: usize,
    /// How far it is declared: 0 in the project, then packs, then the taxonomy.
    far: usize,
}

impl Near {
    /// How likely it was meant, the least first: a name of one's own counts as a letter nearer than one of a pack.
    #[must_use]
    pub fn rank(&self) -> (bool, usize) {
        (self.distance > 0, self.distance + self.far)
    }
}

impl Ord for Near {
    fn cmp(&self, other: &Near) -> std::cmp::Ordering {
        (self.rank(), &self.name).cmp(&(other.rank(), &other.name))
    }
}

impl PartialOrd for Near {
    fn partial_cmp(&self, other: &Near) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Looker {
    /// How near nouns like this are; `None` if they cannot be seen from here.
    fn level(&self, entry: &Entry) -> Option<usize> {
        let own = |pack: &str| entry.origin == Origin::Pack && entry.path.split('.').next() == Some(pack);
        match (self, entry.origin) {
            (Looker::House(pack) | Looker::Pack(pack), Origin::Pack) if own(pack) => Some(0),
            (Looker::Project | Looker::House(_), Origin::Project) => Some(1),
            (Looker::Project | Looker::House(_), Origin::Pack) => Some(2),
            (_, Origin::Taxonomy) => Some(3),
            (Looker::Pack(_), _) | (Looker::Taxonomy, _) => None,
        }
    }
}

fn last_step(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

fn before_last(path: &str) -> Option<&str> {
    path.rsplit_once('.').map(|(before, _)| before)
}

/// How many letters lie between two words; those whose lengths are too far apart are not looked at.
fn distance(a: &str, b: &str, reach: usize) -> usize {
    // Bytes: a letter has at most four, so this never leaves out what is within reach.
    if a.len().abs_diff(b.len()) > 4 * reach {
        return usize::MAX;
    }
    strsim::damerau_levenshtein(a, b)
}

/// Small letters, with Cyrillic letters that look like Latin ones read as those.
#[must_use]
pub fn fold(text: &str) -> String {
    text.chars()
        .flat_map(|letter| {
            let latin = match letter {
                'А' | 'а' => 'a',
                'В' => 'b',
                'Е' | 'е' => 'e',
                'Н' => 'h',
                'І' | 'і' => 'i',
                'К' | 'к' => 'k',
                'М' | 'м' => 'm',
                'О' | 'о' => 'o',
                'Р' | 'р' => 'p',
                'С' | 'с' => 'c',
                'Т' | 'т' => 't',
                'У' | 'у' => 'y',
                'Х' | 'х' => 'x',
                other => other,
            };
            latin.to_lowercase()
        })
        .collect()
}
