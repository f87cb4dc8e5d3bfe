//! `kupuya inflect`: forms of a Kyrgyz word or phrase.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use kupuya::diagnostic::Text;
use kyrgyz::{Case, Features, Form, NounPhrase, Number, Possessor};

use super::outcome::{Exit, Failure};
use super::{Done, screen};

/// Print forms of a Kyrgyz word or noun phrase
#[derive(Args)]
#[command(
    after_help = "Example: kupuya inflect 'MegaPay мобилдик тиркемеси' --features sg.-.gen\n\n\
    Features are NUMBER.POSSESSOR.CASE: number sg or pl; possessor - (none), 3, 1p or 2f; \
    case nom, gen, dat, acc, loc or abl."
)]
pub struct Arguments {
    /// The word or phrase, in the nominative
    #[arg(required_unless_present = "table")]
    phrase: Option<String>,
    /// One form instead of all cases
    #[arg(long, value_name = "FEATURES")]
    features: Option<String>,
    /// How the last word is read, for abbreviations and Latin names
    #[arg(long)]
    reading: Option<String>,
    /// Print a form for each row of a tab-separated table with the columns of a test table
    #[arg(long, value_name = "FILE", conflicts_with_all = ["phrase", "features", "reading"])]
    table: Option<PathBuf>,
}

/// Runs `kupuya inflect`.
pub fn run(arguments: &Arguments) -> Done {
    if let Some(file) = &arguments.table {
        let table = fs::read_to_string(file).map_err(Failure::read(file))?;
        let forms = kyrgyz::table::forms(&table).map_err(|error| Failure::of(file, error))?;
        screen::write(forms.iter().map(|form| format!("{form}\n")).collect::<String>())?;
        return Ok(Exit::Clean);
    }
    if arguments
        .phrase
        .as_deref()
        .is_some_and(|phrase| phrase.trim().is_empty())
    {
        return Err(Text::new("there is no word to inflect").into());
    }
    let mut phrase = NounPhrase::parse(arguments.phrase.as_deref().unwrap_or_default());
    if let Some(reading) = &arguments.reading {
        phrase = phrase.with_reading(reading);
    }
    match &arguments.features {
        Some(features) => {
            let features: Features = features
                .parse()
                .map_err(|error: kyrgyz::UnknownFeatures| Failure::unexpected(error))?;
            screen::line(&shown(&phrase.with(features)))?;
        }
        None => screen::write(table(&phrase))?,
    }
    Ok(Exit::Clean)
}

fn shown(form: &Form) -> String {
    if !form.guessed {
        return form.text.clone();
    }
    let guessed = screen::language().template("(the reading is guessed; give --reading)");
    format!("{}    {guessed}", form.text)
}

/// Every case, in the singular and plural, without and with the possessive of the third person.
fn table(phrase: &NounPhrase) -> String {
    let cases = [
        ("nom", Case::Nominative),
        ("gen", Case::Genitive),
        ("dat", Case::Dative),
        ("acc", Case::Accusative),
        ("loc", Case::Locative),
        ("abl", Case::Ablative),
    ];
    let mut out = String::new();
    for (number_word, number) in [("sg", Number::Singular), ("pl", Number::Plural)] {
        for (possessor_word, possessor) in [("-", Possessor::None), ("3", Possessor::Third)] {
            for (case_word, case) in cases {
                let form = phrase.form(number, possessor, case);
                out.push_str(&format!(
                    "{number_word}.{possessor_word}.{case_word}\t{}\n",
                    shown(&form)
                ));
            }
        }
    }
    out
}
