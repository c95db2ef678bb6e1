//! What an ATNA audit says of the patient: names, numbers, details and queries, in both dialects.

use super::rule::{Rule, all_of_it};
use super::secrets::sign;

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "patient in an audit",
        needles: &["participantobject"],
        of_digits: false,
        pattern: concat!(
            r#"(?x) (?i: participantobject(?:name|id|query|detail) ) (?: "#,
            sign!(),
            r#" ) (?P<v> \\+"[^"]*" | "[^"]*"? | \\*'[^'\n]*'? | [^\s",;&<\]}{\\][^",;&<\]}{\n]* )"#
        ),
        judge: all_of_it,
    },
    Rule {
        name: "detail in an audit",
        needles: &["participantobjectdetail", "participantobjectquery"],
        of_digits: false,
        pattern: r#"(?x) (?i: (?: < | &lt; ) (?:\w+:)?participantobject(?:detail|query) ) \b [^>]*? \s value \s* = \s* (?P<v> \\+"[^"]*" | "[^"]*" | \\*'[^']*' )"#,
        judge: all_of_it,
    },
    Rule {
        name: "text in an audit",
        needles: &["participantobject"],
        of_digits: false,
        pattern: r"(?x) (?i: <(?:\w+:)?participantobject(?:detail|query|name|id) ) \b [^>/]* > (?P<v> [^<]+ )",
        judge: all_of_it,
    },
];
