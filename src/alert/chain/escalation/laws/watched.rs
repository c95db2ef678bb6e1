//! An escalation together with everything it ever asked for, checked at each step.

use std::collections::HashSet;
use std::fmt::Write as _;

use jiff::SignedDuration;
use proptest::prelude::*;

use super::super::tests::roster;
use super::super::*;
use super::events::{Event, Setting, who_is};
use crate::alert::chain::{Step, StepKind};

/// An escalation together with everything it ever asked for, checked at each step.
pub(super) struct Watched {
    setting: Setting,
    pub(super) chain: Chain,
    roster: Roster,
    reach: Reach,
    now: Timestamp,
    pub(super) escalation: Escalation,
    /// Everything that it asked for and said, for whoever compares two runs.
    pub(super) said: String,
    /// Somebody has edited the site's files since the beginning.
    edited: bool,
    /// It got graver: by when its chain is to be gone through, unless somebody takes it.
    climbs_by: Option<Timestamp>,
    pub(super) pages: Vec<PageKey>,
    names: HashSet<PageKey>,
    cancelled: HashSet<PageKey>,
}

impl Watched {
    pub(super) fn start(setting: Setting) -> Result<Self, TestCaseError> {
        let (roster, now) = (roster(), "2026-03-29T00:30:00Z".parse().expect("an instant"));
        let (chain, reach) = (setting.chains[0].clone(), setting.reach(0, &roster));
        let context = Context { chain: &chain, roster: &roster, reach: &reach, now };
        let (escalation, effects) = Escalation::start(context, setting.pace, setting.raiser.clone());
        let (pages, names, cancelled) = (Vec::new(), HashSet::new(), HashSet::new());
        let (said, edited, climbs_by) = (String::new(), false, None);
        let mut watched =
            Self { setting, chain, roster, reach, now, escalation, said, edited, climbs_by, pages, names, cancelled };
        watched.check(&effects)?;
        Ok(watched)
    }

    pub(super) fn happens(&mut self, event: &Event) -> Result<(), TestCaseError> {
        let input = match event {
            Event::AtDeadline => {
                self.now = self.escalation.deadline().unwrap_or(self.now).max(self.now);
                Input::Clock
            }
            Event::Later(seconds) => {
                self.now += SignedDuration::from_secs(*seconds);
                Input::Clock
            }
            Event::Acked(who) => Input::Acked { by: who_is(*who) },
            Event::HandedOn(who) => Input::HandedOn { to: who_is(*who) },
            Event::Snoozed(who, seconds) => {
                Input::Snoozed { by: who_is(*who), until: self.now + SignedDuration::from_secs(*seconds) }
            }
            Event::Graver(chain) => {
                self.chain = chain.get(&self.setting.chains).clone();
                Input::Graver
            }
            Event::Grew => Input::Grew,
            Event::Erratum => Input::Erratum,
            Event::LookedAt => Input::LookedAt,
            Event::Muted(seconds) => Input::Muted { until: self.now + SignedDuration::from_secs(*seconds) },
            Event::Unmuted => Input::Unmuted,
            Event::Receipt(..) if self.pages.is_empty() => return Ok(()),
            Event::Receipt(page, outcome) => Input::Receipt { page: page.get(&self.pages).clone(), outcome: *outcome },
            Event::Escalate(to) => Input::Escalate { to: *to },
            Event::Resolved => Input::Resolved { by: None },
            Event::Shifted(seconds) => return self.shifted(SignedDuration::from_secs(*seconds)),
            Event::Edited(_) | Event::Readdressed(_) | Event::Leaves(_) | Event::Returns(_) => {
                self.edit(event);
                Input::LookedAt
            }
        };
        self.input(&input)
    }

    /// Somebody edits the site's files.
    fn edit(&mut self, event: &Event) {
        self.edited = true;
        let people = &mut self.roster.people;
        match event {
            Event::Edited(chain) => self.chain = chain.get(&self.setting.chains).clone(),
            Event::Leaves(who) => drop(people.remove(&who_is(*who))),
            Event::Returns(who) => {
                let back = roster().people.remove(&who_is(*who));
                people.extend(back.map(|person| (person.id.clone(), person)));
            }
            _ => {}
        }
        let which = if let Event::Readdressed(which) = event { which.index(2) } else { 0 };
        self.reach = self.setting.reach(which, &self.roster);
    }

    /// The clock is moved: nothing follows, and everything is as far away as before.
    fn shifted(&mut self, by: SignedDuration) -> Result<(), TestCaseError> {
        // A turn ends at an hour on the wall.
        let away = |watched: &Self| {
            let escalation = Escalation { relief: None, ..watched.escalation.clone() };
            escalation.deadline().map(|at| at.duration_since(watched.now))
        };
        let before = away(self);
        self.now += by;
        self.escalation.shift(by);
        self.climbs_by = self.climbs_by.map(|at| at + by);
        // What somebody silenced is silent up to an hour on the wall.
        prop_assert!(before == away(self) || self.escalation.is_muted());
        Ok(())
    }

    pub(super) fn input(&mut self, input: &Input) -> Result<(), TestCaseError> {
        let before = self.escalation.clone();
        let context = Context { chain: &self.chain, roster: &self.roster, reach: &self.reach, now: self.now };
        let effects = self.escalation.step(context, input.clone());
        self.check(&effects)?;
        self.check_silence(&before, input, &effects)?;
        self.check_rise(&before, input, &effects)?;
        if *input == Input::Clock {
            let progressed = self.escalation.deadline().is_none_or(|deadline| deadline > self.now);
            prop_assert!(progressed, "a deadline that the clock has reached must move on");
            let due = before.deadline().is_some_and(|deadline| deadline <= self.now);
            prop_assert!(due || effects.is_empty(), "nothing happens before its time");
            prop_assert!(due || before == self.escalation);
        }
        Ok(())
    }

    /// What got graver is asked about at once: of who has it, and when they do not answer in time, from the first step of
    /// the chain of its new level. Whatever else happens meanwhile, short of somebody taking it.
    fn check_rise(&mut self, before: &Escalation, input: &Input, effects: &[Effect]) -> Result<(), TestCaseError> {
        let pages = |which: fn(&PageReason) -> bool| {
            effects.iter().any(|effect| matches!(effect, Effect::Page(page) if which(&page.reason)))
        };
        if matches!(before.status, Status::Resolved) {
            return Ok(());
        }
        let muted = self.escalation.is_muted();
        if *input == Input::Graver && self.anybody_can_be_asked() && !muted {
            prop_assert!(pages(PageReason::asks), "nobody is asked about what got graver: {effects:?}");
            self.climbs_by = Some(self.now + SILENCE_AT_MOST + SignedDuration::from_secs(1));
        }
        let over = matches!(input, Input::Acked { .. } | Input::Snoozed { .. } | Input::Resolved { .. });
        if over || muted || pages(PageReason::is_turn) || !self.anybody_can_be_asked() {
            self.climbs_by = None;
        }
        if matches!(input, Input::HandedOn { .. }) {
            self.climbs_by = self.climbs_by.map(|_| self.now + SILENCE_AT_MOST + SignedDuration::from_secs(1));
        }
        let late = self.climbs_by.is_some_and(|by| by <= self.now);
        prop_assert!(
            !late || *input != Input::Clock,
            "nobody else is asked about what got graver: {:?}",
            self.escalation
        );
        Ok(())
    }

    fn check(&mut self, effects: &[Effect]) -> Result<(), TestCaseError> {
        writeln!(self.said, "{effects:?}").expect("writing to a string cannot fail");
        let mut turns = HashSet::new();
        for effect in effects {
            match effect {
                Effect::Page(page) => {
                    prop_assert!(self.names.insert(page.clone()), "asked for twice: {page:?}");
                    let leads_there = self.edited || self.reach.has(&page.person, &page.channel);
                    prop_assert!(leads_there, "unreachable: {page:?}");
                    let first =
                        page.reason != PageReason::Turn || turns.insert((page.person.clone(), page.channel.clone()));
                    prop_assert!(first, "twice by the same channel at once: {page:?}");
                    self.pages.push(page.clone());
                }
                Effect::Cancel(page) => {
                    prop_assert!(self.names.contains(page), "never asked for: {page:?}");
                    prop_assert!(self.cancelled.insert(page.clone()), "cancelled twice: {page:?}");
                }
                Effect::Fact(_) | Effect::RoundOver => {}
            }
        }
        // Kept and read back, the machine is the same.
        let kept = serde_json::to_string(&self.escalation).expect("an escalation can be kept");
        prop_assert_eq!(
            &serde_json::from_str::<Escalation>(&kept).expect("an escalation can be read back"),
            &self.escalation
        );
        if self.escalation.status == Status::Exhausted && !self.edited {
            self.check_nobody_was_left_out()?;
        }
        self.check_one_waits()?;
        let unheld = matches!(self.escalation.status, Status::Escalating | Status::Exhausted);
        prop_assert!(!unheld || self.escalation.deadline().is_some(), "dead: {:?}", self.escalation);
        Ok(())
    }

    /// Of what somebody is told by a channel, one thing waits at most; a declaration is another matter.
    fn check_one_waits(&self) -> Result<(), TestCaseError> {
        let mut waiting = HashSet::new();
        for page in self.pages.iter().filter(|page| self.escalation.wants(page)) {
            if page.reason.asks() || page.reason.is_notice() {
                prop_assert!(waiting.insert((&page.person, &page.channel)), "two wait: {page:?}");
            }
        }
        Ok(())
    }

    fn check_silence(&self, before: &Escalation, input: &Input, effects: &[Effect]) -> Result<(), TestCaseError> {
        if before.status == Status::Resolved {
            let wrong = *input == Input::Erratum;
            prop_assert!(wrong || effects.is_empty(), "nothing follows the end: {effects:?}");
            prop_assert_eq!(&self.escalation.status, &Status::Resolved);
            let learned = wrong || matches!(input, Input::Receipt { .. });
            prop_assert!(learned || before == &self.escalation);
        }
        let settled = matches!(before.status, Status::Acked { .. }) && before.asked.is_none();
        let old = before.due.is_some_and(|due| due <= self.now);
        let gone = matches!(&before.status, Status::Acked { by, .. } if !self.roster.people.contains_key(by));
        let opens = matches!(input, Input::Escalate { .. } | Input::Graver | Input::HandedOn { .. }) || gone;
        let opens = opens || before.is_muted() && !self.escalation.is_muted();
        let asked = effects.iter().any(|effect| matches!(effect, Effect::Page(page) if page.reason.asks()));
        prop_assert!(!self.escalation.is_muted() || !asked, "somebody is asked while it is muted: {effects:?}");
        if self.escalation.is_muted() {
            let waits = self.pages.iter().any(|page| page.reason.asks() && self.escalation.wants(page));
            prop_assert!(!waits, "a question waits while it is muted");
            prop_assert!(self.escalation.deadline() <= self.escalation.muted, "it has an end");
        }
        if settled && !old && !opens {
            let asks = |effect: &Effect| matches!(effect, Effect::Page(page) if page.reason.asks());
            let loud = effects.iter().any(asks);
            prop_assert!(!loud, "an acknowledged alert pages nobody: {effects:?}");
        }
        Ok(())
    }

    pub(super) fn anybody_can_be_asked(&self) -> bool {
        let is_reached = |step: &Step| {
            let who = self.roster.who(&step.to, self.now);
            who.is_some_and(|who| step.by.iter().flatten().any(|channel| self.reach.has(&who.id, channel)))
        };
        self.chain.steps.iter().any(|step| step.kind == StepKind::Notify && is_reached(step))
    }

    /// Before an escalation gives up, everybody on its steps who can be reached has been told at least once.
    fn check_nobody_was_left_out(&self) -> Result<(), TestCaseError> {
        for step in self.chain.steps.iter().filter(|step| step.kind == StepKind::Notify) {
            let Some(person) = self.roster.who(&step.to, self.now) else { continue };
            if step.by.iter().flatten().any(|channel| self.reach.has(&person.id, channel)) {
                // Of a rota it may have been the turn of somebody else when its step was reached.
                if self.roster.can_be(&step.to).len() > 1 {
                    continue;
                }
                let told = self.names.iter().any(|page| page.person == person.id && page.reason.is_turn());
                let raised = self.setting.raiser.as_ref() == Some(&person.id);
                prop_assert!(told || raised, "{} was never told", person.id);
            }
        }
        Ok(())
    }
}
