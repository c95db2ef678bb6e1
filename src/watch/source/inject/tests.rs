//! What is appended, and what is refused.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use super::*;

/// Appends to a log whose program is known to append, as the first time.
fn append(path: &Path, lines: &[String]) -> Result<(), Halted> {
    Injector::new(path.to_owned()).append(lines, true)
}

fn owned(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|&line| line.to_owned()).collect()
}

#[test]
fn lines_come_after_the_real_ones() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("app.log");
    append(&path, &owned(&["first"])).unwrap();
    append(&path, &owned(&["second", "été"])).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "first\nsecond\nété\n");
    append(&path, &[]).unwrap();
}

#[test]
fn half_a_real_line_is_never_touched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("app.log");
    fs::write(&path, "whole\nhal").unwrap();
    let halted = append(&path, &owned(&["drill"])).unwrap_err();
    assert!(matches!(halted.why, Why::Unfinished) && halted.why.worth_another_try() && halted.written == 0);
    assert_eq!(fs::read_to_string(&path).unwrap(), "whole\nhal");
    OpenOptions::new().append(true).open(&path).unwrap().write_all(b"f\n").unwrap();
    append(&path, &owned(&["drill"])).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "whole\nhalf\ndrill\n");
}

#[test]
fn lines_that_reading_would_change_are_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("app.log");
    for line in ["a\nb", "a\0b", "\u{feff}a", "a\r", &"x".repeat(LONGEST + 1)] {
        let halted = append(&path, &owned(&["good", line])).unwrap_err();
        assert!(matches!(halted.why, Why::Unfit(_)));
        assert!(!path.exists());
    }
}

#[test]
fn what_is_not_a_log_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    assert!(append(&folder.path().join("missing/app.log"), &owned(&["x"])).is_err());
    assert!(append(folder.path(), &owned(&["x"])).is_err());
    let foreign = folder.path().join("ERRORLOG");
    fs::write(&foreign, b"\xFF\xFEa\0\n\0").unwrap();
    assert!(matches!(append(&foreign, &owned(&["x"])).unwrap_err().why, Why::Foreign));
    let fifo = folder.path().join("fifo");
    rustix::fs::mknodat(rustix::fs::CWD, &fifo, rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap();
    assert!(append(&fifo, &owned(&["x"])).is_err());
}

/// A program that holds a log open in the way a shell does with this sign, until it is dropped.
struct Program(Child);

impl Program {
    fn writes(sign: &str, path: &Path) -> Self {
        let script = format!("exec 3{sign}\"$1\"; echo open; while read line; do echo \"$line\" >&3; echo done; done");
        let mut shell = Command::new("sh");
        shell.args(["-c", &script, "sh"]).arg(path).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut program = Self(shell.spawn().unwrap());
        program.answer("open");
        program
    }

    fn write(&mut self, line: &str) {
        writeln!(self.0.stdin.as_mut().unwrap(), "{line}").unwrap();
        self.answer("done");
    }

    fn answer(&mut self, wanted: &str) {
        let mut line = String::new();
        // One byte at a time: whatever is read too much would be lost.
        BufReader::with_capacity(1, self.0.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line.trim(), wanted);
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn log(text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("app.log");
    fs::write(&path, text).unwrap();
    (folder, path)
}

#[test]
fn a_log_that_is_seen_to_be_appended_to_needs_no_promise() {
    let (_folder, path) = log("first\n");
    let mut program = Program::writes(">>", &path);
    Injector::new(path.clone()).append(&owned(&["drill"]), false).unwrap();
    program.write("second");
    assert_eq!(fs::read_to_string(&path).unwrap(), "first\ndrill\nsecond\n");
}

#[test]
fn a_log_that_is_written_over_takes_no_line_whatever_is_promised() {
    let (_folder, path) = log("first\n");
    let mut program = Program::writes("<>", &path);
    for promised in [false, true] {
        let halted = Injector::new(path.clone()).append(&owned(&["drill"]), promised).unwrap_err();
        assert!(
            matches!(&halted.why, Why::Unshown(Writers::Overwrite { program, .. }) if program == "sh"),
            "{halted:?}"
        );
        assert_eq!(halted.written, 0);
    }
    program.write("FIRST");
    assert_eq!(fs::read_to_string(&path).unwrap(), "FIRST\n");
}

#[test]
fn what_nobody_shows_and_nobody_promises_is_refused() {
    let (folder, path) = log("first\n");
    let halted = Injector::new(path.clone()).append(&owned(&["drill"]), false).unwrap_err();
    assert!(matches!(halted.why, Why::Unshown(Writers::Nobody | Writers::Unseen)), "{halted:?}");
    let missing = folder.path().join("none.log");
    assert!(Injector::new(missing.clone()).append(&owned(&["drill"]), false).is_err());
    assert!(!missing.exists());
    assert_eq!(fs::read_to_string(&path).unwrap(), "first\n");
}

#[test]
fn nothing_follows_lines_that_are_not_there_any_more() {
    let (_folder, path) = log("first\n");
    let mut injector = Injector::new(path.clone());
    injector.append(&owned(&["drill one", "drill two"]), true).unwrap();
    // What was long before is not looked at; what stands in the middle of the lines is.
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("first", "FIRST")).unwrap();
    injector.append(&owned(&["drill three"]), true).unwrap();
    fs::write(&path, fs::read_to_string(&path).unwrap().replace("ill two", "attack!")).unwrap();
    let halted = injector.append(&owned(&["drill four"]), true).unwrap_err();
    assert!(matches!(halted.why, Why::Overwritten), "{halted:?}");
    // Another file under the name has nothing of ours.
    let rotated = path.with_extension("1");
    fs::rename(&path, &rotated).unwrap();
    fs::write(&path, "new\n").unwrap();
    injector.append(&owned(&["drill five"]), true).unwrap();
    // Nor has an emptied one.
    fs::write(&path, "").unwrap();
    injector.append(&owned(&["drill six"]), true).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "drill six\n");
}

#[test]
fn no_line_goes_through_a_link_out_of_the_folder() {
    let (folder, path) = log("first\n");
    let (_elsewhere, secret) = log("secret\n");
    let link = folder.path().join("current.log");
    std::os::unix::fs::symlink(&secret, &link).unwrap();
    let halted = append(&link, &owned(&["drill"])).unwrap_err();
    assert!(matches!(halted.why, Why::LeadsAway), "{halted:?}");
    assert_eq!(fs::read_to_string(&secret).unwrap(), "secret\n");
    fs::remove_file(&link).unwrap();
    std::os::unix::fs::symlink("app.log", &link).unwrap();
    append(&link, &owned(&["drill"])).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "first\ndrill\n");
}
