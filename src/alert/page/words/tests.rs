//! What pages say, as people read it.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::*;
use crate::alert::{Alert, Detection, Muted, MutedBy, Qualification, Unmuted, Verdict, Why, WhyUnmuted};
use crate::base::id::{AlertId, SilenceId};
use crate::base::level::Level;
use crate::base::realm::Realm;
use crate::base::redact::{Clean, class_of};
use crate::base::tie::{Tie, TieKind};

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn pair(name: &str, value: &str) -> (String, Clean) {
    (name.to_owned(), Clean::in_class(class_of(name), value))
}

fn renames() -> Detection {
    let title = Text::both("Renommage massif de fichiers", "Mass renaming of files");
    let alert = Alert {
        rule: Some("ransomware.rename_burst".into()),
        description: Text::both("Un compte renomme tout ce qu'il trouve.", "An account renames all it finds."),
        subject: vec![pair("user", "m.durand"), pair("share", "/partages/imagerie\n[faux] : tout va bien")],
        source: Some("fichiers".into()),
        hits: 42,
        first: at("2026-10-25T00:59:58Z"),
        last: at("2026-10-25T01:00:03Z"),
        author: Some("Équipe vigie".to_owned()),
        references: vec!["https://attack.mitre.org/techniques/T1486/".to_owned()],
        ..Alert::new(Realm::Live, Level::Critical, title, at("2026-10-25T00:59:58Z"))
    };
    Detection {
        line: Some(Clean::of("smbd_audit: m.durand|10.2.3.4|renamed|ok|scan.dcm|scan.dcm.locked")),
        place: Some("audit.log@48213".to_owned()),
        gestures: vec![Text::both("Isoler le poste, sans l'éteindre", "Isolate the machine, do not switch it off")],
        ..Detection::from(&alert)
    }
}

fn sweep() -> Detection {
    Detection {
        rule: Some("deception.decoy_touched".into()),
        title: Text::both("Un leurre a été touché", "A decoy was touched"),
        level: Level::High,
        subject: vec![pair("src_ip", "10.2.3.4")],
        hits: 1,
        last: at("2026-10-25T00:59:58Z"),
        line: None,
        fields: vec![pair("dst_port", "22")],
        place: None,
        gestures: Vec::new(),
        joined: Tie::of(TieKind::Address, "10.2.3.4").map(Why::Shares),
        ..renames()
    }
}

/// An alert of these signs, and what is known of it.
fn with<T>(signs: &[Detection], tell: impl Fn(&Story<'_>) -> T) -> T {
    let mut alert = Alert { id: AlertId(12), ..Alert::of(Realm::Live, &signs[0], at("2026-10-25T01:00:04Z")) };
    alert.made_of(&signs.iter().collect::<Vec<_>>());
    tell(&Story {
        site: "CH de Valmont".to_owned(),
        folder: Some("/etc/vigie".to_owned()),
        zone: TimeZone::get("Europe/Paris").expect("a zone of the database"),
        alert: &alert,
        detections: signs.iter().collect(),
        gestures: crate::alert::gestures::listed(signs),
        ended_by: Some("M. B. Leroy".to_owned()),
        told: vec!["M. B. Leroy".to_owned()],
        holder: None,
        owner: None,
        times: (1, None),
        until: Some(at("2026-10-25T01:10:04Z")),
    })
}

fn yours(story: &Story<'_>, language: Language) -> Draft {
    asked(story, Question::Yours, &"rssi".into(), language)
}

fn alert_of(detection: Detection, language: Language) -> Draft {
    with(&[detection], |story| yours(story, language))
}

#[test]
fn an_alert_says_what_where_when_what_to_do_and_how_to_answer() {
    let draft = alert_of(renames(), Language::Fr);
    assert_eq!(draft.subject(), "[A12 critique] Renommage massif de fichiers (m.durand) - CH de Valmont");
    let expected = "\
Alerte A12, niveau critique
Renommage massif de fichiers

Site\u{a0}: CH de Valmont

compte\u{a0}: m.durand
partage\u{a0}: /partages/imagerie\\n[faux] : tout va bien
Vu\u{a0}: 42 fois, du 25 oct. 2026 02:59:58 CEST au 25 oct. 2026 02:00:03 CET
Source\u{a0}: fichiers, audit.log@48213
Ligne\u{a0}: smbd_audit: m.durand|10.2.3.4|renamed|ok|scan.dcm|scan.dcm.locked

Ce que cela veut dire\u{a0}:
Un compte renomme tout ce qu'il trouve.

À regarder d'abord\u{a0}:
  [ ] 1. Isoler le poste, sans l'éteindre

Prise en charge\u{a0}: personne ne s'en occupe
Prévenus avant vous\u{a0}: M. B. Leroy

Pour dire «\u{a0}je m'en charge\u{a0}», sur un poste où vigie est installé\u{a0}:
    vigie alert ack A12 --as rssi --site /etc/vigie
Sans réponse avant le 25 oct. 2026 02:10:04 CET, la personne suivante de la chaîne sera prévenue.

Règle\u{a0}: ransomware.rename_burst
Auteur de la règle\u{a0}: Équipe vigie
Références\u{a0}:
  - https://attack.mitre.org/techniques/T1486/";
    assert_eq!(draft.body(), expected);
    assert_eq!(
        draft.short(),
        "A12 CRITIQUE, CH de Valmont: Renommage massif de fichiers - 42x depuis 02:59, m.durand, /partages/imagerie\\n[faux] : tout va bien"
    );
}

/// What held an alert back stands in its page, as long as nobody has it.
#[test]
fn an_alert_that_was_held_back_says_by_what_and_why_it_is_not_any_more() {
    let silence = MutedBy::Silence {
        silence: SilenceId(3),
        owner: "rssi".into(),
        reason: "remplacement\ndes disques".to_owned(),
    };
    let muted = Muted { since: at("2026-10-24T20:00:00Z"), until: at("2026-10-25T01:12:00Z"), by: silence };
    let said = |why, language| {
        with(&[renames()], |story| {
            let unmuted = Some(Unmuted { muted: muted.clone(), why });
            let alert = Alert { unmuted, ..story.alert.clone() };
            yours(&Story { alert: &alert, owner: Some("Mme A. Ferrand".to_owned()), ..story.clone() }, language)
        })
    };
    let draft = said(WhyUnmuted::Over, Language::Fr);
    assert_eq!(
        draft.subject(),
        "[A12 critique, était retenue] Renommage massif de fichiers (m.durand) - CH de Valmont"
    );
    let line = "\n\nRetenue depuis le 24 oct. 2026 22:00:00 par le silence S3 de Mme A. Ferrand (remplacement des disques), \
                jusqu'au 25 oct. 2026 02:12:00 CET. C'est fini, et l'alerte est toujours ouverte.\n\n";
    assert!(draft.body().contains(line), "{}", draft.body());
    assert!(draft.short().starts_with("A12 CRITIQUE, était retenue, CH de Valmont: "), "{}", draft.short());
    let draft = said(WhyUnmuted::Uncovered, Language::En);
    let line = "\n\nHeld back since 24 Oct 2026 22:00:00 by silence S3 of Mme A. Ferrand (remplacement des disques), until \
                25 Oct 2026 02:12:00 CET. Something else was found, which is not held back.\n\n";
    assert!(draft.body().contains(line), "{}", draft.body());
}

#[test]
fn an_alert_speaks_english_too() {
    let sign = renames();
    let draft =
        alert_of(Detection { hits: 1, last: sign.first, author: None, references: Vec::new(), ..sign }, Language::En);
    assert_eq!(draft.subject(), "[A12 critical] Mass renaming of files (m.durand) - CH de Valmont");
    for part in [
        "account: m.durand\n",
        "Seen: once, on 25 Oct 2026 02:59:58 CEST\n",
        "To look at first:\n",
        "An account renames",
    ] {
        assert!(draft.body().contains(part), "{part} in {}", draft.body());
    }
    assert!(draft.body().ends_with("Rule: ransomware.rename_burst"), "{}", draft.body());
}

/// B1: one page with all its signs, and why they are one.
#[test]
fn several_signs_are_one_page() {
    let draft = with(&[renames(), sweep()], |story| yours(story, Language::Fr));
    assert_eq!(
        draft.subject(),
        "[A12 critique] 2 signes, dont\u{a0}: Renommage massif de fichiers (m.durand) - CH de Valmont"
    );
    for part in [
        "1. Renommage massif de fichiers (critique)\n   compte\u{a0}: m.durand\n",
        "2. Un leurre a été touché (élevé)\n   adresse\u{a0}: 10.2.3.4\n",
        "   dst_port\u{a0}: 22\n   (réunie ici\u{a0}: même adresse, 10.2.3.4)\n",
        "Vu\u{a0}: 43 fois",
    ] {
        assert!(draft.body().contains(part), "{part} in {}", draft.body());
    }
    assert!(
        draft.short().starts_with("A12 CRITIQUE, CH de Valmont: 2 signes, dont : Renommage massif"),
        "{}",
        draft.short()
    );
}

/// A5: of many, some are shown, more are named, and the rest is counted.
#[test]
fn of_very_many_signs_the_names_are_given_as_far_as_they_help() {
    let mut signs = vec![renames()];
    let admin = |number| Detection { subject: vec![pair("user", &format!("DOMAIN-ADMIN-{number}"))], ..renames() };
    signs.extend((1..=60).map(admin));
    let draft = with(&signs, |story| yours(story, Language::Fr));
    assert!(draft.body().contains("… et 56 autres\u{a0}: DOMAIN-ADMIN-5, "), "{}", draft.body());
    assert!(draft.body().contains("DOMAIN-ADMIN-24") && !draft.body().contains("DOMAIN-ADMIN-25"));
    assert!(draft.short().contains("et 60 autres"), "{}", draft.short());
}

/// B4: a reminder does not look like the first.
#[test]
fn a_reminder_says_that_it_is_one() {
    let draft = with(&[renames()], |story| yours(&Story { times: (2, Some(3)), ..story.clone() }, Language::Fr));
    assert!(draft.subject().starts_with("[A12 critique, rappel 2/3] "), "{}", draft.subject());
    assert!(draft.short().starts_with("A12 CRITIQUE, rappel 2/3, CH de Valmont: "), "{}", draft.short());
    let draft = with(&[renames()], |story| yours(&Story { times: (7, None), ..story.clone() }, Language::En));
    assert!(draft.subject().starts_with("[A12 critical, reminder 7] "), "{}", draft.subject());
}

/// B9: what needs no answer says so.
#[test]
fn who_was_told_learns_who_has_it_that_it_is_over_and_what_was_wrong() {
    let has =
        |story: &Story<'_>| taken(&Story { holder: Some("Mme A. Ferrand".to_owned()), ..story.clone() }, Language::Fr);
    let draft = with(&[renames()], has);
    assert_eq!(
        draft.subject(),
        "[A12 critique, Mme A. Ferrand s'en occupe] Renommage massif de fichiers (m.durand) - CH de Valmont"
    );
    assert!(draft.body().starts_with("Mme A. Ferrand s'en occupe\n\nVous aviez été prévenu"), "{}", draft.body());
    assert!(!draft.body().contains("vigie alert ack"));
    let ends = |story: &Story<'_>| {
        let said = Qualification {
            verdict: Verdict::False,
            personal_data: None,
            care: None,
            by: "b-leroy".into(),
            at: story.alert.raised,
            note: Some("sauvegarde du PACS".to_owned()),
        };
        let ended = Some(("b-leroy".to_owned(), Some("rien de grave".to_owned())));
        let alert = Alert { qualified: Some(said), ended, ..story.alert.clone() };
        over(&Story { alert: &alert, ..story.clone() }, Language::Fr)
    };
    let draft = with(&[renames()], ends);
    assert!(
        draft.body().starts_with(
            "terminée par M. B. Leroy\n\nRaison\u{a0}: rien de grave\nFausse alerte: sauvegarde du PACS\n"
        ),
        "{}",
        draft.body()
    );
    let draft = with(&[renames()], |story| erratum(story, "c'était un exercice", Language::Fr));
    assert!(draft.subject().starts_with("[A12 critique, ERRATUM] "), "{}", draft.subject());
    assert!(draft.short().starts_with("A12 ERRATUM: c'était un exercice"), "{}", draft.short());
    let draft = with(&[renames()], |story| more(story, Language::Fr));
    assert!(draft.subject().starts_with("[A12 critique, suite] ") && draft.body().contains("rien à répondre"));
}

/// B7: the command works from any folder, also where the site's has a name that a shell would take apart.
#[test]
fn the_command_names_the_site_as_a_shell_reads_it() {
    for (folder, written) in [
        (Some("/srv/mon site"), " --site '/srv/mon site'\n"),
        (Some("/srv/l'hôpital;x"), " --site '/srv/l'\\''hôpital;x'\n"),
        (None, " --as rssi\n"),
    ] {
        let folder = folder.map(str::to_owned);
        let tell = |story: &Story<'_>| yours(&Story { folder: folder.clone(), ..story.clone() }, Language::Fr);
        let draft = with(&[renames()], tell);
        assert!(draft.body().contains(written), "{written} in {}", draft.body());
    }
}

/// G7: a copy of a line of an exercise is real, and says what it looks like.
#[test]
fn a_copy_of_an_exercise_says_what_it_looks_like() {
    let remark = Some(crate::words::alert::copy_of_exercise(crate::base::id::DrillId(1)));
    let draft = alert_of(Detection { remark, ..renames() }, Language::Fr);
    assert!(draft.body().contains("porte la signature de l'exercice D1"), "{}", draft.body());
}

#[test]
fn what_came_from_a_log_is_redacted_everywhere() {
    let sign = Detection {
        title: Text::both("Dossier 185057800608491 ouvert", ""),
        subject: vec![
            pair("patient_id", "8812345"),
            pair("appelant", "06 12 34 56 78"),
            pair("url", "/x?token=abcdef"),
        ],
        line: Some(Clean::of("GET /x?token=abcdef patient_id=8812345")),
        author: Some("a.ferrand@ch-valmont.example".to_owned()),
        ..renames()
    };
    let duty_text = DutyText { what: "incident".to_owned(), place: "portail".to_owned(), due: None, fallback: None };
    let every = |story: &Story<'_>| {
        let language = Language::Fr;
        let still = asked(story, Question::Still, &"rssi".into(), language);
        let (sheet, duty) =
            (last_resort(story, &[], language), declare(story, &"cert-sante".into(), &duty_text, language));
        [
            yours(story, language),
            still,
            duty,
            sheet,
            more(story, language),
            taken(story, language),
            over(story, language),
        ]
    };
    for draft in with(&[sign], every) {
        let all = format!("{} {} {}", draft.subject(), draft.body(), draft.short());
        for secret in ["185057800608491", "8812345", "06 12", "abcdef", "a.ferrand"] {
            assert!(!all.contains(secret), "{secret} in {all}");
        }
    }
}

#[test]
fn what_came_from_a_log_cannot_write_lines_of_its_own() {
    let subject = vec![pair("x", "a\r\nBcc: x@y.example\u{202e}olleh\u{2028}b")];
    let line = Some(Clean::of("one\r\ntwo"));
    let draft = alert_of(Detection { subject, line, ..renames() }, Language::En);
    assert!(draft.body().contains("\nLine: one\\r\\ntwo\n"), "{}", draft.body());
    assert!(draft.body().contains("\nx: a\\r\\nBcc: […]@y.example\\u{202e}olleh\\u{2028}b\n"), "{}", draft.body());
    let title = Text::both("line\r\nInjected: yes", "line\r\nInjected: yes");
    let draft = alert_of(Detection { title, ..renames() }, Language::En);
    assert!(draft.subject().contains("line\\r\\nInjected: yes"));
}

#[test]
fn many_long_values_stay_readable() {
    let subject = (0..50).map(|number| pair(&format!("k{number}"), &"v".repeat(5000))).collect();
    let references = vec!["https://example.org/".repeat(100); 30];
    let line = Some(Clean::of(&"l".repeat(70_000)));
    let draft = alert_of(Detection { subject, line, references, ..renames() }, Language::Fr);
    assert!(draft.body().len() < 4000, "{}", draft.body().len());
    assert!(draft.body().contains("Autres valeurs\u{a0}: 42"));
    // B5: what cannot be typed on a telephone is not sent to one.
    assert!(draft.short().contains("CH de Valmont") && !draft.short().contains("vigie"), "{}", draft.short());
}

#[test]
fn whoever_said_i_have_it_is_asked_again() {
    let ask = |question| with(&[renames()], |story| asked(story, question, &"rssi".into(), Language::Fr));
    let draft = ask(Question::Still);
    assert!(draft.subject().starts_with("[A12 critique, Toujours ouverte] "), "{}", draft.subject());
    assert!(draft.short().starts_with("A12 CRITIQUE, Toujours ouverte, CH de Valmont: Renommage"), "{}", draft.short());
    assert!(draft.body().starts_with("Vous avez pris cette alerte en charge et elle est toujours ouverte."));
    assert!(ask(Question::Graver).body().contains("elle s'est aggravée"));
    assert!(ask(Question::Handed).body().contains("vigie alert ack A12 --as rssi"));
}

#[test]
fn a_declaration_says_what_where_and_that_nobody_else_does_it() {
    let text = DutyText {
        what: "Incident grave de sécurité".to_owned(),
        place: "Portail de signalement\nhttps://signalement.social-sante.gouv.fr".to_owned(),
        due: Some("sans délai".to_owned()),
        fallback: None,
    };
    let draft = with(&[renames()], |story| declare(story, &"cert-sante".into(), &text, Language::Fr));
    assert_eq!(draft.subject(), "[A12] À déclarer - Incident grave de sécurité");
    assert!(draft.body().contains("https://signalement.social-sante.gouv.fr\nAvant\u{a0}: "), "{}", draft.body());
    assert!(draft.body().contains("sans délai"), "{}", draft.body());
    assert!(draft.body().contains("vigie duty done cert-sante --alert A12 --receipt NUMÉRO"), "{}", draft.body());
    assert!(draft.body().contains("ne déclare rien à votre place"));
    assert!(draft.short().starts_with("A12 A déclarer: Incident grave de sécurité ("), "{}", draft.short());
}

#[test]
fn the_sheet_of_last_resort_has_numbers_to_call_and_room_to_write() {
    let contacts = [
        Contact { name: "Mme A. Ferrand".to_owned(), phone: Some("06 00 00 00 01".to_owned()) },
        Contact { name: "Administrateur de garde".to_owned(), phone: None },
    ];
    let draft = with(&[renames()], |story| last_resort(story, &contacts, Language::Fr));
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
