//! Left to be taken, taken, refused; and channels that only fail.

use super::*;

impl AtDesk {
    fn answer(&mut self, page: u64, receipt: Receipt) {
        self.outbox.receipt(self.valmont.context(), PageId(page), receipt, &mut self.out);
    }

    /// Time passes second by second; what is looked for meanwhile is still where it was left.
    fn nobody_takes(&mut self, page: u64, seconds: i64) -> usize {
        let mut looks = 0;
        for _ in 0..seconds {
            self.valmont.later(1);
            self.outbox.wake(self.valmont.context(), &mut self.out);
            for order in self.out.take_orders() {
                assert!(matches!(order, Order::Follow { take_out: false, .. }), "{order:?}");
                looks += 1;
                self.answer(page, spooled());
            }
        }
        looks
    }

    /// What vigie suffers, and what is well again.
    fn ailments(&mut self) -> Vec<String> {
        let said = self.out.said();
        let shown = said.into_iter().filter_map(|event| match event {
            Event::Ailing(ailment) => Some(format!("ailing {}", ailment.of)),
            Event::Well { of } => Some(format!("well {of}")),
            _ => None,
        });
        shown.collect()
    }
}

fn spooled() -> Receipt {
    Receipt::Spooled { proof: Text::quoted("in the spool") }
}

fn accepted() -> Receipt {
    Receipt::Accepted { proof: Text::quoted("sent") }
}

fn later() -> Receipt {
    Receipt::Retry { reason: Text::quoted("busy"), ambiguous: false }
}

#[test]
fn what_is_left_to_be_taken_is_accepted_only_when_it_was_taken() {
    let mut desk = AtDesk::new();
    desk.want("sms");
    desk.orders();
    desk.answer(1, spooled());
    assert_eq!(desk.kinds(), ["page.owed", "page.spooled"]);
    assert!(desk.out.said().is_empty(), "whoever waits for it goes on waiting");
    let mut change = Change::default();
    desk.outbox.rows(&mut change);
    assert_eq!((change.pages[0].state, desk.outbox.count()), (PageState::Spooled, 0));
    let looks = desk.nobody_takes(1, 30);
    assert!((5..=15).contains(&looks), "often at first, then less: {looks}");
    desk.answer(1, accepted());
    assert_eq!(desk.kinds(), ["page.accepted"]);
    let said = desk.out.said();
    assert!(said.iter().any(|event| matches!(event, Event::PageEnded { outcome: Outcome::Accepted, .. })), "{said:?}");
}

#[test]
fn what_nobody_wants_any_more_is_taken_out_again() {
    let mut desk = AtDesk::new();
    desk.want("sms");
    desk.orders();
    desk.answer(1, spooled());
    desk.unwant("sms");
    let orders = desk.out.take_orders();
    assert!(matches!(orders[..], [Order::Follow { take_out: true, .. }]), "{orders:?}");
    desk.outbox.given_back(desk.valmont.context(), PageId(1), &mut desk.out);
    assert_eq!(desk.kinds(), ["page.owed", "page.spooled", "page.cancelled"]);

    desk.want("sms");
    desk.orders();
    desk.unwant("sms");
    desk.answer(2, spooled());
    let orders = desk.out.take_orders();
    assert!(matches!(orders[..], [Order::Recall { .. }, Order::Follow { take_out: true, .. }]), "{orders:?}");
}

#[test]
fn after_a_restart_it_is_looked_for_where_it_was_left() {
    let mut desk = AtDesk::new();
    desk.want("sms");
    desk.orders();
    desk.answer(1, spooled());
    let mut change = Change::default();
    desk.outbox.rows(&mut change);
    for (level, take_out) in [(Some(Level::High), false), (None, true)] {
        let mut next = AtDesk::new();
        let wanted = |_: &Purpose| level;
        let rows = change.pages.clone();
        next.outbox.restore(next.valmont.context(), 1, (rows, &wanted), &mut next.out);
        next.outbox.wake(next.valmont.context(), &mut next.out);
        next.outbox.dispatch(next.valmont.context(), &mut next.out);
        let orders = next.out.take_orders();
        assert!(!orders.is_empty());
        for order in orders {
            assert!(matches!(order, Order::Follow { take_out: asked, .. } if asked == take_out), "{order:?}");
        }
    }
}

#[test]
fn a_spool_that_nobody_empties_is_an_alert_once_until_it_moves() {
    let mut desk = AtDesk::new();
    desk.want("sms");
    desk.orders();
    desk.answer(1, spooled());
    desk.nobody_takes(1, 55);
    assert!(desk.ailments().is_empty());
    desk.nobody_takes(1, 120);
    assert_eq!(desk.ailments(), ["ailing channel:sms"]);
    desk.answer(1, accepted());
    assert_eq!(desk.ailments(), ["well channel:sms"]);
}

#[test]
fn a_channel_that_only_fails_is_an_alert_once_until_it_takes_a_letter() {
    let mut desk = AtDesk::new();
    desk.want("mail");
    let mut heard = Vec::new();
    for second in 0..600 {
        if !desk.orders().is_empty() {
            desk.answer(1, later());
        }
        heard.extend(desk.ailments().into_iter().map(|ailment| (second, ailment)));
        desk.valmont.later(1);
    }
    let [(second, ailment)] = &heard[..] else { panic!("{heard:?}") };
    assert!(ailment == "ailing channel:mail" && (120..=181).contains(second), "{heard:?}");
    desk.answer(1, accepted());
    assert_eq!(desk.ailments(), ["well channel:mail"]);
}

#[test]
fn a_recipient_who_takes_nothing_is_no_trouble_of_the_channel() {
    let mut desk = AtDesk::new();
    desk.want("mail");
    for _ in 0..600 {
        if !desk.orders().is_empty() {
            desk.answer(1, Receipt::Postponed { reason: Text::quoted("mailbox full") });
        }
        desk.valmont.later(1);
    }
    assert!(desk.ailments().is_empty());
}

#[test]
fn a_channel_that_cannot_be_opened_is_an_alert_at_once() {
    let mut desk = AtDesk::new();
    desk.want("mail");
    desk.orders();
    desk.answer(1, Receipt::Shut { reason: Text::quoted("no certificate") });
    assert_eq!(desk.ailments(), ["ailing channel:mail"]);
}
