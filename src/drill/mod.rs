//! A script becomes an exercise becomes a report.
//!
//! `playbook` reads the script, `inject` has one file for each kind of stimulus, `play` is the exercise machine, `cast`
//! stands in for the people, `report` writes what happened. All of them are pure: they take texts and instants and
//! return values. Nothing here reads a clock, a file or a socket.

pub mod cast;
pub mod inject;
pub mod play;
pub mod playbook;
pub mod report;
