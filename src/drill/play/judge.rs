//! Judging expectations: by what the machine sees, and by what observers hand in.

use jiff::{SignedDuration, Timestamp};

use super::effect::{Fact, Ignored};
use super::input::Done;
use super::machine::{Play, rounded};
use super::state::{Verdict, Watch};
use super::step::{Nth, Step};
use crate::base::id::{AlertId, ChainId, ChannelName, InjectId, PersonId, RuleId};
use crate::drill::playbook::Awaited;

/// What an observer hands in.
pub(super) struct Seen {
    pub(super) done: Done,
    pub(super) at: Option<Timestamp>,
    pub(super) by: String,
    pub(super) note: String,
}

impl Play {
    pub(super) fn hit(&mut self, step: &mut Step<'_>, rule: RuleId, alert: AlertId) {
        let proof = alert.to_string();
        self.settle(step, &proof, |awaited| matches!(awaited, Awaited::Hit(awaited) if *awaited == rule));
        if !self.journal.hits.iter().any(|(_, known, of)| *known == rule && *of == alert) {
            self.journal.hits.push((self.moment(step.now), rule, alert));
        }
    }

    pub(super) fn paged(&mut self, step: &mut Step<'_>, chain: ChainId, person: PersonId, channel: ChannelName) {
        let proof = format!("{person}, {channel}");
        self.settle(step, &proof, |awaited| match awaited {
            Awaited::Page { chain: by, person: to } => {
                by.as_ref().is_none_or(|by| *by == chain) && to.as_ref().is_none_or(|to| *to == person)
            }
            _ => false,
        });
        let page = (self.moment(step.now), chain, person, channel);
        if !self.journal.pages.contains(&page) {
            self.journal.pages.push(page);
        }
    }

    pub(super) fn acked(&mut self, step: &mut Step<'_>, chain: ChainId, alert: AlertId, by: PersonId) {
        let proof = format!("{by}, {alert}");
        self.settle(step, &proof, |awaited| match awaited {
            Awaited::Ack { chain: of, by: who } => *of == chain && who.as_ref().is_none_or(|who| *who == by),
            _ => false,
        });
        let known = |(_, _, of, who): &(_, ChainId, AlertId, PersonId)| *of == alert && *who == by;
        if !self.journal.acks.iter().any(known) {
            self.journal.acks.push((self.moment(step.now), chain, alert, by));
        }
    }

    /// Judges every open expectation that `is_it` recognises, and notes how late it was for those already missed.
    fn settle(&mut self, step: &mut Step<'_>, proof: &str, is_it: impl Fn(&Awaited) -> bool) {
        let shown = self.clock.script(step.now);
        for inject in &step.script.timeline {
            for (index, _) in inject.expect.iter().enumerate().filter(|(_, expected)| is_it(&expected.awaited)) {
                let nth = Nth { inject: &inject.id, index };
                let watch = self.watch(nth);
                let Some((watch, opened)) = watch.and_then(|watch| watch.opened.map(|opened| (watch, opened))) else {
                    continue;
                };
                let verdict = match watch.verdict {
                    Verdict::Open => Verdict::Met,
                    Verdict::Missed if watch.took.is_none() => Verdict::Missed,
                    _ => continue,
                };
                watch.proof = Some(proof.to_owned());
                self.judge(step, nth, verdict, Some(shown.saturating_sub(opened)));
            }
        }
    }

    pub(super) fn observe(&mut self, step: &mut Step<'_>, inject: &InjectId, expectation: Option<usize>, seen: &Seen) {
        let Some(stimulus) = self.known(step, inject) else { return };
        if stimulus.played.is_none() {
            return step.ignored(Ignored::NotPlayed, Some(inject));
        }
        let expected = step.expected(inject);
        let of_people = |index: &usize| matches!(expected[*index].awaited, Awaited::Action(_));
        let known = expected.len().min(stimulus.watches.len());
        let indices: Vec<_> = match expectation {
            Some(index) => Some(index).filter(|index| *index < known).into_iter().filter(of_people).collect(),
            None => (0..known).filter(of_people).collect(),
        };
        if indices.is_empty() {
            return step.ignored(Ignored::UnknownExpectation, Some(inject));
        }
        for index in indices {
            self.judge_observed(step, Nth { inject, index }, expected[index].within, seen);
        }
    }

    /// The observer's word counts. Only what was seen at a moment after the allowed time is not more than partly done.
    fn judge_observed(&mut self, step: &mut Step<'_>, nth: Nth<'_>, within: SignedDuration, seen: &Seen) {
        let shown = self.clock.script(seen.at.unwrap_or(step.now));
        let handed_in_live = !self.is_over();
        let Some(watch) = self.watch(nth) else { return };
        let took = watch.opened.map(|opened| shown.saturating_sub(opened).max(SignedDuration::ZERO));
        let in_time = took.is_some_and(|took| took <= within);
        let verdict = match seen.done {
            Done::Done if seen.at.is_some() && took.is_some() && !in_time => Verdict::Partly,
            Done::Done => Verdict::Met,
            Done::Partly => Verdict::Partly,
            Done::NotDone => Verdict::Missed,
        };
        // A note handed in late without a moment says that it was done, not when.
        let measured = seen.done != Done::NotDone && (seen.at.is_some() || (handed_in_live && in_time));
        watch.observed = Some((seen.by.clone(), seen.note.clone()));
        self.judge(step, nth, verdict, took.filter(|_| measured));
    }

    pub(super) fn judge(&mut self, step: &mut Step<'_>, nth: Nth<'_>, verdict: Verdict, took: Option<SignedDuration>) {
        if let Some(watch) = self.watch(nth) {
            let took = took.map(rounded);
            watch.verdict = verdict;
            watch.took = took;
            step.fact(Fact::Judged { inject: nth.inject.clone(), expectation: nth.index, verdict, took });
        }
    }

    pub(super) fn watch(&mut self, nth: Nth<'_>) -> Option<&mut Watch> {
        self.injects.get_mut(nth.inject)?.watches.get_mut(nth.index)
    }
}
