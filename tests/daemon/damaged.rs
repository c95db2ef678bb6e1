//! A store that is damaged, cut, emptied or lost: vigie starts or goes on, says so by every way it has, takes over what
//! can still be read, pages the next attack and gives no number twice.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Write as _;
use std::os::unix::fs::FileExt as _;
use std::path::Path;

use rusqlite::Connection;

use super::hospital::{Hospital, sample, wait};
use super::kills_while_receiving::{found, planted};

/// What is done to a store.
type Harm = Box<dyn Fn(&Path) + Send + Sync>;

/// A hospital that has had alerts, was told of them and is stopped in order, or killed.
fn lived(in_order: bool) -> Hospital {
    let mut hospital = Hospital::new();
    hospital.start();
    hospital.append("Orthanc.log", &sample("orthanc/orthanc-1.12.7-default.log"));
    wait("an alert", || hospital.alerts().into_iter().find(|(rule, _)| rule == "imaging.script_execution"));
    let (code, _, error) = hospital.vigie(&["alert", "raise", "écrans noirs", "--as", "rssi"]);
    assert_eq!(code, 0, "{error}");
    wait("all mails", || (hospital.json(&["status", "--json"])["owed_pages"] == 0).then_some(()));
    if in_order {
        hospital.stop();
    } else {
        hospital.kill();
    }
    hospital
}

fn open_alerts(hospital: &Hospital) -> Vec<serde_json::Value> {
    hospital.json(&["alert", "list", "--json"]).as_array().unwrap().clone()
}

fn numbers(hospital: &Hospital) -> BTreeSet<u64> {
    open_alerts(hospital).iter().map(|alert| alert["id"].as_u64().unwrap()).collect()
}

/// Whether the store can be written, whatever else is the matter.
fn is_kept(hospital: &Hospital) -> bool {
    let (_, out, _) = hospital.vigie(&["status", "--json"]);
    let status: serde_json::Value = serde_json::from_str(&out).unwrap_or_default();
    status["site"].is_string() && status["store_trouble"].is_null()
}

/// The next attack is seen and paged.
fn attack_is_paged(hospital: &Hospital, what: &str) {
    hospital.append("fichiers.log", &sample("linux/samba-full_audit.log"));
    wait(&format!("{what}: the rename burst"), || {
        open_alerts(hospital).into_iter().find(|alert| alert["rule"] == "ransomware.rename_burst")
    });
    wait(&format!("{what}: its mail"), || {
        hospital.mailbox.mails().into_iter().find(|mail| mail.text.contains("Rafale de fichiers"))
    });
}

/// Everybody is told what happened to the store, and it is a store again.
fn it_is_said_and_mended(hospital: &Hospital, what: &str, kind: &str, ailing: &str) {
    wait(&format!("{what}: the entry {kind}"), || hospital.entries(kind).pop());
    wait(&format!("{what}: the alert"), || open_alerts(hospital).into_iter().find(|alert| alert["ailing"] == ailing));
    wait(&format!("{what}: the end of the trouble"), || is_kept(hospital).then_some(()));
    hospital.ledger_is_whole();
}

pub(crate) fn objects(store: &Path) -> Vec<(String, u64, u64)> {
    let store = Connection::open(store).unwrap();
    let size: u64 = store.query_row("PRAGMA page_size", [], |row| row.get(0)).unwrap();
    let mut select = store.prepare("SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 0").unwrap();
    let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let mut found: Vec<(String, u64, u64)> =
        rows.map(|row| row.unwrap()).map(|(name, page)| (name, page, size)).collect();
    found.push(("sqlite_schema".to_owned(), 1, size));
    found
}

pub(crate) fn zero(store: &Path, page: u64, size: u64) {
    let file = std::fs::File::options().write(true).open(store).unwrap();
    file.write_all_at(&vec![0; usize::try_from(size).unwrap()], (page - 1) * size).unwrap();
}

fn harms() -> Vec<(String, Harm)> {
    let cut = |part: u64| -> Harm {
        Box::new(move |store| {
            let length = std::fs::metadata(store).unwrap().len();
            std::fs::File::options().write(true).open(store).unwrap().set_len(length * part / 10).unwrap();
        })
    };
    vec![
        (
            "a garbled header".to_owned(),
            Box::new(|store: &Path| {
                let file = std::fs::File::options().write(true).open(store).unwrap();
                file.write_all_at(&[0x5a; 100], 0).unwrap();
            }) as Harm,
        ),
        ("half of it".to_owned(), cut(5)),
        ("a tenth of it".to_owned(), cut(1)),
        (
            "somebody else's database".to_owned(),
            Box::new(|store: &Path| {
                std::fs::remove_file(store).unwrap();
                Connection::open(store).unwrap().execute_batch("CREATE TABLE x (y)").unwrap();
            }),
        ),
        ("a text".to_owned(), Box::new(|store: &Path| std::fs::write(store, "this is not a database").unwrap())),
    ]
}

/// Harms a store that nobody has open, and sees what comes of it.
fn harmed_at_rest(what: &str, kind: &str, ailing: &str, in_order: bool, harm: impl Fn(&Path)) -> Hospital {
    let mut hospital = lived(in_order);
    let store = hospital.path("state/vigie.db");
    let before: BTreeMap<u64, String> = {
        let store = Connection::open(&store).unwrap();
        let mut select = store.prepare("SELECT id, body ->> '$.title.fr' FROM alert").unwrap();
        select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
    };
    harm(&store);
    hospital.start();
    attack_is_paged(&hospital, what);
    it_is_said_and_mended(&hospital, what, kind, ailing);
    for alert in open_alerts(&hospital) {
        let was = before.get(&alert["id"].as_u64().unwrap());
        assert!(
            was.is_none_or(|title| alert["title"]["fr"] == title.as_str()),
            "{what}: given before, to {was:?}: {alert:#}"
        );
    }
    // And it starts again.
    let numbers = numbers(&hospital);
    hospital.kill();
    hospital.start();
    assert_eq!(self::numbers(&hospital), numbers, "{what}");
    hospital
}

#[test]
fn a_zeroed_page_of_any_table_or_index_stops_nothing() {
    let objects = objects(&lived(true).path("state/vigie.db"));
    assert!(objects.len() > 10, "{objects:?}");
    std::thread::scope(|scope| {
        for lane in 0..3 {
            let objects = &objects;
            scope.spawn(move || {
                for (name, ..) in objects.iter().skip(lane).step_by(3) {
                    let what = format!("a zeroed page of {name}");
                    harmed_at_rest(&what, "store.set_aside", "store:damaged", true, |store| {
                        let (_, page, size) =
                            self::objects(store).into_iter().find(|(known, ..)| known == name).unwrap();
                        zero(store, page, size);
                    });
                }
            });
        }
    });
}

#[test]
fn a_store_that_is_cut_or_garbled_is_set_aside() {
    for (what, harm) in harms() {
        let hospital = harmed_at_rest(&what, "store.set_aside", "store:damaged", true, harm);
        let kept = std::fs::read_dir(hospital.path("state")).unwrap().flatten();
        let names: Vec<String> = kept.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        assert!(names.iter().any(|name| name.starts_with("vigie.db.damaged-")), "{what}: {names:?}");
    }
}

#[test]
fn a_store_that_is_lost_or_empty_is_said_to_be() {
    harmed_at_rest("a lost file", "store.gone", "store:gone", true, |store| std::fs::remove_file(store).unwrap());
    harmed_at_rest("an empty file", "store.gone", "store:gone", true, |store| std::fs::write(store, "").unwrap());
}

#[test]
fn one_alert_that_makes_no_sense_keeps_nothing_else_from_going_on() {
    for body in ["{", "", "null", "{\"id\":\"x\"}"] {
        let mut hospital = lived(true);
        let store = Connection::open(hospital.path("state/vigie.db")).unwrap();
        let update = "UPDATE alert SET body = ?1 WHERE rule = 'imaging.script_execution' RETURNING id";
        let broken: u64 = store.query_row(update, [body], |row| row.get(0)).unwrap();
        drop(store);
        hospital.start();
        let open = open_alerts(&hospital);
        assert!(open.iter().any(|alert| alert["title"]["fr"] == "écrans noirs"), "{body:?}: {open:#?}");
        attack_is_paged(&hospital, body);
        let said = hospital.entries("store.unreadable");
        assert!(
            said.len() == 1 && said[0]["body"]["alert"] == format!("A{broken}"),
            "{body:?}: it is said which: {said:#?}"
        );
        hospital.ledger_is_whole();
    }
}

/// A planted line of syslog that happened so many days ago.
fn dated(days: i64, text: &str) -> String {
    let now = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs();
    let at = jiff::Timestamp::from_second(now.cast_signed() - 24 * 3600 * days).unwrap();
    format!("<13>1 {at} srv-dpi app - - - planted {text}\n")
}

#[test]
fn when_the_store_is_lost_what_was_written_today_is_read_again_and_nothing_of_before() {
    let (mut hospital, _) = planted();
    hospital.edit("vigie.yaml", "logs/copied.log, format: plain", "logs/copied.log, format: syslog");
    let log = hospital.path("logs/copied.log");
    let write = |lines: &[(i64, &str)]| {
        let lines: String = lines.iter().map(|(days, text)| dated(*days, text)).collect();
        File::options().create(true).append(true).open(&log).unwrap().write_all(lines.as_bytes()).unwrap();
    };
    let waits = |hospital: &Hospital, text: &str| {
        wait(text, || found(hospital).contains_key(&format!("planted {text}")).then_some(()));
    };
    hospital.start();
    write(&[(2, "two days ago"), (0, "today")]);
    waits(&hospital, "today");
    hospital.stop();
    write(&[(1, "yesterday and unread"), (0, "today and unread")]);
    let rotated = hospital.path("logs/copied.log-1");
    std::fs::rename(&log, &rotated).unwrap();
    assert!(std::process::Command::new("gzip").arg(&rotated).status().unwrap().success());
    write(&[(0, "in the next file")]);
    hospital.append("copied.log", b"<13>app: planted without a time\n");
    std::fs::remove_file(hospital.path("state/vigie.db")).unwrap();
    hospital.start();
    for text in ["today", "today and unread", "in the next file"] {
        waits(&hospital, text);
    }
    // From here on lines are new, whatever they say of their time.
    write(&[(5, "late")]);
    hospital.append("copied.log", b"<13>app: planted without a time, and new\n");
    for text in ["late", "without a time, and new"] {
        waits(&hospital, text);
    }
    hospital.kill();
    hospital.start();
    let lines: Vec<String> = found(&hospital).into_iter().filter(|(_, hits)| hits[..] == [1]).map(|it| it.0).collect();
    let wanted = ["in the next file", "late", "today", "today and unread", "without a time, and new"];
    assert_eq!(lines, wanted.map(|text| format!("planted {text}")));
    let told = hospital.json(&["alert", "list", "--json"]).to_string();
    assert!(told.contains("relus depuis le début de la journée"), "{told}");
}

#[test]
fn what_waits_beside_the_store_may_be_garbled_or_lost_after_a_crash() {
    type Beside = fn(&Path);
    let harms: [(&str, Beside); 3] = [
        ("a garbled log", |log| std::fs::write(log, vec![0x5a; 100_000]).unwrap()),
        ("a cut log", |log| {
            let length = std::fs::metadata(log).unwrap().len();
            std::fs::File::options().write(true).open(log).unwrap().set_len(length / 2).unwrap();
        }),
        ("a lost log", |log| std::fs::remove_file(log).unwrap()),
    ];
    for (what, harm) in harms {
        let mut hospital = lived(false);
        harm(&hospital.path("state/vigie.db-wal"));
        hospital.start();
        attack_is_paged(&hospital, what);
        hospital.ledger_is_whole();
    }
}

#[test]
fn open_alerts_and_the_ledger_outlive_a_damaged_index() {
    let hospital = harmed_at_rest("an index", "store.set_aside", "store:damaged", true, |store| {
        let (_, page, size) = objects(store).into_iter().find(|(name, ..)| name == "alert_open").unwrap();
        zero(store, page, size);
    });
    let open = open_alerts(&hospital);
    assert!(open.iter().any(|alert| alert["title"]["fr"] == "écrans noirs"), "{open:#?}");
    assert!(hospital.entries("alert.raised").iter().any(|entry| entry["body"]["title"]["fr"] == "écrans noirs"));
    let (code, out, _) = hospital.vigie(&["ledger", "verify"]);
    assert!(code == 0 && !out.contains("lost"), "{out}");
}

#[test]
fn a_page_that_is_zeroed_while_vigie_runs_stops_nothing_and_what_is_open_stays_open() {
    for name in ["alert", "page", "ledger", "position", "sqlite_autoindex_page_1"] {
        let mut hospital = Hospital::new();
        hospital.start();
        let (code, _, error) = hospital.vigie(&["alert", "raise", "écrans noirs", "--as", "rssi"]);
        assert_eq!(code, 0, "{error}");
        let store = hospital.path("state/vigie.db");
        // What is only in the log beside it is not in the file yet.
        Connection::open(&store).unwrap().query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
        let (_, page, size) = objects(&store).into_iter().find(|(known, ..)| known == name).unwrap();
        zero(&store, page, size);
        // A restore or a cleaning touches the file as well: nothing of it is remembered.
        attack_is_paged(&hospital, name);
        let (_, out, error) = hospital.vigie(&["alert", "list", "--all"]);
        assert!(out.contains("écrans noirs") || error.contains("cannot be read"), "{name}: {out}{error}");
        drop(hospital.vigie(&["ledger", "show"]));
        wait(&format!("{name}: the end of the trouble"), || is_kept(&hospital).then_some(()));
        hospital.kill();
        hospital.start();
        wait(&format!("{name}: what was open"), || {
            open_alerts(&hospital).into_iter().find(|alert| alert["title"]["fr"] == "écrans noirs")
        });
        hospital.ledger_is_whole();
    }
}
