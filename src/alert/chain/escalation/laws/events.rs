//! What may happen to an escalation, in any order: chains, people, channels, and what befalls them.

use jiff::SignedDuration;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

use super::super::*;
use crate::alert::chain::{Step, StepKind, Unanswered};
use crate::alert::oncall::Target;
use crate::base::level::Level;

const PEOPLE: [&str; 3] = ["a", "b", "c"];
const CHANNELS: [&str; 3] = ["mail", "sms", "papier"];

/// Something that may happen, in any order.
#[derive(Debug, Clone)]
pub(super) enum Event {
    AtDeadline,
    Later(i64),
    Acked(usize),
    Receipt(Index, Outcome),
    Escalate(Option<usize>),
    HandedOn(usize),
    Snoozed(usize, i64),
    /// It follows one of the chains from now on.
    Graver(Index),
    Grew,
    Erratum,
    LookedAt,
    Muted(i64),
    Unmuted,
    /// Somebody edits the chain it follows: it reads like another one now.
    Edited(Index),
    /// Addresses are edited.
    Readdressed(Index),
    /// Somebody leaves, or comes back.
    Leaves(usize),
    Returns(usize),
    /// The clock of the machine is moved.
    Shifted(i64),
    Resolved,
}

pub(super) fn events() -> impl Strategy<Value = Vec<Event>> {
    let outcome = select(vec![Outcome::Accepted, Outcome::Failed]);
    let event = prop_oneof![
        8 => Just(Event::AtDeadline),
        4 => (0_i64..20_000).prop_map(Event::Later),
        2 => (0_usize..4).prop_map(Event::Acked),
        8 => (any::<Index>(), outcome).prop_map(|(page, outcome)| Event::Receipt(page, outcome)),
        1 => proptest::option::of(0_usize..7).prop_map(Event::Escalate),
        1 => (0_usize..4).prop_map(Event::HandedOn),
        1 => (0_usize..4, -10_i64..5000).prop_map(|(who, seconds)| Event::Snoozed(who, seconds)),
        2 => any::<Index>().prop_map(Event::Graver),
        2 => Just(Event::Grew),
        1 => Just(Event::Erratum),
        1 => Just(Event::LookedAt),
        2 => (-10_i64..9000).prop_map(Event::Muted),
        1 => Just(Event::Unmuted),
        1 => any::<Index>().prop_map(Event::Edited),
        1 => any::<Index>().prop_map(Event::Readdressed),
        1 => (0_usize..3).prop_map(Event::Leaves),
        1 => (0_usize..3).prop_map(Event::Returns),
        1 => (-20_000_i64..20_000).prop_map(Event::Shifted),
        1 => Just(Event::Resolved),
    ];
    proptest::collection::vec(event, 0..60)
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let to = prop_oneof![
        select(&PEOPLE[..]).prop_map(|person| Target::Person(person.into())),
        select(vec!["of-a", "of-b", "turns", "empty", "unknown"]).prop_map(|rota| Target::Rota(rota.into())),
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
        respects_quiet: false,
        reack,
    })
}

/// Everything around an escalation, as it is and as somebody may edit it.
#[derive(Debug, Clone)]
pub(super) struct Setting {
    pub(super) chains: Vec<Chain>,
    /// Who is reached by what.
    pub(super) addresses: Vec<Vec<(PersonId, ChannelName)>>,
    pub(super) pace: Pace,
    pub(super) raiser: Option<PersonId>,
}

impl Setting {
    /// Who is reached by what, of those who are there.
    pub(super) fn reach(&self, which: usize, roster: &Roster) -> Reach {
        let there = self.addresses[which].iter().filter(|(person, _)| roster.people.contains_key(person));
        there.cloned().collect::<Reach>().knowing(["mail".into()].into(), ["papier".into()].into())
    }
}

pub(super) fn settings() -> impl Strategy<Value = Setting> {
    let chains = proptest::collection::vec(chains(), 3);
    let addresses = proptest::collection::vec(addresses(), 2);
    let raiser = proptest::option::weighted(0.2, (0_usize..4).prop_map(who_is));
    (chains, addresses, paces(), raiser).prop_map(|(chains, addresses, pace, raiser)| Setting {
        chains,
        addresses,
        pace,
        raiser,
    })
}

fn addresses() -> impl Strategy<Value = Vec<(PersonId, ChannelName)>> {
    let pairs: Vec<_> = PEOPLE
        .iter()
        .flat_map(|who| CHANNELS.map(|channel| (PersonId::from(*who), ChannelName::from(channel))))
        .collect();
    let count = pairs.len();
    subsequence(pairs, 0..=count)
}

fn paces() -> impl Strategy<Value = Pace> {
    select(vec![1, 7, 60, 3600]).prop_map(|factor| Pace::new(factor).expect("a pace that is offered"))
}

pub(super) fn who_is(who: usize) -> PersonId {
    PEOPLE.get(who).copied().unwrap_or("stranger").into()
}
