//! Where lines come from, one file for each kind of source. Knows nothing of what a line says.
//!
//! To add a kind: a file here and a row in the table below. The row gives the key that only it has in vigie.yaml, its file,
//! and the type in it that reads; [`Kind`] says what that file must have. A source hands over *batches*, lines of one of its
//! streams with the positions behind them; what was kept of them comes back to it ([`Outlet::kept`]), so that one which
//! holds lines for others may let go of them.

pub mod event_log;
pub mod file;
pub(crate) mod inject;
pub mod journal;
mod kind;
pub mod listen;
pub mod replay;
pub mod trouble;

mod beside;
mod bytes;
mod encoding;
mod evtx;
mod split;

use std::path::PathBuf;

use jiff::Timestamp;

pub use self::beside::{Beside, From, TlsEntry, Writer};
pub(crate) use self::kind::Room;
pub use self::kind::{Arrival, Checking, Ending, Kind, Opening, Outlet, Polled};
use super::line::Position;
use crate::base::id::SourceName;

/// Hands the table to the macro `$then`, behind whatever else it is given.
macro_rules! every_source {
    ($then:ident! { $($given:tt)* }) => {
        $then! { { $($given)* }
            /// A log file to follow, or a pattern such as `/var/log/samba/*.log`. Relative to the site's folder.
            follow: file::Follower
            /// An address to listen at for what other machines send: `udp://0.0.0.0:5514`, `tcp://0.0.0.0:5514`, or
            /// `tls://0.0.0.0:6514` with `tls`.
            listen: listen::Listener
            /// The journal of systemd, read by `journalctl`: `here` for that of this machine, or a folder of journals, such
            /// as those that `systemd-journal-remote` receives.
            journal: journal::Journal
            /// A log as Windows keeps it (`.evtx`), such as one on a share of the machine that writes it: its new records.
            evtx: event_log::EventLog
        }
    };
}
pub(crate) use every_source;

/// Makes the types that have one variant for each row.
macro_rules! sources {
    ({} $( $(#[$row:meta])+ $key:ident: $file:ident::$kind:ident )*) => {
        /// Where the lines of a source come from, as its site's files describe it, after checking.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Settings {
            $( $(#[$row])+ $kind(<$file::$kind as Kind>::Settings), )*
        }

        /// A source, ready to be read.
        #[derive(Debug)]
        pub enum Source {
            $( $(#[$row])+ $kind(Box<$file::$kind>), )*
        }

        /// The keys of vigie.yaml that say of which kind a source is.
        pub const KEYS: &[&str] = &[$( stringify!($key) ),*];

        impl Settings {
            /// The last lines of its logs, from at most `most` bytes of all of them together. What is missing, or comes
            /// from no log, has none.
            pub fn endings(&self, most: u64) -> Vec<Ending> {
                match self {
                    $( Self::$kind(settings) => <$file::$kind as Kind>::endings(settings, most), )*
                }
            }

            /// Where its lines come from: a path, a pattern or an address.
            pub(crate) fn place(&self) -> String {
                match self {
                    $( Self::$kind(settings) => <$file::$kind as Kind>::place(settings), )*
                }
            }

            /// The logs it reads: where they are, and by which numbers the file system knows those that are there.
            pub(crate) fn logs(&self) -> Vec<(PathBuf, Option<(u64, u64)>)> {
                match self {
                    $( Self::$kind(settings) => <$file::$kind as Kind>::logs(settings), )*
                }
            }

            /// The log that exercises may write to, and what the site says of its program.
            pub fn injected(&self) -> Option<(PathBuf, Option<Writer>)> {
                match self {
                    $( Self::$kind(settings) => <$file::$kind as Kind>::injected(settings), )*
                }
            }
        }

        impl Source {
            /// Takes up reading where the committed positions of `opening` end. Touches nothing yet.
            pub fn open(name: SourceName, settings: &Settings, opening: Opening) -> Self {
                match settings {
                    $( Settings::$kind(settings) => {
                        Self::$kind(Box::new(<$file::$kind as Kind>::open(name, settings, opening)))
                    } )*
                }
            }

            /// A first look, before anybody waits for more.
            pub fn look(&mut self, now: Timestamp) -> Polled {
                match self {
                    $( Self::$kind(source) => Kind::look(&mut **source, now), )*
                }
            }

            /// Hands everything over until it is told to stop.
            pub async fn run(self, outlet: Outlet) {
                match self {
                    $( Self::$kind(source) => Kind::run(*source, outlet).await, )*
                }
            }
        }
    };
}

every_source!(sources! {});

/// The position at the line that begins at `offset`, instead of behind it: for whoever is not done with that line when
/// what came before it is committed. A position that knows no offsets stays where it is.
pub fn at_line(position: &Position, offset: u64) -> Position {
    let state = position
        .state
        .as_deref()
        .and_then(|state| file::state_at(state, offset).or_else(|| listen::state_at(state, offset)));
    Position { state: state.or_else(|| position.state.clone()), ..position.clone() }
}
