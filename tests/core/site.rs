//! A hospital of three people, two logs and three channels, small enough to be opened a thousand times.

use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;

use vigie::check::{Deployment, compile, rule_files};
use vigie::finding::Severity;
use vigie::watch::sigma::Engine;

thread_local! {
    /// The site opened last, and what its files said: most starts find them as they were.
    static OPENED: RefCell<Option<(Vec<String>, Arc<Deployment>)>> = const { RefCell::new(None) };
}

pub(crate) const FILES: &[(&str, &str)] = &[
    (
        "vigie.yaml",
        "site: {name: Three, language: en, zone: UTC}
rules: [rules]
playbooks: [playbooks]
sources:
  a: {follow: logs/a.log, format: json, logsource: {product: ward}}
  b: {follow: logs/b.log, format: json, logsource: {product: ward}}
channels:
  mail: {smtp: \"127.0.0.1:2525\", tls: none, from: vigie@three.example}
  sms: {spool: spool}
  paper: {folder: paper}
drills:
  allow: [mail, paper]
  address:
    ann: {mail: ann+drill@three.example}
    bob: {mail: bob+drill@three.example}
",
    ),
    (
        "people.yaml",
        "people:
  ann: {name: Ann, mail: ann@three.example, sms: \"+33600000001\"}
  bob: {name: Bob, mail: bob@three.example, sms: \"+33600000002\"}
  cleo: {name: Cleo, mail: cleo@three.example, sms: \"+33600000003\"}
",
    ),
    (
        "chains.yaml",
        "chains:
  major:
    when: {level: critical}
    steps:
      - {notify: ann, by: [mail+sms, paper], ack: 10m}
      - {notify: bob, by: [sms, mail], ack: 10m}
      - {notify: cleo, by: [mail, paper], ack: 10m}
    unanswered: {repeat: 1, then: paper}
    reack: 2h
  minor:
    when: {level: low}
    steps:
      - {notify: bob, by: [mail], ack: 15m}
    unanswered: {repeat: 0}
",
    ),
    (
        "rules/ward/attack.yml",
        "title: Attack
id: 0a86f9f3-37f6-46bc-b065-e7d2cac78e01
status: test
description: Somebody attacks.
author: vigie
level: critical
logsource: {product: ward}
detection: {seen: {act: attack}, condition: seen}
vigie:
  fr: {title: Attaque, description: On attaque.}
  subject: [user]
",
    ),
    (
        "rules/ward/burst.yml",
        "title: A try
name: a_try
status: test
description: Somebody tries.
author: vigie
level: low
logsource: {product: ward}
detection: {seen: {act: try}, condition: seen}
---
title: Burst
id: 0a86f9f3-37f6-46bc-b065-e7d2cac78e02
status: test
description: Somebody tries often.
author: vigie
correlation:
  type: event_count
  rules: [a_try]
  group-by: [user]
  timespan: 5m
  condition: {gte: 3}
level: low
vigie:
  fr: {title: Rafale, description: On essaie souvent.}
",
    ),
    (
        "playbooks/tryout.yaml",
        "playbook: tryout
title: {fr: Essai, en: Tryout}
duration: 30m
objectives:
  see: {fr: Voir, en: See}
cells:
  team: [ann, bob]
timeline:
  - id: hello
    at: T+0:00
    title: {fr: Bonjour, en: Hello}
    do:
      message:
        to: team
        from: {fr: Animation, en: Control}
        subject: {fr: Bonjour, en: Hello}
        body: {fr: Bonjour, en: Hello}
  - id: lines
    at: T+0:01
    title: {fr: Lignes, en: Lines}
    do: {log: {source: a, lines: tryout/lines.log, repeat: 3, over: 1m}}
    expect:
      - {hit: ward.attack, within: 5m, objective: see}
",
    ),
    ("playbooks/tryout/lines.log", "{\"act\":\"attack\",\"user\":\"drill\"}\n"),
];

/// Writes the hospital's files.
pub(crate) fn write(folder: &Path) {
    for (name, text) in FILES {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    std::fs::create_dir_all(folder.join("logs")).unwrap();
    for log in ["a", "b"] {
        std::fs::write(folder.join("logs").join(log).with_extension("log"), "").unwrap();
    }
}

/// Opens the hospital in `folder` as it is now; it must have no mistake.
pub(crate) fn open(folder: &Path) -> (Arc<Deployment>, Engine) {
    let texts: Vec<String> =
        FILES.iter().map(|(name, _)| std::fs::read_to_string(folder.join(name)).unwrap()).collect();
    let mut found = Vec::new();
    let opened = OPENED.take().filter(|(before, _)| *before == texts);
    let deployment = opened
        .map_or_else(|| Arc::new(vigie::check::open(folder, &mut found).unwrap().0), |(_, deployment)| deployment);
    let engine =
        compile(&rule_files(&folder.join("rules"), &mut found), &std::collections::BTreeMap::new(), &mut found);
    assert!(found.iter().all(|found| found.severity() != Severity::Error), "{found:#?}");
    OPENED.set(Some((texts, deployment.clone())));
    (deployment, engine)
}
