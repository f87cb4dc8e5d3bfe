//! Looks at every index of a bundle once, so that nothing has to be looked at again.

use crate::format::LoadError;
use crate::wire::{self, BundleContent, Literal, Place, Region, Strike, Under};

/// Whether content can be decided on.
pub(crate) fn content(content: &BundleContent) -> Result<(), LoadError> {
    Check { content }.all()
}

struct Check<'a> {
    content: &'a BundleContent,
}

impl Check<'_> {
    fn all(&self) -> Result<(), LoadError> {
        let c = self.content;
        c.home
            .iter()
            .try_for_each(|i| inside_table("country", *i, c.countries.len()))?;
        c.public
            .iter()
            .try_for_each(|i| inside_table("recipient", *i, c.recipients.len()))?;
        c.everyone
            .iter()
            .try_for_each(|i| inside_table("subject", *i, c.subjects.len()))?;
        if !(-86_400..=86_400).contains(&c.zone_offset) {
            return Err(LoadError::malformed("the zone is more than a day away"));
        }
        for controller in &c.controllers {
            controller
                .country
                .iter()
                .try_for_each(|i| inside_table("country", *i, c.countries.len()))?;
        }
        c.subjects
            .iter()
            .filter_map(|s| s.when)
            .try_for_each(|guard| self.guard(guard))?;
        c.bases
            .iter()
            .filter_map(|b| b.when)
            .try_for_each(|guard| self.guard(guard))?;
        c.recipients
            .iter()
            .flat_map(|r| &r.places)
            .try_for_each(|place| self.place(*place))?;
        c.literals.iter().try_for_each(|literal| match literal {
            Literal::Fact(i) => inside_table("fact", *i, c.facts.len()),
            Literal::Class(i) => inside_table("subject", *i, c.subjects.len()),
            Literal::Place(place) => self.place(*place),
            Literal::Age(..) | Literal::Date(..) => Ok(()),
        })?;
        for (literal, _) in c.guards.iter().flatten().flatten() {
            inside_table("literal", *literal, c.literals.len())?;
        }
        for grant in &c.grants {
            grant.regions.iter().try_for_each(|region| self.region(region))?;
            grant
                .ways
                .iter()
                .flatten()
                .try_for_each(|i| inside_table("basis", *i, c.bases.len()))?;
            self.guard(grant.guard)?;
            grant
                .keep
                .iter()
                .filter_map(|keep| keep.end.as_ref())
                .try_for_each(|end| self.end(end))?;
        }
        for ban in &c.bans {
            self.strike(&ban.limits)?;
            ban.except.iter().try_for_each(|strike| self.strike(strike))?;
        }
        for cap in &c.caps {
            self.region(&cap.region)?;
            self.guard(cap.guard)?;
        }
        sorted("statement", c.grants.iter().map(|grant| &grant.head))?;
        sorted("ban", c.bans.iter().map(|ban| &ban.head))?;
        sorted("cap", c.caps.iter().map(|cap| &cap.head))
    }

    fn guard(&self, index: u32) -> Result<(), LoadError> {
        inside_table("guard", index, self.content.guards.len())
    }

    fn place(&self, place: Place) -> Result<(), LoadError> {
        match place {
            Place::In(country) => inside_table("country", country, self.content.countries.len()),
            Place::Abroad => Ok(()),
        }
    }

    fn region(&self, region: &Region) -> Result<(), LoadError> {
        let c = self.content;
        let side = |kind: &str, side: &Option<Vec<u32>>, count: usize| {
            side.iter().flatten().try_for_each(|i| inside_table(kind, *i, count))
        };
        side("controller", &region.by, c.controllers.len())?;
        side("data category", &region.data, c.data.len())?;
        side("source", &region.source, c.sources.len())?;
        side("purpose", &region.purpose, c.purposes.len())?;
        side("recipient", &region.recipient, c.recipients.len())
    }

    fn strike(&self, strike: &Strike) -> Result<(), LoadError> {
        self.region(&strike.region)?;
        self.guard(strike.guard)?;
        strike.under.iter().try_for_each(|under| self.under(under))
    }

    fn under(&self, under: &Under) -> Result<(), LoadError> {
        match under {
            Under::Basis(i) => inside_table("basis", *i, self.content.bases.len()),
            Under::Not(inner) => self.under(inner),
            Under::And(all) | Under::Or(all) => all.iter().try_for_each(|one| self.under(one)),
        }
    }

    fn end(&self, end: &wire::End) -> Result<(), LoadError> {
        match end {
            wire::End::Event(i) => inside_table("fact", *i, self.content.facts.len()),
            wire::End::Date(_) => Ok(()),
            wire::End::After(_, after) => after.iter().try_for_each(|end| self.end(end)),
            wire::End::Or(all) | wire::End::And(all) => all.iter().try_for_each(|end| self.end(end)),
        }
    }
}

fn inside_table(kind: &str, index: u32, count: usize) -> Result<(), LoadError> {
    if (index as usize) < count {
        return Ok(());
    }
    Err(LoadError::malformed(format!("there is no {kind} number {index}")))
}

fn sorted<'a>(kind: &str, heads: impl Iterator<Item = &'a wire::Head>) -> Result<(), LoadError> {
    let digests: Vec<&str> = heads.map(|head| head.digest.as_str()).collect();
    if digests.is_sorted_by(|a, b| a < b) {
        return Ok(());
    }
    Err(LoadError::malformed(format!("a {kind} is out of order")))
}
