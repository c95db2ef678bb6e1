//! Syslog in all its layouts, read.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::watch::event::Value;

fn read_one(text: &str) -> Draft {
    let zone = TimeZone::get("Europe/Paris").unwrap();
    let arrived: Timestamp = "2026-11-21T20:00:00Z".parse().unwrap();
    read(text, When { arrived, zone: &zone }).unwrap().unwrap()
}

/// Values by name, written as text, with the first one where there are several.
fn said(draft: &Draft, name: &str) -> String {
    match draft.fields.value(name) {
        None => "–".to_owned(),
        Some(Value::Text(text)) => text.to_string(),
        Some(Value::Int(number)) => number.to_string(),
        Some(Value::Bool(truth)) => truth.to_string(),
        Some(other) => format!("{other:?}"),
    }
}

#[test]
fn opens_every_layout() {
    // Line, time, host, program, pid, message.
    for (line, time, host, program, pid, message) in [
        ("Nov 21 19:28:22 srv sshd[42]: hello: you", "2026-11-21T18:28:22Z", "srv", "sshd", "42", "hello: you"),
        ("<38>Nov  1 09:28:22 srv su: x", "2026-11-01T08:28:22Z", "srv", "su", "–", "x"),
        ("<38>Nov 21 19:28:22.25 srv x", "2026-11-21T18:28:22.25Z", "srv", "–", "–", "x"),
        ("Nov 21 19:28:22 sshd[42]: no host", "2026-11-21T18:28:22Z", "–", "sshd", "42", "no host"),
        (
            "2026-11-21T19:28:22.5+01:00 srv CRON[1]: (root) CMD",
            "2026-11-21T18:28:22.5Z",
            "srv",
            "CRON",
            "1",
            "(root) CMD",
        ),
        ("<38>2026-11-21 19:28:22 srv x: y", "2026-11-21T18:28:22Z", "srv", "x", "–", "y"),
        ("<38>1 2026-11-21T19:28:22Z srv app 7 ID - \u{feff}salut", "2026-11-21T19:28:22Z", "srv", "app", "7", "salut"),
        ("1 2026-11-21T19:28:22Z srv app - - - m", "2026-11-21T19:28:22Z", "srv", "app", "–", "m"),
        ("<38>1 - - - - - -", "–", "–", "–", "–", ""),
        (
            "2026-11-21T19:28:22Z srv WAB(core) 7 - - [mark] a=1",
            "2026-11-21T19:28:22Z",
            "srv",
            "WAB(core)",
            "7",
            "[mark] a=1",
        ),
        ("2026-11-21T19:28:22Z srv one 2 three four", "2026-11-21T19:28:22Z", "srv", "–", "–", "one 2 three four"),
        ("84 <38>1 2026-11-21T19:28:22Z srv app 7 - - counted", "2026-11-21T19:28:22Z", "srv", "app", "7", "counted"),
        (
            "<189>17: *Nov 21 19:28:22.123 CET: %SYS-5-CONFIG_I: from console",
            "2026-11-21T18:28:22.123Z",
            "–",
            "–",
            "–",
            "from console",
        ),
        ("<189>Nov 21 2025 19:28:22: %ASA-6-302013: Built", "2025-11-21T18:28:22Z", "–", "–", "–", "Built"),
        (
            "<189>date=2026-11-21 time=19:28:22 devname=fw",
            "–",
            "–",
            "–",
            "–",
            "date=2026-11-21 time=19:28:22 devname=fw",
        ),
        (
            "<85>Apr 08 11:23:58 IRM3 GE:\n<?xml version=\"1.0\"?>",
            "2026-04-08T09:23:58Z",
            "IRM3",
            "GE",
            "–",
            "\n<?xml version=\"1.0\"?>",
        ),
        (
            "Nov 21 19:28:22 srv /usr/sbin/cron[12]: (x) y",
            "2026-11-21T18:28:22Z",
            "srv",
            "/usr/sbin/cron",
            "12",
            "(x) y",
        ),
        (
            "Nov 21 19:28:22 srv http://x/ is not a program",
            "2026-11-21T18:28:22Z",
            "srv",
            "–",
            "–",
            "http://x/ is not a program",
        ),
    ] {
        let draft = read_one(line);
        let read = draft.time.map_or("–".to_owned(), |time| time.to_string());
        assert_eq!(read.parse::<Timestamp>().ok(), time.parse::<Timestamp>().ok(), "{line}");
        for (name, wanted) in [("host", host), ("program", program), ("pid", pid), ("message", message)] {
            assert_eq!(said(&draft, name), wanted, "{name} of {line}");
        }
    }
}

/// Time and what follows it; host, program, process, level, severity.
#[test]
fn what_stands_where_the_host_should_be_is_no_host() {
    for (rest, wanted) in [
        ("info hostd[2099656] [Originator@6876 sub=Vimsvc] x", ["–", "hostd", "2099656", "info", "–"]),
        (
            "ERROR ssoAdminServer[697:pool-2-thread-9] [OpId=5] x",
            ["–", "ssoAdminServer", "697:pool-2-thread-9", "ERROR", "–"],
        ),
        ("In(166) Hostd[2100]: x", ["–", "Hostd", "2100", "–", "info"]),
        ("Er(163) vmkernel: x", ["–", "vmkernel", "–", "–", "err"]),
        ("[tomcat-exec-25 [] INFO com.vmware.X opId=] x", ["–", "–", "–", "–", "–"]),
        ("[pool-24-thread-1] INFO opId=sps x", ["–", "–", "–", "–", "–"]),
        ("(none) prog[1]: x", ["–", "prog", "1", "–", "–"]),
        ("- prog[1]: x", ["–", "prog", "1", "–", "–"]),
        ("level=error msg=x", ["–", "–", "–", "error", "–"]),
        ("CEF:0|Vendor|Product|1|2|Name|3|a=b c", ["–", "–", "–", "–", "–"]),
        ("\"quoted\" x", ["–", "–", "–", "–", "–"]),
        ("<auth.warning> srv sshd[1]: x", ["srv", "sshd", "1", "–", "warning"]),
        ("<38> srv sshd[1]: x", ["srv", "sshd", "1", "–", "info"]),
        ("test.test.com notice apmd[14311]: x", ["test.test.com", "apmd", "14311", "notice", "–"]),
        ("srv warning: disk full", ["srv", "warning", "–", "–", "–"]),
        ("srv notice board is full", ["srv", "–", "–", "–", "–"]),
        ("information kernel: x", ["–", "kernel", "–", "information", "–"]),
        ("2001:db8::1 kernel: x", ["2001:db8::1", "kernel", "–", "–", "–"]),
        ("infoserver kernel: x", ["infoserver", "kernel", "–", "–", "–"]),
    ] {
        for time in ["2026-11-21T19:28:22.5Z", "Nov 21 19:28:22"] {
            let draft = read_one(&format!("{time} {rest}"));
            let found = ["host", "program", "pid", "level", "severity"].map(|name| said(&draft, name));
            assert_eq!(found, wanted, "{time} {rest}");
        }
    }
}

#[test]
fn refuses_what_has_no_header() {
    let zone = TimeZone::UTC;
    let when = When { arrived: Timestamp::UNIX_EPOCH, zone: &zone };
    for line in
        ["hello", "<38", "<999>x", "2026-11-21 19:20:04.001  INFO: Association Received", "Nov 41 19:28:22 x y: z"]
    {
        assert_eq!(read(line, when), Err(Misfit("no syslog header")), "{line}");
    }
}

#[test]
fn names_facility_and_severity() {
    let draft = read_one("<85>Nov 21 19:28:22 srv sshd[42]: x");
    assert_eq!((said(&draft, "facility"), said(&draft, "severity")), ("authpriv".to_owned(), "notice".to_owned()));
    assert_eq!(said(&read_one("<191>x: y"), "facility"), "local7");
}

#[test]
fn reads_structured_data_even_as_veeam_writes_it() {
    let draft = read_one(
        r#"<14>1 2023-12-08T11:49:32.498906+01:00 VBR Veeam_MP - - [origin enterpriseId="31023"] [categoryId=0 instanceId=23090 JobName="Sauvegarde \"PACS\" [nuit]" ChangesXML="<changes><object><property internal="JobOptions" v="1"></property></object></changes>" UserName="CH\adm" host="x"]"#,
    );
    for (name, wanted) in [
        ("enterpriseId", "31023"),
        ("instanceId", "23090"),
        ("JobName", "Sauvegarde \"PACS\" [nuit]"),
        ("ChangesXML", r#"<changes><object><property internal="JobOptions" v="1"></property></object></changes>"#),
        ("UserName", r"CH\adm"),
        ("host", "VBR"),
        (".host", "x"),
    ] {
        assert_eq!(said(&draft, name), wanted, "{name}");
    }
    let draft = read_one(r#"<14>1 - h a - - [id@1 x="a\]b" y=""][meta host="o"] hello"#);
    assert_eq!((said(&draft, "x"), said(&draft, "y")), ("a]b".to_owned(), String::new()));
    assert_eq!((said(&draft, "meta.host"), said(&draft, "message")), ("o".to_owned(), "hello".to_owned()));
    assert_eq!(said(&read_one("<14>1 - h a - - [broken hello"), "message"), "[broken hello");
}

/// Action, user, whether the user is known, address and port; then what sshd says. Those without a port are S7 of issue 11.
const SSH: &str = r#"
failed|medecin1|true|10.0.0.1|58080|Failed password for medecin1 from 10.0.0.1 port 58080 ssh2
failed|veeam|false|10.0.0.1|5|Failed password for invalid user veeam from 10.0.0.1 port 5 ssh2
failed|a from 9.9.9.9 port 1|false|::1|5|Failed none for invalid user a from 9.9.9.9 port 1 from ::1 port 5 ssh2
accepted|x|true|fe80::1|5|Accepted publickey for x from fe80::1 port 5 ssh2: RSA SHA256:abc
invalid_user|admin|false|10.0.0.1|5|Invalid user admin from 10.0.0.1 port 5
invalid_user|–|false|10.0.0.1|5|Invalid user  from 10.0.0.1 port 5
invalid_user|admin|false|10.0.0.1|–|Invalid user admin from 10.0.0.1
invalid_user|a from 9.9.9.9|false|2001:db8::5|–|Invalid user a from 9.9.9.9 from 2001:db8::5
invalid_user|a|false|–|–|Invalid user a from host.example
invalid_user|a from x|false|10.0.0.1|5|Invalid user a from x from 10.0.0.1 port 5
max_attempts|root|true|10.0.0.1|–|maximum authentication attempts exceeded for root from 10.0.0.1 [preauth]
closed|–|–|10.0.0.1|–|Connection closed by 10.0.0.1 [preauth]
disconnected|–|–|10.0.0.1|–|Received disconnect from 10.0.0.1: 11: Bye Bye [preauth]
no_identification|–|–|10.0.0.1|–|Did not receive identification string from 10.0.0.1
failed|bob|true|10.0.0.1|58080|message repeated 5 times: [ Failed password for bob from 10.0.0.1 port 58080 ssh2]
failed|bob|true|10.0.0.1|5|  Failed password for bob from 10.0.0.1 port 5 ssh2
closed|backup|true|10.0.0.1|5|Connection closed by authenticating user backup 10.0.0.1 port 5 [preauth]
closed|veeam|false|10.0.0.1|5|Connection closed by invalid user veeam 10.0.0.1 port 5 [preauth]
closed|–|–|10.0.0.1|5|Connection closed by 10.0.0.1 port 5 [preauth]
disconnected|x|true|10.0.0.1|5|Disconnected from user x 10.0.0.1 port 5
disconnected|–|–|10.0.0.1|5|Received disconnect from 10.0.0.1 port 5:11: disconnected by user
connection|–|–|10.0.0.1|5|Connection from 10.0.0.1 port 5 on 10.0.0.2 port 22 rdomain ""
max_attempts|root|true|10.0.0.1|5|error: maximum authentication attempts exceeded for root from 10.0.0.1 port 5 ssh2 [preauth]
not_allowed|root|–|10.0.0.1|–|User root from 10.0.0.1 not allowed because not listed in AllowUsers
pam_failure|root|–|10.0.0.1|–|pam_unix(sshd:auth): authentication failure; logname= uid=0 tty=ssh ruser= rhost=10.0.0.1  user=root
session_opened|x|–|–|–|pam_unix(sshd:session): session opened for user x(uid=1001) by (uid=0)
session_started|x|true|10.0.0.1|5|Starting session: command for x from 10.0.0.1 port 5 id 0
no_common_algorithm|–|–|10.0.0.1|5|Unable to negotiate with 10.0.0.1 port 5: no matching host key type found. Their offer: ssh-rsa
–|–|–|–|–|Server listening on 10.0.0.1 port 22.
"#;

#[test]
fn reads_who_logs_in_over_ssh() {
    for row in SSH.trim().lines() {
        let columns: Vec<&str> = row.splitn(6, '|').collect();
        let draft = read_one(&format!("Nov 21 19:28:22 srv sshd-session[42]: {}", columns[5]));
        assert_eq!(draft.logsource.service.as_deref(), Some("sshd"));
        for (name, wanted) in ["action", "user", "known_user", "src_ip", "src_port"].iter().zip(&columns) {
            assert_eq!(said(&draft, name), *wanted, "{name} of {row}");
        }
    }
}

/// Fields and their values.
type Wanted<'a> = &'a [(&'a str, &'a str)];

#[test]
fn reads_what_happens_to_accounts() {
    // Program, message, and some of the fields.
    let rows: &[(&str, &str, Wanted<'_>)] = &[
        (
            "su",
            "FAILED SU (to root) medecin1 on none",
            &[("action", "failed"), ("user", "medecin1"), ("target_user", "root"), ("tty", "–")],
        ),
        (
            "su",
            "(to medecin1) root on pts/0",
            &[("action", "accepted"), ("user", "root"), ("target_user", "medecin1"), ("tty", "pts/0")],
        ),
        (
            "sudo",
            "   alice : TTY=pts/0 ; PWD=/home/alice ; USER=root ; COMMAND=/bin/sh -c a ; b",
            &[
                ("action", "command"),
                ("user", "alice"),
                ("USER", "root"),
                ("PWD", "/home/alice"),
                ("COMMAND", "/bin/sh -c a ; b"),
            ],
        ),
        (
            "sudo",
            "bob : 3 incorrect password attempts ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/ls",
            &[("action", "failed"), ("user", "bob")],
        ),
        (
            "sudo",
            "bob : user NOT in sudoers ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/ls",
            &[("action", "not_allowed")],
        ),
        (
            "useradd",
            "new user: name=intrus, UID=1003, GID=1003, home=/home/intrus",
            &[("action", "user_added"), ("user", "intrus"), ("uid", "1003")],
        ),
        ("useradd", "new group: name=intrus, GID=1003", &[("action", "group_added"), ("group", "intrus")]),
        (
            "usermod",
            "add 'intrus' to group 'sudo'",
            &[("action", "group_joined"), ("user", "intrus"), ("group", "sudo")],
        ),
        ("usermod", "add 'intrus' to shadow group 'sudo'", &[("action", "shadow_group_joined")]),
        (
            "gpasswd",
            "user intrus added by root to group sudo",
            &[("action", "group_joined"), ("user", "intrus"), ("group", "sudo")],
        ),
        ("userdel", "delete user 'intrus'", &[("action", "user_removed"), ("user", "intrus")]),
        (
            "userdel",
            "delete 'intrus' from group 'sudo'",
            &[("action", "group_left"), ("user", "intrus"), ("group", "sudo")],
        ),
        (
            "passwd",
            "pam_unix(passwd:chauthtok): password changed for alice",
            &[("action", "password_changed"), ("user", "alice")],
        ),
    ];
    for (program, message, wanted) in rows {
        let draft = read_one(&format!("Nov 21 19:28:22 srv {program}[42]: {message}"));
        for (name, wanted) in *wanted {
            assert_eq!(said(&draft, name), *wanted, "{name} of {message}");
        }
    }
}

#[test]
fn knows_programs_by_the_names_that_rules_use() {
    for (program, service) in [
        ("CRON", Some("cron")),
        ("crond", Some("cron")),
        ("/usr/sbin/cron", Some("cron")),
        ("postfix/smtpd", Some("postfix")),
        ("sshd(pam_unix)", Some("sshd")),
        ("freshclam", Some("clamav")),
        ("%ASA-6-302013", None),
    ] {
        assert_eq!(service_of(program).as_deref(), service, "{program}");
    }
}

#[test]
fn hands_on_what_other_formats_know() {
    // Line, product, service, category, one field, its value.
    for (line, product, service, name, wanted) in [
        (
            "Nov 21 19:28:22 srv smbd_audit: alice|10.0.0.1|pc|commun|unlinkat|ok|/x/y.doc",
            "samba",
            "full_audit",
            "path",
            "/x/y.doc",
        ),
        ("Nov 21 19:28:22 srv smbd_audit: alice wrote", "linux", "smbd_audit", "message", "alice wrote"),
        (
            r#"Nov 21 19:28:22 srv smbd[1]:   {"timestamp": "2026-11-21T18:00:00+0000", "type": "Authentication", "Authentication": {"eventId": 4625}}"#,
            "samba",
            "auth_audit",
            "EventID",
            "4625",
        ),
        (
            r#"Nov 21 19:28:22 srv opencanaryd[1]: x WARNING {"logtype": 4002, "node_id": "n", "src_host": "h"}"#,
            "opencanary",
            "–",
            "src_host",
            "h",
        ),
        (r#"Nov 21 19:28:22 srv app: @cee: {"msg": "m", "n": {"a": 1}}"#, "linux", "app", "n.a", "1"),
        (
            r#"Nov 21 19:28:22 srv nginx: 10.0.0.1 - - [21/Nov/2026:19:28:23 +0000] "GET /x HTTP/1.1" 401 0 "-" "-""#,
            "–",
            "–",
            "cs-uri",
            "/x",
        ),
        (
            "Nov 21 19:28:22 srv Orthanc[1]: W1121 19:13:25.396249 a.cpp:1] Rejected association for remote AET NMAP on IP 10.0.0.1",
            "orthanc",
            "–",
            "aet",
            "NMAP",
        ),
    ] {
        let draft = read_one(line);
        let or = |text: &Option<compact_str::CompactString>| text.clone().unwrap_or_else(|| "–".into());
        assert_eq!(
            (or(&draft.logsource.product).as_str(), or(&draft.logsource.service).as_str()),
            (product, service),
            "{line}"
        );
        assert_eq!((said(&draft, name).as_str(), said(&draft, "host").as_str()), (wanted, "srv"), "{line}");
    }
}

#[test]
fn structured_data_made_to_be_slow_is_only_a_message() {
    for piece in ["a=\"v\"", "\" a", "[a]", "[a b=\"", "\\\"", "="] {
        let draft = read_one(&format!("<14>1 - h a - - [id x=\"{}", piece.repeat(20_000)));
        assert!(draft.fields.0.len() < 300, "{piece}");
    }
}

proptest! {
    #[test]
    fn keeps_any_message_in_an_envelope(message in "[^\\s{\\[@\u{feff}][^\n\r{]{0,80}") {
        for envelope in ["<38>Nov 21 19:28:22 srv app[1]: ", "Nov 21 19:28:22 srv app: ", "<38>1 2026-11-21T19:28:22Z srv app 1 - - "] {
            let draft = read_one(&format!("{envelope}{message}"));
            prop_assert_eq!(said(&draft, "program"), "app");
            prop_assert_eq!(said(&draft, "message"), message.as_str());
        }
    }

    #[test]
    fn survives_any_structured_data(data in "[\\[\\]\"\\\\= a<>/é-]{0,40}") {
        read_one(&format!("<38>1 - srv app - - {data}"));
        read_one(&format!("<38>1 - srv app - - [{data}"));
        read_one(&format!("<38>1 - srv app - - [id x=\"{data}"));
    }
}
