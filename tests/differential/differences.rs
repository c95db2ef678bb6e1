//! Where the other engine says something else, and what the Sigma specification says about it: "Rules" is the rules
//! specification 2.1, "Modifiers" the modifiers appendix 2.1.

use serde_json::Value;

use crate::engines::{Engines, name};
use crate::generated::TIMES;
use crate::rule::{Item, Scalar};

/// One kind of disagreement.
pub(crate) struct Difference {
    pub(crate) name: &'static str,
    /// Section of the specification, and the clause that decides.
    pub(crate) decides: &'static str,
    /// Whether generated rules and events come across it.
    pub(crate) met: bool,
    /// Whether it is about an item as a whole, and not one of its values.
    whole: bool,
    explains: fn(&Item, &Seen<'_>, bool) -> bool,
    /// Items, an event, what vigie says of it. The other engine says the opposite.
    cases: &'static [(&'static str, &'static str, bool)],
}

/// The difference that explains why vigie says `ours` of `item` and the other engine does not.
pub(crate) fn explains(item: &Item, event: &Value, ours: bool, whole: bool) -> Option<&'static Difference> {
    let seen = Seen::new(item, event);
    TABLE.iter().find(|difference| difference.whole == whole && (difference.explains)(item, &seen, ours))
}

pub(crate) const TABLE: &[Difference] = &[
    Difference {
        name: "a missing field is different from every value",
        decides: "Modifiers, Generic Modifiers: `neq`, \"The field is different from the specified values\"",
        met: true,
        whole: true,
        explains: |item, seen, ours| item.has("neq") && seen.missing && ours,
        cases: &[("'f|neq': a", "{}", true), ("'f|gt|neq': [1, 2]", r#"{"g": 1}"#, true)],
    },
    Difference {
        name: "null is one of several values",
        decides: "Modifiers, Generic Modifiers: `all`, \"lists of values are linked with OR\"",
        met: true,
        whole: true,
        explains: |item, seen, ours| {
            let null = item.values.len() > 1 && item.values.contains(&Scalar::Null);
            null && seen.missing && ours
        },
        cases: &[("'f': [null, a]", "{}", true), ("'f|all': [null, null]", "{}", true)],
    },
    Difference {
        name: "all of several words are looked for in the whole event",
        decides: "Rules, Keywords search: \"searching for keywords across an entire event\"",
        met: true,
        whole: true,
        explains: |item, _, ours| item.field.is_none() && item.has("all") && ours,
        cases: &[
            ("'|all': [one, two]", r#"{"f": "one", "g": "two"}"#, true),
            ("'|all': [one, two]", r#"{"f": "two and one"}"#, true),
        ],
    },
    Difference {
        name: "words are looked for in the line",
        decides: "Rules, Lists: \"strings that are applied to the full log message\"",
        met: true,
        whole: false,
        explains: |item, seen, ours| {
            let lower = |text: &str| text.to_lowercase().replace('ς', "σ");
            let line = lower(&seen.event.to_string());
            let said = |value: &Scalar| matches!(value, Scalar::Text(text) if line.contains(&lower(text)));
            item.field.is_none() && ours && item.values.iter().all(said)
        },
        cases: &[("'|contains': '42'", r#"{"f": 42}"#, true)],
    },
    Difference {
        name: "a field without a value exists",
        decides: "Modifiers, Generic Modifiers: `exists`, \"only verifies the presence of a field, not its value\"",
        met: true,
        whole: false,
        explains: |item, seen, ours| item.has("exists") && seen.is(Value::is_null) && ours == item.wants_true(),
        cases: &[("'f|exists': true", r#"{"f": null}"#, true), ("'f|exists': false", r#"{"f": null}"#, false)],
    },
    Difference {
        name: "wildcards inside a start or an end",
        decides: "Modifiers, Generic Modifiers: `startswith`, \"at the beginning of the field's content\"",
        met: true,
        whole: false,
        explains: |item, _, _| (item.has("startswith") || item.has("endswith")) && item.has_wildcard(),
        cases: &[
            ("'f|startswith': 'a*b'", r#"{"f": "a b c"}"#, true),
            ("'f|startswith': 'a*b'", r#"{"f": "c a b"}"#, false),
            ("'f|endswith': 'a*b'", r#"{"f": "c a b"}"#, true),
        ],
    },
    Difference {
        name: "the last letter of Base64 depends on what follows",
        decides: "Modifiers, Encoding: `base64offset`, \"except the first and last byte … have a static part in the middle\"",
        met: true,
        whole: false,
        explains: |item, _, ours| {
            let one_byte = |value: &Scalar| matches!(value, Scalar::Text(text) if text.len() == 1);
            item.has("base64offset") && (ours || item.values.iter().all(one_byte))
        },
        cases: &[
            ("'f|base64offset|contains': foob", r#"{"f": "Zm9vYmFy"}"#, true),
            // Of one byte, one shift leaves no letter that is its own.
            ("'f|base64offset|contains': a", r#"{"f": "E"}"#, false),
        ],
    },
    Difference {
        name: "a reference to a field with several values",
        decides: "Modifiers, Specific Modifiers: `fieldref`, \"compare fields of matched events\"; any value of a list counts",
        met: true,
        whole: false,
        explains: |item, seen, ours| item.has("fieldref") && ours && (seen.listed || seen.other_is(Value::is_array)),
        cases: &[
            ("'f|fieldref': g", r#"{"f": "a", "g": ["b", "a"]}"#, true),
            ("'f|fieldref|contains': g", r#"{"f": "abc", "g": ["x", "b"]}"#, true),
        ],
    },
    Difference {
        name: "nothing is not the same as nothing",
        decides: "Rules, Special Field Values: a null value is asked for with `null`; a reference compares values",
        met: true,
        whole: false,
        explains: |item, seen, ours| item.has("fieldref") && !ours && seen.values.iter().all(|value| value.is_null()),
        cases: &[
            ("'f|fieldref': g", r#"{"f": null, "g": null}"#, false),
            ("'f|fieldref': g", r#"{"f": [], "g": []}"#, false),
        ],
    },
    Difference {
        name: "a reference compares texts, whatever their types",
        decides: "Rules, General: \"All values are treated as case-insensitive strings\"",
        met: false,
        whole: false,
        explains: |item, seen, ours| {
            let numbers = seen.any(Value::is_number) || seen.other_is(Value::is_number);
            item.has("fieldref") && item.has("cased") && ours && numbers
        },
        cases: &[("'f|fieldref|cased': g", r#"{"f": 1, "g": "1"}"#, true)],
    },
    Difference {
        name: "what counts as a time",
        decides: "Modifiers, Time Modifiers: \"can only be applied to date values\"; which numbers and spellings are dates is left open",
        met: true,
        whole: false,
        explains: |item, seen, _| {
            // Both take these for seconds or milliseconds since 1970.
            let sure = |number: f64| (1e8..1e14).contains(&number);
            let open = |value: &Value| match value {
                Value::Number(number) => number.as_f64().is_some_and(|number| !sure(number)),
                Value::String(text) => !TIMES.contains(&text.as_str()),
                _ => false,
            };
            item.is_time() && seen.any(open)
        },
        cases: &[
            ("'f|hour': 0", r#"{"f": 42}"#, false),
            ("'f|year': 1970", r#"{"f": 4625}"#, false),
            ("'f|year': 2026", r#"{"f": "1793000000"}"#, true),
            ("'f|year': 2026", r#"{"f": 1793000000000000}"#, true),
            ("'f|year': 2026", r#"{"f": "2026-11-21"}"#, true),
        ],
    },
    Difference {
        name: "spaces around a number",
        decides: "Modifiers, Numeric Modifiers: \"Field is less than the value\"; how texts spell numbers is left open",
        met: true,
        whole: false,
        explains: |item, seen, ours| {
            let spaced = |value: &Value| value.as_str().is_some_and(|text| text.trim() != text);
            ours && seen.any(spaced) && matches!(item.values.as_slice(), [Scalar::Number(_)])
        },
        cases: &[("'f|lt': 5", r#"{"f": " 4 "}"#, true), ("'f': 14", r#"{"f": "14\n"}"#, true)],
    },
    Difference {
        name: "a fraction is the text that the line spells",
        decides: "Rules, General: \"All values are treated as case-insensitive strings\"",
        met: true,
        whole: false,
        explains: |item, seen, _| {
            let fraction = |number: &str| number.contains('.');
            let written = |value: &Scalar| matches!(value, Scalar::Number(number) if fraction(number));
            let compared = ["lt", "lte", "gt", "gte"].into_iter().any(|modifier| item.has(modifier));
            !compared
                && (seen.any(Value::is_f64)
                    || seen.other_is(Value::is_f64)
                    || item.has_shape() && item.values.iter().any(written))
        },
        cases: &[
            ("'f|endswith': '.0'", r#"{"f": 41.0}"#, true),
            ("'f|re': '^\\d+$'", r#"{"f": 41.0}"#, false),
            ("'f|endswith': 3.10", r#"{"f": "13.10"}"#, true),
        ],
    },
    Difference {
        name: "a wildcard takes line ends",
        decides: "Rules, String Wildcard: \"`*` to replace an unbounded length wildcard\"",
        met: true,
        whole: false,
        explains: |item, seen, ours| {
            let broken = |value: &Value| value.as_str().is_some_and(|text| text.contains('\n'));
            ours && item.has_wildcard() && seen.any(broken)
        },
        cases: &[("'f': 'a*b'", r#"{"f": "a\nb"}"#, true), ("'f|contains': 'a?b'", r#"{"f": "a\nb"}"#, true)],
    },
    Difference {
        name: "letters that differ in case alone",
        decides: "Rules, General: \"All values are treated as case-insensitive strings\"",
        met: true,
        whole: false,
        explains: |item, seen, ours| {
            let sigma = |text: &str| text.contains(['Σ', 'σ', 'ς', '\u{212A}', 'İ']);
            let wanted = |value: &Scalar| matches!(value, Scalar::Text(text) if sigma(text));
            let has = |value: &Value| value.as_str().is_some_and(sigma);
            ours && !item.has("cased") && item.values.iter().any(wanted) && seen.any(has)
        },
        cases: &[("'f|startswith': 'Σας'", r#"{"f": "ΣΑΣΑ"}"#, true)],
    },
    Difference {
        name: "a truth is its word",
        decides: "Rules, General: \"All values are treated as case-insensitive strings\"",
        met: true,
        whole: false,
        explains: |item, seen, ours| {
            !ours && matches!(item.values.as_slice(), [Scalar::Truth(_)]) && seen.any(Value::is_string)
        },
        cases: &[("'f': true", r#"{"f": "1"}"#, false), ("'f': false", r#"{"f": "no"}"#, false)],
    },
    Difference {
        name: "members of an object are the fields",
        decides: "Rules, Maps: \"the key is a field in the log data and the value is a string or integer value\"",
        met: false,
        whole: false,
        explains: |_, seen, _| seen.any(Value::is_object),
        cases: &[("'f|exists': true", r#"{"f": {"g": 1}}"#, false), ("'f': null", r#"{"f": {"g": 1}}"#, true)],
    },
    Difference {
        name: "large numbers are compared to the last digit",
        decides: "Modifiers, Numeric Modifiers: `gt`, \"Field is greater than the value\"",
        met: false,
        whole: false,
        explains: |_, _, _| false,
        cases: &[("'f|gt': 9007199254740992", r#"{"f": 9007199254740993}"#, true)],
    },
    Difference {
        name: "a network of one address, and IPv4 inside IPv6",
        decides: "Modifiers, IP Modifiers: `cidr`, \"Supports both IPv4 and IPv6 notations\"",
        met: false,
        whole: false,
        explains: |_, _, _| false,
        cases: &[("'f|cidr': 10.0.0.0/8", r#"{"f": "::ffff:10.0.0.1"}"#, true)],
    },
    Difference {
        name: "any dash or slash stands for any",
        decides: "Modifiers, String Modifiers: `windash`, \"converts the aforementioned characters interchangeably\"",
        met: true,
        whole: false,
        explains: |item, _, ours| {
            let other = |value: &Scalar| matches!(value, Scalar::Text(text) if text.contains(['/', '\u{2013}']));
            item.has("windash") && ours && item.values.iter().any(other)
        },
        cases: &[("'f|windash': '/x'", r#"{"f": "-x"}"#, true), ("'f|windash': '\u{2013}x'", r#"{"f": "/x"}"#, true)],
    },
    Difference {
        name: "a dash inside a word is a dash",
        decides: "Modifiers, String Modifiers: `windash` is about \"command line flags\", which a dash begins",
        met: true,
        whole: false,
        explains: |item, _, ours| {
            let inside =
                |value: &Scalar| matches!(value, Scalar::Text(text) if !text.starts_with('-') && text.contains('-'));
            item.has("windash") && !ours && item.values.iter().any(inside)
        },
        cases: &[("'f|windash': a-b", r#"{"f": "a/b"}"#, false), ("'f|windash': 'a - b'", r#"{"f": "a / b"}"#, false)],
    },
    Difference {
        name: "null in a list",
        decides: "Rules, Special Field Values: \"A null value is defined with `null`\"; any value of a list counts",
        met: true,
        whole: false,
        explains: |item, seen, ours| item.values == [Scalar::Null] && seen.listed && ours,
        cases: &[("'f': null", r#"{"f": [null, "a"]}"#, true), ("'f': null", r#"{"f": []}"#, true)],
    },
];

impl Item {
    fn wants_true(&self) -> bool {
        self.values == [Scalar::Truth(true)]
    }

    fn has_shape(&self) -> bool {
        ["contains", "startswith", "endswith"].into_iter().any(|shape| self.has(shape))
    }

    fn is_time(&self) -> bool {
        ["minute", "hour", "day", "week", "month", "year"].into_iter().any(|part| self.has(part))
    }

    /// Whether a value holds a wildcard that no backslash takes the meaning from.
    fn has_wildcard(&self) -> bool {
        let wild = |text: &str| {
            let mut letters = text.chars();
            while let Some(letter) = letters.next() {
                match letter {
                    '*' | '?' => return true,
                    '\\' => drop(letters.next()),
                    _ => {}
                }
            }
            false
        };
        self.values.iter().any(|value| matches!(value, Scalar::Text(text) if wild(text)))
    }
}

/// What an event has for an item.
struct Seen<'a> {
    event: &'a Value,
    /// The values of the field, lists taken apart.
    values: Vec<&'a Value>,
    listed: bool,
    missing: bool,
    /// What the item refers to.
    other: Option<&'a Value>,
}

impl<'a> Seen<'a> {
    fn new(item: &Item, event: &'a Value) -> Self {
        let find = |field: &str| {
            let nested = || field.split('.').try_fold(event, |event, name| event.get(name));
            event.get(field).or_else(nested)
        };
        let found = item.field.as_deref().and_then(find);
        let mut values = Vec::new();
        if let Some(value) = found {
            flatten(value, &mut values);
        }
        let other = match item.values.as_slice() {
            [Scalar::Text(name)] if item.has("fieldref") => find(name),
            _ => None,
        };
        Self { event, values, listed: found.is_some_and(Value::is_array), missing: found.is_none(), other }
    }

    fn is(&self, like: impl Fn(&Value) -> bool) -> bool {
        matches!(self.values.as_slice(), [one] if like(one))
    }

    fn any(&self, like: impl Fn(&Value) -> bool) -> bool {
        self.values.iter().any(|value| like(value))
    }

    fn other_is(&self, like: impl Fn(&Value) -> bool) -> bool {
        self.other.is_some_and(like)
    }
}

fn flatten<'a>(value: &'a Value, values: &mut Vec<&'a Value>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| flatten(item, values)),
        _ => values.push(value),
    }
}

#[test]
fn every_difference_is_still_one() {
    for difference in TABLE {
        assert!(difference.decides.starts_with("Rules, ") || difference.decides.starts_with("Modifiers, "));
        for (item, event, expected) in difference.cases {
            let rule = format!(
                "title: {}\nlevel: low\nlogsource: {{product: p}}\ndetection:\n  s: {{{item}}}\n  condition: s\n",
                name(0)
            );
            let mut engines = Engines::new(&[rule]);
            let event = serde_json::from_str(event).expect("a case is JSON");
            let said = (!engines.ours(&event).is_empty(), !engines.theirs(&event).is_empty());
            assert_eq!(said, (*expected, !expected), "{}: {item} and {event}", difference.name);
        }
    }
}
