//! What the file of a kind of source must have, and what passes between a source and whoever reads from it.

use std::future::Future;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::beside::{Beside, Writer};
use super::trouble::Trouble;
use crate::base::id::SourceName;
use crate::base::seal::Key;
use crate::base::size;
use crate::finding::site::no_size;
use crate::text::diagnostic::Diagnostic;
use crate::text::source::Source;
use crate::text::spanned::Spanned;
use crate::watch::line::{Batch, Line, Position};

/// A kind of source; the type that reads stands for it.
pub trait Kind: Sized {
    /// What is written behind its key in vigie.yaml.
    type Written: DeserializeOwned + JsonSchema;
    /// The same after checking.
    type Settings;

    /// What is written, checked; every mistake is a finding.
    fn check(written: &Self::Written, at: &mut Checking<'_>) -> Self::Settings;

    /// Takes up reading where the committed positions of `opening` end. Touches nothing yet.
    fn open(name: SourceName, settings: &Self::Settings, opening: Opening) -> Self;

    /// A first look: what is there already. Kept before anybody says that vigie watches.
    fn look(&mut self, now: Timestamp) -> Polled;

    /// Hands over whatever comes, until it is told to stop. Where nobody takes it, nothing more is read.
    fn run(self, outlet: Outlet) -> impl Future<Output = ()> + Send;

    /// Where its lines come from, for whoever looks for it.
    fn place(settings: &Self::Settings) -> String;

    /// The last lines of its logs, where it has any.
    fn endings(_: &Self::Settings, _: u64) -> Vec<Ending> {
        Vec::new()
    }

    /// The logs it reads that are there, and one that is named and is not: where they are, and by which numbers the file
    /// system knows them.
    fn logs(_: &Self::Settings) -> Vec<(PathBuf, Option<(u64, u64)>)> {
        Vec::new()
    }

    /// The log that exercises may write to, where it has one, and what the site says of its program.
    fn injected(_: &Self::Settings) -> Option<(PathBuf, Option<Writer>)> {
        None
    }
}

/// What a source is given when it is opened.
#[derive(Debug, Default)]
pub struct Opening {
    /// How far it was read, as it was kept.
    pub(crate) positions: Vec<Position>,
    /// Where how far it was read is lost: what came since then is wanted, and nothing of before.
    pub(crate) since: Option<Timestamp>,
    /// Its own place on disk; nothing where somebody only looks whether it could be read, and no address is to be taken.
    pub(crate) room: Option<Room>,
}

/// A place on disk that a source has to itself.
#[derive(Debug, Clone)]
pub(crate) struct Room {
    /// The folder, which need not be there yet.
    pub(crate) folder: PathBuf,
    /// The site's own key: no line rests there as it was written.
    pub(crate) key: Key,
}

/// What is known while an entry of a source is checked.
#[derive(Debug)]
pub struct Checking<'a> {
    /// The site's folder.
    pub folder: &'a Path,
    /// The file.
    pub source: &'a Source,
    /// What stands in the entry beside the key of the kind.
    pub beside: Beside<'a>,
    /// Every mistake so far.
    pub found: &'a mut Vec<Diagnostic>,
}

impl Checking<'_> {
    /// The size that is `written`, or `otherwise`.
    pub(super) fn size(&mut self, written: Option<&Spanned<String>>, otherwise: u64) -> u64 {
        let Some(written) = written else { return otherwise };
        size::parse(written).unwrap_or_else(|| {
            self.found.push(no_size(written).at(self.source, written.span));
            otherwise
        })
    }
}

/// The end of one log as it stands now.
#[derive(Debug)]
pub struct Ending {
    /// When it was written last.
    pub written: Timestamp,
    /// Its last lines.
    pub lines: Vec<Line>,
}

/// What one look brought.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Polled {
    /// Lines, to be taken over in this order. A batch can have positions and no lines.
    pub batches: Vec<Batch>,
    /// What is wrong, if it was not said before.
    pub troubles: Vec<Trouble>,
    /// What keeps it from being read at present; nothing where that is as it was.
    pub lasting: Option<Vec<Trouble>>,
    /// Whether more is waiting already.
    pub more: bool,
}

impl Polled {
    /// The same in the order in which it is handed over.
    pub fn arrivals(self, source: &SourceName) -> impl Iterator<Item = Arrival> {
        let lasting = self.lasting.map(|troubles| Arrival::Lasting(source.clone(), troubles));
        let batches = self.batches.into_iter().map(Arrival::Batch);
        batches.chain(self.troubles.into_iter().map(Arrival::Trouble)).chain(lasting)
    }
}

/// What a source hands over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arrival {
    /// Lines, and the positions to commit with them.
    Batch(Batch),
    /// Something that somebody should know about the source.
    Trouble(Trouble),
    /// What keeps the source from being read from now on, which may be nothing.
    Lasting(SourceName, Vec<Trouble>),
    /// So many messages were lost before they could be read.
    Dropped(SourceName, u64),
    /// The source was told to stop, and nothing more comes of it.
    Over(SourceName),
}

/// Where a source hands its lines over, and what comes back.
#[derive(Debug)]
pub struct Outlet {
    /// Takes what was read. While it is full, reading waits.
    pub out: mpsc::Sender<Arrival>,
    /// The positions that are kept, with everything that followed from the lines before them: what lies there is not
    /// needed any more.
    pub kept: mpsc::UnboundedReceiver<Vec<Position>>,
    /// When to stop.
    pub stop: CancellationToken,
    /// The clock.
    pub now: fn() -> Timestamp,
}

impl Outlet {
    /// Hands over what a look brought. False where nobody takes it any more, or it is time to stop.
    pub async fn hand_over(&self, source: &SourceName, polled: Polled) -> bool {
        for arrival in polled.arrivals(source) {
            let sent = self.stop.run_until_cancelled(self.out.send(arrival)).await;
            if !matches!(sent, Some(Ok(()))) {
                return false;
            }
        }
        true
    }
}
