//! The daemon as a process of its own, with real files, a real socket and a mail server that speaks SMTP: what it does
//! with an attack, a crash, an exercise and with everything that is broken.

#![expect(clippy::unwrap_used, reason = "a test that does not find what it looks for has failed")]

mod accounts;
mod broken;
mod clock;
mod crash;
mod crowd;
mod damaged;
mod doors;
#[cfg(feature = "evtx")]
mod evtx;
mod exercise;
mod gestures;
mod hospital;
mod hostile;
mod inspection;
mod journal;
mod kill_handovers;
mod kill_matrix;
mod kills_while_receiving;
mod listening;
mod long_lines;
mod mailbox;
mod modes;
mod plain;
mod power_cuts;
mod private;
mod record;
mod reload;
mod sender_kills;
mod senders;
mod silence;
mod sources;
mod spool;
mod state;
mod streams;
mod tongues;
mod unkept;
mod upgrade;
mod watch;
mod windows;
mod writers;
