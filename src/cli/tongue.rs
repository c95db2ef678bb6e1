//! In which language a command answers: the one asked for, or that of the terminal.

use clap::{Args, ValueEnum};

use crate::base::language::Language;

/// The language of the answer.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Tongue {
    /// The language of the answer; that of the terminal where it is left out
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    language: Option<Word>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Word {
    Fr,
    En,
}

impl Tongue {
    /// The language to answer in.
    pub(super) fn spoken(self) -> Language {
        match self.language {
            Some(Word::Fr) => Language::Fr,
            Some(Word::En) => Language::En,
            None => of_terminal(),
        }
    }
}

/// The language that the terminal is set to.
pub(super) fn of_terminal() -> Language {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let set = names.iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    if set.is_some_and(|value| value.starts_with("fr")) { Language::Fr } else { Language::En }
}
