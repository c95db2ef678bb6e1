//! Secrets that are known by their own shape, or by where they stand: keys, hashed passwords, logins in addresses.

use super::rule::{Rule, all_of_it};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "jwt",
        needles: &["eyj"],
        of_digits: false,
        pattern: r"\b(?P<v>eyJ[\w-]{4,}\.[\w-]{4,}(?:\.[\w-]*)+)",
        judge: all_of_it,
    },
    Rule {
        name: "key of a service",
        needles: &[
            "ghp_",
            "gho_",
            "ghu_",
            "ghs_",
            "ghr_",
            "github_pat_",
            "glpat-",
            "xox",
            "akia",
            "asia",
            "aiza",
            "sk_live_",
            "sk-",
        ],
        of_digits: false,
        pattern: r"(?x) \b (?P<v> gh[pousr]_[A-Za-z0-9]{20,} | github_pat_\w{20,} | glpat-[\w-]{16,} | xox[abeoprs]-[\w-]{10,}
            | A(?:KIA|SIA)[A-Z0-9]{16} | AIza[\w-]{30,} | sk_live_[A-Za-z0-9]{16,} | sk-[A-Za-z0-9]{32,} ) (?:\b|$)",
        judge: all_of_it,
    },
    Rule {
        name: "private key",
        needles: &["private key"],
        of_digits: false,
        pattern: r"(?x) -----BEGIN\x20[A-Z0-9\x20]*PRIVATE\x20KEY(?:\x20BLOCK)?----- (?P<v> (?: [A-Za-z0-9+/=\s\\:,.\#-] )*? ) (?: -----END | [^A-Za-z0-9+/=\s\\:,.\#-] | $ )",
        judge: all_of_it,
    },
    Rule {
        name: "hashed password",
        needles: &[
            "$1$", "$2a$", "$2b$", "$2y$", "$5$", "$6$", "$y$", "$7$", "$gy$", "$argon2", "$scrypt$", "$8$", "$9$",
            "$apr1$",
        ],
        of_digits: false,
        pattern: r"(?P<v>\$(?:1|2[aby]|5|6|7|8|9|y|gy|apr1|argon2id?|argon2i|scrypt)\$[./A-Za-z0-9$=,+]{16,})",
        judge: all_of_it,
    },
    Rule {
        name: "login in an address",
        needles: &["://", "%2f%2f"],
        of_digits: false,
        pattern: r#"(?x) (?: [a-zA-Z][a-zA-Z0-9+.-]*:// [^\s/:@"'<>]* : (?P<v> [^\s/"'<>]+ ) @ )"#,
        judge: all_of_it,
    },
    Rule {
        name: "login in an encoded address",
        needles: &["%2f%2f"],
        of_digits: false,
        pattern: r"(?x) (?i: %3a%2f%2f [^\s/%@&]* %3a ) (?P<v> [^\s&/@]+? ) (?i: %40 )",
        judge: all_of_it,
    },
    Rule {
        name: "password in a configuration",
        needles: &["password", "secret", "identified", "key"],
        of_digits: false,
        pattern: r#"(?x) (?: (?i: \b(?:password|secret|key) \x20 (?:[05-9]|encrypted) \x20 ) (?P<v> [^\s"',;]{3,} ) )"#,
        judge: all_of_it,
    },
    Rule {
        name: "password in SQL",
        needles: &["identified", "password"],
        of_digits: false,
        pattern: r#"(?x) (?i: identified \s+ by \s+ (?:password\s+)? | password\s*\(\s* | \bpassword\s+ ) (?P<v> '[^'\n]+' | \\?"[^"\n]+" )"#,
        judge: all_of_it,
    },
];
