//! The machine's clock was moved: every deadline, an instant on that clock, is moved with it, so that what was to happen
//! in ten minutes happens in ten minutes.

use jiff::{SignedDuration, Timestamp};

use super::Core;
use super::desk::Desk;
use crate::api::{ClockFact, Fact};
use crate::base::realm::Realm;

impl Core {
    /// While vigie ran, the machine's clock went `by` further than time did, or back; said before the next step by
    /// whoever measures the time that passes.
    pub fn clock_moved(&mut self, now: Timestamp, by: SignedDuration) {
        self.out.at(now);
        if let Some(event) = self.clock.moved(now, by) {
            self.out.say(event);
        }
        self.move_deadlines(now, by);
    }

    /// What nobody measured, because vigie did not run: a clock that shows less than what was kept was set back. Shows it
    /// more, that is the time that passed.
    pub(super) fn look_at_clock(&mut self, now: Timestamp) {
        if let Some(back) = self.clock.look(now) {
            self.move_deadlines(now, -back);
        }
    }

    fn move_deadlines(&mut self, now: Timestamp, by: SignedDuration) {
        self.journal.clock_moved(now);
        let desks: [&mut dyn Desk; 4] = [&mut self.alerts, &mut self.exercises, &mut self.lines, &mut self.outbox];
        for desk in desks {
            desk.shift(by);
        }
        let seconds = by.abs().as_secs();
        let fact = if by.is_negative() { ClockFact::SetBack { seconds } } else { ClockFact::SetForward { seconds } };
        self.out.keep(Realm::Live, Fact::Clock(fact));
    }
}
