//! A ledger that was changed behind vigie's back: vigie watches on, and says so in the ledger, in its status, by a page with
//! what to do first, and by `vigie ledger verify`.

use std::path::Path;

use rusqlite::Connection;
use serde_json::Value;

use super::hospital::{Hospital, wait};

/// A hospital that has had an alert, is anchored elsewhere and is stopped.
fn lived() -> Hospital {
    let mut hospital = Hospital::new();
    std::fs::create_dir(hospital.path("witness")).unwrap();
    hospital.edit("vigie.yaml", "state: state\n", "state: state\nledger: {anchor: witness/}\n");
    hospital.start();
    live(&mut hospital, "écrans noirs");
    hospital
}

fn live(hospital: &mut Hospital, title: &str) {
    for arguments in [
        &["alert", "raise", title, "--as", "rssi"][..],
        &["note", "commutateur débranché, IPP 8001234567", "--alert", "A1", "--as", "rssi"],
    ] {
        let (code, _, error) = hospital.vigie(arguments);
        assert_eq!(code, 0, "{error}");
    }
    wait("all mails", || (hospital.json(&["status", "--json"])["owed_pages"] == 0).then_some(()));
    hospital.stop();
}

fn copy(from: &Path, to: &Path) {
    drop(std::fs::remove_dir_all(to));
    std::fs::create_dir(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        if entry.path().is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

/// It is named by the command, and told and paged by a vigie that starts and watches.
fn is_named_and_paged(hospital: &mut Hospital, what: &str, (named, nommee): (&str, &str)) {
    let (code, _, error) = hospital.vigie(&["ledger", "verify"]);
    assert!(code == 5 && error.contains(named), "{what}: {code} {error}");
    let before = hospital.mailbox.mails().len();
    hospital.start();
    wait(&format!("{what}: the entry"), || hospital.entries("ledger.broken").pop());
    let alert = wait(&format!("{what}: the alert"), || {
        let open = hospital.json(&["alert", "list", "--json"]).as_array().unwrap().clone();
        open.into_iter().find(|alert| alert["ailing"] == "ledger")
    });
    let first = alert["description"]["fr"].as_str().unwrap();
    assert!(first.contains("Gestes à faire d'abord") && first.contains(nommee), "{what}: {first}");
    wait(&format!("{what}: the mail"), || {
        let mails = hospital.mailbox.mails();
        mails[before..].iter().find(|mail| mail.text.contains("n'est plus ce qui a")).map(|_| ())
    });
    let (code, said, _) = hospital.vigie(&["status"]);
    assert!(code == 1 && said.contains("the ledger is broken"), "{what}: {code} {said}");
    hospital.stop();
    // Told once: the next start shows it, and pages nobody anew.
    hospital.start();
    wait(&format!("{what}: still shown"), || {
        hospital.vigie(&["status"]).1.contains("the ledger is broken").then_some(())
    });
    // Once by what is beside the store, and once by the anchor, which remembers more.
    let told = hospital.entries("ledger.broken").len();
    assert!((1..=2).contains(&told), "{what}: {told}");
    hospital.stop();
}

#[test]
fn an_entry_altered_with_recomputed_hashes_is_named_and_paged() {
    let mut hospital = lived();
    let store = Connection::open(hospital.path("state/vigie.db")).unwrap();
    store.execute("UPDATE ledger SET body = replace(body, 'rssi', 'eve') WHERE kind = 'alert.raised'", []).unwrap();
    assert_eq!(store.changes(), 1);
    drop(store);
    is_named_and_paged(&mut hospital, "altered", ("is not what was sealed", "n'est pas ce qui a été scellé"));
}

#[test]
fn a_tail_that_is_cut_is_named_and_paged() {
    let mut hospital = lived();
    let store = Connection::open(hospital.path("state/vigie.db")).unwrap();
    store
        .execute_batch(
            "DELETE FROM ledger WHERE id > 4; UPDATE head SET (id, seal) = (SELECT id, seal FROM ledger WHERE id = 4)",
        )
        .unwrap();
    drop(store);
    is_named_and_paged(&mut hospital, "cut", ("its end was cut off", "la fin a été coupée"));
}

#[test]
fn an_older_state_folder_is_named_and_paged() {
    let mut hospital = lived();
    copy(&hospital.path("state"), &hospital.path("older"));
    hospital.start();
    live(&mut hospital, "encore des écrans noirs");
    copy(&hospital.path("older"), &hospital.path("state"));
    is_named_and_paged(&mut hospital, "older", ("according to the anchor of", "d'après l'ancre du"));
}

#[test]
fn a_ledger_of_which_bodies_are_erased_is_whole_and_nothing_of_them_is_left_in_it() {
    let mut hospital = lived();
    hospital.start();
    let (code, _, error) = hospital.vigie(&["ledger", "erase", "--alert", "A1", "--reason", "demande", "--as", "rssi"]);
    assert_eq!(code, 0, "{error}");
    let (_, shown, _) = hospital.vigie(&["ledger", "show"]);
    assert!(!shown.contains("commutateur") && !shown.contains("écrans noirs"), "{shown}");
    assert!(shown.contains("erased=true") && shown.contains("reason=demande"), "{shown}");
    hospital.stop();
    let (code, said, note) = hospital.vigie(&["ledger", "verify"]);
    assert!(code == 0 && said.contains("is whole") && note.contains("erased"), "{said}{note}");
    hospital.start();
    assert!(hospital.entries("ledger.broken").is_empty());
    hospital.stop();
}

#[test]
fn every_mail_says_where_the_ledger_stood_and_a_note_says_nothing_private() {
    let mut hospital = lived();
    hospital.start();
    live(&mut hospital, "encore des écrans noirs");
    let mails = hospital.mailbox.mails();
    let foot = mails.iter().filter_map(|mail| mail.text.lines().find(|line| line.contains(", sceau "))).next_back();
    let seal = foot.expect("a foot").trim().rsplit(' ').next().unwrap().to_owned();
    assert_eq!(seal.len(), 16, "{foot:?}");
    assert_eq!(hospital.vigie(&["ledger", "verify", "--head", &seal]).0, 0);
    assert_eq!(hospital.vigie(&["ledger", "verify", "--head", &seal.chars().rev().collect::<String>()]).0, 5);
    hospital.start();
    let (_, story, _) = hospital.vigie(&["alert", "show", "A1"]);
    assert!(story.contains("note by rssi") && story.contains("commutateur débranché"), "{story}");
    assert!(!story.contains("8001234567"), "{story}");
    let (code, page, _) = hospital.vigie(&["ledger", "export", "--alert", "A1", "--language", "fr"]);
    for part in ["Dossier de l'alerte A1", "Qui a été prévenu", "Notes", "commutateur débranché", "Ce qui le prouve"]
    {
        assert!(code == 0 && page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("8001234567") && !page.contains("<script"), "{page}");
    hospital.stop();
}

#[test]
fn the_figures_of_a_month_are_what_was_asked_answered_and_delivered() {
    let mut hospital = lived();
    hospital.start();
    live(&mut hospital, "encore des écrans noirs");
    hospital.start();
    assert_eq!(hospital.vigie(&["alert", "qualify", "A1", "false", "--as", "rssi"]).0, 0);
    let accepted = hospital.entries("page.accepted");
    let to = |person: &str| accepted.iter().filter(|entry| entry["body"]["to"] == person).count();
    let number = |count: usize| u64::try_from(count).expect("few");
    let read = |hospital: &Hospital| hospital.json(&["alert", "stats", "--format", "json"]);
    let running = read(&hospital);
    let months = running.as_array().expect("a list");
    let sum =
        |path: &str| months.iter().map(|month| month.pointer(path).and_then(Value::as_u64).unwrap_or(0)).sum::<u64>();
    assert_eq!(sum("/alerts/alerts"), number(hospital.entries("alert.raised").len()), "{running:#}");
    assert_eq!((sum("/alerts/qualified"), sum("/alerts/false"), sum("/not_counted")), (1, 1, 0), "{running:#}");
    assert_eq!(sum("/load/pages"), number(accepted.len()), "{running:#}");
    let people = months.iter().flat_map(|month| month["people"].as_array().expect("a list"));
    for person in people {
        let (id, pages) = (person["person"].as_str().expect("a name"), person["load"]["pages"].as_u64());
        assert_eq!(pages, Some(number(to(id))), "{running:#}");
    }
    // The same where no daemon runs, and in every form.
    hospital.stop();
    assert_eq!(read(&hospital), running);
    let (_, csv, _) = hospital.vigie(&["alert", "stats", "--format", "csv", "--language", "fr"]);
    assert!(
        csv.starts_with("\"Mois\",\"Ligne\",\"Personne\",") && csv.contains(&format!("\"{}\"", accepted.len())),
        "{csv}"
    );
    let path = hospital.path("figures.html");
    let into = ["alert", "stats", "--format", "html", "--language", "fr", "-o", path.to_str().expect("UTF-8")];
    let (code, _, note) = hospital.vigie(&into);
    assert_eq!(code, 0, "{note}");
    let page = std::fs::read_to_string(&path).expect("it is written");
    assert!(
        page.contains("<h2>Messages, personne par personne</h2>") && page.contains("M. B. Leroy, informatique"),
        "{page}"
    );
    // What is erased is counted no more, and that is said.
    hospital.start();
    assert_eq!(hospital.vigie(&["ledger", "erase", "--alert", "A1", "--reason", "demande", "--as", "rssi"]).0, 0);
    let (_, out, note) = hospital.vigie(&["alert", "stats"]);
    assert!(note.contains("could not be counted"), "{out}{note}");
    hospital.stop();
}
