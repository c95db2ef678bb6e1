//! Replies that nobody asked for: put in by a man in the middle before the encryption (RFC 3207, section 6), or said by
//! a relay that lost count. None of them is an answer, and the connection on which they came is given up.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ServerConfig, crypto};
use vigie::alert::channel::Receipt;
use vigie::alert::channel::mail::{Settings as MailSettings, Tls};

use super::relay::{Certificates, Relay};
use super::script::{Does, Scripted};
use super::{RSSI, assert_accepted, letter, open, retry, settings};

/// Everything that a client waits for once it is encrypted.
const ALL_IS_WELL: &str = "250 relay.example\r\n250 OK\r\n250 OK\r\n354 go on\r\n250 2.0.0 Ok: queued as FALSE\r\n";
/// The same in replies of several lines, with a login.
const AT_LENGTH: &str = "250-relay.example\r\n250-AUTH PLAIN LOGIN\r\n250 SIZE 1000\r\n250-2.1.0\r\n250 OK\r\n\
                         250-2.1.5\r\n250 OK\r\n354 go on\r\n250-2.0.0\r\n250 2.0.0 Ok: queued as FALSE\r\n";

/// What a man in the middle puts in, and behind which reply.
#[derive(Clone)]
struct Injection {
    /// How many of the relay's replies pass before it: 0 is the greeting, 1 that to EHLO, 2 that to STARTTLS.
    behind: usize,
    /// The first piece comes with the reply, each other one in a segment of its own.
    pieces: Vec<String>,
}

/// A man in the middle without a certificate. He lets the handshake pass, and swallows what follows.
struct Meddler {
    port: u16,
    swallowed: Arc<AtomicUsize>,
}

impl Meddler {
    fn before(relay: u16, injection: &Injection) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (swallowed, injection) = (Arc::new(AtomicUsize::new(0)), injection.clone());
        let count = Arc::clone(&swallowed);
        std::thread::spawn(move || {
            for client in listener.incoming() {
                let (client, injection, count) = (client.expect("a connection"), injection.clone(), Arc::clone(&count));
                let relay = TcpStream::connect(("127.0.0.1", relay)).expect("the relay");
                // Either side may end it: that is what is looked for.
                std::thread::spawn(move || drop(meddle(&client, &relay, &injection, &count)));
            }
        });
        Self { port, swallowed }
    }

    async fn passes_on(&self, own: &Certificates) -> Receipt {
        open(MailSettings { ca: Some(own.ca.clone()), ..settings(self.port, Tls::Required) }).send(&letter(RSSI)).await
    }
}

fn meddle(
    mut client: &TcpStream,
    mut relay: &TcpStream,
    injection: &Injection,
    swallowed: &AtomicUsize,
) -> std::io::Result<()> {
    client.set_nodelay(true)?;
    let (mut asks, mut answers) = (BufReader::new(client), BufReader::new(relay));
    for turn in 0..3 {
        let mut reply = one_reply(&mut answers)?;
        if turn == injection.behind {
            reply.push_str(&injection.pieces[0]);
        }
        // Once something is put in, it stands for the replies that are still to come.
        if turn <= injection.behind {
            client.write_all(reply.as_bytes())?;
        }
        for piece in injection.pieces[1..].iter().filter(|_| turn == injection.behind) {
            std::thread::sleep(Duration::from_millis(20));
            client.write_all(piece.as_bytes())?;
        }
        if turn < 2 {
            let mut line = String::new();
            asks.read_line(&mut line)?;
            relay.write_all(line.as_bytes())?;
        }
    }
    let (mut from_relay, mut to_client) = (relay.try_clone()?, client.try_clone()?);
    std::thread::spawn(move || std::io::copy(&mut from_relay, &mut to_client));
    let mut finished = false;
    loop {
        let record = one_record(&mut asks)?;
        if finished {
            swallowed.fetch_add(1, Ordering::SeqCst);
        } else {
            relay.write_all(&record)?;
        }
        // The first encrypted record ends the handshake of TLS 1.3.
        finished |= record[0] == 23;
    }
}

fn one_reply(answers: &mut BufReader<&TcpStream>) -> std::io::Result<String> {
    let mut reply = String::new();
    loop {
        let start = reply.len();
        if answers.read_line(&mut reply)? == 0 || reply.as_bytes().get(start + 3) != Some(&b'-') {
            return Ok(reply);
        }
    }
}

fn one_record(asks: &mut BufReader<&TcpStream>) -> std::io::Result<Vec<u8>> {
    let mut record = vec![0; 5];
    asks.read_exact(&mut record)?;
    let length = usize::from(u16::from_be_bytes([record[3], record[4]]));
    record.resize(5 + length, 0);
    asks.read_exact(&mut record[5..])?;
    Ok(record)
}

fn glued(behind: usize, text: &str) -> Injection {
    Injection { behind, pieces: vec![text.to_owned()] }
}

#[tokio::test]
async fn what_a_man_in_the_middle_says_before_the_encryption_does_not_count_behind_it() {
    let Some(own) = Certificates::make() else { return };
    let Some(mut relay) = Relay::start("starttls", Some(&own)) else { return };
    let offer = "250-relay.example\r\n250 STARTTLS\r\n";
    let in_segments = |text: &str| text.split_inclusive("\r\n").map(str::to_owned).collect::<Vec<_>>();
    let injections = [
        glued(2, ALL_IS_WELL),
        glued(2, AT_LENGTH),
        glued(2, "2"),
        // Cut in the middle of a line, and one line in each segment.
        Injection { behind: 2, pieces: vec![ALL_IS_WELL[..7].to_owned(), ALL_IS_WELL[7..].to_owned()] },
        Injection { behind: 2, pieces: in_segments(ALL_IS_WELL) },
        Injection { behind: 2, pieces: [vec![String::new()], in_segments(AT_LENGTH)].concat() },
        glued(1, &format!("220 go on\r\n{ALL_IS_WELL}")),
        Injection { behind: 1, pieces: vec!["220 go on\r\n".to_owned(), ALL_IS_WELL.to_owned()] },
        glued(0, &format!("{offer}220 go on\r\n{ALL_IS_WELL}")),
        Injection { behind: 0, pieces: vec![String::new(), format!("{offer}220 go on\r\n{AT_LENGTH}")] },
    ];
    for (number, injection) in injections.iter().enumerate() {
        let meddler = Meddler::before(relay.port, injection);
        let receipt = meddler.passes_on(&own).await;
        assert!(matches!(receipt, Receipt::Retry { ambiguous: false, .. }), "injection {number}: {receipt:?}");
        assert_eq!(meddler.swallowed.load(Ordering::SeqCst), 0, "injection {number}: somebody was spoken to");
    }
    // The relay took none of them, and is well.
    let right = open(MailSettings { ca: Some(own.ca.clone()), ..settings(relay.port, Tls::Required) });
    assert_accepted(&right.send(&letter("dpo@ch-valmont.example")).await);
    assert_eq!(relay.message()["to"], serde_json::json!(["dpo@ch-valmont.example"]));
}

#[tokio::test]
async fn whoever_only_listens_in_the_middle_changes_nothing() {
    let Some(own) = Certificates::make() else { return };
    let Some(relay) = Relay::start("starttls", Some(&own)) else { return };
    let meddler = Meddler::before(relay.port, &glued(2, ""));
    let mut settings = MailSettings { ca: Some(own.ca.clone()), ..settings(meddler.port, Tls::Required) };
    settings.timeouts.command = Duration::from_secs(1);
    let reason = retry(open(settings).send(&letter(RSSI)).await);
    assert!(reason.contains("no answer in time"), "the handshake passed, and nothing behind it: {reason}");
    assert_eq!(meddler.swallowed.load(Ordering::SeqCst), 1, "the greeting inside the encryption");
}

/// Encrypts a relay that speaks in clear.
#[expect(clippy::disallowed_methods, reason = "stands for a relay, which is no task of vigie")]
async fn encrypted(own: &Certificates, relay: u16) -> u16 {
    let certificates = vec![CertificateDer::from_pem_file(&own.cert).expect("a certificate")];
    let key = PrivateKeyDer::from_pem_file(&own.key).expect("a key");
    let config = ServerConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|config| config.with_no_client_auth().with_single_cert(certificates, key))
        .expect("a right configuration");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let Ok(mut client) = acceptor.accept(client).await else { return };
                let mut relay = tokio::net::TcpStream::connect(("127.0.0.1", relay)).await.expect("the relay");
                // It ends when either side has enough.
                drop(tokio::io::copy_bidirectional(&mut client, &mut relay).await);
            });
        }
    });
    port
}

/// What a relay says at each command that comes before the message, and what it adds without being asked.
const TOO_MUCH: [(&str, &str, &str); 5] = [
    ("greeting", "220 relay.example", "250 OK\r\n250 OK\r\n250 OK\r\n354 go on\r\n250 2.0.0 Ok: queued"),
    ("EHLO", "250-relay.example\r\n250 OK", "250 OK\r\n250 OK\r\n354 go on\r\n250 2.0.0 Ok: queued"),
    ("MAIL", "250 OK", "250 OK\r\n354 go on\r\n250 2.0.0 Ok: queued"),
    ("RCPT", "250-2.1.5\r\n250 OK", "354 go on\r\n250-2.0.0\r\n250 2.0.0 Ok: queued"),
    ("DATA", "354 go on", "250 2.0.0 Ok: queued"),
];

#[tokio::test]
async fn a_relay_that_answers_before_it_is_asked_has_not_answered() {
    let Some(own) = Certificates::make() else { return };
    for (command, first, more) in TOO_MUCH {
        let text: &'static str = format!("{first}\r\n{more}").leak();
        for does in [Does::Says(text), Does::SaysTwice(first, more)] {
            // A message that was begun when the early answer came may have been taken.
            let late = matches!((command, does), ("DATA", Does::SaysTwice(..)));
            let relay = Scripted::at(command, does);
            let port = encrypted(&own, relay.port).await;
            let wrapped = MailSettings { ca: Some(own.ca.clone()), ..settings(port, Tls::Wrapped) };
            for settings in [settings(relay.port, Tls::None), wrapped] {
                let tls = settings.tls;
                let receipt = open(settings).send(&letter(RSSI)).await;
                // What the relay itself says twice can come as if to the message; nobody else can say it under TLS,
                // and in clear nobody but this machine.
                let taken = late && matches!(receipt, Receipt::Accepted { .. });
                let right = taken || matches!(receipt, Receipt::Retry { ambiguous, .. } if !ambiguous || late);
                assert!(right, "{tls:?}, {command}: {receipt:?}");
            }
            assert!(late || relay.heard(".") == 0, "{command}: the message was not sent");
        }
    }
}

#[tokio::test]
async fn a_relay_that_says_two_things_of_a_message_may_have_taken_it() {
    let relay = Scripted::at(".", Does::Says("250 2.0.0 Ok: queued\r\n554 5.7.1 or not"));
    let receipt = relay.receive(Tls::None).await;
    assert!(matches!(receipt, Receipt::Retry { ambiguous: true, .. }), "{receipt:?}");
}

#[tokio::test]
async fn an_answer_of_another_kind_is_none() {
    for (command, says) in [("MAIL", "354 go on"), ("RCPT", "354 go on"), ("DATA", "250 2.0.0 Ok: queued")] {
        let relay = Scripted::at(command, Does::Says(says));
        let reason = retry(relay.receive(Tls::None).await);
        assert!(reason.contains("no answer to that"), "{command}: {reason}");
        assert_eq!(relay.heard("."), 0, "{command}: the message was not sent");
    }
    let receipt = Scripted::at(".", Does::Says("354 go on")).receive(Tls::None).await;
    assert!(matches!(receipt, Receipt::Retry { ambiguous: true, .. }), "{receipt:?}");
}

#[tokio::test]
async fn a_kept_connection_on_which_something_was_said_is_given_up() {
    let Some(own) = Certificates::make() else { return };
    let more = "250 OK\r\n250 OK\r\n354 go on\r\n250 2.0.0 Ok: queued";
    let relay = Scripted::at(".", Does::SaysTwice("250 2.0.0 Ok: queued", more));
    let port = encrypted(&own, relay.port).await;
    let wrapped = MailSettings { ca: Some(own.ca.clone()), ..settings(port, Tls::Wrapped) };
    for (settings, taken) in [(settings(relay.port, Tls::None), 3), (wrapped, 6)] {
        let channel = open(settings);
        for _ in 0..3 {
            assert_accepted(&channel.send(&letter(RSSI)).await);
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
        let heard = ["EHLO", "MAIL", "DATA"].map(|start| relay.heard(start));
        assert_eq!(heard, [taken; 3], "each message was heard on a connection of its own");
    }
}
