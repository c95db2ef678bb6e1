//! What a facilitator does: starts a drill, leads it, ends it.

use std::collections::BTreeMap;

use super::{Exercises, Labels, Running};
use crate::alert::chain::Pace;
use crate::api::{Act, Done as Did, Refusal, Seen, Speaker};
use crate::base::id::{DrillId, PersonId, PlaybookId};
use crate::core::context::Context;
use crate::core::event::{Event, Out};
use crate::drill::play::{self, Done, Play};

/// A drill that somebody wants to begin.
#[derive(Debug, Clone, Copy)]
pub(in crate::core) struct Beginning<'a> {
    pub(in crate::core) playbook: &'a PlaybookId,
    /// How fast its clock is to run.
    pub(in crate::core) pace: u32,
    /// Whether the store can be written now.
    pub(in crate::core) is_kept: bool,
}

impl Exercises {
    /// Starts a drill of a playbook of this site. While the store cannot be written, none begins: its number would be
    /// given again after a crash, and the lines of two drills could not be told apart.
    pub(in crate::core) fn start(
        &mut self,
        context: Context<'_>,
        beginning: Beginning<'_>,
        out: &mut Out,
    ) -> Result<Did, Refusal> {
        let Beginning { playbook, pace, is_kept } = beginning;
        let playbooks = &context.deployment.playbooks;
        let script = playbooks.get(playbook).ok_or_else(|| Refusal::UnknownPlaybook {
            playbook: playbook.clone(),
            known: playbooks.keys().map(ToString::to_string).collect(),
        })?;
        if let Some(drill) = self.running().first() {
            return Err(Refusal::DrillRuns { drill: *drill });
        }
        if !is_kept {
            return Err(Refusal::Store);
        }
        let pace = Pace::new(pace).ok_or(Refusal::Pace { highest: Pace::MAX })?;
        self.last += 1;
        let id = DrillId(self.last);
        let (play, effects) = Play::start(&script.playbook, id, pace, context.now);
        let running =
            Running { script: script.clone(), play, pace, labels: Labels::default(), unwritten: BTreeMap::new() };
        self.drills.insert(id, running);
        out.say(Event::DrillRuns { drill: id, pace });
        self.carry_out(context, id, effects, out);
        Ok(Did::Started { drill: id })
    }

    /// Does what a facilitator asks in a running drill.
    pub(in crate::core) fn act(
        &mut self,
        context: Context<'_>,
        (id, act, by): (DrillId, Act, &PersonId),
        out: &mut Out,
    ) -> Result<Did, Refusal> {
        if !self.plays(id) {
            return Err(Refusal::DrillRests { drill: id });
        }
        if let Act::Decide { by: person, .. } | Act::Note { by: Speaker(Some(person)), .. } = &act {
            context.known(person)?;
        }
        self.play(context, id, input(act, by), out)?;
        Ok(Did::Acted { drill: id })
    }
}

/// What an act is to the exercise.
fn input(act: Act, writer: &PersonId) -> play::Input {
    match act {
        Act::Fire { inject } => play::Input::Fire(inject),
        Act::Skip { inject } => play::Input::Skip(inject),
        Act::Called { inject } => play::Input::Injected { inject, lines: 0 },
        Act::Observe { inject, expectation, seen, note } => play::Input::Observe {
            inject,
            expectation: expectation.map(|number| number.saturating_sub(1)),
            done: match seen {
                Seen::Done => Done::Done,
                Seen::Partly => Done::Partly,
                Seen::NotDone => Done::NotDone,
            },
            at: None,
            by: play::FACILITATOR.to_owned(),
            note: note.unwrap_or_default(),
        },
        Act::Decide { inject, option, by } => play::Input::Decide { inject, option, by: by.to_string() },
        Act::Note { text, .. } => play::Input::Note { by: writer.to_string(), text },
        Act::Pause => play::Input::Pause,
        Act::Resume => play::Input::Resume,
        Act::Stop { why } => play::Input::Stop { why },
    }
}
