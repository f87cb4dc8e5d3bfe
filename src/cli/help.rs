//! `--help` in Kyrgyz: the command line as clap has it, its words out of one table.

use clap::builder::StyledStr;
use clap::{Arg, Command};
use kupuya::messages::help;

/// What clap says itself around the texts of the program.
const TEMPLATE: &str = "{about-with-newline}\nКолдонуу: {usage}\n\n{all-args}{after-help}";

/// The same command line, told in Kyrgyz. What is in no line of the table stays in English.
pub fn in_kyrgyz(mut command: Command) -> Command {
    // What clap adds itself is there only then: the help of each command, options that count everywhere.
    command.build();
    told(command)
}

fn told(command: Command) -> Command {
    let about = command.get_about().map(translated);
    let after = command.get_after_help().map(translated);
    let mut command = command
        .help_template(TEMPLATE)
        .subcommand_help_heading("Буйруктар")
        .mut_args(argument)
        .mut_subcommands(told);
    if let Some(about) = about {
        command = command.about(about.clone()).long_about(about);
    }
    match after {
        Some(after) => command.after_help(after),
        None => command,
    }
}

/// An argument with its help, what it takes, and what it is if it is left out.
fn argument(argument: Arg) -> Arg {
    let heading = if argument.is_positional() {
        "Аргументтер"
    } else {
        "Опциялар"
    };
    let mut text = argument.get_help().map(translated).unwrap_or_default();
    let takes = argument.get_action().takes_values();
    let values = if takes {
        argument.get_possible_values()
    } else {
        Vec::new()
    };
    let values: Vec<String> = values
        .iter()
        .filter(|value| !value.is_hide_set())
        .map(|value| match value.get_help().map(translated) {
            Some(help) => format!("{} ({help})", value.get_name()),
            None => value.get_name().to_owned(),
        })
        .collect();
    if !values.is_empty() {
        text += &format!(" [маанилери: {}]", values.join(", "));
    }
    let defaults = argument.get_default_values().iter().filter(|_| takes);
    let defaults: Vec<_> = defaults.map(|value| value.to_string_lossy()).collect();
    if !defaults.is_empty() {
        text += &format!(" [демейки: {}]", defaults.join(", "));
    }
    let argument = argument.help_heading(heading).help(text.clone()).long_help(text);
    argument.hide_possible_values(true).hide_default_value(true)
}

/// A text in Kyrgyz, line by line: an example is one in every language.
fn translated(english: &StyledStr) -> String {
    let english = english.to_string();
    let lines = english.split('\n').map(|line| match line.strip_prefix("Example: ") {
        Some(example) => format!("Мисал: {example}"),
        None => help(line).unwrap_or(line).to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::{Command, CommandFactory};
    use kupuya::messages::{HELP, help, lines};

    use super::super::Line;

    /// Every line of help of a command and those below it that is no example.
    fn said(command: &Command, all: &mut BTreeSet<String>) {
        let mut add = |text: Option<String>| {
            let text = text.unwrap_or_default();
            let lines = text.split('\n').filter(|line| !line.trim().is_empty());
            let said = lines.filter(|line| !line.starts_with("Example: ") && !line.trim_start().starts_with("kupuya "));
            all.extend(said.map(str::to_owned));
        };
        add(command.get_about().map(ToString::to_string));
        add(command.get_after_help().map(ToString::to_string));
        for argument in command.get_arguments() {
            add(argument.get_help().map(ToString::to_string));
            for value in argument
                .get_possible_values()
                .iter()
                .filter(|_| argument.get_action().takes_values())
            {
                add(value.get_help().map(ToString::to_string));
            }
        }
        command.get_subcommands().for_each(|below| said(below, all));
    }

    #[test]
    fn every_help_has_its_kyrgyz_and_every_line_its_help() {
        let mut command = Line::command();
        command.build();
        let mut all = BTreeSet::new();
        said(&command, &mut all);
        let missing: Vec<&String> = all.iter().filter(|text| help(text).is_none()).collect();
        assert!(
            missing.is_empty(),
            "no Kyrgyz in src/messages/ky/help.tsv: {missing:#?}"
        );
        let idle: Vec<&str> = lines(HELP)
            .map(|(english, _)| english)
            .filter(|text| !all.contains(*text))
            .collect();
        assert!(idle.is_empty(), "nobody says {idle:#?}");
    }
}
