//! The hospital of the golden store around one core: every letter arrives at once, every line that an exercise orders
//! is written and read at once, and lines of logs are handed over by hand.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use vigie::alert::channel::Receipt;
use vigie::alert::page::Letter;
use vigie::api::{Answer, Command};
use vigie::base::id::{DrillId, InjectId, PageId, SourceName};
use vigie::base::language::Text;
use vigie::check;
use vigie::core::{Core, Input, Order};
use vigie::store::{Entry, PageRow, Store};
use vigie::watch::line::{Batch, Line, Position};

/// The last entry of the golden ledger, its seal, and the instant at which the power went off.
pub(crate) const ENTRIES: u64 = 164;
pub(crate) const HEAD: &str = "facd7b7032dd2fa688fd0507ab47863453be98a49a2565b4e208dd94a5b208ce";
pub(crate) const LEFT: &str = "2026-11-29T12:26:24.3Z";

/// The last alert and the last page of the golden store.
pub(crate) const ALERTS: u64 = 20;
pub(crate) const PAGES: u64 = 38;

pub(crate) struct Hospital {
    folder: tempfile::TempDir,
    core: Core,
    pub(crate) now: Timestamp,
    /// Where the store says that each source was read to.
    pub(crate) read: BTreeMap<SourceName, usize>,
    /// Every letter that left, in order.
    pub(crate) sent: Vec<(PageId, Letter)>,
    /// Lines ordered by an exercise and not written yet.
    ordered: Vec<(DrillId, InjectId, SourceName, Vec<String>)>,
}

/// The hospital's files, copied to where they may be changed.
pub(crate) fn copy() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy_all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/valmont"), folder.path());
    folder
}

fn copy_all(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir(&target).unwrap();
            copy_all(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

impl Hospital {
    /// Ten seconds after the power went off, the present version has started.
    pub(crate) fn left_behind() -> Self {
        Self::open(copy())
    }

    /// The same hospital at the same time, with nothing in its store.
    pub(crate) fn forgetful() -> Self {
        let folder = copy();
        fs::remove_file(folder.path().join("state/vigie.db")).unwrap();
        Self::open(folder)
    }

    fn open(folder: tempfile::TempDir) -> Self {
        let now = LEFT.parse::<Timestamp>().unwrap() + SignedDuration::from_secs(10);
        let (deployment, engine) = check::open(folder.path(), &mut Vec::new()).unwrap();
        let mut store = Store::open(&folder.path().join("state")).unwrap();
        let key = store.key().unwrap();
        let (core, positions) = Core::open(std::sync::Arc::new(deployment), engine, store, key, now).unwrap();
        let read = positions.into_iter().map(|(source, all)| (source, all.iter().map(offset).sum())).collect();
        let mut hospital = Self { folder, core, now, read, sent: Vec::new(), ordered: Vec::new() };
        hospital.step(Vec::new());
        hospital
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn step(&mut self, inputs: Vec<Input>) -> Option<Answer> {
        let (mut inputs, mut reply) = (inputs, None);
        loop {
            let mut next = Vec::new();
            for order in self.core.step(self.now, std::mem::take(&mut inputs)) {
                match order {
                    Order::Send { page, letter, .. } => {
                        self.sent.push((page, *letter));
                        let receipt = Receipt::Accepted { proof: Text::quoted("250 taken") };
                        next.push(Input::Receipt { page, receipt });
                    }
                    Order::Inject { drill, inject, source, lines } => self.ordered.push((drill, inject, source, lines)),
                    Order::Reply { answer, .. } => reply = Some(answer),
                    Order::Follow { .. }
                    | Order::Recall { .. }
                    | Order::Card { .. }
                    | Order::Reread { .. }
                    | Order::Listen { .. }
                    | Order::LookUp { .. }
                    | Order::Kept { .. }
                    | Order::Leave { .. }
                    | Order::Watch { .. }
                    | Order::Site(_)
                    | Order::Tell(_) => {}
                }
            }
            if next.is_empty() {
                return reply;
            }
            inputs = next;
        }
    }

    /// Time passes, from deadline to deadline.
    pub(crate) fn pass(&mut self, time: SignedDuration) {
        let until = self.now + time;
        while let Some(next) = self.core.deadline().filter(|next| *next <= until) {
            self.now = self.now.max(next);
            self.step(Vec::new());
            self.write_ordered();
        }
        self.now = until;
        self.step(Vec::new());
    }

    /// What an exercise ordered is written into its log and read there.
    pub(crate) fn write_ordered(&mut self) {
        for (drill, inject, source, lines) in std::mem::take(&mut self.ordered) {
            self.step(vec![Input::Injected { drill, inject, lines: lines.len(), failure: None }]);
            self.see(source.as_str(), &lines);
        }
    }

    /// Lines come out of a log.
    pub(crate) fn see<T: AsRef<str>>(&mut self, source: &str, lines: &[T]) {
        let lines = lines.iter().map(|text| Line { text: text.as_ref().to_owned(), offset: 0, cut_from: None });
        let source = SourceName::from(source);
        let lines = lines.collect();
        let batch = Batch {
            source,
            stream: String::new(),
            arrived: self.now,
            lines,
            positions: Vec::new(),
            ended: Vec::new(),
            since: None,
        };
        self.step(vec![Input::Lines(batch)]);
    }

    /// What stands in a log behind the place that it was read to.
    pub(crate) fn unread(&self, source: &str, log: &str) -> Vec<String> {
        let text = fs::read_to_string(self.path("logs").join(log)).unwrap();
        text[self.read[&SourceName::from(source)]..].lines().map(str::to_owned).collect()
    }

    pub(crate) fn ask(&mut self, command: Command) -> Answer {
        self.step(vec![Input::Asked { ask: command.into(), ticket: 1, caller: None }]).unwrap()
    }

    fn store(&self) -> Store {
        Store::read(&self.path("state")).unwrap()
    }

    pub(crate) fn alert(&self, id: u64) -> Value {
        let row = self.store().alert(vigie::base::id::AlertId(id)).unwrap().unwrap();
        serde_json::from_str(&row.body).unwrap()
    }

    /// How far an alert is on its chain.
    pub(crate) fn escalation(&self, id: u64) -> Option<Value> {
        let row = self.store().alert(vigie::base::id::AlertId(id)).unwrap().unwrap();
        row.escalation.map(|escalation| serde_json::from_str(&escalation).unwrap())
    }

    pub(crate) fn open_alerts(&self) -> Vec<u64> {
        self.store().list_alerts(true).unwrap().iter().map(|row| row.id.0).collect()
    }

    /// Alerts raised since the upgrade: the rule and realm of each.
    pub(crate) fn new_alerts(&self) -> Vec<(String, String)> {
        let rows = self.store().list_alerts(false).unwrap();
        let new = rows.into_iter().filter(|row| row.id.0 > ALERTS);
        new.map(|row| (row.rule.unwrap().to_string(), row.realm.to_string())).collect()
    }

    pub(crate) fn pages(&self) -> Vec<PageRow> {
        self.store().all_pages().unwrap()
    }

    /// What rules have counted.
    pub(crate) fn windows(&self) -> Vec<(String, String)> {
        let mut windows = self.store().recover().unwrap().windows;
        windows.sort();
        windows
    }

    /// A drill's row.
    pub(crate) fn drill(&self, id: u64) -> (bool, Value) {
        let row = self.store().drill(DrillId(id)).unwrap().unwrap();
        (row.ended, serde_json::from_str(&row.state).unwrap())
    }

    /// The entries written since the upgrade.
    pub(crate) fn entries(&self, kind: &str) -> Vec<Value> {
        let entries = self.store().entries(ENTRIES + 1).unwrap();
        let of_kind = entries.into_iter().filter(|entry| entry.kind == kind);
        of_kind.map(|entry| serde_json::from_str(&entry.body).unwrap()).collect()
    }

    /// The whole ledger, once it was found to hold.
    pub(crate) fn ledger(&self) -> Vec<Entry> {
        let store = self.store();
        store.verify().unwrap().unwrap();
        store.entries(1).unwrap()
    }
}

/// How many bytes of a file were read.
fn offset(position: &Position) -> usize {
    let state: Value = serde_json::from_str(position.state.as_ref().unwrap()).unwrap();
    state["offset"].as_u64().map_or(0, |offset| usize::try_from(offset).unwrap())
}
