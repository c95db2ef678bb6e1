//! Many pages at once: all leave, the most urgent first, and nobody is overrun.

use jiff::SignedDuration;

use super::*;
use crate::core::desk::outbox::room::WINDOW;

impl AtDesk {
    /// A page about an alert of its own.
    fn want_about(&mut self, alert: u64, level: Level, (person, channel): (&str, &str), round: u32) -> PageId {
        let reason = if round == 0 { r#""turn""#.to_owned() } else { format!(r#"{{"again":{round}}}"#) };
        let json = format!(r#"{{"lap":{round},"step":0,"person":"{person}","channel":"{channel}","reason":{reason}}}"#);
        let key = serde_json::from_str(&json).expect("a key");
        let purpose = Purpose::Escalation { alert: AlertId(alert), restarts: 0, key };
        let draft = Box::new(Draft::new(Language::En, "subject", "body", "short"));
        let (person, channel) = (person.into(), channel.into());
        self.hear(&Event::PageWanted { realm: Realm::Live, purpose, person, channel, level, draft });
        PageId(self.outbox.last)
    }

    /// The letters that are handed over now, and whether each says that it may be a repeat.
    fn sent(&mut self) -> Vec<(PageId, bool)> {
        self.outbox.dispatch(self.valmont.context(), &mut self.out);
        let orders = self.out.take_orders();
        let sent = orders.iter().filter_map(|order| match order {
            Order::Send { page, letter, .. } => Some((*page, letter.subject().contains("repeat"))),
            _ => None,
        });
        sent.collect()
    }

    fn accept(&mut self, page: PageId) {
        let receipt = Receipt::Accepted { proof: Text::quoted("250") };
        self.outbox.receipt(self.valmont.context(), page, receipt, &mut self.out);
        self.outbox.rows(&mut Change::default());
        self.out.said();
        self.out.take_facts();
    }

    fn pass(&mut self, milliseconds: i64) {
        self.valmont.now += SignedDuration::from_millis(milliseconds);
        self.outbox.wake(self.valmont.context(), &mut self.out);
    }
}

const RSSI: (&str, &str) = ("rssi", "mail");

#[test]
fn ten_thousand_alerts_at_once_are_all_sent_and_none_says_it_is_a_repeat() {
    let mut desk = AtDesk::new();
    for alert in 1..=10_008 {
        desk.want_about(alert, Level::High, RSSI, 0);
    }
    let (mut held, mut arrived) = (Vec::new(), 0);
    // No time passes: whatever would only be sent after a wait is missing at the end.
    loop {
        for (page, repeat) in desk.sent() {
            assert!(!repeat, "{page} was never tried before");
            held.push(page);
        }
        assert!(held.len() <= WINDOW, "{} in hand", held.len());
        let Some(page) = held.pop() else { break };
        desk.accept(page);
        arrived += 1;
    }
    assert_eq!((arrived, desk.outbox.count()), (10_008, 0));
}

#[test]
fn a_new_critical_alert_leaves_at_once_behind_ten_thousand_others() {
    let mut desk = AtDesk::new();
    for alert in 1..=10_000 {
        desk.want_about(alert, Level::High, RSSI, 0);
    }
    // A relay that takes 150 mails a second: three each 20 ms.
    let mut held: Vec<PageId> = Vec::new();
    for _ in 0..50 {
        held.extend(desk.sent().into_iter().map(|(page, _)| page));
        held.drain(..3).collect::<Vec<_>>().into_iter().for_each(|page| desk.accept(page));
        desk.pass(20);
    }
    let news = desk.want_about(20_000, Level::Critical, RSSI, 0);
    assert!(desk.sent().iter().any(|(page, _)| *page == news), "its channel has room for what is more urgent");
}

#[test]
fn more_critical_alerts_than_a_channel_takes_leave_in_the_order_they_came() {
    let mut desk = AtDesk::new();
    let pages: Vec<PageId> = (1..=100).map(|alert| desk.want_about(alert, Level::Critical, RSSI, 0)).collect();
    let mut order = Vec::new();
    loop {
        let sent = desk.sent();
        if sent.is_empty() {
            break;
        }
        for (page, _) in sent {
            order.push(page);
            desk.accept(page);
        }
    }
    assert_eq!(order, pages);
}

#[test]
fn news_does_not_wait_behind_a_rate_nor_behind_reminders() {
    let mut desk = AtDesk::new();
    desk.valmont.slow_down("12/min");
    let people: Vec<String> = desk.valmont.context().site().roster.people.keys().map(ToString::to_string).collect();
    // Reminders to everybody, then news of lesser things, then an attack.
    for (alert, person) in (1..).zip(&people) {
        desk.want_about(alert, Level::Critical, (person, "sms"), 1);
    }
    assert_eq!(desk.sent().len(), 1, "reminders keep to the rate");
    for alert in 100..112 {
        desk.want_about(alert, Level::High, ("rssi", "sms"), 0);
    }
    assert_eq!(desk.sent().len(), 12);
    let attack = desk.want_about(200, Level::Critical, ("rssi", "sms"), 0);
    assert_eq!(desk.sent(), [(attack, false)]);
    // What ran ahead is made up for: the next reminder leaves when fourteen have had their five seconds.
    let mut waited = 0;
    while desk.sent().is_empty() {
        desk.pass(1000);
        waited += 1;
    }
    assert_eq!(waited, 70);
}

#[test]
fn nobody_gets_more_than_one_reminder_a_minute_by_one_channel() {
    let mut desk = AtDesk::new();
    let mut times = Vec::new();
    for alert in 1..=4 {
        desk.want_about(alert, Level::Critical, RSSI, 1);
    }
    desk.want_about(5, Level::Critical, ("dpo", "mail"), 1);
    let start = desk.valmont.now;
    let news = desk.want_about(6, Level::High, RSSI, 0);
    for _ in 0..300 {
        for (page, _) in desk.sent() {
            if page == news || desk.outbox.pages.get(page).is_some_and(|item| item.page.person().as_str() == "dpo") {
                assert_eq!(desk.valmont.now, start, "news, and another person, wait for nobody");
            } else {
                times.push(desk.valmont.now.duration_since(start).as_secs());
            }
            desk.accept(page);
        }
        desk.pass(1000);
    }
    assert_eq!(times, [60, 120, 180, 240], "the first a minute after the news");
}

#[test]
fn a_page_that_failed_is_not_held_up_by_itself() {
    let mut desk = AtDesk::new();
    let page = desk.want_about(1, Level::High, RSSI, 1);
    assert_eq!(desk.sent(), [(page, false)]);
    let receipt = Receipt::Retry { reason: Text::quoted("busy"), ambiguous: false };
    desk.outbox.receipt(desk.valmont.context(), page, receipt, &mut desk.out);
    desk.pass(2000);
    assert_eq!(desk.sent(), [(page, false)]);
}

#[test]
fn of_several_unsent_pages_about_one_alert_only_the_newest_leaves() {
    let mut desk = AtDesk::new();
    let first = desk.want_about(1, Level::High, RSSI, 0);
    desk.want_about(1, Level::High, RSSI, 1);
    let other = desk.want_about(2, Level::High, RSSI, 0);
    let by_sms = desk.want_about(1, Level::High, ("rssi", "sms"), 0);
    let newest = desk.want_about(1, Level::High, RSSI, 2);
    assert_eq!(desk.kinds().iter().filter(|kind| *kind == "page.cancelled").count(), 2);
    let mut sent: Vec<PageId> = desk.sent().into_iter().map(|(page, _)| page).collect();
    sent.sort();
    assert_eq!(sent, [other, by_sms, newest], "and at once: the person has not heard of it yet");
    assert!(desk.outbox.pages.get(first).is_none_or(|item| item.state == PageState::Cancelled));
}

#[test]
fn an_older_page_that_comes_home_untaken_gives_way_to_the_newer() {
    let mut desk = AtDesk::new();
    let older = desk.want_about(1, Level::High, RSSI, 0);
    desk.sent();
    let newer = desk.want_about(1, Level::High, RSSI, 1);
    let receipt = Receipt::Retry { reason: Text::quoted("closed"), ambiguous: true };
    desk.outbox.receipt(desk.valmont.context(), older, receipt, &mut desk.out);
    desk.pass(120_000);
    assert_eq!(desk.sent(), [(newer, false)]);
}

#[test]
fn a_declaration_is_replaced_by_nothing() {
    let mut desk = AtDesk::new();
    let key = r#"{"lap":0,"step":1,"person":"rssi","channel":"mail","reason":{"duty":"cert-sante"}}"#;
    let purpose =
        Purpose::Escalation { alert: AlertId(1), restarts: 0, key: serde_json::from_str(key).expect("a key") };
    let draft = Box::new(Draft::new(Language::En, "subject", "body", "short"));
    let (person, channel) = ("rssi".into(), "mail".into());
    desk.hear(&Event::PageWanted { realm: Realm::Live, purpose, person, channel, level: Level::High, draft });
    desk.want_about(1, Level::High, RSSI, 1);
    assert!(!desk.kinds().contains(&"page.cancelled".to_owned()));
    desk.pass(60_000);
    assert_eq!(desk.sent().len(), 1);
    desk.pass(60_000);
    assert_eq!(desk.sent().len(), 1);
}

#[test]
fn a_letter_that_was_not_tried_is_no_repeat_however_long_it_waited() {
    let mut desk = AtDesk::new();
    let page = desk.want_about(1, Level::High, RSSI, 0);
    desk.sent();
    desk.pass(ASKED_BACK.as_secs() * 1000 + 1);
    assert!(matches!(desk.out.take_orders()[..], [Order::Recall { page: asked }] if asked == page));
    desk.outbox.given_back(desk.valmont.context(), page, &mut desk.out);
    assert_eq!(desk.sent(), [(page, false)]);
}
