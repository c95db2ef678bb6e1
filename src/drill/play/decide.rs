//! Decisions: what the players choose, or what is taken because they did not, and what follows.

use jiff::Timestamp;

use super::answer::ignored;
use super::effect::{Effect, Fact, Ignored};
use super::machine::Play;
use super::state::{Choice, Stage, Verdict};
use crate::base::id::InjectId;
use crate::drill::playbook::{Awaited, Deed, Playbook};

impl Play {
    pub(super) fn decide(
        &mut self,
        script: &Playbook,
        now: Timestamp,
        inject: &InjectId,
        option: &str,
        by: String,
        out: &mut Vec<Effect>,
    ) {
        let at = self.moment(now);
        let Some(stimulus) = self.known(inject, out) else { return };
        let Some(Deed::Decision(decision)) = script.inject(inject).map(|inject| &inject.deed) else {
            return out.push(ignored(Ignored::NoDecision, Some(inject)));
        };
        let why = match &stimulus.question {
            None => Some(Ignored::NotPlayed),
            Some(question) if !question.is_open() => Some(Ignored::AlreadyDecided),
            Some(_) if decision.option(option).is_none() => Some(Ignored::UnknownOption),
            Some(_) => None,
        };
        if let Some(why) = why {
            return out.push(ignored(why, Some(inject)));
        }
        if let Some(question) = &mut stimulus.question {
            question.chosen = Some(Choice { option: option.to_owned(), by: by.clone(), at });
        }
        out.push(Effect::Fact(Fact::Decided { inject: inject.clone(), option: option.to_owned(), by }));
        self.judge_decision(script, now, inject, Some(option), out);
        self.lead_on(script, now, inject, option);
    }

    pub(super) fn take_default(&mut self, script: &Playbook, now: Timestamp, inject: &InjectId, out: &mut Vec<Effect>) {
        let at = self.moment(now);
        if let Some(question) = self.injects.get_mut(inject).and_then(|stimulus| stimulus.question.as_mut()) {
            question.defaulted = Some(at);
        }
        let Some(Deed::Decision(decision)) = script.inject(inject).map(|inject| &inject.deed) else { return };
        let option = decision.default.clone();
        out.push(Effect::Fact(Fact::DefaultTaken { inject: inject.clone(), option: option.clone() }));
        self.judge_decision(script, now, inject, None, out);
        self.lead_on(script, now, inject, &option);
    }

    /// A decision meets what is expected of it only if the players took it themselves.
    fn judge_decision(
        &mut self,
        script: &Playbook,
        now: Timestamp,
        inject: &InjectId,
        chosen: Option<&str>,
        out: &mut Vec<Effect>,
    ) {
        let shown = self.clock.script(now);
        let expected = script.inject(inject).map(|inject| inject.expect.as_slice()).unwrap_or_default();
        for (index, expected) in expected.iter().enumerate() {
            let Awaited::Decision(wanted) = &expected.awaited else { continue };
            let watch = self.injects.get_mut(inject).and_then(|stimulus| stimulus.watches.get_mut(index));
            let Some(watch) = watch.filter(|watch| matches!(watch.verdict, Verdict::Open | Verdict::Missed)) else {
                continue;
            };
            let met = watch.verdict == Verdict::Open && chosen == Some(wanted);
            let took = watch.opened.map(|opened| shown.saturating_sub(opened)).filter(|_| chosen.is_some());
            watch.proof = chosen.map(str::to_owned);
            self.judge(inject, index, if met { Verdict::Met } else { Verdict::Missed }, took, out);
        }
    }

    /// What follows the option is played at once, or at its own moment where that is still to come.
    fn lead_on(&mut self, script: &Playbook, now: Timestamp, inject: &InjectId, option: &str) {
        let shown = self.clock.script(now);
        let Some(Deed::Decision(decision)) = script.inject(inject).map(|inject| &inject.deed) else { return };
        let Some(next) = decision.option(option).and_then(|option| option.next.as_ref()) else { return };
        let planned = script.inject(next).and_then(|next| next.start.planned()).unwrap_or_default();
        if let Some(stimulus) = self.injects.get_mut(next)
            && matches!(stimulus.stage, Stage::WaitsForChoice | Stage::WaitsForHand)
        {
            stimulus.stage = Stage::Due(planned.max(shown));
        }
    }
}
