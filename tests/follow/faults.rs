//! The faults of docs/faults.md with what was counted: each writes lines, does something to their files, and compares what
//! was read with what was written. `cargo test --test follow faults -- --nocapture` prints the table; the page has to
//! hold it as it is printed.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use vigie::watch::source::From;

use super::{Watcher, append, copy_and_truncate, gzip, link_anew, recreate_with_the_same_inode, rename, shift};

/// A fault, as the page numbers it, and what others make of it: rsyslog, Fluent Bit, Vector, syslog-ng, as lost / doubled.
struct Fault {
    row: &'static str,
    what: &'static str,
    pattern: &'static str,
    act: fn(&mut Trial),
    others: [&'static str; 4],
}

const NOT_TRIED: [&str; 4] = ["", "", "", ""];

const fn fault(row: &'static str, what: &'static str, pattern: &'static str, act: fn(&mut Trial)) -> Fault {
    Fault { row, what, pattern, act, others: NOT_TRIED }
}

const fn beside(others: [&'static str; 4], fault: &Fault) -> Fault {
    Fault { others, ..*fault }
}

/// Others were tried in August 2026 on the same lines: rsyslog 8.2302 and syslog-ng 3.38 of Debian 12, Fluent Bit 5.1.1, the
/// file source of Vector.
const FAULTS: &[Fault] = &[
    fault("1", "15 rotations by renaming, the program goes on with the old file for 50 lines", "app.log", renamed),
    beside(
        ["42,700 / 0", "0 / 6,100", "0 / 0", "0 / 221,100"],
        &fault("2", "the same, the pattern also names the rotated files", "app.log*", renamed),
    ),
    fault("3", "the new file comes 20 s late", "app.log", late),
    fault("4", "two rotations between two looks", "app.log", twice),
    fault("6", "rotated while stopped", "app.log", rotated_while_stopped),
    beside(
        ["0 / 0", "200 / 0", "0 / 0", "200 / 0"],
        &fault("7", "deleted and made anew with the same inode while stopped", "app.log", |trial| recreated(trial, 0)),
    ),
    fault("8", "the same, and it begins with the same 2 KiB", "app.log", |trial| recreated(trial, 60)),
    fault("9", "copied and emptied, all read before", "app.log", copied),
    beside(
        ["22 / 0", "1,200 / 0", "0 / 1,100", "1,300 / 0"],
        &fault("10", "emptied and longer than before at the next look, three times", "app.log", regrown),
    ),
    fault("11", "emptied before all was read, and nobody copied it", "app.log", emptied_unread),
    beside(
        ["0 / 0", "0 / 0", "70 / 0", "0 / 0"],
        &fault("12", "emptied, and the same header comes again", "app.log", header_again),
    ),
    fault("13", "a hole of NULs after it was emptied", "app.log", hole),
    fault("14", "the pattern also names the copy, which is there before the log is emptied", "app.log*", copy_shows),
    beside(
        ["0 / 0", "0 / 500", "0 / 0", "0 / 500"],
        &fault("15", "rotated, read and packed, twice", "app.log*", packed),
    ),
    fault("17", "an archive that is still being written, of a log rotated while stopped", "app.log", half_an_archive),
    beside(
        ["0 / 9,216", "920 / 0", "0 / 7,900", "0 / 0"],
        &fault("18", "five times everything not committed is forgotten, as by `kill -9`", "app.log", killed),
    ),
    fault("22", "half a line, a pause of 12 s, the rest", "app.log", half_a_line),
    fault("23", "half a line that is never finished, and the file is rotated", "app.log", never_finished),
    beside(
        ["1 / 0", "0 / 0", "1 / 0", "0 / 0"],
        &fault("27", "a line of 3 MB between others (its head counts)", "app.log", long_line),
    ),
    fault("29", "UTF-16, byte by byte, stopped after each", "app.log", utf16),
    fault("30", "a mark before the first line of JSON", "app.log", mark),
    fault("31", "lines that are not UTF-8", "app.log", not_utf8),
    fault("32", "CRLF, blank lines, a last line without an end", "app.log", endings),
    fault("33", "10,000 files, 100 of them written again", "*.log", many),
    fault("35", "20,000 new files between two looks", "*.log", created),
    fault("37", "a link that is set anew, five times", "app.log", linked),
    fault("38", "a file with two names, and a link to it", "*.log", two_names),
    beside(
        ["0 / 0", "0 / 0", "400 / 0", "0 / 0"],
        &fault("39", "five files that begin with the same 1.8 KB", "*.log", alike),
    ),
    beside(["0 / 0", "0 / 0", "100 / 0", "0 / 0"], &fault("40", "a name that is not UTF-8", "*.log", odd_name)),
    fault("42", "a pipe, a folder and a socket beside the log", "*", no_files),
    fault("44", "the clock jumps by an hour and by days", "app.log", clock),
    fault("45", "written through memory, without `msync`", "app.log", through_memory),
    fault("45", "written past the page cache (`O_DIRECT`)", "app.log", direct),
    fault("46", "five rotations while nobody takes the lines", "app.log", blocked),
    fault("49", "deleted while it was closed, and made anew", "*.log", closed),
    fault("50", "saved by an editor, with two more lines", "app.log", edited),
    fault("I9", "rotated and packed while stopped", "app.log", packed_while_stopped),
    fault("I9", "came and was packed while stopped, unseen", "app.log", unseen),
    fault("I9", "copied, emptied and packed while stopped", "app.log", copied_and_packed),
    fault("I9", "moved into another folder while stopped", "app.log", moved),
    fault("I9", "vanished while stopped, with 20 lines unread", "app.log", vanished),
    fault("I10", "all read, emptied and written anew: nothing is said to be missing", "app.log", regrown),
    fault("I11", "a power cut took the last 3,000 of 40,000 lines that were read", "app.log", cut_back),
    fault("I13", "lines of 70 KB between others", "app.log", longer),
];

/// Somebody who writes lines that nobody else writes, and somebody who reads them.
struct Trial {
    folder: TempDir,
    log: PathBuf,
    watcher: Watcher,
    written: Vec<String>,
    skipped: Option<&'static str>,
}

/// What was counted.
struct Count {
    lost: usize,
    doubled: usize,
    torn: usize,
    said: usize,
}

impl Trial {
    fn of(fault: &Fault) -> Self {
        let folder = TempDir::new().unwrap();
        let watcher = Watcher::new(&folder.path().join(fault.pattern), From::Start);
        Self { log: folder.path().join("app.log"), folder, watcher, written: Vec::new(), skipped: None }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The next lines, which count as written.
    fn lines(&mut self, count: usize) -> String {
        let from = self.written.len();
        let lines: Vec<String> =
            (from..from + count).map(|number| format!("{number:07} the quick brown fox")).collect();
        self.written.extend(lines.iter().cloned());
        lines.join("\n") + "\n"
    }

    fn write(&mut self, count: usize) {
        let log = self.log.clone();
        self.write_to(&log, count);
    }

    fn write_to(&mut self, path: &Path, count: usize) {
        let lines = self.lines(count);
        append(path, lines);
    }

    /// The same line is written so often, and each time counts.
    fn same(&mut self, line: &str, times: usize) -> String {
        self.written.extend(std::iter::repeat_n(line.to_owned(), times));
        format!("{line}\n").repeat(times)
    }

    fn look(&mut self) {
        self.watcher.settle();
    }

    fn stop_and_start(&mut self) {
        self.watcher.restart();
        self.watcher.settle();
    }

    fn count(mut self) -> Count {
        self.look();
        self.watcher.wait(10);
        self.look();
        self.watcher.wait(10);
        self.look();
        let mut left: BTreeMap<&str, i64> = BTreeMap::new();
        self.written.iter().for_each(|line| *left.entry(line).or_default() += 1);
        let longest = 1024 * 1024;
        let mut torn = 0;
        for read in &self.watcher.lines {
            let whole = if read.len() < longest {
                read.as_str()
            } else {
                self.written.iter().find(|line| line.starts_with(read)).map_or(read.as_str(), String::as_str)
            };
            match left.get_mut(whole) {
                Some(times) => *times -= 1,
                None => torn += 1,
            }
        }
        let sum = |of: i64| left.values().map(|times| usize::try_from((times * of).max(0)).unwrap()).sum();
        Count { lost: sum(1), doubled: sum(-1), torn, said: self.watcher.troubles.len() }
    }
}

fn renamed(trial: &mut Trial) {
    for turn in 0..15 {
        trial.write(3000);
        trial.look();
        let mut old = OpenOptions::new().append(true).open(&trial.log).unwrap();
        rename(&trial.log, turn);
        old.write_all(trial.lines(50).as_bytes()).unwrap();
    }
}

fn late(trial: &mut Trial) {
    trial.write(100);
    trial.look();
    shift(&trial.log);
    let rotated = trial.path("app.log.1");
    fs::rename(&trial.log, &rotated).unwrap();
    for _ in 0..20 {
        trial.write_to(&rotated, 10);
        trial.watcher.wait(1);
        trial.look();
    }
    trial.write(100);
}

fn twice(trial: &mut Trial) {
    trial.write(100);
    trial.look();
    for rotate in [rename, copy_and_truncate, rename] {
        for turn in 0..2 {
            trial.write(100);
            rotate(&trial.log, turn);
        }
        trial.write(100);
        trial.look();
    }
}

fn rotated_while_stopped(trial: &mut Trial) {
    trial.write(100);
    trial.look();
    for (turn, rotate) in [rename, copy_and_truncate, rename].into_iter().enumerate() {
        trial.write(100);
        rotate(&trial.log, turn);
    }
    trial.write(100);
    trial.stop_and_start();
}

fn recreated(trial: &mut Trial, header: usize) {
    let text = trial.same("#Fields: date time s-ip cs-method", header) + &trial.lines(200);
    append(&trial.log, text);
    trial.look();
    let text = trial.same("#Fields: date time s-ip cs-method", header) + &trial.lines(300);
    if !recreate_with_the_same_inode(&trial.log, &text) {
        trial.skipped = Some("this file system does not use inodes again");
    }
    trial.stop_and_start();
}

fn copied(trial: &mut Trial) {
    for turn in 0..5 {
        trial.write(100 - turn);
        trial.look();
        copy_and_truncate(&trial.log, turn);
    }
    trial.write(1);
}

fn regrown(trial: &mut Trial) {
    trial.write(500);
    for more in [600, 650, 750] {
        trial.look();
        let lines = trial.lines(more);
        fs::write(&trial.log, lines).unwrap();
    }
}

fn emptied_unread(trial: &mut Trial) {
    trial.write(50_000);
    trial.watcher.poll();
    fs::write(&trial.log, "").unwrap();
    trial.look();
    trial.write(100);
}

fn header_again(trial: &mut Trial) {
    for lines in [109, 59] {
        let text = trial.same("#Fields: date time s-ip cs-method", 1) + &trial.lines(lines);
        fs::write(&trial.log, text).unwrap();
        trial.look();
    }
}

fn hole(trial: &mut Trial) {
    trial.write(100);
    trial.look();
    let writer = File::options().write(true).open(&trial.log).unwrap();
    writer.set_len(0).unwrap();
    trial.look();
    writer.write_at(trial.lines(100).as_bytes(), 500_000).unwrap();
}

fn copy_shows(trial: &mut Trial) {
    trial.write(100);
    trial.look();
    trial.write(50);
    fs::copy(&trial.log, trial.path("app.log.1")).unwrap();
    trial.look();
    File::options().write(true).open(&trial.log).unwrap().set_len(0).unwrap();
    trial.write(50);
}

fn packed(trial: &mut Trial) {
    for turn in 0..2 {
        trial.write(500);
        trial.look();
        rename(&trial.log, turn);
        trial.look();
        gzip(&trial.path("app.log.1"));
        fs::rename(trial.path("app.log.1.gz"), trial.path(&format!("app.log.{}.gz", 3 - turn))).unwrap();
        trial.look();
    }
    trial.write(100);
}

fn half_an_archive(trial: &mut Trial) {
    trial.write(100);
    trial.look();
    trial.write(20_000);
    let rotated = trial.path("app.log.1");
    fs::rename(&trial.log, &rotated).unwrap();
    gzip(&rotated);
    let archive = trial.path("app.log.1.gz");
    let whole = fs::read(&archive).unwrap();
    fs::write(&archive, &whole[..whole.len() / 2]).unwrap();
    trial.write(100);
    trial.stop_and_start();
    append(&archive, &whole[whole.len() / 2..]);
    trial.watcher.wait(1);
}

fn killed(trial: &mut Trial) {
    trial.write(200);
    trial.look();
    for turn in 0..5 {
        trial.write(1960);
        if turn % 2 == 1 {
            rename(&trial.log, turn);
        }
        trial.write(50);
        let mut batches = trial.watcher.polled().batches;
        batches.truncate(turn % 3);
        trial.watcher.commit_all(batches);
        trial.watcher.restart();
    }
}

fn half_a_line(trial: &mut Trial) {
    for _ in 0..10 {
        let line = trial.lines(1);
        append(&trial.log, &line[..12]);
        trial.look();
        trial.watcher.wait(12);
        trial.look();
        append(&trial.log, &line[12..]);
    }
}

fn never_finished(trial: &mut Trial) {
    trial.write(100);
    let half = trial.lines(1);
    append(&trial.log, half.trim_end());
    trial.look();
    rename(&trial.log, 0);
    trial.write(100);
    trial.look();
}

fn long_line(trial: &mut Trial) {
    trial.write(5);
    let long = trial.same(&format!("long {}", "z".repeat(3_000_000)), 1);
    append(&trial.log, long);
    trial.write(5);
}

fn longer(trial: &mut Trial) {
    for number in 0..5 {
        let long = trial.same(&format!("{number} {}", "y".repeat(70_000)), 1);
        append(&trial.log, long);
        trial.write(5);
        trial.look();
    }
}

fn utf16(trial: &mut Trial) {
    let text = trial.same("2026-11-21 Échec", 1) + &trial.lines(10);
    let units: Vec<u8> = text.replace('\n', "\r\n").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for byte in [&b"\xFF\xFE"[..], &units].concat() {
        append(&trial.log, [byte]);
        trial.stop_and_start();
    }
}

fn mark(trial: &mut Trial) {
    let text = trial.same("{\"a\":1}", 1);
    append(&trial.log, [&b"\xEF\xBB\xBF"[..], text.as_bytes()].concat());
}

fn not_utf8(trial: &mut Trial) {
    trial.same("échec", 20);
    append(&trial.log, [&b"\xe9chec\n"[..], "échec\n".as_bytes()].concat().repeat(10));
    trial.write(10);
}

fn endings(trial: &mut Trial) {
    trial.same("a", 10);
    trial.same("", 10);
    append(&trial.log, "a\r\n\n".repeat(10));
    let last = trial.lines(1);
    append(&trial.log, last.trim_end());
    trial.look();
    append(&trial.log, "\n");
}

fn many(trial: &mut Trial) {
    let name = |trial: &Trial, number: usize| trial.path(&format!("{number:05}.log"));
    for number in 0..10_000 {
        let path = name(trial, number);
        trial.write_to(&path, 1);
    }
    trial.look();
    for turn in 0..5 {
        for number in 0..100 {
            let path = name(trial, number * 100 + turn);
            trial.write_to(&path, 2);
        }
        trial.look();
    }
}

fn created(trial: &mut Trial) {
    // What a service gets; whoever keeps all of them open cannot open the rest.
    let own = std::process::id().to_string();
    drop(Command::new("prlimit").args(["--pid", &own, "--nofile=1024:"]).status());
    trial.write(100);
    trial.look();
    for number in 0..20_000 {
        let path = trial.path(&format!("{number:05}.log"));
        trial.write_to(&path, 1);
    }
}

fn linked(trial: &mut Trial) {
    for turn in 0..5 {
        link_anew(&trial.log, turn);
        trial.write(100);
        trial.look();
        trial.write(20);
    }
}

fn two_names(trial: &mut Trial) {
    trial.write(100);
    fs::hard_link(&trial.log, trial.path("other.log")).unwrap();
    std::os::unix::fs::symlink(&trial.log, trial.path("link.log")).unwrap();
    trial.look();
    trial.write(100);
}

fn alike(trial: &mut Trial) {
    for name in ["a", "b", "c", "d", "e"] {
        let text = trial.same("#the same header of all of them", 56) + &trial.lines(44);
        append(&trial.path(&format!("{name}.log")), text);
    }
}

fn odd_name(trial: &mut Trial) {
    use std::os::unix::ffi::OsStrExt as _;
    let path = trial.folder.path().join(std::ffi::OsStr::from_bytes(b"\xe9t\xe9.log"));
    trial.write_to(&path, 100);
}

fn no_files(trial: &mut Trial) {
    fs::create_dir(trial.path("folder")).unwrap();
    let pipe = trial.path("pipe");
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap();
    drop(std::os::unix::net::UnixListener::bind(trial.path("socket")).unwrap());
    trial.write(100);
}

fn clock(trial: &mut Trial) {
    for (turn, jump) in [0, -3600, 86_400, -100_000].into_iter().enumerate() {
        trial.watcher.wait(jump);
        trial.write(50);
        trial.look();
        rename(&trial.log, turn);
    }
}

/// Runs a program of Python; nothing where there is none.
fn python(trial: &mut Trial, program: &str, lines: &str) {
    let input = trial.path("lines");
    fs::write(&input, lines).unwrap();
    let ran = Command::new("python3").args(["-c", program]).arg(&trial.log).arg(&input).status();
    if !ran.is_ok_and(|ran| ran.success()) {
        trial.skipped = Some("no python3 that can do it");
    }
}

const THROUGH_MEMORY: &str = "
import mmap, os, sys
lines = open(sys.argv[2], 'rb').read()
log = os.open(sys.argv[1], os.O_RDWR)
at = os.fstat(log).st_size
os.ftruncate(log, at + len(lines))
memory = mmap.mmap(log, at + len(lines))
memory[at:] = lines
os._exit(0)
";

fn through_memory(trial: &mut Trial) {
    trial.write(100);
    trial.look();
    for _ in 0..5 {
        let lines = trial.lines(100);
        python(trial, THROUGH_MEMORY, &lines);
        trial.look();
    }
}

const DIRECT: &str = "
import mmap, os, sys
lines = open(sys.argv[2], 'rb').read()
log = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_DIRECT)
block = mmap.mmap(-1, len(lines))
block.write(lines)
os.lseek(log, 0, os.SEEK_END)
os.write(log, block)
";

fn direct(trial: &mut Trial) {
    for _ in 0..5 {
        // Only whole blocks can be written so.
        let mut lines = trial.lines(100);
        let long = 4096 - (lines.len() + 1) % 4096;
        lines += &trial.same(&"d".repeat(long), 1);
        python(trial, DIRECT, &lines);
        trial.look();
    }
}

fn blocked(trial: &mut Trial) {
    trial.write(10);
    trial.look();
    for turn in 0..5 {
        trial.write(20_000);
        rename(&trial.log, turn);
    }
}

fn closed(trial: &mut Trial) {
    for number in 0..100 {
        let path = trial.path(&format!("{number:03}.log"));
        trial.write_to(&path, 1);
    }
    trial.look();
    let lines = trial.lines(2);
    if !recreate_with_the_same_inode(&trial.path("000.log"), &lines) {
        trial.skipped = Some("this file system does not use inodes again");
    }
}

fn edited(trial: &mut Trial) {
    trial.write(50);
    trial.look();
    let saved = trial.path(".app.log.swp");
    fs::copy(&trial.log, &saved).unwrap();
    trial.write_to(&saved, 2);
    fs::rename(&saved, &trial.log).unwrap();
}

fn packed_while_stopped(trial: &mut Trial) {
    trial.write(100);
    trial.look();
    for day in 0..3 {
        trial.write(300);
        let rotated = trial.path(&format!("app.log-2026112{day}"));
        fs::rename(&trial.log, &rotated).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(20));
        gzip(&rotated);
    }
    trial.write(100);
    trial.stop_and_start();
}

fn unseen(trial: &mut Trial) {
    trial.write(100);
    trial.look();
    let first = trial.path("app.log-20261120");
    fs::rename(&trial.log, &first).unwrap();
    trial.write_to(&first, 100);
    trial.write(300);
    let second = trial.path("app.log-20261121");
    fs::rename(&trial.log, &second).unwrap();
    gzip(&second);
    trial.write(100);
    trial.stop_and_start();
}

fn copied_and_packed(trial: &mut Trial) {
    trial.write(100);
    trial.look();
    trial.write(300);
    let copy = trial.path("app.log-20261121");
    fs::copy(&trial.log, &copy).unwrap();
    File::options().write(true).open(&trial.log).unwrap().set_len(0).unwrap();
    gzip(&copy);
    trial.write(100);
    trial.stop_and_start();
}

fn moved(trial: &mut Trial) {
    trial.write(100);
    trial.look();
    trial.write(100);
    fs::create_dir(trial.path("old")).unwrap();
    fs::rename(&trial.log, trial.path("old/saved by somebody")).unwrap();
    trial.write(100);
    trial.stop_and_start();
}

fn vanished(trial: &mut Trial) {
    trial.write(100);
    trial.look();
    trial.write(20);
    fs::remove_file(&trial.log).unwrap();
    trial.stop_and_start();
}

fn cut_back(trial: &mut Trial) {
    for _ in 0..40 {
        trial.write(1000);
        trial.look();
    }
    let gone: usize = trial.written.split_off(37_000).iter().map(|line| line.len() + 1).sum();
    let read = trial.watcher.lines.split_off(37_000);
    assert_eq!(read.len(), 3000, "all was read");
    let log = File::options().write(true).open(&trial.log).unwrap();
    log.set_len(log.metadata().unwrap().len() - gone as u64).unwrap();
    let new: Vec<String> = (0..100).map(|number| format!("{number} after the power came back")).collect();
    trial.written.extend(new.iter().cloned());
    append(&trial.log, new.join("\n") + "\n");
    trial.stop_and_start();
}

#[test]
fn the_page_of_faults_holds_what_is_counted() {
    let mut table = "| # | what | lines | lost | doubled | torn | said | rsyslog | Fluent Bit | Vector | syslog-ng |\n\
                     |---|---|---|---|---|---|---|---|---|---|---|\n"
        .to_owned();
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/faults.md")).unwrap();
    let mut wrong = Vec::new();
    for fault in FAULTS {
        let mut trial = Trial::of(fault);
        (fault.act)(&mut trial);
        let (written, skipped) = (trial.written.len(), trial.skipped);
        let Count { lost, doubled, torn, said } = trial.count();
        let Fault { row, what, others, .. } = fault;
        let counted =
            format!("| {row} | {what} | {written} | {lost} | {doubled} | {torn} | {said} | {} |\n", others.join(" | "));
        match skipped {
            Some(why) => super::skipped(&format!("{row}, {what}: {why}")),
            None if !page.contains(&counted) => wrong.push(format!("{row}, {what}")),
            None => {}
        }
        table += &counted;
    }
    if std::env::args().any(|argument| argument == "--nocapture") {
        writeln!(std::io::stderr(), "{table}").unwrap();
    }
    assert!(wrong.is_empty(), "docs/faults.md does not hold what is counted of {wrong:#?}\n{table}");
}
