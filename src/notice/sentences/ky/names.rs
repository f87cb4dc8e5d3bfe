//! How parties and things are called: by alias, else by label, in the form that stands inside a sentence.

use kyrgyz::{Case, Number, Possessor};

use super::{Writer, words};
use crate::model::Model;
use crate::model::kinded::Kinded;
use crate::model::noun::{AnyNoun, Controller, Id, Label, Location, Noun, Recipient, Subject};
use crate::model::sentence::Slot;
use crate::source::Origin;
use crate::syntax::vocabulary::Kind;

impl Writer<'_> {
    /// What a noun is called: its label, inside a sentence. One without a label is called by its name.
    pub(super) fn name<D: Kinded>(&self, id: Id<D>) -> String {
        let noun = &D::table(self.model)[id];
        match &noun.label {
            // The label of a whole category is often set like a title.
            Some(label) if D::KIND == Kind::Data && noun.parent.is_none() => self.small(&self.resolve(&label.value)),
            Some(label) if D::KIND == Kind::Basis => self.addressed(self.inner(&label.value)),
            Some(label) if D::KIND == Kind::Fact => self.acted(self.inner(&label.value)),
            Some(label) => self.inner(&label.value),
            None => self.named_by_class(id),
        }
    }

    /// A noun without a label is called by its class, else by its name.
    fn named_by_class<D: Kinded>(&self, id: Id<D>) -> String {
        let table = D::table(self.model);
        let noun = &table[id];
        let class = noun
            .is
            .iter()
            .find_map(|class| Some((*class, table[*class].label.as_ref()?)));
        match class {
            Some((class, label)) if D::KIND == Kind::Recipient => {
                self.class_plural(&table[class], self.inner(&label.value))
            }
            Some((_, label)) => self.inner(&label.value),
            None => noun.name.clone(),
        }
    }

    /// «Кардар уруксат берген» as the text says it that speaks to this person: «Сиз уруксат берген».
    fn acted(&self, label: String) -> String {
        let reader = self.reader().map(|id| &self.model.subjects[id]);
        let names = reader.map(|noun| [noun.detail.alias.as_ref(), noun.label.as_ref()]);
        let rest = names.into_iter().flatten().flatten().find_map(|name| {
            let rest = label.strip_prefix(name.value.as_str())?.strip_prefix(' ')?;
            kyrgyz::is_participle(rest).then_some(rest)
        });
        match rest {
            Some(rest) => format!("Сиз {rest}"),
            None => label,
        }
    }

    /// «Кардардын макулдугу» as the text says it that speaks to this person: «Сиздин макулдугуңуз».
    fn addressed(&self, label: String) -> String {
        let reader = self.reader().map(|id| &self.model.subjects[id]);
        let names = reader.map(|noun| [noun.detail.alias.as_ref(), noun.label.as_ref()]);
        let rest = names.into_iter().flatten().flatten().find_map(|name| {
            let owner = words::genitive(&name.value);
            let rest = label.strip_prefix(owner.as_str())?.strip_prefix(' ')?;
            // «Кардардын акчасын коргоо» is no thing of the customer's, but something that is done.
            (!words::is_action(rest)).then_some(rest)
        });
        match rest {
            Some(rest) => {
                let yours = words::form(rest, Number::Singular, Possessor::SecondPolite, Case::Nominative);
                format!("Сиздин {yours}")
            }
            None => label,
        }
    }

    /// A text of the author inside a sentence: references resolved, the capital of an ordinary word taken off.
    pub(super) fn inner(&self, text: &str) -> String {
        self.lower(&self.resolve(text))
    }

    /// The text without the capital of an ordinary first word, unless capitals mean something in this project.
    pub(super) fn lower(&self, text: &str) -> String {
        if self.capitals_mean {
            text.to_owned()
        } else {
            self.small(text)
        }
    }

    /// The text without the capital of an ordinary first word.
    pub(super) fn small(&self, text: &str) -> String {
        let mut words = text.split_whitespace();
        let (first, second) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
        let mut letters = first.chars();
        let capital = letters
            .next()
            .is_some_and(|c| c.is_uppercase() && ('\u{400}'..='\u{52f}').contains(&c));
        let rest = letters.as_str();
        let ordinary = capital
            && !rest.is_empty()
            && !rest.chars().any(char::is_uppercase)
            && !second.starts_with(|c: char| c.is_uppercase() && ('\u{400}'..='\u{52f}').contains(&c))
            && !self.capitals.iter().any(|name| first.starts_with(name.as_str()));
        if ordinary {
            let lower: String = text.chars().take(1).flat_map(char::to_lowercase).collect();
            lower + text.strip_prefix(|_: char| true).unwrap_or("")
        } else {
            text.to_owned()
        }
    }

    /// Optional prose of the author, as sentences.
    pub(super) fn prose(&self, text: Option<&Label>) -> String {
        text.map_or_else(String::new, |text| words::prose(&self.resolve(&text.value)))
    }

    /// A controller: alias, else label.
    pub(super) fn controller(&self, id: Id<Controller>) -> String {
        let noun = &self.model.controllers[id];
        match (&noun.detail.alias, &noun.label) {
            (Some(name), _) | (None, Some(name)) => name.value.clone(),
            (None, None) => "Кармоочу".to_owned(),
        }
    }

    /// The class of people that the text speaks to, if it does: the first of those that the policy is for.
    pub(super) fn reader(&self) -> Option<Id<Subject>> {
        self.polite().then(|| self.main_classes().first().copied()).flatten()
    }

    /// «маалыматтар» of these people, in the nominative or the accusative.
    pub(super) fn data_in(&self, about: &[Id<Subject>], case: Case) -> &'static str {
        let (nominative, accusative) = match about {
            [] => ("маалыматтар", "маалыматтарды"),
            [one] if self.reader() == Some(*one) => ("маалыматтарыңыз", "маалыматтарыңызды"),
            _ => ("маалыматтары", "маалыматтарын"),
        };
        if case == Case::Nominative {
            nominative
        } else {
            accusative
        }
    }

    /// A class of people: «Сиз» for the reader, else alias, else label.
    pub(super) fn subject(&self, id: Id<Subject>) -> String {
        if self.reader() == Some(id) {
            return "Сиз".to_owned();
        }
        let alias = self.model.subjects[id].detail.alias.as_ref();
        alias.map_or_else(|| self.name(id), |alias| alias.value.clone())
    }

    /// A recipient: alias, else label; a class of the taxonomy in the plural.
    pub(super) fn recipient(&self, id: Id<Recipient>) -> String {
        let noun = &self.model.recipients[id];
        match &noun.detail.alias {
            Some(alias) => alias.value.clone(),
            None => self.class_plural(noun, self.name(id)),
        }
    }

    /// Classes of laws and taxonomy are declared in the singular and spoken of in the plural.
    fn class_plural<D>(&self, noun: &Noun<D>, name: String) -> String {
        match noun.origin {
            Origin::Project => name,
            Origin::Pack | Origin::Taxonomy => words::form(&name, Number::Plural, Possessor::None, Case::Nominative),
        }
    }

    /// A party of any kind.
    pub(super) fn party(&self, noun: AnyNoun) -> String {
        match noun.kind {
            Kind::Controller => self.controller(Id::new(noun.index)),
            Kind::Subject => self.subject(Id::new(noun.index)),
            Kind::Recipient => self.recipient(Id::new(noun.index)),
            _ => self.model.noun(noun).map_or_else(String::new, |common| {
                common
                    .label
                    .map_or_else(|| common.name.to_owned(), |label| self.inner(&label.value))
            }),
        }
    }

    /// Every controller of the project.
    pub(super) fn all_controllers(&self) -> Vec<String> {
        self.model
            .controllers
            .of_project()
            .map(|(id, _)| self.controller(id))
            .collect()
    }

    /// All controllers in a sentence, if they are few.
    pub(super) fn controllers_together(&self) -> String {
        self.controllers_in(Case::Nominative)
    }

    /// The same in a case.
    pub(super) fn controllers_in(&self, case: Case) -> String {
        match self.all_controllers() {
            names if names.is_empty() => words::case("Кармоочу", case),
            names if names.len() > 3 => words::case("Кармоочулар", case),
            names => words::and(&names.iter().map(|name| words::case(name, case)).collect::<Vec<_>>()),
        }
    }

    /// Who processes.
    pub(super) fn by(&self, by: &Slot<Controller>) -> String {
        if by.any || by.names.is_empty() {
            return self.controllers_together();
        }
        words::and(
            &by.names
                .iter()
                .map(|name| self.controller(name.value))
                .collect::<Vec<_>>(),
        )
    }

    /// Controllers by their ids; all of them together.
    pub(super) fn controllers_named(&self, ids: &[Id<Controller>]) -> String {
        let all = self.model.controllers.of_project().map(|(id, _)| id);
        if ids.is_empty() || all.into_iter().all(|id| ids.contains(&id)) {
            return self.controllers_together();
        }
        words::and(&ids.iter().map(|id| self.controller(*id)).collect::<Vec<_>>())
    }

    /// The people of a policy in general: its only class, or two of them; else the law's word.
    pub(super) fn person(&self) -> String {
        self.person_in(Case::Nominative)
    }

    /// The same in a case.
    pub(super) fn person_in(&self, case: Case) -> String {
        if self.polite() {
            return words::case("Сиз", case);
        }
        match self
            .main_classes()
            .into_iter()
            .map(|id| self.subject(id))
            .collect::<Vec<_>>()
        {
            names if names.is_empty() || names.len() > 2 => words::case("жеке маалыматтардын ээси", case),
            names => words::and(&names.iter().map(|name| words::case(name, case)).collect::<Vec<_>>()),
        }
    }

    /// The classes that the policy is for: those that no age or other person makes; if an age makes them all, the one
    /// that most statements are about.
    fn main_classes(&self) -> Vec<Id<Subject>> {
        let own = |noun: &Noun<Subject>| noun.parent.is_none() && noun.detail.entered_by.is_none();
        let all: Vec<_> = self.model.subjects.of_project().filter(|(_, noun)| own(noun)).collect();
        let plain: Vec<Id<Subject>> = all
            .iter()
            .filter(|(_, noun)| noun.detail.when.is_none())
            .map(|(id, _)| *id)
            .collect();
        if !plain.is_empty() {
            return plain;
        }
        let statements = |id: Id<Subject>| {
            let about = self.model.permissions.iter().flat_map(|said| &said.about);
            about.filter(|subject| subject.value == id).count()
        };
        // Of equals the first.
        let main = all.iter().rev().map(|(id, _)| *id).max_by_key(|id| statements(*id));
        main.into_iter().collect()
    }

    /// Whether the text speaks to the reader.
    pub(super) fn polite(&self) -> bool {
        self.model.policy.as_ref().is_some_and(|policy| policy.polite)
    }

    /// Whether what is said of these people is said to the reader alone.
    pub(super) fn spoken_to(&self, of: &[Id<Subject>]) -> bool {
        let readers = self.main_classes();
        self.polite() && of.iter().all(|id| readers.contains(id))
    }

    /// These people, or all; the reader, if the text speaks to him.
    pub(super) fn people(&self, of: &[Id<Subject>]) -> String {
        if of.is_empty() || self.spoken_to(of) {
            return self.person();
        }
        words::and(&of.iter().map(|id| self.subject(*id)).collect::<Vec<_>>())
    }

    /// «Колдонуучунун жана Абоненттин», if the sentence is about certain people.
    pub(super) fn whose(&self, about: &[Id<Subject>]) -> Option<String> {
        let owners: Vec<String> = about.iter().map(|id| words::genitive(&self.subject(*id))).collect();
        (!owners.is_empty()).then(|| words::and(&owners))
    }

    /// Places in the locative, where something is done at each of them: «Казакстанда жана Өзбекстанда».
    pub(super) fn places_each(&self, places: &[Location]) -> Option<String> {
        self.places(places, words::locative, words::and)
    }

    /// The same where it is done, or not done, at any of them: «Казакстанда же Өзбекстанда».
    pub(super) fn places_at(&self, places: &[Location]) -> Option<String> {
        self.places(places, words::locative, words::or)
    }

    /// A place in the dative, for what is given there.
    pub(super) fn places_to(&self, places: &[Location]) -> Option<String> {
        self.places(places, words::dative, words::or)
    }

    fn places(&self, places: &[Location], form: fn(&str) -> String, join: fn(&[String]) -> String) -> Option<String> {
        let names = places.iter().map(|place| match place {
            Location::In(country) => form(&self.name(*country)),
            Location::Abroad => form("чет мамлекеттер"),
        });
        let names: Vec<String> = names.collect();
        (!names.is_empty()).then(|| join(&names))
    }

    /// Names of nouns of one kind.
    pub(super) fn names<D: Kinded>(&self, ids: &[Id<D>]) -> Vec<String> {
        ids.iter().map(|id| self.name(*id)).collect()
    }
}

/// Whether the project writes labels small, so that a capital in one means a name.
pub(super) fn capitals_mean(model: &Model) -> bool {
    let purposes = model.purposes.of_project().map(|(_, noun)| &noun.label);
    let measures = model.measures.of_project().map(|(_, noun)| &noun.label);
    let recipients = model.recipients.of_project().map(|(_, noun)| &noun.label);
    let rights = model.rights.of_project().map(|(_, noun)| &noun.label);
    let duties = model.duties.of_project().map(|(_, noun)| &noun.label);
    let parts = model.data.of_project().map(|(_, noun)| &noun.label);
    let labels = purposes
        .chain(measures)
        .chain(recipients)
        .chain(rights)
        .chain(duties)
        .chain(parts);
    let firsts: Vec<char> = labels
        .flatten()
        .filter_map(|label| label.value.chars().next())
        .collect();
    let small = firsts.iter().filter(|first| first.is_lowercase()).count();
    small * 4 > firsts.len() * 3
}

/// The beginnings of the names that are written with a capital everywhere: parties, terms, countries.
pub(super) fn capitals(model: &Model) -> Vec<String> {
    let controllers = model
        .controllers
        .iter()
        .flat_map(|(_, noun)| [&noun.label, &noun.detail.alias]);
    let subjects = model
        .subjects
        .iter()
        .flat_map(|(_, noun)| [&noun.label, &noun.detail.alias]);
    let recipients = model.recipients.iter().map(|(_, noun)| &noun.detail.alias);
    let terms = model.terms.iter().map(|(_, noun)| &noun.label);
    let countries = model.countries.iter().map(|(_, noun)| &noun.label);
    let policy = model.policy.iter().map(|policy| &policy.alias);
    let all = controllers
        .chain(subjects)
        .chain(recipients)
        .chain(terms)
        .chain(countries)
        .chain(policy);
    let mut found = vec!["Саясат".to_owned(), "Интернет".to_owned()];
    for label in all.flatten() {
        let first = label.value.split_whitespace().next().unwrap_or("");
        let letters: Vec<char> = first.chars().collect();
        if letters.first().is_some_and(|c| c.is_uppercase()) && letters.len() > 3 {
            // The last letter may change before a suffix.
            found.push(letters[..letters.len() - 1].iter().collect());
        }
    }
    found
}
