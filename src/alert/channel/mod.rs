//! How a person is reached, one file for each way. Never knows an alert or a chain: it gets a finished letter and
//! answers with a receipt.
//!
//! To add a channel: a file beside this one with `Settings` and a `send`, and one line in each `match` below.

pub mod file;
pub mod mail;
mod receipt;
mod retry;
mod secret;
pub mod sms;
pub(crate) mod spool;

use std::path::PathBuf;

use jiff::SignedDuration;

pub use self::receipt::Receipt;
pub use self::retry::retry_after;
pub use self::secret::{Secret, SecretPlace};
use super::page::{Letter, Medium};

/// A channel as its site's files describe it, after checking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settings {
    /// Mail through a relay.
    Mail(mail::Settings),
    /// Text messages through the spool of a modem's daemon.
    Sms(sms::Settings),
    /// A folder with one text file for each page, to be printed.
    File(file::Settings),
}

/// Why a channel cannot be opened. None of these goes away by waiting: the settings have to change.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Mail without encryption to another machine.
    #[error("mail without encryption can only go to this machine itself, not to {0}: write `tls: required`")]
    InClear(String),
    /// A file that the settings name.
    #[error("cannot read {path}: {source}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file that should hold certificates.
    #[error("{path} holds no certificate in PEM form: {reason}")]
    NoCertificate {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The host of a relay cannot be a name in a certificate, or the like.
    #[error("cannot set up encryption with {host}: {reason}")]
    Tls {
        /// The relay.
        host: String,
        /// Why.
        reason: String,
    },
    /// The sender is not a mail address.
    #[error("`{0}` is not a mail address")]
    NotAnAddress(String),
    /// An environment variable that should hold a secret.
    #[error("the environment variable {0} is not set")]
    NotSet(String),
    /// A secret that holds nothing.
    #[error("the secret in {0} is empty")]
    EmptySecret(String),
    /// A user name without its password, or the other way round.
    #[error("a user name and a password go together: one of them is missing")]
    HalfLogin,
}

/// A channel ready to send.
#[derive(Debug)]
pub enum Channel {
    /// Mail through a relay.
    Mail(Box<mail::Mail>),
    /// Text messages through the spool of a modem's daemon.
    Sms(sms::Sms),
    /// A folder with one text file for each page.
    File(file::File),
}

impl Settings {
    /// What this channel needs to know of a person.
    pub fn medium(&self) -> Medium {
        match self {
            Self::Mail(_) => Medium::Mail,
            Self::Sms(_) => Medium::Sms,
            Self::File(_) => Medium::Folder,
        }
    }

    /// How long to wait between two letters; nothing where there is no limit.
    pub fn spacing(&self) -> Option<SignedDuration> {
        match self {
            Self::Sms(settings) => settings.rate.map(sms::Rate::spacing),
            Self::Mail(_) | Self::File(_) => None,
        }
    }
}

impl Channel {
    /// Gets a channel ready: reads certificates and secrets. Does not connect, so that a relay which is down at start
    /// does not keep the others from working.
    pub fn open(settings: &Settings) -> Result<Self, OpenError> {
        Ok(match settings {
            Settings::Mail(settings) => Self::Mail(Box::new(mail::Mail::open(settings)?)),
            Settings::Sms(settings) => Self::Sms(sms::Sms::open(settings)),
            Settings::File(settings) => Self::File(file::File::open(settings)),
        })
    }

    /// Sends one letter. Always comes back: every step has its time limit.
    pub async fn send(&self, letter: &Letter) -> Receipt {
        match self {
            Self::Mail(mail) => mail.send(letter).await,
            Self::Sms(sms) => sms.send(letter).await,
            Self::File(file) => file.send(letter).await,
        }
    }
}
