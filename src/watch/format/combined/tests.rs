//! Genuine lines of web servers, read.

use super::*;
use crate::watch::event::Value;

fn said(draft: &Draft, name: &str) -> Vec<String> {
    let value = |value: &Value| match value {
        Value::Text(text) => text.to_string(),
        Value::Int(number) => number.to_string(),
        other => format!("{other:?}"),
    };
    draft.fields.0.iter().filter(|(field, _)| field == name).map(|(_, found)| value(found)).collect()
}

/// Fields and all their values.
type Wanted<'a> = &'a [(&'a str, &'a [&'a str])];

#[test]
fn reads_every_layout() {
    let rows: &[(&str, Wanted<'_>)] = &[
        (
            r#"10.0.0.1 - alice [21/Nov/2026:19:28:23 +0100] "GET /studies?expand=../../etc HTTP/1.1" 200 2 "http://x/" "curl/7.88.1""#,
            &[
                ("c-ip", &["10.0.0.1"]),
                ("cs-username", &["alice"]),
                ("cs-method", &["GET"]),
                ("cs-uri", &["/studies?expand=../../etc"]),
                ("cs-uri-stem", &["/studies"]),
                ("cs-uri-query", &["expand=../../etc", "/studies?expand=../../etc"]),
                ("cs-version", &["1.1"]),
                ("sc-status", &["200"]),
                ("sc-bytes", &["2"]),
                ("cs-referer", &["http://x/"]),
                ("cs-user-agent", &["curl/7.88.1"]),
            ],
        ),
        (
            r#"::1 - - [21/Nov/2026:19:28:23 +0100] "POST / HTTP/2.0" 304 -"#,
            &[("c-ip", &["::1"]), ("cs-username", &[]), ("sc-bytes", &[]), ("cs-user-agent", &[])],
        ),
        (
            r#"pacs.local:443 10.0.0.1 - Marie Curie [21/Nov/2026:19:28:23 +0100] "GET / HTTP/1.1" 200 2 "-" "a \"b\" c" "10.9.9.9" 0.003"#,
            &[
                ("cs-host", &["pacs.local:443"]),
                ("c-ip", &["10.0.0.1"]),
                ("cs-username", &["Marie Curie"]),
                ("cs-user-agent", &["a \"b\" c"]),
            ],
        ),
        (
            r#"203.0.113.9, 10.0.0.1 - - [21/Nov/2026:19:28:23 +0100] "GET / HTTP/1.1" 200 2 "-" "a""#,
            &[("c-ip", &["203.0.113.9"]), ("cs-username", &[]), ("sc-status", &["200"])],
        ),
        (
            r#"2001:db8::9,10.0.0.1, 10.0.0.2 - alice [21/Nov/2026:19:28:23 +0100] "GET / HTTP/1.1" 200 2 "-" "a""#,
            &[("c-ip", &["2001:db8::9"]), ("cs-username", &["alice"])],
        ),
        (
            r#"pacs.local:443 203.0.113.9, 10.0.0.1 - alice [21/Nov/2026:19:28:23 +0100] "GET / HTTP/1.1" 200 2"#,
            &[("cs-host", &["pacs.local:443"]), ("c-ip", &["203.0.113.9"]), ("cs-username", &["alice"])],
        ),
        (
            r#"10.0.0.1 - - [21/Nov/2026:19:28:23 +0100] "\x16\x03\x01" 400 157 "-" "-""#,
            &[("cs-method", &[]), ("request", &[r"\x16\x03\x01"]), ("sc-status", &["400"]), ("cs-user-agent", &[])],
        ),
        (r#"10.0.0.1 - - [21/Nov/2026:19:28:23 +0100] "GET /a\"b c HTTP/1.1" 400 1"#, &[("cs-uri", &["/a\"b c"])]),
    ];
    for (line, wanted) in rows {
        let draft = read(line).unwrap().unwrap();
        assert_eq!(draft.time, Some("2026-11-21T18:28:23Z".parse().unwrap()), "{line}");
        assert_eq!(draft.logsource.category, ["webserver"]);
        for (name, wanted) in *wanted {
            assert_eq!(said(&draft, name), *wanted, "{name} of {line}");
        }
    }
}

#[test]
fn refuses_what_is_cut_or_something_else() {
    for line in [
        "",
        "10.0.0.1 - - [21/Nov/2026:19:28:23 +0100]",
        r#"10.0.0.1 - - [21/Nov/2026:19:28:23 +0100] "GET / HTTP/1.1"#,
        r#"10.0.0.1 - - [21/Nov/2026:19:28:23 +0100] "GET / HTTP/1.1\"#,
        r#"10.0.0.1 - - [21/Nov/2026:19:28:23 +0100] "GET / HTTP/1.1" abc 1"#,
        r#"10.0.0.1 - - [41/Nov/2026:19:28:23 +0100] "GET / HTTP/1.1" 200 1"#,
        r#"x [21/Nov/2026:19:28:23 +0100] "GET / HTTP/1.1" 200 1"#,
    ] {
        assert_eq!(read(line), Err(Misfit("not an access log line")), "{line}");
    }
}
