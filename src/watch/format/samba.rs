//! What Samba's two formats share: the header that smbd writes above each message.

use jiff::Timestamp;

use super::time::{Reader, When};

/// When a message is from, where `text` is its header: `[2026/11/21 19:28:22.215784,  3] file.c:647(function)`.
pub(super) fn header(text: &str, when: When<'_>) -> Option<Timestamp> {
    let mut reader = Reader(text.strip_prefix('[')?);
    let at = reader.date_time()?;
    reader.skip(",")?;
    reader.0.contains(']').then(|| when.local(at)).flatten()
}
