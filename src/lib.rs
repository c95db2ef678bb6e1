//! vigie watches a hospital's logs, warns the right people through a short chain, and rehearses a cyber crisis with
//! the same rules and the same chain. `docs/ARCHITECTURE.md` is the map of this library.

pub mod account;
pub mod alert;
pub mod api;
pub mod base;
pub mod check;
pub mod cli;
pub mod core;
pub mod daemon;
pub mod drill;
pub mod finding;
pub mod rehearsal;
mod scan;
pub mod site;
pub mod store;
pub mod text;
pub mod watch;
pub mod words;
