//! A duty that a chain names, after checking.

use crate::alert::duty::Duty;
use crate::text::diagnostic::Diagnostic;

/// A duty that a chain names, and what is to be said there on a day on which its sources are old.
#[derive(Debug, Clone)]
pub(crate) struct Declared {
    pub(crate) duty: &'static Duty,
    pub(crate) stale: Diagnostic,
}
