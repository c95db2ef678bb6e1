//! Mail to relays: a real one (aiosmtpd, from Debian's `python3-aiosmtpd`) for what works, and one that follows a
//! script for what goes wrong.

mod injection;
mod relay;
mod script;

use std::net::TcpListener;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use vigie::alert::channel::mail::{Server, Settings as MailSettings, Timeouts, Tls};
use vigie::alert::channel::{Channel, Receipt, SecretPlace, Settings};
use vigie::alert::page::{Address, AllowList, Draft, Letter, Medium, Page, Recipient};
use vigie::base::id::{DrillId, PageId};
use vigie::base::language::{Language, Text};
use vigie::base::realm::{Drill, Live};

use relay::{Certificates, Relay};
use script::{Does, Scripted};

const RSSI: &str = "rssi@ch-valmont.example";

fn settings(port: u16, tls: Tls) -> MailSettings {
    MailSettings {
        smtp: Server { host: "localhost".to_owned(), port },
        tls,
        ca: None,
        from: "Vigie du CH <vigie@ch-valmont.example>".to_owned(),
        username: None,
        password: None,
        token: None,
        hello: None,
        timeouts: Timeouts { connect: Duration::from_secs(5), ..Timeouts::of(Duration::from_secs(20)) },
    }
}

fn open(settings: MailSettings) -> Channel {
    Channel::open(&Settings::Mail(settings)).expect("right settings")
}

fn written() -> jiff::Zoned {
    let now: Timestamp = "2026-11-21T19:31:05Z".parse().expect("an instant");
    now.to_zoned(TimeZone::get("Europe/Paris").expect("a zone of the database"))
}

fn draft() -> Draft {
    let body = "Été : « tout est chiffré »\n.une ligne qui commence par un point\n.\nFrom ici\nfin";
    Draft::new(Language::Fr, "[critique] CH de Valmont - Renommage massif à l’imagerie (A12)", body, "court")
}

fn live(to: &str) -> Page<Live> {
    let address = Address::Mail(to.to_owned());
    Page::<Live>::new(
        PageId(12),
        written(),
        Recipient { person: "rssi".into(), channel: "mail".into(), address },
        draft(),
    )
}

fn letter(to: &str) -> Letter {
    live(to).letter()
}

fn drill_letter() -> Letter {
    let mut allow = AllowList::nobody();
    allow.allow("mail".into(), Medium::Mail);
    allow.list("rssi".into(), Address::Mail("rssi+exercice@ch-valmont.example".to_owned()));
    let admitted = allow.admit(&"rssi".into(), &"mail".into(), Medium::Mail).expect("listed");
    Page::<Drill>::new(PageId(13), written(), DrillId(1), admitted, draft()).letter()
}

#[track_caller]
fn assert_accepted(receipt: &Receipt) {
    assert!(matches!(receipt, Receipt::Accepted { .. }), "{receipt:?}");
}

/// Checks that a letter was surely not taken and can be sent again; gives the reason.
#[track_caller]
fn retry(receipt: Receipt) -> String {
    match receipt {
        Receipt::Retry { reason, ambiguous: false } => reason.get(Language::En).to_owned(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_letter_arrives_whole_through_a_real_relay_with_starttls() {
    let Some(own) = Certificates::make() else { return };
    let Some(mut relay) = Relay::start("starttls", Some(&own)) else { return };
    let channel = open(MailSettings { ca: Some(own.ca.clone()), ..settings(relay.port, Tls::Required) });
    let letter = letter(RSSI);
    let proof = "250 2.0.0 Ok: queued as 4XyZ1";
    assert_eq!(channel.send(&letter).await, Receipt::Accepted { proof: Text::quoted(proof) });
    let message = relay.message();
    assert_eq!(message["from"], "vigie@ch-valmont.example");
    assert_eq!(message["to"], serde_json::json!([RSSI]));
    assert_eq!(message["encrypted"], true);
    assert_eq!(message["ascii"], true, "old relays break anything else");
    assert_eq!(message["type"], "text/plain utf-8");
    assert_eq!(message["body"].as_str().expect("text").replace("\r\n", "\n").trim_end(), letter.body());
    let header = |name: &str| message["headers"][name].as_str().unwrap_or_default().to_owned();
    assert_eq!(header("Subject"), letter.subject());
    assert_eq!(header("Message-ID"), format!("<{}@ch-valmont.example>", letter.message_id()));
    assert_eq!(header("Date"), "Sat, 21 Nov 2026 19:31:05 +0000");
    assert_eq!(header("Auto-Submitted"), "auto-generated");
    assert_eq!(header("X-Priority"), "1");
    assert_eq!(header("To"), RSSI);
    assert_eq!(header("MIME-Version"), "1.0");
}

#[tokio::test]
async fn an_exercise_arrives_with_its_marking_and_a_repetition_with_the_same_name() {
    let Some(mut relay) = Relay::start("plain", None) else { return };
    let channel = open(settings(relay.port, Tls::None));
    let page = live(RSSI);
    for letter in [drill_letter(), page.letter(), page.letter_again()] {
        assert_accepted(&channel.send(&letter).await);
    }
    let (drill, first, again) = (relay.message(), relay.message(), relay.message());
    for text in [&drill["headers"]["Subject"], &drill["body"]] {
        let text = text.as_str().expect("text").trim_end();
        assert!(text.starts_with("EXERCICE") && text.ends_with("EXERCICE"), "{text}");
    }
    assert_eq!(drill["to"], serde_json::json!(["rssi+exercice@ch-valmont.example"]));
    assert_eq!(first["headers"]["Message-ID"], again["headers"]["Message-ID"]);
    assert!(again["headers"]["Subject"].as_str().expect("text").starts_with("[rappel possible] "));
    assert_eq!(drill["peer"], again["peer"], "one connection carries several messages");
}

#[tokio::test]
async fn encryption_from_the_first_byte_and_a_login_work() {
    let Some(own) = Certificates::make() else { return };
    let Some(mut relay) = Relay::start("wrapped", Some(&own)) else { return };
    let with = |password: &str| {
        open(MailSettings {
            ca: Some(own.ca.clone()),
            username: Some("vigie".to_owned()),
            password: Some(own.secret(password)),
            ..settings(relay.port, Tls::Wrapped)
        })
    };
    let (right, wrong) = (with("t0p secret"), with("guess"));
    let reason = retry(wrong.send(&letter(RSSI)).await);
    assert!(reason.contains("at the login") && reason.contains("535") && !reason.contains("guess"), "{reason}");
    assert_accepted(&right.send(&letter(RSSI)).await);
    let message = relay.message();
    assert_eq!((&message["login"], &message["encrypted"]), (&true.into(), &true.into()));
}

#[tokio::test]
async fn a_token_is_fetched_anew_for_each_login() {
    let relay = Scripted::start(|carried, command| match command {
        "EHLO" => Some(Does::Says("250-relay.example\r\n250 AUTH PLAIN XOAUTH2")),
        "AUTH" => Some(Does::Says("235 2.7.0 ok")),
        // A connection carries one message: the next one needs another login.
        "MAIL" if carried == 1 => Some(Does::Closes),
        _ => None,
    });
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("token");
    std::fs::write(&file, "t0k1\n").expect("a file");
    let (username, token) = (Some("vigie".to_owned()), Some(SecretPlace::File(file.clone())));
    let channel = open(MailSettings { username, token, ..settings(relay.port, Tls::None) });
    assert_accepted(&channel.send(&letter(RSSI)).await);
    std::fs::write(&file, "t0k2\n").expect("a file");
    assert_accepted(&channel.send(&letter(RSSI)).await);
    // user=vigie, auth=Bearer t0k1 and t0k2, each followed by the byte 1 as XOAUTH2 has it.
    for login in ["dXNlcj12aWdpZQFhdXRoPUJlYXJlciB0MGsxAQE=", "dXNlcj12aWdpZQFhdXRoPUJlYXJlciB0MGsyAQE="] {
        assert_eq!(relay.heard(&format!("AUTH XOAUTH2 {login}")), 1, "{login}");
    }
}

#[tokio::test]
async fn a_relay_is_greeted_by_the_name_that_the_site_gives() {
    let relay = Scripted::start(|_, _| None);
    let hello = Some("vigie.ch-valmont.example".to_owned());
    assert_accepted(&open(MailSettings { hello, ..settings(relay.port, Tls::None) }).send(&letter(RSSI)).await);
    assert_eq!(relay.heard("EHLO vigie.ch-valmont.example"), 1);
}

#[tokio::test]
async fn a_relay_with_an_unknown_certificate_gets_nothing() {
    let (Some(own), Some(other)) = (Certificates::make(), Certificates::make()) else { return };
    for (mode, tls) in [("starttls", Tls::Required), ("wrapped", Tls::Wrapped)] {
        let Some(mut relay) = Relay::start(mode, Some(&own)) else { return };
        for ca in [Some(other.ca.clone()), None] {
            let reason = retry(open(MailSettings { ca, ..settings(relay.port, tls) }).send(&letter(RSSI)).await);
            assert!(reason.contains("certificate"), "{reason}");
        }
        // What the relay took first is what the right client sent: nothing came before.
        let right = open(MailSettings { ca: Some(own.ca.clone()), ..settings(relay.port, tls) });
        assert_accepted(&right.send(&letter("dpo@ch-valmont.example")).await);
        assert_eq!(relay.message()["to"], serde_json::json!(["dpo@ch-valmont.example"]));
    }
}

#[tokio::test]
async fn a_name_that_the_certificate_does_not_hold_gets_nothing() {
    let Some(own) = Certificates::make() else { return };
    let Some(relay) = Relay::start("starttls", Some(&own)) else { return };
    let smtp = Server { host: "127.0.0.1".to_owned(), port: relay.port };
    let channel = open(MailSettings { ca: Some(own.ca.clone()), smtp, ..settings(relay.port, Tls::Required) });
    let reason = retry(channel.send(&letter(RSSI)).await);
    assert!(reason.contains("certificate"), "{reason}");
}

#[tokio::test]
async fn a_recipient_is_refused_for_good_or_for_now_as_the_relay_says() {
    let Some(mut relay) = Relay::start("plain", None) else { return };
    let channel = open(settings(relay.port, Tls::None));
    let receipt = channel.send(&letter("inconnu@ch-valmont.example")).await;
    let Receipt::Refused { reason } = receipt else { panic!("{receipt:?}") };
    let (fr, en) = (reason.get(Language::Fr), reason.get(Language::En));
    assert!(fr.contains("refus définitif (550)") && en.contains("refused for good (550)"), "{reason:?}");
    for said in [fr, en] {
        assert!(said.contains("is not known here"), "what the relay says is quoted: {said}");
        assert!(!said.contains("inconnu@"), "reasons are kept, addresses are not: {said}");
    }
    let receipt = channel.send(&letter("pleine@ch-valmont.example")).await;
    let Receipt::Postponed { reason } = receipt else { panic!("the mailbox is full, the relay works: {receipt:?}") };
    assert!(reason.get(Language::En).contains("refused for now (452)"), "{reason:?}");
    assert_accepted(&channel.send(&letter(RSSI)).await);
    assert_eq!(relay.message()["to"], serde_json::json!([RSSI]));
}

#[tokio::test]
async fn an_address_that_is_none_is_refused_without_a_connection() {
    let channel = open(settings(1, Tls::None));
    for to in ["", "rssi", "a@b@c", "a b@c.example", "rssi@ch.example\r\nRCPT TO:<x@y.example>", "é@ch.example"] {
        let receipt = channel.send(&letter(to)).await;
        assert!(matches!(receipt, Receipt::Refused { .. }), "{to}: {receipt:?}");
    }
}

#[tokio::test]
async fn a_relay_without_starttls_gets_nothing_when_encryption_is_required() {
    let relay = Scripted::start(|_, _| None);
    let reason = retry(relay.receive(Tls::Required).await);
    assert!(reason.contains("no STARTTLS"), "{reason}");
    assert_eq!((relay.heard("EHLO"), relay.heard("MAIL")), (1, 0));
}

#[tokio::test]
async fn a_relay_that_never_answers_holds_nobody_up() {
    let short = Duration::from_millis(300);
    for command in ["greeting", "EHLO", "MAIL", "RCPT", "DATA"] {
        let reason = retry(Scripted::at(command, Does::NeverAnswers).receive_within(short, Tls::None).await);
        assert!(reason.contains("no answer in time"), "{command}: {reason}");
    }
    let reason = retry(Scripted::at("greeting", Does::NeverAnswers).receive_within(short, Tls::Wrapped).await);
    assert!(reason.contains("no answer in time"), "{reason}");
}

#[tokio::test]
async fn a_relay_that_is_not_there_says_so_plainly() {
    let port = {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        listener.local_addr().expect("an address").port()
    };
    let reason = retry(open(settings(port, Tls::None)).send(&letter(RSSI)).await);
    assert_eq!(reason, format!("localhost:{port}: cannot connect: nobody listens there"));
}

#[tokio::test]
async fn what_breaks_before_the_final_dot_was_surely_not_taken() {
    for (command, does) in [
        ("greeting", Does::Closes),
        ("greeting", Does::Says("554 no mail here today")),
        ("EHLO", Does::Says("what?")),
        ("MAIL", Does::Says("421 too busy")),
        ("RCPT", Does::Closes),
        ("RCPT", Does::Says("451 4.7.1 greylisted")),
        ("DATA", Does::Closes),
        (".", Does::Says("451 4.3.0 try later")),
    ] {
        let reason = retry(Scripted::at(command, does).receive(Tls::None).await);
        assert!(reason.starts_with("localhost:"), "{reason}");
    }
}

#[tokio::test]
async fn what_breaks_after_the_final_dot_may_have_been_taken() {
    for does in [Does::Closes, Does::NeverAnswers, Does::Says("nonsense")] {
        // Long enough for every other answer, even on a busy machine.
        let receipt = Scripted::at(".", does).receive_within(Duration::from_secs(3), Tls::None).await;
        assert!(matches!(receipt, Receipt::Retry { ambiguous: true, .. }), "{receipt:?}");
    }
}

#[tokio::test]
async fn a_recipient_refused_for_good_is_not_tried_again() {
    for (command, answer) in [
        ("RCPT", "550 5.1.1 no such person"),
        ("RCPT", "550 no such person"),
        ("DATA", "550 5.2.1 mailbox disabled"),
        (".", "552 5.2.2 mailbox full"),
    ] {
        let receipt = Scripted::at(command, Does::Says(answer)).receive(Tls::None).await;
        let Receipt::Refused { reason } = receipt else { panic!("{command}: {receipt:?}") };
        assert!(reason.get(Language::Fr).contains(&format!("refus définitif ({})", &answer[..3])), "{reason:?}");
    }
}

#[tokio::test]
async fn a_sender_a_session_or_a_policy_refused_for_good_is_tried_again() {
    for (command, answer) in [
        ("EHLO", "550 5.7.1 not you"),
        ("MAIL", "554 5.7.1 not now"),
        ("MAIL", "550 not from you"),
        ("RCPT", "550 5.7.1 policy"),
        ("RCPT", "554 5.1.8 sender's domain not found"),
        ("DATA", "554 no"),
        (".", "552 too big"),
        (".", "554 5.7.1 looks like spam"),
    ] {
        let reason = retry(Scripted::at(command, Does::Says(answer)).receive(Tls::None).await);
        assert!(reason.contains(&format!("refused ({})", &answer[..3])), "it does not say that it is final: {reason}");
    }
}

#[tokio::test]
async fn a_relay_in_a_bad_mood_takes_the_same_letter_later() {
    let moods = std::sync::atomic::AtomicUsize::new(3);
    let relay = Scripted::start(move |_, command| {
        use std::sync::atomic::Ordering::Relaxed;
        let bad = command == "MAIL" && moods.fetch_update(Relaxed, Relaxed, |left| left.checked_sub(1)).is_ok();
        bad.then_some(Does::Says("554 5.7.1 not now"))
    });
    let channel = open(settings(relay.port, Tls::None));
    for _ in 0..3 {
        retry(channel.send(&letter(RSSI)).await);
    }
    assert_accepted(&channel.send(&letter(RSSI)).await);
    assert_eq!(relay.heard("DATA"), 1);
}

#[tokio::test]
async fn a_relay_that_takes_long_over_a_message_gets_it_once() {
    let relay = Scripted::at(".", Does::SaysAfter(Duration::from_millis(1500), "250 2.0.0 Ok: queued"));
    // Longer than any command may take; ten minutes where nothing else is said (RFC 5321, section 4.5.3.2.6).
    let timeouts = Timeouts { end: Duration::from_secs(20), ..Timeouts::of(Duration::from_secs(1)) };
    assert_accepted(&open(MailSettings { timeouts, ..settings(relay.port, Tls::None) }).send(&letter(RSSI)).await);
    assert_eq!((relay.heard("EHLO"), relay.heard("DATA")), (1, 1));
    let usual = Timeouts::default();
    let minutes = [usual.command, usual.data, usual.end].map(|limit| limit.as_secs() / 60);
    assert_eq!(minutes, [5, 2, 10]);
}

#[tokio::test]
async fn a_kept_connection_that_went_away_costs_nothing() {
    for does in [Does::Closes, Does::Says("421 4.4.2 idle for too long"), Does::Says("452 4.5.3 too many messages")] {
        // Each connection carries one message, and ends at the next.
        let relay = Scripted::start(move |carried, command| (carried == 1 && command == "MAIL").then_some(does));
        let channel = open(settings(relay.port, Tls::None));
        for _ in 0..3 {
            assert_accepted(&channel.send(&letter(RSSI)).await);
        }
        assert_eq!((relay.heard("EHLO"), relay.heard("MAIL"), relay.heard("DATA")), (3, 5, 3));
    }
}

#[tokio::test]
async fn a_connection_is_given_back_before_the_relay_has_enough_of_it() {
    let relay = Scripted::start(|_, _| None);
    let channel = open(settings(relay.port, Tls::None));
    for _ in 0..120 {
        assert_accepted(&channel.send(&letter(RSSI)).await);
    }
    assert_eq!(relay.heard("EHLO"), 3);
}
