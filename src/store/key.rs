//! The site's secret key, in a file of its own beside the store.

use std::path::Path;

use crate::base::seal::Key;

/// The name of the file.
pub(super) const FILE: &str = "key";

/// The key of the store in `folder`, where there is one. Reading needs no right to write.
pub(super) fn kept(folder: &Path) -> Option<Key> {
    let bytes = std::fs::read(folder.join(FILE)).ok()?;
    <[u8; 32]>::try_from(bytes.as_slice()).ok().map(Key::from_bytes)
}
