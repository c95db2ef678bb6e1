//! Segments of HL7 about a person, and what is written in its way: names held together by carets, numbers with whoever gave
//! them.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::rule::{Found, Rule, all_of_it};

/// How logs write the end of a segment.
macro_rules! ends {
    () => {
        r#"\\+r | \\+n | \\+x0[dDaA] | \\+u000[dDaA] | \\+015 | \\+012 | \#01[25] | <CR> | <cr> | <LF> | %0[dDaA] | &\#(?:13|10|[xX]0?[dDaA]); | \[CR\] | \[0x0[dD]\]"#
    };
}

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "HL7 segment",
        needles: &[
            "pid|", "pd1|", "nk1|", "in1|", "in2|", "in3|", "gt1|", "mrg|", "obx|", "obr|", "nte|", "dg1|", "al1|",
            "pr1|", "pv1|", "pv2|", "acc|",
        ],
        of_digits: false,
        pattern: concat!(
            r"(?x) (?: ^ | [^A-Za-z0-9_|] | ",
            ends!(),
            r#" | \^M ) (?: (?:PID|PD1|NK1|IN[123]|GT1|OBX|OBR|NTE|DG1|AL1|PR1|PV[12]|ACC) \| (?: [0-9]{0,4} \| )? | MRG \| ) (?P<v> [^"\r\n]* )"#
        ),
        judge: segment,
    },
    Rule {
        name: "HL7 segment, encoded",
        needles: &["%7c"],
        of_digits: false,
        pattern: r#"(?x) (?: \b | %0[dDaA] ) (?:PID|PD1|NK1|IN[123]|GT1|MRG|OBX|PV1) %7[cC] (?P<v> [^"\s&]+? ) (?: %0[dDaA] | ["\s&] | $ )"#,
        judge: all_of_it,
    },
    Rule {
        name: "number with its authority",
        needles: &["^^^"],
        of_digits: false,
        pattern: r"(?x) (?P<v> [A-Za-z0-9-]{4,} ) (?: \^{3} )",
        judge: with_digit,
    },
    Rule {
        name: "name with carets",
        needles: &["^", "%5e"],
        of_digits: false,
        pattern: r"(?x) (?: ^ | [^\w^&] | %[0-9A-Fa-f]{2} ) (?P<v> (?P<family> \pL[\pL'’.-]* ) (?: \^ | %5[eE] ) (?P<given> \pL[\pL'’.-]* )
            (?: (?: \^ | %5[eE] ) [\pL'’.-]* )* )",
        judge: name,
    },
];

static END: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = concat!(r"(?x)", ends!(), r#" | \^M (?: [A-Z][A-Z0-9]{2}\| | \s | " | $ )"#);
    Regex::new(pattern).expect("a pattern written in this file is valid")
});

/// A segment ends where the next one begins, however the end is written; one without further fields is none.
fn segment(found: &Found<'_>) -> Option<Range<usize>> {
    let at = found.at();
    let value = &found.text[at.clone()];
    let length = END.find(value).map_or(value.len(), |end| end.start());
    let value = value[..length].trim_end_matches(['\\', ' ']);
    let has_fields =
        value.len() > 1 && value.contains(['|', '^']) || value.len() > 3 && found.before().ends_with("MRG|");
    has_fields.then_some(at.start..at.start + value.len())
}

fn with_digit(found: &Found<'_>) -> Option<Range<usize>> {
    let value = found.value();
    (value.bytes().filter(u8::is_ascii_digit).count() >= 3).then(|| found.at())
}

/// Both parts of a name are words; `p^o^w^e^r` and `CTRL^C` are none, nor is a type of message.
fn name(found: &Found<'_>) -> Option<Range<usize>> {
    const NO_NAMES: [&str; 6] = ["CTRL", "ALT", "SHIFT", "STRG", "ESC", "MSH"];
    let (family, given) = (found.group("family"), found.group("given"));
    let goes_on = found.after().starts_with(|letter: char| letter.is_ascii_digit() || letter == '_');
    let short = family.chars().count() < 2 || given.chars().count() < 2 && family.chars().count() < 3;
    let initial_of_word = given.chars().count() < 2 && !family.chars().all(char::is_uppercase);
    if goes_on || short || initial_of_word || NO_NAMES.contains(&family) {
        return None;
    }
    let at = found.at();
    let value = found.text[at.clone()].trim_end_matches(['\'', '’', '.', ' ', '-']);
    Some(with_particles(found.text, at.start)..at.start + value.len())
}

/// Where a name begins whose last word begins at `start`: `LE GOFF`, `VAN DER BERG`.
fn with_particles(text: &str, mut start: usize) -> usize {
    const PARTICLES: [&str; 16] =
        ["LE", "LA", "DE", "DU", "DES", "VAN", "VON", "DER", "DEN", "EL", "AL", "BEN", "DA", "DI", "DOS", "SAINT"];
    while let Some(before) = text[..start].strip_suffix(' ') {
        let word = before.rsplit([' ', '[', '\'', '"', '=', ':']).next().unwrap_or(before);
        if !PARTICLES.contains(&word) {
            break;
        }
        start = before.len() - word.len();
    }
    start
}
