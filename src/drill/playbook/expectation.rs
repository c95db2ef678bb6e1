//! What should follow an inject.

use jiff::SignedDuration;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::checking::Checking;
use super::reference::ReferenceKind;
use super::scalar::Word;
use crate::base::id::{ChainId, ObjectiveId, PersonId, RuleId};
use crate::base::language::Text;
use crate::drill::inject::Action;
use crate::finding::timeline as finding;
use crate::text::spanned::Spanned;

/// What should follow an inject: exactly one of `hit`, `ack`, `page`, `action`, `decision`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ExpectationWritten {
    /// A detection rule matches, such as `ransomware.rename_burst`.
    #[serde(default)]
    hit: Option<Spanned<String>>,
    /// Somebody says "I have it".
    #[serde(default)]
    ack: Option<AckWritten>,
    /// Somebody is paged.
    #[serde(default)]
    page: Option<Spanned<PageWritten>>,
    /// The players do something that an observer sees.
    #[serde(default)]
    action: Option<Spanned<Text>>,
    /// The players choose this option of the decision.
    #[serde(default)]
    decision: Option<Spanned<Word>>,
    /// How long it may take, in script time, from the moment the inject is played.
    #[serde(default)]
    pub(super) within: Option<Spanned<String>>,
    /// The objective it serves.
    #[serde(default)]
    objective: Option<Spanned<String>>,
}

/// An acknowledgement.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct AckWritten {
    /// Of an alert on this chain.
    chain: Spanned<String>,
    /// By this person; by anybody where it is left out.
    #[serde(default)]
    by: Option<Spanned<String>>,
}

/// A page; `chain`, `person` or both.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PageWritten {
    /// Sent by this chain.
    #[serde(default)]
    chain: Option<Spanned<String>>,
    /// To this person.
    #[serde(default)]
    person: Option<Spanned<String>>,
}

/// What should follow an inject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expectation {
    /// What is awaited.
    pub awaited: Awaited,
    /// How long it may take, in script time.
    pub within: SignedDuration,
    /// The objective it serves.
    pub objective: Option<ObjectiveId>,
}

/// What is awaited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Awaited {
    /// A detection rule matches.
    Hit(RuleId),
    /// Somebody acknowledges an alert.
    Ack {
        /// On this chain.
        chain: ChainId,
        /// This person, or anybody.
        by: Option<PersonId>,
    },
    /// Somebody is paged.
    Page {
        /// By this chain, or any.
        chain: Option<ChainId>,
        /// This person, or anybody.
        person: Option<PersonId>,
    },
    /// The players do something; an observer says whether they did.
    Action(Text),
    /// The players choose this option.
    Decision(String),
}

impl Spanned<ExpectationWritten> {
    /// The expectation of an inject that does `action`.
    pub(super) fn check(&self, checking: &mut Checking<'_>, action: Option<&Action>) -> Option<Expectation> {
        let objective = self.objective.as_ref().and_then(|name| checking.objective(name));
        let within = self.within(checking, action);
        let awaited = self.awaited(checking, action)?;
        Some(Expectation { awaited, within, objective })
    }

    fn awaited(&self, checking: &mut Checking<'_>, action: Option<&Action>) -> Option<Awaited> {
        let mut awaited = Vec::new();
        if let Some(rule) = &self.hit {
            checking.refer(ReferenceKind::Rule, rule);
            awaited.push(Some(Awaited::Hit(RuleId(rule.value.clone()))));
        }
        if let Some(ack) = &self.ack {
            let chain = ChainId(named(checking, ReferenceKind::Chain, &ack.chain));
            let by = ack.by.as_ref().map(|by| PersonId(named(checking, ReferenceKind::Person, by)));
            awaited.push(Some(Awaited::Ack { chain, by }));
        }
        if let Some(page) = &self.page {
            let chain = page.chain.as_ref().map(|chain| ChainId(named(checking, ReferenceKind::Chain, chain)));
            let person = page.person.as_ref().map(|person| PersonId(named(checking, ReferenceKind::Person, person)));
            if chain.is_none() && person.is_none() {
                checking.say(finding::page_of_nobody(), page.span);
            }
            awaited.push(Some(Awaited::Page { chain, person }));
        }
        if let Some(action) = &self.action {
            awaited.push(Some(Awaited::Action(checking.text(action))));
        }
        if let Some(option) = &self.decision {
            let option = option.written(checking.source);
            awaited.push(chosen(checking, &option, action));
        }
        if awaited.len() != 1 {
            let wrong = if awaited.is_empty() { finding::says_nothing() } else { finding::says_several() };
            checking.say(wrong, self.span);
            return None;
        }
        awaited.pop().flatten()
    }

    fn within(&self, checking: &mut Checking<'_>, action: Option<&Action>) -> SignedDuration {
        if let Some(within) = &self.within {
            return checking.duration_or(Some(within), SignedDuration::ZERO);
        }
        match action.and_then(|action| action.means().question()) {
            Some(question) if self.decision.is_some() => question.within,
            _ => {
                checking.say(finding::no_time_allowed(), self.span);
                SignedDuration::ZERO
            }
        }
    }
}

fn named(checking: &mut Checking<'_>, kind: ReferenceKind, name: &Spanned<String>) -> String {
    checking.refer(kind, name);
    name.value.clone()
}

/// The option that is expected of the decision of the same inject.
fn chosen(checking: &mut Checking<'_>, option: &Spanned<String>, action: Option<&Action>) -> Option<Awaited> {
    // Without an action, what is asked has a mistake itself: whether it offers the option is not known.
    let Some(question) = action?.means().question() else {
        checking.say(finding::nothing_decided(), option.span);
        return None;
    };
    if question.answer(&option.value).is_none() {
        checking.unknown(finding::not_offered(option), option, question.names());
    }
    Some(Awaited::Decision(option.value.clone()))
}
