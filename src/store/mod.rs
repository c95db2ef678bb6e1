//! The one durable state of a site: a SQLite file with one writer. It keeps what it is given and never decides.
//!
//! Everything that follows from some input (alerts, escalations, pages owed, windows, how far the logs were read, ledger
//! entries) is given as one [`Change`] and lands in one transaction, so that after a crash either all of it happened
//! or none of it.

mod aside;
mod cause;
mod change;
mod error;
mod examination;
mod file;
mod holder;
mod key;
mod ledger;
mod numbers;
mod place;
pub(crate) mod private;
mod question;
mod recovered;
mod remembered;
mod row;
mod salvage;
mod schema;
mod select;
mod write;

pub(crate) use aside::Mishap;
pub use change::Change;
pub(crate) use change::{FIRST, keep_last};
pub use error::StoreError;
pub(crate) use examination::Readers;
pub use file::Store;

pub use ledger::{Break, Verified};
pub use numbers::Last;
pub(crate) use place::tighten;
pub(crate) use question::{Found, PATIENCE as PATIENCE_TO_ANSWER, Unanswered};
pub use row::{AlertRow, DrillRow, Entry, PageRow, PageState, PositionRow, Recovered};
pub(crate) use row::{DetectionRow, DutyRow, JoinedRow, NewEntry, SilenceRow};
pub(crate) use salvage::Losses;
