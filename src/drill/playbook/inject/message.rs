//! A message sent to players by the channels that exercises may use.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::base::language::Text;
use crate::drill::playbook::checking::Checking;
use crate::drill::playbook::scalar::{OneOrMany, Wording};
use crate::drill::playbook::script::Audience;
use crate::text::spanned::Spanned;

/// A message to players.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::drill::playbook) struct MessageWritten {
    /// A cell, or people and rotas who are in one.
    to: Spanned<OneOrMany>,
    /// Who it pretends to come from.
    from: Spanned<Wording>,
    /// Its subject.
    subject: Spanned<Text>,
    /// Its text. The exercise marking is added around it.
    body: Spanned<Text>,
}

/// A message to players.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Who gets it.
    pub to: Audience,
    /// Who it pretends to come from.
    pub from: Text,
    /// Its subject.
    pub subject: Text,
    /// Its text, without the exercise marking.
    pub body: Text,
}

impl MessageWritten {
    pub(super) fn check(self, checking: &mut Checking<'_>) -> Message {
        Message {
            to: checking.audience(&self.to),
            from: checking.wording(self.from),
            subject: checking.text(&self.subject),
            body: checking.text(&self.body),
        }
    }
}
