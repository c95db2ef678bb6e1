//! Lines become hits: where lines come from (`source`), what they say (`format`), which rules they match (`sigma`).

pub(crate) mod clean;
pub mod event;
pub mod format;
pub mod hidden;
mod json;
pub mod kind;
pub mod label;
pub mod line;
pub mod log_level;
pub mod record;
pub mod sigma;
pub mod source;
pub mod stream;
mod tie;
pub mod verbosity;
mod whole;
