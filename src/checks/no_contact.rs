//! `no_contact`: a controller cannot be reached.

use super::tree::called;
use super::{Facts, finding};
use crate::diagnostic::{Diagnostic, Text};

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    facts
        .model
        .controllers
        .of_project()
        .filter(|(_, noun)| {
            let of = &noun.detail;
            of.address.is_none() && of.contact.is_none() && of.phone.is_empty() && of.email.is_empty()
        })
        .map(|(_, controller)| {
            finding(
                "no_contact",
                Text::new("{controller} cannot be reached").with("controller", called(controller)),
                controller.name_span,
                "no address, telephone or e-mail",
            )
            .because("whoever wants to withdraw a consent or to use a right must know where to write")
            .help("state at least one of `address`, `phone`, `email` and `contact`")
        })
        .collect()
}
