//! The core: the one loop in which everything is decided, and the only writer of the store.
//!
//! It takes inputs, steps the machines (rules, climbs, drills), commits whatever follows in **one** transaction, and
//! only then lets orders out to the world. It has no clock, socket or task of its own: the daemon drives it in real
//! time, a rehearsal on a virtual clock, with the same code.

mod alerts;
mod cards;
mod commands;
mod drills;
mod entries;
mod keeping;
mod labels;
mod lines;
mod missed;
mod pages;
mod recovery;
mod renewal;
mod writing;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use jiff::Timestamp;

use crate::alert::page::Letter;
use crate::api::{Answer, Command};
use crate::base::id::{AlertId, ChannelName, DrillId, InjectId, PageId, PersonId, SourceName};
use crate::base::realm::Realm;
use crate::base::seal::Key;
use crate::check::{Heard, House, Script};
use crate::site::SourceSettings;
use crate::store::{Change, Store, StoreError};
use crate::watch::intake::Arrival;
use crate::watch::intake::trouble::Trouble;
use crate::watch::line::{Batch, Position};
use crate::watch::sigma::Engine;

use alerts::Case;
pub use alerts::alert_of;
use drills::Running;

pub use drills::KeptDrill;
use lines::Reading;
use pages::Owed;
pub use pages::Purpose;
pub use renewal::Renewal;

/// How often in one step deadlines that have come may bring about others.
const PASSES: u32 = 10_000;

/// Something that happened.
#[derive(Debug)]
pub enum Input {
    /// Lines were read.
    Lines(Batch),
    /// A source cannot be read as it should.
    Trouble(Trouble),
    /// A channel answered.
    Receipt {
        /// For which page.
        page: PageId,
        /// What it said.
        receipt: crate::alert::channel::Receipt,
    },
    /// A channel gives back a letter that was recalled before it was sent.
    GivenBack {
        /// Of which page.
        page: PageId,
    },
    /// The lines of a drill were written, or could not be.
    Injected {
        /// Of which drill.
        drill: DrillId,
        /// By which inject.
        inject: InjectId,
        /// How many lines.
        lines: usize,
        /// Why not, where they could not be.
        failure: Option<String>,
    },
    /// The site's files were read again, for whoever holds the ticket.
    Reread {
        /// Who asked.
        ticket: u64,
        /// The site as it is now, or its mistakes.
        read: Result<Box<Renewal>, Vec<String>>,
    },
    /// What the sources have written of late, for whoever holds the ticket.
    Heard {
        /// Who asked.
        ticket: u64,
        /// What was heard of them.
        heard: Heard,
    },
    /// Somebody asks for something; the answer comes as [`Order::Reply`] with the same ticket.
    Asked {
        /// What.
        command: Command,
        /// To find the asker again.
        ticket: u64,
    },
}

impl From<Arrival> for Input {
    fn from(arrival: Arrival) -> Self {
        match arrival {
            Arrival::Batch(batch) => Self::Lines(batch),
            Arrival::Trouble(trouble) => Self::Trouble(trouble),
        }
    }
}

/// Something the world must do now. Whatever led to it is already kept.
#[derive(Debug)]
pub enum Order {
    /// Hand a letter to a channel.
    Send {
        /// The page it belongs to; its receipt must name it.
        page: PageId,
        /// The channel.
        channel: ChannelName,
        /// The finished letter.
        letter: Box<Letter>,
    },
    /// Do not send a letter any more that was handed over, if that can still be helped; then say so with
    /// [`Input::GivenBack`].
    Recall {
        /// Its page.
        page: PageId,
    },
    /// Write labelled lines of a drill into a source's file.
    Inject {
        /// Of which drill.
        drill: DrillId,
        /// By which inject.
        inject: InjectId,
        /// Into which source.
        source: SourceName,
        /// Finished lines.
        lines: Vec<String>,
    },
    /// Put a card where the facilitator finds it.
    Card {
        /// Of which drill.
        drill: DrillId,
        /// By which inject.
        inject: InjectId,
        /// What it says.
        text: String,
    },
    /// Read the site's files again, and bring them as [`Input::Reread`].
    Reread {
        /// Who asked.
        ticket: u64,
    },
    /// Look at the ends of the logs of these sources, and bring what they say as [`Input::Heard`].
    Listen {
        /// Who asked.
        ticket: u64,
        /// The sources.
        sources: Vec<SourceSettings>,
    },
    /// Answer somebody.
    Reply {
        /// Who asked.
        ticket: u64,
        /// The answer.
        answer: Answer,
    },
    /// Tell whoever watches the daemon's own log.
    Tell(String),
}

/// Everything that is decided, and the memory of it.
#[derive(Debug)]
pub struct Core {
    house: Arc<House>,
    key: Key,
    store: Store,
    engine: Engine,
    readings: BTreeMap<SourceName, Reading>,
    cases: BTreeMap<AlertId, Case>,
    groupings: HashMap<(Realm, String), AlertId>,
    pages: BTreeMap<PageId, Owed>,
    drills: BTreeMap<DrillId, Running>,
    /// Drills that ended since the last commit.
    ended_drills: BTreeSet<DrillId>,
    /// Ended drills of which labelled lines may still be read.
    late_drills: BTreeMap<DrillId, KeptDrill>,
    /// Since when its rules watch.
    rules_since: Timestamp,
    last_alert: u64,
    last_page: u64,
    last_drill: u64,
    /// What changed since the last commit.
    change: Change,
    changed_cases: BTreeSet<AlertId>,
    changed_pages: BTreeSet<PageId>,
    changed_drills: BTreeSet<DrillId>,
    orders: Vec<Order>,
    /// Lines of drills whose numbers could not be kept yet; see [`Core::release`].
    withheld: Vec<Order>,
    /// The latest instant it was ever told.
    latest: Timestamp,
    /// Letters are kept in: whoever sends them is closing.
    stays_in: bool,
    /// Why the store could not be written last time, and when to try again.
    trouble: Option<(String, Timestamp)>,
    /// How many windows had been thrown away when it was told last.
    told_evicted: u64,
}

impl Core {
    /// Takes up the work where the store says it was left.
    ///
    /// Returns the core and the positions from which its sources are to be read.
    pub fn open(
        house: Arc<House>,
        engine: Engine,
        store: Store,
        key: Key,
        now: Timestamp,
    ) -> Result<(Self, BTreeMap<SourceName, Vec<Position>>), StoreError> {
        let recovered = store.recover()?;
        let latest = recovered.latest.unwrap_or(now);
        let readings = house.site.settings.sources.iter().map(|source| (source.name.clone(), Reading::new(source)));
        let mut core = Self {
            readings: readings.collect(),
            house,
            engine: engine.keyed(key.clone()),
            key,
            store,
            cases: BTreeMap::new(),
            groupings: HashMap::new(),
            pages: BTreeMap::new(),
            drills: BTreeMap::new(),
            ended_drills: BTreeSet::new(),
            late_drills: BTreeMap::new(),
            rules_since: now,
            last_alert: recovered.last.alert,
            last_page: recovered.last.page,
            last_drill: recovered.last.drill,
            change: Change::default(),
            changed_cases: BTreeSet::new(),
            changed_pages: BTreeSet::new(),
            changed_drills: BTreeSet::new(),
            orders: Vec::new(),
            withheld: Vec::new(),
            latest,
            stays_in: false,
            trouble: None,
            told_evicted: 0,
        };
        core.engine.restore(recovered.windows);
        core.recover(now, recovered.alerts, recovered.joined, recovered.drills, recovered.pages);
        core.look_at_clock(now);
        core.engine.tell_time(Realm::Live, now);
        let mut positions: BTreeMap<SourceName, Vec<Position>> = BTreeMap::new();
        for row in recovered.positions {
            positions.entry(row.source).or_default().push(Position { file: row.file, state: row.state });
        }
        Ok((core, positions))
    }

    /// Takes what happened, lets time pass up to `now`, keeps all that follows and returns what the world must do.
    pub fn step(&mut self, now: Timestamp, inputs: impl IntoIterator<Item = Input>) -> Vec<Order> {
        self.look_at_clock(now);
        self.look_out(now);
        for input in inputs {
            match input {
                Input::Lines(batch) => self.read(now, batch),
                Input::Trouble(trouble) => self.source_trouble(now, &trouble),
                Input::Receipt { page, receipt } => self.receipt(now, page, receipt),
                Input::GivenBack { page } => self.given_back(now, page),
                Input::Injected { drill, inject, lines, failure } => self.injected(now, drill, inject, lines, failure),
                Input::Reread { ticket, read } => self.reread(now, ticket, read),
                Input::Heard { ticket, heard } => self.tell_status(now, ticket, &heard),
                Input::Asked { command: Command::Reload, ticket } => self.orders.push(Order::Reread { ticket }),
                Input::Asked { command: Command::Status, ticket } => self.asked_for_status(now, ticket),
                Input::Asked { command, ticket } => {
                    let answer = self.answer(now, command);
                    self.orders.push(Order::Reply { ticket, answer });
                }
            }
        }
        self.pass_time(now);
        self.tell_evicted();
        self.dispatch(now);
        self.commit(now);
        self.release()
    }

    /// The orders that may leave the house. Lines of a drill leave only once their numbers are kept: without them they
    /// would be a real attack after a crash.
    fn release(&mut self) -> Vec<Order> {
        let orders = std::mem::take(&mut self.orders);
        if self.trouble.is_some() {
            let (lines, rest) = orders.into_iter().partition(|order| matches!(order, Order::Inject { .. }));
            self.withheld.extend::<Vec<_>>(lines);
            return rest;
        }
        let mut released = std::mem::take(&mut self.withheld);
        released.retain(|order| !matches!(order, Order::Inject { drill, .. } if !self.plays(*drill)));
        released.extend(orders);
        released
    }

    /// When to come back if nothing happens before.
    pub fn deadline(&self) -> Option<Timestamp> {
        let climbs = self.cases.values().filter_map(Case::deadline).min();
        let drills = self.drills.values().filter_map(Running::deadline).min();
        let pages = self.pages.values().filter_map(Owed::deadline).min();
        let store = self.trouble.as_ref().map(|(_, retry)| *retry);
        let missed = self.missed_deadline();
        [climbs, drills, pages, store, missed].into_iter().flatten().min()
    }

    /// Whether lines may be taken in. While the store cannot be written, reading waits so that nothing is forgotten;
    /// what is already known still pages people.
    pub fn takes_lines(&self) -> bool {
        self.trouble.is_none()
    }

    /// Gives the store back.
    pub fn into_store(self) -> Store {
        self.store
    }

    /// Who speaks for the players an inject is addressed to.
    pub fn first_player(&self, script: &Script, inject: &InjectId, now: Timestamp) -> Option<PersonId> {
        let audience = script.playbook.inject(inject)?.deed.audience()?;
        self.people(now, audience).into_iter().next()
    }

    fn pass_time(&mut self, now: Timestamp) {
        // A drill can wake a climb and the other way round; each pass brings their deadlines forward. Should one ever
        // not, the loop goes on with the next step: whoever else waits for it must not.
        for _ in 0..PASSES {
            let climbs = self.wake_climbs(now);
            let drills = self.wake_drills(now);
            let missed = self.wake_missed(now);
            if !climbs && !drills && !missed {
                return;
            }
        }
    }

    /// From now on letters stay in: what is owed is sent after the next start.
    pub fn stay_in(&mut self) {
        self.stays_in = true;
    }
}
