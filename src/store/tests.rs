//! The store on real files: what survives, what tampering shows, who may read the key.

use std::path::PathBuf;

use rusqlite::Connection;

use super::*;
use crate::base::id::{DrillId, EntryId, PageId};
use crate::base::realm::Realm;
use crate::store::{NewEntry, PageRow, PageState, PositionRow};

fn entry(number: u64) -> NewEntry {
    NewEntry {
        at: jiff::Timestamp::from_second(1_700_000_000 + i64::try_from(number).unwrap()).unwrap(),
        realm: if number.is_multiple_of(3) { Realm::Drill(DrillId(2)) } else { Realm::Live },
        kind: "note".to_owned(),
        body: format!("{{\"text\":\"entry {number}\"}}"),
    }
}

fn filled(folder: &Path) -> PathBuf {
    let mut store = Store::open(folder).unwrap();
    for number in 1..=10 {
        store.commit(&Change { entries: vec![entry(number)], ..Change::default() }).unwrap();
    }
    assert_eq!(store.verify().unwrap().unwrap().entries, 10);
    folder.join("vigie.db")
}

#[test]
fn altering_any_column_of_any_entry_is_found_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = filled(folder.path());
    for number in 1..=10_u64 {
        for column in ["at", "realm", "kind", "body", "seal"] {
            let direct = Connection::open(&path).unwrap();
            let get = format!("SELECT {column} FROM ledger WHERE id = {number}");
            let before: String = direct.query_row(&get, [], |row| row.get(0)).unwrap();
            for at in 0..before.len() {
                let mut bytes = before.clone().into_bytes();
                bytes[at] ^= 1;
                let set = format!("UPDATE ledger SET {column} = ?1 WHERE id = {number}");
                direct.execute(&set, [String::from_utf8(bytes).unwrap()]).unwrap();
                let broken = Store::read(folder.path()).unwrap().verify().unwrap().unwrap_err();
                assert_eq!(broken.entry, EntryId(number), "{column} byte {at}: {:?}", broken.what);
            }
            direct.execute(&format!("UPDATE ledger SET {column} = ?1 WHERE id = {number}"), [&before]).unwrap();
        }
    }
    assert!(Store::read(folder.path()).unwrap().verify().unwrap().is_ok());
}

#[test]
fn removing_adding_or_swapping_entries_is_found_and_named() {
    let cases: [(&str, u64); 5] = [
        ("DELETE FROM ledger WHERE id = 4", 4),
        ("DELETE FROM ledger WHERE id >= 9", 9),
        (
            "UPDATE ledger SET id = 40 WHERE id = 4; UPDATE ledger SET id = 4 WHERE id = 5; UPDATE ledger SET id = 5 WHERE id = 40",
            4,
        ),
        ("INSERT INTO ledger SELECT 11, at, realm, kind, body, seal FROM ledger WHERE id = 10", 11),
        ("UPDATE head SET id = 9", 10),
    ];
    for (sql, named) in cases {
        let folder = tempfile::tempdir().unwrap();
        let path = filled(folder.path());
        Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        let broken = Store::read(folder.path()).unwrap().verify().unwrap().unwrap_err();
        assert_eq!(broken.entry, EntryId(named), "{sql}: {:?}", broken.what);
    }
}

#[test]
fn a_change_is_there_after_reopening_and_a_second_writer_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let position = PositionRow { source: "pacs".into(), file: "f".to_owned(), state: Some("{}".to_owned()) };
    let change = Change {
        positions: vec![position.clone()],
        windows: vec![("w".to_owned(), Some("[1]".to_owned()))],
        ..Change::default()
    };
    store.commit(&change).unwrap();
    assert!(matches!(Store::open(folder.path()), Err(StoreError::Taken(_))));
    drop(store);
    let mut store = Store::open(folder.path()).unwrap();
    assert_eq!(store.recover().unwrap().positions, std::slice::from_ref(&position));
    assert_eq!(store.recover().unwrap().windows, [("w".to_owned(), "[1]".to_owned())]);
    let forget = PositionRow { state: None, ..position };
    store
        .commit(&Change { positions: vec![forget], windows: vec![("w".to_owned(), None)], ..Change::default() })
        .unwrap();
    assert_eq!(store.recover().unwrap().positions, []);
    assert_eq!(store.recover().unwrap().windows, []);
}

#[test]
fn the_key_is_kept_and_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let key = Store::open(folder.path()).unwrap().key().unwrap();
    assert_eq!(Store::open(folder.path()).unwrap().key().unwrap().to_bytes(), key.to_bytes());
    let mode = std::fs::metadata(folder.path().join("key")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_key_that_was_cut_short_is_made_anew_once() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("key"), "short").unwrap();
    let key = Store::open(folder.path()).unwrap().key().unwrap();
    assert_eq!(Store::open(folder.path()).unwrap().key().unwrap().to_bytes(), key.to_bytes());
}

/// How the files of an open store are deleted.
type Deletes = fn(&Path);

#[test]
fn what_is_deleted_while_the_store_is_open_is_put_back_before_the_next_change() {
    let ways: [Deletes; 3] = [
        |folder| std::fs::remove_dir_all(folder).unwrap(),
        |folder| std::fs::remove_file(folder.join("vigie.db")).unwrap(),
        |folder| std::fs::rename(folder, folder.with_extension("away")).unwrap(),
    ];
    for delete in ways {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("state");
        drop(filled(&folder));
        let mut store = Store::open(&folder).unwrap();
        let key = store.key().unwrap();
        // Some of it is in the file, some still in the journal beside it.
        store.commit(&Change { entries: vec![entry(11)], ..Change::default() }).unwrap();
        assert!(!store.stay().unwrap(), "nothing happened yet");
        delete(&folder);
        assert!(store.stay().unwrap(), "it had to be put back");
        assert!(!store.stay().unwrap(), "once");
        assert!(matches!(Store::open(&folder), Err(StoreError::Taken(_))));
        store.commit(&Change { entries: vec![entry(12)], ..Change::default() }).unwrap();
        // As after a crash: nothing is closed in order.
        std::mem::forget(store.connection);
        drop(store.place);
        let mut store = Store::open(&folder).unwrap();
        assert_eq!(store.verify().unwrap().unwrap().entries, 13);
        assert_eq!(store.key().unwrap().to_bytes(), key.to_bytes());
    }
}

#[test]
fn a_place_where_nothing_can_be_put_back_is_named_and_tried_again() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("state");
    drop(filled(&folder));
    let mut store = Store::open(&folder).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    // A file where the folder should be stops even an administrator.
    std::fs::write(&folder, "in the way").unwrap();
    assert!(matches!(store.stay(), Err(StoreError::Folder { .. })));
    std::fs::remove_file(&folder).unwrap();
    assert!(store.stay().unwrap());
    assert_eq!(Store::read(&folder).unwrap().verify().unwrap().unwrap().entries, 10);
}

#[test]
fn a_file_of_somebody_else_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    Connection::open(folder.path().join("vigie.db")).unwrap().execute_batch("CREATE TABLE x (y)").unwrap();
    assert!(matches!(Store::open(folder.path()), Err(StoreError::Foreign(..))));
    std::fs::write(folder.path().join("vigie.db"), "this is not a database, whatever its name says, and never was one")
        .unwrap();
    assert!(matches!(Store::read(folder.path()), Err(StoreError::NotAStore(_))));
}

fn page(id: u64, key: &str, state: PageState) -> PageRow {
    PageRow {
        id: PageId(id),
        realm: Realm::Live,
        alert: None,
        key: key.to_owned(),
        person: "ann".into(),
        channel: "mail".into(),
        state,
        attempts: 0,
        due: jiff::Timestamp::UNIX_EPOCH,
        letter: "{}".to_owned(),
        receipt: None,
        created: jiff::Timestamp::UNIX_EPOCH,
    }
}

#[test]
fn a_change_that_waits_keeps_the_last_row_of_each_and_every_entry() {
    let mut change = Change::default();
    for round in 0..1000 {
        change.windows.push(("w".to_owned(), Some(round.to_string())));
        change.entries.push(entry(round));
        let one = |state| page(1, "k", state);
        change.pages.extend([one(PageState::Sending), page(2, "l", PageState::Owed), one(PageState::Owed)]);
        change.compact();
    }
    assert_eq!((change.pages.len(), change.windows.len(), change.entries.len()), (2, 1, 1000));
    assert_eq!(change.windows[0].1.as_deref(), Some("999"));
    assert!(change.pages.iter().all(|page| page.state == PageState::Owed), "the last word counts");
}

#[test]
fn a_page_owed_twice_by_mistake_does_not_keep_everything_else_from_being_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let pages = vec![page(1, "k", PageState::Owed), page(2, "k", PageState::Owed)];
    store.commit(&Change { pages, entries: vec![entry(1)], ..Change::default() }).unwrap();
    assert_eq!(store.all_pages().unwrap().len(), 1);
    assert_eq!(store.entries(1).unwrap().len(), 1);
}

/// Zeroes one page of a file.
fn zero(path: &Path, page: u64) {
    use std::os::unix::fs::FileExt as _;
    let file = std::fs::File::options().write(true).open(path).unwrap();
    file.write_all_at(&[0; 4096], (page - 1) * 4096).unwrap();
}

#[test]
fn a_page_lost_in_the_middle_of_the_ledger_costs_only_what_was_on_it_and_the_ledger_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let entries: Vec<NewEntry> = (1..=500).map(entry).collect();
    store.commit(&Change { entries, ..Change::default() }).unwrap();
    store.reserve(Last { alert: 7, page: 70, drill: 0 }).unwrap();
    let head = store.head().unwrap();
    drop(store);
    // Pages of a table that has only just grown follow each other; two of them are not neighbours.
    let path = folder.path().join("vigie.db");
    let pages = std::fs::metadata(&path).unwrap().len() / 4096;
    zero(&path, pages - 4);
    zero(&path, pages - 8);
    let now: Timestamp = "2026-02-01T22:00:00Z".parse().unwrap();
    let mut store = Store::take_up(folder.path(), now).unwrap();
    let mishaps = store.take_mishaps();
    let [Mishap::SetAside { file, losses, .. }] = &mishaps[..] else { panic!("{mishaps:?}") };
    assert_eq!(file, "vigie.db.damaged-20260201T220000Z");
    assert_eq!((losses.tables.as_slice(), losses.entries.len()), (&["ledger".to_owned()][..], 2));
    let kept = store.entries(1).unwrap().len();
    assert!(kept > 400, "{kept} of 500 could be read");
    assert_eq!(store.head().unwrap(), head, "the next entry follows the last one that there was");
    assert!(store.verify().unwrap().is_err(), "a gap that nobody explains is a break");
    let missing = serde_json::to_string(&losses.entries).unwrap();
    let told =
        NewEntry { kind: "store.set_aside".to_owned(), body: format!("{{\"missing\":{missing}}}"), ..entry(501) };
    store.commit(&Change { entries: vec![told, entry(502)], ..Change::default() }).unwrap();
    let verified = store.verify().unwrap().unwrap();
    assert_eq!((verified.entries, verified.missing), (502, 500 - kept as u64));
    assert!(store.recover().unwrap().last.alert >= 7, "no number is given twice");
}

#[test]
fn a_row_that_makes_no_sense_does_not_keep_the_others_from_being_taken_up() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let pages = vec![page(1, "k", PageState::Owed), page(2, "l", PageState::Owed)];
    store.commit(&Change { pages, ..Change::default() }).unwrap();
    store.connection.execute("UPDATE page SET due = 'x' WHERE id = 1", []).unwrap();
    let recovered = store.recover().unwrap();
    assert_eq!((recovered.pages.len(), recovered.unreadable), (1, vec![("page", 1)]));
}

#[test]
fn a_newer_store_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = filled(folder.path());
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let now = Timestamp::UNIX_EPOCH;
    assert!(matches!(Store::take_up(folder.path(), now), Err(StoreError::Foreign(_, 99))));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().flatten().count(), 2, "the store and its lock");
}
