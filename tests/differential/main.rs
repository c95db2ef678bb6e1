//! vigie's Sigma engine against another one, `rsigma-eval`: generated rules and events, then the public rules over real
//! events. Then against itself: what must not change what a rule finds. Both get the same rules and the same lines; where they disagree, the table in `differences.rs` must say why.
//!
//! `VIGIE_SEED` starts the generator elsewhere, `VIGIE_ROUNDS` lets it go on for longer: to explore.

mod differences;
mod draw;
mod encoding;
mod engines;
mod event;
mod generated;
mod laws;
mod public;
mod reading;
mod rule;
mod verdict;
