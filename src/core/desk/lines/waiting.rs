//! What did not come: rules that wait for something are asked in time, and what they miss becomes a hit.

use std::sync::Arc;

use jiff::Timestamp;

use super::Lines;
use crate::api::{Fact, RulesFact};
use crate::base::realm::Realm;
use crate::core::event::{Event, Out};

impl Lines {
    /// Tells the rules what time it is, before anything of this moment is read.
    pub(in crate::core) fn look_out(&mut self, now: Timestamp) {
        for realm in self.engine.waiting() {
            self.engine.tell_time(realm, now);
        }
    }

    /// Makes hits of what did not come in time; says whether there was any.
    pub(super) fn miss(&mut self, now: Timestamp, out: &mut Out) -> bool {
        let mut any = false;
        for realm in self.engine.waiting() {
            for found in self.engine.tick(realm, now) {
                any = true;
                let found = Arc::new(found);
                out.say(Event::Hit { source: None, realm, found, place: None, copy_of: None });
            }
        }
        any
    }

    /// Says that windows are thrown away because there are too many: the first time, and each time twice as many are.
    pub(in crate::core) fn tell_evicted(&mut self, out: &mut Out) {
        let evicted = self.engine.evicted();
        if evicted == 0 || evicted < self.told_evicted.saturating_mul(2) {
            return;
        }
        self.told_evicted = evicted;
        let kept = self.engine.windows();
        out.keep(Realm::Live, Fact::Rules(RulesFact::Evicted { windows: evicted, kept }));
    }
}
