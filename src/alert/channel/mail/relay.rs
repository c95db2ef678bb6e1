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
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::client::TlsStream;

use super::encryption::Encryption;
use super::settings::{Server, Settings, Timeouts, Tls};
use super::trouble::{Step, Trouble, agreed, answered};
use super::turns::Turns;
use crate::alert::channel::OpenError;
use crate::base::language::Text;
use crate::words::failure::{Failure, connection, late};
use crate::words::receipt as words;

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
        Ok(Self {
            server,
            way,
            timeouts: settings.timeouts,
            hello: settings.hello.clone().map_or_else(ClientId::default, ClientId::Domain),
        })
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
        let stream = in_time(self.timeouts.connect, words::connecting(), reach(&self.server)).await?;
        // A name that means this machine in one file may mean another one in the next.
        let near = stream.peer_addr().is_ok_and(|peer| peer.ip().is_loopback());
        if matches!(self.way, Way::Clear) && !near {
            return Err(Trouble::silent(words::elsewhere()));
        }
        // Without this, each command waits some 40 ms for the acknowledgement of the one before.
        stream.set_nodelay(true).map_err(|error| not_connected(&error))?;
        Ok(stream)
    }

    async fn begin(&self, stream: impl AsyncTokioStream + 'static) -> Result<AsyncSmtpConnection, Trouble> {
        let beginning = AsyncSmtpConnection::connect_with_transport(Box::new(stream), &self.hello);
        answered(self.timeouts.command, Step::Greeting, beginning).await
    }

    /// Asks in clear for encryption. What is given back is the socket, and nothing that was read from it.
    async fn agree_on_encryption(&self, socket: TcpStream) -> Result<TcpStream, Trouble> {
        let (heard, kept) = twice(socket).map_err(|error| not_connected(&error))?;
        let mut clear = self.begin(Turns::new(heard)).await?;
        if !clear.can_starttls() {
            return Err(Trouble::silent(words::no_starttls()));
        }
        agreed(self.timeouts.command, Step::Starttls, Severity::PositiveCompletion, clear.command(Starttls)).await?;
        Ok(kept)
    }

    async fn encrypt(&self, encryption: &Encryption, socket: TcpStream) -> Result<TlsStream<TcpStream>, Trouble> {
        in_time(self.timeouts.handshake, words::encrypting(), encryption.over(socket)).await
    }
}

/// Tries the addresses of a relay one after the other. A name without any is said apart from a relay that is not there.
async fn reach(server: &Server) -> io::Result<TcpStream> {
    let unknown = |error: io::Error| io::Error::new(error.kind(), Failure(words::no_such_host(error)));
    let addresses = lookup_host((server.host.as_str(), server.port)).await.map_err(unknown)?;
    TcpStream::connect(&*addresses.collect::<Vec<_>>()).await
}

fn not_connected(error: &io::Error) -> Trouble {
    Trouble::silent(words::at(words::connecting(), connection(error)))
}

/// The same socket in two hands.
fn twice(socket: TcpStream) -> io::Result<(TcpStream, TcpStream)> {
    let socket = socket.into_std()?;
    Ok((TcpStream::from_std(socket.try_clone()?)?, TcpStream::from_std(socket)?))
}

/// Waits for the network, but not for ever.
async fn in_time<T>(limit: Duration, what: Text, step: impl Future<Output = io::Result<T>>) -> Result<T, Trouble> {
    match timeout(limit, step).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err(Trouble::silent(words::at(what, connection(&error)))),
        Err(_) => Err(Trouble::silent(words::at(what, late()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_name_that_leads_nowhere_is_said_in_both_languages() {
        // No name has an empty part: nobody needs to be asked.
        let server = Server { host: "relais..example".to_owned(), port: 25 };
        let reason = connection(&reach(&server).await.expect_err("no such name"));
        assert!(reason.fr.is_some_and(|fr| fr.starts_with("ce nom n'a pas d'adresse (")));
        assert!(reason.en.is_some_and(|en| en.starts_with("that name has no address (")));
    }
}
