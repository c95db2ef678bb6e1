//! `chains.yaml`: who is told next, as written and as checked.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use schemars::JsonSchema;
use serde::Deserialize;

use super::checker::Checker;
use super::name::{Map, Name};
use super::step::StepEntry;
use crate::alert::chain::{Chain, Unanswered};
use crate::base::id::{ChainId, ChannelName};
use crate::base::level::Level;
use crate::finding::chains as finding;
use crate::text::diagnostic::suggest;
use crate::text::source::Span;
use crate::text::spanned::Spanned;

/// How long an acknowledged alert may stay open before it is asked about again, where a chain does not say.
const REACK: SignedDuration = SignedDuration::from_hours(2);

/// `chains.yaml`: who is told next.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChainsFile {
    /// Chains by name.
    pub chains: Map<ChainEntry>,
}

/// A chain.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChainEntry {
    /// Which alerts take it.
    pub when: When,
    /// Its steps, from the first.
    pub steps: Vec<Spanned<StepEntry>>,
    /// What happens behind the last step.
    #[serde(default)]
    pub unanswered: UnansweredEntry,
    /// When people are told, such as `mon-fri 08:00-18:00`: what comes at another hour waits for the next of them. At any
    /// hour where it is left out.
    #[serde(default)]
    hours: Option<Name>,
    /// After this long an acknowledged but unresolved alert is asked about again, or `never`; `2h` if left out.
    #[serde(default)]
    pub reack: Option<Name>,
}

/// Which alerts take a chain.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// Alerts of this level and above, unless another chain asks for a higher level.
    pub level: Spanned<Level>,
}

/// What happens when nobody answered.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnansweredEntry {
    /// How many more rounds there are.
    #[serde(default)]
    pub repeat: u8,
    /// The channel for the very end; it must be a `folder`.
    #[serde(default)]
    pub then: Option<Name>,
}

/// Converts `chains.yaml`, adding every mistake to `found`.
pub(super) fn check(file: &ChainsFile, mut checker: Checker<'_>) -> Vec<Chain> {
    let mut levels: BTreeMap<Level, String> = BTreeMap::new();
    let mut chains = Vec::new();
    for (name, entry) in &file.chains {
        let level = &entry.when.level;
        if let Some(first) = levels.insert(level.value, name.value.clone()) {
            checker.say(finding::level_taken(first, level.value), level.span);
        }
        chains.push(checker.chain(name, entry));
    }
    if !levels.contains_key(&Level::High) && levels.keys().all(|level| *level > Level::High) {
        let span = file.chains.keys().next().map_or(Span::default(), |name| name.span);
        checker.say(finding::uncovered(), span);
    }
    chains
}

impl Checker<'_> {
    fn chain(&mut self, name: &Spanned<String>, entry: &ChainEntry) -> Chain {
        if entry.steps.is_empty() {
            self.say(finding::no_steps(name), name.span);
        }
        let reack = match &entry.reack {
            None => Some(REACK),
            Some(text) if text.value == "never" => None,
            Some(text) => self.duration(text).or(Some(REACK)),
        };
        Chain {
            id: ChainId(name.value.clone()),
            level: entry.when.level.value,
            steps: entry.steps.iter().filter_map(|step| self.step(step)).collect(),
            unanswered: self.unanswered(&entry.unanswered),
            hours: entry.hours.as_ref().and_then(|written| self.hours(written)),
            reack,
        }
    }

    fn unanswered(&mut self, entry: &UnansweredEntry) -> Unanswered {
        let then = entry.then.as_ref().and_then(|name| {
            let channel = ChannelName(name.value.clone());
            match self.settings.channels.get(&channel) {
                Some(settings) if settings.stands_alone() => Some(channel),
                Some(_) => {
                    self.say(finding::needs_answer(name), name.span);
                    None
                }
                None if self.written.channels.keys().any(|written| written.value == name.value) => None,
                None => {
                    let known: Vec<&str> = self.settings.channels.keys().map(ChannelName::as_str).collect();
                    self.say(finding::no_channel(name).advice(suggest(name, known)), name.span);
                    None
                }
            }
        });
        Unanswered { repeat: u32::from(entry.repeat), then }
    }
}
