//! Playing an inject: what it asks of the world, and what opens with it.

use jiff::SignedDuration;

use super::effect::{Effect, Fact};
use super::machine::Play;
use super::state::{Asked, InjectState, Verdict};
use super::step::Step;
use crate::base::id::InjectId;
use crate::drill::inject::Scene;

/// Lines due within this real time of each other leave together.
const TOGETHER: SignedDuration = SignedDuration::from_millis(100);

impl Play {
    /// Plays an inject that has not been played.
    pub(super) fn play(&mut self, step: &mut Step<'_>, inject: &InjectId) {
        let moment = self.moment(step.now);
        let Some(stimulus) = self.injects.get_mut(inject) else { return };
        let Some(written) = step.inject(inject) else {
            let why = "the playbook no longer has this inject".to_owned();
            stimulus.state = InjectState::Failed(why.clone());
            return step.fact(Fact::Failed { inject: inject.clone(), why });
        };
        stimulus.state = InjectState::Played;
        stimulus.played = Some(moment);
        step.fact(Fact::Played { inject: inject.clone() });
        let means = written.action.means();
        if let Some(question) = means.question() {
            // A question has reached its aim once it is asked.
            stimulus.confirmed = Some(moment);
            let until = self.clock.script(step.now).saturating_add(question.within);
            stimulus.question = Some(Asked { until, chosen: None, defaulted: None });
        }
        step.out.extend(means.asks(Scene { drill: self.drill, inject }));
        if means.burst().is_some() {
            self.send(step, inject);
        }
        // What is passed on by the facilitator is only played once they say so.
        if !means.waits_for_word() {
            self.open(step, inject, moment.script);
        }
    }

    /// Hands out the lines that are due, and plans the next.
    pub(super) fn send(&mut self, step: &mut Step<'_>, inject: &InjectId) {
        let shown = self.clock.script(step.now);
        let quantum = self.clock.pace().scripted(TOGETHER).min(SignedDuration::from_secs(1));
        let Some(stimulus) = self.injects.get_mut(inject) else { return };
        let burst = step.inject(inject).and_then(|inject| inject.action.means().burst());
        let (Some(began), Some(burst)) = (stimulus.played, burst) else {
            stimulus.state = InjectState::Played;
            return;
        };
        let passed = shown.saturating_sub(began.script);
        let first = stimulus.sent;
        while stimulus.sent < burst.count() && burst.due(stimulus.sent) <= passed {
            stimulus.sent += 1;
        }
        let done = stimulus.sent >= burst.count();
        stimulus.state = if done {
            InjectState::Played
        } else {
            InjectState::Sending(began.script.saturating_add(round_up(burst.due(stimulus.sent), quantum)))
        };
        let lines: Vec<_> = (first..stimulus.sent).filter_map(|index| burst.line(index)).collect();
        if !lines.is_empty() {
            step.out.push(Effect::Lines { inject: inject.clone(), source: burst.source.clone(), lines });
        }
        if done {
            step.fact(Fact::LinesSent { inject: inject.clone(), lines: burst.count() });
        }
    }

    /// Lets the time of an inject's expectations run.
    pub(super) fn open(&mut self, step: &Step<'_>, inject: &InjectId, from: SignedDuration) {
        let Some(stimulus) = self.injects.get_mut(inject) else { return };
        for (watch, expected) in stimulus.watches.iter_mut().zip(step.expected(inject)) {
            if watch.verdict == Verdict::NotReached {
                watch.verdict = Verdict::Open;
                watch.opened = Some(from);
                watch.until = Some(from.saturating_add(expected.within));
            }
        }
    }
}

/// `due` rounded up to a multiple of `quantum`, so that a burst does not wake the machine for each of its lines.
fn round_up(due: SignedDuration, quantum: SignedDuration) -> SignedDuration {
    let (due, quantum) = (due.as_nanos(), quantum.as_nanos().max(1));
    SignedDuration::from_nanos_i128((due + quantum - 1) / quantum * quantum)
}
