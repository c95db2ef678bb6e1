//! A telephone call: the facilitator plays somebody and reads out a script.

use schemars::JsonSchema;
use serde::Deserialize;

use super::means::{Means, Scene, Written};
use crate::base::language::Text;
use crate::drill::play::effect::{Card, Effect};
use crate::drill::playbook::checking::Checking;
use crate::drill::playbook::players::Audience;
use crate::drill::playbook::scalar::Wording;
use crate::text::one_or_many::OneOrMany;
use crate::text::spanned::Spanned;
use crate::words::sentence::Lines;
use crate::words::words;

/// A call the facilitator makes.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::drill) struct PhoneWritten {
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

impl Written for PhoneWritten {
    type Means = Phone;

    fn check(self, checking: &mut Checking<'_>) -> Option<Phone> {
        Some(Phone {
            to: checking.audience(&self.to),
            from: checking.wording(self.from),
            script: checking.text(&self.script),
        })
    }
}

impl Means for Phone {
    fn audience(&self) -> Option<&Audience> {
        Some(&self.to)
    }

    fn waits_for_word(&self) -> bool {
        true
    }

    fn asks(&self, Scene { drill, inject }: Scene<'_>) -> Option<Effect> {
        let text = call(&self.from, Lines(&self.script), drill, inject);
        let card = Card { to: self.to.clone(), heading: heading(), text };
        Some(Effect::Card { inject: inject.clone(), card })
    }
}

words! {
    /// What the report calls it.
    pub(super) fn word() { fr: "appel", en: "call" }
    /// Stands before the names of those to call.
    fn heading() { fr: "APPELER", en: "CALL" }
    /// What the facilitator says, and what to do once it is said.
    fn call(from, script, drill, inject) {
        fr: "VOUS JOUEZ : {from}\n\n{script}\n\nAppel passé ? vigie drill called {drill} {inject}\n",
        en: "YOU PLAY: {from}\n\n{script}\n\nCall made? vigie drill called {drill} {inject}\n",
    }
}
