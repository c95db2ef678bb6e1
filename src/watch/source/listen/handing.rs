//! How what was received becomes batches: one for each sender, its lines numbered in the order in which they came.

use std::net::IpAddr;

use jiff::Timestamp;

use super::frame::Message;
use super::senders::{Senders, stream_of};
use crate::base::id::SourceName;
use crate::watch::line::{Batch, Line};

/// Makes batches of what was received for one source.
#[derive(Debug)]
pub(super) struct Handing {
    source: SourceName,
    now: fn() -> Timestamp,
    senders: Senders,
}

impl Handing {
    pub(super) fn new(source: SourceName, now: fn() -> Timestamp) -> Self {
        Self { source, now, senders: Senders::new() }
    }

    /// Takes note that a sender was heard. Gives the one that is forgotten for it.
    pub(super) fn hear(&mut self, sender: IpAddr) -> Option<IpAddr> {
        self.senders.hear(sender)
    }

    /// What a sender said, to be handed over; `first` is the number of its first line.
    pub(super) fn batch(&mut self, sender: IpAddr, said: Vec<Message>, first: u64) -> Batch {
        let forgotten = self.senders.hear(sender);
        let said = said.into_iter().filter(|message| !message.text.is_empty());
        let lines = (first..).zip(said).map(|(offset, Message { text, cut_from })| Line { text, offset, cut_from });
        Batch {
            source: self.source.clone(),
            stream: stream_of(sender),
            arrived: (self.now)(),
            lines: lines.collect(),
            positions: Vec::new(),
            ended: forgotten.map(stream_of).into_iter().collect(),
            since: None,
        }
    }
}
