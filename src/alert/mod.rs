//! Hits become people who know: who is on call (`oncall`), who is told next (`chain`), how (`channel`), in which words
//! (`page`). `alert` is what all of them are about, `grouping` says which of them a hit joins.

mod ailment;
#[expect(clippy::module_inception, reason = "what the folder is about")]
mod alert;
pub mod chain;
pub mod channel;
pub mod duty;
pub(crate) mod grouping;
pub mod medium;
pub mod oncall;
pub mod page;

pub(crate) use ailment::Ailment;
pub use alert::{Alert, clean};
