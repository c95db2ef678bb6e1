//! Who holds the store: the system lists the locks on files, and whoever is kept waiting wants to know by whom.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

/// What another program may hold: the file, and the index beside it.
const HELD: [&str; 2] = ["vigie.db", "vigie.db-shm"];

/// The other programs that hold a lock on the store in `folder`, by name and number. Nothing where the system does not
/// say.
pub(super) fn of(folder: &Path) -> Vec<String> {
    let numbers = HELD.iter().filter_map(|name| fs::metadata(folder.join(name)).ok()).map(|found| found.ino());
    let inodes: Vec<String> = numbers.map(|number| number.to_string()).collect();
    let mut found: Vec<u32> = fs::read_to_string("/proc/locks")
        .unwrap_or_default()
        .lines()
        .filter_map(|line| process(line, &inodes))
        .filter(|process| *process != std::process::id())
        .collect();
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(named).collect()
}

/// The process that holds a lock on one of `inodes`: `1: POSIX  ADVISORY  WRITE 3568 fd:00:2531452 0 EOF`.
fn process(line: &str, inodes: &[String]) -> Option<u32> {
    let words: Vec<&str> = line.split_whitespace().filter(|word| *word != "->").collect();
    let [_, _, _, _, process, place, ..] = words[..] else { return None };
    let inode = place.rsplit(':').next()?;
    inodes.iter().any(|known| known == inode).then(|| process.parse().ok()).flatten()
}

fn named(process: u32) -> String {
    match fs::read_to_string(format!("/proc/{process}/comm")) {
        Ok(name) => format!("{} ({process})", name.trim()),
        Err(_) => process.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_system_names_who_holds_a_file() {
        let inodes = ["77".to_owned()];
        assert_eq!(process("1: POSIX  ADVISORY  WRITE 3568 fd:00:77 0 EOF", &inodes), Some(3568));
        assert_eq!(process("1: -> POSIX  ADVISORY  WRITE 12 fd:00:77 0 EOF", &inodes), Some(12));
        assert_eq!(process("1: POSIX  ADVISORY  WRITE 3568 fd:00:78 0 EOF", &inodes), None);
        assert_eq!(process("", &inodes), None);
    }

    #[test]
    fn nobody_holds_what_is_not_there() {
        assert_eq!(of(Path::new("/nowhere")), [""; 0]);
    }
}
