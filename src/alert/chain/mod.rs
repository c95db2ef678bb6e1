//! The escalation machine: who is told next when nobody has said "I have it". Pure, and ignorant of channels: it says
//! which person to page by which channel names, never how.
//!
//! `definition` is a chain as its author means it, `input` what happens to an escalation, `effect` what the world must do,
//! `escalation` one alert on its way up, `advance` how it gets from step to step, `attempt` how one person is told by one group
//! of channels after the other, `answers` what people say of it, `news` what they learn besides, `muting` what keeps
//! them from being asked, `reach` which channels
//! lead to whom, `standing` how far it is.

mod advance;
mod answers;
mod attempt;
pub(crate) mod definition;
pub(crate) mod effect;
pub mod escalation;
mod handover;
pub mod input;
mod muting;
mod news;
pub mod reach;
pub(crate) mod simulation;
mod standing;

pub use attempt::FALLBACK_AFTER;
pub(in crate::alert) use attempt::{Attempts, Clock as AttemptClock, Notification};
pub use definition::{Chain, Pace, Step, StepKind, Unanswered};
pub use effect::{Effect, Fact, PageKey, PageReason, Skip};
pub use escalation::{Context, Escalation, Status};
pub use input::{Input, Outcome};
pub use reach::Reach;
pub use standing::Standing;
