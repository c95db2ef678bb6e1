//! What each input does to a drill.

use jiff::Timestamp;

use super::effect::{Effect, Fact, Ignored};
use super::input::Input;
use super::judge::Seen;
use super::machine::Play;
use super::state::{Ending, Phase, Stage, Stimulus, Verdict};
use crate::base::id::{AlertId, InjectId};
use crate::base::redact::redact_words;
use crate::drill::playbook::{Deed, Playbook};

impl Play {
    pub(super) fn take(&mut self, script: &Playbook, now: Timestamp, input: Input, out: &mut Vec<Effect>) {
        match input {
            Input::Clock => {}
            // Observers and facilitators write down what they saw, also after the end.
            Input::Observe { inject, expectation, done, at, by, note } => {
                let seen = Seen { done, at, by, note: redact_words(&note) };
                self.observe(script, now, &inject, expectation, &seen, out);
            }
            Input::Note { by, text } => self.note(now, by, &text, out),
            input if self.is_over() => out.push(ignored(Ignored::Over, inject_of(&input))),
            Input::Injected { inject, lines } => self.injected(script, now, &inject, lines, out),
            Input::InjectFailed { inject, why } => self.failed(&inject, &why, out),
            Input::Hit { rule, alert } => self.hit(script, now, rule, alert, out),
            Input::Paged { chain, person, channel } => self.paged(script, now, chain, person, channel, out),
            Input::Acked { chain, alert, by } => self.acked(script, now, chain, alert, by, out),
            Input::Fire(inject) => self.fire(now, &inject, out),
            Input::Skip(inject) => self.skip(inject, out),
            Input::Decide { inject, option, by } => self.decide(script, now, &inject, &option, by, out),
            Input::Pause => self.pause(now, out),
            Input::Resume => self.resume(now, out),
            Input::Stop { why } => self.end(now, Ending::Stopped { why: redact_words(&why) }, out),
            Input::RealAlert { alert } => self.real_alert(now, alert, out),
        }
    }

    fn injected(&mut self, script: &Playbook, now: Timestamp, inject: &InjectId, lines: usize, out: &mut Vec<Effect>) {
        let moment = self.moment(now);
        let Some(stimulus) = self.known(inject, out) else { return };
        if stimulus.played.is_none() {
            return out.push(ignored(Ignored::NotPlayed, Some(inject)));
        }
        stimulus.written = stimulus.written.saturating_add(lines).min(stimulus.sent);
        if stimulus.confirmed.is_some() {
            return;
        }
        stimulus.confirmed = Some(moment);
        let is_call = matches!(script.inject(inject).map(|inject| &inject.deed), Some(Deed::Phone(_)));
        if is_call && stimulus.stage == Stage::Played {
            out.push(Effect::Fact(Fact::CallMade { inject: inject.clone() }));
            self.open(script, inject, moment.script);
        }
    }

    fn failed(&mut self, inject: &InjectId, why: &str, out: &mut Vec<Effect>) {
        let Some(stimulus) = self.known(inject, out) else { return };
        if stimulus.played.is_none() {
            return out.push(ignored(Ignored::NotPlayed, Some(inject)));
        }
        if matches!(stimulus.stage, Stage::Failed(_)) {
            return out.push(ignored(Ignored::SaidBefore, Some(inject)));
        }
        let why = redact_words(why);
        stimulus.stage = Stage::Failed(why.clone());
        // Nobody can be expected to react to what did not arrive.
        for watch in stimulus.watches.iter_mut().filter(|watch| watch.verdict == Verdict::Open) {
            watch.verdict = Verdict::NotReached;
            watch.until = None;
        }
        out.push(Effect::Fact(Fact::Failed { inject: inject.clone(), why }));
    }

    fn fire(&mut self, now: Timestamp, inject: &InjectId, out: &mut Vec<Effect>) {
        let shown = self.clock.script(now);
        let Some(stimulus) = self.known(inject, out) else { return };
        if stimulus.may_come() || stimulus.stage == Stage::Skipped {
            stimulus.stage = Stage::Due(shown);
        } else {
            out.push(ignored(Ignored::AlreadyPlayed, Some(inject)));
        }
    }

    fn skip(&mut self, inject: InjectId, out: &mut Vec<Effect>) {
        let Some(stimulus) = self.known(&inject, out) else { return };
        match stimulus.stage {
            Stage::Sending(_) => stimulus.stage = Stage::Played,
            Stage::Skipped => return out.push(ignored(Ignored::SaidBefore, Some(&inject))),
            _ if stimulus.may_come() => stimulus.stage = Stage::Skipped,
            _ => return out.push(ignored(Ignored::AlreadyPlayed, Some(&inject))),
        }
        out.push(Effect::Fact(Fact::Skipped { inject }));
    }

    fn note(&mut self, now: Timestamp, by: String, text: &str, out: &mut Vec<Effect>) {
        let text = redact_words(text);
        out.push(Effect::Fact(Fact::Noted { by: by.clone(), text: text.clone() }));
        self.journal.notes.push((self.moment(now), by, text));
    }

    fn pause(&mut self, now: Timestamp, out: &mut Vec<Effect>) {
        if self.phase == Phase::Paused {
            return out.push(ignored(Ignored::SaidBefore, None));
        }
        self.clock.stand(now);
        self.phase = Phase::Paused;
        out.push(Effect::Fact(Fact::Paused));
    }

    fn resume(&mut self, now: Timestamp, out: &mut Vec<Effect>) {
        if self.phase != Phase::Paused {
            return out.push(ignored(Ignored::SaidBefore, None));
        }
        self.clock.go(now);
        self.phase = Phase::Running;
        out.push(Effect::Fact(Fact::Resumed));
    }

    fn real_alert(&mut self, now: Timestamp, alert: AlertId, out: &mut Vec<Effect>) {
        if self.journal.real_alerts.iter().any(|(_, known)| *known == alert) {
            return out.push(ignored(Ignored::SaidBefore, None));
        }
        self.journal.real_alerts.push((self.moment(now), alert));
        out.push(Effect::Fact(Fact::RealAlert { alert }));
    }

    pub(super) fn known(&mut self, inject: &InjectId, out: &mut Vec<Effect>) -> Option<&mut Stimulus> {
        let stimulus = self.injects.get_mut(inject);
        if stimulus.is_none() {
            out.push(ignored(Ignored::UnknownInject, Some(inject)));
        }
        stimulus
    }
}

pub(super) fn ignored(why: Ignored, inject: Option<&InjectId>) -> Effect {
    Effect::Fact(Fact::Ignored { why, inject: inject.cloned() })
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
