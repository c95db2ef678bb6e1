//! Lists of the site in the place of placeholders (Sigma modifiers appendix 2.1, section "Specific Modifiers").

use std::collections::BTreeMap;

use super::{Engine, documents, event, line, rule};
use crate::base::realm::Realm;

fn compile(text: &str) -> (Engine, Vec<String>) {
    let list = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>();
    let lists = BTreeMap::from([
        ("admins".to_owned(), list(&["adm_*", "root"])),
        ("lan".to_owned(), list(&["10.0.0.0/8", "192.168.0.0/16"])),
        ("words".to_owned(), list(&["a.c", "x+"])),
        ("hosts".to_owned(), list(&["pc-1", "pc-2"])),
        ("nothing".to_owned(), Vec::new()),
    ]);
    let (documents, mut found) = documents(text);
    let engine = Engine::compile_with(documents, &lists, &mut found);
    (engine, found.iter().map(|finding| finding.to_string().replacen("rule.yml:", "", 1)).collect())
}

#[test]
fn placeholders_stand_for_every_value_of_a_list() {
    for (written, fitting, others) in [
        ("f|expand: '%admins%'", vec!["ADM_leroy", "root"], vec!["administrator", "%admins%"]),
        ("f|expand: ['%admins%', other]", vec!["root", "other"], vec!["x"]),
        ("f|expand|contains: '%hosts%'", vec!["on pc-2 now"], vec!["pc-3"]),
        ("f|startswith|expand: 'at %hosts%/'", vec!["at pc-1/x"], vec!["at pc-3/x"]),
        ("f|expand: '%hosts%: %admins%'", vec!["pc-1: root", "pc-2: adm_x"], vec!["pc-1: x", "root: pc-1"]),
        ("f|cidr|expand: '%lan%'", vec!["10.9.9.9", "192.168.1.1"], vec!["8.8.8.8"]),
        ("f|expand|cidr|neq: '%lan%'", vec!["8.8.8.8"], vec!["10.9.9.9"]),
        ("f|re|expand: '^%words%$'", vec!["abc", "xx"], vec!["a", "xxb"]),
        ("f|expand|cased: '%hosts%'", vec!["pc-1"], vec!["PC-1"]),
        ("f|expand|contains|all: ['%hosts%', '%admins%']", vec!["pc-1 root"], vec!["pc-1", "root"]),
        ("f|base64|expand: '%hosts%'", vec!["cGMtMQ=="], vec!["pc-1"]),
        (r"f|expand: '\%admins\% %hosts%'", vec!["%admins% pc-1"], vec!["root pc-1"]),
        ("f|expand: '100% %hosts%'", vec!["100% pc-1"], vec!["100%"]),
    ] {
        let (mut engine, found) = compile(&rule(&format!("s:\n  {written}\ncondition: s")));
        assert_eq!(found, Vec::<String>::new(), "{written}");
        assert!(engine.rules().all(|rule| rule.unarmed().is_none()));
        for (values, expected) in [(fitting, true), (others, false)] {
            for value in values {
                let event = event(0, &format!(r#"{{"f": "{value}"}}"#));
                assert_eq!(!engine.step(Realm::Live, &event).is_empty(), expected, "{written} {value}");
            }
        }
    }
    let (mut engine, _) = compile(&rule("s: {'|expand': '%hosts%'}\ncondition: s"));
    assert_eq!(engine.step(Realm::Live, &line("seen on PC-2")).len(), 1);
}

#[test]
fn a_rule_without_its_list_is_not_armed_and_says_so() {
    for (list, place, wanted) in [
        ("%admin%", "6:16: [V214]", "not armed: there is no list `admin` (did you mean `admins`?)"),
        ("%nobody_knows%", "6:16: [V214]", "a list called `nobody_knows`"),
        ("%nothing%", "6:16: [V214]", "the list `nothing` is empty"),
        ("x %nobody%", "6:18: [V214]", "there is no list `nobody`"),
    ] {
        // Nobody in the list must not mean everybody outside of it.
        let (mut engine, found) = compile(&rule(&format!("s:\n  f|expand: '{list}'\ncondition: not s")));
        assert!(found.len() == 1 && found[0].starts_with(place) && found[0].contains(wanted), "{found:#?}");
        let rule = engine.rules().next().unwrap();
        assert!(
            rule.unarmed()
                .and_then(|why| why.en.as_deref())
                .is_some_and(|why| wanted.contains(why) || why.contains("list"))
        );
        assert_eq!(engine.step(Realm::Live, &event(0, r#"{"f": "x"}"#)).len(), 0);
    }
    let (documents, mut found) = documents(&rule("s:\n  f|expand: '%admins%'\ncondition: s"));
    let engine = Engine::compile(documents, &mut found);
    assert_eq!((engine.rules().count(), found.len()), (1, 1), "no lists, not armed");
}

#[test]
fn a_correlation_over_nothing_that_is_armed_is_not_armed() {
    let base = rule("s:\n  f|expand: '%nobody%'\ncondition: s").replace("title: t", "title: t\nname: a");
    let armed = rule("s: {f: 1}\ncondition: s").replace("title: t", "title: t\nname: b");
    for (rules, is_armed) in [("a", false), ("a, b", true)] {
        let count = format!(
            "title: c\nlevel: low\ncorrelation: {{type: event_count, rules: [{rules}], timespan: 1m, condition: {{gte: 1}}}}\n"
        );
        let (engine, _) = compile(&format!("{base}---\n{armed}---\n{count}"));
        assert_eq!(engine.rules().last().unwrap().unarmed().is_none(), is_armed, "{rules}");
    }
}

#[test]
fn what_a_list_cannot_stand_for_is_found_at_the_placeholder() {
    let (mut engine, found) = compile(&rule("s:\n  f|cidr|expand: '%hosts%'\ncondition: s"));
    assert!(found.len() == 1 && found[0].starts_with("6:20: [V205] expected a network"), "{found:#?}");
    assert!(engine.rules().next().unwrap().unarmed().is_some());
    assert!(engine.step(Realm::Live, &event(0, r#"{"f": "pc-1"}"#)).is_empty());
    let (_, found) = compile(&rule("s:\n  f|expand: plain\ncondition: s"));
    assert!(found.len() == 1 && found[0].contains("[V202] there is no placeholder"), "{found:#?}");
}
