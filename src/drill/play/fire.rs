//! Playing an inject: what it asks of the world, and what opens with it.

use jiff::{SignedDuration, Timestamp};

use super::effect::{Effect, Fact};
use super::machine::Play;
use super::state::{Question, Stage, Verdict};
use crate::base::id::InjectId;
use crate::drill::playbook::{Decision, Deed, Log, Message, Phone, Playbook};

/// Lines due within this real time of each other leave together.
const TOGETHER: SignedDuration = SignedDuration::from_millis(100);

impl Play {
    /// Plays an inject that has not been played.
    pub(super) fn play(&mut self, script: &Playbook, now: Timestamp, inject: &InjectId, out: &mut Vec<Effect>) {
        let moment = self.moment(now);
        let Some(stimulus) = self.injects.get_mut(inject) else { return };
        let Some(written) = script.inject(inject) else {
            let why = "the playbook no longer has this inject".to_owned();
            stimulus.stage = Stage::Failed(why.clone());
            out.push(Effect::Fact(Fact::Failed { inject: inject.clone(), why }));
            return;
        };
        stimulus.stage = Stage::Played;
        stimulus.played = Some(moment);
        out.push(Effect::Fact(Fact::Played { inject: inject.clone() }));
        match &written.deed {
            Deed::Log(_) => self.send(script, now, inject, out),
            Deed::Message(message) => out.push(sent(inject, message)),
            Deed::Phone(phone) => out.push(card(inject, phone)),
            Deed::Decision(decision) => self.ask(now, inject, decision, out),
        }
        // A call is only played once it is made, which the facilitator says.
        if !matches!(written.deed, Deed::Phone(_)) {
            self.open(script, inject, moment.script);
        }
    }

    /// Hands out the lines that are due, and plans the next.
    pub(super) fn send(&mut self, script: &Playbook, now: Timestamp, inject: &InjectId, out: &mut Vec<Effect>) {
        let shown = self.clock.script(now);
        let quantum = self.clock.pace().scripted(TOGETHER).min(SignedDuration::from_secs(1));
        let Some(stimulus) = self.injects.get_mut(inject) else { return };
        let (Some(began), Some(Deed::Log(log))) = (stimulus.played, script.inject(inject).map(|inject| &inject.deed))
        else {
            stimulus.stage = Stage::Played;
            return;
        };
        let passed = shown.saturating_sub(began.script);
        let first = stimulus.sent;
        while stimulus.sent < log.count() && log.due(stimulus.sent) <= passed {
            stimulus.sent += 1;
        }
        let done = stimulus.sent >= log.count();
        stimulus.stage = if done {
            Stage::Played
        } else {
            Stage::Sending(began.script.saturating_add(round_up(log.due(stimulus.sent), quantum)))
        };
        let lines: Vec<_> = (first..stimulus.sent).filter_map(|index| log.line(index)).collect();
        if !lines.is_empty() {
            out.push(Effect::Log { inject: inject.clone(), source: log.source.clone(), lines });
        }
        if done {
            out.push(Effect::Fact(Fact::LinesSent { inject: inject.clone(), lines: log.count() }));
        }
    }

    /// Lets the time of an inject's expectations run.
    pub(super) fn open(&mut self, script: &Playbook, inject: &InjectId, from: SignedDuration) {
        let Some(stimulus) = self.injects.get_mut(inject) else { return };
        let expected = script.inject(inject).map(|inject| inject.expect.as_slice()).unwrap_or_default();
        for (watch, expected) in stimulus.watches.iter_mut().zip(expected) {
            if watch.verdict == Verdict::NotReached {
                watch.verdict = Verdict::Open;
                watch.opened = Some(from);
                watch.until = Some(from.saturating_add(expected.within));
            }
        }
    }

    fn ask(&mut self, now: Timestamp, inject: &InjectId, decision: &Decision, out: &mut Vec<Effect>) {
        let until = self.clock.script(now).saturating_add(decision.within);
        let real = self.clock.real(until).unwrap_or(now);
        if let Some(stimulus) = self.injects.get_mut(inject) {
            stimulus.question = Some(Question { until, chosen: None, defaulted: None });
        }
        out.push(Effect::Ask {
            inject: inject.clone(),
            to: decision.to.clone(),
            ask: decision.ask.clone(),
            options: decision.options.iter().map(|option| (option.name.clone(), option.label.clone())).collect(),
            default: decision.default.clone(),
            until: real,
        });
    }
}

fn sent(inject: &InjectId, message: &Message) -> Effect {
    let Message { to, from, subject, body } = message.clone();
    Effect::Message { inject: inject.clone(), to, from, subject, body }
}

fn card(inject: &InjectId, phone: &Phone) -> Effect {
    let Phone { to, from, script } = phone.clone();
    Effect::Card { inject: inject.clone(), to, from, script }
}

/// `due` rounded up to a multiple of `quantum`, so that a burst does not wake the machine for each of its lines.
fn round_up(due: SignedDuration, quantum: SignedDuration) -> SignedDuration {
    let (due, quantum) = (due.as_nanos(), quantum.as_nanos().max(1));
    SignedDuration::from_nanos_i128((due + quantum - 1) / quantum * quantum)
}

/// How many lines a log inject has in all; 0 for other kinds.
pub(super) fn line_count(deed: &Deed) -> usize {
    match deed {
        Deed::Log(log) => Log::count(log),
        _ => 0,
    }
}
