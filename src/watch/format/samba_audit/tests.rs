//! Genuine lines of a file server, read.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::*;
use crate::watch::event::Value;

fn shown(draft: &Draft, name: &str) -> String {
    match draft.fields.value(name) {
        None => "–".to_owned(),
        Some(Value::Bool(truth)) => truth.to_string(),
        Some(Value::Text(text)) => text.to_string(),
        Some(other) => format!("{other:?}"),
    }
}

#[test]
fn reads_every_kind_of_operation() {
    let rows: &[(&str, &[(&str, &str)])] = &[
        (
            "alice|10.0.0.1|pc1|commun|renameat|ok|/x/CR.docx|/x/CR.docx.lockbit",
            &[
                ("user", "alice"),
                ("src_ip", "10.0.0.1"),
                ("host", "pc1"),
                ("share", "commun"),
                ("operation", "renameat"),
                ("result", "ok"),
                ("success", "true"),
                ("path", "/x/CR.docx"),
                ("folder", "/x"),
                ("extension", ".docx"),
                ("new_path", "/x/CR.docx.lockbit"),
                ("new_folder", "/x"),
                ("new_extension", ".lockbit"),
                ("added_extension", ".lockbit"),
            ],
        ),
        (
            "alice|10.0.0.1|pc1|commun|renameat|ok|/x/a.doc|/x/b.doc",
            &[("new_extension", ".doc"), ("added_extension", "–")],
        ),
        ("alice|10.0.0.1|pc1|commun|renameat|ok|/x/a|/x/a.b/c", &[("added_extension", "–"), ("new_folder", "/x/a.b")]),
        ("alice|10.0.0.1|pc1|commun|renameat|ok|/x/a|b|/x/a|b.enc", &[("path", "/x/a|b"), ("added_extension", ".enc")]),
        (
            "alice|10.0.0.1|pc1|commun|openat|fail (No such file or directory)|r|/x/a|b.docx",
            &[
                ("result", "fail"),
                ("success", "false"),
                ("reason", "No such file or directory"),
                ("mode", "r"),
                ("path", "/x/a|b.docx"),
            ],
        ),
        ("alice|10.0.0.1|pc1|commun|connect|ok|commun", &[("path", "–"), ("operation", "connect")]),
        ("alice|10.0.0.1|pc1|commun|unlinkat|ok|/x/.profile", &[("path", "/x/.profile"), ("extension", "–")]),
        (
            "alice|10.0.0.1|pc1|commun|create_file|ok|0x80|file|open|/x/a.b",
            &[("disposition", "open"), ("path", "/x/a.b")],
        ),
        ("alice|10.0.0.1|commun|mkdirat|ok|/x/y", &[("src_ip", "10.0.0.1"), ("share", "commun"), ("path", "/x/y")]),
        ("alice|10.0.0.1|unlink|ok|/x/y", &[("user", "alice"), ("src_ip", "10.0.0.1"), ("operation", "unlink")]),
        ("ok|10.0.0.1|ok|commun|unlinkat|ok|/x/y", &[("user", "ok"), ("host", "ok"), ("operation", "unlinkat")]),
    ];
    for (message, wanted) in rows {
        let draft = said(message).unwrap();
        for (name, wanted) in *wanted {
            assert_eq!(shown(&draft, name), *wanted, "{name} of {message}");
        }
    }
    for message in ["", "alice", "alice|ok", "a|b|c|d|e f|ok|x", "Starting up | ok"] {
        assert_eq!(said(message), None, "{message}");
    }
}

#[test]
fn passes_over_what_is_not_about_files() {
    let zone = TimeZone::UTC;
    let when = When { arrived: Timestamp::UNIX_EPOCH, zone: &zone };
    for (line, wanted) in [
        ("Nov 21 19:28:22 srv smbd[1]: started", Ok(None)),
        ("[2026/11/21 19:28:22.215784,  3] ../../source3/modules/vfs_full_audit.c:647(do_log)", Ok(None)),
        ("Nov 21 19:28:22 srv smbd_audit: started", Err(Misfit("smbd_audit without an operation"))),
        ("hello", Err(Misfit("no operation of vfs_full_audit"))),
    ] {
        assert_eq!(read(line, when), wanted, "{line}");
    }
    let draft = read("  alice|10.0.0.1|pc1|commun|unlinkat|ok|/x/y", when).unwrap().unwrap();
    assert_eq!((shown(&draft, "user").as_str(), draft.time), ("alice", None));
}
