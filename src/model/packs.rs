//! Law packs: what stands at the head of each, and which one a policy was written under.

use std::sync::Arc;

use crate::source::{Origin, Spanned};
use crate::syntax::ast::{Core, Date, Declaration, Field, File, Formula, Item, Node};
use crate::syntax::vocabulary::Kind;

/// The head of a law pack or of house rules, before its names are resolved.
#[derive(Clone, Debug)]
pub struct Head<'a> {
    /// Its name, such as `kg2008`.
    pub name: String,
    /// The family from which a date picks.
    pub family: Option<String>,
    /// The first day in force.
    pub from: Option<Date>,
    /// The last day in force.
    pub until: Option<Date>,
    /// Project for house rules, pack otherwise.
    pub origin: Origin,
    /// The item.
    pub item: &'a Item,
    /// Its declaration.
    pub declaration: &'a Declaration,
}

impl Head<'_> {
    /// Whether it is in force on a day.
    #[must_use]
    pub fn contains(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// The day nearest to this one on which it is in force: rules of a law that is only tried out are those of its own time.
    #[must_use]
    pub fn nearest(&self, day: Date) -> Date {
        let day = self.from.map_or(day, |from| day.max(from));
        self.until.map_or(day, |until| day.min(until))
    }
}

/// Why no pack was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoPack {
    /// Nothing is called so; the names that are nearest.
    Unknown(Vec<String>),
    /// A family, and no day to choose by.
    NeedsDate,
    /// A family, but none of it was in force.
    NotThen(Date),
}

/// The heads of all `law` declarations in these files. A `law` in the taxonomy is only a bracket around nouns.
#[must_use]
pub fn heads(files: &[(Arc<File>, Origin)]) -> Vec<Head<'_>> {
    let with_origin = files.iter().filter(|(_, origin)| *origin != Origin::Taxonomy);
    with_origin
        .flat_map(|(file, origin)| file.items.iter().map(move |item| (item, *origin)))
        .filter_map(|(item, origin)| {
            let Node::Declaration(declaration) = &item.node else {
                return None;
            };
            let name = declaration.name.as_ref().filter(|_| declaration.kind == Kind::Law)?;
            let field = |word: &str| fields(declaration).find(|field| field.word.value == word);
            Some(Head {
                name: name.text(),
                family: field("family").and_then(word).map(|word| word.value),
                from: field("from").and_then(date).map(|date| date.value),
                until: field("until").and_then(date).map(|date| date.value),
                origin,
                item,
                declaration,
            })
        })
        .collect()
}

/// Chooses a law pack: by its name, or by its family and a day.
///
/// # Errors
///
/// Says why there is none.
pub fn choose<'h, 'a>(heads: &'h [Head<'a>], word: &str, day: Option<Date>) -> Result<&'h Head<'a>, NoPack> {
    let packs = || heads.iter().filter(|head| head.origin == Origin::Pack);
    if let Some(head) = packs().find(|head| head.name == word) {
        return Ok(head);
    }
    let mut family = packs().filter(|head| head.family.as_deref() == Some(word)).peekable();
    if family.peek().is_none() {
        let mut known: Vec<&str> = packs()
            .flat_map(|head| std::iter::once(head.name.as_str()).chain(head.family.as_deref()))
            .collect();
        known.sort_unstable();
        known.dedup();
        known.sort_by_key(|name| strsim::damerau_levenshtein(name, word));
        return Err(NoPack::Unknown(known.into_iter().map(str::to_owned).collect()));
    }
    let day = day.ok_or(NoPack::NeedsDate)?;
    // Should two overlap, the one that began later has replaced the other.
    family
        .filter(|head| head.contains(day))
        .max_by_key(|head| head.from)
        .ok_or(NoPack::NotThen(day))
}

/// The fields of a declaration.
pub(crate) fn fields(declaration: &Declaration) -> impl Iterator<Item = &Field> {
    declaration.items.iter().filter_map(|item| match &item.node {
        Node::Field(field) => Some(field),
        _ => None,
    })
}

/// The word or text that a field holds.
pub(crate) fn word(field: &Field) -> Option<Spanned<String>> {
    field.values.iter().find_map(|value| match &value.core {
        Core::Text(text) => Some(text.clone()),
        Core::Formula(Formula::Name(path)) => Some(Spanned {
            value: path.text(),
            span: path.span,
        }),
        _ => None,
    })
}

/// The date that a field holds.
pub(crate) fn date(field: &Field) -> Option<Spanned<Date>> {
    field.values.iter().find_map(|value| match &value.core {
        Core::Date(date) => Some(*date),
        _ => None,
    })
}
