//! Which papers a project can give, by the names that are asked for; and why not, where it cannot.

use crate::diagnostic::{Argument, Text};
use crate::model::Model;
use crate::model::kinded::Kinded;
use crate::model::names::nearest_of;
use crate::model::noun::{Basis, Id, Recipient, Subject, Table};
use crate::notice::plan::{Paper, carried, given, processed, processed_below};

/// What is asked for; a name is that of a noun of the project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted<'a> {
    /// The policy itself.
    Policy,
    /// The short notice.
    Short,
    /// The request for one consent, or for each that statements rest on.
    Consent(Option<&'a str>),
    /// The notice of a transfer to one recipient, or to each that data are given to.
    Transfer(Option<&'a str>),
    /// Everything that is done with the data of a class of people.
    Extract(&'a str),
}

/// The papers that are wanted, with the names of what they are about; at least one.
///
/// # Errors
/// The project has nothing of the kind, or no noun of that name: in words for the author.
pub fn papers(model: &Model, wanted: Wanted<'_>) -> Result<Vec<(String, Paper)>, Text> {
    match wanted {
        Wanted::Policy => Ok(vec![(String::new(), Paper::Policy)]),
        Wanted::Short if model.data.of_project().next().is_none() => Err(Text::new(
            "there is nothing to tell in short: the project declares no data",
        )),
        Wanted::Short => Ok(vec![(String::new(), Paper::Short)]),
        Wanted::Consent(name) => consents(model, name),
        Wanted::Transfer(name) => transfers(model, name),
        Wanted::Extract(name) => extract(model, name),
    }
}

fn consents(model: &Model, name: Option<&str>) -> Result<Vec<(String, Paper)>, Text> {
    let table = &model.bases;
    let class = table.iter().find(|(_, noun)| noun.path == "consent").map(|(id, _)| id);
    let is_consent = |id: Id<Basis>| class.is_some_and(|class| table.below(id, class));
    let carries = |id: Id<Basis>| (0..model.permissions.len()).any(carried(model, id));
    let all = table.of_project().filter(|(id, _)| is_consent(*id) && carries(*id));
    let all: Vec<(String, Id<Basis>)> = all.map(|(id, noun)| (noun.path.clone(), id)).collect();
    let names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
    if all.is_empty() {
        return Err(Text::new(
            "there is no consent to ask for: no statement of the project rests on one (`under` a basis that `is consent`)",
        ));
    }
    let name = match chosen(&all, name, Paper::Consent) {
        Ok(papers) => return Ok(papers),
        Err(name) => name,
    };
    let known = Argument::listed(names.iter().copied());
    Err(match named(table, name) {
        Some(id) if is_consent(id) => {
            Text::new("no statement rests on `{name}`, so there is nothing to ask consent for; there are {known}")
        }
        Some(_) => Text::new("`{name}` is no consent: nobody is asked for it; there are {known}"),
        None => unknown(
            name,
            &names,
            Text::new("the project has no basis `{name}`; did you mean `{near}`? There are {known}"),
            Text::new("the project has no basis `{name}`; there are {known}"),
        ),
    }
    .with("name", name)
    .with("known", known))
}

fn transfers(model: &Model, name: Option<&str>) -> Result<Vec<(String, Paper)>, Text> {
    let table = &model.recipients;
    let receives = |id: Id<Recipient>| (0..model.permissions.len()).any(given(model, id));
    let all = table.of_project().filter(|(id, _)| receives(*id));
    let all: Vec<(String, Id<Recipient>)> = all.map(|(id, noun)| (noun.path.clone(), id)).collect();
    let names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
    if all.is_empty() {
        return Err(Text::new(
            "there is no transfer to tell of: no statement of the project shares data with a recipient",
        ));
    }
    let name = match chosen(&all, name, Paper::Transfer) {
        Ok(papers) => return Ok(papers),
        Err(name) => name,
    };
    Err(match named(table, name) {
        Some(_) => Text::new("no statement shares data with `{name}`; there are {known}"),
        None => unknown(
            name,
            &names,
            Text::new("the project has no recipient `{name}`; did you mean `{near}`? There are {known}"),
            Text::new("the project has no recipient `{name}`; there are {known}"),
        ),
    }
    .with("name", name)
    .with("known", Argument::listed(names.iter().copied())))
}

fn extract(model: &Model, name: &str) -> Result<Vec<(String, Paper)>, Text> {
    let all: Vec<(String, Id<Subject>)> = model
        .subjects
        .of_project()
        .map(|(id, noun)| (noun.path.clone(), id))
        .collect();
    if all.is_empty() {
        return Err(Text::new(
            "there is nobody to tell: the project declares no class of people",
        ));
    }
    let names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
    if let Some((_, id)) = all.iter().find(|(known, _)| known == name)
        && !processed(model, *id)
    {
        // An extract that says «nothing» must be true of everybody in the class.
        let below = processed_below(model, *id);
        if !below.is_empty() {
            let text = Text::new(
                "no statement is about `{name}` as a whole, but some are about classes of people in it: write the extract of {known}",
            );
            let known = below.iter().map(|id| model.subjects[*id].path.as_str());
            return Err(text.with("name", name).with("known", Argument::any_of(known)));
        }
    }
    chosen(&all, Some(name), Paper::Extract).map_err(|name| {
        unknown(
            name,
            &names,
            Text::new("the project has no class of people `{name}`; did you mean `{near}`? There are {known}"),
            Text::new("the project has no class of people `{name}`; there are {known}"),
        )
        .with("name", name)
        .with("known", Argument::listed(names.iter().copied()))
    })
}

/// All papers, or the one of this name; else the name, which is nobody's.
fn chosen<'n, D>(
    all: &[(String, Id<D>)],
    name: Option<&'n str>,
    paper: fn(Id<D>) -> Paper,
) -> Result<Vec<(String, Paper)>, &'n str> {
    let wanted = all.iter().filter(|(known, _)| name.is_none_or(|name| name == known));
    let papers: Vec<(String, Paper)> = wanted.map(|(name, id)| (name.clone(), paper(*id))).collect();
    match name {
        Some(name) if papers.is_empty() => Err(name),
        _ => Ok(papers),
    }
}

fn named<D: Kinded>(table: &Table<D>, name: &str) -> Option<Id<D>> {
    let mut named = table.of_project().filter(|(_, noun)| noun.path == name);
    named.next().map(|(id, _)| id)
}

fn unknown(name: &str, names: &[&str], with_guess: Text, without: Text) -> Text {
    match nearest_of(name, names) {
        Some(near) => with_guess.with("near", near),
        None => without,
    }
}
