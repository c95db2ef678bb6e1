//! Paths are bytes: how they are shown to people, and how they are kept as text without losing a byte.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::path::{Path, PathBuf};

/// For messages: characters that cannot be shown are escaped, bytes that are not UTF-8 replaced.
pub(super) fn shown(path: &Path) -> String {
    let mut text = String::new();
    for character in path.to_string_lossy().chars() {
        if character.is_control() {
            text.extend(character.escape_default());
        } else {
            text.push(character);
        }
    }
    text
}

/// For keeping: `%` and everything that is not UTF-8 is written `%XX`.
pub(super) fn written(path: &Path) -> String {
    let mut text = String::new();
    for chunk in path.as_os_str().as_bytes().utf8_chunks() {
        text.push_str(&chunk.valid().replace('%', "%25"));
        for byte in chunk.invalid() {
            write!(text, "%{byte:02X}").expect("writing to a string cannot fail");
        }
    }
    text
}

/// What [`written`] wrote.
pub(super) fn read(text: &str) -> Option<PathBuf> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut pieces = text.split('%');
    bytes.extend(pieces.next()?.bytes());
    for piece in pieces {
        let (digits, rest) = piece.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend(rest.bytes());
    }
    Some(PathBuf::from(OsString::from_vec(bytes)))
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use super::*;

    #[test]
    fn any_path_survives_being_kept() {
        for bytes in [&b"/var/log/app.log"[..], b"/a%b/\xe9t\xe9\n.log", "/été/100 %".as_bytes(), b"\xff%25"] {
            let path = Path::new(OsStr::from_bytes(bytes));
            assert_eq!(read(&written(path)).as_deref(), Some(path));
        }
        assert_eq!(written(Path::new("/var/log/été.log")), "/var/log/été.log");
        assert_eq!((read("%"), read("%zz")), (None, None));
    }

    #[test]
    fn a_path_is_shown_on_one_line() {
        assert_eq!(shown(Path::new(OsStr::from_bytes(b"/a\n\xe9\x1b.log"))), "/a\\n\u{fffd}\\u{1b}.log");
    }
}
