//! Who answers how fast when a playbook is rehearsed without people.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use schemars::JsonSchema;
use serde::Deserialize;

use super::checking::{Checking, in_order};
use super::inject::{Inject, Start};
use super::reference::ReferenceKind;
use super::scalar::Word;
use crate::base::id::{InjectId, PersonId};
use crate::drill::inject::Question;
use crate::finding::playbook::{asks_no_decision, not_by_hand};
use crate::finding::timeline::not_offered;
use crate::text::spanned::Spanned;

/// Stands in for the players in a rehearsal. Who is not named here never answers.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CastWritten {
    /// How fast each person acknowledges a page.
    #[serde(default)]
    people: BTreeMap<Spanned<String>, AnswerWritten>,
    /// What is decided, and how long after the question. Decisions left out take their default.
    #[serde(default)]
    decisions: BTreeMap<Spanned<String>, CastDecisionWritten>,
    /// How long after its inject each expected action is seen, such as `3m`, or `never` (the default).
    #[serde(default)]
    actions: Option<Spanned<String>>,
    /// When the facilitator plays injects by hand. Those left out are not played.
    #[serde(default)]
    fires: BTreeMap<Spanned<String>, Spanned<String>>,
}

/// Whether and when a person answers.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum AnswerWritten {
    /// This long after each page.
    Answers(Spanned<String>),
    /// Not at all.
    Never,
}

/// What is decided, and when.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct CastDecisionWritten {
    /// The option chosen.
    option: Spanned<Word>,
    /// How long after the question.
    after: Spanned<String>,
}

/// Stands in for the players in a rehearsal. All durations are script time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cast {
    /// How long after a page each person acknowledges it; nothing for never. Who is missing never answers.
    pub people: BTreeMap<PersonId, Option<SignedDuration>>,
    /// What is decided. What is missing takes its default.
    pub decisions: BTreeMap<InjectId, CastDecision>,
    /// How long after its inject each expected action is seen; nothing for never.
    pub actions: Option<SignedDuration>,
    /// When, from the start, injects are played by hand.
    pub fires: BTreeMap<InjectId, SignedDuration>,
}

/// What is decided, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CastDecision {
    /// The option chosen.
    pub option: String,
    /// How long after the question.
    pub after: SignedDuration,
}

impl CastWritten {
    pub(super) fn check(self, checking: &mut Checking<'_>, timeline: &[Inject]) -> Cast {
        let mut cast = Cast::default();
        for (person, answer) in in_order(self.people) {
            checking.refer(ReferenceKind::Person, &person);
            let after = match answer {
                AnswerWritten::Answers(after) => checking.duration(&after),
                AnswerWritten::Never => None,
            };
            cast.people.insert(PersonId(person.value), after);
        }
        for (inject, decision) in in_order(self.decisions) {
            let after = checking.duration(&decision.after);
            let option = decision.option.written(checking.source);
            let offered = question_of(checking, &inject, timeline).map(|asked| offers(checking, asked, &option));
            if let (Some(after), Some(true)) = (after, offered) {
                let option = option.value;
                cast.decisions.insert(InjectId(inject.value), CastDecision { option, after });
            }
        }
        for (inject, at) in in_order(self.fires) {
            let at = checking.moment(&at);
            if let (Some(at), true) = (at, is_manual(checking, &inject, timeline)) {
                cast.fires.insert(InjectId(inject.value), at);
            }
        }
        cast.actions =
            self.actions.filter(|actions| actions.value != "never").and_then(|actions| checking.duration(&actions));
        cast
    }
}

fn question_of<'t>(
    checking: &mut Checking<'_>,
    name: &Spanned<String>,
    timeline: &'t [Inject],
) -> Option<&'t Question> {
    let asked = |inject: &'t Inject| Some((inject.id.as_str(), inject.action.means().question()?));
    let questions = timeline.iter().filter_map(asked);
    let found = questions.clone().find(|(id, _)| *id == name.value).map(|(_, question)| question);
    if found.is_none() && checking.sound {
        checking.unknown(asks_no_decision(name), name, questions.map(|(id, _)| id).collect::<Vec<_>>());
    }
    found
}

fn offers(checking: &mut Checking<'_>, question: &Question, option: &Spanned<String>) -> bool {
    let offered = question.answer(option).is_some();
    if !offered {
        checking.unknown(not_offered(option), option, question.names());
    }
    offered
}

fn is_manual(checking: &mut Checking<'_>, name: &Spanned<String>, timeline: &[Inject]) -> bool {
    let manual: Vec<_> = timeline
        .iter()
        .filter(|inject| matches!(inject.start, Start::Manual(_)))
        .map(|inject| inject.id.as_str())
        .collect();
    let found = manual.contains(&name.as_str());
    if !found && checking.sound {
        checking.unknown(not_by_hand(name), name, manual);
    }
    found
}
