//! What is counted over several events: windows, what they come to, and when that is too much or too little. Knows no rule
//! file and no event, only what was taken out of it.

pub(super) mod absence;
pub(super) mod aggregate;
pub(super) mod annotation;
pub(super) mod clock;
pub(super) mod counter;
mod deadlines;
pub(super) mod disk;
pub(super) mod first_seen;
pub(super) mod memory;
pub(super) mod trace;
pub(super) mod window;
pub(super) mod window_store;
