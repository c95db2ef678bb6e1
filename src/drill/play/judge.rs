//! Judging expectations: by what the machine sees, and by what observers hand in.

use jiff::{SignedDuration, Timestamp};

use super::answer::ignored;
use super::effect::{Effect, Ignored};
use super::input::Done;
use super::machine::Play;
use super::state::Verdict;
use crate::base::id::{AlertId, ChainId, ChannelName, InjectId, PersonId, RuleId};
use crate::drill::playbook::{Awaited, Playbook};

/// What an observer hands in.
pub(super) struct Seen {
    pub(super) done: Done,
    pub(super) at: Option<Timestamp>,
    pub(super) by: String,
    pub(super) note: String,
}

impl Play {
    pub(super) fn hit(
        &mut self,
        script: &Playbook,
        now: Timestamp,
        rule: RuleId,
        alert: AlertId,
        out: &mut Vec<Effect>,
    ) {
        let proof = alert.to_string();
        self.settle(script, now, &proof, out, |awaited| matches!(awaited, Awaited::Hit(awaited) if *awaited == rule));
        if !self.journal.hits.iter().any(|(_, known, of)| *known == rule && *of == alert) {
            self.journal.hits.push((self.moment(now), rule, alert));
        }
    }

    pub(super) fn paged(
        &mut self,
        script: &Playbook,
        now: Timestamp,
        chain: ChainId,
        person: PersonId,
        channel: ChannelName,
        out: &mut Vec<Effect>,
    ) {
        let proof = format!("{person}, {channel}");
        self.settle(script, now, &proof, out, |awaited| match awaited {
            Awaited::Page { chain: by, person: to } => {
                by.as_ref().is_none_or(|by| *by == chain) && to.as_ref().is_none_or(|to| *to == person)
            }
            _ => false,
        });
        let page = (self.moment(now), chain, person, channel);
        if !self.journal.pages.contains(&page) {
            self.journal.pages.push(page);
        }
    }

    pub(super) fn acked(
        &mut self,
        script: &Playbook,
        now: Timestamp,
        chain: ChainId,
        alert: AlertId,
        by: PersonId,
        out: &mut Vec<Effect>,
    ) {
        let proof = format!("{by}, {alert}");
        self.settle(script, now, &proof, out, |awaited| match awaited {
            Awaited::Ack { chain: of, by: who } => *of == chain && who.as_ref().is_none_or(|who| *who == by),
            _ => false,
        });
        let known = |(_, _, of, who): &(_, ChainId, AlertId, PersonId)| *of == alert && *who == by;
        if !self.journal.acks.iter().any(known) {
            self.journal.acks.push((self.moment(now), chain, alert, by));
        }
    }

    /// Judges every open expectation that `is_it` recognises, and notes how late it was for those already missed.
    fn settle(
        &mut self,
        script: &Playbook,
        now: Timestamp,
        proof: &str,
        out: &mut Vec<Effect>,
        is_it: impl Fn(&Awaited) -> bool,
    ) {
        let shown = self.clock.script(now);
        for inject in &script.timeline {
            for (index, _) in inject.expect.iter().enumerate().filter(|(_, expected)| is_it(&expected.awaited)) {
                let watch = self.injects.get_mut(&inject.id).and_then(|stimulus| stimulus.watches.get_mut(index));
                let Some((watch, opened)) = watch.and_then(|watch| watch.opened.map(|opened| (watch, opened))) else {
                    continue;
                };
                let verdict = match watch.verdict {
                    Verdict::Open => Verdict::Met,
                    Verdict::Missed if watch.took.is_none() => Verdict::Missed,
                    _ => continue,
                };
                watch.proof = Some(proof.to_owned());
                self.judge(&inject.id, index, verdict, Some(shown.saturating_sub(opened)), out);
            }
        }
    }

    pub(super) fn observe(
        &mut self,
        script: &Playbook,
        now: Timestamp,
        inject: &InjectId,
        expectation: Option<usize>,
        seen: &Seen,
        out: &mut Vec<Effect>,
    ) {
        let Some(stimulus) = self.known(inject, out) else { return };
        if stimulus.played.is_none() {
            return out.push(ignored(Ignored::NotPlayed, Some(inject)));
        }
        let expected = script.inject(inject).map(|inject| inject.expect.as_slice()).unwrap_or_default();
        let of_people = |index: &usize| matches!(expected[*index].awaited, Awaited::Action(_));
        let known = expected.len().min(stimulus.watches.len());
        let indices: Vec<_> = match expectation {
            Some(index) => Some(index).filter(|index| *index < known).into_iter().filter(of_people).collect(),
            None => (0..known).filter(of_people).collect(),
        };
        if indices.is_empty() {
            return out.push(ignored(Ignored::UnknownExpectation, Some(inject)));
        }
        for index in indices {
            self.judge_observed(now, inject, index, expected[index].within, seen, out);
        }
    }

    /// The observer's word counts. Only what was seen at a moment after the allowed time is not more than partly done.
    fn judge_observed(
        &mut self,
        now: Timestamp,
        inject: &InjectId,
        index: usize,
        within: SignedDuration,
        seen: &Seen,
        out: &mut Vec<Effect>,
    ) {
        let shown = self.clock.script(seen.at.unwrap_or(now));
        let handed_in_live = !self.is_over();
        let Some(watch) = self.injects.get_mut(inject).and_then(|stimulus| stimulus.watches.get_mut(index)) else {
            return;
        };
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
        self.judge(inject, index, verdict, took.filter(|_| measured), out);
    }
}
