//! What did not come: rules that wait for something are asked in time, and what they miss becomes a hit.

use jiff::Timestamp;

use super::{Core, Order};
use crate::base::realm::Realm;

impl Core {
    /// Tells the rules what time it is, before anything of this moment is read.
    pub(super) fn look_out(&mut self, now: Timestamp) {
        if !self.takes_lines() {
            // Nothing is read, so nothing can be missed: as soon as lines are read again, all get their time.
            return;
        }
        for realm in self.realms_waiting() {
            self.engine.tell_time(realm, now);
        }
    }

    /// Makes hits of what did not come in time; says whether there was any.
    pub(super) fn wake_missed(&mut self, now: Timestamp) -> bool {
        if !self.takes_lines() {
            return false;
        }
        let mut any = false;
        for realm in self.realms_waiting() {
            for found in self.engine.tick(realm, now) {
                any = true;
                self.hit(now, None, realm, &found);
            }
        }
        any
    }

    /// When to ask the rules again.
    pub(super) fn missed_deadline(&self) -> Option<Timestamp> {
        self.engine.next_deadline().filter(|_| self.takes_lines())
    }

    /// The realms in which something is waited for. An exercise that is over waits for nothing any more.
    fn realms_waiting(&mut self) -> Vec<Realm> {
        let (over, waiting): (Vec<Realm>, Vec<Realm>) =
            self.engine.waiting().into_iter().partition(|realm| realm.drill().is_some_and(|drill| !self.plays(drill)));
        for realm in over {
            self.engine.forget(realm);
        }
        waiting
    }

    /// Says that windows are thrown away because there are too many: the first time, and each time twice as many are.
    pub(super) fn tell_evicted(&mut self) {
        let evicted = self.engine.evicted();
        if evicted == 0 || evicted < self.told_evicted.saturating_mul(2) {
            return;
        }
        self.told_evicted = evicted;
        self.orders.push(Order::Tell(format!(
            "rules that count over many events forgot {evicted} windows before their time, because {} are kept at most; \
             look for a rule whose `group-by` has too many values, or for an attacker who makes them up",
            self.engine.windows()
        )));
    }
}
