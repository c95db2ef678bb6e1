//! The people of an exercise without people: who does what after which happening, in the drill's own words and in script
//! time. A rehearsal and the demonstration tell it what happens, and do what it says.

use std::collections::BTreeSet;

use jiff::SignedDuration;

use super::playbook::{Awaited, Cast, Inject, Playbook};
use crate::alert::chain::PageKey;
use crate::base::id::{AlertId, InjectId, PersonId};

/// Something that somebody does, and how long after the happening, in script time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Turn {
    /// How long after.
    pub after: SignedDuration,
    /// What.
    pub does: Does,
}

/// What somebody does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Does {
    /// Somebody who was paged says "I have it".
    Ack {
        /// About this alert.
        alert: AlertId,
        /// Who.
        by: PersonId,
    },
    /// The facilitator plays an inject by hand.
    Fire(InjectId),
    /// The facilitator has done what the card said, and says so.
    Called(InjectId),
    /// The players decide.
    Decide {
        /// The inject that asked.
        inject: InjectId,
        /// What they choose.
        option: String,
        /// Who says so.
        by: PersonId,
    },
    /// An observer has seen an expected action done.
    Observe {
        /// After which inject.
        inject: InjectId,
        /// Which of its expectations, from 0.
        expectation: usize,
    },
}

/// The people of a playbook while they are played.
#[derive(Debug)]
pub(crate) struct Actors {
    playbook: Playbook,
    cast: Cast,
    /// Who has answered which question about which alert.
    answered: BTreeSet<(AlertId, PersonId, u32)>,
    /// The injects that reached the players.
    reached: BTreeSet<InjectId>,
}

impl Actors {
    /// The people of `playbook`, who do as `cast` says.
    pub(crate) fn new(playbook: Playbook, cast: Cast) -> Self {
        Self { playbook, cast, answered: BTreeSet::new(), reached: BTreeSet::new() }
    }

    /// What is done whatever happens, counted from the start.
    pub(crate) fn at_start(&self) -> Vec<Turn> {
        self.cast.fires.iter().map(|(inject, at)| Turn { after: *at, does: Does::Fire(inject.clone()) }).collect()
    }

    /// Somebody was paged about an alert: they answer each question as the cast says, once. What only tells them more is
    /// none.
    pub(crate) fn paged(&mut self, alert: AlertId, page: PageKey) -> Option<Turn> {
        let (by, question) = (page.person, page.reason.question()?);
        let after = (*self.cast.people.get(&by)?)?;
        let first = self.answered.insert((alert, by.clone(), question));
        first.then_some(Turn { after, does: Does::Ack { alert, by } })
    }

    /// An inject reached the players, or the facilitator: what they do, the first time that it does. `speaker` speaks
    /// for those whom it is for.
    pub(crate) fn reached(&mut self, inject: &InjectId, speaker: Option<PersonId>) -> Vec<Turn> {
        let Some(inject) = self.playbook.inject(inject) else { return Vec::new() };
        if !self.reached.insert(inject.id.clone()) {
            return Vec::new();
        }
        let decided = speaker.and_then(|by| self.decided(inject, by));
        decided.into_iter().chain(said(inject)).chain(self.seen(inject)).collect()
    }

    /// What is asked is decided.
    fn decided(&self, inject: &Inject, by: PersonId) -> Option<Turn> {
        inject.action.means().question()?;
        let decision = self.cast.decisions.get(&inject.id)?;
        let does = Does::Decide { inject: inject.id.clone(), option: decision.option.clone(), by };
        Some(Turn { after: decision.after, does })
    }

    /// The expected actions are seen.
    fn seen(&self, inject: &Inject) -> Vec<Turn> {
        let Some(after) = self.cast.actions else { return Vec::new() };
        let expected = inject.expect.iter().enumerate();
        let actions = expected.filter(|(_, expected)| matches!(expected.awaited, Awaited::Action(_)));
        let observe = |expectation| Does::Observe { inject: inject.id.clone(), expectation };
        actions.map(|(index, _)| Turn { after, does: observe(index) }).collect()
    }
}

/// What the facilitator has to pass on is passed on at once, whoever plays.
fn said(inject: &Inject) -> Option<Turn> {
    let waits = inject.action.means().waits_for_word();
    waits.then(|| Turn { after: SignedDuration::ZERO, does: Does::Called(inject.id.clone()) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alert::chain::PageReason;
    use crate::drill::playbook;
    use crate::text::source::Source;

    const SCRIPT: &str = r#"
playbook: essai
title: {fr: Essai, en: Trial}
duration: 1h
cells: {si: [rssi, b-leroy]}
timeline:
  - id: appel
    at: T+0:00
    do: {phone: {from: "Mme Petit", to: si, script: {fr: Allô, en: Hello}}}
    expect:
      - {page: {person: rssi}, within: 5m}
      - {action: {fr: Isole, en: Isolates}, within: 5m}
  - id: couper
    at: T+0:10
    do: {decision: {to: si, ask: {fr: A, en: B}, options: {oui: {}, non: {}}, default: non}}
  - id: ouvrir
    at: T+0:10
    do: {decision: {to: si, ask: {fr: A, en: B}, options: {oui: {}, non: {}}, default: non}}
  - id: aide
    manual: true
    do: {message: {to: si, from: CERT, subject: {fr: A, en: B}, body: {fr: C, en: D}}}
cast:
  people: {rssi: {answers: 4m}, b-leroy: never}
  decisions: {couper: {option: oui, after: 6m}}
  actions: 3m
  fires: {aide: T+0:30}
"#;

    fn actors(cast: impl Fn(&Playbook) -> Cast) -> Actors {
        let files = |_: &str| Err(std::io::ErrorKind::NotFound.into());
        let playbook = playbook::read(&Source::new("essai.yaml", SCRIPT), &files, &mut Vec::new()).unwrap();
        let cast = cast(&playbook);
        Actors::new(playbook, cast)
    }

    fn minutes(turns: impl IntoIterator<Item = Turn>) -> Vec<(i64, Does)> {
        turns.into_iter().map(|turn| (turn.after.as_secs() / 60, turn.does)).collect()
    }

    fn asked(person: &str, reason: PageReason) -> PageKey {
        PageKey { round: 0, step: 0, person: person.into(), channel: "mail".into(), reason }
    }

    fn turn(person: &str) -> PageKey {
        asked(person, PageReason::Turn)
    }

    #[test]
    fn each_does_as_the_cast_says_and_once() {
        let mut actors = actors(|playbook| playbook.cast.clone());
        assert_eq!(minutes(actors.at_start()), [(30, Does::Fire("aide".into()))]);
        let ack = |alert| Does::Ack { alert: AlertId(alert), by: "rssi".into() };
        assert_eq!(minutes(actors.paged(AlertId(1), turn("rssi"))), [(4, ack(1))]);
        assert_eq!(minutes(actors.paged(AlertId(2), turn("rssi"))), [(4, ack(2))]);
        // What got graver is another question, and what is only told is none.
        assert_eq!(minutes(actors.paged(AlertId(2), asked("rssi", PageReason::Graver(1)))), [(4, ack(2))]);
        assert_eq!(actors.paged(AlertId(2), asked("rssi", PageReason::Taken(1))), None);
        assert_eq!(actors.paged(AlertId(2), asked("rssi", PageReason::Again(1))), None);
        for (alert, person) in [(1, "rssi"), (1, "b-leroy"), (1, "adm-garde")] {
            assert_eq!(actors.paged(AlertId(alert), turn(person)), None, "{person}");
        }
        let seen = Does::Observe { inject: "appel".into(), expectation: 1 };
        assert_eq!(
            minutes(actors.reached(&"appel".into(), Some("rssi".into()))),
            [(0, Does::Called("appel".into())), (3, seen)]
        );
        assert_eq!(actors.reached(&"appel".into(), Some("rssi".into())), []);
        let decide = Does::Decide { inject: "couper".into(), option: "oui".to_owned(), by: "rssi".into() };
        assert_eq!(minutes(actors.reached(&"couper".into(), Some("rssi".into()))), [(6, decide)]);
        assert_eq!(actors.reached(&"ouvrir".into(), Some("rssi".into())), [], "left to its default");
        assert_eq!(actors.reached(&"nulle-part".into(), None), []);
    }

    #[test]
    fn where_nobody_plays_calls_are_still_made_and_nothing_else_is_done() {
        let mut actors = actors(|_| Cast::default());
        assert_eq!(actors.at_start(), []);
        assert_eq!(actors.paged(AlertId(1), turn("rssi")), None);
        assert_eq!(minutes(actors.reached(&"appel".into(), Some("rssi".into()))), [(0, Does::Called("appel".into()))]);
        assert_eq!(actors.reached(&"couper".into(), Some("rssi".into())), []);
    }

    #[test]
    fn a_decision_needs_somebody_who_says_it() {
        let mut actors = actors(|playbook| playbook.cast.clone());
        assert_eq!(actors.reached(&"couper".into(), None), []);
    }
}
