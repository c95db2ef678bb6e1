//! Hits become people who know: who is on call (`oncall`), who is told next (`chain`), how (`channel`), in which words
//! (`page`).

pub mod chain;
pub mod channel;
pub mod duty;
pub mod grouping;
pub mod medium;
pub mod oncall;
pub mod page;
pub mod raised;
