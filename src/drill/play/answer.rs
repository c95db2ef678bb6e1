//! What each input does to a drill.

use super::effect::{Fact, Ignored};
use super::input::Input;
use super::judge::Seen;
use super::machine::Play;
use super::state::{Ending, InjectState, Phase, Stimulus, Verdict};
use super::step::Step;
use crate::base::id::{AlertId, InjectId};
use crate::base::redact::redact;

impl Play {
    pub(super) fn take(&mut self, step: &mut Step<'_>, input: Input) {
        match input {
            Input::Clock => {}
            // Observers and facilitators write down what they saw, also after the end.
            Input::Observe { inject, expectation, done, at, by, note } => {
                let seen = Seen { done, at, by, note: redact(&note).into_owned() };
                self.observe(step, &inject, expectation, &seen);
            }
            Input::Note { by, text } => self.note(step, by, &text),
            input if self.is_over() => step.ignored(Ignored::Over, inject_of(&input)),
            Input::Injected { inject, lines } => self.injected(step, &inject, lines),
            Input::InjectFailed { inject, why } => self.failed(step, &inject, &why),
            Input::Hit { rule, alert } => self.hit(step, rule, alert),
            Input::Paged { chain, person, channel } => self.paged(step, chain, person, channel),
            Input::Acked { chain, alert, by } => self.acked(step, chain, alert, by),
            Input::Fire(inject) => self.fire(step, &inject),
            Input::Skip(inject) => self.skip(step, inject),
            Input::Decide { inject, option, by } => self.decide(step, &inject, &option, by),
            Input::Pause => self.pause(step),
            Input::Resume => self.resume(step),
            Input::Stop { why } => self.end(step, Ending::Stopped { why: redact(&why).into_owned() }),
            Input::RealAlert { alert } => self.real_alert(step, alert),
        }
    }

    fn injected(&mut self, step: &mut Step<'_>, inject: &InjectId, lines: usize) {
        let moment = self.moment(step.now);
        let Some(stimulus) = self.known(step, inject) else { return };
        if stimulus.played.is_none() {
            return step.ignored(Ignored::NotPlayed, Some(inject));
        }
        stimulus.written = stimulus.written.saturating_add(lines).min(stimulus.sent);
        if stimulus.confirmed.is_some() {
            return;
        }
        stimulus.confirmed = Some(moment);
        let waited = step.inject(inject).is_some_and(|inject| inject.action.means().waits_for_word());
        if waited && stimulus.state == InjectState::Played {
            step.fact(Fact::CallMade { inject: inject.clone() });
            self.open(step, inject, moment.script);
        }
    }

    fn failed(&mut self, step: &mut Step<'_>, inject: &InjectId, why: &str) {
        let Some(stimulus) = self.known(step, inject) else { return };
        if stimulus.played.is_none() {
            return step.ignored(Ignored::NotPlayed, Some(inject));
        }
        if matches!(stimulus.state, InjectState::Failed(_)) {
            return step.ignored(Ignored::SaidBefore, Some(inject));
        }
        let why = redact(why).into_owned();
        stimulus.state = InjectState::Failed(why.clone());
        // Nobody can be expected to react to what did not arrive.
        for watch in stimulus.watches.iter_mut().filter(|watch| watch.verdict == Verdict::Open) {
            watch.verdict = Verdict::NotReached;
            watch.until = None;
        }
        step.fact(Fact::Failed { inject: inject.clone(), why });
    }

    fn fire(&mut self, step: &mut Step<'_>, inject: &InjectId) {
        let shown = self.clock.script(step.now);
        let Some(stimulus) = self.known(step, inject) else { return };
        if stimulus.may_come() || stimulus.state == InjectState::Skipped {
            stimulus.state = InjectState::Due(shown);
        } else {
            step.ignored(Ignored::AlreadyPlayed, Some(inject));
        }
    }

    fn skip(&mut self, step: &mut Step<'_>, inject: InjectId) {
        let Some(stimulus) = self.known(step, &inject) else { return };
        match stimulus.state {
            InjectState::Sending(_) => stimulus.state = InjectState::Played,
            InjectState::Skipped => return step.ignored(Ignored::SaidBefore, Some(&inject)),
            _ if stimulus.may_come() => stimulus.state = InjectState::Skipped,
            _ => return step.ignored(Ignored::AlreadyPlayed, Some(&inject)),
        }
        step.fact(Fact::Skipped { inject });
    }

    fn note(&mut self, step: &mut Step<'_>, by: String, text: &str) {
        let text = redact(text).into_owned();
        step.fact(Fact::Noted { by: by.clone(), text: text.clone() });
        self.journal.notes.push((self.moment(step.now), by, text));
    }

    fn pause(&mut self, step: &mut Step<'_>) {
        if self.phase == Phase::Paused {
            return step.ignored(Ignored::SaidBefore, None);
        }
        self.clock.stand(step.now);
        self.phase = Phase::Paused;
        step.fact(Fact::Paused);
    }

    fn resume(&mut self, step: &mut Step<'_>) {
        if self.phase != Phase::Paused {
            return step.ignored(Ignored::SaidBefore, None);
        }
        self.clock.go(step.now);
        self.phase = Phase::Running;
        step.fact(Fact::Resumed);
    }

    fn real_alert(&mut self, step: &mut Step<'_>, alert: AlertId) {
        if self.journal.real_alerts.iter().any(|(_, known)| *known == alert) {
            return step.ignored(Ignored::SaidBefore, None);
        }
        self.journal.real_alerts.push((self.moment(step.now), alert));
        step.fact(Fact::RealAlert { alert });
    }

    pub(super) fn known(&mut self, step: &mut Step<'_>, inject: &InjectId) -> Option<&mut Stimulus> {
        let stimulus = self.injects.get_mut(inject);
        if stimulus.is_none() {
            step.ignored(Ignored::UnknownInject, Some(inject));
        }
        stimulus
    }
}

fn inject_of(input: &Input) -> Option<&InjectId> {
    match input {
        Input::Injected { inject, .. }
        | Input::InjectFailed { inject, .. }
        | Input::Decide { inject, .. }
        | Input::Fire(inject)
        | Input::Skip(inject) => Some(inject),
        _ => None,
    }
}
