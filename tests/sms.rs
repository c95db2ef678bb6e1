//! Text messages through gammu-smsd, the daemon of Debian's package of the same name, with its pretended modem.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use vigie::alert::channel::{Channel, Receipt, Settings, sms};
use vigie::alert::page::{Address, AllowList, Draft, Letter, Medium, Page, Recipient};
use vigie::base::id::{DrillId, PageId};
use vigie::base::language::Language;
use vigie::base::realm::{Drill, Live};

/// The daemon, sending what it finds in `outbox` under one folder.
struct Daemon {
    process: Child,
    says: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Daemon {
    /// Nothing, and a loud line, where the daemon is not installed.
    fn start(folder: &Path) -> Option<Self> {
        for name in ["inbox", "outbox", "sent", "error", "phone"] {
            std::fs::create_dir_all(folder.join(name)).expect("a folder");
        }
        let here = folder.display();
        let settings = format!(
            "[gammu]\nmodel = dummy\nconnection = none\nport = {here}/phone\ngammuloc = /dev/null\n\
             [smsd]\nservice = files\nlogfile = stdout\ndebuglevel = 1\nloopsleep = 1\ncommtimeout = 1\nstatusfrequency = 0\n\
             inboxpath = {here}/inbox/\noutboxpath = {here}/outbox/\nsentsmspath = {here}/sent/\n\
             errorsmspath = {here}/error/\n"
        );
        std::fs::write(folder.join("rc"), settings).expect("a file");
        let started = Command::new("gammu-smsd")
            .arg("-c")
            .arg(folder.join("rc"))
            .env("LC_ALL", "C.UTF-8")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let Ok(mut process) = started else {
            skipped("gammu-smsd is not installed (apt-get install gammu-smsd)");
            return None;
        };
        let says = BufReader::new(process.stdout.take().expect("it was piped")).lines();
        Some(Self { process, says })
    }

    /// What the daemon says up to and with the line that contains `end`.
    fn until(&mut self, end: &str) -> String {
        let mut said = String::new();
        for line in &mut self.says {
            let line = line.expect("text");
            said.push_str(&line);
            said.push('\n');
            if line.contains(end) {
                return said;
            }
        }
        panic!("the daemon ended without {end:?}: {said}");
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

const NUMBER: &str = "+33600000001";

fn written() -> jiff::Zoned {
    let now: Timestamp = "2026-11-21T19:31:05Z".parse().expect("an instant");
    now.to_zoned(TimeZone::get("Europe/Paris").expect("a zone of the database"))
}

fn draft(short: &str) -> Draft {
    Draft::new(Language::Fr, "sujet", "corps", short)
}

fn live_letter(short: &str) -> Letter {
    let address = Address::Sms(NUMBER.to_owned());
    Page::<Live>::new(
        PageId(12),
        written(),
        Recipient { person: "rssi".into(), channel: "sms".into(), address },
        draft(short),
    )
    .letter()
}

fn drill_letter(short: &str) -> Letter {
    let mut allow = AllowList::nobody();
    allow.allow("sms".into(), Medium::Sms);
    allow.list("rssi".into(), Address::Sms(NUMBER.to_owned()));
    let admitted = allow.admit(&"rssi".into(), &"sms".into(), Medium::Sms).expect("listed");
    Page::<Drill>::new(PageId(13), written(), DrillId(1), admitted, draft(short)).letter()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("the folder");
    entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("text")).collect()
}

fn open(folder: &Path) -> Channel {
    let settings = sms::Settings::beside(folder.join("outbox"));
    Channel::open(&Settings::Sms(settings)).expect("right settings")
}

#[tokio::test]
async fn the_daemon_of_a_modem_takes_and_sends_what_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut daemon) = Daemon::start(folder.path()) else { return };
    let channel = open(folder.path());

    let letter = live_letter("A12 élevé: \"tout\" à l'île [srv-01] 5€ - vigie alert ack A12 --as rssi");
    assert!(matches!(channel.send(&letter).await, Receipt::Spooled { .. }));
    let said = daemon.until("Transmitted");
    // One message, in the alphabet that holds 160 characters (coding 3), and not one character changed.
    assert!(said.contains(&format!("Found 1 sms to \"{NUMBER}\" with text \"{}\" cod 3", letter.short())), "{said}");
    assert!(said.contains(&format!("(total: 1) to {NUMBER}")), "{said}");

    let long = "é[€]".repeat(100);
    let letter = drill_letter(&long);
    assert!(matches!(channel.send(&letter).await, Receipt::Spooled { .. }));
    let said = daemon.until("Transmitted");
    assert!(said.contains("Found 1 sms") && said.contains("\"EXERCICE é[€]é[€]"), "{said}");
    assert!(said.contains("... EXERCICE\" cod 3"), "{said}");

    daemon.until("Renamed");
    assert_eq!((names(&folder.path().join("outbox")).len(), names(&folder.path().join("sent")).len()), (0, 2));
    // Now it is taken, and a vigie that was not told does not have it sent again.
    for receipt in [channel.look(&letter).await, channel.send(&letter).await] {
        let Receipt::Accepted { proof } = receipt else { panic!("{receipt:?}") };
        assert!(proof.get(Language::En).contains("sent by the modem"), "{proof:?}");
    }
    assert!(names(&folder.path().join("outbox")).is_empty());
}

#[tokio::test]
async fn a_message_is_where_the_daemon_of_a_modem_moved_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = |name: &str| folder.path().join(name);
    std::fs::create_dir(place("outbox")).expect("a folder");
    let (channel, letter) = (open(folder.path()), live_letter("A12"));
    assert!(matches!(channel.send(&letter).await, Receipt::Spooled { .. }));
    assert!(matches!(channel.look(&letter).await, Receipt::Spooled { .. }), "nobody took it");
    let name = names(&place("outbox")).remove(0);
    for (moved, outcome) in [("error", "refused"), ("sent", "sent by the modem")] {
        std::fs::create_dir(place(moved)).expect("a folder");
        std::fs::rename(place("outbox").join(&name), place(moved).join(&name)).expect("it can be moved");
        let receipt = channel.look(&letter).await;
        let (("error", Receipt::Refused { reason: said }) | ("sent", Receipt::Accepted { proof: said })) =
            (moved, &receipt)
        else {
            panic!("{moved}: {receipt:?}")
        };
        assert!(said.get(Language::En).contains(outcome), "{said:?}");
        std::fs::rename(place(moved).join(&name), place("outbox").join(&name)).expect("it can be moved");
    }
    std::fs::remove_file(place("outbox").join(&name)).expect("it is there");
    let Receipt::Accepted { proof } = channel.look(&letter).await else {
        panic!("all that can be known is that it left")
    };
    assert!(proof.get(Language::En).contains("nothing says whether it was sent"), "{proof:?}");
}

/// Says that a test looked at nothing. Past the test runner, which keeps to itself what a passing test prints.
fn skipped(why: &str) {
    use std::io::Write as _;
    writeln!(std::io::stderr(), "skipped: {why}").expect("standard error can be written");
}
