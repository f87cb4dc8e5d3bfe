//! Means with the channel they are used at: «… веб-сайтында белги коюу аркылуу».

use super::{Writer, words};
use crate::model::noun::{Channel, Id, Means};

/// Channels at whose place something is done.
type Places<'a> = &'a [Id<Channel>];

/// How the channel stands before a means: what one goes to, what one writes by, or where one does it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    /// A request is handed in there.
    HandedIn,
    /// One turns there.
    To,
    /// One uses its details.
    By,
    /// One does it there.
    In,
}

/// Who uses the means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Actor {
    Person,
    Controller,
}

/// One means, at any of these channels.
struct Way {
    by: Option<Id<Channel>>,
    at: Vec<Id<Channel>>,
}

impl Writer<'_> {
    /// All means in one phrase: «веб-сайт жана мобилдик тиркеме аркылуу».
    pub(super) fn ways_joined(&self, means: &[Means], join: fn(&[String]) -> String) -> String {
        join(&self.by_place(means, Actor::Person).concat())
    }

    /// The same for what the controller does: «байланыш борборунан телефон чалуу аркылуу».
    pub(super) fn ways_of_controller(&self, means: &[Means], join: fn(&[String]) -> String) -> String {
        join(&self.by_place(means, Actor::Controller).concat())
    }

    /// Each means as an adverbial; those of one kind at several channels, and those at one place, together.
    pub(super) fn ways(&self, means: &[Means]) -> Vec<String> {
        let places = self.by_place(means, Actor::Person);
        places.iter().map(|ways| words::either(ways)).collect()
    }

    /// The means as adverbials, those that are used at one place behind one another: the first names the place for all.
    /// Those without a place come first, so that none seems to belong to a place that stands before it.
    fn by_place(&self, means: &[Means], actor: Actor) -> Vec<Vec<String>> {
        let mut said: Vec<Way> = Vec::new();
        for one in means {
            let known = said
                .iter_mut()
                .find(|way| way.by == one.by && !way.at.is_empty() && one.at.is_some());
            match known {
                Some(way) => way.at.extend(one.at),
                None => said.push(Way {
                    by: one.by,
                    at: one.at.into_iter().collect(),
                }),
            }
        }
        said.sort_by_key(|way| !way.at.is_empty());
        // The places that ways share, if they do, with the ways.
        let mut places: Vec<(Option<Places<'_>>, Vec<String>)> = Vec::new();
        for way in &said {
            let shared = way.by.is_some_and(|by| self.how(by) == At::In) && !way.at.is_empty();
            let place = shared.then_some(way.at.as_slice());
            match places.last_mut() {
                Some((known, ways)) if place.is_some() && *known == place => ways.push(self.way(way.by, &[], actor)),
                _ => places.push((place, vec![self.way(way.by, &way.at, actor)])),
            }
        }
        places.into_iter().map(|(_, ways)| ways).collect()
    }

    fn way(&self, by: Option<Id<Channel>>, at: &[Id<Channel>], actor: Actor) -> String {
        let Some(by) = by else {
            return format!("{} аркылуу", words::or(&self.names(at)));
        };
        let (kind, name) = (self.how(by), self.with_capital(self.name(by)));
        let places =
            |form: fn(&str) -> String| words::or(&at.iter().map(|at| form(&self.name(*at))).collect::<Vec<_>>());
        let (place, tail) = match kind {
            At::HandedIn => {
                // One hands it in to an office, and in an application.
                let of_program = |at: &&Id<Channel>| self.channel_is(**at, "app") || self.channel_is(**at, "site");
                let form = |at: &Id<Channel>| match of_program(&at) {
                    true => words::locative(&self.name(*at)),
                    false => words::dative(&self.name(*at)),
                };
                (words::or(&at.iter().map(form).collect::<Vec<_>>()), " берүү аркылуу")
            }
            At::To if actor == Actor::Controller => (places(words::ablative), " аркылуу"),
            At::To => (places(words::dative), " аркылуу"),
            At::By if at.is_empty() => (String::new(), " аркылуу"),
            At::By => (format!("{} көрсөтүлгөн", places(words::locative)), " аркылуу"),
            At::In => (places(words::locative), " аркылуу"),
        };
        let space = if place.is_empty() { "" } else { " " };
        format!("{place}{space}{name}{tail}")
    }

    /// «саясатты кабыл алуу» where the text calls the document «Саясат».
    fn with_capital(&self, name: String) -> String {
        let first = name.split_whitespace().next().unwrap_or("");
        let policy = self.policy.to_lowercase();
        match first.starts_with(words::stem(&policy)) && self.policy.starts_with(char::is_uppercase) {
            true => kyrgyz::typography::sentence_case(&name),
            false => name,
        }
    }

    fn how(&self, by: Id<Channel>) -> At {
        let is = |class: &str| self.channel_is(by, class);
        if is("written_request") || is("electronic_request") {
            At::HandedIn
        } else if is("call") || is("in_person") {
            At::To
        } else if ["phone", "email", "sms", "messenger", "post"].into_iter().any(is) {
            At::By
        } else {
            At::In
        }
    }
    /// Whether a channel lies below a class of the taxonomy.
    pub(super) fn channel_is(&self, id: Id<Channel>, path: &str) -> bool {
        let class = self.model.channels.iter().find(|(_, noun)| noun.path == path);
        class.is_some_and(|(class, _)| self.model.channels.below(id, class))
    }
}
