//! What holds for every chain and every order of inputs.

use std::collections::HashSet;

use jiff::SignedDuration;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

use super::tests::roster;
use super::*;
use crate::alert::chain::{Step, StepKind, Unanswered};
use crate::alert::oncall::Target;
use crate::base::level::Level;

const PEOPLE: [&str; 3] = ["a", "b", "c"];
const CHANNELS: [&str; 3] = ["mail", "sms", "papier"];

/// Something that may happen, in any order.
#[derive(Debug, Clone)]
enum Event {
    AtDeadline,
    Later(i64),
    Acked(usize),
    Receipt(Index, Outcome),
    Escalate(Option<usize>),
    HandedOn(usize),
    Snoozed(usize, i64),
    Graver,
    Grew,
    LookedAt,
    Muted(i64),
    Unmuted,
    Resolved,
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let outcome = select(vec![Outcome::Accepted, Outcome::Failed]);
    let event = prop_oneof![
        8 => Just(Event::AtDeadline),
        4 => (0_i64..20_000).prop_map(Event::Later),
        2 => (0_usize..4).prop_map(Event::Acked),
        8 => (any::<Index>(), outcome).prop_map(|(page, outcome)| Event::Receipt(page, outcome)),
        1 => proptest::option::of(0_usize..7).prop_map(Event::Escalate),
        1 => (0_usize..4).prop_map(Event::HandedOn),
        1 => (0_usize..4, -10_i64..5000).prop_map(|(who, seconds)| Event::Snoozed(who, seconds)),
        1 => Just(Event::Graver),
        2 => Just(Event::Grew),
        1 => Just(Event::LookedAt),
        2 => (-10_i64..9000).prop_map(Event::Muted),
        1 => Just(Event::Unmuted),
        1 => Just(Event::Resolved),
    ];
    proptest::collection::vec(event, 0..60)
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let to = prop_oneof![
        select(&PEOPLE[..]).prop_map(|person| Target::Person(person.into())),
        select(vec!["of-a", "of-b", "empty", "unknown"]).prop_map(|rota| Target::Rota(rota.into())),
    ];
    let kind = prop_oneof![
        4 => Just(StepKind::Notify),
        1 => select(vec!["cnil", "cert"]).prop_map(|duty| StepKind::Declare(duty.into())),
    ];
    let group = subsequence(CHANNELS.to_vec(), 0..=3)
        .prop_map(|group| group.into_iter().map(ChannelName::from).collect::<Vec<_>>());
    let by = proptest::collection::vec(group, 0..3);
    let ack = prop_oneof![Just(0), 1_i64..2000].prop_map(SignedDuration::from_secs);
    let step = (to, kind, by, ack).prop_map(|(to, kind, by, ack)| Step { to, kind, by, ack, hours: None });
    proptest::collection::vec(step, 0..6)
}

fn chains() -> impl Strategy<Value = Chain> {
    let then = proptest::option::of(select(&CHANNELS[..]).prop_map(ChannelName::from));
    let reack = proptest::option::of((0_i64..10_000).prop_map(SignedDuration::from_secs));
    (steps(), 0_u32..3, then, reack).prop_map(|(steps, repeat, then, reack)| Chain {
        id: "chain".into(),
        levels: [Level::Low].into(),
        steps,
        unanswered: Unanswered { repeat, then },
        hours: None,
        reack,
    })
}

fn reaches() -> impl Strategy<Value = Reach> {
    let pairs: Vec<_> = PEOPLE
        .iter()
        .flat_map(|who| CHANNELS.map(|channel| (PersonId::from(*who), ChannelName::from(channel))))
        .collect();
    let count = pairs.len();
    subsequence(pairs, 0..=count).prop_map(|pairs| pairs.into_iter().collect())
}

fn paces() -> impl Strategy<Value = Pace> {
    select(vec![1, 7, 60, 3600]).prop_map(|factor| Pace::new(factor).expect("a pace that is offered"))
}

fn who_is(who: usize) -> PersonId {
    PEOPLE.get(who).copied().unwrap_or("stranger").into()
}

/// An escalation together with everything it ever asked for, checked at each step.
struct Watched {
    chain: Chain,
    roster: Roster,
    reach: Reach,
    now: Timestamp,
    escalation: Escalation,
    pages: Vec<PageKey>,
    names: HashSet<PageKey>,
    cancelled: HashSet<PageKey>,
}

impl Watched {
    fn start(chain: Chain, reach: Reach, pace: Pace) -> Result<Self, TestCaseError> {
        let (roster, now) = (roster(), "2026-03-29T00:30:00Z".parse().expect("an instant"));
        let (escalation, effects) =
            Escalation::start(Context { chain: &chain, roster: &roster, reach: &reach, now }, pace, None);
        let (pages, names, cancelled) = (Vec::new(), HashSet::new(), HashSet::new());
        let mut watched = Self { chain, roster, reach, now, escalation, pages, names, cancelled };
        watched.check(&effects)?;
        Ok(watched)
    }

    fn happens(&mut self, event: &Event) -> Result<(), TestCaseError> {
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
            Event::Graver => Input::Graver,
            Event::Grew => Input::Grew,
            Event::LookedAt => Input::LookedAt,
            Event::Muted(seconds) => Input::Muted { until: self.now + SignedDuration::from_secs(*seconds) },
            Event::Unmuted => Input::Unmuted,
            Event::Receipt(..) if self.pages.is_empty() => return Ok(()),
            Event::Receipt(page, outcome) => Input::Receipt { page: page.get(&self.pages).clone(), outcome: *outcome },
            Event::Escalate(to) => Input::Escalate { to: *to },
            Event::Resolved => Input::Resolved { by: None },
        };
        self.input(&input)
    }

    fn input(&mut self, input: &Input) -> Result<(), TestCaseError> {
        let before = self.escalation.clone();
        let context = Context { chain: &self.chain, roster: &self.roster, reach: &self.reach, now: self.now };
        let effects = self.escalation.step(context, input.clone());
        self.check(&effects)?;
        self.check_silence(&before, input, &effects)?;
        if *input == Input::Clock {
            let progressed = self.escalation.deadline().is_none_or(|deadline| deadline > self.now);
            prop_assert!(progressed, "a deadline that the clock has reached must move on");
            let due = before.deadline().is_some_and(|deadline| deadline <= self.now);
            prop_assert!(due || effects.is_empty(), "nothing happens before its time");
            prop_assert!(due || before == self.escalation);
        }
        Ok(())
    }

    fn check(&mut self, effects: &[Effect]) -> Result<(), TestCaseError> {
        let mut turns = HashSet::new();
        for effect in effects {
            match effect {
                Effect::Page(page) => {
                    prop_assert!(self.names.insert(page.clone()), "asked for twice: {page:?}");
                    prop_assert!(self.reach.has(&page.person, &page.channel), "unreachable: {page:?}");
                    let first =
                        page.reason != PageReason::Turn || turns.insert((page.person.clone(), page.channel.clone()));
                    prop_assert!(first, "twice by the same channel at once: {page:?}");
                    self.pages.push(page.clone());
                }
                Effect::Cancel(page) => {
                    prop_assert!(self.names.contains(page), "never asked for: {page:?}");
                    prop_assert!(self.cancelled.insert(page.clone()), "cancelled twice: {page:?}");
                }
                Effect::Fact(_) => {}
            }
        }
        // Kept and read back, the machine is the same.
        let kept = serde_json::to_string(&self.escalation).expect("an escalation can be kept");
        prop_assert_eq!(
            &serde_json::from_str::<Escalation>(&kept).expect("an escalation can be read back"),
            &self.escalation
        );
        if self.escalation.status == Status::Exhausted {
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
            prop_assert!(effects.is_empty() && before == &self.escalation, "nothing follows the end");
        }
        let settled = matches!(before.status, Status::Acked { .. }) && before.asked.is_none();
        let old = before.due.is_some_and(|due| due <= self.now);
        let opens = matches!(input, Input::Escalate { .. } | Input::Graver | Input::HandedOn { .. });
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

    fn anybody_can_be_asked(&self) -> bool {
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
                let told = self.names.iter().any(|page| page.person == person.id && page.reason.is_turn());
                prop_assert!(told, "{} was never told", person.id);
            }
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn whatever_happens_in_whatever_order(
        chain in chains(), reach in reaches(), pace in paces(), events in events(),
    ) {
        let mut watched = Watched::start(chain, reach, pace)?;
        for event in &events {
            watched.happens(event)?;
        }
    }

    /// Left alone, an alert that nobody holds is told to somebody again and again, at most half an hour apart, if anybody
    /// can be told at all; one that is held is asked about, unless its chain says that it need not be.
    #[test]
    fn an_alert_that_nobody_holds_is_never_left_alone(
        chain in chains(), reach in reaches(), events in events(),
    ) {
        let mut watched = Watched::start(chain, reach, Pace::REAL)?;
        for event in &events {
            watched.happens(event)?;
        }
        for _ in 0..60 {
            let Some(deadline) = watched.escalation.deadline() else { break };
            let unheld = !matches!(watched.escalation.status, Status::Acked { .. });
            let muted = watched.escalation.is_muted();
            let told = watched.escalation.told_at.filter(|_| !muted);
            watched.happens(&Event::AtDeadline)?;
            if unheld && watched.anybody_can_be_asked() && let Some(told) = told {
                let silent = deadline.duration_since(told);
                let most = SILENCE_AT_MOST + SignedDuration::from_secs(1);
                let moved = watched.escalation.told_at > Some(told);
                prop_assert!(silent <= most || moved, "silent for {silent}: {:?}", watched.escalation);
            }
        }
        let ends = matches!(watched.escalation.status, Status::Resolved)
            || matches!(watched.escalation.status, Status::Acked { .. }) && watched.chain.reack.is_none();
        prop_assert!(ends || watched.escalation.deadline().is_some());
    }

    /// Receipts that say the same thing again change nothing.
    #[test]
    fn a_receipt_that_comes_twice_is_one_receipt(
        chain in chains(), reach in reaches(), pace in paces(), events in events(),
    ) {
        let mut watched = Watched::start(chain, reach, pace)?;
        for event in &events {
            watched.happens(event)?;
            if let Event::Receipt(..) | Event::Acked(_) | Event::Resolved = event {
                let before = watched.escalation.clone();
                if let (Event::Receipt(page, outcome), false) = (event, watched.pages.is_empty()) {
                    // The index picks among all pages, more of which may exist now: name the page itself.
                    let page = page.get(&watched.pages).clone();
                    watched.input(&Input::Receipt { page: page.clone(), outcome: *outcome })?;
                    let once = watched.escalation.clone();
                    watched.input(&Input::Receipt { page, outcome: *outcome })?;
                    prop_assert_eq!(&once, &watched.escalation);
                } else {
                    watched.happens(event)?;
                    prop_assert_eq!(&before, &watched.escalation);
                }
            }
        }
    }
}
