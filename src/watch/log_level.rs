//! How much a program writes into its log: what a line says of itself, and what a rule needs.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The level of a log, from what is always written to what hardly ever is. The names are those of syslog; whoever calls
/// them otherwise is translated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LogLevel {
    /// Something failed.
    Error,
    /// Something may be wrong.
    Warning,
    /// Worth knowing, nothing is wrong.
    Notice,
    /// What is done all day.
    Info,
    /// What only helps who looks for a mistake.
    Debug,
    /// Each step.
    Trace,
}

impl LogLevel {
    /// The word used in rule files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Notice => "notice",
            Self::Info => "info",
            Self::Debug => "debug",
            Self::Trace => "trace",
        }
    }

    /// The level that programs write as `word`.
    pub fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "emerg" | "emergency" | "panic" | "alert" | "crit" | "critical" | "severe" | "fatal" | "err" | "error" => {
                Self::Error
            }
            "warning" | "warn" => Self::Warning,
            "notice" => Self::Notice,
            "info" | "information" => Self::Info,
            "debug" | "verbose" => Self::Debug,
            "trace" => Self::Trace,
            _ => return None,
        })
    }
}

impl fmt::Display for LogLevel {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.word())
    }
}
