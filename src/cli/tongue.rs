//! In which language a command answers: the one asked for, or that of the terminal, or that of the site.

use clap::{Args, ValueEnum};

use super::screen::Screen;
use crate::base::language::Language;

/// The language of the answer.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Tongue {
    /// The language of the answer; that of the terminal where it is left out
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    language: Option<LanguageWord>,
}

/// A language, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LanguageWord {
    Fr,
    En,
}

impl From<LanguageWord> for Language {
    fn from(word: LanguageWord) -> Self {
        match word {
            LanguageWord::Fr => Self::Fr,
            LanguageWord::En => Self::En,
        }
    }
}

impl Tongue {
    /// The screen, in the language that was asked for if one was.
    pub(super) fn on(self, screen: Screen) -> Screen {
        self.language.map_or(screen, |language| screen.speaking(language.into()))
    }
}
