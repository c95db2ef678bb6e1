//! The escalation machine: who is told next when nobody has said "I have it". Pure, and ignorant of channels: it says
//! which person to page by which channel names, never how.
//!
//! `definition` is a chain as its author means it, `input` what happens to a climb, `effect` what the world must do,
//! `climb` one alert on its way up, `ascent` how it gets from rung to rung, `call` how one person is told by one group
//! of channels after the other, `reach` which channels lead to whom.

mod ascent;
mod call;
pub mod climb;
pub mod definition;
pub mod effect;
pub mod input;
pub mod reach;

pub use call::FALLBACK_AFTER;
pub use climb::{Climb, Status};
pub use definition::{Chain, Pace, Step, StepKind, Unanswered};
pub use effect::{Effect, Fact, PageKey, PageReason, Skip};
pub use input::{Input, Outcome};
pub use reach::Reach;
