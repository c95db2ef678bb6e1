//! Which events a rule is for, and what a match says.

use super::{Engine, documents, engine, event, ids, rule};
use crate::base::language::{Language, Text};
use crate::base::level::Level;
use crate::base::realm::Realm;
use crate::watch::event::{Event, Logsource};

fn of(category: &[&str], product: Option<&str>, service: Option<&str>) -> Event {
    Event {
        logsource: Logsource {
            category: category.iter().map(|category| (*category).to_owned()).collect(),
            product: product.map(Into::into),
            service: service.map(Into::into),
        },
        ..event(0, r#"{"a": 1}"#)
    }
}

#[test]
fn an_event_must_have_everything_that_the_logsource_names() {
    let with = |logsource: &str| {
        let text = rule("s: {a: 1}\ncondition: s").replace("{product: p}", logsource);
        engine(&text)
    };
    let samba = of(&["file_event", "authentication"], Some("samba"), Some("full_audit"));
    for (logsource, expected) in [
        ("{product: samba}", true),
        ("{product: Samba}", true),
        ("{product: orthanc}", false),
        ("{service: full_audit}", true),
        ("{product: samba, service: full_audit}", true),
        ("{product: samba, service: winbind}", false),
        ("{category: authentication}", true),
        ("{category: file_event, product: samba}", true),
        ("{category: webserver}", false),
        ("{product: samba, definition: 'full_audit with prefix'}", true),
    ] {
        assert_eq!(!with(logsource).step(Realm::Live, &samba).is_empty(), expected, "{logsource}");
    }
    assert!(with("{product: samba}").step(Realm::Live, &of(&["file_event"], None, None)).is_empty());
}

#[test]
fn a_rule_that_names_no_log_is_for_all_and_says_so() {
    let text = rule("s: {a: 1}\ncondition: s").replace("{product: p}", "{definition: any}");
    let (documents, mut found) = documents(&text);
    assert!(found.len() == 1 && found[0].to_string().contains("every log"), "{found:?}");
    let mut engine = Engine::compile(documents, &mut found);
    assert_eq!(engine.step(Realm::Live, &of(&[], None, None)).len(), 1);
    assert_eq!(engine.step(Realm::Live, &of(&["x"], Some("y"), None)).len(), 1);
}

#[test]
fn kinds_of_logs_without_end_do_not_fill_the_memory() {
    let mut engine = engine(&rule("s: {a: 1}\ncondition: s"));
    for number in 0..5_000 {
        engine.step(Realm::Live, &of(&[], Some(&format!("p{number}")), None));
    }
    assert!(engine.plans() <= 1_024);
    assert_eq!(engine.step(Realm::Live, &of(&[], Some("p"), None)).len(), 1);
}

#[test]
fn a_match_says_which_rule_when_and_about_whom() {
    let text = "title: Too many\nid: 0e95725d-7320-415d-80f7-004da920fc11\nlevel: high\nauthor: A. Ferrand\n\
        logsource: {product: p}\ndetection: {s: {a: 1}, condition: s}\nfields: [user, missing, list, void]\n";
    let event = event(1_234, r#"{"a": 1, "user": "ana", "list": ["x", 2, null], "void": null, "other": "y"}"#);
    let found = engine(text).step(Realm::Live, &event);
    assert_eq!(ids(&found), ["test.rule"]);
    assert_eq!(found[0].time, event.time);
    let subject: Vec<_> = found[0].subject.iter().map(|(name, value)| (name.as_str(), &**value)).collect();
    assert_eq!(subject, [("user", "ana")]);
    let fields: Vec<_> = found[0].fields.iter().map(|(name, value)| (name.as_str(), &**value)).collect();
    assert_eq!(fields, [("a", "1"), ("list", "x, 2")], "what was looked for, then what is worth showing");
    assert_eq!((found[0].rule.level, found[0].rule.author.as_deref()), (Level::High, Some("A. Ferrand")));

    let text = format!("{text}vigie: {{subject: [other, user]}}\n");
    let found = engine(&text).step(Realm::Live, &event);
    let subject: Vec<_> = found[0].subject.iter().map(|(name, value)| (name.as_str(), &**value)).collect();
    assert_eq!(subject, [("other", "y"), ("user", "ana")]);
}

#[test]
fn everything_that_a_rule_says_about_itself_is_kept() {
    let text = "
title: Study deleted
id: 0E95725D-7320-415d-80f7-004da920fc11
name: study_deleted
status: test
description: Somebody deletes a study.
license: MIT
author: vigie
date: 2026-11-21
modified: 2026-11-22
references: https://example.org
tags: [attack.t1485, attack.impact]
logsource: {product: orthanc, definition: 'run with --verbose'}
detection: {s: {a: 1}, condition: s}
falsepositives: [housekeeping]
fields: [study]
level: critical
related: [{id: x, type: derived}]
vigie:
  fr: {title: Examen supprimé, description: Quelqu'un supprime un examen., needs: avec --verbose}
  needs: --verbose
  playbook: nuit-de-dimanche
  subject: [study]
";
    let engine = engine(text);
    let rule = engine.rules().next().unwrap();
    assert_eq!((rule.title.get(Language::Fr), rule.title.get(Language::En)), ("Examen supprimé", "Study deleted"));
    assert_eq!(rule.description.get(Language::Fr), "Quelqu'un supprime un examen.");
    assert_eq!(rule.uuid.as_deref(), Some("0E95725D-7320-415d-80f7-004da920fc11"));
    assert_eq!(rule.name.as_deref(), Some("study_deleted"));
    assert_eq!((rule.status.as_deref(), rule.license.as_deref()), (Some("test"), Some("MIT")));
    assert_eq!((rule.date.as_deref(), rule.modified.as_deref()), (Some("2026-11-21"), Some("2026-11-22")));
    assert_eq!((rule.references.len(), rule.tags.len(), rule.falsepositives.len()), (1, 2, 1));
    assert_eq!(rule.needs, Some(Text::both("avec --verbose", "--verbose")));
    assert_eq!(rule.playbook.as_ref().unwrap().as_str(), "nuit-de-dimanche");
    assert_eq!(
        (rule.subject.as_slice(), rule.fields.as_slice()),
        (&["study".to_owned()][..], &["study".to_owned()][..])
    );
    assert_eq!(rule.logsource.definition.as_deref(), Some("run with --verbose"));
    assert_eq!((rule.level, rule.emits), (Level::Critical, true));
}
