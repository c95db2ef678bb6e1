//! `kill -9` at each state of a page, reached for certain by what the relay does: every page that is owed arrives at least
//! once and at most twice, the second time marked; what was answered with "done" before is there afterwards.
//!
//! A few of each state are tried; twenty of each, as `VIGIE_KILLS=20 cargo test --test daemon kill_matrix` does, take
//! minutes.

use std::collections::BTreeMap;

use super::hospital::{Hospital, wait};

/// How often each state is tried, unless `VIGIE_KILLS` says otherwise.
const KILLS: u64 = 2;
/// How many hospitals are tried at the same time.
const AT_ONCE: usize = 4;

const RSSI: &str = "rssi@ch-valmont.example";

/// Where pages are when the daemon dies.
#[derive(Debug, Clone, Copy)]
enum State {
    /// Owed, and waiting for the rate of its channel.
    Queued,
    /// The relay is about to say this, or has just said it to a daemon that did not hear it any more.
    At { verb: &'static str, answered: bool },
    /// The relay said "later".
    PutOff,
    /// The text message lies where a modem's daemon takes it from.
    Spooled,
}

/// In the order of a letter's life. Behind `.` and unanswered: the relay has all of it and has said nothing. Answered: it
/// has accepted what is not committed here.
const STATES: [State; 9] = [
    State::Queued,
    State::At { verb: "220", answered: false },
    State::At { verb: "MAIL", answered: false },
    State::At { verb: "DATA", answered: false },
    State::At { verb: "DATA", answered: true },
    State::At { verb: ".", answered: false },
    State::At { verb: ".", answered: true },
    State::PutOff,
    State::Spooled,
];

fn kills() -> u64 {
    std::env::var("VIGIE_KILLS").map_or(KILLS, |kills| kills.parse().expect("a number"))
}

/// Something somebody was told is done.
fn done(hospital: &Hospital, arguments: &[&str]) -> String {
    let (code, out, error) = hospital.vigie(arguments);
    assert_eq!(code, 0, "{arguments:?}: {error}");
    out
}

/// The alert that an answer names.
fn raise(hospital: &Hospital, title: &str) -> String {
    let out = done(hospital, &["alert", "raise", title, "--level", "critical", "--as", "adm-garde"]);
    let number: String = out.split('A').nth(1).expect("a number").chars().take_while(char::is_ascii_digit).collect();
    format!("A{number}")
}

fn shown(hospital: &Hospital, alert: &str) -> serde_json::Value {
    hospital.json(&["alert", "show", alert, "--json"])
}

/// The pages of an alert by one channel: their numbers and states.
pub(super) fn pages(hospital: &Hospital, alert: &str, channel: &str) -> Vec<(String, String)> {
    let shown = shown(hospital, alert);
    let pages = shown["pages"].as_array().expect("a list").iter().filter(|page| page["channel"] == channel);
    pages.map(|page| (format!("P{}", page["page"]), page["state"].as_str().expect("a word").to_owned())).collect()
}

/// What was said to be done before the daemon died.
struct Before {
    alert: String,
    verdict: &'static str,
    /// Alerts that were raised.
    raised: Vec<String>,
}

impl Before {
    fn is_kept(&self, hospital: &Hospital, of: &str) {
        let shown = shown(hospital, &self.alert);
        let acks = shown["alert"]["acks"].as_array().expect("a list");
        assert_eq!(acks.len(), 1, "{of}: an acknowledgement is lost: {shown:#}");
        assert_eq!(shown["alert"]["qualified"]["verdict"], self.verdict, "{of}: {shown:#}");
        for alert in &self.raised {
            let (code, _, error) = hospital.vigie(&["alert", "show", alert]);
            assert_eq!(code, 0, "{of}: {alert} was raised: {error}");
        }
    }
}

/// Somebody raised, took and qualified an alert, with everything well.
fn before(hospital: &Hospital, seed: u64) -> Before {
    let alert = raise(hospital, "avant");
    wait("its mail", || hospital.mailbox.mails().into_iter().find(|mail| mail.to == RSSI));
    wait("the daemon to know", || {
        pages(hospital, &alert, "mail").iter().all(|(_, state)| state == "accepted").then_some(())
    });
    done(hospital, &["alert", "ack", &alert, "--as", "rssi"]);
    let verdicts = [("confirmed", "confirmed"), ("false", "false"), ("to-be-checked", "to_be_checked")];
    let (word, verdict) = verdicts[usize::try_from(seed).expect("small") % verdicts.len()];
    done(hospital, &["alert", "qualify", &alert, word, "--as", "rssi"]);
    Before { alert, verdict, raised: Vec::new() }
}

/// Brings pages to a state and kills the daemon there.
fn die_at(hospital: &mut Hospital, state: State, seed: u64, before: &mut Before) {
    let raise_some = |hospital: &Hospital, raised: &mut Vec<String>| {
        (0..=seed % 3).for_each(|number| raised.push(raise(hospital, &format!("écrans noirs {number}"))));
    };
    match state {
        State::Queued => {
            let waits =
                |hospital: &Hospital, alert: &str| pages(hospital, alert, "sms").iter().any(|(_, at)| at == "owed");
            while !before.raised.last().is_some_and(|last| waits(hospital, last)) {
                assert!(before.raised.len() < 20, "every text message leaves at once");
                before.raised.push(raise(hospital, "écrans noirs"));
            }
            hospital.kill();
        }
        State::At { verb, answered } => {
            if verb == "220" {
                // A session that is there already is not greeted again.
                hospital.stop();
                hospital.start();
            }
            let pause = hospital.mailbox.pause_before_answering(verb);
            raise_some(hospital, &mut before.raised);
            pause.reached();
            if answered {
                hospital.freeze();
                pause.answer();
            }
            hospital.kill();
            pause.ended();
        }
        State::PutOff => {
            hospital.mailbox.puts_off(true);
            raise_some(hospital, &mut before.raised);
            wait("a page that is put off", || (!hospital.entries("page.delayed").is_empty()).then_some(()));
            hospital.kill();
            hospital.mailbox.puts_off(false);
        }
        State::Spooled => {
            raise_some(hospital, &mut before.raised);
            let last = before.raised.last().expect("one at least");
            let lies = |hospital: &Hospital| pages(hospital, last, "sms").iter().any(|(_, at)| at == "spooled");
            wait("a text message in the spool", || lies(hospital).then_some(()));
            hospital.kill();
        }
    }
}

fn one_kill(state: State, seed: u64) {
    let of = format!("{state:?}, seed {seed}");
    let mut hospital = Hospital::new();
    // Whoever is to declare is nobody who is told anything else: news to one person comes one a minute.
    hospital.edit("chains.yaml", "{what: cert-sante, who: adm-garde,", "{what: cert-sante, who: com,");
    if matches!(state, State::Queued) {
        // Some of what is new leaves ahead of the rate.
        hospital.edit("vigie.yaml", "{spool: spool/sms}", "{spool: spool/sms, rate: 1/min}");
    }
    hospital.start();
    let mut before = before(&hospital, seed);
    die_at(&mut hospital, state, seed, &mut before);
    hospital.start();
    before.is_kept(&hospital, &of);
    // On a busy machine the modem is slow, which is a trouble of its own while it lasts.
    let owed = || serde_json::from_str::<serde_json::Value>(&hospital.vigie(&["status", "--json"]).1).ok();
    wait("all pages", || (owed()?["owed_pages"] == 0).then_some(()));
    judge(&hospital, &before, &of);
    hospital.ledger_is_whole();
}

/// The mails of each page: at most two, the second one marked.
pub(super) fn mails_by_page(hospital: &Hospital, of: &str) -> BTreeMap<String, Vec<String>> {
    let mut mails: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for mail in hospital.mailbox.mails() {
        let page = mail.message_id.trim_start_matches('<').split('.').next().expect("a number").to_owned();
        mails.entry(page).or_default().push(mail.text);
    }
    for (page, texts) in &mails {
        assert!(texts.len() <= 2, "{of}: {page} came {} times", texts.len());
        for repeat in &texts[1..] {
            let marked = repeat.contains("Rappel possible") || repeat.contains("Possible repeat");
            assert!(marked, "{of}: {page} came again unmarked:\n{repeat}");
        }
    }
    mails
}

/// Every page that came to its end well arrived, at most twice, the second time marked.
fn judge(hospital: &Hospital, before: &Before, of: &str) {
    let mails = mails_by_page(hospital, of);
    let files: Vec<String> = std::fs::read_dir(hospital.path("spool/sms"))
        .expect("the folder is there")
        .map(|file| file.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    for alert in before.raised.iter().chain([&before.alert]) {
        for (page, state) in pages(hospital, alert, "mail") {
            let came = mails.contains_key(&page);
            assert!(state == "accepted" && came, "{of}: {page} of {alert} is {state}, came: {came}");
        }
        for (page, state) in pages(hospital, alert, "sms") {
            let lie = files.iter().filter(|file| file.contains(&format!("_{page}-"))).count();
            let right = usize::from(state != "cancelled");
            assert_eq!(lie, right, "{of}: {page} of {alert} is {state}: {files:?}");
        }
    }
    for alert in &before.raised {
        assert!(!pages(hospital, alert, "mail").is_empty(), "{of}: nobody was told of {alert}");
    }
}

#[test]
fn a_kill_at_each_state_of_a_page_loses_nothing_and_repeats_at_most_once() {
    let kills = kills();
    let all: Vec<(State, u64)> = STATES.iter().flat_map(|state| (0..kills).map(|seed| (*state, seed))).collect();
    std::thread::scope(|scope| {
        for lane in 0..AT_ONCE {
            let mine = all.iter().skip(lane).step_by(AT_ONCE);
            scope.spawn(move || mine.for_each(|(state, seed)| one_kill(*state, *seed)));
        }
    });
}

/// What could not be kept was never called done; what was is there, whatever the disk did meanwhile.
#[test]
fn a_kill_with_a_full_disk_loses_nothing_that_was_called_done() {
    for seed in 0..kills().div_ceil(2) {
        let mut hospital = Hospital::new();
        let Some(disk) = hospital.small_disk(2048) else { return };
        hospital.start();
        let mut before = before(&hospital, seed);
        before.raised.push(raise(&hospital, "juste avant"));
        disk.fill();
        // Until nothing fits any more, some of it may.
        wait("an answer that it is not kept", || {
            let (code, out, error) = hospital.vigie(&["alert", "raise", "plein", "--as", "adm-garde"]);
            assert!(code == 0 || error.contains("NOT KEPT"), "{out}{error}");
            (code != 0).then_some(())
        });
        let (code, _, error) = hospital.vigie(&["alert", "resolve", &before.raised[0], "--as", "rssi"]);
        assert!(code == 4 && error.contains("NOT KEPT"), "{error}");
        hospital.kill();
        disk.make_room();
        hospital.start();
        before.is_kept(&hospital, "a full disk");
        hospital.ledger_is_whole();
        hospital.kill();
    }
}
