//! The desk of the outbox alone.

mod ladder;
mod storm;

use super::sending::{ASKED_BACK, PATIENCE};
use super::*;
use crate::alert::channel::Receipt;
use crate::base::language::{Language, Text};
use crate::core::Order;
use crate::core::desk::valmont::Valmont;

struct AtDesk {
    valmont: Valmont,
    outbox: Outbox,
    out: Out,
}

impl AtDesk {
    fn new() -> Self {
        Self { valmont: Valmont::new(), outbox: Outbox::default(), out: Out::default() }
    }

    fn key(channel: &str) -> PageKey {
        let json = format!(r#"{{"lap":0,"step":0,"person":"rssi","channel":"{channel}","reason":"turn"}}"#);
        serde_json::from_str(&json).expect("a key")
    }

    fn want(&mut self, channel: &str) {
        let purpose = Purpose::Escalation { alert: AlertId(1), restarts: 0, key: Self::key(channel) };
        let (person, channel) = ("rssi".into(), channel.into());
        let draft = Box::new(Draft::new(Language::En, "subject", "body", "short"));
        self.hear(&Event::PageWanted { realm: Realm::Live, purpose, person, channel, level: Level::High, draft });
    }

    fn unwant(&mut self, channel: &str) {
        self.hear(&Event::PageUnwanted { alert: AlertId(1), restarts: 0, key: Self::key(channel) });
    }

    fn hear(&mut self, event: &Event) {
        self.outbox.hear(self.valmont.context(), event, &mut self.out);
    }

    /// What is sent and recalled: `send P1`, `recall P1`, `send P1 again`.
    fn orders(&mut self) -> Vec<String> {
        self.outbox.dispatch(self.valmont.context(), &mut self.out);
        let orders = self.out.take_orders();
        let shown = orders.iter().map(|order| match order {
            Order::Send { page, letter, .. } if letter.subject().contains("repeat") => format!("send {page} again"),
            Order::Send { page, .. } => format!("send {page}"),
            Order::Recall { page } => format!("recall {page}"),
            other => panic!("{other:?}"),
        });
        shown.collect()
    }

    fn kinds(&mut self) -> Vec<String> {
        self.out.take_facts().iter().map(|told| told.fact.entry().0).collect()
    }
}

#[test]
fn a_page_is_owed_sent_once_and_settled_by_its_receipt() {
    let mut desk = AtDesk::new();
    desk.want("mail");
    assert_eq!((desk.kinds(), desk.orders()), (vec!["page.owed".to_owned()], vec!["send P1".to_owned()]));
    assert!(desk.orders().is_empty(), "its channel has it");
    let accepted = Receipt::Accepted { proof: Text::quoted("250") };
    desk.outbox.receipt(desk.valmont.context(), PageId(1), accepted, &mut desk.out);
    assert_eq!(desk.kinds(), ["page.accepted"]);
    let said = desk.out.said();
    assert!(matches!(said[..], [Event::Well { .. }, Event::PageEnded { outcome: Outcome::Accepted, .. }]), "{said:?}");
    let mut change = Change::default();
    desk.outbox.rows(&mut change);
    assert_eq!((change.pages[0].state, desk.outbox.count()), (PageState::Accepted, 0));
}

#[test]
fn whoever_wants_what_cannot_be_sent_is_told() {
    let mut desk = AtDesk::new();
    desk.want("no-such-channel");
    let said = desk.out.said();
    assert!(matches!(said[..], [Event::PageEnded { outcome: Outcome::Failed, .. }]), "{said:?}");
    assert!(desk.orders().is_empty());
}

#[test]
fn a_page_nobody_wants_is_taken_back_wherever_it_is() {
    let mut desk = AtDesk::new();
    desk.want("mail");
    desk.unwant("mail");
    assert!(desk.orders().is_empty(), "it had not left");
    desk.want("sms");
    assert_eq!(desk.orders(), ["send P2"]);
    desk.unwant("sms");
    assert_eq!(desk.orders(), ["recall P2"]);
    desk.outbox.given_back(desk.valmont.context(), PageId(2), &mut desk.out);
    assert!(desk.orders().is_empty());
    assert_eq!(desk.kinds(), ["page.owed", "page.cancelled", "page.owed", "page.cancelled"]);
}

#[test]
fn a_channel_that_says_nothing_is_tried_again_with_a_remark() {
    let mut desk = AtDesk::new();
    desk.want("mail");
    assert_eq!(desk.orders(), ["send P1"]);
    desk.valmont.later(ASKED_BACK.as_secs() - 1);
    assert!(!desk.outbox.wake(desk.valmont.context(), &mut desk.out), "a relay may take its time");
    desk.valmont.later(2);
    assert!(desk.outbox.wake(desk.valmont.context(), &mut desk.out));
    assert_eq!(desk.orders(), ["recall P1"], "it may not have been tried at all");
    desk.valmont.later(PATIENCE.as_secs() + 1);
    assert!(desk.outbox.wake(desk.valmont.context(), &mut desk.out));
    assert_eq!(desk.kinds(), ["page.owed", "page.delayed"]);
    desk.valmont.later(60);
    assert_eq!(desk.orders(), ["send P1 again"]);
}

#[test]
fn letters_stay_in_when_their_senders_are_closing() {
    let mut desk = AtDesk::new();
    desk.outbox.stay_in();
    desk.want("mail");
    assert!(desk.orders().is_empty());
}
