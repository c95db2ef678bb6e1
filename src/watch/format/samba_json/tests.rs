//! Genuine lines of a domain controller, read.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::watch::format::draft::Misfit;

fn read_one(text: &str) -> Reading {
    let zone = TimeZone::UTC;
    read(text, When { arrived: Timestamp::UNIX_EPOCH, zone: &zone })
}

#[test]
fn says_alike_what_every_kind_says_in_its_own_way() {
    // Kind, its members, event id, account, status, address.
    for (kind, members, id, account, status, address) in [
        (
            "Authentication",
            r#""eventId": 4625, "status": "NT_STATUS_WRONG_PASSWORD", "clientAccount": "dupont@CHFICTIF.LAN", "remoteAddress": "ipv4:10.99.0.1:56740""#,
            Some(4625),
            Some("dupont"),
            Some("NT_STATUS_WRONG_PASSWORD"),
            Some("10.99.0.1"),
        ),
        (
            "Authorization",
            r#""account": "DC01$", "remoteAddress": "ipv6:fe80::1:389""#,
            None,
            Some("DC01$"),
            None,
            Some("fe80::1"),
        ),
        (
            "groupChange",
            r#""eventId": 4728, "status": "Success", "user": "CN=svc_backup,CN=Users,DC=x", "remoteAddress": null"#,
            Some(4728),
            Some("svc_backup"),
            Some("Success"),
            None,
        ),
        (
            "passwordChange",
            r#""eventId": 4724, "dn": "CN=nguyen,CN=Users,DC=x""#,
            Some(4724),
            Some("nguyen"),
            None,
            None,
        ),
        ("dsdbChange", r#""dn": "DC=chfictif,DC=lan", "remoteAddress": "Unknown""#, None, None, None, None),
    ] {
        let line = format!(
            r#"  {{"timestamp": "2026-11-21T19:37:30.240120+0000", "type": "{kind}", "{kind}": {{{members}}}}}"#
        );
        let draft = read_one(&line).unwrap().unwrap();
        let fields = &draft.fields;
        assert_eq!(draft.time, Some("2026-11-21T19:37:30.24012Z".parse().unwrap()));
        assert_eq!(draft.logsource, Draft::of("samba", Some("auth_audit")).logsource);
        assert_eq!(fields.value("EventID"), id.map(Value::Int).as_ref(), "{kind}");
        assert_eq!((fields.text("account"), fields.text("status")), (account, status), "{kind}");
        assert_eq!(fields.text("src_ip"), address, "{kind}");
    }
}

#[test]
fn passes_over_what_stands_around() {
    for line in [
        "[2026/11/21 19:28:22.215784,  3] ../../auth/auth_log.c:647(log_authentication_event_human_readable)",
        "  Auth: [SMB2,(null)] user [WORKGROUP]\\[medecin1]",
        "samba version 4.17.12-Debian started.",
        r#"{"other": "object"}"#,
        r#"{"timestamp": "x", "type": "a", "b": {}}"#,
    ] {
        assert_eq!(read_one(line), Ok(None), "{line}");
    }
    let cut = r#"{"timestamp": "x", "type": "Authentication", "Authentication": {"#;
    assert_eq!(read_one(cut), Err(Misfit("JSON that stops in the middle")));
}

#[test]
fn puts_pieces_together_again() {
    let mut pieces = Pieces::default();
    let first = r#"/usr/sbin/smbd: {"timestamp": "x", "type": "dsdbChange", "dsdbChange": {"a": "un"#;
    assert_eq!(pieces.join(first), None);
    assert_eq!(pieces.join(r#"/usr/sbin/smbd:  {seul\" "#), None);
    let whole = format!(r#"{first} {{seul\" mot"}}}}"#);
    assert_eq!(pieces.join(r#"/usr/sbin/smbd: mot"}}"#).as_deref(), Some(whole.as_str()));
    assert_eq!(pieces.join("/usr/sbin/smbd: started").as_deref(), Some("/usr/sbin/smbd: started"));
}

#[test]
fn gives_up_on_pieces_that_never_end() {
    let mut pieces = Pieces::default();
    let first = r#"/usr/sbin/smbd: {"timestamp": "x", "type": ""#;
    assert_eq!(pieces.join(first), None);
    assert_eq!(pieces.join("another line").as_deref(), Some("another line"));
    assert_eq!(pieces.join("/usr/sbin/smbd: x").as_deref(), Some("/usr/sbin/smbd: x"));
    assert_eq!(pieces.join(first), None);
    assert_eq!(pieces.join(first), None, "a new object begins");
    let given = (0..PIECES + 2).filter_map(|_| pieces.join("/usr/sbin/smbd: more")).count();
    assert!(given >= 1);
}

proptest! {
    #[test]
    fn joins_whatever_place_the_cut_is_at(at in 40_usize..160) {
        let object = r#"{"timestamp": "2026-11-21T19:37:14.744231+0000", "type": "dsdbChange", "dsdbChange": {"dn": "CN=\"x\"}{,CN=Users", "list": [{"value": "]"}, {"value": "{"}]}}"#;
        prop_assume!(at < object.len());
        let mut pieces = Pieces::default();
        let (head, tail) = object.split_at(at);
        let (head, tail) = (format!("/bin/x: {head}"), format!("/bin/x: {tail}"));
        prop_assert_eq!(pieces.join(&head), None);
        let whole = pieces.join(&tail).map(Cow::into_owned);
        prop_assert_eq!(whole, Some(format!("/bin/x: {object}")));
    }
}
