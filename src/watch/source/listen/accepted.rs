//! What was accepted over connections: put into the spool first, then handed to the core, and erased when the core has kept
//! what followed from it. While the spool is full nothing more is taken, so nothing more is read.

use std::collections::{BTreeSet, HashMap};
use std::io;
use std::mem::{Discriminant, discriminant};
use std::net::IpAddr;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::mpsc;

use super::fault::Fault;
use super::frame::Message;
use super::handing::Handing;
use super::senders::stream_of;
use super::spool::{Spool, position};
use crate::base::id::SourceName;
use crate::watch::line::{Batch, Position};
use crate::watch::source::kind::{Arrival, Outlet};

/// Where nothing at all is kept for so long although there is no more room, vigie cannot write its store: people must be told
/// of an attack all the same.
const STUCK: Duration = Duration::from_secs(10);
/// How long to wait at the end for what is still being kept.
const LAST: Duration = Duration::from_secs(2);

/// What is wrong with a sender is told again after so long, and of no more than so many senders meanwhile.
const AGAIN: SignedDuration = SignedDuration::from_mins(10);
const TELLING: usize = 50;

/// What came over a connection.
#[derive(Debug)]
pub(super) enum Came {
    /// Messages of a sender.
    Said(IpAddr, Vec<Message>),
    /// Something is wrong with it.
    Fault(IpAddr, Fault),
}

/// The way from connections to the core.
#[derive(Debug)]
pub(super) struct Accepted {
    source: SourceName,
    /// What the address is called, for whoever looks for it.
    place: String,
    outlet: Outlet,
    handing: Handing,
    spool: Spool,
    /// Streams that are over as soon as nothing of them is in the spool.
    ending: BTreeSet<String>,
    /// What was told of senders, and when.
    told: HashMap<(IpAddr, Discriminant<Fault>), Timestamp>,
    /// Why lines are handed over that are in no spool.
    unspooled: Option<String>,
}

impl Accepted {
    pub(super) fn new((source, place): (SourceName, String), spool: Spool, outlet: Outlet) -> Self {
        let mut handing = Handing::new(source.clone(), outlet.now);
        // What was heard of before a start can be forgotten like all others.
        let known: Vec<IpAddr> = spool.streams().filter_map(|stream| stream.parse().ok()).collect();
        let ending = known.into_iter().filter_map(|sender| handing.hear(sender)).map(stream_of).collect();
        Self { source, place, outlet, handing, spool, ending, told: HashMap::new(), unspooled: None }
    }

    /// Hands over what was left at the last start. False where it is time to stop.
    pub(super) async fn take_up(&mut self) -> bool {
        while let Some(left) = self.spool.take_left(&self.source) {
            let fault = match left {
                Ok((batches, unreadable)) => {
                    for batch in batches {
                        if !self.hand(Arrival::Batch(batch)).await {
                            return false;
                        }
                    }
                    (unreadable > 0).then_some(Fault::Unreadable(unreadable))
                }
                Err(error) => Some(Fault::Unspooled(error.to_string())),
            };
            if let Some(fault) = fault
                && !self.hand(Arrival::Trouble(self.report(&fault))).await
            {
                return false;
            }
        }
        true
    }

    /// Takes what comes until nothing more does. When it is time to stop, the spool keeps the rest for the next start.
    pub(super) async fn run(mut self, mut came: mpsc::Receiver<Came>) {
        loop {
            let (is_full, is_stuck) = (self.spool.is_full(), self.unspooled.is_some());
            tokio::select! {
                kept = self.outlet.kept.recv() => match kept {
                    Some(positions) => self.spool.keep(&positions),
                    None => return,
                },
                next = came.recv(), if !is_full || is_stuck => match next {
                    Some(next) => self.take(next).await,
                    None => break,
                },
                () = tokio::time::sleep(STUCK), if is_full && !is_stuck => {
                    self.without_spool(Some("it is full, and nothing that was read can be kept".to_owned())).await;
                }
            }
        }
        self.finish().await;
    }

    async fn take(&mut self, came: Came) {
        let (sender, said) = match came {
            Came::Said(sender, said) => (sender, said),
            Came::Fault(sender, fault) => {
                if self.is_news(sender, &fault) {
                    self.hand(Arrival::Trouble(fault.report(&self.source, sender.to_string()))).await;
                }
                return;
            }
        };
        let batch = self.batch(sender, said);
        let spooled =
            if self.spool.is_full() { Err(io::ErrorKind::StorageFull.into()) } else { self.spool.put(&batch) };
        self.without_spool(spooled.err().map(|error: io::Error| error.to_string())).await;
        // Where it is time to stop, the spool has it.
        self.hand(Arrival::Batch(batch)).await;
    }

    /// Whether this was not told of late: whoever knocks all day is told of a few times.
    fn is_news(&mut self, sender: IpAddr, fault: &Fault) -> bool {
        let now = (self.outlet.now)();
        self.told.retain(|_, told| now.duration_since(*told) < AGAIN);
        let is_known = self.told.len() >= TELLING || self.told.contains_key(&(sender, discriminant(fault)));
        if !is_known {
            self.told.insert((sender, discriminant(fault)), now);
        }
        !is_known
    }

    /// What a sender said, with the position behind it.
    fn batch(&mut self, sender: IpAddr, said: Vec<Message>) -> Batch {
        let first = self.spool.number(said.len());
        let mut batch = self.handing.batch(sender, said, first);
        batch.positions.push(position(&batch.stream, first + batch.lines.len() as u64));
        self.ending.extend(std::mem::take(&mut batch.ended));
        self.ending.remove(&batch.stream);
        batch.ended = self.ending.extract_if(.., |stream| !self.spool.holds(stream)).collect();
        let over = batch.ended.iter().map(|stream| Position { file: stream.clone(), state: None });
        batch.positions.extend(over);
        batch
    }

    /// Says that lines are handed over which a crash would lose, or are not any more.
    async fn without_spool(&mut self, why: Option<String>) {
        if self.unspooled.is_some() == why.is_some() {
            return;
        }
        self.unspooled.clone_from(&why);
        let lasting = why.map(|why| self.report(&Fault::Unspooled(why))).into_iter().collect();
        self.hand(Arrival::Lasting(self.source.clone(), lasting)).await;
    }

    /// Waits a moment for what is still being kept, so that nothing rests while vigie does not run.
    async fn finish(mut self) {
        let rest = async {
            while !self.spool.is_empty() {
                match self.outlet.kept.recv().await {
                    Some(positions) => self.spool.keep(&positions),
                    None => return,
                }
            }
        };
        // What is not kept in time is read again at the next start.
        tokio::time::timeout(LAST, rest).await.ok();
    }

    async fn hand(&self, arrival: Arrival) -> bool {
        let sent = self.outlet.stop.run_until_cancelled(self.outlet.out.send(arrival)).await;
        matches!(sent, Some(Ok(())))
    }

    fn report(&self, fault: &Fault) -> crate::watch::source::trouble::Trouble {
        fault.report(&self.source, self.place.clone())
    }
}
