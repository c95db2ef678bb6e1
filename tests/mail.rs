//! Mail to relays: a real one (aiosmtpd, from Debian's `python3-aiosmtpd`) for what works, and one that follows a
//! script for what goes wrong.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use vigie::alert::channel::mail::{Server, Settings as MailSettings, Timeouts, Tls};
use vigie::alert::channel::{Channel, Receipt, SecretPlace, Settings};
use vigie::alert::page::{Address, AllowList, Draft, Letter, Medium, Page};
use vigie::base::id::{DrillId, PageId};
use vigie::base::language::Language;
use vigie::base::realm::{Drill, Live};

const RSSI: &str = "rssi@ch-valmont.example";

fn settings(port: u16, tls: Tls) -> MailSettings {
    MailSettings {
        smtp: Server { host: "localhost".to_owned(), port },
        tls,
        ca: None,
        from: "Vigie du CH <vigie@ch-valmont.example>".to_owned(),
        username: None,
        password: None,
        timeouts: Timeouts { connect: Duration::from_secs(5), command: Duration::from_secs(20) },
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
    Page::<Live>::new(PageId(12), written(), "rssi".into(), "mail".into(), address, draft())
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
        Receipt::Retry { reason, ambiguous: false } => reason,
        other => panic!("{other:?}"),
    }
}

/// A real relay in a process of its own. Says each message it took as a line of JSON.
struct Relay {
    process: Child,
    says: BufReader<std::process::ChildStdout>,
    port: u16,
}

const RELAY: &str = r#"
import asyncio, email, email.policy, json, ssl, sys
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

mode, cert, key = sys.argv[1:4]
context = None
if mode != "plain":
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(cert, key)

class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("inconnu@"):
            return "550 5.1.1 <%s> is not known here" % address
        if address.startswith("pleine@"):
            return "452 4.2.2 mailbox is full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        content = envelope.original_content
        message = email.message_from_bytes(content, policy=email.policy.SMTP)
        print(json.dumps({
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "peer": str(session.peer),
            "encrypted": session.ssl is not None or mode == "wrapped",
            "login": session.auth_data is True,
            "headers": {name: str(value) for name, value in message.items()},
            "type": message.get_content_type() + " " + str(message.get_content_charset()),
            "body": message.get_content(),
            "ascii": content.isascii(),
        }), flush=True)
        return "250 2.0.0 Ok: queued as 4XyZ1"

def login(server, session, envelope, mechanism, data):
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"vigie", b"t0p secret")
    return AuthResult(success=right, handled=False, auth_data=right)

def connection():
    starttls = mode == "starttls"
    return SMTP(Handler(), hostname="relay.example", authenticator=login, auth_require_tls=starttls,
                tls_context=context if starttls else None, require_starttls=starttls)

async def main():
    wrapped = context if mode == "wrapped" else None
    server = await asyncio.get_running_loop().create_server(connection, "127.0.0.1", 0, ssl=wrapped)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()

asyncio.run(main())
"#;

/// A Python that has aiosmtpd: Debian's own, where another one comes first in the path.
fn python() -> Option<&'static str> {
    let has = |python: &&str| {
        let mut command = Command::new(*python);
        command.args(["-c", "import aiosmtpd.smtp"]).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    ["/usr/bin/python3", "python3"].into_iter().find(has)
}

impl Relay {
    /// Nothing, and a loud line, where the relay is not installed.
    fn start(mode: &str, certificates: Option<&Certificates>) -> Option<Self> {
        let Some(python) = python() else {
            skipped("aiosmtpd is not installed (apt-get install python3-aiosmtpd)");
            return None;
        };
        let none = PathBuf::new();
        let (cert, key) = certificates.map_or((&none, &none), |own| (&own.cert, &own.key));
        let mut process = Command::new(python)
            .args(["-W", "ignore", "-c", RELAY, mode])
            .args([cert, key])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("python starts");
        let mut says = BufReader::new(process.stdout.take().expect("it was piped"));
        let mut line = String::new();
        says.read_line(&mut line).expect("the relay says its port");
        Some(Self { process, says, port: line.trim().parse().expect("a port") })
    }

    /// The next message it took.
    fn message(&mut self) -> serde_json::Value {
        let mut line = String::new();
        self.says.read_line(&mut line).expect("the relay says what it took");
        serde_json::from_str(&line).expect("JSON")
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// A certificate authority made for one test, and a certificate of it for `localhost`.
struct Certificates {
    folder: tempfile::TempDir,
    ca: PathBuf,
    cert: PathBuf,
    key: PathBuf,
}

impl Certificates {
    /// Nothing, and a loud line, where openssl is not installed.
    fn make() -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("ext"), "subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n").expect("a file");
        let steps = [
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=authority \
             -addext basicConstraints=critical,CA:TRUE -keyout ca.key -out ca.pem",
            "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost -keyout cert.key -out cert.csr",
            "x509 -req -in cert.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile ext -out cert.pem",
        ];
        if !steps.iter().all(|step| openssl(folder.path(), step)) {
            skipped("openssl is not installed");
            return None;
        }
        let (ca, cert, key) = (path("ca.pem"), path("cert.pem"), path("cert.key"));
        Some(Self { folder, ca, cert, key })
    }

    fn secret(&self, text: &str) -> SecretPlace {
        let path = self.folder.path().join(text.replace(' ', "-"));
        std::fs::write(&path, format!("{text}\n")).expect("a file");
        SecretPlace::File(path)
    }
}

fn openssl(folder: &Path, arguments: &str) -> bool {
    match Command::new("openssl").args(arguments.split_whitespace()).current_dir(folder).output() {
        Ok(output) => {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            true
        }
        Err(_) => false,
    }
}

#[tokio::test]
async fn a_letter_arrives_whole_through_a_real_relay_with_starttls() {
    let Some(own) = Certificates::make() else { return };
    let Some(mut relay) = Relay::start("starttls", Some(&own)) else { return };
    let channel = open(MailSettings { ca: Some(own.ca.clone()), ..settings(relay.port, Tls::Required) });
    let letter = letter(RSSI);
    let proof = "250 2.0.0 Ok: queued as 4XyZ1".to_owned();
    assert_eq!(channel.send(&letter).await, Receipt::Accepted { proof });
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
    assert!(reason.contains("550") && reason.contains("is not known here"), "{reason}");
    assert!(!reason.contains("inconnu@"), "reasons are kept, addresses are not: {reason}");
    let reason = retry(channel.send(&letter("pleine@ch-valmont.example")).await);
    assert!(reason.contains("452"), "{reason}");
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

/// What a relay does at a command, named by its first word; `greeting` and `.` are commands too.
#[derive(Clone, Copy)]
enum Does {
    Says(&'static str),
    Closes,
    NeverAnswers,
}

/// A relay that follows a script, and notes every line it gets.
struct Scripted {
    port: u16,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Scripted {
    /// `script` gets how many messages the connection has carried, and the command.
    fn start(script: impl Fn(usize, &str) -> Option<Does> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (heard, script) = (Arc::new(Mutex::new(Vec::new())), Arc::new(script));
        let notes = Arc::clone(&heard);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (stream, notes, script) = (stream.expect("a connection"), Arc::clone(&notes), Arc::clone(&script));
                std::thread::spawn(move || converse(&stream, &notes, &*script));
            }
        });
        Self { port, heard }
    }

    /// A relay that does one thing at one command, and otherwise what relays do.
    fn at(command: &'static str, does: Does) -> Self {
        Self::start(move |_, now| (now == command).then_some(does))
    }

    fn heard(&self, start: &str) -> usize {
        self.heard.lock().expect("no test panics here").iter().filter(|line| line.starts_with(start)).count()
    }

    /// Sends one letter.
    async fn receive(&self, tls: Tls) -> Receipt {
        open(settings(self.port, tls)).send(&letter(RSSI)).await
    }

    /// Sends one letter, giving the relay only so much time for each answer.
    async fn receive_within(&self, patience: Duration, tls: Tls) -> Receipt {
        let mut settings = settings(self.port, tls);
        settings.timeouts.command = patience;
        open(settings).send(&letter(RSSI)).await
    }
}

fn converse(mut stream: &TcpStream, notes: &Mutex<Vec<String>>, script: &dyn Fn(usize, &str) -> Option<Does>) {
    let mut lines = BufReader::new(stream).lines();
    let mut command = "greeting".to_owned();
    let mut carried = 0;
    loop {
        let usual = match command.as_str() {
            "greeting" => "220 relay.example",
            "DATA" => "354 go on",
            "." => "250 2.0.0 Ok: queued",
            _ => "250 OK",
        };
        match script(carried, &command).unwrap_or(Does::Says(usual)) {
            Does::Says(text) if stream.write_all(format!("{text}\r\n").as_bytes()).is_ok() => {}
            Does::Says(_) | Does::Closes => return,
            // Listens until the other side has had enough.
            Does::NeverAnswers => return lines.for_each(drop),
        }
        carried += usize::from(command == ".");
        let message = command == "DATA";
        loop {
            let Some(Ok(line)) = lines.next() else { return };
            notes.lock().expect("no test panics here").push(line.clone());
            if !message || line == "." {
                line.split([' ', ':']).next().unwrap_or_default().clone_into(&mut command);
                break;
            }
        }
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
    assert!(reason.starts_with(&format!("localhost:{port}: cannot connect: Connection refused")), "{reason}");
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
async fn a_message_refused_for_good_is_not_tried_again() {
    for (command, answer) in
        [("MAIL", "550 not from you"), ("RCPT", "550 5.1.1 no such person"), ("DATA", "554 no"), (".", "552 too big")]
    {
        let receipt = Scripted::at(command, Does::Says(answer)).receive(Tls::None).await;
        let Receipt::Refused { reason } = receipt else { panic!("{command}: {receipt:?}") };
        assert!(reason.contains(&answer[..3]), "{reason}");
    }
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

/// Says that a test looked at nothing. Past the test runner, which keeps to itself what a passing test prints.
fn skipped(why: &str) {
    use std::io::Write as _;
    writeln!(std::io::stderr(), "skipped: {why}").expect("standard error can be written");
}
