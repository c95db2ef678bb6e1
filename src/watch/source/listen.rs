//! Listens at an address for what other machines send: syslog over UDP (RFC 5426), TCP (RFC 6587) and TLS (RFC
//! 5425). Knows nothing of
//! what a message says.
//!
//! Each sender is a stream of its own. While nobody takes what was received, nothing more is read: over TCP the sender
//! keeps it, over UDP the system does for a while, and counts what it then throws away.

mod accepted;
mod address;
mod connection;
mod connections;
mod datagrams;
mod drops;
mod encryption;
mod fault;
mod frame;
mod handing;
mod senders;
mod spool;

use std::io;
use std::net::{TcpListener, UdpSocket};
use std::time::Duration;

use jiff::Timestamp;

use self::accepted::Accepted;
use self::address::{Address, Transport};
use self::connections::Door;
use self::encryption::{Certificates, Encryption};
use self::fault::Fault;
#[cfg(fuzzing)]
pub use self::frame::fuzzing as frames;
use self::spool::Spool;
pub(super) use self::spool::state_at;
use super::kind::{Arrival, Checking, Kind, Opening, Outlet, Polled, Room};
use super::trouble::Trouble;
use crate::base::id::SourceName;
use crate::finding::site::{needless_certificates, no_address_listened, no_certificates};
use crate::text::spanned::Spanned;
use crate::watch::line::Position;

/// How long until an address that could not be had is tried again.
const AGAIN: Duration = Duration::from_secs(5);
/// So much of a message is kept where nothing else is asked for.
const LONGEST: u64 = 64 * 1024;
/// So much may rest on disk where nothing else is asked for.
const SPOOL: u64 = 64 * 1024 * 1024;

/// What to listen for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listening {
    /// Where.
    pub(crate) address: Address,
    /// How many bytes may rest on disk until what followed from them is kept.
    pub(crate) spool: u64,
    /// How many bytes of a message are kept.
    pub(crate) longest: usize,
    /// The files of certificates, where it encrypts.
    certificates: Option<Certificates>,
}

/// Listens for one source.
#[derive(Debug)]
pub struct Listener {
    source: SourceName,
    settings: Listening,
    /// Nothing where nobody is to be listened to.
    room: Option<Room>,
    positions: Vec<Position>,
    socket: Option<Socket>,
}

/// An address that was taken.
#[derive(Debug)]
enum Socket {
    Datagrams(UdpSocket),
    Connections(TcpListener, Option<Encryption>),
}

impl Kind for Listener {
    type Written = Spanned<String>;
    type Settings = Listening;

    fn check(written: &Spanned<String>, at: &mut Checking<'_>) -> Listening {
        let address = written.parse().unwrap_or_else(|why| {
            at.found.push(no_address_listened(written, why).at(at.source, written.span));
            Address::nowhere()
        });
        let certificates = at.beside.tls.map(|tls| Certificates {
            certificate: at.folder.join(&tls.certificate.value),
            key: at.folder.join(&tls.key.value),
            clients: tls.clients.as_ref().map(|clients| at.folder.join(&clients.value)),
        });
        let encrypts = address.transport == Transport::Tls;
        if encrypts != certificates.is_some() {
            let finding = if encrypts { no_certificates(written) } else { needless_certificates(written) };
            at.found.push(finding.at(at.source, written.span));
        }
        let spool = at.size(at.beside.spool, SPOOL);
        let longest = at.size(at.beside.longest, LONGEST);
        Listening { address, spool, longest: usize::try_from(longest).unwrap_or(usize::MAX), certificates }
    }

    fn open(source: SourceName, settings: &Listening, opening: Opening) -> Self {
        Self { source, settings: settings.clone(), room: opening.room, positions: opening.positions, socket: None }
    }

    fn place(settings: &Listening) -> String {
        settings.address.to_string()
    }

    /// Takes the address, so that whoever waits for vigie to watch can send.
    fn look(&mut self, _: Timestamp) -> Polled {
        let mut polled = Polled::default();
        if self.room.is_some() {
            match Socket::take(&self.settings) {
                Ok(socket) => self.socket = Some(socket),
                Err(error) => polled.lasting = Some(vec![self.fault(&error)]),
            }
        }
        polled
    }

    async fn run(mut self, outlet: Outlet) {
        let Some(socket) = self.take_address(&outlet).await else { return };
        match socket {
            Socket::Datagrams(socket) => {
                datagrams::receive(
                    (self.source, self.settings.address.to_string()),
                    self.settings.longest,
                    socket,
                    outlet,
                )
                .await;
            }
            Socket::Connections(listener, encryption) => {
                let Some(spool) = self.take_spool(&outlet).await else { return };
                let (place, longest) = (self.settings.address.to_string(), self.settings.longest);
                let stop = outlet.stop.clone();
                let accepted = Accepted::new((self.source, place), spool, outlet);
                connections::receive(Door { listener, encryption, longest }, accepted, stop).await;
            }
        }
    }
}

impl Listener {
    /// Its spool, however long it takes to get it. Nothing where it is time to stop.
    async fn take_spool(&self, outlet: &Outlet) -> Option<Spool> {
        let mut told = false;
        loop {
            let opened = Spool::open(self.room.clone()?, self.settings.spool, &self.positions);
            let troubles: Vec<Trouble> = opened
                .as_ref()
                .err()
                .map(|error| self.report(&Fault::Unspooled(error.to_string())))
                .into_iter()
                .collect();
            if told || !troubles.is_empty() {
                told = !troubles.is_empty();
                outlet.out.send(Arrival::Lasting(self.source.clone(), troubles)).await.ok()?;
            }
            if let Ok(spool) = opened {
                return Some(spool);
            }
            outlet.stop.run_until_cancelled(tokio::time::sleep(AGAIN)).await?;
        }
    }

    /// The address, however long it takes to get it. Nothing where it is time to stop.
    async fn take_address(&mut self, outlet: &Outlet) -> Option<Socket> {
        if let Some(socket) = self.socket.take() {
            return Some(socket);
        }
        loop {
            outlet.stop.run_until_cancelled(tokio::time::sleep(AGAIN)).await?;
            let taken = Socket::take(&self.settings);
            let troubles = taken.as_ref().err().map(|error| self.fault(error)).into_iter().collect();
            outlet.out.send(Arrival::Lasting(self.source.clone(), troubles)).await.ok()?;
            if let Ok(socket) = taken {
                return Some(socket);
            }
        }
    }

    fn fault(&self, error: &io::Error) -> Trouble {
        self.report(&Fault::Taken(error.to_string()))
    }

    fn report(&self, fault: &Fault) -> Trouble {
        fault.report(&self.source, self.settings.address.to_string())
    }
}

impl Socket {
    fn take(settings: &Listening) -> io::Result<Self> {
        let Address { transport, at } = settings.address;
        match transport {
            Transport::Udp => datagrams::open(at).map(Self::Datagrams),
            Transport::Tcp | Transport::Tls => {
                let encryption = settings.certificates.as_ref().map(Encryption::open).transpose()?;
                Ok(Self::Connections(connections::open(at)?, encryption))
            }
        }
    }
}
