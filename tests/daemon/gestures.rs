//! First gestures: in the mail, on the sheet and on the screen, ticked one after the other by people with names.

use super::hospital::{Hospital, sample, wait};

const FRENCH: &str = "Débrancher du réseau la machine à l'adresse concernée ; ne pas éteindre";

fn shown((hospital, alert): (&Hospital, &str), language: &str) -> String {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_vigie"))
        .env("LC_ALL", language)
        .env("NO_COLOR", "1")
        .args(["alert", "show", alert, "--site"])
        .arg(hospital.path(""))
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

fn line<'a>(text: &'a str, number: &str) -> &'a str {
    text.lines()
        .find(|line| line.trim_start().starts_with(number))
        .unwrap_or_else(|| panic!("{number} in {text}"))
        .trim()
}

/// A hospital where ransomware was found, and nothing else.
fn attacked() -> (Hospital, String) {
    let mut hospital = Hospital::new();
    hospital.edit("chains.yaml", "by: mail + sms, if_undelivered: papier", "by: mail + sms + papier");
    hospital.start();
    hospital.append("fichiers.log", &sample("linux/samba-full_audit.log"));
    let burst = wait("the rename burst", || {
        let alerts = hospital.json(&["alert", "list", "--json"]);
        alerts.as_array().unwrap().iter().find(|alert| alert["rule"] == "ransomware.rename_burst").cloned()
    });
    let alert = format!("A{}", burst["id"]);
    (hospital, alert)
}

#[test]
fn first_gestures_are_in_the_mail_on_the_sheet_and_on_the_screen() {
    let (hospital, alert) = attacked();
    let mail =
        wait("the mail", || hospital.mailbox.mails().into_iter().find(|mail| mail.text.contains("Rafale de fichiers")));
    assert!(mail.text.contains("[ ] 1. Débrancher du réseau la machine"), "{}", mail.text);
    let sheet = wait("the sheet", || {
        let files = std::fs::read_dir(hospital.path("spool/papier")).unwrap().flatten();
        files.map(|file| std::fs::read_to_string(file.path()).unwrap_or_default()).find(|text| text.contains("Rafale"))
    });
    assert!(
        sheet.contains(&format!("[ ] 1. {FRENCH}")) && sheet.contains("[ ] 2. Bloquer le compte medecin1"),
        "{sheet}"
    );
    let french = shown((&hospital, &alert), "fr_FR.UTF-8");
    assert!(line(&french, "1.").starts_with(&format!("1. [ ] {FRENCH}")), "{french}");
    assert!(french.contains("premiers gestes") && french.contains(&format!("vigie alert tick {alert}")), "{french}");
    let english = shown((&hospital, &alert), "en_US.UTF-8");
    assert!(line(&english, "1.").starts_with("1. [ ] Take the machine at the address concerned"), "{english}");
}

#[test]
fn gestures_are_ticked_by_somebody_and_stay_ticked_through_a_crash() {
    let (mut hospital, alert) = attacked();
    let tick = |hospital: &Hospital, arguments: &[&str]| {
        hospital.vigie(&[&["alert", "tick", &alert], arguments, &["--as", "rssi"]].concat())
    };
    let (code, out, error) = tick(&hospital, &["2", "3"]);
    assert!(code == 0 && out.contains(&format!("{alert}: ticked")), "{out}{error}");
    let (code, ..) = hospital.vigie(&["alert", "tick", &alert, "2", "--as", "b-leroy"]);
    assert_eq!(code, 0, "what is ticked stays with whoever did it first");
    let ticked = hospital.entries("alert.ticked");
    let told: Vec<_> =
        ticked.iter().map(|entry| (entry["body"]["number"].as_u64(), entry["body"]["by"].as_str())).collect();
    assert_eq!(told, [(Some(2), Some("rssi")), (Some(3), Some("rssi"))]);
    assert!(ticked[0]["body"]["gesture"]["fr"].as_str().unwrap().starts_with("Bloquer le compte "), "{ticked:#?}");
    hospital.kill();
    hospital.start();
    let french = shown((&hospital, &alert), "fr_FR.UTF-8");
    assert!(line(&french, "2.").starts_with("2. [x] Bloquer") && line(&french, "2.").contains("(rssi, "), "{french}");
    assert!(line(&french, "1.").starts_with("1. [ ]") && line(&french, "3.").starts_with("3. [x]"), "{french}");
    assert!(french.contains("a fait\u{a0}: Bloquer le compte "), "{french}");
    let (code, out, _) = tick(&hospital, &["2", "--undo"]);
    assert!(code == 0 && out.contains("tick taken away"), "{out}");
    assert!(line(&shown((&hospital, &alert), "en_US.UTF-8"), "2.").starts_with("2. [ ] Lock"));
    assert_eq!(hospital.entries("alert.unticked").len(), 1);
    for wrong in ["0", "9"] {
        let (code, _, error) = tick(&hospital, &["1", wrong]);
        assert!(
            code == 4 && error.contains(&format!("the list of {alert} has no gesture {wrong}; it has 4")),
            "{error}"
        );
    }
    assert_eq!(hospital.entries("alert.ticked").len(), 2, "all or none");
    hospital.ledger_is_whole();
}
