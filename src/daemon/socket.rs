//! The local socket: commands of people on this machine. One JSON line each way; only the daemon's own user may
//! connect.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{Semaphore, mpsc};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::{DaemonError, Question};
use crate::api::{Answer, Refusal, Request, VERSION};

/// A longer question is not one of ours.
const LONGEST_QUESTION: u64 = 64 * 1024;
/// Conversations at the same time; whoever comes then waits at the door.
const AT_ONCE: usize = 64;
/// How long anybody may take to ask, and to listen to the answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long to wait after somebody could not be let in (too many open files).
const PAUSE: Duration = Duration::from_millis(100);
/// How often to look whether the socket is still where people find it.
const LOOK: Duration = Duration::from_secs(2);

/// Where the socket of the state folder `state` is.
pub(super) fn path(state: &Path) -> PathBuf {
    state.join("vigie.sock")
}

/// Opens the socket. The state folder's lock is held, so a socket left there is of a daemon that ended badly.
pub(super) fn listen(state: &Path) -> Result<UnixListener, DaemonError> {
    let path = path(state);
    let failed = |error| DaemonError::Socket { path: path.clone(), error };
    match std::fs::remove_file(&path) {
        Ok(()) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(failed(error)),
    }
    let listener = UnixListener::bind(&path).map_err(failed)?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).map_err(failed)?;
    Ok(listener)
}

/// Answers whoever connects until told to stop.
pub(super) async fn serve(
    mut listener: UnixListener,
    state: PathBuf,
    questions: mpsc::Sender<Question>,
    stop: CancellationToken,
) {
    let people = tokio_util::task::TaskTracker::new();
    let chairs = Arc::new(Semaphore::new(AT_ONCE));
    loop {
        let accepted = async {
            let chair = chairs.clone().acquire_owned().await;
            (listener.accept().await, chair)
        };
        tokio::select! {
            () = stop.cancelled() => break,
            () = tokio::time::sleep(LOOK) => listener = still_there(listener, &state),
            (accepted, chair) = accepted => match accepted {
                Ok((stream, _)) => {
                    let conversation = converse(stream, questions.clone(), stop.clone());
                    people.spawn(async move {
                        conversation.await;
                        drop(chair);
                    });
                }
                Err(_) => tokio::time::sleep(PAUSE).await,
            },
        }
    }
    // The path is free for the next daemon; a socket left behind would only be replaced.
    drop(std::fs::remove_file(path(&state)));
}

/// The socket, opened anew where somebody deleted it and the store is back in its folder.
fn still_there(listener: UnixListener, state: &Path) -> UnixListener {
    if path(state).exists() || !state.exists() {
        return listener;
    }
    // Where it cannot be opened now, it is tried again in a moment.
    listen(state).unwrap_or(listener)
}

async fn converse(stream: UnixStream, questions: mpsc::Sender<Question>, stop: CancellationToken) {
    let (read, mut write) = stream.into_split();
    let mut line = String::new();
    let mut reader = BufReader::new(read.take(LONGEST_QUESTION));
    let asked = tokio::select! {
        () = stop.cancelled() => return,
        asked = timeout(PATIENCE, reader.read_line(&mut line)) => asked,
    };
    // Silence, half a line, or bytes that are no text: nobody of ours.
    if !matches!(asked, Ok(Ok(_))) {
        return;
    }
    let answer = match serde_json::from_str::<Request>(&line) {
        Ok(request) if request.version == VERSION => super::put(&questions, request.ask).await,
        Ok(request) => not_understood(format!("version {} was asked, this is version {VERSION}", request.version)),
        Err(error) => not_understood(error.to_string()),
    };
    let mut text = serde_json::to_string(&answer).unwrap_or_default();
    text.push('\n');
    // Whoever asked may have gone meanwhile.
    drop(timeout(PATIENCE, write.write_all(text.as_bytes())).await);
}

fn not_understood(why: String) -> Answer {
    Answer::Refused(Refusal::NotUnderstood { why })
}
