//! Decisions: what the players choose, or what is taken because they did not, and what follows.

use super::effect::{Fact, Ignored};
use super::machine::Play;
use super::state::{Choice, InjectState, Verdict};
use super::step::{Nth, Step};
use crate::base::id::InjectId;
use crate::drill::inject::Question;
use crate::drill::playbook::Awaited;

impl Play {
    pub(super) fn decide(&mut self, step: &mut Step<'_>, inject: &InjectId, option: &str, by: String) {
        let at = self.moment(step.now);
        let Some(stimulus) = self.known(step, inject) else { return };
        let Some(question) = question_of(step, inject) else {
            return step.ignored(Ignored::NoDecision, Some(inject));
        };
        let asked = match &mut stimulus.question {
            None => return step.ignored(Ignored::NotPlayed, Some(inject)),
            Some(asked) if !asked.is_open() => return step.ignored(Ignored::AlreadyDecided, Some(inject)),
            Some(_) if question.answer(option).is_none() => return step.ignored(Ignored::UnknownOption, Some(inject)),
            Some(asked) => asked,
        };
        asked.chosen = Some(Choice { option: option.to_owned(), by: by.clone(), at });
        step.fact(Fact::Decided { inject: inject.clone(), option: option.to_owned(), by });
        self.judge_decision(step, inject, Some(option));
        self.lead_on(step, question, option);
    }

    pub(super) fn take_default(&mut self, step: &mut Step<'_>, inject: &InjectId) {
        let at = self.moment(step.now);
        if let Some(asked) = self.injects.get_mut(inject).and_then(|stimulus| stimulus.question.as_mut()) {
            asked.defaulted = Some(at);
        }
        let Some(question) = question_of(step, inject) else { return };
        step.fact(Fact::DefaultTaken { inject: inject.clone(), option: question.default.clone() });
        self.judge_decision(step, inject, None);
        self.lead_on(step, question, &question.default);
    }

    /// A decision meets what is expected of it only if the players took it themselves.
    fn judge_decision(&mut self, step: &mut Step<'_>, inject: &InjectId, chosen: Option<&str>) {
        let shown = self.clock.script(step.now);
        for (index, expected) in step.expected(inject).iter().enumerate() {
            let Awaited::Decision(wanted) = &expected.awaited else { continue };
            let nth = Nth { inject, index };
            let watch = self.watch(nth).filter(|watch| matches!(watch.verdict, Verdict::Open | Verdict::Missed));
            let Some(watch) = watch else { continue };
            let met = watch.verdict == Verdict::Open && chosen == Some(wanted);
            let took = watch.opened.map(|opened| shown.saturating_sub(opened)).filter(|_| chosen.is_some());
            watch.proof = chosen.map(str::to_owned);
            self.judge(step, nth, if met { Verdict::Met } else { Verdict::Missed }, took);
        }
    }

    /// What follows the option is played at once, or at its own moment where that is still to come.
    fn lead_on(&mut self, step: &Step<'_>, question: &Question, option: &str) {
        let shown = self.clock.script(step.now);
        let Some(next) = question.answer(option).and_then(|answer| answer.next.as_ref()) else { return };
        let planned = step.inject(next).and_then(|next| next.start.planned()).unwrap_or_default();
        if let Some(stimulus) = self.injects.get_mut(next)
            && matches!(stimulus.state, InjectState::WaitsForChoice | InjectState::WaitsForHand)
        {
            stimulus.state = InjectState::Due(planned.max(shown));
        }
    }
}

fn question_of<'a>(step: &Step<'a>, inject: &InjectId) -> Option<&'a Question> {
    step.inject(inject)?.action.means().question()
}
