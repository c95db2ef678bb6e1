//! Datagrams: each is one message (RFC 5426). What comes is taken at once, many at a time, and waits here for the core; where
//! too much waits, it waits with the system, which counts what it then throws away.

use std::collections::{HashMap, VecDeque};
use std::io::{self, IoSliceMut};
use std::net::{IpAddr, SocketAddr};
use std::os::fd::AsRawFd as _;
use std::time::Duration;

use nix::sys::socket::{MsgFlags, MultiHeaders, RecvMsg, SockaddrStorage, recvmmsg};
use rustix::net::sockopt::{set_socket_recv_buffer_size, set_socket_recv_buffer_size_force};
use tokio::io::Interest;
use tokio::net::UdpSocket;

use super::drops::Drops;
use super::fault::Fault;
use super::frame::Message;
use super::handing::Handing;
use crate::base::id::SourceName;
use crate::watch::line::Batch;
use crate::watch::source::kind::{Arrival, Outlet};

/// Room in the system for what comes while nobody looks.
const SYSTEM_ROOM: usize = 32 * 1024 * 1024;
/// The longest datagram there is.
const DATAGRAM: usize = 64 * 1024;
/// So many are taken with one call.
const AT_ONCE: usize = 64;
/// So many calls are made before what came is handed over.
const CALLS: usize = 32;
/// So many bytes wait here at most.
const MOST_WAITING: usize = 32 * 1024 * 1024;
/// How often it is asked what the system threw away.
const ASK: Duration = Duration::from_secs(1);

/// Takes an address.
pub(super) fn open(at: SocketAddr) -> io::Result<std::net::UdpSocket> {
    let socket = std::net::UdpSocket::bind(at)?;
    socket.set_nonblocking(true)?;
    // Whoever may not have more than the machine allows to all takes that.
    if set_socket_recv_buffer_size_force(&socket, SYSTEM_ROOM).is_err() {
        set_socket_recv_buffer_size(&socket, SYSTEM_ROOM)?;
    }
    Ok(socket)
}

/// What was received and is not handed over yet.
#[derive(Debug, Default)]
struct Waiting {
    batches: VecDeque<Batch>,
    bytes: usize,
}

impl Waiting {
    fn push(&mut self, batch: Batch) {
        self.bytes += size(&batch);
        self.batches.push_back(batch);
    }

    fn pop(&mut self) -> Option<Batch> {
        let batch = self.batches.pop_front()?;
        self.bytes -= size(&batch);
        Some(batch)
    }
}

/// What a batch takes in memory, about.
fn size(batch: &Batch) -> usize {
    batch.lines.iter().map(|line| line.text.len() + size_of_val(line)).sum::<usize>() + size_of_val(batch)
}

/// Receives until it is told to stop.
pub(super) async fn receive(
    (source, place): (SourceName, String),
    longest: usize,
    socket: std::net::UdpSocket,
    mut outlet: Outlet,
) {
    // Nobody keeps a datagram: what was kept of it is of no use.
    outlet.kept.close();
    let mut drops = Drops::of(&socket);
    let Ok(socket) = UdpSocket::from_std(socket) else { return };
    let (mut waiting, mut handing) = (Waiting::default(), Handing::new(source.clone(), outlet.now));
    let mut buffers = vec![vec![0; DATAGRAM]; AT_ONCE];
    let mut next = 0;
    let mut ask = tokio::time::interval(ASK);
    loop {
        tokio::select! {
                () = outlet.stop.cancelled() => return,
                room = outlet.out.reserve(), if !waiting.batches.is_empty() => {
                    let Ok(room) = room else { return };
                    if let Some(batch) = waiting.pop() {
                        room.send(Arrival::Batch(batch));
                    }
                }
                ready = socket.readable(), if waiting.bytes < MOST_WAITING => {
                    // What the system says of a datagram that could not be received is of no use either.
                    if ready.is_ok() {
                        let came = take(&socket, &mut buffers, longest);
                        for (sender, said) in came {
                    let first = next;
                    next += said.len() as u64;
                    waiting.push(handing.batch(sender, said, first));
                }
            }
        }
        _ = ask.tick() => {
                    let dropped = drops.since_asked();
                    if dropped > 0 {
                        let trouble = Fault::Dropped(dropped).report(&source, place.clone());
                        outlet.out.send(Arrival::Trouble(trouble)).await.ok();
                    outlet.out.send(Arrival::Dropped(source.clone(), dropped)).await.ok();
                    }
                }
            }
    }
}

/// What is there, by sender, in the order in which it came.
fn take(socket: &UdpSocket, buffers: &mut [Vec<u8>], longest: usize) -> Vec<(IpAddr, Vec<Message>)> {
    let mut came = Came::default();
    let mut headers = MultiHeaders::<SockaddrStorage>::preallocate(buffers.len(), None);
    for _ in 0..CALLS {
        let taken = socket.try_io(Interest::READABLE, || {
            let mut slices: Vec<_> = buffers.iter_mut().map(|buffer| [IoSliceMut::new(buffer)]).collect();
            match recvmmsg(socket.as_raw_fd(), &mut headers, &mut slices, MsgFlags::MSG_DONTWAIT, None) {
                Ok(received) => Ok(received.map(|received| came.take(&received, longest)).count()),
                Err(error) => Err(error.into()),
            }
        });
        if taken.map_or(true, |taken| taken < AT_ONCE) {
            break;
        }
    }
    came.by_sender
}

/// What came in one go.
#[derive(Default)]
struct Came {
    by_sender: Vec<(IpAddr, Vec<Message>)>,
    known: HashMap<IpAddr, usize>,
}

impl Came {
    fn take(&mut self, received: &RecvMsg<'_, '_, SockaddrStorage>, longest: usize) {
        let Some(sender) = received.address.as_ref().and_then(address) else { return };
        let message = Message::whole(received.iovs().next().unwrap_or_default(), longest);
        let place = *self.known.entry(sender).or_insert_with(|| {
            self.by_sender.push((sender, Vec::new()));
            self.by_sender.len() - 1
        });
        self.by_sender[place].1.push(message);
    }
}

fn address(of: &SockaddrStorage) -> Option<IpAddr> {
    let old = of.as_sockaddr_in().map(|address| IpAddr::V4(address.ip()));
    old.or_else(|| of.as_sockaddr_in6().map(|address| IpAddr::V6(address.ip()).to_canonical()))
}
