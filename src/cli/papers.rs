//! Papers beside the policy, as `kupuya render --document` names them.

use clap::ValueEnum;
use kupuya::diagnostic::{Argument, Text};
use kupuya::notice::plan::Paper;
use kupuya::papers::Wanted;

use super::outcome::Failure;
use super::render::{FORMATS, Format};

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// The policy
    Policy,
    /// The short notice
    Short,
    /// The request for a consent, apart from everything else
    Consent,
    /// The notice that data are given to a third party
    Transfer,
}

impl Kind {
    /// What is asked of the project. A name that goes with another kind is refused, not passed over.
    pub fn wanted<'a>(self, basis: Option<&'a str>, recipient: Option<&'a str>) -> Result<Wanted<'a>, Failure> {
        match (self, basis, recipient) {
            (Kind::Policy, None, None) => Ok(Wanted::Policy),
            (Kind::Short, None, None) => Ok(Wanted::Short),
            (Kind::Consent, basis, None) => Ok(Wanted::Consent(basis)),
            (Kind::Transfer, None, recipient) => Ok(Wanted::Transfer(recipient)),
            (_, Some(_), _) => Err(Text::new("`--basis` goes with `--document consent`").into()),
            (_, None, Some(_)) => Err(Text::new("`--recipient` goes with `--document transfer`").into()),
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Kind::Policy => "policy",
            Kind::Short => "short",
            Kind::Consent => "consent",
            Kind::Transfer => "transfer",
        }
    }
}

/// One output holds one paper.
pub fn only_one(papers: &[(String, Paper)], kind: Kind) -> Result<(), Failure> {
    if papers.len() < 2 {
        return Ok(());
    }
    let names = Argument::listed(papers.iter().map(|(name, _)| name.as_str()));
    let text = match kind {
        Kind::Transfer => Text::new(
            "data are given to several recipients: name one with `--recipient`, or write a file for each with `--out-dir`; there are {names}",
        ),
        _ => Text::new(
            "there are several consents to ask for: name one with `--basis`, or write a file for each with `--out-dir`; there are {names}",
        ),
    };
    Err(text.with("names", names).into())
}

/// The name of a paper's file: `megapay-consent-agreed.html`.
pub fn file(project: &str, kind: Kind, name: &str, format: Format) -> String {
    let ending = FORMATS
        .iter()
        .find(|(known, _)| *known == format)
        .map_or("", |(_, ending)| ending);
    let parts = [project, kind.word(), name];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}.{ending}", parts.join("-"))
}
