//! Connections over which messages come one after the other (RFC 6587), encrypted (RFC 5425) or not. Each has a task of its own
//! that costs next to nothing while nobody sends. While nobody takes what was read, nothing more is: the sender waits, and
//! keeps it.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::accepted::{Accepted, Came};
use super::connection::Connection;
use super::encryption::Encryption;
use super::fault::Fault;
use super::frame::{Frames, Message};

/// So many at the same time; whoever comes then is turned away.
const MOST: usize = 10_000;
/// Files of all kinds that may be open beside them.
const BESIDE: u64 = 1_000;
/// So many agree on their encryption at the same time; whoever comes then waits at the door.
const AGREEING: usize = 64;
/// How long that may take.
const AGREED_IN: Duration = Duration::from_secs(10);
/// What was read waits here.
const WAITING: usize = 32;
/// So many pieces are taken together from one connection.
const PIECES: usize = 4;
/// How long the rest of a message may take.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long until somebody must have said something at all.
const FIRST_WORD: Duration = Duration::from_mins(10);
/// How long to wait after somebody could not be let in (too many open files).
const PAUSE: Duration = Duration::from_millis(100);

/// Takes an address.
pub(super) fn open(at: SocketAddr) -> io::Result<std::net::TcpListener> {
    let listener = std::net::TcpListener::bind(at)?;
    listener.set_nonblocking(true)?;
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let wanted = (MOST as u64 + BESIDE).min(maximum.unwrap_or(u64::MAX));
    if current.is_some_and(|current| current < wanted) {
        // With fewer, fewer connections fit.
        setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum }).ok();
    }
    Ok(listener)
}

/// Who lets senders in.
#[derive(Debug)]
pub(super) struct Door {
    pub(super) listener: std::net::TcpListener,
    /// Nothing where nothing is encrypted.
    pub(super) encryption: Option<Encryption>,
    /// So many bytes of a message are kept.
    pub(super) longest: usize,
}

/// Receives until it is told to stop.
pub(super) async fn receive(door: Door, mut accepted: Accepted, stop: CancellationToken) {
    if accepted.take_up().await {
        let (came_in, came) = mpsc::channel(WAITING);
        tokio::join!(accept(door, Way { came: came_in, stop }), accepted.run(came));
    }
}

/// Where what comes goes.
#[derive(Debug, Clone)]
struct Way {
    came: mpsc::Sender<Came>,
    stop: CancellationToken,
}

impl Way {
    /// Says what is wrong with a sender, where that can be told now: it is never waited for.
    fn tell(&self, sender: IpAddr, fault: Fault) {
        self.came.try_send(Came::Fault(sender, fault)).ok();
    }
}

/// Lets senders in until it is time to stop, and waits for those that are in.
async fn accept(door: Door, way: Way) {
    let Door { listener, mut encryption, longest } = door;
    let Ok(listener) = TcpListener::from_std(listener) else { return };
    let (connections, seats) = (TaskTracker::new(), Arc::new(Semaphore::new(MOST)));
    let agreeing = Arc::new(Semaphore::new(AGREEING));
    while let Some(accepted) = way.stop.run_until_cancelled(listener.accept()).await {
        let Ok((stream, peer)) = accepted else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let sender = peer.ip().to_canonical();
        let Ok(seat) = Arc::clone(&seats).try_acquire_owned() else {
            way.tell(sender, Fault::Crowded(MOST));
            continue;
        };
        let acceptor = encryption.as_mut().map(Encryption::acceptor).map(|(acceptor, failed)| {
            if let Some(error) = failed {
                way.tell(sender, Fault::Certificate(error.to_string()));
            }
            acceptor
        });
        let visit = Visit { sender, way: way.clone(), frames: Frames::new(longest), _seat: seat };
        connections.spawn(visit.begin(stream, acceptor, Arc::clone(&agreeing)));
    }
    connections.close();
    connections.wait().await;
}

/// A sender that was let in.
struct Visit {
    sender: IpAddr,
    way: Way,
    frames: Frames,
    _seat: OwnedSemaphorePermit,
}

impl Visit {
    async fn begin(self, stream: TcpStream, acceptor: Option<TlsAcceptor>, agreeing: Arc<Semaphore>) {
        let turn = if acceptor.is_some() { agreeing.acquire_owned().await.ok() } else { None };
        let taken = timeout(AGREED_IN, Connection::take(stream, acceptor));
        let connection = match self.way.stop.run_until_cancelled(taken).await {
            Some(Ok(Ok(connection))) => connection,
            Some(Ok(Err(error))) => return self.way.tell(self.sender, Fault::Refused(error.to_string())),
            // Whoever says nothing is not worth a word: anybody can.
            None | Some(Err(_)) => return,
        };
        drop(turn);
        self.listen(connection).await;
    }

    /// Reads a connection to its end.
    async fn listen(mut self, mut connection: Connection) {
        let (mut ended, mut patience) = (false, FIRST_WORD);
        while !ended {
            let room = async {
                match timeout(patience, connection.readable()).await {
                    Ok(Ok(())) => self.way.came.reserve().await.ok(),
                    _ => None,
                }
            };
            // Whoever says half a message and no more is not waited for.
            let Some(Some(room)) = self.way.stop.run_until_cancelled(room).await else { break };
            let mut said = Vec::new();
            let read = read(&mut connection, &mut self.frames, &mut said).await;
            if !said.is_empty() {
                room.send(Came::Said(self.sender, said));
            }
            match read {
                Ok(over) => ended = over,
                Err(fault) => return self.way.tell(self.sender, fault),
            }
            patience = if self.frames.is_unfinished() { PATIENCE } else { Duration::MAX };
        }
        if let Some(last) = self.frames.finish().filter(|_| !self.way.stop.is_cancelled()) {
            self.way.came.send(Came::Said(self.sender, vec![last])).await.ok();
        }
    }
}

/// Reads what is there; whether that was the end.
async fn read(connection: &mut Connection, frames: &mut Frames, said: &mut Vec<Message>) -> Result<bool, Fault> {
    for _ in 0..PIECES {
        match connection.read_now().await {
            Poll::Pending => return Ok(false),
            Poll::Ready(Ok(bytes)) if !bytes.is_empty() => frames.feed(&bytes, said).map_err(Fault::Garbage)?,
            Poll::Ready(_) => return Ok(true),
        }
    }
    Ok(false)
}
