//! When to look, and at what.

use std::fs;
use std::io::Write as _;
use std::sync::atomic::{AtomicI64, Ordering};

use notify::event::{CreateKind, DataChange, Flag};
use tempfile::TempDir;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::*;
use crate::base::id::SourceName;
use crate::watch::source::{Arrival, From};

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(1_800_000_000_000 + millis).unwrap()
}

fn hints_for_everything() -> Wanted {
    Wanted { everything: true, paths: BTreeSet::new() }
}

/// A pace after one look at everything that took `millis` and ended at 0.
fn pace(millis: i64, more: bool, batches: usize) -> Pace {
    let mut pace = Pace::default();
    assert_eq!(pace.choose(Wanted::default(), at(-millis)), Look::Everything, "the first look");
    let batch = crate::watch::line::Batch {
        source: SourceName::from("app"),
        stream: String::new(),
        arrived: at(0),
        lines: Vec::new(),
        positions: Vec::new(),
        ended: Vec::new(),
        since: None,
    };
    let polled = Polled { batches: vec![batch; batches], troubles: Vec::new(), lasting: None, more };
    pace.looked(true, at(-millis), at(0), &polled);
    pace
}

#[test]
fn everything_is_looked_at_each_second_and_less_often_where_that_takes_long() {
    for (took, due) in [(1, 1000), (20, 2000), (400, 5000)] {
        let mut pace = pace(took, false, 0);
        assert_eq!(pace.pause(at(0)), Duration::from_millis(due));
        assert_eq!(pace.choose(Wanted::default(), at(i64::try_from(due).unwrap() - 1)), Look::At(BTreeSet::new()));
        assert_eq!(pace.choose(Wanted::default(), at(i64::try_from(due).unwrap())), Look::Everything);
    }
}

#[test]
fn hints_for_everything_wait_where_a_look_takes_long() {
    let mut quick = pace(0, false, 0);
    assert_eq!(quick.choose(hints_for_everything(), at(1)), Look::Everything);
    let mut slow = pace(20, false, 0);
    assert_eq!(slow.choose(hints_for_everything(), at(1)), Look::At(BTreeSet::new()));
    assert_eq!(slow.pause(at(1)), Duration::from_millis(199));
    assert_eq!(slow.choose(Wanted::default(), at(200)), Look::Everything);
}

#[test]
fn after_a_quiet_while_a_new_file_is_looked_at_at_once_however_long_a_look_takes() {
    let mut slow = pace(100, false, 0);
    // The sweeps meanwhile are no reason to wait.
    assert_eq!(slow.choose(Wanted::default(), at(5000)), Look::Everything);
    slow.looked(true, at(5000), at(5100), &Polled::default());
    for turn in 0..3 {
        let now = at(5110 + 110 * turn);
        assert_eq!(slow.choose(hints_for_everything(), now), Look::Everything, "{turn}");
        slow.looked(true, now, at(5210 + 110 * turn), &Polled::default());
    }
    // Where they go on, they take one tenth of the time.
    assert_eq!(slow.choose(hints_for_everything(), at(5440)), Look::At(BTreeSet::new()));
    assert!(slow.pause(at(5440)) > Duration::from_millis(600), "{slow:?}");
}

#[test]
fn what_is_left_is_taken_at_once() {
    let mut with_lines = pace(1, true, 1);
    assert_eq!(with_lines.pause(at(0)), Duration::ZERO);
    assert_eq!(with_lines.choose(Wanted::default(), at(1)), Look::Everything);
    assert_eq!(pace(1, true, 0).pause(at(0)), BREATH);
}

#[test]
fn a_clock_that_was_set_back_does_not_stop_anything() {
    let mut pace = pace(1, false, 0);
    assert_eq!(pace.pause(at(-3_600_000)), Duration::ZERO);
    assert_eq!(pace.choose(Wanted::default(), at(-3_600_000)), Look::Everything);
}

#[test]
fn hints_say_which_file_was_written_or_that_anything_may_have_happened() {
    let hints = Hints::default();
    let event = |kind| notify::Event::new(kind).add_path(PathBuf::from("/l/app.log"));
    hints.note(Ok(event(EventKind::Access(AccessKind::Open(AccessMode::Read)))));
    assert_eq!(hints.take(), Wanted::default());
    hints.note(Ok(event(EventKind::Modify(ModifyKind::Data(DataChange::Any)))));
    hints.note(Ok(event(EventKind::Access(AccessKind::Close(AccessMode::Write)))));
    assert_eq!(hints.take(), Wanted { everything: false, paths: [PathBuf::from("/l/app.log")].into() });
    for event in [
        Ok(event(EventKind::Create(CreateKind::File))),
        Ok(notify::Event::new(EventKind::Other).set_flag(Flag::Rescan)),
        Err(notify::Error::generic("x")),
    ] {
        hints.note(event);
        assert_eq!(hints.take(), hints_for_everything());
    }
}

#[test]
fn too_many_hints_are_one() {
    let hints = Hints::default();
    for number in 0..5000 {
        let event = notify::Event::new(EventKind::Modify(ModifyKind::Data(DataChange::Any)));
        hints.note(Ok(event.add_path(PathBuf::from(format!("/l/{number}.log")))));
    }
    let wanted = hints.take();
    assert!(wanted.everything && wanted.paths.len() <= MANY);
}

#[test]
fn watches_follow_the_directories_that_are_there() {
    let folder = TempDir::new().unwrap();
    let hints = Arc::new(Hints::default());
    let mut watch = Watch::new(&hints);
    let missing = folder.path().join("missing");
    let wanted = BTreeSet::from([folder.path().to_owned(), missing.clone()]);
    assert_eq!(watch.follow(&wanted, &hints), None);
    assert_eq!(watch.known.len(), 1);
    assert!(hints.take().everything, "look again after watching");
    fs::create_dir(&missing).unwrap();
    assert_eq!(watch.follow(&wanted, &hints), None);
    assert_eq!(watch.known.len(), 2);
    fs::rename(&missing, folder.path().join("moved")).unwrap();
    fs::create_dir(&missing).unwrap();
    let before = watch.known.clone();
    assert_eq!(watch.follow(&wanted, &hints), None);
    assert_ne!(watch.known, before, "another directory of the same name");
    assert_eq!(watch.follow(&BTreeSet::new(), &hints), None);
    assert!(watch.known.is_empty());
}

#[test]
fn without_hints_it_is_said_once() {
    let mut watch = Watch { watcher: Err(notify::Error::generic("no")), known: BTreeMap::new(), said: false };
    let hints = Hints::default();
    assert_eq!(watch.follow(&BTreeSet::new(), &hints), Some(Fault::Unwatched("no".to_owned())));
    assert_eq!(watch.follow(&BTreeSet::new(), &hints), None);
}

/// A clock that goes on by 50 ms each time somebody looks at it.
fn clock() -> Timestamp {
    static LOOKS: AtomicI64 = AtomicI64::new(0);
    at(50 * LOOKS.fetch_add(1, Ordering::Relaxed))
}

/// Follows `log` until `stop`.
async fn follow(log: &Path, out: mpsc::Sender<Arrival>, stop: CancellationToken) {
    let (_, kept) = mpsc::unbounded_channel();
    run(follower(log), Outlet { out, kept, stop, now: clock }).await;
}

fn follower(pattern: &Path) -> Follower {
    let pattern = pattern.to_str().unwrap().to_owned();
    Follower::new(
        Settings { source: SourceName::from("app"), pattern, from: From::Start, longest: 1 << 20 },
        Vec::new(),
    )
}

async fn next_lines(arrivals: &mut mpsc::Receiver<Arrival>) -> Vec<String> {
    loop {
        if let Arrival::Batch(batch) = arrivals.recv().await.unwrap()
            && !batch.lines.is_empty()
        {
            return batch.lines.into_iter().map(|line| line.text).collect();
        }
    }
}

#[tokio::test]
async fn lines_arrive_as_they_are_written_until_it_is_stopped() {
    let folder = TempDir::new().unwrap();
    let log = folder.path().join("app.log");
    let (out, mut arrivals) = mpsc::channel(1);
    let stop = CancellationToken::new();
    let script = async {
        assert!(matches!(arrivals.recv().await, Some(Arrival::Batch(_))), "the first position");
        fs::write(&log, "a\n").unwrap();
        assert_eq!(next_lines(&mut arrivals).await, ["a"]);
        let append = |text: &str| fs::OpenOptions::new().append(true).open(&log).unwrap().write_all(text.as_bytes());
        append("b\n").unwrap();
        assert_eq!(next_lines(&mut arrivals).await, ["b"]);
        fs::rename(&log, folder.path().join("app.log.1")).unwrap();
        fs::write(&log, "c\n").unwrap();
        assert_eq!(next_lines(&mut arrivals).await, ["c"]);
        stop.cancel();
        assert!(arrivals.recv().await.is_none_or(|arrival| matches!(arrival, Arrival::Batch(_))));
    };
    tokio::join!(follow(&log, out, stop.clone()), script);
}

#[tokio::test]
async fn where_nobody_takes_them_lines_wait_and_stopping_still_works() {
    let folder = TempDir::new().unwrap();
    let log = folder.path().join("app.log");
    let text = (0..100_000).map(|number| format!("{number}\n")).collect::<Vec<_>>().concat();
    fs::write(&log, &text).unwrap();
    let (out, mut arrivals) = mpsc::channel(1);
    let stop = CancellationToken::new();
    let script = async {
        let mut read = 0;
        while read < 50_000 {
            for line in next_lines(&mut arrivals).await {
                assert_eq!(line, read.to_string());
                read += 1;
            }
        }
        stop.cancel();
    };
    tokio::join!(follow(&log, out, stop.clone()), script);
}

#[tokio::test]
async fn a_receiver_that_went_away_ends_it() {
    let folder = TempDir::new().unwrap();
    let (out, arrivals) = mpsc::channel(1);
    drop(arrivals);
    follow(&folder.path().join("app.log"), out, CancellationToken::new()).await;
}
