//! Which kind of trouble an error of the store is.

use std::io::ErrorKind;

use super::error::StoreError;
use crate::base::cause::Cause;

impl StoreError {
    /// What kind of trouble it is.
    pub(crate) fn cause(&self) -> Cause {
        match self {
            Self::Sqlite(error) => of_sqlite(error),
            Self::Folder { error, .. } => match error.kind() {
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Cause::Full,
                ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Cause::Denied,
                _ => Cause::Other,
            },
            Self::NotYours(_) | Self::Keyless => Cause::Denied,
            Self::NotAStore(_) | Self::Unsound(_) => Cause::Damaged,
            Self::Displaced(_) => Cause::Displaced,
            Self::Taken(_) | Self::Foreign(..) | Self::Absent(_) | Self::Row { .. } | Self::Nowhere => Cause::Other,
        }
    }
}

fn of_sqlite(error: &rusqlite::Error) -> Cause {
    use rusqlite::ErrorCode as Code;
    match error.sqlite_error_code() {
        Some(Code::DiskFull) => Cause::Full,
        Some(Code::DatabaseBusy | Code::DatabaseLocked) => Cause::Locked,
        // No code: such as a column that holds what no version of vigie ever put there.
        Some(Code::DatabaseCorrupt | Code::NotADatabase) | None => Cause::Damaged,
        Some(Code::ReadOnly | Code::PermissionDenied | Code::CannotOpen) => Cause::Denied,
        Some(Code::SystemIoFailure) => Cause::Disk,
        Some(_) => Cause::Other,
    }
}
