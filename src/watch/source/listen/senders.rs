//! Who sends: each is a stream of its own, by its address. Anybody can write any address on a datagram, so no more of them
//! are remembered than a hospital has.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;

/// So many senders are told apart. The one that was heard longest ago gives way to a new one.
const MOST: usize = 10_000;

/// The senders of one source.
#[derive(Debug)]
pub(super) struct Senders {
    most: usize,
    /// When each was heard last, as a number that grows.
    heard: HashMap<IpAddr, u64>,
    in_order: BTreeMap<u64, IpAddr>,
    now: u64,
}

impl Senders {
    pub(super) fn new() -> Self {
        Self { most: MOST, heard: HashMap::new(), in_order: BTreeMap::new(), now: 0 }
    }

    /// Takes note that a sender was heard. Gives the one that is forgotten for it.
    pub(super) fn hear(&mut self, sender: IpAddr) -> Option<IpAddr> {
        self.now += 1;
        if let Some(before) = self.heard.insert(sender, self.now) {
            self.in_order.remove(&before);
        }
        self.in_order.insert(self.now, sender);
        if self.heard.len() <= self.most {
            return None;
        }
        let (_, oldest) = self.in_order.pop_first()?;
        self.heard.remove(&oldest);
        Some(oldest)
    }
}

/// The name of the stream of a sender.
pub(super) fn stream_of(sender: IpAddr) -> String {
    sender.to_canonical().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_was_heard_longest_ago_gives_way() {
        let mut senders = Senders { most: 2, ..Senders::new() };
        let [a, b, c] = ["10.0.0.1", "10.0.0.2", "fe80::1"].map(|address| address.parse::<IpAddr>().unwrap());
        assert_eq!([a, b, a, b, a].map(|sender| senders.hear(sender)), [None; 5]);
        assert_eq!([c, a, b].map(|sender| senders.hear(sender)), [Some(b), None, Some(c)]);
        assert_eq!(senders.in_order.len(), 2);
    }

    #[test]
    fn an_address_of_the_old_kind_is_written_in_the_old_way() {
        assert_eq!(stream_of("::ffff:10.0.0.1".parse().unwrap()), "10.0.0.1");
    }
}
