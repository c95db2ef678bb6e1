//! What rests in a spool: until when, for whom, and how much of it.

use std::os::unix::fs::PermissionsExt as _;

use jiff::Timestamp;

use super::*;
use crate::base::seal::Key;
use crate::watch::line::Line;

const MOST: u64 = 8 * 1024 * 1024;

struct Trial {
    folder: tempfile::TempDir,
    source: SourceName,
}

impl Trial {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), source: SourceName("s".to_owned()) }
    }

    fn room(&self) -> Room {
        Room { folder: self.folder.path().join("received/s"), key: Key::from_bytes([7; 32]) }
    }

    fn open(&self, positions: &[Position]) -> Spool {
        Spool::open(self.room(), MOST, positions).unwrap()
    }

    fn batch(&self, spool: &mut Spool, stream: &str, texts: &[&str]) -> Batch {
        let lines = (spool.number(texts.len())..).zip(texts);
        Batch {
            source: self.source.clone(),
            stream: stream.to_owned(),
            arrived: Timestamp::UNIX_EPOCH,
            lines: lines.map(|(offset, text)| Line { text: (*text).to_owned(), offset, cut_from: None }).collect(),
            positions: Vec::new(),
            ended: Vec::new(),
            since: None,
        }
    }

    /// Puts lines in; the position behind them.
    fn put(&self, spool: &mut Spool, stream: &str, texts: &[&str]) -> Position {
        let batch = self.batch(spool, stream, texts);
        spool.put(&batch).unwrap();
        position(stream, batch.lines.last().unwrap().offset + 1)
    }

    /// The texts that are there after a start, and how many bytes are none.
    fn left(&self, positions: &[Position]) -> (Vec<String>, u64) {
        let mut spool = self.open(positions);
        let (mut texts, mut unreadable) = (Vec::new(), 0);
        while let Some(left) = spool.take_left(&self.source) {
            let (batches, bytes) = left.unwrap();
            unreadable += bytes;
            for batch in batches {
                assert!(batch.positions.iter().all(|position| position.file == batch.stream));
                texts.extend(batch.lines.into_iter().map(|line| line.text));
            }
        }
        (texts, unreadable)
    }

    fn files(&self) -> Vec<PathBuf> {
        std::fs::read_dir(self.room().folder).unwrap().flatten().map(|entry| entry.path()).collect()
    }

    fn bytes(&self) -> Vec<u8> {
        self.files().iter().flat_map(|file| std::fs::read(file).unwrap()).collect()
    }
}

#[test]
fn what_was_put_in_is_there_after_a_crash_but_for_what_was_kept() {
    let trial = Trial::new();
    let mut spool = trial.open(&[]);
    let first = trial.put(&mut spool, "10.0.0.1", &["a", "b"]);
    trial.put(&mut spool, "10.0.0.2", &["c"]);
    trial.put(&mut spool, "10.0.0.1", &["d"]);
    drop(spool);
    assert_eq!(trial.left(&[]), (["a", "b", "c", "d"].map(str::to_owned).to_vec(), 0));
    assert_eq!(trial.left(&[first]).0, ["c", "d"]);
    // In the middle of what came together: a record of several lines was not whole.
    assert_eq!(trial.left(&[position("10.0.0.1", 1)]).0, ["b", "c", "d"]);
}

#[test]
fn numbers_go_on_after_a_start() {
    let trial = Trial::new();
    let mut spool = trial.open(&[]);
    trial.put(&mut spool, "10.0.0.1", &["a", "b"]);
    let mut spool = trial.open(&[]);
    while spool.take_left(&trial.source).is_some() {}
    assert_eq!(spool.number(1), 2);
    assert_eq!(trial.open(&[position("10.0.0.9", 40)]).number(1), 40);
}

#[test]
fn what_is_kept_is_erased_and_the_rest_stays() {
    let trial = Trial::new();
    let mut spool = trial.open(&[]);
    let first = trial.put(&mut spool, "10.0.0.1", &["a"]);
    let empty = trial.bytes().len();
    let second = trial.put(&mut spool, "10.0.0.2", &["b"]);
    spool.keep(&[first]);
    assert!(!spool.is_empty() && spool.holds("10.0.0.1") && trial.bytes().len() > empty);
    spool.keep(&[second]);
    assert!(spool.is_empty() && !spool.holds("10.0.0.1") && trial.bytes().len() < empty);
    // And it goes on in the same file, under another key.
    trial.put(&mut spool, "10.0.0.2", &["c"]);
    drop(spool);
    assert_eq!(trial.left(&[]).0, ["c"]);
}

#[test]
fn nothing_is_there_to_read_for_anybody_else() {
    let trial = Trial::new();
    let mut spool = trial.open(&[]);
    trial.put(&mut spool, "10.0.0.1", &["INS 269054958815780 DUPONT^JEAN"]);
    let bytes = trial.bytes();
    for planted in ["269054958815780", "DUPONT", "10.0.0.1"] {
        assert!(!bytes.windows(planted.len()).any(|window| window == planted.as_bytes()), "{planted}");
    }
    for path in trial.files() {
        assert_eq!(std::fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let other = Room { key: Key::from_bytes([8; 32]), ..trial.room() };
    let (batches, unreadable) = Spool::open(other, MOST, &[]).unwrap().take_left(&trial.source).unwrap().unwrap();
    assert!(batches.is_empty() && unreadable > 0);
}

#[test]
fn what_a_crash_left_of_the_last_record_is_none_and_what_was_changed_is_told() {
    let trial = Trial::new();
    let mut spool = trial.open(&[]);
    trial.put(&mut spool, "10.0.0.1", &["a"]);
    let whole = trial.bytes();
    trial.put(&mut spool, "10.0.0.1", &["b"]);
    let file = &trial.files()[0];
    let bytes = std::fs::read(file).unwrap();
    for length in 0..bytes.len() {
        std::fs::write(file, &bytes[..length]).unwrap();
        let wanted = if length >= whole.len() { vec!["a".to_owned()] } else { Vec::new() };
        assert_eq!(trial.left(&[]), (wanted, 0), "{length}");
        std::fs::write(file, &bytes).unwrap();
    }
    let mut changed = bytes;
    changed[whole.len() + 10] ^= 1;
    std::fs::write(file, &changed).unwrap();
    let (texts, unreadable) = trial.left(&[]);
    assert!(texts == ["a"] && unreadable > 0);
}

#[test]
fn it_is_full_until_something_is_kept_and_files_go_one_by_one() {
    let trial = Trial::new();
    let mut spool = trial.open(&[]);
    let text = "x".repeat(60_000);
    let mut put = Vec::new();
    while !spool.is_full() {
        put.push(trial.put(&mut spool, "10.0.0.1", &[&text]));
    }
    assert!(put.len() > 100 && trial.files().len() >= 2);
    let files = trial.files().len();
    spool.keep(&[put[put.len() / 2].clone()]);
    assert!(!spool.is_full() && trial.files().len() < files);
    spool.keep(&[put.last().unwrap().clone()]);
    assert!(spool.is_empty() && trial.files().len() == 1);
}
