//! A decision to take: what the players choose leads to the next inject.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::base::id::InjectId;
use crate::base::language::Text;
use crate::drill::playbook::checking::{Checking, in_order};
use crate::drill::playbook::code;
use crate::drill::playbook::scalar::{OneOrMany, Word, Wording};
use crate::drill::playbook::script::Audience;
use crate::text::spanned::Spanned;

/// How long players have to decide where the playbook does not say.
const USUAL_WITHIN: SignedDuration = SignedDuration::from_mins(10);

/// A decision to take.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::drill::playbook) struct DecisionWritten {
    /// Who decides: a cell, or people and rotas who are in one.
    to: Spanned<OneOrMany>,
    /// The question.
    ask: Spanned<Text>,
    /// What can be chosen: a name for each option.
    options: Spanned<BTreeMap<Spanned<Word>, OptionWritten>>,
    /// The option that is taken when nobody decides in time.
    default: Spanned<Word>,
    /// How long the players have, in script time; `10m` where it is left out.
    #[serde(default)]
    within: Option<Spanned<String>>,
}

/// Something that can be chosen.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OptionWritten {
    /// What is shown; the option's name where it is left out.
    #[serde(default)]
    label: Option<Spanned<Wording>>,
    /// The inject that is played when this is chosen. An inject named here is not played otherwise.
    #[serde(default)]
    next: Option<Spanned<String>>,
}

/// A decision to take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Who decides.
    pub to: Audience,
    /// The question.
    pub ask: Text,
    /// What can be chosen, in the order written.
    pub options: Vec<DecisionOption>,
    /// The option that is taken when nobody decides in time.
    pub default: String,
    /// How long the players have, in script time.
    pub within: SignedDuration,
}

/// Something that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionOption {
    /// Its name in the playbook.
    pub name: String,
    /// What is shown.
    pub label: Text,
    /// The inject that follows.
    pub next: Option<InjectId>,
}

impl Decision {
    /// The option called `name`.
    pub fn option(&self, name: &str) -> Option<&DecisionOption> {
        self.options.iter().find(|option| option.name == name)
    }
}

impl DecisionWritten {
    pub(super) fn leads_to(&self) -> Vec<String> {
        self.options.values().filter_map(|option| option.next.as_ref()).map(|next| next.value.clone()).collect()
    }

    pub(super) fn check(self, checking: &mut Checking<'_>) -> Decision {
        let to = checking.audience(&self.to);
        let ask = checking.text(&self.ask);
        let within = checking.duration_or(self.within.as_ref(), USUAL_WITHIN);
        if self.options.is_empty() {
            let help = "offer at least one: `options: {yes: {label: …}}`";
            checking.error(code::EMPTY, self.options.span, "there is nothing to choose from", help);
        }
        let source = checking.source;
        let options: Vec<_> = in_order(self.options.value)
            .into_iter()
            .map(|(name, option)| option.check(checking, &name.written(source)))
            .collect();
        let default = self.default.written(source);
        if !options.is_empty() && !options.iter().any(|option| option.name == default.value) {
            let known: Vec<_> = options.iter().map(|option| option.name.as_str()).collect();
            let message = format!("the decision does not offer `{}`", default.value);
            checking.unknown(code::OPTION, &default, message, known);
        }
        Decision { to, ask, options, default: default.value, within }
    }
}

impl OptionWritten {
    fn check(self, checking: &mut Checking<'_>, name: &Spanned<String>) -> DecisionOption {
        let name = checking.name(name);
        let label = self.label.map_or_else(|| Text::both(&name, &name), |label| checking.wording(label));
        if let Some(next) = self.next.as_ref().filter(|next| !checking.injects.contains(&next.value)) {
            let known = checking.injects.clone();
            let message = format!("there is no inject `{}`", next.value);
            checking.unknown(code::NEXT, next, message, known.iter().map(String::as_str));
        }
        let next = self.next.map(|next| InjectId(next.value));
        DecisionOption { name, label, next }
    }
}
