//! Which correlations can match where only some of their parts can, and what is said of the others.

use super::*;
use crate::base::language::Language;
use crate::check::{RuleFile, compile, write_example};
use crate::site;
use crate::text::source::Source;

/// Rules of which `a`, `b` and `c` are fed at the example hospital, and `x`, `y` and `z` are not: nothing brings the logs
/// of the first two, and nobody wrote the list of the third.
const PARTS: &str = "\
title: a\nname: a\nlogsource: {product: orthanc}\ndetection: {s: {f: 1}, condition: s}
---\ntitle: b\nname: b\nlogsource: {category: webserver}\ndetection: {s: {f: 1}, condition: s}
---\ntitle: c\nname: c\nlogsource: {product: samba}\ndetection: {s: {f: 1}, condition: s}
---\ntitle: x\nname: x\nlogsource: {product: macos}\ndetection: {s: {f: 1}, condition: s}
---\ntitle: y\nname: y\nlogsource: {product: aix}\ndetection: {s: {f: 1}, condition: s}
---\ntitle: z\nname: z\nlogsource: {product: orthanc}\ndetection: {s: {f|expand: '%nobody%'}, condition: s}
---\n";

const MACOS: &str = "no source of the site can say {product: macos}";

fn example() -> Site {
    let folder = tempfile::tempdir().unwrap();
    write_example(folder.path()).unwrap();
    site::load(folder.path(), &mut Vec::new()).unwrap()
}

/// An engine over one file.
fn engine(text: &str) -> Engine {
    let file = RuleFile { id: "t.r".into(), source: Source::new("r.yml", text) };
    let mut found = Vec::new();
    let engine = compile(&[file], &BTreeMap::new(), &mut found);
    let wrong = found.iter().filter(|finding| finding.code().0 != "V214").collect::<Vec<_>>();
    assert!(wrong.is_empty(), "{wrong:#?}\n{text}");
    engine
}

/// Why the last of these documents cannot match at the example hospital.
fn why(site: &Site, documents: &str) -> Option<Text> {
    let engine = engine(&format!("{PARTS}{documents}"));
    let rule = engine.rules().last().unwrap();
    Readiness::at(site, &Probed::new()).why_not(rule)
}

fn correlation(kind: &str, rules: &str, condition: &str) -> String {
    let field = if kind.starts_with("value_") { "field: f, " } else { "" };
    let condition = match condition {
        "" => String::new(),
        _ if condition.contains(':') => format!(", condition: {{{field}{condition}}}"),
        words => format!(", condition: {words}"),
    };
    format!("title: t\nname: t\nlevel: low\ncorrelation: {{type: {kind}, rules: [{rules}], timespan: 1m{condition}}}\n")
}

#[test]
fn a_correlation_is_armed_where_those_parts_are_that_it_cannot_do_without() {
    let site = example();
    for (kind, rules, condition, lacking) in [
        ("event_count", "a, x", "gte: 2", ""),
        ("event_count", "x, y", "gte: 2", "x y"),
        ("event_count", "x, z", "gte: 2", "x z"),
        ("value_count", "x, a", "gte: 2", ""),
        ("value_count", "x", "gte: 2", "x"),
        ("value_sum", "z, b", "gte: 2", ""),
        ("value_sum", "z", "gte: 2", "z"),
        ("temporal", "a, b", "", ""),
        ("temporal", "a, x", "", "x"),
        ("temporal", "a, z", "", "z"),
        ("temporal", "x, y", "", "x y"),
        ("temporal", "a, b, x", "gte: 2", ""),
        ("temporal", "a, x, y", "gte: 2", "x y"),
        ("temporal", "a, x", "eq: 1", ""),
        ("temporal_ordered", "a, b, c", "", ""),
        ("temporal_ordered", "a, x, b", "", "x"),
        // Counted from the first on: what comes behind a gap does not help.
        ("temporal_ordered", "a, b, x", "gte: 2", ""),
        ("temporal_ordered", "x, a, b", "gte: 2", "x"),
        ("temporal", "a, b, x", "a and b and not x", ""),
        ("temporal", "a, x", "a and not x", ""),
        ("temporal", "a, x", "x and not a", "x"),
        ("temporal", "a, x, y", "a or x or y", ""),
        ("temporal", "a, x, y", "a and (x or y)", "x y"),
        ("temporal", "a, x, y", "x and (a or y)", "x"),
        ("temporal", "a, b, x", "2 of them", ""),
        ("temporal", "a, x, y", "2 of them", "x y"),
        ("temporal", "a, x, y", "a and not (x and y)", ""),
        ("temporal", "x, a", "not (x or not a)", ""),
        ("temporal_ordered", "a, x, b", "a and (x or b)", ""),
        ("temporal_ordered", "a, x, y", "a and x and not y", "x"),
    ] {
        let written = format!("{kind} [{rules}] {condition}");
        let why = why(&site, &correlation(kind, rules, condition));
        let said = why.as_ref().map(|why| why.get(Language::En)).unwrap_or_default();
        let named = |part: &str, word: &str| said.contains(&format!("`{part}`")) || said.contains(word);
        for (part, word) in [("x", "macos"), ("y", "aix"), ("z", "nobody")] {
            assert_eq!(named(part, word), lacking.contains(part), "{written}: {said:?}");
        }
        assert_eq!(why.is_some(), !lacking.is_empty(), "{written}: {said:?}");
    }
}

#[test]
fn what_does_not_come_and_what_is_new_need_one_part() {
    let site = example();
    for (vigie, armed) in [
        ("absence: {rules: [a, x], within: 1h}", true),
        ("absence: {rules: [x, z], within: 1h}", false),
        ("first_seen: {rules: [x, b], field: f, learn: 1h, forget: 1d}", true),
        ("first_seen: {rules: [y], field: f, learn: 1h, forget: 1d}", false),
    ] {
        let why = why(&site, &format!("title: t\nlevel: low\nvigie: {{{vigie}}}\n"));
        assert_eq!(why.is_none(), armed, "{vigie}: {why:?}");
    }
}

#[test]
fn the_reason_names_the_part_that_nothing_feeds() {
    let site = example();
    let chain = |inner: &str, outer: &str| {
        let inner = correlation("event_count", inner, "gte: 2").replace("name: t", "name: many");
        format!("{inner}---\n{}", correlation("temporal", outer, ""))
    };
    let list = "there is no list `nobody`";
    for (documents, wanted) in [
        (correlation("temporal", "a, x", ""), format!("{MACOS} (its part `x`)")),
        (correlation("temporal", "z, x", ""), format!("{list} (its part `z`); {MACOS} (its part `x`)")),
        // With one part only, or where any of them would do, there is nothing to tell apart.
        (correlation("event_count", "x", "gte: 2"), MACOS.to_owned()),
        (
            correlation("event_count", "x, y", "gte: 2"),
            "no source of the site can say {product: aix} or {product: macos}".to_owned(),
        ),
        (correlation("event_count", "x, z", "gte: 2"), format!("{MACOS} (its part `x`); {list} (its part `z`)")),
        // Through a chain, down to what is missing.
        (chain("x", "a, many"), format!("{MACOS} (its part `many`)")),
        (chain("x, z", "a, many"), format!("{MACOS} (its part `x`); {list} (its part `z`)")),
    ] {
        let why = why(&site, &documents).unwrap();
        assert_eq!(why.get(Language::En), wanted, "{documents}");
    }
    assert!(why(&site, &chain("a, x", "b, many")).is_none(), "half of what is counted below is enough");
    let fr = why(&site, &correlation("temporal", "a, x", "")).unwrap();
    let wanted = "aucune source du site ne peut dire {product: macos} (sa partie «\u{a0}x\u{a0}»)";
    assert_eq!(fr.get(Language::Fr), wanted);
}

#[test]
fn correlations_that_share_their_parts_are_looked_at_once() {
    // Sixteen layers of correlations that each count all of the layer below: looked at one by one, 8 to the 15th.
    let mut text = format!(
        "{PARTS}title: l0\nname: l0_0\nlogsource: {{product: macos}}\ndetection: {{s: {{f: 1}}, condition: s}}\n"
    );
    for layer in 1..16 {
        let below = if layer == 1 { 1 } else { 8 };
        let rules: Vec<String> = (0..below).map(|number| format!("l{}_{number}", layer - 1)).collect();
        for number in 0..8 {
            let one =
                correlation("temporal", &rules.join(", "), "").replace("name: t", &format!("name: l{layer}_{number}"));
            text.push_str("---\n");
            text.push_str(&one);
        }
    }
    let engine = engine(&text);
    let site = example();
    let probed = Probed::new();
    let readiness = Readiness::at(&site, &probed);
    let reasons = engine.rules().filter_map(|rule| readiness.why_not(rule)).map(|why| why.get(Language::En).len());
    assert!(reasons.max().unwrap() < 300, "and said in a few words");
}
