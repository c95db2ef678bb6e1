//! Names where nobody looks for them: in names of documents, in subjects of mails, in titles of windows that a bastion writes
//! down.

use std::ops::Range;

use super::rule::{Found, Rule, all_of_it};
use super::secrets::sign;

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "name of a document",
        needles: &[
            "cr", "courrier", "ordo", "lettre", "compte", "radio", "irm", "scanner", "echo", "consent", "dossier",
            "patient", "bio",
        ],
        of_digits: false,
        pattern: r"(?x) (?: ^ | [^A-Za-z0-9] ) (?: CRO?H?P? | (?i: courrier | ordo(?:nnance)? | lettre | compte[_\x20-]?rendu | radio | irm | scanner | echo | consentement | dossier | patient | bio(?:logie)? ) )
            (?: [_-] | \x20 | %20 ) (?P<v> \p{Lu}[\pL'’-]+ (?: [_\x20-] | %20 ) \p{Lu}[\pL'’-]+ ) (?: [_\x20-]?\w* ) \. [A-Za-z]{2,4} \b",
        judge: all_of_it,
    },
    Rule {
        name: "subject of a mail",
        needles: &["subject", "objet"],
        of_digits: false,
        pattern: concat!(
            r#"(?x) \b (?i: subject | objet | x-subject ) "#,
            sign!(),
            r#" (?P<v> \\+"[^"]*" | "[^"]*" | '[^'\n]*' | [^\s"',;|][^"';|\n,]* )"#
        ),
        judge: mail_subject,
    },
    Rule {
        name: "title of a window",
        needles: &["title", "text=", "data=", "window"],
        of_digits: false,
        pattern: concat!(
            r#"(?x) \b (?i: (?P<sure> window[_-]?(?:title|text|name)? | titre[_-]?fen[eê]tre ) | text | data | title ) "#,
            sign!(),
            r#" (?P<v> \\+"[^"]*" | "[^"]*" | '[^'\n]*' )"#
        ),
        judge: window_title,
    },
];

fn mail_subject(found: &Found<'_>) -> Option<Range<usize>> {
    const OF_MAIL: [&str; 12] = [
        "recipient",
        "rcpt",
        "sender",
        "qid=",
        "message-id",
        "messageid",
        "from=<",
        "to=<",
        "mailfrom",
        "mail_from",
        "smtp",
        "x-mailer",
    ];
    let text = found.text.to_ascii_lowercase();
    let value = found.value();
    let of_certificate =
        value.starts_with(['/', '<']) || ["CN=", "C=", "O=", "OU=", "DC="].iter().any(|part| value.contains(part));
    (!of_certificate && OF_MAIL.iter().any(|word| text.contains(word))).then(|| found.at())
}

fn window_title(found: &Found<'_>) -> Option<Range<usize>> {
    let of_bastion = || {
        let text = found.text.to_ascii_lowercase();
        ["title_bar", "rdpproxy", "focus_in", "kbd_input"].iter().any(|word| text.contains(word))
    };
    (!found.group("sure").is_empty() || of_bastion()).then(|| found.at())
}
