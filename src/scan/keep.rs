//! Hits of a scan, kept as alerts in a sealed store of their own, batch by batch. Nobody is paged: what is kept has no
//! chain, and a daemon that were started on such a store would not let a real hit join these alerts.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Result, bail};
use jiff::Timestamp;

use super::mark::{Mark, Marked};
use super::pass::Clock;
use crate::alert::grouping::{Belongs, FOLDED, Grouping, Place, Sign};
use crate::alert::{Alert, Detection};
use crate::api::{AlertFact, Fact, ScanFact};
use crate::base::id::{AlertId, SourceName};
use crate::base::realm::Realm;
use crate::base::redact::redact;
use crate::base::seal::Seal;
use crate::core::{key_of, seen, ties};
use crate::store::{AlertRow, Change, DetectionRow, NewEntry, PositionRow, Store};
use crate::watch::sigma::Match;
use crate::words::failure::Failure;
use crate::words::scan as words;

/// The source under which places in files are kept. No site can have one of this name.
const SOURCE: &str = "(scan)";
/// After so many lines what was found is written.
const LINES: u64 = 100_000;
/// After so many hits too.
const HITS: u64 = 1_000;

/// A store that takes what a scan finds.
#[derive(Debug)]
pub(crate) struct Keeping {
    store: Store,
    clock: Clock,
    known: Vec<(String, Mark)>,
    alerts: BTreeMap<AlertId, Kept>,
    /// By the seal of what hits must share, and by the time of the log.
    grouping: Grouping,
    last: u64,
    change: Change,
    /// Detections that are new or were seen again, by alert and number; 0 for what is not told apart.
    changed: BTreeSet<(AlertId, u64)>,
    lines: u64,
    hits: u64,
    /// How many alerts were raised since the start.
    pub(crate) raised: u64,
}

/// An alert and what it is made of: by number, what hits share and the detection.
#[derive(Debug)]
struct Kept {
    alert: Alert,
    detections: BTreeMap<u64, (String, Detection)>,
}

/// What was read of a file since the last scan of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part<'a> {
    pub(crate) source: &'a SourceName,
    pub(crate) format: &'a str,
    pub(crate) lines: u64,
    pub(crate) malformed: u64,
    pub(crate) hits: u64,
}

impl Keeping {
    /// Opens the store in `folder`, making it where it is not there.
    pub(crate) fn open(folder: &Path, clock: Clock) -> Result<Self> {
        if folder.join("key").exists() {
            bail!(Failure(words::folder_of_site(folder.display())));
        }
        let store = Store::open(folder)?;
        let recovered = store.recover()?;
        let known = recovered.positions.into_iter().filter(|row| row.source.as_str() == SOURCE);
        let known = known.filter_map(|row| Some((row.file, serde_json::from_str(&row.state?).ok()?)));
        let mut keeping = Self {
            known: known.collect(),
            alerts: BTreeMap::new(),
            grouping: Grouping::default(),
            last: recovered.last.alert,
            change: Change::default(),
            changed: BTreeSet::new(),
            lines: 0,
            hits: 0,
            raised: 0,
            store,
            clock,
        };
        for row in recovered.alerts {
            let Ok(alert) = serde_json::from_str::<Alert>(&row.body) else {
                bail!(Failure(words::unreadable_alert(row.id)));
            };
            // One that was kept before there were detections is one.
            if let Some(rule) = &alert.rule {
                let place = Place { realm: Realm::Live, alert: row.id, number: 1 };
                keeping.grouping.known(place, sealed(&Alert::grouping(rule, &alert.subject, None)));
            }
            keeping.alerts.insert(row.id, Kept { alert, detections: BTreeMap::new() });
        }
        for (key, alert) in recovered.windows {
            let joined = key.strip_prefix(SOURCE).map(str::to_owned).zip(alert.parse().ok());
            if let Some((seal, id)) = joined {
                keeping.grouping.known(Place { realm: Realm::Live, alert: AlertId(id), number: 0 }, seal);
            }
        }
        for DetectionRow { alert, number, grouping, body } in recovered.detections {
            let Some(Ok(detection)) = body.map(|body| serde_json::from_str(&body)) else {
                bail!(Failure(words::unreadable_sign(number, alert)));
            };
            keeping.hold(alert, number, (grouping, detection));
        }
        keeping.changed.clear();
        Ok(keeping)
    }

    /// Finds a file again.
    pub(crate) fn marked(&self, path: &Path) -> Result<Marked> {
        Marked::find(path, &self.known)
    }

    fn hold(&mut self, id: AlertId, number: u64, (key, detection): (String, Detection)) {
        let place = Place { realm: Realm::Live, alert: id, number };
        self.grouping.holds(place, key.clone(), &detection, detection.last);
        if let Some(kept) = self.alerts.get_mut(&id) {
            kept.detections.insert(number, (key, detection));
            self.changed.insert((id, number));
        }
    }

    /// A rule matched, or goes on matching: the hit is counted where it is known, joins an alert or raises one.
    pub(crate) fn hit(&mut self, source: &SourceName, found: &Match) {
        self.hits += 1;
        let rule = &found.rule.id;
        let key = sealed(&key_of(found));
        let ties = ties(Some(source), found);
        let sign = Sign { realm: Realm::Live, rule, key: &key, ties: &ties, at: found.time };
        match self.grouping.find(sign) {
            Belongs::To(id, number) => self.count((id, number), found),
            Belongs::Among(id, why) => {
                let detection = Detection { joined: Some(why), ..seen(Some(source), found) };
                self.join(id, (key, detection));
            }
            Belongs::Nowhere => self.raise((key, seen(Some(source), found))),
        }
    }

    fn count(&mut self, (id, number): (AlertId, u64), found: &Match) {
        let kept = self.alerts.get_mut(&id);
        debug_assert!(kept.is_some(), "{id} is known by what its hits share, and not kept");
        let Some(Kept { alert, detections }) = kept else { return };
        alert.absorb(found.events, found.time);
        if let Some((_, detection)) = detections.get_mut(&number) {
            detection.absorb(found.events, found.time);
            self.grouping.seen(Realm::Live, id, detection, found.time);
        }
        self.changed.insert((id, number));
    }

    /// A new detection joins an alert.
    fn join(&mut self, id: AlertId, (key, detection): (String, Detection)) {
        let Some(Kept { alert, detections }) = self.alerts.get_mut(&id) else { return };
        let is_sign = detections.values().all(|(_, known)| known.rule != detection.rule);
        alert.join(&detection, is_sign);
        if detections.len() > FOLDED {
            self.changed.insert((id, 0));
            return;
        }
        let number = detections.keys().next_back().map_or(1, |last| last + 1);
        self.enter((self.clock)(), &Fact::Alert(AlertFact::joined(id, number, &detection)));
        self.hold(id, number, (key, detection));
    }

    fn raise(&mut self, (key, detection): (String, Detection)) {
        let now = (self.clock)();
        self.last += 1;
        self.raised += 1;
        let mut alert = Alert { id: AlertId(self.last), ..Alert::of(Realm::Live, &detection, now) };
        (alert.first, alert.last) = (detection.first, detection.last);
        let id = alert.id;
        self.enter(now, &Fact::Alert(AlertFact::raised(&alert, Some("scan".to_owned()))));
        self.alerts.insert(id, Kept { alert, detections: BTreeMap::new() });
        self.hold(id, 1, (key, detection));
    }

    /// A line was looked through that starts at `offset`. Writes what was found so far, now and then.
    pub(crate) fn line(&mut self, marked: &mut Marked, offset: u64) -> Result<()> {
        self.lines += 1;
        if self.lines < LINES && self.hits < HITS {
            return Ok(());
        }
        self.commit(marked, offset + 1)
    }

    /// A file was looked through to its end.
    pub(crate) fn end(&mut self, marked: &mut Marked, offset: u64, part: Part<'_>) -> Result<()> {
        if part.lines > 0 {
            let read = ScanFact::Read {
                source: part.source.clone(),
                format: part.format.to_owned(),
                lines: part.lines,
                malformed: part.malformed,
                hits: part.hits,
                to: offset,
            };
            self.enter((self.clock)(), &Fact::Scan(read));
        }
        self.commit(marked, offset)
    }

    /// Writes everything that changed and how far the file is known, all of it or nothing.
    fn commit(&mut self, marked: &mut Marked, offset: u64) -> Result<()> {
        if offset > 0 {
            marked.reach(offset)?;
            let state = serde_json::to_string(&marked.mark)?;
            let (source, file) = (SourceName::from(SOURCE), marked.name.clone());
            self.change.positions.push(PositionRow { source, file, state: Some(state) });
            self.known.retain(|(name, _)| *name != marked.name);
            self.known.push((marked.name.clone(), marked.mark.clone()));
        }
        let changed = std::mem::take(&mut self.changed);
        for (id, number) in &changed {
            let Some((key, detection)) = self.alerts.get(id).and_then(|kept| kept.detections.get(number)) else {
                continue;
            };
            let body = Some(serde_json::to_string(detection)?);
            let row = DetectionRow { alert: *id, number: *number, grouping: key.clone(), body };
            self.change.detections.push(row);
        }
        for id in changed.into_iter().map(|(id, _)| id).collect::<BTreeSet<_>>() {
            let row = self.alerts.get(&id).map(|kept| row(&kept.alert)).transpose()?;
            self.change.alerts.extend(row);
        }
        self.store.commit(&self.change)?;
        self.change = Change::default();
        (self.lines, self.hits) = (0, 0);
        Ok(())
    }

    fn enter(&mut self, now: Timestamp, fact: &Fact) {
        let (kind, body) = fact.entry();
        self.change.entries.push(NewEntry { at: now, realm: Realm::Live, kind, body: body.to_string() });
    }
}

/// What hits must share to join the same alert, as a seal: millions of them are remembered.
fn sealed(shared: &str) -> String {
    Seal::of(&[shared.as_bytes()]).to_string()
}

fn row(alert: &Alert) -> Result<AlertRow> {
    let grouping = alert.rule.as_ref().map(|rule| Alert::grouping(rule, &alert.subject, None)).unwrap_or_default();
    Ok(AlertRow {
        id: alert.id,
        realm: alert.realm,
        rule: alert.rule.clone(),
        // Not what a live hit is grouped by: such a hit must never end here, where nobody is told.
        grouping: format!("{SOURCE}\u{1f}{grouping}"),
        open: true,
        body: serde_json::to_string(alert)?,
        escalation: None,
        changed: alert.last.max(alert.raised),
    })
}

/// What a file is called in alerts: its name, without what a name may tell.
pub(crate) fn source_name(path: &Path) -> SourceName {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    SourceName(redact(&name).into_owned())
}
