//! The desk of alerts alone.

use super::*;
use crate::alert::Ailment;
use crate::api::{Done, Fact, Purpose, Refusal};
use crate::base::id::PersonId;
use crate::base::language::Text;
use crate::base::level::Level;
use crate::core::desk::valmont::Valmont;
use crate::store::Change;

struct AtDesk {
    valmont: Valmont,
    alerts: Alerts,
    out: Out,
}

impl AtDesk {
    fn new() -> Self {
        Self { valmont: Valmont::new(), alerts: Alerts::default(), out: Out::default() }
    }

    fn raise(&mut self) -> AlertId {
        let context = self.valmont.context();
        let by = PersonId::from("com");
        let seen = Sighting { title: "screens are black", level: Level::Critical, by: &by, told_by: None };
        match self.alerts.raise_by_hand(context, seen, &mut self.out) {
            Ok(Done::Raised { alert, chain: Some(_) }) => alert,
            other => panic!("{other:?}"),
        }
    }

    fn kinds(&mut self) -> Vec<String> {
        self.out.take_facts().iter().map(|told| told.fact.entry().0).collect()
    }
}

fn wanted(said: &[Event]) -> usize {
    let asks = |event: &&Event| matches!(event, Event::PageWanted { purpose: Purpose::Escalation { .. }, .. });
    said.iter().filter(asks).count()
}

#[test]
fn an_alert_asks_for_pages_and_an_ack_takes_them_back() {
    let mut desk = AtDesk::new();
    let alert = desk.raise();
    let said = desk.out.said();
    assert!(matches!(said[0], Event::Raised { realm: Realm::Live, .. }) && wanted(&said) >= 1, "{said:?}");
    assert_eq!(desk.kinds(), ["alert.raised", "chain.step_reached", "duty.given"], "who raises it knows");
    let done = desk.alerts.ack(desk.valmont.context(), alert, &"rssi".into(), &mut desk.out);
    assert!(matches!(done, Ok(Done::Acked { .. })), "{done:?}");
    let unwanted = desk.out.said();
    let taken_back = unwanted.iter().filter(|event| matches!(event, Event::PageUnwanted { .. })).count();
    assert_eq!(taken_back, wanted(&said), "{unwanted:?}");
    assert!(matches!(unwanted.last(), Some(Event::Acked { .. })));
}

#[test]
fn an_alert_that_is_over_is_told_from_one_that_never_was() {
    let mut desk = AtDesk::new();
    let alert = desk.raise();
    let by = PersonId::from("rssi");
    let context = desk.valmont.context();
    assert!(desk.alerts.resolved(context, (alert, &by, None), &mut desk.out).is_ok());
    for _ in 0..2 {
        let again = desk.alerts.ack(context, alert, &by, &mut desk.out);
        assert_eq!(again, Err(Refusal::AlertOver { alert }));
        // Also once its row was taken and it is forgotten.
        desk.alerts.rows(&mut Change::default());
    }
    let never = AlertId(99);
    let escalated = desk.alerts.escalate(context, (never, None), &mut desk.out);
    assert_eq!(escalated, Err(Refusal::UnknownAlert { alert: never }));
    let nobody = desk.alerts.ack(context, alert, &"nobody".into(), &mut desk.out);
    assert!(matches!(nobody, Err(Refusal::UnknownPerson { .. })), "{nobody:?}");
}

#[test]
fn the_next_step_is_asked_for_when_its_time_has_come() {
    let mut desk = AtDesk::new();
    desk.raise();
    drop(desk.out.said());
    let deadline = desk.alerts.deadline().expect("somebody is waited for");
    assert!(!desk.alerts.wake(desk.valmont.context(), &mut desk.out));
    // The clock was set back: whoever comes next must not wait for longer.
    desk.alerts.shift(SignedDuration::from_secs(-60));
    assert_eq!(desk.alerts.deadline(), Some(deadline - SignedDuration::from_secs(60)));
    desk.valmont.now = deadline;
    assert!(desk.alerts.wake(desk.valmont.context(), &mut desk.out));
    desk.valmont.later(24 * 3600);
    assert!(desk.alerts.wake(desk.valmont.context(), &mut desk.out));
    assert!(wanted(&desk.out.said()) >= 1);
    assert!(desk.out.take_facts().iter().any(|told| matches!(told.fact, Fact::Chain(_))));
}

#[test]
fn what_vigie_suffers_is_one_alert_until_it_is_well() {
    let mut desk = AtDesk::new();
    let ailment = |of: &str| {
        let (title, description) = (Text::quoted("the disk is full"), Text::quoted("make room"));
        Event::Ailing(Box::new(Ailment { of: of.to_owned(), level: Level::High, title, description }))
    };
    for of in ["store", "store", "channel:sms"] {
        desk.alerts.hear(desk.valmont.context(), &ailment(of), &mut desk.out);
    }
    let open = desk.alerts.open();
    assert_eq!(open.iter().map(|alert| alert.hits).collect::<Vec<_>>(), [2, 1]);
    assert!(wanted(&desk.out.said()) >= 2, "people are told");
    // It is known again after a start.
    let mut change = Change::default();
    desk.alerts.rows(&mut change);
    let mut again = Alerts::default();
    let Change { alerts, detections, .. } = change;
    again.restore(desk.valmont.context(), Kept { last: 2, alerts, detections, ..Kept::default() }, &mut desk.out);
    for _ in 0..2 {
        again.hear(desk.valmont.context(), &Event::Well { of: "store".to_owned() }, &mut desk.out);
        again.rows(&mut Change::default());
    }
    assert_eq!(again.open().len(), 1, "the other still suffers");
}

#[test]
fn what_changed_has_a_row_once() {
    let mut desk = AtDesk::new();
    desk.raise();
    let mut change = Change::default();
    desk.alerts.rows(&mut change);
    assert_eq!((change.alerts.len(), change.alerts[0].open), (1, true));
    desk.alerts.rows(&mut change);
    assert_eq!(change.alerts.len(), 1);
}
