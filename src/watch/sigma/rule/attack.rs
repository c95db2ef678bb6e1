//! Tags of ATT&CK, held against a list with a date: what was renamed is said, and so is what never was. Numbers that are new since
//! then are taken as they are.

use super::reading::Reading;
use crate::finding::rule::{no_tactic, no_technique, renamed_tag, split_tactic};
use crate::text::diagnostic::nearest;
use crate::text::spanned::Spanned;
use crate::words::suggestion::did_you_mean;

/// Which ATT&CK the lists are of (attack.mitre.org, "Updates - April 2026").
pub(super) const VERSION: &str = "ATT&CK v19, 28 April 2026";

/// The tactics of companies, then those that only industrial control systems have.
const TACTICS: [&str; 18] = [
    "reconnaissance",
    "resource-development",
    "initial-access",
    "execution",
    "persistence",
    "privilege-escalation",
    "stealth",
    "defense-impairment",
    "credential-access",
    "discovery",
    "lateral-movement",
    "collection",
    "command-and-control",
    "exfiltration",
    "impact",
    "evasion",
    "inhibit-response-function",
    "impair-process-control",
];

/// The tactic that became two, Stealth and Defense Impairment: only whoever wrote the rule knows which it is about.
const SPLIT: &str = "defense-evasion";

/// Techniques that have another number since that version.
const RENAMED: [(&str, &str); 17] = [
    ("t1070.001", "t1685.005"),
    ("t1070.002", "t1685.006"),
    ("t1562", "t1685"),
    ("t1562.001", "t1685"),
    ("t1562.002", "t1685.001"),
    ("t1562.003", "t1690"),
    ("t1562.004", "t1686"),
    ("t1562.006", "t1685"),
    ("t1562.007", "t1686.001"),
    ("t1562.008", "t1685.002"),
    ("t1562.009", "t1688"),
    ("t1562.010", "t1689"),
    ("t1562.011", "t1685.003"),
    ("t1562.012", "t1685.004"),
    ("t1562.013", "t1686.002"),
    ("t1656", "t1684.001"),
    ("t1672", "t1684.002"),
];

/// Says of each tag of ATT&CK that is none, or none any more, what it is.
pub(super) fn check(reading: &mut Reading<'_>, tags: &[Spanned<String>]) {
    for tag in tags {
        let lower = tag.value.to_ascii_lowercase();
        let Some(name) = lower.strip_prefix("attack.") else { continue };
        let name = name.replace('_', "-");
        let renamed = RENAMED.iter().find(|(old, _)| *old == name).map(|(_, new)| *new);
        if let Some(new) = renamed {
            reading.say(renamed_tag(&tag.value, format!("attack.{new}"), VERSION), tag.span);
        } else if name == SPLIT {
            reading.say(split_tactic(&tag.value, VERSION), tag.span);
        } else if is_numbered(&name) {
            if !is_number(&name) {
                reading.say(no_technique(&tag.value), tag.span);
            }
        } else if !TACTICS.contains(&name.as_str()) {
            let meant = nearest(&name, TACTICS).map(|tactic| did_you_mean(format!("attack.{tactic}")));
            reading.say(no_tactic(&tag.value, VERSION).advice(meant), tag.span);
        }
    }
}

/// Whether it means a technique, a group, a program, a campaign or a tactic by its number.
fn is_numbered(name: &str) -> bool {
    name.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether it is a number of that form: `t1110`, `t1110.003`, `g0016`, `s0002`, `c0001`, `ta0001`.
fn is_number(name: &str) -> bool {
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(number) = name.strip_prefix("ta").or_else(|| name.strip_prefix(['g', 's', 'c'])) {
        return digits(number, 4);
    }
    let Some(number) = name.strip_prefix('t') else { return false };
    match number.split_once('.') {
        Some((technique, part)) => digits(technique, 4) && digits(part, 3),
        None => digits(number, 4),
    }
}

#[cfg(test)]
mod tests {
    use super::is_number;

    #[test]
    fn numbers_have_their_form() {
        for name in ["t1110", "t1110.003", "ta0001", "g0016", "s0002", "c0001"] {
            assert!(is_number(name), "{name}");
        }
        for name in ["t110", "t11100", "t1110.3", "t1110.", "1110", "t1110-003", "g16", "x0001", "ta01"] {
            assert!(!is_number(name), "{name}");
        }
    }
}
