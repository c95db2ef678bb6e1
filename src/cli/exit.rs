//! The exit codes, which scripts may rely on.

use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Everything is fine.
    Fine = 0,
    /// Something was found that must be looked at: mistakes in files, failed tests, missed expectations; by
    /// `vigie status`, a source that is not read or silent, a dead channel, a store that cannot be written, or whatever
    /// else vigie itself suffers.
    Findings = 1,
    /// The command line itself is wrong.
    Usage = 2,
    /// A file or the store cannot be read; by `vigie scan`, also a rule, whatever the others found.
    Unreadable = 3,
    /// The daemon could not start, is not running, or refused.
    Daemon = 4,
    /// The ledger is not what was written.
    SealBroken = 5,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl Exit {
    /// The code for an error that ended a command.
    pub(super) fn of(error: &anyhow::Error) -> Self {
        use crate::daemon::DaemonError;
        use crate::daemon::client::ClientError;
        if error.is::<DaemonError>() || error.is::<ClientError>() { Self::Daemon } else { Self::Unreadable }
    }
}
