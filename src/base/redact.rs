//! Takes identifiers of patients, and secrets, out of any text before it is kept or shown.
//!
//! Patterns alone would eat innocent numbers (timestamps, DICOM UIDs), so a social security number counts only when
//! its check digits are right (CNIL/INSEE: key = 97 − number mod 97, Corsica's 2A and 2B read as 19 and 18).

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Captures, Regex};

/// What stands in place of something taken out.
pub const REMOVED: &str = "[…]";

static NIR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x) (?P<before> ^ | [^\w.] )
        (?P<number> [1-478] \x20? \d{2} \x20? (?:0[1-9]|1[0-2]|[2-4]\d|[5-9]\d)
            \x20? (?:\d{2}|2[AB]) \x20? \d{3} \x20? \d{3} ) \x20? (?P<key> \d{2} )
        (?P<after> $ | [^\w.] | \.(?:\s|$) )",
    )
});

static PHONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?P<before>^|[^\w.+-])(?:\+33|0033|0)[ .-]?[1-9](?:[ .-]?\d{2}){4}(?P<after>$|[^\w.-]|\.(?:\s|$))")
});

static MAIL: LazyLock<Regex> = LazyLock::new(|| pattern(r"[\w.+-]+@(?P<domain>[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"));

static SECRET: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?i)(?P<label>\b(?:authorization\s*[:=]\s*(?:\[?\s*(?:basic|bearer)\s+)?|"?(?:password|passwd|pwd|token|secret|api_?key)"?\s*[:=]\s*"?))[^\s",;&\]}]+"#,
    )
});

/// Values that DICOM tags of the patient (group 0010) or HL7 person fields carry, by their label.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?i)(?P<label>\(0010,[0-9a-f]{4}\)[^=\[]*[=\[]\s*|"?\b(?:patient_?(?:name|id|birth_?date)|nir|ins|nss|ipp|iep|accession_?number)"?\s*[:=]\s*"?)[^\s",;&\]}][^",;&\]}\n]*"#,
    )
});

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern written in this file is valid")
}

/// `text` without social security numbers, French telephone numbers, the local part of mail addresses, passwords,
/// tokens, and values labelled as a patient's name or number. Borrowed where nothing had to go.
pub fn redact(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    apply(&mut text, &SECRET, |found| Some(format!("{}{REMOVED}", &found["label"])));
    apply(&mut text, &NAMED, |found| Some(format!("{}{REMOVED}", &found["label"])));
    apply(&mut text, &NIR, |found| {
        key_is_right(&found["number"], &found["key"])
            .then(|| format!("{}{REMOVED}{}", &found["before"], &found["after"]))
    });
    apply(&mut text, &PHONE, |found| Some(format!("{}{REMOVED}{}", &found["before"], &found["after"])));
    apply(&mut text, &MAIL, |found| Some(format!("{REMOVED}@{}", &found["domain"])));
    text
}

/// Replaces each match for which `replace` gives a text; leaves `text` alone where there is none.
fn apply(text: &mut Cow<'_, str>, pattern: &Regex, replace: impl Fn(&Captures<'_>) -> Option<String>) {
    if !pattern.is_match(text) {
        return;
    }
    let replaced =
        pattern.replace_all(text, |found: &Captures<'_>| replace(found).unwrap_or_else(|| found[0].to_owned()));
    if let Cow::Owned(replaced) = replaced {
        *text = Cow::Owned(replaced);
    }
}

fn key_is_right(number: &str, key: &str) -> bool {
    let digits = number.replace(' ', "").replace("2A", "19").replace("2B", "18");
    match (digits.parse::<u64>(), key.parse::<u64>()) {
        (Ok(number), Ok(key)) => key == 97 - number % 97,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_out_numbers_whose_key_is_right() {
        for number in ["185057800608491", "2 55 08 14 168 025 38", "180032A00406734", "290052B12345656"] {
            let text = format!("dossier {number} ouvert");
            assert_eq!(redact(&text), format!("dossier {REMOVED} ouvert"), "{number}");
        }
    }

    #[test]
    fn leaves_innocent_numbers_alone() {
        for text in [
            "185057800608492",
            "eventtime=1665675824075327440",
            "1.2.840.113619.2.55.3.604688119.868.1289298.185057800608491",
            "1699999999123",
            "10.99.0.1:42838",
            "uid 2.25.185057800608491.3",
            "2026-11-21T19:37:30.240120+0000",
        ] {
            assert_eq!(redact(text), text);
        }
    }

    #[test]
    fn takes_out_secrets_names_phones_and_mailboxes() {
        assert_eq!(redact("authorization: [Basic YWxpY2U6c2VjcmV0]"), format!("authorization: [Basic {REMOVED}]"));
        assert_eq!(
            redact(r#"{"PASSWORD": "Admin123","USERNAME": "x"}"#),
            format!(r#"{{"PASSWORD": "{REMOVED}","USERNAME": "x"}}"#)
        );
        assert_eq!(redact("(0010,0010) PN [DUPONT^MARIE]"), format!("(0010,0010) PN [{REMOVED}]"));
        assert_eq!(redact("/find?patientName=DUPONT&x=1"), format!("/find?patientName={REMOVED}&x=1"));
        assert_eq!(redact("appel du 06 12 34 56 78."), format!("appel du {REMOVED}."));
        assert_eq!(redact("de a.ferrand@ch-valmont.example"), format!("de {REMOVED}@ch-valmont.example"));
    }
}
