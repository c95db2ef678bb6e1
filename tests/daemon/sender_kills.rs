//! `kill -9` on both sides of a real sender: rsyslog with a queue on its disk. What it had in its queue arrives, what vigie
//! took is not lost, and no alert comes twice.
//!
//! Two settings make the queue outlive rsyslog: it is of the type `Disk` (the usual one writes to disk only when memory is
//! full or rsyslog stops in order), and it notes its place after each message. The main queue is left out, since it is in
//! memory. What stands in a socket when vigie dies is gone whatever both do, since plain syslog over TCP has no receipts; and
//! where rsyslog dies in the middle of writing its queue, it may find less in it afterwards than it had put there.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::hospital::{Hospital, wait};
use super::kills_while_receiving::{found, planted};

/// rsyslog, which reads a log and sends it on.
struct Rsyslog {
    folder: tempfile::TempDir,
    child: Option<Child>,
    written: u64,
}

impl Rsyslog {
    fn new(port: u16) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let shown = folder.path().display();
        let settings = format!(
            "global(workDirectory=\"{shown}\")\nmain_queue(queue.type=\"Direct\")\nmodule(load=\"imfile\")\n\
             input(type=\"imfile\" File=\"{shown}/said.log\" Tag=\"app:\" PersistStateInterval=\"1\")\n\
             action(type=\"omfwd\" target=\"127.0.0.1\" port=\"{port}\" protocol=\"tcp\" TCP_Framing=\"octet-counted\"\n\
             action.resumeRetryCount=\"-1\" action.resumeInterval=\"1\" queue.type=\"Disk\" queue.filename=\"queue\"\n\
             queue.checkpointInterval=\"1\" queue.syncQueueFiles=\"on\" queue.saveOnShutdown=\"on\")\n"
        );
        std::fs::write(folder.path().join("rsyslog.conf"), settings).expect("writable");
        File::create(folder.path().join("said.log")).expect("writable");
        Self { folder, child: None, written: 0 }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// False, said aloud, where there is none.
    fn start(&mut self) -> bool {
        let mut program = Command::new("rsyslogd");
        program.arg("-n").arg("-f").arg(self.path("rsyslog.conf")).arg("-i").arg(self.path("pid"));
        self.child = program.stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok();
        if self.child.is_none() {
            writeln!(std::io::stderr(), "skipped: no rsyslogd (rsyslog) on this machine").expect("it can be said");
        }
        self.child.is_some()
    }

    fn kill(&mut self) {
        let mut child = self.child.take().expect("it runs");
        child.kill().expect("it is ours");
        child.wait().expect("it ends");
    }

    /// Has programs write lines into its log, slowly.
    fn write(&mut self, lines: u64, pause: Duration) {
        let mut log = File::options().append(true).open(self.path("said.log")).expect("it is there");
        for number in self.written..self.written + lines {
            writeln!(log, "{}", line(number)).expect("writable");
            std::thread::park_timeout(pause);
        }
        self.written += lines;
    }

    /// How many messages its queue on disk says that it holds.
    fn queued(&self) -> u64 {
        let kept = std::fs::read_to_string(self.path("queue.qi")).unwrap_or_default();
        let size = kept.lines().find_map(|line| line.strip_prefix("+iQueueSize:"));
        size.and_then(|size| size.trim_end_matches(':').rsplit(':').next()?.parse().ok()).unwrap_or_default()
    }
}

impl Drop for Rsyslog {
    fn drop(&mut self) {
        if self.child.is_some() {
            self.kill();
        }
    }
}

fn line(number: u64) -> String {
    format!("planted by a sender, line n{number}.")
}

fn arrived(hospital: &Hospital) -> BTreeSet<String> {
    found(hospital).into_keys().collect()
}

fn all_arrive(hospital: &Hospital, lines: std::ops::Range<u64>) {
    let what = format!("the lines {lines:?}");
    wait(&what, || {
        let arrived = arrived(hospital);
        lines.clone().all(|number| arrived.contains(&line(number))).then_some(())
    });
}

#[test]
fn what_rsyslog_had_in_its_queue_on_disk_arrives_whoever_is_killed() {
    let (mut hospital, port) = planted();
    hospital.edit("vigie.yaml", &format!("{port}\", format: plain"), &format!("{port}\", format: syslog"));
    let mut sender = Rsyslog::new(port);
    // Nobody listens, and it dies with a queue; then it is there again, and so is vigie.
    for _ in 0..3 {
        if !sender.start() {
            return;
        }
        let from = sender.written;
        sender.write(50, Duration::ZERO);
        wait("its queue", || (sender.queued() == 50).then_some(()));
        sender.kill();
        hospital.start();
        assert!(sender.start());
        all_arrive(&hospital, from..sender.written);
        hospital.kill();
        sender.kill();
    }
    // Either dies while the one writes and the other receives: what vigie had is there afterwards.
    hospital.start();
    assert!(sender.start());
    for round in 0..6 {
        sender.write(15, Duration::from_millis(10));
        let before = arrived(&hospital);
        if round % 2 == 0 {
            hospital.kill();
            hospital.start();
        } else {
            sender.kill();
            assert!(sender.start());
        }
        let lost: Vec<_> = before.difference(&arrived(&hospital)).cloned().collect();
        assert!(lost.is_empty(), "{lost:?}");
    }
    let from = sender.written;
    sender.write(10, Duration::ZERO);
    all_arrive(&hospital, from..sender.written);
    // After a kill rsyslog sends the message again at which it stood: the same alert.
    let twice: Vec<_> = found(&hospital).into_iter().filter(|(_, alerts)| alerts.len() > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
    hospital.ledger_is_whole();
}
