//! Telephone numbers and mailboxes.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::rule::{Found, Rule, all_of_it};

macro_rules! gap {
    () => {
        r#"(?: [\x20\x{a0}\x{202f}.\-/] | %20 | %C2%A0 | %c2%a0 | &nbsp; | \\u00a0 )"#
    };
}

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "telephone number",
        needles: &[],
        of_digits: true,
        pattern: concat!(
            "(?x) (?P<v> 0[1-9] (?:",
            gap!(),
            "[0-9]{2} (?:",
            gap!(),
            "[0-9]{2} ){3} | [0-9]{2} (?:",
            gap!(),
            "[0-9]{3} ){2} |",
            gap!(),
            "[0-9]{4}",
            gap!(),
            "[0-9]{4} | [0-9]{2} (?:",
            gap!(),
            "[0-9]{2} ){3} ) )"
        ),
        judge: in_groups,
    },
    Rule {
        name: "international telephone number",
        needles: &["+", "%2b", "0033", "0032", "0041", "0049", "0039", "0034", "0044"],
        of_digits: true,
        pattern: concat!(
            r"(?x) (?P<v> (?: (?: \+ | %2[Bb] ) (?P<country> 1 | 3[0-9]{1,2} | [2-9][0-9]{0,2} ) | 00(?P<exit> 33 | 32 | 41 | 49 | 39 | 34 | 44 | 352 ) ) (?P<rest> (?:",
            gap!(),
            r"{0,2} \(? [0-9]{1,4} \)? ){2,7} ) )"
        ),
        judge: international,
    },
    Rule {
        name: "labelled telephone number",
        needles: &[
            "tel", "tél", "TÉL", "phone", "mobile", "portable", "gsm", "fax", "sms", "appel", "rappel", "joindre",
            "call", "msisdn", "handy",
        ],
        of_digits: false,
        pattern: concat!(
            r#"(?x) (?: ^ | [^\w] | %[0-9A-Fa-f]{2} | [A-Za-z0-9_.]*[_.] ) (?i: t[eé]l(?:[eé]phone)?s?(?:[_\s-]?(?:num(?:[eé]ro|ber)?|no|nr|fixe|mobile|portable|dom(?:icile)?|pro))?\.? | (?:mobile|home|work|cell|tele)?[_-]?phone(?:[_-]?(?:number|num|no|nr))?
                | mobile | portable | gsm | fax | msisdn | sms | handy | (?:r?appel(?:er|ez|ant)?|joindre|call(?:er|ed|ing)?|calls?) ) (?: [_\s-]?(?:id|number|num|no|nr)\b )?
                (?: \\*["'\]]? | \s | \x{a0} | [:=>] | %3[AaDd] | %20 | \+ | n[°o] | du | le | au | to | from | for | of | the | number | num[eé]ro | est | is | \\*["'\[(] ){1,7}
                (?P<v> [0-9] (?: "#,
            gap!(),
            r"? [0-9] ){7,14} )"
        ),
        judge: labelled,
    },
    Rule {
        name: "mailbox",
        needles: &["@", "%40"],
        of_digits: false,
        pattern: r"(?x) (?P<v> [\w.+'-]+ ) (?: @ | %40 ) (?P<domain> [A-Za-z0-9-]+ (?: \.[A-Za-z0-9-]+ )+ )",
        judge: mailbox,
    },
    Rule {
        name: "named mailbox",
        needles: &["@", "%40"],
        of_digits: false,
        pattern: r#"(?x) (?: ^ | [\s:=,;(] ) \\*"? (?P<v> \p{Lu}[\pL'-]+ (?: \x20 \p{Lu}[\pL'-]+ ){1,3} ) \\*"? \s+ (?: < | &lt; ) [\w.+'-]+ (?: @ | %40 )"#,
        judge: all_of_it,
    },
];

/// The number of a telephone in groups: parted by one sign, no part of anything longer, and not the number of a thing.
fn in_groups(found: &Found<'_>) -> Option<Range<usize>> {
    let value = found.value();
    let mut signs: Vec<char> = value.chars().filter(|letter| !letter.is_ascii_alphanumeric()).collect();
    signs.sort_unstable();
    signs.dedup();
    (signs.len() <= 1 + usize::from(value.contains('&')) && is_alone(found) && !is_id(found.before()))
        .then(|| found.at())
}

fn international(found: &Found<'_>) -> Option<Range<usize>> {
    let at = found.at();
    let value = found.value();
    let rest = found.group("rest");
    let digits = rest.bytes().filter(u8::is_ascii_digit).count();
    let country = [found.group("country"), found.group("exit")].concat();
    let parted = rest.contains([' ', '\u{a0}', '\u{202f}', '.', '-', '(']) || rest.contains('%');
    let known = ["33", "32", "39", "34", "31", "41", "44", "49"].iter().any(|known| country.starts_with(known));
    // `+33` begins a number; of other countries what is not parted is as often a difference.
    let french = country.starts_with("33");
    let enough = if french {
        digits + country.len() - 2 >= 9
    } else {
        (8..=13).contains(&(digits + country.len())) || digits >= 8
    };
    let plain = known || country.len() == 3;
    let exact = value.starts_with("00") && !parted && !matches!(digits, 8..=11);
    let whole_number = is_alone(found);
    (enough && (parted || plain) && !exact && whole_number && !(parted && !known && digits < 7)).then_some(at)
}

fn labelled(found: &Found<'_>) -> Option<Range<usize>> {
    let value = found.value();
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let shape = value.starts_with('0') || value.len() > digits;
    (is_alone(found) && shape && (9..=15).contains(&digits) && !super::value::is_elsewise(value)).then(|| found.at())
}

/// Whether nothing goes on at the ends of a number: no digit, letter, and no point or hyphen with one behind it.
fn is_alone(found: &Found<'_>) -> bool {
    let (before, after) = (found.before(), found.after());
    let encoded = before.len() >= 3 && before.as_bytes()[before.len() - 3] == b'%';
    let mut back = before.chars().rev();
    let (last, beyond) = (back.next(), back.next());
    let mut on = after.chars();
    let (next, further) = (on.next(), on.next());
    let is_digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
    let joint = |sign: Option<char>| matches!(sign, Some('.' | '-' | '/'));
    let glued = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    let begins_inside = !encoded && glued(last) || matches!(last, Some('+' | '.')) || joint(last) && is_digit(beyond);
    let ends_inside = glued(next) || joint(next) && is_digit(further);
    // Groups that go on with a shorter one are a row of something else.
    let row = found.value().contains(' ') && next == Some(' ') && is_digit(further) && !is_new_number(after);
    !begins_inside && !ends_inside && !row
}

/// Whether another telephone number follows.
fn is_new_number(after: &str) -> bool {
    let rest = after.trim_start_matches(' ');
    rest.starts_with('0') || rest.chars().take_while(char::is_ascii_digit).count() > 2
}

static ID: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r#"(?i)(?:id|uid|uuid|guid|serial|sn|s/n|lot|batch|ref|oid|version|ver|build|code|seq|counter|count|hash|mac|vin|asset|part|model|barcode|ean|gtin|udi|num|time|date|timestamp)\\*["']?\s*[:=#]?\s*\\*["']?$"#;
    Regex::new(pattern).expect("a pattern written in this file is valid")
});

/// Whether what stands right before says that it is the number of a thing.
fn is_id(before: &str) -> bool {
    ID.is_match(tail(before, 32))
}

/// The last letters of a text.
fn tail(text: &str, bytes: usize) -> &str {
    let mut from = text.len().saturating_sub(bytes);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}

static ACCOUNT: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r#"(?xi) (?: (?:user|account|acct|login|logon|principal|identity|actor|upn|owner|compte|utilisateur|identifiant|member|caller|initiator|requestor)
            (?:[\x20_.-]?(?:name|id|principal(?:[_.-]?name)?|nom))? \\* ["'\]]? \s* (?: => | [:=>] | %3[ad] | \x20 ) (?: \s | %20 | \+ )* \\* ["'<\[(]*
        | (?:password|publickey|keyboard-interactive/pam|session\x20opened|session\x20closed|preauth)\x20 for \x20 (?:invalid\x20user\x20 | user\x20 )?
        | (?:as|tgs)-req \x20 | \buid=[^\s=]* | \b(?:su|sudo):\x20* | \bruser= | \b[sd]user=
        ) (?: [\w.-]+\\+ )? $"#;
    Regex::new(pattern).expect("a pattern written in this file is valid")
});

/// The part before the `@` of a mailbox; nothing where it is an account, or a mailbox of nobody in particular.
fn mailbox(found: &Found<'_>) -> Option<Range<usize>> {
    let (at, local, domain) = (found.at(), found.value(), found.group("domain"));
    // Behind a `%20` or the like its digits are no part of it.
    let at = if found.before().ends_with('%')
        && local.len() > 2
        && local.is_char_boundary(2)
        && local.as_bytes()[..2].iter().all(u8::is_ascii_hexdigit)
    {
        at.start + 2..at.end
    } else {
        at
    };
    let of_realm =
        is_inside(domain) || domain.chars().all(|letter| !letter.is_lowercase()) && local.contains(char::is_lowercase);
    let is_account = || ACCOUNT.is_match(tail(found.before(), 64));
    let from = found.text[at.clone()].trim_start_matches(['.', '-', '\'', '_']);
    let at = at.end - from.len()..at.end;
    (!of_realm && !is_role(&found.text[at.clone()]) && !is_address(domain) && !is_account()).then_some(at)
}

/// Whether a domain is of no public network: what stands before it is an account.
fn is_inside(domain: &str) -> bool {
    const INSIDE: [&str; 11] =
        ["lan", "local", "localdomain", "intra", "intranet", "internal", "corp", "ad", "home", "private", "priv"];
    let last = domain.rsplit('.').next().unwrap_or(domain).to_ascii_lowercase();
    INSIDE.contains(&last.as_str())
}

fn is_address(domain: &str) -> bool {
    domain.parse::<std::net::IpAddr>().is_ok() || domain.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// Whether a mailbox is that of a program or of an office.
fn is_role(local: &str) -> bool {
    const ROLES: [&str; 34] = [
        "git",
        "hg",
        "svn",
        "root",
        "admin",
        "administrator",
        "administrateur",
        "postmaster",
        "hostmaster",
        "webmaster",
        "abuse",
        "noreply",
        "no-reply",
        "do-not-reply",
        "ne-pas-repondre",
        "mailer-daemon",
        "daemon",
        "nobody",
        "www-data",
        "cron",
        "backup",
        "nagios",
        "zabbix",
        "info",
        "contact",
        "support",
        "security",
        "ubuntu",
        "ec2-user",
        "vagrant",
        "vigie",
        "sftp",
        "oracle",
        "postgres",
    ];
    let lower = local.to_ascii_lowercase();
    ROLES.contains(&lower.as_str())
        || lower.starts_with("svc-")
        || lower.starts_with("svc_")
        || lower.starts_with("bounce")
}
