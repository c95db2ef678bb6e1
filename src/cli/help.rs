//! The help and the mistakes of the command line in French. clap speaks English; what it says is looked up in the
//! catalogue, sentence by sentence.

use std::error::Error as _;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, Error};

use super::screen::{Paint, Screen};
use crate::base::language::{Language, Text};
use crate::base::visible::visible;
use crate::words::failure::{self, Failure};
use crate::words::help as words;

/// The command line with its help in `language`.
pub(super) fn speaking(mut command: Command, language: Language) -> Command {
    match language {
        Language::En => command,
        Language::Fr => {
            // Puts in what clap adds by itself, such as --help.
            command.build();
            french(command)
        }
    }
}

fn french(command: Command) -> Command {
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let template = template(&command);
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let mut command = command.about(translated(&about)).mut_args(argument).help_template(template);
    for name in names {
        command = command.mut_subcommand(name, french);
    }
    command
}

/// A sentence in French; where the catalogue lacks it, English is better than nothing.
fn translated(english: &str) -> String {
    words::french(english).unwrap_or(english).to_owned()
}

/// The page of a command: what it is for, how it is called, what it takes.
fn template(command: &Command) -> String {
    let part = |there: bool, heading: Text, list: &str| {
        if there { format!("\n{}\n{list}\n", heading.get(Language::Fr)) } else { String::new() }
    };
    [
        format!("{{about}}\n\n{} {{usage}}\n", words::usage().get(Language::Fr)),
        part(command.has_subcommands(), words::commands(), "{subcommands}"),
        part(command.get_positionals().next().is_some(), words::arguments(), "{positionals}"),
        part(true, words::options(), "{options}"),
    ]
    .concat()
}

/// An argument with its help in French. What it can be and what it is by itself become part of the sentence, because
/// clap would say them in English.
fn argument(argument: Arg) -> Arg {
    let english = argument.get_help().map(ToString::to_string).unwrap_or_default();
    let mut help = vec![translated(&english)];
    if argument.get_action().takes_values() {
        let value = |value: &clap::builder::PossibleValue| match value.get_help() {
            Some(help) => format!("{} ({})", value.get_name(), translated(&help.to_string())),
            None => value.get_name().to_owned(),
        };
        let values: Vec<String> = argument.get_possible_values().iter().map(value).collect();
        if !values.is_empty() {
            help.push(format!("[{}]", words::values(values.join(", ")).get(Language::Fr)));
        }
        let defaults: Vec<_> = argument.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
        if !defaults.is_empty() {
            help.push(format!("[{}]", words::default(defaults.join(" ")).get(Language::Fr)));
        }
    }
    let short = argument.help(help.join(" ")).long_help(clap::builder::Resettable::Reset);
    short.hide_possible_values(true).hide_default_value(true)
}

/// Says what is wrong with the command line.
pub(super) fn mistake(screen: Screen, error: Error) {
    let error = seen(error);
    let helps = matches!(
        error.kind(),
        ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
            | ErrorKind::MissingSubcommand
    );
    let said = if helps || screen.language() == Language::En { None } else { said(&error) };
    let Some(said) = said else {
        // There is nobody to tell if it cannot be printed.
        drop(error.print());
        return;
    };
    screen.aside().paint(Paint::Red, failure::error()).put(failure::colon()).put(said).end();
    for (kind, words) in [
        (ContextKind::ValidValue, words::values as fn(String) -> Text),
        (ContextKind::SuggestedArg, words::similar),
        (ContextKind::SuggestedSubcommand, words::similar),
        (ContextKind::SuggestedValue, words::similar),
    ] {
        let value = value(&error, kind);
        if !value.is_empty() {
            screen.aside().put("  ").put(words(value)).end();
        }
    }
    screen.note("");
    screen.note(words::more());
}

/// What is wrong, in one sentence; nothing for what the catalogue has no words for.
fn said(error: &Error) -> Option<Text> {
    let value = |kind| value(error, kind);
    let argument = value(ContextKind::InvalidArg);
    Some(match error.kind() {
        ErrorKind::InvalidValue if value(ContextKind::InvalidValue).is_empty() => words::empty_value(argument),
        ErrorKind::InvalidValue => words::invalid_value(value(ContextKind::InvalidValue), argument),
        ErrorKind::ValueValidation => match error.source() {
            Some(source) => {
                let why = source.downcast_ref::<Failure>().map(|Failure(text)| text.clone());
                let why = why.unwrap_or_else(|| Text::both(&source.to_string(), &source.to_string()));
                words::invalid_value_because(value(ContextKind::InvalidValue), argument, why)
            }
            None => words::invalid_value(value(ContextKind::InvalidValue), argument),
        },
        ErrorKind::UnknownArgument => words::unknown_argument(argument),
        ErrorKind::InvalidSubcommand => words::unknown_command(value(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => words::missing(argument),
        ErrorKind::ArgumentConflict => match value(ContextKind::PriorArg) {
            other if other.is_empty() || other == argument => words::twice(argument),
            other => words::conflict(argument, other),
        },
        _ => return None,
    })
}

/// What clap knows of a mistake.
fn value(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

/// A mistake with every letter of what was typed to be seen.
fn seen(mut error: Error) -> Error {
    let typed = error.context().filter_map(|(kind, value)| match value {
        ContextValue::String(text) => Some((kind, ContextValue::String(visible(text).into_owned()))),
        // A tip that repeats what was typed, already drawn.
        ContextValue::StyledStrs(tips) if tips.iter().any(|tip| hides(&tip.to_string())) => {
            Some((kind, ContextValue::None))
        }
        _ => None,
    });
    for (kind, value) in typed.collect::<Vec<_>>() {
        drop(error.insert(kind, value));
    }
    error
}

fn hides(text: &str) -> bool {
    visible(text) != text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory as _;

    use super::*;
    use crate::cli::Vigie;

    /// Every English sentence of the help of `command` and what is below it.
    fn sentences(command: &Command, found: &mut BTreeSet<String>) {
        found.extend(command.get_about().map(ToString::to_string));
        assert!(command.get_about().is_some(), "{} says nothing", command.get_name());
        for argument in command.get_arguments() {
            let help = argument.get_help().map(ToString::to_string);
            assert!(help.is_some(), "{} {} says nothing", command.get_name(), argument.get_id());
            found.extend(help);
            for value in argument.get_possible_values() {
                found.extend(value.get_help().map(ToString::to_string));
            }
        }
        for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
            sentences(sub, found);
        }
    }

    #[test]
    fn every_sentence_of_the_help_has_its_french() {
        let mut command = Vigie::command();
        command.build();
        let mut said = BTreeSet::new();
        sentences(&command, &mut said);
        // Booleans bring values of their own.
        let missing: Vec<_> = said.iter().filter(|english| words::french(english).is_none()).collect();
        assert!(missing.is_empty(), "no French in src/words/help.rs for: {missing:#?}");
        let own = ["Print this message or the help of the given subcommand(s)"];
        let idle: Vec<_> = words::HELP
            .iter()
            .map(|(english, _)| *english)
            .filter(|english| !said.contains(*english) && !own.contains(english))
            .collect();
        assert!(idle.is_empty(), "nothing says: {idle:#?}");
    }

    #[test]
    fn the_help_of_a_french_terminal_is_french() {
        let mut command = speaking(Vigie::command(), Language::Fr);
        let pages = [
            command.render_long_help().to_string(),
            command.find_subcommand_mut("drill").expect("it is there").render_long_help().to_string(),
            command
                .find_subcommand_mut("drill")
                .and_then(|drill| drill.find_subcommand_mut("report"))
                .expect("it is there")
                .render_long_help()
                .to_string(),
        ];
        for page in &pages {
            assert!(page.contains("Utilisation\u{a0}:") && page.contains("Affiche l'aide"), "{page}");
            for english in ["Usage", "Print", "default", "possible values", "Commands"] {
                assert!(!page.contains(english), "{english}: {page}");
            }
        }
        assert!(pages[0].contains("Commandes\u{a0}:") && pages[0].contains("Liste, montre"), "{}", pages[0]);
        assert!(
            pages[2].contains("Le dossier du site") && pages[2].contains("[par défaut\u{a0}: html]"),
            "{}",
            pages[2]
        );
    }

    #[test]
    fn mistakes_are_said_in_french() {
        for (arguments, words) in [
            (&["vigie", "alert", "ack", "A-1", "--as", "x"][..], "par exemple A12"),
            (&["vigie", "alert", "hand", "A1"], "il manque\u{a0}: --to <PERSON>"),
            (&["vigie", "chekc"], "il n'y a pas de commande «\u{a0}chekc\u{a0}»"),
            (&["vigie", "check", ""], "il faut une valeur"),
            (&["vigie", "check", "--jsn"], "argument inattendu\u{a0}: «\u{a0}--jsn\u{a0}»"),
            (&["vigie", "alert", "raise", "x", "--as", "y", "--level", "grave"], "«\u{a0}grave\u{a0}» ne convient pas"),
        ] {
            let error = speaking(Vigie::command(), Language::Fr).try_get_matches_from(arguments).unwrap_err();
            let said = said(&error).expect("there are words for it");
            assert!(said.get(Language::Fr).contains(words), "{arguments:?}: {said:?}");
        }
    }
}
