//! The small nouns everything else is built from. Knows nothing of logs, people, files or time zones' rules.

pub(crate) mod address;
pub mod cause;
pub(crate) mod cipher;
pub mod duration;
pub(crate) mod epoch;
pub mod fault;
pub mod id;
pub mod language;
pub mod level;
pub(crate) mod paper;
pub mod realm;
pub mod redact;
pub mod seal;
pub(crate) mod size;
pub mod tie;
pub(crate) mod visible;
