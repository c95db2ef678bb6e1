//! The local socket: commands of people on this machine. One JSON line each way; only the daemon's own account may
//! connect, and the group that the site names.

use std::io;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::unix::UCred;
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{Semaphore, mpsc};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::{DaemonError, Question};
use crate::account;
use crate::api::{Answer, Caller, Refusal, Request, VERSION};
use crate::base::language::{Language, Text};
use crate::site::Home;
use crate::store::private;
use crate::words::socket as words;

/// What the socket is called in its folder.
const NAME: &str = "vigie.sock";

/// A longer question is not one of ours.
const LONGEST_QUESTION: u64 = 64 * 1024;
/// Conversations at the same time; whoever comes then waits at the door.
const AT_ONCE: usize = 64;
/// How long anybody may take to ask, and to listen to the answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long the names of accounts may take to be found.
const PATIENCE_WITH_NAMES: Duration = Duration::from_secs(2);
/// How long to wait after somebody could not be let in (too many open files).
const PAUSE: Duration = Duration::from_millis(100);
/// How often to look whether the socket is still where people find it.
const LOOK: Duration = Duration::from_secs(2);

/// Where the socket of a site is.
pub(super) fn path(home: &Home) -> PathBuf {
    home.socket.join(NAME)
}

/// Opens the socket. The state folder's lock is held, so a socket left there is of a daemon that ended badly.
pub(super) fn listen(home: &Home) -> Result<UnixListener, DaemonError> {
    let path = path(home);
    let failed = |error| DaemonError::Socket { path: path.clone(), error };
    let group = home.group.as_deref().map(group).transpose().map_err(failed)?;
    if home.socket != home.state {
        room(&home.socket, group).map_err(failed)?;
        // Where the socket was before it had a folder of its own.
        drop(std::fs::remove_file(home.state.join(NAME)));
    }
    match std::fs::remove_file(&path) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(failed(error)),
    }
    let listener = UnixListener::bind(&path).map_err(failed)?;
    hand_to(&path, group, [0o600, 0o660]).map_err(failed)?;
    Ok(listener)
}

/// Makes the folder of the socket, or takes one that is there and in which nobody else can put a socket of theirs.
fn room(folder: &Path, group: Option<u32>) -> io::Result<()> {
    private::folder(folder)?;
    let met = std::fs::metadata(folder)?;
    let shown = folder.display();
    let refused = |why: Text| Err(io::Error::other(why.get(Language::En).to_owned()));
    if met.uid() != account::own() {
        return match met.uid() {
            // Made for vigie by whoever runs this machine: it is as they want it.
            account::ROOT if met.mode() & 0o002 == 0 => Ok(()),
            account::ROOT => refused(words::open_to_all(shown)),
            owner => refused(words::not_ours(shown, account::name(owner))),
        };
    }
    // A folder that others use, such as /run, is not to be closed to them.
    if std::fs::read_dir(folder)?.flatten().any(|entry| entry.file_name() != NAME) {
        return refused(words::not_alone(shown));
    }
    hand_to(folder, group, [0o700, 0o750])
}

/// Gives something to a group with the second of two modes, or to nobody with the first, whatever the umask.
fn hand_to(path: &Path, group: Option<u32>, [alone, shared]: [u32; 2]) -> io::Result<()> {
    if let Some(group) = group {
        chown(path, None, Some(group))?;
    }
    let mode = if group.is_some() { shared } else { alone };
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
}

fn group(name: &str) -> io::Result<u32> {
    account::group(name).ok_or_else(|| io::Error::other(words::no_group(name).get(Language::En).to_owned()))
}

/// Answers whoever connects until told to stop.
pub(super) async fn serve(
    mut listener: UnixListener,
    home: Home,
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
            () = tokio::time::sleep(LOOK) => listener = still_there(listener, &home),
            (accepted, chair) = accepted => match accepted {
                Ok((stream, _)) => {
                    let conversation = converse((stream, home.for_others.clone()), questions.clone(), stop.clone());
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
    drop(std::fs::remove_file(path(&home)));
}

/// The socket, opened anew where somebody deleted it and the store is back in its folder.
fn still_there(listener: UnixListener, home: &Home) -> UnixListener {
    if path(home).exists() || !home.state.exists() {
        return listener;
    }
    // Where it cannot be opened now, it is tried again in a moment.
    listen(home).unwrap_or(listener)
}

async fn converse(
    (stream, for_others): (UnixStream, Option<String>),
    questions: mpsc::Sender<Question>,
    stop: CancellationToken,
) {
    let peer = stream.peer_cred().ok();
    let process = peer.and_then(|peer| peer.pid());
    let (read, mut write) = stream.into_split();
    let mut line = String::new();
    let mut reader = BufReader::new(read.take(LONGEST_QUESTION));
    let asked = tokio::select! {
        () = stop.cancelled() => return,
        asked = timeout(PATIENCE, reader.read_line(&mut line)) => asked,
    };
    // Silence, half a line, or bytes that are no text: nobody of ours.
    if !matches!(asked, Ok(Ok(_))) || has_gone(process) {
        return;
    }
    let answer = match serde_json::from_str::<Request>(&line) {
        Ok(request) if request.version == VERSION => {
            super::put(&questions, request.ask, caller(peer, for_others).await).await
        }
        Ok(request) => not_understood(format!("version {} was asked, this is version {VERSION}", request.version)),
        Err(error) => not_understood(error.to_string()),
    };
    let mut text = serde_json::to_string(&answer).unwrap_or_default();
    text.push('\n');
    // Whoever asked may have gone meanwhile.
    drop(timeout(PATIENCE, write.write_all(text.as_bytes())).await);
}

/// The account at the other end. Where the directory of accounts does not answer, its number has to do: nobody is kept from
/// saying "I have it".
async fn caller(peer: Option<UCred>, for_others: Option<String>) -> Option<Caller> {
    let (uid, gid) = (peer?.uid(), peer?.gid());
    let is_trusted = uid == account::ROOT || uid == account::own();
    let look_up = tokio::task::spawn_blocking(move || {
        let trusted = for_others.as_deref().and_then(account::group);
        let belongs = trusted.is_some_and(|group| group == gid || account::belongs(uid, group));
        Caller { account: account::name(uid), for_others: is_trusted || belongs }
    });
    let unnamed = Caller { account: uid.to_string(), for_others: is_trusted };
    Some(timeout(PATIENCE_WITH_NAMES, look_up).await.ok().and_then(Result::ok).unwrap_or(unnamed))
}

/// Whether the process that asked is there no more. It was told that nobody answers, or killed by somebody who had waited
/// for long enough, so nothing is done behind their back.
fn has_gone(process: Option<i32>) -> bool {
    // A process of another container has no number here.
    process.filter(|process| *process > 0).is_some_and(|process| !Path::new(&format!("/proc/{process}")).exists())
}

fn not_understood(why: String) -> Answer {
    Answer::Refused(Refusal::NotUnderstood { why })
}
