//! The clock of the machine is moved while vigie runs: deadlines are met by the time that passes.

use std::io::Write as _;
use std::time::{Duration, Instant};

use super::hospital::{Hospital, wait};

const LIBRARY: [&str; 2] =
    ["/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"];

#[test]
#[expect(clippy::disallowed_methods, reason = "measures another process")]
fn ten_seconds_are_ten_seconds_while_the_clock_steps() {
    let Some(library) = LIBRARY.into_iter().find(|path| std::fs::exists(path).is_ok_and(|there| there)) else {
        return writeln!(std::io::stderr(), "skipped: faketime is not installed").expect("it can be written");
    };
    let mut hospital = Hospital::new();
    let way = "by: mail + sms, if_undelivered: papier, answer_within: 10m";
    hospital.edit("chains.yaml", &format!("rssi,          {way}"), "rssi, by: mail, answer_within: 10s");
    hospital.edit("chains.yaml", &format!("dsi-astreinte, {way}"), "dr-morel, by: mail, answer_within: 1h");
    let offset = hospital.path("offset");
    let step = |seconds: i64| {
        // A file that is half written says nothing.
        std::fs::write(offset.with_extension("new"), format!("{seconds:+}\n")).unwrap();
        std::fs::rename(offset.with_extension("new"), &offset).unwrap();
    };
    step(0);
    hospital.start_with(&[
        ("LD_PRELOAD", library),
        ("FAKETIME_TIMESTAMP_FILE", offset.to_str().unwrap()),
        ("FAKETIME_NO_CACHE", "1"),
        ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
        ("DONT_FAKE_MONOTONIC", "1"),
    ]);
    let (code, _, error) = hospital.vigie(&["alert", "raise", "black screens", "--level", "critical", "--as", "com"]);
    assert_eq!(code, 0, "{error}");
    let told = |who: &str| hospital.mailbox.mails().iter().any(|mail| mail.to.starts_with(who)).then_some(());
    wait("the first mail", || told("rssi@"));
    let start = Instant::now();
    // An hour forward, and from there back in steps of four seconds.
    for steps in 0..=8 {
        step(3_600 - 4 * steps);
        let moved = usize::try_from(steps).unwrap() + 1;
        wait("the word in the ledger", || {
            let all = hospital.entries("clock.set_back").len() + hospital.entries("clock.set_forward").len();
            (all == moved).then_some(())
        });
        if start.elapsed() < Duration::from_secs(9) {
            assert_eq!(told("p.morel@"), None, "after {:?}", start.elapsed());
        }
    }
    wait("the second mail", || told("p.morel@"));
    let took = start.elapsed();
    assert!((Duration::from_secs(8)..Duration::from_secs(16)).contains(&took), "{took:?}");
    let open = hospital.json(&["alert", "list", "--json"]);
    assert!(open.as_array().unwrap().iter().any(|alert| alert["ailing"] == "clock"), "{open}");
    hospital.ledger_is_whole();
}
