//! Asks a running daemon something, from another process on the same machine. Says nothing to anybody but the daemon of
//! the site, and where nobody answers, why.

use std::fmt;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::socket;
use crate::account;
use crate::api::{Answer, Ask, Command, Request, VERSION};
use crate::base::language::{Language, Text};
use crate::site::Home;
use crate::words::failure::connection;
use crate::words::socket as words;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(15);
/// How long it may take where thousands of rules are read first.
const PATIENCE_TO_RELOAD: Duration = Duration::from_mins(10);

/// Why nobody answered.
#[derive(Debug)]
pub(crate) enum ClientError {
    /// No daemon runs there.
    Absent(PathBuf),
    /// A daemon ran there and left its socket behind.
    LeftBehind(PathBuf),
    /// The system does not let this account speak to the daemon.
    NotAllowed {
        /// The socket.
        path: PathBuf,
        /// Whose it is.
        owner: String,
        /// The group that may, where the site names one.
        group: Option<String>,
    },
    /// Somebody listens there and says nothing.
    Mute {
        /// The socket.
        path: PathBuf,
        /// Which process.
        process: i32,
    },
    /// Somebody else holds the socket, or could put theirs in its place.
    Stranger {
        /// The socket.
        path: PathBuf,
        /// Who.
        account: String,
    },
    /// The conversation broke off.
    Broken {
        /// The socket.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

impl ClientError {
    /// The same in words.
    pub(crate) fn words(&self) -> Text {
        match self {
            Self::Absent(path) => words::nobody(path.display()),
            Self::LeftBehind(path) => words::left_behind(path.display()),
            Self::NotAllowed { path, owner, group } => {
                let own = account::name(account::own());
                match group {
                    Some(group) => words::not_in_group(path.display(), own, owner, group),
                    None => words::not_allowed(path.display(), own, owner),
                }
            }
            Self::Mute { path, process } => words::mute(path.display(), PATIENCE.as_secs(), process),
            Self::Stranger { path, account } => words::stranger(path.display(), account),
            Self::Broken { path, error } => words::broke_off(path.display(), connection(error)),
        }
    }
}

impl fmt::Display for ClientError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.words().get(Language::En))
    }
}

impl std::error::Error for ClientError {}

/// Asks the daemon of a site.
pub(crate) fn ask(home: &Home, ask: impl Into<Ask>) -> Result<Answer, ClientError> {
    let path = socket::path(home);
    let stream = UnixStream::connect(&path).map_err(|error| reason(home, &path, error))?;
    let broken = |error| ClientError::Broken { path: path.clone(), error };
    let peer = rustix::net::sockopt::socket_peercred(&stream).map_err(|error| broken(error.into()))?;
    if let Some(stranger) = stranger(home, &path, peer.uid.as_raw()).map_err(broken)? {
        return Err(ClientError::Stranger { path, account: account::name(stranger) });
    }
    converse(&stream, ask.into()).map_err(|error| match error.kind() {
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => {
            ClientError::Mute { path: path.clone(), process: peer.pid.as_raw_nonzero().get() }
        }
        _ => broken(error),
    })
}

/// Why nobody could be spoken to.
fn reason(home: &Home, path: &Path, error: io::Error) -> ClientError {
    let path = path.to_owned();
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => ClientError::Absent(path),
        io::ErrorKind::ConnectionRefused => ClientError::LeftBehind(path),
        io::ErrorKind::PermissionDenied => {
            let owner = [&path, &home.socket, &home.state].into_iter().find_map(|place| owner(place).ok());
            let owner = owner.map_or_else(|| "?".to_owned(), account::name);
            ClientError::NotAllowed { path, owner, group: home.group.clone() }
        }
        _ => ClientError::Broken { path, error },
    }
}

fn owner(path: &Path) -> io::Result<u32> {
    Ok(path.symlink_metadata()?.uid())
}

/// An account that has its hand on the conversation and should not: who owns the socket, its folder, or what listens
/// there must be whoever runs this machine, the site's vigie, or whoever asks.
fn stranger(home: &Home, path: &Path, peer: u32) -> io::Result<Option<u32>> {
    let vigie = owner(&home.state).ok();
    let trusted = |account: &u32| [account::ROOT, account::own()].contains(account) || vigie == Some(*account);
    Ok([owner(&home.socket)?, owner(path)?, peer].into_iter().find(|account| !trusted(account)))
}

fn converse(mut stream: &UnixStream, ask: Ask) -> io::Result<Answer> {
    let patience = if ask == Command::Reload.into() { PATIENCE_TO_RELOAD } else { PATIENCE };
    stream.set_read_timeout(Some(patience))?;
    stream.set_write_timeout(Some(patience))?;
    let mut text = serde_json::to_string(&Request { version: VERSION, ask })?;
    text.push('\n');
    stream.write_all(text.as_bytes())?;
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line)?;
    Ok(serde_json::from_str(&line)?)
}
