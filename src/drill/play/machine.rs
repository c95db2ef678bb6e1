//! The state of a drill and the passing of its time.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, Unit};
use serde::{Deserialize, Serialize};

use super::clock::ScriptClock;
use super::effect::{Effect, Fact};
use super::input::Input;
use super::state::{Asked, Ending, InjectState, Moment, Phase, Stimulus, Verdict, Watch};
use super::step::{Nth, Step};
use crate::alert::chain::Pace;
use crate::base::id::{AlertId, ChainId, ChannelName, DrillId, InjectId, PersonId, PlaybookId, RuleId};
use crate::drill::playbook::{Awaited, Playbook, Start};

/// A drill. Kept whole as JSON; everything due is an absolute moment, so that a machine that slept goes on where it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Play {
    pub(super) drill: DrillId,
    pub(super) playbook: PlaybookId,
    pub(super) clock: ScriptClock,
    pub(super) duration: SignedDuration,
    pub(super) started: Timestamp,
    /// The latest instant heard of; earlier ones count as this one.
    pub(super) last: Timestamp,
    pub(super) phase: Phase,
    pub(super) injects: BTreeMap<InjectId, Stimulus>,
    pub(super) journal: Journal,
}

/// What is kept for the report only.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Journal {
    pub(super) hits: Vec<(Moment, RuleId, AlertId)>,
    pub(super) pages: Vec<(Moment, ChainId, PersonId, ChannelName)>,
    pub(super) acks: Vec<(Moment, ChainId, AlertId, PersonId)>,
    pub(super) notes: Vec<(Moment, String, String)>,
    pub(super) real_alerts: Vec<(Moment, AlertId)>,
}

/// A time allowed is over right after its last instant.
const JUST_AFTER: SignedDuration = SignedDuration::from_nanos(1);

/// Something that the script's clock brings about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Task<Id> {
    Play(Id),
    Send(Id),
    Default(Id),
    Expire(Id, usize),
    End,
}

impl Task<&InjectId> {
    fn owned(self) -> Task<InjectId> {
        match self {
            Self::Play(inject) => Task::Play(inject.clone()),
            Self::Send(inject) => Task::Send(inject.clone()),
            Self::Default(inject) => Task::Default(inject.clone()),
            Self::Expire(inject, index) => Task::Expire(inject.clone(), index),
            Self::End => Task::End,
        }
    }
}

impl Play {
    /// Begins the drill `drill` of `script` at `now`.
    pub(crate) fn start(script: &Playbook, drill: DrillId, pace: Pace, now: Timestamp) -> (Self, Vec<Effect>) {
        let mut play = Self {
            drill,
            playbook: script.id.clone(),
            clock: ScriptClock::start(pace, now),
            duration: script.duration,
            started: now,
            last: now,
            phase: Phase::Running,
            injects: BTreeMap::new(),
            journal: Journal::default(),
        };
        for inject in &script.timeline {
            let state = match inject.start {
                Start::Clock(at) => InjectState::Due(at),
                Start::Chosen(_) => InjectState::WaitsForChoice,
                Start::Manual(_) => InjectState::WaitsForHand,
            };
            play.injects.insert(inject.id.clone(), Stimulus::new(state, inject.expect.len()));
        }
        let mut step = Step::new(script, now);
        step.fact(Fact::Started { playbook: script.id.clone(), pace });
        play.pass(&mut step);
        (play, step.out)
    }

    /// Takes one input. What is due by `now` happens first. The last instant of a time allowed belongs to it: an answer
    /// in that instant counts.
    pub fn step(&mut self, script: &Playbook, now: Timestamp, input: Input) -> Vec<Effect> {
        let mut step = Step::new(script, now.max(self.last));
        self.hold_back_after_sleep(&mut step);
        self.last = step.now;
        self.pass(&mut step);
        self.take(&mut step, input);
        self.pass(&mut step);
        step.out
    }

    /// The machine's clock was moved by so much; the script goes on as if it had not been.
    pub(crate) fn shift(&mut self, by: SignedDuration) {
        self.clock.shift(self.last, by);
        self.last = self.last.saturating_add(by).unwrap_or(self.last);
    }

    /// When to come back with [`Input::Clock`] if nothing happens before; nothing during a pause and after the end.
    pub fn deadline(&self) -> Option<Timestamp> {
        self.clock.real(self.next_task()?.0)
    }

    /// The drill's number.
    pub fn drill(&self) -> DrillId {
        self.drill
    }

    /// The playbook it follows.
    pub(crate) fn playbook(&self) -> &PlaybookId {
        &self.playbook
    }

    /// Where it stands.
    pub fn phase(&self) -> &Phase {
        &self.phase
    }

    /// The script's clock.
    pub(crate) fn clock(&self) -> &ScriptClock {
        &self.clock
    }

    /// When it began.
    pub fn started(&self) -> Timestamp {
        self.started
    }

    /// Where an inject stands.
    pub fn stimulus(&self, inject: &InjectId) -> Option<&Stimulus> {
        self.injects.get(inject)
    }

    pub(super) fn is_over(&self) -> bool {
        matches!(self.phase, Phase::Ended { .. })
    }

    pub(super) fn moment(&self, now: Timestamp) -> Moment {
        let real = now.round(Unit::Microsecond).unwrap_or(now);
        Moment { real, script: rounded(self.clock.script(now)) }
    }

    /// Lets the script's clock bring about everything due until `now`, in its order.
    fn pass(&mut self, step: &mut Step<'_>) {
        let now = step.now;
        let due = |play: &Self| {
            let shown = play.clock.script(now);
            play.next_task().filter(|(due, _)| *due <= shown).map(|(_, task)| task.owned())
        };
        while let Some(task) = due(self) {
            self.perform(step, task);
        }
        if matches!(self.phase, Phase::Running) && self.nothing_left() {
            self.end(step, Ending::AllDone);
        }
    }

    fn perform(&mut self, step: &mut Step<'_>, task: Task<InjectId>) {
        match task {
            Task::Play(inject) => self.play(step, &inject),
            Task::Send(inject) => self.send(step, &inject),
            Task::Default(inject) => self.take_default(step, &inject),
            Task::Expire(inject, index) => self.expire(step, Nth { inject: &inject, index }),
            Task::End => {
                self.expire_what_is_up(step);
                self.end(step, Ending::TimeUp);
            }
        }
    }

    /// What the script's clock brings about next, and at which moment of the script.
    fn next_task(&self) -> Option<(SignedDuration, Task<&InjectId>)> {
        if !matches!(self.phase, Phase::Running) {
            return None;
        }
        let mut next = (self.duration, Task::End);
        let mut offer = |due, task| next = next.min((due, task));
        for (id, stimulus) in &self.injects {
            match stimulus.state {
                InjectState::Due(due) => offer(due, Task::Play(id)),
                InjectState::Sending(due) => offer(due, Task::Send(id)),
                _ => {}
            }
            if let Some(question) = stimulus.question.as_ref().filter(|question| question.is_open()) {
                offer(question.until.saturating_add(JUST_AFTER), Task::Default(id));
            }
            for (index, watch) in stimulus.watches.iter().enumerate() {
                if let (Verdict::Open, Some(until)) = (watch.verdict, watch.until) {
                    offer(until.saturating_add(JUST_AFTER), Task::Expire(id, index));
                }
            }
        }
        Some(next)
    }

    /// Whether nothing more can happen before the end.
    fn nothing_left(&self) -> bool {
        self.injects.values().all(|stimulus| {
            let unmade_call = stimulus.state == InjectState::Played
                && stimulus.watches.iter().any(|watch| watch.verdict == Verdict::NotReached);
            !matches!(stimulus.state, InjectState::WaitsForHand | InjectState::Due(_) | InjectState::Sending(_))
                && !unmade_call
                && !stimulus.question.as_ref().is_some_and(Asked::is_open)
                && !stimulus.watches.iter().any(|watch| watch.verdict == Verdict::Open)
        })
    }

    /// The time of an expectation is over. What a machine can see was missed; what only people see may have been done.
    fn expire(&mut self, step: &mut Step<'_>, nth: Nth<'_>) {
        let expected = step.expected(nth.inject).get(nth.index);
        let seen_by_people = matches!(expected.map(|expected| &expected.awaited), Some(Awaited::Action(_)));
        let verdict = if seen_by_people { Verdict::NotObserved } else { Verdict::Missed };
        self.judge(step, nth, verdict, None);
    }

    /// Expectations whose time ends with the drill had all of it: they are judged, not cut off.
    fn expire_what_is_up(&mut self, step: &mut Step<'_>) {
        let is_up =
            |watch: &Watch| watch.verdict == Verdict::Open && watch.until.is_some_and(|until| until <= self.duration);
        let mut up = Vec::new();
        for (id, stimulus) in &self.injects {
            let indices = stimulus.watches.iter().enumerate().filter(|(_, watch)| is_up(watch));
            up.extend(indices.map(|(index, _)| (id.clone(), index)));
        }
        for (inject, index) in up {
            self.expire(step, Nth { inject: &inject, index });
        }
    }

    pub(super) fn end(&mut self, step: &mut Step<'_>, ending: Ending) {
        let at = self.moment(step.now);
        if self.clock.runs() {
            self.clock.stand(step.now);
        }
        self.phase = Phase::Ended { at, ending: ending.clone() };
        step.fact(Fact::Ended { ending });
        step.out.push(Effect::Finished);
    }

    /// Where the machine was not awake when something was due, the script waits for it: an exercise whose computer was
    /// off for an hour goes on where it was, instead of playing an hour of injects at once.
    fn hold_back_after_sleep(&mut self, step: &mut Step<'_>) {
        let now = step.now;
        let Some(due) = self.deadline() else { return };
        let pace = self.clock.pace();
        let patience = pace.real(SignedDuration::from_mins(1)).max(SignedDuration::from_secs(2));
        if now.duration_since(due) > patience {
            self.clock.stand(due);
            self.clock.go(now);
            step.fact(Fact::Slept { from: due, to: now });
        }
    }
}

/// Without the nanosecond by which a time allowed is over.
pub(super) fn rounded(duration: SignedDuration) -> SignedDuration {
    SignedDuration::from_micros(i64::try_from(duration.as_micros()).unwrap_or(i64::MAX))
}
