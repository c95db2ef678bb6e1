//! One connection, encrypted or not. While nothing comes it has no buffer: most say nothing most of the time.

use std::future::{Future as _, poll_fn};
use std::io;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use rustix::net::sockopt::{set_socket_keepalive, set_tcp_keepcnt, set_tcp_keepidle, set_tcp_keepintvl};
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// How much is read at a time.
const PIECE: usize = 64 * 1024;
/// After so long without a word the system asks whether the other end is still there, and how.
const ASK_AFTER: Duration = Duration::from_mins(1);
const ASK_EVERY: Duration = Duration::from_secs(20);
const ASK_TIMES: u32 = 3;

/// A connection.
#[derive(Debug)]
pub(super) enum Connection {
    Plain(TcpStream),
    Encrypted(Box<TlsStream<TcpStream>>),
}

impl Connection {
    /// Takes a connection, encrypted where there is something to encrypt with.
    pub(super) async fn take(stream: TcpStream, acceptor: Option<TlsAcceptor>) -> io::Result<Self> {
        keep_asking(&stream);
        Ok(match acceptor {
            None => Self::Plain(stream),
            Some(acceptor) => Self::Encrypted(Box::new(acceptor.accept(stream).await?)),
        })
    }

    /// Waits until something came, or it is over.
    pub(super) async fn readable(&self) -> io::Result<()> {
        match self {
            Self::Plain(stream) => stream.readable().await,
            Self::Encrypted(stream) => stream.get_ref().0.readable().await,
        }
    }

    /// What is there now, which is nothing at its end. Pending where nothing is there.
    pub(super) async fn read_now(&mut self) -> Poll<io::Result<Vec<u8>>> {
        poll_fn(|context| {
            let mut bytes = Vec::with_capacity(PIECE);
            let read = match self {
                Self::Plain(stream) => pin!(stream.read_buf(&mut bytes)).poll(context),
                Self::Encrypted(stream) => pin!(stream.read_buf(&mut bytes)).poll(context),
            };
            Poll::Ready(read.map_ok(|_| bytes))
        })
        .await
    }
}

/// Has the system ask whether the other end is still there: one whose cable was pulled never says goodbye.
fn keep_asking(stream: &TcpStream) {
    // A system that cannot keeps such a connection for longer.
    set_socket_keepalive(stream, true)
        .and_then(|()| set_tcp_keepidle(stream, ASK_AFTER))
        .and_then(|()| set_tcp_keepintvl(stream, ASK_EVERY))
        .and_then(|()| set_tcp_keepcnt(stream, ASK_TIMES))
        .ok();
}
