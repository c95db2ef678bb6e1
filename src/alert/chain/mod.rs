//! The escalation machine: who is told next when nobody has said "I have it". Pure, and ignorant of channels: it says
//! which person to page by which channel names, never how.

pub mod climb;
pub mod definition;

pub use climb::{Climb, Effect, Fact, Input, Outcome, PageKey, PageReason, Status};
pub use definition::{Chain, Pace, Step, StepKind, Unanswered};
