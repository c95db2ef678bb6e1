//! A ledger that is sealed with the site's key, and those who write it without.

use std::path::Path;

use rusqlite::Connection;

use super::*;
use crate::base::fault::{Fault, Witness};
use crate::store::{Change, Store};

fn entry(number: u64) -> NewEntry {
    NewEntry {
        at: jiff::Timestamp::from_second(1_700_000_000 + i64::try_from(number).unwrap()).unwrap(),
        realm: Realm::Live,
        kind: "chain.acked".to_owned(),
        body: format!("{{\"alert\":\"A{number}\",\"by\":\"ann\"}}"),
    }
}

fn write(store: &mut Store, numbers: std::ops::RangeInclusive<u64>) {
    for number in numbers {
        store.commit(&Change { entries: vec![entry(number)], ..Change::default() }).unwrap();
    }
}

/// Ten entries behind the one that says that the key counts.
fn filled(folder: &Path) -> Store {
    let mut store = Store::open(folder).unwrap();
    store.key().unwrap();
    write(&mut store, 1..=10);
    store
}

fn verified(folder: &Path) -> Result<Verified, Break> {
    Store::read(folder).unwrap().verify().unwrap()
}

fn broken(folder: &Path) -> (u64, Fault) {
    let broken = verified(folder).unwrap_err();
    (broken.entry.0, broken.what)
}

/// What whoever can write the file but has not the key can do: everything behind an entry sealed anew, by the old rule.
fn seal_anew(direct: &Connection, from: u64) {
    let before = |id: u64| -> String {
        direct.query_row("SELECT seal FROM ledger WHERE id = ?1", [id], |row| row.get(0)).unwrap()
    };
    let mut last = if from == 1 { GENESIS } else { Seal::from_hex(&before(from - 1)).unwrap() };
    for entry in entries(direct, from, None).unwrap() {
        let new = NewEntry { at: entry.at, realm: entry.realm, kind: entry.kind, body: entry.body };
        last = plain(last, Frame::of(entry.id.0, &new), &new.body);
        direct.execute("UPDATE ledger SET seal = ?1 WHERE id = ?2", params![last.to_string(), entry.id.0]).unwrap();
    }
    direct.execute("UPDATE head SET seal = ?1", [last.to_string()]).unwrap();
}

#[test]
fn the_first_entry_says_that_the_key_counts_and_all_are_sealed_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(folder.path());
    let kept = store.entries(1).unwrap();
    assert_eq!((kept[0].kind.as_str(), kept[0].body.as_str()), (KEYED, r#"{"from":1}"#));
    let whole = store.verify().unwrap().unwrap();
    assert_eq!((whole.entries, whole.keyed, whole.erased), (11, Some(1), 0));
    assert_eq!(verified(folder.path()), Ok(whole), "whoever only reads has the key beside the store");
}

#[test]
fn an_entry_altered_with_recomputed_hashes_is_named() {
    for number in 2..=11_u64 {
        let folder = tempfile::tempdir().unwrap();
        drop(filled(folder.path()));
        let direct = Connection::open(folder.path().join("vigie.db")).unwrap();
        direct.execute(r#"UPDATE ledger SET body = '{"by":"eve"}' WHERE id = ?1"#, [number]).unwrap();
        seal_anew(&direct, number);
        assert_eq!(broken(folder.path()), (number, Fault::Unkeyed));
    }
}

#[test]
fn a_tail_that_is_cut_with_the_head_put_back_is_named() {
    for left in 0..=10_u64 {
        let folder = tempfile::tempdir().unwrap();
        drop(filled(folder.path()));
        let direct = Connection::open(folder.path().join("vigie.db")).unwrap();
        direct.execute("DELETE FROM ledger WHERE id > ?1", [left]).unwrap();
        let seal = direct.query_row("SELECT seal FROM ledger WHERE id = ?1", [left], |row| row.get::<_, String>(0));
        let seal = seal.unwrap_or_else(|_| GENESIS.to_string());
        direct.execute("UPDATE head SET id = ?1, seal = ?2", params![left, seal]).unwrap();
        assert_eq!(broken(folder.path()), (left + 1, Fault::Cut { known: 11, by: Witness::Beside }));
        let end = Store::open(folder.path()).unwrap().verify_end().unwrap();
        assert_eq!(end.map(|end| end.entry.0), Some(left + 1), "also at a start, which looks at the end alone");
    }
}

#[test]
fn an_older_store_put_back_is_named_also_when_it_went_on_since() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = filled(folder.path());
    let older = folder.path().join("older");
    store.connection.execute("VACUUM INTO ?1", [older.to_string_lossy()]).unwrap();
    write(&mut store, 11..=14);
    drop(store);
    let path = folder.path().join("vigie.db");
    for beside in ["vigie.db-wal", "vigie.db-shm"] {
        drop(std::fs::remove_file(folder.path().join(beside)));
    }
    std::fs::copy(&older, &path).unwrap();
    assert_eq!(broken(folder.path()), (12, Fault::Cut { known: 15, by: Witness::Beside }));
    let head = std::fs::read(folder.path().join("head")).unwrap();
    write(&mut Store::open(folder.path()).unwrap(), 20..=29);
    assert!(verified(folder.path()).is_ok(), "the file beside the store remembers only the last");
    std::fs::write(folder.path().join("head"), head).unwrap();
    assert_eq!(broken(folder.path()), (15, Fault::Differs { by: Witness::Beside }));
}

#[test]
fn a_memory_that_is_gone_or_made_up_is_named() {
    let folder = tempfile::tempdir().unwrap();
    drop(filled(folder.path()));
    let head = folder.path().join("head");
    let kept = std::fs::read_to_string(&head).unwrap();
    for forged in ["", "nonsense", &kept.replace("0011", "0009"), &kept.replace("entry", "entri")] {
        std::fs::write(&head, forged).unwrap();
        assert_eq!(broken(folder.path()), (11, Fault::Forgotten), "{forged}");
    }
    std::fs::remove_file(&head).unwrap();
    assert_eq!(broken(folder.path()), (11, Fault::Forgotten));
    assert!(Store::open(folder.path()).unwrap().verify_end().unwrap().is_some());
}

#[test]
fn a_ledger_of_before_goes_on_and_its_change_over_cannot_be_moved() {
    let without_key = || {
        let folder = tempfile::tempdir().unwrap();
        write(&mut Store::open(folder.path()).unwrap(), 1..=5);
        assert_eq!(verified(folder.path()).unwrap().keyed, None);
        let mut store = Store::open(folder.path()).unwrap();
        store.key().unwrap();
        write(&mut store, 6..=9);
        let whole = store.verify().unwrap().unwrap();
        assert_eq!((whole.entries, whole.keyed), (10, Some(6)));
        folder
    };
    let cases: [(&str, u64, u64); 4] = [
        // Before the change-over, after it, the change-over itself, and all of it as if there had never been a key.
        ("UPDATE ledger SET body = '{}' WHERE id = 3", 3, 6),
        ("UPDATE ledger SET body = '{}' WHERE id = 8", 8, 8),
        (r#"UPDATE ledger SET body = '{"from":9}' WHERE id = 6"#, 6, 6),
        ("UPDATE ledger SET kind = 'note' WHERE id = 6", 1, 10),
    ];
    for (sql, from, named) in cases {
        let folder = without_key();
        let direct = Connection::open(folder.path().join("vigie.db")).unwrap();
        direct.execute_batch(sql).unwrap();
        seal_anew(&direct, from);
        // What was sealed without a key can be sealed anew; the first entry with one tells.
        assert_eq!(broken(folder.path()).0, named, "{sql}");
    }
}

#[test]
fn a_body_that_is_erased_is_gone_and_the_ledger_holds() {
    let folder = tempfile::tempdir().unwrap();
    write(&mut Store::open(folder.path()).unwrap(), 1..=3);
    let mut store = filled(folder.path());
    let before = store.head().unwrap();
    // Of both kinds of seals, and the one that says that the key counts, which stays.
    let erase: Vec<EntryId> = [2, 4, 7, 9].map(EntryId).to_vec();
    store.commit(&Change { erase, ..Change::default() }).unwrap();
    let whole = verified(folder.path()).unwrap();
    assert_eq!((whole.entries, whole.erased, store.head().unwrap()), (14, 3, before));
    drop(store);
    let files = ["vigie.db", "vigie.db-wal"].map(|name| std::fs::read(folder.path().join(name)).unwrap_or_default());
    let holds = |text: &str| files.iter().any(|file| file.windows(text.len()).any(|found| found == text.as_bytes()));
    assert!(holds("\"alert\":\"A6\"") && !holds("\"alert\":\"A5\""), "what A5 said is nowhere in the files any more");
    for (sql, named) in [
        ("UPDATE ledger SET kind = 'x' WHERE id = 2", 2),
        ("UPDATE ledger SET at = '2001-01-01T00:00:00Z' WHERE id = 7", 7),
        ("UPDATE erased SET body = seal FROM ledger WHERE ledger.id = erased.id AND erased.id = 9", 9),
        ("DELETE FROM erased WHERE id = 7", 7),
        (r#"UPDATE ledger SET body = '{"by":"eve"}' WHERE id = 9"#, 9),
        // Erased by somebody who has not the key.
        (
            r#"UPDATE ledger SET body = '{"erased":true}' WHERE id = 8; INSERT INTO erased SELECT 8, seal FROM ledger WHERE id = 8"#,
            8,
        ),
    ] {
        let copied = tempfile::tempdir().unwrap();
        for name in ["vigie.db", "key", "head"] {
            std::fs::copy(folder.path().join(name), copied.path().join(name)).unwrap();
        }
        Connection::open(copied.path().join("vigie.db")).unwrap().execute_batch(sql).unwrap();
        assert_eq!(broken(copied.path()).0, named, "{sql}");
    }
}

#[test]
fn what_concerns_an_alert_or_is_old_is_found_to_be_erased() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = filled(folder.path());
    let at = entry(0).at;
    let body = |body: &str| NewEntry { body: body.to_owned(), kind: "page.owed".to_owned(), ..entry(11) };
    let entries = vec![
        body(r#"{"page":"P1","for":{"climb":{"alert":3,"key":1}}}"#),
        body(r#"{"page":"P2","for":{"climb":{"alert":33,"key":1}}}"#),
    ];
    store.commit(&Change { entries, ..Change::default() }).unwrap();
    let numbers = |alert: Option<u64>, before, most| -> Vec<u64> {
        store.erasable(alert.map(AlertId), before, most).unwrap().into_iter().map(|id| id.0).collect()
    };
    assert_eq!(numbers(Some(3), None, 99), [4, 12]);
    assert_eq!(numbers(None, at.checked_add(jiff::SignedDuration::from_secs(4)).ok(), 99), [2, 3, 4]);
    assert_eq!(numbers(None, None, 3), [2, 3, 4], "not the entry which says that the key counts");
}
