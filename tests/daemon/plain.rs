//! A log that is nothing but lines: it raises alerts for real and in an exercise, and keeps nothing private.

use super::hospital::{Hospital, wait};

const RULE: &str = "title: Access refused\nlevel: high\nlogsource: {product: dpi}\n\
    detection: {keywords: ['accès refusé'], condition: keywords}\n\
    vigie: {subject: [message], fr: {title: \"Accès refusé\"}}\n";

const PLAYBOOK: &str = "playbook: refus
title: {fr: Refus, en: Refused}
duration: 30m
objectives:
  see: {fr: Voir, en: See}
cells:
  team: [rssi]
timeline:
  - id: lines
    at: T+0:01
    title: {fr: Lignes, en: Lines}
    do: {log: {source: dpi, lines: refus/lines.log, repeat: 1, over: 1m}}
    expect:
      - {hit: own.refused, within: 5m, objective: see}
";

/// A hospital whose own application writes plain lines, with `more` said of it, and a playbook that writes some.
pub(crate) fn hospital_with_a_plain_source(more: &str) -> Hospital {
    let hospital = Hospital::new();
    hospital.edit("vigie.yaml", "rules: [\"builtin:health\"]", "rules: [rules]");
    hospital.edit("vigie.yaml", "playbooks: [builtin]", "playbooks: [playbooks]");
    let source =
        format!("sources:\n  dpi: {{follow: logs/dpi.log, format: plain, logsource: {{product: dpi}}{more}}}\n");
    hospital.edit("vigie.yaml", "sources:\n", &source);
    for (name, text) in [
        ("rules/own/refused.yml", RULE),
        ("playbooks/refus.yaml", PLAYBOOK),
        ("playbooks/refus/lines.log", "ERROR Accès refusé : poste de l'exercice\n"),
        ("logs/dpi.log", ""),
    ] {
        let path = hospital.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    hospital
}

#[test]
fn a_plain_source_raises_alerts_for_real_and_in_an_exercise() {
    let mut hospital = hospital_with_a_plain_source(", writer: appends");
    hospital.start();
    let alerts = |hospital: &Hospital| {
        let alerts = hospital.json(&["alert", "list", "--all", "--json"]);
        alerts.as_array().unwrap().clone()
    };
    hospital.append("dpi.log", "INFO Démarrage\n\nERROR Accès refusé : poste 7, password=hunter2\n".as_bytes());
    let real = wait("a real alert", || alerts(&hospital).into_iter().next());
    assert_eq!((&real["realm"], &real["rule"]), (&"live".into(), &"own.refused".into()));
    assert_eq!(real["subject"][0][1], "ERROR Accès refusé : poste 7, password=[…]");
    let (code, out, error) = hospital.vigie(&["drill", "start", "refus", "--pace", "60"]);
    assert_eq!(code, 0, "{out}{error}");
    let drill =
        wait("an alert of the exercise", || alerts(&hospital).into_iter().find(|alert| alert["realm"]["drill"] == 1));
    assert_eq!(drill["subject"][0][1], "ERROR Accès refusé : poste de l'exercice", "without its label");
    assert_eq!(alerts(&hospital).len(), 2);
    hospital.ledger_is_whole();
    for mail in hospital.mailbox.mails() {
        assert!(!mail.text.contains("hunter2"), "{}", mail.text);
    }
}
