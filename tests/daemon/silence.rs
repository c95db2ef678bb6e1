//! Silences as people make them: by the command line, in French and in English, over a `kill -9`.

use super::hospital::{Hospital, sample, wait};

const BURST: &str = "ransomware.rename_burst";

fn burst(hospital: &Hospital) -> serde_json::Value {
    wait("the rename burst", || {
        let alerts = hospital.json(&["alert", "list", "--json"]);
        alerts.as_array().unwrap().iter().find(|alert| alert["rule"] == BURST).cloned()
    })
}

fn mails_about_it(hospital: &Hospital) -> Vec<String> {
    let mails = hospital.mailbox.mails().into_iter().map(|mail| mail.text);
    mails.filter(|text| text.contains("Rafale de fichiers renommés")).collect()
}

#[test]
fn a_silence_survives_a_kill_and_what_it_held_back_is_told_when_it_is_ended() {
    let mut hospital = Hospital::new();
    hospital.start();
    let add =
        ["silence", "add", "--rule", BURST, "--level", "critical", "--for", "2h", "--reason", "test", "--as", "rssi"];
    let (code, out, error) = hospital.vigie(&add);
    assert_eq!(code, 0, "{error}");
    assert!(out.starts_with("S1: nobody is told of this, up to the level critical, until "), "{out}");
    hospital.kill();
    hospital.start();
    hospital.append("fichiers.log", &sample("linux/samba-full_audit.log"));
    let id = format!("A{}", burst(&hospital)["id"]);
    hospital.kill();
    hospital.start();
    let (_, out, _) = hospital.vigie(&["alert", "list"]);
    let line = out.lines().find(|line| line.contains(&id)).unwrap();
    assert!(line.contains("held back by silence S1 of rssi (test) until "), "{line}");
    let (_, out, _) = hospital.vigie(&["silence", "list"]);
    assert!(out.contains("  S1  runs until ") && out.contains(&format!("holds back {id}")), "{out}");
    assert!(out.contains(&format!("rule {BURST}, up to the level critical")), "{out}");
    let (_, out, _) = hospital.vigie(&["status"]);
    assert!(out.contains("1 silence or maintenance window runs, 1 alert held back"), "{out}");
    let count = |hospital: &Hospital| mails_about_it(hospital).len();
    assert_eq!(count(&hospital), 0, "nobody was told");
    let (code, out, error) = hospital.vigie(&["silence", "end", "S1", "--as", "rssi"]);
    assert_eq!(
        (code, out.as_str()),
        (0, "S1 is ended; 1 alert was held back, and is told if it is still open\n"),
        "{error}"
    );
    let mail = wait("its mail", || mails_about_it(&hospital).pop());
    assert!(mail.contains("par le silence S1 de Mme A. Ferrand, RSSI (test)"), "{mail}");
    assert!(mail.contains("Quelqu'un l'a levé, et l'alerte est toujours ouverte."), "{mail}");
    let (_, story, _) = hospital.vigie(&["alert", "show", &id]);
    assert!(
        story.contains("held back by silence S1 of rssi (test)") && story.contains("not held back any more"),
        "{story}"
    );
    hospital.ledger_is_whole();
}

#[test]
fn what_cannot_be_silenced_is_said_plainly() {
    let mut hospital = Hospital::new();
    hospital.start();
    let add = |more: &[&str]| {
        let (code, _, error) =
            hospital.vigie(&[&["silence", "add", "--reason", "test", "--as", "rssi"], more].concat());
        assert_ne!(code, 0, "{more:?}");
        error
    };
    assert!(add(&["--for", "2h"]).contains("a silence says what it is about: --rule, --machine"));
    assert!(add(&["--machine", "srv1"]).contains("--until"));
    assert!(add(&["--machine", "srv1", "--for", "31d"]).contains("lasts 30 days at most"));
    assert!(add(&["--machine", "localhost", "--for", "2h"]).contains("names nothing in particular"));
    assert!(add(&["--rule", "ransomware.rename_brust", "--for", "2h"]).contains("`ransomware.rename_burst`"));
    assert!(add(&["--source", "pac", "--for", "2h"]).contains("`pacs`"));
    assert!(add(&["--machine", "srv1", "--until", "midi"]).contains("write an hour such as 22:00"));
    let (code, out, _) = hospital.vigie(&["silence", "list"]);
    assert_eq!((code, out.as_str()), (0, "no silence\n"));
}
