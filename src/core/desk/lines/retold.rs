//! What was told of late. Of a thousand hits about the same within a second, nobody reads a thousand lines: what
//! is told beside them is made for the first, the second, the fourth and so on, and when a second has passed; those between
//! go with what was made last, and the place of its line.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};

use jiff::{SignedDuration, Timestamp};

use crate::base::realm::Realm;
use crate::base::redact::Clean;
use crate::base::tie::Tie;
use crate::watch::line::LinePlace;
use crate::watch::sigma::Match;

/// So many of them are remembered.
const MOST: usize = 1_024;
/// After so long they are made again.
const LATELY: SignedDuration = SignedDuration::from_secs(1);

/// What was told of late, by what it was about.
#[derive(Debug, Default)]
pub(super) struct Retold {
    hasher: RandomState,
    known: HashMap<u64, Told>,
}

#[derive(Debug)]
struct Told {
    times: u64,
    made: Timestamp,
    /// What was made; nothing before it is.
    last: Option<Made>,
}

#[derive(Debug)]
struct Made {
    fields: Vec<(String, Clean)>,
    line: Option<Clean>,
    ties: Vec<Tie>,
    place: LinePlace,
}

impl Retold {
    /// Whether line, fields and ties of a match are to be made.
    pub(super) fn wants(&mut self, realm: Realm, found: &Match, now: Timestamp) -> bool {
        let key = self.key(realm, found);
        if self.known.len() >= MOST && !self.known.contains_key(&key) {
            self.known.clear();
        }
        let told = self.known.entry(key).or_insert(Told { times: 0, made: now, last: None });
        told.times += 1;
        let wants = told.times.is_power_of_two() || now.duration_since(told.made).abs() >= LATELY;
        if wants {
            told.made = now;
        }
        wants
    }

    /// A match and the place of its line: with line, fields and place of the last one about the same, where its own were
    /// not made.
    pub(super) fn complete(&mut self, realm: Realm, mut found: Match, place: LinePlace) -> (Match, LinePlace) {
        let key = self.key(realm, &found);
        let Some(told) = self.known.get_mut(&key) else { return (found, place) };
        if found.line.is_some() {
            let (fields, line, ties) = (found.fields.clone(), found.line.clone(), found.ties.clone());
            told.last = Some(Made { fields, line, ties, place: place.clone() });
            return (found, place);
        }
        match &told.last {
            Some(Made { fields, line, ties, place }) => {
                (found.fields, found.line, found.ties) = (fields.clone(), line.clone(), ties.clone());
                (found, place.clone())
            }
            None => (found, place),
        }
    }

    fn key(&self, realm: Realm, found: &Match) -> u64 {
        self.hasher.hash_one((realm, &found.rule.id, &found.subject, found.whose))
    }
}
