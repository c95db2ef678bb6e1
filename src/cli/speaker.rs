//! Who says what is said with a command.

use clap::Args;

use crate::api::Speaker;
use crate::base::id::PersonId;

/// Who speaks.
#[derive(Debug, Clone, Args)]
pub(super) struct Who {
    /// Who says so, by their name in people.yaml; where left out, whoever your account belongs to
    #[arg(long = "as", value_name = "PERSON")]
    by: Option<String>,
}

impl From<Who> for Speaker {
    fn from(who: Who) -> Self {
        Self(who.by.map(PersonId))
    }
}
