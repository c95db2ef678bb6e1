//! Lines become hits: where lines come from (`intake`), what they say (`format`), which rules they match (`sigma`).

pub mod event;
pub mod format;
pub mod intake;
pub mod label;
pub mod line;
pub mod sigma;
