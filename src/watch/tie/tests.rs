//! Who takes part, by what kinds of logs say.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::*;
use crate::watch::format::{Decoded, Decoder, Format, Read};

/// Whom an event is about by itself, and what it ties to.
type Known = (Vec<(String, String)>, Vec<String>);

fn known(parties: &[Party]) -> Known {
    let tie = |tie: Tie| format!("{:?} {}", tie.kind, tie.value).to_lowercase();
    let subject = subject(parties).into_iter().map(|(name, value)| (name, value.to_string())).collect();
    (subject, ties(&[], parties).into_iter().map(tie).collect())
}

/// What is known of a line, which is the same read lazily and whole.
fn of(format: Format, line: &str) -> Known {
    let decoder = || Decoder::new(format, TimeZone::UTC, None);
    let Decoded::Event(event) = decoder().decode(Timestamp::UNIX_EPOCH, line) else { panic!("no event: {line}") };
    let whole = known(&parties(&event, &mut Notes::default()));
    if let Read::Raw(raw) = decoder().read(Timestamp::UNIX_EPOCH, line) {
        let mut notes = Notes::default();
        assert_eq!(known(&parties(&raw, &mut notes)), whole, "{line}");
        assert_eq!(known(&parties(&raw, &mut notes)), whole, "what was found out before changes nothing: {line}");
    }
    whole
}

fn row(format: Format, line: &str, subject: &str, ties: &str) {
    let (found, tied_to) = of(format, line);
    let found: Vec<String> = found.iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!((found.join(" ").as_str(), tied_to.join(", ").as_str()), (subject, ties), "{line}");
}

#[test]
fn windows_however_it_is_collected() {
    row(
        Format::Json,
        r#"{"EventID": 1, "Channel": "Microsoft-Windows-Sysmon/Operational", "Computer": "DC01.corp.example", "User": "CORP\\bob", "CommandLine": "vssadmin delete shadows"}"#,
        r"Computer=DC01.corp.example User=CORP\bob",
        "machine dc01, account bob",
    );
    row(
        Format::Json,
        r#"{"Event":{"System":{"Computer":"DC01","EventID":4625},"EventData":{"SubjectUserName":"-","TargetUserName":"Alice","WorkstationName":"PC-7","IpAddress":"::ffff:10.0.0.5"}}}"#,
        "Computer=DC01 TargetUserName=Alice IpAddress=::ffff:10.0.0.5",
        "machine dc01, account alice, machine pc-7, address 10.0.0.5",
    );
    row(
        Format::Json,
        r#"{"winlog":{"computer_name":"srv2","event_data":{"SubjectUserName":"SRV2$","TargetUserName":"svc"}},"host":{"name":"collector"}}"#,
        "Computer=srv2 TargetUserName=svc",
        "machine srv2, account svc",
    );
    // NXLog on a collector: `host` is not where it happened.
    row(
        Format::Json,
        r#"{"Hostname":"WORKSTATION5.theshire.local","host":"wec.internal","User":"NT AUTHORITY\\SYSTEM","EventID":1}"#,
        "Hostname=WORKSTATION5.theshire.local",
        "machine workstation5",
    );
    row(
        Format::Json,
        r#"{"EventID": 3, "Computer": "srv1", "User": "CORP\\bob", "SourceIp": "10.0.0.9", "DestinationIp": "203.0.113.5", "DestinationHostname": "evil.example"}"#,
        r"Computer=srv1 User=CORP\bob SourceIp=10.0.0.9",
        "machine srv1, account bob, address 10.0.0.9",
    );
}

#[test]
fn everything_else_that_is_read() {
    row(
        Format::Json,
        r#"{"host":{"name":"srv1","ip":["172.17.0.1"]},"user":{"name":"leroy"},"source":{"ip":"10.0.0.5"},"destination":{"ip":"10.0.0.1"}}"#,
        "host.name=srv1 user.name=leroy source.ip=10.0.0.5",
        "machine srv1, account leroy, address 10.0.0.5",
    );
    row(
        Format::Syslog,
        "Nov 22 01:04:29 srv-lab01 sshd[641]: Failed password for it.martin from 10.77.0.20 port 53337 ssh2",
        "host=srv-lab01 user=it.martin src_ip=10.77.0.20",
        "machine srv-lab01, account it.martin, address 10.77.0.20",
    );
    // Every machine has a root.
    row(
        Format::Syslog,
        "Nov 22 01:04:29 srv-lab01 sshd[641]: Failed password for root from 10.77.0.20 port 53337 ssh2",
        "host=srv-lab01 src_ip=10.77.0.20",
        "machine srv-lab01, address 10.77.0.20",
    );
    row(
        Format::SambaAudit,
        "Nov 21 19:37:14 nas smbd_audit: CHFICTIF\\dupont|10.99.0.1|pc-7|notes|unlinkat|ok|a.doc",
        r"host=nas user=CHFICTIF\dupont src_ip=10.99.0.1",
        "machine nas, account dupont, address 10.99.0.1",
    );
    row(
        Format::SambaJson,
        r#"{"timestamp": "2026-11-21T19:37:14+0000", "type": "Authentication", "Authentication": {"eventId": 4625, "status": "NT_STATUS_WRONG_PASSWORD", "remoteAddress": "ipv4:10.99.0.1:56740", "clientAccount": "Dupont@CHFICTIF.LAN", "workstation": "\\\\PC-7"}}"#,
        "Authentication.workstation=\\\\PC-7 account=Dupont src_ip=10.99.0.1",
        "address 10.99.0.1, account dupont, machine pc-7",
    );
    row(
        Format::OpenCanary,
        r#"{"dst_host": "10.0.0.5", "dst_port": 22, "local_time_adjusted": "2027-01-01 00:00:00.000000", "logdata": {"PASSWORD": "x", "USERNAME": "admin"}, "logtype": 4002, "node_id": "decoy-1", "src_host": "10.0.0.9", "src_port": 50000}"#,
        "node_id=decoy-1 src_host=10.0.0.9",
        "machine decoy-1, address 10.0.0.9",
    );
    row(
        Format::Dcmtk,
        "I: Association Received (10.0.0.7:WORKSTA1 -> QRSCP)",
        "aet=WORKSTA1 src_ip=10.0.0.7",
        "address 10.0.0.7, machine worksta1",
    );
    row(
        Format::Combined,
        r#"203.0.113.9 - pacsadmin [21/Nov/2026:19:28:23 +0000] "GET /system HTTP/1.1" 401 12 "-" "curl""#,
        "cs-username=pacsadmin c-ip=203.0.113.9",
        "account pacsadmin, address 203.0.113.9",
    );
    row(
        Format::Auditd,
        r#"node=srv1 type=USER_LOGIN msg=audit(1795289302.123:47): pid=1 uid=0 acct="ana" exe="/usr/sbin/sshd" hostname=? addr=10.0.0.8 terminal=ssh res=failed"#,
        "node=srv1 acct=ana addr=10.0.0.8",
        "machine srv1, account ana, address 10.0.0.8",
    );
}

#[test]
fn what_names_nobody_in_particular_is_better_than_nothing() {
    row(Format::Json, r#"{"src_ip": "127.0.0.1", "n": 1}"#, "src_ip=127.0.0.1", "");
    row(Format::Json, r#"{"user": "-", "host": "", "n": 1}"#, "", "");
    row(Format::Json, r#"{"action": "login"}"#, "", "");
}

#[test]
fn what_may_not_be_shown_ties_nothing() {
    row(Format::Json, r#"{"host": "nir=185057800608491 x", "user": "ana"}"#, "user=ana", "account ana");
}

#[test]
fn what_is_shown_is_bounded() {
    let (found, _) = of(Format::Json, &format!(r#"{{"host": "a\u202e\n{}"}}"#, "b".repeat(500)));
    assert!(found[0].1.starts_with("a\u{202e}\nbbb"), "{found:?}");
    assert_eq!((found[0].1.chars().count(), found[0].1.ends_with('…')), (160, true));
}
