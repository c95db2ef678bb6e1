//! Each modifier, held against values that fit and values that do not.

use super::{engine, event, findings, line, matches, rule};
use crate::base::realm::Realm;
use crate::watch::sigma::rule::modifier::TABLE;

/// What is written for the field, then JSON values that fit, then some that do not.
type Case = (&'static str, &'static [&'static str], &'static [&'static str]);

const CASES: &[Case] = &[
    // Plain values.
    ("f: abc", &[r#""ABC""#, r#"["x","abc"]"#, r#"[["abc"]]"#], &[r#""abcd""#, "null", "[]", "1"]),
    ("f: 'É*'", &[r#""école""#], &[r#""ecole""#]),
    ("f: 42", &["42", r#""42""#, "42.0", r#"["x",42]"#], &["43", r#""x42""#, "true", "null"]),
    ("f: '42'", &["42", r#""42""#], &["42.5", "420"]),
    ("f: 4?", &["42"], &["4"]),
    ("f: 1.10", &["1.1", r#""1.10""#, r#""1.1""#], &["1.11"]),
    ("f: -5", &["-5", r#""-5""#], &["5"]),
    ("f: true", &["true", r#""True""#], &["false", "1"]),
    ("f: yes", &["true", r#""Yes""#], &[r#""y""#]),
    ("f|contains: on", &[r#""xonx""#], &[r#""true""#]),
    ("f: 010", &[r#""010""#, "10"], &["8"]),
    ("f: 0x1F", &[r#""0x1f""#, "31"], &["17"]),
    ("f: 'false'", &["false"], &["true"]),
    ("f: ''", &[r#""""#], &["null", r#"" ""#, "[]"]),
    ("f: null", &["null", "[]", r#"[null,"x"]"#], &[r#""""#, "0", "false"]),
    ("f: '*'", &[r#""""#, "0"], &["null"]),
    ("f: [null, '', a]", &["null", r#""""#, r#""A""#], &[r#""b""#]),
    ("f: inf", &[r#""INF""#], &["1"]),
    // Places.
    ("f|contains: b", &[r#""aBc""#, r#""b""#], &[r#""ac""#, "null"]),
    ("f|contains: 2", &["123"], &["13"]),
    ("f|startswith: ab", &[r#""ABc""#], &[r#""cab""#]),
    ("f|endswith: '\\b.exe'", &[r#""C:\\a\\B.EXE""#], &[r#""C:\\ab.exe""#]),
    ("f|contains: 'a*c'", &[r#""xabcx""#], &[r#""xcax""#]),
    ("f|contains|all: [a, b]", &[r#""ba""#, r#"["xa","xb"]"#], &[r#""a""#]),
    ("f|all|startswith: [a, ab]", &[r#""abc""#], &[r#""acb""#]),
    // Case.
    ("f|cased: Abc", &[r#""Abc""#], &[r#""abc""#]),
    ("f|contains|cased: É", &[r#""xÉx""#], &[r#""xéx""#]),
    ("f|cased|endswith: 'B*c'", &[r#""aBxc""#], &[r#""abxc""#]),
    // The opposite.
    ("f|neq: a", &[r#""b""#, "null", "1"], &[r#""A""#, r#"["b","a"]"#]),
    ("f|neq: [a, b]", &[r#""c""#], &[r#""a""#, r#""b""#]),
    ("f|contains|neq: a", &[r#""b""#], &[r#""xax""#]),
    ("f|re|neq: ^a", &[r#""ba""#], &[r#""ab""#]),
    ("f|gt|neq: 5", &["5", "4"], &["6"]),
    ("f|contains|all|neq: [a, b]", &[r#""a""#, r#""b""#], &[r#""ab""#]),
    // Dashes.
    ("f|windash: -x", &[r#""/x""#, r#""–X""#, r#""-x""#], &[r#""+x""#]),
    ("f|contains|windash: ' /enc '", &[r#""a -ENC b""#, r#""a ―enc b""#], &[r#""a enc b""#]),
    ("f|windash|contains|all: [' -a', ' -b']", &[r#""x /a -b""#], &[r#""x /a b""#]),
    // Regular expressions.
    ("f|re: 'a.c'", &[r#""xabcx""#], &[r#""ABC""#, r#""a\nc""#]),
    ("f|re: '^\\d+$'", &["42", r#""42""#], &["4.2", r#""x4""#]),
    ("f|re|i: 'é'", &[r#""É""#], &[r#""e""#]),
    ("f|re|m: '^b$'", &[r#""a\nb""#], &[r#""a\ncb""#]),
    ("f|re|s: 'a.c'", &[r#""a\nc""#], &[r#""A\nc""#]),
    ("f|re|i|m|s: '^a.C'", &[r#""x\nA\nc""#], &[r#""xa\nc""#]),
    ("f|re|all: [a, b]", &[r#""ba""#], &[r#""a""#]),
    // Encodings.
    ("f|base64: foo", &[r#""Zm9v""#], &[r#""foo""#]),
    (
        "f|base64offset|contains: foobar",
        &[r#""xxZm9vYmFyxx""#, r#""eGZvb2Jhcg==""#, r#""eHhmb29iYXI=""#],
        &[r#""foobar""#],
    ),
    ("f|wide|base64offset|contains: ping", &[r#""cABpAG4AZwA=""#], &[r#""cGluZw==""#]),
    ("f|utf16le|base64: a", &[r#""YQA=""#], &[r#""AGE=""#]),
    ("f|utf16be|base64: a", &[r#""AGE=""#], &[r#""YQA=""#]),
    ("f|utf16|base64: a", &[r#""//5hAA==""#], &[r#""YQA=""#]),
    // Numbers.
    ("f|lt: 5", &["4", r#""4""#, "4.9", "-1", "[9,1]"], &["5", r#""x""#, "null", "true"]),
    ("f|lte: 5", &["5", r#"" 5 ""#], &["6", "5.1"]),
    ("f|gt: 5", &["6", "5.5"], &["5", r#""six""#, r#""inf""#]),
    ("f|gte: 5.5", &["5.5", "6"], &["5"]),
    ("f|gt: 9007199254740992", &["9007199254740993"], &["9007199254740992"]),
    ("f|gt: 1\nf|lt: 5", &["3"], &["7", "1"]),
    // Addresses.
    ("f|cidr: 10.0.0.0/8", &[r#""10.1.2.3""#, r#""::ffff:10.0.0.1""#], &[r#""11.0.0.1""#, r#""10.1.2""#, "10"]),
    ("f|cidr: ['192.168.0.0/16', 'fe80::/10']", &[r#""192.168.9.9""#, r#""FE80::1""#], &[r#""::1""#]),
    // S9 and S10 of issue 11.
    (
        "f|cidr: '::ffff:10.0.0.0/104'",
        &[r#""10.1.2.3""#, r#""::ffff:10.9.9.9""#],
        &[r#""11.0.0.1""#, r#""::ffff:11.0.0.1""#, r#""::1""#],
    ),
    ("f|cidr: '::/0'", &[r#""::ffff:10.0.0.1""#, r#""2001:db8::1""#, r#""fe80::1%12""#], &[r#""10.0.0.1""#]),
    ("f|cidr: 'fe80::/10'", &[r#""fe80::1%12""#, r#""fe80::1%eth0""#], &[r#""fe80::1%""#, r#""2001:db8::1%1""#]),
    ("f|cidr: 10.0.0.0/8", &[r#""10.0.0.1""#], &[r#""10.0.0.1%1""#]),
    ("f|cidr: 10.0.0.7", &[r#""10.0.0.7""#], &[r#""10.0.0.8""#]),
    ("f|cidr|neq: 10.0.0.0/8", &[r#""8.8.8.8""#], &[r#""10.0.0.1""#]),
    // Presence.
    ("f|exists: true", &["null", r#""""#, "0"], &[]),
    ("f|exists: false", &[], &["null", "0"]),
];

#[test]
fn values_are_compared_as_their_modifiers_say() {
    for (written, fitting, others) in CASES {
        let detection = format!("s:\n{}condition: s", super::indent(written));
        for (values, expected) in [(fitting, true), (others, false)] {
            for value in *values {
                let event = event(0, &format!(r#"{{"f": {value}}}"#));
                assert_eq!(matches(&detection, &event), expected, "`{written}` and {value}");
            }
        }
    }
}

#[test]
fn a_field_that_is_missing_is_only_null_absent_or_different() {
    for (written, expected) in [
        ("f: null", true),
        ("f: ''", false),
        ("f: '*'", false),
        ("f|exists: false", true),
        ("f|exists: true", false),
        ("f|neq: a", true),
        ("f|re: '.*'", false),
        ("f|lt: 5", false),
        ("f|fieldref: f", false),
        ("f|fieldref: other", false),
    ] {
        let detection = format!("s:\n  {written}\ncondition: s");
        assert_eq!(matches(&detection, &event(0, r#"{"other": "x"}"#)), expected, "{written}");
    }
}

#[test]
fn fields_are_compared_with_fields() {
    for (written, fitting, others) in [
        (
            "a|fieldref: b",
            vec![r#"{"a":"École","b":"ÉCOLE"}"#, r#"{"a":1,"b":"1"}"#, r#"{"a":["x","y"],"b":["z","y"]}"#],
            vec![r#"{"a":"x","b":"y"}"#, r#"{"a":"x"}"#, r#"{"a":null,"b":null}"#],
        ),
        ("a|fieldref|cased: b", vec![r#"{"a":"x","b":"x"}"#], vec![r#"{"a":"x","b":"X"}"#]),
        ("a|fieldref|startswith: b", vec![r#"{"a":"xyz","b":"XY"}"#], vec![r#"{"a":"xyz","b":"yz"}"#]),
        ("a|fieldref|endswith: b", vec![r#"{"a":"xyz","b":"YZ"}"#], vec![r#"{"a":"xyz","b":"xy"}"#]),
        (
            "a|contains|fieldref: b",
            vec![r#"{"a":"xyz","b":"Y"}"#, r#"{"a":"x","b":""}"#],
            vec![r#"{"a":"xyz","b":"q"}"#],
        ),
        ("a|fieldref|contains|cased: b", vec![r#"{"a":"xyz","b":"y"}"#], vec![r#"{"a":"xyz","b":"Y"}"#]),
        ("a|fieldref|neq: b", vec![r#"{"a":"x","b":"y"}"#], vec![r#"{"a":"x","b":"x"}"#]),
    ] {
        let detection = format!("s:\n  {written}\ncondition: s");
        for (events, expected) in [(fitting, true), (others, false)] {
            for json in events {
                assert_eq!(matches(&detection, &event(0, json)), expected, "{written} {json}");
            }
        }
    }
}

#[test]
fn words_without_a_field_are_looked_for_in_the_line() {
    for (written, fitting, others) in [
        ("[evil, 'svc -n']", vec!["an EVIL line", "svc -n"], vec!["good"]),
        ("evil", vec!["xEvilx"], vec!["good"]),
        ("[4625]", vec!["id=4625 x"], vec!["id=462"]),
        ("['a*b']", vec!["x a and b x"], vec!["b a"]),
        ("{'|all': [one, two]}", vec!["two one"], vec!["one"]),
        ("{'|re': 'a\\d'}", vec!["xa1"], vec!["xA1", "a"]),
        ("{'|re|i': 'a\\d'}", vec!["xA1"], vec!["ab"]),
        ("{'|cased': Evil}", vec!["x Evil"], vec!["x evil"]),
        ("{'|contains|all': [a, b]}", vec!["ba"], vec!["a"]),
        ("{'|neq': a}", vec!["b"], vec!["a"]),
        ("[word, {f: 1}]", vec!["a word"], vec!["f=1"]),
    ] {
        let detection = format!("s: {written}\ncondition: s");
        for (lines, expected) in [(fitting, true), (others, false)] {
            for text in lines {
                assert_eq!(matches(&detection, &line(text)), expected, "{written} {text}");
            }
        }
    }
}

#[test]
fn words_that_a_line_spells_with_escapes_are_looked_for_in_the_values() {
    let json = r#"{"path": "C:\\Windows\\Temp", "who": "\u00c9lodie", "said": "\"hello\""}"#;
    let event = event(0, json);
    for word in [r"windows\temp", "élodie", "\"hello\""] {
        assert!(matches(&format!("s: ['{word}']\ncondition: s"), &event), "{word}");
    }
    assert!(!matches("s: ['windows temp']\ncondition: s", &event));
}

#[test]
fn every_modifier_has_a_case() {
    // Those that need more than one value of one field have tests of their own.
    let elsewhere = ["fieldref", "expand", "minute", "hour", "day", "week", "month", "year"];
    for modifier in TABLE {
        let bar = format!("|{}", modifier.name);
        let used = CASES.iter().any(|(written, ..)| {
            written.match_indices(&bar).any(|(at, _)| written[at + bar.len()..].starts_with([':', '|']))
        });
        assert!(used || elsewhere.contains(&modifier.name), "no case for `{}`", modifier.name);
        assert!(!modifier.meaning.is_empty());
    }
}

#[test]
fn modifiers_that_cannot_work_are_refused_at_their_place() {
    for (key, column, wanted) in [
        ("f|contians: a", 7, "did you mean `contains`?"),
        ("f|not: a", 7, "`neq`"),
        ("f|: a", 7, "take the `|` away"),
        ("f|contains|startswith: a", 16, "one place only"),
        ("f|contains|contains: a", 16, "there twice"),
        ("f|re|contains: a", 10, "`contains` is for text"),
        ("f|contains|re: a", 16, "do not go together"),
        ("f|cidr|cased: 10.0.0.0/8", 12, "is for text"),
        ("f|i: a", 7, "write `re|i`"),
        ("f|i|re: a", 7, "write `re|i`"),
        ("f|gt|lt: 1", 10, "do not go together"),
        ("f|exists|all: true", 14, "`exists` takes one value"),
        ("f|all|exists: true", 11, "`exists` takes one value"),
        ("f|wide: a", 7, "put `base64`"),
        ("f|base64|wide: a", 14, "Base64 comes last"),
        ("f|base64offset: a", 7, "`base64offset|contains`"),
        ("f|windash|base64: a", 15, "cannot be encoded"),
        ("f|base64|re: a", 14, "do not go together"),
        ("f|gt|expand: '%a%'", 10, "`expand` is for texts"),
        ("f|expand|fieldref: '%a%'", 14, "`expand` is for texts"),
        ("f|expand|expand: '%a%'", 14, "there twice"),
        ("f|hour|contains: 1", 12, "a part of a time is a number"),
        ("f|contains|hour: 1", 16, "a part of a time is a number"),
        ("f|hour|minute: 1", 12, "one part of a time"),
        ("f|re|hour: 1", 10, "a part of a time is a number"),
        ("f|hour|expand: '%a%'", 12, "a part of a time is a number"),
    ] {
        let found = findings(&rule(&format!("s:\n  {key}\ncondition: s")));
        let place = format!("6:{column}: [V20");
        assert!(found.len() == 1 && found[0].starts_with(&place) && found[0].contains(wanted), "{key}: {found:#?}");
    }
}

#[test]
fn values_that_their_modifiers_cannot_use_are_refused_at_their_place() {
    for (written, column, wanted) in [
        ("f|re: 'a(b'", 13, "unclosed group"),
        ("f|re: 'x(?=y)'", 13, "linear time"),
        ("f|re: '(a)\\1'", 15, "linear time"),
        ("f|re: 'é[z-a]'", 14, "invalid character class range"),
        ("f|re: '(((\\w{1000}){1000}){1000})'", 12, "too big"),
        // S14 of issue 11.
        ("f|re: 'a++b'", 14, "this repeats a repetition"),
        ("f|re: null", 5, "expected a regular expression, found nothing"),
        ("f|cidr: 10.0.0.0/99", 13, "expected a network"),
        ("f|cidr: 10", 13, "expected a network"),
        ("f|gt: '5'", 11, "without quotes"),
        ("f|gt: five", 11, "expected a number"),
        ("f|hour: 24", 13, "a number from 0 to 23"),
        ("f|minute: -1", 15, "a number from 0 to 59"),
        ("f|day: 0", 12, "a number from 1 to 31"),
        ("f|week: 54", 13, "a number from 1 to 53"),
        ("f|month: jan", 14, "a number from 1 to 12"),
        ("f|year: '2026'", 13, "without quotes"),
        ("f|hour|gte: 22.5", 17, "a number from 0 to 23"),
        ("'|hour': 1", 5, "need a field"),
        ("f|exists: 1", 15, "expected `true` or `false`"),
        ("f|contains: null", 5, "write '' for the empty text"),
        ("f|base64: 'a*'", 15, "a wildcard cannot be encoded"),
        ("f|fieldref: ''", 17, "the name of a field"),
        ("f: {a: 1}", 8, "found a map"),
        ("f: [[1]]", 9, "found a list"),
        ("f: []", 5, "nothing is looked for here"),
        ("'|startswith': a", 5, "need a field"),
        ("'|cidr': 10.0.0.0/8", 5, "need a field"),
        ("'': a", 5, "nothing is looked for here"),
    ] {
        let found = findings(&rule(&format!("s:\n  {written}\ncondition: s")));
        let place = format!("6:{column}: [V");
        assert!(found.len() == 1 && found[0].starts_with(&place) && found[0].contains(wanted), "{written}: {found:#?}");
    }
}

#[test]
fn all_mistakes_of_one_rule_are_found() {
    let found =
        findings(&rule("s:\n  a|contians: x\n  b|re: '('\nother:\n  c|gt: x\ncondition: s and oter and nobody"));
    assert_eq!(found.len(), 5, "{found:#?}");
}

#[test]
fn all_on_a_single_value_is_worth_a_word() {
    let found = findings(&rule("s:\n  f|contains|all: x\ncondition: s"));
    assert!(found.len() == 1 && found[0].contains("changes nothing"), "{found:?}");
    let (documents, _) = super::documents(&rule("s:\n  f|contains|all: x\ncondition: s"));
    assert!(documents[0].is_sound());
}

#[test]
fn a_field_can_be_said_twice_and_have_dots() {
    let mut twice = event(0, r#"{"a.b": "x"}"#);
    twice.fields.push(("a.b".into(), "y".into()));
    let mut engine = engine(&rule("s:\n  a.b: 'y'\n  y: null\n  missing: null\ncondition: s"));
    assert_eq!(engine.step(Realm::Live, &twice).len(), 1);
    assert!(engine.step(Realm::Live, &event(0, r#"{"a.b": "x"}"#)).is_empty());
}
