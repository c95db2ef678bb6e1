//! Messages in every layout of Cisco's devices, read.

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::watch::event::Value;

fn read(text: &str) -> Option<Draft> {
    let zone = TimeZone::get("Europe/Paris").unwrap();
    said(text, When { arrived: "2026-11-21T20:00:00Z".parse().unwrap(), zone: &zone })
}

fn shown(draft: &Draft, name: &str) -> String {
    match draft.fields.value(name) {
        None => "–".to_owned(),
        Some(Value::Text(text)) => text.to_string(),
        Some(Value::Int(number)) => number.to_string(),
        Some(other) => format!("{other:?}"),
    }
}

#[test]
fn what_stands_before_a_message_is_read_in_any_order() {
    for (head, time, host) in [
        ("", None, "–"),
        ("<189>29: ", None, "–"),
        ("Nov 21 20:28:22.250: ", Some("2026-11-21T19:28:22.25Z"), "–"),
        ("<189>Nov 21 2025 20:28:22: ", Some("2025-11-21T19:28:22Z"), "–"),
        ("<189>29: SW1: Nov 21 19:28:22.250 UTC: ", Some("2026-11-21T19:28:22.25Z"), "SW1"),
        ("SW1: Nov 21 2026 21:28:22 CEST: ", Some("2026-11-21T19:28:22Z"), "SW1"),
        ("<189>SW1: 2026 Nov 21 20:28:22 CET: ", Some("2026-11-21T19:28:22Z"), "SW1"),
        ("012345: Nov 21 20:28:22.899 CET: ", Some("2026-11-21T19:28:22.899Z"), "–"),
        // The clock of the device was never set; the relay knows better.
        ("Nov 21 20:28:22 10.0.0.1 29: *Mar  1 00:01:02.3: ", Some("2026-11-21T19:28:22Z"), "10.0.0.1"),
        ("<189>29: *Nov 21 20:28:22.3: ", Some("2026-11-21T19:28:22.3Z"), "–"),
        ("2026-11-21T20:28:23+01:00 sw-2.lan 29: .Nov 21 20:28:22.3: ", Some("2026-11-21T19:28:22.3Z"), "sw-2.lan"),
        ("<189>1 2026-11-21T19:28:22Z fw1 - - - - ", Some("2026-11-21T19:28:22Z"), "fw1"),
    ] {
        let draft =
            read(&format!("{head}%SYS-5-CONFIG_I: Configured from console by bob on vty0 (192.0.2.7)")).unwrap();
        assert_eq!(draft.time, time.map(|time| time.parse().unwrap()), "{head}");
        assert_eq!(shown(&draft, "host"), host, "{head}");
        assert_eq!(
            (shown(&draft, "user"), shown(&draft, "src_ip")),
            ("bob".to_owned(), "192.0.2.7".to_owned()),
            "{head}"
        );
    }
}

/// Service, user, source, destination, action, outcome; then the message.
const MESSAGES: &str = "
aaa|bob|192.0.2.7|–|login_failed|failure|%SEC_LOGIN-4-LOGIN_FAILED: Login failed [user: bob] [Source: 192.0.2.7] [localport: 22] [Reason: Login Authentication Failed] at 12:04:18 CET
aaa|bob|192.0.2.7|–|login_success|success|%SEC_LOGIN-5-LOGIN_SUCCESS: Login Success [user: bob] [Source: 192.0.2.7] [localport: 22] at 12:04:18 CET
aaa|bob|–|–|cfglog_loggedcmd|unknown|%PARSER-5-CFGLOG_LOGGEDCMD: User:bob  logged command:no ip access-list
aaa|bob|192.0.2.7|–|auth_passed|success|%DMI-5-AUTH_PASSED: Switch 1 R0/0: dmiauthd: User 'bob' authenticated successfully from 192.0.2.7:38066 for netconf
aaa|–|192.0.2.7|–|aaa|failure|%ASA-6-113005: AAA user authentication Rejected : reason = Unspecified : server = 192.0.2.1 : user = ***** : user IP = 192.0.2.7
aaa|bob|192.0.2.7|–|group|failure|%ASA-6-716039: Group <G> User <bob> IP <192.0.2.7> Authentication: rejected, Session Type: WebVPN.
aaa|admin|192.0.2.7|–|user|unknown|%ASA-5-111010 User 'admin', running 'CLI' from IP 192.0.2.7, executed 'ping 192.0.2.9'
syslog|–|192.0.2.7|198.51.100.9|teardown|unknown|%ASA-6-302014: Teardown TCP connection 36 for outside:192.0.2.7/63677 to lan:198.51.100.9/443 duration 0:10:06 bytes 4666 TCP FINs
syslog|–|192.0.2.7|198.51.100.9|deny|failure|%ASA-4-106023: Deny tcp src outside:192.0.2.7/4444 dst inside:198.51.100.9/22 by access-group \"out\" [0x0, 0x0]
syslog|–|192.0.2.7|198.51.100.9|ipaccesslogp|success|%SEC-6-IPACCESSLOGP: list SSH permitted tcp 192.0.2.7(23553) -> 198.51.100.9(22), 1 packet
syslog|–|–|–|if_up|unknown|%ETHPORT-5-IF_UP: Interface Ethernet1/38 is up in mode access
";

#[test]
fn sentences_say_who_and_how_it_ended() {
    for row in MESSAGES.trim().lines() {
        let columns: Vec<&str> = row.splitn(7, '|').collect();
        let draft = read(columns[6]).unwrap_or_else(|| panic!("{row}"));
        assert_eq!(draft.logsource.service.as_deref(), Some(columns[0]), "{row}");
        for (name, wanted) in ["user", "src_ip", "dst_ip", "action", "outcome"].iter().zip(&columns[1..]) {
            assert_eq!(shown(&draft, name), *wanted, "{name} of {row}");
        }
    }
}

#[test]
fn a_message_that_was_repeated_counts_as_often() {
    let draft =
        read("2026 Nov 21 19:27:57 CET: %ARP-2-DUP_SRC_IP: arp is duplicate (message repeated 3 times)").unwrap();
    assert_eq!((draft.repeated, shown(&draft, "message").as_str()), (3, "arp is duplicate"));
}

#[test]
fn other_percent_signs_are_no_mark() {
    for text in
        ["100% done", "%s: x", "GET /%2e%2E-5-X: y", "disk at %99", "%ABC: x", "%A-5-: x", "%SYS-55-X: y", "%SYS-5-X y"]
    {
        assert!(mark(text).is_none(), "{text}");
    }
    let far = format!("{}%SYS-5-CONFIG_I: x", " ".repeat(BEFORE));
    assert!(mark(&far).is_none());
}

proptest! {
    #[test]
    fn nothing_is_too_odd(head in "[%A-C0-9: *.é-]{0,40}", message in "\\PC{0,80}") {
        drop(read(&format!("{head}%SYS-5-CONFIG_I: {message}")));
        drop(read(&format!("%ASA-6-302014: for outside:{message} to {head} bytes ")));
        drop(read(&head));
    }
}
