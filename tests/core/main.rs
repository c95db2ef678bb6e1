//! The core in a simulated world: a virtual clock, a store in a folder, channels and logs that only exist here, and a
//! machine that can die between any two steps.

#![expect(clippy::unwrap_used, reason = "a test that does not find what it looks for has failed")]

mod clock;
mod digest;
mod drill;
mod duties;
mod edited;
mod explained;
mod going_on;
mod graver;
mod histories;
mod hours;
mod kept;
mod pages;
mod scenes;
mod silences;
mod site;
mod sources;
mod storm;
mod streams;
mod unkept;
mod world;
