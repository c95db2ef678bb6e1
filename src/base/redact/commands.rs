//! Secrets on command lines, where no sign stands between a name and its value.

use std::ops::Range;

use super::rule::{Found, Rule, all_of_it};
use super::state::is_state;

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "password option",
        needles: &["pass", "pwd", "token", "secret", "-key", "apikey", "-pw", "-auth", "mdp"],
        of_digits: false,
        pattern: r#"(?x) (?: ^ | [\s"',\[\\`(] ) (?: --? | / ) (?i: [\w-]* (?: password | passwd | passphrase | pass | pwd | mdp | token | secret | api-?key
                | access-?key | secret-?key ) | pw ) (?: \s+ | [\\"',]+ \s* [\\"']+ ) (?P<v> \\?"[^"\n]+" | '[^'\n]+' | [^\s"',\]\\]+ )"#,
        judge: option,
    },
    Rule {
        name: "password of a command",
        needles: &["-p"],
        of_digits: false,
        pattern: r#"(?x) (?: (?i: \b (?: mysql\w* | mariadb[\w-]* | innobackupex | xtrabackup | mydumper | 7za? | 7zz | rar | unrar ) (?:\.exe)? \b ) [^|;\n]*?
                | \s -u \s* [^\s-] \S* [^|;\n]*? ) (?: \s | [\\"',\s]+ ) -p (?P<v> \\?"[^"\n]+" | '[^'\n]+' | [^\s"'\\-] [^\s"'\\]* )"#,
        judge: attached,
    },
    Rule {
        name: "password of a login",
        needles: &[
            "sshpass",
            "docker",
            "podman",
            "psexec",
            "mongo",
            "crackmapexec",
            "netexec",
            "nxc",
            "redis-cli",
            "ldap",
            "zip",
            "sqlcmd",
            "bcp",
            "osql",
            "putty",
            "xfreerdp",
            "wfreerdp",
            "rdesktop",
        ],
        of_digits: false,
        pattern: r#"(?x) (?i: \b (?: (?: sshpass | (?:docker|podman)\s+login | psexec\w* | mongo\w* | crackmapexec | netexec | nxc | rdesktop ) \b [^|;\n]*? \s -p
                | redis-cli \b [^|;\n]*? \s -a | ldap\w+ \b [^|;\n]*? \s -w | zip \b [^|;\n]*? \s -P | (?:sqlcmd|bcp|osql) \b [^|;\n]*? \s -P | [wx]freerdp \b [^|;\n]*? \s/p: ) )
                \s* (?P<v> \\?"[^"\n]+" | '[^'\n]+' | [^\s"'\\-][^\s"'\\]* )"#,
        judge: option,
    },
    Rule {
        name: "password that looks like one",
        needles: &["-p"],
        of_digits: false,
        pattern: r#"(?: ^|\s)-p(?P<v>[^\s"'/=:,-][^\s"'/=:,]{5,})"#,
        judge: strong,
    },
    Rule {
        name: "login of a transfer",
        needles: &["curl", "wget", "http", "smbclient", "rpcclient", "winexe", "wmic", "net "],
        of_digits: false,
        pattern: r#"(?x) (?: (?i: \b(?:curl|https?|httpie|wget)(?:\.exe)?\b ) [^|;\n]*? [\s"',] (?: -[a-zA-Z]*u | -U | --(?:proxy-)?user ) [\s="',\\]* [^\s:"',\\/]* : (?P<v> [^\s"',\\]+ ) )"#,
        judge: all_of_it,
    },
    Rule {
        name: "login of a share",
        needles: &["-u", "--user"],
        of_digits: false,
        pattern: r#"(?x) (?: ^ | [\s"',] ) (?: -U | --user ) [\s="',\\]* [\w./\\@$-]+ % (?P<v> [^\s"',\\]+ )"#,
        judge: all_of_it,
    },
    Rule {
        name: "password of an account command",
        needles: &[
            "net",
            "chpasswd",
            "sudo -s",
            "--stdin",
            "sqlplus",
            ":thin:",
            "expdp",
            "impdp",
            "asplaintext",
            "convertto-securestring",
        ],
        of_digits: false,
        pattern: r#"(?x) (?: (?i: \bnet1?(?:\.exe)? \s+ user \s+ ) [^\s/]+ \s+ (?P<v> [^\s/*"'][^\s"']* )
            )"#,
        judge: option,
    },
    Rule {
        name: "password through a pipe",
        needles: &["chpasswd", "sudo -s", "--stdin"],
        of_digits: false,
        pattern: r#"(?x) (?i: \b(?:echo|printf) ) \s+ (?:-\w+\s+)* (?: ["'\\]* [\w.-]+ : )? (?P<v> "[^"\n]+" | '[^'\n]+' | [^\s|"']+ ) ["'\\]* \s* \| \s*
            (?: sudo \s+ )? (?: chpasswd | sudo\s+-S | -S | passwd\s+--stdin )"#,
        judge: all_of_it,
    },
    Rule {
        name: "login of a database",
        needles: &["sqlplus", ":thin:", "expdp", "impdp", "rman"],
        of_digits: false,
        pattern: r#"(?x) (?i: \b(?:sqlplus|expdp|impdp|rman\s+target)\w* \s+ (?:-\S+\s+)* ["'\\]* | :thin: ) [\w$\#]+ / (?P<v> [^\s@"'/\\]+ ) @"#,
        judge: all_of_it,
    },
    Rule {
        name: "password of PowerShell",
        needles: &["convertto-securestring", "networkcredential"],
        of_digits: false,
        pattern: r#"(?x) (?: (?i: convertto-securestring \s+ (?: -string \s+ | -asplaintext \s+ | -force \s+ )* ) (?P<v> \\?"[^"\n]+" | '[^'\n]+' | [^\s"'\\|)-][^\s"'\\|)]* ) )"#,
        judge: all_of_it,
    },
];

/// What follows an option, unless that is the next option or says that there is none.
fn option(found: &Found<'_>) -> Option<Range<usize>> {
    let value = found.value();
    (!value.starts_with('-') && !is_state(value)).then(|| found.at())
}

/// What stands right behind `-p`: no port and no range of ports.
fn attached(found: &Found<'_>) -> Option<Range<usize>> {
    let value = found.value();
    let is_port = value.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b',' | b':'));
    let whole = found.groups.get(0).map_or("", |whole| whole.as_str());
    let of_database = ["mysql", "maria", "7z", "rar"].iter().any(|name| whole.to_ascii_lowercase().contains(name));
    (of_database || !is_port && value.len() > 2).then(|| found.at())
}

/// Behind any other `-p`, only what is written as passwords have to be: letters of both cases with digits or signs.
fn strong(found: &Found<'_>) -> Option<Range<usize>> {
    let value = found.value();
    let has = |what: fn(char) -> bool| value.contains(what);
    let signs = has(|letter| matches!(letter, '!' | '@' | '#' | '$' | '%' | '^' | '&' | '?' | '*'));
    let kinds = [has(char::is_uppercase), has(char::is_lowercase), has(char::is_numeric), signs];
    (kinds.into_iter().filter(|kind| *kind).count() >= 3).then(|| found.at())
}
