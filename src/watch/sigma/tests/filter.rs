//! Filters over rules (Sigma filters specification 2.1, sections "Log source", "Relative rules", "filter selection" and
//! "filter condition").

use std::collections::BTreeMap;

use super::{Engine, documents, engine, event, findings, rule};
use crate::base::realm::Realm;

const ID: &str = "6f3e2987-db24-4c78-a860-b4f4095a7095";

/// Two rules, and a filter with this inside.
fn with(logsource: &str, filter: &str) -> String {
    let one = rule("s: {a: 1}\ncondition: s").replace("title: t", &format!("title: t\nname: one\nid: {ID}"));
    let two = rule("s: {a: 1}\ncondition: s").replace("title: t", "title: t\nname: two");
    format!("{one}---\n{two}---\ntitle: f\nlogsource: {logsource}\nfilter:\n{}", super::indent(filter))
}

fn matching(text: &str, json: &str) -> Vec<String> {
    let found = engine(text).step(Realm::Live, &event(0, json));
    found.iter().map(|found| found.rule.name.clone().unwrap_or_default()).collect()
}

#[test]
fn a_filter_adds_its_condition_to_the_rules_it_names() {
    let not_admin = "selection: {User|startswith: 'adm_'}\ncondition: not selection";
    for (logsource, filter, admin, others) in [
        ("{product: p}", format!("rules: [one]\n{not_admin}"), vec!["two"], vec!["one", "two"]),
        ("{product: p}", format!("rules: one\n{not_admin}"), vec!["two"], vec!["one", "two"]),
        ("{product: p}", format!("rules: [{ID}]\n{not_admin}"), vec!["two"], vec!["one", "two"]),
        ("{product: P}", format!("rules: [one, two]\n{not_admin}"), vec![], vec!["one", "two"]),
        ("{product: p}", format!("rules: any\n{not_admin}"), vec![], vec!["one", "two"]),
        ("{product: q}", format!("rules: any\n{not_admin}"), vec!["one", "two"], vec!["one", "two"]),
        (
            "{product: p}",
            "rules: [two]\nx_1: {User: a}\nx_2: {User: adm_b}\ncondition: 1 of x_*".to_owned(),
            vec!["one", "two"],
            vec!["one"],
        ),
    ] {
        let text = with(logsource, &filter);
        assert_eq!(matching(&text, r#"{"a": 1, "User": "adm_b"}"#), admin, "{filter}");
        assert_eq!(matching(&text, r#"{"a": 1, "User": "leroy"}"#), others, "{filter}");
        assert_eq!(matching(&text, r#"{"a": 2, "User": "leroy"}"#), Vec::<String>::new(), "{filter}");
    }
}

#[test]
fn a_filter_is_no_rule() {
    let text = with("{product: p}", "rules: [one]\ns: {User: x}\ncondition: not s");
    let names: Vec<_> = engine(&text).rules().map(|rule| (rule.id.to_string(), rule.emits)).collect();
    assert_eq!(names, [("test.rule#one".to_owned(), true), ("test.rule".to_owned(), true)]);
    // Alone in its file too, and what it filters counts less.
    let alone = "title: f\nlogsource: {product: p}\nfilter: {rules: any, s: {a: 1}, condition: s}\n";
    assert_eq!(engine(alone).rules().count(), 0);
    let counted = text
        + "---\ntitle: c\nlevel: low\ncorrelation: {type: event_count, rules: [one], timespan: 1m, condition: {gte: 1}}\n";
    assert_eq!(matching(&counted, r#"{"a": 1, "User": "x"}"#), ["two"]);
    assert_eq!(matching(&counted, r#"{"a": 1, "User": "y"}"#), ["", "two"]);
}

#[test]
fn a_filter_that_waits_for_a_list_filters_nothing() {
    let text = with("{product: p}", "rules: [one]\ns: {User|expand: '%admins%'}\ncondition: not s");
    for (lists, matches, findings) in
        [(BTreeMap::new(), 2, 1), (BTreeMap::from([("admins".to_owned(), vec!["x".to_owned()])]), 1, 0)]
    {
        let (documents, mut found) = documents(&text);
        let mut engine = Engine::compile_with(documents, &lists, &mut found);
        assert_eq!(found.len(), findings, "{found:?}");
        assert_eq!(engine.step(Realm::Live, &event(0, r#"{"a": 1, "User": "x"}"#)).len(), matches);
    }
}

#[test]
fn mistakes_of_a_filter_are_found_at_their_place() {
    let good = "rules: [one]\ns: {User: x}\ncondition: not s";
    let at = |line: usize, rest: &str| format!("{}:{rest}", 20 + line);
    for (logsource, filter, wanted) in [
        ("{product: p}", good.replace("rules: [one]\n", ""), at(3, "3: [V003] the key `rules` is missing")),
        ("{product: p}", good.replace("[one]", "[]"), at(3, "3: [V202] this filter is for no rule")),
        (
            "{product: p}",
            good.replace("[one]", "[oen]"),
            at(3, "11: [V211] there is no rule `oen` (did you mean `one`?)"),
        ),
        ("{product: p}", good.replace("\ncondition: not s", ""), at(4, "3: [V003] the key `condition` is missing")),
        ("{product: p}", good.replace("not s", "not z"), at(5, "18: [V208] there is no selection `z`")),
        (
            "{product: q}",
            good.to_owned(),
            at(3, "11: [V215] this filter changes nothing for `one`: that rule is for other"),
        ),
        ("{product: p, service: s}", good.to_owned(), at(3, "11: [V215]")),
    ] {
        let found = findings(&with(logsource, &filter));
        assert!(found.iter().any(|finding| finding.starts_with(&wanted)), "{filter}\n{wanted}: {found:#?}");
    }
    let found = findings("title: f\nlogsource: {product: p}\nfilter: x\n");
    assert!(found.len() == 1 && found[0].starts_with("3:9: [V004] expected rules, selections"), "{found:?}");
    let found = findings("title: f\nfilter: {rules: any, s: {a: 1}, condition: s}\n");
    assert!(found.len() == 1 && found[0].starts_with("1:1: [V003] the key `logsource`"), "{found:?}");
}
