//! How a file is known again: by what the file system says of it, and by what stands in it.

use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::Path;
use std::time::SystemTime;

use rustix::fs::OFlags;
use serde::{Deserialize, Serialize};

use crate::base::seal::Seal;

/// What the file system says. Inode numbers are used again at once after a deletion (ext4 does so nearly always), so
/// the time of birth belongs to it where there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) struct Identity {
    pub(super) dev: u64,
    pub(super) ino: u64,
    /// Nanoseconds since 1970.
    pub(super) born: Option<u64>,
}

impl Identity {
    pub(super) fn of(metadata: &Metadata) -> Self {
        let born = metadata.created().ok().and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
        Self {
            dev: metadata.dev(),
            ino: metadata.ino(),
            born: born.and_then(|since| u64::try_from(since.as_nanos()).ok()),
        }
    }

    /// Whether both are one file, as far as the file system tells.
    pub(super) fn is(self, other: Self) -> bool {
        (self.dev, self.ino) == (other.dev, other.ino) && self.same_birth(other)
    }

    /// Whether both may be one file whose device got another number, as happens after a restart of the machine.
    pub(super) fn is_on_another_device(self, other: Self) -> bool {
        self.ino == other.ino && self.born.is_some() && self.born == other.born
    }

    /// What both must share to be one file; births are compared after.
    pub(super) fn key(self) -> (u64, u64) {
        (self.dev, self.ino)
    }

    fn same_birth(self, other: Self) -> bool {
        self.born.is_none() || other.born.is_none() || self.born == other.born
    }
}

/// The hash of some bytes of a file, and how many they are. The bytes themselves may name patients and are never kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Signature {
    pub(super) length: usize,
    seal: Seal,
}

impl Signature {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self { length: bytes.len(), seal: Seal::of(&[bytes]) }
    }

    /// Whether `bytes`, where there are enough of them, begin with what was signed.
    pub(super) fn begins(&self, bytes: &[u8]) -> bool {
        bytes.get(..self.length).is_some_and(|bytes| Self::of(bytes) == *self)
    }

    /// `1024:9f86d08…`.
    pub(super) fn written(&self) -> String {
        format!("{}:{}", self.length, self.seal)
    }

    pub(super) fn read(text: &str) -> Option<Self> {
        let (length, seal) = text.split_once(':')?;
        Some(Self { length: length.parse().ok()?, seal: Seal::from_hex(seal)? })
    }
}

/// Opens `path` for reading, if it is the file meant. Never waits, whatever it turns out to be.
pub(super) fn open(path: &Path, identity: Identity) -> io::Result<Option<File>> {
    let flags = i32::try_from((OFlags::NONBLOCK | OFlags::NOCTTY).bits()).map_err(io::Error::other)?;
    let file = match OpenOptions::new().read(true).custom_flags(flags).open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        file => file?,
    };
    let metadata = file.metadata()?;
    Ok((metadata.is_file() && Identity::of(&metadata).is(identity)).then_some(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_birth_is_another_file() {
        let file = Identity { dev: 1, ino: 2, born: Some(3) };
        assert!(file.is(file) && file.is(Identity { born: None, ..file }));
        assert!(!file.is(Identity { born: Some(4), ..file }) && !file.is(Identity { ino: 3, ..file }));
        assert!(file.is_on_another_device(Identity { dev: 9, ..file }));
        assert!(!file.is_on_another_device(Identity { dev: 9, born: None, ..file }));
    }

    #[test]
    fn a_signature_knows_its_bytes_at_the_start_of_more() {
        let signature = Signature::of(b"abc");
        assert!(signature.begins(b"abcd") && !signature.begins(b"ab") && !signature.begins(b"abd"));
        assert_eq!(Signature::read(&signature.written()), Some(signature));
        assert_eq!(Signature::read("3:zz"), None);
    }
}
