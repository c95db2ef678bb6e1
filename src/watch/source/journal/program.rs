//! `journalctl` as a child: how it is begun, and what it says.

use std::io;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use jiff::Timestamp;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::process::{Child, ChildStderr, ChildStdout, Command};

use super::entry::{self, FIELDS};
use super::fault::Fault;

const PROGRAM: &str = "journalctl";
/// So much is read ahead.
const AHEAD: usize = 256 * 1024;
/// So many entries are handed over together.
const TOGETHER: usize = 1000;
/// An entry longer than this is passed over; its bytes may come as numbers, four letters for each.
const LONGEST: u64 = 8 * 1024 * 1024;
/// Of what it says beside entries, so much is shown.
const SHOWN: usize = 300;
/// A program that says nothing for so long has nothing to say, and nothing against being there.
const QUIET: Duration = Duration::from_secs(2);

/// What came of the program.
pub(super) enum Came {
    /// Entries, each as it was printed.
    Entries(Vec<Vec<u8>>),
    /// Nothing for a while.
    Quiet,
    /// It ended.
    Over(Fault),
}

/// The program at work. It ends with this.
pub(super) struct Program {
    child: Child,
    out: BufReader<ChildStdout>,
    beside: Option<BufReader<ChildStderr>>,
    /// The entry that is being read.
    entry: Vec<u8>,
    /// Whether the rest of a line is passed over.
    skips: bool,
    said: Vec<u8>,
    last_said: String,
}

fn arguments(folder: Option<&Path>) -> Vec<std::ffi::OsString> {
    // Without `--all`, what is long comes as nothing.
    let mut arguments = vec!["--output=json".into(), "--no-pager".into(), "--all".into()];
    arguments.push(format!("--output-fields={FIELDS}").into());
    arguments.extend(place(folder));
    arguments
}

fn place(folder: Option<&Path>) -> impl Iterator<Item = std::ffi::OsString> {
    folder.into_iter().flat_map(|folder| ["--directory".into(), folder.into()])
}

/// What keeps it from seeing all that is there. Asked for by itself: where it prints JSON it says nothing of that.
pub(super) async fn obstacle(folder: Option<&Path>) -> Option<Fault> {
    let mut command = Command::new(PROGRAM);
    command.args(["--output=short", "--no-pager", "--lines=1", "--merge"]).args(place(folder));
    command.env("LC_ALL", "C").stdin(Stdio::null()).kill_on_drop(true);
    let output = match command.output().await {
        Ok(output) => output,
        Err(error) => return Some(unstarted(&error)),
    };
    let said = String::from_utf8_lossy(&output.stderr);
    let is_empty = matches!(output.stdout.trim_ascii(), b"" | b"-- No entries --");
    if said.contains("not seeing messages from other users") {
        Some(Fault::Partly)
    } else if is_empty && output.status.success() {
        Some(Fault::Nothing)
    } else {
        None
    }
}

fn unstarted(error: &io::Error) -> Fault {
    if error.kind() == io::ErrorKind::NotFound { Fault::NoProgram } else { Fault::Unstarted(error.to_string()) }
}

/// Where the last entry is; nothing where there is none.
pub(super) fn last_cursor(folder: Option<&Path>) -> Result<Option<String>, Fault> {
    let mut command = std::process::Command::new(PROGRAM);
    command.args(arguments(folder)).args(["--lines=1", "--quiet", "--merge"]).env("LC_ALL", "C").stdin(Stdio::null());
    let output = command.output().map_err(|error| unstarted(&error))?;
    Ok(output.stdout.split(|byte| *byte == b'\n').find_map(entry::read).map(|entry| entry.cursor))
}

impl Program {
    /// Begins behind `cursor`, or at the first entry, or the first since an instant.
    pub(super) fn start(folder: Option<&Path>, cursor: Option<&str>, since: Option<Timestamp>) -> Result<Self, Fault> {
        let mut command = Command::new(PROGRAM);
        // Without these it shows ten entries of what is there, and nothing but one boot of one machine.
        command.args(arguments(folder)).args(["--follow", "--no-tail", "--merge"]);
        command.args(cursor.map(|cursor| format!("--after-cursor={cursor}")));
        let since = since.filter(|_| cursor.is_none());
        command.args(since.map(|since| format!("--since=@{}", since.as_second())));
        command.env("LC_ALL", "C").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.kill_on_drop(true).spawn().map_err(|error| unstarted(&error))?;
        let taken = child.stdout.take().zip(child.stderr.take());
        let (out, beside) = taken.ok_or_else(|| Fault::Unstarted("no pipe".to_owned()))?;
        Ok(Self {
            child,
            out: BufReader::with_capacity(AHEAD, out),
            beside: Some(BufReader::new(beside)),
            entry: Vec::new(),
            skips: false,
            said: Vec::new(),
            last_said: String::new(),
        })
    }

    /// What comes next. Whoever stops waiting for it loses nothing.
    pub(super) async fn next(&mut self) -> Came {
        loop {
            let beside = async {
                match &mut self.beside {
                    Some(beside) => {
                        let room = (SHOWN.saturating_sub(self.said.len()) + 1) as u64;
                        beside.take(room).read_until(b'\n', &mut self.said).await
                    }
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                read = self.out.fill_buf() => match read {
                    Ok([]) | Err(_) => return Came::Over(self.over().await),
                    Ok(_) => {
                        let entries = self.entries();
                        if !entries.is_empty() {
                            return Came::Entries(entries);
                        }
                    }
                },
                read = beside => {
                    if !matches!(read, Ok(1..)) {
                        self.beside = None;
                    }
                    self.hear();
                }
                () = tokio::time::sleep(QUIET) => return Came::Quiet,
            }
        }
    }

    /// Takes what was read ahead apart into entries.
    fn entries(&mut self) -> Vec<Vec<u8>> {
        let mut entries = Vec::new();
        while entries.len() < TOGETHER && !self.out.buffer().is_empty() {
            let ahead = self.out.buffer();
            let end = memchr::memchr(b'\n', ahead);
            let taken = end.map_or(ahead.len(), |end| end + 1);
            if !self.skips {
                self.entry.extend(&ahead[..end.unwrap_or(taken)]);
            }
            self.out.consume(taken);
            if self.entry.len() as u64 > LONGEST {
                // What is cut is no entry any more, and is said to be none.
                self.entry.truncate(1);
                self.skips = true;
            }
            if end.is_some() {
                self.skips = false;
                entries.push(std::mem::take(&mut self.entry));
            }
        }
        entries
    }

    /// Takes note of what the program said beside entries.
    fn hear(&mut self) {
        let said = String::from_utf8_lossy(&std::mem::take(&mut self.said)).trim().to_owned();
        if !said.is_empty() {
            self.last_said = said;
        }
    }

    /// Why it ended, with the last that it said.
    async fn over(&mut self) -> Fault {
        if let Some(beside) = &mut self.beside {
            let mut rest = beside.take(SHOWN as u64);
            drop(tokio::time::timeout(QUIET, rest.read_to_end(&mut self.said)).await);
            self.hear();
        }
        let ended = tokio::time::timeout(QUIET, self.child.wait()).await;
        let ended = ended.ok().and_then(Result::ok).map(|status| status.to_string()).unwrap_or_default();
        let said = [ended, std::mem::take(&mut self.last_said)];
        Fault::Over(said.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(", "))
    }
}
