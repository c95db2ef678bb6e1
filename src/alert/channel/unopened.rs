//! Why a channel cannot be opened.

use std::error::Error;
use std::fmt;
use std::path::PathBuf;

use crate::base::language::{Language, Text};
use crate::words::failure::{cannot_read, system};
use crate::words::unopened as words;

/// Why a channel cannot be opened. None of these goes away by waiting: the settings have to change.
#[derive(Debug)]
pub enum OpenError {
    /// Mail without encryption to another machine.
    InClear(String),
    /// A file that the settings name.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file that should hold certificates.
    NoCertificate {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: Text,
    },
    /// The host of a relay cannot be a name in a certificate, or the like.
    Tls {
        /// The relay.
        host: String,
        /// Why.
        reason: String,
    },
    /// The sender is not a mail address.
    NotAnAddress(String),
    /// An environment variable that should hold a secret.
    NotSet(String),
    /// A secret that holds nothing.
    EmptySecret(String),
    /// A user name without its password, or the other way round.
    HalfLogin,
}

impl OpenError {
    /// The same in words.
    pub(crate) fn text(&self) -> Text {
        match self {
            Self::InClear(host) => words::in_clear(host),
            Self::Unreadable { path, source } => cannot_read(path.display(), system(source)),
            Self::NoCertificate { path, reason } => words::no_certificate(path.display(), reason),
            Self::Tls { host, reason } => words::tls(host, reason),
            Self::NotAnAddress(written) => words::not_an_address(written),
            Self::NotSet(name) => words::not_set(name),
            Self::EmptySecret(place) => words::empty_secret(place),
            Self::HalfLogin => words::half_login(),
        }
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.text().get(Language::En))
    }
}

impl Error for OpenError {}
