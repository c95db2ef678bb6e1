//! Asks a running daemon something, from another process on the same machine.

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::socket;
use crate::api::{Answer, Ask, Command, Request, VERSION};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long it may take where thousands of rules are read first.
const PATIENCE_TO_RELOAD: Duration = Duration::from_mins(10);

/// Why nobody answered.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// No daemon runs there.
    #[error("no daemon answers at {0}: start it with `vigie run`")]
    Absent(PathBuf),
    /// The conversation broke off.
    #[error("the daemon at {path} did not answer: {error}")]
    Broken {
        /// The socket.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
}

/// Asks the daemon of the state folder `state`.
pub fn ask(state: &Path, ask: impl Into<Ask>) -> Result<Answer, ClientError> {
    let path = socket::path(state);
    let stream = UnixStream::connect(&path).map_err(|_| ClientError::Absent(path.clone()))?;
    converse(&stream, ask.into()).map_err(|error| ClientError::Broken { path, error })
}

fn converse(mut stream: &UnixStream, ask: Ask) -> std::io::Result<Answer> {
    let patience = if ask == Command::Reload.into() { PATIENCE_TO_RELOAD } else { PATIENCE };
    stream.set_read_timeout(Some(patience))?;
    let mut text = serde_json::to_string(&Request { version: VERSION, ask })?;
    text.push('\n');
    stream.write_all(text.as_bytes())?;
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line)?;
    Ok(serde_json::from_str(&line)?)
}
