//! Mistakes in a file: each at its place, and none in the way of the other rules.

use super::{Engine, documents, event, findings, rule};
use crate::base::realm::Realm;

#[test]
fn mistakes_of_a_whole_rule_are_found_at_their_place() {
    let good = rule("s: {a: 1}\ncondition: s");
    for (text, wanted) in [
        ("- a\n", "1:1: [V200] expected a rule, found a list (start with `title:`)"),
        (
            "title: t\nlevel: low\n",
            "1:1: [V200] this rule looks for nothing (write what to look for under `detection`)",
        ),
        ("title: [\n", "[V001] this is not valid YAML"),
        (&good.replace("title: t\n", ""), "1:1: [V003] the key `title` is missing"),
        (&good.replace("logsource: {product: p}\n", ""), "1:1: [V003] the key `logsource` is missing"),
        (&good.replace("level: low", "level: hihg"), "2:8: [V004] there is no level `hihg` (did you mean `high`?)"),
        (&good.replace("level: low\n", ""), "1:1: [V213] this rule has no level and counts as medium"),
        (
            &good.replace("level: low", "level: low\nstatus: stabel"),
            "3:9: [V004] there is no status `stabel` (did you mean `stable`?)",
        ),
        (
            &good.replace("level: low", "level: low\ntitel: x"),
            "3:1: [V201] Sigma has no key `titel` (did you mean `title`?)",
        ),
        (
            &good.replace("level: low", "level: low\nx_own: 1"),
            "3:1: [V201] Sigma has no key `x_own` (it is not looked at)",
        ),
        (&good.replace("level: low", "level: low\ntags: [a, {b: c}]"), "3:11: [V004] expected text, found a map"),
        (&good.replace("product", "prodcut"), "3:13: [V002] unknown key `prodcut` (did you mean `product`?)"),
        (&good.replace("{product: p}", "windows"), "3:12: [V004] expected `category`, `product` or `service`"),
        (
            &good.replace("level: low", "level: low\nvigie: {sujbect: [a]}"),
            "3:9: [V002] unknown key `sujbect` (did you mean `subject`?)",
        ),
        (
            &good.replace("level: low", "level: low\nvigie: {fr: {titel: a}}"),
            "3:14: [V002] unknown key `titel` (did you mean `title`?)",
        ),
        (&good.replace("level: low", "level: low\nvigie: {subject: a}"), "3:18: [V004] expected a list"),
        (
            &good.replace("level: low", "level: low\nvigie: {log_level: inof}"),
            "3:20: [V004] `inof` is not known here (did you mean `info`?)",
        ),
        (
            &good.replace("level: low", "level: low\nvigie: {log_level: info}").replace("product", "category"),
            "3:9: [V216] whose log level this is cannot be told (name the `product` under `logsource`",
        ),
        (
            "title: t\nlogsource: {product: p}\nfilter: {rules: any, s: {a: 1}, condition: s}\nvigie: {log_level: info}\n",
            "4:9: [V216] only a rule with a `detection` needs a log level",
        ),
        (
            &good.replace("level: low", "level: low\ncorrelation: {}"),
            "3:1: [V200] a rule has either a detection or a correlation",
        ),
        (&good.replace("level: low", "level: low\nfilter: {}"), "5:1: [V200] a document is either a filter or a rule"),
        (&good.replace("level: low", "level: low\naction: gobal"), "3:1: [V200] there is no action `gobal` (did you"),
        (&rule("s: {a: 1}\ntimeframe: 5m\ncondition: s"), "6:3: [V202] `timeframe` is no longer part of Sigma"),
        (&rule("s:\ncondition: s"), "5:3: [V202] nothing is looked for here"),
        (&rule("s: {}\ncondition: s"), "5:3: [V202] nothing is looked for here"),
        (&rule("s: []\ncondition: s"), "5:3: [V202] nothing is looked for here"),
        (
            "title: t\nlevel: low\nlogsource: {product: p}\ndetection: x\n",
            "4:12: [V004] expected selections and a condition",
        ),
    ] {
        let found = findings(text);
        assert!(found.len() == 1 && found[0].contains(wanted), "{wanted}: {found:#?}");
    }
}

#[test]
fn one_bad_rule_leaves_the_others_working() {
    let good = rule("s: {a: 1}\ncondition: s").replace("title: t", "title: t\nname: good");
    let bad = rule("s: {a|contians: 1}\ncondition: s");
    let (documents, mut found) = documents(&format!("{bad}---\n{good}---\n# nothing\n"));
    assert_eq!((documents.len(), found.len()), (2, 1));
    let mut engine = Engine::compile(documents, &mut found);
    assert_eq!((engine.rules().count(), found.len()), (1, 1));
    assert_eq!(engine.step(Realm::Live, &event(0, r#"{"a": 1}"#)).len(), 1);
}

#[test]
fn warnings_do_not_keep_a_rule_from_working() {
    let text = rule("s: {a: 1}\nunused: {b: 1}\ncondition: s").replace("level: low", "x: 1");
    let (documents, mut found) = documents(&text);
    assert_eq!(found.len(), 3, "{found:?}");
    assert_eq!(Engine::compile(documents, &mut found).rules().count(), 1);
}

/// S13 of issue 11.
#[test]
fn tags_that_attack_does_not_have_or_has_no_more_are_said() {
    let found = |tag: &str| findings(&format!("{}tags: [{tag}]\n", rule("s: {a: 1}\ncondition: s")));
    for (tag, wanted) in [
        ("attack.t1562.001", "write `attack.t1685`"),
        ("attack.T1562", "write `attack.t1685`"),
        ("attack.t1070.001", "write `attack.t1685.005`"),
        ("attack.defense_evasion", "has become two tactics"),
        ("attack.defense-evasion", "has become two tactics"),
        ("attack.persistance", "did you mean `attack.persistence`?"),
        ("attack.hacking", "has no tactic"),
        ("attack.t15620", "has not the form of a number"),
        ("attack.t1110.3", "has not the form of a number"),
        ("attack.1110", "has not the form of a number"),
    ] {
        let said = found(tag);
        assert!(said.len() == 1 && said[0].contains("[V218]") && said[0].contains(wanted), "{tag}: {said:?}");
    }
    for tag in [
        "attack.stealth",
        "attack.Command_And_Control",
        "attack.t1685.005",
        "attack.t9999",
        "attack.g0016",
        "attack.ta0005",
        "attack.impair-process-control",
        "cve.2024-1709",
        "detection.emerging-threats",
        "tlp.amber",
    ] {
        assert_eq!(found(tag), [""; 0], "{tag}");
    }
}
