//! Every sentence that vigie says to people, in French and in English side by side, one file for each topic.
//!
//! A sentence is a function: what it needs to know are its arguments, what it gives is a
//! [`Text`](crate::base::language::Text) in both languages, and whoever prints or sends it picks one. A sentence without
//! one of the languages, or one language of which forgets an argument, does not compile. Nothing that decides says a
//! sentence: it gives values, and the rim makes words of them.

pub(crate) mod absence;
pub(crate) mod alert;
pub(crate) mod answer;
pub(crate) mod argument;
pub(crate) mod chain;
pub(crate) mod channel;
pub(crate) mod check;
pub(crate) mod clock;
pub(crate) mod demo;
pub(crate) mod digest;
pub(crate) mod dossier;
pub(crate) mod drill;
pub(crate) mod duty;
pub(crate) mod exercise;
pub(crate) mod explain;
pub(crate) mod failure;
pub(crate) mod format;
pub(crate) mod help;
pub(crate) mod inject;
pub(crate) mod inspection;
pub(crate) mod journal;
pub(crate) mod ledger;
pub(crate) mod level;
pub(crate) mod listen;
pub(crate) mod misfit;
pub(crate) mod mishap;
pub(crate) mod modifier;
pub(crate) mod notice;
pub(crate) mod oncall;
pub(crate) mod page;
pub(crate) mod readiness;
pub(crate) mod receipt;
pub(crate) mod redact;
pub(crate) mod report;
pub(crate) mod rules;
pub(crate) mod scan;
pub(crate) mod sentence;
pub(crate) mod silence;
pub(crate) mod size;
pub(crate) mod socket;
pub(crate) mod source;
pub(crate) mod source_of;
pub(crate) mod stats;
pub(crate) mod status;
pub(crate) mod store;
pub(crate) mod story;
pub(crate) mod suggestion;
pub(crate) mod time;
pub(crate) mod unarmed;
pub(crate) mod unopened;

pub use self::sentence::Said;
pub(crate) use self::sentence::words;
