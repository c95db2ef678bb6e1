//! What is decided about mail before a relay is spoken to. Relays themselves are in `tests/mail.rs`.

use super::*;
use crate::alert::channel::SecretPlace;

fn settings(smtp: &str, tls: Tls) -> Settings {
    Settings {
        smtp: smtp.parse().expect("a relay"),
        tls,
        ca: None,
        from: "vigie@ch-valmont.example".to_owned(),
        username: None,
        password: None,
        token: None,
        hello: None,
        timeouts: Timeouts::default(),
    }
}

#[test]
fn mail_without_encryption_stays_on_this_machine() {
    for host in ["localhost:25", "LocalHost:25", "127.0.0.1:25", "127.8.8.8:25", "[::1]:25"] {
        assert!(Mail::open(&settings(host, Tls::None)).is_ok(), "{host}");
    }
    for host in ["relais.ch.example:25", "10.0.0.1:25", "localhost.example:25", "[::2]:25", "0.0.0.0:25"] {
        let error = Mail::open(&settings(host, Tls::None)).expect_err(host);
        assert!(matches!(error, OpenError::InClear(_)), "{host}: {error}");
        assert!(Mail::open(&settings(host, Tls::Required)).is_ok(), "{host}");
    }
}

#[test]
fn a_relay_is_a_host_and_a_port() {
    let shown = |text: &str| text.parse::<Server>().map(|server| server.to_string());
    assert_eq!(shown("relais.ch.example:587"), Ok("relais.ch.example:587".to_owned()));
    assert_eq!(shown("[2001:db8::1]:25"), Ok("[2001:db8::1]:25".to_owned()));
    for wrong in ["relais", "relais:", ":25", "relais:0", "relais:99999", "2001:db8::1:25", "re lais:25", ""] {
        assert_eq!(shown(wrong), Err(NotAServer), "{wrong}");
    }
}

#[test]
fn settings_that_can_never_work_are_told_at_once() {
    let base = settings("localhost:25", Tls::Required);
    let error = |settings: &Settings| Mail::open(settings).expect_err("wrong settings").to_string();
    assert!(error(&Settings { from: "vigie".to_owned(), ..base.clone() }).contains("not a mail address"));
    assert!(error(&Settings { username: Some("v".to_owned()), ..base.clone() }).contains("go together"));
    let folder = tempfile::tempdir().expect("a folder");
    let absent = folder.path().join("ca.pem");
    assert!(error(&Settings { ca: Some(absent.clone()), ..base.clone() }).contains("cannot read"));
    std::fs::write(&absent, "hello").expect("a file");
    assert!(error(&Settings { ca: Some(absent), ..base }).contains("holds no certificate"));
}

#[test]
fn nothing_shows_a_password() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("secret");
    std::fs::write(&path, "hunter2\n").expect("a file");
    let settings = Settings {
        username: Some("vigie".to_owned()),
        password: Some(SecretPlace::File(path)),
        ..settings("localhost:25", Tls::Required)
    };
    let mail = Mail::open(&settings).expect("right settings");
    assert!(!format!("{settings:?} {mail:?}").contains("hunter2"));
}
