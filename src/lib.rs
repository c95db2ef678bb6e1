//! vigie watches a hospital's logs, warns the right people through a short chain, and rehearses a cyber crisis with
//! the same rules and the same chain. `docs/ARCHITECTURE.md` is the map of this library.
//!
//! To embed it, begin with a line and the rules that vigie ships:
//!
//! ```
//! use std::collections::BTreeMap;
//!
//! use vigie::base::realm::Realm;
//! use vigie::check;
//! use vigie::watch::format::{Decoded, Decoder, Format};
//!
//! let mut engine = check::compile(&check::builtin_rules(), &BTreeMap::new(), &mut Vec::new());
//! let mut decoder = Decoder::new(Format::Auto, jiff::tz::TimeZone::UTC, None);
//! // A decoy that was touched, as OpenCanary writes it.
//! let line = r#"{"logtype": 4000, "node_id": "decoy", "src_host": "10.20.4.17", "dst_port": 22}"#;
//! let Decoded::Event(event) = decoder.decode(jiff::Timestamp::UNIX_EPOCH, line) else { panic!("not an event") };
//! let found = engine.step(Realm::Live, &event);
//! assert_eq!(found[0].rule.id.as_str(), "deception.decoy_touched");
//! ```
//!
//! or with a rule of your own ([`watch::sigma`]), or with an exercise ([`rehearsal`]).

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
