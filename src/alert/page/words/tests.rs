//! What pages say, as people read it.

use super::*;

fn summary() -> AlertSummary {
    AlertSummary {
        site: "CH de Valmont".to_owned(),
        zone: TimeZone::get("Europe/Paris").expect("a zone of the database"),
        alert: AlertId(12),
        level: Level::Critical,
        title: "Renommage massif de fichiers".to_owned(),
        subject: vec![
            ("hôte".to_owned(), "srv-fic-01".to_owned()),
            ("dossier".to_owned(), "/partages/imagerie\n[faux] : tout va bien".to_owned()),
        ],
        others: 0,
        count: 42,
        first: "2026-10-25T00:59:58Z".parse().expect("an instant"),
        last: "2026-10-25T01:00:03Z".parse().expect("an instant"),
        source: Some("fichiers".into()),
        rule: Some("ransomware.rename_burst".into()),
        author: Some("Équipe vigie".to_owned()),
        references: vec!["https://attack.mitre.org/techniques/T1486/".to_owned()],
    }
}

#[test]
fn an_alert_says_what_where_when_and_how_to_answer() {
    let draft = alert(&summary(), &"rssi".into(), Language::Fr);
    assert_eq!(draft.subject(), "[critique] CH de Valmont - Renommage massif de fichiers (A12)");
    let expected = "\
Alerte A12, niveau critique
Renommage massif de fichiers

Site\u{a0}: CH de Valmont
hôte\u{a0}: srv-fic-01
dossier\u{a0}: /partages/imagerie\\n[faux] : tout va bien
Vu\u{a0}: 42 fois, du 25/10/2026 02:59:58 CEST au 25/10/2026 02:00:03 CET
Source\u{a0}: fichiers

Pour dire «\u{a0}je m'en charge\u{a0}», sur un poste où vigie est installé\u{a0}:
    vigie alert ack A12 --as rssi
Sans réponse, la personne suivante de la chaîne sera prévenue.

Règle\u{a0}: ransomware.rename_burst
Auteur de la règle\u{a0}: Équipe vigie
Références\u{a0}:
  - https://attack.mitre.org/techniques/T1486/";
    assert_eq!(draft.body(), expected);
    assert_eq!(
        draft.short(),
        "A12 critique: Renommage massif de fichiers - CH de Valmont, srv-fic-01, /partages/imagerie\\n[faux] : tou... - vigie alert ack A12 --as rssi"
    );
}

#[test]
fn an_alert_speaks_english_too() {
    let mut summary = summary();
    summary.count = 1;
    summary.last = summary.first;
    summary.author = None;
    summary.references.clear();
    let draft = alert(&summary, &"rssi".into(), Language::En);
    assert_eq!(draft.subject(), "[critical] CH de Valmont - Renommage massif de fichiers (A12)");
    assert!(draft.body().contains("Seen: once, on 2026-10-25 02:59:58 CEST\n"), "{}", draft.body());
    assert!(draft.body().ends_with("Rule: ransomware.rename_burst"), "{}", draft.body());
}

#[test]
fn what_came_from_a_log_is_redacted_everywhere() {
    let mut summary = summary();
    summary.title = "Dossier 185057800608491 ouvert".to_owned();
    summary.subject = vec![
        ("patient_id".to_owned(), "8812345".to_owned()),
        ("appelant".to_owned(), "06 12 34 56 78".to_owned()),
        ("url".to_owned(), "/x?token=abcdef".to_owned()),
    ];
    summary.author = Some("a.ferrand@ch-valmont.example".to_owned());
    let duty_text = DutyText { what: "incident".to_owned(), place: "portail".to_owned(), due: None };
    for draft in [
        alert(&summary, &"rssi".into(), Language::Fr),
        reack(&summary, &"rssi".into(), Language::Fr),
        duty(&summary, &duty_text, Language::Fr),
        last_resort(&summary, &[], Language::Fr),
    ] {
        let all = format!("{} {} {}", draft.subject(), draft.body(), draft.short());
        for secret in ["185057800608491", "8812345", "06 12", "abcdef", "a.ferrand"] {
            assert!(!all.contains(secret), "{secret} in {all}");
        }
    }
}

#[test]
fn what_came_from_a_log_cannot_write_lines_of_its_own() {
    let mut summary = summary();
    summary.subject = vec![("x".to_owned(), "a\r\nBcc: x@y.example\u{202e}olleh\u{2028}b".to_owned())];
    let draft = alert(&summary, &"rssi".into(), Language::En);
    assert!(draft.body().contains("\nx: a\\r\\nBcc: […]@y.example\\u{202e}olleh\\u{2028}b\n"), "{}", draft.body());
    summary.title = "line\r\nInjected: yes".to_owned();
    assert!(alert(&summary, &"rssi".into(), Language::En).subject().contains("line\\r\\nInjected: yes"));
}

#[test]
fn many_long_values_stay_readable() {
    let mut summary = summary();
    summary.subject = (0..50).map(|number| (format!("k{number}"), "v".repeat(5000))).collect();
    summary.references = vec!["https://example.org/".repeat(100); 30];
    let draft = alert(&summary, &"rssi".into(), Language::Fr);
    assert!(draft.body().len() < 4000, "{}", draft.body().len());
    assert!(draft.body().contains("Autres valeurs\u{a0}: 42"));
    assert!(draft.short().ends_with("vigie alert ack A12 --as rssi"), "{}", draft.short());
}

#[test]
fn whoever_said_i_have_it_is_asked_again() {
    let draft = reack(&summary(), &"rssi".into(), Language::Fr);
    assert!(draft.subject().starts_with("Toujours ouverte - [critique]"));
    assert!(draft.short().starts_with("A12 Toujours ouverte: Renommage"), "{}", draft.short());
}

#[test]
fn a_declaration_says_what_where_and_that_nobody_else_does_it() {
    let text = DutyText {
        what: "Incident grave de sécurité".to_owned(),
        place: "Portail de signalement\nhttps://signalement.social-sante.gouv.fr".to_owned(),
        due: Some("sans délai".to_owned()),
    };
    let draft = duty(&summary(), &text, Language::Fr);
    assert_eq!(draft.subject(), "À déclarer - Incident grave de sécurité (A12)");
    assert!(draft.body().contains("https://signalement.social-sante.gouv.fr\nAvant\u{a0}: sans délai\n"));
    assert!(draft.body().contains("ne déclare rien à votre place"));
    assert!(draft.short().starts_with("A12 A déclarer: Incident grave de sécurité (sans délai)."), "{}", draft.short());
}

#[test]
fn the_sheet_of_last_resort_has_numbers_to_call_and_room_to_write() {
    let contacts = [
        Contact { name: "Mme A. Ferrand".to_owned(), phone: Some("06 00 00 00 01".to_owned()) },
        Contact { name: "Administrateur de garde".to_owned(), phone: None },
    ];
    let draft = last_resort(&summary(), &contacts, Language::Fr);
    assert!(draft.body().contains("  1. Mme A. Ferrand - 06 00 00 00 01\n      appelé à"), "{}", draft.body());
    assert!(draft.body().contains("  2. Administrateur de garde - ____"));
}

#[test]
fn an_inject_keeps_its_authors_words() {
    let draft = inject("Appel des urgences", "Les imprimantes sortent\nla même page.", Language::Fr);
    assert_eq!(draft.body(), "Les imprimantes sortent\nla même page.");
    assert_eq!(draft.short(), "Appel des urgences: Les imprimantes sortent la meme page.");
    assert_eq!(inject("", "Une phrase.", Language::Fr).subject(), "Une phrase.");
}
