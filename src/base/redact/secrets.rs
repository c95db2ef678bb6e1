//! Passwords, tokens, keys and whatever else opens something.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::rule::{Found, Rule, all_of_it};
use super::state::{is_state, is_word};
use super::value::secret_end;

/// What stands between a name and its value, however the log writes it: `:`, `=`, `"]: [`, `%3D`.
macro_rules! sign {
    () => {
        r#"\\* ["'\]]? [\s\x{a0}]* (?: =&gt; | &gt; | => | := | [:=>] | %3[AaDd] ) (?: [\s\x{a0}] | %20 | \+ | &nbsp; )*"#
    };
}
pub(super) use sign;

/// A value: in quotes to the other quote, else to where a value ends.
macro_rules! quoted_or {
    ($bare:literal) => {
        concat!(r#"\\+"(?:[^"\\]|\\[^"])*\\*"? | "(?:[^"\\]|\\.)*"? | \\*'[^'\n]*'? | \[…\] | "#, $bare)
    };
}
pub(super) use quoted_or;

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "password",
        needles: &[
            "passw",
            "pwd",
            "passphrase",
            "pass-phrase",
            "pass_phrase",
            "mdp",
            "de passe",
            "de_passe",
            "de-passe",
            "depasse",
            "kennwort",
            "wachtwoord",
            "pass",
        ],
        of_digits: false,
        pattern: concat!(
            r#"(?x) (?P<label> (?i: (?:%[0-9a-f]{2}|\b) (?: [\w.-]* (?: passw(?:or)?[dt] | pass[_-]?phrase | mots?[_\x20-]?de[_\x20-]?passe | mdp
                | pwd | kennwort | wachtwoord ) | (?: [\w.-]*[_.-] | ssh | db | user | ftp | smtp | ldap | sudo | root | admin | mysql | pg )? pass ) "#,
            sign!(),
            r") ) (?P<v> ",
            quoted_or!(r#"[^\s",;&\]}{<>]+"#),
            ")",
        ),
        judge: password,
    },
    Rule {
        name: "secret",
        needles: &[
            "token",
            "secret",
            "api_key",
            "api-key",
            "apikey",
            "access_key",
            "access-key",
            "accesskey",
            "private_key",
            "private-key",
            "privatekey",
            "shared_key",
            "sharedkey",
            "shared-key",
            "encryption_key",
            "signing_key",
            "community",
            "psk",
            "otp",
            "assertion",
            "code_pin",
            "pin_code",
            "pincode",
            "codepin",
            "code-pin",
            "pin-code",
            "x-amz-credential",
        ],
        of_digits: false,
        pattern: concat!(
            r#"(?x) (?P<label> (?i: (?:%[0-9a-f]{2}|\b) (?: [\w.-]* (?: token | secret(?:[_-]?(?:string|key|value))?
                | api[_-]?key | (?:access|private|shared|encryption|signing)[_-]?key | community[_-]?string | client_assertion )
                | (?:[\w.-]*[_.-])? (?: psk | t?otp ) | snmp[_-]?community | code[_-]?pin | pin[_-]?code ) "#,
            sign!(),
            r") ) (?P<v> ",
            quoted_or!(r#"[^\s",;&\]}{<>]+"#),
            ")",
        ),
        judge: secret,
    },
    Rule {
        name: "session",
        needles: &[
            "jsessionid",
            "phpsessid",
            "sessionid",
            "connect.sid",
            "samlresponse",
            "samlrequest",
            "samlart",
            "sig=",
            "x-amz-signature",
        ],
        of_digits: false,
        pattern: concat!(
            r#"(?x) (?i: \b (?: jsessionid | phpsessid | asp\.net_sessionid | connect\.sid | saml(?:response|request|art) )"#,
            sign!(),
            r#") (?P<v> "#,
            quoted_or!(r#"[^\s",;&?\]}{<>]+"#),
            r#" )"#,
        ),
        judge: all_of_it,
    },
    Rule {
        name: "signature",
        needles: &["sig=", "signature="],
        of_digits: false,
        pattern: r"(?x) (?i: \b (?: sig | (?:x-amz-)?signature ) = ) (?P<v> [A-Za-z0-9%+/=_-]{16,} )",
        judge: all_of_it,
    },
    Rule {
        name: "authorization",
        needles: &["authorization", "x-auth"],
        of_digits: false,
        pattern: concat!(
            r#"(?x) (?P<label> (?i: (?: authorization | x-auth[\w-]* ) "#,
            sign!(),
            r#") ["'\[\\]* ) (?: (?P<scheme> (?i: basic | bearer | negotiate | ntlm | token | apikey | aws4-hmac-sha256 ) ) (?:\s|%20|\+)+ )?
                (?P<v> \[…\] | (?i:digest) \s [^\]\n]+ | [^\s",;&\[\]{}\\']+ )"#,
        ),
        judge: header,
    },
    Rule {
        name: "cookie",
        needles: &["cookie"],
        of_digits: false,
        pattern: concat!(
            r#"(?x) (?P<label> (?i: cookie "#,
            sign!(),
            r#") ["'\[\\]* ) (?P<v> \[…\] | [^\s",;&\[\]{}\\']+ (?: ;\s* [^\s=;,\[\]{}":]+ (?: = [^\s;,\[\]{}"]* )? )* )"#,
        ),
        judge: header,
    },
];

static COUNTS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:max|min|num|nb|count|total|used|left|remaining|limit|per|prompt|completion|input|output|[0-9])[\w.]*[_.-]?tokens?\W*$|\btokens?\W*$")
        .expect("a pattern written in this file is valid")
});
static RESULTS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:fail|failed|fails|failures?|skip|skipped|warn|errors?|total)\s*[:=]")
        .expect("a pattern written in this file is valid")
});

fn password(found: &Found<'_>) -> Option<Range<usize>> {
    let (label, value) = (found.group("label"), found.value());
    let name = label.trim_end_matches([' ', '=', ':', '"', '\'', '\\', '\u{a0}', ']', '\t', '>', '+']);
    // sudo and shells write the working directory so.
    if name.ends_with("PWD")
        && (value.starts_with(['/', '~']) || value.get(1..3) == Some(":\\"))
        && !name.ends_with("_PWD")
    {
        return None;
    }
    let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    let is_pass = name.to_ascii_lowercase().ends_with("pass");
    if is_number && (value.len() == 1 || is_pass && (value.len() <= 3 || RESULTS.is_match(found.text))) {
        return None;
    }
    // The file, and the program, of that name.
    let path = found.groups.get(0).is_some_and(|whole| found.text[..whole.start()].ends_with(['/', '(']));
    if path && name.eq_ignore_ascii_case("passwd") {
        return None;
    }
    said(found)
}

fn secret(found: &Found<'_>) -> Option<Range<usize>> {
    let (label, value) = (found.group("label"), found.value());
    let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if is_number
        && (value.len() == 1
            || COUNTS.is_match(label)
                && value.len() <= 6
                && label.to_ascii_lowercase().contains("tok")
                && is_counted(label))
    {
        return None;
    }
    let lower = label.to_ascii_lowercase();
    // Where a key is kept, not what it is; and a word of a sentence.
    let is_path = lower.contains("key") && value.starts_with('/');
    if is_path || is_spoken(label) && is_word(value) {
        return None;
    }
    said(found)
}

/// Whether a name says that tokens are counted.
fn is_counted(label: &str) -> bool {
    const COUNTED: [&str; 14] = [
        "max",
        "min",
        "num",
        "nb",
        "count",
        "total",
        "used",
        "left",
        "remaining",
        "limit",
        "prompt",
        "completion",
        "input",
        "output",
    ];
    let lower = label.to_ascii_lowercase();
    COUNTED.iter().any(|word| lower.contains(word))
}

/// Whether a value follows a colon and a blank, as the rest of a sentence does.
fn is_spoken(label: &str) -> bool {
    label.trim_end_matches([' ', '\u{a0}']).ends_with(':') && label.ends_with([' ', '\u{a0}'])
}

fn header(found: &Found<'_>) -> Option<Range<usize>> {
    let value = found.value();
    let spoken =
        is_word(value) || is_word(&value.to_lowercase()) && !value.contains(|letter: char| letter.is_ascii_digit());
    if found.group("scheme").is_empty() && (is_state(value) || spoken && value.len() < 20) {
        return None;
    }
    Some(found.at())
}

fn said(found: &Found<'_>) -> Option<Range<usize>> {
    let at = found.at();
    let is_bare = found.groups.name("v").is_some_and(|value| value.range() == at);
    if is_state(&found.text[at.clone()]) {
        return None;
    }
    let end = if is_bare { secret_end(found.text, &at) } else { at.end };
    Some(at.start..end)
}
