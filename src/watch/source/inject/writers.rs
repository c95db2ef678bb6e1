//! Who writes to a log, and how: a program that appends (`O_APPEND`) writes behind whatever stands there, any other one at
//! a place that it keeps for itself, over lines that somebody else wrote meanwhile (open(2); proc(5) for where it is seen).

use std::fs::{self, Metadata};
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use rustix::fs::OFlags;

/// What is known of the programs that have a log open for writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Writers {
    /// At least one was seen, and all that were seen append.
    Append,
    /// One was seen that does not append.
    Overwrite {
        /// What it calls itself.
        program: String,
        /// The number of its process.
        process: u32,
    },
    /// None has it open, and all programs could be looked at.
    Nobody,
    /// None was seen, but some programs could not be looked at.
    Unseen,
}

/// Looks at all programs but this one.
pub(crate) fn writers_of(log: &Metadata) -> Writers {
    look(log, Path::new("/proc"), std::process::id())
}

fn look(log: &Metadata, processes: &Path, own: u32) -> Writers {
    let Ok(entries) = fs::read_dir(processes) else { return Writers::Unseen };
    let (mut appends, mut hidden) = (false, false);
    let process = |entry: fs::DirEntry| entry.file_name().to_str()?.parse::<u32>().ok();
    for process in entries.flatten().filter_map(process).filter(|process| *process != own) {
        let folder = processes.join(process.to_string());
        match holds(log, &folder) {
            Ok(None) => {}
            Ok(Some(true)) => appends = true,
            Ok(Some(false)) => {
                let program = fs::read_to_string(folder.join("comm")).unwrap_or_default();
                return Writers::Overwrite { program: program.trim().to_owned(), process };
            }
            // Nothing is known of a program that ended meanwhile, and nothing has to be.
            Err(error) => hidden |= error.kind() == io::ErrorKind::PermissionDenied,
        }
    }
    match (appends, hidden) {
        (true, _) => Writers::Append,
        (false, true) => Writers::Unseen,
        (false, false) => Writers::Nobody,
    }
}

/// Whether a process appends to the log; nothing where it does not have it open for writing.
fn holds(log: &Metadata, process: &Path) -> io::Result<Option<bool>> {
    let mut appends = None;
    for entry in fs::read_dir(process.join("fd"))?.flatten() {
        let Ok(open) = fs::metadata(entry.path()) else { continue };
        if (open.dev(), open.ino()) != (log.dev(), log.ino()) {
            continue;
        }
        let Ok(said) = fs::read_to_string(process.join("fdinfo").join(entry.file_name())) else { continue };
        let Some(flags) = flags(&said).filter(|flags| flags.intersects(OFlags::WRONLY | OFlags::RDWR)) else {
            continue;
        };
        appends = Some(appends.unwrap_or(true) && flags.contains(OFlags::APPEND));
    }
    Ok(appends)
}

/// The flags of an open file: an octal number behind `flags:`.
fn flags(said: &str) -> Option<OFlags> {
    let flags = said.lines().find_map(|line| line.strip_prefix("flags:"))?;
    Some(OFlags::from_bits_retain(u32::from_str_radix(flags.trim(), 8).ok()?))
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::path::PathBuf;

    use super::*;

    /// Looks at the programs as another one would: this one counts.
    fn seen(path: &Path) -> Writers {
        look(&fs::metadata(path).unwrap(), Path::new("/proc"), 0)
    }

    fn log() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("app.log");
        fs::write(&path, "one\n").unwrap();
        (folder, path)
    }

    #[test]
    fn a_writer_that_appends_is_told_from_one_that_does_not() {
        let (_folder, path) = log();
        let shown = |writers| matches!(writers, Writers::Append);
        assert!(!shown(seen(&path)), "nobody writes");
        let reader = File::open(&path).unwrap();
        assert!(!shown(seen(&path)), "who reads is no writer");
        let appends = File::options().append(true).open(&path).unwrap();
        assert_eq!(seen(&path), Writers::Append);
        let overwrites = File::options().write(true).open(&path).unwrap();
        let process = std::process::id();
        assert!(
            matches!(seen(&path), Writers::Overwrite { process: seen, program } if seen == process && !program.is_empty())
        );
        drop((reader, overwrites));
        assert_eq!(seen(&path), Writers::Append);
        drop(appends);
        assert!(!shown(seen(&path)));
    }

    #[test]
    fn programs_that_nobody_lets_us_look_at_leave_it_open() {
        let (folder, path) = log();
        let log = fs::metadata(&path).unwrap();
        let processes = folder.path().join("proc");
        fs::create_dir_all(processes.join("7/fd")).unwrap();
        assert_eq!(look(&log, &processes, 0), Writers::Nobody);
        assert_eq!(look(&log, &folder.path().join("none"), 0), Writers::Unseen, "no /proc at all");
    }

    #[test]
    fn flags_are_read_as_the_system_writes_them() {
        let read = |text| flags(text).map(|flags| (flags.contains(OFlags::APPEND), flags.contains(OFlags::WRONLY)));
        assert_eq!(read("pos:\t0\nflags:\t02102001\nmnt_id:\t27\n"), Some((true, true)));
        assert_eq!(read("pos:\t0\nflags:\t0100001\n"), Some((false, true)));
        assert_eq!(read("pos:\t0\n"), None);
    }
}
