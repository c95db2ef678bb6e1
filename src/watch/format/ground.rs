//! What lines stand on: what is known of a source before any of them is read.

use jiff::tz::TimeZone;

use crate::watch::event::Logsource;

/// What is known of all lines of a source before any of them is read.
#[derive(Debug, Clone)]
pub(super) struct Ground {
    /// Where its clock is set, for times written without an offset.
    pub(super) zone: TimeZone,
    /// The source's own log source.
    pub(super) own: Option<Logsource>,
}
