//! A mail server for tests: one thread, plain SMTP (RFC 5321), everything kept in memory.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

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
}

impl Mailbox {
    pub(crate) fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let mailbox = Self { address: listener.local_addr().expect("bound"), mails: Arc::default() };
        mailbox.serve(listener);
        mailbox
    }

    /// Takes mail at another address too.
    pub(crate) fn also_at(&self, address: SocketAddr) {
        self.serve(TcpListener::bind(address).expect("the port is free"));
    }

    fn serve(&self, listener: TcpListener) {
        let mails = self.mails.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mails = mails.clone();
                // A session cut by a killed daemon ends with an error: that is what it is for.
                std::thread::spawn(move || drop(session(&stream, &mails)));
            }
        });
    }

    pub(crate) fn mails(&self) -> Vec<Mail> {
        self.mails.lock().expect("no panic holds it").clone()
    }
}

fn session(mut stream: &TcpStream, mails: &Mutex<Vec<Mail>>) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let mut to = String::new();
    stream.write_all(b"220 test SMTP\r\n")?;
    while let Some(line) = lines.next() {
        let line = line?;
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        match verb.as_str() {
            "RCPT" => line.split(['<', '>']).nth(1).unwrap_or_default().clone_into(&mut to),
            "DATA" => {
                stream.write_all(b"354 go on\r\n")?;
                let mut raw = String::new();
                for line in lines.by_ref() {
                    let line = line?;
                    if line == "." {
                        break;
                    }
                    raw.push_str(line.strip_prefix('.').unwrap_or(&line));
                    raw.push('\n');
                }
                mails.lock().expect("no panic holds it").push(read(&to, &raw));
            }
            "QUIT" => return stream.write_all(b"221 bye\r\n"),
            _ => {}
        }
        stream.write_all(b"250 OK\r\n")?;
    }
    Ok(())
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
