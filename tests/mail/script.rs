//! A relay that follows a script.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use vigie::alert::channel::Receipt;
use vigie::alert::channel::mail::{Timeouts, Tls};

use super::{RSSI, letter, open, settings};

/// What a relay does at a command, named by its first word; `greeting` and `.` are commands too.
#[derive(Clone, Copy)]
pub(crate) enum Does {
    Says(&'static str),
    /// The second a moment after the first, asked or not.
    SaysTwice(&'static str, &'static str),
    /// As a relay does that hands the message on, or has it looked through.
    SaysAfter(Duration, &'static str),
    Closes,
    NeverAnswers,
}

/// A relay that follows a script, and notes every line it gets.
pub(crate) struct Scripted {
    pub(crate) port: u16,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Scripted {
    /// `script` gets how many messages the connection has carried, and the command.
    pub(crate) fn start(script: impl Fn(usize, &str) -> Option<Does> + Send + Sync + 'static) -> Self {
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
    pub(crate) fn at(command: &'static str, does: Does) -> Self {
        Self::start(move |_, now| (now == command).then_some(does))
    }

    pub(crate) fn heard(&self, start: &str) -> usize {
        self.heard.lock().expect("no test panics here").iter().filter(|line| line.starts_with(start)).count()
    }

    /// Sends one letter.
    pub(crate) async fn receive(&self, tls: Tls) -> Receipt {
        open(settings(self.port, tls)).send(&letter(RSSI)).await
    }

    /// Sends one letter, giving the relay only so much time for each answer.
    pub(crate) async fn receive_within(&self, patience: Duration, tls: Tls) -> Receipt {
        let mut settings = settings(self.port, tls);
        settings.timeouts = Timeouts { connect: settings.timeouts.connect, ..Timeouts::of(patience) };
        open(settings).send(&letter(RSSI)).await
    }
}

fn converse(mut stream: &TcpStream, notes: &Mutex<Vec<String>>, script: &dyn Fn(usize, &str) -> Option<Does>) {
    let mut lines = BufReader::new(stream).lines();
    let mut say = |text: &str| stream.write_all(format!("{text}\r\n").as_bytes());
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
            Does::Says(text) if say(text).is_ok() => {}
            Does::SaysTwice(first, second) if say(first).is_ok() => {
                std::thread::sleep(Duration::from_millis(100));
                // Whoever does not listen any more has understood.
                drop(say(second));
            }
            Does::SaysAfter(pause, text) => {
                std::thread::sleep(pause);
                if say(text).is_err() {
                    return;
                }
            }
            Does::Says(_) | Does::SaysTwice(..) | Does::Closes => return,
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
