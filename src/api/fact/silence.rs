//! What can happen to a silence.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::shown;
use crate::alert::Silence;
use crate::base::id::{PersonId, SilenceId};

/// What can happen to a silence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SilenceFact {
    /// Somebody made it.
    Added(Silence),
    /// It is over.
    Ended {
        /// Its number.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        silence: SilenceId,
        /// Who ended it; nothing where its time had come.
        by: Option<PersonId>,
    },
    /// Its row cannot be read; it is left as it is, and silences nothing.
    Unreadable {
        /// Its number.
        #[serde(with = "shown")]
        #[schemars(with = "String")]
        silence: SilenceId,
    },
}
