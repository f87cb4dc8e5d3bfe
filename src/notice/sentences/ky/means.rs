//! Means with the channel they are used at: «… веб-сайтында белги коюу аркылуу».

use super::{Writer, words};
use crate::model::noun::{Channel, Id, Means};

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

/// One means, at any of these channels.
struct Way {
    by: Option<Id<Channel>>,
    at: Vec<Id<Channel>>,
}

impl Writer<'_> {
    /// All means in one phrase: «веб-сайт жана мобилдик тиркеме аркылуу».
    pub(super) fn ways_joined(&self, means: &[Means], join: fn(&[String]) -> String) -> String {
        let ways = self.ways(means);
        let bare = means.iter().all(|one| one.by.is_none() || one.at.is_none());
        let stems: Vec<String> = ways
            .iter()
            .filter_map(|way| way.strip_suffix(" аркылуу").map(str::to_owned))
            .collect();
        match bare && stems.len() == ways.len() {
            true => format!("{} аркылуу", join(&stems)),
            false => join(&ways),
        }
    }

    /// Each means as an adverbial; those of one kind at several channels together.
    pub(super) fn ways(&self, means: &[Means]) -> Vec<String> {
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
        said.iter().map(|way| self.way(way.by, &way.at)).collect()
    }

    fn way(&self, by: Option<Id<Channel>>, at: &[Id<Channel>]) -> String {
        let Some(by) = by else {
            return format!("{} аркылуу", words::or(&self.names(at)));
        };
        let (kind, name) = (self.how(by), self.name(by));
        let places =
            |form: fn(&str) -> String| words::or(&at.iter().map(|at| form(&self.name(*at))).collect::<Vec<_>>());
        let (place, tail) = match kind {
            At::HandedIn => (places(words::dative), " берүү аркылуу"),
            At::To => (places(words::dative), " аркылуу"),
            At::By if at.is_empty() => (String::new(), " аркылуу"),
            At::By => (format!("{} көрсөтүлгөн", places(words::locative)), " аркылуу"),
            At::In => (places(words::locative), " аркылуу"),
        };
        let space = if place.is_empty() { "" } else { " " };
        format!("{place}{space}{name}{tail}")
    }

    fn how(&self, by: Id<Channel>) -> At {
        let is = |class: &str| {
            let class = self.model.channels.iter().find(|(_, noun)| noun.path == class);
            class.is_some_and(|(class, _)| self.model.channels.below(by, class))
        };
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
}
