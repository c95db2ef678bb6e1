//! The core: the one loop in which everything is decided, and the only writer of the store.
//!
//! Its desks own what is known. Each input goes to one of them; what it says is carried to the others until nothing is
//! left to be said; then everything that changed is kept in **one** transaction, and only then orders leave for the
//! world. It has no clock, socket or task of its own: the daemon drives it in real time, a rehearsal on a virtual clock,
//! with the same code.

mod asked;
mod call_tree;
mod clock;
mod context;
mod desk;
mod event;
mod inspection;
mod journal;
mod mishap;
mod record;
mod records;
mod reload;
mod speaker;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use crate::alert::channel::Receipt;
use crate::alert::page::Letter;
use crate::api::{Answer, Ask, Caller, DoneBy, Purpose, Query, Told};
use crate::base::fault::Fault;
use crate::base::id::{ChannelName, DrillId, EntryId, InjectId, PageId, SourceName};
use crate::base::language::Text;
use crate::base::level::Level;
use crate::base::redact;
use crate::base::seal::Key;
use crate::check::{Deployment, Probed};
use crate::site::SourceSettings;
use crate::store::{Last, Recovered, Store, StoreError};
use crate::watch::line::{Batch, Position};
use crate::watch::sigma::Engine;
use crate::watch::source::Arrival;
use crate::watch::source::trouble::Trouble;

use context::Context;
use desk::{Ahead, Alerts, Clock, Desk, Exercises, Glances, Lines, Outbox};
use event::Out;
use journal::Journal;

pub use desk::KeptDrill;
pub(crate) use desk::{key_of, seen, ties};
pub(crate) use record::told as told_broken;
pub use records::read as read_records;
pub(crate) use records::unreadable;
pub use reload::Reread;

/// How often in one step deadlines that have come may bring about others.
const PASSES: u32 = 10_000;

/// Something that happened.
#[derive(Debug)]
pub enum Input {
    /// Lines were read.
    Lines(Batch),
    /// A source cannot be read as it should.
    Trouble(Trouble),
    /// What keeps a source from being read from now on, which may be nothing.
    Lasting(SourceName, Vec<Trouble>),
    /// So many messages to a source were lost before anybody could read them.
    Dropped(SourceName, u64),
    /// A source that was left ([`Order::Leave`]) has brought its last line.
    Over(SourceName),
    /// A channel answered.
    Receipt {
        /// For which page.
        page: PageId,
        /// What it said.
        receipt: Receipt,
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
        /// By which account.
        by: Option<DoneBy>,
        /// The site as it is now, or its mistakes.
        read: Result<Box<Reread>, Vec<Text>>,
    },
    /// What the sources have written of late, for whoever holds the ticket.
    Heard {
        /// Who asked.
        ticket: u64,
        /// What was heard of them.
        heard: Probed,
    },
    /// What was looked up, for whoever holds the ticket.
    LookedUp {
        /// Who asked.
        ticket: u64,
        /// What was found.
        answer: Answer,
    },
    /// Whoever read the store beside the core found it damaged.
    Damaged {
        /// What was wrong.
        why: String,
    },
    /// The ledger was looked through.
    Verified {
        /// The first entry that does not hold.
        broken: Option<(EntryId, Fault)>,
        /// Whether the ledger itself says so already: people were told.
        is_told: bool,
    },
    /// What remembers the ledger elsewhere got its line, or could not.
    Anchored {
        /// Why not.
        why: Option<String>,
    },
    /// The call tree was written for paper, or could not be.
    CallTree {
        /// Why not.
        why: Option<String>,
    },
    /// Somebody asks for something; the answer comes as [`Order::Reply`] with the same ticket.
    Asked {
        /// What.
        ask: Ask,
        /// To find the asker again.
        ticket: u64,
        /// The account that asks; nothing for vigie's own process.
        caller: Option<Caller>,
    },
}

impl From<Arrival> for Input {
    fn from(arrival: Arrival) -> Self {
        match arrival {
            Arrival::Batch(batch) => Self::Lines(batch),
            Arrival::Trouble(trouble) => Self::Trouble(trouble),
            Arrival::Lasting(source, troubles) => Self::Lasting(source, troubles),
            Arrival::Dropped(source, count) => Self::Dropped(source, count),
            Arrival::Over(source) => Self::Over(source),
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
    /// Look where a letter is that its channel left for somebody to take, and say so as [`Input::Receipt`]. Take it out where
    /// nobody wants it any more, and say that with [`Input::GivenBack`].
    Follow {
        /// The page it belongs to.
        page: PageId,
        /// Its channel.
        channel: ChannelName,
        /// The letter as it was handed over.
        letter: Box<Letter>,
        /// Whether to take it out.
        take_out: bool,
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
        /// By which account.
        by: Option<DoneBy>,
    },
    /// Look at the ends of the logs of these sources, and bring what they say as [`Input::Heard`].
    Listen {
        /// Who asked.
        ticket: u64,
        /// The sources.
        sources: Vec<SourceSettings>,
    },
    /// Stop reading a source, and bring [`Input::Over`] behind its last line.
    Leave {
        /// Which.
        source: SourceName,
    },
    /// Begin to read a source.
    Watch {
        /// Which, and how.
        settings: Box<SourceSettings>,
        /// Where it was read to.
        positions: Vec<Position>,
    },
    /// Go on with the site's files as they are now.
    Site(Arc<Deployment>),
    /// Answer somebody.
    Reply {
        /// Who asked.
        ticket: u64,
        /// The answer.
        answer: Answer,
    },
    /// Look up in the store what somebody asked, and answer them.
    LookUp {
        /// Who asked.
        ticket: u64,
        /// What.
        query: Query,
    },
    /// Tell a source what was kept of it: everything that followed from its lines before these positions.
    Kept {
        /// Which source.
        source: SourceName,
        /// The positions, in the order in which they were read.
        positions: Vec<Position>,
    },
    /// Tell whoever wants to know what happened.
    Tell(Box<Told>),
}

/// Everything that is decided, and the memory of it.
#[derive(Debug)]
pub struct Core {
    deployment: Arc<Deployment>,
    clock: Clock,
    lines: Lines,
    alerts: Alerts,
    exercises: Exercises,
    outbox: Outbox,
    journal: Journal,
    out: Out,
}

impl Core {
    /// Takes up the work where the store says it was left.
    ///
    /// Returns the core and the positions from which its sources are to be read.
    pub fn open(
        deployment: Arc<Deployment>,
        engine: Engine,
        store: Store,
        key: Key,
        now: Timestamp,
    ) -> Result<(Self, BTreeMap<SourceName, Vec<Position>>), StoreError> {
        redact::use_own(deployment.site.settings.redact.clone());
        let mut recovered = store.recover()?;
        let (windows, unreadable) = (std::mem::take(&mut recovered.windows), std::mem::take(&mut recovered.unreadable));
        let mut lines = Lines::new(&deployment.site.settings.sources, engine, key.clone(), windows, now);
        let mut positions: BTreeMap<SourceName, Vec<Position>> = BTreeMap::new();
        for row in std::mem::take(&mut recovered.positions) {
            if row.file == desk::ALIVE {
                lines.remember(&row.source, row.state.as_deref().unwrap_or_default());
                continue;
            }
            positions.entry(row.source).or_default().push(Position { file: row.file, state: row.state });
        }
        lines.take_up(&positions);
        let mut core = Self {
            clock: Clock::new(recovered.latest.unwrap_or(now)),
            lines,
            alerts: Alerts::default(),
            exercises: Exercises::new(key),
            outbox: Outbox::default(),
            journal: Journal::new(store, now),
            out: Out::default(),
            deployment,
        };
        core.out.at(now);
        core.journal.passed_over(unreadable);
        if !core.journal.reserve(recovered.last) {
            // Whoever ran before may have given numbers that nobody could write down.
            recovered.last = recovered.last.or_of_clock(now);
        }
        core.restore(now, recovered);
        core.look_at_clock(now);
        Ok((core, positions))
    }

    /// Each desk takes up what it had: exercises first, since an alert of one that is over is over too; pages last, since
    /// it depends on all others whether they are still wanted.
    fn restore(&mut self, now: Timestamp, recovered: Recovered) {
        let Recovered { alerts, detections, joined, silences, duties, notes, pages, drills, last, .. } = recovered;
        let deployment = self.deployment.clone();
        let context = Context { now, deployment: &deployment };
        self.exercises.restore(last.drill, drills, &mut self.out);
        self.settle(now);
        let kept = desk::Kept { last: last.alert, alerts, detections, joined, silences, duties, notes };
        self.alerts.restore(context, kept, &mut self.out);
        let (open, running) = (&self.alerts, &self.exercises);
        let wanted = |purpose: &Purpose| match purpose {
            Purpose::Escalation { alert, .. } => open.wants(purpose).then(|| open.level(*alert)),
            Purpose::Duty { alert, key } => open.wants_of_duty(*alert, key),
            Purpose::Message { drill, .. } => running.plays(*drill).then_some(Level::Informational),
            Purpose::Digest { .. } => Some(Level::Informational),
        };
        self.outbox.restore(context, last.page, (pages, &wanted), &mut self.out);
        self.settle(now);
    }

    /// Takes what happened, lets time pass up to `now`, keeps all that follows and returns what the world must do.
    pub fn step(&mut self, now: Timestamp, inputs: impl IntoIterator<Item = Input>) -> Vec<Order> {
        let inputs: Vec<Input> = inputs.into_iter().collect();
        self.out.at(now);
        self.look_at_clock(now);
        self.lines.look_out(now);
        self.outbox.stands(self.journal.head());
        for news in self.journal.news(now) {
            self.out.say(news);
            self.settle(now);
        }
        let mut ahead = self.lines.look_ahead(inputs.iter().filter_map(|input| match input {
            Input::Lines(batch) => Some(batch),
            _ => None,
        }));
        for input in inputs {
            self.take(now, input, &mut ahead);
            self.settle(now);
        }
        self.pass_time(now);
        self.lines.tell_evicted(&mut self.out);
        self.outbox.dispatch(Context { now, deployment: &self.deployment }, &mut self.out);
        self.commit(now)
    }

    /// When to come back if nothing happens before.
    pub fn deadline(&self) -> Option<Timestamp> {
        let desks: [&dyn Desk; 4] = [&self.lines, &self.alerts, &self.exercises, &self.outbox];
        desks.into_iter().map(Desk::deadline).chain([self.journal.deadline()]).flatten().min()
    }

    /// Whether everything so far is kept. While the store cannot be written, lines are read and people are paged from
    /// memory; how far was read is not kept either, so that after a crash it is read again.
    pub fn is_kept(&self) -> bool {
        self.journal.is_kept()
    }

    /// From now on letters stay in: what is owed is sent after the next start.
    pub fn stay_in(&mut self) {
        self.outbox.stay_in();
    }

    /// Nothing more will happen: what waits is kept, if it can be, and the numbers that nobody was given are given back.
    pub fn close(&mut self, now: Timestamp) {
        drop(self.journal.commit(now, &[], true));
        let given = self.given();
        self.journal.give_back(given);
    }

    /// The drills that run.
    pub fn running_drills(&self) -> Vec<DrillId> {
        self.exercises.running()
    }

    /// What a page on its way is about, for a rehearsal's cast.
    pub fn purpose(&self, id: PageId) -> Option<&Purpose> {
        self.outbox.purpose(id)
    }

    /// Gives the store back.
    pub(crate) fn into_store(self) -> Store {
        self.journal.into_store()
    }

    /// An input goes to the desk it concerns.
    fn take(&mut self, now: Timestamp, input: Input, ahead: &mut Ahead) {
        let context = Context { now, deployment: &self.deployment };
        let out = &mut self.out;
        match input {
            Input::Lines(batch) => self.read(now, batch, ahead.next()),
            Input::Trouble(trouble) => desk::trouble(trouble, out),
            Input::Lasting(source, troubles) => self.lines.lasting(&source, troubles, now),
            Input::Dropped(source, count) => self.lines.dropped(&source, count, now),
            Input::Over(source) => self.over(&source, now),
            Input::Receipt { page, receipt } => self.outbox.receipt(context, page, receipt, out),
            Input::GivenBack { page } => self.outbox.given_back(context, page, out),
            Input::Injected { drill, inject, lines, failure } => {
                self.exercises.written(context, desk::Written { drill, inject, lines, failure }, out);
            }
            Input::Reread { ticket, by, read } => {
                ahead.forget();
                out.done_by(by);
                let answer = self.reread(now, read);
                self.out.done_by(None);
                self.out.order(Order::Reply { ticket, answer });
            }
            Input::LookedUp { ticket, answer } => out.order(Order::Reply { ticket, answer }),
            Input::Anchored { why } => record::anchored(why, out),
            Input::CallTree { why } => call_tree::written(why, out),
            Input::Verified { broken, is_told } => record::verified(&mut self.journal, (broken, is_told), out),
            Input::Damaged { why } => self.journal.found_damaged(now, why),
            Input::Heard { ticket, heard } => self.tell_status(now, ticket, &heard),
            Input::Asked { ask, ticket, caller } => self.asked(now, (ask, caller), ticket),
        }
    }

    /// Reads a batch: everything it leads to and how far it was read will be kept together. What follows from a line
    /// follows before the next is read, since it may end the exercise that the next belongs to.
    fn read(&mut self, now: Timestamp, batch: Batch, glances: Glances) {
        let Batch { source, stream, arrived, lines, positions, ended, since } = batch;
        let file = positions.first().map(|position| position.file.clone());
        let mut glances = glances.into_iter();
        for line in &lines {
            let glance = glances.next().flatten();
            let place = desk::Place {
                source: &source,
                stream: &stream,
                file: file.as_deref(),
                offset: line.offset,
                arrived,
                is_cut: line.cut_from.is_some(),
                since,
            };
            let line = self.exercises.unlabel(&source, &line.text);
            self.lines.read(place, line, glance, &mut self.out);
            self.settle(now);
        }
        self.lines.reached(&source, positions, &ended, &mut self.out);
    }

    /// Carries what was said to every desk until nothing is left to be said.
    fn settle(&mut self, now: Timestamp) {
        let context = Context { now, deployment: &self.deployment };
        while let Some(event) = self.out.next_event() {
            self.alerts.hear(context, &event, &mut self.out);
            self.exercises.hear(context, &event, &mut self.out);
            self.outbox.hear(context, &event, &mut self.out);
            self.lines.hear(context, &event, &mut self.out);
        }
    }

    /// Lets desks do what is due. One can bring about that another is due; each time their deadlines come forward. Should
    /// one ever not, the loop goes on with the next step: whoever else waits for it must not.
    fn pass_time(&mut self, now: Timestamp) {
        for _ in 0..PASSES {
            let context = Context { now, deployment: &self.deployment };
            let mut any = self.alerts.wake(context, &mut self.out);
            any |= self.exercises.wake(context, &mut self.out);
            any |= self.lines.wake(context, &mut self.out);
            any |= self.outbox.wake(context, &mut self.out);
            self.settle(now);
            if !any {
                return;
            }
        }
        self.out.inconsistent("deadlines that do not come forward", now);
    }

    /// Keeps everything that changed, then lets out what was ordered and told.
    fn commit(&mut self, now: Timestamp) -> Vec<Order> {
        let change = self.journal.change();
        let desks: [&mut dyn Desk; 4] = [&mut self.lines, &mut self.alerts, &mut self.outbox, &mut self.exercises];
        for desk in desks {
            desk.rows(change);
        }
        let (mut facts, asked) = (self.out.take_facts(), self.out.take_orders());
        facts.extend(self.journal.commit(now, &facts, asked.iter().any(says_done)));
        self.reserve_numbers(now);
        if self.journal.take_new() {
            self.keep_all();
            facts.extend(self.journal.commit(now, &[], false));
        }
        let mut orders: Vec<Order> = facts.into_iter().map(|told| Order::Tell(Box::new(told))).collect();
        orders.extend(asked.into_iter().map(|order| self.truthful(order)));
        orders.extend(self.exercises.release(self.journal.is_kept()));
        orders.extend(self.lines.kept(self.journal.is_kept()));
        orders
    }

    /// A store that was made anew lacks what could not be read of the old one: all that is known here is given to it.
    fn keep_all(&mut self) {
        let desks: [&mut dyn Desk; 4] = [&mut self.lines, &mut self.alerts, &mut self.outbox, &mut self.exercises];
        let change = self.journal.change();
        for desk in desks {
            desk.keep_all();
            desk.rows(change);
        }
    }

    /// The highest numbers given so far.
    fn given(&self) -> Last {
        Last { alert: self.alerts.last(), page: self.outbox.last(), drill: self.exercises.last() }
    }

    /// No number is given twice, whatever becomes of the store. Where nothing at all can be written, the clock gives them.
    fn reserve_numbers(&mut self, now: Timestamp) {
        if !self.journal.reserve(self.given()) && !self.journal.is_kept() {
            let Last { alert, page, .. } = self.given().or_of_clock(now);
            self.alerts.number_from(alert);
            self.outbox.number_from(page);
        }
    }

    /// An answer does not say that something is done while it may still be forgotten.
    fn truthful(&self, order: Order) -> Order {
        match (order, self.journal.trouble()) {
            (Order::Reply { ticket, answer: Answer::Done(done) }, Some((cause, why))) => {
                Order::Reply { ticket, answer: Answer::NotKept { done, cause, why: why.to_owned() } }
            }
            (order, _) => order,
        }
    }
}

fn says_done(order: &Order) -> bool {
    matches!(order, Order::Reply { answer: Answer::Done(_), .. })
}
