//! An upgrade keeps everything. `valmont` is a hospital as a daemon of an earlier version left it when the power went
//! off (README.md beside it says how it was made); here the present core opens its store and goes on, ten seconds
//! later on a virtual clock. tests/daemon/upgrade.rs does the same with a daemon, at the time of the machine.

#![expect(clippy::unwrap_used, reason = "a test that does not find what it looks for has failed")]

mod alerts;
mod exercise;
mod hospital;
mod ledger;
mod pages;
mod windows;
