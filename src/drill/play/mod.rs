//! The exercise machine: a script, a pace and what happens, in; what to do next, out. Pure: it takes instants, it never
//! asks for one, and it touches no file, socket or store.
//!
//! In one paragraph: script time runs `pace` times as fast as real time and stands still during a pause. An inject is
//! played at its moment, by the facilitator's hand, or because an option that leads to it was chosen; never twice. Its
//! expectations open when it has been played (a call: when the facilitator says that it was made) and close after
//! their `within`, counted in script time, the last instant included. A decision that nobody takes in time takes its
//! default. The drill ends when its duration is over, when it is stopped, or as soon as nothing more can happen: every
//! inject that will be played has been, every decision is taken, no expectation is open, and no inject waits for the
//! facilitator's hand. Observers may still hand in what they saw after the end.

mod answer;
mod clock;
mod decide;
pub(super) mod effect;
mod fire;
mod input;
mod judge;
mod machine;
mod record;
mod state;
mod step;

#[cfg(test)]
pub(crate) mod tests;

pub use clock::{Gap, ScriptClock, Segment};
pub use effect::{Card, Effect, Fact, Ignored, PlayerMessage};
pub(crate) use input::FACILITATOR;
pub use input::{Done, Input};
pub use machine::Play;
pub use record::About;
pub use state::{Asked, Choice, Ending, InjectState, Moment, Phase, Stimulus, Verdict, Watch};
