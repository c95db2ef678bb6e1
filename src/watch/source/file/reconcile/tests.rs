//! What becomes of a look that is out of date before it is used.

use std::fs;

use tempfile::TempDir;

use super::*;
use crate::base::id::SourceName;
use crate::watch::source::file::{Polled, Settings};

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn texts(polled: Polled) -> Vec<String> {
    polled.batches.into_iter().flat_map(|batch| batch.lines).map(|line| line.text).collect()
}

#[test]
fn a_copy_renamed_after_the_look_is_waited_for() {
    let folder = TempDir::new().unwrap();
    let log = folder.path().join("app.log");
    let rotated = |number: usize| folder.path().join(format!("app.log.{number}"));
    let pattern = log.to_str().unwrap().to_owned();
    fs::write(&log, "a 1\n").unwrap();
    let settings = Settings { source: SourceName::from("app"), pattern, from: From::Start, longest: 1 << 20 };
    let mut follower = Follower::new(settings, Vec::new());
    assert_eq!(texts(follower.poll(NOW)), ["a 1"]);

    fs::copy(&log, rotated(2)).unwrap();
    assert!(texts(follower.poll(NOW)).is_empty());

    fs::write(&log, "b 1\n").unwrap();
    fs::write(rotated(1), "b 1\n").unwrap();
    let mut catch = Catch::new(NOW);
    let first = follower.scan(NOW, true);
    follower.adopt(&first, NOW);
    let compared = follower.compare_all(&mut catch);
    let scan = follower.scan(NOW, true);
    fs::rename(rotated(2), rotated(3)).unwrap();
    assert!(follower.resolve(&scan, &compared, &mut catch), "it must be looked at again");
    assert!(follower.generations.iter().all(|it| it.path != rotated(1)), "it is no copy of what was there before");

    fs::write(&log, "c 1\n").unwrap();
    assert_eq!(texts(follower.poll(NOW)), ["b 1", "c 1"]);
    assert!(catch.polled.troubles.is_empty());
}
