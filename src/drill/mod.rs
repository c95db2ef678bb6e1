//! A script becomes an exercise becomes a report.
//!
//! `playbook` reads the script, `play` is the exercise machine, `report` writes what happened. All three are pure: they
//! take texts and instants and return values. Nothing here reads a clock, a file or a socket.

pub mod play;
pub mod playbook;
pub mod report;
