//! What pipelines must do to rules, seen from outside.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::super::{Engine, read};
use super::{Pipeline, apply};
use crate::base::id::RuleId;
use crate::base::realm::Realm;
use crate::base::redact::Clean;
use crate::text::diagnostic::Diagnostic;
use crate::text::source::Source;
use crate::watch::event::{Event, Logsource, Value};
use crate::watch::format::{Decoded, Decoder, Format};
use crate::watch::hidden::Hidden;

const NONE: [&str; 0] = [];

fn said(found: &[Diagnostic]) -> Vec<String> {
    found.iter().map(ToString::to_string).collect()
}

/// The engine over one rule file changed by pipelines, and what was found.
fn built(pipelines: &[&str], rules: &str) -> (Engine, Vec<String>) {
    let lists = BTreeMap::from([("hosts".to_owned(), vec!["pc-1".to_owned()]), ("none".to_owned(), Vec::new())]);
    let mut found = Vec::new();
    let pipelines: Vec<Pipeline> = pipelines
        .iter()
        .map(|text| Pipeline::read(&Source::new("p.yml", *text), &mut found).unwrap_or_else(|| panic!("{found:#?}")))
        .collect();
    let mut documents = read(&Source::new("rule.yml", rules), &RuleId::from("test.rule"), &mut found);
    apply(&pipelines, &mut documents, &lists, &mut found);
    (Engine::compile_with(documents, &lists, &mut found), said(&found))
}

fn event(fields: &[(&str, Value)]) -> Event {
    Event {
        time: Timestamp::UNIX_EPOCH,
        logsource: Logsource {
            product: Some("windows".into()),
            category: vec!["process_creation".to_owned()],
            ..Logsource::default()
        },
        fields: fields.iter().map(|(name, value)| ((*name).into(), value.clone())).collect(),
        text: "the line".to_owned(),
        hidden: Hidden::default(),
        times: 1,
    }
}

fn steps(steps: &str) -> String {
    let indented: String = steps.lines().flat_map(|line| ["  ", line, "\n"]).collect();
    format!("name: p\ntransformations:\n{indented}")
}

fn rule(detection: &str) -> String {
    let indented: String = detection.lines().flat_map(|line| ["  ", line, "\n"]).collect();
    format!(
        "title: t\nlevel: low\nlogsource: {{product: windows, category: process_creation}}\ntags: [attack.impact]\ndetection:\n{indented}"
    )
}

/// Whether the rule with `detection`, changed by `transformations`, matches each event as told.
fn judge(transformations: &str, detection: &str, events: &[(&[(&str, &str)], bool)]) {
    let (mut engine, found) = built(&[&steps(transformations)], &rule(detection));
    assert_eq!(found, NONE, "{transformations}");
    for (fields, expected) in events {
        let fields: Vec<(&str, Value)> = fields
            .iter()
            .map(|(name, value)| (*name, if *value == "NULL" { Value::Null } else { Value::from(*value) }))
            .collect();
        let hit = !engine.step(Realm::Live, &event(&fields)).is_empty();
        assert_eq!(hit, *expected, "{transformations}\n{detection}\n{fields:?}");
    }
}

#[test]
fn fields_get_other_names() {
    let one = "- {type: field_name_mapping, mapping: {A: a.one, B: b}}";
    judge(
        one,
        "s: {A: x, C: y}\ncondition: s",
        &[(&[("a.one", "x"), ("C", "y")], true), (&[("A", "x"), ("C", "y")], false)],
    );
    judge(one, "s: [{A: x}, {B|endswith: y}, word]\ncondition: s", &[(&[("b", "my")], true), (&[("B", "my")], false)]);
    judge(
        one,
        "s: {A|fieldref: B}\ncondition: s",
        &[(&[("a.one", "x"), ("b", "x")], true), (&[("a.one", "x"), ("B", "x")], false)],
    );
    judge(
        "- {type: field_name_prefix, prefix: win.}",
        "s: {A: x}\ncondition: s",
        &[(&[("win.A", "x")], true), (&[("A", "x")], false)],
    );
    judge("- {type: field_name_suffix, suffix: .text}", "s: {A: x}\ncondition: s", &[(&[("A.text", "x")], true)]);
    let prefixes = "- {type: field_name_prefix_mapping, mapping: {a: 'x', a.b: ['y', 'z']}}";
    judge(
        prefixes,
        "s: {a.b.c: 1, a.c: 2}\ncondition: s",
        &[
            (&[("z.c", "1"), ("x.c", "2")], true),
            (&[("y.c", "1"), ("x.c", "2")], true),
            (&[("x.b.c", "1"), ("x.c", "2")], false),
        ],
    );
}

#[test]
fn several_names_are_whatever_any_of_them_holds() {
    let several = "- {type: field_name_mapping, mapping: {A: [a, b], C: [c, d]}}";
    judge(
        several,
        "s: {A: [x, y]}\ncondition: s",
        &[(&[("b", "y")], true), (&[("a", "z"), ("b", "x")], true), (&[("a", "z")], false)],
    );
    judge(
        several,
        "s: {A|contains|all: [x, y]}\ncondition: s",
        &[(&[("a", "x"), ("b", "y")], true), (&[("a", "xy")], true), (&[("a", "x")], false)],
    );
    judge(
        several,
        "s: {A|neq: x}\ncondition: s",
        &[(&[("a", "y"), ("b", "x")], false), (&[("a", "y"), ("b", "y")], true)],
    );
    judge(several, "s: {A|exists: true}\ncondition: s", &[(&[("b", "1")], true), (&[("e", "1")], false)]);
    judge(several, "s: {A|exists: false}\ncondition: s", &[(&[("b", "1")], false), (&[("e", "1")], true)]);
    judge(
        several,
        "s: {A: null}\ncondition: s",
        &[(&[("b", "1")], false), (&[("b", "NULL")], true), (&[("e", "1")], true)],
    );
    judge(
        several,
        "s: {A: [null, x]}\ncondition: s",
        &[(&[("b", "1")], false), (&[("a", "1"), ("b", "x")], true), (&[("e", "1")], true)],
    );
    judge(
        several,
        "s: {A|fieldref: C}\ncondition: s",
        &[(&[("b", "1"), ("d", "1"), ("c", "2")], true), (&[("b", "1"), ("d", "2")], false)],
    );
}

#[test]
fn conditions_choose_rules_and_fields() {
    let step =
        |conditions: &str| format!("- {{type: field_name_mapping, mapping: {{A: new, B: other}}, {conditions}}}");
    for (conditions, expected) in [
        ("rule_conditions: [{type: logsource, category: process_creation}]", true),
        ("rule_conditions: [{type: logsource, product: WINDOWS, category: process_creation}]", true),
        ("rule_conditions: [{type: logsource, product: linux}]", false),
        ("rule_conditions: [{type: logsource, product: windows, service: sysmon}]", false),
        ("rule_conditions: [{type: logsource, product: linux}, {type: logsource, product: windows}]", false),
        (
            "rule_cond_op: or, rule_conditions: [{type: logsource, product: linux}, {type: logsource, product: windows}]",
            true,
        ),
        ("rule_cond_not: true, rule_conditions: [{type: logsource, product: linux}]", true),
        ("rule_conditions: [{type: is_sigma_rule}]", true),
        ("rule_conditions: [{type: is_sigma_correlation_rule}]", false),
        ("rule_conditions: [{type: tag, tag: attack.IMPACT}]", true),
        ("rule_conditions: [{type: tag, tag: attack.y}]", false),
        ("rule_conditions: [{type: processing_item_applied, processing_item_id: before}]", true),
        ("rule_conditions: [{type: processing_item_applied, processing_item_id: never}]", false),
        ("field_name_conditions: [{type: include_fields, fields: [A, C]}]", true),
        ("field_name_conditions: [{type: include_fields, fields: B}]", false),
        ("field_name_conditions: [{type: exclude_fields, fields: [A]}]", false),
        ("field_name_cond_not: true, field_name_conditions: [{type: exclude_fields, fields: [A]}]", true),
    ] {
        let before = "- {id: before, type: field_name_mapping, mapping: {C: c}}\n\
                      - {id: never, type: field_name_mapping, mapping: {C: c}, rule_conditions: [{type: tag, tag: no}]}\n";
        let events: [(&[(&str, &str)], bool); 2] = [(&[("new", "x")], expected), (&[("A", "x")], !expected)];
        judge(&format!("{before}{}", step(conditions)), "s: {A: x}\ncondition: s", &events);
    }
}

#[test]
fn pipelines_come_in_the_order_of_their_priority() {
    let late = "name: late\npriority: 20\ntransformations: [{type: field_name_mapping, mapping: {b: c}}]\n";
    let early = "name: early\npriority: 10\ntransformations: [{type: field_name_mapping, mapping: {a: b}}]\n";
    let (mut engine, found) = built(&[late, early], &rule("s: {a: 1}\ncondition: s"));
    assert_eq!(found, NONE);
    assert_eq!(engine.step(Realm::Live, &event(&[("c", Value::from("1"))])).len(), 1);
}

#[test]
fn placeholders_are_filled_from_the_pipeline_and_then_from_the_site() {
    let pipeline = |step: &str| format!("vars: {{admins: [root, adm_*], one: single}}\n{}", steps(step));
    for (step, detection, value, expected) in [
        ("- {type: value_placeholders}", "A|expand: '%admins%'", "adm_x", true),
        ("- {type: value_placeholders}", "A|expand: '%one%'", "single", true),
        ("- {type: value_placeholders}", "A|expand: '%hosts%: %admins%'", "pc-1: root", true),
        ("- {type: value_placeholders, include: [admins]}", "A|expand: '%admins%'", "root", true),
        ("- {type: value_placeholders, exclude: [admins]}", "A|expand: '%hosts%'", "pc-1", true),
        ("- {type: wildcard_placeholders}", "A|expand|startswith: 'x%anything%y'", "x and y and z", true),
        ("- {type: wildcard_placeholders}", "A|re|expand: '^x%anything%y$'", "x and y", true),
        ("- {type: wildcard_placeholders}", "A|re|expand: '^x%anything%y$'", "x and z", false),
        ("- {type: wildcard_placeholders, include: [other]}", "A|expand: '%hosts%'", "pc-2", false),
        ("- {type: wildcard_placeholders, include: [hosts]}", "A|expand: '%hosts%'", "pc-2", true),
    ] {
        let (mut engine, found) = built(&[&pipeline(step)], &rule(&format!("s:\n  {detection}\ncondition: s")));
        assert_eq!(found, NONE, "{step}");
        let hit = !engine.step(Realm::Live, &event(&[("A", Value::from(value))])).is_empty();
        assert_eq!(hit, expected, "{step} {detection} {value}");
    }
    let unfilled = pipeline(
        "- {type: value_placeholders, exclude: [admins]}\n- {type: value_placeholders, include: [none, lost]}",
    );
    let (engine, found) = built(&[&unfilled], &rule("s:\n  A|expand: '%admins%'\ncondition: s"));
    assert!(engine.rules().all(|rule| rule.unarmed().is_some()));
    assert_eq!(
        found,
        [
            "p.yml:5:42: [V234] there is no list `none`, or nothing in it (write its values under `vars` here, or under \
         `lists` in vigie.yaml)",
            "p.yml:5:48: [V234] there is no list `lost`, or nothing in it (write its values under `vars` here, or under \
         `lists` in vigie.yaml)",
            "rule.yml:7:16: [V214] this is not armed: there is no list `admins` (write the values of your site into a list \
         called `admins`)",
        ]
    );
}

#[test]
fn a_list_that_is_missing_is_told_once_though_the_field_has_two_names() {
    let (_, found) = built(
        &[&steps("- {type: field_name_mapping, mapping: {A: [a, b]}}")],
        &rule("s:\n  A|expand: '%lost%'\ncondition: s"),
    );
    assert_eq!(found.len(), 1, "{found:#?}");
}

#[test]
fn conditions_are_added() {
    for (step, fields, expected) in [
        ("conditions: {kind: [start, exec]}", [("A", "x"), ("kind", "exec")], true),
        ("conditions: {kind: [start, exec]}", [("A", "x"), ("kind", "end")], false),
        ("conditions: {kind|startswith: end}, negated: true", [("A", "x"), ("kind", "exec")], true),
        ("conditions: {kind|startswith: end}, negated: true", [("A", "x"), ("kind", "ending")], false),
    ] {
        judge(
            &format!("- {{type: add_condition, {step}}}"),
            "s: {A: x}\nf: {A: y}\ncondition: s or f",
            &[(&fields, expected)],
        );
    }
}

#[test]
fn what_is_asked_of_a_field_can_be_left_out() {
    let drop = "- {type: drop_detection_item, field_name_conditions: [{type: include_fields, fields: [Gone, Lost]}]}";
    for (detection, expected) in [
        ("s: {A: x, Gone: 1}\ncondition: s", true),
        ("s: {A: x}\nf: {Gone: 1}\ncondition: s and not f", true),
        ("s: {A: x}\nf: {Gone: 1}\ncondition: s and f", true),
        ("s_1: {A: x}\ns_2: {Gone: 1, Lost: 2}\ncondition: all of s_*", true),
        ("s_1: {A: y}\ns_2: {Gone: 1}\ncondition: 1 of s_*", false),
        ("s: [{A: x}, {Gone: 1}]\ncondition: s", true),
        ("g: {Gone: 1}\ns: {A: x}\nt: {A: y}\ncondition: t or not g or s", true),
    ] {
        judge(drop, detection, &[(&[("A", "x")], expected)]);
    }
    let (engine, found) = built(&[&steps(drop)], &rule("s: {Gone: 1}\ncondition: s"));
    assert_eq!(
        found,
        [
            "rule.yml:1:1: [V232] the pipeline `p` leaves this rule out: nothing is left of what it looks for (change the \
         conditions of the pipeline, or take the rule away)"
        ]
    );
    assert!(engine.rules().all(|rule| rule.unarmed().is_some()));
}

#[test]
fn a_rule_can_be_left_out_with_a_reason() {
    let step = "- {type: rule_failure, message: nobody logs this, field_name_conditions: [{type: include_fields, fields: [B]}]}";
    let (mut engine, found) = built(&[&steps(step)], &rule("s: {A: 1, B: 2}\ncondition: s"));
    assert_eq!(found.len(), 1);
    assert!(
        found[0].starts_with("rule.yml:1:1: [V232] the pipeline `p` leaves this rule out: nobody logs this"),
        "{found:?}"
    );
    let both = event(&[("A", Value::from("1")), ("B", Value::from("2"))]);
    assert!(engine.step(Realm::Live, &both).is_empty());
    judge(step, "s: {A: x}\ncondition: s", &[(&[("A", "x")], true)]);
}

const TWO_LOGS: &str = "title: a\nname: a\nlogsource: {product: windows}\ndetection: {s: {User: '*'}, condition: s}\n---\n\
    title: b\nname: b\nlogsource: {product: linux}\ndetection: {s: {User: '*'}, condition: s}\n---\n\
    title: c\nlevel: low\ncorrelation: {type: event_count, rules: [a, b], group-by: [User], timespan: 1h, condition: {gte: 2}}\n";

#[test]
fn a_correlation_groups_by_what_each_of_its_rules_calls_the_field() {
    let of = |product: &str, field: &str| {
        let logsource = Logsource { product: Some(product.into()), ..Logsource::default() };
        Event { logsource, ..event(&[(field, Value::from("leroy"))]) }
    };
    let only_windows = "- {type: field_name_mapping, mapping: {User: user.name}, rule_conditions: [{type: logsource, product: windows}]}";
    let (mut engine, found) = built(&[&steps(only_windows)], TWO_LOGS);
    assert_eq!(found, NONE);
    assert!(engine.step(Realm::Live, &of("windows", "user.name")).is_empty());
    let found = engine.step(Realm::Live, &of("linux", "User"));
    assert_eq!(*found[0].subject, [("User".to_owned(), Clean::of("leroy"))]);

    // Two transformations, one for each, lead to the same name again.
    let both = "- {type: field_name_mapping, mapping: {User: user.name}}";
    let (mut engine, found) = built(&[&steps(both)], TWO_LOGS);
    assert_eq!(found, NONE);
    assert!(engine.step(Realm::Live, &of("windows", "user.name")).is_empty());
    let found = engine.step(Realm::Live, &of("linux", "user.name"));
    assert_eq!(*found[0].subject, [("user.name".to_owned(), Clean::of("leroy"))]);

    let (_, found) = built(&[&steps("- {type: field_name_mapping, mapping: {User: [u, v]}}")], TWO_LOGS);
    assert_eq!(
        found,
        [
            "rule.yml:13:60: [V233] `User` has several names now, and only `u` is looked at (a group needs one value: give \
         the field one name in the pipeline)"
        ]
    );
}

#[test]
fn what_a_correlation_counts_and_its_aliases_are_renamed() {
    let base = rule("s: {Kind: login}\ncondition: s").replace("title: t", "title: t\nname: base");
    let count = "title: c\nlevel: low\ncorrelation:\n  type: value_count\n  rules: [base]\n  group-by: [who]\n  timespan: 1h\n  \
                 condition: {field: Host, gte: 2}\n  aliases: {who: {base: User}}\n";
    let upper = "title: u\nlevel: high\ncorrelation: {type: event_count, rules: [low], group-by: [who], timespan: 1h, condition: {gte: 1}}\n";
    let text = format!("{base}---\n{}---\n{upper}", count.replace("title: c", "title: c\nname: low"));
    let mapping = "- {type: field_name_mapping, mapping: {User: user.name, Host: host.name, Kind: event.action}}";
    let (mut engine, found) = built(&[&steps(mapping)], &text);
    assert_eq!(found, NONE);
    let mut hits = Vec::new();
    for host in ["one", "two"] {
        let fields =
            [("event.action", Value::from("login")), ("user.name", Value::from("u")), ("host.name", Value::from(host))];
        hits.extend(engine.step(Realm::Live, &event(&fields)));
    }
    assert_eq!(hits.len(), 1);
    assert_eq!(*hits[0].subject, [("who".to_owned(), Clean::of("u"))]);
}

#[test]
fn a_filter_goes_with_the_rules_that_it_is_laid_over() {
    let text = format!(
        "{}---\ntitle: f\nlogsource: {{product: windows}}\nfilter: {{rules: any, own: {{User: backup}}, condition: not own}}\n",
        rule("s: {A: x}\ncondition: s")
    );
    let steps = steps(
        "- {type: field_name_mapping, mapping: {A: a, User: user.name}, rule_conditions: [{type: logsource, category: process_creation}]}\n\
         - {type: change_logsource, product: ecs, rule_conditions: [{type: logsource, category: process_creation}]}",
    );
    let (mut engine, found) = built(&[&steps], &text);
    assert_eq!(found, NONE);
    let ecs = |user: &str| {
        let fields = [("a", Value::from("x")), ("user.name", Value::from(user))];
        let logsource = Logsource { product: Some("ecs".into()), ..Logsource::default() };
        Event { logsource, ..event(&fields) }
    };
    assert!(engine.step(Realm::Live, &ecs("backup")).is_empty());
    assert_eq!(engine.step(Realm::Live, &ecs("leroy")).len(), 1);
}

#[test]
fn mistakes_are_found_at_their_place() {
    let good = "name: p\ntransformations:\n  - {type: field_name_prefix, prefix: a}\n";
    for (text, wanted) in [
        (
            "- a\n".to_owned(),
            "p.yml:1:1: [V230] expected a pipeline, found a list (start with `name:` and `transformations:`)",
        ),
        (good.replace("name: p\n", ""), "p.yml:1:1: [V003] the key `name` is missing"),
        (
            good.replace("name: p", "name: p\nprioritty: 1"),
            "p.yml:2:1: [V002] unknown key `prioritty` (did you mean `priority`?)",
        ),
        (
            good.replace("name: p", "name: p\nfinalizers: []"),
            "p.yml:2:1: [V002] unknown key `finalizers` (take it out: it changes queries, and vigie makes none)",
        ),
        (
            good.replace("name: p", "name: p\npriority: high"),
            "p.yml:2:11: [V004] expected a whole number, found the text \"high\"",
        ),
        (
            good.replace("name: p", "name: p\nvars: [a]"),
            "p.yml:2:7: [V004] expected names, each with its values, found a list",
        ),
        ("name: p\ntransformations: []\n".to_owned(), "p.yml:2:1: [V230] this pipeline changes nothing"),
        (
            good.replace("field_name_prefix,", "field_nam_prefix,"),
            "p.yml:3:12: [V231] vigie has no transformation `field_nam_prefix` (did you mean `field_name_prefix`?)",
        ),
        (good.replace("field_name_prefix,", "query_expression_placeholders,"), "known here: `field_name_mapping`, "),
        (good.replace("prefix: a", "prefx: a"), "p.yml:3:31: [V002] unknown key `prefx` (did you mean `prefix`?)"),
        (good.replace("prefix: a", "prefx: a"), "p.yml:3:6: [V003] the key `prefix` is missing"),
        (good.replace("prefix: a", "prefix: ''"), "p.yml:3:39: [V230] `prefix` is empty"),
        (
            good.replace("prefix: a", "prefix: a, rule_conditions: [{type: logsorce}]"),
            "p.yml:3:67: [V231] vigie has no condition `logsorce` here (did you mean `logsource`?)",
        ),
        (
            good.replace("prefix: a", "prefix: a, rule_conditions: [{type: logsource}]"),
            "p.yml:3:67: [V230] this names no logs (name a `category`, `product` or `service`)",
        ),
        (
            good.replace("prefix: a", "prefix: a, rule_conditions: [{type: logsource, prodcut: x}]"),
            "p.yml:3:78: [V002] unknown key `prodcut` (did you mean `product`?)",
        ),
        (good.replace("prefix: a", "prefix: a, rule_cond_op: xor"), "p.yml:3:56: [V230] `xor` joins no conditions"),
        (
            good.replace("prefix: a", "prefix: a, field_name_conditions: [{type: include_fields, fields: []}]"),
            "p.yml:3:89: [V230] no field is named here",
        ),
        (
            good.replace("field_name_prefix, prefix: a", "field_name_mapping, mapping: {A: []}"),
            "p.yml:3:45: [V230] `A` is given no name, or one that is no text",
        ),
        // S14 of issue 11.
        (
            good.replace("field_name_prefix, prefix: a", "field_name_mapping, mapping: {null: [msg], A: b}"),
            "p.yml:3:42: [V230] this names no field, and what is looked for in the whole line has none",
        ),
        (
            good.replace("field_name_prefix, prefix: a", "field_name_mapping, mapping: {'': msg}"),
            "p.yml:3:42: [V230] this names no field",
        ),
        (
            good.replace("field_name_prefix, prefix: a", "drop_detection_item"),
            "p.yml:3:12: [V230] this would leave nothing of any rule",
        ),
        (good.replace("field_name_prefix, prefix: a", "add_condition, conditions: {A|contians: x}"), "[V203]"),
    ] {
        let mut found = Vec::new();
        let read = Pipeline::read(&Source::new("p.yml", text.as_str()), &mut found);
        assert!(read.is_none(), "{text}");
        let found = said(&found);
        assert!(found.iter().any(|finding| finding.contains(wanted)), "{text}\nwanted {wanted}\nfound {found:#?}");
    }
}

#[test]
fn findings_about_a_rule_keep_their_place() {
    let text = rule("s: {A|contains|all: x}\nt: {A: y}\ncondition: s");
    let (_, plain) = built(&[], &text);
    let (_, changed) = built(&[&steps("- {type: field_name_mapping, mapping: {A: [a, b]}}")], &text);
    assert_eq!(plain.len(), 2, "{plain:?}");
    assert_eq!(plain, changed);
}

/// The shape of SigmaHQ's rules for processes, the mapping of the Elastic Common Schema, and an event of winlogbeat.
#[test]
fn a_public_rule_matches_an_event_in_the_elastic_common_schema() {
    let rule = "title: Shadow copies deleted\nid: 9f9d3c1e-0000-4000-8000-000000000001\nstatus: test\n\
        description: The copies from which files could be restored are deleted.\nlogsource:\n  category: process_creation\n  \
        product: windows\ndetection:\n  selection_img:\n    - Image|endswith:\n        - '\\vssadmin.exe'\n        - '\\wmic.exe'\n    \
        - OriginalFileName:\n        - 'VSSADMIN.EXE'\n        - 'wmic.exe'\n  selection_cli:\n    CommandLine|contains|all:\n      \
        - 'shadow'\n      - 'delete'\n  filter_main_known:\n    ParentImage: 'C:\\Program Files\\Backup\\agent.exe'\n    \
        User|contains: 'SYSTEM'\n  condition: all of selection_* and not 1 of filter_main_*\nfields: [CommandLine]\nlevel: high\n";
    let pipeline = "name: Elastic Common Schema\npriority: 20\ntransformations:\n  - id: ecs_process\n    type: field_name_mapping\n    \
        mapping:\n      Image: process.executable\n      OriginalFileName: process.pe.original_file_name\n      \
        CommandLine: process.command_line\n      ParentImage: process.parent.executable\n      \
        User: [user.name, winlog.user.name]\n    rule_conditions:\n      - type: logsource\n        product: windows\n        \
        category: process_creation\n  - type: add_condition\n    conditions: {event.category: process}\n    rule_conditions:\n      \
        - {type: processing_item_applied, processing_item_id: ecs_process}\n  - type: change_logsource\n    product: ecs\n    \
        rule_conditions:\n      - {type: processing_item_applied, processing_item_id: ecs_process}\n";
    let (mut engine, found) = built(&[pipeline], rule);
    assert_eq!(found, NONE);
    let line = r#"{"@timestamp":"2026-11-21T19:28:23.000Z","event":{"category":["process"],"action":"start"},
        "process":{"executable":"C:\\Windows\\System32\\vssadmin.exe","command_line":"vssadmin delete shadows /all /quiet",
        "parent":{"executable":"C:\\Windows\\System32\\cmd.exe"}},"user":{"name":"leroy"}}"#
        .replace('\n', " ");
    let own = Logsource { product: Some("ecs".into()), ..Logsource::default() };
    let mut decoder = Decoder::new(Format::Json, TimeZone::UTC, Some(own));
    let mut hits = |line: &str| match decoder.decode(Timestamp::UNIX_EPOCH, line) {
        Decoded::Event(event) => engine.step(Realm::Live, &event),
        other => panic!("{other:?}"),
    };
    let found = hits(&line);
    assert_eq!(found.len(), 1);
    let command = ("process.command_line".to_owned(), Clean::of("vssadmin delete shadows /all /quiet"));
    assert_eq!(*found[0].subject, [("user.name".to_owned(), Clean::of("leroy"))]);
    assert!(found[0].fields.contains(&command), "{:?}", found[0].fields);
    let by_the_backup =
        line.replace("C:\\\\Windows\\\\System32\\\\cmd.exe", "C:\\\\Program Files\\\\Backup\\\\agent.exe");
    assert_eq!(hits(&by_the_backup).len(), 1, "somebody else than SYSTEM");
    assert_eq!(hits(&by_the_backup.replace("\"leroy\"", "\"SYSTEM\"")).len(), 0);
    assert_eq!(hits(&line.replace("[\"process\"]", "[\"file\"]")).len(), 0);
}
