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

#[tokio::test]
async fn the_daemon_of_a_modem_takes_and_sends_what_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut daemon) = Daemon::start(folder.path()) else { return };
    let settings = sms::Settings { spool: folder.path().join("outbox"), rate: None };
    let channel = Channel::open(&Settings::Sms(settings)).expect("right settings");

    let letter = live_letter("A12 élevé: \"tout\" à l'île [srv-01] 5€ - vigie alert ack A12 --as rssi");
    assert!(matches!(channel.send(&letter).await, Receipt::Accepted { .. }));
    let said = daemon.until("Transmitted");
    // One message, in the alphabet that holds 160 characters (coding 3), and not one character changed.
    assert!(said.contains(&format!("Found 1 sms to \"{NUMBER}\" with text \"{}\" cod 3", letter.short())), "{said}");
    assert!(said.contains(&format!("(total: 1) to {NUMBER}")), "{said}");

    let long = "é[€]".repeat(100);
    let letter = drill_letter(&long);
    assert!(matches!(channel.send(&letter).await, Receipt::Accepted { .. }));
    let said = daemon.until("Transmitted");
    assert!(said.contains("Found 1 sms") && said.contains("\"EXERCICE é[€]é[€]"), "{said}");
    assert!(said.contains("... EXERCICE\" cod 3"), "{said}");

    daemon.until("Renamed");
    assert_eq!((names(&folder.path().join("outbox")).len(), names(&folder.path().join("sent")).len()), (0, 2));
}

/// Says that a test looked at nothing. Past the test runner, which keeps to itself what a passing test prints.
fn skipped(why: &str) {
    use std::io::Write as _;
    writeln!(std::io::stderr(), "skipped: {why}").expect("standard error can be written");
}
