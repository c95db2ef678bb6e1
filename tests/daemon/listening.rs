//! What other machines send: from the sender's program to the mail of the person on call.

use std::io::Write as _;
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::process::Command;

use super::hospital::{Hospital, wait};

/// As many names as a rule calls an attack, and some more.
pub(crate) const ATTEMPTS: u32 = 8;

/// A port that nobody has.
pub(crate) fn port(kind: &str) -> u16 {
    match kind {
        "udp" => UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port(),
        _ => TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port(),
    }
}

/// The example hospital, which also listens.
pub(crate) fn listening(kind: &str) -> (Hospital, u16) {
    let (hospital, port) = (Hospital::new(), port(kind));
    let source = format!("sources:\n  reseau: {{listen: \"{kind}://127.0.0.1:{port}\", format: syslog}}\n");
    hospital.edit("vigie.yaml", "sources:\n", &source);
    (hospital, port)
}

/// A failed login as sshd says it, with the number of the attempt.
pub(crate) fn failed_login(number: u32) -> String {
    format!("Invalid user admin{number} from 203.0.113.9 port 40{number:03}")
}

/// Has the machine's own `logger` send a password attack; false, said aloud, where there is none.
fn attack_with_logger(options: &[&str], port: u16) -> bool {
    for number in 0..ATTEMPTS {
        let mut logger = Command::new("logger");
        logger.args(options).args(["-n", "127.0.0.1", "-P", &port.to_string(), "-t", "sshd", "--id=77", "-p"]);
        let Ok(status) = logger.arg("auth.info").arg(failed_login(number)).status() else {
            writeln!(std::io::stderr(), "skipped: no logger (util-linux) on this machine").expect("it can be said");
            return false;
        };
        assert!(status.success(), "logger {options:?}");
    }
    true
}

#[test]
fn a_password_attack_that_logger_sends_reaches_somebody() {
    for (kind, options) in [
        ("udp", &["-d"][..]),
        ("udp", &["-d", "--rfc3164"]),
        ("tcp", &["-T"]),
        ("tcp", &["-T", "--octet-count"]),
        ("tcp", &["-T", "--octet-count", "--rfc3164"]),
    ] {
        let (mut hospital, port) = listening(kind);
        hospital.start();
        if !attack_with_logger(options, port) {
            return;
        }
        let status = wait("all messages", || {
            let status = hospital.vigie(&["status"]).1;
            status.contains(&format!("{ATTEMPTS} lines")).then_some(status)
        });
        assert!(status.contains("reseau"), "{status}");
        wait("the alert", || hospital.vigie(&["alert", "list"]).1.contains("203.0.113.9").then_some(()));
        hospital.ledger_is_whole();
    }
}

/// How many lines were received since the start, also while nothing can be kept.
pub(crate) fn lines(hospital: &Hospital) -> u64 {
    let status = hospital.vigie(&["status", "--json"]).1;
    let status: serde_json::Value = serde_json::from_str(&status).expect("JSON");
    let sources = status["sources"].as_array().expect("a list");
    sources.iter().find(|source| source["name"] == "reseau").expect("it is there")["lines"].as_u64().expect("a number")
}

/// Sends a password attack from the attempt `from` on, one line for each message.
fn attack(port: u16, from: u32) {
    let mut sender = TcpStream::connect(("127.0.0.1", port)).expect("it listens");
    for number in from..from + ATTEMPTS {
        let line = format!("<38>Nov 30 04:00:00 srv-fic01 sshd[77]: {}\n", failed_login(number));
        sender.write_all(line.as_bytes()).expect("it listens");
    }
}

/// Whether `planted` stands anywhere below the state folder.
fn rests(hospital: &Hospital, planted: &str) -> bool {
    let mut left = vec![hospital.path("state")];
    while let Some(path) = left.pop() {
        if path.is_dir() {
            left.extend(std::fs::read_dir(path).expect("readable").flatten().map(|entry| entry.path()));
        } else if std::fs::read(path).is_ok_and(|bytes| memchr::memmem::find(&bytes, planted.as_bytes()).is_some()) {
            return true;
        }
    }
    false
}

#[test]
fn what_was_accepted_is_neither_lost_nor_doubled_when_vigie_is_killed_and_rests_unreadably() {
    let (mut hospital, port) = listening("tcp");
    hospital.start();
    let planted = "INS 269054958815780";
    let (mut sent, mut replayed) = (0, 0);
    for round in 0..6 {
        // In every other round nothing can be kept: only the spool has what came.
        let locked = (round % 2 == 0).then(|| {
            let blocker = rusqlite::Connection::open(hospital.path("state/vigie.db")).unwrap();
            blocker.execute_batch("BEGIN EXCLUSIVE").unwrap();
            blocker
        });
        attack(port, sent);
        let mut sender = TcpStream::connect(("127.0.0.1", port)).expect("it listens");
        writeln!(sender, "<13>Nov 30 04:00:00 srv-fic01 app: {planted} opened").unwrap();
        sent += ATTEMPTS;
        let wanted = replayed + u64::from(ATTEMPTS) + 1;
        wait("what was sent", || (lines(&hospital) >= wanted).then_some(()));
        assert!(!rests(&hospital, planted), "an identifier lies in the state folder");
        hospital.kill();
        replayed = if locked.is_some() { u64::from(ATTEMPTS) + 1 } else { 0 };
        drop(locked);
        hospital.start();
        wait("what was in the spool", || (lines(&hospital) >= replayed).then_some(()));
        assert_eq!(lines(&hospital), replayed, "round {round}");
    }
    let listed = hospital.vigie(&["alert", "list"]).1;
    assert!(listed.contains(&format!("×{sent} ")), "{sent}: {listed}");
    hospital.stop();
    assert!(!rests(&hospital, planted), "an identifier lies in the state folder");
    hospital.ledger_is_whole();
}

#[test]
fn a_source_is_shown_with_where_it_is_and_how_fast_it_comes() {
    let (mut hospital, port) = listening("tcp");
    hospital.start();
    attack(port, 0);
    wait("what was sent", || (lines(&hospital) == u64::from(ATTEMPTS)).then_some(()));
    let (code, out, error) = hospital.vigie(&["source", "list"]);
    assert_eq!(code, 0, "{out}{error}");
    let row = out.lines().find(|line| line.starts_with("reseau")).expect("it is listed");
    assert!(row.contains("syslog") && row.contains("lines/min") && row.contains("rules"), "{row}");
    let shown = hospital.json(&["source", "show", "reseau", "--json"]);
    assert_eq!(shown["place"], format!("tcp://127.0.0.1:{port}"));
    assert!(
        shown["rules"].as_u64().is_some_and(|rules| rules > 5) && shown["cut"] == 0 && shown["late"].is_i64(),
        "{shown}"
    );
    let (code, out, _) = hospital.vigie(&["source", "show", "reseau"]);
    assert!(
        code == 0 && out.contains(&format!("tcp://127.0.0.1:{port}")) && out.contains("armed rules look at it"),
        "{out}"
    );
    let (code, _, error) = hospital.vigie(&["source", "show", "resau"]);
    assert!(code != 0 && error.contains("reseau"), "{error}");
}
