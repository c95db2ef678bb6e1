//! FHIR: what patients are searched by, references to them, and the resource itself.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::rule::{Found, Rule, all_of_it};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "search for a patient",
        needles: &["patient?", "patient%3f", "_search", "person?"],
        of_digits: false,
        pattern: r#"(?x) (?i: \b(?:patient|relatedperson|person) (?: /_search )? (?: \? | %3f ) ) (?P<v> [^\s"'<>\\]+ )"#,
        judge: all_of_it,
    },
    Rule {
        name: "patient as a parameter",
        needles: &["patient=", "patient:", "patient.", "subject=", "subject:", "beneficiary"],
        of_digits: false,
        pattern: r#"(?x) [?&;] (?i: (?:patient|beneficiary) (?:[:.][\w:.]+)? | subject (?: :patient | [.:]identifier ) ) = (?P<v> [^\s&"'<>\\]+ )"#,
        judge: all_of_it,
    },
    Rule {
        name: "reference to a patient",
        needles: &["patient/", "patient%2f", "patient\\", "person/"],
        of_digits: false,
        pattern: r"(?x) (?P<what> (?: ^ | [^A-Za-z0-9] | %[0-9A-Fa-f]{2} ) (?: (?P<exact> Patient|RelatedPerson ) | (?i:patients?) ) ) (?: \\*/ | %2[Ff] ) (?P<v> [A-Za-z0-9][A-Za-z0-9.-]{0,63} )",
        judge: reference,
    },
    Rule {
        name: "name beside a reference",
        needles: &["display"],
        of_digits: false,
        pattern: r#"(?x) Patient\\*/ [^"]* " \s* , \s* (?: \\*"type\\*"\s*:\s*\\*"Patient\\*"\s*,\s* )? \\*"display\\*" \s* : \s* (?P<v> \\+"[^"]*" | "(?:[^"\\]|\\.)*"? )"#,
        judge: all_of_it,
    },
    Rule {
        name: "name before a reference",
        needles: &["display"],
        of_digits: false,
        pattern: r#"(?x) \\*"display\\*" \s* : \s* (?P<v> \\+"[^"\\]*\\*" | "(?:[^"\\]|\\.)*" ) \s* , \s* \\*"reference\\*" \s* : \s* \\*"(?:[^"\\]*/)?Patient\\*/"#,
        judge: all_of_it,
    },
    Rule {
        name: "patient resource",
        needles: &["resourcetype"],
        of_digits: false,
        pattern: r#"(?x) \\*" (?: family | given | prefix | text | birthDate | value | line | city | district | postalCode | display | div | deceasedDateTime ) \\*" \s* : \s*
            (?P<v> \[ [^\]{}]* \]? | \\+"[^"]*" | "(?:[^"\\]|\\.)*"? )"#,
        judge: of_resource,
    },
];

static RESOURCE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r#"resourceType\\*"\s*:\s*\\*"(?:Patient|RelatedPerson|Person)\\*""#;
    Regex::new(pattern).expect("a pattern written in this file is valid")
});

/// Whether a text holds the resource of a person, or part of it.
pub(crate) fn is_of_person(text: &str) -> bool {
    RESOURCE.is_match(text) || ["Patient/", "Patient\\/"].iter().any(|reference| text.contains(reference))
}

fn of_resource(found: &Found<'_>) -> Option<Range<usize>> {
    RESOURCE.is_match(found.text).then(|| found.at())
}

/// `Patient/800123` is somebody; `Patient/Study Root` is how DICOM asks, and `/patient/list` a page.
fn reference(found: &Found<'_>) -> Option<Range<usize>> {
    const PAGES: [&str; 14] = [
        "Study", "study", "list", "search", "index", "new", "edit", "login", "home", "api", "metadata", "validate",
        "create", "count",
    ];
    let value = found.value();
    let page = value.split('.').next().unwrap_or(value);
    let has_digit = value.contains(|letter: char| letter.is_ascii_digit());
    let what = found.group("what");
    let in_path = what.starts_with(['/', '"', '=', ':', '\'', ',', '('])
        || what.starts_with('%')
        || found.groups.get(0).is_some_and(|all| all.start() == 0);
    let somebody = has_digit && value.len() > 1 || !found.group("exact").is_empty() && in_path;
    (somebody && !PAGES.contains(&page)).then(|| found.at())
}
