//! Following real files while they are rotated in every way that logs are: each line once, in order.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod faults;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use vigie::base::id::{DrillId, SourceName};
use vigie::base::seal::Key;
use vigie::watch::label;
use vigie::watch::line::{Batch, Position};
use vigie::watch::source::file::{Follower, Settings};
use vigie::watch::source::trouble::{Gravity, Trouble};
use vigie::watch::source::{From, Polled, at_line};

/// Where Debian has it: not on everybody's path.
const LOGROTATE: &str = "/usr/sbin/logrotate";

/// So much later each look is, as the watcher reckons: as much as passes, where another program takes its time.
const LOOK: Duration = Duration::from_millis(20);

/// How many lines each writer writes.
const LINES: usize = 100_000;

/// A small generator of numbers that look random, so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

/// Somebody who follows and commits, and can be stopped and started again.
struct Watcher {
    settings: Settings,
    follower: Follower,
    now: Timestamp,
    positions: BTreeMap<String, String>,
    lines: Vec<String>,
    troubles: Vec<Trouble>,
    /// What keeps it from being read at present.
    lasting: Vec<Trouble>,
}

impl Watcher {
    fn new(pattern: &Path, from: From) -> Self {
        let pattern = pattern.to_str().unwrap().to_owned();
        let settings = Settings { source: SourceName::from("app"), pattern, from, longest: 1024 * 1024 };
        let follower = Follower::new(settings.clone(), Vec::new());
        let now = "2026-11-21T20:00:00Z".parse().unwrap();
        let (positions, lines, troubles, lasting) = Default::default();
        Self { settings, follower, now, positions, lines, troubles, lasting }
    }

    fn commit(&mut self, batch: Batch) {
        assert!(batch.lines.len() <= 2000, "a batch is bounded");
        self.lines.extend(batch.lines.into_iter().map(|line| line.text));
        for position in batch.positions {
            match position.state {
                Some(state) => self.positions.insert(position.file, state),
                None => self.positions.remove(&position.file),
            };
        }
    }

    fn commit_all(&mut self, batches: impl IntoIterator<Item = Batch>) {
        for batch in batches {
            self.commit(batch);
        }
    }

    fn polled(&mut self) -> Polled {
        self.now += SignedDuration::try_from(LOOK).unwrap();
        let now = self.now;
        self.follower.poll(now)
    }

    /// One look.
    fn poll(&mut self) -> bool {
        let polled = self.polled();
        self.commit_all(polled.batches);
        self.troubles.extend(polled.troubles);
        self.lasting = polled.lasting.unwrap_or(std::mem::take(&mut self.lasting));
        polled.more
    }

    /// What keeps it from being read, in English, after so many seconds.
    fn blind_after(&mut self, seconds: i64) -> Vec<String> {
        self.settle();
        self.wait(seconds);
        self.settle();
        self.lasting.iter().map(|trouble| trouble.what.en.clone().unwrap()).collect()
    }

    /// Looks until nothing is left.
    fn settle(&mut self) {
        for _ in 0..1000 {
            if !self.poll() {
                return;
            }
        }
        panic!("there is always more: {:#?}", self.follower);
    }

    /// What was read since this was asked last.
    fn news(&mut self) -> Vec<String> {
        self.settle();
        std::mem::take(&mut self.lines)
    }

    fn wait(&mut self, seconds: i64) {
        self.now += SignedDuration::from_secs(seconds);
    }

    /// Forgets everything that was not committed.
    fn restart(&mut self) {
        let positions = self.positions.iter();
        let positions = positions.map(|(file, state)| Position { file: file.clone(), state: Some(state.clone()) });
        self.follower = Follower::new(self.settings.clone(), positions.collect());
    }

    /// What was said, in French.
    fn said(&mut self) -> Vec<String> {
        let said = |trouble: Trouble| format!("{} {}", trouble.file, trouble.what.fr.unwrap());
        std::mem::take(&mut self.troubles).into_iter().map(said).collect()
    }
}

fn append(path: &Path, text: impl AsRef<[u8]>) {
    OpenOptions::new().create(true).append(true).open(path).unwrap().write_all(text.as_ref()).unwrap();
}

fn numbered(numbers: std::ops::Range<usize>) -> String {
    numbers.map(|number| format!("{number:07} the quick brown fox\n")).collect::<Vec<_>>().concat()
}

/// Fails where a line is missing, torn, repeated or out of place.
fn assert_complete(lines: &[String], expected: usize) {
    let mut seen = vec![0; expected];
    for line in lines {
        seen[line[..7].parse::<usize>().unwrap()] += 1;
    }
    let lost = seen.iter().filter(|&&times| times == 0).count();
    let repeated = seen.iter().filter(|&&times| times > 1).count();
    assert_eq!((lost, repeated), (0, 0), "lines lost and repeated");
    for (number, line) in lines.iter().enumerate() {
        assert_eq!(*line, format!("{number:07} the quick brown fox"), "line {number} of {}", lines.len());
    }
    assert_eq!(lines.len(), expected);
}

/// Moves `app.log.1` to `app.log.2` and so on, as logrotate does.
fn shift(log: &Path) {
    let numbered = |number: usize| PathBuf::from(format!("{}.{number}", log.display()));
    let last = (1..10_000).find(|&number| !numbered(number).exists()).unwrap();
    for number in (1..last).rev() {
        fs::rename(numbered(number), numbered(number + 1)).unwrap();
    }
}

/// A way to rotate: gets the log and how often it was rotated already.
type Rotation = fn(&Path, usize);

fn rename(log: &Path, _: usize) {
    shift(log);
    fs::rename(log, log.with_extension("log.1")).unwrap();
    File::create(log).unwrap();
}

fn copy_and_truncate(log: &Path, _: usize) {
    shift(log);
    fs::copy(log, log.with_extension("log.1")).unwrap();
    File::options().write(true).open(log).unwrap().set_len(0).unwrap();
}

fn link_anew(log: &Path, turn: usize) {
    let target = PathBuf::from(format!("{}.20261121-{turn:06}.77", log.display()));
    File::create(&target).unwrap();
    let link = log.with_extension("link");
    std::os::unix::fs::symlink(&target, &link).unwrap();
    fs::rename(&link, log).unwrap();
}

/// Rotates with the program that Debian rotates with; `words` say how.
fn logrotate(log: &Path, words: &str) {
    let beside = |name: &str| log.with_file_name(name);
    let settings = format!("\"{}\" {{\n  rotate 1000\n  {words}\n}}\n", log.display());
    fs::write(beside("rotate.conf"), settings).unwrap();
    let mut program = Command::new(LOGROTATE);
    let done = program.arg("--force").arg("--state").arg(beside("rotate.state")).arg(beside("rotate.conf")).output();
    let done = done.unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// Writes lines in pieces of any length, which also end in the middle of a line, and rotates now and then.
fn write_and_rotate(log: &Path, rotate: Rotation, seed: u64) {
    let mut dice = Dice(seed);
    let text = numbered(0..LINES);
    let mut written = 0;
    let mut turn = 0;
    while written < text.len() {
        let rotated_at = written + 20_000 + dice.below(200_000);
        while written < text.len() && written < rotated_at {
            let whole_lines = dice.below(4) > 0;
            let mut end = (written + 1 + dice.below(6000)).min(text.len());
            if whole_lines || end >= rotated_at {
                end += text[end..].find('\n').map_or(0, |index| index + 1);
            }
            append(log, &text[written..end]);
            written = end;
        }
        turn += 1;
        rotate(log, turn);
    }
}

/// Follows while somebody writes and rotates. `restarts`: how often in a hundred looks everything not committed is
/// forgotten, after only a part of the batches was committed.
fn follow_while(pattern: &str, rotate: Rotation, restarts: usize, seed: u64) {
    let folder = TempDir::new().unwrap();
    let log = folder.path().join("app.log");
    if std::ptr::fn_addr_eq(rotate, link_anew as Rotation) {
        link_anew(&log, 0);
    } else {
        File::create(&log).unwrap();
    }
    let mut watcher = Watcher::new(&folder.path().join(pattern), From::Start);
    watcher.poll();
    let mut dice = Dice(seed + 1);
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            write_and_rotate(&log, rotate, seed);
            over.store(true, Ordering::Release);
        });
        while !over.load(Ordering::Acquire) {
            if dice.below(100) < restarts {
                let mut batches = watcher.polled().batches;
                batches.truncate(dice.below(batches.len() + 1));
                watcher.commit_all(batches);
                watcher.restart();
            } else {
                watcher.poll();
            }
        }
    });
    watcher.settle();
    assert_complete(&watcher.lines, LINES);
    assert_eq!(watcher.said(), [] as [&str; 0]);
}

#[test]
fn every_line_once_while_files_are_renamed() {
    follow_while("app.log", rename, 0, 1);
}

#[test]
fn every_line_once_while_files_are_renamed_and_the_pattern_matches_them_too() {
    follow_while("app.log*", rename, 0, 2);
}

#[test]
fn every_line_once_while_files_are_copied_and_truncated() {
    follow_while("app.log", copy_and_truncate, 0, 3);
}

#[test]
fn every_line_once_while_files_are_copied_and_truncated_and_the_pattern_matches_copies_too() {
    follow_while("app.log*", copy_and_truncate, 0, 4);
}

#[test]
fn every_line_once_while_a_link_is_set_anew() {
    follow_while("app.log", link_anew, 0, 5);
}

#[test]
fn every_line_once_over_restarts_and_renaming() {
    follow_while("app.log", rename, 20, 6);
    follow_while("app.log*", rename, 20, 7);
}

#[test]
fn every_line_once_over_restarts_and_truncation() {
    follow_while("app.log", copy_and_truncate, 20, 8);
    follow_while("app.log*", copy_and_truncate, 20, 9);
}

#[test]
fn every_line_once_over_restarts_and_links() {
    follow_while("app.log", link_anew, 20, 10);
}

/// Follows while the real logrotate rotates a log of which not all was read, and looks at it while it packs. `crashes`:
/// how often in a hundred rotations everything not committed is forgotten meanwhile.
fn follow_logrotate(words: &str, pattern: &str, crashes: usize, seed: u64) {
    let (_folder, log, mut watcher) = bench(pattern);
    let mut dice = Dice(seed);
    let mut written = 0;
    append(&log, "");
    watcher.poll();
    for _ in 0..15 {
        for _ in 0..=dice.below(3) {
            let next = written + 1 + dice.below(3000);
            append(&log, numbered(written..next));
            written = next;
            for _ in 0..dice.below(3) {
                watcher.poll();
            }
        }
        // What was never looked at and is packed between two looks is found at a start only.
        watcher.poll();
        append(&log, numbered(written..written + 500));
        written += 500;
        let over = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| {
                logrotate(&log, words);
                over.store(true, Ordering::Release);
            });
            while !over.load(Ordering::Acquire) {
                thread::sleep(LOOK);
                watcher.poll();
            }
        });
        if dice.below(100) < crashes {
            let mut batches = watcher.polled().batches;
            batches.truncate(dice.below(batches.len() + 1));
            watcher.commit_all(batches);
            watcher.restart();
        }
        watcher.poll();
    }
    watcher.settle();
    watcher.wait(2);
    watcher.settle();
    watcher.wait(10);
    watcher.settle();
    assert_complete(&watcher.lines, written);
    assert_eq!(watcher.said(), [] as [&str; 0]);
}

/// Row 15 of the faults, by the program itself.
#[test]
fn s15_every_line_once_while_logrotate_rotates_and_packs() {
    if !Path::new(LOGROTATE).exists() {
        writeln!(std::io::stderr(), "skipped: no logrotate on this machine").unwrap();
        return;
    }
    let ways =
        ["create\n  compress", "create\n  compress\n  delaycompress", "copytruncate\n  compress\n  delaycompress"];
    for (words, seed) in ways.into_iter().zip(11..) {
        for pattern in ["app.log", "app.log*"] {
            for crashes in [0, 40] {
                follow_logrotate(words, pattern, crashes, seed);
            }
        }
    }
}

/// A folder with a log in it, followed from its start.
fn bench(pattern: &str) -> (TempDir, PathBuf, Watcher) {
    let folder = TempDir::new().unwrap();
    let log = folder.path().join("app.log");
    let watcher = Watcher::new(&folder.path().join(pattern), From::Start);
    (folder, log, watcher)
}

#[test]
fn reading_is_taken_up_again_at_any_line_of_a_batch_wherever_its_file_is_by_then() {
    let rotations: [Rotation; 3] = [|_, _| {}, rename, copy_and_truncate];
    for rotate in rotations {
        for line in 0..30 {
            let (_folder, log, mut watcher) = bench("app.log");
            append(&log, numbered(0..30));
            let batch = watcher.polled().batches.into_iter().find(|batch| !batch.lines.is_empty()).unwrap();
            let back = at_line(&batch.positions[0], batch.lines[line].offset);
            watcher.commit(batch);
            watcher.positions.insert(back.file, back.state.unwrap());
            watcher.lines.truncate(line);
            rotate(&log, 0);
            append(&log, numbered(30..40));
            watcher.restart();
            watcher.settle();
            assert_complete(&watcher.lines, 40);
        }
    }
}

#[test]
fn s01_a_writer_goes_on_with_the_renamed_file_for_a_while() {
    let (folder, log, mut watcher) = bench("app.log");
    append(&log, "a\n");
    assert_eq!(watcher.news(), ["a"]);
    let mut old = File::options().append(true).open(&log).unwrap();
    fs::rename(&log, folder.path().join("app.log.1")).unwrap();
    append(&log, "new\n");
    old.write_all(b"late 1\n").unwrap();
    assert_eq!(watcher.news(), ["late 1", "new"]);
    watcher.wait(60);
    watcher.settle();
    old.write_all(b"late 2\n").unwrap();
    assert_eq!(watcher.news(), ["late 2"], "even after the file was closed");
}

#[test]
fn s02_numbers_that_shift_under_the_pattern_are_not_new_files() {
    let (_folder, log, mut watcher) = bench("app.log*");
    for turn in 0..5 {
        append(&log, format!("turn {turn}\n"));
        assert_eq!(watcher.news(), [format!("turn {turn}")]);
        rename(&log, turn);
        assert!(watcher.news().is_empty());
    }
}

#[test]
fn s03_the_successor_comes_late() {
    let (folder, log, mut watcher) = bench("app.log");
    append(&log, "a\n");
    assert_eq!(watcher.news(), ["a"]);
    let rotated = folder.path().join("app.log.1");
    fs::rename(&log, &rotated).unwrap();
    for turn in 0..20 {
        append(&rotated, format!("{turn}\n"));
        watcher.wait(1);
        assert_eq!(watcher.news(), [turn.to_string()]);
    }
    append(&log, "new\n");
    assert_eq!(watcher.news(), ["new"]);
    assert!(watcher.said().is_empty(), "no storm of messages");
}

#[test]
fn s04_two_rotations_between_two_looks() {
    for rotate in [rename as Rotation, copy_and_truncate] {
        let (_folder, log, mut watcher) = bench("app.log");
        append(&log, "a\n");
        assert_eq!(watcher.news(), ["a"]);
        for text in ["b\n", "c\n", "d\n"] {
            append(&log, text);
            rotate(&log, 0);
        }
        append(&log, "e\n");
        assert_eq!(watcher.news(), ["b", "c", "d", "e"]);
    }
}

#[test]
fn s05_rotated_files_that_were_there_before_are_not_read() {
    for from in [From::Start, From::End] {
        let (_folder, log, _) = bench("app.log");
        append(&log.with_extension("log.1"), "old\n");
        append(&log, "a\n");
        let mut watcher = Watcher::new(&log, from);
        assert_eq!(watcher.news(), if from == From::Start { &["a"][..] } else { &[] });
        watcher.restart();
        rename(&log, 0);
        append(&log, "b\n");
        assert_eq!(watcher.news(), ["b"]);
    }
}

#[test]
fn s06_rotated_while_stopped() {
    for (rotate, pattern) in [
        (rename as Rotation, "app.log"),
        (rename, "app.log*"),
        (copy_and_truncate, "app.log"),
        (copy_and_truncate, "app.log*"),
    ] {
        let (_folder, log, mut watcher) = bench(pattern);
        append(&log, "a\n");
        assert_eq!(watcher.news(), ["a"]);
        for text in ["b\n", "c\n", "d\n"] {
            append(&log, text);
            rotate(&log, 0);
        }
        append(&log, "e\n");
        watcher.restart();
        assert_eq!(watcher.news(), ["b", "c", "d", "e"], "{pattern}");
        watcher.restart();
        assert!(watcher.news().is_empty());
    }
}

/// Deletes a file and creates others until one has the same inode, which becomes that file; most file systems give it to
/// the first. False where none does.
fn recreate_with_the_same_inode(log: &Path, text: &str) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let inode = fs::metadata(log).unwrap().ino();
    fs::remove_file(log).unwrap();
    let name = |number: usize| log.with_file_name(format!(".again {number}"));
    let found = (0..3000).find(|number| {
        append(&name(*number), text);
        fs::metadata(name(*number)).unwrap().ino() == inode
    });
    match found {
        Some(same) => fs::rename(name(same), log).unwrap(),
        None => append(log, text),
    }
    (0..found.unwrap_or(3000)).for_each(|number| fs::remove_file(name(number)).unwrap());
    found.is_some()
}

#[test]
fn s07_deleted_and_created_with_the_same_inode_while_stopped() {
    let (_folder, log, mut watcher) = bench("app.log");
    append(&log, "a 1\na 2\n");
    assert_eq!(watcher.news().len(), 2);
    if !recreate_with_the_same_inode(&log, "b 1\nb 2\nb 3\n") {
        skipped("this file system does not use inodes again");
        return;
    }
    watcher.restart();
    assert_eq!(watcher.news(), ["b 1", "b 2", "b 3"]);
}

#[test]
fn s08_as_before_with_a_long_header_that_is_the_same() {
    let (_folder, log, mut watcher) = bench("app.log");
    let header = "#Fields: date time s-ip cs-method\n".repeat(60);
    append(&log, format!("{header}a 1\n"));
    assert_eq!(watcher.news().len(), 61);
    recreate_with_the_same_inode(&log, &format!("{header}b 1\nb 2\n"));
    watcher.restart();
    let news = watcher.news();
    assert_eq!((news.len(), &news[60..]), (62, &["b 1".to_owned(), "b 2".to_owned()][..]));
}

#[test]
fn s09_truncated_after_all_was_read() {
    let (_folder, log, mut watcher) = bench("app.log");
    append(&log, "a 1\na 2\n");
    assert_eq!(watcher.news().len(), 2);
    fs::write(&log, "b\n").unwrap();
    assert_eq!(watcher.news(), ["b"]);
    assert!(watcher.said().is_empty());
}

#[test]
fn s10_truncated_and_longer_than_before_at_the_next_look() {
    let (_folder, log, mut watcher) = bench("app.log");
    append(&log, "a 1\n");
    assert_eq!(watcher.news(), ["a 1"]);
    for turn in 2..5 {
        let lines: Vec<String> = (0..turn).map(|number| format!("{turn} {number}")).collect();
        fs::write(&log, lines.join("\n") + "\n").unwrap();
        assert_eq!(watcher.news(), lines);
    }
    fs::write(&log, "x 0\nx 1\nx 2\nx 3\n").unwrap();
    assert_eq!(watcher.news().len(), 4, "and of the very same length");
}

#[test]
fn s11_truncated_before_all_was_read() {
    let (_folder, log, mut watcher) = bench("app.log");
    append(&log, "a\n");
    assert_eq!(watcher.news(), ["a"]);
    watcher.restart();
    append(&log, "b\n");
    let positions = watcher.positions.clone();
    assert_eq!(watcher.news(), ["b"]);
    watcher.positions = positions;
    fs::write(&log, "").unwrap();
    watcher.restart();
    assert!(watcher.news().is_empty());
    assert!(watcher.said().is_empty(), "nobody knows that a line was lost");
}

#[test]
fn s12_a_header_comes_again_after_truncation() {
    let (_folder, log, mut watcher) = bench("app.log");
    append(&log, "#header\na 1\n");
    assert_eq!(watcher.news(), ["#header", "a 1"]);
    fs::write(&log, "#header\nb 1\nb 2\n").unwrap();
    assert_eq!(watcher.news(), ["#header", "b 1", "b 2"]);
}

#[test]
fn s13_a_writer_that_leaves_a_hole_after_truncation() {
    use std::os::unix::fs::FileExt as _;
    let (_folder, log, mut watcher) = bench("app.log");
    append(&log, "a 1\na 2\n");
    assert_eq!(watcher.news().len(), 2);
    let writer = File::options().write(true).open(&log).unwrap();
    writer.set_len(0).unwrap();
    watcher.settle();
    writer.write_at(b"b 1\n", 500_000).unwrap();
    assert_eq!(watcher.news(), ["b 1"]);
}

#[test]
fn s14_a_copy_that_the_pattern_matches_shows_before_the_truncation() {
    let (folder, log, mut watcher) = bench("app.log*");
    append(&log, "a 1\na 2\n");
    assert_eq!(watcher.news().len(), 2);
    append(&log, "a 3\n");
    let copy = folder.path().join("app.log.1");
    fs::write(&copy, "a 1\na").unwrap();
    assert_eq!(watcher.news(), ["a 3"], "the copy is not read while it is made");
    fs::copy(&log, &copy).unwrap();
    append(&log, "a 4\n");
    fs::copy(&log, &copy).unwrap();
    File::options().write(true).open(&log).unwrap().set_len(0).unwrap();
    append(&log, "b 1\n");
    assert_eq!(watcher.news(), ["a 4", "b 1"], "the copy gives what was not read");
    watcher.restart();
    assert!(watcher.news().is_empty());
}

#[test]
fn s14_a_copy_that_gets_lines_of_its_own_is_a_file_of_its_own() {
    let (folder, log, mut watcher) = bench("app.log*");
    append(&log, "a 1\n");
    assert_eq!(watcher.news(), ["a 1"]);
    let copy = folder.path().join("app.log.1");
    fs::copy(&log, &copy).unwrap();
    assert!(watcher.news().is_empty());
    append(&copy, "own\n");
    assert_eq!(watcher.news(), ["own"]);
    append(&log, "a 2\n");
    assert_eq!(watcher.news(), ["a 2"]);
}

#[test]
fn s15_a_rotated_file_that_is_compressed_is_not_read_again() {
    let (folder, log, mut watcher) = bench("app.log*");
    append(&log, "a 1\n");
    assert_eq!(watcher.news(), ["a 1"]);
    append(&log, "a 2\n");
    rename(&log, 0);
    assert_eq!(watcher.news(), ["a 2"], "what was not read of the plain file is");
    fs::write(folder.path().join("app.log.1.gz"), b"\x1f\x8b not lines\n").unwrap();
    fs::remove_file(folder.path().join("app.log.1")).unwrap();
    append(&log, "b\n");
    assert_eq!(watcher.news(), ["b"]);
    assert!(watcher.said().is_empty());
}

#[test]
fn s15_a_file_that_vanished_unread_is_said_to_be_lost() {
    let (_folder, log, mut watcher) = bench("app.log");
    append(&log, numbered(0..5000));
    let batches = watcher.polled().batches;
    watcher.commit_all(batches.into_iter().take(1));
    assert_eq!(watcher.lines.len(), 2000);
    fs::remove_file(&log).unwrap();
    watcher.restart();
    for _ in 0..2 {
        watcher.settle();
        watcher.wait(60);
    }
    watcher.settle();
    let said = watcher.said();
    assert_eq!(said.len(), 1);
    assert!(said[0].ends_with("au moins 84000 octets manquent."), "{said:?}");
    watcher.restart();
    watcher.settle();
    watcher.wait(60);
    watcher.settle();
    assert!(watcher.said().is_empty(), "said once");
}

#[test]
fn s22_half_a_line_is_held() {
    let (_folder, log, mut watcher) = bench("app.log");
    append(&log, "hal");
    assert!(watcher.news().is_empty());
    watcher.wait(3600);
    assert!(watcher.news().is_empty());
    watcher.restart();
    append(&log, "f\nnext");
    assert_eq!(watcher.news(), ["half"]);
    append(&log, "\n");
    assert_eq!(watcher.news(), ["next"]);
}

#[test]
fn s23_half_a_line_that_is_never_finished_is_given_after_rotation() {
    let (_folder, log, mut watcher) = bench("app.log");
    append(&log, "whole\nhalf");
    assert_eq!(watcher.news(), ["whole"]);
    rename(&log, 0);
    append(&log, "new\n");
    assert_eq!(watcher.news(), ["new"]);
    watcher.wait(10);
    assert_eq!(watcher.news(), ["half"]);
    watcher.wait(10);
    watcher.restart();
    assert!(watcher.news().is_empty());
}

#[test]
fn s23_half_a_line_in_a_file_that_is_removed() {
    let (_folder, log, mut watcher) = bench("app.log");
    append(&log, "half");
    assert!(watcher.news().is_empty());
    fs::remove_file(&log).unwrap();
    assert!(watcher.news().is_empty());
    watcher.wait(10);
    assert_eq!(watcher.news(), ["half"]);
}

#[test]
fn s27_a_line_of_ten_megabytes() {
    let (_folder, log, mut watcher) = bench("app.log");
    append(&log, format!("before\n{}", "x".repeat(5_000_000)));
    assert_eq!(watcher.news(), ["before"]);
    append(&log, format!("{}\nafter\n", "x".repeat(5_000_000)));
    let mut lines = Vec::new();
    let mut polled = watcher.polled();
    while lines.len() < 2 {
        lines.extend(polled.batches.into_iter().flat_map(|batch| batch.lines));
        polled = watcher.polled();
    }
    assert_eq!((lines[0].text.len(), lines[0].cut_from, lines[0].offset), (1024 * 1024, Some(10_000_000), 7));
    assert_eq!((lines[1].text.as_str(), lines[1].offset), ("after", 10_000_008));
}

#[test]
fn s27_long_lines_between_others() {
    let (_folder, log, mut watcher) = bench("app.log");
    let (whole, cut) = ("y".repeat(70_000), "z".repeat(3_000_000));
    append(&log, format!("a\n{whole}\r\nb\n{cut}\nc\n"));
    let read = watcher.news();
    assert_eq!([&read[0], &read[2], &read[4]], ["a", "b", "c"]);
    assert_eq!((&read[1], read[3].len(), read.len()), (&whole, 1024 * 1024, 5));
}

#[test]
fn s29_utf16_with_a_mark_byte_by_byte_and_over_a_restart() {
    let (_folder, log, mut watcher) = bench("app.log");
    let text = "2026-11-21 Échec\r\nLogin failed\r\n";
    let bytes = [&b"\xFF\xFE"[..], &text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()].concat();
    let mut lines = Vec::new();
    for byte in bytes {
        append(&log, [byte]);
        lines.extend(watcher.news());
        watcher.restart();
    }
    assert_eq!(lines, ["2026-11-21 Échec", "Login failed"]);
}

#[test]
fn s31_lines_that_are_not_utf8() {
    let (_folder, log, mut watcher) = bench("app.log");
    append(&log, b"\xEF\xBB\xBF{\"a\":1}\n\xe9chec\n\xc3\xa9chec\r\n\n");
    assert_eq!(watcher.news(), ["{\"a\":1}", "échec", "échec", ""]);
}

#[test]
fn s32_line_endings_of_every_kind_and_a_last_line_without_one() {
    let (_folder, log, mut watcher) = bench("app.log");
    // A carriage return alone ends no line: it stays where it is.
    append(&log, "a\r\nb\rc\n\n\r\nd\r\r\ne");
    assert_eq!(watcher.news(), ["a", "b\rc", "", "", "d\r"]);
    watcher.restart();
    assert!(watcher.news().is_empty());
    append(&log, "\r");
    assert!(watcher.news().is_empty());
    append(&log, "\n");
    assert_eq!(watcher.news(), ["e"]);
}

#[test]
fn s37_a_link_that_is_set_anew() {
    let (folder, log, mut watcher) = bench("app.log");
    link_anew(&log, 1);
    append(&log, "a 1\n");
    assert_eq!(watcher.news(), ["a 1"]);
    append(&log, "a 2\n");
    link_anew(&log, 2);
    append(&log, "b 1\n");
    assert_eq!(watcher.news(), ["a 2", "b 1"]);
    append(&folder.path().join("app.log.20261121-000001.77"), "late\n");
    assert_eq!(watcher.news(), ["late"]);
    append(&log, "b 2\n");
    watcher.restart();
    link_anew(&log, 3);
    link_anew(&log, 4);
    append(&folder.path().join("app.log.20261121-000003.77"), "c\n");
    append(&log, "d\n");
    assert_eq!(watcher.news(), ["b 2", "c", "d"]);
}

#[test]
fn s37_a_link_to_links_in_another_folder() {
    let (folder, log, mut watcher) = bench("app.log");
    let deep = folder.path().join("pods");
    fs::create_dir(&deep).unwrap();
    let point = |target: &str| {
        let link = folder.path().join("new");
        std::os::unix::fs::symlink(deep.join(target), &link).unwrap();
        fs::rename(&link, deep.join("current")).unwrap();
    };
    append(&deep.join("0.txt"), "a\n");
    point("0.txt");
    std::os::unix::fs::symlink(deep.join("current"), &log).unwrap();
    assert_eq!(watcher.news(), ["a"]);
    append(&deep.join("1.txt"), "c\n");
    append(&deep.join("0.txt"), "b\n");
    point("1.txt");
    assert_eq!(watcher.news(), ["b", "c"]);
    append(&deep.join("0.txt"), "late\n");
    watcher.restart();
    assert_eq!(watcher.news(), ["late"]);
}

#[test]
fn s38_one_file_with_two_names_is_read_once() {
    let (folder, log, mut watcher) = bench("*.log");
    append(&log, "a\n");
    fs::hard_link(&log, folder.path().join("other.log")).unwrap();
    std::os::unix::fs::symlink(&log, folder.path().join("a link.log")).unwrap();
    assert_eq!(watcher.news(), ["a"]);
    append(&log, "b\n");
    assert_eq!(watcher.news(), ["b"]);
    fs::remove_file(folder.path().join("a link.log")).unwrap();
    assert!(watcher.news().is_empty());
    fs::remove_file(&log).unwrap();
    append(&folder.path().join("other.log"), "c\n");
    assert_eq!(watcher.news(), ["c"]);
}

#[test]
fn s39_files_with_equal_heads_are_several_files() {
    let (folder, _, mut watcher) = bench("*.log");
    let header = "#the same header\n".repeat(120);
    for name in ["a", "b", "c", "d", "e"] {
        append(&folder.path().join(name).with_extension("log"), format!("{header}line of {name}\n"));
    }
    let news = watcher.news();
    assert_eq!((news.len(), news.iter().filter(|line| line.starts_with("line of")).count()), (605, 5));
    append(&folder.path().join("f.log"), format!("{header}line of a\n"));
    assert_eq!(watcher.news().len(), 121);
}

#[test]
fn s40_names_that_are_not_text() {
    use std::os::unix::ffi::OsStrExt as _;
    let (folder, _, mut watcher) = bench("*.log");
    let names = [b"\xe9t\xe9.log".to_vec(), b"a\nb.log".to_vec(), [&[b'x'; 251][..], b".log"].concat()];
    for name in &names {
        append(&folder.path().join(std::ffi::OsStr::from_bytes(name)), "a\n");
    }
    let batches = watcher.polled().batches;
    assert_eq!(batches.iter().flat_map(|batch| &batch.lines).count(), 3);
    let streams: BTreeSet<&str> =
        batches.iter().filter(|it| !it.lines.is_empty()).map(|it| it.stream.as_str()).collect();
    assert_eq!(streams.len(), 3, "each file is a stream of its own: {streams:?}");
    watcher.commit_all(batches);
    watcher.restart();
    watcher.lines.clear();
    append(&folder.path().join(std::ffi::OsStr::from_bytes(&names[0])), "b\n");
    assert_eq!(watcher.news(), ["b"]);
}

#[test]
fn s41_a_file_that_may_not_be_read_yet() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_folder, log, mut watcher) = bench("app.log");
    append(&log, "a\n");
    fs::set_permissions(&log, fs::Permissions::from_mode(0o000)).unwrap();
    if File::open(&log).is_ok() {
        skipped("this account may read everything, so nothing can be denied");
        return;
    }
    assert!(watcher.news().is_empty());
    assert_eq!(watcher.said().len(), 1);
    assert!(watcher.news().is_empty());
    assert!(watcher.said().is_empty(), "said once");
    fs::set_permissions(&log, fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(watcher.news(), ["a"]);
}

#[test]
fn s42_what_is_not_a_file_is_left_alone() {
    let (folder, log, mut watcher) = bench("*");
    fs::create_dir(folder.path().join("directory")).unwrap();
    let fifo = folder.path().join("fifo");
    rustix::fs::mknodat(rustix::fs::CWD, &fifo, rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("socket")).unwrap();
    append(&log, "a\n");
    assert_eq!(watcher.news(), ["a"]);
    let said = watcher.said();
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(said[0].contains("directory Ce n’est pas un fichier ordinaire"));
    watcher.news();
    assert!(watcher.said().is_empty(), "said once");
    fs::remove_file(&fifo).unwrap();
    append(&fifo, "b\n");
    assert_eq!(watcher.news(), ["b"]);
}

#[test]
fn s43_a_file_that_does_not_exist_yet() {
    let (folder, log, mut watcher) = bench("later/app.log");
    assert!(watcher.news().is_empty());
    let said = std::mem::take(&mut watcher.troubles);
    assert_eq!((said.len(), said[0].gravity), (1, Gravity::Notice));
    fs::create_dir(folder.path().join("later")).unwrap();
    append(&folder.path().join("later/app.log"), "a\n");
    assert_eq!(watcher.news(), ["a"]);
    assert!(watcher.said().is_empty());
    assert!(!log.exists());
}

#[test]
fn s44_the_clock_jumps() {
    let (_folder, log, mut watcher) = bench("app.log");
    for (turn, jump) in [0, -3600, 86_400, -100_000].into_iter().enumerate() {
        watcher.wait(jump);
        append(&log, format!("{turn}\n"));
        assert_eq!(watcher.news(), [turn.to_string()]);
        rename(&log, turn);
    }
}

#[test]
fn s46_rotations_while_nobody_takes_the_lines() {
    let (_folder, log, mut watcher) = bench("app.log");
    append(&log, numbered(0..10));
    watcher.settle();
    for turn in 0..5 {
        append(&log, numbered(10 + turn * 20_000..10 + (turn + 1) * 20_000));
        rename(&log, turn);
    }
    let polled = watcher.polled();
    assert!(polled.more && polled.batches.len() <= 17, "one look takes a bounded amount");
    watcher.commit_all(polled.batches);
    watcher.settle();
    assert_complete(&watcher.lines, 100_010);
}

#[test]
fn s49_more_files_than_may_stay_open() {
    let (folder, _, mut watcher) = bench("*.log");
    let name = |number: usize| folder.path().join(format!("{number:03}.log"));
    let open = || {
        fs::read_dir("/proc/self/fd")
            .unwrap()
            .filter(|entry| {
                let target = fs::read_link(entry.as_ref().unwrap().path()).unwrap_or_default();
                target.starts_with(folder.path())
            })
            .count()
    };
    for number in 0..300 {
        append(&name(number), "a\n");
    }
    assert_eq!(watcher.news().len(), 300);
    assert!(open() <= 64, "{} files are open", open());
    for number in 0..300 {
        append(&name(number), "b\n");
    }
    assert_eq!(watcher.news().len(), 300);
    let reused = recreate_with_the_same_inode(&name(0), "c 1\nc 2\n");
    assert_eq!(watcher.news(), ["c 1", "c 2"], "same inode: {reused}");
    watcher.restart();
    assert!(watcher.news().is_empty());
    assert!(open() <= 64, "{} files are open", open());
}

#[test]
fn s50_a_log_that_an_editor_saved_is_not_read_again() {
    let (folder, log, mut watcher) = bench("app.log");
    append(&log, numbered(0..50));
    assert_eq!(watcher.news().len(), 50);
    let saved = folder.path().join(".app.log.swp");
    fs::write(&saved, numbered(0..52)).unwrap();
    fs::rename(&saved, &log).unwrap();
    assert_eq!(watcher.news().len(), 2);
}

#[test]
fn s51_from_the_end_only_at_the_very_first_start() {
    let (folder, log, _) = bench("*.log");
    append(&log, "old\nhal");
    let mut watcher = Watcher::new(&folder.path().join("*.log"), From::End);
    assert!(watcher.news().is_empty());
    append(&log, "f\n");
    assert_eq!(watcher.news(), ["half"], "a line half written at the start is read whole");
    append(&folder.path().join("later.log"), "a\n");
    assert_eq!(watcher.news(), ["a"]);
    watcher.restart();
    append(&folder.path().join("much later.log"), "b\n");
    assert_eq!(watcher.news(), ["b"]);
}

#[test]
fn s52_first_start_without_a_file_is_a_start_all_the_same() {
    let (_folder, log, _) = bench("app.log");
    let mut watcher = Watcher::new(&log, From::End);
    watcher.settle();
    watcher.restart();
    append(&log, "a\n");
    assert_eq!(watcher.news(), ["a"]);
}

#[test]
fn s53_another_pattern_is_another_first_start() {
    let (folder, log, _) = bench("app.log");
    let other = folder.path().join("other.log");
    append(&log, "a\n");
    append(&other, "b\n");
    let mut watcher = Watcher::new(&log, From::End);
    watcher.settle();
    append(&log, "not wanted any more\n");
    watcher.settings.pattern = other.to_str().unwrap().to_owned();
    watcher.restart();
    assert!(watcher.news().is_empty());
    append(&log, "not wanted any more\n");
    append(&other, "c\n");
    assert_eq!(watcher.news(), ["c"]);
}

#[test]
fn s54_positions_that_cannot_be_understood_are_said_to_be() {
    let (_folder, log, mut watcher) = bench("app.log");
    append(&log, "a\n");
    assert_eq!(watcher.news(), ["a"]);
    for state in watcher.positions.values_mut().filter(|state| state.contains("offset")) {
        *state = "\0\0\0".to_owned();
    }
    watcher.restart();
    assert_eq!(watcher.news(), ["a"], "read again rather than passed over");
    assert_eq!(watcher.said().len(), 1);
    watcher.restart();
    assert!(watcher.news().is_empty());
    assert!(watcher.said().is_empty());
}

#[test]
fn s55_a_pattern_that_is_none() {
    let (_folder, _, mut watcher) = bench("[app.log");
    assert!(watcher.news().is_empty());
    assert!(watcher.said()[0].contains("Ce motif de fichiers est incorrect"));
}

#[test]
fn s56_patterns_look_into_folders() {
    let (folder, _, mut watcher) = bench("**/app-*/x[0-9].log");
    for (path, text) in
        [("app-1/x1.log", "a\n"), ("deep/er/app-2/x2.log", "b\n"), ("app-3/y1.log", "no\n"), ("other/x1.log", "no\n")]
    {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        append(&path, text);
    }
    let mut news = watcher.news();
    news.sort();
    assert_eq!(news, ["a", "b"]);
}

#[test]
fn s57_hints_read_without_looking_around() {
    let (folder, log, mut watcher) = bench("*.log");
    append(&log, "a\n");
    assert_eq!(watcher.news(), ["a"]);
    append(&log, "b\n");
    append(&folder.path().join("other.log"), "c\n");
    let now = watcher.now;
    let polled = watcher.follower.glance(now, &[log.clone()].into());
    watcher.commit_all(polled.batches);
    assert_eq!(watcher.lines, ["b"], "only what the hint names");
    let polled = watcher.follower.glance(now, &[folder.path().join("other.log")].into());
    watcher.commit_all(polled.batches);
    assert_eq!(watcher.lines, ["b"], "what is not known is left to the next look around");
    fs::write(&log, "anew and longer\n").unwrap();
    let polled = watcher.follower.glance(now, &[log].into());
    watcher.commit_all(polled.batches);
    watcher.lines.sort();
    assert_eq!(watcher.lines, ["anew and longer", "b", "c"], "what is not what it was makes it look around");
}

#[test]
fn s58_a_batch_knows_its_file_and_its_offsets() {
    let (_folder, log, mut watcher) = bench("app.log");
    append(&log, "Zoé\r\ntwo\n");
    let batches = watcher.polled().batches;
    let batch = batches.iter().find(|batch| !batch.lines.is_empty()).unwrap();
    assert_eq!((batch.stream.as_str(), batch.source.as_str()), (log.to_str().unwrap(), "app"));
    assert_eq!(batch.lines.iter().map(|line| line.offset).collect::<Vec<_>>(), [0, 6]);
    assert_eq!(batch.arrived, watcher.now);
    assert!(
        batch.positions.iter().all(|position| !position.state.as_ref().unwrap().contains("Zoé")),
        "no text is kept"
    );
}

/// Says that a test looked at nothing. Past the test runner, which keeps to itself what a passing test prints.
fn skipped(why: &str) {
    use std::io::Write as _;
    writeln!(std::io::stderr(), "skipped: {why}").expect("standard error can be written");
}

/// A program that keeps a place of its own in its log, as log4cplus and systemd's `file:` do.
struct Overwriter {
    file: File,
    at: u64,
}

impl Overwriter {
    fn new(path: &Path) -> Self {
        Self { file: OpenOptions::new().create(true).truncate(false).write(true).open(path).unwrap(), at: 0 }
    }

    fn write(&mut self, line: &str) {
        let bytes = format!("{line}\n");
        self.file.write_all_at(bytes.as_bytes(), self.at).unwrap();
        self.at += bytes.len() as u64;
    }
}

fn injected(number: usize, length: usize) -> String {
    let line = format!("attack {number} {}", "x".repeat(length));
    label::mark(&line, DrillId(1), number as u64, &Key::from_bytes([7; 32]))
}

#[test]
fn s61_a_program_that_writes_over_lines_of_an_exercise_is_read_and_the_exercise_only_once() {
    for seed in 0..60 {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("app.log");
        let (mut dice, mut program) = (Dice(seed), Overwriter::new(&path));
        let mut watcher = Watcher::new(&path, From::Start);
        let mut genuine = Vec::new();
        let mut write = |program: &mut Overwriter, length: usize| {
            let line = format!("genuine {} {}", genuine.len(), "y".repeat(length));
            program.write(&line);
            genuine.push(line);
        };
        for _ in 0..dice.below(4) {
            write(&mut program, dice.below(600));
        }
        watcher.settle();
        let lines: Vec<String> = (0..=dice.below(5)).map(|number| injected(number, dice.below(400))).collect();
        append(&path, lines.iter().map(|line| format!("{line}\n")).collect::<Vec<_>>().concat());
        watcher.settle();
        // It writes on, into the exercise's lines and beyond them, and is looked at now and then.
        for turn in 0..24 {
            write(&mut program, dice.below(250));
            if turn % (1 + dice.below(4)) == 0 {
                watcher.settle();
            }
        }
        watcher.settle();
        let (drill, real): (Vec<String>, Vec<String>) =
            std::mem::take(&mut watcher.lines).into_iter().partition(|line| line.contains("#EXERCICE:"));
        assert_eq!(real, genuine, "seed {seed}");
        assert_eq!(drill, lines, "seed {seed}: each line of the exercise once, and nothing that is left of one");
        let said = watcher.said();
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].contains("par-dessus des lignes d’exercice"), "{said:?}");
    }
}

#[test]
fn s62_a_log_with_lines_of_an_exercise_is_truncated_and_rotated_as_any_other() {
    for rotate in [rename as Rotation, copy_and_truncate] {
        let (_folder, path, mut watcher) = bench("app.log");
        append(&path, numbered(0..5));
        append(&path, format!("{}\n{}\n", injected(1, 10), injected(2, 10)));
        watcher.settle();
        append(&path, numbered(5..10));
        watcher.settle();
        rotate(&path, 0);
        append(&path, numbered(10..15));
        let lines = watcher.news();
        let real: Vec<String> = lines.iter().filter(|line| !line.contains("#EXERCICE:")).cloned().collect();
        assert_complete(&real, 15);
        assert_eq!(lines.len(), 17);
        assert_eq!(watcher.said(), [] as [String; 0]);
    }
}

const GONE: &str = "This file was there, and is not any more: nothing in it is watched.";
const MISSING: &str = "This file does not exist yet.";

#[test]
fn a_log_or_a_folder_that_was_deleted_is_gone_until_it_comes_again() {
    for pattern in ["logs/app.log", "logs/*.log"] {
        for whole_folder in [false, true] {
            let folder = tempfile::tempdir().unwrap();
            let (logs, log) = (folder.path().join("logs"), folder.path().join("logs/app.log"));
            fs::create_dir(&logs).unwrap();
            append(&log, "1\n");
            let mut watcher = Watcher::new(&folder.path().join(pattern), From::Start);
            assert_eq!(watcher.news(), ["1"]);
            assert_eq!(watcher.blind_after(0), [""; 0]);
            if whole_folder {
                fs::remove_dir_all(&logs).unwrap();
            } else {
                fs::remove_file(&log).unwrap();
            }
            assert_eq!(watcher.blind_after(20), [GONE], "{pattern}");
            // Weeks later its file is forgotten, and it is as gone as before.
            assert_eq!(watcher.blind_after(8 * 24 * 3600), [GONE], "{pattern}");
            watcher.restart();
            fs::create_dir_all(&logs).unwrap();
            append(&log, "2\n");
            watcher.lasting.clear();
            assert_eq!(watcher.blind_after(0), [""; 0]);
        }
    }
}

#[test]
fn a_log_that_is_gone_at_a_restart_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("app.log");
    append(&log, "1\n");
    let mut watcher = Watcher::new(&log, From::Start);
    watcher.settle();
    fs::remove_file(&log).unwrap();
    watcher.restart();
    assert_eq!(watcher.blind_after(20), [GONE]);
    watcher.settle();
    watcher.restart();
    watcher.lasting.clear();
    assert_eq!(watcher.blind_after(0), [GONE], "also where that was known");
}

#[test]
fn a_log_that_was_rotated_and_is_not_written_yet_is_not_gone() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("app.log");
    append(&log, "1\n");
    let mut watcher = Watcher::new(&log, From::Start);
    watcher.settle();
    fs::rename(&log, folder.path().join("app.log.1")).unwrap();
    assert_eq!(watcher.blind_after(3600), [""; 0]);
    // Compressed: nothing of it is left under a name that is looked at.
    fs::rename(folder.path().join("app.log.1"), folder.path().join("app.log.1.gz")).unwrap();
    assert_eq!(watcher.blind_after(3600), [""; 0]);
}

#[test]
fn what_was_never_there_or_is_no_file_is_said_as_long_as_it_lasts() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("app.log");
    let mut watcher = Watcher::new(&log, From::End);
    assert_eq!(watcher.blind_after(3600), [MISSING]);
    fs::create_dir(&log).unwrap();
    assert!(matches!(&watcher.blind_after(0)[..], [one] if one.contains("not a regular file")));
    fs::remove_dir(&log).unwrap();
    append(&log, "1\n");
    assert_eq!(watcher.blind_after(0), [""; 0]);
    // Beside a file that is read, a folder that the pattern also names is as it should be.
    fs::create_dir(folder.path().join("b.log")).unwrap();
    let mut watcher = Watcher::new(&folder.path().join("*.log"), From::End);
    assert_eq!(watcher.blind_after(0), [""; 0]);
}

fn gzip(path: &Path) {
    assert!(std::process::Command::new("gzip").arg(path).status().unwrap().success());
}

/// Lines that fill more than what a file is known by.
fn long(name: &str, numbers: std::ops::Range<usize>) -> Vec<String> {
    numbers.map(|number| format!("{name} {number} {}", "x".repeat(40))).collect()
}

fn write_lines(path: &Path, lines: &[String]) {
    append(path, lines.join("\n") + "\n");
}

#[test]
fn i10_what_was_read_before_a_truncation_is_not_missing() {
    for turns in [1, 3] {
        let (_folder, log, mut watcher) = bench("app.log");
        for turn in 0..turns {
            let lines = long(&format!("a{turn}"), 0..40 * (turn + 1));
            fs::write(&log, lines.join("\n") + "\n").unwrap();
            assert_eq!(watcher.news(), lines);
        }
        assert!(watcher.said().is_empty());
        recreate_with_the_same_inode(&log, &(long("b", 0..500).join("\n") + "\n"));
        assert_eq!(watcher.news().len(), 500);
        assert!(watcher.said().is_empty());
        watcher.restart();
        fs::write(&log, long("c", 0..900).join("\n") + "\n").unwrap();
        assert_eq!(watcher.news().len(), 900);
        assert!(watcher.said().is_empty());
    }
}

#[test]
fn i10_what_was_seen_and_not_read_before_a_truncation_is_missing_to_the_byte() {
    let (_folder, log, mut watcher) = bench("app.log");
    append(&log, "a\n");
    assert_eq!(watcher.news(), ["a"]);
    let lines = long("b", 0..40_000);
    write_lines(&log, &lines);
    watcher.poll();
    let read: usize = watcher.lines.iter().map(|line| line.len() + 1).sum();
    let size = usize::try_from(fs::metadata(&log).unwrap().len()).unwrap();
    assert!(read < size - 2, "not all is read in one look");
    fs::write(&log, long("c", 0..90_000).join("\n") + "\n").unwrap();
    watcher.lines.clear();
    assert_eq!(watcher.news().len(), 90_000);
    let said = watcher.said();
    assert!(said.len() == 1 && said[0].contains(&format!("{} octets", size - 2 - read)), "{said:?}");
}

#[test]
fn i9_a_log_that_was_packed_while_vigie_was_stopped_is_read_from_where_it_was() {
    for (name, pattern) in [
        ("app.log.1", "app.log"),
        ("app.log-20261121", "app*.log*"),
        ("app.log", "app.log"),
        ("old/app.log.1", "app.log"),
    ] {
        let (folder, log, mut watcher) = bench(pattern);
        let log = log.with_file_name("app.log");
        write_lines(&log, &long("a", 0..50));
        assert_eq!(watcher.news().len(), 50);
        write_lines(&log, &long("b", 0..200));
        let rotated = folder.path().join(name);
        fs::create_dir_all(rotated.parent().unwrap()).unwrap();
        if rotated != log {
            fs::rename(&log, &rotated).unwrap();
        }
        gzip(&rotated);
        write_lines(&log, &long("c", 0..10));
        watcher.restart();
        assert_eq!(watcher.news(), [long("b", 0..200), long("c", 0..10)].concat(), "{name}");
        watcher.wait(20);
        watcher.restart();
        assert!(watcher.news().is_empty() && watcher.said().is_empty(), "{name}");
        write_lines(&log, &long("d", 0..3));
        assert_eq!(watcher.news().len(), 3);
    }
}

#[test]
fn i9_days_of_packed_logs_are_read_in_their_order_and_over_a_crash_in_the_middle() {
    let (folder, log, mut watcher) = bench("app.log");
    write_lines(&log, &long("a", 0..50));
    assert_eq!(watcher.news().len(), 50);
    rename(&log, 0);
    write_lines(&log, &long("b", 0..50));
    assert_eq!(watcher.news().len(), 50);
    let mut wanted = Vec::new();
    gzip(&folder.path().join("app.log.1"));
    for (day, name) in ["b2", "c", "d"].into_iter().enumerate() {
        let lines = long(name, 0..35_000);
        write_lines(&log, &lines);
        wanted.extend(lines);
        let rotated = folder.path().join(format!("app.log-2026112{day}"));
        fs::rename(&log, &rotated).unwrap();
        thread::sleep(std::time::Duration::from_millis(20));
        gzip(&rotated);
    }
    write_lines(&log, &long("e", 0..10));
    wanted.extend(long("e", 0..10));
    watcher.restart();
    while watcher.lines.len() <= 20_000 {
        watcher.poll();
    }
    assert!(watcher.lines.len() > 20_000 && watcher.lines.len() < 100_000, "{}", watcher.lines.len());
    watcher.restart();
    let news = watcher.news();
    assert_eq!((news.len(), &news[news.len() - 10..]), (wanted.len(), &wanted[wanted.len() - 10..]));
    assert!(news == wanted, "each line once and in order");
    assert!(watcher.said().is_empty());
}

/// Has 50 lines read, then rotates the log with 20,000 more, of whose archive only the first half is there: where it is, and
/// all of it.
fn half_packed(folder: &Path, log: &Path, watcher: &mut Watcher) -> (PathBuf, Vec<u8>) {
    write_lines(log, &long("a", 0..50));
    assert_eq!(watcher.news().len(), 50);
    write_lines(log, &long("b", 0..20_000));
    let rotated = folder.join("app.log.1");
    fs::rename(log, &rotated).unwrap();
    gzip(&rotated);
    let packed = rotated.with_extension("1.gz");
    let whole = fs::read(&packed).unwrap();
    fs::write(&packed, &whole[..whole.len() / 2]).unwrap();
    (packed, whole)
}

#[test]
fn i9_an_archive_that_is_still_written_or_damaged_gives_what_is_whole() {
    let (folder, log, mut watcher) = bench("app.log");
    let (packed, whole) = half_packed(folder.path(), &log, &mut watcher);
    watcher.restart();
    let first = watcher.news();
    assert!(!first.is_empty() && first.len() < 20_000, "{}", first.len());
    append(&packed, &whole[whole.len() / 2..]);
    watcher.wait(1);
    assert!([first, watcher.news()].concat() == long("b", 0..20_000));
    watcher.wait(10);
    assert!(watcher.news().is_empty() && watcher.said().is_empty(), "it is whole by now");
}

#[test]
fn i9_an_archive_that_stays_damaged_is_said_to_be_once() {
    let (folder, log, mut watcher) = bench("app.log");
    half_packed(folder.path(), &log, &mut watcher);
    write_lines(&log, &long("c", 0..1));
    watcher.restart();
    let lines = watcher.news();
    assert!(lines.len() > 1 && lines.len() < 20_000, "{}", lines.len());
    for once in [1, 0] {
        watcher.wait(10);
        assert!(watcher.news().len() <= once, "what is there of a last line");
        let said = watcher.said();
        assert_eq!(said.iter().filter(|said| said.contains("abîmé ou incomplet")).count(), once, "{said:?}");
    }
}

/// So little was read of a log that the one before it begins alike.
#[test]
fn i9_a_log_of_which_half_a_line_was_read_is_not_taken_for_one_that_begins_alike() {
    let (folder, log, mut watcher) = bench("app.log");
    write_lines(&log, &long("same", 0..50));
    assert_eq!(watcher.news().len(), 50);
    let rotated = ["app.log-20261121", "app.log-20261122"].map(|name| folder.path().join(name));
    fs::rename(&log, &rotated[0]).unwrap();
    let second = long("same", 50..100);
    let text = second.join("\n") + "\n";
    let (half, rest) = text.split_at(4);
    append(&log, half);
    assert!(watcher.news().is_empty());
    append(&log, rest);
    fs::rename(&log, &rotated[1]).unwrap();
    let written = fs::metadata(&rotated[1]).unwrap().modified().unwrap();
    for (hours, file) in (1..).zip(&rotated) {
        let later = written + std::time::Duration::from_hours(hours);
        File::options().write(true).open(file).unwrap().set_modified(later).unwrap();
        gzip(file);
    }
    write_lines(&log, &long("c", 0..10));
    watcher.restart();
    assert_eq!(watcher.news(), [second, long("c", 0..10)].concat());
    watcher.wait(20);
    watcher.restart();
    assert!(watcher.news().is_empty() && watcher.said().is_empty());
}

#[test]
fn i9_a_log_that_was_copied_emptied_and_packed_while_vigie_was_stopped_is_read_on() {
    for turns in [1, 3] {
        let (folder, log, mut watcher) = bench("app.log");
        write_lines(&log, &long("a", 0..50));
        assert_eq!(watcher.news().len(), 50);
        let mut wanted = Vec::new();
        for turn in 0..turns {
            let lines = long(&format!("b{turn}"), 0..200);
            write_lines(&log, &lines);
            wanted.extend(lines);
            let copy = folder.path().join(format!("app.log-2026112{turn}"));
            fs::copy(&log, &copy).unwrap();
            File::options().write(true).open(&log).unwrap().set_len(0).unwrap();
            thread::sleep(std::time::Duration::from_millis(20));
            gzip(&copy);
        }
        write_lines(&log, &long("c", 0..300));
        wanted.extend(long("c", 0..300));
        // It goes on for an hour after the last of them.
        let written = fs::metadata(&log).unwrap().modified().unwrap();
        let later = written + std::time::Duration::from_hours(1);
        File::options().write(true).open(&log).unwrap().set_modified(later).unwrap();
        watcher.restart();
        assert!(watcher.news() == wanted, "{turns}");
        watcher.wait(10);
        watcher.restart();
        assert!(watcher.news().is_empty() && watcher.said().is_empty());
    }
}

/// Has vigie stopped while one or two logs come and go unseen, packed at once, between others that are not.
#[test]
fn i9_a_log_that_came_and_was_packed_while_vigie_was_stopped_is_read_in_its_place() {
    for (before, unseen) in [("plain", 1), ("plain", 2), ("packed while vigie ran", 1), ("blank", 1), ("blank", 2)] {
        let (folder, log, mut watcher) = bench("app.log");
        let mut wanted = Vec::new();
        write_lines(&log, &long("a", 0..50));
        assert_eq!(watcher.news().len(), 50);
        fs::rename(&log, folder.path().join("app.log-20261121")).unwrap();
        match before {
            "plain" => {
                write_lines(&folder.path().join("app.log-20261121"), &long("late", 0..20));
                wanted.extend(long("late", 0..20));
            }
            "blank" => append(&log, ""),
            _ => gzip(&folder.path().join("app.log-20261121")),
        }
        if before != "plain" {
            watcher.news();
            watcher.wait(60);
            watcher.news();
        }
        for day in 0..unseen {
            let lines = long(&format!("b{day}"), 0..200);
            write_lines(&log, &lines);
            wanted.extend(lines);
            let rotated = folder.path().join(format!("app.log-2026112{}", day + 2));
            if before == "blank" {
                fs::copy(&log, &rotated).unwrap();
                File::options().write(true).open(&log).unwrap().set_len(0).unwrap();
            } else {
                fs::rename(&log, &rotated).unwrap();
            }
            thread::sleep(std::time::Duration::from_millis(20));
            gzip(&rotated);
        }
        write_lines(&log, &long("c", 0..300));
        wanted.extend(long("c", 0..300));
        watcher.restart();
        let news = watcher.news();
        assert!(news == wanted, "{before}, {unseen}: {} lines of {}", news.len(), wanted.len());
        for _ in 0..2 {
            watcher.wait(10);
            watcher.restart();
            assert!(watcher.news().is_empty() && watcher.said().is_empty(), "{before}, {unseen}");
        }
    }
}

#[test]
fn i9_what_is_looked_for_is_looked_for_after_another_crash() {
    let (folder, log, mut watcher) = bench("app.log");
    write_lines(&log, &long("a", 0..50));
    assert_eq!(watcher.news().len(), 50);
    write_lines(&log, &long("b", 0..200));
    let (rotated, elsewhere) = (folder.path().join("app.log-20261121"), TempDir::new().unwrap());
    fs::rename(&log, &rotated).unwrap();
    gzip(&rotated);
    let (packed, hidden) = (rotated.with_extension("log-20261121.gz"), elsewhere.path().join("a.gz"));
    fs::copy(&packed, &hidden).unwrap();
    let modified = fs::metadata(&packed).unwrap().modified().unwrap();
    fs::remove_file(&packed).unwrap();
    write_lines(&log, &long("c", 0..10));
    watcher.restart();
    assert_eq!(watcher.news(), long("c", 0..10));
    watcher.restart();
    fs::copy(&hidden, &packed).unwrap();
    File::options().write(true).open(&packed).unwrap().set_modified(modified).unwrap();
    assert_eq!(watcher.news(), long("b", 0..200));
    assert!(watcher.said().is_empty());
}

#[test]
fn i9_a_log_that_got_another_name_or_folder_while_vigie_was_stopped_is_read_on() {
    for name in ["saved by bob", "old/app.log", "app.log.incident-42.txt"] {
        let (folder, log, mut watcher) = bench("app.log");
        write_lines(&log, &long("a", 0..50));
        assert_eq!(watcher.news().len(), 50);
        write_lines(&log, &long("b", 0..20));
        let moved = folder.path().join(name);
        fs::create_dir_all(moved.parent().unwrap()).unwrap();
        fs::rename(&log, &moved).unwrap();
        write_lines(&log, &long("c", 0..10));
        watcher.restart();
        assert_eq!(watcher.news(), [long("b", 0..20), long("c", 0..10)].concat(), "{name}");
        assert!(watcher.said().is_empty());
    }
}

#[test]
fn i9_what_vanished_while_vigie_was_stopped_is_said_once_and_up_to_which_byte_it_was_read() {
    let (folder, log, mut watcher) = bench("logs/app.log");
    let log = log.with_file_name("logs/app.log");
    fs::create_dir(folder.path().join("logs")).unwrap();
    let lines = long("a", 0..50);
    write_lines(&log, &lines);
    assert_eq!(watcher.news().len(), 50);
    let size = fs::metadata(&log).unwrap().len();
    write_lines(&log, &long("b", 0..20));
    fs::rename(folder.path().join("logs"), folder.path().join("logs.gone")).unwrap();
    watcher.restart();
    watcher.blind_after(6);
    let said = watcher.said();
    assert!(said.iter().filter(|said| said.contains(&format!("jusqu’à l’octet {size}"))).count() == 1, "{said:?}");
    watcher.restart();
    watcher.blind_after(6);
    assert!(!watcher.said().iter().any(|said| said.contains("octet")), "said once");
    fs::create_dir(folder.path().join("logs")).unwrap();
    write_lines(&log, &long("c", 0..4));
    assert_eq!(watcher.news().len(), 4);
}

#[test]
fn i11_a_log_that_lost_its_end_is_read_again_from_the_next_place_below() {
    for (read, left) in [(40_000, 30_000), (40_000, 39_999), (5_000, 2_000), (3_000, 10)] {
        let (_folder, log, mut watcher) = bench("app.log");
        let lines = long("a", 0..read);
        for piece in lines.chunks(1000) {
            write_lines(&log, piece);
            watcher.settle();
        }
        assert_eq!(watcher.news().len(), read);
        let durable: usize = lines[..left].iter().map(|line| line.len() + 1).sum();
        File::options().write(true).open(&log).unwrap().set_len(durable as u64).unwrap();
        let new = long("after the power came back", 0..100);
        for late in [false, true] {
            if !late {
                write_lines(&log, &new);
            }
            let positions = watcher.positions.clone();
            watcher.restart();
            let news = watcher.news();
            let (again, tail) = news.split_at(news.len() - 100);
            assert!(tail == new && lines[..left].ends_with(again), "{read} {left}: {}", news.len());
            assert!(again.len() <= read - left + 1200, "{read} {left}: {} lines doubled", again.len());
            let said = watcher.said();
            // Of a file that lost nearly everything nothing is left to know it by.
            assert!(left < 100 || (said.len() == 1 && said[0].contains("coupure de courant")), "{said:?}");
            if !late {
                watcher.positions = positions;
            }
        }
    }
}

/// What docs/faults.md says of a row is proved by a test of that name, and no fault that is tried here is left out of it.
#[test]
fn each_row_of_the_page_of_faults_names_tests_that_are_there() {
    fn sources(folder: &Path, all: &mut String) {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            if entry.path().is_dir() {
                sources(&entry.path(), all);
            } else if entry.path().extension().is_some_and(|end| end == "rs") {
                all.push_str(&fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/faults.md")).unwrap();
    let mut all = String::new();
    for folder in ["src/watch/source", "tests"] {
        sources(&root.join(folder), &mut all);
    }
    let (_, tables) = page.split_once("## While vigie runs").unwrap();
    for row in tables.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| # ")) {
        let proofs = row.trim_end_matches(" |").rsplit("| ").next().unwrap();
        assert!(proofs.starts_with('`'), "{row}");
        for name in proofs.split(", ").map(|name| name.trim_matches('`')) {
            assert!(all.contains(&format!("fn {name}(")), "no test is called {name}");
        }
    }
    let here = include_str!("main.rs");
    let tried = here.lines().filter_map(|line| line.strip_prefix("fn ")?.split_once('(')).map(|(name, _)| name);
    let of_a_fault = |name: &&str| name.starts_with("i9_") || name.starts_with("i10_") || name.starts_with("s0");
    for name in tried.filter(of_a_fault).filter(|name| !name.starts_with("s05")) {
        assert!(tables.contains(&format!("`{name}`")), "docs/faults.md does not speak of {name}");
    }
}
