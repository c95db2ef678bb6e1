//! Attributes of DICOM that tell who a patient is or what the examination was: all of group 0010, then the accession number,
//! physicians, descriptions, the admission. As dcmtk, pydicom, Orthanc and dcm4che print them, in JSON and in XML.

use std::ops::Range;

use super::rule::{Found, Rule};

macro_rules! tag {
    () => {
        r#"(?: 0010,?\x20?[0-9A-Fa-f]{4} | 0008,?\x20?(?:0050|0090|0092|0094|0096|1030|103[eE]|1048|1050|1060|1070|1080) | 0020,?\x20?0010
            | 0032,?\x20?(?:1032|1060|1070|4000) | 0038,?\x20?(?:0010|0300|0400|0500) | 0040,?\x20?(?:0006|1001|1004|1010|[aA]123|2016|2017) )"#
    };
}

const NEEDLES: &[&str] = &["0010", "0008,", "0008", "0020,", "00200010", "0032", "0038", "0040"];

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "DICOM attribute",
        needles: NEEDLES,
        of_digits: false,
        pattern: concat!(
            r"(?x) \( (?i:",
            tag!(),
            r#") \) [^=\[\n\r:"]*? (?: [=:] \s* \[? | \[ ) \s* (?P<v> '[^'\n]*' | "[^"\n]*" | [^\]"\n\r\#]* [^\]"\s\#] )"#
        ),
        judge: attribute,
    },
    Rule {
        name: "DICOM attribute without a sign",
        needles: NEEDLES,
        of_digits: false,
        pattern: concat!(
            r"(?x) \( (?i:",
            tag!(),
            r#") \) \s+ [A-Z]{2} \s+ (?P<v> [^\s\[=:\#('"] [^\#\n\r\[\]=]* [^\s\#\[\]=] )"#
        ),
        judge: attribute,
    },
    Rule {
        name: "DICOM attribute as a parameter",
        needles: NEEDLES,
        of_digits: false,
        pattern: concat!(
            r#"(?x) (?: ^ | %[0-9A-Fa-f]{2} | [^0-9A-Za-z(] ) (?i:"#,
            tag!(),
            r#") \\* ["'\]]? \s* (?: => | [:=>] | %3[AaDd] ) (?: \s | %20 | \+ )* (?P<v> \\+"[^"]*" | "[^"]*"? | '[^'\n]*'? | [^\s",;&<\]}{\\\[]+ )"#
        ),
        judge: attribute,
    },
    Rule {
        name: "DICOM attribute in JSON",
        needles: NEEDLES,
        of_digits: false,
        pattern: concat!(
            r#"(?x) (?i:"#,
            tag!(),
            r#") \\* " \s* : \s* \{ [^{}\[]*? \\* "Value\\*" \s* : \s* (?P<v> \[ [^\]]* \]? | \\*"[^"]*" | [^\s,}]+ )"#
        ),
        judge: attribute,
    },
    Rule {
        name: "DICOM attribute in XML",
        needles: NEEDLES,
        of_digits: false,
        pattern: concat!(
            r#"(?x) (?i: tag\\*=\\*["']? \(? "#,
            tag!(),
            r#") [^>]* > \s* (?P<v> [^<\n]+ | <(?:Value|PersonName|Alphabetic)\b .*? (?: </(?i:DicomAttribute|attr|element)> | $ ) )"#
        ),
        judge: attribute,
    },
];

/// A search for everything tells nobody's name; it tells how much somebody asked for.
fn attribute(found: &Found<'_>) -> Option<Range<usize>> {
    let value = found.value();
    let says_nothing = value.chars().all(|letter| matches!(letter, '*' | '?' | '-' | ' '));
    let is_masked = value.contains("POTENTIAL PHI") || value.starts_with("(no value");
    (!says_nothing && !is_masked).then(|| found.at())
}
