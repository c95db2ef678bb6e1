//! A connection on which the two sides take turns: something is said, and one reply comes back. It knows of SMTP only
//! where a reply ends, and nothing of TLS: it stands above it.
//!
//! Whoever replies before being asked, or says more than one reply, is not answering. A man in the middle puts such
//! replies in front of the encryption (RFC 3207, section 6), a broken relay counts wrong; either way a page would be
//! taken as accepted that nobody has. So an early byte ends the connection, and the letter is sent again on another.

use std::io;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

use crate::words::failure::Failure;
use crate::words::receipt as words;

/// A stream that gives one reply for each turn, or breaks.
#[derive(Debug)]
pub(super) struct Turns<S> {
    stream: S,
    turn: Turn,
    /// What is still to be read of a greeting that the other side does not say itself.
    greeting: &'static [u8],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// The other side's: how far its reply has come.
    Theirs(Line),
    /// This side's: the reply is whole.
    Ours,
    /// Nobody's any more.
    Broken,
}

/// A line of a reply: its last one has no hyphen behind the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Line {
    column: usize,
    last: bool,
}

impl Line {
    const START: Self = Self { column: 0, last: true };
}

impl<S> Turns<S> {
    /// A connection on which the other side greets.
    pub(super) fn new(stream: S) -> Self {
        Self { stream, turn: Turn::Theirs(Line::START), greeting: b"" }
    }

    /// A connection whose other side has greeted, before it was encrypted, and does not do so again. Nothing it said
    /// then counts: what is read as its greeting is made here.
    pub(super) fn greeted(stream: S) -> Self {
        Self { greeting: b"220 \r\n", ..Self::new(stream) }
    }

    /// Takes note of what the other side said.
    fn hear(&mut self, bytes: &[u8]) -> io::Result<()> {
        for byte in bytes {
            let Turn::Theirs(line) = self.turn else {
                self.turn = Turn::Broken;
                return Err(out_of_turn());
            };
            self.turn = match (byte, line.last) {
                (b'\n', true) => Turn::Ours,
                (b'\n', false) => Turn::Theirs(Line::START),
                _ => {
                    let last = line.last && (line.column, byte) != (3, &b'-');
                    Turn::Theirs(Line { column: line.column + 1, last })
                }
            };
        }
        Ok(())
    }
}

impl<S: AsyncRead + Unpin> Turns<S> {
    /// Makes sure that the other side is silent before something is said to it.
    fn hush(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        if self.turn == Turn::Broken {
            return Err(out_of_turn());
        }
        let mut byte = [0];
        let mut early = ReadBuf::new(&mut byte);
        match pin!(&mut self.stream).poll_read(cx, &mut early) {
            Poll::Pending => Ok(()),
            Poll::Ready(Err(error)) => Err(error),
            Poll::Ready(Ok(())) if early.filled().is_empty() => Err(io::ErrorKind::UnexpectedEof.into()),
            Poll::Ready(Ok(())) => {
                self.turn = Turn::Broken;
                Err(out_of_turn())
            }
        }
    }
}

fn out_of_turn() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, Failure(words::out_of_turn()))
}

impl<S: AsyncRead + Unpin> AsyncRead for Turns<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, out: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = out.filled().len();
        if self.greeting.is_empty() {
            std::task::ready!(pin!(&mut self.stream).poll_read(cx, out))?;
        } else {
            let (now, later) = self.greeting.split_at(self.greeting.len().min(out.remaining()));
            out.put_slice(now);
            self.greeting = later;
        }
        let heard = self.hear(&out.filled()[before..]);
        if heard.is_err() {
            // Not even the part that came in turn: it was no answer.
            out.set_filled(before);
        }
        Poll::Ready(heard)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Turns<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.hush(cx)?;
        let written = std::task::ready!(pin!(&mut self.stream).poll_write(cx, bytes))?;
        self.turn = Turn::Theirs(Line::START);
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        pin!(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        pin!(&mut self.stream).poll_shutdown(cx)
    }
}

impl AsyncTokioStream for Turns<TcpStream> {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.stream.peer_addr()
    }
}

impl AsyncTokioStream for Turns<TlsStream<TcpStream>> {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.stream.get_ref().0.peer_addr()
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex};

    use super::*;

    /// What is read of one reply that arrives in `pieces`, with what lies behind it.
    async fn reply(pieces: &[&str]) -> io::Result<String> {
        let (near, mut far) = duplex(1024);
        let mut near = Turns::new(near);
        let mut read = String::new();
        for piece in pieces {
            far.write_all(piece.as_bytes()).await?;
            let mut bytes = [0; 1024];
            let count = near.read(&mut bytes).await?;
            read.push_str(&String::from_utf8_lossy(&bytes[..count]));
        }
        Ok(read)
    }

    #[tokio::test]
    async fn a_reply_of_many_lines_in_many_pieces_is_one() {
        for pieces in [
            vec!["220 relay.example\r\n"],
            vec!["220-a\r\n220-b\r\n220 c\r\n"],
            vec!["22", "0-", "a\r", "\n220", " c - d\r\n"],
            vec!["220\r\n"],
            vec!["2-0 \r\n"],
        ] {
            assert_eq!(reply(&pieces).await.expect("one reply"), pieces.concat());
        }
    }

    #[tokio::test]
    async fn whatever_lies_behind_a_reply_breaks_the_connection() {
        for pieces in [
            vec!["220 a\r\n250 b\r\n"],
            vec!["220-a\r\n220 b\r\n2"],
            vec!["220 a\n\r\n"],
            vec!["220 a\r\n", "250 b\r\n"],
            vec!["220-a\r\n", "220 b\r\n\0"],
        ] {
            let error = reply(&pieces).await.expect_err("out of turn");
            assert_eq!(error.kind(), io::ErrorKind::InvalidData, "{pieces:?}");
        }
    }

    #[tokio::test]
    async fn nothing_is_said_to_somebody_who_speaks() {
        let (near, mut far) = duplex(1024);
        let mut near = Turns::greeted(near);
        near.read_exact(&mut [0; 6]).await.expect("the greeting made here");
        near.write_all(b"EHLO a\r\n").await.expect("our turn");
        far.write_all(b"250 a\r\n").await.expect("their turn");
        near.read_exact(&mut [0; 7]).await.expect("their reply");
        far.write_all(b"250 b\r\n").await.expect("out of turn");
        for _ in 0..2 {
            let error = near.write_all(b"QUIT\r\n").await.expect_err("broken");
            assert_eq!(error.kind(), io::ErrorKind::InvalidData);
        }
        drop(near);
        let mut heard = String::new();
        far.read_to_string(&mut heard).await.expect("what was said");
        assert_eq!(heard, "EHLO a\r\n");
    }

    #[tokio::test]
    async fn a_reply_that_comes_while_a_message_is_being_said_is_none() {
        let (near, mut far) = duplex(1024);
        let mut near = Turns::greeted(near);
        near.read_exact(&mut [0; 6]).await.expect("the greeting made here");
        near.write_all(b"a long message").await.expect("our turn");
        far.write_all(b"250 queued\r\n").await.expect("too early");
        near.write_all(b"\r\n.\r\n").await.expect_err("broken");
    }

    #[tokio::test]
    async fn a_connection_that_was_closed_says_so_at_the_next_word() {
        let (near, far) = duplex(1024);
        let mut near = Turns::greeted(near);
        near.read_exact(&mut [0; 6]).await.expect("the greeting made here");
        drop(far);
        let error = near.write_all(b"EHLO a\r\n").await.expect_err("closed");
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
    }
}
