//! A command line that cannot be read, told in the language that it asks for.

use std::process::ExitCode;

use clap::Error;
use clap::error::{ContextKind, ErrorKind};
use kupuya::diagnostic::Text;
use kupuya::messages::Language;

use super::outcome::Failure;
use super::screen;

/// Says what is wrong with a command line, or shows the help that it asks for; the exit code of the program.
pub fn tell(error: &Error) -> ExitCode {
    if asks_for_kyrgyz(std::env::args())
        && let Some(text) = said(error)
    {
        screen::speak(Language::Kyrgyz);
        screen::complain(&Failure::from(text).line());
    } else {
        // If even that cannot be printed there is nobody to tell.
        let _ = error.print();
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

/// Whether `--language ky` stands somewhere in a line, whether or not it can be read.
pub fn asks_for_kyrgyz(arguments: impl Iterator<Item = String>) -> bool {
    let all: Vec<String> = arguments.collect();
    let apart = all.windows(2).any(|pair| pair == ["--language", "ky"]);
    apart || all.iter().any(|argument| argument == "--language=ky")
}

/// What is wrong; `None` for help, and for what only clap can say.
fn said(error: &Error) -> Option<Text> {
    let get = |kind| error.get(kind).map(ToString::to_string);
    let argument = get(ContextKind::InvalidArg);
    let text = match error.kind() {
        ErrorKind::UnknownArgument => {
            let near = get(ContextKind::SuggestedArg);
            let text = match near {
                Some(near) => Text::new("there is no option `{argument}`; did you mean `{near}`?").with("near", near),
                None => Text::new("`{argument}` has no place here"),
            };
            text.with("argument", argument?)
        }
        ErrorKind::InvalidSubcommand => {
            let command = get(ContextKind::InvalidSubcommand)?;
            let text = match get(ContextKind::SuggestedSubcommand) {
                Some(near) => Text::new("there is no command `{command}`; did you mean `{near}`?").with("near", near),
                None => Text::new("there is no command `{command}`"),
            };
            text.with("command", command)
        }
        ErrorKind::MissingRequiredArgument => {
            Text::new("the command line lacks `{argument}`").with("argument", argument?)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let value = get(ContextKind::InvalidValue).filter(|value| !value.is_empty());
            let text = match (value, get(ContextKind::ValidValue)) {
                (Some(value), Some(values)) => Text::new("`{argument}` does not take `{value}`; it takes {values}")
                    .with("value", value)
                    .with("values", values),
                (Some(value), None) => Text::new("`{argument}` does not take `{value}`").with("value", value),
                (None, _) => Text::new("a value is missing after `{argument}`"),
            };
            text.with("argument", argument?)
        }
        ErrorKind::ArgumentConflict => match get(ContextKind::PriorArg) {
            Some(other) if Some(&other) != argument.as_ref() => {
                Text::new("`{argument}` cannot stand beside `{other}`").with("other", other)
            }
            _ => Text::new("`{argument}` stands twice"),
        }
        .with("argument", argument?),
        _ => return None,
    };
    Some(Text::new("{problem} (`kupuya --help` lists what there is)").with("problem", text))
}
