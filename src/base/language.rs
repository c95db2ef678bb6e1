//! The two languages spoken to people at run time, and texts written in both.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A language that vigie speaks to the people it pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// French, the default: the first users are French hospitals.
    #[default]
    Fr,
    /// English.
    En,
}

impl Language {
    /// Picks the wording of this language.
    pub(crate) fn pick<T>(self, fr: T, en: T) -> T {
        match self {
            Self::Fr => fr,
            Self::En => en,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.pick("fr", "en"))
    }
}

/// A text in one or both languages, written `{fr: …, en: …}`. A missing language is a finding of `vigie check`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// The French wording.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fr: Option<String>,
    /// The English wording.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

impl Text {
    /// Both languages at once.
    pub(crate) fn both(fr: &str, en: &str) -> Self {
        Self { fr: Some(fr.to_owned()), en: Some(en.to_owned()) }
    }

    /// The same in both languages: what others said, quoted as it is.
    pub fn quoted(said: &str) -> Self {
        Self::both(said, said)
    }

    /// The wording in `language`, or in the other one where it is missing, or nothing.
    pub fn get(&self, language: Language) -> &str {
        let (first, second) = language.pick((&self.fr, &self.en), (&self.en, &self.fr));
        first.as_deref().or(second.as_deref()).unwrap_or_default()
    }

    /// The languages that have no wording.
    pub(crate) fn missing(&self) -> Vec<Language> {
        let mut missing = Vec::new();
        if self.fr.is_none() {
            missing.push(Language::Fr);
        }
        if self.en.is_none() {
            missing.push(Language::En);
        }
        missing
    }
}
