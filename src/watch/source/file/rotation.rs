//! What the name of a file says about rotation. Looks at names only.

use std::cmp::{Ordering, Reverse};
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::bytes::Regex;

/// `app.log.1`, `app.log-20261121`, `Orthanc.log.20261121-195457.26883`, `app.log.old`.
static AFTER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?s-u)^(?P<base>.+?)[._-](?P<turn>\d[\dTZ_.:+-]*|old|bak|prev|orig|save)$"));

/// `app-20261121.log`, `app-2026-11-21.log`, `app.1.log`.
static WITHIN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?s-u)^(?P<base>.+?)[._-](?P<turn>\d{8}(?:[-_T]?\d{2,6})?|\d{4}-\d{2}-\d{2}|\d{1,3})(?P<ending>\.[A-Za-z]+)$",
    )
});

const COMPRESSED: [&str; 10] = ["gz", "bz2", "xz", "zst", "lz4", "lzma", "z", "zip", "7z", "tgz"];

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern written in this file is valid")
}

/// The path a file had before it was rotated away, if its name looks like that. Only worth something where that path
/// is followed: the name of a host can look like it too.
pub(super) fn base(path: &Path) -> Option<PathBuf> {
    let name = path.file_name().filter(|_| !compressed(path))?.as_bytes();
    let base = if let Some(found) = AFTER.captures(name) {
        found["base"].to_vec()
    } else {
        let found = WITHIN.captures(name)?;
        [&found["base"], &found["ending"]].concat()
    };
    Some(path.with_file_name(OsStr::from_bytes(&base)))
}

/// The path of the log that a `.gz` file beside it was made of, if its name looks like that.
pub(super) fn packed(path: &Path) -> Option<PathBuf> {
    let is_gz = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gz"));
    let plain = is_gz.then(|| path.with_extension(""))?;
    Some(base(&plain).unwrap_or(plain))
}

/// Whether the name says that the content is compressed: such a file is a copy of one that was followed.
pub(super) fn compressed(path: &Path) -> bool {
    path.extension()
        .and_then(OsStr::to_str)
        .is_some_and(|ending| COMPRESSED.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// Which of two rotated files is the older one by its name: the higher number, or the earlier date.
pub(super) fn older_first(a: &Path, b: &Path) -> Ordering {
    match (number(a), number(b)) {
        (Some(a), Some(b)) => Reverse(a).cmp(&Reverse(b)),
        _ => a.cmp(b),
    }
}

/// The turn, where it counts rotations and is not a date.
fn number(path: &Path) -> Option<u32> {
    let name = path.file_name()?.as_bytes();
    let found = AFTER.captures(name).or_else(|| WITHIN.captures(name))?;
    let turn = std::str::from_utf8(&found["turn"]).ok()?;
    (turn.len() < 6).then(|| turn.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_before_rotation() {
        for (name, expected) in [
            ("/l/app.log.1", Some("/l/app.log")),
            ("/l/app.log.12", Some("/l/app.log")),
            ("/l/app.log-20261121", Some("/l/app.log")),
            ("/l/app.log.2026-11-21.1", Some("/l/app.log")),
            ("/l/app.log.old", Some("/l/app.log")),
            ("/l/Orthanc.log.20261121-195457.26883", Some("/l/Orthanc.log")),
            ("/l/app-20261121.log", Some("/l/app.log")),
            ("/l/app-2026-11-21.log", Some("/l/app.log")),
            ("/l/app.1.log", Some("/l/app.log")),
            ("/l/app.log", None),
            ("/l/app2.log", None),
            ("/l/app.log.audit", None),
            ("/l/app.log.1.gz", None),
            ("/l/syslog", None),
        ] {
            assert_eq!(base(Path::new(name)), expected.map(PathBuf::from), "{name}");
        }
        let bytes = Path::new(OsStr::from_bytes(b"/l/\xe9\n.log.1"));
        assert_eq!(base(bytes).unwrap(), Path::new(OsStr::from_bytes(b"/l/\xe9\n.log")));
    }

    #[test]
    fn compressed_files_are_known_by_their_ending() {
        assert!(compressed(Path::new("app.log.1.gz")) && compressed(Path::new("app.log.Z")));
        assert!(!compressed(Path::new("app.log.1")) && !compressed(Path::new("gz")));
    }

    #[test]
    fn higher_numbers_and_earlier_dates_are_older() {
        for (older, newer) in [
            ("app.log.10", "app.log.9"),
            ("app.log-20261120", "app.log-20261121"),
            ("app.log.20261120-1", "app.log.20261121-1"),
        ] {
            assert_eq!(older_first(Path::new(older), Path::new(newer)), Ordering::Less);
            assert_eq!(older_first(Path::new(newer), Path::new(older)), Ordering::Greater);
        }
    }
}
