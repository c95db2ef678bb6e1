//! Senders that mean no good, and more than the machine takes: everything else is watched, and people are told.

use std::io::Write as _;
use std::net::{TcpStream, UdpSocket};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::hospital::{Hospital, sample, wait};
use super::listening::{ATTEMPTS, failed_login, listening};

/// A little less than vigie lets in.
const CROWD: u64 = 9_900;
/// Fewer are no crowd.
const FEWEST: u64 = 2_000;
/// Files of all kinds that may be open beside them.
const BESIDE: u64 = 1_500;

/// How many connections this machine allows to one process, after asking for as many as it gives.
fn allowed() -> u64 {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).ok();
    let most = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
    CROWD.min(most.saturating_sub(BESIDE))
}

/// The connections of a crowd: a third says nothing, a third half a message, a third one letter now and then.
fn crowd(port: u16, count: u64) -> Vec<TcpStream> {
    let come = |number: u64| {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("it listens");
        if number % 3 == 1 {
            stream.write_all(b"<38>Nov 30 04:00:00 srv-fic01 sshd[77]: half a mess").expect("it listens");
        }
        stream
    };
    (0..count).map(come).collect()
}

fn drip(crowd: &mut [TcpStream]) {
    crowd.iter_mut().skip(2).step_by(3).for_each(|stream| drop(stream.write_all(b"x")));
}

fn has_alert(hospital: &Hospital, words: &str) -> bool {
    hospital.vigie(&["alert", "list"]).1.contains(words)
}

#[test]
fn a_crowd_of_senders_that_say_nothing_or_half_disturbs_nobody() {
    let (mut hospital, port) = listening("tcp");
    let count = allowed();
    if count < FEWEST {
        writeln!(std::io::stderr(), "skipped: this machine allows {count} connections only").expect("it can be said");
        return;
    }
    hospital.start();
    let mut crowd = crowd(port, count);
    drip(&mut crowd);
    // A log of this machine is watched, somebody is told, questions are answered.
    hospital.append("fichiers.log", &sample("linux/samba-full_audit.log"));
    wait("the attack in a log", || has_alert(&hospital, "critical").then_some(()));
    wait("the mail about it", || hospital.mailbox.mails().pop().map(drop));
    drip(&mut crowd);
    // So is whoever has something to say.
    let mut honest = TcpStream::connect(("127.0.0.1", port)).expect("it listens");
    for number in 0..ATTEMPTS {
        let line = format!("<38>Nov 30 04:00:00 srv-fic01 sshd[77]: {}\n", failed_login(number));
        honest.write_all(line.as_bytes()).expect("it listens");
    }
    wait("the attack over the network", || has_alert(&hospital, "203.0.113.9").then_some(()));
    drip(&mut crowd);
    drop(crowd);
    // What half a message was is read when nothing more can come of it, and nothing else was lost.
    assert!(hospital.lines("reseau") >= u64::from(ATTEMPTS));
    hospital.ledger_is_whole();
}

#[test]
fn datagrams_that_the_system_threw_away_are_an_alert_of_their_own() {
    let (mut hospital, port) = listening("udp");
    hospital.start();
    hospital.freeze();
    let sender = UdpSocket::bind("127.0.0.1:0").expect("a port");
    let long = vec![b'x'; 60_000];
    for _ in 0..4_000 {
        sender.send_to(&long, ("127.0.0.1", port)).expect("it is sent");
    }
    hospital.thaw();
    wait("the alert", || has_alert(&hospital, "the source reseau loses messages").then_some(()));
    let status = hospital.vigie(&["status", "--json"]).1;
    let status: serde_json::Value = serde_json::from_str(&status).expect("JSON");
    let sources = status["sources"].as_array().expect("a list");
    let source = sources.iter().find(|source| source["name"] == "reseau").expect("it is there");
    let (dropped, lines) = (source["dropped"].as_u64().expect("a number"), source["lines"].as_u64().expect("a number"));
    assert!(dropped > 100 && dropped + lines <= 4_000, "{dropped} thrown away, {lines} read");
    let (_, story, _) = hospital.vigie(&["alert", "show", "A1"]);
    assert!(story.contains("`ss -lunp`") && story.contains("have it send over TCP"), "{story}");
    hospital.ledger_is_whole();
}
