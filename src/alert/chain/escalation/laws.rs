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
    Escalate,
    Resolved,
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let outcome = select(vec![Outcome::Accepted, Outcome::Failed]);
    let event = prop_oneof![
        8 => Just(Event::AtDeadline),
        4 => (0_i64..20_000).prop_map(Event::Later),
        2 => (0_usize..4).prop_map(Event::Acked),
        8 => (any::<Index>(), outcome).prop_map(|(page, outcome)| Event::Receipt(page, outcome)),
        1 => Just(Event::Escalate),
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
    let step = (to, kind, by, ack).prop_map(|(to, kind, by, ack)| Step { to, kind, by, ack });
    proptest::collection::vec(step, 0..6)
}

fn chains() -> impl Strategy<Value = Chain> {
    let then = proptest::option::of(select(&CHANNELS[..]).prop_map(ChannelName::from));
    let reack = proptest::option::of((0_i64..10_000).prop_map(SignedDuration::from_secs));
    (steps(), 0_u32..3, then, reack).prop_map(|(steps, repeat, then, reack)| Chain {
        id: "chain".into(),
        level: Level::Low,
        steps,
        unanswered: Unanswered { repeat, then },
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
            Escalation::start(Context { chain: &chain, roster: &roster, reach: &reach, now }, pace);
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
            Event::Acked(who) => Input::Acked { by: PEOPLE.get(*who).copied().unwrap_or("stranger").into() },
            Event::Receipt(..) if self.pages.is_empty() => return Ok(()),
            Event::Receipt(page, outcome) => Input::Receipt { page: page.get(&self.pages).clone(), outcome: *outcome },
            Event::Escalate => Input::Escalate,
            Event::Resolved => Input::Resolved,
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
        Ok(())
    }

    fn check_silence(&self, before: &Escalation, input: &Input, effects: &[Effect]) -> Result<(), TestCaseError> {
        if before.status == Status::Resolved {
            prop_assert!(effects.is_empty() && before == &self.escalation, "nothing follows the end");
        }
        let settled = matches!(before.status, Status::Acked { .. }) && before.asked.is_none();
        let old = before.due.is_some_and(|due| due <= self.now);
        if settled && !old && *input != Input::Escalate {
            let loud = effects
                .iter()
                .any(|effect| matches!(effect, Effect::Page(page) if !matches!(page.reason, PageReason::Duty(_))));
            prop_assert!(!loud, "an acknowledged alert pages nobody: {effects:?}");
        }
        Ok(())
    }

    /// Before an escalation gives up, everybody on its steps who can be reached has been told at least once.
    fn check_nobody_was_left_out(&self) -> Result<(), TestCaseError> {
        for step in self.chain.steps.iter().filter(|step| step.kind == StepKind::Notify) {
            let Some(person) = self.roster.who(&step.to, self.now) else { continue };
            if step.by.iter().flatten().any(|channel| self.reach.has(&person.id, channel)) {
                let told = self.names.iter().any(|page| page.person == person.id && page.reason == PageReason::Turn);
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

    /// Left alone, every escalation comes to rest: at the end of its chain, with somebody, or over.
    #[test]
    fn an_escalation_left_alone_comes_to_rest(
        chain in chains(), reach in reaches(), pace in paces(), events in events(),
    ) {
        let mut watched = Watched::start(chain, reach, pace)?;
        for event in &events {
            watched.happens(event)?;
        }
        let mut wakes = 0;
        while watched.escalation.deadline().is_some() {
            wakes += 1;
            prop_assert!(wakes < 200, "still turning: {:?}", watched.escalation);
            watched.happens(&Event::AtDeadline)?;
        }
        prop_assert_ne!(&watched.escalation.status, &Status::Escalating);
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
