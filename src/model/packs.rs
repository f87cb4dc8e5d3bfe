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
    /// The family from which a date picks, with its place.
    pub family: Option<Spanned<String>>,
    /// The first day in force.
    pub from: Option<Date>,
    /// The last day in force.
    pub until: Option<Date>,
    /// Project for house rules, pack otherwise.
    pub origin: Origin,
    /// Its rules in the order written, in force or not, each with its code: those in its block, and those beside it.
    pub rules: Vec<(String, &'a Declaration)>,
    /// The item.
    pub item: &'a Item,
    /// Its declaration.
    pub declaration: &'a Declaration,
}

impl Head<'_> {
    /// The code of one of its rules: a name that begins with the pack's does not say it twice.
    fn code(&self, rule: &str) -> String {
        let own = rule.strip_prefix(&self.name).and_then(|rest| rest.strip_prefix('.'));
        format!("{}.{}", self.name, own.unwrap_or(rule))
    }

    /// Whether it is of this family.
    #[must_use]
    pub fn is_of(&self, family: &str) -> bool {
        self.family.as_ref().is_some_and(|own| own.value == family)
    }

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

/// The heads of all `law` declarations in these files, and the rules that belong to none of them. A `law` in the taxonomy
/// is only a bracket around nouns.
///
/// A rule outside a `law` belongs to the one that its name begins with (`house.short`), else to the only one of its file.
#[must_use]
pub fn heads_and_strays(files: &[(Arc<File>, Origin)]) -> (Vec<Head<'_>>, Vec<&Declaration>) {
    let with_origin = || files.iter().filter(|(_, origin)| *origin != Origin::Taxonomy);
    let mut heads: Vec<Head<'_>> = with_origin()
        .flat_map(|(file, origin)| file.items.iter().map(move |item| (item, *origin)))
        .filter_map(|(item, origin)| head(item, origin))
        .collect();
    let mut strays = Vec::new();
    for (file, origin) in with_origin() {
        let mut outside = Vec::new();
        rules_in(&file.items, &mut outside);
        for rule in outside {
            let (name, step) = (name_of(rule), first_step(rule));
            let mut of_file = (0..heads.len()).filter(|at| heads[*at].item.span.source == file.source);
            let only = of_file.next().filter(|_| of_file.next().is_none());
            let named = heads
                .iter()
                .position(|head| head.origin == *origin && Some(head.name.as_str()) == step.as_deref());
            match named.or(only).and_then(|at| heads.get_mut(at)) {
                Some(head) => head.rules.push((head.code(&name), rule)),
                None => strays.push(rule),
            }
        }
    }
    (heads, strays)
}

/// The heads of all `law` declarations in these files.
#[must_use]
pub fn heads(files: &[(Arc<File>, Origin)]) -> Vec<Head<'_>> {
    heads_and_strays(files).0
}

fn head(item: &Item, origin: Origin) -> Option<Head<'_>> {
    let Node::Declaration(declaration) = &item.node else {
        return None;
    };
    let name = declaration.name.as_ref().filter(|_| declaration.kind == Kind::Law)?;
    let field = |word: &str| fields(declaration).find(|field| field.word.value == word);
    let mut head = Head {
        name: name.text(),
        family: field("family").and_then(word),
        from: field("from").and_then(date).map(|date| date.value),
        until: field("until").and_then(date).map(|date| date.value),
        origin,
        rules: Vec::new(),
        item,
        declaration,
    };
    let mut rules = Vec::new();
    rules_in(&declaration.items, &mut rules);
    head.rules = rules
        .into_iter()
        .map(|rule| (head.code(&name_of(rule)), rule))
        .collect();
    Some(head)
}

/// The rules among these items, in sections too.
fn rules_in<'a>(items: &'a [Item], found: &mut Vec<&'a Declaration>) {
    for item in items {
        match &item.node {
            Node::Declaration(declaration) if declaration.kind == Kind::Section => rules_in(&declaration.items, found),
            Node::Declaration(declaration) if declaration.kind == Kind::Rule => found.push(declaration),
            _ => {}
        }
    }
}

fn name_of(rule: &Declaration) -> String {
    rule.name.as_ref().map_or_else(String::new, |name| name.text())
}

/// The first step of a name that has several.
fn first_step(rule: &Declaration) -> Option<String> {
    let steps = &rule.name.as_ref()?.steps;
    steps.first().filter(|_| steps.len() > 1).map(|step| step.value.clone())
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
    let mut family = packs().filter(|head| head.is_of(word)).peekable();
    if family.peek().is_none() {
        let mut known: Vec<&str> = packs()
            .flat_map(|head| {
                let family = head.family.as_ref().map(|family| family.value.as_str());
                std::iter::once(head.name.as_str()).chain(family)
            })
            .collect();
        known.sort_unstable();
        known.dedup();
        known.sort_by_key(|name| strsim::damerau_levenshtein(name, word));
        return Err(NoPack::Unknown(known.into_iter().map(str::to_owned).collect()));
    }
    let day = day.ok_or(NoPack::NeedsDate)?;
    // Of two that overlap, which is an error, the last one counts: that which comes with the program.
    family.rfind(|head| head.contains(day)).ok_or(NoPack::NotThen(day))
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
    field.values.iter().find_map(|value| word_in(&value.core))
}

fn word_in(core: &Core) -> Option<Spanned<String>> {
    match core {
        Core::Text(text) => Some(text.clone()),
        Core::Formula(Formula::Name(path)) => Some(Spanned {
            value: path.text(),
            span: path.span,
        }),
        _ => None,
    }
}

/// The words or texts that a field holds.
pub(crate) fn words(field: &Field) -> Vec<Spanned<String>> {
    field.values.iter().filter_map(|value| word_in(&value.core)).collect()
}

/// The date that a field holds.
pub(crate) fn date(field: &Field) -> Option<Spanned<Date>> {
    field.values.iter().find_map(|value| match &value.core {
        Core::Date(date) => Some(*date),
        _ => None,
    })
}
