//! Explanations say what matching does, and no more than may be told.

use proptest::prelude::*;

use super::{Engine, documents, engine};
use crate::base::id::RuleId;
use crate::base::realm::Realm;
use crate::watch::event::{Event, Logsource};
use crate::watch::hidden::Hidden;
use crate::watch::sigma::explain::{Distance, Explanation, Looked};

/// An event of the product `p` with these texts.
fn event(fields: &[(&str, &str)]) -> Event {
    Event {
        time: super::at(0),
        logsource: Logsource { product: Some("p".into()), ..Logsource::default() },
        fields: fields.iter().map(|(name, text)| ((*name).into(), (*text).into())).collect(),
        text: String::new(),
        hidden: Hidden::default(),
        times: 1,
    }
}

fn why(text: &str, event: &Event) -> Explanation {
    let engine = engine(text);
    let rule = engine.rules().next().unwrap().id.clone();
    engine.explain(&rule, event).unwrap()
}

fn rule(detection: &str) -> String {
    format!("title: t\nlevel: low\nlogsource: {{product: p}}\ndetection:\n{detection}")
}

#[test]
fn each_item_says_what_it_wants_and_what_is_there() {
    let text = rule(
        "  one:\n    a|contains|all: ['x', yz]\n    b|gte: 400\n  two:\n    missin: 1\n  condition: one and not two\n",
    );
    let event = event(&[("a", "xay"), ("b", "404"), ("missing", "1")]);
    let why = why(&text, &event);
    assert!(!why.matches);
    assert_eq!(why.distance, Distance { selections: 1, items: 1 });
    let [asked] = why.conditions.as_slice() else { panic!("{why:?}") };
    assert_eq!((asked.written.as_str(), asked.line, asked.holds), ("one and not two", 10, false));
    let [one, two] = asked.selections.as_slice() else { panic!("{asked:?}") };
    assert_eq!((one.name.as_str(), one.holds, one.to_blame), ("one", false, true));
    assert_eq!((two.holds, two.to_blame), (false, false));
    let Looked::All { holds: false, of } = &one.looks_for else { panic!("{one:?}") };
    let [Looked::Item(a), Looked::Item(b)] = of.as_slice() else { panic!("{of:?}") };
    assert_eq!(
        (a.field.as_deref(), a.modifiers.as_slice()),
        (Some("a"), &["contains".to_owned(), "all".to_owned()][..])
    );
    let values: Vec<_> = a.values.iter().map(|value| (value.written.as_str(), value.fits)).collect();
    assert_eq!(values, [("'x'", true), ("yz", false)]);
    assert_eq!((a.holds, a.has.as_slice()), (false, &["xay".to_owned()][..]));
    assert!(b.holds);
    let Looked::Item(missing) = &two.looks_for else { panic!("{two:?}") };
    assert!(missing.has.is_empty());
    assert_eq!(missing.alike.as_deref(), Some("missing"));
}

#[test]
fn the_fewest_selections_are_blamed() {
    let text = rule("  a: {f: 1, g: 2}\n  b: {f: 9}\n  c: {h: 1}\n  condition: (a and b) or not c\n");
    let why = why(&text, &event(&[("h", "1")]));
    let blamed: Vec<&str> = why.conditions[0]
        .selections
        .iter()
        .filter(|chosen| chosen.to_blame)
        .map(|chosen| chosen.name.as_str())
        .collect();
    assert_eq!(blamed, ["c"]);
    assert_eq!(why.distance, Distance { selections: 1, items: 1 });
}

#[test]
fn filters_and_words_without_a_field_are_explained_too() {
    let text = format!(
        "{}name: r\n---\ntitle: f\nlogsource: {{product: p}}\nfilter:\n  rules: [r]\n  known: {{user: backup}}\n  condition: not known\n",
        rule("  words: [alpha, beta]\n  condition: words\n")
    );
    let mut line = event(&[("user", "backup")]);
    line.text = "says alpha".to_owned();
    let engine = engine(&text);
    let why = engine.explain(&RuleId::from("test.rule"), &line).unwrap();
    assert_eq!(
        why.conditions.iter().map(|asked| (asked.filter, asked.holds)).collect::<Vec<_>>(),
        [(false, true), (true, false)]
    );
    let Looked::Item(words) = &why.conditions[0].selections[0].looks_for else { panic!("{why:?}") };
    assert_eq!((words.field.as_deref(), words.has.as_slice()), (None, &["says alpha".to_owned()][..]));
}

#[test]
fn nothing_private_is_told() {
    let text = rule(
        "  s:\n    PatientName: x\n    password: y\n    note: z\n    other|fieldref: PatientName\n  words: [w]\n  condition: s and words\n  ",
    );
    let mut line = event(&[
        ("PatientName", "DUPONT^JEAN"),
        ("password", "hunter2"),
        ("note", "NIR 1 84 12 75 116 004 23 tel 06 12 34 56 78"),
        ("other", "DUPONT^JEAN"),
    ]);
    line.text = "Authorization: Basic aHVudGVyMg== 06 12 34 56 78 jean.dupont@hopital.example".to_owned();
    let told = serde_json::to_string(&why(&text, &line)).unwrap();
    for secret in ["DUPONT", "hunter2", "aHVudGVyMg", "06 12", "jean.dupont", "84 12 75"] {
        assert!(!told.contains(secret), "{secret} is told: {told}");
    }
}

proptest! {
    /// Whatever the rule and the event: an explanation agrees with matching, and a distance of nothing is a match.
    #[test]
    fn explanations_agree_with_matching(
        condition in prop::sample::select(vec![
            "a and b and c", "a or b or c", "not a", "a and not (b or c)", "1 of them", "2 of them", "all of them",
            "not 2 of them", "not (a and not b) and c", "not 1 of *",
        ]),
        a in 0..4_i64, b in 0..4_i64, c in 0..4_i64,
    ) {
        let text = rule(&format!(
            "  a: {{a|gte: 2}}\n  b: [{{b: 1}}, {{b: 2}}]\n  c: {{c|neq: 3, b|lt: 3}}\n  condition: {condition}\n"
        ));
        let event = event(&[("a", &a.to_string()), ("b", &b.to_string()), ("c", &c.to_string())]);
        // Selections that a condition leaves out are worth a warning.
        let mut engine = Engine::compile(documents(&text).0, &mut Vec::new());
        let id = engine.rules().next().unwrap().id.clone();
        let matches = !engine.step(Realm::Live, &event).is_empty();
        let why = engine.explain(&id, &event).unwrap();
        prop_assert_eq!(why.matches, matches);
        prop_assert_eq!(why.distance.is_none(), matches);
        prop_assert_eq!(engine.distance(&id, &event), Some(why.distance));
        let blamed = why.conditions[0].selections.iter().filter(|chosen| chosen.to_blame).count();
        prop_assert_eq!(blamed == 0, matches);
        prop_assert!(blamed <= why.distance.selections);
    }
}

#[test]
fn an_event_of_another_log_is_at_no_distance() {
    let engine = engine(&rule("  s: {a: 1}\n  condition: s\n"));
    let id = engine.rules().next().unwrap().id.clone();
    let mut other = event(&[("a", "1")]);
    other.logsource.product = Some("y".into());
    assert_eq!(engine.distance(&id, &other), None);
    assert!(engine.explain(&id, &other).is_some_and(|why| why.matches));
    assert_eq!(engine.explain(&RuleId("no.such".to_owned()), &other), None);
}

#[test]
fn what_a_correlation_counted_is_told_group_by_group() {
    let text = "\
title: one
name: one
logsource: {product: p}
detection: {s: {a: 1}, condition: s}
---
title: many
level: low
correlation: {type: event_count, rules: [one], group-by: [user], timespan: 10m, condition: {gte: 3}}
";
    let mut engine = engine(text);
    let id = engine.rules().find(|rule| !rule.id.as_str().contains('#')).unwrap().id.clone();
    engine.observe(&id);
    let mut matches = 0;
    for user in ["ann", "bob", "ann", "ann", ""] {
        let mut fields = vec![("a", "1")];
        if !user.is_empty() {
            fields.push(("user", user));
        }
        matches += engine.step(Realm::Live, &event(&fields)).len();
    }
    assert_eq!(matches, 1);
    let [counted] = engine.observed().try_into().unwrap();
    assert_eq!((counted.kind, counted.timespan, counted.lack_group), ("event_count", 600, 1));
    assert_eq!(counted.condition, [("gte", 3.0)]);
    let groups: Vec<_> =
        counted.groups.iter().map(|(group, tally)| (&*group[0], tally.highest, tally.events, tally.matched)).collect();
    assert_eq!(groups, [("ann", 3.0, 3, 1), ("bob", 1.0, 1, 0)]);
    assert_eq!(engine.bases(&id).len(), 1);
}
