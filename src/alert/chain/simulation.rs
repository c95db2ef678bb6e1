//! What a chain would do, given who answers: the very escalation on a virtual clock, with everybody who is told taking the page
//! at once.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use jiff::{SignedDuration, Timestamp};

use super::definition::{Chain, Pace};
use super::effect::{Effect, PageKey};
use super::escalation::{Context, Escalation, Status};
use super::input::{Input, Outcome};
use super::reach::Reach;
use crate::alert::oncall::Roster;
use crate::base::id::{ChannelName, PersonId};

/// So many things at most happen in a simulation.
const MOST: usize = 2_000;

/// Who answers how long after they were asked, and which channels take nothing.
#[derive(Debug, Default)]
pub(crate) struct Cast {
    pub(crate) answers: BTreeMap<PersonId, SignedDuration>,
    pub(crate) down: BTreeSet<ChannelName>,
}

/// Something that happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Happening {
    /// The chain asks for this.
    Effect(Effect),
    /// A channel does not take a page.
    Refused(PageKey),
    /// Somebody says "I have it".
    Answered(PersonId),
}

/// Everything that happens within `most` of `from`, or until somebody answers.
pub(crate) fn play(
    (chain, roster, reach): (&Chain, &Roster, &Reach),
    cast: &Cast,
    (from, most): (Timestamp, SignedDuration),
) -> Vec<(Timestamp, Happening)> {
    let end = from.saturating_add(most).unwrap_or(Timestamp::MAX);
    let mut stage = Stage { chain, roster, reach, cast, now: from, seen: Vec::new(), answers: BTreeSet::new() };
    let (mut escalation, effects) = Escalation::start(stage.context(), Pace::REAL, None);
    stage.carry_out(&mut escalation, effects);
    while stage.seen.len() < MOST && !matches!(escalation.status, Status::Acked { .. } | Status::Resolved) {
        let answer = stage.answers.first().cloned();
        let deadline = escalation.deadline();
        let (at, input) = match (answer, deadline) {
            (Some((at, by)), deadline) if deadline.is_none_or(|deadline| at <= deadline) => (at, Input::Acked { by }),
            (_, Some(deadline)) => (deadline, Input::Clock),
            (Some((at, by)), None) => (at, Input::Acked { by }),
            (None, None) => break,
        };
        if at > end {
            break;
        }
        stage.now = at;
        if let Input::Acked { by } = &input {
            stage.seen.push((at, Happening::Answered(by.clone())));
        }
        let effects = escalation.step(stage.context(), input);
        stage.carry_out(&mut escalation, effects);
    }
    stage.seen
}

struct Stage<'a> {
    chain: &'a Chain,
    roster: &'a Roster,
    reach: &'a Reach,
    cast: &'a Cast,
    now: Timestamp,
    seen: Vec<(Timestamp, Happening)>,
    /// Who will answer when; the first answer counts.
    answers: BTreeSet<(Timestamp, PersonId)>,
}

impl<'a> Stage<'a> {
    fn context(&self) -> Context<'a> {
        Context { chain: self.chain, roster: self.roster, reach: self.reach, now: self.now }
    }

    /// Every page is taken or refused at once, and what follows from that too.
    fn carry_out(&mut self, escalation: &mut Escalation, effects: Vec<Effect>) {
        let mut left = VecDeque::from(effects);
        while let Some(effect) = left.pop_front() {
            self.seen.push((self.now, Happening::Effect(effect.clone())));
            let Effect::Page(page) = effect else { continue };
            let outcome = if self.cast.down.contains(&page.channel) { Outcome::Failed } else { Outcome::Accepted };
            match outcome {
                Outcome::Failed => self.seen.push((self.now, Happening::Refused(page.clone()))),
                Outcome::Accepted => self.wait_for_answer(&page),
            }
            left.extend(escalation.step(self.context(), Input::Receipt { page, outcome }));
        }
    }

    fn wait_for_answer(&mut self, page: &PageKey) {
        let answer = self.cast.answers.get(&page.person).filter(|_| page.reason.asks());
        let waits = self.answers.iter().any(|(_, person)| *person == page.person);
        if let Some(after) = answer.filter(|_| !waits) {
            let at = self.now.saturating_add(*after).unwrap_or(Timestamp::MAX);
            self.answers.insert((at, page.person.clone()));
        }
    }
}
