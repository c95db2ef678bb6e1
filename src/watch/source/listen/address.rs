//! Where to listen, as it is written: `udp://0.0.0.0:5514`.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::str::FromStr;

use crate::base::language::Text;
use crate::words::listen as words;

/// How messages come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Transport {
    /// One datagram is one message.
    Udp,
    /// Messages one after the other on a connection.
    Tcp,
    /// The same, encrypted.
    Tls,
}

/// An address to listen at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Address {
    /// How messages come.
    pub(crate) transport: Transport,
    /// Where.
    pub(crate) at: SocketAddr,
}

const TRANSPORTS: [(&str, Transport); 3] = [("udp", Transport::Udp), ("tcp", Transport::Tcp), ("tls", Transport::Tls)];

impl Address {
    /// What stands in for an address that could not be read.
    pub(super) fn nowhere() -> Self {
        Self { transport: Transport::Udp, at: (Ipv4Addr::LOCALHOST, 0).into() }
    }
}

impl FromStr for Address {
    type Err = Text;

    fn from_str(text: &str) -> Result<Self, Text> {
        let (transport, at) = text.split_once("://").ok_or_else(words::no_transport)?;
        let transport = TRANSPORTS.iter().find(|(word, _)| *word == transport).ok_or_else(words::no_transport)?.1;
        let at: SocketAddr = at.parse().map_err(|_| words::no_socket_address())?;
        if at.port() == 0 {
            return Err(words::no_socket_address());
        }
        Ok(Self { transport, at })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = TRANSPORTS.iter().find(|(_, transport)| *transport == self.transport).map_or("", |(word, _)| word);
        write!(out, "{word}://{}", self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_and_written_the_same() {
        for text in ["udp://0.0.0.0:5514", "tcp://[::]:514", "tls://127.0.0.1:6514"] {
            assert_eq!(text.parse::<Address>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_address_is_refused_with_what_is_missing() {
        for (text, wanted) in [
            ("0.0.0.0:5514", "udp://"),
            ("http://0.0.0.0:5514", "udp://"),
            ("udp://0.0.0.0", "port"),
            ("udp://0.0.0.0:0", "port"),
            ("tcp://collector:514", "port"),
            ("tcp://1.2.3.4:99999", "port"),
        ] {
            let why = text.parse::<Address>().unwrap_err();
            assert!(why.get(crate::base::language::Language::En).contains(wanted), "{text}: {why:?}");
        }
    }
}
