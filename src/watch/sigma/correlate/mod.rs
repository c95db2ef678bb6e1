//! What is counted over several events: windows, what they come to, and when that is too much or too little. Knows no rule
//! file and no event, only what was taken out of it.

pub(super) mod clock;
pub(super) mod counter;
pub(super) mod disk;
pub(super) mod memory;
pub(super) mod note;
pub(super) mod novelty;
pub(super) mod reckon;
mod reminders;
pub(super) mod shelf;
pub(super) mod trace;
pub(super) mod veil;
pub(super) mod vigil;
pub(super) mod window;
