//! The world around one core. Channels hold a letter until a test says what becomes of it; logs are lists of lines read
//! from where the store says; death is dropping the core. Whatever is not allowed to happen fails at once.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use vigie::alert::chain::{Escalation, PageReason, Status};
use vigie::alert::channel::Receipt;
use vigie::alert::page::{Address, Letter};
use vigie::alert::{Alert, Detection};
use vigie::api::{Act, Answer, Ask, Command, Done, Fact, Purpose, Query};
use vigie::base::id::{AlertId, DrillId, InjectId, PageId, SourceName};
use vigie::base::language::Text;
use vigie::base::realm::Realm;
use vigie::base::seal::Key;
use vigie::core::{Core, Input, Order};
use vigie::store::{PageRow, PageState, Store};
use vigie::watch::line::{Batch, Line, Position};

use super::site;

/// What becomes of a letter that a channel holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// It arrives, and the channel says so.
    Accepted,
    /// It arrives, and the channel cannot say so.
    Unclear,
    /// It does not arrive; later perhaps.
    Later,
    /// It never will.
    Refused,
    /// It arrives, and the channel never says anything again.
    Silent,
    /// It does not arrive, and the channel never says anything again.
    Dead,
}

/// A letter that arrived.
#[derive(Debug, Clone)]
pub(crate) struct Arrived {
    pub(crate) page: PageId,
    pub(crate) person: String,
    pub(crate) address: Address,
    pub(crate) subject: String,
    pub(crate) body: String,
    pub(crate) purpose: Purpose,
}

impl Arrived {
    pub(crate) fn is_repeat(&self) -> bool {
        self.subject.contains("[possible repeat]")
    }
}

pub(crate) struct World {
    pub(crate) folder: tempfile::TempDir,
    core: Option<Core>,
    reader: Option<Store>,
    pub(crate) now: Timestamp,
    /// Letters that channels hold.
    pub(crate) held: BTreeMap<PageId, (Letter, Purpose)>,
    /// Those of them that it has begun to send: they cannot be called back.
    pub(crate) leaving: BTreeSet<PageId>,
    pub(crate) arrived: Vec<Arrived>,
    /// How often a page was left in the dark: its channel or the machine died with it, or could not say.
    pub(crate) unclear: BTreeMap<PageId, usize>,
    /// Pages whose channel kept them for so long that they were handed over again.
    pub(crate) doubted: BTreeSet<PageId>,
    /// Lines of a drill that were ordered and are not in a log yet.
    pub(crate) ordered: Vec<(DrillId, InjectId, SourceName, Vec<String>)>,
    pub(crate) logs: BTreeMap<&'static str, Vec<String>>,
    read: BTreeMap<&'static str, usize>,
    pub(crate) told: Vec<Fact>,
    given_back: Vec<PageId>,
    /// What sources were told is kept.
    pub(crate) kept: Vec<(SourceName, Vec<Position>)>,
    pub(crate) answer: Option<Answer>,
}

const LOGS: [&str; 2] = ["a", "b"];

impl World {
    pub(crate) fn new() -> Self {
        Self::of(|_| {})
    }

    /// A world whose site's files somebody changed before it began.
    pub(crate) fn of(change: impl FnOnce(&Path)) -> Self {
        Self::within(folder(&tempfile::Builder::new()), change)
    }

    /// A world in the same place as the one before it of this name.
    pub(crate) fn named(name: &str) -> Self {
        let prefix = format!("{name}-{}", std::process::id());
        Self::within(folder(tempfile::Builder::new().prefix(&prefix).rand_bytes(0)), |_| {})
    }

    fn within(folder: tempfile::TempDir, change: impl FnOnce(&Path)) -> Self {
        site::write(folder.path());
        change(folder.path());
        let mut world = Self {
            folder,
            core: None,
            reader: None,
            now: "2026-02-01T22:00:00Z".parse().unwrap(),
            held: BTreeMap::new(),
            leaving: BTreeSet::new(),
            arrived: Vec::new(),
            unclear: BTreeMap::new(),
            doubted: BTreeSet::new(),
            ordered: Vec::new(),
            logs: LOGS.into_iter().map(|log| (log, Vec::new())).collect(),
            read: BTreeMap::new(),
            told: Vec::new(),
            given_back: Vec::new(),
            kept: Vec::new(),
            answer: None,
        };
        world.start();
        world
    }

    pub(crate) fn edit(&self, name: &str, from: &str, to: &str) {
        let path = self.folder.path().join(name);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{name} does not hold {from}");
        std::fs::write(path, text.replace(from, to)).unwrap();
    }

    /// Opens the core on what the store and the site's files say, as a daemon does when it starts.
    pub(crate) fn start(&mut self) {
        let (deployment, engine) = site::open(self.folder.path());
        let state = self.folder.path().join("state");
        let store = Store::open(&state).unwrap();
        let key = Key::from_bytes([7; 32]);
        let (core, positions) = Core::open(deployment, engine, store, key, self.now).unwrap();
        self.read = LOGS
            .into_iter()
            .map(|log| {
                let position = positions.get(&SourceName::from(log)).and_then(|all| all.first());
                (log, position.and_then(|position| position.state.as_ref()?.parse().ok()).unwrap_or(0))
            })
            .collect();
        self.core = Some(core);
        self.reader = Some(Store::read(&state).unwrap());
        self.step(Vec::new());
    }

    /// Fills the disk, as far as the store can see: no entry fits into the ledger any more, until the trigger `full` is
    /// dropped.
    pub(crate) fn fill(&self) -> rusqlite::Connection {
        let blocker = rusqlite::Connection::open(self.folder.path().join("state/vigie.db")).unwrap();
        let trigger =
            "CREATE TRIGGER IF NOT EXISTS full BEFORE INSERT ON ledger BEGIN SELECT RAISE(ABORT, 'disk full'); END";
        blocker.execute_batch(trigger).unwrap();
        blocker
    }

    /// The machine dies: what channels hold is in the dark, what was ordered and not done is forgotten.
    pub(crate) fn die(&mut self) {
        for page in std::mem::take(&mut self.held).into_keys() {
            *self.unclear.entry(page).or_default() += 1;
        }
        self.leaving.clear();
        self.ordered.clear();
        self.given_back.clear();
        self.reader = None;
        self.core = None;
    }

    pub(crate) fn restart(&mut self) {
        self.die();
        self.start();
    }

    pub(crate) fn core(&mut self) -> &mut Core {
        self.core.as_mut().unwrap()
    }

    pub(crate) fn store(&self) -> &Store {
        self.reader.as_ref().unwrap()
    }

    /// One step; its orders are carried out.
    pub(crate) fn step(&mut self, inputs: Vec<Input>) {
        let now = self.now;
        let mut orders = self.core().step(now, inputs);
        loop {
            for order in orders {
                self.carry_out(order);
            }
            let back: Vec<Input> = self.given_back.drain(..).map(|page| Input::GivenBack { page }).collect();
            if back.is_empty() {
                return;
            }
            orders = self.core().step(now, back);
        }
    }

    /// One step after which the machine dies before it did anything of what was ordered.
    pub(crate) fn step_and_die(&mut self, inputs: Vec<Input>) {
        let now = self.now;
        for order in self.core().step(now, inputs) {
            if let Order::Send { page, .. } = order {
                *self.unclear.entry(page).or_default() += 1;
            }
        }
        self.die();
        self.start();
    }

    fn carry_out(&mut self, order: Order) {
        match order {
            Order::Send { page, letter, .. } => self.hold(page, *letter),
            Order::Follow { .. } => panic!("these channels leave nothing to be taken"),
            Order::Recall { page } => {
                if !self.leaving.contains(&page) && self.held.remove(&page).is_some() {
                    self.given_back.push(page);
                }
            }
            Order::Inject { drill, inject, source, lines } => self.ordered.push((drill, inject, source, lines)),
            Order::Card { .. }
            | Order::Reread { .. }
            | Order::Listen { .. }
            | Order::LookUp { .. }
            | Order::Leave { .. }
            | Order::Watch { .. }
            | Order::Site(_) => {}
            Order::Reply { answer, .. } => self.answer = Some(answer),
            Order::Kept { source, positions } => self.kept.push((source, positions)),
            Order::Tell(told) => self.told.push(told.fact),
        }
    }

    /// A channel takes a letter, if it is one that may be sent.
    fn hold(&mut self, page: PageId, letter: Letter) {
        let purpose = self.core().purpose(page).cloned().expect("only owed pages are sent");
        // What cannot be kept goes out all the same.
        let realm = if self.core().is_kept() { self.realm_of_kept(page, &purpose) } else { Realm::Live };
        check_marking(&letter, realm);
        // Handed over again because the channel said nothing for long: it is the same letter, and stays where it is.
        match self.held.entry(page) {
            Entry::Occupied(_) => {
                self.doubted.insert(page);
            }
            Entry::Vacant(place) => {
                place.insert((letter, purpose));
            }
        }
    }

    /// What the store says of a page that leaves.
    fn realm_of_kept(&self, page: PageId, purpose: &Purpose) -> Realm {
        let row = self.page(page).expect("a page is kept before it leaves");
        assert_eq!(row.state, PageState::Sending, "{page} leaves before the store says so");
        let realm = match purpose {
            Purpose::Escalation { alert, key, .. } => {
                let (alert, escalation) = self.alert(*alert);
                let is_muted = serde_json::to_value(&alert).unwrap().get("muted").is_some();
                assert!(!is_muted || !asks(&key.reason), "{page} leaves although the alert is silenced");
                let says_the_end = matches!(key.reason, PageReason::Over(_) | PageReason::Erratum(_));
                assert!(alert.open() || says_the_end, "{page} is about an alert that is over");
                if matches!(key.reason, PageReason::Turn | PageReason::Again(_) | PageReason::LastResort) {
                    let status = escalation.expect("it escalates").status;
                    assert!(!matches!(status, Status::Acked { .. }), "{page} leaves although somebody has the alert");
                }
                alert.realm
            }
            Purpose::Duty { alert, .. } => self.alert(*alert).0.realm,
            Purpose::Message { drill, .. } => Realm::Drill(*drill),
            Purpose::Digest { .. } => Realm::Live,
        };
        assert_eq!(row.realm, realm);
        realm
    }

    /// Decides what becomes of a letter. Where its channel was given up before, what it says now comes too late: the page
    /// may have arrived for all anybody knows.
    pub(crate) fn end(&mut self, page: PageId, end: End) {
        let given_up =
            |row: &PageRow| row.id == page && row.receipt.as_deref().is_some_and(|why| why.contains("never said"));
        if self.pages().iter().any(given_up) {
            self.doubted.insert(page);
        }
        let (letter, purpose) = self.held.remove(&page).expect("held");
        self.leaving.remove(&page);
        if matches!(end, End::Accepted | End::Unclear | End::Silent) {
            self.arrived.push(Arrived {
                page,
                person: letter.person().to_string(),
                address: letter.address().clone(),
                subject: letter.subject().to_owned(),
                body: letter.body().to_owned(),
                purpose,
            });
        }
        let reason = || Text::quoted(&format!("{end:?}"));
        let receipt = match end {
            End::Accepted => Receipt::Accepted { proof: Text::quoted("250") },
            End::Unclear => Receipt::Retry { reason: reason(), ambiguous: true },
            End::Later => Receipt::Retry { reason: reason(), ambiguous: false },
            End::Refused => Receipt::Refused { reason: reason() },
            End::Silent | End::Dead => {
                *self.unclear.entry(page).or_default() += 1;
                return;
            }
        };
        if end == End::Unclear {
            *self.unclear.entry(page).or_default() += 1;
        }
        self.step(vec![Input::Receipt { page, receipt }]);
    }

    /// What an alert is made of.
    pub(crate) fn detections(&self, alert: AlertId) -> Vec<Detection> {
        match vigie::core::read_records(self.store(), &Query::Alert { alert }) {
            Answer::Alert(view) => view.detections.into_iter().map(|(_, detection)| detection).collect(),
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn end_all(&mut self, end: End) {
        while let Some(page) = self.held.keys().next().copied() {
            self.end(page, end);
        }
    }

    /// Time passes, from deadline to deadline.
    pub(crate) fn pass(&mut self, seconds: i64) {
        let until = self.now + SignedDuration::from_secs(seconds);
        while let Some(next) = self.core().deadline().filter(|next| *next <= until) {
            self.now = self.now.max(next);
            self.step(Vec::new());
        }
        self.now = until;
        self.step(Vec::new());
    }

    /// Time passes as in a daemon, which looks often.
    pub(crate) fn pass_tenths(&mut self, tenths: i64) {
        self.now += SignedDuration::from_millis(100 * tenths);
        self.step(Vec::new());
    }

    /// Somebody moves the clock of the machine while vigie runs: no time passes.
    pub(crate) fn move_clock(&mut self, by: SignedDuration) {
        self.now += by;
        let now = self.now;
        self.core().clock_moved(now, by);
    }

    /// The machine sleeps: nothing happens, then it is later.
    pub(crate) fn sleep(&mut self, seconds: i64) {
        self.now += SignedDuration::from_secs(seconds);
        self.step(Vec::new());
    }

    pub(crate) fn ask(&mut self, ask: impl Into<Ask>) -> Answer {
        self.answer = None;
        self.step(vec![Input::Asked { ask: ask.into(), ticket: 1, caller: None }]);
        self.answer.take().expect("every question is answered")
    }

    pub(crate) fn ack(&mut self, alert: u64, by: &str) -> Answer {
        self.ask(Command::Ack { alert: AlertId(alert), by: by.into() })
    }

    /// Somebody silences an account from so many seconds on, for so many.
    pub(crate) fn silence(&mut self, user: u8, from: i64, lasts: i64) -> Answer {
        let at = |seconds| self.now + SignedDuration::from_secs(seconds);
        let command = serde_json::json!({"silence": {
            "matcher": {"ties": [{"kind": "account", "value": format!("u{user}")}]},
            "up_to": "critical", "reason": "tests", "by": "cleo", "from": at(from), "until": at(from + lasts),
        }});
        let command: Command = serde_json::from_value(command).unwrap();
        self.ask(command)
    }

    pub(crate) fn start_drill(&mut self) -> Option<DrillId> {
        match self.ask(Command::DrillStart { playbook: "tryout".into(), pace: 1 }) {
            Answer::Done(Done::Started { drill }) => Some(drill),
            _ => None,
        }
    }

    pub(crate) fn stop_drill(&mut self, drill: DrillId) -> Answer {
        self.ask(Command::Drill { drill, act: Act::Stop { why: "enough".to_owned() } })
    }

    /// A line is written into a log.
    pub(crate) fn write(&mut self, log: &'static str, line: &str) {
        self.logs.get_mut(log).unwrap().push(line.to_owned());
    }

    /// What a drill ordered is written.
    pub(crate) fn inject(&mut self) {
        for (drill, inject, source, lines) in std::mem::take(&mut self.ordered) {
            let count = lines.len();
            let log = LOGS.into_iter().find(|log| *log == source.as_str()).unwrap();
            self.logs.get_mut(log).unwrap().extend(lines);
            self.step(vec![Input::Injected { drill, inject, lines: count, failure: None }]);
        }
    }

    /// What has not been read yet, as its source would hand it over.
    pub(crate) fn unread(&mut self) -> Vec<Input> {
        let mut inputs = Vec::new();
        for log in LOGS {
            let (all, read) = (&self.logs[log], self.read.get_mut(log).unwrap());
            if *read < all.len() {
                let lines = all[*read..].iter();
                let lines = lines.map(|text| Line { text: text.clone(), offset: 0, cut_from: None }).collect();
                *read = all.len();
                let positions = vec![Position { file: log.to_owned(), state: Some(read.to_string()) }];
                inputs.push(Input::Lines(Batch {
                    source: log.into(),
                    stream: log.to_owned(),
                    arrived: self.now,
                    lines,
                    positions,
                    ended: Vec::new(),
                    since: None,
                }));
            }
        }
        inputs
    }

    /// Everything written is read.
    pub(crate) fn look(&mut self) {
        let unread = self.unread();
        self.step(unread);
    }

    /// A real attack on `user` is written and read.
    pub(crate) fn attack(&mut self, user: &str) {
        self.write("a", &attack(user));
        self.look();
    }

    pub(crate) fn alert(&self, id: AlertId) -> (Alert, Option<Escalation>) {
        let row = self.store().alert(id).unwrap().expect("the alert is kept");
        (
            serde_json::from_str(&row.body).unwrap(),
            row.escalation.map(|escalation| serde_json::from_str(&escalation).unwrap()),
        )
    }

    pub(crate) fn alerts(&self) -> Vec<Alert> {
        let rows = self.store().list_alerts(false).unwrap();
        rows.iter().map(|row| serde_json::from_str(&row.body).unwrap()).collect()
    }

    pub(crate) fn page(&self, id: PageId) -> Option<PageRow> {
        self.pages().into_iter().find(|row| row.id == id)
    }

    pub(crate) fn pages(&self) -> Vec<PageRow> {
        self.store().all_pages().unwrap()
    }

    /// The bodies of the ledger's entries of one kind.
    pub(crate) fn entries(&self, kind: &str) -> Vec<serde_json::Value> {
        let entries = self.store().entries(1).unwrap();
        let of_kind = entries.into_iter().filter(|entry| entry.kind == kind);
        of_kind.map(|entry| serde_json::from_str(&entry.body).unwrap()).collect()
    }

    /// Who holds a letter now: `person by address kind`.
    pub(crate) fn held_by(&self) -> BTreeSet<String> {
        let kind = |letter: &Letter| format!("{:?}", letter.address().medium()).to_lowercase();
        self.held.values().map(|(letter, _)| format!("{} {}", letter.person(), kind(letter))).collect()
    }

    pub(crate) fn ledger_is_whole(&self) {
        assert!(self.store().verify().unwrap().is_ok());
    }
}

/// Whether a page asks somebody to take the alert.
fn asks(reason: &PageReason) -> bool {
    matches!(
        reason,
        PageReason::Turn | PageReason::Again(_) | PageReason::Graver(_) | PageReason::Reack(_) | PageReason::LastResort
    )
}

/// Memory where there is some: these tests write a store thousands of times.
fn folder(builder: &tempfile::Builder<'_, '_>) -> tempfile::TempDir {
    builder.tempdir_in("/dev/shm").or_else(|_| builder.tempdir()).unwrap()
}

pub(crate) fn attack(user: &str) -> String {
    format!("{{\"act\":\"attack\",\"user\":\"{user}\"}}")
}

fn check_marking(letter: &Letter, realm: Realm) {
    let ends = |text: &str| text.starts_with("EXERCISE") && text.ends_with("EXERCISE");
    let texts = [letter.subject(), letter.body(), letter.short()];
    match realm {
        Realm::Drill(_) => {
            assert!(texts.into_iter().all(ends), "a drill's letter is not marked: {letter:?}");
            let allowed = match letter.address() {
                Address::Mail(mail) => mail.contains("+drill@"),
                Address::Sms(_) => false,
                Address::Folder => true,
            };
            assert!(allowed, "a drill's letter goes to a real address: {letter:?}");
        }
        Realm::Live => {
            assert!(!texts.into_iter().any(|text| text.contains("EXERCI")), "a real letter is marked: {letter:?}");
            assert!(!format!("{:?}", letter.address()).contains("+drill@"), "{letter:?}");
        }
    }
}
