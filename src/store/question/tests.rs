//! What a question may learn, and that it changes nothing, however it is put.

use super::*;
use crate::base::realm::Realm;
use crate::store::{Change, NewEntry};

/// Nobody of that name was ever a patient.
const SECRET: &str = r#"{"patientname":"DUPONT JEAN","mail":"jean.dupont@ch.example","nir":"2 69 05 49 588 157 80"}"#;

fn store(folder: &Path) -> Store {
    let mut store = Store::open(folder).unwrap();
    let entry = |number: i64, body: &str| NewEntry {
        at: jiff::Timestamp::from_second(1_700_000_000 + number).unwrap(),
        realm: Realm::Live,
        kind: "note".to_owned(),
        body: body.to_owned(),
    };
    let entries = vec![entry(1, SECRET), entry(2, "{}"), entry(3, "{}")];
    store.commit(&Change { entries, ..Change::default() }).unwrap();
    drop(store);
    Store::read(folder).unwrap()
}

fn asked(sql: &str) -> Result<Found, Unanswered> {
    let folder = tempfile::tempdir().unwrap();
    let before = store(folder.path()).head().unwrap();
    let answer = Store::read(folder.path()).unwrap().question(sql, 2);
    assert_eq!(Store::read(folder.path()).unwrap().head().unwrap(), before, "{sql}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().flatten().filter(|it| it.file_name() == "x").count(), 0);
    answer
}

#[test]
fn a_question_is_answered_with_so_many_rows_at_most() {
    let found = asked("SELECT id, kind AS what, 1.5, NULL, x'00ff' FROM ledger ORDER BY id; -- that is all").unwrap();
    assert_eq!(found.columns[..2], ["id", "what"]);
    assert_eq!(found.rows.len(), 2);
    assert!(found.more);
    assert_eq!(serde_json::to_string(&found.rows[0]).unwrap(), r#"[1,"note",1.5,null,"00ff"]"#);
    for sql in [
        "WITH late AS (SELECT * FROM ledger WHERE id > 2) SELECT count(*) FROM late",
        "SELECT json_extract(body, '$.mail') FROM ledger WHERE id = 1",
        "SELECT value FROM ledger, json_each(body) LIMIT 1",
        "EXPLAIN QUERY PLAN SELECT * FROM page",
        "VALUES (1)",
        "SELECT count(*) FROM temp.ledger",
    ] {
        let found = asked(sql).unwrap_or_else(|why| panic!("{sql}: {why:?}"));
        assert!(!found.more && found.rows.len() == 1, "{sql}: {found:?}");
    }
}

#[test]
fn nobody_is_named_however_the_question_is_put() {
    for sql in [
        "SELECT body FROM ledger WHERE id = 1",
        "SELECT substr(body, 1, 20), substr(body, 21, 20), substr(body, 41) FROM ledger WHERE id = 1",
        "SELECT replace(body, ' ', '_') FROM ledger",
        "SELECT body ->> '$.patientname', body ->> '$.mail' FROM ledger",
        "SELECT group_concat(value, '|') FROM ledger, json_each(body)",
        "WITH ledger AS (SELECT body FROM temp.ledger) SELECT lower(body) FROM ledger",
        "SELECT 'jean.dupont@ch.example', '2 69 05 49 588 157 80' AS x",
    ] {
        let shown = format!("{:?}", asked(sql).unwrap_or_else(|why| panic!("{sql}: {why:?}")));
        let shown = shown.to_lowercase();
        for told in ["dupont", "jean", "588"] {
            assert!(!shown.contains(told), "{sql}: {shown}");
        }
    }
    for sql in [
        "SELECT hex(body) FROM ledger WHERE id = 1",
        "SELECT CAST(body AS BLOB) FROM ledger WHERE id = 1",
        "SELECT instr(body, 'DUPONT') FROM ledger WHERE id = 1",
    ] {
        let shown = format!("{:?}", asked(sql).unwrap().rows);
        assert!(!shown.to_lowercase().contains("4455504f4e54"), "{sql}: {shown}");
        assert!(!sql.contains("instr") || shown.contains("[[Number(0)]]"), "{shown}");
    }
    // No name leads to what stands in the file.
    for sql in [
        "SELECT body FROM main.ledger",
        "WITH ledger AS (SELECT body FROM main.ledger) SELECT * FROM ledger",
        "SELECT sql FROM sqlite_temp_schema",
        "SELECT sql FROM sqlite_temp_master",
        "SELECT name FROM pragma_database_list",
        "SELECT * FROM dbstat",
        "SELECT * FROM sqlite_dbpage",
    ] {
        let refused = asked(sql);
        assert!(refused.as_ref().is_err() || refused.as_ref().unwrap().rows.is_empty(), "{sql}: {refused:?}");
    }
    assert!(asked("SELECT * FROM sqlite_schema").unwrap().rows.is_empty());
}

#[test]
fn whatever_writes_is_refused_and_nothing_is_changed() {
    for sql in [
        "DELETE FROM ledger",
        "UPDATE ledger SET body = ''",
        "INSERT INTO head VALUES (2, 2, '')",
        "REPLACE INTO temp.ledger VALUES (1)",
        "DROP TABLE ledger",
        "DROP VIEW temp.ledger",
        "CREATE TABLE x (y)",
        "CREATE TEMP TABLE x AS SELECT * FROM ledger",
        "CREATE TEMP VIEW ledger AS SELECT 1",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA query_only = 0",
        "PRAGMA database_list",
        "ATTACH 'x' AS x",
        "VACUUM",
        "VACUUM INTO 'x'",
        "BEGIN",
        "BEGIN IMMEDIATE",
        "SAVEPOINT x",
        "ANALYZE",
        "REINDEX",
        "DETACH temp",
        "SELECT load_extension('x')",
        "WITH x AS (SELECT 1) DELETE FROM ledger",
        "DELETE FROM ledger RETURNING *",
        "/* a word */ DELETE FROM ledger",
        "explain delete from ledger",
    ] {
        let refused = asked(sql).expect_err(sql);
        let is_refused = match &refused {
            Unanswered::Changes => true,
            Unanswered::Mistaken(why) => why.contains("not authorized"),
            _ => false,
        };
        assert!(is_refused, "{sql}: {refused:?}");
    }
}

#[test]
fn what_cannot_be_answered_is_told_apart() {
    for sql in ["", "  ", ";", "-- nothing"] {
        assert!(matches!(asked(sql), Err(Unanswered::Nothing)), "{sql}");
    }
    for sql in ["SELECT 1; SELECT 2", "SELECT 1; DELETE FROM x"] {
        let refused = asked(sql).expect_err(sql);
        assert!(matches!(refused, Unanswered::Several | Unanswered::NoTable(..)), "{sql}: {refused:?}");
    }
    let Err(Unanswered::NoTable(name, known)) = asked("SELECT * FROM alerts") else { panic!("there is none") };
    assert!(name == "alerts" && known.contains(&"alert".to_owned()), "{name} {known:?}");
    for (sql, said) in [("SELEC 1", "SELEC"), ("SELECT nothing FROM ledger", "nothing"), ("SELECT 'x", "x")] {
        let Err(Unanswered::Mistaken(why)) = asked(sql) else { panic!("{sql} is a mistake") };
        assert!(why.contains(said), "{sql}: {why}");
    }
}

#[test]
fn a_question_without_an_end_ends() {
    let endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n";
    assert!(matches!(asked(endless), Err(Unanswered::TooLong)));
}

#[test]
fn a_folder_with_an_odd_name_is_asked_too() {
    let folder = tempfile::tempdir().unwrap();
    let odd = folder.path().join("100% l'été?#x");
    assert_eq!(store(&odd).question("SELECT count(*) FROM ledger", 1).unwrap().rows.len(), 1);
}
