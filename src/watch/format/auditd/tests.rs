//! Audit records in the layouts that distributions write.

use crate::base::redact::Class;
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::watch::event::Event;
use crate::watch::format::{Decoded, Decoder, Format};
use crate::watch::record::Record as _;

fn decoded(format: Format, line: &str) -> Event {
    match Decoder::new(format, TimeZone::UTC, None).decode(Timestamp::UNIX_EPOCH, line) {
        Decoded::Event(event) => event,
        other => panic!("{line}: {other:?}"),
    }
}

fn texts<'a>(event: &'a Event, name: &str) -> Vec<&'a str> {
    let text = |value: &'a Value| if let Value::Text(text) = value { Some(text.as_str()) } else { None };
    event.get(name).filter_map(text).collect()
}

#[track_caller]
fn says(event: &Event, wanted: &[(&str, &str)]) {
    assert_eq!(event.logsource.product.as_deref(), Some("linux"));
    assert_eq!(event.logsource.service.as_deref(), Some("auditd"));
    for (name, value) in wanted {
        assert_eq!(texts(event, name), [*value], "{name}");
    }
}

#[test]
fn a_call_is_read_with_and_without_names() {
    let bare = r#"type=SYSCALL msg=audit(1795289302.123:4711): arch=c000003e syscall=59 success=yes exit=0 a0=55d0 a1=40000 ppid=10 pid=11 auid=1000 uid=0 euid=33 tty=pts0 comm="id" exe="/usr/bin/id" key=(null)"#;
    let named = format!("{bare}\u{1d}ARCH=x86_64 SYSCALL=execve AUID=\"agent\" UID=\"root\"");
    for line in [bare, &named] {
        let event = decoded(Format::Auto, line);
        says(
            &event,
            &[("type", "SYSCALL"), ("SYSCALL", "execve"), ("exe", "/usr/bin/id"), ("euid", "33"), ("a1", "40000")],
        );
        assert_eq!(event.time, "2026-11-21T19:28:22.123Z".parse().unwrap());
        assert!(event.get("key").next().is_none());
        assert!(event.logsource.category.is_empty(), "the arguments are in another record");
    }
    says(&decoded(Format::Auto, &named), &[("UID", "root"), ("AUID", "agent")]);
    let arm = bare.replace("c000003e", "c00000b7").replace("syscall=59", "syscall=279");
    says(&decoded(Format::Auto, &arm), &[("SYSCALL", "memfd_create")]);
}

#[test]
fn arguments_are_decoded_and_joined() {
    let line = r#"type=EXECVE msg=audit(1795289302.123:4711): argc=4 a0="/bin/sh" a1="-c" a2=6563686F206120622063 a3_len=8 a3[0]="part" a3[1]="two""#;
    let event = decoded(Format::Auto, line);
    says(
        &event,
        &[
            ("a2", "echo a b c"),
            ("a3", "parttwo"),
            ("CommandLine", "/bin/sh -c echo a b c parttwo"),
            ("Image", "/bin/sh"),
        ],
    );
    assert_eq!(event.logsource.category, ["process_creation"]);
    let relative = decoded(Format::Auto, &line.replace("/bin/sh", "sh"));
    assert!(relative.get("Image").next().is_none(), "nobody said which sh");
}

#[test]
fn other_records_are_read() {
    let path = decoded(
        Format::Auditd,
        "node=srv7 type=PATH msg=audit(1795289302.123:4711): item=0 name=2F746D702F612062 inode=12 mode=0100644 nametype=CREATE",
    );
    says(&path, &[("node", "srv7"), ("name", "/tmp/a b"), ("mode", "0100644"), ("nametype", "CREATE")]);
    let user = decoded(
        Format::Auditd,
        r#"type=ADD_USER msg=audit(1795289302.123:4711): pid=9 uid=0 msg='op=adding user acct="intrus" exe="/usr/sbin/useradd" hostname=? res=success'"#,
    );
    says(&user, &[("type", "ADD_USER"), ("acct", "intrus"), ("exe", "/usr/sbin/useradd"), ("res", "success")]);
    let title = decoded(Format::Auditd, "type=UNKNOWN[1327] msg=audit(1795289302.123:4711): proctitle=6C73002D6C61");
    says(&title, &[("type", "PROCTITLE"), ("proctitle", "ls -la")]);
    let keys = decoded(Format::Auditd, "type=SYSCALL msg=audit(1795289302.123:4711): key=6101 62 key=610162");
    assert!(keys.get("key").any(|value| *value == Value::List(vec!["a".into(), "b".into()])));
}

#[test]
fn records_over_syslog_are_records() {
    for line in [
        r#"Nov 21 19:28:22 srv7 audispd: type=EXECVE msg=audit(1795289302.123:4711): argc=1 a0="id""#,
        r#"<85>Nov 21 19:28:22 srv7 audispd[12]: node=srv7 type=EXECVE msg=audit(1795289302.123:4711): argc=1 a0="id""#,
        r#"Nov 21 19:28:22 srv7 kernel: [   12.345678] audit: type=1309 audit(1795289302.123:4711): argc=1 a0="id""#,
    ] {
        for format in [Format::Auto, Format::Syslog, Format::Auditd] {
            let event = decoded(format, line);
            says(&event, &[("type", "EXECVE"), ("CommandLine", "id"), ("host", "srv7")]);
            assert_eq!(event.time, "2026-11-21T19:28:22.123Z".parse().unwrap(), "{line}");
        }
    }
}

#[test]
fn what_is_hidden_in_digits_is_still_private() {
    let shown = |event: &Event, name| {
        let shown = texts(event, name).into_iter().map(|text| event.show(Class::Open, text).into_owned());
        shown.collect::<Vec<String>>()
    };
    let typed =
        decoded(Format::Auditd, "type=TTY msg=audit(1795289302.123:4711): tty pid=1 data=6D6F74206465207061737365");
    says(&typed, &[("data", "mot de passe")]);
    assert_eq!(shown(&typed, "data"), ["[…]"]);
    assert!(!typed.show(Class::Open, &typed.text).contains("6D6F74"), "{typed:?}");
    // mysql --password=abc123
    let hex = "6D7973716C002D2D70617373776F72643D616263313233";
    let title = decoded(Format::Auditd, &format!("type=PROCTITLE msg=audit(1795289302.123:4711): proctitle={hex}"));
    says(&title, &[("proctitle", "mysql --password=abc123")]);
    assert_eq!(shown(&title, "proctitle"), ["mysql --password=[…]"]);
    assert!(!title.show(Class::Open, &title.text).contains(hex), "{title:?}");
}

#[test]
fn laurel_says_all_of_an_event_at_once() {
    let line = r#"{"ID":"1795289302.123:4711","NODE":"srv7","SYSCALL":{"arch":"0xc000003e","syscall":59,"success":"yes","ppid":10,"pid":11,"comm":"sh","exe":"/usr/bin/dash","key":"exec","SYSCALL":"execve","UID":"root","PPID":{"comm":"sshd","exe":"/usr/sbin/sshd"}},"EXECVE":{"argc":3,"ARGV":["sh","-c","id"]},"CWD":{"cwd":"/root"},"PATH":[{"item":0,"name":"/bin/sh","nametype":"NORMAL"},{"item":1,"name":"/lib64/ld.so","nametype":"NORMAL"}]}"#;
    let event = decoded(Format::Auto, line);
    says(
        &event,
        &[
            ("SYSCALL", "execve"),
            ("a2", "id"),
            ("Image", "/usr/bin/dash"),
            ("ParentImage", "/usr/sbin/sshd"),
            ("CommandLine", "sh -c id"),
            ("CurrentDirectory", "/root"),
            ("User", "root"),
            ("key", "exec"),
        ],
    );
    assert_eq!(texts(&event, "type"), ["SYSCALL", "EXECVE", "CWD", "PATH"]);
    assert_eq!(texts(&event, "name"), ["/bin/sh", "/lib64/ld.so"]);
    assert_eq!(event.logsource.category, ["process_creation"]);
    assert_eq!(event.time, "2026-11-21T19:28:22.123Z".parse().unwrap());
    let other = decoded(Format::Auto, r#"{"ID":"1795289302.123:4711","name":"x"}"#);
    assert_eq!(other.logsource.product, None);
}

#[test]
fn other_lines_are_refused() {
    for line in [
        "",
        "type=SYSCALL",
        "type=SYSCALL msg=hello",
        "type=SYSCALL msg=audit(x): a=b",
        "Nov 21 19:28:22 srv7 sshd[1]: Server listening",
    ] {
        let refused = Decoder::new(Format::Auditd, TimeZone::UTC, None).decode(Timestamp::UNIX_EPOCH, line);
        assert!(!matches!(refused, Decoded::Event(_)), "{line}");
    }
}

proptest! {
    #[test]
    fn any_record_is_survived(rest in ".{0,200}", kind in "[A-Z]{2,8}") {
        let event = decoded(Format::Auditd, &format!("type={kind} msg=audit(1795289302.123:1): {rest}"));
        prop_assert!(event.get("type").next().is_some());
    }
}
