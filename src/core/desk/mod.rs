//! The desks of the core. Each owns what it knows and shares nothing: it hears what is said, says what follows, and
//! gives the rows of what it changed. No desk knows another.

mod alerts;
mod clock;
mod exercises;
mod lines;
mod outbox;
#[cfg(test)]
mod valmont;

use jiff::{SignedDuration, Timestamp};

use super::context::Context;
use super::event::{Event, Out};
use crate::store::Change;

pub(super) use alerts::{Alerts, Declared, Finding, Kept, Later, Quiet, Sighting, Ticked};
pub(crate) use alerts::{key_of, seen, ties};
pub(super) use clock::Clock;
pub use exercises::KeptDrill;
pub(super) use exercises::{Beginning, Exercises, Written};
pub(super) use lines::{ALIVE, Ahead, Glances, Lines, Place, trouble};
pub(super) use outbox::Outbox;

/// What all desks have in common.
pub(super) trait Desk {
    /// Takes note of something that was said, and says what follows.
    fn hear(&mut self, context: Context<'_>, event: &Event, out: &mut Out);

    /// Does what is due; says whether there was anything.
    fn wake(&mut self, context: Context<'_>, out: &mut Out) -> bool;

    /// When to come back if nothing happens before.
    fn deadline(&self) -> Option<Timestamp>;

    /// Moves every deadline, because the clock that they were set by was itself moved.
    fn shift(&mut self, by: SignedDuration);

    /// Gives the rows of all that is not over with the next ones.
    fn keep_all(&mut self);

    /// Gives the rows of what changed since it was asked last.
    fn rows(&mut self, change: &mut Change);
}
