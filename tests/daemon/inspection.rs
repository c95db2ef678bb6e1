//! `vigie store`: beside a running daemon and without one, what is kept is looked through and asked, and never changed.

use rusqlite::Connection;

use super::damaged::{objects, zero};
use super::hospital::{Hospital, wait};

fn lived() -> Hospital {
    let mut hospital = Hospital::new();
    hospital.start();
    let (code, _, error) = hospital.vigie(&["alert", "raise", "écrans noirs", "--as", "rssi"]);
    assert_eq!(code, 0, "{error}");
    wait("the mail", || (hospital.json(&["status", "--json"])["owed_pages"] == 0).then_some(()));
    hospital
}

fn french(hospital: &Hospital, arguments: &[&str]) -> (i32, String) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_vigie"))
        .env("LC_ALL", "fr_FR.UTF-8")
        .env("NO_COLOR", "1")
        .args(arguments)
        .arg("--site")
        .arg(hospital.path(""))
        .output()
        .unwrap();
    (output.status.code().unwrap_or(-1), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

#[test]
fn a_sound_store_is_said_to_be_beside_a_daemon_and_without_one() {
    let mut hospital = lived();
    for runs in [true, false] {
        if !runs {
            hospital.stop();
        }
        let (code, out, error) = hospital.vigie(&["store", "check"]);
        assert!(
            code == 0 && out.contains("tables and indexes: sound") && out.contains("the ledger is whole"),
            "{out}{error}"
        );
        for table in ["alert", "detection", "page", "ledger", "position", "window", "drill", "head", "joined"] {
            let row = out.lines().find(|line| line.trim_start().starts_with(&format!("{table} ")));
            assert!(row.is_some_and(|row| row.ends_with("row") || row.ends_with("rows")), "{table}: {out}");
        }
        let (code, out) = french(&hospital, &["store", "check"]);
        assert!(code == 0 && out.contains("tables et index\u{a0}: sains"), "{out}");
        let json = hospital.json(&["store", "check", "--json"]);
        assert!(json["damage"].as_array().unwrap().is_empty() && json["ledger"]["whole"].is_object(), "{json:#}");
    }
    // A folder named in its place.
    let site = hospital.path("").display().to_string();
    let (code, ..) = Hospital::vigie_without_a_site(&["store", "check", &site]);
    assert_eq!(code, 0);
    let (code, out, _) = Hospital::vigie_without_a_site(&["store", "query", &site, "SELECT count(*) AS n FROM alert"]);
    assert!(code == 0 && out == "n\n1\n", "{out}");
}

#[test]
fn a_store_of_an_earlier_version_is_sound() {
    let hospital = Hospital::left_by_an_earlier_version();
    let (code, out, error) = hospital.vigie(&["store", "check"]);
    assert_eq!(code, 0, "{out}{error}");
}

#[test]
fn what_is_damaged_unreadable_or_rewritten_is_found_and_named() {
    for (sql, code, said) in [
        ("UPDATE alert SET body = '{'", 1, "alert        1 row, 1 unreadable"),
        ("UPDATE alert SET body = '{}'", 1, "alert        1 row, 1 unreadable"),
        ("UPDATE page SET letter = '{'", 1, "unreadable"),
        ("UPDATE page SET state = 'lost'", 1, "unreadable"),
        ("UPDATE detection SET body = '[]'", 1, "detection    1 row, 1 unreadable"),
        ("UPDATE ledger SET body = '{}' WHERE id = 2", 5, "the ledger is broken: entry L2"),
        ("DELETE FROM ledger WHERE id = 1", 5, "the ledger is broken: entry L1"),
        (
            "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema \
             WHERE name = 'alert_open') WHERE name = 'page_waiting'",
            1,
            "tables and indexes: ",
        ),
    ] {
        let mut hospital = lived();
        hospital.stop();
        let store = Connection::open(hospital.path("state/vigie.db")).unwrap();
        store.execute_batch(sql).unwrap();
        drop(store);
        let before = std::fs::read(hospital.path("state/vigie.db")).unwrap();
        let (ended, out, error) = hospital.vigie(&["store", "check"]);
        let all = format!("{out}{error}");
        assert!(ended == code && all.contains(said), "{sql}: {ended} {all}");
        assert_eq!(std::fs::read(hospital.path("state/vigie.db")).unwrap(), before, "{sql}: nothing is changed");
        if code == 5 {
            let (_, said) = french(&hospital, &["ledger", "verify"]);
            assert!(said.contains("elle") && !said.contains(" it"), "{said}");
        }
    }
    let mut hospital = lived();
    hospital.stop();
    std::fs::write(hospital.path("state/vigie.db"), "this is not a database").unwrap();
    let (code, _, error) = hospital.vigie(&["store", "check"]);
    assert!(code == 3 && error.contains("is not a store"), "{error}");
}

#[test]
fn a_question_is_answered_in_columns_and_as_json_beside_a_daemon_and_without_one() {
    let mut hospital = lived();
    for runs in [true, false] {
        if !runs {
            hospital.stop();
        }
        let ask = |sql: &str| hospital.vigie(&["store", "query", sql]);
        let (code, out, error) = ask("SELECT id, body ->> '$.title.fr' AS title, open FROM alert");
        assert!(code == 0 && out == "id  title         open\n1   écrans noirs  1\n", "{out}{error}");
        let json = hospital.json(&["store", "query", "SELECT id, realm FROM alert", "--json"]);
        assert_eq!(json.to_string(), r#"{"columns":["id","realm"],"rows":[[1,"live"]],"more":false}"#);
        let (_, out, _) = ask("SELECT letter, key FROM page");
        assert!(!out.contains("a.ferrand@") && !out.contains("rssi@"), "{out}");
        let json = hospital.json(&["store", "query", "SELECT * FROM page", "--json"]).to_string();
        assert!(json.contains("[…]@ch-valmont.example") && !json.contains("rssi@ch"), "{json}");
        let (code, out, error) = hospital.vigie(&["store", "query", "SELECT id FROM ledger", "--most", "2"]);
        assert!(code == 0 && out == "id\n1\n2\n" && error.contains("2 rows shown"), "{out}{error}");
        for (sql, english, words) in [
            ("DELETE FROM alert", "here one only reads", "ici on ne fait que lire"),
            ("SELECT 1; SELECT 2", "one question at a time", "une seule question à la fois"),
            ("SELECT * FROM alerts", "there is no table alerts; there are alert,", "il n'y a pas de table alerts"),
            ("SELEC 1", "not understood; SQLite says: near \"SELEC\"", "n'est pas comprise"),
            ("", "this question is empty", "cette question est vide"),
        ] {
            let (code, out, error) = ask(sql);
            assert!(code == 4 && out.is_empty() && error.contains(english), "{sql}: {out}{error}");
            let (code, said) = french(&hospital, &["store", "query", sql]);
            assert!(code == 4 && said.contains(words), "{sql}: {said}");
        }
    }
    hospital.start();
    hospital.ledger_is_whole();
}

#[test]
fn damage_that_is_found_beside_a_daemon_is_mended_by_it() {
    for name in ["alert", "page_waiting", "ledger"] {
        let hospital = lived();
        let store = hospital.path("state/vigie.db");
        Connection::open(&store).unwrap().query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
        let (_, page, size) = objects(&store).into_iter().find(|(known, ..)| known == name).unwrap();
        zero(&store, page, size);
        let (code, out, error) = hospital.vigie(&["store", "check"]);
        assert!(
            code == 1 && error.contains("tables and indexes: ") && error.contains("SQLite says: "),
            "{name}: {out}{error}"
        );
        assert!(error.contains("sets a damaged store aside"), "{error}");
        wait(&format!("{name}: a sound store"), || {
            let (code, ..) = hospital.vigie(&["store", "check"]);
            (code == 0).then_some(())
        });
        assert_eq!(hospital.entries("store.set_aside").len(), 1, "{name}");
    }
}
