//! A mail server for tests: one thread, plain SMTP (RFC 5321), everything kept in memory. It can be told to wait before
//! it answers, so that a test can do something at that very moment.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A delivered message.
#[derive(Debug, Clone)]
pub(crate) struct Mail {
    pub(crate) to: String,
    pub(crate) message_id: String,
    /// Headers and text, decoded.
    pub(crate) text: String,
}

/// The server; it ends with the test process.
#[derive(Debug, Clone)]
pub(crate) struct Mailbox {
    pub(crate) address: SocketAddr,
    mails: Arc<Mutex<Vec<Mail>>>,
    stop: Arc<Mutex<Option<Stop>>>,
    puts_off: Arc<AtomicBool>,
}

/// How long one side waits for the other.
const PATIENCE: Duration = Duration::from_mins(1);

/// Where the first session that gets there waits.
#[derive(Debug)]
struct Stop {
    before_answering: &'static str,
    here: Sender<()>,
    go_on: Receiver<()>,
    answered: Sender<()>,
}

/// A session that waits, for the test that asked for it.
#[derive(Debug)]
pub(crate) struct Pause {
    here: Receiver<()>,
    go_on: Sender<()>,
    answered: Receiver<()>,
}

impl Pause {
    /// Waits for the session to get there.
    pub(crate) fn reached(&self) {
        self.here.recv_timeout(PATIENCE).expect("a session gets that far");
    }

    /// Lets the session answer, and waits until the answer is on the wire.
    pub(crate) fn answer(&self) {
        self.go_on.send(()).expect("the session waits");
        self.answered.recv_timeout(PATIENCE).expect("the session answers");
    }

    /// Waits for the end of the session.
    pub(crate) fn ended(self) {
        drop(self.go_on);
        let end = self.answered.iter().last();
        assert_eq!(end, None, "a session answers once");
    }
}

impl Mailbox {
    pub(crate) fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("bound");
        let mailbox = Self { address, mails: Arc::default(), stop: Arc::default(), puts_off: Arc::default() };
        mailbox.serve(listener);
        mailbox
    }

    /// Takes mail at another address too.
    pub(crate) fn also_at(&self, address: SocketAddr) {
        self.serve(TcpListener::bind(address).expect("the port is free"));
    }

    fn serve(&self, listener: TcpListener) {
        let mailbox = self.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mailbox = mailbox.clone();
                // A session cut by a killed daemon ends with an error: that is what it is for.
                std::thread::spawn(move || drop(mailbox.session(&stream)));
            }
        });
    }

    /// From now on it says "later", or takes mail again.
    pub(crate) fn puts_off(&self, whether: bool) {
        self.puts_off.store(whether, Ordering::Relaxed);
    }

    /// Has the next session that is to answer `verb` (`220` greets, `.` is the end of a message) wait for the test.
    pub(crate) fn pause_before_answering(&self, verb: &'static str) -> Pause {
        let ((here, reached), (release, go_on), (answer, answered)) = (channel(), channel(), channel());
        let stop = Stop { before_answering: verb, here, go_on, answered: answer };
        *self.stop.lock().expect("no panic holds it") = Some(stop);
        Pause { here: reached, go_on: release, answered }
    }

    fn session(&self, stream: &TcpStream) -> std::io::Result<()> {
        let mut lines = BufReader::new(stream.try_clone()?).lines();
        let mut to = String::new();
        let mut stopped = None;
        self.answer(stream, "220", b"220 test SMTP\r\n", &mut stopped)?;
        while let Some(line) = lines.next() {
            let line = line?;
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            if verb == "RCPT" {
                line.split(['<', '>']).nth(1).unwrap_or_default().clone_into(&mut to);
            }
            let answer: &[u8] = match verb.as_str() {
                "DATA" => b"354 go on\r\n",
                "QUIT" => b"221 bye\r\n",
                "MAIL" if self.puts_off.load(Ordering::Relaxed) => b"451 4.3.2 later\r\n",
                _ => b"250 OK\r\n",
            };
            self.answer(stream, &verb, answer, &mut stopped)?;
            if verb == "QUIT" {
                return Ok(());
            }
            if verb == "DATA" {
                let raw = message(&mut lines)?;
                self.mails.lock().expect("no panic holds it").push(read(&to, &raw));
                self.answer(stream, ".", b"250 OK\r\n", &mut stopped)?;
            }
        }
        Ok(())
    }

    /// Answers; at the place where a test waits, once it says so. `stopped` shows the test when the session ends.
    fn answer(
        &self,
        mut stream: &TcpStream,
        verb: &str,
        answer: &[u8],
        stopped: &mut Option<Stop>,
    ) -> std::io::Result<()> {
        let here = self.stop.lock().expect("no panic holds it").take_if(|stop| stop.before_answering == verb);
        let Some(stop) = here else { return stream.write_all(answer) };
        stop.here.send(()).expect("the test waits");
        let released = stop.go_on.recv_timeout(PATIENCE);
        let answered = stream.write_all(answer);
        if released.is_ok() {
            stop.answered.send(()).expect("the test waits");
        }
        *stopped = Some(stop);
        answered
    }

    pub(crate) fn mails(&self) -> Vec<Mail> {
        self.mails.lock().expect("no panic holds it").clone()
    }
}

/// What follows `354`, up to the dot. A message without it was never handed over, and nothing of it is kept (RFC 5321,
/// section 4.1.1.4): whoever wrote it died meanwhile.
fn message(lines: &mut impl Iterator<Item = std::io::Result<String>>) -> std::io::Result<String> {
    let mut raw = String::new();
    for line in lines {
        let line = line?;
        if line == "." {
            return Ok(raw);
        }
        raw.push_str(line.strip_prefix('.').unwrap_or(&line));
        raw.push('\n');
    }
    Err(std::io::ErrorKind::UnexpectedEof.into())
}

fn read(to: &str, raw: &str) -> Mail {
    let (head, body) = raw.split_once("\n\n").unwrap_or((raw, ""));
    let unfolded = head.replace("\n ", " ").replace("\n\t", " ");
    let header = |name: &str| {
        let line = unfolded.lines().find(|line| line.to_lowercase().starts_with(&format!("{}:", name.to_lowercase())));
        line.map(|line| line[name.len() + 1..].trim().to_owned()).unwrap_or_default()
    };
    let body = match header("Content-Transfer-Encoding").to_lowercase().as_str() {
        "base64" => base64(body),
        "quoted-printable" => quoted(body),
        _ => body.to_owned(),
    };
    Mail { to: to.to_owned(), message_id: header("Message-ID"), text: format!("{unfolded}\n\n{body}") }
}

fn base64(text: &str) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for letter in text.bytes() {
        let Some(value) = LETTERS.iter().position(|known| *known == letter) else { continue };
        bits = (bits << 6) | u32::try_from(value).expect("below 64");
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from((bits >> held) & 0xff).expect("one byte"));
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn quoted(text: &str) -> String {
    let text = text.replace("=\n", "");
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let Some((first, after)) = rest.split_first() {
        let escaped = (*first == b'=').then(|| after.get(..2)).flatten();
        let escaped = escaped.and_then(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
