//! How a person is reached, one file for each way. Never knows an alert or a chain: it gets a finished letter and
//! answers with a receipt.
//!
//! A channel is one file here: what is written in vigie.yaml, its check, its kind of address, sending; and one row in the
//! table of [`super::medium`], from which the types below follow. `Kind` says what a file must have.

mod checking;
pub mod folder;
mod kind;
pub mod mail;
mod rate;
mod receipt;
mod retry;
mod secret;
pub mod sms;
pub(crate) mod spool;
mod unopened;
mod written;

pub use self::checking::Checking;
pub(crate) use self::rate::Rate;
pub use self::receipt::Receipt;
pub use self::retry::retry_after;
pub use self::secret::SecretPlace;
pub use self::unopened::OpenError;
pub use self::written::Entry;
use super::medium::{Address, Medium, every_channel};
use super::page::Letter;
use crate::text::spanned::Spanned;
use kind::{Follow as _, Form, Kind};

/// Makes the types that have one variant for each row of the table.
macro_rules! channels {
    ({} $( $(#[$row:meta])+ $word:ident: $kind:ident { $( $(#[$doc:meta])+ address )? } )*) => {
        /// A channel as its site's files describe it, after checking.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Settings {
            $( $(#[$row])+ $kind($word::Settings), )*
        }

        /// A channel ready to send.
        #[derive(Debug)]
        pub enum Channel {
            $( $(#[$row])+ $kind(Box<$word::$kind>), )*
        }

        $(
            impl From<$word::Settings> for Settings {
                fn from(settings: $word::Settings) -> Self {
                    Self::$kind(settings)
                }
            }
        )*

        /// How each kind is written.
        const FORMS: &[Form] = &[$( Form::of::<$word::Settings>() ),*];

        impl Settings {
            /// What this channel needs to know of a person.
            pub fn medium(&self) -> Medium {
                match self {
                    $( Self::$kind(_) => Medium::$kind, )*
                }
            }

            /// How many letters it takes in how much time; nothing where there is no limit.
            pub(crate) fn rate(&self) -> Option<Rate> {
                match self {
                    $( Self::$kind(settings) => settings.rate(), )*
                }
            }

            /// Whether it is the hospital's own network that carries it, which an attack can take down.
            pub(crate) fn needs_the_network(&self) -> bool {
                match self {
                    $( Self::$kind(_) => <$word::Settings as Kind>::NEEDS_THE_NETWORK, )*
                }
            }

            /// Whether it works when nothing and nobody answers any more.
            pub(crate) fn stands_alone(&self) -> bool {
                match self {
                    $( Self::$kind(_) => <$word::Settings as Kind>::STANDS_ALONE, )*
                }
            }
        }

        impl Channel {
            /// Gets a channel ready: reads certificates and secrets. Does not connect, so that a relay which is down at
            /// start does not keep the others from working.
            pub fn open(settings: &Settings) -> Result<Self, OpenError> {
                Ok(match settings {
                    $( Settings::$kind(settings) => Self::$kind(Box::new($word::$kind::open(settings)?)), )*
                })
            }

            /// Where a letter is that was spooled.
            pub async fn look(&self, letter: &Letter) -> Receipt {
                match self {
                    $( Self::$kind(channel) => channel.look(letter).await, )*
                }
            }

            /// Takes a letter back that was spooled; whether it was still there.
            pub(crate) async fn take_out(&self, letter: &Letter) -> bool {
                match self {
                    $( Self::$kind(channel) => channel.take_out(letter).await, )*
                }
            }

            /// Sends one letter. Always comes back: every step has its time limit.
            pub async fn send(&self, letter: &Letter) -> Receipt {
                match self {
                    $( Self::$kind(channel) => channel.send(letter).await, )*
                }
            }
        }

        /// The address of a person that is written as `text`, or a finding.
        pub(crate) fn address(medium: Medium, text: &Spanned<String>, at: &mut Checking<'_>) -> Option<Address> {
            match medium {
                $( Medium::$kind => row!($word $kind text at $( $($doc)+ )?), )*
            }
        }
    };
}

/// What differs between rows with an address of people, and rows without.
macro_rules! row {
    ($word:ident $kind:ident $text:ident $at:ident) => {
        Some(Address::$kind)
    };
    ($word:ident $kind:ident $text:ident $at:ident $($doc:meta)+) => {
        $word::address($text, $at).map(Address::$kind)
    };
}

every_channel!(channels! {});
