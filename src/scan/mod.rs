//! Old logs, looked through in one pass: by the same rules and with the same alerts as the daemon, but with no time but
//! that of their events, and nobody is paged. How anything is printed is not known here.

mod crew;
pub(crate) mod keep;
mod mark;
pub(crate) mod pass;
mod years;
