//! A telephone call: the facilitator plays somebody and reads out a script.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::base::language::Text;
use crate::drill::playbook::checking::Checking;
use crate::drill::playbook::scalar::{OneOrMany, Wording};
use crate::drill::playbook::script::Audience;
use crate::text::spanned::Spanned;

/// A call the facilitator makes.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::drill::playbook) struct PhoneWritten {
    /// Who the facilitator plays.
    from: Spanned<Wording>,
    /// Who is called: a cell, or people and rotas who are in one.
    to: Spanned<OneOrMany>,
    /// What to say.
    script: Spanned<Text>,
}

/// A call the facilitator makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// Who is called.
    pub to: Audience,
    /// Who the facilitator plays.
    pub from: Text,
    /// What to say.
    pub script: Text,
}

impl PhoneWritten {
    pub(super) fn check(self, checking: &mut Checking<'_>) -> Phone {
        Phone {
            to: checking.audience(&self.to),
            from: checking.wording(self.from),
            script: checking.text(&self.script),
        }
    }
}
