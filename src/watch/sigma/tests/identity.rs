//! What rules are called, and what correlations mean by a name.

use super::{Engine, documents, findings, rule};
use crate::base::id::RuleId;
use crate::text::source::Source;

fn called(text: &str) -> Vec<(String, bool)> {
    let (documents, mut found) = documents(text);
    let engine = Engine::compile(documents, &mut found);
    engine.rules().map(|rule| (rule.id.to_string(), rule.emits)).collect()
}

fn correlation(name: &str, rules: &str) -> String {
    format!(
        "title: c\nname: {name}\nlevel: low\ncorrelation: {{type: event_count, rules: [{rules}], timespan: 1m, condition: {{gte: 2}}}}\n"
    )
}

fn base(name: &str) -> String {
    rule("s: {a: 1}\ncondition: s").replace("title: t", &format!("title: t\nname: {name}"))
}

#[test]
fn the_document_that_stands_for_the_file_has_its_name() {
    let yes = |name: &str| (name.to_owned(), true);
    let no = |name: &str| (name.to_owned(), false);
    assert_eq!(called(&base("a")), [yes("test.rule")]);
    assert_eq!(called(&format!("{}---\n{}", base("a"), base("b"))), [yes("test.rule#a"), yes("test.rule")]);
    let nameless = rule("s: {a: 1}\ncondition: s");
    assert_eq!(called(&format!("{nameless}---\n{nameless}")), [yes("test.rule#1"), yes("test.rule")]);
    assert_eq!(called(&format!("{}---\n{}", base("a"), correlation("c", "a"))), [no("test.rule#a"), yes("test.rule")]);
    assert_eq!(called(&format!("{}---\n{}", correlation("c", "a"), base("a"))), [yes("test.rule"), no("test.rule#a")]);
    // The outer one of two correlations stands for the file, wherever it is written.
    let three = format!("{}---\n{}---\n{}", correlation("outer", "inner"), correlation("inner", "a"), base("a"));
    assert_eq!(called(&three), [yes("test.rule"), no("test.rule#inner"), no("test.rule#a")]);
}

#[test]
fn a_counted_rule_matches_on_its_own_only_where_asked() {
    let generating = correlation("c", "a").replace("type:", "generate: true, type:");
    assert_eq!(called(&format!("{}---\n{generating}", base("a")))[0], ("test.rule#a".to_owned(), true));
    let generating = format!("generate: true\n{}", correlation("c", "a"));
    assert_eq!(called(&format!("{}---\n{generating}", base("a")))[0], ("test.rule#a".to_owned(), true));
}

#[test]
fn a_broken_correlation_does_not_let_loose_what_it_counts() {
    for broken in ["timespan: 1x", "timespan: 1m, typo: 1"] {
        let text = format!("{}---\n{}", base("a"), correlation("c", "a").replace("timespan: 1m", broken));
        assert_eq!(called(&text), [("test.rule#a".to_owned(), false)]);
    }
    let text = format!("{}---\n{}", base("a"), correlation("c", "a, nobody"));
    assert_eq!(called(&text), [("test.rule#a".to_owned(), false)]);
}

/// Several files, each with its id.
fn compile(files: &[(&str, &str)]) -> (Engine, Vec<String>) {
    let mut found = Vec::new();
    let mut documents = Vec::new();
    for (id, text) in files {
        documents.extend(super::read(&Source::new(*id, *text), &RuleId::from(*id), &mut found));
    }
    let engine = Engine::compile(documents, &mut found);
    (engine, found.iter().map(ToString::to_string).collect())
}

#[test]
fn rules_are_meant_by_name_identifier_or_id() {
    let uuid = base("a").replace("level:", "id: 5638F7C0-ac70-491d-8465-2a65075e0d86\nlevel:");
    for name in ["a", "5638f7c0-AC70-491d-8465-2a65075e0d86", "x.base"] {
        let (engine, found) = compile(&[("x.base", &uuid), ("x.count", &correlation("c", name))]);
        assert_eq!((engine.rules().count(), found.len()), (2, 0), "{name} {found:?}");
        assert!(!engine.rules().next().unwrap().emits);
    }
}

/// S14 of issue 11.
#[test]
fn two_rules_with_one_id_are_said_and_both_kept() {
    let with = |id: &str| rule("s: {a: 1}\ncondition: s").replace("level:", &format!("id: {id}\nlevel:"));
    let (one, other) = ("5638f7c0-ac70-491d-8465-2a65075e0d86", "5638F7C0-AC70-491D-8465-2A65075E0D86");
    let (engine, found) = compile(&[("x.one", &with(one)), ("x.two", &with(other))]);
    assert_eq!(engine.rules().count(), 2);
    let wanted = "x.two:1:1: [V212] the rule `x.one` has the same `id`";
    assert!(found.len() == 1 && found[0].starts_with(wanted), "{found:?}");
    let (_, found) =
        compile(&[("x.one", &format!("{}---\n{}", with(one), with(one).replace("title: t", "title: u\nname: u")))]);
    assert!(found.len() == 1 && found[0].contains("has the same `id`"), "{found:?}");
    let (_, found) = compile(&[("x.one", &with(one)), ("x.two", &with(&one.replace('5', "6")))]);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_name_means_the_rule_of_the_same_file_first() {
    let here = format!("{}---\n{}", base("a"), correlation("c", "a"));
    let (engine, found) = compile(&[("x.one", &here), ("x.two", &here)]);
    assert_eq!((engine.rules().count(), found.len()), (4, 0), "{found:?}");
    let (_, found) = compile(&[("x.one", &base("a")), ("x.two", &base("a")), ("x.three", &correlation("c", "a"))]);
    assert!(found.len() == 1 && found[0].starts_with("x.three:4:"), "{found:?}");
    assert!(found[0].contains("several rules are called `a`"), "{found:?}");
}

#[test]
fn references_that_lead_nowhere_are_found_at_their_place() {
    let with = |rules: &str| format!("{}---\n{}", base("failed"), correlation("c", rules));
    for (text, wanted) in [
        (with("faild"), "13:42: [V211] there is no rule `faild` (did you mean `failed`?)"),
        (with("failed, failed"), "13:50: [V210] `failed` is named twice"),
        (with("c"), "13:42: [V210] `c` counts this correlation in turn"),
        (
            format!("{}---\n{}", base("failed").replace("a: 1", "a|x: 1"), correlation("c", "failed")),
            "13:42: [V210] this correlation is left out, because `failed` has mistakes of its own",
        ),
    ] {
        let found = findings(&text);
        assert!(found.iter().any(|finding| finding.contains(wanted)), "{wanted}: {found:#?}");
    }
}

#[test]
fn correlations_that_count_each_other_are_refused() {
    let text = format!("{}---\n{}---\n{}", correlation("a", "b"), correlation("b", "c"), correlation("c", "a"));
    let found = findings(&text);
    assert_eq!(found.len(), 3, "{found:#?}");
    assert_eq!(called(&text), []);
}

#[test]
fn chains_without_end_are_refused() {
    let mut text = base("n0");
    for number in 1..=100 {
        text.push_str("---\n");
        text.push_str(&correlation(&format!("n{number}"), &format!("n{}", number - 1)));
    }
    let mut reversed: Vec<&str> = text.split("---\n").collect();
    reversed.reverse();
    let reversed: Vec<String> = reversed.iter().map(|part| part.trim_end().to_owned()).collect();
    let found = findings(&format!("{}\n", reversed.join("\n---\n")));
    assert!(found.iter().any(|finding| finding.contains("more than 16 correlations are chained")), "{found:#?}");
}

#[test]
fn two_rules_cannot_have_one_id() {
    let (engine, found) = compile(&[("x.one", &base("a")), ("x.one", &base("b"))]);
    assert_eq!(engine.rules().count(), 1);
    assert!(found.len() == 1 && found[0].contains("another rule called `x.one`"), "{found:?}");
    let found = findings(&format!("{}---\n{}---\n{}", base("a"), base("a"), base("b")));
    assert!(found[0].contains("two rules of this file are called `a`"), "{found:?}");
}

#[test]
fn a_correlation_knows_the_logs_it_depends_on() {
    let other = base("b").replace("product: p", "product: q, definition: x");
    let text = format!("{}---\n{other}---\n{}---\n{}", base("a"), correlation("c", "a, b"), correlation("d", "c"));
    let (documents, mut found) = documents(&text);
    let engine = Engine::compile(documents, &mut found);
    let outer = engine.rules().last().unwrap();
    let products: Vec<_> = outer.logsources.iter().filter_map(|logsource| logsource.product.as_deref()).collect();
    assert_eq!((outer.id.as_str(), products), ("test.rule", vec!["p", "q"]));
}
