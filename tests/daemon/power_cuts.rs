//! Power cuts: what a disk held at one moment is all that is left, of the logs as of vigie's own state.
//!
//! The site lies on an ext4 file system in a file. What programs wrote and the system has not put on that "disk" yet stands
//! only in memory, so a copy of the file is what a power cut would leave. While it is made, writer and vigie stand still,
//! and it is made again until two copies agree: no block of it is younger than another.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::hospital::wait;
use super::kills_while_receiving::{Dice, found, planted};

/// How many cuts.
const CUTS: u64 = 12;

/// A disk in a file, mounted in a site.
struct Disk {
    image: PathBuf,
    folder: PathBuf,
}

fn is_done(program: &str, arguments: &[&str]) -> bool {
    Command::new(program).args(arguments).output().is_ok_and(|done| done.status.success())
}

impl Disk {
    /// Nothing, said aloud, where this machine has no such disks.
    fn mounted_at(folder: PathBuf) -> Option<Self> {
        std::fs::create_dir_all(&folder).expect("writable");
        let image = folder.with_extension("image");
        File::create(&image).expect("writable").set_len(32 * 1024 * 1024).expect("room");
        let disk = Self { image, folder };
        let made = is_done("mkfs.ext4", &["-q", "-F", &disk.image.to_string_lossy()]);
        if made && disk.mount() {
            return Some(disk);
        }
        writeln!(std::io::stderr(), "skipped: only root can mount a disk in a file, with mkfs.ext4")
            .expect("it can be said");
        None
    }

    /// What the system keeps back of a log is written with whatever is written next, or after a second.
    fn mount(&self) -> bool {
        is_done(
            "mount",
            &["-o", "loop,commit=1,nodelalloc", &self.image.to_string_lossy(), &self.folder.to_string_lossy()],
        )
    }

    /// What it holds at this moment and nothing else.
    fn copy(&self) -> Vec<u8> {
        let read = || std::fs::read(&self.image).expect("it is there");
        let mut copy = read();
        wait("the system to write nothing", || {
            let next = read();
            (std::mem::replace(&mut copy, next) == copy).then_some(())
        });
        copy
    }

    /// Goes on with what it held then.
    fn come_back_with(&self, copy: &[u8]) {
        assert!(is_done("umount", &[&self.folder.to_string_lossy()]), "it can be unmounted");
        std::fs::write(&self.image, copy).expect("room");
        assert!(self.mount(), "it can be mounted");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        is_done("umount", &["-l", &self.folder.to_string_lossy()]);
    }
}

/// Writes a line for a while as programs do that leave it to the system when it is put on the disk.
fn write_for_a_while(log: &Path, next: &mut u64, dice: &mut Dice) {
    for _ in 0..10 + dice.below(60) {
        let mut file = File::options().create(true).append(true).open(log).expect("writable");
        writeln!(file, "planted in a log, line w{next}, {}", "x".repeat(80)).expect("writable");
        *next += 1;
        std::thread::park_timeout(Duration::from_millis(dice.below(30)));
        if dice.below(40) == 0 {
            let turn = format!("{}-{next:08}", log.display());
            std::fs::rename(log, turn).expect("it is there");
        }
    }
}

/// The lines that stand in the log and in what it was rotated to.
fn standing(folder: &Path) -> BTreeSet<String> {
    let files = std::fs::read_dir(folder).expect("it is there").flatten();
    let text: Vec<Vec<u8>> = files.map(|entry| std::fs::read(entry.path()).expect("readable")).collect();
    // A file can end in a hole, or in the middle of a line.
    let text = String::from_utf8_lossy(&text.concat()).replace('\0', "\n");
    text.lines().filter(|line| line.starts_with("planted") && line.ends_with("xx")).map(str::to_owned).collect()
}

#[test]
fn power_cuts_lose_no_line_that_is_left_and_raise_no_alert_twice() {
    let (mut hospital, _) = planted();
    let Some(disk) = Disk::mounted_at(hospital.path("disk")) else { return };
    hospital.edit("vigie.yaml", "state: state\n", "state: disk/state\n");
    hospital.edit("vigie.yaml", "follow: logs/copied.log", "follow: disk/logs/app.log");
    let log = hospital.path("disk/logs/app.log");
    std::fs::create_dir_all(hospital.path("disk/logs")).expect("writable");
    File::create(&log).expect("writable").sync_all().expect("writable");
    let (mut dice, mut next, mut shorter) = (Dice(7), 0, 0);
    for _ in 0..CUTS {
        hospital.start();
        write_for_a_while(&log, &mut next, &mut dice);
        hospital.freeze();
        let before = standing(log.parent().expect("a folder"));
        let copy = disk.copy();
        hospital.kill();
        disk.come_back_with(&copy);
        shorter += before.len() - standing(log.parent().expect("a folder")).len();
    }
    hospital.start();
    let left = standing(log.parent().expect("a folder"));
    wait("every line that is left", || {
        let found = found(&hospital);
        left.iter().all(|line| found.contains_key(line)).then_some(())
    });
    let twice: Vec<_> = found(&hospital).into_iter().filter(|(_, alerts)| alerts.len() > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
    for kind in ["store.set_aside", "store.gone", "store.rows"] {
        assert!(hospital.entries(kind).is_empty(), "{kind}: what was kept is whole");
    }
    hospital.ledger_is_whole();
    assert!(left.len() > 50, "next to nothing is left");
    writeln!(
        std::io::stderr(),
        "{CUTS} power cuts: {next} lines written, {shorter} gone from the log itself; of those left 0 lost; 0 second alerts"
    )
    .expect("it can be said");
    hospital.kill();
}
