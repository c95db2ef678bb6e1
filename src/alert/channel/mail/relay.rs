//! The way to a relay: a connection on which it has greeted, encrypted as the site wants it. It knows no letter.
//!
//! Greeting and STARTTLS happen on a connection of their own, of which nothing is kept but the socket: whatever was said
//! in clear is forgotten with it (RFC 3207, section 4.2), and the conversation begins anew inside the encryption.

use std::future::Future;
use std::io;
use std::time::Duration;

use lettre::transport::smtp::client::{AsyncSmtpConnection, AsyncTokioStream};
use lettre::transport::smtp::commands::Starttls;
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Severity;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::client::TlsStream;

use super::encryption::Encryption;
use super::settings::{Server, Settings, Timeouts, Tls};
use super::trouble::{Trouble, agreed, answered};
use super::turns::Turns;
use crate::alert::channel::OpenError;

/// A relay and how to get there.
#[derive(Debug)]
pub(super) struct Relay {
    pub(super) server: Server,
    way: Way,
    pub(super) timeouts: Timeouts,
    hello: ClientId,
}

/// How the way is protected.
#[derive(Debug)]
enum Way {
    /// In clear, to this machine only.
    Clear,
    /// In clear until both sides agree on encryption.
    Upgraded(Encryption),
    /// Encrypted from the first byte.
    Wrapped(Encryption),
}

impl Relay {
    pub(super) fn open(settings: &Settings) -> Result<Self, OpenError> {
        let server = settings.smtp.clone();
        let encryption = || Encryption::new(&server.host, settings.ca.as_deref());
        let way = match settings.tls {
            Tls::None if !server.is_this_machine() => return Err(OpenError::InClear(server.host)),
            Tls::None => Way::Clear,
            Tls::Required => Way::Upgraded(encryption()?),
            Tls::Wrapped => Way::Wrapped(encryption()?),
        };
        Ok(Self { server, way, timeouts: settings.timeouts, hello: ClientId::default() })
    }

    /// A conversation that has begun: the relay said what it can do.
    pub(super) async fn connect(&self) -> Result<AsyncSmtpConnection, Trouble> {
        let socket = self.socket().await?;
        match &self.way {
            Way::Clear => self.begin(Turns::new(socket)).await,
            Way::Upgraded(encryption) => {
                let socket = self.agree_on_encryption(socket).await?;
                self.begin(Turns::greeted(self.encrypt(encryption, socket).await?)).await
            }
            Way::Wrapped(encryption) => self.begin(Turns::new(self.encrypt(encryption, socket).await?)).await,
        }
    }

    async fn socket(&self) -> Result<TcpStream, Trouble> {
        let connecting = TcpStream::connect((self.server.host.as_str(), self.server.port));
        let stream = in_time(self.timeouts.connect, "cannot connect", connecting).await?;
        // A name that means this machine in one file may mean another one in the next.
        let near = stream.peer_addr().is_ok_and(|peer| peer.ip().is_loopback());
        if matches!(self.way, Way::Clear) && !near {
            return Err(Trouble::silent("not this machine, and mail would leave in clear"));
        }
        // Without this, each command waits some 40 ms for the acknowledgement of the one before.
        stream.set_nodelay(true).map_err(|error| Trouble::silent(format!("cannot connect: {error}")))?;
        Ok(stream)
    }

    async fn begin(&self, stream: impl AsyncTokioStream + 'static) -> Result<AsyncSmtpConnection, Trouble> {
        let beginning = AsyncSmtpConnection::connect_with_transport(Box::new(stream), &self.hello);
        answered(self.timeouts.command, "the greeting", beginning).await
    }

    /// Asks in clear for encryption. What is given back is the socket, and nothing that was read from it.
    async fn agree_on_encryption(&self, socket: TcpStream) -> Result<TcpStream, Trouble> {
        let (heard, kept) = twice(socket).map_err(|error| Trouble::silent(format!("cannot connect: {error}")))?;
        let mut clear = self.begin(Turns::new(heard)).await?;
        if !clear.can_starttls() {
            return Err(Trouble::silent("no STARTTLS is offered, and mail would leave in clear"));
        }
        agreed(self.timeouts.command, "STARTTLS", Severity::PositiveCompletion, clear.command(Starttls)).await?;
        Ok(kept)
    }

    async fn encrypt(&self, encryption: &Encryption, socket: TcpStream) -> Result<TlsStream<TcpStream>, Trouble> {
        in_time(self.timeouts.command, "cannot encrypt", encryption.over(socket)).await
    }
}

/// The same socket in two hands.
fn twice(socket: TcpStream) -> io::Result<(TcpStream, TcpStream)> {
    let socket = socket.into_std()?;
    Ok((TcpStream::from_std(socket.try_clone()?)?, TcpStream::from_std(socket)?))
}

/// Waits for the network, but not for ever.
async fn in_time<T>(limit: Duration, what: &str, step: impl Future<Output = io::Result<T>>) -> Result<T, Trouble> {
    match timeout(limit, step).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err(Trouble::silent(format!("{what}: {error}"))),
        Err(_) => Err(Trouble::silent(format!("{what}: no answer in time"))),
    }
}
