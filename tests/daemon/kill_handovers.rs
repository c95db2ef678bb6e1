//! `kill -9` around a hand-over, a duty that is given and a qualification: nothing of it is forgotten, nothing happens twice.
//!
//! A few moments are tried; fifty and more are `VIGIE_HOSPITALS=9 cargo test --test daemon kill_handovers`.

use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use super::hospital::{Hospital, wait};
use super::kill_matrix::{mails_by_page, pages};
use super::kills_while_receiving::Dice;

/// How many hospitals are tried, each at six moments, unless `VIGIE_HOSPITALS` says otherwise.
const HOSPITALS: u64 = 2;
/// How many of them at the same time: each waits for a minute to be full.
const AT_ONCE: usize = 4;
/// So long the question is open before the hand-over, at least.
const BEFORE: Duration = Duration::from_secs(15);

/// How long after 1970 it is.
fn now() -> Duration {
    SystemTime::UNIX_EPOCH.elapsed().expect("it is later")
}

/// The next full minute for which there is time enough, also as a site writes it.
fn next_minute() -> (Duration, String) {
    let seconds = ((now() + BEFORE).as_secs() / 60 + 1) * 60;
    let at = jiff::Timestamp::from_second(i64::try_from(seconds).expect("soon")).expect("an instant");
    (Duration::from_secs(seconds), at.strftime("%Y-%m-%d %H:%M").to_string())
}

/// A hospital in which Mme Nunez takes over from M. Leroy at that minute.
fn before_a_handover(minute: &str) -> Hospital {
    let hospital = Hospital::new();
    let steps = "      - {notify: rssi,          by: mail + sms, if_undelivered: papier, answer_within: 10m}\n      - {notify: dsi-astreinte, by: mail + sms, if_undelivered: papier, answer_within: 10m}\n";
    let turned = "      - {notify: dsi-astreinte, by: mail, if_undelivered: papier, answer_within: 10m}\n";
    hospital.edit("chains.yaml", steps, turned);
    let cover = format!("zone: UTC, overrides: [{{from: {minute}, to: 2099-01-01, who: c-nunez}}], else: rssi");
    hospital.edit("people.yaml", "else: rssi", &cover);
    hospital
}

/// A command that is under way while the daemon dies.
fn under_way(hospital: &Hospital, arguments: &[&str]) -> Child {
    let mut vigie = Command::new(env!("CARGO_BIN_EXE_vigie"));
    vigie.args(arguments).arg("--site").arg(hospital.path("")).env("LC_ALL", "en_US.UTF-8");
    vigie.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("vigie starts")
}

/// Kills the daemon while a command is answered; whether the command said that it is done.
fn killed_under(hospital: &mut Hospital, arguments: &[&str], dice: &mut Dice) -> bool {
    let mut command = under_way(hospital, arguments);
    sleep(Duration::from_micros(dice.below(40_000)));
    hospital.kill();
    let is_done = command.wait().expect("it ends").success();
    hospital.start();
    is_done
}

fn one_hospital(seed: u64) {
    let of = format!("seed {seed}");
    let mut dice = Dice(seed);
    let (handover, minute) = next_minute();
    let mut hospital = before_a_handover(&minute);
    hospital.start();
    let raise = ["alert", "raise", "écrans noirs", "--level", "critical", "--as", "adm-garde"];
    // Whether it was raised without an answer or not, there is one, or it is raised anew.
    let said = killed_under(&mut hospital, &raise, &mut dice);
    let raised = || hospital.entries("alert.raised").len();
    assert!(!said || raised() == 1, "{of}: what was said to be raised is there");
    if raised() == 0 {
        assert_eq!(hospital.vigie(&raise).0, 0, "{of}");
    }
    // What died before it was kept may have used up a number.
    let alert = hospital.entries("alert.raised")[0]["body"]["alert"].as_str().expect("a number").to_owned();
    let mut kept = Vec::new();
    for number in 0..2 {
        let note = format!("vu {number}");
        let qualify = ["alert", "qualify", &alert, "to-be-checked", "--note", &note, "--as", "rssi"];
        if killed_under(&mut hospital, &qualify, &mut dice) {
            kept.push(note);
        }
    }
    // Just before the hand-over, in it, and soon behind it.
    let early = Duration::from_millis(dice.below(60));
    sleep(handover.saturating_sub(now() + early));
    for _ in 0..3 {
        sleep(Duration::from_millis(dice.below(150)));
        hospital.kill();
        hospital.start();
    }
    wait("the hand-over", || hospital.entries("chain.relieved").pop());
    let owed = || serde_json::from_str::<serde_json::Value>(&hospital.vigie(&["status", "--json"]).1).ok();
    wait("all pages", || (owed()?["owed_pages"] == 0).then_some(()));
    judge(&hospital, &alert, &kept, &of);
    hospital.ledger_is_whole();
}

fn judge(hospital: &Hospital, alert: &str, kept: &[String], of: &str) {
    let relieved = hospital.entries("chain.relieved");
    assert_eq!(relieved.len(), 1, "{of}: {relieved:?}");
    assert!(relieved[0]["body"]["of"] == "b-leroy" && relieved[0]["body"]["by"] == "c-nunez", "{of}: {relieved:?}");
    let given = hospital.entries("duty.given");
    assert_eq!(given.len(), 1, "{of}: a duty is given once: {given:?}");
    let qualified = hospital.entries("alert.qualified");
    for note in kept {
        let times = qualified.iter().filter(|entry| entry["body"]["said"]["note"] == **note).count();
        assert_eq!(times, 1, "{of}: {note} was said to be kept: {qualified:?}");
    }
    assert!(qualified.len() <= 2, "{of}: {qualified:?}");
    // Everybody who was to hear of it did: each page once, or a second time marked.
    let mails = mails_by_page(hospital, of);
    let owed = hospital.entries("page.owed");
    for (person, why) in [("b-leroy", "the question"), ("c-nunez", "the question"), ("adm-garde", "the duty")] {
        let of_them: Vec<_> = owed.iter().filter(|entry| entry["body"]["to"] == person).collect();
        assert!(!of_them.is_empty(), "{of}: {person} was told of {why}");
    }
    for (page, state) in pages(hospital, alert, "mail") {
        assert!(state == "accepted" && mails.contains_key(&page), "{of}: {page} is {state}");
    }
    let purposes: std::collections::BTreeSet<String> =
        owed.iter().map(|entry| entry["body"]["for"].to_string()).collect();
    assert_eq!(purposes.len(), owed.len(), "{of}: each page is owed once: {owed:?}");
}

#[test]
fn kills_around_a_handover_a_duty_and_a_qualification_forget_nothing_and_give_nothing_twice() {
    let hospitals = std::env::var("VIGIE_HOSPITALS").map_or(HOSPITALS, |many| many.parse().expect("a number"));
    std::thread::scope(|scope| {
        for lane in 0..AT_ONCE {
            let mine = (0..hospitals).skip(lane).step_by(AT_ONCE);
            scope.spawn(move || mine.for_each(one_hospital));
        }
    });
}
