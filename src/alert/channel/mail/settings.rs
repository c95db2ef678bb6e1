//! A relay as a site's files describe it.

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::alert::channel::SecretPlace;

/// A relay and how to speak to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The relay.
    pub smtp: Server,
    /// How the way there is protected.
    pub tls: Tls,
    /// Certificates in PEM form that count beside the usual ones, for a hospital with its own authority.
    pub ca: Option<PathBuf>,
    /// The sender.
    pub from: String,
    /// The name to log in with.
    pub username: Option<String>,
    /// Where its password is kept.
    pub password: Option<SecretPlace>,
    /// Where an access token is found instead of a password (XOAUTH2).
    pub token: Option<SecretPlace>,
    /// The name to say at the greeting; the machine's own where there is none.
    pub hello: Option<String>,
    /// How long to wait for the relay.
    pub timeouts: Timeouts,
}

/// A host and a port, written `relay.example:587`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
}

/// Text that is not a host and a port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a host and a port")]
pub struct NotAServer;

impl FromStr for Server {
    type Err = NotAServer;

    fn from_str(text: &str) -> Result<Self, NotAServer> {
        let (host, port) = text.rsplit_once(':').ok_or(NotAServer)?;
        let bracketed = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
        let host = bracketed.unwrap_or(host);
        let wrong =
            host.is_empty() || (bracketed.is_none() && host.contains(':')) || host.contains(char::is_whitespace);
        match port.parse() {
            Ok(port) if port > 0 && !wrong => Ok(Self { host: host.to_owned(), port }),
            _ => Err(NotAServer),
        }
    }
}

impl Server {
    /// Whether mail to it stays on this machine.
    pub fn is_this_machine(&self) -> bool {
        let loopback = self.host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        loopback || self.host.eq_ignore_ascii_case("localhost")
    }
}

impl fmt::Display for Server {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(out, "[{}]:{}", self.host, self.port)
        } else {
            write!(out, "{}:{}", self.host, self.port)
        }
    }
}

/// How the way to the relay is protected. There is no "if possible": that is how mail leaves in clear unnoticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Tls {
    /// STARTTLS or nothing (RFC 3207), usually on port 587 or 25.
    #[default]
    Required,
    /// TLS from the first byte (RFC 8314), usually on port 465.
    Wrapped,
    /// None: only to this machine itself.
    None,
}

/// How long to wait for the relay: as long as RFC 5321 (section 4.5.3.2) asks for. Whoever gives up before the relay has
/// answered sends the same message again and again. Meanwhile other channels are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// To be connected.
    pub connect: Duration,
    /// To agree on encryption.
    pub handshake: Duration,
    /// For its greeting, and for the answer to each command but the next two.
    pub command: Duration,
    /// For the answer to DATA.
    pub data: Duration,
    /// For the answer to the message: it may be looked through for viruses, or handed on first.
    pub end: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            handshake: Duration::from_secs(30),
            command: Duration::from_mins(5),
            data: Duration::from_mins(2),
            end: Duration::from_mins(10),
        }
    }
}

impl Timeouts {
    /// The same time for each answer.
    #[must_use]
    pub fn of(limit: Duration) -> Self {
        Self { handshake: limit, command: limit, data: limit, end: limit, ..Self::default() }
    }
}
