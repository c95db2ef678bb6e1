//! Hits become people who know: who is on call (`oncall`), who is told next (`chain`), how (`channel`), in which words
//! (`page`). `alert` is what all of them are about, `grouping` says which of them a hit joins.

mod ailment;
#[expect(clippy::module_inception, reason = "what the folder is about")]
mod alert;
pub mod chain;
pub mod channel;
mod detection;
pub(crate) mod digest;
pub mod duty;
pub(crate) mod gestures;
pub(crate) mod grouping;
pub mod medium;
mod muted;
pub(crate) mod muting;
pub mod oncall;
pub mod page;
mod qualification;
pub(crate) mod silence;
mod tick;

pub(crate) use ailment::{Ailment, OF_SOURCE};
pub use alert::Alert;
pub(crate) use alert::Extent;
pub use detection::{Detection, Why};
pub use grouping::Joining;
pub(crate) use muted::{Muted, MutedBy, Unmuted, WhyUnmuted};
pub use qualification::{Qualification, Verdict};
pub(crate) use silence::{Maintenance, Matcher, Silence};
pub use tick::Tick;
