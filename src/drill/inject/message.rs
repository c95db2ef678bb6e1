//! A message sent to players by the channels that exercises may use.

use schemars::JsonSchema;
use serde::Deserialize;

use super::means::{Means, Scene, Written};
use crate::base::language::Text;
use crate::drill::play::effect::{Effect, PlayerMessage};
use crate::drill::playbook::checking::Checking;
use crate::drill::playbook::players::Audience;
use crate::drill::playbook::scalar::Wording;
use crate::text::one_or_many::OneOrMany;
use crate::text::spanned::Spanned;
use crate::words::sentence::Lines;
use crate::words::words;

/// A message to players.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::drill) struct MessageWritten {
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

impl Written for MessageWritten {
    type Means = Message;

    fn check(self, checking: &mut Checking<'_>) -> Option<Message> {
        Some(Message {
            to: checking.audience(&self.to),
            from: checking.wording(self.from),
            subject: checking.text(&self.subject),
            body: checking.text(&self.body),
        })
    }
}

impl Means for Message {
    fn audience(&self) -> Option<&Audience> {
        Some(&self.to)
    }

    fn asks(&self, scene: Scene<'_>) -> Option<Effect> {
        let message = PlayerMessage {
            to: self.to.clone(),
            subject: self.subject.clone(),
            body: body(&self.from, Lines(&self.body)),
        };
        Some(Effect::Message { inject: scene.inject.clone(), message })
    }
}

words! {
    /// What the report calls it.
    pub(super) fn word() { fr: "message", en: "message" }
    /// The text of the message, under the name of whom it pretends to come from.
    fn body(from, body) { fr: "De : {from}\n\n{body}", en: "From: {from}\n\n{body}" }
}
